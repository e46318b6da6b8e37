"""`contested status`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from contested import sample
from contested.cli import options, show
from contested.errors import UsageError
from contested.history.measure import status_on
from contested.jobs.engines import open_engine
from contested.store.book import Book

if TYPE_CHECKING:
    from datetime import date

    from contested.history.answers import StatusAt


@click.command("status", context_settings={"ignore_unknown_options": True})
@click.argument("lon", type=float)
@click.argument("lat", type=float)
@options.on_option
@options.source_option
@options.engine_option
@options.book_option
@options.json_option
def command(
    lon: float,
    lat: float,
    on: date | None,
    source_name: str | None,
    engine_name: str,
    book_path: Path,
    as_json: bool,
) -> None:
    """What a map shows at a point on a day; longitude first.

    contested status 37.177 48.280 --on 2025-11-05
    """
    if on is None:
        raise UsageError("status needs --on DATE")
    if not _on_the_map(lon, lat) and _on_the_map(lat, lon):
        raise UsageError(
            f"{lon:g} {lat:g} lies off the map; longitude comes first: {lat:g} {lon:g}?"
        )
    engine = open_engine(Book.open(book_path), source_name, on=on, engine=engine_name, one_day=True)
    answer = status_on(engine, lon, lat, on)
    show.as_json(answer) if as_json else _print(answer)


def _on_the_map(lon: float, lat: float) -> bool:
    west, south, east, north = sample.extent()
    return west <= lon <= east and south <= lat <= north


def _print(answer: StatusAt) -> None:
    rows = [
        ("status", show.words(answer.status)),
        ("source's own word", answer.source_word or "–"),
        ("held by", answer.holder or "–"),
        ("territory of", answer.territory or "–"),
    ]
    title = f"{answer.lon:g} {answer.lat:g} · {answer.source}: map of {answer.as_of}"
    show.table(title, ("", ""), rows)
    show.note(f"snapshot {answer.snapshot[:12]}")
    show.not_held(answer.source, answer.not_held)
