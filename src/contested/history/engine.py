"""The edge engine: the whole history as one subdivision of the plane, each face with its dates.

Importing this module loads Numba (1 s of CPU time); the first build on a machine compiles (20 s),
later processes load the compiled code from Numba's cache (0.8 s).
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from contested.errors import InputError
from contested.geo.compiled import cache_index
from contested.history import timeline
from contested.history.built import EdgeHistory
from contested.history.faces import ON_EDGE
from contested.history.kept import AREA_UNITS_PER_KM2, EDGES_VERSION, in_km2
from contested.history.kept import EDGES as NAME
from contested.history.mesh import EDGES, NONE
from contested.history.metric import LENGTH_UNITS_PER_KM
from contested.history.outline import clean, draw, join
from contested.history.partition import run_steps
from contested.history.protocol import ChangePolygon, Panel, StatusInterval
from contested.history.series import STATUS_INDEX, SeriesBuilder
from contested.records import PARTITION_ORDER, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    from contested.history.partition import Figures
    from contested.history.series import ControlSeries
    from contested.records import ControlMap, SnapshotId

_STATUS: tuple[Status | None, ...] = (*PARTITION_ORDER, None)
_SIDE = NONE + 1

COMPILED_ONCE = cache_index(run_steps)
"""A file that is there once the kernels were compiled; without it, the first build takes long."""

FEW = 8
"""Questions about so many snapshots build only these, unless the whole is built already."""

_KEPT = 16


class EdgeEngine:
    """Answers about a series from its edge history; the same answers as `ReferenceEngine`.

    The history is built when it is first needed. A question about a few snapshots builds only
    those: every figure is a sum of integers per edge, so that the answer is the same.

    Parameters
    ----------
    series
        The snapshots to answer about.
    on_built
        Called with the areas of all snapshots in square centimetres, shape (n, 7), when the whole
        was built.

    Raises
    ------
    InputError
        When building: if the shapes span more of the globe than exact arithmetic reaches.
    ContestedError
        When building: if the edges of a snapshot do not close.
    """

    name = NAME
    version = EDGES_VERSION

    def __init__(
        self,
        series: ControlSeries,
        on_built: Callable[[NDArray[np.int64]], None] | None = None,
    ) -> None:
        self._series = series
        self._on_built = on_built
        self._whole: EdgeHistory | None = None
        self._parts: OrderedDict[tuple[int, ...], EdgeHistory] = OrderedDict()
        self._numbers: dict[bytes, int] | None = None
        self._words: dict[str, int] | None = None

    @property
    def series(self) -> ControlSeries:
        """The series that is asked."""
        return self._series

    def build(self) -> EdgeHistory:
        """Return the history of the whole series, built once."""
        if self._whole is None:
            s = self._series
            self._whole = EdgeHistory(s.shapes, s.offsets, s.shape_of, s.status_of)
            if self._on_built is not None:
                self._on_built(self._whole.figures.areas)
        return self._whole

    @property
    def edges(self) -> int:
        """How many distinct edges the history has."""
        return int(self.build().mesh.used[EDGES])

    @property
    def figures(self) -> Figures:
        """The sums per snapshot as integers: areas, moves and boundary lengths."""
        return self.build().figures

    def areas_km2(self, indices: Sequence[int] | None = None) -> NDArray[np.float64]:
        """Return geodesic areas, shape (n, 6), columns in `PARTITION_ORDER`."""
        chosen = range(len(self._series)) if indices is None else indices
        if not len(chosen):
            return np.zeros((0, NONE))
        history, own = self._covering(*chosen)
        return in_km2(history.figures.areas[own])

    def lengths_km(self, index: int) -> NDArray[np.float64]:
        """Return boundary lengths by pair of statuses, shape (7, 7), symmetric.

        The last row and column are "no statement". Lengths are geodesic, of the map as drawn.
        """
        history, own = self._covering(index)
        upper = history.figures.lengths[own[0]] / LENGTH_UNITS_PER_KM
        both: NDArray[np.float64] = upper + upper.T
        return both

    def steps_km2(self) -> NDArray[np.float64]:
        """Return the from → to areas of every step, shape (n, 7, 7); the first leads from none."""
        km2: NDArray[np.float64] = self.figures.moves / AREA_UNITS_PER_KM2
        return km2

    def ground(self, index: int) -> dict[Status, shapely.Geometry]:
        """Return the partitioned ground of a snapshot, degrees; only statuses that occur."""
        history, own = self._covering(index)
        faces = history.all_faces()
        statuses = history.statuses(faces, own[0])
        held = statuses != NONE
        drawn = _draw(history, faces[held], statuses[held], width_m=0.0)
        return {PARTITION_ORDER[kind]: geometry for kind, (geometry, _) in drawn.items()}

    def matrix_km2(self, before: int, after: int) -> NDArray[np.float64]:
        """Return from → to areas, shape (7, 7); the last row and column are "no statement"."""
        history, own = self._covering(before, after)
        faces, was, becomes = history.moved(*own)
        moved = np.zeros(_SIDE * _SIDE, dtype=np.int64)
        np.add.at(moved, was.astype(np.int64) * _SIDE + becomes, history.mesh.f["area"][faces])
        matrix = moved.reshape(_SIDE, _SIDE)
        stays = history.figures.areas[own[0], :NONE] - matrix[:NONE].sum(axis=1)
        matrix[range(NONE), range(NONE)] = stays
        km2: NDArray[np.float64] = matrix / AREA_UNITS_PER_KM2
        return np.where(np.abs(km2) < 1e-6, 0.0, km2)  # noqa: PLR2004 (a square metre)

    def changes(self, before: int, after: int) -> list[ChangePolygon]:
        """Return the polygons whose status differs, without slivers under 1 m."""
        history, own = self._covering(before, after)
        faces, was, becomes = history.moved(*own)
        kinds = (was * _SIDE + becomes).astype(np.int8)
        drawn = _draw(history, faces, kinds, width_m=1.0)
        return [
            ChangePolygon(_STATUS[kind // _SIDE], _STATUS[kind % _SIDE], geometry, area)
            for kind, (geometry, area) in drawn.items()
        ]

    def edge_marks(self, first: int, last: int) -> NDArray[np.int32]:
        """Return what the steps to snapshots `first` to `last` do to edges, shape (n, 4).

        Edges that came, that went, those that came and are redrawn ones, and those that stay and
        separate other statuses: see `contested.history.redraws.StepMarks`.
        """
        return self.build().edge_marks[first : last + 1]

    def status_at(self, lon: float, lat: float, index: int) -> Status | None:
        """Return the status of a point on a snapshot; `None` where the map says nothing."""
        history, own = self._whole, index
        if history is None or not 0 <= index < history.snapshots:
            history, (own,) = self._covering(index)
        x, y = round(lon * timeline.UNITS), round(lat * timeline.UNITS)
        status = timeline.look_up_one(history.mesh, history.lines, x, y, own)
        if status == ON_EDGE:
            status = _on_edge(history, x, y)[own]
        return _STATUS[status]

    def statuses_at(
        self, lonlat: NDArray[np.float64], indices: NDArray[np.integer]
    ) -> NDArray[np.int8]:
        """Return the statuses of points, shape (n, 2), at snapshots, shape (n,).

        Values index `PARTITION_ORDER`; -1 where the map says nothing.
        """
        history = self.build()
        points = timeline.units(lonlat)
        steps = np.asarray(indices, dtype=np.int32)
        if len(steps) and not 0 <= int(steps.min()) <= int(steps.max()) < len(self._series):
            raise InputError(f"a snapshot outside 0 to {len(self._series) - 1}")
        statuses = np.empty(len(points), dtype=np.int8)
        if timeline.look_up(history.mesh, history.lines, points, steps, statuses):
            for i in np.flatnonzero(statuses == ON_EDGE):
                statuses[i] = _on_edge(history, *points[i].tolist())[steps[i]]
        statuses[statuses == NONE] = -1
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
        history = self.build()
        points = timeline.units(lonlat)
        faces = np.empty(len(points), dtype=np.int32)
        timeline.locate_all(history.mesh, points, faces)
        on_edge = {int(i): _runs(history, *points[i].tolist()) for i in np.flatnonzero(faces < 0)}
        starts = np.zeros(len(points) + 1, dtype=np.int64)
        timeline.count_intervals(history.lines, faces, starts)
        for i, (own_first, _) in on_edge.items():
            starts[i + 1] = len(own_first)
        np.cumsum(starts, out=starts)
        point, first = (np.empty(starts[-1], dtype=np.int32) for _ in range(2))
        status = np.empty(starts[-1], dtype=np.int8)
        timeline.fill_intervals(history.lines, faces, starts, point, first, status)
        for i, (own_first, own_status) in on_edge.items():
            rows = slice(starts[i], starts[i + 1])
            point[rows], first[rows], status[rows] = i, own_first, own_status
        return Panel(point, first, status, points=len(points), snapshots=len(self._series))

    def append(self, control: ControlMap) -> None:
        """Add one map; the answers are those of an engine built with it from the start.

        A map newer than all others costs work in proportion to what it changes, once the whole is
        built. One that belongs between others lets the history be built anew when next needed.
        """
        self._parts.clear()
        snapshots = self._series.snapshots
        newest = not snapshots or _time(control.snapshot) > _time(snapshots[-1])
        if not newest and control.snapshot in snapshots:
            return
        if not newest:
            builder = SeriesBuilder.of(self._series)
            builder.add(control)
            self._series, self._whole, self._numbers = builder.build(), None, None
            return
        self._append_last(control)

    def _append_last(self, control: ControlMap) -> None:
        if self._numbers is None or self._words is None:
            self._numbers = {shape.key: i for i, shape in enumerate(self._series.shapes)}
            self._words = {word: i for i, word in enumerate(self._series.words)}
        fresh = []
        for area in control.areas:
            if area.shape.key not in self._numbers:
                self._numbers[area.shape.key] = len(self._numbers)
                fresh.append(area.shape)
            self._words.setdefault(area.source_word, len(self._words))
        shape_of = np.array([self._numbers[a.shape.key] for a in control.areas], dtype=np.int32)
        status_of = np.array([STATUS_INDEX[a.status] for a in control.areas], dtype=np.int8)
        word_of = np.array([self._words[a.source_word] for a in control.areas], dtype=np.int32)
        s = self._series
        if self._whole is not None:
            self._whole.append(fresh, shape_of, status_of)
        self._series = replace(
            s,
            snapshots=(*s.snapshots, control.snapshot),
            shapes=(*s.shapes, *fresh) if fresh else s.shapes,
            words=tuple(self._words),
            offsets=np.append(s.offsets, s.offsets[-1] + len(shape_of)).astype(np.int32),
            shape_of=np.concatenate([s.shape_of, shape_of]),
            status_of=np.concatenate([s.status_of, status_of]),
            word_of=np.concatenate([s.word_of, word_of]),
        )

    def _covering(self, *indices: int) -> tuple[EdgeHistory, list[int]]:
        """Return a history that holds the snapshots asked for, and where in it they are."""
        size = len(self._series)
        for index in indices:
            if not -size <= index < size:
                raise InputError(f"snapshot {index} of a series of {size}: count from 0")
        asked = [index % size for index in indices]
        if self._whole is not None or len(asked) > FEW or size <= FEW:
            return self.build(), asked
        key = tuple(sorted(set(asked)))
        if key not in self._parts:
            self._parts[key] = _part(self._series, key)
            if len(self._parts) > _KEPT:
                self._parts.popitem(last=False)
        return self._parts[key], [key.index(index) for index in asked]


def _time(snapshot: SnapshotId) -> tuple[datetime, str]:
    return snapshot.published, snapshot.sha256


def _part(series: ControlSeries, indices: Sequence[int]) -> EdgeHistory:
    """Return the history of a few snapshots of a series."""
    slices = [series.rows(index) for index in indices]
    shape_of = np.concatenate([series.shape_of[rows] for rows in slices])
    status_of = np.concatenate([series.status_of[rows] for rows in slices])
    shapes, own = np.unique(shape_of, return_inverse=True)
    counts = [rows.stop - rows.start for rows in slices]
    return EdgeHistory(
        [series.shapes[i] for i in shapes.tolist()],
        np.cumsum([0, *counts]).astype(np.int32),
        own.astype(np.int32),
        status_of,
    )


def _on_edge(history: EdgeHistory, x: int, y: int) -> NDArray[np.int8]:
    """Return the status at every snapshot of a point on an edge: the first that touches it."""
    faces = timeline.touching(history.mesh, x, y)
    return timeline.statuses_of_faces(history.lines, faces, history.snapshots)


def _runs(history: EdgeHistory, x: int, y: int) -> tuple[NDArray[np.int32], NDArray[np.int8]]:
    statuses = _on_edge(history, x, y)
    first = np.flatnonzero(np.diff(statuses, prepend=-9)).astype(np.int32)
    own = statuses[first]
    return first, np.where(own == NONE, -1, own).astype(np.int8)


def _draw(
    history: EdgeHistory, faces: NDArray[np.int32], kinds: NDArray[np.int8], width_m: float
) -> dict[int, tuple[shapely.Geometry, float]]:
    """Return geometry and area in km² of every class of faces, without narrow parts."""
    canvas = history.canvas
    parts = join(history.mesh, canvas, faces, kinds)
    drawing = draw(history.mesh, canvas, faces, parts, width_m)
    clean(history.mesh, canvas, faces)
    kind_of = parts.kind[drawing.part]
    return {
        kind: (
            shapely.multipolygons(drawing.polygons[kind_of == kind]),
            float(drawing.area[kind_of == kind].sum()) / AREA_UNITS_PER_KM2,
        )
        for kind in np.unique(kind_of).tolist()
    }
