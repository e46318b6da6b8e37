"""Which days a book's source covers; needs no engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contested.history.calendar import MapCalendar
from contested.jobs.engines import area_source
from contested.jobs.series import load_series

if TYPE_CHECKING:
    from contested.history.calendar import Coverage
    from contested.store.book import Book


def coverage(book: Book, source_name: str | None) -> Coverage:
    """Return first and last day, counts and the days without a map."""
    chosen = area_source(book, source_name)
    return MapCalendar(chosen.name, load_series(book, chosen.name).snapshots).coverage()
