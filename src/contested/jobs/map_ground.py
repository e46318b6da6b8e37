"""The ground of one map, as figures need it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

from contested.history.measure import CONTROLLED, calendar
from contested.records import Status

if TYPE_CHECKING:
    from datetime import date

    from contested.history.protocol import HistoryEngine
    from contested.records import SnapshotId


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
