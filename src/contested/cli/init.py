"""`contested init`."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from contested.cli import options
from contested.store.book import Book


@click.command("init")
@click.argument("book", type=click.Path(path_type=Path), default=options.DEFAULT_BOOK)
def command(book: Path) -> None:
    """Make an empty book: a folder with a ledger, an archive and derived files.

    Copy the folder and you have copied everything.

    contested init war.book
    """
    Book.create(book)
    quoted = shlex.quote(str(book))
    click.echo(f"{book}: an empty book. Next: contested ingest SOURCE FILES --book {quoted}")
