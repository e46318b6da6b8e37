"""`contested days`."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from contested.cli import options, show
from contested.jobs.coverage import coverage
from contested.store.book import Book

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


@click.command("days")
@options.source_option
@options.book_option
@options.json_option
def command(source_name: str | None, book_path: Path, as_json: bool) -> None:
    """Say which days have a map and which have none.

    A day without a map is a gap: nothing is known of it, not even that nothing changed.
    """
    answer = coverage(Book.open(book_path), source_name)
    if as_json:
        show.as_json(answer)
        return
    rows = [
        ("first map", str(answer.first)),
        ("last map", str(answer.last)),
        ("maps", f"{answer.snapshots:,}"),
        ("days with a map", f"{answer.days_with_map:,}"),
        ("days without", f"{len(answer.days_missing):,}"),
    ]
    show.table(answer.source, ("", ""), rows, right=(1,))
    if answer.days_missing:
        show.note("no map on:")
        for line in _by_month(answer.days_missing):
            show.note(line)


def _by_month(days: Sequence[date]) -> list[str]:
    """Return one line a month: ``2022-07: 5, 13, 17, 29``."""
    return [
        f"  {month}: " + ", ".join(str(one.day) for one in group)
        for month, group in groupby(days, key=lambda one: f"{one:%Y-%m}")
    ]
