"""Front, salients and advance of a book: the question's maps found, the figures made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import shapely

from contested import sample
from contested.errors import NoMapError
from contested.geo.advance import Advance, AxisAdvance, advance, axis_advance
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
from contested.history.measure import calendar, range_ends
from contested.jobs.map_ground import MapGround, ground_of, ground_on
from contested.render.figures_json import Provenance, SalientExtras

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from contested.history.protocol import HistoryEngine
    from contested.records import Place

DAYS_TAKEN = 60


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
