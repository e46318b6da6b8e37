"""Fetch and ingest in one go: what a clock may start once a day."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from contested.errors import FetchError
from contested.jobs.fetch import REAL, Fetched, Network, fetch
from contested.jobs.ingest import ingest
from contested.store.incoming import Incoming

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from contested.jobs.ingest import IngestReport
    from contested.jobs.reading import MapReader
    from contested.records import Source
    from contested.store.book import Book


@dataclass(frozen=True, slots=True)
class Updated:
    """What a run of `update` did; `ingested` is `None` where no file waited."""

    fetched: Fetched
    ingested: IngestReport | None


def update(
    book: Book,
    source_name: str,
    *,
    accept: Callable[[Source], bool],
    first: date | None = None,
    network: Network = REAL,
    progress: Callable[[int, int], None] | None = None,
    reader: MapReader | None = None,
) -> Updated:
    """Fetch what the publisher has, read it into the book, bring the derived files up to date.

    Files that wait in the book's folder `incoming`, from this run or one before it, are ingested
    and then removed; `ingest` makes the derived files of what is new. If it fails as a whole (a
    full disk, another writer) they stay for the next run. A file that cannot be read is removed
    too and asked for anew.

    Parameters
    ----------
    accept
        Shows the source's terms and returns whether they are accepted; asked once for a book.
    first
        First day of files to ask for; the publisher's first unless given.
    reader
        Reads foreign bytes; by default a child process under caps.

    Raises
    ------
    FetchError
        If the publisher did not deliver, after what came before it was ingested.
    """
    failed: FetchError | None = None
    fetched = Fetched(source_name)
    try:
        fetched = fetch(
            book, source_name, accept=accept, first=first, network=network, progress=progress
        )
    except FetchError as error:
        failed = error
    ingested = _ingest_waiting(book, source_name, network, reader)
    if failed is not None:
        raise failed
    return Updated(fetched, ingested)


def _ingest_waiting(
    book: Book, source_name: str, network: Network, reader: MapReader | None
) -> IngestReport | None:
    incoming = Incoming(book.path, source_name)
    waiting = incoming.files()
    if not waiting:
        return None
    report = ingest(book, source_name, waiting, now=network.now, reader=reader)
    if report.failed:
        incoming.forget(Path(refused.file).name for refused in report.failed)
    incoming.remove(waiting)
    return report
