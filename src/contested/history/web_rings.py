"""Rings as a stream for the browser: what an earlier ring said already costs next to nothing.

A ring that replaces another follows it for most of its way. While it does, every vertex is
"what came after this vertex the last time" and takes a hundredth of a bit. Where it leaves, new
vertices are written as differences, and the way back as the number of vertices skipped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from contested.history.range_coder import SLOTS, Model, RangeEncoder

if TYPE_CHECKING:
    from collections.abc import Sequence

FURTHEST = 200
"""A ring that comes back to an earlier one skips at most this many of its vertices."""

LENGTHS = 24
"""Bit lengths of differences told apart as contexts."""


class RingWriter:
    """Writes rings of quantised vertices; remembers which vertex followed which.

    Parameters
    ----------
    coder
        The stream to write to.
    in_zone
        For every vertex that will be met whether it lies where a front line may be drawn.
    """

    def __init__(self, coder: RangeEncoder, in_zone: dict[tuple[int, int], bool]) -> None:
        self._coder = coder
        self._in_zone = in_zone
        self._number: dict[tuple[int, int], int] = {}
        self._vertices: list[tuple[int, int]] = []
        self._next: list[list[int]] = [[], [], []]  # last follower, last predecessor, one before
        self._owner: list[int] = []
        self._rings: list[list[int]] = []
        self._start = (0, 0)
        self._ancestor, self._length, self._flag = Model(2 * SLOTS), Model(2 * SLOTS), Model(512)
        self._difference = Model((LENGTHS * 3 + 4) * SLOTS)
        self._sign, self._zone, self._end = Model(16), Model(2), Model(1)
        self._seen = (0, 0)
        self._trail = 0
        self._last_zone = 0

    def write(self, ring: Sequence[tuple[int, int]]) -> None:
        """Write one ring, given without its closing vertex."""
        turned = self._begin(list(ring))
        self._trail, direction, left = 0, 0, -1
        current = first = self._number[turned[0]]
        ids = [current]
        for vertex in [*turned[1:], turned[0]]:
            reached, direction, left = self._step(current, vertex, direction, left)
            current = reached
            if current == first:
                ended = len(ids) == len(turned)
                self._coder.bit(self._end, 0, int(ended))
                if ended:
                    break
            ids.append(current)
        self._remember(ids)

    def _begin(self, ring: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Write where the ring begins, at best where the ring it replaces began."""
        votes: dict[int, int] = {}
        for vertex in ring:
            known = self._number.get(vertex)
            if known is not None:
                owner = self._owner[known]
                votes[owner] = votes.get(owner, 0) + 1
        self._coder.bit(self._flag, 0, int(bool(votes)))
        if not votes:
            self._coder_difference(ring[0], self._start, 0)
            self._add(ring[0])
            self._start = ring[0]
            return ring
        ancestor = max(votes, key=lambda one: (votes[one], one))
        place = {vertex: at for at, vertex in enumerate(ring)}
        chain = self._rings[ancestor]
        offset = next(k for k, v in enumerate(chain) if self._vertices[v] in place)
        at = place[self._vertices[chain[offset]]]
        self._coder.number(self._ancestor, 0, len(self._rings) - 1 - ancestor)
        self._coder.number(self._ancestor, 1, offset)
        self._start = ring[at]
        return ring[at:] + ring[:at]

    def _step(
        self, current: int, vertex: tuple[int, int], direction: int, left: int
    ) -> tuple[int, int, int]:
        """Write one vertex; return it, the direction followed and the vertex last left at."""
        known = self._number.get(vertex, -1)
        tried = -1
        for attempt in (direction, 1 - direction, 2):
            guess = self._next[attempt][current]
            if guess < 0 or guess == tried:
                continue
            hit = guess == known
            kind = min(abs(attempt - direction), 1) + (attempt == 2)  # noqa: PLR2004 (the older follower)
            self._flagged(8 + kind * 64 + (attempt & 1) * 32, not hit)
            if hit:
                return known, (attempt if attempt < 2 else 0), -1  # noqa: PLR2004
            tried = guess if tried < 0 else tried
        if left < 0 and self._next[direction][current] >= 0:
            left = current
        return self._jump(current, vertex, known, direction, left)

    def _jump(
        self, current: int, vertex: tuple[int, int], known: int, direction: int, left: int
    ) -> tuple[int, int, int]:
        """Write a vertex that nothing foretold: a way back to the earlier ring, or a difference."""
        skipped = self._skipped(left, known, direction) if left >= 0 and known >= 0 else -1
        if left >= 0:
            self._flagged(256 + (32 if current == left else 0), skipped >= 0)
        if skipped >= 0:
            self._coder.number(self._length, direction, skipped)
            return known, direction, -1
        self._coder_difference(vertex, self._vertices[current], 1)
        if known < 0:
            known = self._add(vertex)
        return known, direction, left

    def _flagged(self, slot: int, value: bool) -> None:  # noqa: FBT001 (a decision is written)
        self._coder.bit(self._flag, slot + (self._trail & 15), int(value))
        self._trail = self._trail << 1 | int(value)

    def _skipped(self, left: int, known: int, direction: int) -> int:
        follow = self._next[direction]
        at = follow[left]
        for skipped in range(FURTHEST):
            at = follow[at]
            if at < 0:
                return -1
            if at == known:
                return skipped
        return -1

    def _coder_difference(
        self, vertex: tuple[int, int], origin: tuple[int, int], kind: int
    ) -> None:
        east, north = vertex[0] - origin[0], vertex[1] - origin[1]
        before = min(max(abs(self._seen[0]), abs(self._seen[1])).bit_length(), LENGTHS - 1)
        context = before if kind else LENGTHS * 2
        self._coder.number(self._difference, context, abs(east))
        across = min(abs(east).bit_length(), LENGTHS - 1)
        context = LENGTHS + across if kind else LENGTHS * 2 + 1
        self._coder.number(self._difference, context, abs(north))
        signs = (self._seen[0] < 0) * 2 + (self._seen[1] < 0)
        if east:
            self._coder.bit(self._sign, signs, int(east < 0))
        if north:
            self._coder.bit(self._sign, 4 + signs * 2 + (east < 0), int(north < 0))
        if kind:
            self._seen = (east, north)

    def _add(self, vertex: tuple[int, int]) -> int:
        zone = int(self._in_zone[vertex])
        self._coder.bit(self._zone, self._last_zone, zone)
        self._last_zone = zone
        self._number[vertex] = len(self._vertices)
        self._vertices.append(vertex)
        self._owner.append(-1)
        for one in self._next:
            one.append(-1)
        return len(self._vertices) - 1

    def _remember(self, ids: list[int]) -> None:
        follower, predecessor, older = self._next
        before = ids[-1]
        for one in ids:
            if follower[before] != one:
                older[before] = follower[before]
                follower[before] = one
            predecessor[one] = before
            self._owner[one] = len(self._rings)
            before = one
        self._rings.append(ids)
