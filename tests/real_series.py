"""Where the real series lie, and how a test reads them in place."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING

import zstandard

if TYPE_CHECKING:
    from collections.abc import Iterator

SHARED = Path(__file__).parent.parent.parent / "shared"
FULL = SHARED / "data/deepstate/full-2022-04-03--2025-08-03.tar.zst"
DAILY = SHARED / "data/deepstate/daily-2024-07-08--2025-11-30.tar.zst"


def members(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of every file in a `.tar.zst`."""
    with (
        path.open("rb") as raw,
        zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(raw) as stream,
        tarfile.open(fileobj=io.BufferedReader(stream), mode="r|") as tar,
    ):
        for member in tar:
            if member.isfile():
                file = tar.extractfile(member)
                assert file is not None
                yield member.name, file.read()
