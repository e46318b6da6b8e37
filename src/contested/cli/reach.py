"""`contested reach`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from contested.cli import options, show
from contested.errors import UsageError
from contested.geo.reach import RINGS_KM
from contested.jobs.engines import open_engine
from contested.jobs.figures_people import only_region, reach_csv, reach_on
from contested.jobs.place_panel import settlements_of
from contested.jobs.places import open_gazetteer
from contested.jobs.regions import regions_in
from contested.render.figures_json import head, reach_change_json, reach_json
from contested.store.book import Book
from contested.store.files import write_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from contested.geo.reach import ReachRing
    from contested.jobs.figures_people import ReachAnswer
    from contested.records import Place

NAMED = 5


@click.command("reach")
@options.on_option
@click.option("--km", "rings", metavar="5,15,25,40", help="Distances in km.")
@click.option("--oblast", metavar="NAME", help="Only places of this oblast.")
@click.option("--since", type=options.DAY, metavar="DATE", help="Places entered and left since.")
@click.option(
    "--boundaries",
    "boundaries_path",
    type=click.Path(path_type=Path),
    help="GeoJSON of oblasts, raions or hromadas: each is reported apart.",
)
@click.option("--csv", "csv_path", type=click.Path(path_type=Path), help="Write the places here.")
@click.option("--hxl", is_flag=True, help="With --csv: a row of HXL tags under the header.")
@options.source_option
@options.engine_option
@options.book_option
@options.json_option
def command(
    on: date | None,
    rings: str | None,
    oblast: str | None,
    since: date | None,
    boundaries_path: Path | None,
    csv_path: Path | None,
    hxl: bool,
    source_name: str | None,
    engine_name: str,
    book_path: Path,
    as_json: bool,
) -> None:
    """How many people live near controlled ground, and which places decide it.

    Places under control are not counted, districts of a large city not twice.

    \b
    contested reach --on 2025-08-03 --km 5,15,25,40
    contested reach --on 2025-08-03 --oblast Kharkiv --csv reach.csv --hxl
    """
    if on is None:
        raise UsageError("reach needs --on DATE")
    if hxl and csv_path is None:
        raise UsageError("--hxl is a row of the table: give --csv FILE with it")
    if since is not None and since > on:
        raise UsageError(f"--since {since} is after --on {on}: swap the dates")
    distances_km = RINGS_KM if rings is None else _kilometres(rings)
    book = Book.open(book_path)
    gazetteer = open_gazetteer(book.path)
    places = settlements_of(gazetteer)
    if oblast is not None:
        places = only_region(places, gazetteer.regions(oblast), oblast)
    shapes = None
    if boundaries_path is not None:
        shapes = {one.name: one.outline for one in regions_in(boundaries_path)}
    engine = open_engine(book, source_name, on=on, engine=engine_name)
    answer = reach_on(engine, on, places, rings_km=distances_km, since=since, boundaries=shapes)
    if csv_path is not None:
        write_text(csv_path, reach_csv(answer, hxl=hxl))
    _print_json(answer, oblast) if as_json else _print(answer)


def _kilometres(text: str) -> tuple[float, ...]:
    try:
        return tuple(float(part) for part in text.split(","))
    except ValueError:
        raise UsageError(f"{text!r}: give distances in km, like 5,15,25,40") from None


def _print_json(answer: ReachAnswer, oblast: str | None) -> None:
    regions = {name: reach_json(found)["rings"] for name, found in answer.regions.items()}
    show.as_json(
        {
            **head(answer.provenance, answer.reach.method),
            "oblast": oblast,
            **reach_json(answer.reach),
            "or_russia": reach_json(answer.also_russia)["rings"],
            "changes": [reach_change_json(change) for change in answer.changes],
            "regions": regions,
        }
    )


def _print(answer: ReachAnswer) -> None:
    snapshot = answer.provenance.snapshot
    second = {ring.km: ring.people for ring in answer.also_russia.rings}
    rows = [_row(ring, second[ring.km]) for ring in answer.reach.rings]
    rows.append((f"0–{answer.reach.band.km:g} km", *_row(answer.reach.band, None)[1:]))
    columns = ("within", "people", "±2 km", "or of Russia", "places", "largest", "decided by")
    title = f"{snapshot.source}: people near controlled ground, map of {snapshot.as_of}"
    show.table(title, columns, rows, right=(1, 2, 3, 4))
    for name, found in answer.regions.items():
        if not found.rings[-1].places:
            continue
        people = ", ".join(f"{ring.people:,} within {ring.km:g} km" for ring in found.rings)
        show.note(f"{name}: {people}")
    for change in answer.changes:
        show.note(
            f"{change.km:g} km: {len(change.entered)} places entered{_names(change.entered)}, "
            f"{len(change.left)} left{_names(change.left)}; "
            f"{len(change.taken)} came under control{_names(change.taken)}"
        )
    show.note(f"0–{answer.reach.band.km:g} km: the band of humanitarian plans")
    for vintage, count in answer.reach.vintages.items():
        show.note(f"population: {vintage} ({count:,} people)")
    if unknown := answer.reach.unknown_population:
        show.note(f"of {unknown:,} places in the widest ring the population is not known")
    show.note(f"snapshot {snapshot.sha256[:12]} · {answer.reach.method.label}")


def _row(ring: ReachRing, russia: int | None) -> tuple[str, ...]:
    return (
        f"{ring.km:g} km",
        f"{ring.people:,}",
        f"{ring.people_low:,}–{ring.people_high:,}",
        "" if russia is None else f"{russia:,}",
        str(ring.places),
        ", ".join(place.name for place in ring.largest[:3]),
        ", ".join(place.name for place in ring.deciding[:2]),
    )


def _names(places: Sequence[Place]) -> str:
    """Return the largest places by name, and how many more there are."""
    named = ", ".join(place.name for place in places[:NAMED])
    more = f" and {len(places) - NAMED} more" if len(places) > NAMED else ""
    return f" ({named}{more})" if places else ""
