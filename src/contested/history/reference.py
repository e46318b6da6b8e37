"""The Shapely implementation of a history: slow, plain, and the independent checker.

Partition: the areas of each status are united, then the statuses take the ground in the order of
`PARTITION_ORDER`, each from what the ones before it left. Areas are geodesic on WGS84.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from contested.geo.geojson import as_shapely
from contested.geo.measure import area_km2, polygons_of
from contested.geo.sliver import without_slivers
from contested.history.protocol import ChangePolygon, Panel, StatusInterval
from contested.history.redraws import step_marks
from contested.records import PARTITION_ORDER, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from contested.history.series import ControlSeries

NONE = len(PARTITION_ORDER)
"""Index of "no statement" in matrices."""

_KEPT = 64
"""Partitions kept in memory; a day of the full series takes about 1 MB."""


class ReferenceEngine:
    """Answers about a series with GEOS alone.

    Parameters
    ----------
    series
        The snapshots to answer about.
    """

    name = "reference"
    version = "reference/1"

    def __init__(self, series: ControlSeries) -> None:
        self._series = series
        self._shapes: dict[int, shapely.Geometry] = {}
        self._unions: OrderedDict[tuple[int, ...], shapely.Geometry] = OrderedDict()
        self._grounds: OrderedDict[int, dict[Status, shapely.Geometry]] = OrderedDict()

    @property
    def series(self) -> ControlSeries:
        """The series that is asked."""
        return self._series

    def areas_km2(self, indices: Sequence[int] | None = None) -> NDArray[np.float64]:
        """Return geodesic areas, shape (n, 6), columns in `PARTITION_ORDER`."""
        chosen = range(len(self._series)) if indices is None else indices
        rows = [[area_km2(self.ground(i).get(s)) for s in PARTITION_ORDER] for i in chosen]
        return np.array(rows, dtype=np.float64).reshape(len(rows), len(PARTITION_ORDER))

    def ground(self, index: int) -> dict[Status, shapely.Geometry]:
        """Return the partitioned ground of a snapshot, degrees; only statuses that occur."""
        if index not in self._grounds:
            self._grounds[index] = self._partition(index)
            _forget_oldest(self._grounds)
        return self._grounds[index]

    def matrix_km2(self, before: int, after: int) -> NDArray[np.float64]:
        """Return from → to areas, shape (7, 7); the last row and column are "no statement"."""
        matrix = np.zeros((NONE + 1, NONE + 1))
        ground_before, ground_after = self.ground(before), self.ground(after)
        for i, one in enumerate(PARTITION_ORDER):
            for j, other in enumerate(PARTITION_ORDER):
                if one in ground_before and other in ground_after:
                    shared = shapely.intersection(ground_before[one], ground_after[other])
                    matrix[i, j] = area_km2(shared)
        areas = self.areas_km2([before, after])
        matrix[:NONE, NONE] = areas[0] - matrix[:NONE, :NONE].sum(axis=1)
        matrix[NONE, :NONE] = areas[1] - matrix[:NONE, :NONE].sum(axis=0)
        return np.where(np.abs(matrix) < 1e-6, 0.0, matrix)  # noqa: PLR2004 (a square metre)

    def changes(self, before: int, after: int) -> list[ChangePolygon]:
        """Return the polygons whose status differs, without slivers under 1 m."""
        before_all, after_all = self._everything(before), self._everything(after)
        found = []
        for status_before, ground_before in before_all.items():
            for status_after, ground_after in after_all.items():
                if status_before != status_after:
                    found += _change(status_before, ground_before, status_after, ground_after)
        return found

    def edge_marks(self, first: int, last: int) -> NDArray[np.int32]:
        """Return what the steps to snapshots `first` to `last` do to edges, shape (n, 4)."""
        marks = [step_marks(self._series, index) for index in range(first, last + 1)]
        rows = [(one.came, one.gone, one.redrawn, one.recoloured) for one in marks]
        return np.array(rows, dtype=np.int32).reshape(-1, 4)

    def status_at(self, lon: float, lat: float, index: int) -> Status | None:
        """Return the status of a point on a snapshot; `None` where the map says nothing."""
        point = shapely.Point(lon, lat)
        for status, ground in self.ground(index).items():
            if shapely.intersects(ground, point):
                return status
        return None

    def timeline_at(self, lon: float, lat: float) -> list[StatusInterval]:
        """Return the status of a point over the whole series."""
        panel = self.panel(np.array([[lon, lat]]))
        ends = np.append(panel.first[1:], panel.snapshots)
        return [
            StatusInterval(PARTITION_ORDER[status] if status >= 0 else None, int(first), int(last))
            for status, first, last in zip(panel.status, panel.first, ends, strict=True)
        ]

    def panel(self, lonlat: NDArray[np.float64]) -> Panel:
        """Return the status of points, shape (n, 2), at every snapshot.

        Every distinct shape is asked once about every point; a status holds a point if any of
        its shapes does.
        """
        inside = self._shapes_over_points(lonlat)
        cells = np.stack([self._cells(i, inside, len(lonlat)) for i in range(len(self._series))])
        return panel_from_cells(cells)

    def _everything(self, index: int) -> dict[Status | None, shapely.Geometry]:
        """Return the partition together with the ground it says nothing about (`None`)."""
        ground = self.ground(index)
        return {None: _outside(ground), **dict(ground.items())}

    def _cells(
        self, index: int, inside: dict[int, NDArray[np.int64]], points: int
    ) -> NDArray[np.int8]:
        rows = self._series.rows(index)
        cell = np.full(points, NONE, dtype=np.int8)
        for shape, status in zip(
            self._series.shape_of[rows], self._series.status_of[rows], strict=True
        ):
            hit = inside.get(int(shape))
            if hit is not None:
                cell[hit] = np.minimum(cell[hit], status)
        return np.where(cell == NONE, -1, cell).astype(np.int8)

    def _shapes_over_points(self, lonlat: NDArray[np.float64]) -> dict[int, NDArray[np.int64]]:
        tree = shapely.STRtree(shapely.points(lonlat))
        geometries = np.array(
            [self._shape(i) for i in range(len(self._series.shapes))], dtype=object
        )
        which, points = tree.query(geometries, predicate="intersects")
        starts = np.flatnonzero(np.diff(which, prepend=-1))
        return dict(zip(which[starts].tolist(), np.split(points, starts)[1:], strict=True))

    def _shape(self, index: int) -> shapely.Geometry:
        if index not in self._shapes:
            shape = self._series.shapes[index]
            polygons = shape.polygons if shape.repaired is None else shape.repaired
            self._shapes[index] = shapely.union_all([as_shapely(p) for p in polygons])
        return self._shapes[index]

    def _union(self, shapes: Iterable[int]) -> shapely.Geometry:
        key = tuple(sorted(set(shapes)))
        if key not in self._unions:
            self._unions[key] = shapely.union_all([self._shape(i) for i in key])
            _forget_oldest(self._unions)
        return self._unions[key]

    def _partition(self, index: int) -> dict[Status, shapely.Geometry]:
        rows = self._series.rows(index)
        status_of, shape_of = self._series.status_of[rows], self._series.shape_of[rows]
        taken: shapely.Geometry = shapely.MultiPolygon()
        ground: dict[Status, shapely.Geometry] = {}
        for number, status in enumerate(PARTITION_ORDER):
            united = self._union(shape_of[status_of == number].tolist())
            if united.is_empty:
                continue
            left = shapely.difference(united, taken) if not taken.is_empty else united
            taken = shapely.union(taken, united)
            ground[status] = shapely.MultiPolygon(polygons_of(left))
        return {status: area for status, area in ground.items() if not area.is_empty}


def panel_from_cells(cells: NDArray[np.int8]) -> Panel:
    """Return intervals from statuses, shape (snapshots, points), -1 for no statement."""
    begins = np.ones(cells.shape, dtype=bool)
    begins[1:] = cells[1:] != cells[:-1]
    point, first = np.nonzero(begins.T)
    return Panel(
        point=point.astype(np.int32),
        first=first.astype(np.int32),
        status=cells[first, point],
        points=cells.shape[1],
        snapshots=cells.shape[0],
    )


def _outside(ground: dict[Status, shapely.Geometry]) -> shapely.Geometry:
    """Return everything that a partition says nothing about, within a box round it."""
    box = shapely.box(-180, -90, 180, 90)
    return shapely.difference(box, shapely.union_all(list(ground.values())))


def _change(
    before: Status | None,
    ground_before: shapely.Geometry,
    after: Status | None,
    ground_after: shapely.Geometry,
) -> list[ChangePolygon]:
    shared = without_slivers(shapely.intersection(ground_before, ground_after))
    if shared.is_empty:
        return []
    return [ChangePolygon(before, after, shared, area_km2(shared))]


def _forget_oldest(cache: OrderedDict[Any, Any]) -> None:
    if len(cache) > _KEPT:
        cache.popitem(last=False)
