"""Which source answers, and the engine that measures it."""

from __future__ import annotations

import logging
import os
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from contested import history
from contested.errors import (
    BookDamagedError,
    BookError,
    NoMapError,
    NotHeldError,
    PointSourceError,
)
from contested.history.calendar import MapCalendar
from contested.history.kept import EDGES_VERSION, KeptAreas
from contested.history.reference import ReferenceEngine
from contested.history.series import continued
from contested.jobs.series import held_key, load_series
from contested.sources.registry import all_sources, source

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray

    from contested.history.protocol import HistoryEngine
    from contested.history.series import ControlSeries
    from contested.records import Source
    from contested.store.book import Book

_LOG = logging.getLogger("contested")


def open_engine(
    book: Book,
    source_name: str | None = None,
    *,
    on: date | None = None,
    span: tuple[date, date] | None = None,
    engine: str = "auto",
    one_day: bool = False,
    lazy: bool = False,
) -> HistoryEngine:
    """Return the engine of the source that answers.

    Areas that were measured before on the same maps by the same rules are taken from the book.

    Parameters
    ----------
    source_name
        The source to ask. `None` asks the held source of lowest rank that has a map on `on`, or
        at all. Sources of one lineage are never added up.
    span
        First and last day of a question about a range: asks the held source of lowest rank that
        covers it, else one that reaches its last day.
    engine
        ``"auto"`` or ``"reference"``.
    one_day
        Only the map of `on` will be asked about. Where the edge engine was never compiled, the
        reference engine answers that in a second; nobody waits for a compiler.
    lazy
        Do not load the edge engine, which takes a second or two, before it is asked for more than
        its series.

    Raises
    ------
    PointSourceError
        If only points are held: areas cannot be measured on points.
    NotHeldError
        If the book holds no map of the source, or none at all.
    """
    chosen = area_source(book, source_name, on=on, span=span)
    series = load_series(book, chosen.name)
    if engine == "reference":
        return ReferenceEngine(series)
    key = f"{EDGES_VERSION}+{held_key(series)}"
    areas = _kept_areas(book, series, key)
    if areas is not None:
        return KeptAreas(series, areas, lambda: _measuring(series, one_day=one_day))
    keep = partial(_keep_areas, book, chosen.name, key)
    if lazy:
        return KeptAreas(series, None, lambda: _measuring(series, one_day=one_day, on_built=keep))
    return _measuring(series, one_day=one_day, on_built=keep)


def open_continued(
    book: Book, source_name: str | None, since: date, *, engine: str = "auto"
) -> HistoryEngine:
    """Return the engine of the source that answers from a day on, continued to the latest map.

    Unless a source is named: after the last map of the best held source that has one at or before
    the day, maps of the same lineage go on, each under its own source. What goes on is said.

    Raises
    ------
    PointSourceError
        If only points are held: areas cannot be measured on points.
    NotHeldError
        If the book holds no map of the source, or none at all.
    """
    if source_name is not None:
        return open_engine(book, source_name, engine=engine, lazy=True)
    areas = [one for one in held_sources(book) if one.kind == "areas"]
    begun = [one for one in areas if _calendar(book, one).days[0] <= since]
    chosen = begun[0] if begun else area_source(book, None)
    series = load_series(book, chosen.name)
    for other in areas:
        if other.lineage == chosen.lineage and other.name != chosen.name:
            series = _going_on(series, load_series(book, other.name))
    if engine == "reference":
        return ReferenceEngine(series)
    return KeptAreas(series, None, lambda: edge_engine(series))


def _going_on(series: ControlSeries, later: ControlSeries) -> ControlSeries:
    whole = continued(series, later)
    if len(whole) > len(series):
        last = max(snapshot.as_of for snapshot in series.snapshots)
        _LOG.warning(
            f"{series.source} answers to {last}, its last map; then {later.source} goes on "
            f"to {max(snapshot.as_of for snapshot in later.snapshots)}"
        )
    return whole


def _measuring(
    series: ControlSeries,
    *,
    one_day: bool,
    on_built: Callable[[NDArray[np.int64]], None] | None = None,
) -> HistoryEngine:
    """Return the edge engine, or the reference engine where one day would wait for a compiler."""
    if one_day and not _is_compiled():
        _LOG.warning(
            "the reference engine answers: the history engine is not compiled on this machine yet; "
            "a question about many maps compiles it once"
        )
        return ReferenceEngine(series)
    return edge_engine(series, on_built)


def _kept_areas(book: Book, series: ControlSeries, key: str) -> NDArray[np.int64] | None:
    try:
        return book.derived.areas(series.source, key, len(series))
    except BookDamagedError as error:
        _LOG.warning("%s: %s; measured anew", book.derived.areas_file(series.source), error)
        return None


def _keep_areas(book: Book, source_name: str, key: str, areas: NDArray[np.int64]) -> None:
    with suppress(BookError):  # a derived file is a convenience
        book.derived.keep_areas(source_name, areas, key)


def edge_engine(
    series: ControlSeries, on_built: Callable[[NDArray[np.int64]], None] | None = None
) -> HistoryEngine:
    """Return the edge engine of a series; where it has to be compiled first, say so."""
    if not _is_compiled():
        _LOG.warning(
            "compiling the history engine for this machine: about half a minute, only this once"
        )
    # Loaded here, because Numba takes a second that commands without maps should not wait for.
    from contested.history.engine import EdgeEngine

    return EdgeEngine(series, on_built)


def _is_compiled() -> bool:
    """Return whether Numba's cache holds the engine, beside the package or in the user's cache.

    Numba keeps compiled code beside the module; where that cannot be written to, in the user's
    cache; where it is told so, in ``NUMBA_CACHE_DIR``.
    """
    here = Path(history.__file__).parent / "__pycache__"
    elsewhere = os.environ.get("NUMBA_CACHE_DIR")
    own = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "numba"
    folders = [Path(elsewhere)] if elsewhere else [here, own]
    version = f"py{sys.version_info.major}{sys.version_info.minor}"
    pattern = f"partition.run_steps-*.{version}.nbi"
    return any(found for folder in folders for found in folder.rglob(pattern))


def area_source(
    book: Book,
    source_name: str | None,
    *,
    on: date | None = None,
    span: tuple[date, date] | None = None,
) -> Source:
    """Return the area source that answers a question about a day, a range, or all it holds."""
    if source_name is not None:
        return _named(book, source_name)
    held = held_sources(book)
    areas = [one for one in held if one.kind == "areas"]
    if not areas and held:
        raise points_refuse(held[0])
    if not areas:
        raise NotHeldError(
            f"the book {book.path} holds no maps: add some with `contested ingest SOURCE FILES`"
        )
    if len(areas) > 1 and span is not None:
        return _covering(book, areas, *span)
    if on is None:
        _say_who_goes_on(book, areas)
        return areas[0]
    return next((one for one in areas if _has_day(book, one, on)), areas[0])


def _say_who_goes_on(book: Book, areas: list[Source]) -> None:
    """Say which source holds later maps than the one that answers; a reader would not guess."""
    last = {one.name: _calendar(book, one).days[-1] for one in areas}
    first, latest = areas[0].name, max(last, key=lambda name: last[name])
    if last[latest] > last[first]:
        _LOG.warning(
            f"{first} answers, whose last map is of {last[first]}; "
            f"{latest} has maps to {last[latest]}: ask it with --source {latest}"
        )


def _covering(book: Book, areas: list[Source], first: date, last: date) -> Source:
    """Return the first source that covers a range, else one that reaches its end, else any."""
    days = {one.name: _calendar(book, one).days for one in areas}
    whole = [one for one in areas if days[one.name][0] <= first and last <= days[one.name][-1]]
    reaching = [one for one in areas if last <= days[one.name][-1]]
    latest = max(areas, key=lambda one: days[one.name][-1])
    return next(iter([*whole, *reaching, latest]))


def _calendar(book: Book, one: Source) -> MapCalendar:
    return MapCalendar(one.name, load_series(book, one.name).snapshots)


def held_sources(book: Book) -> list[Source]:
    """Return the sources that the book has snapshots of, by rank."""
    names = set(book.ledger.sources())
    return sorted((one for one in all_sources() if one.name in names), key=lambda s: s.rank)


def points_refuse(one: Source) -> PointSourceError:
    """Return the line that says why points cannot answer, and what to add."""
    return PointSourceError(
        f"{one.name} holds dated points of settlements, no areas: nothing to measure; "
        "add map files with `contested ingest deepstate FILES` or `contested fetch deepstate_daily`"
    )


def _named(book: Book, source_name: str) -> Source:
    chosen = source(source_name)
    if chosen.kind == "points":
        raise points_refuse(chosen)
    if chosen.name not in book.ledger.sources():
        raise NotHeldError(
            f"the book {book.path} holds no map of {chosen.name}: "
            f"add some with `contested ingest {chosen.name} FILES`"
        )
    return chosen


def _has_day(book: Book, one: Source, day: date) -> bool:
    try:
        _calendar(book, one).on(day)
    except NoMapError:
        return False
    return True
