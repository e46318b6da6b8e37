"""`contested front`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from contested.cli import options, show
from contested.errors import UsageError
from contested.geo.front import TOLERANCES_M
from contested.geo.measure import KM_PER_MILE
from contested.jobs.engines import open_engine
from contested.jobs.figures import front_on
from contested.jobs.figures_files import front_geojson
from contested.render.figures_json import front_json, head
from contested.store.book import Book
from contested.store.files import write_bytes

if TYPE_CHECKING:
    from datetime import date

    from contested.geo.front import ImpliedRuler
    from contested.jobs.figures import FrontAnswer

_LENGTH = re.compile(r"^\s*(\d[\d,]*(?:\.\d+)?)\s*(km|mi|miles?)\s*$", re.IGNORECASE)


@click.command("front")
@options.on_option
@click.option(
    "--tolerance",
    "tolerances",
    type=float,
    multiple=True,
    metavar="M",
    help="A ruler in metres, above 0; may be repeated. Without it seven, from 0 m to 10 km.",
)
@click.option("--compare", type=options.DAY, metavar="DATE", help="Change since this day.")
@click.option("--length", "quoted", metavar="750mi", help="Which ruler does this length imply?")
@click.option(
    "--geojson",
    "geojson_path",
    type=click.Path(path_type=Path),
    help="Write main line and incursions here.",
)
@options.source_option
@options.engine_option
@options.book_option
@options.json_option
def command(
    on: date | None,
    tolerances: tuple[float, ...],
    compare: date | None,
    quoted: str | None,
    geojson_path: Path | None,
    source_name: str | None,
    engine_name: str,
    book_path: Path,
    as_json: bool,
) -> None:
    """The front line and how its length depends on the ruler.

    The main line is the longest piece; the other pieces are incursions. Never compare lengths
    measured with different rulers.

    \b
    contested front --on 2025-08-03
    contested front --on 2025-08-03 --compare 2022-12-31
    contested front --on 2025-08-03 --length 750mi
    """
    if on is None:
        raise UsageError("front needs --on DATE")
    rulers = _rulers(tolerances)
    quoted_km = None if quoted is None else length_km(quoted)
    book = Book.open(book_path)
    engine = open_engine(book, source_name, on=on, engine=engine_name)
    answer = front_on(engine, on, tolerances_m=rulers, compare=compare, quoted_km=quoted_km)
    if geojson_path is not None:
        write_bytes(geojson_path, front_geojson(answer))
    if as_json:
        shown = front_json(answer.front, answer.trend, answer.implied)
        show.as_json({**head(answer.provenance, answer.front.method), **shown})
        return
    _print(answer)
    if geojson_path is not None:
        show.note(f"lines: {geojson_path}")


def _rulers(tolerances: tuple[float, ...]) -> tuple[float, ...]:
    wrong = [m for m in tolerances if not m > 0]
    if wrong:
        raise UsageError(f"tolerance {wrong[0]:g} m: a ruler must be longer than 0 m")
    # The line as drawn stands beside the rulers that were asked for.
    return (0.0, *tolerances) if tolerances else TOLERANCES_M


def length_km(text: str) -> float:
    """Return a length such as ``750mi`` or ``1,207 km`` in km."""
    found = _LENGTH.match(text)
    if found is None:
        raise UsageError(f"{text!r} is no length: write it like 750mi or 1207km")
    value = float(found[1].replace(",", ""))
    return value if found[2].lower() == "km" else value * KM_PER_MILE


def _print(answer: FrontAnswer) -> None:
    snapshot = answer.provenance.snapshot
    changes = {} if answer.trend is None else {c.m: c for c in answer.trend.changes}
    rows = [
        (
            f"{length.m:,.0f} m" if length.m else "as drawn",
            f"{length.main_km:,.0f} km = {length.main_miles:,.0f} mi",
            f"{length.all_km:,.0f} km = {length.all_miles:,.0f} mi",
            f"{changes[length.m].main_percent:+.0f} %" if length.m in changes else "",
        )
        for length in answer.front.tolerances
    ]
    last = (
        ""
        if answer.provenance.before is None
        else f"main line since {answer.provenance.before.as_of}"
    )
    title = f"{snapshot.source}: front on the map of {snapshot.as_of}"
    show.table(title, ("ruler", "main line", "all pieces", last), rows, right=(1, 2, 3))
    count = len(answer.front.incursions.geoms)
    show.note(f"main line and {count} incursions, more than 3 km inside Ukraine's outline")
    if answer.trend is not None:
        agree = "agrees" if answer.trend.main_sign_agrees else "does not agree"
        show.note(f"the sign of the main line's change {agree} at every ruler")
    if answer.implied is not None:
        for name, ruler in (("main line", answer.implied.main), ("all pieces", answer.implied.all)):
            show.note(f"{answer.implied.quoted_km:,.0f} km, {name}: {_implied(ruler)}")
    show.note(f"snapshot {snapshot.sha256[:12]} · {answer.front.method.label}")


def _implied(ruler: ImpliedRuler) -> str:
    if ruler.ruler_m is not None:
        return f"measured with a ruler of about {ruler.ruler_m:,.0f} m"
    return f"no ruler from 0 to 10 km gives it ({ruler.coarsest_km:,.0f}–{ruler.finest_km:,.0f} km)"
