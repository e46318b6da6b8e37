"""How commands print: tables for people, JSON with stable keys for programs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Literal

import click
import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NOT_HELD = "not held"

WIDEST = 1000
"""Columns of letters of the widest table in a pipe."""

GAP = 2
"""Columns of letters between two columns of a table."""

LONGEST_WORD = 20
"""Letters of the longest word that a table keeps in one piece: geonames:12345678, a P-code."""


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
        "controlled": "controlled by Russia (occupied + held since 2014)",
        "free": "government-controlled",
    }
    return known.get(status, status or "")


def settlement_words(status: str | None) -> str:
    """Return a settlement's status in words."""
    return "occupied or held since 2014" if status == "controlled" else words(status)


def table(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[int] = ()
) -> None:
    """Print a table under its title; in a pipe it is as wide as it needs to be, without colour.

    On a terminal it is as wide as that, unless numbers or words would have to be broken: then it
    is wider, and the terminal wraps its lines.
    """
    from rich.console import Console
    from rich.table import Table

    body = list(rows)
    terminal = sys.stdout.isatty()
    console = Console(width=None if terminal else WIDEST, highlight=False, markup=False)
    widths = _widths(columns, body, right, console.width)
    console.width = max(console.width, sum(widths) + GAP * (len(widths) - 1))
    grid = Table(box=None, pad_edge=False, padding=(0, GAP // 2))
    grid.show_header = any(columns)
    for number, (column, width) in enumerate(zip(columns, widths, strict=True)):
        side: Literal["left", "right"] = "right" if number in right else "left"
        grid.add_column(column, justify=side, overflow="fold", width=width)
    for row in body:
        grid.add_row(*row)
    console.print(title, style="bold", soft_wrap=not terminal)
    console.print(grid if grid.row_count else "(none)")


def _widths(
    columns: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int], room: int
) -> list[int]:
    """Return the widths of columns: the widest give way first, none below its longest word."""
    natural, least = [], []
    for number, column in enumerate(columns):
        cells = [row[number] for row in rows]
        whole = cells if number in right else [word for cell in cells for word in _words(cell)]
        natural.append(max(map(len, [column, *cells])))
        least.append(max(map(len, [*_words(column), *whole]), default=0))
    while sum(natural) + GAP * (len(natural) - 1) > room:
        spare = [number for number, width in enumerate(natural) if width > max(least[number], 1)]
        if not spare:
            break
        natural[max(spare, key=natural.__getitem__)] -= 1
    return natural


def _words(text: str) -> list[str]:
    """Return the words that are not broken; addresses, hashes and paths may be."""
    return [word for word in text.split() if len(word) <= LONGEST_WORD]


def note(text: str) -> None:
    """Print a line under a table."""
    click.echo(text)


def not_held(source: str, statuses: Sequence[str]) -> None:
    """Print which statuses the source says nothing about, if any."""
    if statuses:
        held = ", ".join(words(name) for name in statuses)
        note(f"Not held by {source}: {held}. That is not zero.")
