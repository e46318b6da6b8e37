"""Small worlds drawn in kilometres on a plane and handed over in degrees."""

from __future__ import annotations

import numpy as np
import shapely

from contested.geo.project import EQUAL_AREA, LAMBERT, points_to_degrees, to_degrees


def box(west, south, east, north, plane=LAMBERT):
    """Return a box given in km on a plane, as degrees; edges are densified to stay straight."""
    drawn = shapely.box(1000 * west, 1000 * south, 1000 * east, 1000 * north)
    return to_degrees(shapely.segmentize(drawn, 1000), plane)


def polygon(*km, plane=LAMBERT):
    """Return a polygon given in km on a plane, as degrees."""
    return to_degrees(shapely.segmentize(shapely.Polygon(np.array(km) * 1000.0), 1000), plane)


def point(x_km, y_km, plane=EQUAL_AREA):
    """Return longitude and latitude of a point given in km on a plane."""
    lon, lat = points_to_degrees(np.array([[1000.0 * x_km, 1000.0 * y_km]]), plane)[0]
    return float(lon), float(lat)
