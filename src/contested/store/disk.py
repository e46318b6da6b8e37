"""Writing files so that they are there whole, or not at all."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager, suppress
from itertools import count
from typing import TYPE_CHECKING

from contested.errors import BookError, BookFullError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

UNFINISHED = ".unfinished-"
"""Prefix of files that were still being written; after a kill they may be thrown away."""

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_counter = count()


def write_whole(file: Path, content: bytes) -> None:
    """Write a file under a temporary name, then give it its name; both are on the disk after.

    Raises
    ------
    BookFullError
        If the disk has no room; no trace is left.
    BookError
        If the folder cannot be written to.
    """
    unfinished = file.with_name(f"{UNFINISHED}{os.getpid()}-{next(_counter)}-{file.name}")
    with errors_in_words(file):
        try:
            _write_synced(unfinished, content)
            unfinished.replace(file)
        except OSError:
            with suppress(OSError):
                unfinished.unlink()
            raise
        sync_folder(file.parent)


def _write_synced(file: Path, content: bytes) -> None:
    with file.open("xb", buffering=0) as out:
        rest = memoryview(content)
        while rest:
            rest = rest[out.write(rest) :]
        os.fsync(out.fileno())


def sync_folder(folder: Path) -> None:
    """Make sure that the names in a folder are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def errors_in_words(file: Path, what: str = "") -> Iterator[None]:
    """Turn the operating system's errors about a file of the book into ours.

    Parameters
    ----------
    what
        What that means for whoever asked.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise BookFullError(
                f"{file}: no room left on the disk; nothing more was recorded, free some space "
                "and run the command again"
            ) from None
        means = f"{what}: " if what else ""
        raise BookError(f"{file}: {means}{error.strerror or error}") from None
