"""The tables of an edge history: one subdivision of the plane for all snapshots together.

Every edge that any snapshot ever drew is in it once, cut at its crossings with all others, so that
each face has one status at any time. Edges are added, never removed; a face may be divided later,
and its parts inherit its history.

Tables: ``v`` vertices the source drew, ``e`` undirected edges between them (from the vertex that
comes first by longitude, then latitude), ``n`` nodes (vertices and crossings), ``p`` pieces of
edges between nodes, ``h`` half-edges (``2p`` along the edge, ``2p + 1`` against it), ``l`` links
(the chain of pieces of each edge), ``s`` edges that share a piece with others, ``c`` cycles of
half-edges, ``f`` faces, ``x`` changes of a face's status, ``g`` entries of the grid that finds
edges. Coordinates are in units of 1e-7 degree.
"""

from __future__ import annotations

import mmap
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from contested.records import PARTITION_ORDER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    I8 = NDArray[np.int8]
    I32 = NDArray[np.int32]
    I64 = NDArray[np.int64]
    F64 = NDArray[np.float64]
    Table = NDArray[Any]

(
    VERTICES,
    EDGES,
    LINKS,
    PIECES,
    NODES,
    FACES,
    CYCLES,
    CELLS,
    EVENTS,
    SHARED,
    FAULT,
    STAMP,
    OWNERS,
) = range(13)
"""Positions in `Mesh.used`.

`FAULT` is not 0 where the subdivision contradicts itself; `OWNERS` is the most edges that run over
one piece.
"""

HOLE, OUTER, GONE = 0, 1, 2
"""Kinds of cycles: clockwise, counter-clockwise, replaced by others."""

OUTSIDE = 0
"""The unbounded face."""

STATUSES = len(PARTITION_ORDER)
NONE = STATUSES
"""Row and column of ground without a statement."""

DIGIT = 10
MIDDLE = 1 << (DIGIT - 1)
ZERO = sum(MIDDLE << (DIGIT * status) for status in range(STATUSES))
"""The winding numbers of a face that no polygon covers: six digits of ten bits, offset 512."""

MAX_SPAN = 1 << 30
"""Largest extent, in units of 1e-7 degree, for which all predicates are exact in 64 bits."""

_MAPPED_BYTES = 1 << 20

_LAYOUT = {
    "v": {"x": "i4", "y": "i4", "node": "i4"},
    "e": {
        **dict.fromkeys(("ax", "ay", "bx", "by", "a", "b", "link", "seen"), "i4"),
        "bend": "f8",
        **dict.fromkeys(("area", "length", "change"), "i8"),
    },
    "l": {
        **dict.fromkeys(("num", "den", "area", "length"), "i8"),
        **dict.fromkeys(("piece", "next", "node"), "i4"),
    },
    "p": {
        **dict.fromkeys(("area", "length", "change"), "i8"),
        "edge": "i4",
        **dict.fromkeys(("shared", "listed"), "i1"),
    },
    "h": dict.fromkeys(("origin", "ccw", "cw", "face", "cycle"), "i4"),
    "n": {"x": "f8", "y": "f8", "half": "i4", "vertex": "i4", "mark": "i4"},
    "s": {"piece": "i4", "edge": "i4"},
    "c": {
        "area": "i8",
        **dict.fromkeys(("half", "next", "face", "top", "parent"), "i4"),
        "kind": "i1",
    },
    "f": {
        **dict.fromkeys(("area", "winding", "change"), "i8"),
        **dict.fromkeys(("cycle", "head", "mark"), "i4"),
        **dict.fromkeys(("status", "before"), "i1"),
    },
    "x": {**dict.fromkeys(("previous", "step", "face"), "i4"), "status": "i1"},
    "g": {"next": "i4", "edge": "i4"},
}
_DTYPES = {name: np.dtype(list(fields.items()), align=True) for name, fields in _LAYOUT.items()}
_COUNTERS = {
    "v": VERTICES,
    "e": EDGES,
    "l": LINKS,
    "p": PIECES,
    "n": NODES,
    "s": SHARED,
    "c": CYCLES,
    "f": FACES,
    "x": EVENTS,
    "g": CELLS,
}


class Mesh(NamedTuple):
    """The tables; `used` says how many rows of each are in use."""

    used: I64
    v: Table
    e: Table
    l: Table  # noqa: E741 (the tables are named alike)
    p: Table
    h: Table
    n: Table
    s: Table
    c: Table
    f: Table
    x: Table
    g: Table
    v_table: I32
    e_table: I32
    g_frame: I64
    g_head: I32


def new_mesh(bounds: tuple[int, int, int, int], *, size: int = 1024) -> Mesh:
    """Return an empty subdivision.

    Parameters
    ----------
    bounds
        West, south, east, north in units of 1e-7 degree. Edges outside are found more slowly.
    size
        Rows to begin with; every table grows when it must.
    """
    west, south, east, north = bounds
    cell, columns, rows = _grid(west, south, east, north)
    tables = {
        name: zeros(2 * size if name == "h" else size, dtype) for name, dtype in _DTYPES.items()
    }
    mesh = Mesh(
        used=np.zeros(len(_COUNTERS) + 3, dtype=np.int64),
        v_table=np.full(4 * size, -1, dtype=np.int32),
        e_table=np.full(4 * size, -1, dtype=np.int32),
        g_frame=np.array([west, south, cell, columns, rows], dtype=np.int64),
        g_head=np.full(columns * rows, -1, dtype=np.int32),
        **tables,
    )
    mesh.used[FACES] = 1
    outside = {"cycle": -1, "head": -1, "mark": -1, "status": NONE, "winding": ZERO}
    for name, value in outside.items():
        mesh.f[name][OUTSIDE] = value
    return mesh


def grown(mesh: Mesh, name: str, extra: int) -> Mesh:
    """Return a mesh with room for `extra` more rows of a table; grows by half at least."""
    table: Table = getattr(mesh, name)
    needed = int(mesh.used[_COUNTERS[name]]) + extra
    if needed <= len(table):
        return mesh
    size = max(needed, len(table) + len(table) // 2)
    if name == "p":
        mesh = mesh._replace(h=_longer(mesh.h, 2 * size))
    return mesh._replace(**{name: _longer(table, size)})


def zeros(size: int, dtype: np.dtype[Any]) -> Table:
    """Return a table of zeros, mapped where it is large.

    What the heap holds in between is not given back when a table has grown: that is a sixth of
    the memory of a build. Mapped tables are, and rows that are not used take no room.
    """
    if size * dtype.itemsize < _MAPPED_BYTES:
        return np.zeros(size, dtype=dtype)
    return np.frombuffer(mmap.mmap(-1, size * dtype.itemsize), dtype=dtype)


def _longer(table: Table, size: int) -> Table:
    longer = zeros(size, table.dtype)
    longer[: len(table)] = table
    return longer


def _grid(west: int, south: int, east: int, north: int) -> tuple[int, int, int]:
    """Return cell size (0.01 degree, larger for wide frames), columns and rows."""
    cell = 100_000
    while ((east - west) // cell + 1) * ((north - south) // cell + 1) > 1_500_000:  # noqa: PLR2004
        cell *= 2
    return cell, (east - west) // cell + 1, (north - south) // cell + 1
