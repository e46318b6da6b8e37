"""Make every derived file anew from the archive, by the rules of today."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from contested.errors import MapFileError
from contested.history.series import SeriesBuilder
from contested.jobs import holdings as entries
from contested.jobs.clock import utc_now
from contested.jobs.holdings import Holdings, snapshot_of
from contested.jobs.quarantine import try_quarantined
from contested.jobs.reading import ChildReader
from contested.jobs.series import complete_series, series_key
from contested.sources.parsers import is_read, map_parser

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from contested.jobs.reading import MapReader
    from contested.sources.parsers import MapParser
    from contested.store.book import Book
    from contested.store.ledger import Ledger


@dataclass(frozen=True, slots=True)
class RebuildReport:
    """What was made of one source.

    Attributes
    ----------
    snapshots
        Snapshots in the series.
    taken_in, left_out
        Snapshots that the rules of today read and those of before did not, and the reverse.
    file, sha256
        The derived file and the hash of its bytes: the same archive, rules and libraries give
        the same bytes. `None` where nothing is held.
    """

    source: str
    snapshots: int
    taken_in: int
    left_out: int
    file: str | None
    sha256: str | None


def rebuild(
    book: Book,
    source_name: str | None = None,
    *,
    now: Callable[[], datetime] = utc_now,
    reader: MapReader | None = None,
) -> tuple[RebuildReport, ...]:
    """Make the derived files of one source, or of all that the book holds, anew.

    Raises
    ------
    BookLockedError
        If another process is writing to the book.
    BookDamagedError
        If the archive lacks something that the ledger names.
    """
    with book.writing() as ledger:
        names = [source_name] if source_name else filter(is_read, ledger.sources())
        return tuple(_rebuild_one(book, ledger, name, reader, now) for name in names)


def _rebuild_one(
    book: Book,
    ledger: Ledger,
    source: str,
    reader: MapReader | None,
    now: Callable[[], datetime],
) -> RebuildReport:
    parser = map_parser(source)
    if reader is not None:
        return _from_archive(book, ledger, parser, reader, now)
    with ChildReader(source) as child:
        return _from_archive(book, ledger, parser, child, now)


def _from_archive(
    book: Book,
    ledger: Ledger,
    parser: MapParser,
    reader: MapReader,
    now: Callable[[], datetime],
) -> RebuildReport:
    holdings = Holdings.of(ledger, parser.SOURCE)
    builder = SeriesBuilder(parser.SOURCE, parser.CARRIES)
    left_out = _read_all(book, ledger, holdings, parser, reader, builder, now)
    taken_in = 0
    for control, _ in try_quarantined(book, ledger, holdings, parser, reader, now):
        taken_in += 1
        builder.add(control)
    series = complete_series(book, builder, holdings, reader)
    file = digest = None
    if len(series):
        path = book.derived.keep_series(series, series_key(parser, holdings.snapshots()))
        file, digest = str(path), sha256(path.read_bytes()).hexdigest()
    return RebuildReport(parser.SOURCE, len(series), taken_in, left_out, file, digest)


def _read_all(
    book: Book,
    ledger: Ledger,
    holdings: Holdings,
    parser: MapParser,
    reader: MapReader,
    builder: SeriesBuilder,
    now: Callable[[], datetime],
) -> int:
    """Read everything that is in; quarantine what the rules of today do not read. Count these."""
    left_out = 0
    for digest, entry in list(holdings.accepted.items()):
        content, file = book.archive.get(digest), str(entry.body["file"])
        try:
            builder.add(reader.read(content, file))
        except MapFileError as error:
            left_out += 1
            snapshot = snapshot_of(entry)
            draft = entries.quarantine(
                snapshot, file, len(content), parser.RECIPE, error.problem, now()
            )
            for appended in ledger.append([draft]):
                holdings.note(appended)
    return left_out
