"""`contested verify`."""

from __future__ import annotations

from pathlib import Path

import click

from contested.cli import options, show
from contested.jobs.verify import verify
from contested.store.book import Book


@click.command("verify")
@options.book_option
@options.json_option
def command(book_path: Path, as_json: bool) -> None:
    """Check the hash chain of the ledger and every file of the archive.

    Names the first bad record and exits with code 2; says nothing is wrong only after
    everything was read.
    """
    answer = verify(Book.open(book_path))
    if as_json:
        show.as_json(answer)
    else:
        click.echo(f"{book_path}: {answer}")
