"""The file of the areas of all maps of a source: a key, then integers, under one hash."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np
import zstandard

from contested.errors import BookDamagedError
from contested.records import PARTITION_ORDER

if TYPE_CHECKING:
    from numpy.typing import NDArray

COLUMNS = len(PARTITION_ORDER) + 1
LARGEST_BYTES = 1 << 28
_DIGEST = 32


def pack_areas(areas: NDArray[np.int64], key: str) -> bytes:
    """Return areas in square centimetres, shape (n, 7), as the bytes of a file."""
    plain = key.encode() + b"\n" + np.ascontiguousarray(areas, dtype="<i8").tobytes()
    return zstandard.ZstdCompressor(level=9).compress(sha256(plain).digest() + plain)


def unpack_areas(packed: bytes, key: str, snapshots: int) -> NDArray[np.int64] | None:
    """Return the areas in a file's bytes; `None` if they were measured on something else.

    Raises
    ------
    BookDamagedError
        If the bytes are not what was written.
    """
    try:
        whole = zstandard.ZstdDecompressor().decompress(packed, max_output_size=LARGEST_BYTES)
    except zstandard.ZstdError as error:
        raise BookDamagedError(f"kept areas cannot be read: {error}") from None
    digest, plain = whole[:_DIGEST], whole[_DIGEST:]
    if sha256(plain).digest() != digest:
        raise BookDamagedError("kept areas do not have the hash that was written with them")
    held, _, numbers = plain.partition(b"\n")
    if held.decode(errors="replace") != key or len(numbers) != snapshots * COLUMNS * 8:
        return None
    return np.frombuffer(numbers, dtype="<i8").astype(np.int64).reshape(snapshots, COLUMNS)
