"""Faces: tracing what new edges divide, and finding the face of a point.

Only cycles with a new half-edge are traced again: where no edge was put between two half-edges,
their order stands. A cycle's direction follows from its turning number, its place inside another
from a ray: both hold for slivers whose area is nothing but rounding.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from contested.geo.compiled import inlined, kernel
from contested.history.exact import compare_products, orient
from contested.history.mesh import (
    CYCLES,
    FACES,
    GONE,
    HOLE,
    OUTER,
    OUTSIDE,
    PIECES,
    Mesh,
    grown,
)
from contested.history.noding import direction

if TYPE_CHECKING:
    from contested.history.mesh import I32

NOWHERE = -1
ON_EDGE = -2


def trace(mesh: Mesh, first_piece: int) -> Mesh:
    """Trace the faces after edges were inserted; `first_piece` was the next piece before."""
    pieces = int(mesh.used[PIECES]) - first_piece
    mesh = grown(grown(mesh, "c", 2 * pieces), "f", 2 * pieces)
    fresh = int(mesh.used[CYCLES])
    stack = np.empty(2 * pieces + 1, dtype=np.int32)
    trace_cycles(mesh, first_piece)
    find_parents(mesh, fresh, stack)
    holes = np.empty(fresh, dtype=np.int32)
    assign_faces(mesh, fresh, stack, holes)
    return mesh


@inlined
def following(mesh: Mesh, h: int) -> int:
    """Return the half-edge that follows round the face on the left."""
    return mesh.h[h ^ 1].cw


@kernel
def trace_cycles(mesh: Mesh, first_piece: int) -> None:
    """Trace every cycle that holds a new half-edge."""
    for h in range(2 * first_piece, 2 * mesh.used[PIECES]):
        if mesh.h[h].face < 0 and mesh.h[h].cycle < 0:
            _trace_cycle(mesh, h)


@inlined
def _trace_cycle(mesh: Mesh, start: int) -> None:
    c = mesh.used[CYCLES]
    mesh.used[CYCLES] = c + 1
    turning, area, top, parent = 0.0, 0, -1, -1
    h = start
    while True:
        old = mesh.h[h].cycle
        if old >= 0:
            mesh.c[old].kind = GONE
            parent = mesh.h[h].face
        mesh.h[h].cycle = c
        area += mesh.p[h >> 1].area if h & 1 else -mesh.p[h >> 1].area
        top = _higher(mesh, top, mesh.n[mesh.h[h].origin].vertex)
        onward = following(mesh, h)
        turning += _turn(mesh, h, onward)
        h = onward
        if h == start:
            break
    mesh.c[c].half = start
    mesh.c[c].top = top
    mesh.c[c].area = area
    mesh.c[c].kind = OUTER if turning > 0 else HOLE
    mesh.c[c].parent = parent
    mesh.c[c].next = -1
    mesh.c[c].face = -1


@inlined
def _higher(mesh: Mesh, top: int, v: int) -> int:
    """Return the vertex further north, of equals the one further east; -1 is none."""
    if v < 0:
        return top
    if top < 0 or mesh.v[v].y > mesh.v[top].y:
        return v
    if mesh.v[v].y == mesh.v[top].y and mesh.v[v].x > mesh.v[top].x:
        return v
    return top


@inlined
def _turn(mesh: Mesh, h: int, onward: int) -> float:
    """Return the angle from one half-edge to the next, left positive, straight back -π."""
    if mesh.p[h >> 1].edge == mesh.p[onward >> 1].edge:
        return 0.0 if (h & 1) == (onward & 1) else -math.pi
    ax, ay = direction(mesh, h)
    bx, by = direction(mesh, onward)
    cross = ax * by - ay * bx
    dot = ax * bx + ay * by
    if cross == 0:
        return 0.0 if dot > 0 else -math.pi
    return math.atan2(float(cross), float(dot))


@kernel
def find_parents(mesh: Mesh, fresh: int, stack: I32) -> None:
    """Find the old face that each new cycle lies in: its own, a neighbour's, or by a ray."""
    cycles = mesh.used[CYCLES]
    if fresh == 0:
        for c in range(cycles):
            mesh.c[c].parent = OUTSIDE
        return
    size = 0
    for c in range(fresh, cycles):
        if mesh.c[c].parent >= 0:
            stack[size] = c
            size += 1
    _spread_parents(mesh, fresh, stack, size)
    for start in range(fresh, cycles):
        if mesh.c[start].parent >= 0 or mesh.c[start].kind != HOLE:
            continue
        c = start
        parent = -1
        while parent < 0:
            h = first_above(mesh, mesh.v[mesh.c[c].top].x, mesh.v[mesh.c[c].top].y)
            if h == NOWHERE:
                parent = OUTSIDE
                break
            c = mesh.h[h].cycle
            parent = mesh.c[c].face if c < fresh else mesh.c[c].parent
        mesh.c[start].parent = parent
        stack[0] = start
        _spread_parents(mesh, fresh, stack, 1)


@inlined
def _spread_parents(mesh: Mesh, fresh: int, stack: I32, size: int) -> None:
    while size:
        size -= 1
        c = stack[size]
        h = mesh.c[c].half
        while True:
            other = mesh.h[h ^ 1].cycle
            if other >= fresh and mesh.c[other].parent < 0:
                mesh.c[other].parent = mesh.c[c].parent
                stack[size] = other
                size += 1
            h = following(mesh, h)
            if h == mesh.c[c].half:
                break


@kernel
def assign_faces(mesh: Mesh, fresh: int, divided: I32, room: I32) -> None:
    """Give every new cycle its face and sort the holes of divided faces into the parts."""
    cycles = mesh.used[CYCLES]
    holes = room[: _empty_divided(mesh, fresh, divided, room)]
    for c in range(fresh, cycles):
        if mesh.c[c].kind == OUTER:
            _set_face(mesh, c, _face_for(mesh, mesh.c[c].parent))
    for c in holes:
        mesh.c[c].face = -1
    for c in range(fresh, cycles):
        if mesh.c[c].kind == HOLE:
            _set_face(mesh, c, _container(mesh, c))
    for c in holes:
        _set_face(mesh, c, _container(mesh, c))


@inlined
def _empty_divided(mesh: Mesh, fresh: int, divided: I32, holes: I32) -> int:
    """Empty the faces that new cycles lie in; list their unchanged holes."""
    faces = 0
    for c in range(fresh, mesh.used[CYCLES]):
        f = mesh.c[c].parent
        if mesh.f[f].mark != -2 - fresh:
            mesh.f[f].mark = -2 - fresh
            divided[faces] = f
            faces += 1
    kept = 0
    for i in range(faces):
        f = divided[i]
        c = mesh.f[f].cycle
        mesh.f[f].cycle = -1
        mesh.f[f].area = 0
        while c >= 0:
            onward = mesh.c[c].next
            if mesh.c[c].kind == HOLE:
                holes[kept] = c
                kept += 1
            elif mesh.c[c].kind == OUTER:
                _attach(mesh, c, f)
            c = onward
    return kept


@inlined
def _attach(mesh: Mesh, c: int, f: int) -> None:
    mesh.c[c].next = mesh.f[f].cycle
    mesh.f[f].cycle = c
    mesh.c[c].face = f
    mesh.f[f].area += mesh.c[c].area


@inlined
def _set_face(mesh: Mesh, c: int, f: int) -> None:
    _attach(mesh, c, f)
    h = mesh.c[c].half
    while True:
        mesh.h[h].face = f
        h = following(mesh, h)
        if h == mesh.c[c].half:
            break


@inlined
def _face_for(mesh: Mesh, parent: int) -> int:
    """Return the face for an outer cycle: the parent itself if it lost its own, else a heir."""
    if parent != OUTSIDE and mesh.f[parent].cycle < 0:
        return parent
    f = mesh.used[FACES]
    mesh.used[FACES] = f + 1
    mesh.f[f].cycle = -1
    mesh.f[f].area = 0
    mesh.f[f].winding = mesh.f[parent].winding
    mesh.f[f].status = mesh.f[parent].status
    mesh.f[f].head = mesh.f[parent].head
    mesh.f[f].change = 0
    mesh.f[f].mark = -1
    return f


@inlined
def _container(mesh: Mesh, c: int) -> int:
    """Return the face that a hole's outline lies in: what a ray to the north meets first."""
    while True:
        v = mesh.c[c].top
        h = first_above(mesh, mesh.v[v].x, mesh.v[v].y)
        if h == NOWHERE:
            return OUTSIDE
        c = mesh.h[h].cycle
        if mesh.c[c].kind == OUTER or mesh.c[c].face >= 0:
            return mesh.c[c].face


@inlined
def first_above(mesh: Mesh, x: int, y: int) -> int:
    """Return the half-edge with its face below that a ray to the north meets first.

    The ray starts a hair east of the point, so that it passes every vertex on one definite side;
    `NOWHERE` if it meets nothing.
    """
    size = mesh.g_frame[2]
    columns, rows = mesh.g_frame[3], mesh.g_frame[4]
    i = min(max((x - mesh.g_frame[0]) // size, 0), columns - 1)
    j = min(max((y - mesh.g_frame[1]) // size, 0), rows - 1)
    best = -1
    for row in range(j, rows):
        entry = mesh.g_head[i * rows + row]
        while entry >= 0:
            best = lower(mesh, mesh.g[entry].edge, best, x, y)
            entry = mesh.g[entry].next
        if best >= 0 and row < rows - 1:
            top = mesh.g_frame[1] + (row + 1) * size
            if height(mesh, best, x) < top - 1.0:
                break
    if best < 0:
        return NOWHERE
    return 2 * piece_at(mesh, best, x) + 1


@inlined
def height(mesh: Mesh, e: int, x: int) -> float:
    """Return the latitude of an edge at a longitude, in units."""
    edge = mesh.e[e]
    share = (x - edge.ax) / (edge.bx - edge.ax)
    return edge.ay + share * (edge.by - edge.ay)


@inlined
def lower(mesh: Mesh, e: int, best: int, x: int, y: int) -> int:
    """Return the lower of two edges above a point, just east of it."""
    edge = mesh.e[e]
    ax, ay, bx, by = edge.ax, edge.ay, edge.bx, edge.by
    if x < ax or x >= bx:
        return best
    side = orient(ax, ay, bx, by, x, y)
    if side > 0 or (side == 0 and by <= ay):
        return best
    if best < 0:
        return e
    return e if _is_lower(mesh, e, best, x) else best


@inlined
def _is_lower(mesh: Mesh, e: int, f: int, x: int) -> bool:
    difference = height(mesh, e, x) - height(mesh, f, x)
    if difference < -1e-3 or difference > 1e-3:  # noqa: PLR2004 (far beyond rounding)
        return difference < 0
    one, other = mesh.e[e], mesh.e[f]
    ax, ay, cx, cy = one.ax, one.ay, other.ax, other.ay
    ex, ey, fx, fy = one.bx - ax, one.by - ay, other.bx - cx, other.by - cy
    over = (ay - cy) * ex + (x - ax) * ey
    order = compare_products(over, fx, (x - cx) * fy, ex)
    return order < 0 or (order == 0 and ey * fx < fy * ex)


@inlined
def piece_at(mesh: Mesh, e: int, x: int) -> int:
    """Return the piece of an edge just east of a longitude."""
    ax, dx = mesh.e[e].ax, mesh.e[e].bx - mesh.e[e].ax
    k = mesh.e[e].link
    onward = mesh.l[k].next
    while onward >= 0:
        num, den = mesh.l[onward].num, mesh.l[onward].den
        ahead = ax + num / den * dx - x
        if ahead > 1e-3 or (  # noqa: PLR2004 (far beyond rounding)
            ahead > -1e-3 and compare_products(num, dx, x - ax, den) > 0  # noqa: PLR2004
        ):
            break
        k, onward = onward, mesh.l[onward].next
    return mesh.l[k].piece
