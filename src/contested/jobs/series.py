"""A source's series: from the derived file where it fits the ledger, from the archive otherwise."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from contested.errors import BookDamagedError, BookError, MapFileError
from contested.history.series import RECIPE, SeriesBuilder
from contested.jobs.holdings import Holdings, snapshot_of
from contested.jobs.reading import ChildReader
from contested.sources.parsers import map_parser
from contested.store.ledger import canonical_json
from contested.store.series_file import FORMAT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contested.history.series import ControlSeries
    from contested.jobs.reading import MapReader
    from contested.records import ControlMap, Entry, SnapshotId
    from contested.sources.parsers import MapParser
    from contested.store.book import Book

_RECENT: Final[dict[str, tuple[ControlSeries, str]]] = {}
"""The last series of every source: one question often asks for it twice. It is never changed."""


def load_series(book: Book, source: str) -> ControlSeries:
    """Return every snapshot of a source that the ledger takes for good.

    Where the derived file does not fit the ledger, only what it lacks is read from the archive,
    and the file is swapped (if the book can be written to).

    Raises
    ------
    UsageError
        If no map files of that name can be read.
    BookDamagedError
        If the archive lacks something that the ledger names.
    BookError
        If bytes that were taken in are not understood any more: ``contested rebuild`` helps.
    """
    parser = map_parser(source)
    holdings = Holdings.of(book.ledger, source)
    key = series_key(parser, holdings.snapshots())
    recent = _RECENT.get(source)
    if recent is not None and recent[1] == key:
        return recent[0]
    held = book.derived.series(source)
    if held is not None and held[1] == key:
        _RECENT[source] = held
        return held[0]
    with ChildReader(source) as reader:
        series = complete_series(book, extendable(held, parser), holdings, reader)
    if len(series):
        with suppress(BookError):  # a derived file is a convenience
            book.derived.keep_series(series, key)
    return series


def series_key(parser: MapParser, snapshots: Sequence[SnapshotId]) -> str:
    """Return the key of a series: versions of everything that makes it, hash of its inputs."""
    inputs = sorted([s.sha256, s.as_of.isoformat(), s.published.isoformat()] for s in snapshots)
    return f"{_recipe(parser)}:{sha256(canonical_json(inputs).encode()).hexdigest()}"


def held_key(series: ControlSeries) -> str:
    """Return the key of a series that was loaded."""
    return series_key(map_parser(series.source), series.snapshots)


def _recipe(parser: MapParser) -> str:
    return f"{parser.RECIPE}+{RECIPE}+{FORMAT}"


def extendable(held: tuple[ControlSeries, str] | None, parser: MapParser) -> SeriesBuilder:
    """Return a builder that starts from a derived series, if the same recipe made it."""
    if held is not None and held[1].rpartition(":")[0] == _recipe(parser):
        return SeriesBuilder.of(held[0])
    return SeriesBuilder(parser.SOURCE, parser.CARRIES)


def complete_series(
    book: Book, builder: SeriesBuilder, holdings: Holdings, reader: MapReader
) -> ControlSeries:
    """Return the series of everything held; what the builder lacks is read from the archive.

    Raises
    ------
    BookError
        If bytes that were taken in are not understood any more.
    """
    builder.keep_only(holdings.snapshots())
    for entry in holdings.members():
        snapshot = snapshot_of(entry)
        if snapshot not in builder and not builder.repeat(snapshot):
            builder.add(_read_again(book, entry, reader))
    return builder.build()


def _read_again(book: Book, entry: Entry, reader: MapReader) -> ControlMap:
    file = str(entry.body["file"])
    try:
        return reader.read(book.archive.get(str(entry.sha256)), file)
    except MapFileError as error:
        raise BookError(
            f"{book.path}, entry {entry.seq}: the rules of today do not read what was taken in "
            f"({error}); run `contested rebuild`"
        ) from None
    except BookDamagedError as error:
        raise BookDamagedError(f"{book.path}, entry {entry.seq} ({file}): {error}") from None
