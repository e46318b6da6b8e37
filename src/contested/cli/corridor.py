"""`contested corridor`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from contested.cli import options, show
from contested.cli.named import PLACE, named_place
from contested.errors import UsageError
from contested.geo.corridor import DISC_KM, CorridorState
from contested.jobs.corridor import corridor_days, corridor_on
from contested.jobs.engines import open_engine
from contested.jobs.figures_files import corridor_csv
from contested.jobs.places import open_gazetteer
from contested.render.figures_json import corridor_json, corridor_words, head, place_json
from contested.store.book import Book
from contested.store.files import write_text

if TYPE_CHECKING:
    from datetime import date

    from contested.jobs.corridor import CorridorAnswer


@click.command("corridor")
@click.argument("place", type=PLACE)
@options.on_option
@options.range_options
@click.option(
    "--near",
    type=PLACE,
    help="Tell namesakes apart: the one near this place.",
)
@click.option("--csv", "csv_path", type=click.Path(path_type=Path), help="Write the days here.")
@click.option(
    "--radius", "radius_km", type=float, default=DISC_KM, show_default=True, metavar="KM",
    help="Radius of the disc that stands for the place.",
)  # fmt: skip
@options.source_option
@options.engine_option
@options.book_option
@options.json_option
def command(
    place: str,
    on: date | None,
    first: date | None,
    last: date | None,
    near: str | None,
    csv_path: Path | None,
    radius_km: float,
    source_name: str | None,
    engine_name: str,
    book_path: Path,
    as_json: bool,
) -> None:
    """How wide the open ground is that links a place with the rest of the country.

    A width on a map: it says nothing of roads, supply or what comes next.

    \b
    contested corridor Bakhmut --on 2023-03-04
    contested corridor Myrnohrad --from 2025-01-01 --to 2025-08-03 --csv myrnohrad.csv
    """
    series_asked = first is not None or last is not None
    if (on is None) == (not series_asked):
        raise UsageError("give either --on DATE or --from DATE --to DATE")
    if series_asked and (first is None or last is None):
        raise UsageError("a series needs both --from and --to")
    book = Book.open(book_path)
    found = named_place(open_gazetteer(book.path), place, near=near)
    engine = open_engine(book, source_name, on=on, engine=engine_name, lazy=True)
    if on is not None:
        # The checker measures everything itself.
        keeps = None if engine_name == "reference" else book
        answer = corridor_on(engine, found, on, disc_km=radius_km, book=keeps)
        _print_json(answer) if as_json else _print(answer)
        return
    if first is None or last is None:
        raise UsageError("a series needs both --from and --to")
    days = corridor_days(engine, found, first, last, disc_km=radius_km)
    text = corridor_csv(engine.series, days)
    if csv_path is None:
        click.echo(text, nl=False)
        return
    write_text(csv_path, text)
    gaps = sum(day.corridor is None for day in days)
    show.note(f"{csv_path}: {len(days)} days, {gaps} without a map")


def _print_json(answer: CorridorAnswer) -> None:
    shown = corridor_json(answer.corridor, answer.enclosure, answer.history)
    place = place_json(answer.place)
    show.as_json({**head(answer.provenance, answer.corridor.method), "place": place, **shown})


def _print(answer: CorridorAnswer) -> None:
    snapshot, horizon = answer.provenance.snapshot, answer.enclosure
    show.note(f"{answer.place.name}, map of {snapshot.as_of} ({snapshot.source}):")
    show.note(corridor_words(answer.corridor))
    show.note(
        f"{horizon.enclosure:.0%} of all bearings meet controlled ground within 20 km; "
        f"widest open sector {horizon.open_sector_deg:.0f}°"
    )
    if not horizon.meaningful:
        show.note("Controlled ground lies inside the place: the share of bearings means little.")
    history = answer.history
    if history is not None and answer.corridor.state is not CorridorState.OPEN:
        show.note(
            f"narrower on {history.percentile:.0f} % of {history.days} maps of this place "
            f"({history.narrowest_km:.1f}–{history.widest_km:.1f} km, "
            f"median {history.median_km:.1f} km)"
        )
    show.note(f"snapshot {snapshot.sha256[:12]} · {answer.corridor.method.label}")
