"""Options that several commands share, worded once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from contested.rights import DEFAULT_DELAY_HOURS

if TYPE_CHECKING:
    from collections.abc import Callable

F = TypeVar("F", bound="Callable[..., Any]")

DEFAULT_BOOK = Path("contested.book")


class Day(click.ParamType[date]):
    """A calendar day, YYYY-MM-DD."""

    name = "date"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Return the day, or fail with what was given and what is wanted."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a day written YYYY-MM-DD.", param, ctx)


DAY = Day()


def book_option(command: F) -> F:
    """Add ``--book``."""
    return click.option(
        "--book",
        "book_path",
        type=click.Path(path_type=Path),
        default=DEFAULT_BOOK,
        show_default=True,
        envvar="CONTESTED_BOOK",
        help="Folder of the book.",
    )(command)


def boundaries_option(command: F) -> F:
    """Add ``--boundaries``."""
    return click.option(
        "--boundaries",
        type=click.Path(path_type=Path),
        envvar="CONTESTED_BOUNDARIES",
        metavar="FILE",
        help="GeoJSON of oblasts; without it those added to the book.",
    )(command)


def encoding_option(command: F) -> F:
    """Add ``--encoding``."""
    return click.option(
        "--encoding", metavar="NAME", help="Encoding of the article, if it is not UTF-8."
    )(command)


def source_option(command: F) -> F:
    """Add ``--source``."""
    return click.option(
        "--source",
        "source_name",
        metavar="NAME",
        help="Source to ask; without it the best held source that has the day.",
    )(command)


def json_option(command: F) -> F:
    """Add ``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")(
        command
    )


def engine_option(command: F) -> F:
    """Add ``--engine``."""
    return click.option(
        "--engine",
        "engine_name",
        type=click.Choice(["auto", "reference"]),
        default="auto",
        show_default=True,
        help="`reference` is the slow, independent Shapely checker.",
    )(command)


def on_option(command: F) -> F:
    """Add ``--on``."""
    return click.option("--on", "on", type=DAY, metavar="DATE", help="The map of this day.")(
        command
    )


def range_options(command: F) -> F:
    """Add ``--from`` and ``--to``."""
    command = click.option("--to", "last", type=DAY, metavar="DATE", help="Last day.")(command)
    return click.option("--from", "first", type=DAY, metavar="DATE", help="First day.")(command)


def delay_option(command: F) -> F:
    """Add ``--delay``."""
    return click.option(
        "--delay",
        "delay_hours",
        type=click.IntRange(min=0),
        default=DEFAULT_DELAY_HOURS,
        show_default=True,
        metavar="HOURS",
        help="What is published must be at least this old.",
    )(command)


def check_option(command: F) -> F:
    """Add ``--check``."""
    return click.option(
        "--check",
        "check_path",
        type=click.Path(path_type=Path),
        help="Claims as pins: what `contested check ARTICLE --json -o FILE` wrote.",
    )(command)


def basemap_options(command: F) -> F:
    """Add ``--basemap`` and ``--attribution``."""
    command = click.option(
        "--attribution", default="", help="With --basemap: whom the page credits for it."
    )(command)
    return click.option(
        "--basemap",
        metavar="ADDRESS",
        help="Ask for tiles under the map: a template with {z}/{x}/{y}, a style.json, or a "
        ".pmtiles archive, there or beside a page of `site build`. Without it the page asks the "
        "network for nothing.",
    )(command)
