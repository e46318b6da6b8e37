"""Polygons to cells, by scan lines, in NumPy.

A cell belongs to a polygon when its centre does. Every edge is intersected with the centre lines
of the rows it crosses; the cell after each crossing toggles, and a running parity along the row
tells inside from outside (the even–odd rule, exact for valid polygons and their holes).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Grid:
    """Square cells on a plane, row 0 in the south, column 0 in the west.

    Attributes
    ----------
    west_m, south_m
        Outer corner of the first cell.
    """

    west_m: float
    south_m: float
    cell_m: float
    rows: int
    columns: int

    @property
    def x_m(self) -> NDArray[np.float64]:
        """Centres of the columns, shape (columns,)."""
        return self.west_m + self.cell_m * (np.arange(self.columns, dtype=np.float64) + 0.5)

    @property
    def y_m(self) -> NDArray[np.float64]:
        """Centres of the rows, shape (rows,)."""
        return self.south_m + self.cell_m * (np.arange(self.rows, dtype=np.float64) + 0.5)


def aligned_grid(bounds: tuple[float, float, float, float], cell_m: float) -> Grid:
    """Return the grid over bounds whose cell edges are multiples of `cell_m`.

    Grids of one cell size agree wherever they overlap, whatever their bounds.
    """
    west, south = (np.floor(v / cell_m) for v in bounds[:2])
    east, north = (np.ceil(v / cell_m) for v in bounds[2:])
    return Grid(west * cell_m, south * cell_m, cell_m, int(north - south), int(east - west))


def rasterise(geometry: shapely.Geometry | None, grid: Grid) -> NDArray[np.bool_]:
    """Return which cells have their centre inside a valid polygonal geometry.

    Parameters
    ----------
    geometry
        In metres on the grid's plane; may reach beyond the grid; `None` is empty.

    Returns
    -------
    ndarray of bool, shape (rows, columns)
    """
    toggles = np.zeros((grid.rows, grid.columns + 1), dtype=np.uint8)
    if geometry is not None and not geometry.is_empty:
        row, column = _crossings(*_edges(geometry), grid)
        np.add.at(toggles, (row, column), 1)
    inside: NDArray[np.bool_] = np.bitwise_xor.accumulate(toggles & 1, axis=1)[:, :-1].view(bool)
    return inside


def _edges(geometry: shapely.Geometry) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return start and end of every edge of every ring, each of shape (n, 2)."""
    rings = shapely.get_rings(shapely.get_parts(geometry))
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[1:] == ring[:-1]
    return xy[:-1][same], xy[1:][same]


def _crossings(
    start: NDArray[np.float64], end: NDArray[np.float64], grid: Grid
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return row and first column east of the crossing, for every edge and row it crosses."""
    first = _rows_below(np.minimum(start[:, 1], end[:, 1]), grid)
    last = _rows_below(np.maximum(start[:, 1], end[:, 1]), grid)
    count = last - first
    edge = np.repeat(np.arange(len(start)), count)
    row = first[edge] + np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    (x0, y0), (x1, y1) = start[edge].T, end[edge].T
    y = grid.south_m + grid.cell_m * (row + 0.5)
    x = x0 + (y - y0) / (y1 - y0) * (x1 - x0)
    column = np.ceil((x - grid.west_m) / grid.cell_m - 0.5)
    return row, np.clip(column, 0, grid.columns).astype(np.int64)


def _rows_below(y: NDArray[np.float64], grid: Grid) -> NDArray[np.int64]:
    """Return how many row centres lie below y; half-open, so that shared vertices count once."""
    below = np.ceil((y - grid.south_m) / grid.cell_m - 0.5)
    return np.clip(below, 0, grid.rows).astype(np.int64)
