"""The files that a figure came from, as the ledger names them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contested.records import EntryKind
from contested.render.sheet import InputFile

if TYPE_CHECKING:
    from contested.records import SnapshotId
    from contested.store.book import Book


def input_file(book: Book, snapshot: SnapshotId) -> InputFile:
    """Return name, day and hash of the file behind a snapshot."""
    kinds = (EntryKind.SNAPSHOT, EntryKind.SIGHTING)
    entries = book.ledger.entries(*kinds, source=snapshot.source, sha256=snapshot.sha256)
    name = next((str(entry.body["file"]) for entry in entries), "")
    return InputFile(snapshot.source, name, snapshot.as_of, snapshot.sha256)
