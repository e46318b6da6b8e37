"""The desk's daily question: what changed since yesterday, since a week, since a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from contested import sample
from contested.errors import NoMapError, NotHeldError, UsageError
from contested.geo.district import district_mask
from contested.history.measure import calendar
from contested.history.reference import ReferenceEngine
from contested.history.scope import Scope, around, nearest_to, whole_map, within
from contested.history.what_changed import Watch, watch, what_changed
from contested.jobs.clock import utc_now
from contested.jobs.engines import area_source, edge_engine, held_sources, open_engine
from contested.jobs.permit import ask
from contested.jobs.place_panel import settlements_of
from contested.jobs.places import open_gazetteer, place_named
from contested.jobs.regions import region_named, regions_of
from contested.jobs.series import load_series
from contested.records import Use
from contested.render.atom import atom_feed
from contested.rights import DEFAULT_DELAY_HOURS, publishable_from
from contested.sources.registry import source
from contested.store.files import write_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from contested.history.answers import WhatChanged
    from contested.history.protocol import HistoryEngine
    from contested.jobs.regions import Region
    from contested.places.gazetteer import Gazetteer
    from contested.records import Place
    from contested.store.book import Book

BACK: Final = {"yesterday": 1, "week": 7}
"""Word → days before the last day asked about."""

NEAR_KM: Final = 25.0


@dataclass(frozen=True, slots=True)
class ChangesRequest:
    """A question about what changed.

    Attributes
    ----------
    since
        A day, ``yesterday`` or ``week``: before `until`.
    until
        Last day; `None` is the day of the newest map that the book holds, not today.
    oblast, boundaries
        Only an oblast; its ground is cut by the boundaries, those given or those of the book, or
        lies nearest to its settlements.
    near, km
        Only what lies so far round a place.
    """

    since: date | str
    until: date | None = None
    oblast: str | None = None
    boundaries: Path | None = None
    near: str | None = None
    km: float | None = None
    source_name: str | None = None
    engine: str = "auto"


@dataclass(frozen=True, slots=True, eq=False)
class _Question:
    """A request with its maps found: a short series, and where in it the two ends are."""

    engine: HistoryEngine
    before: int
    after: int
    asked: tuple[date, date]
    scope: Scope
    watched: Watch


def changes_since(book: Book, request: ChangesRequest) -> WhatChanged:
    """Return what changed between the maps at or before two days.

    Raises
    ------
    UsageError
        If the range is reversed, or the options do not go together.
    NotHeldError
        If the place or the oblast is not known, or no map is held.
    """
    asked = _question(book, request)
    return what_changed(
        asked.engine,
        asked.before,
        asked.after,
        asked=asked.asked,
        watched=asked.watched,
        scope=asked.scope,
    )


def write_feed(
    book: Book,
    request: ChangesRequest,
    path: Path,
    *,
    publish: bool = False,
    delay_hours: int = DEFAULT_DELAY_HOURS,
    now: Callable[[], datetime] = utc_now,
) -> int:
    """Write an Atom feed with an entry a day; return how many.

    Parameters
    ----------
    publish
        It is meant for others: the terms and permits are asked, and days younger than the delay
        are left out until they are old enough.

    Raises
    ------
    NoMapError
        If no map lies after the first day, or none is old enough to be published.
    """
    asked = _question(book, request)
    days = [one for one in _steps(asked) if not publish or _old_enough(one, delay_hours, now())]
    if not days:
        newest = asked.engine.series.snapshots[asked.after].as_of
        raise NoMapError(
            f"no entry for the feed: no map after {asked.asked[0]} that may be shown yet "
            f"(newest map of {newest}" + (f", delay of {delay_hours} h)" if publish else ")")
        )
    known = source(asked.engine.series.source)
    if publish:
        ask(
            book, known, Use.PUBLISH_AGGREGATE, as_of=days[-1].as_of,
            delay_hours=delay_hours, now=now,
        )  # fmt: skip
    write_bytes(path, atom_feed(days, known, asked.scope.name))
    return len(days)


def _old_enough(one: WhatChanged, delay_hours: int, now: datetime) -> bool:
    return publishable_from(one.as_of, delay_hours) <= now


def _steps(asked: _Question) -> list[WhatChanged]:
    """Return what changed from the last map of each day to that of the next day with a map."""
    days = calendar(asked.engine)
    ends = [asked.before, *(days.on(day) for day in days.days)]
    ends = [index for index in dict.fromkeys(ends) if asked.before <= index <= asked.after]
    snapshots = asked.engine.series.snapshots
    return [
        what_changed(
            asked.engine,
            before,
            after,
            asked=(snapshots[before].as_of, snapshots[after].as_of),
            watched=asked.watched,
            scope=asked.scope,
        )
        for before, after in pairwise(ends)
    ]


def _question(book: Book, request: ChangesRequest) -> _Question:
    _check(request)
    name, (first, last) = _span(book, request)
    whole = open_engine(book, name, engine=request.engine)
    days = calendar(whole)
    ends = days.at_or_before(first), days.at_or_before(last)
    engine, offset = _part(whole, *ends)
    gazetteer = open_gazetteer(book.path)
    scope = _scope(book, request, gazetteer)
    oblasts = {one.admin1: one.name for one in gazetteer.places(("region",), "UA")}
    return _Question(
        engine,
        ends[0] - offset,
        ends[1] - offset,
        (first, last),
        scope,
        watch(engine, scope.places, oblasts),
    )


def _part(whole: HistoryEngine, before: int, after: int) -> tuple[HistoryEngine, int]:
    """Return an engine of two maps, all between them and one more on each side, and its start."""
    first, last = max(before - 1, 0), min(after + 1, len(whole.series) - 1)
    series = whole.series.between(first, last)
    part = ReferenceEngine(series) if whole.name == "reference" else edge_engine(series)
    return part, first


def _check(request: ChangesRequest) -> None:
    """Refuse options that do not go together."""
    if request.near is not None and request.oblast is not None:
        raise UsageError("--near and --oblast both cut the map: give one of them")
    if request.km is not None and request.near is None:
        raise UsageError("--km is a distance round a place: give --near PLACE with it")
    if request.boundaries is not None and request.oblast is None:
        raise UsageError("--boundaries bound an oblast: give --oblast NAME with them")


def _span(book: Book, request: ChangesRequest) -> tuple[str, tuple[date, date]]:
    """Return the source that answers, and the first and last day."""
    name = request.source_name
    newest = _newest(book, name)
    last = newest if request.until is None else request.until
    first = request.since
    if isinstance(first, str):
        if first not in BACK:
            raise UsageError(f"since {first!r}: give yesterday, week or a day YYYY-MM-DD")
        first = last - timedelta(days=BACK[first])
    if first > newest:
        raise UsageError(f"since {first}: the newest map held is that of {newest}")
    if first > last:
        raise UsageError(f"the range ends ({last}) before it begins ({first}): swap the dates")
    return area_source(book, name, span=(first, min(last, newest))).name, (first, last)


def _newest(book: Book, name: str | None) -> date:
    """Return the day of the newest map of a source, or of all that show areas."""
    names = [area_source(book, name).name] if name else []
    held = names or [one.name for one in held_sources(book) if one.kind == "areas"]
    if not held:
        # Says which of the two it is: an empty book, or points that no area is measured on.
        area_source(book, name)
    return max(load_series(book, one).snapshots[-1].as_of for one in held)


def _scope(book: Book, request: ChangesRequest, gazetteer: Gazetteer) -> Scope:
    places = _without_districts(settlements_of(gazetteer))
    if request.near is not None:
        km = NEAR_KM if request.km is None else request.km
        return around(place_named(gazetteer, request.near), km, places)
    if request.oblast is None:
        return whole_map(places)
    # A region's identifier is ISO's; its settlements carry the codes of GeoNames, which differ.
    oblasts = {f"UA-{one.admin1}": one for one in gazetteer.places(("region",), "UA")}
    codes = [code for code in gazetteer.regions(request.oblast) if code in oblasts]
    oblast = oblasts[codes[0]] if codes else None
    if regions := regions_of(book.path, request.boundaries):
        own = [place for place in places if codes and f"UA-{place.admin1}" == codes[0]]
        found = _bounded(request.oblast, oblast, regions, own)
        return within(found.name if oblast is None else oblast.name, found.outline, places)
    if oblast is None:
        known = ", ".join(sorted(one.name for one in oblasts.values()))
        raise NotHeldError(f"{request.oblast}: no oblast of this name is known; known: {known}")
    return nearest_to(oblast.name, codes[:1], places, sample.outline())


def _bounded(
    asked: str, oblast: Place | None, regions: Sequence[Region], own: list[Place]
) -> Region:
    """Return the region of this code or name, else the one with most of the oblast's settlements.

    Files name oblasts in many ways and not all give codes.
    """
    known = next((one for one in regions if oblast is not None and one.id == oblast.id), None)
    if known is not None:
        return known
    counts = [len(within(one.name, one.outline, own).places) for one in regions]
    if own and 2 * max(counts) > len(own):
        return regions[counts.index(max(counts))]
    return region_named(regions, asked)


def _without_districts(places: list[Place]) -> list[Place]:
    """Leave out the districts of large cities, which gazetteers list beside the city."""
    people = np.array([place.population or 0 for place in places], dtype=np.int64)
    district = district_mask(places, people).tolist()
    return [place for place, one in zip(places, district, strict=True) if not one]
