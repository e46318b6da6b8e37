"""Areas by status within regions whose outlines a user gave. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from contested.geo.measure import area_km2, polygons_of
from contested.history.answers import RegionAreas, RegionsOn
from contested.history.measure import area_columns, calendar, not_held
from contested.records import PARTITION_ORDER, Status

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    from contested.history.protocol import HistoryEngine

VERSION = "regional_area/1"


class NamedOutline(NamedTuple):
    """A region as it is measured: its id if it has one, its name, its outline in degrees."""

    id: str | None
    name: str
    outline: shapely.Geometry


def regions_on(
    engine: HistoryEngine, day: date, regions: Sequence[NamedOutline], boundaries: Sequence[str]
) -> RegionsOn:
    """Return areas by status on a day within regions: one, or all that have ground of the map.

    Parameters
    ----------
    boundaries
        What names the outlines' files in the answer.

    Raises
    ------
    NoMapError
        If the day has no map.
    """
    index = calendar(engine).on(day)
    snapshot, carries = engine.series.snapshots[index], engine.series.carries
    measured = [(one, regional_km2(engine, [index], one.outline)[0]) for one in regions]
    whole = sum((row for _, row in measured), np.zeros(len(PARTITION_ORDER)))
    outside = np.maximum(engine.areas_km2([index])[0] - whole, 0.0)
    one_only = len(regions) == 1
    return RegionsOn(
        source=engine.series.source,
        asked=day,
        as_of=snapshot.as_of,
        snapshot=snapshot.sha256,
        regions=[_region(one, row, carries) for one, row in measured if one_only or row.any()],
        outside_km2=None if one_only else area_columns(carries, outside),
        boundaries=list(boundaries),
        not_held=not_held(carries),
        method=f"{VERSION} ({engine.version}): exact partition cut with each outline, geodesic",
    )


def _region(one: NamedOutline, row: NDArray[np.float64], carries: frozenset[Status]) -> RegionAreas:
    columns, whole = area_columns(carries, row), area_km2(one.outline)
    return RegionAreas(
        id=one.id,
        name=one.name,
        region_km2=round(whole, 2),
        areas_km2=columns,
        controlled_percent=_share_percent(columns[Status.CONTROLLED.value], whole),
    )


def regional_km2(
    engine: HistoryEngine, indices: Sequence[int], outline: shapely.Geometry
) -> NDArray[np.float64]:
    """Return km² by status within an outline, shape (snapshots, statuses of `PARTITION_ORDER`).

    The partitioned ground of each snapshot is cut with the outline (degrees, straight edges as
    drawn) and measured on the ellipsoid. A polygon that was cut before is not cut again.
    """
    shapely.prepare(outline)
    known: dict[bytes, float] = {}
    rows = np.zeros((len(indices), len(PARTITION_ORDER)))
    for row, index in enumerate(indices):
        ground = engine.ground(index)
        for column, status in enumerate(PARTITION_ORDER):
            if status in ground:
                rows[row, column] = _inside_km2(ground[status], outline, known)
    return rows


def _inside_km2(
    ground: shapely.Geometry, outline: shapely.Geometry, known: dict[bytes, float]
) -> float:
    whole = 0.0
    for part in polygons_of(ground):
        if not shapely.intersects(outline, part):
            continue
        key = shapely.to_wkb(part)
        if key not in known:
            within = shapely.contains_properly(outline, part)
            known[key] = area_km2(part if within else shapely.intersection(part, outline))
        whole += known[key]
    return whole


def _share_percent(part_km2: float | None, whole_km2: float) -> float | None:
    """Return a part in percent of the whole, to a hundredth; `None` stays `None`."""
    return None if part_km2 is None else round(100 * part_km2 / whole_km2, 2)
