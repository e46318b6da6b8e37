"""`contested rebuild`."""

from __future__ import annotations

from pathlib import Path

import click

from contested.cli import options, show
from contested.jobs.rebuild import rebuild
from contested.store.book import Book


@click.command("rebuild")
@click.option("--source", "source_name", metavar="NAME", help="Only this source.")
@options.book_option
@options.json_option
def command(source_name: str | None, book_path: Path, as_json: bool) -> None:
    """Make every derived file anew from the archive.

    The same archive and rules give the same bytes. Maps that were quarantined and that the rules
    of today can read are taken in.
    """
    reports = rebuild(Book.open(book_path), source_name)
    if as_json:
        show.as_json(reports)
        return
    rows = [
        (r.source, f"{r.snapshots:,}", f"{r.taken_in}", f"{r.left_out}", (r.sha256 or "")[:12])
        for r in reports
    ]
    show.table("rebuilt", ("source", "maps", "taken in", "left out", "sha256"), rows)
