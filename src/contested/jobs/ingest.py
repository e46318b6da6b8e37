"""Read map files into a book: each file is in it for good, or has left no trace.

For every new file the bytes are archived first and named in the ledger after; only then is it
reported. Whatever kills the process between two steps leaves at most bytes that no entry names,
which the next run uses.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING

from contested.errors import MapFileError, UnknownStatusError
from contested.jobs import holdings as entries
from contested.jobs.clock import utc_now
from contested.jobs.holdings import Holdings
from contested.jobs.inputs import FailedFile, MapFile, archive_files, find_inputs
from contested.jobs.limits import Limits
from contested.jobs.quarantine import try_quarantined
from contested.jobs.reading import ChildReader
from contested.jobs.series import complete_series, extendable, series_key
from contested.records import SnapshotId
from contested.sources.parsers import map_parser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from contested.history.series import SeriesBuilder
    from contested.jobs.inputs import Inputs
    from contested.jobs.reading import MapReader
    from contested.records import ControlMap, Draft, DroppedPart
    from contested.sources.parsers import MapParser
    from contested.store.book import Book
    from contested.store.ledger import Ledger


class Outcome(StrEnum):
    """What became of a file."""

    NEW = "new"
    SEEN = "seen before"
    QUARANTINED = "quarantined"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class FileDone:
    """A file is through; where it was taken in, it is on the disk.

    Attributes
    ----------
    sha256
        Of its bytes; `None` where they could not be had.
    done, total
        Files through so far and in all; `total` is `None` where an archive hides the number.
    """

    file: str
    outcome: Outcome
    sha256: str | None
    done: int
    total: int | None


@dataclass(frozen=True, slots=True)
class PartNote:
    """A part that was dropped or repaired, in how many of the new maps it occurs.

    Attributes
    ----------
    what
        Where it lies, or what was wrong with it.
    first_file
        The first new map that has it.
    """

    what: str
    area_km2: float
    maps: int
    first_file: str


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of the files.

    Attributes
    ----------
    read
        Files whose bytes were had: ``new + seen_before + len(quarantined) + len(failed)`` less
        those that could not be opened.
    failed
        Files that left no trace, each with its one line. With `quarantined` they make the
        command end with exit code 2.
    taken_in
        Files quarantined earlier that the rules of today read.
    points_dropped
        Points and lines in the new maps that were not read.
    dropped, repaired
        Distinct parts of the new maps.
    snapshots
        Snapshots of the source that the book holds now.
    replaced
        New files in the place of other bytes that the source published at the same time: the
        series shows the new ones, the archive keeps both.
    """

    source: str
    read: int
    new: int
    seen_before: int
    quarantined: tuple[FailedFile, ...]
    failed: tuple[FailedFile, ...]
    taken_in: int
    points_dropped: int
    dropped: tuple[PartNote, ...]
    repaired: tuple[PartNote, ...]
    snapshots: int
    replaced: int = 0


def ingest(
    book: Book,
    source_name: str,
    paths: Iterable[str | Path],
    *,
    progress: Callable[[FileDone], None] | None = None,
    now: Callable[[], datetime] = utc_now,
    limits: Limits | None = None,
    reader: MapReader | None = None,
) -> IngestReport:
    """Read map files into a book.

    Parameters
    ----------
    paths
        Files, folders, globs, ``.tar.zst`` archives.
    progress
        Called after each file; a file reported as new is on the disk.
    reader
        Reads foreign bytes; by default a child process under `limits`.

    Raises
    ------
    UsageError
        If the source is not known or no path is given.
    BookLockedError
        If another process is writing to the book.
    BookFullError
        If the disk is full; what was reported before is kept.
    """
    parser, limits = map_parser(source_name), limits or Limits()
    inputs = find_inputs(paths, parser, limits)
    with book.writing() as ledger:
        if reader is not None:
            return _Ingest(book, ledger, parser, reader, now, progress).run(inputs, limits)
        with ChildReader(source_name, limits) as child:
            return _Ingest(book, ledger, parser, child, now, progress).run(inputs, limits)


class _Notes:
    """Distinct parts, in order of first appearance."""

    def __init__(self) -> None:
        self._maps: Counter[tuple[str, float]] = Counter()
        self._first: dict[tuple[str, float], str] = {}

    def add(self, parts: Iterable[tuple[str, float]], label: str) -> None:
        for part in set(parts):
            self._maps[part] += 1
            self._first.setdefault(part, label)

    def notes(self) -> tuple[PartNote, ...]:
        return tuple(
            PartNote(what, area_km2, self._maps[what, area_km2], first)
            for (what, area_km2), first in self._first.items()
        )


def _where(part: DroppedPart) -> tuple[str, float]:
    west, south, east, north = part.bounds
    return f"{west:.2f}–{east:.2f}°E {south:.2f}–{north:.2f}°N", part.area_km2


@dataclass(slots=True)
class _Ingest:
    """One run."""

    book: Book
    ledger: Ledger
    parser: MapParser
    reader: MapReader
    now: Callable[[], datetime]
    progress: Callable[[FileDone], None] | None
    holdings: Holdings = field(init=False)
    builder: SeriesBuilder = field(init=False)
    key_before: str | None = field(init=False)
    total: int | None = None
    counts: Counter[Outcome] = field(default_factory=Counter)
    read: int = 0
    replaced: int = 0
    taken_in: int = 0
    points: int = 0
    quarantined: list[FailedFile] = field(default_factory=list)
    failed: list[FailedFile] = field(default_factory=list)
    dropped: _Notes = field(default_factory=_Notes)
    repaired: _Notes = field(default_factory=_Notes)

    def __post_init__(self) -> None:
        held = self.book.derived.series(self.parser.SOURCE)
        self.holdings = Holdings.of(self.ledger, self.parser.SOURCE)
        self.builder = extendable(held, self.parser)
        self.key_before = None if held is None else held[1]

    def run(self, inputs: Inputs, limits: Limits) -> IngestReport:
        """Take in every file, then what was quarantined, then bring the series up to date."""
        self.total = None if inputs.archives else len(inputs.files) + len(inputs.failed)
        for refused in inputs.failed:
            self._fail(refused, None)
        for file in self._stream(inputs, limits):
            if isinstance(file, FailedFile):
                self._fail(file, None)
            else:
                self._take(file)
        self._try_quarantined()
        self._keep_series()
        return self._report()

    def _stream(self, inputs: Inputs, limits: Limits) -> Iterator[MapFile | FailedFile]:
        yield from inputs.files
        for archive, is_named in inputs.archives:
            yield from archive_files(archive, self.parser, limits, is_named=is_named)
        if not self.read and not self.failed:
            problem = f"holds no map files of {self.parser.SOURCE}"
            yield from (FailedFile(str(a), f"{a}: {problem}") for a, _ in inputs.archives)

    def _take(self, file: MapFile) -> None:
        try:
            content = file.content()
        except MapFileError as error:
            self._fail(FailedFile(file.label, str(error)), None)
            return
        self.read += 1
        digest = sha256(content).hexdigest()
        snapshot = SnapshotId(self.parser.SOURCE, digest, *self.parser.dates(file.name))
        if digest in self.holdings.accepted:
            self._see_again(snapshot, file, len(content))
            self._done(file.label, Outcome.SEEN, digest)
        elif self._is_quarantined_for_good(digest):
            self._see_again(snapshot, file, len(content))
            why = str(self.holdings.quarantined[digest].body["why"])
            self.quarantined.append(FailedFile(file.label, f"{file.label}: {why}"))
            self._done(file.label, Outcome.QUARANTINED, digest)
        else:
            self._read_new(snapshot, content, file)

    def _is_quarantined_for_good(self, digest: str) -> bool:
        entry = self.holdings.quarantined.get(digest)
        return entry is not None and entry.body["recipe"] == self.parser.RECIPE

    def _see_again(self, snapshot: SnapshotId, file: MapFile, size: int) -> None:
        """Record that a file has bytes that are held; once for every name."""
        if (snapshot.sha256, file.name) not in self.holdings.seen:
            self._append(entries.sighting(snapshot, file.name, size, self.now()))

    def _read_new(self, snapshot: SnapshotId, content: bytes, file: MapFile) -> None:
        try:
            control = self.reader.read(content, file.label)
        except UnknownStatusError as error:
            self._quarantine(snapshot, content, file, error)
        except MapFileError as error:
            self._fail(FailedFile(file.label, str(error)), snapshot.sha256)
        else:
            self._accept(control, content, file)

    def _accept(self, control: ControlMap, content: bytes, file: MapFile) -> None:
        self.book.archive.put(content, self.holdings.last_kept)
        replaces = self.holdings.held_at(control.snapshot)
        self.replaced += replaces is not None
        self._append(
            entries.accepted(
                control,
                file.name,
                len(content),
                self.parser.RECIPE,
                self.now(),
                replaces=replaces,
            )
        )
        self._note(control, file.label)
        self._done(file.label, Outcome.NEW, control.snapshot.sha256)

    def _quarantine(
        self, snapshot: SnapshotId, content: bytes, file: MapFile, error: UnknownStatusError
    ) -> None:
        self.book.archive.put(content, self.holdings.last_kept)
        self._append(
            entries.quarantine(
                snapshot, file.name, len(content), self.parser.RECIPE, error.problem, self.now()
            )
        )
        self.quarantined.append(FailedFile(file.label, str(error)))
        self._done(file.label, Outcome.QUARANTINED, snapshot.sha256)

    def _append(self, draft: Draft) -> None:
        for entry in self.ledger.append([draft]):
            self.holdings.note(entry)

    def _note(self, control: ControlMap, label: str) -> None:
        """Add a new map to the series and to what is reported."""
        self.builder.add(control)
        self.points += control.points_dropped
        self.dropped.add(map(_where, control.dropped), label)
        self.repaired.add(((p.reason, p.area_km2) for p in control.repaired), label)

    def _fail(self, failed: FailedFile, digest: str | None) -> None:
        self.failed.append(failed)
        self._done(failed.file, Outcome.FAILED, digest)

    def _done(self, label: str, outcome: Outcome, digest: str | None) -> None:
        self.counts[outcome] += 1
        if self.progress is not None:
            self.progress(FileDone(label, outcome, digest, self.counts.total(), self.total))

    def _try_quarantined(self) -> None:
        """Take in what was quarantined under other rules, if the rules of today read it."""
        tried = try_quarantined(
            self.book, self.ledger, self.holdings, self.parser, self.reader, self.now
        )
        for control, file in tried:
            self.taken_in += 1
            self._note(control, file)

    def _keep_series(self) -> None:
        """Bring the derived series up to date with the ledger."""
        snapshots = self.holdings.snapshots()
        key = series_key(self.parser, snapshots)
        if snapshots and key != self.key_before:
            series = complete_series(self.book, self.builder, self.holdings, self.reader)
            self.book.derived.keep_series(series, key)

    def _report(self) -> IngestReport:
        return IngestReport(
            source=self.parser.SOURCE,
            read=self.read,
            new=self.counts[Outcome.NEW],
            seen_before=self.counts[Outcome.SEEN],
            replaced=self.replaced,
            quarantined=tuple(self.quarantined),
            failed=tuple(self.failed),
            taken_in=self.taken_in,
            points_dropped=self.points,
            dropped=self.dropped.notes(),
            repaired=self.repaired.notes(),
            snapshots=len(self.holdings.snapshots()),
        )
