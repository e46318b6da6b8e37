"""`contested fetch`."""

from __future__ import annotations

import shlex
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from contested.cli import options, show
from contested.errors import UsageError
from contested.jobs.fetch import fetch
from contested.store.book import Book

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    from contested.jobs.fetch import Fetched
    from contested.records import Source

accept_option = click.option(
    "--accept-terms", is_flag=True, help="Accept the source's terms without being asked."
)


@click.command("fetch")
@click.argument("source_name", metavar="SOURCE")
@accept_option
@options.range_options
@options.book_option
@options.json_option
def command(
    source_name: str,
    accept_terms: bool,
    first: date | None,
    last: date | None,
    book_path: Path,
    as_json: bool,
) -> None:
    """Download a source's public map files for your own book.

    \b
    contested fetch deepstate_daily
    contested ingest deepstate_daily contested.book/incoming/deepstate_daily

    One request at a time and at most hourly; files that the book has are not asked for again.
    The terms are shown once. --from and --to are days of files. `contested update` does both
    steps and removes the files.
    """
    with progress_bar() as progress:
        found = fetch(
            Book.open(book_path),
            source_name,
            accept=accept_by(accept_terms=accept_terms),
            first=first,
            last=last,
            progress=progress,
        )
    if as_json:
        show.as_json(found_keys(found))
        return
    click.echo(sentence(found))
    if found.files:
        click.echo(
            f"Next: contested ingest {found.source} {shlex.quote(str(found.files[0].parent))} "
            f"--book {shlex.quote(str(book_path))}"
        )


def sentence(found: Fetched) -> str:
    """Return what a run did in one line."""
    if found.too_soon and found.next_at is not None:
        return f"{found.source}: asked less than an hour ago; next at {found.next_at:%H:%M} UTC"
    absent = f", {len(found.absent)} days without a file" if found.absent else ""
    return (
        f"{found.source}: {found.asked} files asked for, {len(found.files)} new, "
        f"{found.unchanged} unchanged{absent}"
    )


def found_keys(found: Fetched) -> dict[str, object]:
    """Return what a run did, with the keys of its JSON."""
    return {
        "source": found.source,
        "asked": found.asked,
        "new": [str(file) for file in found.files],
        "unchanged": found.unchanged,
        "absent": list(found.absent),
        "next_at": found.next_at,
        "too_soon": found.too_soon,
    }


def accept_by(*, accept_terms: bool) -> Callable[[Source], bool]:
    """Return the function that shows a source's terms and asks whether they are accepted.

    The terms go to stderr, so that JSON on stdout stays JSON.
    """

    def accept(source: Source) -> bool:
        rights = source.rights
        click.echo(f"{source.title}\n{rights.terms}.", err=True)
        click.echo(f"{rights.terms_url} (read {rights.read_on}). Ask: {rights.ask}", err=True)
        if accept_terms:
            return True
        if not _somebody_is_there():
            raise UsageError(
                f"{source.name}: its terms must be accepted once; read them above and give "
                "--accept-terms"
            )
        return click.confirm("Fetch for your own use under these terms?", err=True)

    return accept


def _somebody_is_there() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


@contextmanager
def progress_bar() -> Iterator[Callable[[int, int], None] | None]:
    """Yield what shows progress on a terminal; `None` in a pipe, which stays quiet."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    bar = Progress(console=Console(stderr=True), transient=True)
    task = bar.add_task("files")

    def told(done: int, total: int) -> None:
        bar.start()  # not before the first file: a bar would garble the question about the terms
        bar.update(task, completed=done, total=total)

    try:
        yield told
    finally:
        bar.stop()
