"""The edge engine: the whole history as one subdivision of the plane, each face with its dates.

Importing this module loads Numba; the first call on a machine compiles (about a minute of CPU
time), later processes load the compiled code from Numba's cache.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from contested.errors import ContestedError, InputError
from contested.history import timeline
from contested.history.faces import trace
from contested.history.mesh import EDGES, FACES, FAULT, NONE, Mesh, new_mesh
from contested.history.metric import AREA_UNITS_PER_KM2, LENGTH_UNITS_PER_KM
from contested.history.noding import insert_edges
from contested.history.outline import Canvas, clean, draw, join, new_canvas, wide
from contested.history.partition import (
    NOT_CLOSED,
    TOO_DEEP,
    Figures,
    Rows,
    apply_snapshots,
    new_figures,
)
from contested.history.protocol import ChangePolygon, Panel, StatusInterval
from contested.history.vertices import directed_edges, flatten
from contested.records import PARTITION_ORDER, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from contested.history.series import ControlSeries

_STATUS: tuple[Status | None, ...] = (*PARTITION_ORDER, None)
_SIDE = NONE + 1


class EdgeEngine:
    """Answers about a series from its edge history; the same answers as `ReferenceEngine`.

    Parameters
    ----------
    series
        The snapshots to answer about.

    Raises
    ------
    InputError
        If the shapes span more of the globe than exact arithmetic reaches.
    ContestedError
        If the edges of a snapshot do not close, or polygons lie more than 400 deep.
    """

    name = "edges"
    version = "edges/1"

    def __init__(self, series: ControlSeries) -> None:
        self._series = series
        rings = flatten(series.shapes)
        self._mesh = new_mesh(_bounds(rings.coordinates))
        self._mesh, edges, starts = directed_edges(self._mesh, rings)
        self._mesh = trace(insert_edges(self._mesh, 0), 0)
        _raise_fault(self._mesh)
        self._rows = Rows(series.offsets, series.shape_of, series.status_of, edges, starts)
        self._figures = new_figures(len(series))
        self._mesh = apply_snapshots(self._mesh, self._rows, self._figures, 0, len(series))
        _raise_fault(self._mesh)
        self._lines: timeline.Timelines | None = None
        self._canvas: Canvas | None = None

    @property
    def series(self) -> ControlSeries:
        """The series that is asked."""
        return self._series

    @property
    def edges(self) -> int:
        """How many distinct edges the history has."""
        return int(self._mesh.count[EDGES])

    @property
    def figures(self) -> Figures:
        """The sums per snapshot as integers: areas, moves and boundary lengths."""
        return self._figures

    def areas_km2(self, indices: Sequence[int] | None = None) -> NDArray[np.float64]:
        """Return geodesic areas, shape (n, 6), columns in `PARTITION_ORDER`."""
        areas = self._figures.areas[:, :NONE]
        chosen = areas if indices is None else areas[np.asarray(indices, dtype=np.int64)]
        km2: NDArray[np.float64] = np.maximum(chosen, 0) / AREA_UNITS_PER_KM2
        return km2.reshape(-1, NONE)

    def lengths_km(self, index: int) -> NDArray[np.float64]:
        """Return boundary lengths by pair of statuses, shape (7, 7), symmetric.

        The last row and column are "no statement". Lengths are geodesic, of the map as drawn.
        """
        upper = self._figures.lengths[index] / LENGTH_UNITS_PER_KM
        both: NDArray[np.float64] = upper + upper.T
        return both

    def steps_km2(self) -> NDArray[np.float64]:
        """Return the from → to areas of every step, shape (n, 7, 7); the first leads from none."""
        km2: NDArray[np.float64] = self._figures.moves / AREA_UNITS_PER_KM2
        return km2

    def ground(self, index: int) -> dict[Status, shapely.Geometry]:
        """Return the partitioned ground of a snapshot, degrees; only statuses that occur."""
        lines = self._timelines()
        faces = np.arange(int(self._mesh.count[FACES]), dtype=np.int32)
        statuses = np.empty(len(faces), dtype=np.int8)
        timeline.face_statuses(lines, faces, index, statuses)
        held = statuses != NONE
        drawn = self._draw(faces[held], statuses[held], width_m=0.0)
        return {PARTITION_ORDER[kind]: geometry for kind, (geometry, _) in drawn.items()}

    def matrix_km2(self, before: int, after: int) -> NDArray[np.float64]:
        """Return from → to areas, shape (7, 7); the last row and column are "no statement"."""
        faces, was, becomes = self._moved(before, after)
        moved = np.zeros(_SIDE * _SIDE, dtype=np.int64)
        cells = was.astype(np.int64) * _SIDE + becomes
        np.add.at(moved, cells, self._mesh.f["area"][faces])
        matrix = moved.reshape(_SIDE, _SIDE)
        stays = self._figures.areas[before, :NONE] - matrix[:NONE].sum(axis=1)
        matrix[range(NONE), range(NONE)] = stays
        km2: NDArray[np.float64] = matrix / AREA_UNITS_PER_KM2
        return np.where(np.abs(km2) < 1e-6, 0.0, km2)  # noqa: PLR2004 (a square metre)

    def changes(self, before: int, after: int) -> list[ChangePolygon]:
        """Return the polygons whose status differs, without slivers under 1 m."""
        faces, was, becomes = self._moved(before, after)
        kinds = (was * _SIDE + becomes).astype(np.int8)
        drawn = self._draw(faces, kinds, width_m=1.0)
        return [
            ChangePolygon(_STATUS[kind // _SIDE], _STATUS[kind % _SIDE], geometry, area)
            for kind, (geometry, area) in drawn.items()
        ]

    def status_at(self, lon: float, lat: float, index: int) -> Status | None:
        """Return the status of a point on a snapshot; `None` where the map says nothing."""
        status = self.statuses_at(np.array([[lon, lat]]), np.array([index]))[0]
        return None if status < 0 else PARTITION_ORDER[status]

    def statuses_at(
        self, lonlat: NDArray[np.float64], indices: NDArray[np.integer]
    ) -> NDArray[np.int8]:
        """Return the statuses of points, shape (n, 2), at snapshots, shape (n,).

        Values index `PARTITION_ORDER`; -1 where the map says nothing.
        """
        lines = self._timelines()
        points = timeline.units(lonlat)
        steps = np.asarray(indices, dtype=np.int32)
        statuses = np.empty(len(points), dtype=np.int8)
        if timeline.look_up(self._mesh, lines, points, steps, statuses):
            for i in np.flatnonzero(statuses == timeline.ON_EDGE):
                status = self._on_edge(points[i])[steps[i]]
                statuses[i] = -1 if status == NONE else status
        return statuses

    def timeline_at(self, lon: float, lat: float) -> list[StatusInterval]:
        """Return the status of a point over the whole series."""
        panel = self.panel(np.array([[lon, lat]]))
        ends = np.append(panel.first[1:], panel.snapshots)
        return [
            StatusInterval(PARTITION_ORDER[status] if status >= 0 else None, int(first), int(last))
            for status, first, last in zip(panel.status, panel.first, ends, strict=True)
        ]

    def panel(self, lonlat: NDArray[np.float64]) -> Panel:
        """Return the status of points, shape (n, 2), at every snapshot."""
        lines = self._timelines()
        points = timeline.units(lonlat)
        faces = np.empty(len(points), dtype=np.int32)
        timeline.locate_all(self._mesh, points, faces)
        on_edge = {int(i): self._runs(points[i]) for i in np.flatnonzero(faces < 0)}
        starts = np.zeros(len(points) + 1, dtype=np.int64)
        timeline.count_intervals(lines, faces, starts)
        for i, (first, _) in on_edge.items():
            starts[i + 1] = len(first)
        np.cumsum(starts, out=starts)
        point, first = (np.empty(starts[-1], dtype=np.int32) for _ in range(2))
        status = np.empty(starts[-1], dtype=np.int8)
        timeline.fill_intervals(lines, faces, starts, point, first, status)
        for i, (own_first, own_status) in on_edge.items():
            rows = slice(starts[i], starts[i + 1])
            point[rows], first[rows], status[rows] = i, own_first, own_status
        return Panel(point, first, status, points=len(points), snapshots=len(self._series))

    def _timelines(self) -> timeline.Timelines:
        if self._lines is None:
            self._lines = timeline.timelines(self._mesh, len(self._series))
        return self._lines

    def _on_edge(self, point: NDArray[np.int64]) -> NDArray[np.int8]:
        """Return the status at every snapshot of a point on an edge: the first that touches it."""
        faces = timeline.touching(self._mesh, int(point[0]), int(point[1]))
        return timeline.statuses_of_faces(self._timelines(), faces, len(self._series))

    def _runs(self, point: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int8]]:
        statuses = self._on_edge(point)
        first = np.flatnonzero(np.diff(statuses, prepend=-9)).astype(np.int32)
        own = statuses[first]
        return first, np.where(own == NONE, -1, own).astype(np.int8)

    def _moved(
        self, before: int, after: int
    ) -> tuple[NDArray[np.int32], NDArray[np.int8], NDArray[np.int8]]:
        """Return the faces whose status differs between two snapshots, with both statuses."""
        lines = self._timelines()
        low, high = sorted((_index(before, len(self._series)), _index(after, len(self._series))))
        rows = slice(int(lines.by_step[low + 1]), int(lines.by_step[high + 1]))
        faces = lines.faces[rows]
        if high - low > 1:
            faces = np.unique(faces)
        was = np.empty(len(faces), dtype=np.int8)
        becomes = np.empty(len(faces), dtype=np.int8)
        timeline.face_statuses(lines, faces, before, was)
        timeline.face_statuses(lines, faces, after, becomes)
        differs = was != becomes
        return faces[differs], was[differs], becomes[differs]

    def _draw(
        self, faces: NDArray[np.int32], kinds: NDArray[np.int8], width_m: float
    ) -> dict[int, tuple[shapely.Geometry, float]]:
        """Return geometry and area in km² of every class of faces, without narrow parts."""
        if self._canvas is None:
            self._canvas = new_canvas(self._mesh)
        parts = join(self._mesh, self._canvas, faces, kinds)
        shown = wide(parts, width_m)
        polygons, part = draw(self._mesh, self._canvas, faces, shown)
        clean(self._mesh, self._canvas, faces)
        drawn = {}
        for kind in np.unique(parts.kind[shown]):
            area = int(parts.area[shown & (parts.kind == kind)].sum()) / AREA_UNITS_PER_KM2
            own = polygons[parts.kind[part] == kind]
            drawn[int(kind)] = (shapely.MultiPolygon(own.tolist()), area)
        return drawn


def _index(index: int, snapshots: int) -> int:
    if not -snapshots <= index < snapshots:
        raise InputError(f"snapshot {index} of a series of {snapshots}: count from 0")
    return index % snapshots


def _bounds(coordinates: NDArray[np.int32]) -> tuple[int, int, int, int]:
    if not len(coordinates):
        return 0, 0, 0, 0
    (west, south), (east, north) = coordinates.min(axis=0), coordinates.max(axis=0)
    return int(west), int(south), int(east), int(north)


def _raise_fault(mesh: Mesh) -> None:
    fault = int(mesh.count[FAULT])
    if fault == NOT_CLOSED:
        raise ContestedError("the edges of a snapshot do not close: its shapes cannot be measured")
    if fault == TOO_DEEP:
        raise ContestedError("more than 400 polygons of one status lie over each other")
    if fault:
        raise ContestedError(
            f"the subdivision contradicts itself (fault {fault}): report this with the series; "
            "--engine reference answers meanwhile"
        )
