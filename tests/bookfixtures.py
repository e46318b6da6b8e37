"""Books to put map files into, and a reader with small caps."""

from __future__ import annotations

import pytest

from contested.jobs.limits import MIB, Limits
from contested.jobs.reading import ChildReader
from contested.store.book import Book


@pytest.fixture
def book(tmp_path):
    book = Book.create(tmp_path / "war.book")
    yield book
    book.close()


@pytest.fixture(scope="session")
def reader():
    """One child for many tests; caps small enough to be met within a second or two."""
    limits = Limits(file_bytes=24 * MIB, memory_bytes=640 * MIB, cpu_seconds=2)
    with ChildReader("deepstate", limits) as child:
        yield child


def state_of(book: Book) -> tuple:
    """Everything of a book that a refused file must not change."""
    return book.ledger.head(), list(book.archive.names()), book.archive.unfinished()


@pytest.fixture
def state():
    return state_of
