"""The corridor of a place: on a day, with its own history, and day by day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

from contested import sample
from contested.errors import NotHeldError, UsageError
from contested.geo.corridor import DISC_KM, OPEN_KM, Corridor, CorridorState, window_bounds
from contested.geo.enclosure import Enclosure, enclosure
from contested.history.corridors import CorridorDay, OwnHistory, corridor_series, own_history
from contested.history.kept import EDGES
from contested.history.local import LocalSeries
from contested.history.measure import CONTROLLED, calendar
from contested.jobs.corridor_widths import CorridorWidths
from contested.jobs.map_ground import MapGround, ground_of
from contested.records import Status
from contested.render.figures_json import Provenance

if TYPE_CHECKING:
    from datetime import date

    from contested.history.protocol import HistoryEngine
    from contested.records import Place
    from contested.store.book import Book

BORDER_DOUBT_DEG = 0.05
"""The shipped outline is coarse: a place this near to it may lie inside."""


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
    book: Book | None = None,
) -> CorridorAnswer:
    """Return the corridor of a place on a day.

    Parameters
    ----------
    book
        Where widths are kept: those of the place's other days are measured only once.

    Raises
    ------
    NoMapError
        If the day has no map; the nearest ones are named.
    NotHeldError
        If the place lies outside Ukraine, or its whole disc is under control.
    UsageError
        If the disc is not above 0 and below the window's width.
    """
    _check_disc(disc_km)
    days = calendar(engine)
    index = days.on(day)
    _check_inside(place)
    ground = _ground_near(engine, index, place)
    widths = CorridorWidths(book, engine.series, place, disc_km)
    found = widths.on_ground(index, ground.controlled, ground.contested)
    if found.state is CorridorState.CONTROLLED:
        raise NotHeldError(
            f"{place.name} is under control on the map of {ground.snapshot.as_of} (all of its "
            f"{disc_km:g} km disc): there is no corridor to measure"
        )
    horizon = enclosure(ground.controlled, ground.contested, place.lon, place.lat, place_km=disc_km)
    history = own_history(
        found.width_km, widths.where_some_ground_is_left([days.on(one) for one in days.days])
    )
    widths.keep()
    return CorridorAnswer(
        Provenance(day.isoformat(), ground.snapshot), place, found, horizon, history
    )


def _check_disc(disc_km: float) -> None:
    if not 0 < disc_km < OPEN_KM:
        raise UsageError(f"radius {disc_km:g} km: it must be above 0 and below {OPEN_KM:g} km")


def _ground_near(engine: HistoryEngine, index: int, place: Place) -> MapGround:
    """Return the ground of a map in the window of a place.

    The edge engine is not loaded for a window; the reference engine measures the whole, as asked.
    """
    if engine.name != EDGES:
        return ground_of(engine, index)
    only = engine.series.between(index, index)
    bounds = window_bounds(place.lon, place.lat)
    contested = frozenset({Status.CONTESTED})
    return MapGround(
        only.snapshots[0],
        LocalSeries(only, CONTROLLED).at(0, bounds),
        LocalSeries(only, contested).at(0, bounds) if contested <= only.carries else None,
        None,
    )


def corridor_days(
    engine: HistoryEngine, place: Place, first: date, last: date, *, disc_km: float = DISC_KM
) -> list[CorridorDay]:
    """Return the corridor of a place on every day of a range; days without a map stay empty.

    Raises
    ------
    NotHeldError
        If the place lies outside Ukraine, or no day of the range lies within the series.
    UsageError
        If the disc is not above 0 and below the window's width.
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
