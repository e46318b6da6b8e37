"""`contested map`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from contested.cli import options
from contested.cli.named import PLACE, named_place
from contested.errors import UsageError
from contested.jobs.map import MapRequest, draw_map
from contested.jobs.picture_files import check_picture
from contested.jobs.places import open_gazetteer
from contested.render.presets import width_mm
from contested.render.theme import THEMES
from contested.store.book import Book


@click.command("map")
@click.argument("place", type=PLACE)
@options.on_option
@click.option("--since", type=options.DAY, metavar="DATE", help="Mark what changed after this day.")
@click.option(
    "--width",
    default="2col",
    show_default=True,
    metavar="1col|2col|full|MM",
    help="Width on paper: 85, 175 or 280 mm, or any number of mm.",
)
@click.option("--across", "across_km", type=float, metavar="KM", help="Ground from left to right.")
@click.option("--theme", type=click.Choice(list(THEMES)), default="light", show_default=True)
@click.option(
    "--lang", "language", type=click.Choice(["en", "uk"]), default="en", show_default=True,
    help="Language of every word.",
)  # fmt: skip
@click.option("--units", type=click.Choice(["km", "mi", "both"]), default="both", show_default=True)
@click.option(
    "--highlight",
    type=click.Choice(["salient", "reach"]),
    help="Draw a figure: depth of salients, or rings of people within reach.",
)
@click.option(
    "--near",
    type=PLACE,
    help="Tell namesakes apart: the one near this place.",
)
@click.option(
    "--also",
    multiple=True,
    type=PLACE,
    help="A place that should be named too.",
)
@click.option(
    "-o",
    "--output",
    "path",
    type=click.Path(path_type=Path),
    required=True,
    help="Picture to write: .svg, .pdf or .png. FILE.json beside it names every input.",
)
@click.option("--publish", is_flag=True, help="It is meant for others: ask the terms first.")
@options.delay_option
@options.source_option
@options.book_option
def command(
    place: str,
    on: date | None,
    since: date | None,
    width: str,
    across_km: float | None,
    theme: str,
    language: str,
    units: str,
    highlight: str | None,
    near: str | None,
    also: tuple[str, ...],
    path: Path,
    publish: bool,
    delay_hours: int,
    source_name: str | None,
    book_path: Path,
) -> None:
    """A locator map of a place on a day, ready for print.

    \b
    contested map Pokrovsk --on 2025-11-05 --since 2025-10-22 -o pokrovsk.pdf
    contested map Kherson --on 2022-11-12 --width 1col --lang uk --theme bw -o kherson.svg
    contested map Ukraine --on 2025-08-03 --width full -o ukraine.png

    Rivers, lakes, roads and oblasts are drawn where the book's folder `base` holds them. A
    picture is for your own use unless you say --publish: then the terms and permits are asked.
    """
    if on is None:
        raise UsageError("map needs --on DATE")
    check_picture(path)
    width_mm(width)
    gazetteer = open_gazetteer(book_path)
    request = MapRequest(
        place=named_place(gazetteer, place, near=near).id, on=on, since=since, width=width,
        across_km=across_km, theme=theme, language=language, units=units, highlight=highlight,
        also=tuple(named_place(gazetteer, name).id for name in also),
        source_name=source_name, publish=publish,
        delay_hours=delay_hours,
    )  # fmt: skip
    made = draw_map(Book.open(book_path), request, path)
    click.echo(f"{path}: {made.content.title}, from {made.facts['source']}; inputs: {path}.json")
