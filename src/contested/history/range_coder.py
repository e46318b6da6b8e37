"""An adaptive binary range coder: numbers to bytes, close to their entropy.

The carry-less range coder of LZMA (Martin 1979; Pavlov's implementation), with the mean of a
fast and a slow adaptive probability for every context. The web client decodes the same stream;
both sides must do the same integer arithmetic, so nothing here may be tuned on one side only.
"""

from __future__ import annotations

_TOP = 1 << 24
_MASK = 0xFFFFFFFF
_HALF = 1 << 15
_CARRY_AHEAD = 0xFF000000
_FAST, _SLOW = 4, 7
BIT_LENGTHS = 64
"""A context of `RangeEncoder.number` takes this many slots for the bit length ..."""
SLOTS = BIT_LENGTHS + 33 * 4
"""... and these in all: two leading bits below the first one are modelled for each length."""


class Model:
    """Adaptive probabilities of a zero, `size` contexts, all one half at first."""

    __slots__ = ("fast", "slow")

    def __init__(self, size: int) -> None:
        self.fast = [_HALF] * size
        self.slow = [_HALF] * size


class RangeEncoder:
    """Writes binary decisions and numbers into one stream of bytes."""

    def __init__(self) -> None:
        self._low = 0
        self._range = _MASK
        self._cache = 0
        self._pending = 1
        self._out = bytearray()

    def bit(self, model: Model, slot: int, value: int) -> None:
        """Write one decision in a context, and let the context learn from it."""
        fast, slow = model.fast[slot], model.slow[slot]
        bound = (self._range >> 16) * ((fast + slow) >> 1)
        if value:
            self._low += bound
            self._range -= bound
            model.fast[slot] = fast - (fast >> _FAST)
            model.slow[slot] = slow - (slow >> _SLOW)
        else:
            self._range = bound
            model.fast[slot] = fast + ((65535 - fast) >> _FAST)
            model.slow[slot] = slow + ((65535 - slow) >> _SLOW)
        while self._range < _TOP:
            self._range = (self._range << 8) & _MASK
            self._shift()

    def raw(self, value: int, bits: int) -> None:
        """Write the low `bits` (at most 16) of a number without a model."""
        self._range >>= bits
        self._low += value * self._range
        while self._range < _TOP:
            self._range = (self._range << 8) & _MASK
            self._shift()

    def number(self, model: Model, context: int, value: int) -> None:
        """Write a number from 0 to 2**32 - 2: its length and two bits modelled, the rest raw."""
        base = context * SLOTS
        value += 1
        length = value.bit_length() - 1
        node = 1
        for shift in (4, 3, 2, 1, 0):
            one = length >> shift & 1
            self.bit(model, base + node, one)
            node = node * 2 + one
        rest = length
        slot = base + BIT_LENGTHS + length * 4
        for _ in range(min(2, length)):
            rest -= 1
            one = value >> rest & 1
            self.bit(model, slot, one)
            slot += 1 + one
        while rest > 0:
            step = min(rest, 16)
            rest -= step
            self.raw(value >> rest & ((1 << step) - 1), step)

    def finish(self) -> bytes:
        """Return every byte written; the encoder cannot be used after that."""
        for _ in range(5):
            self._shift()
        return bytes(self._out[1:])

    def _shift(self) -> None:
        if self._low < _CARRY_AHEAD or self._low > _MASK:
            carry = self._low >> 32
            self._out.append(self._cache + carry & 0xFF)
            self._out += bytes([0xFF + carry & 0xFF]) * (self._pending - 1)
            self._cache = self._low >> 24 & 0xFF
            self._pending = 0
        self._pending += 1
        self._low = (self._low << 8) & _MASK
