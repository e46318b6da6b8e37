"""`contested chart`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from contested.cli import options, show
from contested.errors import UsageError
from contested.history.measure import calendar
from contested.jobs.charts import (
    area_figure,
    change_figure,
    corridor_figure,
    length_figure,
    needs_charts,
    save_figure,
)
from contested.jobs.engines import open_engine
from contested.jobs.places import open_gazetteer, place_named
from contested.store.book import Book

if TYPE_CHECKING:
    from datetime import date

    from matplotlib.figure import Figure

    from contested.history.protocol import HistoryEngine

KINDS = ("area", "change", "front", "corridor")


@click.command("chart")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("place", required=False)
@options.on_option
@options.range_options
@click.option(
    "-o", "--out", "path", type=click.Path(path_type=Path), required=True,
    help="PNG, SVG or PDF, by its ending.",
)  # fmt: skip
@options.source_option
@options.engine_option
@options.book_option
def command(
    kind: str,
    place: str | None,
    on: date | None,
    first: date | None,
    last: date | None,
    path: Path,
    source_name: str | None,
    engine_name: str,
    book_path: Path,
) -> None:
    """Draw a series: areas, change by month, the front's length by ruler, a place's corridor.

    Needs the extra `charts`. Days without a map stay gaps.

    \b
    contested chart area -o areas.svg
    contested chart change --from 2024-01-01 --to 2024-12-31 -o 2024.png
    contested chart front --on 2025-08-03 -o length.pdf
    contested chart corridor Bakhmut --from 2022-08-01 --to 2023-06-01 -o bakhmut.png
    """
    needs_charts()
    book = Book.open(book_path)
    engine = open_engine(book, source_name, on=on, engine=engine_name)
    covered = calendar(engine).coverage()
    span = (covered.first if first is None else first, covered.last if last is None else last)
    if kind == "front":
        if on is None:
            raise UsageError("chart front needs --on DATE")
        figure = length_figure(engine, on)
    elif kind == "corridor":
        figure = _corridor(engine, book.path, place, span)
    else:
        figure = area_figure(engine, *span) if kind == "area" else change_figure(engine, *span)
    save_figure(figure, path)
    show.note(f"chart: {path}")


def _corridor(
    engine: HistoryEngine, book: Path, place: str | None, span: tuple[date, date]
) -> Figure:
    if place is None:
        raise UsageError("chart corridor needs a place: contested chart corridor Bakhmut -o FILE")
    return corridor_figure(engine, place_named(open_gazetteer(book), place), *span)
