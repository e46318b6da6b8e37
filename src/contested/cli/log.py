"""`contested log`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from contested.cli import options, show
from contested.jobs.book_log import book_log
from contested.store.book import Book

if TYPE_CHECKING:
    from contested.records import Entry


@click.command("log")
@click.option("--kind", help="Only entries of this kind: snapshot, sighting, quarantine, permit…")
@click.option("--source", "source_name", help="Only entries about this source.")
@click.option("--last", type=click.IntRange(min=1), default=20, show_default=True, help="How many.")
@click.option("--all", "everything", is_flag=True, help="All entries.")
@options.book_option
@options.json_option
def command(
    kind: str | None,
    source_name: str | None,
    last: int,
    everything: bool,
    book_path: Path,
    as_json: bool,
) -> None:
    """List what happened to the book, newest last.

    Entries are appended and never edited; each holds the hash of the one before it.
    """
    book = Book.open(book_path)
    entries = book_log(book, kind=kind, source=source_name, last=None if everything else last)
    if as_json:
        show.as_json(entries)
        return
    columns = ("entry", "when (UTC)", "kind", "source", "what", "sha256")
    show.table(str(book_path), columns, map(_row, entries), right=(0,))


def _row(entry: Entry) -> tuple[str, ...]:
    body = entry.body
    what = body.get("file") or body.get("why") or body.get("use") or body.get("name") or ""
    day = f" (map of {body['as_of']})" if "as_of" in body else ""
    return (
        f"{entry.seq}",
        f"{entry.at:%Y-%m-%d %H:%M:%S}",
        entry.kind,
        entry.source or "",
        f"{what}{day}",
        (entry.sha256 or "")[:12],
    )
