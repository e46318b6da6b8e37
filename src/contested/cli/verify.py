"""`contested verify`."""

from __future__ import annotations

from pathlib import Path

import click

from contested.cli import options, show
from contested.jobs.verify import verify
from contested.store.book import Book


@click.command("verify")
@click.option("--head", metavar="HASH", help="Hash of an entry noted down earlier: still there?")
@options.book_option
@options.json_option
def command(head: str | None, book_path: Path, as_json: bool) -> None:
    """Check the hash chain of the ledger and every file of the archive.

    Names the first bad record and exits with code 2; says nothing is wrong only after
    everything was read. Note the printed head down somewhere else: with --head it proves later
    that nothing before it was changed.
    """
    answer = verify(Book.open(book_path), head=head)
    if as_json:
        show.as_json(answer)
    else:
        click.echo(f"{book_path}: {answer}")
