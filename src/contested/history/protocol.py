"""What every history engine answers: the Shapely reference and the edge engine alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import shapely
    from numpy.typing import NDArray

    from contested.history.series import ControlSeries
    from contested.records import Status


@dataclass(frozen=True, slots=True, eq=False)
class ChangePolygon:
    """Ground whose status differs between two snapshots; `None` is ground without a statement."""

    before: Status | None
    after: Status | None
    geometry: shapely.Geometry
    area_km2: float


@dataclass(frozen=True, slots=True)
class StatusInterval:
    """A status from snapshot `first` up to but not including snapshot `last`."""

    status: Status | None
    first: int
    last: int


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """The status of many points at every snapshot, as intervals.

    Attributes
    ----------
    point, first, status
        One row an interval, sorted by point, then by first snapshot: index of the point, of the
        snapshot with which the interval begins, and into `PARTITION_ORDER` (-1: no statement).
        An interval ends where the next row of the same point begins, or with the series.
    """

    point: NDArray[np.int32]
    first: NDArray[np.int32]
    status: NDArray[np.int8]
    points: int
    snapshots: int


class HistoryEngine(Protocol):
    """Answers about one series. Indices are positions in ``series.snapshots``.

    All figures are those of the exact partition: where areas of several statuses overlap, the
    first status of `PARTITION_ORDER` keeps the ground.
    """

    name: str
    version: str

    @property
    def series(self) -> ControlSeries:
        """The series that is asked."""
        ...

    def areas_km2(self, indices: Sequence[int] | None = None) -> NDArray[np.float64]:
        """Return geodesic areas, shape (n, 6), columns in `PARTITION_ORDER`."""
        ...

    def ground(self, index: int) -> dict[Status, shapely.Geometry]:
        """Return the partitioned ground of a snapshot, degrees; only statuses that occur."""
        ...

    def matrix_km2(self, before: int, after: int) -> NDArray[np.float64]:
        """Return from → to areas, shape (7, 7); the last row and column are "no statement"."""
        ...

    def changes(self, before: int, after: int) -> list[ChangePolygon]:
        """Return the polygons whose status differs, without slivers under 1 m."""
        ...

    def edge_marks(self, first: int, last: int) -> NDArray[np.int32]:
        """Return what the steps to snapshots `first` to `last` do to edges, shape (n, 4).

        Columns as in `contested.history.redraws.StepMarks`.
        """
        ...

    def status_at(self, lon: float, lat: float, index: int) -> Status | None:
        """Return the status of a point on a snapshot; `None` where the map says nothing."""
        ...

    def timeline_at(self, lon: float, lat: float) -> list[StatusInterval]:
        """Return the status of a point over the whole series."""
        ...

    def panel(self, lonlat: NDArray[np.float64]) -> Panel:
        """Return the status of points, shape (n, 2), at every snapshot."""
        ...
