"""`contested rank`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from contested.cli import options, show
from contested.geo.disc import CRITERIA
from contested.jobs.engines import open_continued
from contested.jobs.figures_people import rank_since
from contested.jobs.place_panel import settlements_of
from contested.jobs.places import open_gazetteer
from contested.render.figures_json import head, rank_json
from contested.store.book import Book

if TYPE_CHECKING:
    from datetime import date

    from contested.jobs.figures_people import RankAnswer


@click.command("rank")
@click.option(
    "--fell-since", "since", type=options.DAY, required=True, metavar="DATE",
    help="Places that came under control since this day.",
)  # fmt: skip
@click.option("--by", type=click.Choice(["population"]), default="population", show_default=True)
@click.option(
    "--criterion", type=click.Choice(list(CRITERIA)), default="half", show_default=True,
    help="Which part of the place's disc must be under control.",
)  # fmt: skip
@click.option("--rows", "most", type=click.IntRange(min=1), default=20, show_default=True)
@options.source_option
@options.engine_option
@options.book_option
@options.json_option
def command(
    since: date,
    by: str,
    criterion: str,
    most: int,
    source_name: str | None,
    engine_name: str,
    book_path: Path,
    as_json: bool,
) -> None:
    """The largest places to fall since a day, with runner-up and margin.

    A superlative needs its criterion: half a town may fall weeks after its first street. Where the
    best source ends, one of the same lineage goes on, and the answer says from which day.

    \b
    contested rank --fell-since 2023-05-20 --by population --criterion half
    """
    del by
    book = Book.open(book_path)
    engine = open_continued(book, source_name, since, engine=engine_name)
    places = settlements_of(open_gazetteer(book.path))
    answer = rank_since(engine, since, places, criterion=criterion, most=most)
    if as_json:
        shown = rank_json(answer.ranking)
        show.as_json({**head(answer.provenance, answer.ranking.method), **shown})
        return
    _print(answer, criterion)


def _print(answer: RankAnswer, criterion: str) -> None:
    found = answer.ranking
    rows = [
        (
            row.place.name,
            f"{row.place.population:,}" if row.place.population else show.NOT_HELD,
            str(row.snapshot.as_of),
            f"{row.share:.0%} of {row.radius_km:g} km",
            "" if row.still else "not on the last map",
        )
        for row in found.rows
    ]
    title = (
        f"{' + '.join(one.source for one in found.spans)}: fell after {found.start.as_of} and by "
        f"{answer.provenance.snapshot.as_of}, criterion {criterion}"
    )
    show.table(title, ("place", "people", "map of", "share", ""), rows, right=(1, 3))
    if found.margin_people is not None:
        show.note(
            f"largest: {rows[0][0]}; runner-up {rows[1][0]}, {found.margin_people:,} people fewer"
        )
    vintages = Counter(row.place.population_source or "not known" for row in found.rows)
    for vintage, count in vintages.items():
        show.note(f"population: {vintage} ({count} of {len(found.rows)} places)")
    last = answer.provenance.snapshot
    show.note(f"snapshots {found.start.sha256[:12]} to {last.sha256[:12]} · {found.method.label}")
