"""Asking a source's terms with what the book knows: permits held, the clock, the delay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contested.jobs.ingest import utc_now
from contested.jobs.permit import held_permits
from contested.rights import DEFAULT_DELAY_HOURS, may

if TYPE_CHECKING:
    from datetime import date

    from contested.records import Source, Use
    from contested.store.book import Book


def ask_terms(
    book: Book, one: Source, use: Use, *, as_of: date, delay_hours: int = DEFAULT_DELAY_HOURS
) -> None:
    """Return if this use of a source is allowed to the book's owner.

    Raises
    ------
    RightsError
        If the terms, or the delay, forbid it; names the term and whom to ask.
    """
    permits = held_permits(book.ledger)
    may(one, use, permits=permits, on=utc_now(), as_of=as_of, delay_hours=delay_hours)
