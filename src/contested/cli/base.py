"""`contested base`."""

from __future__ import annotations

from pathlib import Path

import click

from contested.cli import options
from contested.store.book import Book


@click.group("base")
def command() -> None:
    """Rivers, lakes, roads and oblasts under the maps of a book."""


@command.command("add")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--as",
    "layer",
    type=click.Choice(["rivers", "lakes", "roads", "oblasts"]),
    help="What the files hold; without it their names say it.",
)
@click.option(
    "--credit",
    metavar="TEXT",
    help="Whom every map with it must credit; without it, what the file says.",
)
@options.book_option
def add(files: tuple[Path, ...], layer: str | None, credit: str | None, book_path: Path) -> None:
    """Add GeoJSON files to the book; they are cut to the base map.

    \b
    contested base add rivers.geojson lakes.geojson
    contested base add water.geojson --as lakes
    contested base add oblasts.geojson --credit "© OpenStreetMap contributors"

    Oblasts that cover the country also bring finer state borders than the package has.
    A reservoir that ran out is drawn until it did: Kakhovka's until June 2023.
    """
    from contested.jobs.base_files import add_base

    book = Book.open(book_path)
    for path in files:
        added = add_base(book, path, layer, credit)
        click.echo(f"{added.file}: {added.features} features as {added.layer}")


@command.command("fetch")
@options.book_option
def fetch(book_path: Path) -> None:
    """Fetch rivers and lakes of Natural Earth (public domain) for the book.

    contested base fetch
    """
    from contested.jobs.base_files import fetch_base

    for added in fetch_base(Book.open(book_path)):
        click.echo(f"{added.file}: {added.features} features as {added.layer}")
