"""Ground near a place, through a whole series or on some maps: only what lies near is put together.

Most maps repeat most of their edges. Of a window of a few kilometres only the edges that cross it
matter; maps whose edges there are the same, and that hold its corner alike, show the same ground.
`LocalSeries` files all edges once and then answers about any number of windows; `LocalGround`
has one window, is ready at once and cuts the shapes of the maps that it is asked about.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import shapely

from contested.geo.columns import MARGIN_KM
from contested.geo.geojson import FRAME, as_shapely
from contested.geo.measure import UNIT, polygons_of
from contested.geo.project import LAMBERT, polygons_to_plane
from contested.history.measure import CONTROLLED
from contested.history.series import STATUS_INDEX

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from numpy.typing import NDArray

    from contested.history.series import ControlSeries
    from contested.records import Polygon, Status

_BAND = int(0.05 * UNIT)
"""Edges are filed by latitude, in bands of 0.05 degree."""

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees."""


@dataclass(frozen=True, slots=True, eq=False)
class LocalRun:
    """Consecutive maps that show the same ground in a window.

    Attributes
    ----------
    first, last
        Indices of snapshots, `last` not included.
    ground
        The ground inside the window, degrees; may be empty.
    """

    first: int
    last: int
    ground: shapely.Geometry


class LocalSeries:
    """One or several statuses of a series, ready to be asked about many small windows.

    Parameters
    ----------
    series
        The snapshots.
    statuses
        Their areas are united.
    first
        Only snapshots from this one on will be asked about.
    within
        Only windows inside this one will be asked about.
    """

    def __init__(
        self,
        series: ControlSeries,
        statuses: Collection[Status],
        *,
        first: int = 0,
        within: Bounds | None = None,
    ) -> None:
        self._series = series
        begin = int(series.offsets[first])
        wanted = np.isin(series.status_of[begin:], [STATUS_INDEX[one] for one in statuses])
        rows = np.flatnonzero(wanted) + begin
        self._shape_of = series.shape_of[rows]
        self._index_of = np.searchsorted(series.offsets, rows, side="right") - 1
        self._shapes, own = np.unique(self._shape_of, return_inverse=True)
        self._rows_of = np.argsort(own, kind="stable")
        self._row_ends = np.append(0, np.cumsum(np.bincount(own, minlength=len(self._shapes))))
        self._polygons: dict[int, _Polygons] = {}
        edges, owner = _edges([_measured(series, shape) for shape in self._shapes.tolist()])
        if within is not None:
            near = _may_matter(edges, within)
            edges, owner = edges[near], owner[near]
        self._edges, self._owners, self._owner_ends = _distinct(edges, owner)
        self._west, self._east = self._edges[:, ::2].min(axis=1), self._edges[:, ::2].max(axis=1)
        self._filed, self._ends = _file_by_band(self._edges)

    def runs(self, bounds: Bounds, first: int = 0, last: int | None = None) -> Iterator[LocalRun]:
        """Yield the runs of maps that show the same ground in a window, oldest first.

        Parameters
        ----------
        bounds
            The window.
        first, last
            Snapshots to look at, `last` not included; all by default.
        """
        window = self.window(bounds)
        end = len(self._series) if last is None else last
        for begin, following in pairwise([*window.begins(first, end), end]):
            yield LocalRun(begin, following, window.ground(begin))

    def at(self, index: int, bounds: Bounds) -> shapely.Geometry:
        """Return the ground inside a window on one map."""
        return self.window(bounds).ground(index)

    def window(self, bounds: Bounds) -> LocalWindow:
        """Return a window, for questions whose answer may not need all of its ground."""
        signs = self._signatures(bounds)
        numbers: dict[bytes, int] = {}
        sign_of = {shape: numbers.setdefault(sign, len(numbers)) for shape, sign in signs.items()}
        return LocalWindow(self, bounds, sign_of)

    def changes(self, sign_of: dict[int, int], first: int, end: int) -> list[int]:
        """Return the maps that have other shapes, by their signs, than the map before."""
        if not sign_of:
            return []
        own = np.searchsorted(self._shapes, list(sign_of))
        rows = [self._rows_of[self._row_ends[i] : self._row_ends[i + 1]] for i in own.tolist()]
        signs = np.repeat(list(sign_of.values()), [len(one) for one in rows])
        row = np.concatenate(rows)
        in_order = np.argsort(row)
        row, signs = row[in_order], signs[in_order]
        index = self._index_of[row]
        inside = (index >= first) & (index < end)
        index, signs = index[inside] - first, signs[inside]
        # One row a map, one column for its first, second … shape that the window meets.
        place = np.arange(len(index)) - np.searchsorted(index, index)
        shown = np.full((end - first, int(place.max(initial=0)) + 1), -1, dtype=np.int32)
        shown[index, place] = signs
        differ = (shown[1:] != shown[:-1]).any(axis=1)
        return (np.flatnonzero(differ) + first + 1).tolist()

    def ground(self, index: int, bounds: Bounds, shapes: Collection[int]) -> shapely.Geometry:
        """Return what some shapes have inside a window on one map."""
        rows = slice(*np.searchsorted(self._index_of, [index, index + 1]).tolist())
        parts = [
            part
            for shape in self._shape_of[rows].tolist()
            if shape in shapes
            for part in self._polygons_of(shape).inside(bounds)
        ]
        return shapely.union_all(parts) if parts else shapely.MultiPolygon()

    def _signatures(self, bounds: Bounds) -> dict[int, bytes]:
        """Return, for each shape that meets the window, what tells its ground there."""
        west, south, east, north = np.rint(np.array(bounds) * UNIT).astype(np.int64)
        filed = self._between(int(south), int(north))
        # In this order: few edges of a band reach as far west and east as the window.
        filed = filed[self._west[filed] <= east]
        filed = filed[self._east[filed] >= west]
        y = self._edges[filed][:, 1::2]
        meets = (y.min(axis=1) <= north) & (y.max(axis=1) >= south)
        crossing, owner = self._with_owners(np.unique(filed[meets]))
        by_owner = np.argsort(owner, kind="stable")
        crossing, owner = crossing[by_owner], owner[by_owner]
        starts = np.flatnonzero(np.diff(owner, prepend=-1))
        pieces = dict(zip(owner[starts].tolist(), np.split(crossing, starts[1:]), strict=False))
        corner = self._holding(int(west), int(south))
        return {
            int(self._shapes[own]): bytes([own in corner])
            + (pieces[own].tobytes() if own in pieces else b"")
            for own in corner.union(pieces)
        }

    def _between(self, south: int, north: int) -> NDArray[np.int32]:
        """Return the edges filed in the bands between two latitudes, some of them twice."""
        first, last = (_band(np.array(y), len(self._ends) - 1) for y in (south, north))
        return self._filed[self._ends[first] : self._ends[last + 1]]

    def _with_owners(self, edges: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return every pair of one of these edges and a shape that draws it."""
        first, last = self._owner_ends[edges], self._owner_ends[edges + 1]
        count = last - first
        at = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count - first, count)
        return np.repeat(edges, count), self._owners[at]

    def _holding(self, x: int, y: int) -> set[int]:
        """Return which shapes hold a point, by the crossings of the ray to the east."""
        level = self._between(y, y)
        level = level[self._east[level] > x]
        x0, y0, x1, y1 = self._edges[level].astype(np.float64).T
        across = (y0 > y) != (y1 > y)
        level, x0, y0, x1, y1 = (array[across] for array in (level, x0, y0, x1, y1))
        crossed = x0 + (y - y0) / (y1 - y0) * (x1 - x0) > x
        own, count = np.unique(self._with_owners(level[crossed])[1], return_counts=True)
        return set(own[count % 2 == 1].tolist())

    def _polygons_of(self, shape: int) -> _Polygons:
        if shape not in self._polygons:
            self._polygons[shape] = _Polygons(_measured(self._series, shape))
        return self._polygons[shape]


class LocalWindow:
    """A window of a `LocalSeries`: when its ground changed is known before any is put together."""

    def __init__(self, local: LocalSeries, bounds: Bounds, sign_of: dict[int, int]) -> None:
        self._local = local
        self._bounds = bounds
        self._sign_of = sign_of

    def begins(self, first: int, end: int) -> list[int]:
        """Return the first map of every run of maps with the same ground, from `first` to `end`."""
        return [first, *self._local.changes(self._sign_of, first, end)] if end > first else []

    def ground(self, index: int) -> shapely.Geometry:
        """Return the ground inside the window on one map, degrees; may be empty."""
        return self._local.ground(index, self._bounds, self._sign_of)


class LocalGround:
    """Controlled ground in a box round a point, map by map, in metres on the Lambert conic.

    Parameters
    ----------
    within_km
        What is measured lies within this distance; the box reaches 40 km further.
    """

    def __init__(self, series: ControlSeries, lon: float, lat: float, within_km: float) -> None:
        self._series = series
        north = (within_km + MARGIN_KM) / 110
        east = north / np.cos(np.radians(lat))
        self._box = (lon - east, lat - north, lon + east, lat + north)
        self._wanted = np.isin(series.status_of, [STATUS_INDEX[status] for status in CONTROLLED])
        self._cut: dict[int, list[shapely.Geometry]] = {}
        self._united: dict[tuple[int, ...], shapely.Geometry] = {}

    def key(self, index: int) -> tuple[int, ...]:
        """Return what a map has in the box: maps with equal keys have equal ground."""
        chosen = set(_rows(self._series, index, self._wanted))
        return tuple(sorted(shape for shape in chosen if self._scraps(shape)))

    def on(self, index: int) -> shapely.Geometry:
        """Return the ground of a map."""
        key = self.key(index)
        if key not in self._united:
            scraps = [scrap for shape in key for scrap in self._scraps(shape)]
            united = shapely.union_all(scraps) if scraps else shapely.MultiPolygon()
            self._united[key] = polygons_to_plane(united, LAMBERT)
        return self._united[key]

    def _scraps(self, shape: int) -> list[shapely.Geometry]:
        if shape not in self._cut:
            self._cut[shape] = _Polygons(_measured(self._series, shape)).inside(self._box)
        return self._cut[shape]


class _Polygons:
    """The polygons of a shape, made only where a window may meet them."""

    def __init__(self, polygons: tuple[Polygon, ...]) -> None:
        self._rings = polygons
        corners = [(*outer.min(axis=0), *outer.max(axis=0)) for outer, *_ in polygons]
        self._frames = np.array(corners, dtype=np.float64).reshape(-1, 4) / UNIT
        self._made: dict[int, shapely.Geometry] = {}

    def inside(self, bounds: Bounds) -> list[shapely.Geometry]:
        """Return the polygons that lie in a window, cut to it, each valid."""
        west, south, east, north = bounds
        frames = self._frames
        meets = (frames[:, 0] <= east) & (frames[:, 2] >= west)
        meets &= (frames[:, 1] <= north) & (frames[:, 3] >= south)
        cut = [self._cut(number, bounds) for number in np.flatnonzero(meets).tolist()]
        return [part for one in cut for part in polygons_of(one)]

    def _cut(self, number: int, bounds: Bounds) -> shapely.Geometry:
        if number not in self._made:
            self._made[number] = as_shapely(self._rings[number])
        # Cutting a polygon whose edges run along the frame can leave one that touches itself.
        return shapely.make_valid(shapely.clip_by_rect(self._made[number], *bounds))


def _rows(series: ControlSeries, index: int, wanted: NDArray[np.bool_]) -> tuple[int, ...]:
    rows = series.rows(index)
    return tuple(series.shape_of[rows][wanted[rows]].tolist())


def _measured(series: ControlSeries, shape: int) -> tuple[Polygon, ...]:
    drawn = series.shapes[shape]
    return drawn.polygons if drawn.repaired is None else drawn.repaired


def _edges(
    shapes: list[tuple[Polygon, ...]],
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return every edge of every ring, shape (n, 4), and the number of the shape that draws it."""
    rings = [ring for polygons in shapes for polygon in polygons for ring in polygon]
    counts = [sum(map(len, polygons)) for polygons in shapes]
    if not rings:
        return np.empty((0, 4), dtype=np.int32), np.empty(0, dtype=np.int32)
    lengths = np.array([len(ring) for ring in rings])
    vertices = np.concatenate(rings)
    edges = np.hstack([vertices[:-1], vertices[1:]])
    owner = np.repeat(np.repeat(np.arange(len(shapes), dtype=np.int32), counts), lengths)[:-1]
    inside = np.ones(len(edges), dtype=np.bool_)
    inside[np.cumsum(lengths)[:-1] - 1] = False  # from the end of a ring to the next is no edge
    return edges[inside], owner[inside]


def _may_matter(edges: NDArray[np.int32], within: Bounds) -> NDArray[np.bool_]:
    """Return which edges meet a window, or a ray from inside it to the east."""
    west, south, _, north = np.rint(np.array(within) * UNIT).astype(np.int64)
    y0, y1 = edges[:, 1], edges[:, 3]
    near: NDArray[np.bool_] = np.maximum(y0, y1) >= south
    near &= np.minimum(y0, y1) <= north
    near &= np.maximum(edges[:, 0], edges[:, 2]) >= west
    return near


def _distinct(
    edges: NDArray[np.int32], owner: NDArray[np.int32]
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.intp]]:
    """Return distinct edges and who draws them: most edges are drawn by many shapes.

    Returns
    -------
    edges
        Shape (n, 4).
    owners, ends
        Those of edge i are ``owners[ends[i]:ends[i + 1]]``, as often as they draw it.
    """
    ends = np.ascontiguousarray(edges).view(np.int64).reshape(-1, 2).astype(np.uint64)
    key = ends[:, 0] * np.uint64(0x9E3779B97F4A7C15) + ends[:, 1] * np.uint64(0xC2B2AE3D27D4EB4F)
    order = np.argsort(key, kind="stable")
    edges = edges[order]
    # The key only sorts: equal ones that stand for several edges are several edges all the same.
    differ = (edges[1:] != edges[:-1]).any(axis=1)
    starts = np.flatnonzero(np.append(np.ones(min(len(edges), 1), dtype=np.bool_), differ))
    return edges[starts], owner[order], np.append(starts, len(edges))


def _band(y: NDArray[np.int64], bands: int) -> NDArray[np.intp]:
    """Return the band of latitudes; what lies beyond the bands is in the first or last."""
    from_south = (y - int(FRAME[1] * UNIT)) // _BAND
    return np.clip(from_south, 0, bands - 1).astype(np.intp)


def _file_by_band(edges: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.intp]]:
    """File edges under every band of latitude that they touch.

    Returns
    -------
    filed, ends
        The edges of band b are ``filed[ends[b]:ends[b + 1]]``, ascending.
    """
    bands = int((FRAME[3] - FRAME[1]) * UNIT) // _BAND + 1
    y = edges[:, 1::2].astype(np.int64)
    first, last = _band(y.min(axis=1), bands), _band(y.max(axis=1), bands)
    count = last - first + 1
    edge = np.repeat(np.arange(len(edges), dtype=np.int32), count)
    band = first[edge] + np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    ends = np.append(0, np.cumsum(np.bincount(band, minlength=bands)))
    return edge[np.argsort(band, kind="stable")], ends
