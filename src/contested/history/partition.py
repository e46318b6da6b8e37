"""The exact partition through time: what each snapshot changes, face by face.

From one snapshot to the next only some edges change. Their multiplicities are a closed chain, so
the change of every face's winding numbers follows from them alone: zero outside, a step at each
changed edge, the same across edges that stay. The six windings of a face are packed into one
integer (ten bits each, offset 512), and the first status of `PARTITION_ORDER` with a positive
winding number holds the face. Windings are counted, not parity: polygons of one status overlap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from contested.geo.compiled import inlined, kernel
from contested.history.faces import following
from contested.history.mesh import (
    DIGIT,
    EDGES,
    EVENTS,
    FACES,
    FAULT,
    MIDDLE,
    NODES,
    NONE,
    PIECES,
    STAMP,
    STATUSES,
    Mesh,
    grown,
)
from contested.history.noding import direction

if TYPE_CHECKING:
    from contested.history.mesh import I8, I32, I64

MOST_LAYERS = 400
"""Polygons of one status that may lie over each other."""

NOT_CLOSED, NOT_BOUNDED, TWO_CHANGES, TOO_DEEP = 11, 12, 13, 14


class Rows(NamedTuple):
    """What each snapshot consists of, and the directed edges of each shape."""

    offsets: I32
    shape_of: I32
    status_of: I8
    edges: I32
    starts: I64


class Figures(NamedTuple):
    """Sums per snapshot, as integers: exact, whatever order they are added in.

    Attributes
    ----------
    areas
        Shape (snapshots, 7): square centimetres; the last column balances to zero.
    moves
        Shape (snapshots, 7, 7): from → to of the step that leads to the snapshot.
    lengths
        Shape (snapshots, 7, 7): micrometres of boundary by pair of statuses, smaller first.
    events
        Shape (snapshots + 1,): rows of `Mesh.x` of each snapshot.
    """

    areas: I64
    moves: I64
    lengths: I64
    events: I64


class Work(NamedTuple):
    """Room to work in, of the size of the tables."""

    counts: I32
    edges: I32
    pieces: I32
    tops: I32
    keys: I64
    faces: I32
    stack: I32
    balance: I64
    size: I64


def new_work(mesh: Mesh, shapes: int) -> Work:
    """Return room to work in."""
    faces = int(mesh.used[FACES])
    return Work(
        counts=np.zeros(shapes * STATUSES, dtype=np.int32),
        edges=np.empty(int(mesh.used[EDGES]), dtype=np.int32),
        pieces=np.empty(int(mesh.used[PIECES]), dtype=np.int32),
        tops=np.empty(int(mesh.used[NODES]), dtype=np.int32),
        keys=np.empty(int(mesh.used[NODES]), dtype=np.int64),
        faces=np.empty(faces, dtype=np.int32),
        stack=np.empty(int(mesh.used[NODES]), dtype=np.int32),
        balance=np.zeros(len(mesh.v), dtype=np.int64),
        size=np.zeros(4, dtype=np.int64),
    )


def new_figures(snapshots: int) -> Figures:
    """Return figures of a number of snapshots, all zero."""
    side = NONE + 1
    return Figures(
        areas=np.zeros((snapshots, side), dtype=np.int64),
        moves=np.zeros((snapshots, side, side), dtype=np.int64),
        lengths=np.zeros((snapshots, side, side), dtype=np.int64),
        events=np.zeros(snapshots + 1, dtype=np.int64),
    )


def apply_snapshots(mesh: Mesh, rows: Rows, figures: Figures, first: int, last: int) -> Mesh:
    """Apply snapshots to the faces in order and fill their figures."""
    work = new_work(mesh, len(rows.starts) - 1)
    done = first
    while done < last and mesh.used[FAULT] == 0:
        done = run_steps(mesh, rows, figures, work, done, last)
        if done < last:
            mesh = grown(mesh, "x", int(work.size[2]) + int(mesh.used[FACES]))
    return mesh


@kernel
def run_steps(mesh: Mesh, rows: Rows, figures: Figures, work: Work, first: int, last: int) -> int:
    """Apply snapshots first to last − 1; returns the first one not applied for lack of room."""
    for step in range(first, last):
        add_changed_edges(mesh, rows, work, step)
        _changed_pieces(mesh, work)
        _close_check(mesh, work)
        if mesh.used[FAULT] == 0:
            _spread(mesh, work)
        full = mesh.used[EVENTS] + work.size[2] > len(mesh.x)
        if not full and mesh.used[FAULT] == 0:
            _apply(mesh, figures, work, step)
        _clear(mesh, work)
        if full or mesh.used[FAULT] != 0:
            return step
    return last


@inlined
def add_changed_edges(mesh: Mesh, rows: Rows, work: Work, step: int) -> None:
    """Sum the directed edges of shapes that came or went; list the edges touched."""
    work.size[0] = 0
    for sign in (-1, 1):
        snapshot = step if sign > 0 else step - 1
        if snapshot >= 0:
            for row in range(rows.offsets[snapshot], rows.offsets[snapshot + 1]):
                work.counts[rows.shape_of[row] * STATUSES + rows.status_of[row]] += sign
    for sign in (-1, 1):
        snapshot = step if sign > 0 else step - 1
        if snapshot >= 0:
            for row in range(rows.offsets[snapshot], rows.offsets[snapshot + 1]):
                shape, status = rows.shape_of[row], rows.status_of[row]
                times = work.counts[shape * STATUSES + status]
                if times != 0:
                    work.counts[shape * STATUSES + status] = 0
                    _add_shape(mesh, rows, work, shape, times << (DIGIT * status))


@inlined
def _add_shape(mesh: Mesh, rows: Rows, work: Work, shape: int, change: int) -> None:
    size = work.size[0]
    for i in range(rows.starts[shape], rows.starts[shape + 1]):
        code = rows.edges[i]
        e = code >> 1
        before = mesh.e[e].change
        if mesh.e[e].seen != -7:  # noqa: PLR2004 (marks edges on the list)
            mesh.e[e].seen = -7
            work.edges[size] = e
            size += 1
        mesh.e[e].change = before - change if code & 1 else before + change
    work.size[0] = size


@inlined
def _changed_pieces(mesh: Mesh, work: Work) -> None:
    """Keep the edges whose multiplicity changed, and list their pieces."""
    kept, pieces = 0, 0
    for i in range(work.size[0]):
        e = work.edges[i]
        mesh.e[e].seen = -1
        change = mesh.e[e].change
        if change == 0:
            continue
        work.edges[kept] = e
        kept += 1
        k = mesh.e[e].link
        while k >= 0:
            p = mesh.l[k].piece
            if not mesh.p[p].listed:
                mesh.p[p].listed = 1
                work.pieces[pieces] = p
                pieces += 1
            mesh.p[p].change += change
            k = mesh.l[k].next
    work.size[0], work.size[1] = kept, pieces


@inlined
def _close_check(mesh: Mesh, work: Work) -> None:
    """Gate: what flows into every vertex flows out of it, for every status."""
    for i in range(work.size[0]):
        edge = mesh.e[work.edges[i]]
        work.balance[edge.a] -= edge.change
        work.balance[edge.b] += edge.change
    for i in range(work.size[0]):
        edge = mesh.e[work.edges[i]]
        if work.balance[edge.a] != 0 or work.balance[edge.b] != 0:
            mesh.used[FAULT] = NOT_CLOSED
        work.balance[edge.a] = 0
        work.balance[edge.b] = 0


@inlined
def _spread(mesh: Mesh, work: Work) -> None:
    """Find the change of winding numbers of every face that has one.

    Changed pieces hang together in components, which are taken from north to south. What encloses
    a component reaches further north, and its change has been carried to every face inside it by
    then: a face that is not yet reached lies outside of all, where nothing changes. The topmost
    node of a component is always a vertex: a crossing lies between the ends of an edge.
    """
    stamp = mesh.used[STAMP] + 1
    mesh.used[STAMP] = stamp
    work.size[2] = 0
    tops = _list_vertices(mesh, work, stamp)
    _sort_from_north(work, tops)
    spread = 0
    for i in range(tops):
        n = work.tops[i]
        h = _first_from_north(mesh, n) if mesh.n[n].mark != -stamp else -1
        if h >= 0:
            _spread_component(mesh, work, n, h, -stamp)
        while spread < work.size[2]:
            _spread_face(mesh, work, work.faces[spread])
            spread += 1


@inlined
def _list_vertices(mesh: Mesh, work: Work, stamp: int) -> int:
    """List the nodes of the ends of changed edges, each once, with latitude and longitude."""
    size = 0
    for i in range(work.size[0]):
        edge = mesh.e[work.edges[i]]
        for v, x, y in ((edge.a, edge.ax, edge.ay), (edge.b, edge.bx, edge.by)):
            n = mesh.v[v].node
            if mesh.n[n].mark != stamp:
                mesh.n[n].mark = stamp
                work.tops[size], work.keys[size] = n, (y << 32) + x
                size += 1
    return size


@inlined
def _sort_from_north(work: Work, size: int) -> None:
    """Sort nodes, northernmost first, of equals the one further east (Shell's method, in place).

    Then no half-edge of a topmost node points north, and none points due east.
    """
    nodes, keys = work.tops, work.keys
    gap = 1
    while gap < size // 3:
        gap = 3 * gap + 1
    while gap > 0:
        for i in range(gap, size):
            n, key = nodes[i], keys[i]
            j = i
            while j >= gap and keys[j - gap] < key:
                nodes[j], keys[j] = nodes[j - gap], keys[j - gap]
                j -= gap
            nodes[j], keys[j] = n, key
        gap //= 3


@inlined
def _spread_component(mesh: Mesh, work: Work, n: int, h: int, done: int) -> None:
    """Set the change on both sides of every changed piece of a component, from its top.

    `h` is the first changed half-edge counter-clockwise from north round the topmost node `n`.
    """
    outside = mesh.h[h ^ 1].face
    if mesh.f[outside].mark != mesh.used[STAMP]:
        _set_change(mesh, work, outside, 0)
    mesh.n[n].mark = done
    work.stack[0] = mesh.h[h].cw
    size = 1
    while size:
        size -= 1
        first = work.stack[size]
        h = first
        value = mesh.f[mesh.h[h].face].change
        while True:
            h = mesh.h[h].ccw
            change = mesh.p[h >> 1].change
            if change != 0:
                value += -change if h & 1 else change
                _set_change(mesh, work, mesh.h[h].face, value)
                other = mesh.h[h ^ 1].origin
                if mesh.n[other].mark != done:
                    mesh.n[other].mark = done
                    work.stack[size] = mesh.h[h ^ 1].cw
                    size += 1
            if h == first:
                break


@inlined
def _first_from_north(mesh: Mesh, n: int) -> int:
    """Return the first changed half-edge counter-clockwise from north; none points north."""
    first = mesh.n[n].half
    best, bx, by = -1, 0, 0
    h = first
    while True:
        if mesh.p[h >> 1].change != 0:
            dx, dy = direction(mesh, h)
            if best < 0 or dx * by - dy * bx > 0:
                best, bx, by = h, dx, dy
        h = mesh.h[h].ccw
        if h == first:
            break
    return best


@inlined
def _set_change(mesh: Mesh, work: Work, f: int, value: int) -> None:
    stamp = mesh.used[STAMP]
    if mesh.f[f].mark == stamp:
        if mesh.f[f].change != value:
            mesh.used[FAULT] = TWO_CHANGES
        return
    mesh.f[f].mark = stamp
    mesh.f[f].change = value
    work.faces[work.size[2]] = f
    work.size[2] += 1


@inlined
def _spread_face(mesh: Mesh, work: Work, f: int) -> None:
    """Carry a face's change to its neighbours across edges that stay."""
    value = mesh.f[f].change
    if value == 0:
        return
    if f == 0:
        mesh.used[FAULT] = NOT_BOUNDED
        return
    c = mesh.f[f].cycle
    while c >= 0:
        start = mesh.c[c].half
        h = start
        while True:
            if mesh.p[h >> 1].change == 0:
                _set_change(mesh, work, mesh.h[h ^ 1].face, value)
            h = following(mesh, h)
            if h == start:
                break
        c = mesh.c[c].next


@inlined
def status_of(winding: int) -> int:
    """Return the first status with a positive winding number, `NONE` without one."""
    for status in range(STATUSES):
        if (winding >> (DIGIT * status)) & (2 * MIDDLE - 1) > MIDDLE:
            return status
    return NONE


@inlined
def _apply(mesh: Mesh, figures: Figures, work: Work, step: int) -> None:
    """Give the changed faces their statuses, and add up what moved."""
    moved = 0
    for i in range(work.size[2]):
        f = work.faces[i]
        before = mesh.f[f].status
        mesh.f[f].before = before
        if mesh.f[f].change == 0:
            continue
        winding = mesh.f[f].winding + mesh.f[f].change
        mesh.f[f].winding = winding
        _depth_check(mesh, winding)
        after = status_of(winding)
        if after == before:
            continue
        mesh.f[f].status = after
        figures.moves[step, before, after] += mesh.f[f].area
        work.faces[moved] = f
        moved += 1
        x = mesh.used[EVENTS]
        mesh.used[EVENTS] = x + 1
        mesh.x[x].previous = mesh.f[f].head
        mesh.x[x].step, mesh.x[x].face, mesh.x[x].status = step, f, after
        mesh.f[f].head = x
    figures.events[step + 1] = mesh.used[EVENTS]
    _add_figures(mesh, figures, work, step, moved)


@inlined
def _depth_check(mesh: Mesh, winding: int) -> None:
    for status in range(STATUSES):
        layers = ((winding >> (DIGIT * status)) & (2 * MIDDLE - 1)) - MIDDLE
        if layers < 0 or layers > MOST_LAYERS:
            mesh.used[FAULT] = TOO_DEEP


@inlined
def _add_figures(mesh: Mesh, figures: Figures, work: Work, step: int, moved: int) -> None:
    for one in range(NONE + 1):
        if step > 0:
            figures.areas[step, one] = figures.areas[step - 1, one]
            for other in range(NONE + 1):
                figures.lengths[step, one, other] = figures.lengths[step - 1, one, other]
    for one in range(NONE + 1):
        for other in range(NONE + 1):
            figures.areas[step, one] -= figures.moves[step, one, other]
            figures.areas[step, other] += figures.moves[step, one, other]
    stamp = mesh.used[STAMP]
    for i in range(moved):
        _move_boundary(mesh, figures, step, work.faces[i], stamp)


@inlined
def _move_boundary(mesh: Mesh, figures: Figures, step: int, f: int, stamp: int) -> None:
    """Move the lengths of a face's outline from its old pairs of statuses to its new ones."""
    before, after = mesh.f[f].before, mesh.f[f].status
    c = mesh.f[f].cycle
    while c >= 0:
        start = mesh.c[c].half
        h = start
        while True:
            g = mesh.h[h ^ 1].face
            other = mesh.f[g].status
            other_before = mesh.f[g].before if mesh.f[g].mark == stamp else other
            if other == other_before or h & 1 == 0:
                length = mesh.p[h >> 1].length
                if before != other_before:
                    low, high = min(before, other_before), max(before, other_before)
                    figures.lengths[step, low, high] -= length
                if after != other:
                    low, high = min(after, other), max(after, other)
                    figures.lengths[step, low, high] += length
            h = following(mesh, h)
            if h == start:
                break
        c = mesh.c[c].next


@inlined
def _clear(mesh: Mesh, work: Work) -> None:
    for i in range(work.size[0]):
        mesh.e[work.edges[i]].change = 0
    for i in range(work.size[1]):
        mesh.p[work.pieces[i]].change = 0
        mesh.p[work.pieces[i]].listed = 0
