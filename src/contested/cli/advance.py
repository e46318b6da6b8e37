"""`contested advance`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from contested.cli import options, show
from contested.cli.named import PLACE, named_place
from contested.errors import UsageError
from contested.geo.advance import BESIDE_KM
from contested.geo.measure import KM_PER_MILE
from contested.jobs.engines import open_engine
from contested.jobs.figures import advance_between
from contested.jobs.places import open_gazetteer
from contested.render.figures_json import advance_json, head
from contested.store.book import Book

if TYPE_CHECKING:
    from datetime import date

    from contested.jobs.figures import AdvanceAnswer


@click.command("advance")
@options.range_options
@click.option(
    "--near",
    type=PLACE,
    help="Only new ground near this place.",
)
@click.option(
    "--within", "within_km", type=float, default=BESIDE_KM, show_default=True, metavar="KM",
    help="With --near: how near.",
)  # fmt: skip
@click.option(
    "--axis",
    nargs=2,
    metavar="PLACE PLACE",
    type=PLACE,
    help="Measure along the line from one to the other.",
)
@options.source_option
@options.engine_option
@options.book_option
@options.json_option
def command(
    first: date | None,
    last: date | None,
    near: str | None,
    within_km: float,
    axis: tuple[str, str] | None,
    source_name: str | None,
    engine_name: str,
    book_path: Path,
    as_json: bool,
) -> None:
    """How far newly taken ground reaches, and how fast.

    The largest distance of ground taken between two maps to ground held on the first. Metres a
    day and km² a day are different figures.

    \b
    contested advance --from 2025-08-01 --to 2025-08-03
    contested advance --from 2025-07-01 --to 2025-08-03 --near Dobropillia
    """
    if first is None or last is None:
        raise UsageError("advance needs both --from and --to")
    book = Book.open(book_path)
    gazetteer = open_gazetteer(book.path)
    engine = open_engine(book, source_name, span=(first, last), engine=engine_name)
    named = None if axis is None else [named_place(gazetteer, name) for name in axis]
    answer = advance_between(
        engine,
        first,
        last,
        near=None if near is None else named_place(gazetteer, near),
        within_km=within_km,
        axis=None if named is None else (named[0], named[1]),
    )
    if as_json:
        shown = advance_json(answer.found, answer.days, answer.axis)
        show.as_json({**head(answer.provenance, answer.found.method), **shown})
        return
    _print(answer)


def _print(answer: AdvanceAnswer) -> None:
    found, before = answer.found, answer.provenance.before
    span = f"{before.as_of if before else ''} to {answer.provenance.snapshot.as_of}"
    show.note(f"{answer.provenance.snapshot.source}: maps of {span}, {answer.days} days")
    show.note(
        f"furthest new ground {found.depth_km:.2f} km = {found.depth_km / KM_PER_MILE:.2f} mi "
        f"from ground held before, bearing {found.bearing_deg:.0f}°"
    )
    show.note(f"new {found.new_km2:,.1f} km², no longer controlled {found.lost_km2:,.1f} km²")
    if answer.days:
        show.note(
            f"{1000 * found.depth_km / answer.days:,.0f} m a day at the furthest point; "
            f"{found.new_km2 / answer.days:,.2f} km² a day: different figures"
        )
    if answer.axis is not None:
        moved = answer.axis.advance_m
        words = "no controlled ground on it" if moved is None else f"{moved:+,.0f} m"
        show.note(f"along the axis (bearing {answer.axis.bearing_deg:.0f}°): {words}")
    snapshots = [one.sha256[:12] for one in (before, answer.provenance.snapshot) if one]
    show.note(f"snapshots {' to '.join(snapshots)} · {found.method.label}")
