"""Slivers: ground that only a redrawn outline seems to have changed."""

from __future__ import annotations

import shapely

from contested.geo.measure import area_km2, length_km, polygons_of

WIDTH_M = 1.0
"""Change narrower than this is a redraw, not change of control."""


def mean_width_m(polygon: shapely.Polygon) -> float:
    """Return twice the area over the perimeter: the width of a long thin polygon, in metres."""
    perimeter_km = length_km(polygon.boundary)
    return 2000 * area_km2(polygon) / perimeter_km if perimeter_km else 0.0


def without_slivers(geometry: shapely.Geometry, width_m: float = WIDTH_M) -> shapely.MultiPolygon:
    """Return the polygons of a geometry in degrees that are at least `width_m` wide on average."""
    kept = [p for p in polygons_of(geometry) if mean_width_m(p) >= width_m]
    return shapely.MultiPolygon(kept)
