"""The two planes that figures are computed on, and the way there and back.

Lengths are simplified on a Lambert conic and then measured on the ellipsoid; grids lie on an
equal-area plane. Both are true to 0.2 % over the whole front.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import Transformer
from pyproj.enums import TransformDirection

if TYPE_CHECKING:
    from numpy.typing import NDArray

LAMBERT = "+proj=lcc +lat_1=45.5 +lat_2=50.5 +lat_0=48 +lon_0=36 +datum=WGS84 +units=m"
"""Lambert conformal conic, standard parallels 45.5 and 50.5°N, 36°E."""

EQUAL_AREA = "+proj=laea +lat_0=48.5 +lon_0=35.5 +datum=WGS84 +units=m"
"""Lambert azimuthal equal-area at 48.5°N 35.5°E."""


def to_plane(geometry: shapely.Geometry, plane: str) -> shapely.Geometry:
    """Return a geometry in degrees (WGS84) as metres on `plane`."""
    return shapely.transform(geometry, lambda lonlat: points_to_plane(lonlat, plane))


def polygons_to_plane(ground: shapely.Geometry, plane: str) -> shapely.Geometry:
    """Return polygons in degrees as valid polygons in metres on `plane`, fit for overlays.

    Edges that pass each other by a nanometre in degrees can cross once they are projected, and
    an overlay refuses what crosses itself.
    """
    flat = to_plane(ground, plane)
    if shapely.is_valid(flat):
        return flat
    parts = shapely.get_parts(shapely.make_valid(flat, method="structure", keep_collapsed=False))
    return shapely.multipolygons(shapely.get_parts(parts))


def to_degrees(geometry: shapely.Geometry, plane: str) -> shapely.Geometry:
    """Return a geometry in metres on `plane` as degrees (WGS84)."""
    return shapely.transform(geometry, lambda xy: points_to_degrees(xy, plane))


def points_to_plane(lonlat: NDArray[np.float64], plane: str) -> NDArray[np.float64]:
    """Return points in degrees, shape (n, 2), as metres on `plane`."""
    return np.column_stack(_transformer(plane).transform(lonlat[:, 0], lonlat[:, 1]))


def points_to_degrees(xy: NDArray[np.float64], plane: str) -> NDArray[np.float64]:
    """Return points in metres on `plane`, shape (n, 2), as degrees."""
    back = _transformer(plane).transform(xy[:, 0], xy[:, 1], direction=TransformDirection.INVERSE)
    return np.column_stack(back)


@cache
def _transformer(plane: str) -> Transformer:
    return Transformer.from_crs("EPSG:4326", plane, always_xy=True)
