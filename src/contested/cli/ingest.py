"""`contested ingest`."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from contested.cli import options, show
from contested.jobs.ingest_any import ingest_any
from contested.store.book import Book

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from contested.jobs.ingest import FileDone, IngestReport, PartNote


@click.command("ingest")
@click.argument("source")
@click.argument("paths", nargs=-1, required=True, type=str)
@options.book_option
@options.json_option
def command(source: str, paths: tuple[str, ...], book_path: Path, as_json: bool) -> int:
    """Read map files into the book: files, folders, globs or `.tar.zst` archives.

    \b
    contested ingest deepstate full-series.tar.zst
    contested ingest deepstate_daily downloads/

    The same bytes again are a sighting, never a copy; a run that was killed goes on where it
    stopped. A file that cannot be read leaves no trace and is named in one line; the others are
    taken in. Exit code 2 if any file failed or was quarantined.
    """
    book = Book.open(book_path)
    with ingest_progress() as progress:
        report = ingest_any(book, source, paths, progress=progress)
    show.as_json(report) if as_json else _print(report)
    for failed in (*report.failed, *report.quarantined):
        click.echo(f"contested: {failed.message}", err=True)
    return 2 if report.failed or report.quarantined else 0


@contextmanager
def ingest_progress() -> Iterator[Callable[[FileDone], None] | None]:
    """Draw a bar on a terminal; in a pipe say nothing."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading maps", total=None)
        yield lambda done: bar.update(task, completed=done.done, total=done.total)


def _print(report: IngestReport) -> None:
    rows = [
        ("read", f"{report.read:,}"),
        ("new", f"{report.new:,}"),
        ("seen before", f"{report.seen_before:,}"),
        ("replaced an older file of that time", f"{report.replaced:,}"),
        ("taken out of quarantine", f"{report.taken_in:,}"),
        ("quarantined", f"{len(report.quarantined):,}"),
        ("failed", f"{len(report.failed):,}"),
        ("points dropped (never stored)", f"{report.points_dropped:,}"),
        ("parts dropped", _parts(report.dropped)),
        ("parts repaired", _parts(report.repaired)),
        ("maps held now", f"{report.snapshots:,}"),
    ]
    quiet = {"replaced an older file of that time", "taken out of quarantine"}
    shown = [row for row in rows if row[0] not in quiet or row[1] != "0"]
    show.table(report.source, ("", ""), shown, right=(1,))
    for note in report.dropped:
        show.note(
            f"dropped {note.what}: {note.area_km2:,.1f} km² outside the frame, "
            f"in {note.maps} maps from {Path(note.first_file).name}"
        )


def _parts(notes: tuple[PartNote, ...]) -> str:
    if not notes:
        return "0"
    largest = max(note.area_km2 for note in notes)
    return f"{len(notes):,} distinct, largest {largest:,.1f} km²"
