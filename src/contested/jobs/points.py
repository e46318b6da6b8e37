"""Sources of points in a book: dated statuses of settlements, kept and read like maps."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from contested.errors import ContestedError, MapFileError, NotHeldError
from contested.jobs.clock import utc_now
from contested.jobs.ingest import FileDone, IngestReport, Outcome
from contested.jobs.inputs import FailedFile
from contested.jobs.limits import MIB
from contested.records import Draft, EntryKind
from contested.sources.settlements import parse as settlements

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from contested.records import Entry, PointTimeline, SnapshotId
    from contested.store.book import Book
    from contested.store.ledger import Ledger

SOURCE = settlements.SOURCE
RECIPE = "settlements/1"
LARGEST_BYTES = 50 * MIB


def ingest_points(
    book: Book,
    paths: Iterable[str | Path],
    *,
    progress: Callable[[FileDone], None] | None = None,
    now: Callable[[], datetime] = utc_now,
) -> IngestReport:
    """Read CSV files of dated statuses into a book.

    The newest file answers; earlier ones stay in the archive. A file with a fault leaves no
    trace, and every fault is named with its line.

    Raises
    ------
    BookLockedError
        If another process is writing to the book.
    """
    read, new, failed = 0, 0, []
    files = [Path(path) for path in paths]
    with book.writing() as ledger:
        for done, path in enumerate(files, 1):
            try:
                content = _content(path)
                read += 1
                outcome, digest = _take(book, ledger, content, path, now())
                new += outcome is Outcome.NEW
            except ContestedError as error:
                failed.append(FailedFile(str(path), str(error)))
                outcome, digest = Outcome.FAILED, None
            if progress is not None:
                progress(FileDone(str(path), outcome, digest, done, len(files)))
        held = sum(1 for _ in ledger.entries(EntryKind.SNAPSHOT, source=SOURCE))
    return IngestReport(
        source=SOURCE,
        read=read,
        new=new,
        seen_before=read - new - sum(1 for one in failed if Path(one.file).is_file()),
        quarantined=(),
        failed=tuple(failed),
        taken_in=0,
        points_dropped=0,
        dropped=(),
        repaired=(),
        snapshots=held,
    )


def load_points(book: Book) -> tuple[tuple[PointTimeline, ...], SnapshotId]:
    """Return every settlement's statuses from the newest file held, and which file that is.

    Raises
    ------
    NotHeldError
        If the book holds no such file.
    """
    held = list(book.ledger.entries(EntryKind.SNAPSHOT, source=SOURCE))
    if not held:
        raise NotHeldError(
            f"the book {book.path} holds no statuses of settlements: add a file with "
            "`contested ingest settlements FILE.csv`; those that maps show are written by "
            "`contested timeline --all --csv FILE`"
        )
    newest = max(held, key=lambda entry: (entry.body["as_of"], entry.seq))
    return _read(book, newest)


def _read(book: Book, entry: Entry) -> tuple[tuple[PointTimeline, ...], SnapshotId]:
    content = book.archive.get(str(entry.sha256))
    file = str(entry.body["file"])
    return settlements.parse(content, file), settlements.snapshot_id(content, file)


def _content(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise MapFileError(str(path), "is not a file; name a CSV file of dated statuses")
        if path.stat().st_size > LARGEST_BYTES:
            raise MapFileError(str(path), f"is larger than {LARGEST_BYTES // MIB} MiB")
        return path.read_bytes()
    except OSError as error:
        raise MapFileError(str(path), f"cannot be read: {error.strerror or error}") from None


def _take(
    book: Book, ledger: Ledger, content: bytes, path: Path, at: datetime
) -> tuple[Outcome, str]:
    timelines = settlements.parse(content, str(path))
    snapshot = settlements.snapshot_id(content, str(path))
    if any(ledger.entries(EntryKind.SNAPSHOT, source=SOURCE, sha256=snapshot.sha256)):
        return Outcome.SEEN, snapshot.sha256
    book.archive.put(content)
    body = {
        "file": path.name,
        "size": len(content),
        "as_of": snapshot.as_of.isoformat(),
        "published": snapshot.published.isoformat(),
        "recipe": RECIPE,
        "settlements": len(timelines),
    }
    ledger.append([Draft(EntryKind.SNAPSHOT, at, body, SOURCE, snapshot.sha256)])
    return Outcome.NEW, snapshot.sha256
