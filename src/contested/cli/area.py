"""`contested area`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from contested.cli import options, show
from contested.errors import UsageError
from contested.history.measure import area_series, areas_on
from contested.jobs.engines import open_engine
from contested.jobs.tables import area_series_csv
from contested.store.book import Book
from contested.store.files import write_text

if TYPE_CHECKING:
    from datetime import date

    from contested.history.answers import AreasOn


@click.command("area")
@options.on_option
@options.range_options
@click.option("--csv", "csv_path", type=click.Path(path_type=Path), help="Write the series here.")
@options.source_option
@options.engine_option
@options.book_option
@options.json_option
def command(
    on: date | None,
    first: date | None,
    last: date | None,
    csv_path: Path | None,
    source_name: str | None,
    engine_name: str,
    book_path: Path,
    as_json: bool,
) -> None:
    """Areas by status on a day, or as a daily series.

    \b
    contested area --on 2025-08-03
    contested area --from 2024-01-01 --to 2024-12-31 --csv areas.csv

    A day without a map is an error with --on and an empty row in a series: never "no change".
    A status that the source does not carry is "not held" (null in JSON), never zero.
    """
    if (on is None) == (first is None and last is None):
        raise UsageError("give either --on DATE or --from DATE --to DATE")
    if on is not None:
        engine = open_engine(
            Book.open(book_path), source_name, on=on, engine=engine_name, one_day=True
        )
        answer = areas_on(engine, on)
        show.as_json(answer) if as_json else _print_day(answer)
        return
    if first is None or last is None:
        raise UsageError("a series needs both --from and --to")
    engine = open_engine(Book.open(book_path), source_name, span=(first, last), engine=engine_name)
    rows = area_series(engine, first, last)
    if csv_path is not None:
        write_text(csv_path, area_series_csv(engine.series.source, rows))
        click.echo(
            f"{csv_path}: {len(rows)} days, {sum(r.snapshot is None for r in rows)} without a map"
        )
    elif as_json:
        show.as_json(rows)
    else:
        click.echo(area_series_csv(engine.series.source, rows), nl=False)


def _print_day(answer: AreasOn) -> None:
    rows = [(show.words(name), show.km2(value)) for name, value in answer.areas_km2.items()]
    show.table(f"{answer.source}: map of {answer.as_of}", ("status", "km²"), rows, right=(1,))
    show.note(f"snapshot {answer.snapshot[:12]} · {answer.method}")
    show.not_held(answer.source, answer.not_held)
