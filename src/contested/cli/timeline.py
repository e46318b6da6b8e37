"""`contested timeline`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from contested.cli import options, show
from contested.cli.named import PLACE, named_place
from contested.errors import UsageError
from contested.geo.disc import CRITERIA, SECTORS
from contested.jobs.engines import open_engine
from contested.jobs.place_discs import disc_timeline
from contested.jobs.place_panel import settlements_csv, settlements_of
from contested.jobs.places import open_gazetteer
from contested.jobs.settlements import timeline_of
from contested.store.book import Book
from contested.store.files import write_text

if TYPE_CHECKING:
    from contested.history.answers import Timeline
    from contested.jobs.place_discs import DiscTimeline


@click.command("timeline")
@click.argument("place", required=False, type=PLACE)
@click.option(
    "--near",
    type=PLACE,
    help="Tell namesakes apart: the one near this place.",
)
@click.option(
    "--criterion",
    type=click.Choice(["point", *CRITERIA]),
    default="point",
    show_default=True,
    help="The place's point, or which part of its disc must be controlled.",
)
@click.option("--radius", "radius_km", type=float, metavar="KM", help="Radius of the disc.")
@click.option("--sector", type=click.Choice(list(SECTORS)), help="Only this quarter of the disc.")
@click.option("--all", "everything", is_flag=True, help="Every settlement at once; needs --csv.")
@click.option("--csv", "csv_path", type=click.Path(path_type=Path), help="Write the rows here.")
@click.option("--hxl", is_flag=True, help="With --csv: a row of HXL tags under the header.")
@options.source_option
@options.engine_option
@options.book_option
@options.json_option
def command(
    place: str | None,
    near: str | None,
    criterion: str,
    radius_km: float | None,
    sector: str | None,
    everything: bool,
    csv_path: Path | None,
    hxl: bool,
    source_name: str | None,
    engine_name: str,
    book_path: Path,
    as_json: bool,
) -> None:
    """Every status that a settlement was shown with.

    \b
    contested timeline Bakhmut
    contested timeline Dobropillia --near Pokrovsk
    contested timeline Pokrovsk --criterion half            half of a 2 km disc controlled
    contested timeline Pokrovsk --sector sw --radius 3      its south-western quarter
    contested timeline --all --csv settlements.csv --hxl

    "Fell" needs its criterion, so the criterion stands with every row.
    """
    book = Book.open(book_path)
    if everything:
        if place is not None:
            raise UsageError("give a PLACE or --all, not both")
        _write_all(book, csv_path, source_name, engine_name, hxl=hxl)
        return
    if place is None:
        raise UsageError("timeline needs a PLACE, or --all with --csv FILE")
    if csv_path is not None:
        raise UsageError("--csv is the table of every settlement: give --all with it")
    found = named_place(open_gazetteer(book_path), place, near=near)
    if criterion == "point" and radius_km is None and sector is None:
        answer = timeline_of(book, found, source_name, engine=engine_name)
        show.as_json(answer) if as_json else _print(answer)
        return
    engine = open_engine(book, source_name, engine=engine_name)
    wanted = "half" if criterion == "point" else criterion
    discs = disc_timeline(engine, found, criterion=wanted, radius_km=radius_km, sector=sector)
    show.as_json(discs) if as_json else _print_disc(discs)


def _write_all(
    book: Book, path: Path | None, source_name: str | None, engine_name: str, *, hxl: bool
) -> None:
    if path is None:
        raise UsageError("--all writes a table: say where with --csv FILE")
    engine = open_engine(book, source_name, engine=engine_name)
    places = settlements_of(open_gazetteer(book.path))
    text, covered = settlements_csv(engine, places, hxl=hxl)
    write_text(path, text)
    click.echo(f"{path}: {covered}")


def _print(answer: Timeline) -> None:
    place = answer.place
    rows = [
        (show.settlement_words(row.status), str(row.first), str(row.last or "–"), row.criterion)
        for row in answer.timeline
    ]
    title = (
        f"{place['name']} ({place['id']}, {place['lat']:.4f}°N {place['lon']:.4f}°E) · "
        f"{answer.source}, last map {answer.last_map}"
    )
    show.table(title, ("status", "from", "to", "criterion"), rows)
    show.note(answer.note)
    show.not_held(answer.source, answer.not_held)


def _print_disc(answer: DiscTimeline) -> None:
    _print(answer.timeline)
    if not answer.timeline.timeline:
        show.note("Not controlled by this criterion on any of these maps.")
    rows = [
        (
            one.criterion,
            str(one.day) if one.day else "not reached",
            f"{100 * one.share:.1f} %" if one.day else f"largest {100 * one.share:.1f} %",
        )
        for one in answer.reached
    ]
    show.table("first map on which it held", ("criterion", "map of", "share"), rows, right=(2,))
