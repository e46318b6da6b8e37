"""`contested report`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from contested.cli import options
from contested.errors import UsageError
from contested.jobs.engines import open_engine
from contested.jobs.places import open_gazetteer, place_named
from contested.jobs.report import place_report
from contested.render.report import report_page
from contested.store.book import Book
from contested.store.files import write_text


@click.command("report")
@click.argument("place")
@click.option("--near", metavar="PLACE", help="Tell namesakes apart: the one near this place.")
@options.on_option
@click.option(
    "-o",
    "--output",
    "path",
    type=click.Path(path_type=Path),
    default=Path("report.html"),
    show_default=True,
    help="Page to write; one file, no script, works offline.",
)
@options.source_option
@options.engine_option
@options.book_option
def command(
    place: str,
    near: str | None,
    on: date | None,
    path: Path,
    source_name: str | None,
    engine_name: str,
    book_path: Path,
) -> None:
    """One page about a place on a day: map, figures, history, evidence.

    contested report Pokrovsk --on 2025-11-05 -o report.html
    """
    if on is None:
        raise UsageError("report needs --on DATE")
    found = place_named(open_gazetteer(book_path), place, near=near)
    book = Book.open(book_path)
    engine = open_engine(book, source_name, on=on, engine=engine_name)
    write_text(path, report_page(place_report(book, engine, found, on)))
    click.echo(f"{path}: {found.name} on {on}, from {engine.series.source}")
