"""The corridor of a place through a series: a width a day, gaps shown as gaps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from contested.geo.corridor import Corridor, corridor, window_bounds
from contested.history.calendar import MapCalendar
from contested.history.local import LocalSeries
from contested.history.measure import CONTROLLED, check_range
from contested.records import Status

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import shapely

    from contested.geo.corridor import Widths
    from contested.history.series import ControlSeries


@dataclass(frozen=True, slots=True)
class CorridorDay:
    """The corridor on one day; `corridor` is `None` on a day without a map."""

    day: date
    index: int | None
    corridor: Corridor | None


@dataclass(frozen=True, slots=True)
class OwnHistory:
    """Where a width stands among the widths of the same place on other days.

    Attributes
    ----------
    percentile
        Share of the days with a map on which the corridor was narrower, and half of those on
        which it was as wide, in percent: 0 is the narrowest ever.
    narrowest_km, median_km, widest_km
        Of the place's own history.
    days
        Days with a map that were looked at.
    """

    percentile: float
    narrowest_km: float
    median_km: float
    widest_km: float
    days: int


def corridor_series(
    series: ControlSeries, lon: float, lat: float, first: date, last: date, *, disc_km: float
) -> list[CorridorDay]:
    """Return the corridor of a place on every day of a range.

    Parameters
    ----------
    lon, lat
        The place's point, degrees.
    disc_km
        Radius of the disc that stands for the place.

    Raises
    ------
    UsageError
        If the range is reversed.
    """
    check_range(first, last)
    days = MapCalendar(series.source, series.snapshots)
    held = [day for day in days.days if first <= day <= last]
    widths = widths_on(series, lon, lat, [days.on(day) for day in held], disc_km=disc_km)
    with_map = set(held)
    return [
        CorridorDay(day, index, None if index is None else widths[index])
        for day in (first + timedelta(days=n) for n in range((last - first).days + 1))
        for index in [days.on(day) if day in with_map else None]
    ]


def widths_on(
    series: ControlSeries,
    lon: float,
    lat: float,
    indices: Sequence[int],
    *,
    disc_km: float,
    contested: bool = True,
) -> dict[int, Corridor]:
    """Return the corridor on some snapshots; maps that agree in the window are measured once.

    Parameters
    ----------
    indices
        Snapshots, ascending.
    contested
        Whether the second value, contested ground closed, is wanted where the source shows it.
    """
    if not indices:
        return {}
    bounds = window_bounds(lon, lat)
    span = (indices[0], indices[-1] + 1)
    controlled = _grounds(series, frozenset(CONTROLLED), bounds, *span)
    both = contested and Status.CONTESTED in series.carries
    grey = _grounds(series, frozenset({Status.CONTESTED}), bounds, *span) if both else None
    known: dict[tuple[int, int], Corridor] = {}
    by_cells: Widths = {}
    widths = {}
    for index in indices:
        run, held = controlled[index - span[0]]
        other, unclear = (0, None) if grey is None else grey[index - span[0]]
        if (run, other) not in known:
            known[run, other] = corridor(held, unclear, lon, lat, disc_km=disc_km, known=by_cells)
        widths[index] = known[run, other]
    return widths


def _grounds(
    series: ControlSeries,
    statuses: frozenset[Status],
    bounds: tuple[float, float, float, float],
    first: int,
    last: int,
) -> list[tuple[int, shapely.Geometry]]:
    """Return the number of the run and the ground in a window for every snapshot of a span."""
    runs = LocalSeries(series, statuses).runs(bounds, first, last)
    return [(run.first, run.ground) for run in runs for _ in range(run.first, run.last)]


def own_history(width_km: float, widths_km: Sequence[float]) -> OwnHistory | None:
    """Return where a width stands in the place's own history; `None` without a history."""
    if not widths_km:
        return None
    widths = np.array(widths_km)
    below = (widths < width_km).mean() + (widths == width_km).mean() / 2
    low, middle, high = np.quantile(widths, [0, 0.5, 1]).tolist()
    return OwnHistory(100 * float(below), low, middle, high, len(widths))
