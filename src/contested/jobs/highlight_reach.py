"""Rings of reach in the frame of a map, with how many people live within each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import shapely

from contested.geo.project import LAMBERT, to_degrees, to_plane
from contested.geo.reach import RINGS_KM, distances, reach
from contested.jobs.highlight import Figures, RingFigures
from contested.places.extent import SETTLEMENTS

if TYPE_CHECKING:
    from contested.places.gazetteer import Gazetteer
    from contested.render.picture import BaseMap, LocatorMap

_TOLERANCE_M: Final = 200.0


def reach_in(
    content: LocatorMap, held: shapely.Geometry, box: shapely.Geometry, gazetteer: Gazetteer
) -> Figures:
    """Return the rings that cross a frame; people are counted in the whole country.

    Parameters
    ----------
    held, box
        Controlled ground, and the frame; degrees.
    """
    found = reach(distances(held, gazetteer.places(tuple(SETTLEMENTS), "UA")))
    lines = rings(held, content.base, box)
    return Figures(
        found.method.label,
        rings=[
            RingFigures(
                ring.km, ring.people, ring.people_low, ring.people_high, shapely.to_wkb(line)
            )
            for ring, line in zip(found.rings, lines, strict=True)
        ],
    )


def rings(held: shapely.Geometry, base: BaseMap, box: shapely.Geometry) -> list[shapely.Geometry]:
    """Return the lines at each distance from controlled ground, inside Ukraine, degrees.

    Only ground that a ring in the frame can be measured from is widened.
    """
    frame = shapely.box(*shapely.bounds(to_plane(box, LAMBERT)))
    widest = 1000 * max(RINGS_KM) + 5000
    near = shapely.clip_by_rect(to_plane(held, LAMBERT), *frame.buffer(widest).bounds)
    plane = shapely.simplify(near, _TOLERANCE_M)
    seen = shapely.intersection(to_plane(base.outline, LAMBERT), frame.buffer(5000))
    lines = [shapely.boundary(shapely.buffer(plane, km * 1000)) for km in RINGS_KM]
    return [to_degrees(shapely.intersection(line, seen), LAMBERT) for line in lines]
