"""Superlatives: the largest place to fall since a day, with its runner-up.

Method `rank/1`: every place whose disc met a criterion on no map at the start and on a later one,
by population. A superlative without its criterion means nothing: half a town may fall four weeks
after its first street.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

import shapely

from contested.errors import NotHeldError, UsageError
from contested.geo.disc import disc, meets
from contested.geo.measure import area_km2
from contested.history.calendar import MapCalendar
from contested.history.local import LocalSeries
from contested.history.measure import CONTROLLED
from contested.records import Method, Parameter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from contested.history.local import Bounds, LocalWindow
    from contested.history.series import ControlSeries
    from contested.records import Place, SnapshotId

MOST_ROWS = 20

_LEAST_KM_PER_DEGREE = 110.57
"""Of latitude, at the equator; a degree of longitude has as many times the cosine, and more."""

_FURTHEST_NORTH = 89.0


@dataclass(frozen=True, slots=True)
class RankRow:
    """A place that fell.

    Attributes
    ----------
    snapshot
        The first map on which the criterion held.
    share
        Share of the disc under control on that map.
    radius_km
        Radius of the disc that stands for the place.
    still
        Whether the criterion holds on the last map as well.
    """

    place: Place
    snapshot: SnapshotId
    criterion: str
    share: float
    radius_km: float
    still: bool


@dataclass(frozen=True, slots=True)
class Span:
    """The days of the maps of one source that were looked at."""

    source: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Ranking:
    """Places that fell since a day, most people first.

    Attributes
    ----------
    start
        The map that the comparison begins with: none of the places met the criterion on it.
    margin_people
        Population of the first less that of the runner-up; `None` where there is no runner-up.
    spans
        Which source drew the maps, in order of time.
    """

    method: Method
    start: SnapshotId
    rows: tuple[RankRow, ...]
    margin_people: int | None
    spans: tuple[Span, ...]


def fallen(
    series: ControlSeries,
    places: Sequence[Place],
    since: date,
    *,
    criterion: str = "half",
    radius_km: Callable[[int | None], float],
    most: int = MOST_ROWS,
) -> Ranking:
    """Return the largest places that came under control since a day.

    Parameters
    ----------
    places
        With their population; those without one come last.
    since
        The last map at or before this day is the start.
    criterion
        ``any``, ``half``, ``90`` or ``all`` of the place's disc.
    radius_km
        Radius of a disc by population.
    most
        Rows wanted; smaller places are not looked at once so many are found.

    Raises
    ------
    UsageError
        If the criterion is unknown, no row is wanted, or no map is later than the day.
    NoMapError
        If the series begins after `since`.
    NotHeldError
        If there is no place.
    """
    meets(0.0, criterion)
    if most < 1:
        raise UsageError(f"{most} rows: ask for at least one")
    if not places:
        raise NotHeldError("no places held: add a gazetteer first")
    start = MapCalendar(series.source, series.snapshots).at_or_before(since)
    if start == len(series.snapshots) - 1:
        raise UsageError(
            f"since {since}: the newest map held is that of {series.snapshots[start].as_of}, and "
            "nothing can be seen to fall after it; ask for an earlier day"
        )
    local = LocalSeries(series, CONTROLLED, first=start)
    rows: list[RankRow] = []
    for place in sorted(places, key=lambda place: (-(place.population or 0), place.id)):
        radius = radius_km(place.population)
        if (row := _row(series, local, place, start, criterion, radius)) is not None:
            rows.append(row)
        if len(rows) == most:
            break
    parameters: dict[str, Parameter] = {
        "criterion": criterion,
        "since": since.isoformat(),
        "rows": most,
    }
    margin = _people(rows[0]) - _people(rows[1]) if len(rows) > 1 else None
    method = Method("rank", "1", parameters)
    spans = _spans(series.snapshots[start:])
    return Ranking(method, series.snapshots[start], tuple(rows), margin, spans)


def _spans(snapshots: Sequence[SnapshotId]) -> tuple[Span, ...]:
    """Return who drew snapshots, in order of time."""
    return tuple(
        Span(source, min(days), max(days))
        for source, group in groupby(snapshots, key=attrgetter("source"))
        for days in [[one.as_of for one in group]]
    )


def _row(
    series: ControlSeries,
    local: LocalSeries,
    place: Place,
    start: int,
    criterion: str,
    radius_km: float,
) -> RankRow | None:
    """Return when a place fell; `None` if it had before, or has not.

    Most places lie where nothing changed: that is seen before any ground is put together. Of the
    others no more maps are measured than it takes to find the first on which the criterion held.
    """
    window = local.window(_box(place, radius_km))
    begins = window.begins(start, len(series))
    if len(begins) == 1:
        return None
    circle = disc(place.lon, place.lat, radius_km)
    shares = partial(_share, window, circle, area_km2(circle))
    if meets(shares(begins[0]), criterion):
        return None
    for index in begins[1:]:
        share = shares(index)
        if meets(share, criterion):
            still = meets(shares(begins[-1]), criterion)
            return RankRow(place, series.snapshots[index], criterion, share, radius_km, still)
    return None


def _share(window: LocalWindow, circle: shapely.Polygon, whole_km2: float, index: int) -> float:
    """Return the share of a place's disc that is under control on a map."""
    return area_km2(shapely.intersection(window.ground(index), circle)) / whole_km2


def _box(place: Place, radius_km: float) -> Bounds:
    """Return a window that holds a place's disc, with a hundredth to spare."""
    north = 1.01 * radius_km / _LEAST_KM_PER_DEGREE
    east = north / math.cos(math.radians(min(abs(place.lat) + north, _FURTHEST_NORTH)))
    return place.lon - east, place.lat - north, place.lon + east, place.lat + north


def _people(row: RankRow) -> int:
    return row.place.population or 0
