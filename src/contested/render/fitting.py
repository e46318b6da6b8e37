"""Where a coarse base map meets a fine map of control: borders and river beds, in pixels. Pure.

A map of control is drawn along the true border and the true bank; the ground under it is drawn
ten times coarser. Where the two lie close together, the finer one is believed: for the eye only,
nothing is measured on it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import shapely

from contested.geo.measure import polygons_of
from contested.records import Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contested.render.layers import Ground

REACH_KM = 6.0
"""A border of the base map lies no further than this from the true one."""
GAP_KM = 2.0
"""Ground between border and controlled ground that is narrower than twice this is none."""
BANK_KM, BED_KM = 3.0, 1.2
"""How far a river's line lies from the river; half the widest river bed."""
CUT_PX = 0.1
"""A line's end so near to a bed lies in it, or was cut there."""
LEAST_PX = 4.0
"""Where these distances are smaller in the picture, no eye could tell."""
_UKRAINIAN = (
    Status.CONTROLLED, Status.OCCUPIED, Status.HELD_SINCE_2014, Status.LIBERATED,
)  # fmt: skip
"""Statuses of ground that is Ukraine's whatever a coarse border says."""


def fit_borders(
    ground: Ground,
    statuses: Mapping[Status, shapely.Geometry],
    changed: shapely.Geometry,
    px_per_km: float,
) -> Ground:
    """Return the ground with its land border moved to where the map of control has it.

    Parameters
    ----------
    ground, statuses, changed
        In pixels; ground that changed hands is Ukraine's whoever holds it.
    """
    own = [statuses[status] for status in _UKRAINIAN if status in statuses]
    beyond = statuses.get(Status.UA_HELD_IN_RUSSIA, shapely.MultiPolygon())
    stated = shapely.union_all([*own, shapely.difference(changed, beyond)])
    near = _near_border(ground, px_per_km)
    if near.is_empty or (stated.is_empty and beyond.is_empty):
        return ground
    stated, beyond = (shapely.intersection(one, near) for one in (stated, beyond))
    abroad = shapely.union_all(list(ground.abroad.values()))
    land = shapely.union(ground.ukraine, abroad)
    wider = shapely.union(ground.ukraine, shapely.intersection(stated, land))
    ukraine = shapely.difference(wider, beyond)
    gap = GAP_KM * px_per_km
    filled = _filled(ukraine, beyond, near, gap)
    ukraine = shapely.union(ukraine, shapely.intersection(filled, shapely.intersection(land, near)))
    outside = shapely.difference(land, shapely.union(ukraine, beyond))
    strip = _between(shapely.intersection(shapely.union(outside, stated), near), gap / 2)
    strip = shapely.intersection(strip, shapely.difference(ukraine, stated))
    given = [one for one in polygons_of(strip) if one.distance(outside) < 1]
    russian = polygons_of(shapely.intersection(ground.ukraine, beyond))
    return _parted(ground, ukraine, [*given, *russian])


def _near_border(ground: Ground, px_per_km: float) -> shapely.Geometry:
    """Return the ground near a land border of Ukraine; nothing where a shift would not be seen."""
    if not ground.abroad or GAP_KM * px_per_km < LEAST_PX:
        return shapely.MultiPolygon()
    abroad = shapely.union_all(list(ground.abroad.values()))
    edge = shapely.boundary(shapely.MultiPolygon(polygons_of(ground.ukraine)))
    border = shapely.intersection(edge, abroad.buffer(1.0))
    return shapely.simplify(border, 1.0).buffer(REACH_KM * px_per_km, quad_segs=2)


def _filled(
    ukraine: shapely.Geometry, beyond: shapely.Geometry, near: shapely.Geometry, gap: float
) -> shapely.Geometry:
    """Return the ground between Ukraine and ground it holds in Russia: narrow, or shut in."""
    if beyond.is_empty:
        return beyond
    both = shapely.union(ukraine, beyond)
    narrow = _between(shapely.intersection(both, near), gap)
    whole = shapely.union(both, narrow)
    holes = [
        hole
        for polygon in polygons_of(whole)
        for hole in map(shapely.Polygon, polygon.interiors)
        if hole.area < (3 * gap) ** 2
    ]
    return shapely.difference(shapely.union_all([narrow, *holes]), beyond)


def _between(shape: shapely.Geometry, gap: float) -> shapely.Geometry:
    """Return the narrow ground between parts of a shape."""
    closed = shapely.buffer(shapely.buffer(shape, gap, quad_segs=2), -gap, quad_segs=2)
    return shapely.difference(closed, shape)


def _parted(ground: Ground, ukraine: shapely.Geometry, given: list[shapely.Polygon]) -> Ground:
    """Return the ground with Ukraine as it is now, less what goes to the neighbour beside it."""
    own = shapely.difference(ukraine, shapely.union_all(given))
    abroad = {name: shapely.difference(one, ukraine) for name, one in ground.abroad.items()}
    for part in given:
        nearest = min(abroad, key=lambda name: (abroad[name].distance(part), name))
        abroad[nearest] = shapely.union(abroad[nearest], part)
    return replace(ground, ukraine=shapely.MultiPolygon(polygons_of(own)), abroad=abroad)


def river_bed(
    rivers: shapely.Geometry, sides: shapely.Geometry, px_per_km: float
) -> tuple[shapely.Geometry, shapely.Geometry]:
    """Return a great river's line where no bed is known, and its bed between two sides' ground.

    Parameters
    ----------
    rivers
        Lines of great rivers, pixels.
    sides
        Ground with a status or that changed: drawn down to the banks.
    """
    none = shapely.MultiPolygon()
    if rivers.is_empty or sides.is_empty or BED_KM * px_per_km < LEAST_PX:
        return rivers, none
    near = rivers.buffer(BANK_KM * px_per_km, quad_segs=2)
    bed = shapely.intersection(_between(shapely.intersection(sides, near.buffer(
        BED_KM * px_per_km, quad_segs=2)), BED_KM * px_per_km), near)  # fmt: skip
    least = (2 * BED_KM * px_per_km) ** 2
    parts = [one for one in polygons_of(bed) if one.area > least / 4]
    whole = shapely.MultiPolygon(parts)
    if sum(one.area for one in parts) < least * 2:
        return rivers, none
    replaced = whole.buffer(BANK_KM * px_per_km, quad_segs=2)
    return mouths(shapely.difference(rivers, replaced), whole, px_per_km), whole


def mouths(lines: shapely.Geometry, bed: shapely.Geometry, px_per_km: float) -> shapely.Geometry:
    """Return rivers with their last reach into a bed near which they end: none ends in a field."""
    if bed.is_empty or lines.is_empty:
        return lines
    around = bed.buffer(BANK_KM * px_per_km + CUT_PX, quad_segs=2)
    merged = shapely.line_merge(lines) if lines.geom_type == "MultiLineString" else lines
    parts = [one for one in shapely.get_parts(merged) if one.geom_type == "LineString"]
    ends = [shapely.get_point(one, at) for one in parts for at in (0, -1)]
    reaches = [shapely.shortest_line(end, bed) for end in ends if shapely.intersects(end, around)]
    return shapely.MultiLineString([*parts, *(one for one in reaches if one.length > CUT_PX)])
