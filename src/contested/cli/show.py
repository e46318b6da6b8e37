"""How commands print: tables for people, JSON with stable keys for programs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NOT_HELD = "not held"


def as_json(answer: object) -> None:
    """Print an answer as indented JSON, keys as documented in ``docs/reference``."""
    text = msgspec.json.format(msgspec.json.encode(answer), indent=2)
    click.echo(text.decode())


def km2(value: float | None) -> str:
    """Return an area with a thousands separator, or the words "not held"."""
    return NOT_HELD if value is None else f"{value:,.2f}"


def words(status: str | None) -> str:
    """Return a status in words a reader understands."""
    known = {
        None: "no statement on the map",
        "contested": "contested or unknown",
        "held_since_2014": "held since 2014",
        "ua_held_in_russia": "held by Ukraine inside Russia",
        "liberated": "regained by Ukraine",
        "controlled": "controlled (occupied + held since 2014)",
        "free": "government-controlled",
    }
    return known.get(status, status or "")


def settlement_words(status: str | None) -> str:
    """Return a settlement's status in words."""
    return "occupied or held since 2014" if status == "controlled" else words(status)


def table(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[int] = ()
) -> None:
    """Print a table under its title; in a pipe it is as wide as it needs to be, without colour."""
    from rich.console import Console
    from rich.table import Table

    grid = Table(box=None, pad_edge=False)
    grid.show_header = any(columns)
    for number, column in enumerate(columns):
        grid.add_column(column, justify="right" if number in right else "left", overflow="fold")
    for row in rows:
        grid.add_row(*row)
    terminal = sys.stdout.isatty()
    console = Console(width=None if terminal else 160, highlight=False, markup=False)
    console.print(title, style="bold", soft_wrap=not terminal)
    console.print(grid if grid.row_count else "(none)")


def note(text: str) -> None:
    """Print a line under a table."""
    click.echo(text)


def not_held(source: str, statuses: Sequence[str]) -> None:
    """Print which statuses the source says nothing about, if any."""
    if statuses:
        held = ", ".join(words(name) for name in statuses)
        note(f"Not held by {source}: {held}. That is not zero.")
