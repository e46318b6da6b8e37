"""Answers of First light: areas, changes, a point's status and timeline. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import shapely

from contested.errors import NotHeldError, UsageError
from contested.geo.geojson import as_shapely
from contested.history.answers import (
    AreaSeriesRow,
    AreasOn,
    Changes,
    EdgesRedrawn,
    MatrixCell,
    StatusAt,
    TimelineRow,
)
from contested.history.calendar import MapCalendar
from contested.history.redraws import edge_step
from contested.records import PARTITION_ORDER, Holder, Status, Territory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from contested.history.protocol import HistoryEngine

CONTROLLED = (Status.HELD_SINCE_2014, Status.OCCUPIED, Status.CONTROLLED)
"""Statuses that together are controlled ground."""

REPORTED = (
    Status.OCCUPIED,
    Status.HELD_SINCE_2014,
    Status.CONTESTED,
    Status.CONTROLLED,
    Status.LIBERATED,
    Status.UA_HELD_IN_RUSSIA,
)
"""Order in which areas are reported."""

_HOLDERS = {
    Status.OCCUPIED: (Holder.RUSSIA, Territory.UKRAINE),
    Status.HELD_SINCE_2014: (Holder.RUSSIA, Territory.UKRAINE),
    Status.CONTROLLED: (Holder.RUSSIA, Territory.UKRAINE),
    Status.CONTESTED: (Holder.UNCLEAR, Territory.UKRAINE),
    Status.LIBERATED: (Holder.UKRAINE, Territory.UKRAINE),
    Status.UA_HELD_IN_RUSSIA: (Holder.UKRAINE, Territory.RUSSIA),
}


def calendar(engine: HistoryEngine) -> MapCalendar:
    """Return the calendar of an engine's series."""
    return MapCalendar(engine.series.source, engine.series.snapshots)


def held(carries: Iterable[Status]) -> frozenset[Status]:
    """Return the statuses that a source can answer for; both parts held means the sum is too."""
    carried = frozenset(carries)
    if {Status.OCCUPIED, Status.HELD_SINCE_2014} <= carried:
        return carried | {Status.CONTROLLED}
    return carried


def not_held(carries: Iterable[Status]) -> list[str]:
    """Return the reported statuses that a source says nothing about."""
    return [status.value for status in REPORTED if status not in held(carries)]


def area_columns(carries: frozenset[Status], row: NDArray[np.float64]) -> dict[str, float | None]:
    """Turn one row of engine areas into km² by status, `None` where the source holds nothing."""
    by_status = dict(zip(PARTITION_ORDER, row.tolist(), strict=True))
    if Status.CONTROLLED not in carries:
        by_status[Status.CONTROLLED] = sum(by_status[s] for s in CONTROLLED)
    answers = held(carries)
    return {s.value: round(by_status[s], 2) if s in answers else None for s in REPORTED}


def areas_on(engine: HistoryEngine, day: date) -> AreasOn:
    """Return areas by status on a day.

    Raises
    ------
    NoMapError
        If the day has no map.
    """
    index = calendar(engine).on(day)
    snapshot = engine.series.snapshots[index]
    return AreasOn(
        source=engine.series.source,
        asked=day,
        as_of=snapshot.as_of,
        snapshot=snapshot.sha256,
        areas_km2=area_columns(engine.series.carries, engine.areas_km2([index])[0]),
        not_held=not_held(engine.series.carries),
        method=f"area/1 ({engine.version}): exact partition, geodesic on WGS84",
    )


def area_series(
    engine: HistoryEngine,
    first: date,
    last: date,
    *,
    measure: Callable[[Sequence[int]], NDArray[np.float64]] | None = None,
) -> list[AreaSeriesRow]:
    """Return one row a calendar day; a day without a map stays empty.

    Parameters
    ----------
    measure
        Snapshots → km² by status, shape (snapshots, statuses); `None` measures whole maps.

    Raises
    ------
    UsageError
        If the range is reversed.
    NoMapError
        If no day of the range lies within the series.
    """
    check_range(first, last)
    days = calendar(engine)
    covered = days.coverage()
    if last < covered.first or first > covered.last:
        raise NotHeldError(
            f"{engine.series.source} holds {covered.first} to {covered.last}: "
            f"nothing between {first} and {last}"
        )
    wanted = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    with_map = [day for day in wanted if day in set(days.days)]
    indices = [days.on(day) for day in with_map]
    rows = (measure or engine.areas_km2)(indices)
    areas = dict(zip(with_map, rows, strict=True))
    empty: dict[str, float | None] = dict.fromkeys((s.value for s in REPORTED), None)
    shots = dict(zip(with_map, (engine.series.snapshots[i].sha256 for i in indices), strict=True))
    return [
        AreaSeriesRow(
            date=day,
            snapshot=shots.get(day),
            areas_km2=area_columns(engine.series.carries, areas[day]) if day in areas else empty,
        )
        for day in wanted
    ]


def check_range(first: date, last: date) -> None:
    """Refuse a range that ends before it begins."""
    if last < first:
        raise UsageError(f"the range ends ({last}) before it begins ({first}): swap the dates")


def range_ends(engine: HistoryEngine, first: date, last: date) -> tuple[int, int]:
    """Return the last snapshots at or before both ends of a range."""
    check_range(first, last)
    days = calendar(engine)
    return days.at_or_before(first), days.at_or_before(last)


def changes_between(engine: HistoryEngine, first: date, last: date) -> Changes:
    """Return what changed between the maps at or before two days.

    Raises
    ------
    UsageError
        If the range is reversed.
    NoMapError
        If the series begins after the first day.
    """
    before, after = range_ends(engine, first, last)
    matrix = engine.matrix_km2(before, after)
    one, other = engine.series.snapshots[before], engine.series.snapshots[after]
    mask = np.array([status in CONTROLLED for status in PARTITION_ORDER] + [False])
    gained = float(matrix[np.ix_(~mask, mask)].sum())
    lost = float(matrix[np.ix_(mask, ~mask)].sum())
    return Changes(
        source=engine.series.source,
        asked=(first, last),
        from_day=one.as_of,
        to_day=other.as_of,
        from_snapshot=one.sha256,
        to_snapshot=other.sha256,
        gained_km2=round(gained, 2),
        lost_km2=round(lost, 2),
        net_km2=round(gained - lost, 2),
        matrix=cells_of(matrix),
        edges=_edges(engine, before, after),
        not_held=not_held(engine.series.carries),
        method=f"changes/1 ({engine.version}): from → to of the exact partition, geodesic on WGS84",
    )


def _edges(engine: HistoryEngine, before: int, after: int) -> EdgesRedrawn:
    step = edge_step(engine.series, before, after)
    return EdgesRedrawn(came=step.came, gone=step.gone, redrawn=step.redrawn)


def cells_of(matrix: NDArray[np.float64]) -> list[MatrixCell]:
    """Return what went from status to status, largest first; the diagonal is left out."""
    names: list[str | None] = [*(s.value for s in PARTITION_ORDER), None]
    rows = [
        MatrixCell(before=names[i], after=names[j], km2=round(float(matrix[i, j]), 2))
        for i, j in np.argwhere(matrix >= 0.005)  # noqa: PLR2004 (what rounds to 0.00 is no row)
        if i != j
    ]
    return sorted(rows, key=lambda cell: -cell.km2)


def status_on(engine: HistoryEngine, lon: float, lat: float, day: date) -> StatusAt:
    """Return what the map of a day shows at a point, with the source's own word.

    Raises
    ------
    UsageError
        If the point is not a longitude and latitude.
    NoMapError
        If the day has no map.
    """
    check_point(lon, lat)
    index = calendar(engine).on(day)
    snapshot = engine.series.snapshots[index]
    status = engine.status_at(lon, lat, index)
    holder, territory = _HOLDERS[status] if status else (None, None)
    return StatusAt(
        source=engine.series.source,
        lon=lon,
        lat=lat,
        asked=day,
        as_of=snapshot.as_of,
        snapshot=snapshot.sha256,
        status=status.value if status else None,
        source_word=_word_at(engine, lon, lat, index, status),
        holder=holder.value if holder else None,
        territory=territory.value if territory else None,
        not_held=not_held(engine.series.carries),
    )


def check_point(lon: float, lat: float) -> None:
    """Refuse what is not a longitude and latitude in degrees."""
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):  # noqa: PLR2004
        raise UsageError(f"{lon:g} {lat:g} is not a longitude and latitude in degrees")


def status_facts(status: Status) -> dict[str, str]:
    """Return status, holder and territory in words for a row of an export."""
    holder, territory = _HOLDERS[status]
    return {"status": status.value, "holder": holder.value, "territory": territory.value}


def _word_at(
    engine: HistoryEngine, lon: float, lat: float, index: int, status: Status | None
) -> str | None:
    """Return the source's own word of the area that gave a point its status."""
    point = shapely.Point(lon, lat)
    for shape, own, word in engine.series.areas(index):
        polygons = shape.polygons if shape.repaired is None else shape.repaired
        if own is status and any(as_shapely(p).intersects(point) for p in polygons):
            return word
    return None


def point_timeline(engine: HistoryEngine, lon: float, lat: float) -> list[TimelineRow]:
    """Return every status a point was shown with; days are map days."""
    check_point(lon, lat)
    snapshots = engine.series.snapshots
    rows = []
    for interval in engine.timeline_at(lon, lat):
        ends = interval.last < len(snapshots)
        rows.append(
            TimelineRow(
                status=interval.status.value if interval.status else None,
                first=snapshots[interval.first].as_of,
                last=snapshots[interval.last].as_of if ends else None,
                criterion="point",
                from_snapshot=snapshots[interval.first].sha256,
            )
        )
    return rows
