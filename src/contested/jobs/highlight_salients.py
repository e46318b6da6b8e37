"""The salients in the frame of a map, measured on the ground round it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from contested import sample
from contested.errors import NotHeldError
from contested.geo.project import EQUAL_AREA, to_plane
from contested.geo.salient import Tier, salients
from contested.geo.salient_ground import front_ground
from contested.jobs.highlight import Figures, SalientFigures
from contested.records import Status

if TYPE_CHECKING:
    from contested.geo.salient import Salient, Salients
    from contested.geo.salient_ground import FrontGround
    from contested.render.picture import LocatorMap

MOST: Final = 3
EXACT_KM: Final = 25.0
"""Cells no further than this from the frame are found as on the whole map."""
NONE: Final = shapely.MultiPolygon()


def salients_in(content: LocatorMap, held: shapely.Geometry, box: shapely.Geometry) -> Figures:
    """Return the salients whose centreline lies in a frame, those that matter most first.

    Found on the ground round the frame alone; where one of them reaches so far out that the
    ground beyond could matter, on the whole map. Either way the figures are those of
    ``contested salients``.

    Parameters
    ----------
    held, box
        Controlled ground, and the frame; degrees.
    """
    ground = _ground(content, held, box)
    if ground is None:
        return Figures("salients/1")
    found = salients(ground)
    near = _near(found, box)
    if not all(_whole(one, ground, box) for one in near):
        everywhere = _ground(content, held, None)
        found = found if everywhere is None else salients(everywhere)
        near = _near(found, box)
    return Figures(found.method.label, [_figures(one) for one in near[:MOST]])


def _ground(
    content: LocatorMap, held: shapely.Geometry, box: shapely.Geometry | None
) -> FrontGround | None:
    base = content.base
    water = sample.water(content.attribution.as_of)
    try:
        return front_ground(
            held, base.outline, base.neighbours.get("Russia", NONE), water=water,
            held_by_ukraine=content.layers.get(Status.UA_HELD_IN_RUSSIA), window=box,
        )  # fmt: skip
    except NotHeldError:
        return None


def _near(found: Salients, box: shapely.Geometry) -> list[Salient]:
    return [
        one
        for one in found.salients
        if one.tier is not Tier.BORDERLINE and box.contains(one.centreline)
    ]


def _whole(one: Salient, ground: FrontGround, box: shapely.Geometry) -> bool:
    """Say whether all cells of a salient lie where the ground was looked at in full."""
    west, south, east, north = shapely.bounds(to_plane(box, EQUAL_AREA))
    row, column = np.divmod(one.cells, ground.grid.columns)
    x, y, far = ground.grid.x_m[column], ground.grid.y_m[row], EXACT_KM * 1000
    inside = (x >= west - far) & (x <= east + far) & (y >= south - far) & (y <= north + far)
    return bool(inside.all())


def _figures(one: Salient) -> SalientFigures:
    lon, lat = shapely.get_coordinates(one.centreline)[0].round(7).tolist()
    low, high = one.depth_range_km
    return SalientFigures(
        one.side.value, one.tier.value, float(one.radius_km), float(one.depth_km),
        (float(low), float(high)), float(one.mouth_km), round(float(one.bearing_deg), 6),
        (lon, lat), (round(one.tip[0], 7), round(one.tip[1], 7)),
    )  # fmt: skip
