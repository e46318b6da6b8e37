"""`contested update`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from contested.cli import options, show
from contested.cli.fetch import accept_by, accept_option, found_keys, progress_bar, sentence
from contested.jobs.update import update
from contested.store.book import Book

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from contested.jobs.ingest import IngestReport


@click.command("update")
@click.argument("source_name", metavar="[SOURCE]", default="deepstate_daily")
@accept_option
@click.option(
    "--from", "first", type=options.DAY, metavar="DATE", help="First day of files to ask for."
)
@options.book_option
@options.json_option
@click.pass_context
def command(
    context: click.Context,
    source_name: str,
    accept_terms: bool,
    first: date | None,
    book_path: Path,
    as_json: bool,
) -> None:
    """Fetch, ingest and rebuild in one go; fit for cron.

    \b
    contested update --accept-terms
    17 5 * * *  contested update --book /srv/war.book

    Two lines at most, and exit code 2 with a line on stderr for whatever could not be done.
    What is derived from the maps is brought up to date; `contested rebuild` makes it all anew.
    """
    with progress_bar() as progress:
        done = update(
            Book.open(book_path),
            source_name,
            accept=accept_by(accept_terms=accept_terms),
            first=first,
            progress=progress,
        )
    if as_json:
        show.as_json({**found_keys(done.fetched), "ingested": done.ingested})
    else:
        click.echo(sentence(done.fetched))
        if done.ingested is not None:
            click.echo(_counts(done.ingested))
    if done.ingested is not None:
        refused = (*done.ingested.quarantined, *done.ingested.failed)
        for one in refused:
            click.echo(f"contested: {one.message}", err=True)
        context.exit(2 if refused else 0)


def _counts(report: IngestReport) -> str:
    return (
        f"{report.source}: {report.read} read, {report.new} new, {report.seen_before} seen before, "
        f"{len(report.quarantined)} quarantined; the book holds {report.snapshots} maps"
    )
