"""Fetch, ingest, rebuild: what a clock may start once a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from contested.errors import FetchError
from contested.jobs.fetch import REAL, Fetched, Network, fetch
from contested.store.incoming import Incoming

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from contested.records import Source
    from contested.store.book import Book

Counts = TypeVar("Counts")


@dataclass(frozen=True, slots=True)
class Updated(Generic[Counts]):
    """What a run of `update` did; `ingested` is `None` where no file waited."""

    fetched: Fetched
    ingested: Counts | None


def update(
    book: Book,
    source_name: str,
    *,
    accept: Callable[[Source], bool],
    ingest: Callable[[Book, str, Sequence[Path]], Counts],
    rebuild: Callable[[Book, str], object],
    network: Network = REAL,
    progress: Callable[[int, int], None] | None = None,
) -> Updated[Counts]:
    """Fetch what the publisher has, read it into the book, make the derived files anew.

    Files that wait in the book's folder `incoming`, from this run or one before it, are ingested
    and then removed. If ingesting fails they stay for the next run.

    Parameters
    ----------
    accept
        Shows the source's terms and returns whether they are accepted; asked once for a book.
    ingest, rebuild
        The jobs of these names.

    Raises
    ------
    FetchError
        If the publisher did not deliver, after what came before it was ingested.
    """
    failed: FetchError | None = None
    fetched = Fetched(source_name)
    try:
        fetched = fetch(book, source_name, accept=accept, network=network, progress=progress)
    except FetchError as error:
        failed = error
    ingested = _ingest_waiting(book, source_name, ingest, rebuild)
    if failed is not None:
        raise failed
    return Updated(fetched, ingested)


def _ingest_waiting(
    book: Book,
    source_name: str,
    ingest: Callable[[Book, str, Sequence[Path]], Counts],
    rebuild: Callable[[Book, str], object],
) -> Counts | None:
    incoming = Incoming(book.path, source_name)
    waiting = incoming.files()
    if not waiting:
        return None
    counts = ingest(book, source_name, waiting)
    incoming.remove(waiting)
    rebuild(book, source_name)
    return counts
