"""Positions out of the text of GeoJSON coordinates, compiled: exact integers, no floats between.

Reads what map files hold: decimal numbers with up to seven decimals, nested in brackets. Anything
else (exponents, more decimals, faults of any kind) is left to the general reader, whose results
are the same and whose messages name what is wrong.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from contested.geo.compiled import inlined, kernel
from contested.geo.geojson import FastReading
from contested.geo.simple import bounds, surely_valid

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from contested.records import Polygon

_SCALE = 7
_MOST = 1_800_000_000
_OPEN, _CLOSE, _COMMA, _MINUS, _POINT, _ZERO = 91, 93, 44, 45, 46, 48


def read_polygons(coordinates: memoryview, depth: int) -> list[Polygon] | None:
    """Return the polygons in the text of a coordinates member.

    Parameters
    ----------
    coordinates
        The JSON text.
    depth
        Brackets round a polygon: 0 for a Polygon, 1 for a MultiPolygon.

    Returns
    -------
    list or None
        `None` where the text is not of the plain kind; the general reader decides then.
    """
    text = np.frombuffer(coordinates, dtype=np.uint8)
    vertices = np.empty((len(text) // 5 + 1, 2), dtype=np.int32)
    rings = np.empty(len(text) // 20 + 2, dtype=np.int32)
    first_rings = np.empty(len(text) // 20 + 2, dtype=np.int32)
    sizes = np.zeros(2, dtype=np.int64)
    if not read_text(text, depth, vertices, rings, first_rings, sizes):
        return None
    ends = rings[: sizes[0]].tolist()
    every = [vertices[a:b].copy() for a, b in pairwise([0, *ends])]
    bounds = [*first_rings[: sizes[1]].tolist(), len(every)]
    return [tuple(every[a:b]) for a, b in pairwise(bounds)]


FAST = FastReading(read_polygons, surely_valid, bounds)
"""The compiled ways of reading."""


@kernel
def read_text(  # noqa: C901 (one state machine)
    text: NDArray[np.uint8],
    depth: int,
    vertices: NDArray[np.int32],
    rings: NDArray[np.int32],
    first_rings: NDArray[np.int32],
    sizes: NDArray[np.int64],
) -> bool:
    """Fill vertices, the ends of rings and the first ring of each polygon; `False` gives up."""
    at, end, level, count = 0, len(text), 0, 0
    begin = 0
    wants_item = True
    while at < end:
        byte = text[at]
        if byte == _OPEN and wants_item:
            level += 1
            at += 1
            if level == depth + 1:
                first_rings[sizes[1]] = sizes[0]
                sizes[1] += 1
            if level == depth + 3:
                at = _read_position(text, at, vertices, count)
                if at < 0:
                    return False
                count += 1
                level -= 1
                wants_item = False
        elif byte == _CLOSE and not wants_item:
            if level == depth + 2:
                if not _is_ring(vertices, begin, count):
                    return False
                rings[sizes[0]] = count
                sizes[0] += 1
                begin = count
            level -= 1
            at += 1
            if level == 0:
                return at == end
        elif byte == _COMMA and not wants_item:
            wants_item = True
            at += 1
        else:
            return False
    return False


@inlined
def _is_ring(vertices: NDArray[np.int32], begin: int, end: int) -> bool:
    """Return whether positions are four or more, and the last is the first again."""
    if end - begin < 4:  # noqa: PLR2004 (RFC 7946)
        return False
    return vertices[begin, 0] == vertices[end - 1, 0] and vertices[begin, 1] == vertices[end - 1, 1]


@inlined
def _read_position(text: NDArray[np.uint8], at: int, vertices: NDArray[np.int32], row: int) -> int:
    """Read longitude, latitude and perhaps a height; returns where it ends, -1 to give up."""
    for column in range(3):
        at, value = _read_number(text, at)
        if at < 0 or at >= len(text):
            return -1
        if column < 2:  # noqa: PLR2004 (the height is not kept)
            if value > _MOST or value < -_MOST or (column == 1 and abs(value) > _MOST // 2):
                return -1
            vertices[row, column] = value
        if text[at] == _CLOSE and column > 0:
            return at + 1
        if text[at] != _COMMA:
            return -1
        at += 1
    return -1


@inlined
def _read_number(text: NDArray[np.uint8], at: int) -> tuple[int, int]:
    """Read a decimal number in units of 1e-7; returns where it ends, -1 to give up."""
    end = len(text)
    negative = at < end and text[at] == _MINUS
    if negative:
        at += 1
    begin, value = at, 0
    while at < end and _ZERO <= text[at] < _ZERO + 10:
        value = value * 10 + (text[at] - _ZERO)
        at += 1
    if at == begin or at - begin > 4 or (text[begin] == _ZERO and at - begin > 1):  # noqa: PLR2004
        return -1, 0
    decimals = 0
    if at < end and text[at] == _POINT:
        at += 1
        while at < end and _ZERO <= text[at] < _ZERO + 10:
            value = value * 10 + (text[at] - _ZERO)
            at += 1
            decimals += 1
        if decimals == 0 or decimals > _SCALE:
            return -1, 0
    for _ in range(_SCALE - decimals):
        value *= 10
    return at, -value if negative else value
