"""`contested places`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from contested.cli import options, show
from contested.cli.named import PLACE, named_place
from contested.errors import NotHeldError, UsageError
from contested.jobs import place_files
from contested.jobs import places as job
from contested.places.extent import stands_vaguely
from contested.places.words import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from contested.places.gazetteer import Gazetteer


def _optional_book(book_path: Path | None) -> Path | None:
    """Return the book named, the default book if it is there, or none: places need no book."""
    if book_path is not None:
        return book_path
    return options.DEFAULT_BOOK if (options.DEFAULT_BOOK / "ledger.sqlite").is_file() else None


book_option = click.option(
    "--book",
    "book_path",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    envvar="CONTESTED_BOOK",
    help="Folder of a book whose added places (and maps, for --on) are used.",
)


_SHOWN = 20
_FORMS = {
    "official": "names",
    "former": "former names",
    "other": "other names",
    "generated": "spellings",
    "declined": "declined",
}
"""Form of a name → how a person calls such names."""


@click.group("places")
def command() -> None:
    """Find settlements by any of their names, and add more of them."""


@command.command("find")
@click.argument("name", type=PLACE)
@click.option("--near", type=PLACE, help="A place or region nearby.")
@click.option("--kind", metavar="WORD", help="What it is: city, town, village, region, raion.")
@options.on_option
@book_option
@options.json_option
def find(
    name: str,
    near: str | None,
    kind: str | None,
    on: date | None,
    book_path: Path | None,
    as_json: bool,
) -> None:
    """Find a place by any of its names, the likeliest first.

    contested places find Kostiantynivka --near Pokrovsk
    """
    if kind is not None and kind not in KINDS:
        raise UsageError(f"--kind {kind}: choose one of {', '.join(KINDS)}")
    book = _optional_book(book_path)
    gazetteer = job.open_gazetteer(book)
    meant = job.look_up(gazetteer, name, near=near, kind=kind, front_km=_front(book, on))
    answer = job.found_of(meant)
    if as_json:
        show.as_json(answer)
        return
    if not answer.places:
        raise NotHeldError(
            f"{name}: no place of this name is known; `contested places add --help` adds more"
        )
    _print_found(gazetteer, answer)
    if (doubt := job.doubt(gazetteer, meant, near=near)) is not None:
        show.note(doubt)


def _front(book: Path | None, on: date | None) -> Callable[[float, float], float] | None:
    """Return the distance to the front on a day, if a day was asked for."""
    if on is None:
        return None
    from contested.history.measure import calendar
    from contested.jobs.engines import open_engine
    from contested.store.book import Book

    if book is None:
        raise UsageError("--on needs the maps of a book: name one with --book")
    engine = open_engine(Book.open(book), on=on)
    return job.front_distance(engine.ground(calendar(engine).on(on)))


def _print_found(gazetteer: Gazetteer, answer: job.Found) -> None:
    rows = []
    for place in answer.places:
        entry = gazetteer.entry(place.id)
        region = job.region_name(gazetteer, entry.place) if entry else None
        where = region or (entry.place.country if entry else "")
        people = f"{place.population:,}" if place.population else "–"
        vague = f" ±{place.uncertainty_km:g} km" if entry and stands_vaguely(entry.place) else ""
        point = f"{place.lat:.4f} {place.lon:.4f}{vague}"
        rows.append(
            (
                place.name,
                where,
                place.kind,
                people,
                point,
                f"{place.score:.2f}",
                place.reason,
                place.id,
            )
        )
    columns = ("place", "in", "kind", "people", "lat lon", "score", "why", "id")
    show.table(f"{answer.query}: {len(rows)} found", columns, rows, right=(3, 5))


@command.command("info")
@click.argument("place", type=PLACE)
@book_option
@options.json_option
def info(place: str, book_path: Path | None, as_json: bool) -> None:
    """Show what is known about a place: names, codes, populations with year and source.

    contested places info geonames:704422
    """
    gazetteer = job.open_gazetteer(_optional_book(book_path))
    answer = job.info(gazetteer, named_place(gazetteer, place).id)
    if as_json:
        show.as_json(answer)
        return
    rows = [
        ("id", answer.id),
        ("point", f"{answer.lat:.5f} {answer.lon:.5f} (latitude, longitude)"),
        ("kind", answer.kind),
        ("in", ", ".join(part for part in (answer.region, answer.country) if part)),
        ("P-code", answer.pcode or "–"),
        *(
            ("people", f"{f.value:,} · {f.year or 'no year'} · {f.source}")
            for f in answer.populations
        ),
        *((_FORMS[form], ", ".join(names)) for form, names in answer.names.items()),
        ("within", f"{answer.uncertainty_km:g} km" if answer.uncertainty_km else "–"),
        ("source", answer.source or "–"),
    ]
    show.table(answer.name, ("", ""), rows)


@command.command("distance")
@click.argument("first", metavar="A", type=PLACE)
@click.argument("last", metavar="B", type=PLACE)
@book_option
@options.json_option
def distance(first: str, last: str, book_path: Path | None, as_json: bool) -> None:
    """Measure from one place to another: centre to centre, edge to edge, bearing.

    contested places distance Pokrovsk Kramatorsk
    """
    gazetteer = job.open_gazetteer(_optional_book(book_path))
    ends = [named_place(gazetteer, name).id for name in (first, last)]
    answer = job.distance_between(gazetteer, *ends)
    if as_json:
        show.as_json(answer)
        return
    rows = [
        ("centre to centre", f"{answer.km:.1f} km = {answer.miles:.1f} miles"),
        ("edge to edge", f"{answer.edge_km:.1f} km = {answer.edge_miles:.1f} miles"),
        ("bearing", f"{answer.bearing_deg:.0f}° ({answer.direction})"),
    ]
    show.table(f"{first} → {last}", ("", ""), rows)
    show.note(answer.method)


@command.command("about")
@book_option
@options.json_option
def about(book_path: Path | None, as_json: bool) -> None:
    """Say what the gazetteer is made of, its licence and its attribution.

    contested places about
    """
    answer = job.about(_optional_book(book_path))
    if as_json:
        show.as_json(answer)
        return
    rows = [
        ("places", f"{answer.places:,}"),
        ("of Ukraine", job.coverage(answer.settlements_of_ukraine)),
        ("licence", answer.licence),
        ("attribution", answer.attribution),
        *(("made of", source) for source in answer.sources),
        ("added", answer.added or "nothing"),
    ]
    show.table("The gazetteer in use", ("", ""), rows)
    show.note(answer.note)


@command.group("add")
def add() -> None:
    """Add places from files; a file with a fault is refused whole, with its lines."""


def _add_command(kind: str, text: str, example: str) -> None:
    @add.command(kind, help=f"{text}\n\n{example}")
    @click.argument(
        "files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False)
    )
    @book_option
    @options.json_option
    def run(files: tuple[Path, ...], book_path: Path | None, as_json: bool) -> None:
        answer = place_files.add(kind, files, _optional_book(book_path))
        if as_json:
            show.as_json(answer)
            return
        _print_added(answer)


def _print_added(answer: place_files.Added) -> None:
    rows = [
        ("added", f"{answer.added:,}"),
        ("joined with known places", f"{answer.joined:,}"),
        *(
            (words, f"{count:,}")
            for words, count in (
                ("at their hromada's centroid", answer.at_centroid),
                ("without any location, left out", answer.left_out),
            )
            if count
        ),
        ("conflicts", f"{len(answer.conflicts):,}"),
    ]
    show.table(", ".join(answer.files), ("", ""), rows, right=(1,))
    for conflict in answer.conflicts[:_SHOWN]:
        show.note(conflict)
    if len(answer.conflicts) > _SHOWN:
        show.note(f"… and {len(answer.conflicts) - _SHOWN:,} more: --json lists all of them")
    if answer.left_out:
        show.note(
            "Left out for want of coordinates: give the file of hromadas with that of settlements."
        )
    show.note(f"kept in {answer.gazetteer}")


_add_command(
    "geonames",
    "Add the populated places of a GeoNames dump, UA.txt or UA.zip.",
    "contested places add geonames UA.zip",
)
_add_command(
    "cod-ab",
    "Add OCHA COD-AB settlements (P-codes) and, for their location, hromadas.",
    "contested places add cod-ab settlements.csv hromadas.csv",
)
_add_command(
    "csv",
    "Add places of a CSV file with the columns name, lon and lat at least.",
    "contested places add csv mine.csv",
)
