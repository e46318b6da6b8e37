"""Points through time: the face of a point, and the statuses of a face as intervals.

A point on an edge belongs to every face that meets there; as in the reference, the first status of
`PARTITION_ORDER` among them answers. Points are taken at the maps' own resolution, 1e-7 degree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from contested.geo.compiled import inlined, kernel
from contested.history.exact import compare_fractions, orient
from contested.history.faces import ON_EDGE, height, lower, piece_at
from contested.history.mesh import FACES, NONE, OUTSIDE, Mesh

if TYPE_CHECKING:
    from contested.history.mesh import F64, I8, I32, I64

UNITS = 1e7
"""Units in a degree."""

_TOUCHING = 64
"""Faces round one point that are looked at; stars of the real maps have at most a dozen."""


class Timelines(NamedTuple):
    """The statuses of all faces over time.

    Attributes
    ----------
    starts
        Shape (faces + 1,): rows of `steps` and `statuses` of each face.
    steps, statuses
        From this snapshot on the face has this status; before the first row it has none.
    by_step
        Shape (snapshots + 1,): rows of `faces` of each snapshot.
    faces
        Faces whose status changed with the snapshot.
    """

    starts: I64
    steps: I32
    statuses: I8
    by_step: I64
    faces: I32


def timelines(mesh: Mesh, snapshots: int) -> Timelines:
    """Return the statuses of all faces in order of time."""
    faces = int(mesh.used[FACES])
    starts = np.zeros(faces + 1, dtype=np.int64)
    count_changes(mesh, starts)
    np.cumsum(starts, out=starts)
    steps = np.empty(starts[-1], dtype=np.int32)
    statuses = np.empty(starts[-1], dtype=np.int8)
    by_step = np.zeros(snapshots + 2, dtype=np.int64)
    fill_changes(mesh, starts, steps, statuses, by_step)
    np.cumsum(by_step, out=by_step)
    changed = np.empty(starts[-1], dtype=np.int32)
    sort_by_step(starts, steps, by_step, changed)
    return Timelines(starts, steps, statuses, by_step[:-1], changed)


@kernel
def count_changes(mesh: Mesh, starts: I64) -> None:
    """Count the changes of each face into the next place."""
    for f in range(mesh.used[FACES]):
        x = mesh.f[f].head
        while x >= 0:
            starts[f + 1] += 1
            x = mesh.x[x].previous


@kernel
def fill_changes(mesh: Mesh, starts: I64, steps: I32, statuses: I8, by_step: I64) -> None:
    """Write the changes of each face, oldest first, and count them by snapshot."""
    for f in range(mesh.used[FACES]):
        x = mesh.f[f].head
        at = starts[f + 1]
        while x >= 0:
            at -= 1
            steps[at] = mesh.x[x].step
            statuses[at] = mesh.x[x].status
            by_step[mesh.x[x].step + 2] += 1
            x = mesh.x[x].previous


@kernel
def sort_by_step(starts: I64, steps: I32, by_step: I64, changed: I32) -> None:
    """List the changed faces by snapshot; `by_step` moves on to the ends of its rows."""
    for f in range(len(starts) - 1):
        for row in range(starts[f], starts[f + 1]):
            at = by_step[steps[row] + 1]
            changed[at] = f
            by_step[steps[row] + 1] = at + 1


@inlined
def status_in(lines: Timelines, f: int, step: int) -> int:
    """Return the status of a face at a snapshot."""
    low, high = lines.starts[f], lines.starts[f + 1]
    first = low
    while low < high:
        middle = (low + high) >> 1
        if lines.steps[middle] <= step:
            low = middle + 1
        else:
            high = middle
    return NONE if low == first else lines.statuses[low - 1]


@inlined
def locate(mesh: Mesh, x: int, y: int) -> int:
    """Return the face of a point, `ON_EDGE` where it lies on an edge of any snapshot."""
    size = mesh.g_frame[2]
    columns, rows = mesh.g_frame[3], mesh.g_frame[4]
    i = min(max((x - mesh.g_frame[0]) // size, 0), columns - 1)
    j = min(max((y - mesh.g_frame[1]) // size, 0), rows - 1)
    best = -1
    for row in range(j, rows):
        entry = mesh.g_head[i * rows + row]
        while entry >= 0:
            e = mesh.g[entry].edge
            if row == j and _holds(mesh, e, x, y):
                return ON_EDGE
            best = lower(mesh, e, best, x, y)
            entry = mesh.g[entry].next
        if best >= 0 and row < rows - 1:
            top = mesh.g_frame[1] + (row + 1) * size
            if height(mesh, best, x) < top - 1.0:
                break
    if best < 0:
        return OUTSIDE
    return mesh.h[2 * piece_at(mesh, best, x) + 1].face


@inlined
def _holds(mesh: Mesh, e: int, x: int, y: int) -> bool:
    """Return whether a point lies on an edge."""
    edge = mesh.e[e]
    if x < edge.ax or x > edge.bx:
        return False
    if y < min(edge.ay, edge.by) or y > max(edge.ay, edge.by):
        return False
    return orient(edge.ax, edge.ay, edge.bx, edge.by, x, y) == 0


@kernel
def locate_all(mesh: Mesh, points: I64, faces: I32) -> None:
    """Find the faces of points, shape (n, 2), in units."""
    for i in range(len(points)):
        faces[i] = locate(mesh, points[i, 0], points[i, 1])


@kernel
def look_up(mesh: Mesh, lines: Timelines, points: I64, steps: I32, statuses: I8) -> int:
    """Find the status of points at snapshots; returns how many lie on an edge and are marked so."""
    on_edge = 0
    for i in range(len(points)):
        f = locate(mesh, points[i, 0], points[i, 1])
        if f == ON_EDGE:
            statuses[i] = ON_EDGE
            on_edge += 1
            continue
        statuses[i] = status_in(lines, f, steps[i])
    return on_edge


@kernel
def look_up_one(mesh: Mesh, lines: Timelines, x: int, y: int, step: int) -> int:
    """Return the status of one point at a snapshot, `NONE` or `ON_EDGE`."""
    f = locate(mesh, x, y)
    return ON_EDGE if f == ON_EDGE else status_in(lines, f, step)


@kernel
def faces_touching(mesh: Mesh, x: int, y: int, faces: I32) -> int:
    """List the faces that meet at a point on an edge."""
    size = mesh.g_frame[2]
    columns, rows = mesh.g_frame[3], mesh.g_frame[4]
    i = min(max((x - mesh.g_frame[0]) // size, 0), columns - 1)
    j = min(max((y - mesh.g_frame[1]) // size, 0), rows - 1)
    found = 0
    entry = mesh.g_head[i * rows + j]
    while entry >= 0:
        e = mesh.g[entry].edge
        entry = mesh.g[entry].next
        if not _holds(mesh, e, x, y):
            continue
        edge = mesh.e[e]
        num, den = x - edge.ax, edge.bx - edge.ax
        if den == 0:
            num, den = y - edge.ay, edge.by - edge.ay
        k = edge.link
        while k >= 0:
            onward = mesh.l[k].next
            begins = compare_fractions(mesh.l[k].num, mesh.l[k].den, num, den) <= 0
            ends = onward < 0 or (
                compare_fractions(mesh.l[onward].num, mesh.l[onward].den, num, den) >= 0
            )
            if begins and ends and found + 2 <= len(faces):
                faces[found] = mesh.h[2 * mesh.l[k].piece].face
                faces[found + 1] = mesh.h[2 * mesh.l[k].piece + 1].face
                found += 2
            k = onward
    return found


def touching(mesh: Mesh, x: int, y: int) -> I32:
    """Return the distinct faces that meet at a point on an edge."""
    faces = np.empty(_TOUCHING, dtype=np.int32)
    return np.unique(faces[: faces_touching(mesh, x, y, faces)])


def statuses_of_faces(lines: Timelines, faces: I32, snapshots: int) -> I8:
    """Return the first status among faces at every snapshot, shape (snapshots,)."""
    statuses = np.full(snapshots, NONE, dtype=np.int8)
    for f in faces:
        rows = slice(lines.starts[f], lines.starts[f + 1])
        ends = np.append(lines.steps[rows], snapshots)
        own = np.repeat(np.append(NONE, lines.statuses[rows]), np.diff(ends, prepend=0))
        statuses = np.minimum(statuses, own.astype(np.int8))
    return statuses


@kernel
def count_intervals(lines: Timelines, faces: I32, counts: I64) -> None:
    """Count the intervals of points by their faces into the next place; -2 is left out."""
    for i in range(len(faces)):
        f = faces[i]
        if f >= 0:
            rows = lines.starts[f + 1] - lines.starts[f]
            first = rows == 0 or lines.steps[lines.starts[f]] > 0
            counts[i + 1] = rows + (1 if first else 0)


@kernel
def fill_intervals(
    lines: Timelines, faces: I32, starts: I64, point: I32, first: I32, status: I8
) -> None:
    """Write the intervals of points by their faces."""
    for i in range(len(faces)):
        f = faces[i]
        if f < 0:
            continue
        at = starts[i]
        for k in range(starts[i], starts[i + 1]):
            point[k] = i
        if starts[i + 1] - at > lines.starts[f + 1] - lines.starts[f]:
            first[at], status[at] = 0, -1
            at += 1
        for row in range(lines.starts[f], lines.starts[f + 1]):
            own = lines.statuses[row]
            first[at], status[at] = lines.steps[row], -1 if own == NONE else own
            at += 1


@kernel
def face_statuses(lines: Timelines, faces: I32, step: int, statuses: I8) -> None:
    """Write the statuses of faces at a snapshot."""
    for i in range(len(faces)):
        statuses[i] = status_in(lines, faces[i], step)


def units(lonlat: F64) -> I64:
    """Return points in degrees, shape (n, 2), in units of 1e-7 degree."""
    return np.rint(np.asarray(lonlat, dtype=np.float64) * UNITS).astype(np.int64)
