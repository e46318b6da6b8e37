"""`contested area`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from contested.cli import options, show
from contested.errors import UsageError
from contested.history.measure import area_series, areas_on
from contested.jobs.engines import open_engine
from contested.jobs.regional import area_within, areas_by_region
from contested.jobs.tables import area_series_csv
from contested.store.book import Book
from contested.store.files import write_text

if TYPE_CHECKING:
    from datetime import date

    from contested.history.answers import AreaSeriesRow, AreasOn, RegionsOn


@click.command("area")
@options.on_option
@options.range_options
@click.option("--by-oblast", is_flag=True, help="With --on: every oblast that the map touches.")
@click.option("--oblast", metavar="NAME", help="Only this one: Donetsk, Донецька область, UA-14.")
@options.boundaries_option
@click.option("--csv", "csv_path", type=click.Path(path_type=Path), help="Write the series here.")
@options.source_option
@options.engine_option
@options.book_option
@options.json_option
def command(
    on: date | None,
    first: date | None,
    last: date | None,
    by_oblast: bool,
    oblast: str | None,
    boundaries: Path | None,
    csv_path: Path | None,
    source_name: str | None,
    engine_name: str,
    book_path: Path,
    as_json: bool,
) -> None:
    """Areas by status on a day, or as a daily series; of the whole map or by oblast.

    \b
    contested area --on 2025-08-03
    contested area --on 2025-08-03 --by-oblast
    contested area --from 2024-01-01 --to 2024-12-31 --oblast Donetsk --csv donetsk.csv

    A day without a map is an error with --on and an empty row in a series: never "no change".
    A status that the source does not carry is "not held" (null in JSON), never zero. Oblasts
    need outlines: `contested base add oblasts.geojson`, or --boundaries FILE.
    """
    if (on is None) == (first is None and last is None):
        raise UsageError("give either --on DATE or --from DATE --to DATE")
    book = Book.open(book_path)
    if on is not None:
        engine = open_engine(book, source_name, on=on, engine=engine_name, one_day=True)
        if by_oblast or oblast is not None:
            regions = areas_by_region(book, engine, on, oblast=oblast, boundaries=boundaries)
            show.as_json(regions) if as_json else _print_regions(regions)
            return
        answer = areas_on(engine, on)
        show.as_json(answer) if as_json else _print_day(answer)
        return
    if first is None or last is None:
        raise UsageError("a series needs both --from and --to")
    if by_oblast:
        raise UsageError("--by-oblast is for one day (--on DATE); a series takes --oblast NAME")
    engine = open_engine(book, source_name, span=(first, last), engine=engine_name)
    region, measure = area_within(book, engine, oblast, boundaries)
    rows = area_series(engine, first, last, measure=measure)
    _give(rows, engine.series.source, region, csv_path, as_json=as_json)


def _give(
    rows: list[AreaSeriesRow],
    source: str,
    region: str | None,
    csv_path: Path | None,
    *,
    as_json: bool,
) -> None:
    if csv_path is not None:
        write_text(csv_path, area_series_csv(source, rows, region=region))
        empty = sum(row.snapshot is None for row in rows)
        click.echo(f"{csv_path}: {len(rows)} days, {empty} without a map")
    elif as_json:
        show.as_json(rows)
    else:
        click.echo(area_series_csv(source, rows, region=region), nl=False)


def _print_day(answer: AreasOn) -> None:
    rows = [(show.words(name), show.km2(value)) for name, value in answer.areas_km2.items()]
    show.table(f"{answer.source}: map of {answer.as_of}", ("status", "km²"), rows, right=(1,))
    show.note(f"snapshot {answer.snapshot[:12]} · {answer.method}")
    show.not_held(answer.source, answer.not_held)


def _print_regions(answer: RegionsOn) -> None:
    """Print a row a region; statuses that the source does not carry make no column."""
    held = {"controlled": "controlled", "occupied": "occupied", "held_since_2014": "since 2014",
            "contested": "contested", "liberated": "regained",
            "ua_held_in_russia": "in Russia"}  # fmt: skip
    columns = [name for name in held if name not in answer.not_held]
    rows = [
        (
            one.name,
            "–" if one.controlled_percent is None else f"{one.controlled_percent:.1f} %",
            *(show.km2(one.areas_km2[name]) for name in columns),
            f"{one.region_km2:,.0f}",
        )
        for one in sorted(answer.regions, key=lambda one: -(one.controlled_percent or 0))
    ]
    titles = ("oblast", "share", *(f"{held[name]} km²" for name in columns), "whole km²")
    title = f"{answer.source}: map of {answer.as_of} by oblast"
    show.table(title, titles, rows, right=range(1, len(titles)))
    show.note("share: controlled (occupied + held since 2014), of the whole oblast")
    if answer.outside_km2 is not None:
        beyond = show.km2(answer.outside_km2["controlled"])
        show.note(f"controlled outside all outlines (coast, cities left out): {beyond} km²")
    show.note(f"outlines: {', '.join(answer.boundaries)}")
    show.note(f"snapshot {answer.snapshot[:12]} · {answer.method}")
    show.not_held(answer.source, answer.not_held)
