"""`contested update`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from contested.cli import options, show
from contested.cli.fetch import accept_by, accept_option, found_keys, progress_bar, sentence
from contested.jobs.ingest import ingest
from contested.jobs.rebuild import rebuild
from contested.jobs.update import update
from contested.store.book import Book

if TYPE_CHECKING:
    from pathlib import Path


@click.command("update")
@click.argument("source_name", metavar="[SOURCE]", default="deepstate_daily")
@accept_option
@options.book_option
@options.json_option
def command(source_name: str, accept_terms: bool, book_path: Path, as_json: bool) -> None:
    r"""Fetch, ingest and rebuild in one go; fit for cron.

    \b
    contested update --accept-terms
    17 5 * * *  contested update --book /srv/war.book

    Quiet but for one line; exit code 2 and one line on stderr where it could not be done.
    """
    with progress_bar() as progress:
        done = update(
            Book.open(book_path),
            source_name,
            accept=accept_by(accept_terms=accept_terms),
            ingest=ingest,
            rebuild=rebuild,
            progress=progress,
        )
    if as_json:
        show.as_json({**found_keys(done.fetched), "ingested": done.ingested})
        return
    click.echo(sentence(done.fetched))
    if done.ingested is not None:
        click.echo(f"{book_path}: {done.ingested}")
