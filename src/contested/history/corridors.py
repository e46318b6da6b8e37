"""The corridor of a place through a series: a width a day, gaps shown as gaps."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from contested.geo.corridor import Corridor, closed_cells, of_widths, widths_of, window_bounds
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
    controlled = _Grounds(series, frozenset(CONTROLLED), lon, lat, indices)
    both = contested and Status.CONTESTED in series.carries
    grey = _Grounds(series, frozenset({Status.CONTESTED}), lon, lat, indices) if both else None
    runs = [(controlled.run(i), -1 if grey is None else grey.run(i)) for i in indices]
    distinct = list(dict.fromkeys(runs))
    cells = {run: closed_cells(controlled.ground(run), lon, lat) for run, _ in distinct}
    first = dict(zip(cells, widths_of(list(cells.values()), disc_km), strict=True))
    second: dict[tuple[int, int], float | None] = dict.fromkeys(distinct)
    if grey is not None:
        both_closed = [
            cells[run] | closed_cells(grey.ground(other), lon, lat) for run, other in distinct
        ]
        widths = [width for width, _ in widths_of(both_closed, disc_km)]
        second = dict(zip(distinct, widths, strict=True))
    return {
        index: of_widths(first[run[0]][0], second[run], first[run[0]][1], disc_km)
        for index, run in zip(indices, runs, strict=True)
    }


class _Grounds:
    """The ground of some statuses in a place's window, put together once for maps that agree."""

    def __init__(
        self,
        series: ControlSeries,
        statuses: frozenset[Status],
        lon: float,
        lat: float,
        indices: Sequence[int],
    ) -> None:
        bounds = window_bounds(lon, lat)
        local = LocalSeries(series, statuses, first=indices[0], within=bounds)
        self._window = local.window(bounds)
        self._begins = self._window.begins(indices[0], indices[-1] + 1)
        self._made: dict[int, shapely.Geometry] = {}

    def run(self, index: int) -> int:
        """Return the first map of the run of equal maps that a map belongs to."""
        return self._begins[bisect_right(self._begins, index) - 1]

    def ground(self, index: int) -> shapely.Geometry:
        """Return the ground of a map."""
        run = self.run(index)
        if run not in self._made:
            self._made[run] = self._window.ground(run)
        return self._made[run]


def own_history(width_km: float, widths_km: Sequence[float]) -> OwnHistory | None:
    """Return where a width stands in the place's own history; `None` without a history."""
    if not widths_km:
        return None
    widths = np.array(widths_km)
    below = (widths < width_km).mean() + (widths == width_km).mean() / 2
    low, middle, high = np.quantile(widths, [0, 0.5, 1]).tolist()
    return OwnHistory(100 * float(below), low, middle, high, len(widths))
