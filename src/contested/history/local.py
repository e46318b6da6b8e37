"""The ground of a small window through a whole series, looked at only where it changed.

Most maps repeat most of their edges. Of a window of a few kilometres only the edges that cross it
matter; maps whose edges there are the same, and that hold its corner alike, show the same ground.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from contested.geo.geojson import as_shapely
from contested.geo.measure import UNIT
from contested.history.series import STATUS_INDEX

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from numpy.typing import NDArray

    from contested.history.series import ControlSeries
    from contested.records import Polygon, Status

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
        table = np.concatenate(edges) if edges else np.empty((0, 4), dtype=np.int32)
        self._x0, self._y0, self._x1, self._y1 = np.ascontiguousarray(table.T)
        self._owner = np.repeat(np.arange(len(self._shapes)), counts)

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
        crossing = np.flatnonzero(
            (np.minimum(self._x0, self._x1) <= east)
            & (np.maximum(self._x0, self._x1) >= west)
            & (np.minimum(self._y0, self._y1) <= north)
            & (np.maximum(self._y0, self._y1) >= south)
        )
        corner = self._holds(int(west), int(south))
        owner = self._owner[crossing]
        edges = np.column_stack([column[crossing] for column in self._columns()])
        starts = np.flatnonzero(np.diff(owner, prepend=-1))
        pieces = dict(zip(owner[starts].tolist(), np.split(edges, starts[1:]), strict=False))
        met = set(pieces) | set(np.flatnonzero(corner).tolist())
        return {
            int(self._shapes[own]): bytes([int(corner[own])])
            + (pieces[own].tobytes() if own in pieces else b"")
            for own in met
        }

    def _columns(self) -> tuple[NDArray[np.int32], ...]:
        return self._x0, self._y0, self._x1, self._y1

    def _holds(self, x: int, y: int) -> NDArray[np.bool_]:
        """Return which shapes hold a point, by the crossings of the ray to the east."""
        level = np.flatnonzero((self._y0 > y) != (self._y1 > y))
        x0, y0, x1, y1 = (column[level].astype(np.float64) for column in self._columns())
        crossed = x0 + (y - y0) / (y1 - y0) * (x1 - x0) > x
        count = np.bincount(self._owner[level[crossed]], minlength=len(self._shapes))
        return count % 2 == 1

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
