"""Fetched files that wait to be ingested, and what is known of the last time they were asked for.

All of it may be deleted at any time: that costs requests, never knowledge.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime  # noqa: TC003 (msgspec reads annotations at run time)
from typing import TYPE_CHECKING

import msgspec

from contested.store.disk import UNFINISHED, errors_in_words, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

INCOMING = "incoming"


@dataclass(frozen=True, slots=True)
class FetchState:
    """What is remembered of a publisher between runs.

    Attributes
    ----------
    asked_at
        When the last run began, UTC.
    etags
        File name to the tag of the bytes fetched.
    absent
        Days that had no file, for so long that none is expected any more.
    """

    asked_at: datetime | None = None
    etags: dict[str, str] = field(default_factory=dict)
    absent: frozenset[date] = frozenset()


class Incoming:
    """The folder of a book for files of one source that were fetched and not yet ingested."""

    def __init__(self, book_path: Path, source: str) -> None:
        self.folder = book_path / INCOMING / source
        self._state_file = book_path / INCOMING / f"{source}.json"

    def keep(self, name: str, content: bytes) -> Path:
        """Write a file, whole or not at all, and return where it is.

        Raises
        ------
        BookError
            If the folder cannot be written to, or the disk is full.
        """
        with errors_in_words(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
        file = self.folder / name
        write_whole(file, content)
        return file

    def files(self) -> list[Path]:
        """Return the files that wait, by name, without those a kill left half-written."""
        if not self.folder.is_dir():
            return []
        return sorted(one for one in self.folder.iterdir() if not one.name.startswith(UNFINISHED))

    def remove(self, files: Iterable[Path]) -> None:
        """Remove files that were ingested, and what a killed run left half-written."""
        with errors_in_words(self.folder):
            for file in (*files, *self.folder.glob(f"{UNFINISHED}*")):
                file.unlink(missing_ok=True)

    def state(self) -> FetchState:
        """Return what is remembered; a file that cannot be read counts as nothing remembered."""
        try:
            return msgspec.json.decode(self._state_file.read_bytes(), type=FetchState)
        except (OSError, msgspec.DecodeError):
            return FetchState()

    def forget(self, names: Iterable[str]) -> None:
        """Forget the tags of files, so that they are asked for anew."""
        state, gone = self.state(), set(names)
        kept = {name: etag for name, etag in state.etags.items() if name not in gone}
        self.remember(replace(state, etags=kept))

    def remember(self, state: FetchState) -> None:
        """Replace what is remembered."""
        with errors_in_words(self._state_file):
            self._state_file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(self._state_file, msgspec.json.encode(state))
