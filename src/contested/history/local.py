"""The ground of a small window through a whole series, looked at only where it changed.

Most maps repeat most of their edges. Of a window of a few kilometres only the edges that cross it
matter; maps whose edges there are the same, and that hold its corner alike, show the same ground.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from contested.geo.geojson import FRAME, as_shapely
from contested.geo.measure import UNIT
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
        self._whole: dict[int, shapely.Geometry] = {}
        edges = [_edges(_measured(series, shape)) for shape in self._shapes.tolist()]
        counts = [len(edge) for edge in edges]
        self._edges = np.concatenate([np.empty((0, 4), dtype=np.int32), *edges])
        self._owner = np.repeat(np.arange(len(self._shapes)), counts)
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
        state: tuple[bytes, ...] | None = None
        begin = first
        for index in range(first, end):
            here = tuple(signs[shape] for shape in self._rows_of[index] if shape in signs)
            if state is not None and here != state:
                yield LocalRun(begin, index, self._ground(begin, bounds, signs))
                begin = index
            state = here
        if state is not None:
            yield LocalRun(begin, end, self._ground(begin, bounds, signs))

    def at(self, index: int, bounds: Bounds) -> shapely.Geometry:
        """Return the ground inside a window on one map."""
        return next(self.runs(bounds, index, index + 1)).ground

    def _signatures(self, bounds: Bounds) -> dict[int, bytes]:
        """Return, for each shape that meets the window, what tells its ground there."""
        west, south, east, north = np.rint(np.array(bounds) * UNIT).astype(np.int64)
        filed = np.unique(self._between(int(south), int(north)))
        x, y = self._edges[filed][:, ::2], self._edges[filed][:, 1::2]
        meets = (x.min(axis=1) <= east) & (x.max(axis=1) >= west)
        meets &= (y.min(axis=1) <= north) & (y.max(axis=1) >= south)
        crossing = filed[meets]
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
            shapely.clip_by_rect(self._shape(shape), *bounds)
            for shape in self._rows_of[index]
            if shape in signs
        ]
        return shapely.union_all(parts) if parts else shapely.MultiPolygon()

    def _shape(self, shape: int) -> shapely.Geometry:
        if shape not in self._whole:
            polygons = [as_shapely(polygon) for polygon in _measured(self._series, shape)]
            self._whole[shape] = shapely.union_all(polygons)
        return self._whole[shape]


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
