"""Which edges meet a new one: those in the grid cells that it touches, each looked at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contested.geo.compiled import inlined
from contested.history.exact import orient, precedes
from contested.history.mesh import FAULT, STAMP, Mesh

if TYPE_CHECKING:
    from contested.history.mesh import I32

CROSSING, ITS_VERTEX, OUR_VERTEX = 0, 1, 2
"""Ways to meet; with `AT_END` added, the vertex is the second of its edge."""

AT_END = 4
TOO_MANY = 2
"""A fault: more cells or meetings than there is room for."""


@inlined
def ends_of(mesh: Mesh, e: int) -> tuple[int, int, int, int]:
    """Return the vertices of an edge: longitude and latitude of both."""
    edge = mesh.e[e]
    return edge.ax, edge.ay, edge.bx, edge.by


@inlined
def _clamped(value: int, most: int) -> int:
    return min(max(value, 0), most)


@inlined
def cells_of(mesh: Mesh, e: int, cells: I32) -> int:
    """List the grid cells that an edge touches; cells on the rim hold all that lies beyond."""
    west, south, size = mesh.g_frame[0], mesh.g_frame[1], mesh.g_frame[2]
    columns, rows = mesh.g_frame[3], mesh.g_frame[4]
    ax, ay, bx, by = ends_of(mesh, e)
    i0, i1 = (ax - west) // size, (bx - west) // size
    j0, j1 = (min(ay, by) - south) // size, (max(ay, by) - south) // size
    inside = i0 >= 0 and j0 >= 0 and i1 < columns and j1 < rows
    i0, i1 = _clamped(i0, columns - 1), _clamped(i1, columns - 1)
    j0, j1 = _clamped(j0, rows - 1), _clamped(j1, rows - 1)
    narrow = inside and i1 > i0 and j1 > j0
    found = 0
    for i in range(i0, i1 + 1):
        for j in range(j0, j1 + 1):
            if narrow and _misses(ax, ay, bx, by, west + i * size, south + j * size, size):
                continue
            if found == len(cells):
                mesh.used[FAULT] = TOO_MANY
                return 0
            cells[found] = i * rows + j
            found += 1
    return found


@inlined
def _misses(ax: int, ay: int, bx: int, by: int, x: int, y: int, size: int) -> bool:
    """Return whether a cell lies wholly on one side of the line through a and b."""
    one = orient(ax, ay, bx, by, x, y)
    two = orient(ax, ay, bx, by, x + size, y)
    three = orient(ax, ay, bx, by, x, y + size)
    four = orient(ax, ay, bx, by, x + size, y + size)
    return (one > 0 and two > 0 and three > 0 and four > 0) or (
        one < 0 and two < 0 and three < 0 and four < 0
    )


@inlined
def meetings_of(mesh: Mesh, e: int, cells: I32, meetings: I32) -> int:
    """List every edge that meets e, with the way it does, each once."""
    ax, ay, bx, by = ends_of(mesh, e)
    low, high = min(ay, by), max(ay, by)
    found = 0
    stamp = mesh.used[STAMP] + 1
    mesh.used[STAMP] = stamp
    for cell in cells:
        entry = mesh.g_head[cell]
        while entry >= 0:
            f = mesh.g[entry].edge
            entry = mesh.g[entry].next
            if mesh.e[f].seen == stamp:
                continue
            mesh.e[f].seen = stamp
            cx, cy, dx, dy = ends_of(mesh, f)
            if cx > bx or dx < ax or min(cy, dy) > high or max(cy, dy) < low:
                continue
            if found + 4 > len(meetings):
                mesh.used[FAULT] = TOO_MANY
                return 0
            found = _meet(ax, ay, bx, by, cx, cy, dx, dy, f, meetings, found)
    return found


@inlined
def _meet(  # noqa: PLR0917 (numbers, not options)
    ax: int, ay: int, bx: int, by: int, cx: int, cy: int, dx: int, dy: int,
    f: int, meetings: I32, found: int,
) -> int:  # fmt: skip
    c = orient(ax, ay, bx, by, cx, cy)
    d = orient(ax, ay, bx, by, dx, dy)
    if (c > 0 and d > 0) or (c < 0 and d < 0):
        return found
    a = orient(cx, cy, dx, dy, ax, ay)
    b = orient(cx, cy, dx, dy, bx, by)
    if (a > 0 and b > 0) or (a < 0 and b < 0):
        return found
    if c != 0 and d != 0 and a != 0 and b != 0:
        meetings[found, 0], meetings[found, 1] = f, CROSSING
        return found + 1
    if c == 0 and precedes(ax, ay, cx, cy) and precedes(cx, cy, bx, by):
        meetings[found, 0], meetings[found, 1] = f, ITS_VERTEX
        found += 1
    if d == 0 and precedes(ax, ay, dx, dy) and precedes(dx, dy, bx, by):
        meetings[found, 0], meetings[found, 1] = f, ITS_VERTEX + AT_END
        found += 1
    if a == 0 and precedes(cx, cy, ax, ay) and precedes(ax, ay, dx, dy):
        meetings[found, 0], meetings[found, 1] = f, OUR_VERTEX
        found += 1
    if b == 0 and precedes(cx, cy, bx, by) and precedes(bx, by, dx, dy):
        meetings[found, 0], meetings[found, 1] = f, OUR_VERTEX + AT_END
        found += 1
    return found
