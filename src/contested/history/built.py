"""A built edge history: the subdivision, what it adds up to, and how it grows by a snapshot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from contested.errors import ContestedError, InputError
from contested.history import timeline
from contested.history.edge_events import KINDS, Live, count_marks, new_live
from contested.history.faces import trace
from contested.history.mesh import (
    EDGES,
    FACES,
    FAULT,
    MAX_SPAN,
    NONE,
    PIECES,
    Mesh,
    new_mesh,
)
from contested.history.noding import insert_edges
from contested.history.outline import Canvas, room_on
from contested.history.partition import (
    NOT_CLOSED,
    TOO_DEEP,
    Figures,
    Rows,
    apply_snapshots,
    new_figures,
    new_work,
)
from contested.history.renumber import renumber
from contested.history.vertices import Rings, directed_edges, flatten

if TYPE_CHECKING:
    from collections.abc import Iterable

    from contested.history.mesh import I8, I32, I64, Table
    from contested.records import Shape

_SIDE = NONE + 1


class EdgeHistory:
    """The edge history of snapshots, oldest first.

    Parameters
    ----------
    shapes
        Distinct shapes.
    offsets, shape_of, status_of
        The areas of every snapshot, as in `ControlSeries`.

    Raises
    ------
    InputError
        If the shapes span more of the globe than exact arithmetic reaches.
    ContestedError
        If the edges of a snapshot do not close, or polygons lie more than 400 deep.
    """

    def __init__(self, shapes: Iterable[Shape], offsets: I32, shape_of: I32, status_of: I8) -> None:
        rings = flatten(shapes)
        mesh, edges, starts = directed_edges(new_mesh(_bounds(rings)), rings)
        del rings
        mesh = trace(renumber(insert_edges(mesh, 0)), 0)
        raise_fault(mesh)
        self.snapshots = len(offsets) - 1
        self._rows = Rows(offsets, shape_of, status_of, edges, starts)
        self._figures = new_figures(self.snapshots)
        self.mesh = apply_snapshots(mesh, self._rows, self._figures, 0, self.snapshots)
        raise_fault(self.mesh)
        self._shapes = len(starts) - 1
        self._lines: timeline.Timelines | None = None
        self._live: Live | None = None
        self._marks = np.zeros((0, KINDS), dtype=np.int32)
        self._canvas: Canvas | None = None

    @property
    def figures(self) -> Figures:
        """The sums per snapshot."""
        size = self.snapshots
        areas, moves, lengths, events = self._figures
        return Figures(areas[:size], moves[:size], lengths[:size], events[: size + 1])

    @property
    def canvas(self) -> Canvas:
        """A clean canvas with room for the whole subdivision."""
        self._canvas = room_on(self._canvas, self.mesh)
        return self._canvas

    @property
    def lines(self) -> timeline.Timelines:
        """The statuses of all faces over time; computed anew after an append."""
        if self._lines is None:
            self._lines = timeline.timelines(self.mesh, self.snapshots)
        return self._lines

    @property
    def edge_marks(self) -> I32:
        """What each step does to edges, shape (snapshots, 4), columns as in `edge_events`.

        Counted when first asked for; after an append, only what was appended.
        """
        done = len(self._marks)
        if done < self.snapshots:
            self._live = new_live(self.mesh, self._live)
            fresh = np.zeros((self.snapshots - done, KINDS), dtype=np.int32)
            self._marks = np.concatenate([self._marks, fresh])
            work = new_work(self.mesh, self._shapes)
            count_marks(self.mesh, self._rows, work, self._live, self._marks, done, self.snapshots)
        return self._marks

    def append(self, fresh: Iterable[Shape], shape_of: I32, status_of: I8) -> None:
        """Add one snapshot after the last, in work proportional to what it changes.

        Parameters
        ----------
        fresh
            Shapes not seen before; they get the next numbers.
        shape_of, status_of
            The areas of the snapshot.
        """
        rings = flatten(fresh)
        self._check_span(rings)
        first_edge, first_piece = int(self.mesh.used[EDGES]), int(self.mesh.used[PIECES])
        self.mesh, edges, starts = directed_edges(self.mesh, rings)
        if int(self.mesh.used[EDGES]) > first_edge:
            self.mesh = trace(insert_edges(self.mesh, first_edge), first_piece)
        raise_fault(self.mesh)
        self._extend(edges, starts, shape_of, status_of)
        last = self.snapshots + 1
        self.mesh = apply_snapshots(self.mesh, self._rows, self._figures, self.snapshots, last)
        raise_fault(self.mesh)
        self.snapshots = last
        self._lines = None

    def moved(self, before: int, after: int) -> tuple[I32, I8, I8]:
        """Return the faces whose status differs between two snapshots, with both statuses."""
        if self._lines is None and (before, after) == (self.snapshots - 2, self.snapshots - 1):
            return self._moved_last()
        lines = self.lines
        low, high = min(before, after), max(before, after)
        faces = lines.faces[int(lines.by_step[low + 1]) : int(lines.by_step[high + 1])]
        if high - low > 1:
            faces = np.unique(faces)
        was, becomes = self.statuses(faces, before), self.statuses(faces, after)
        differs = was != becomes
        return faces[differs], was[differs], becomes[differs]

    def statuses(self, faces: I32, index: int) -> I8:
        """Return the statuses of faces at a snapshot, `NONE` included."""
        statuses = np.empty(len(faces), dtype=np.int8)
        timeline.face_statuses(self.lines, faces, index, statuses)
        return statuses

    def all_faces(self) -> I32:
        """Return the numbers of all faces."""
        return np.arange(int(self.mesh.used[FACES]), dtype=np.int32)

    def _moved_last(self) -> tuple[I32, I8, I8]:
        """Return what the last snapshot moved, from its own events: nothing else is read."""
        rows = slice(int(self._figures.events[-1 + self.snapshots]), None)
        events: Table = self.mesh.x[rows][: int(self._figures.events[self.snapshots]) - rows.start]
        previous = events["previous"]
        was = np.where(previous >= 0, self.mesh.x["status"][np.maximum(previous, 0)], NONE)
        return events["face"].copy(), was.astype(np.int8), events["status"].copy()

    def _check_span(self, rings: Rings) -> None:
        if len(rings.coordinates):
            west, south, east, north = _bounds(rings)
            frame = self.mesh.g_frame
            _check_span(
                max(east, int(frame[0] + frame[2] * frame[3])) - min(west, int(frame[0])),
                max(north, int(frame[1] + frame[2] * frame[4])) - min(south, int(frame[1])),
            )

    def _extend(self, edges: I32, starts: I64, shape_of: I32, status_of: I8) -> None:
        """Put a snapshot's rows and its new shapes' edges behind those held."""
        rows, size = self._rows, self.snapshots
        used, codes = int(rows.offsets[size]), int(rows.starts[self._shapes])
        self._rows = Rows(
            offsets=_put(rows.offsets, size + 1, np.array([used + len(shape_of)], dtype=np.int32)),
            shape_of=_put(rows.shape_of, used, shape_of),
            status_of=_put(rows.status_of, used, status_of),
            edges=_put(rows.edges, codes, edges),
            starts=_put(rows.starts, self._shapes + 1, starts[1:] + codes),
        )
        self._shapes += len(starts) - 1
        areas, moves, lengths, events = self._figures
        self._figures = Figures(
            areas=_put(areas, size, np.zeros((1, _SIDE), dtype=np.int64)),
            moves=_put(moves, size, np.zeros((1, _SIDE, _SIDE), dtype=np.int64)),
            lengths=_put(lengths, size, np.zeros((1, _SIDE, _SIDE), dtype=np.int64)),
            events=_put(events, size + 1, np.zeros(1, dtype=np.int64)),
        )


def _put(array: np.ndarray, at: int, more: np.ndarray) -> np.ndarray:
    """Return an array with values at a place behind those in use; grows by half where it must."""
    end = at + len(more)
    if end > len(array):
        longer = np.zeros((max(end, len(array) * 3 // 2), *array.shape[1:]), dtype=array.dtype)
        longer[:at] = array[:at]
        array = longer
    elif not array.flags.writeable or array.base is not None:
        array = array.copy()
    array[at:end] = more
    return array


def _bounds(rings: Rings) -> tuple[int, int, int, int]:
    if not len(rings.coordinates):
        return 0, 0, 0, 0
    west, south = rings.coordinates.min(axis=0).tolist()
    east, north = rings.coordinates.max(axis=0).tolist()
    _check_span(east - west, north - south)
    return west, south, east, north


def _check_span(width: int, height: int) -> None:
    if max(width, height) > MAX_SPAN:
        raise InputError(
            f"the shapes span {width / 1e7:.0f}° × {height / 1e7:.0f}°: exact arithmetic reaches "
            f"{MAX_SPAN / 1e7:.0f}°; clip them to the frame of the war first"
        )


def raise_fault(mesh: Mesh) -> None:
    """Raise for a gate that did not hold.

    Raises
    ------
    ContestedError
        Naming what did not hold.
    """
    fault = int(mesh.used[FAULT])
    if fault == NOT_CLOSED:
        raise ContestedError("the edges of a snapshot do not close: its shapes cannot be measured")
    if fault == TOO_DEEP:
        raise ContestedError("more than 400 polygons of one status lie over each other")
    if fault:
        raise ContestedError(
            f"the subdivision contradicts itself (fault {fault}): please report it with the maps; "
            "--engine reference answers meanwhile"
        )
