"""Superlatives: the largest place to fall since a day, with its runner-up.

Method `rank/1`: every place whose disc met a criterion on no map at the start and on a later one,
by population. A superlative without its criterion means nothing: half a town may fall four weeks
after its first street.
"""

from __future__ import annotations

from dataclasses import dataclass
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
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from contested.history.series import ControlSeries
    from contested.records import Place, SnapshotId

MOST_ROWS = 20


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
class Ranking:
    """Places that fell since a day, most people first.

    Attributes
    ----------
    start
        The map that the comparison begins with: none of the places met the criterion on it.
    margin_people
        Population of the first less that of the runner-up; `None` where there is no runner-up.
    """

    method: Method
    start: SnapshotId
    rows: tuple[RankRow, ...]
    margin_people: int | None


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
    local = LocalSeries(series, CONTROLLED)
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
    return Ranking(Method("rank", "1", parameters), series.snapshots[start], tuple(rows), margin)


def _row(
    series: ControlSeries,
    local: LocalSeries,
    place: Place,
    start: int,
    criterion: str,
    radius_km: float,
) -> RankRow | None:
    """Return when a place fell; `None` if it had before, or has not."""
    shares = list(_shares(local, place, start, radius_km))
    held = [meets(share, criterion) for _, share in shares]
    if held[0] or True not in held:
        return None
    index, share = shares[held.index(True)]
    return RankRow(place, series.snapshots[index], criterion, share, radius_km, held[-1])


def _shares(
    local: LocalSeries, place: Place, start: int, radius_km: float
) -> Iterator[tuple[int, float]]:
    """Yield the share of a place's disc under control wherever the ground there changed."""
    circle = disc(place.lon, place.lat, radius_km)
    whole = area_km2(circle)
    for run in local.runs(shapely.bounds(circle).tolist(), first=start):
        yield run.first, area_km2(shapely.intersection(run.ground, circle)) / whole


def _people(row: RankRow) -> int:
    return row.place.population or 0
