"""Geodesic areas and lengths on WGS84.

All functions take longitude and latitude in degrees. Areas follow Karney (2013), "Algorithms for
geodesics", through PROJ; equal-area projection agrees to 1e-5 but is not used for published
figures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely
from pyproj import Geod

from contested.geo import units

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

WGS84 = Geod(ellps="WGS84")
UNIT = 1e7
"""Vertices are stored as integers in units of 1e-7 degree: exact for seven decimals."""

KM_PER_MILE = units.KM_PER_MILE


def degrees(vertices: NDArray[np.int32]) -> NDArray[np.float64]:
    """Return stored vertices, shape (n, 2), as degrees; exact for seven decimals."""
    return vertices / UNIT


def ring_area_km2(lonlat: NDArray[np.float64]) -> float:
    """Return the signed geodesic area of a ring, shape (n, 2); counter-clockwise is positive."""
    area, _ = WGS84.polygon_area_perimeter(lonlat[:, 0], lonlat[:, 1])
    return float(area) / 1e6


def area_km2(geometry: shapely.Geometry | None) -> float:
    """Return the geodesic area in km² of a valid polygonal geometry in degrees.

    Lines and points inside a collection count nothing. Edges are short enough (kilometres) that
    straight lines in longitude and latitude and geodesics differ by less than 0.01 km² over the
    whole front.
    """
    if geometry is None or geometry.is_empty:
        return 0.0
    return sum(_polygon_km2(part) for part in shapely.get_parts(_polygonal(geometry)))


def _polygonal(geometry: shapely.Geometry) -> shapely.Geometry:
    """Return only the polygons of a geometry, as one MultiPolygon."""
    parts = [p for p in _flatten(geometry) if p.geom_type == "Polygon"]
    return shapely.MultiPolygon(parts)


def polygons_of(geometry: shapely.Geometry) -> list[shapely.Polygon]:
    """Return every polygon inside a geometry, however nested; lines and points are left out."""
    return [p for p in _flatten(geometry) if p.geom_type == "Polygon"]


def _flatten(geometry: shapely.Geometry) -> Iterable[shapely.Geometry]:
    for part in shapely.get_parts(geometry):
        if hasattr(part, "geoms"):
            yield from _flatten(part)
        else:
            yield part


def _polygon_km2(polygon: shapely.Polygon) -> float:
    outer = abs(ring_area_km2(shapely.get_coordinates(polygon.exterior)))
    holes = sum(abs(ring_area_km2(shapely.get_coordinates(hole))) for hole in polygon.interiors)
    return outer - holes


def length_km(geometry: shapely.Geometry) -> float:
    """Return the geodesic length in km of lines in degrees, summed over all parts."""
    return float(WGS84.geometry_length(geometry)) / 1000
