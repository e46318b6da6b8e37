"""`contested vintage`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from contested.cli import options, show
from contested.cli.named import PLACE, named_place
from contested.errors import UsageError
from contested.history.vintage import quoted_area
from contested.jobs.engines import open_engine
from contested.jobs.figures_people import vintage_of
from contested.jobs.places import open_gazetteer
from contested.render.figures_json import head, place_json, vintage_json
from contested.store.book import Book

if TYPE_CHECKING:
    from contested.history.vintage import QuotedArea
    from contested.jobs.figures_people import VintageAnswer


@click.command("vintage")
@click.option(
    "--value", "values", multiple=True, required=True, metavar="STATUS=63km2",
    help="A quoted area; repeat it for several quoted together.",
)  # fmt: skip
@click.option(
    "--near",
    required=True,
    type=PLACE,
    help="The place that the text speaks of.",
)
@options.source_option
@options.engine_option
@options.book_option
@options.json_option
def command(
    values: tuple[str, ...],
    near: str,
    source_name: str | None,
    engine_name: str,
    book_path: Path,
    as_json: bool,
) -> None:
    """Which maps a quoted area can have been read from.

    Several values quoted together must hold on the same map.

    \b
    contested vintage --value ua_held_in_russia=63km2 --value contested=81km2 --near Sudzha
    """
    quoted = [_quoted(value) for value in values]
    book = Book.open(book_path)
    place = named_place(open_gazetteer(book.path), near)
    answer = vintage_of(open_engine(book, source_name, engine=engine_name), quoted, place)
    if as_json:
        start = head(answer.provenance, answer.vintage.method)
        shown = vintage_json(answer.vintage)
        show.as_json({**start, "place": place_json(answer.place), **shown})
        return
    _print(answer)


def _quoted(value: str) -> QuotedArea:
    status, equals, text = value.partition("=")
    if not equals:
        raise UsageError(f"{value!r}: write a value as STATUS=63km2")
    return quoted_area(status.strip(), text)


def _print(answer: VintageAnswer) -> None:
    rows = [
        (
            str(match.snapshot.as_of),
            ", ".join(
                f"{show.words(status)} {km2:.1f} km² ({match.found_as[status]})"
                for status, km2 in match.values_km2.items()
            ),
            match.snapshot.sha256[:12],
        )
        for match in answer.vintage.matches
    ]
    title = f"{answer.provenance.snapshot.source}: maps that fit near {answer.place.name}"
    if rows:
        show.table(title, ("map of", "shows", "snapshot"), rows)
    else:
        first, last = answer.provenance.before, answer.provenance.snapshot
        span = f"{first.as_of if first else ''} to {last.as_of}"
        show.note(f"no map of {last.source} from {span} fits near {answer.place.name}")
    for left in answer.vintage.left_out:
        show.note(
            f"left out: {show.words(left.status)} {left.km2:.1f} km² at {left.lat:.2f}°N "
            f"{left.lon:.2f}°E, {left.from_place_km:.0f} km away"
        )
    show.note(answer.vintage.method.label)
