"""Whether a polygon is surely valid, compiled: rings that never meet, holes inside, none nested.

Sufficient, not necessary: rings that touch, repeat a position or do anything else out of the
ordinary are left to GEOS, which decides.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from contested.geo.compiled import inlined, kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from contested.records import Polygon


def surely_valid(polygon: Polygon) -> bool:
    """Return whether a polygon of closed rings is valid beyond doubt; `False` says nothing."""
    vertices = polygon[0] if len(polygon) == 1 else np.concatenate(polygon)
    ends = np.array(list(accumulate(map(len, polygon))), dtype=np.int64)
    west, south, east, north = bounds(vertices)
    if max(east - west, north - south) >= 1 << 30:
        return False  # products would not fit 64 bits
    order = np.argsort(np.minimum(vertices[:-1, 0], vertices[1:, 0]))
    return rings_are_simple(vertices, ends, order) and holes_fit(vertices, ends)


@kernel
def bounds(vertices: NDArray[np.int32]) -> tuple[int, int, int, int]:
    """Return west, south, east and north of vertices, shape (n, 2); of none, nonsense."""
    west, south, east, north = 1 << 31, 1 << 31, -(1 << 31), -(1 << 31)
    for i in range(len(vertices)):
        x, y = vertices[i, 0], vertices[i, 1]
        west, east = min(west, x), max(east, x)
        south, north = min(south, y), max(north, y)
    return west, south, east, north


@inlined
def _orient(v: NDArray[np.int32], a: int, b: int, c: int) -> int:
    return (v[b, 0] - v[a, 0]) * (v[c, 1] - v[a, 1]) - (v[b, 1] - v[a, 1]) * (v[c, 0] - v[a, 0])


@kernel
def rings_are_simple(
    vertices: NDArray[np.int32], ends: NDArray[np.int64], order: NDArray[np.int64]
) -> bool:
    """Return whether edges meet only where one follows the other in its ring.

    Edge i runs from vertex i to i + 1; the steps from one ring to the next are no edges.
    """
    for place in range(len(order)):
        i = order[place]
        if _ends_ring(ends, i):
            continue
        if vertices[i, 0] == vertices[i + 1, 0] and vertices[i, 1] == vertices[i + 1, 1]:
            return False
        east = max(vertices[i, 0], vertices[i + 1, 0])
        low = min(vertices[i, 1], vertices[i + 1, 1])
        high = max(vertices[i, 1], vertices[i + 1, 1])
        for other in range(place + 1, len(order)):
            j = order[other]
            if min(vertices[j, 0], vertices[j + 1, 0]) > east:
                break
            if min(vertices[j, 1], vertices[j + 1, 1]) > high:
                continue
            if max(vertices[j, 1], vertices[j + 1, 1]) < low or _ends_ring(ends, j):
                continue
            if _meet(vertices, ends, i, j):
                return False
    return True


@inlined
def _ends_ring(ends: NDArray[np.int64], i: int) -> bool:
    for end in ends:  # noqa: SIM110 (compiled: no generators)
        if i + 1 == end:
            return True
    return False


@inlined
def _meet(v: NDArray[np.int32], ends: NDArray[np.int64], i: int, j: int) -> bool:
    """Return whether two edges meet elsewhere than at the vertex that joins them."""
    if _follows(ends, i, j):
        return _folds_back(v, i, i + 1, j + 1)
    if _follows(ends, j, i):
        return _folds_back(v, j, j + 1, i + 1)
    c, d = _orient(v, i, i + 1, j), _orient(v, i, i + 1, j + 1)
    if (c > 0 and d > 0) or (c < 0 and d < 0):
        return False
    a, b = _orient(v, j, j + 1, i), _orient(v, j, j + 1, i + 1)
    return not ((a > 0 and b > 0) or (a < 0 and b < 0))


@inlined
def _follows(ends: NDArray[np.int64], i: int, j: int) -> bool:
    """Return whether edge j begins where edge i ends, in the same ring."""
    begin = 0
    for end in ends:
        if i < end:
            return (j == i + 1 and j + 1 < end) or (i + 2 == end and j == begin)
        begin = end
    return False


@inlined
def _folds_back(v: NDArray[np.int32], a: int, b: int, c: int) -> bool:
    dot = (v[b, 0] - v[a, 0]) * (v[c, 0] - v[b, 0]) + (v[b, 1] - v[a, 1]) * (v[c, 1] - v[b, 1])
    return _orient(v, a, b, c) == 0 and dot <= 0


@kernel
def holes_fit(vertices: NDArray[np.int32], ends: NDArray[np.int64]) -> bool:
    """Return whether every hole lies in the outer ring and in no other hole; none may touch."""
    for hole in range(1, len(ends)):
        x, y = vertices[ends[hole - 1], 0], vertices[ends[hole - 1], 1]
        if not _inside(vertices, 0, ends[0], x, y):
            return False
        for other in range(1, len(ends)):
            if other != hole and _inside(vertices, ends[other - 1], ends[other], x, y):
                return False
    return True


@inlined
def _inside(v: NDArray[np.int32], begin: int, end: int, x: int, y: int) -> bool:
    """Return whether a point that is on no edge lies inside a ring."""
    inside = False
    for i in range(begin, end - 1):
        if (v[i, 1] > y) != (v[i + 1, 1] > y):
            side = (v[i + 1, 0] - v[i, 0]) * (y - v[i, 1]) - (v[i + 1, 1] - v[i, 1]) * (x - v[i, 0])
            if (side > 0) == (v[i + 1, 1] > v[i, 1]):
                inside = not inside
    return inside
