"""What happened to a book."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contested.records import Entry
    from contested.store.book import Book


def book_log(
    book: Book, *, kind: str | None = None, source: str | None = None, last: int | None = None
) -> list[Entry]:
    """Return the entries of a book's ledger, oldest first.

    Parameters
    ----------
    kind, source
        Only entries of this kind, about this source.
    last
        Only so many of the newest; `None` means all.
    """
    kinds = () if kind is None else (kind,)
    return list(deque(book.ledger.entries(*kinds, source=source), maxlen=last))
