"""The edge engine, not opened before it is asked: kept areas are answered without it.

Loading Numba and its compiled code takes 1.6 CPU seconds in every process, building the whole war
1.3 more; the areas of all its maps are 76 kB of integers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from contested.records import PARTITION_ORDER

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import shapely
    from numpy.typing import NDArray

    from contested.history.protocol import ChangePolygon, HistoryEngine, Panel, StatusInterval
    from contested.history.series import ControlSeries
    from contested.records import Status

AREA_UNITS_PER_KM2 = 1e10
"""Areas are kept in square centimetres."""

EDGES = "edges"
EDGES_VERSION = "edges/1"
"""The engine that measured them; part of the key of what is kept."""


class KeptAreas:
    """The edge engine, with the areas of all maps at hand; it is opened for any other question.

    Parameters
    ----------
    series
        The snapshots to answer about.
    areas
        Shape (n, 7), square centimetres, as in `Figures.areas`; `None` where none are kept.
    open_edges
        Opens the edge engine of the same series.
    """

    name = EDGES
    version = EDGES_VERSION

    def __init__(
        self,
        series: ControlSeries,
        areas: NDArray[np.int64] | None,
        open_edges: Callable[[], HistoryEngine],
    ) -> None:
        self._series = series
        self._areas = areas
        self._open_edges = open_edges
        self._opened: HistoryEngine | None = None

    @property
    def series(self) -> ControlSeries:
        """The series that is asked."""
        return self._series

    @property
    def edges(self) -> HistoryEngine:
        """The edge engine, opened when it is first needed."""
        if self._opened is None:
            self._opened = self._open_edges()
        return self._opened

    def areas_km2(self, indices: Sequence[int] | None = None) -> NDArray[np.float64]:
        """Return geodesic areas, shape (n, 6), columns in `PARTITION_ORDER`."""
        size = len(self._series)
        chosen = range(size) if indices is None else indices
        if self._areas is None or any(not -size <= index < size for index in chosen):
            return self.edges.areas_km2(indices)  # which measures, or refuses in words
        return in_km2(self._areas[list(chosen)])

    def ground(self, index: int) -> dict[Status, shapely.Geometry]:
        """Return the partitioned ground of a snapshot, degrees; only statuses that occur."""
        return self.edges.ground(index)

    def matrix_km2(self, before: int, after: int) -> NDArray[np.float64]:
        """Return from → to areas, shape (7, 7); the last row and column are "no statement"."""
        return self.edges.matrix_km2(before, after)

    def changes(self, before: int, after: int) -> list[ChangePolygon]:
        """Return the polygons whose status differs, without slivers under 1 m."""
        return self.edges.changes(before, after)

    def edge_marks(self, first: int, last: int) -> NDArray[np.int32]:
        """Return what the steps to snapshots `first` to `last` do to edges, shape (n, 4)."""
        return self.edges.edge_marks(first, last)

    def status_at(self, lon: float, lat: float, index: int) -> Status | None:
        """Return the status of a point on a snapshot; `None` where the map says nothing."""
        return self.edges.status_at(lon, lat, index)

    def timeline_at(self, lon: float, lat: float) -> list[StatusInterval]:
        """Return the status of a point over the whole series."""
        return self.edges.timeline_at(lon, lat)

    def panel(self, lonlat: NDArray[np.float64]) -> Panel:
        """Return the status of points, shape (n, 2), at every snapshot."""
        return self.edges.panel(lonlat)


def in_km2(areas: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return areas of the statuses in km² from square centimetres, shape (n, 7)."""
    held = areas.reshape(-1, len(PARTITION_ORDER) + 1)[:, : len(PARTITION_ORDER)]
    km2: NDArray[np.float64] = np.maximum(held, 0) / AREA_UNITS_PER_KM2
    return km2
