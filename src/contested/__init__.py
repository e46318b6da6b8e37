"""Who holds what, when, and how we know.

>>> import contested
>>> book = contested.open_book("contested.book")  # doctest: +SKIP
>>> book.areas("deepstate")  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from contested.version import __version__

if TYPE_CHECKING:
    from contested.api.book import Book, open_book

__all__ = ["Book", "__version__", "open_book"]


def __getattr__(name: str) -> object:
    """Load the Python API when it is first asked for: `contested --help` must not wait for it."""
    if name in {"Book", "open_book"}:
        from contested.api import book

        return getattr(book, name)
    msg = f"module 'contested' has no attribute {name!r}"
    raise AttributeError(msg)
