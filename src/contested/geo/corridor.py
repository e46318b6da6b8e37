"""The corridor of a place: the shortest line that would close it off.

Method `corridor/1`: the minimum cut between a disc round the place and the edge of a window, over
cells that are not controlled, on a grid whose capacities measure length after Cauchy and Crofton
(Boykov and Kolmogorov 2003, "Computing geodesics and minimal surfaces via graph cuts"). By the
theorem of Ford and Fulkerson it equals the maximum flow, which is what is computed: the cut
itself is never made, so it can neither be stored nor drawn.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import shapely

from contested.geo.project import EQUAL_AREA, points_to_plane, to_plane
from contested.geo.raster import Grid, rasterise
from contested.records import Method

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

METHOD = "corridor", "1"

CELL_M = 500.0
DISC_KM = 2.0
WINDOW_KM = 60.0
OPEN_KM = 13.18
"""Width of an unobstructed disc on this grid: the figure saturates there."""

_AXIS_CM = round(100 * CELL_M * np.pi / 8)
_DIAGONAL_CM = round(100 * CELL_M * np.pi / 8 / np.sqrt(2))
_STEPS = ((0, 1, _AXIS_CM), (1, 0, _AXIS_CM), (1, 1, _DIAGONAL_CM), (1, -1, _DIAGONAL_CM))
_PLACE, _OUTSIDE = 0, 1
"""Numbers of the two nodes that stand for the whole disc and for the whole edge."""


Width = tuple[float, "CorridorState"]
"""A width in km, and what it means."""


class CorridorState(StrEnum):
    """What a corridor's width means."""

    MEASURED = "measured"
    OPEN = "open"
    NO_PATH = "no path leaves the window"
    CONTROLLED = "the disc is wholly controlled"


@dataclass(frozen=True, slots=True)
class Corridor:
    """Width of the corridor of a place on one map.

    Attributes
    ----------
    width_km
        0 where the disc is wholly controlled or no path leaves the window.
    width_contested_closed_km
        The same with contested ground counted as closed; `None` where the source does not show
        contested ground.
    range_km
        Both values, smaller first; `None` where there is only one.
    """

    method: Method
    width_km: float
    width_contested_closed_km: float | None
    range_km: tuple[float, float] | None
    state: CorridorState


def corridor(
    controlled: shapely.Geometry,
    contested: shapely.Geometry | None,
    lon: float,
    lat: float,
    *,
    disc_km: float = DISC_KM,
) -> Corridor:
    """Return the corridor of a place.

    Parameters
    ----------
    controlled, contested
        Ground in degrees; `contested` is `None` where the source does not show it.
    lon, lat
        The place's point in degrees.
    disc_km
        Radius of the disc that stands for the place.
    """
    closed = closed_cells(controlled, lon, lat)
    (width, state), second = _width_of(closed, disc_km), None
    if contested is not None:
        second, _ = _width_of(closed | closed_cells(contested, lon, lat), disc_km)
    return of_widths(width, second, state, disc_km)


def closed_cells(ground: shapely.Geometry, lon: float, lat: float) -> NDArray[np.bool_]:
    """Return which cells of a place's window lie in some ground, degrees."""
    near = shapely.clip_by_rect(ground, *window_bounds(lon, lat))
    return rasterise(to_plane(near, EQUAL_AREA), _window(lon, lat))


def of_widths(width: float, second: float | None, state: CorridorState, disc_km: float) -> Corridor:
    """Return the corridor of widths that were measured, the second with contested ground closed."""
    parameters = {"cell_m": CELL_M, "disc_km": disc_km, "window_km": WINDOW_KM}
    return Corridor(
        Method(*METHOD, {**parameters, "saturates_km": OPEN_KM}),
        width,
        second,
        None if second is None else (second, width),
        state,
    )


def _window(lon: float, lat: float) -> Grid:
    """Return the window: cells on multiples of 500 m, the place in the middle one."""
    point = points_to_plane(np.array([[lon, lat]]), EQUAL_AREA)[0]
    half = int(500 * WINDOW_KM / CELL_M)
    west, south = np.floor(point / CELL_M) - half
    return Grid(west * CELL_M, south * CELL_M, CELL_M, 2 * half + 1, 2 * half + 1)


def window_bounds(lon: float, lat: float) -> tuple[float, float, float, float]:
    """Return bounds in degrees (west, south, east, north) that hold the window, generously."""
    north = 0.6 * WINDOW_KM / 111
    east = north / np.cos(np.radians(lat)) * 1.1
    return lon - east, lat - north, lon + east, lat + north


def widths_of(windows: Sequence[NDArray[np.bool_]], disc_km: float) -> list[Width]:
    """Return the width over the cells of each window that are not closed.

    Closing more cells never widens a corridor: where a window has all closed cells of one and no
    more than those of another, and both are equally wide, its width is theirs. So a place that
    stood open for two years is measured a few times, not a few hundred.
    """
    if not windows:
        return []
    packed = np.stack([np.packbits(closed) for closed in windows])
    by_cells = {cells.tobytes(): number for number, cells in enumerate(packed)}
    closed_cells_of = {number: int(windows[number].sum()) for number in by_cells.values()}
    order = list(_from_the_ends(sorted(closed_cells_of, key=closed_cells_of.__getitem__)))
    found: dict[int, Width] = {}
    for number in order:
        before = packed[list(found)]
        widths = np.array([width for width, _ in found.values()])
        least = widths[~(packed[number] & ~before).any(axis=1)].max(initial=-np.inf)
        most = widths[~(before & ~packed[number]).any(axis=1)].min(initial=np.inf)
        certain = float(least) if least == most else None
        found[number] = _width_of(windows[number], disc_km, certain)
    return [found[by_cells[cells.tobytes()]] for cells in packed]


def _from_the_ends(items: Sequence[int]) -> Iterator[int]:
    """Yield both ends, then the middle, then the middles of the halves, and so on."""
    yield from dict.fromkeys([*items[:1], *items[-1:]])
    spans = deque([(0, len(items) - 1)])
    while spans:
        first, last = spans.popleft()
        if last - first > 1:
            middle = (first + last) // 2
            yield items[middle]
            spans += [(first, middle), (middle, last)]


def _width_of(closed: NDArray[np.bool_], disc_km: float, certain_km: float | None = None) -> Width:
    """Return the width over cells that are not closed; the place is in the middle cell.

    `certain_km` is the width where it follows from others: what it means is still looked at.
    """
    size = len(closed)
    offset = (np.arange(size) - size // 2) * CELL_M
    disc = np.hypot(offset[:, None], offset[None, :]) <= 1000 * disc_km
    if closed[disc].all():
        return 0.0, CorridorState.CONTROLLED
    cut_cm = _cut_cm(closed, disc) if certain_km is None else round(certain_km * 1e5)
    unobstructed = not (closed & disc).any() and cut_cm >= _border_cm(disc)
    state = CorridorState.OPEN if unobstructed else CorridorState.MEASURED
    return cut_cm / 1e5, state if cut_cm else CorridorState.NO_PATH


def _cut_cm(closed: NDArray[np.bool_], disc: NDArray[np.bool_]) -> int:
    """Return the maximum flow from the disc to the edge of the window: the least cut."""
    # Loaded here: who finds all widths in the book need not wait for it.
    from scipy.sparse.csgraph import maximum_flow  # noqa: PLC0415

    node, nodes = _number(~closed, disc)
    flow = maximum_flow(_capacities(node, nodes), _PLACE, _OUTSIDE, method="dinic")
    return int(flow.flow_value)


def _number(passable: NDArray[np.bool_], disc: NDArray[np.bool_]) -> tuple[NDArray[np.int32], int]:
    """Number the passable cells; the disc is one node and the edge of the window another."""
    node = np.full(passable.shape, -1, dtype=np.int32)
    between = passable & ~disc
    between[[0, -1]] = between[:, [0, -1]] = False
    count = int(between.sum())
    node[[0, -1]] = node[:, [0, -1]] = _OUTSIDE
    node[between] = np.arange(2, count + 2)
    node[disc] = _PLACE
    node[~passable] = -1
    return node, count + 2


def _capacities(node: NDArray[np.int32], nodes: int) -> csr_array:
    """Return the capacities between neighbours in centimetres, both ways."""
    from scipy.sparse import csr_array  # noqa: PLC0415

    pairs = [(*_neighbours(node, down, right), cm) for down, right, cm in _STEPS]
    here = np.concatenate([a for a, _, _ in pairs])
    there = np.concatenate([b for _, b, _ in pairs])
    cm = np.concatenate([np.full(len(a), cm, dtype=np.int32) for a, _, cm in pairs])
    ends = (np.concatenate([here, there]), np.concatenate([there, here]))
    return csr_array((np.tile(cm, 2), ends), shape=(nodes, nodes))


def _neighbours(
    node: NDArray[np.int32], down: int, right: int
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the numbers of all pairs of passable cells that are one step apart."""
    rows, columns = node.shape
    here = node[: rows - down, max(0, -right) : columns - max(0, right)]
    there = node[down:, max(0, right) : columns + min(0, right)]
    linked = (here >= 0) & (there >= 0) & (here != there)
    return here[linked], there[linked]


def _border_cm(disc: NDArray[np.bool_]) -> int:
    """Return the length of a disc's border in the grid's own measure."""
    inside = disc.astype(np.int32)
    ends = [(*_neighbours(inside, down, right), cm) for down, right, cm in _STEPS]
    return sum(cm * len(here) for here, _, cm in ends)
