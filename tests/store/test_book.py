"""A book is one folder; one process at a time writes to it."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from contested.errors import BookDamagedError, BookError, BookLockedError, BookVersionError
from contested.records import Draft
from contested.store.book import Book

DRAFT = Draft("setting", datetime(2025, 1, 1, tzinfo=UTC), {"delay_hours": 48})


def test_create_makes_a_folder_that_opens(tmp_path):
    with pytest.raises(BookError, match="there is no book; make one with `contested init"):
        Book.open(tmp_path / "war.book")
    Book.create(tmp_path / "war.book").close()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["war.book"]
    names = {p.name for p in (tmp_path / "war.book").iterdir()}
    assert names >= {"ledger.sqlite", "archive", "derived"}
    assert Book.open(tmp_path / "war.book").ledger.head()[0] == 0


def test_create_takes_an_empty_folder_and_makes_parents(tmp_path):
    (tmp_path / "empty").mkdir()
    Book.create(tmp_path / "empty").close()
    Book.create(tmp_path / "new" / "war.book").close()


def test_create_overwrites_nothing(tmp_path):
    Book.create(tmp_path / "war.book").close()
    with pytest.raises(BookError, match="is a book already"):
        Book.create(tmp_path / "war.book")
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "one.jpg").touch()
    with pytest.raises(BookError, match="not an empty folder"):
        Book.create(tmp_path / "photos")
    (tmp_path / "file").touch()
    with pytest.raises(BookError, match="not an empty folder"):
        Book.create(tmp_path / "file")


def test_open_names_what_is_wrong(tmp_path):
    with pytest.raises(BookError, match="is not a book"):
        Book.open(tmp_path)
    book = tmp_path / "war.book"
    Book.create(book).close()
    shutil.rmtree(book / "archive")
    with pytest.raises(BookDamagedError, match="archive is missing"):
        Book.open(book)


def test_open_refuses_a_newer_book(tmp_path):
    Book.create(tmp_path / "war.book").close()
    with sqlite3.connect(tmp_path / "war.book" / "ledger.sqlite") as ledger:
        ledger.execute("PRAGMA user_version = 999")
    ledger.close()
    with pytest.raises(BookVersionError, match="newer version of contested"):
        Book.open(tmp_path / "war.book")


def test_two_writers_at_once(tmp_path):
    book = Book.create(tmp_path / "war.book")
    other = Book.open(tmp_path / "war.book")
    with book.writing() as ledger:
        with pytest.raises(BookLockedError, match="another process is writing"), other.writing():
            pass
        ledger.append([DRAFT])
    with other.writing() as ledger:
        assert ledger.append([DRAFT])[0].seq == 2


def test_the_lock_falls_with_its_process(tmp_path):
    book = Book.create(tmp_path / "war.book")
    script = (
        "import os, signal, sys; from pathlib import Path; from contested.store.book import Book\n"
        "with Book.open(Path(sys.argv[1])).writing(): os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(book.path)], check=False)
    assert done.returncode == -9
    with book.writing():
        pass


def test_a_copy_of_the_folder_is_a_copy_of_the_book(tmp_path):
    book = Book.create(tmp_path / "war.book")
    with book.writing() as ledger:
        ledger.append([DRAFT])
    shutil.copytree(book.path, tmp_path / "copy.book")
    assert list(Book.open(tmp_path / "copy.book").ledger.entries()) == list(book.ledger.entries())


def test_a_book_in_a_folder_without_write_permission_can_be_read(tmp_path, monkeypatch):
    """SQLite cannot make its -shm file there; as root this is simulated by a failing first try."""
    from contested.store import ledger as module

    book = Book.create(tmp_path / "war.book")
    with book.writing() as ledger:
        ledger.append([DRAFT])
    book.close()
    modes = []
    connect = module._connect

    def refuse(file, mode):
        modes.append(mode)
        if "immutable" not in mode:
            raise sqlite3.OperationalError("unable to open database file")
        return connect(file, mode)

    monkeypatch.setattr(module, "_connect", refuse)
    assert Book.open(book.path).ledger.head()[0] == 1
    assert modes == ["mode=ro", "mode=ro&immutable=1"]
