"""`contested series`."""

from __future__ import annotations

from pathlib import Path

import click

from contested.cli import options, show
from contested.jobs.own_series import add_series, held_series
from contested.store.book import Book


@click.group("series")
def command() -> None:
    """Add figures of your own to compare claims with: combat reports, casualties, attacks."""


@command.command("add")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--name", required=True, help="Name of the series, one word.")
@options.book_option
def add(file: Path, name: str, book_path: Path) -> None:
    """Add a CSV file with the columns date, place (or sector), value, unit, source.

    \b
    contested series add clashes.csv --name general-staff-clashes
    """
    rows, digest = add_series(Book.open(book_path), file, name)
    click.echo(f"{name}: {rows} rows from {file.name} ({digest[:12]})")


@command.command("list")
@options.book_option
def list_held(book_path: Path) -> None:
    """List the series that the book holds."""
    held = held_series(Book.open(book_path))
    rows = [
        (name, str(one.body["rows"]), str(one.body["file"]), str(one.sha256)[:12])
        for name, one in sorted(held.items())
    ]
    show.table(f"{len(rows)} series", ("name", "rows", "file", "SHA-256"), rows, right=(1,))
