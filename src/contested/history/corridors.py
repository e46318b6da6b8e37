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
    held = set(days.days)
    widths = _by_snapshot(series, lon, lat, disc_km)
    return [
        CorridorDay(day, index, None if index is None else widths[index])
        for day in (first + timedelta(days=n) for n in range((last - first).days + 1))
        for index in [days.on(day) if day in held else None]
    ]


def _by_snapshot(series: ControlSeries, lon: float, lat: float, disc_km: float) -> list[Corridor]:
    """Return the corridor on every snapshot; maps that agree in the window are measured once."""
    bounds = window_bounds(lon, lat)
    controlled = _grounds(series, frozenset(CONTROLLED), bounds)
    carried = Status.CONTESTED in series.carries
    contested = _grounds(series, frozenset({Status.CONTESTED}), bounds) if carried else None
    known: dict[tuple[int, int], Corridor] = {}
    widths = []
    for index in range(len(series)):
        run, held = controlled[index]
        other, unclear = (0, None) if contested is None else contested[index]
        key = (run, other)
        if key not in known:
            known[key] = corridor(held, unclear, lon, lat, disc_km=disc_km)
        widths.append(known[key])
    return widths


def _grounds(
    series: ControlSeries,
    statuses: frozenset[Status],
    bounds: tuple[float, float, float, float],
) -> list[tuple[int, shapely.Geometry]]:
    """Return the number of the run and the ground in a window for every snapshot."""
    runs = LocalSeries(series, statuses).runs(bounds)
    return [(run.first, run.ground) for run in runs for _ in range(run.first, run.last)]


def own_history(width_km: float, widths_km: Sequence[float]) -> OwnHistory | None:
    """Return where a width stands in the place's own history; `None` without a history."""
    if not widths_km:
        return None
    widths = np.array(widths_km)
    below = (widths < width_km).mean() + (widths == width_km).mean() / 2
    low, middle, high = np.quantile(widths, [0, 0.5, 1]).tolist()
    return OwnHistory(100 * float(below), low, middle, high, len(widths))
