"""`contested timeline`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from contested.cli import options, show
from contested.jobs.place import named_place
from contested.jobs.settlements import timeline_of
from contested.store.book import Book

if TYPE_CHECKING:
    from contested.history.answers import Timeline


@click.command("timeline")
@click.argument("place")
@click.option("--near", metavar="PLACE", help="Tell namesakes apart: the one near this place.")
@options.source_option
@options.engine_option
@options.book_option
@options.json_option
def command(
    place: str,
    near: str | None,
    source_name: str | None,
    engine_name: str,
    book_path: Path,
    as_json: bool,
) -> None:
    """Every status that a settlement was shown with.

    \b
    contested timeline Bakhmut
    contested timeline Dobropillia --near Pokrovsk

    The criterion stands with every row: here the status of the place's point in the gazetteer.
    """
    found = named_place(place, near=near)
    answer = timeline_of(Book.open(book_path), found, source_name, engine=engine_name)
    show.as_json(answer) if as_json else _print(answer)


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
