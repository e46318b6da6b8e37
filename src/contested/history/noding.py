"""Cutting edges at their crossings: exact, local, one edge at a time.

A new edge is compared with the edges in the grid cells it touches, each pair once. Where two edges
meet, both are cut at one node, whose place along each edge is a fraction of integers; three edges
through one point share the node, and edges that run over each other share their pieces.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from contested.geo.compiled import inlined, kernel
from contested.history.exact import compare_fractions, orient, precedes
from contested.history.meetings import (
    AT_END,
    CROSSING,
    OUR_VERTEX,
    TOO_MANY,
    cells_of,
    ends_of,
    meetings_of,
)
from contested.history.mesh import (
    CELLS,
    EDGES,
    FAULT,
    LINKS,
    NODES,
    OWNERS,
    PIECES,
    SHARED,
    Mesh,
    grown,
)
from contested.history.metric import area_to, bend_of, length_to

if TYPE_CHECKING:
    from contested.history.mesh import I32, I64

TWO_PLACES, NO_PLACE, WRONG_END = 1, 3, 4
_MANY = 1 << 17
"""Meetings and cells that one edge may have."""


def insert_edges(mesh: Mesh, first: int) -> Mesh:
    """Cut the edges from number `first` on into the subdivision; faces are not yet traced."""
    room = Room(
        meetings=np.empty((_MANY, 2), dtype=np.int32),
        cells=np.empty(_MANY, dtype=np.int32),
        nodes=np.empty(_MANY, dtype=np.int32),
        fractions=np.empty((_MANY, 2), dtype=np.int64),
        needs=np.zeros(2, dtype=np.int64),
    )
    last = int(mesh.used[EDGES])
    rest = 4 * (last - first)
    mesh = _with_room(mesh, rest, rest)
    done = insert_from(mesh, first, last, room)
    while done < last and mesh.used[FAULT] == 0:
        rest = last - done
        mesh = _with_room(mesh, int(room.needs[0]) + rest, int(room.needs[1]) + rest)
        done = insert_from(mesh, done, last, room)
    return mesh


class Room(NamedTuple):
    """Room to work in for one edge at a time."""

    meetings: I32
    cells: I32
    nodes: I32
    fractions: I64
    needs: I64


def _with_room(mesh: Mesh, pieces: int, cells: int) -> Mesh:
    for prefix in ("l", "p", "n"):
        mesh = grown(mesh, prefix, pieces)
    return grown(grown(mesh, "s", pieces), "g", cells)


@kernel
def insert_from(mesh: Mesh, first: int, last: int, room: Room) -> int:
    """Insert edges until the mesh is full; returns the first edge not inserted."""
    meetings, cells, needs = room.meetings, room.cells, room.needs
    nodes, fractions = room.nodes, room.fractions
    for e in range(first, last):
        touched = cells_of(mesh, e, cells)
        found = meetings_of(mesh, e, cells[:touched], meetings)
        needs[0], needs[1] = (4 + 2 * mesh.used[OWNERS]) * (found + 8), touched
        pieces = min(len(mesh.p) - mesh.used[PIECES], len(mesh.n) - mesh.used[NODES])
        shared = len(mesh.s) - mesh.used[SHARED]
        if min(pieces, len(mesh.l) - mesh.used[LINKS]) < needs[0]:
            return e
        if shared < needs[0] or len(mesh.g) - mesh.used[CELLS] < touched:
            return e
        a, b = mesh.e[e].a, mesh.e[e].b
        ax, ay, bx, by = ends_of(mesh, e)
        mesh.e[e].bend = bend_of(ax, ay, bx, by)
        mesh.e[e].area = _area_at(mesh, e, 1, 1)
        mesh.e[e].length = _length_at(mesh, e, 1, 1)
        _node_of(mesh, a)
        _node_of(mesh, b)
        cuts = _cut_others(mesh, e, meetings[:found], nodes, fractions)
        cuts = _in_order(nodes, fractions, cuts)
        _chain(mesh, e, nodes[:cuts], fractions)
        _register(mesh, e, cells[:touched])
        if mesh.used[FAULT] != 0:
            return e
    return last


@inlined
def _area_at(mesh: Mesh, e: int, num: int, den: int) -> int:
    ax, ay, bx, by = ends_of(mesh, e)
    return area_to(ax, ay, bx, by, mesh.e[e].bend, num / den)


@inlined
def _length_at(mesh: Mesh, e: int, num: int, den: int) -> int:
    ax, ay, bx, by = ends_of(mesh, e)
    return length_to(ax, ay, bx, by, num / den)


@inlined
def _node_of(mesh: Mesh, v: int) -> int:
    if mesh.v[v].node < 0:
        n = _new_node(mesh, mesh.v[v].x, mesh.v[v].y)
        mesh.n[n].vertex = v
        mesh.v[v].node = n
    return mesh.v[v].node


@inlined
def _new_node(mesh: Mesh, x: float, y: float) -> int:
    n = mesh.used[NODES]
    mesh.used[NODES] = n + 1
    mesh.n[n].x, mesh.n[n].y = x, y
    mesh.n[n].half = -1
    mesh.n[n].vertex = -1
    mesh.n[n].mark = 0
    return n


@inlined
def _cut_others(mesh: Mesh, e: int, meetings: I32, nodes: I32, fractions: I64) -> int:
    """Cut the edges that e meets; list the nodes on e with their places along it."""
    cuts = 0
    for row in range(len(meetings)):
        f, way = meetings[row, 0], meetings[row, 1]
        if way % AT_END == OUR_VERTEX:
            _cut(mesh, f, -1, mesh.e[e].b if way >= AT_END else mesh.e[e].a)
            continue
        if way == CROSSING:
            nodes[cuts] = _cut(mesh, f, e, -1)
            num, den = _place(mesh, e, f, -1)
        else:
            v = mesh.e[f].b if way >= AT_END else mesh.e[f].a
            nodes[cuts] = mesh.v[v].node
            num, den = _place(mesh, e, -1, v)
        fractions[cuts, 0], fractions[cuts, 1] = num, den
        cuts += 1
    return cuts


@inlined
def _place(mesh: Mesh, f: int, by_edge: int, by_vertex: int) -> tuple[int, int]:
    """Return where along f an edge crosses or a vertex lies: a fraction of integers."""
    ax, ay, bx, by = ends_of(mesh, f)
    if by_edge >= 0:
        cx, cy, dx, dy = ends_of(mesh, by_edge)
        one = orient(cx, cy, dx, dy, ax, ay)
        den = one - orient(cx, cy, dx, dy, bx, by)
        return (one, den) if den > 0 else (-one, -den)
    if bx != ax:
        return mesh.v[by_vertex].x - ax, bx - ax
    return mesh.v[by_vertex].y - ay, by - ay


@inlined
def _cut(mesh: Mesh, f: int, by_edge: int, by_vertex: int) -> int:
    """Cut an edge where another crosses it or a vertex lies on it; returns the node."""
    num, den = _place(mesh, f, by_edge, by_vertex)
    k = _link_before(mesh, f, num, den)
    if compare_fractions(mesh.l[k].num, mesh.l[k].den, num, den) == 0:
        n = mesh.l[k].node
        if by_vertex >= 0:
            _same_point(mesh, n, by_vertex)
        return n
    n = mesh.v[by_vertex].node if by_vertex >= 0 else _crossing(mesh, f, by_edge)
    _split(mesh, f, k, n, by_edge, by_vertex)
    return n


@inlined
def _link_before(mesh: Mesh, f: int, num: int, den: int) -> int:
    k = mesh.e[f].link
    following = mesh.l[k].next
    while following >= 0:
        if compare_fractions(mesh.l[following].num, mesh.l[following].den, num, den) > 0:
            break
        k, following = following, mesh.l[following].next
    return k


@inlined
def _same_point(mesh: Mesh, n: int, v: int) -> None:
    """Let a vertex take the node of a crossing that was found at its place before."""
    own = mesh.v[v].node
    if own == n:
        return
    if mesh.n[own].half >= 0 or mesh.n[n].vertex >= 0:
        mesh.used[FAULT] = TWO_PLACES
        return
    mesh.v[v].node = n
    mesh.n[n].vertex = v
    mesh.n[n].x, mesh.n[n].y = mesh.v[v].x, mesh.v[v].y


@inlined
def _crossing(mesh: Mesh, e: int, f: int) -> int:
    """Return a new node where two edges cross, computed the same way whichever came first."""
    ax, ay, bx, by = ends_of(mesh, e)
    cx, cy, dx, dy = ends_of(mesh, f)
    if precedes(cx, cy, ax, ay) or (cx == ax and cy == ay and precedes(dx, dy, bx, by)):
        e, f = f, e
        ax, ay, bx, by = cx, cy, dx, dy
    num, den = _place(mesh, e, f, -1)
    share = num / den
    return _new_node(mesh, ax + share * (bx - ax), ay + share * (by - ay))


@inlined
def _split(mesh: Mesh, f: int, k: int, n: int, by_edge: int, by_vertex: int) -> None:
    """Divide the piece of link k of edge f at node n, for every edge that runs over it."""
    p = mesh.l[k].piece
    q = mesh.used[PIECES]
    mesh.used[PIECES] = q + 1
    mesh.p[q].edge = mesh.p[p].edge
    mesh.p[q].shared = mesh.p[p].shared
    mesh.p[q].change = 0
    _replace_end(mesh, p, q)
    for side in range(2):
        mesh.h[2 * q + side].face = mesh.h[2 * p + side].face
        mesh.h[2 * q + side].cycle = mesh.h[2 * p + side].cycle
    _into_star(mesh, n, 2 * p + 1)
    _into_star(mesh, n, 2 * q)
    num, den = _place(mesh, f, by_edge, by_vertex)
    _split_link(mesh, f, k, q, n, num, den)
    _measure_link(mesh, f, k)
    _measure_link(mesh, f, mesh.l[k].next)
    if mesh.p[p].shared:
        _split_other_owners(mesh, f, p, q, n, by_edge, by_vertex)


@inlined
def _replace_end(mesh: Mesh, p: int, q: int) -> None:
    """Put half-edge 2q+1 in the place of 2p+1 around the far node of piece p."""
    old, new = 2 * p + 1, 2 * q + 1
    v = mesh.h[old].origin
    mesh.h[new].origin = v
    if mesh.h[old].ccw == old:
        mesh.h[new].ccw = new
        mesh.h[new].cw = new
    else:
        mesh.h[new].ccw = mesh.h[old].ccw
        mesh.h[new].cw = mesh.h[old].cw
        mesh.h[mesh.h[new].ccw].cw = new
        mesh.h[mesh.h[new].cw].ccw = new
    if mesh.n[v].half == old:
        mesh.n[v].half = new


@inlined
def _split_link(mesh: Mesh, f: int, k: int, q: int, n: int, num: int, den: int) -> None:
    new = _new_link(mesh, f, q, n, num, den)
    mesh.l[new].next = mesh.l[k].next
    mesh.l[k].next = new


@inlined
def _new_link(mesh: Mesh, f: int, piece: int, n: int, num: int, den: int) -> int:
    k = mesh.used[LINKS]
    mesh.used[LINKS] = k + 1
    mesh.l[k].piece = piece
    mesh.l[k].next = -1
    mesh.l[k].node = n
    mesh.l[k].num, mesh.l[k].den = num, den
    if num == 0:
        mesh.l[k].area = 0
        mesh.l[k].length = 0
    else:
        mesh.l[k].area = _area_at(mesh, f, num, den)
        mesh.l[k].length = _length_at(mesh, f, num, den)
    return k


@inlined
def _split_other_owners(
    mesh: Mesh, f: int, p: int, q: int, n: int, by_edge: int, by_vertex: int
) -> None:
    for row in range(mesh.used[SHARED]):
        if mesh.s[row].piece != p:
            continue
        g = mesh.s[row].edge
        if g != f:
            num, den = _place(mesh, g, by_edge, by_vertex)
            k = mesh.e[g].link
            while mesh.l[k].piece != p:
                k = mesh.l[k].next
            _split_link(mesh, g, k, q, n, num, den)
            _measure_link(mesh, g, k)
            _measure_link(mesh, g, mesh.l[k].next)
        _share(mesh, q, g)


@inlined
def _share(mesh: Mesh, piece: int, edge: int) -> None:
    row = mesh.used[SHARED]
    if row == len(mesh.s):
        mesh.used[FAULT] = TOO_MANY
        return
    mesh.used[SHARED] = row + 1
    mesh.s[row].piece, mesh.s[row].edge = piece, edge


@inlined
def _into_star(mesh: Mesh, n: int, h: int) -> None:
    """Put a half-edge in its place in the counter-clockwise order round its origin."""
    mesh.h[h].origin = n
    g = mesh.n[n].half
    if g < 0:
        mesh.n[n].half = h
        mesh.h[h].ccw = h
        mesh.h[h].cw = h
        return
    dx, dy = direction(mesh, h)
    start = g
    while True:
        following = mesh.h[g].ccw
        if following == g or _between(mesh, g, dx, dy, following):
            break
        g = following
        if g == start:
            mesh.used[FAULT] = NO_PLACE
            break
    following = mesh.h[g].ccw
    mesh.h[g].ccw = h
    mesh.h[h].cw = g
    mesh.h[h].ccw = following
    mesh.h[following].cw = h


@inlined
def direction(mesh: Mesh, h: int) -> tuple[int, int]:
    """Return the exact direction of a half-edge: that of its whole edge."""
    ax, ay, bx, by = ends_of(mesh, mesh.p[h >> 1].edge)
    if h & 1:
        return ax - bx, ay - by
    return bx - ax, by - ay


@inlined
def _between(mesh: Mesh, g: int, dx: int, dy: int, following: int) -> bool:
    """Return whether a direction lies strictly between two half-edges, counter-clockwise."""
    gx, gy = direction(mesh, g)
    fx, fy = direction(mesh, following)
    turn = gx * fy - gy * fx
    if turn > 0:
        return gx * dy - gy * dx > 0 and dx * fy - dy * fx > 0
    if turn < 0:
        return gx * dy - gy * dx > 0 or dx * fy - dy * fx > 0
    return gx * dy - gy * dx > 0


@inlined
def _in_order(nodes: I32, fractions: I64, cuts: int) -> int:
    """Sort the nodes on an edge by their exact place and drop repeats."""
    for i in range(1, cuts):
        n, num, den = nodes[i], fractions[i, 0], fractions[i, 1]
        j = i - 1
        while j >= 0 and compare_fractions(fractions[j, 0], fractions[j, 1], num, den) > 0:
            nodes[j + 1] = nodes[j]
            fractions[j + 1, 0], fractions[j + 1, 1] = fractions[j, 0], fractions[j, 1]
            j -= 1
        nodes[j + 1] = n
        fractions[j + 1, 0], fractions[j + 1, 1] = num, den
    kept = 0
    for i in range(cuts):
        if kept and nodes[kept - 1] == nodes[i]:
            continue
        nodes[kept] = nodes[i]
        fractions[kept, 0], fractions[kept, 1] = fractions[i, 0], fractions[i, 1]
        kept += 1
    return kept


@inlined
def _chain(mesh: Mesh, e: int, nodes: I32, fractions: I64) -> None:
    """Build the chain of pieces of a new edge through the nodes on it."""
    start = mesh.v[mesh.e[e].a].node
    end = mesh.v[mesh.e[e].b].node
    previous = -1
    num, den = 0, 1
    for i in range(len(nodes) + 1):
        n = end if i == len(nodes) else nodes[i]
        piece, is_new = _piece_between(mesh, e, start, n)
        k = _new_link(mesh, e, piece, start, num, den)
        if previous < 0:
            mesh.e[e].link = k
        else:
            mesh.l[previous].next = k
        previous = k
        if i < len(nodes):
            start, num, den = n, fractions[i, 0], fractions[i, 1]
        if not is_new:
            _add_owner(mesh, piece, e)
    k = mesh.e[e].link
    while k >= 0:
        _measure_link(mesh, e, k)
        k = mesh.l[k].next


@inlined
def _piece_between(mesh: Mesh, e: int, start: int, end: int) -> tuple[int, bool]:
    """Return the piece that runs from one node to the next, a new one unless it is there."""
    ax, ay, bx, by = ends_of(mesh, e)
    h = mesh.n[start].half
    if h >= 0:
        first = h
        while True:
            if not h & 1:
                dx, dy = direction(mesh, h)
                if dx * (by - ay) == dy * (bx - ax):
                    if mesh.h[h + 1].origin != end:
                        mesh.used[FAULT] = WRONG_END
                    return h >> 1, False
            h = mesh.h[h].ccw
            if h == first:
                break
    p = mesh.used[PIECES]
    mesh.used[PIECES] = p + 1
    mesh.p[p].edge = e
    mesh.p[p].shared = 0
    mesh.p[p].change = 0
    for side in range(2):
        mesh.h[2 * p + side].face = -1
        mesh.h[2 * p + side].cycle = -1
    _into_star(mesh, start, 2 * p)
    _into_star(mesh, end, 2 * p + 1)
    return p, True


@inlined
def _add_owner(mesh: Mesh, piece: int, e: int) -> None:
    """Let one more edge run over a piece; the edge that was drawn first goes on measuring it."""
    if not mesh.p[piece].shared:
        mesh.p[piece].shared = 1
        _share(mesh, piece, mesh.p[piece].edge)
    _share(mesh, piece, e)
    owners = 0
    for row in range(mesh.used[SHARED]):
        owners += 1 if mesh.s[row].piece == piece else 0
    mesh.used[OWNERS] = max(mesh.used[OWNERS], owners)


@inlined
def _measure_link(mesh: Mesh, e: int, k: int) -> None:
    """Set the area and length of a link's piece, if this edge is the one that measures it."""
    p = mesh.l[k].piece
    if mesh.p[p].edge != e:
        return
    following = mesh.l[k].next
    if following < 0:
        mesh.p[p].area = mesh.e[e].area - mesh.l[k].area
        mesh.p[p].length = mesh.e[e].length - mesh.l[k].length
    else:
        mesh.p[p].area = mesh.l[following].area - mesh.l[k].area
        mesh.p[p].length = mesh.l[following].length - mesh.l[k].length


@inlined
def _register(mesh: Mesh, e: int, cells: I32) -> None:
    for cell in cells:
        entry = mesh.used[CELLS]
        mesh.used[CELLS] = entry + 1
        mesh.g[entry].edge = e
        mesh.g[entry].next = mesh.g_head[cell]
        mesh.g_head[cell] = entry
