"""`contested changes`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from contested.cli import options, show
from contested.errors import UsageError
from contested.history.measure import changes_between
from contested.jobs.engines import open_engine
from contested.jobs.what_changed import BACK, ChangesRequest, changes_since, write_feed
from contested.render.digest import digest, sentences
from contested.sources.registry import source
from contested.store.book import Book

if TYPE_CHECKING:
    from contested.history.answers import Changes, MatrixCell, WhatChanged


class Since(click.ParamType[date | str]):
    """``yesterday``, ``week`` or a calendar day."""

    name = "since"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date | str:
        """Return the word or the day."""
        if value in BACK:
            return str(value)
        try:
            return options.DAY.convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"{value!r} is none of yesterday, week, YYYY-MM-DD.", param, ctx)


@click.command("changes")
@options.range_options
@click.option(
    "--since",
    type=Since(),
    metavar="yesterday|week|DATE",
    help="What changed since then, up to the newest map held or --to; settlements too.",
)
@click.option("--oblast", metavar="NAME", help="Only this oblast.")
@options.boundaries_option
@click.option("--near", metavar="PLACE", help="Only round this place.")
@click.option("--km", type=float, metavar="N", help="With --near: how far, 25 without it.")
@click.option("--digest", "as_digest", is_flag=True, help="Print a paragraph to paste.")
@click.option(
    "--atom",
    "atom_path",
    type=click.Path(path_type=Path),
    help="Write an Atom feed here, an entry a day with a map.",
)
@click.option("--publish", is_flag=True, help="The feed is meant for others: ask the terms first.")
@options.delay_option
@click.option(
    "--geojson",
    "geojson_path",
    type=click.Path(path_type=Path),
    help="Write the polygons that changed here (of the whole map).",
)
@options.source_option
@options.engine_option
@options.book_option
@options.json_option
def command(
    first: date | None,
    last: date | None,
    since: date | str | None,
    oblast: str | None,
    boundaries: Path | None,
    near: str | None,
    km: float | None,
    as_digest: bool,
    atom_path: Path | None,
    publish: bool,
    delay_hours: int,
    geojson_path: Path | None,
    source_name: str | None,
    engine_name: str,
    book_path: Path,
    as_json: bool,
) -> None:
    """What changed between two days: km² from status to status, settlements, what flipped.

    Each end is the last map at or before the day; the answer names it. Gained and lost are
    Russia's controlled ground. "yesterday" and "week" count back from the newest map that the
    book holds (or from --to), not from today.

    \b
    contested changes --from 2024-01-01 --to 2024-12-31 --geojson changes.geojson
    contested changes --since yesterday --digest
    contested changes --since week --oblast Donetsk
    contested changes --since 2025-07-01 --near Pokrovsk --km 20 --atom pokrovsk.xml
    """
    book = Book.open(book_path)
    span = _span(first, last, since)
    if publish and atom_path is None:
        raise UsageError("--publish is about the feed: give --atom FILE with it")
    told = any((since, oblast, boundaries, near, km is not None, as_digest, atom_path))
    if not told:
        _between(book, span, source_name, engine_name, geojson_path, as_json)
        return
    request = ChangesRequest(
        since=span[0], until=span[1], oblast=oblast, boundaries=boundaries, near=near, km=km,
        source_name=source_name, engine=engine_name,
    )  # fmt: skip
    answer = changes_since(book, request)
    if atom_path is not None:
        entries = write_feed(book, request, atom_path, publish=publish, delay_hours=delay_hours)
    if geojson_path is not None:
        _write_polygons(book, source_name, engine_name, geojson_path, answer.asked)
    credit = source(answer.source).credit
    if as_json:
        show.as_json({**msgspec.to_builtins(answer), "digest": digest(answer, credit)})
        return
    show.note(digest(answer, credit)) if as_digest else _tell(answer, credit)
    if isinstance(since, str) and not as_digest:
        begin = "the newest map held" if last is None else "--to"
        show.note(f"{since}: counted back from {begin} ({answer.asked[1]}), not from today")
    if atom_path is not None:
        show.note(f"feed: {atom_path} ({entries} {'entry' if entries == 1 else 'entries'})")


def _span(
    first: date | None, last: date | None, since: date | str | None
) -> tuple[date | str, date | None]:
    if since is not None:
        if first is not None:
            raise UsageError("--since and --from both begin the range: give one of them")
        return since, last
    if first is None or last is None:
        raise UsageError("changes needs both --from and --to, or --since")
    return first, last


def _between(
    book: Book,
    span: tuple[date | str, date | None],
    source_name: str | None,
    engine_name: str,
    geojson_path: Path | None,
    as_json: bool,
) -> None:
    first, last = span
    if isinstance(first, str) or last is None:
        raise UsageError("changes needs both --from and --to, or --since")
    engine = open_engine(book, source_name, span=(first, last), engine=engine_name)
    answer = changes_between(engine, first, last)
    if geojson_path is not None:
        _write_polygons(book, source_name, engine_name, geojson_path, (first, last))
    show.as_json(answer) if as_json else _print(answer)
    if geojson_path is not None and not as_json:
        show.note(f"polygons: {geojson_path}")


def _write_polygons(
    book: Book, source_name: str | None, engine_name: str, path: Path, span: tuple[date, date]
) -> None:
    from contested.jobs.export import ExportRequest, export_changes

    export_changes(ExportRequest(book, source_name, engine_name, path), *span)


def _print(answer: Changes) -> None:
    title = f"{answer.source}: map of {answer.from_day} to map of {answer.to_day}"
    _matrix(title, answer.matrix)
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


def _matrix(title: str, matrix: list[MatrixCell]) -> None:
    rows = [(show.words(c.before), show.words(c.after), show.km2(c.km2)) for c in matrix]
    show.table(title, ("from", "to", "km²"), rows, right=(2,))


def _tell(answer: WhatChanged, credit: str) -> None:
    scope = "" if answer.scope is None else f", {answer.scope}"
    title = f"{answer.source}: map of {answer.from_day} to map of {answer.as_of}{scope}"
    _matrix(title, answer.matrix)
    for sentence in sentences(answer, credit):
        show.note(sentence)
    show.not_held(answer.source, answer.not_held)
