"""Reads a web pack back, written from docs/reference/web-pack.md and not from the packer.

The third implementation beside the packer and the browser's: where all agree, the page says what
the document says.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from typing import Any

SLOTS = 64 + 33 * 4


class Decoder:
    def __init__(self, content: bytes) -> None:
        self._bytes, self._at = content, 4
        self._code, self._range = int.from_bytes(content[:4], "big"), 0xFFFFFFFF
        self._odds: dict[tuple[str, int], list[int]] = {}

    def bit(self, model: str, slot: int) -> int:
        odds = self._odds.setdefault((model, slot), [32768, 32768])
        bound = (self._range >> 16) * ((odds[0] + odds[1]) >> 1)
        if self._code >= bound:
            self._code -= bound
            self._range -= bound
            odds[:] = [odds[0] - (odds[0] >> 4), odds[1] - (odds[1] >> 7)]
            value = 1
        else:
            self._range = bound
            odds[:] = [odds[0] + ((65535 - odds[0]) >> 4), odds[1] + ((65535 - odds[1]) >> 7)]
            value = 0
        self._refill()
        return value

    def number(self, model: str, context: int) -> int:
        base, node = context * SLOTS, 1
        for _ in range(5):
            node = node * 2 + self.bit(model, base + node)
        length, value = node - 32, 1
        rest, slot = length, base + 64 + (node - 32) * 4
        for _ in range(min(2, length)):
            one = self.bit(model, slot)
            slot, value, rest = slot + 1 + one, value * 2 + one, rest - 1
        while rest > 0:
            step = min(rest, 16)
            self._range >>= step
            part = self._code // self._range
            self._code -= part * self._range
            self._refill()
            value, rest = (value << step) + part, rest - step
        return value - 1

    def _refill(self) -> None:
        while self._range < 1 << 24:
            self._range = self._range << 8 & 0xFFFFFFFF
            byte = self._bytes[self._at] if self._at < len(self._bytes) else 0
            self._code, self._at = (self._code << 8 | byte) & 0xFFFFFFFF, self._at + 1


@dataclass(frozen=True)
class Unpacked:
    facts: dict[str, Any]
    runs: list[tuple[tuple[tuple[tuple[int, int], ...], ...], int, int, tuple]]
    zone: dict[tuple[int, int], int]


def unpack(pack: bytes) -> Unpacked:
    assert pack[:4] == b"CTWP"
    assert int.from_bytes(pack[4:8], "little") == 2
    assert int.from_bytes(pack[8:12], "little") == zlib.crc32(pack[12:])
    end = 16 + int.from_bytes(pack[12:16], "little")
    facts = json.loads(zlib.decompress(pack[16:end]))
    coder = Decoder(pack[end + 4 :])
    rings = _Rings(coder)
    runs, first = [], 0
    for _ in range(facts["runs"]):
        status, word = coder.number("run", 0), coder.number("run", 1)
        polygon = []
        for _ in range(coder.number("run", 2) + 1):
            if coder.bit("run", 3 * SLOTS):
                polygon.append(len(rings.rings) - 1 - coder.number("run", 4))
            else:
                polygon.append(rings.read())
        first += coder.number("run", 5)
        spans, at = [], first
        for number in range(coder.number("run", 6) + 1):
            begin = at + 1 + coder.number("run", 7) if number else first
            at = begin + 1 + coder.number("run", 8 + min(status, 3))
            spans.append((begin, at))
        vertices = tuple(tuple(rings.vertices[v] for v in rings.rings[r]) for r in polygon)
        runs.append((vertices, status, word, tuple(spans)))
    return Unpacked(facts, runs, dict(zip(rings.vertices, rings.zone, strict=True)))


class _Rings:
    def __init__(self, coder: Decoder) -> None:
        self.coder, self.vertices, self.zone = coder, [], []
        self.rings: list[list[int]] = []
        self._number: dict[tuple[int, int], int] = {}
        self._next: list[dict[int, int]] = [{}, {}, {}]
        self._start, self._seen, self._last_zone, self._trail = (0, 0), (0, 0), 0, 0

    def read(self) -> int:
        current = first = self._begin()
        ids, direction, left, self._trail = [first], 0, -1, 0
        while True:
            found = self._followed(current, direction)
            if found is not None:
                current, direction, left = found
            else:
                if left < 0 and current in self._next[direction]:
                    left = current
                if left >= 0 and self._flag(256 + (32 if current == left else 0)):
                    follow = self._next[direction]
                    skipped, current = self.coder.number("length", direction), follow[left]
                    for _ in range(skipped + 1):
                        current = follow[current]
                    left = -1
                else:
                    current = self._vertex(self.vertices[current], new_ring=False)
            if current == first and self.coder.bit("end", 0):
                break
            ids.append(current)
        return self._remember(ids)

    def _followed(self, current: int, direction: int) -> tuple[int, int, int] | None:
        tried = -1
        for attempt in (direction, 1 - direction, 2):
            guess = self._next[attempt].get(current, -1)
            if guess < 0 or guess == tried:
                continue
            kind = 2 if attempt == 2 else int(attempt != direction)
            if not self._flag(8 + kind * 64 + (attempt & 1) * 32):
                return guess, (attempt if attempt < 2 else 0), -1
            tried = guess if tried < 0 else tried
        return None

    def _flag(self, slot: int) -> int:
        value = self.coder.bit("flag", slot + (self._trail & 15))
        self._trail = self._trail << 1 | value
        return value

    def _begin(self) -> int:
        if self.coder.bit("flag", 0):
            back, offset = self.coder.number("ancestor", 0), self.coder.number("ancestor", 1)
            found = self.rings[len(self.rings) - 1 - back][offset]
        else:
            found = self._vertex(self._start, new_ring=True)
        self._start = self.vertices[found]
        return found

    def _vertex(self, origin: tuple[int, int], *, new_ring: bool) -> int:
        size = min(max(map(abs, self._seen)).bit_length(), 23)
        east = self.coder.number("difference", 48 if new_ring else size)
        across = 49 if new_ring else 24 + min(east.bit_length(), 23)
        north = self.coder.number("difference", across)
        signs = (self._seen[0] < 0) * 2 + (self._seen[1] < 0)
        if east and self.coder.bit("sign", signs):
            east = -east
        if north and self.coder.bit("sign", 4 + signs * 2 + (east < 0)):
            north = -north
        if not new_ring:
            self._seen = (east, north)
        return self._add((origin[0] + east, origin[1] + north))

    def _add(self, vertex: tuple[int, int]) -> int:
        if vertex not in self._number:
            self._last_zone = self.coder.bit("zone", self._last_zone)
            self.zone.append(self._last_zone)
            self._number[vertex] = len(self.vertices)
            self.vertices.append(vertex)
        return self._number[vertex]

    def _remember(self, ids: list[int]) -> int:
        follower, predecessor, older = self._next
        before = ids[-1]
        for one in ids:
            if follower.get(before, -1) != one:
                older[before] = follower.get(before, -1)
                follower[before] = one
            predecessor[one] = before
            before = one
        self.rings.append(ids)
        return len(self.rings) - 1
