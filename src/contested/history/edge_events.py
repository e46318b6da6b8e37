"""What each step does to the edges of a history, as marks: came, gone, redrawn, of another status.

A vertex that a step brings is matched to the nearest vertex within a metre of those whose edges
go; an edge that comes where the edge between their old places goes, with the same statuses on it,
is that edge redrawn (`contested.history.redraws`, which compares any two maps). Only the edges of
shapes that come or go are looked at. Nothing is moved: a mark stands beside the event.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from contested.geo.compiled import inlined, kernel
from contested.history.mesh import EDGES, VERTICES, Mesh
from contested.history.partition import Rows, Work, add_changed_edges
from contested.history.redraws import METRES_PER_UNIT, WITHIN_M

if TYPE_CHECKING:
    from contested.history.mesh import I32, I64

CAME, GONE, REDRAWN, RECOLOURED = range(4)
"""Columns of the marks counted by step.

Edges drawn by the later map only, by the earlier map only, those of `CAME` that are redrawn ones,
and edges that stay with other statuses on them.
"""

KINDS = 4

_CELL = 160
"""Units in a cell: a metre or more both ways, in the frame of the war."""

_SLOTS = 1 << 16


class Live(NamedTuple):
    """What the last map that was looked at draws.

    Attributes
    ----------
    now
        The packed multiplicity of every edge.
    degree
        How many edges of the map every vertex has.
    gone
        Edges that go with the step at hand.
    heads, nexts
        The ends of edges that go, by cell: chains of places in `gone`, twice and once more for
        the second end.
    """

    now: I64
    degree: I32
    gone: I32
    heads: I32
    nexts: I32


def new_live(mesh: Mesh, old: Live | None = None) -> Live:
    """Return what no map draws yet, or what `old` holds, with room for all edges of a mesh."""
    edges, vertices = int(mesh.used[EDGES]), int(mesh.used[VERTICES])
    now, degree = np.zeros(edges, dtype=np.int64), np.zeros(vertices, dtype=np.int32)
    if old is not None:
        now[: len(old.now)] = old.now
        degree[: len(old.degree)] = old.degree
    return Live(
        now,
        degree,
        gone=np.empty(edges, dtype=np.int32),
        heads=np.full(_SLOTS, -1, dtype=np.int32),
        nexts=np.empty(2 * edges, dtype=np.int32),
    )


@kernel
def count_marks(
    mesh: Mesh, rows: Rows, work: Work, live: Live, marks: I32, first: int, last: int
) -> None:
    """Count the marks of steps first to last − 1 into rows of `marks`, shape (n, 4)."""
    for step in range(first, last):
        add_changed_edges(mesh, rows, work, step)
        gone = _file_gone(mesh, work, live, marks, step)
        for i in range(work.size[0]):
            e = work.edges[i]
            if live.now[e] == 0 and mesh.e[e].change != 0:
                marks[step, CAME] += 1
                marks[step, REDRAWN] += _is_redrawn(mesh, live, e)
        _go_on(mesh, work, live, gone)


@inlined
def _file_gone(mesh: Mesh, work: Work, live: Live, marks: I32, step: int) -> int:
    """File the ends of edges that go by their cells; returns how many go."""
    gone = 0
    for i in range(work.size[0]):
        e = work.edges[i]
        change = mesh.e[e].change
        if change == 0 or live.now[e] == 0:
            continue
        if live.now[e] + change != 0:
            marks[step, RECOLOURED] += 1
            continue
        live.gone[gone] = e
        edge = mesh.e[e]
        for side, x, y in ((0, edge.ax, edge.ay), (1, edge.bx, edge.by)):
            slot = _slot(x // _CELL, y // _CELL)
            live.nexts[2 * gone + side] = live.heads[slot]
            live.heads[slot] = 2 * gone + side
        gone += 1
    marks[step, GONE] = gone
    return gone


@inlined
def _slot(i: int, j: int) -> int:
    return ((i * 0x9E3779B1) ^ (j * 0x85EBCA77)) & (_SLOTS - 1)


@inlined
def _is_redrawn(mesh: Mesh, live: Live, e: int) -> bool:
    """Return whether the edge between the old places of an edge's ends goes, statuses and all."""
    edge = mesh.e[e]
    a = _old_place(mesh, live, edge.a, edge.ax, edge.ay)
    b = _old_place(mesh, live, edge.b, edge.bx, edge.by)
    if a < 0 or b < 0 or a == b:
        return False
    # Of the edges that go at the first end's old place, the one to the second's.
    x, y = mesh.v[a].x, mesh.v[a].y
    entry = live.heads[_slot(x // _CELL, y // _CELL)]
    while entry >= 0:
        f = live.gone[entry >> 1]
        entry = live.nexts[entry]
        forward = mesh.e[f].a == a and mesh.e[f].b == b
        if forward and live.now[f] == edge.change:
            return True
        if mesh.e[f].a == b and mesh.e[f].b == a and live.now[f] == -edge.change:
            return True
    return False


@inlined
def _old_place(mesh: Mesh, live: Live, v: int, x: int, y: int) -> int:
    """Return a vertex itself if the map before drew it, else the nearest that goes, or -1."""
    if live.degree[v] > 0:
        return v
    best, nearest = -1, WITHIN_M
    east_m = METRES_PER_UNIT * np.cos(np.radians(y * 1e-7))
    for i in range(x // _CELL - 1, x // _CELL + 2):
        for j in range(y // _CELL - 1, y // _CELL + 2):
            entry = live.heads[_slot(i, j)]
            while entry >= 0:
                f = live.gone[entry >> 1]
                other = mesh.e[f].b if entry & 1 else mesh.e[f].a
                entry = live.nexts[entry]
                dx = (mesh.v[other].x - x) * east_m
                dy = (mesh.v[other].y - y) * METRES_PER_UNIT
                away = np.sqrt(dx * dx + dy * dy)
                if away < nearest or (away == nearest and best < 0):
                    best, nearest = other, away
    return best


@inlined
def _go_on(mesh: Mesh, work: Work, live: Live, gone: int) -> None:
    """Let the later map be the one that is drawn, and empty what was filed."""
    for i in range(gone):
        edge = mesh.e[live.gone[i]]
        live.heads[_slot(edge.ax // _CELL, edge.ay // _CELL)] = -1
        live.heads[_slot(edge.bx // _CELL, edge.by // _CELL)] = -1
    for i in range(work.size[0]):
        e = work.edges[i]
        before = live.now[e]
        after = before + mesh.e[e].change
        mesh.e[e].change = 0
        mesh.e[e].seen = -1
        live.now[e] = after
        step = (1 if after != 0 else 0) - (1 if before != 0 else 0)
        live.degree[mesh.e[e].a] += step
        live.degree[mesh.e[e].b] += step
