"""`contested salients`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from contested.cli import options, show
from contested.errors import UsageError
from contested.geo.salient import Side
from contested.jobs.engines import open_engine
from contested.jobs.figures import salients_on
from contested.jobs.figures_files import salients_geojson
from contested.jobs.layers import polygons_in
from contested.jobs.place_panel import settlements_of
from contested.jobs.places import open_gazetteer
from contested.render.figures_json import head, salients_json
from contested.store.book import Book
from contested.store.files import write_bytes

if TYPE_CHECKING:
    from datetime import date

    from contested.geo.salient import Salient
    from contested.jobs.figures import SalientsAnswer
    from contested.render.figures_json import SalientExtras

WATER = (
    "Large lakes and the lower Dnipro count as coast; add rivers and limans with "
    "--water FILE.geojson."
)


@click.command("salients")
@options.on_option
@click.option(
    "--side",
    type=click.Choice([side.value for side in Side]),
    help="Ground of the attacker (controlled) or of the defender; both without it.",
)
@click.option(
    "--water",
    "water_path",
    type=click.Path(path_type=Path),
    help="GeoJSON with areas of rivers, limans and lakes beside those of Natural Earth.",
)
@click.option(
    "--geojson",
    "geojson_path",
    type=click.Path(path_type=Path),
    help="Write the centrelines here.",
)
@options.source_option
@options.engine_option
@options.book_option
@options.json_option
def command(
    on: date | None,
    side: str | None,
    water_path: Path | None,
    geojson_path: Path | None,
    source_name: str | None,
    engine_name: str,
    book_path: Path,
    as_json: bool,
) -> None:
    """Salients of both sides: how deep, how wide, which way.

    Lakes, reservoirs (Kakhovka's until June 2023) and the lower Dnipro belong to neither side.
    Depth runs from the middle of the mouth to the tip. Borderline ones miss 5 km by less than the
    grid can tell and are no salients of the first tier.

    \b
    contested salients --on 2025-08-03 --side attacker --water limans.geojson
    """
    if on is None:
        raise UsageError("salients needs --on DATE")
    water = None if water_path is None else polygons_in(water_path)
    book = Book.open(book_path)
    engine = open_engine(book, source_name, on=on, engine=engine_name)
    places = settlements_of(open_gazetteer(book.path))
    sides = tuple(Side) if side is None else (Side(side),)
    answer = salients_on(engine, on, sides=sides, places=places, water=water)
    if geojson_path is not None:
        write_bytes(geojson_path, salients_geojson(answer))
    if as_json:
        shown = salients_json(answer.found, answer.extras)
        show.as_json({**head(answer.provenance, answer.found.method), **shown})
        return
    _print(answer, water_added=water is not None)
    if geojson_path is not None:
        show.note(f"centrelines: {geojson_path}")


def _print(answer: SalientsAnswer, *, water_added: bool) -> None:
    snapshot = answer.provenance.snapshot
    columns = ("near", "side", "tier", "depth km", "range", "mouth km", "width", "neck", "to",
               "prongs", "60 days km²", "r km")  # fmt: skip
    rows = [_row(one, e) for one, e in zip(answer.found.salients, answer.extras, strict=True)]
    title = f"{snapshot.source}: salients on the map of {snapshot.as_of}"
    show.table(title, columns, rows, right=(3, 5, 6, 7, 8, 9, 10, 11))
    if not water_added:
        show.note(WATER)
    show.note(f"snapshot {snapshot.sha256[:12]} · {answer.found.method.label}")


def _row(one: Salient, extra: SalientExtras) -> tuple[str, ...]:
    low, high = one.depth_range_km
    return (
        "" if extra.nearest is None else extra.nearest[0].name,
        one.side.value,
        one.tier.value,
        f"{one.depth_km:.1f}",
        f"{low:.1f}–{high:.1f}",
        f"{one.mouth_km:.1f}",
        f"{one.mean_width_km:.1f}",
        f"{one.neck_km:.1f}",
        f"{one.bearing_deg:.0f}°",
        str(len(one.prongs)),
        show.NOT_HELD if extra.taken_km2 is None else f"{extra.taken_km2:.0f}",
        f"{one.radius_km:g}",
    )
