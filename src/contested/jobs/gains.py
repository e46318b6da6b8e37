"""Ground that came under Russia's control and ground that went out of it, for a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from contested.geo.measure import area_km2
from contested.geo.sliver import without_slivers
from contested.history.protocol import ChangePolygon
from contested.records import Status
from contested.render.picture import CONTROLLED_STATUSES

if TYPE_CHECKING:
    from collections.abc import Mapping

_NONE = shapely.MultiPolygon()


def gains_and_losses(
    before: Mapping[Status, shapely.Geometry], after: Mapping[Status, shapely.Geometry]
) -> tuple[ChangePolygon, ...]:
    """Return what a picture shows as gained and as lost between two maps, without slivers.

    From whom and by which status does not show in a picture: the engine's matrix of every status
    against every other takes five times as long.
    """
    was, now = _controlled(before), _controlled(after)
    rows = (
        (None, Status.CONTROLLED, without_slivers(shapely.difference(now, was))),
        (Status.CONTROLLED, None, without_slivers(shapely.difference(was, now))),
    )
    return tuple(
        ChangePolygon(one, other, ground, area_km2(ground))
        for one, other, ground in rows
        if not ground.is_empty
    )


def _controlled(ground: Mapping[Status, shapely.Geometry]) -> shapely.Geometry:
    parts = [ground[status] for status in CONTROLLED_STATUSES if status in ground]
    return shapely.union_all(parts) if parts else _NONE
