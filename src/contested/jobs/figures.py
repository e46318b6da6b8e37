"""Front, salients, corridor and advance of a book: the question's maps found, the figures made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import shapely

from contested import sample
from contested.errors import NoMapError, NotHeldError, UsageError
from contested.geo.advance import Advance, AxisAdvance, advance, axis_advance
from contested.geo.corridor import DISC_KM, OPEN_KM, Corridor, CorridorState, corridor
from contested.geo.enclosure import Enclosure, enclosure
from contested.geo.front import (
    TOLERANCES_M,
    FrontLine,
    FrontTrend,
    ImpliedRulers,
    front_line,
    front_trend,
    implied_rulers,
)
from contested.geo.project import EQUAL_AREA, to_plane
from contested.geo.raster import rasterise
from contested.geo.salient import Salients, Side, nearest_place, salients, taken_km2
from contested.geo.salient_ground import front_ground
from contested.history.corridors import (
    CorridorDay,
    OwnHistory,
    corridor_series,
    own_history,
    widths_on,
)
from contested.history.measure import CONTROLLED, calendar, range_ends
from contested.records import Status
from contested.render.figures_json import Provenance, SalientExtras

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from contested.history.protocol import HistoryEngine
    from contested.records import Place, SnapshotId

DAYS_TAKEN = 60
BORDER_DOUBT_DEG = 0.05
"""The shipped outline is coarse: a place this near to it may lie inside."""


@dataclass(frozen=True, slots=True, eq=False)
class MapGround:
    """The ground of one map, as figures need it, degrees.

    Attributes
    ----------
    contested, held_by_ukraine
        `None` where the source does not show it: not held, never "none".
    """

    snapshot: SnapshotId
    controlled: shapely.Geometry
    contested: shapely.Geometry | None
    held_by_ukraine: shapely.Geometry | None


def ground_of(engine: HistoryEngine, index: int) -> MapGround:
    """Return the ground of a snapshot."""
    ground = engine.ground(index)
    nothing = shapely.MultiPolygon()
    carries = engine.series.carries
    shown = {
        status: ground.get(status, nothing) if status in carries else None
        for status in (Status.CONTESTED, Status.UA_HELD_IN_RUSSIA)
    }
    return MapGround(
        engine.series.snapshots[index],
        shapely.union_all([ground[status] for status in CONTROLLED if status in ground]),
        shown[Status.CONTESTED],
        shown[Status.UA_HELD_IN_RUSSIA],
    )


def ground_on(engine: HistoryEngine, day: date) -> MapGround:
    """Return the ground of a day's last map.

    Raises
    ------
    NoMapError
        If the day has no map; the nearest ones are named.
    """
    return ground_of(engine, calendar(engine).on(day))


@dataclass(frozen=True, slots=True, eq=False)
class FrontAnswer:
    """A front, and where asked for its trend and the rulers that a quoted length implies."""

    provenance: Provenance
    front: FrontLine
    trend: FrontTrend | None
    implied: ImpliedRulers | None


def front_on(
    engine: HistoryEngine,
    day: date,
    *,
    tolerances_m: Sequence[float] = TOLERANCES_M,
    compare: date | None = None,
    quoted_km: float | None = None,
) -> FrontAnswer:
    """Return the front of a day, with `compare` the change since that day at every ruler."""
    ground, outline = ground_on(engine, day), sample.outline()
    front = front_line(ground.controlled, outline, tolerances_m=tolerances_m)
    trend = before = None
    if compare is not None:
        other = ground_on(engine, compare)
        before = other.snapshot
        earlier = front_line(other.controlled, outline, tolerances_m=tolerances_m)
        trend = front_trend(earlier, front)
    implied = None
    if quoted_km is not None:
        implied = implied_rulers(ground.controlled, outline, quoted_km)
    return FrontAnswer(Provenance(day.isoformat(), ground.snapshot, before), front, trend, implied)


@dataclass(frozen=True, slots=True, eq=False)
class SalientsAnswer:
    """Salients with their nearest settlements and the ground taken in 60 days."""

    provenance: Provenance
    found: Salients
    extras: tuple[SalientExtras, ...]


def salients_on(
    engine: HistoryEngine,
    day: date,
    *,
    sides: Sequence[Side] = tuple(Side),
    places: Sequence[Place] = (),
    water: shapely.Geometry | None = None,
) -> SalientsAnswer:
    """Return the salients of a day.

    Parameters
    ----------
    places
        Settlements to name the nearest of.
    water
        Rivers, limans and other lakes in degrees, beside those of `sample.water`.
    """
    ground = ground_on(engine, day)
    lakes = sample.water(ground.snapshot.as_of)
    cells = front_ground(
        ground.controlled,
        sample.outline(),
        sample.countries()["Russia"],
        water=lakes if water is None else shapely.union(lakes, water),
        held_by_ukraine=ground.held_by_ukraine,
    )
    found = salients(cells, sides)
    earlier = _earlier(engine, day)
    was = None
    if earlier is not None:
        was = rasterise(to_plane(earlier.controlled, EQUAL_AREA), cells.grid)
    extras = tuple(
        SalientExtras(
            nearest_place(one, places),
            None if was is None else taken_km2(one, was, cells.grid.cell_m),
        )
        for one in found.salients
    )
    before = None if earlier is None else earlier.snapshot
    return SalientsAnswer(Provenance(day.isoformat(), ground.snapshot, before), found, extras)


def _earlier(engine: HistoryEngine, day: date) -> MapGround | None:
    """Return the map of 60 days before; `None` where the series begins later."""
    try:
        index = calendar(engine).at_or_before(day - timedelta(days=DAYS_TAKEN))
    except NoMapError:
        return None
    return ground_of(engine, index)


@dataclass(frozen=True, slots=True, eq=False)
class CorridorAnswer:
    """A place's corridor and enclosure, and where the width stands in its own history."""

    provenance: Provenance
    place: Place
    corridor: Corridor
    enclosure: Enclosure
    history: OwnHistory | None


def corridor_on(
    engine: HistoryEngine,
    place: Place,
    day: date,
    *,
    disc_km: float = DISC_KM,
    with_history: bool = True,
) -> CorridorAnswer:
    """Return the corridor of a place on a day.

    Raises
    ------
    NotHeldError
        If the place lies outside Ukraine, or its whole disc is under control.
    """
    _check_disc(disc_km)
    ground = ground_on(engine, day)
    _check_inside(place)
    found = corridor(ground.controlled, ground.contested, place.lon, place.lat, disc_km=disc_km)
    if found.state is CorridorState.CONTROLLED:
        raise NotHeldError(
            f"{place.name} is under control on the map of {ground.snapshot.as_of} (all of its "
            f"{disc_km:g} km disc): there is no corridor to measure"
        )
    horizon = enclosure(ground.controlled, ground.contested, place.lon, place.lat, place_km=disc_km)
    history = _history(engine, place, found, disc_km) if with_history else None
    return CorridorAnswer(
        Provenance(day.isoformat(), ground.snapshot), place, found, horizon, history
    )


def _check_disc(disc_km: float) -> None:
    if not 0 < disc_km < OPEN_KM:
        raise UsageError(f"radius {disc_km:g} km: it must be above 0 and below {OPEN_KM:g} km")


def _history(
    engine: HistoryEngine, place: Place, found: Corridor, disc_km: float
) -> OwnHistory | None:
    """Return where a width stands among those of the maps that leave the place some ground."""
    days = calendar(engine)
    widths = widths_on(
        engine.series, place.lon, place.lat, [days.on(day) for day in days.days],
        disc_km=disc_km, contested=False,
    )  # fmt: skip
    open_days = [one for one in widths.values() if one.state is not CorridorState.CONTROLLED]
    return own_history(found.width_km, [one.width_km for one in open_days])


def corridor_days(
    engine: HistoryEngine, place: Place, first: date, last: date, *, disc_km: float = DISC_KM
) -> list[CorridorDay]:
    """Return the corridor of a place on every day of a range; days without a map stay empty.

    Raises
    ------
    NotHeldError
        If the place lies outside Ukraine, or no day of the range lies within the series.
    """
    _check_disc(disc_km)
    _check_inside(place)
    days = corridor_series(engine.series, place.lon, place.lat, first, last, disc_km=disc_km)
    if all(day.corridor is None for day in days):
        covered = calendar(engine).coverage()
        raise NotHeldError(
            f"{engine.series.source} holds {covered.first} to {covered.last}: "
            f"no map between {first} and {last}"
        )
    return days


def _check_inside(place: Place) -> None:
    away = shapely.distance(sample.outline(), shapely.Point(place.lon, place.lat))
    if away > BORDER_DOUBT_DEG:
        raise NotHeldError(
            f"{place.name} ({place.lat:.3f}°N {place.lon:.3f}°E) lies outside Ukraine: "
            "no corridor is measured there"
        )


@dataclass(frozen=True, slots=True, eq=False)
class AdvanceAnswer:
    """Newly taken ground between two maps, and the movement along an axis if one was named."""

    provenance: Provenance
    days: int
    found: Advance
    axis: AxisAdvance | None


def advance_between(
    engine: HistoryEngine,
    first: date,
    last: date,
    *,
    near: Place | None = None,
    within_km: float,
    axis: tuple[Place, Place] | None = None,
) -> AdvanceAnswer:
    """Return newly taken ground between the maps at or before two days."""
    before, after = (ground_of(engine, index) for index in range_ends(engine, first, last))
    found = advance(
        before.controlled,
        after.controlled,
        near=None if near is None else (near.lon, near.lat),
        within_km=within_km,
    )
    along = None
    if axis is not None:
        ends = [(place.lon, place.lat) for place in axis]
        along = axis_advance(before.controlled, after.controlled, ends[0], ends[1])
    asked = [first.isoformat(), last.isoformat()]
    days = (after.snapshot.as_of - before.snapshot.as_of).days
    return AdvanceAnswer(Provenance(asked, after.snapshot, before.snapshot), days, found, along)
