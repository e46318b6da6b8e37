"""Where the real series lie; tests that need them skip, saying so, where they are absent."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if SHARED.is_dir():
        return
    skip = pytest.mark.skip(reason="../shared is absent: the real series are not here")
    for item in items:
        if item.get_closest_marker("real"):
            item.add_marker(skip)


@pytest.fixture(scope="session")
def full_series():
    from contested.history.series import SeriesBuilder
    from contested.sources.deepstate.parse import Memo, parse
    from contested.sources.deepstate.rules import CARRIES

    builder, memo = SeriesBuilder("deepstate", CARRIES), Memo()
    for name, content in members(FULL):
        builder.add(parse(content, name, memo))
    return builder.build()


@pytest.fixture(scope="session")
def daily_series():
    from contested.history.series import SeriesBuilder
    from contested.sources.deepstate_daily.parse import CARRIES, parse

    builder, memo = SeriesBuilder("deepstate_daily", CARRIES), {}
    for name, content in members(DAILY):
        builder.add(parse(content, name, memo))
    return builder.build()
