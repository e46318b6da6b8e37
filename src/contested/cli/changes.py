"""`contested changes`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from contested.cli import options, show
from contested.errors import UsageError
from contested.history.measure import changes_between
from contested.jobs.engines import open_engine
from contested.store.book import Book

if TYPE_CHECKING:
    from datetime import date

    from contested.history.answers import Changes


@click.command("changes")
@options.range_options
@click.option(
    "--geojson",
    "geojson_path",
    type=click.Path(path_type=Path),
    help="Write the polygons that changed here.",
)
@options.source_option
@options.engine_option
@options.book_option
@options.json_option
def command(
    first: date | None,
    last: date | None,
    geojson_path: Path | None,
    source_name: str | None,
    engine_name: str,
    book_path: Path,
    as_json: bool,
) -> None:
    """What changed between two days, in km² from status to status.

    Each end is the last map at or before the day; the answer names it. Gained and lost are
    Russia's controlled ground.

    contested changes --from 2024-01-01 --to 2024-12-31 --geojson changes.geojson
    """
    if first is None or last is None:
        raise UsageError("changes needs both --from and --to")
    book = Book.open(book_path)
    engine = open_engine(book, source_name, span=(first, last), engine=engine_name)
    answer = changes_between(engine, first, last)
    if geojson_path is not None:
        from contested.jobs.export import ExportRequest, export_changes

        request = ExportRequest(book, source_name, engine_name, geojson_path)
        export_changes(request, first, last)
    show.as_json(answer) if as_json else _print(answer)
    if geojson_path is not None and not as_json:
        show.note(f"polygons: {geojson_path}")


def _print(answer: Changes) -> None:
    rows = [(show.words(c.before), show.words(c.after), show.km2(c.km2)) for c in answer.matrix]
    title = f"{answer.source}: map of {answer.from_day} to map of {answer.to_day}"
    show.table(title, ("from", "to", "km²"), rows, right=(2,))
    show.note(
        f"controlled ground: gained {answer.gained_km2:,.2f}, lost {answer.lost_km2:,.2f}, "
        f"net {answer.net_km2:+,.2f} km²"
    )
    edges = answer.edges
    show.note(
        f"outlines: {edges.came:,} edges came, {edges.gone:,} went; {edges.redrawn:,} of them only "
        "redrawn within a metre"
    )
    show.note(f"snapshots {answer.from_snapshot[:12]} to {answer.to_snapshot[:12]}")
    show.not_held(answer.source, answer.not_held)
