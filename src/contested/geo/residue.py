"""Measure one residue: what the opening of a side's ground by a disc leaves over.

A residue that touches the core is a salient of that radius. It is measured along the shortest
paths inside it that start at its mouth.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import ndimage
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from contested.geo.measure import WGS84
from contested.geo.project import EQUAL_AREA, points_to_degrees

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from contested.geo.raster import Grid

EIGHT = np.ones((3, 3), dtype=bool)
CROSS_M = 500.0
INNER = 0.7
"""The neck is looked for in the inner 70 %: every salient narrows towards its tip."""

_STEPS = ((0, 1, 1.0), (1, 0, 1.0), (1, 1, np.sqrt(2)), (1, -1, np.sqrt(2)))


@dataclass(frozen=True, slots=True, eq=False)
class Residue:
    """A residue of one radius, measured.

    Attributes
    ----------
    cells
        Flat indices into the grid, sorted.
    length_km
        Largest distance from the mouth along paths inside; `depth_km` is the straight one.
    front_share
        Share of the free perimeter that is front.
    path
        Longitude and latitude from the mouth to the tip, shape (n, 2).
    """

    side: str
    radius_km: float
    cells: NDArray[np.intp]
    depth_km: float
    mouth_km: float
    length_km: float
    area_km2: float
    neck_km: float
    bearing_deg: float
    front_share: float
    path: NDArray[np.float64]

    @property
    def score(self) -> float:
        """Depth times shape: by this the best radius is chosen."""
        return self.depth_km * min(self.depth_km / self.mouth_km, 2)


@dataclass(frozen=True, slots=True, eq=False)
class SideCells:
    """What a residue of one side is measured against, shape (rows, columns) each.

    Attributes
    ----------
    core
        The side's ground that the opening keeps.
    own
        All of the side's ground.
    foe
        The other side's ground: where the perimeter is front.
    """

    side: str
    grid: Grid
    core: NDArray[np.bool_]
    own: NDArray[np.bool_]
    foe: NDArray[np.bool_]


def measure_residue(
    inside: NDArray[np.bool_], top: int, left: int, ground: SideCells, radius_km: float
) -> Residue | None:
    """Return the measures of one component; `None` if it does not touch the core.

    Parameters
    ----------
    inside
        The component in a window with one empty cell on every side, shape (m, n).
    top, left
        Row and column of the window's first cell in the grid.
    """
    rows, columns = inside.shape
    window = (slice(top, top + rows), slice(left, left + columns))
    mouth = inside & ndimage.binary_dilation(ground.core[window], structure=EIGHT)
    if not mouth.any():
        return None
    cell_km = ground.grid.cell_m / 1000
    row, column = np.nonzero(inside)
    steps, before = _paths(inside, mouth)
    tip = int(np.argmax(steps))
    y, x = np.nonzero(mouth)
    centre = (y.mean(), x.mean())
    chain = _chain(before, tip)
    line = np.vstack([centre, np.column_stack([row[chain], column[chain]])])
    path = _degrees(line + np.array([top, left]), ground.grid)
    bearing, _, metres = WGS84.inv(*path[0], *path[-1])
    return Residue(
        ground.side,
        radius_km,
        (row + top) * ground.grid.columns + column + left,
        metres / 1000,
        float(np.hypot(np.ptp(y) + 1, np.ptp(x) + 1)) * cell_km,
        float(steps[tip] + 1) * cell_km,
        len(row) * cell_km**2,
        _neck_km(steps * cell_km, cell_km),
        bearing % 360,
        _front_share(inside, ground.own[window], ground.foe[window]),
        path,
    )


def _paths(
    inside: NDArray[np.bool_], mouth: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    """Return steps from the mouth inside the component, and each cell's predecessor."""
    number = np.full(inside.shape, -1, dtype=np.int32)
    count = int(inside.sum())
    number[inside] = np.arange(count)
    rows, columns = inside.shape
    here, there, cost = [], [], []
    for down, right, length in _STEPS:
        a = number[: rows - down, max(0, -right) : columns - max(0, right)]
        b = number[down:, max(0, right) : columns + min(0, right)]
        linked = (a >= 0) & (b >= 0)
        here.append(a[linked])
        there.append(b[linked])
        cost.append(np.full(int(linked.sum()), length))
    ends = (np.concatenate(here), np.concatenate(there))
    graph = csr_array((np.concatenate(cost), ends), shape=(count, count))
    steps, before, _ = dijkstra(
        graph,
        directed=False,
        indices=number[mouth],
        min_only=True,
        return_predecessors=True,
    )
    return steps, before


def _chain(before: NDArray[np.int32], tip: int) -> list[int]:
    """Return the cells from the mouth to the tip."""
    chain = [tip]
    while (previous := int(before[chain[-1]])) >= 0:
        chain.append(previous)
    return chain[::-1]


def _degrees(cells: NDArray[np.float64], grid: Grid) -> NDArray[np.float64]:
    """Return the centres of cells (row, column) as longitude and latitude."""
    xy = np.array([grid.west_m, grid.south_m]) + grid.cell_m * (cells[:, ::-1] + 0.5)
    return points_to_degrees(xy, EQUAL_AREA)


def _neck_km(km: NDArray[np.float64], cell_km: float) -> float:
    """Return the smallest cross-section of the inner part: area of a 500 m slice / 500 m."""
    slice_km = CROSS_M / 1000
    slices = max(1, int(INNER * km.max() / slice_km))
    cells = np.bincount((km / slice_km).astype(np.intp))[:slices]
    return float(cells.min()) * cell_km**2 / slice_km


def _front_share(
    inside: NDArray[np.bool_], own: NDArray[np.bool_], foe: NDArray[np.bool_]
) -> float:
    """Return the share of the sides of cells facing other ground that face the other side's."""
    free = front = 0
    for axis, shift in ((0, 1), (0, -1), (1, 1), (1, -1)):
        free += int((inside & ~np.roll(own, shift, axis)).sum())
        front += int((inside & np.roll(foe, shift, axis)).sum())
    return front / free if free else 0.0
