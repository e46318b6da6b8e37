"""A book: one folder with the ledger, the archive and the derived files.

Copy the folder and you have copied everything.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from contested.errors import BookDamagedError, BookError, BookLockedError
from contested.store.archive import Archive
from contested.store.derived import Derived
from contested.store.disk import errors_in_words, sync_folder
from contested.store.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LEDGER = "ledger.sqlite"
ARCHIVE = "archive"
DERIVED = "derived"
LOCK = "lock"


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """A book opened for reading; `writing` lets one process at a time add to it."""

    path: Path
    ledger: Ledger
    archive: Archive
    derived: Derived

    @classmethod
    def create(cls, path: Path) -> Self:
        """Make an empty book and open it.

        Raises
        ------
        BookError
            If something is there already, or the folder cannot be made.
        """
        _refuse_existing(path)
        unfinished = path.with_name(f".{path.name}.{os.getpid()}")
        with errors_in_words(path):
            try:
                unfinished.mkdir(parents=True)
                for folder in (ARCHIVE, DERIVED):
                    (unfinished / folder).mkdir()
                Ledger.create(unfinished / LEDGER)
                sync_folder(unfinished)
                unfinished.rename(path)
            except BaseException:
                shutil.rmtree(unfinished, ignore_errors=True)
                raise
            sync_folder(path.parent)
        return cls.open(path)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a book for reading.

        Raises
        ------
        BookError
            If there is no book.
        BookVersionError
            If a newer version of `contested` made it.
        BookDamagedError
            If it lacks a part.
        """
        if not path.exists():
            raise BookError(f"{path}: there is no book; make one with `contested init {path}`")
        if not (path / LEDGER).is_file():
            raise BookError(
                f"{path}: is not a book (it has no {LEDGER}); make one elsewhere with "
                "`contested init BOOK`"
            )
        if not (path / ARCHIVE).is_dir():
            raise BookDamagedError(f"{path}: the folder {ARCHIVE} is missing; restore it")
        ledger = Ledger.read(path / LEDGER)
        return cls(path, ledger, Archive(path / ARCHIVE), Derived(path / DERIVED))

    def close(self) -> None:
        """Close the ledger."""
        self.ledger.close()

    @contextmanager
    def writing(self) -> Iterator[Ledger]:
        """Hold the book's lock and yield a ledger that can be appended to.

        The lock falls with the process that holds it, however that ends.

        Raises
        ------
        BookLockedError
            If another process is writing.
        """
        with _lock(self.path):
            self.archive.clear_unfinished()
            self.derived.clear_unfinished()
            ledger = Ledger.write(self.path / LEDGER)
            try:
                yield ledger
                ledger.checkpoint()  # so that a copy of the folder is small and one file
            finally:
                ledger.close()


def _refuse_existing(path: Path) -> None:
    if (path / LEDGER).exists():
        raise BookError(f"{path}: is a book already; nothing was changed")
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise BookError(f"{path}: exists and is not an empty folder; name another one")


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    """Hold the lock of a book.

    The lock is the kernel's, on an open file: the file itself may stay behind after a kill and
    means nothing.
    """
    with errors_in_words(path, "nothing can be added to the book"):
        descriptor = os.open(path / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in {errno.EWOULDBLOCK, errno.EACCES}:
                raise BookError(f"{path}: cannot be locked here: {error.strerror}") from None
            raise BookLockedError(
                f"{path}: another process is writing to this book; run the command again when "
                "it has finished"
            ) from None
        yield
    finally:
        os.close(descriptor)
