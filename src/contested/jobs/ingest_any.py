"""Ingest for whichever kind of source: maps of areas or files of points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contested.jobs.ingest import ingest
from contested.jobs.points import ingest_points
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
    """
    if source(source_name).kind == "points":
        return ingest_points(book, paths, progress=progress)
    return ingest(book, source_name, paths, progress=progress)
