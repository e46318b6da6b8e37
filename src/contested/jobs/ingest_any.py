"""Ingest for whichever kind of source: maps of areas or files of points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contested.jobs.clock import utc_now
from contested.jobs.ingest import ingest
from contested.jobs.permit import ask
from contested.jobs.points import ingest_points
from contested.records import Use
from contested.sources.registry import source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from contested.jobs.ingest import FileDone, IngestReport
    from contested.store.book import Book


def ingest_any(
    book: Book,
    source_name: str,
    paths: Iterable[str | Path],
    *,
    progress: Callable[[FileDone], None] | None = None,
) -> IngestReport:
    """Read files of a source into a book; the source's kind says how.

    Raises
    ------
    UsageError
        If there is no such source; the known names are listed.
    RightsError
        If its terms do not allow keeping its files.
    """
    known = source(source_name)
    ask(book, known, Use.STORE, as_of=utc_now().date())
    if known.kind == "points":
        return ingest_points(book, paths, progress=progress)
    return ingest(book, source_name, paths, progress=progress)
