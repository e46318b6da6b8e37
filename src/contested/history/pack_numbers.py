"""Numbers of a pack: small ones as bytes, signed ones as size class and bits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

_GROUPS = 9
"""Groups of seven bits that a number may have: 63 bits."""


def pack_counts(values: ArrayLike) -> bytes:
    """Return non-negative integers as LEB128: seven bits a byte, lowest first."""
    left = np.asarray(values, dtype=np.int64)
    groups = np.zeros((len(left), _GROUPS), dtype=np.uint8)
    used = np.zeros((len(left), _GROUPS), dtype=bool)
    for k in range(_GROUPS):
        used[:, k] = left > 0 if k else True
        groups[:, k] = left & 127
        left = left >> 7
    more = np.zeros_like(used)
    more[:, :-1] = used[:, 1:]
    return bytes((groups | (more.astype(np.uint8) << 7))[used])


def unpack_counts(packed: bytes, count: int) -> NDArray[np.int64]:
    """Return the integers that `pack_counts` wrote.

    Raises
    ------
    ValueError
        If they are not so many.
    """
    raw = np.frombuffer(packed, dtype=np.uint8)
    ends = np.flatnonzero(raw < 128)  # noqa: PLR2004 (the high bit says that more follows)
    if len(ends) != count or (len(raw) and raw[-1] >= 128):  # noqa: PLR2004
        raise ValueError(f"{len(ends)} numbers where {count} should be")
    if not count:
        return np.zeros(0, dtype=np.int64)
    starts = np.concatenate([[0], ends[:-1] + 1])
    place = np.arange(len(raw)) - np.repeat(starts, ends - starts + 1)
    if place.max() >= _GROUPS:
        raise ValueError("a number of more than 63 bits")
    return np.add.reduceat((raw & 127).astype(np.int64) << (7 * place), starts)


def pack_signed(values: NDArray[np.int32]) -> tuple[bytes, bytes]:
    """Return the bit lengths of signed integers, and their signs and lower bits as one bit row.

    The leading one is not written: a number of length n takes n bits, zero takes none.
    """
    magnitude = np.abs(values.astype(np.int64))
    classes = _bit_length(magnitude)
    rest = magnitude - np.where(classes > 0, 1 << np.maximum(classes - 1, 0), 0)
    codes = (rest << 1) | (values < 0)
    bits = (codes[:, None] >> np.arange(32)) & 1
    written = bits[np.arange(32) < classes[:, None]]
    return classes.astype(np.uint8).tobytes(), np.packbits(written.astype(np.uint8)).tobytes()


def unpack_signed(classes: bytes, bits: bytes, count: int) -> NDArray[np.int32]:
    """Return the integers that `pack_signed` wrote.

    Raises
    ------
    ValueError
        If they are not so many.
    """
    lengths = np.frombuffer(classes, dtype=np.uint8).astype(np.int64)
    row = np.unpackbits(np.frombuffer(bits, dtype=np.uint8))
    total = int(lengths.sum())
    if len(lengths) != count or not 0 <= len(row) - total < 8:  # noqa: PLR2004 (a byte's filling)
        raise ValueError("coordinates are missing")
    mask = np.arange(32) < lengths[:, None]
    spread = np.zeros(mask.shape, dtype=np.int64)
    spread[mask] = row[:total]
    codes = (spread << np.arange(32)).sum(axis=1)
    magnitude = (codes >> 1) + np.where(lengths > 0, 1 << np.maximum(lengths - 1, 0), 0)
    signed: NDArray[np.int32] = np.where(codes & 1, -magnitude, magnitude).astype(np.int32)
    return signed


def _bit_length(values: NDArray[np.int64]) -> NDArray[np.int64]:
    lengths = np.zeros(len(values), dtype=np.int64)
    for bit in range(32):
        lengths += values >> bit > 0
    return lengths


def pack_bits(values: NDArray[np.int8]) -> bytes:
    """Return zeros and ones, eight a byte."""
    return np.packbits(values.astype(np.uint8)).tobytes()


def unpack_bits(packed: bytes, count: int) -> NDArray[np.int8]:
    """Return the zeros and ones that `pack_bits` wrote.

    Raises
    ------
    ValueError
        If they are not so many.
    """
    row = np.unpackbits(np.frombuffer(packed, dtype=np.uint8))
    if not 0 <= len(row) - count < 8:  # noqa: PLR2004 (a byte's filling)
        raise ValueError("marks are missing")
    return row[:count].astype(np.int8)
