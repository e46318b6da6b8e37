"""Check every hash of a book."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from contested.errors import BookDamagedError
from contested.records import EntryKind
from contested.records.entry import HASH_OF_BODY
from contested.store.ledger import canonical_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from contested.records import Entry
    from contested.store.book import Book


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """A book in which everything holds.

    Attributes
    ----------
    entries, snapshots, sightings, quarantined
        Counts of the ledger's entries, in all and of three kinds.
    blobs
        Blobs of the archive that entries name; each was restored to its hash.
    orphans
        Blobs that no entry names: a run was killed after it had kept them. Harmless.
    unfinished
        Half-written files of a killed run; the next one that writes removes them. Harmless.
    head
        Hash of the last entry. Who notes it down can prove later that nothing before it changed.
    """

    entries: int
    snapshots: int
    sightings: int
    quarantined: int
    blobs: int
    orphans: int
    unfinished: int
    head: str

    def __str__(self) -> str:
        spare = f", {self.orphans} spare blobs (harmless)" if self.orphans else ""
        return (
            f"everything holds: {self.entries:,} entries ({self.snapshots:,} snapshots, "
            f"{self.sightings:,} sightings, {self.quarantined:,} quarantined), "
            f"{self.blobs:,} blobs{spare}; head {self.head}"
        )


def verify(
    book: Book, *, head: str | None = None, progress: Callable[[int], None] | None = None
) -> VerifyReport:
    """Check the chain of the ledger, its triggers and counts, and restore every blob.

    Parameters
    ----------
    head
        Hash of an entry noted down earlier; it must still be in the ledger.
    progress
        Called with the number of blobs restored so far.

    Raises
    ------
    BookDamagedError
        Names the first record that does not hold.
    """
    if (fault := book.ledger.first_fault()) is not None:
        raise BookDamagedError(f"{book.path}: {fault.problem}")
    counts: Counter[str] = Counter()
    named: set[str] = set()
    found = head is None
    book.archive.forget()  # what is kept in memory proves nothing about the disk
    for entry in book.ledger.entries():
        counts[entry.kind] += 1
        found = found or entry.hash == head
        if entry.kind in HASH_OF_BODY:
            _compare(book, entry)
        elif entry.sha256 is not None and entry.sha256 not in named:
            _restore(book, entry.seq, entry.sha256)
            named.add(entry.sha256)
            if progress is not None:
                progress(len(named))
    if not found:
        raise BookDamagedError(f"{book.path}: no entry has the hash {head} that was noted down")
    return VerifyReport(
        entries=counts.total(),
        snapshots=counts[EntryKind.SNAPSHOT],
        sightings=counts[EntryKind.SIGHTING],
        quarantined=counts[EntryKind.QUARANTINE],
        blobs=len(named),
        orphans=sum(name not in named for name in book.archive.names()),
        unfinished=len(book.archive.unfinished()) + len(book.derived.unfinished()),
        head=book.ledger.head()[1],
    )


def _restore(book: Book, seq: int, name: str) -> None:
    try:
        book.archive.get(name)
    except BookDamagedError as error:
        raise BookDamagedError(f"{book.path}: entry {seq}: {error}") from None


def _compare(book: Book, entry: Entry) -> None:
    if sha256(canonical_json(dict(entry.body)).encode()).hexdigest() != entry.sha256:
        raise BookDamagedError(
            f"{book.path}: entry {entry.seq}: the {entry.kind} does not match its own hash"
        )
