"""`contested chart`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from contested.cli import options
from contested.cli.named import PLACE, named_place
from contested.jobs.chart import KINDS, ChartRequest, draw_chart
from contested.jobs.picture_files import check_picture
from contested.jobs.places import open_gazetteer
from contested.render.presets import width_mm
from contested.render.theme import THEMES
from contested.store.book import Book


@click.command("chart")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("places", nargs=-1, metavar="[PLACE]...", type=PLACE)
@options.range_options
@click.option(
    "--width",
    default="2col",
    show_default=True,
    metavar="1col|2col|full|MM",
    help="Width on paper: 85, 175 or 280 mm, or any number of mm.",
)
@click.option("--theme", type=click.Choice(list(THEMES)), default="light", show_default=True)
@click.option(
    "--lang", "language", type=click.Choice(["en", "uk"]), default="en", show_default=True,
    help="Language of every word.",
)  # fmt: skip
@click.option(
    "-o",
    "--output",
    "path",
    type=click.Path(path_type=Path),
    required=True,
    help="Picture to write: .svg, .pdf or .png. FILE.json beside it holds the figures.",
)
@click.option("--publish", is_flag=True, help="It is meant for others: ask the terms first.")
@options.delay_option
@options.source_option
@options.engine_option
@options.book_option
def command(
    kind: str,
    places: tuple[str, ...],
    first: date | None,
    last: date | None,
    width: str,
    theme: str,
    language: str,
    path: Path,
    publish: bool,
    delay_hours: int,
    source_name: str | None,
    engine_name: str,
    book_path: Path,
) -> None:
    """A chart in the same hand as the maps, with its figures beside it.

    \b
    contested chart area --from 2025-01-01 --to 2025-07-31 -o area.svg
    contested chart changes --from 2024-01-01 --to 2024-12-31 --lang uk -o changes.pdf
    contested chart strips Bakhmut Avdiivka Kherson -o strips.svg
    contested chart front --to 2025-08-03 -o front.svg
    contested chart corridor Bakhmut --from 2023-01-01 --to 2023-05-31 -o corridor.png
    contested chart multiples Bakhmut --from 2022-08-01 --to 2023-05-31 -o bakhmut.pdf

    Days without a map are gaps, never filled in.
    """
    check_picture(path)
    width_mm(width)
    gazetteer = open_gazetteer(book_path)
    named = tuple(named_place(gazetteer, name).id for name in places)
    request = ChartRequest(
        kind=kind, places=named, first=first, last=last, width=width, theme=theme,
        language=language,
        source_name=source_name, engine_name=engine_name, publish=publish,
        delay_hours=delay_hours,
    )  # fmt: skip
    title = draw_chart(Book.open(book_path), request, path)
    click.echo(f"{path}: {title}; figures and inputs: {path}.json")
