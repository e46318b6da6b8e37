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
    """

    def __init__(self, series: ControlSeries, statuses: Collection[Status]) -> None:
        self._series = series
        wanted = np.isin(series.status_of, [STATUS_INDEX[status] for status in statuses])
        self._rows_of = [_rows(series, index, wanted) for index in range(len(series))]
        self._shapes = np.unique(series.shape_of[wanted])
        self._shape_of = series.shape_of[wanted]
        self._index_of = np.repeat(np.arange(len(series)), np.diff(series.offsets))[wanted]
        self._polygons: dict[int, _Polygons] = {}
        edges = [_edges(_measured(series, shape)) for shape in self._shapes.tolist()]
        counts = [len(edge) for edge in edges]
        self._edges = np.concatenate([np.empty((0, 4), dtype=np.int32), *edges])
        self._owner = np.repeat(np.arange(len(self._shapes)), counts)
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
        signs = self._signatures(bounds)
        end = len(self._series) if last is None else last
        if end <= first:
            return
        begins = [first, *(self._changes(signs, first, end) + first).tolist(), end]
        for begin, following in pairwise(begins):
            yield LocalRun(begin, following, self._ground(begin, bounds, signs))

    def _changes(self, signs: dict[int, bytes], first: int, end: int) -> NDArray[np.intp]:
        """Return the maps, counted from `first`, that show other ground than the one before."""
        numbers: dict[bytes, int] = {}
        sign_of = np.full(len(self._series.shapes), -1, dtype=np.int32)
        for shape, sign in signs.items():
            sign_of[shape] = numbers.setdefault(sign, len(numbers))
        rows = slice(*np.searchsorted(self._index_of, [first, end]).tolist())
        here = sign_of[self._shape_of[rows]]
        index = (self._index_of[rows] - first)[here >= 0]
        here = here[here >= 0]
        # One row a map, one column for its first, second … shape that the window meets.
        place = np.arange(len(index)) - np.searchsorted(index, index)
        shown = np.full((end - first, int(place.max(initial=0)) + 1), -1, dtype=np.int32)
        shown[index, place] = here
        return np.flatnonzero((shown[1:] != shown[:-1]).any(axis=1)) + 1

    def at(self, index: int, bounds: Bounds) -> shapely.Geometry:
        """Return the ground inside a window on one map."""
        return next(self.runs(bounds, index, index + 1)).ground

    def _signatures(self, bounds: Bounds) -> dict[int, bytes]:
        """Return, for each shape that meets the window, what tells its ground there."""
        west, south, east, north = np.rint(np.array(bounds) * UNIT).astype(np.int64)
        filed = self._between(int(south), int(north))
        # In this order: few edges of a band reach as far west and east as the window.
        filed = filed[self._west[filed] <= east]
        filed = filed[self._east[filed] >= west]
        y = self._edges[filed][:, 1::2]
        meets = (y.min(axis=1) <= north) & (y.max(axis=1) >= south)
        crossing = np.unique(filed[meets])
        owner, edges = self._owner[crossing], self._edges[crossing]
        starts = np.flatnonzero(np.diff(owner, prepend=-1))
        pieces = dict(zip(owner[starts].tolist(), np.split(edges, starts[1:]), strict=False))
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

    def _holding(self, x: int, y: int) -> set[int]:
        """Return which shapes hold a point, by the crossings of the ray to the east."""
        level = self._between(y, y)
        x0, y0, x1, y1 = self._edges[level].astype(np.float64).T
        level, across = level[(y0 > y) != (y1 > y)], (y0 > y) != (y1 > y)
        x0, y0, x1, y1 = x0[across], y0[across], x1[across], y1[across]
        crossed = x0 + (y - y0) / (y1 - y0) * (x1 - x0) > x
        own, count = np.unique(self._owner[level[crossed]], return_counts=True)
        return set(own[count % 2 == 1].tolist())

    def _ground(self, index: int, bounds: Bounds, signs: dict[int, bytes]) -> shapely.Geometry:
        parts = [
            part
            for shape in self._rows_of[index]
            if shape in signs
            for part in self._polygons_of(shape).inside(bounds)
        ]
        return shapely.union_all(parts) if parts else shapely.MultiPolygon()

    def _polygons_of(self, shape: int) -> _Polygons:
        if shape not in self._polygons:
            self._polygons[shape] = _Polygons(_measured(self._series, shape))
        return self._polygons[shape]


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


def _edges(polygons: tuple[Polygon, ...]) -> NDArray[np.int32]:
    """Return every edge of every ring, shape (n, 4)."""
    rings = [np.hstack([ring[:-1], ring[1:]]) for polygon in polygons for ring in polygon]
    return np.concatenate(rings) if rings else np.empty((0, 4), dtype=np.int32)


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
