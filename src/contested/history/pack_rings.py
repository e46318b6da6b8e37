"""Rings as edits of earlier rings: the coder of the pack, and its mirror image.

Each ring names an earlier ring that it resembles and is a list of moves along that one: *copy*
takes its next vertices, *new* adds vertices, *skip* leaves some out, *jump* names a vertex that it
does not have. A new vertex is told from the vertex before it, or from the old vertex it seems to
replace, whichever is nearer: a redrawn outline costs little.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from contested.geo.compiled import inlined, kernel

if TYPE_CHECKING:
    from contested.history.mesh import I8, I32, I64

COPY, NEW, SKIP, JUMP = 0, 1, 2, 3
_FARTHEST = 512


class Moves(NamedTuple):
    """The moves of all rings, and the vertices in order of first appearance.

    Attributes
    ----------
    kinds, counts
        One row a move: for copies and new vertices how many, for skips how far beyond the next,
        for jumps how far back in the dictionary.
    x, y
        Differences of new vertices to their prediction.
    replaces
        1 where a vertex is told from the old one it replaces.
    sizes
        Moves and vertices in use.
    """

    kinds: I8
    counts: I32
    x: I32
    y: I32
    replaces: I8
    sizes: I64


class Memory(NamedTuple):
    """What both sides know: vertices so far, rings so far, and where each vertex is in a ring.

    Attributes
    ----------
    x, y
        Coordinates of the vertices.
    ring, starts
        All rings, one after another, as vertex numbers.
    place, whose
        Position of a vertex in the ring that it was last looked up in, and which ring that was.
    """

    x: I32
    y: I32
    ring: I32
    starts: I64
    place: I32
    whose: I32


def new_moves(positions: int, vertices: int) -> Moves:
    """Return room for the moves of rings with so many positions and distinct vertices."""
    return Moves(
        kinds=np.zeros(positions + 1, dtype=np.int8),
        counts=np.zeros(positions + 1, dtype=np.int32),
        x=np.zeros(vertices, dtype=np.int32),
        y=np.zeros(vertices, dtype=np.int32),
        replaces=np.zeros(vertices, dtype=np.int8),
        sizes=np.zeros(2, dtype=np.int64),
    )


def new_memory(vertices: int, ring: I32, starts: I64) -> Memory:
    """Return a memory for so many vertices and for rings that are filled, or to be filled."""
    x, y, place = (np.zeros(vertices, dtype=np.int32) for _ in range(3))
    return Memory(x, y, ring, starts, place, np.full(vertices, -1, dtype=np.int32))


@inlined
def _look_at(memory: Memory, r: int) -> None:
    """Note where each vertex is in a ring."""
    for i in range(memory.starts[r], memory.starts[r + 1]):
        memory.place[memory.ring[i]] = i - memory.starts[r]
        memory.whose[memory.ring[i]] = r


@inlined
def _vertex(memory: Memory, r: int, place: int) -> int:
    """Return the vertex at a place of a ring, counted round and round."""
    size = memory.starts[r + 1] - memory.starts[r]
    return memory.ring[memory.starts[r] + place % size]


@kernel
def choose_models(memory: Memory, models: I32, votes: I32, last: I32, nearby: I32) -> None:
    """Find for each ring the earlier ring that shares most vertices with it; 0 for none.

    A vertex drawn anew stands for one that was drawn within some metres. `models` tells how many
    rings back. `last`, shape (vertices, 3), takes the latest three rings of each vertex; `votes`,
    shape (rings,), must be zero; `nearby`, a power of two long and -1, takes vertices by place.
    """
    for r in range(len(memory.starts) - 1):
        best = -1
        for i in range(memory.starts[r], memory.starts[r + 1]):
            best = _vote(memory, votes, last, nearby, memory.ring[i], best)
        models[r] = r - best if best >= 0 else 0
        for i in range(memory.starts[r], memory.starts[r + 1]):
            v = _known_or_near(memory, last, nearby, memory.ring[i])
            for slot in range(3):
                if v >= 0 and last[v, slot] >= 0:
                    votes[last[v, slot]] = 0
        for i in range(memory.starts[r], memory.starts[r + 1]):
            v = memory.ring[i]
            nearby[_cell(memory, v, len(nearby))] = v
            if last[v, 0] != r:
                last[v, 2], last[v, 1], last[v, 0] = last[v, 1], last[v, 0], r


@inlined
def _vote(memory: Memory, votes: I32, last: I32, nearby: I32, vertex: int, best: int) -> int:
    v = _known_or_near(memory, last, nearby, vertex)
    for slot in range(3):
        other = last[v, slot] if v >= 0 else -1
        if other >= 0:
            votes[other] += 1
            if best < 0 or votes[other] > votes[best]:
                best = other
    return best


@inlined
def _known_or_near(memory: Memory, last: I32, nearby: I32, v: int) -> int:
    """Return a vertex that was drawn before, or the last one drawn in the same 3 m cell, or -1."""
    return v if last[v, 0] >= 0 else nearby[_cell(memory, v, len(nearby))]


@inlined
def _cell(memory: Memory, v: int, size: int) -> int:
    mixed = (memory.x[v] >> 8) * 0x9E3779B1 + (memory.y[v] >> 8) * 0x85EBCA77
    return (mixed ^ (mixed >> 29)) & (size - 1)


@kernel
def encode(memory: Memory, models: I32, moves: Moves) -> None:
    """Turn rings, as vertex numbers in order of first appearance, into moves."""
    seen = 0
    for r in range(len(memory.starts) - 1):
        model = r - models[r] if models[r] else -1
        if model >= 0:
            _look_at(memory, model)
        cursor, replaced, previous = 0, 0, -1
        for i in range(memory.starts[r], memory.starts[r + 1]):
            v = memory.ring[i]
            if v == seen:
                old = _vertex(memory, model, replaced) if model >= 0 else -1
                _write_new(memory, moves, v, previous, old)
                seen += 1
                replaced += 1
            else:
                cursor = _write_old(memory, moves, v, model, cursor, seen)
                replaced = cursor
            previous = v


@inlined
def _write_new(memory: Memory, moves: Moves, v: int, previous: int, replaced: int) -> None:
    x, y = memory.x[v], memory.y[v]
    base = previous if previous >= 0 else v - 1
    dx = x - memory.x[base] if base >= 0 else x
    dy = y - memory.y[base] if base >= 0 else y
    if replaced >= 0:
        rx, ry = x - memory.x[replaced], y - memory.y[replaced]
        if 2 * max(abs(rx), abs(ry)) < max(abs(dx), abs(dy)):
            dx, dy = rx, ry
            moves.replaces[v] = 1
    moves.x[v], moves.y[v] = dx, dy
    _write_move(moves, NEW, 1)


@inlined
def _write_old(memory: Memory, moves: Moves, v: int, model: int, cursor: int, seen: int) -> int:
    """Write how to reach a vertex drawn before; returns the place expected next."""
    if model < 0 or memory.whose[v] != model:
        _write_move(moves, JUMP, seen - 1 - v)
        return cursor
    size = memory.starts[model + 1] - memory.starts[model]
    ahead = (memory.place[v] - cursor) % size
    if ahead == 0:
        _write_move(moves, COPY, 1)
    else:
        back = size - ahead
        _write_move(moves, SKIP, 2 * (ahead - 1) if ahead <= back else 2 * back - 1)
    return memory.place[v] + 1


@inlined
def _write_move(moves: Moves, kind: int, count: int) -> None:
    """Write a move; copies and new vertices in a row are one move."""
    at = moves.sizes[0]
    if kind <= NEW and moves.sizes[1] == 1 and moves.kinds[at - 1] == kind:
        moves.counts[at - 1] += 1
        return
    moves.kinds[at], moves.counts[at] = kind, count
    moves.sizes[0] = at + 1
    moves.sizes[1] = 1


@kernel
def decode(memory: Memory, models: I32, moves: Moves) -> bool:  # noqa: C901
    """Turn moves back into rings and vertices; `False` if they do not fit together."""
    seen, move, left = 0, 0, 0
    for r in range(len(memory.starts) - 1):
        model = r - models[r] if models[r] else -1
        if model < -1 or model >= r:
            return False
        if model >= 0:
            _look_at(memory, model)
        cursor, replaced, previous = 0, 0, -1
        for at in range(memory.starts[r], memory.starts[r + 1]):
            if left == 0:
                if move >= len(moves.kinds):
                    return False
                left = moves.counts[move] if moves.kinds[move] <= NEW else 1
                move += 1
            left -= 1
            kind, count = moves.kinds[move - 1], moves.counts[move - 1]
            if kind == NEW:
                v = seen
                if v >= len(moves.x):
                    return False
                old = _vertex(memory, model, replaced) if model >= 0 else -1
                _read_new(memory, moves, v, previous, old)
                seen += 1
                replaced += 1
            elif kind == JUMP:
                v = seen - 1 - count
                replaced = cursor
            else:
                if model < 0:
                    return False
                place = cursor + _skipped(kind, count)
                v = _vertex(memory, model, place)
                cursor = memory.place[v] + 1
                replaced = cursor
            if v < 0 or v >= seen:
                return False
            memory.ring[at] = v
            previous = v
    return seen == len(moves.x)


@inlined
def _skipped(kind: int, count: int) -> int:
    if kind == COPY:
        return 0
    return (count >> 1) + 1 if count & 1 == 0 else -((count + 1) >> 1)


@inlined
def _read_new(memory: Memory, moves: Moves, v: int, previous: int, replaced: int) -> None:
    base = previous if previous >= 0 else v - 1
    if moves.replaces[v] and replaced >= 0:
        base = replaced
    memory.x[v] = moves.x[v] + (memory.x[base] if base >= 0 else 0)
    memory.y[v] = moves.y[v] + (memory.y[base] if base >= 0 else 0)
