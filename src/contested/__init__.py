"""Who holds what, when, and how we know.

>>> import contested
>>> book = contested.open_book("contested.book")  # doctest: +SKIP
>>> book.areas("deepstate")  # doctest: +SKIP
>>> contested.read_pack("war.pack").areas()  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from contested.version import __version__

if TYPE_CHECKING:
    from contested.api.book import Book, open_book
    from contested.api.pack import Pack, read_pack

__all__ = ["Book", "Pack", "__version__", "open_book", "read_pack"]


def __getattr__(name: str) -> object:
    """Load the Python API when it is first asked for: `contested --help` must not wait for it."""
    if name in {"Book", "open_book"}:
        from contested.api import book

        return getattr(book, name)
    if name in {"Pack", "read_pack"}:
        from contested.api import pack

        return getattr(pack, name)
    msg = f"module 'contested' has no attribute {name!r}"
    raise AttributeError(msg)
