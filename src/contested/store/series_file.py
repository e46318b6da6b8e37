"""A series as one file: NumPy's `.npz` of plain arrays inside a zstd frame.

The same series gives the same bytes, so that a rebuild can be compared with ``cmp``. Without us
it can be read as ``np.load(io.BytesIO(zstd_decompressed))``; nothing in it is pickled.
"""

from __future__ import annotations

import json
import zipfile
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
import zstandard

from contested.errors import BookDamagedError
from contested.history.series import ControlSeries
from contested.history.shapes import ShapeTable, from_named_arrays, named_arrays
from contested.records import SnapshotId, Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

FORMAT = "series-file/1"
"""Version of this layout; part of every derived key."""

LEVEL = 9
LARGEST_BYTES = 1 << 32
_COLUMNS = ("offsets", "shape_of", "status_of", "word_of")


def pack_series(series: ControlSeries, key: str) -> bytes:
    """Return a series as the bytes of a file.

    Parameters
    ----------
    key
        Hash of what the series was made from; `packed_key` gives it back.
    """
    head = {
        "format": FORMAT,
        "key": key,
        "source": series.source,
        "carries": sorted(series.carries),
        "words": list(series.words),
        "snapshots": [
            [s.sha256, s.as_of.isoformat(), s.published.isoformat()] for s in series.snapshots
        ],
    }
    text = json.dumps(head, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    arrays: dict[str, NDArray[Any]] = {"head": np.frombuffer(text, dtype=np.uint8)}
    arrays |= {column: getattr(series, column) for column in _COLUMNS}
    arrays |= named_arrays(ShapeTable.of(series.shapes).arrays)
    archive = BytesIO()
    np.savez(archive, allow_pickle=False, **arrays)
    return _compressor(archive.getbuffer().nbytes).compress(archive.getbuffer())


def _compressor(size: int) -> zstandard.ZstdCompressor:
    """Return a compressor whose window spans the whole file: old rings come back years later."""
    parameters = zstandard.ZstdCompressionParameters.from_level(
        LEVEL, source_size=size, window_log=27, write_checksum=True
    )
    return zstandard.ZstdCompressor(compression_params=parameters)


def unpack_series(packed: bytes) -> tuple[ControlSeries, str]:
    """Return the series in a file's bytes, and the key it was packed with.

    Raises
    ------
    BookDamagedError
        If the bytes are not such a file.
    """
    try:
        plain = zstandard.ZstdDecompressor().decompress(packed, max_output_size=LARGEST_BYTES)
        with np.load(BytesIO(plain), allow_pickle=False) as arrays:
            named = {name: arrays[name] for name in arrays.files}
        head = json.loads(named["head"].tobytes())
        return _series(head, named), str(head["key"])
    except (zstandard.ZstdError, zipfile.BadZipFile, ValueError, KeyError, TypeError) as error:
        raise BookDamagedError(f"a derived series cannot be read: {error}") from None


def _series(head: Mapping[str, Any], named: Mapping[str, NDArray[Any]]) -> ControlSeries:
    if head["format"] != FORMAT:
        raise ValueError(f"its format is {head['format']}")
    return ControlSeries(
        source=head["source"],
        carries=frozenset(Status(word) for word in head["carries"]),
        snapshots=tuple(
            SnapshotId(
                head["source"], digest, date.fromisoformat(as_of), datetime.fromisoformat(published)
            )
            for digest, as_of, published in head["snapshots"]
        ),
        shapes=ShapeTable(from_named_arrays(named)),
        words=tuple(head["words"]),
        offsets=named["offsets"],
        shape_of=named["shape_of"],
        status_of=named["status_of"],
        word_of=named["word_of"],
    )
