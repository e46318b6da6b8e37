"""Columns, and ground that was cut off: the shape of what was taken.

Methods `columns/1` (parts of controlled ground that an opening with 300 m discs removes: nothing
wider than about 600 m is left in them), `prongs/1` (parts of newly taken ground that lie further
than half its depth from the ground held before) and `cut_off/1` (parts of controlled ground that
touch no other).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from contested.geo.project import LAMBERT, points_to_plane
from contested.geo.seams import SEAM_M

if TYPE_CHECKING:
    from numpy.typing import NDArray

HALF_WIDTH_M = 300.0
LEAST_KM2 = 0.1
LEAST_LENGTH_M = 1000.0
CUT_OFF_KM2 = 1.0
MARGIN_KM = 40.0
_SECTIONS = np.linspace(0.25, 0.75, 11)

LonLat = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Column:
    """A narrow part of ground.

    Attributes
    ----------
    narrow_km, wide_km
        Its width across the middle half of its length, least and most.
    bearing_deg, away_km
        Where its middle lies, seen from the place.
    """

    length_km: float
    narrow_km: float
    wide_km: float
    area_km2: float
    bearing_deg: float
    away_km: float


def slim_columns(
    ground: shapely.Geometry, lon: float, lat: float, radius_km: float
) -> tuple[Column, ...]:
    """Return the narrow parts of controlled ground inside a disc, largest first.

    Parameters
    ----------
    ground
        Controlled ground of at least the disc and its margin, metres on the Lambert conic.
    """
    middle = _point(lon, lat)
    core = shapely.buffer(shapely.buffer(ground, -HALF_WIDTH_M), HALF_WIDTH_M + 0.5)
    disc = shapely.buffer(middle, 1000 * radius_km, quad_segs=64)
    parts = shapely.get_parts(shapely.intersection(shapely.difference(ground, core), disc))
    found = [_column(part, middle) for part in parts if part.area >= LEAST_KM2 * 1e6]
    long = [one for one in found if one.length_km * 1000 >= LEAST_LENGTH_M]
    return tuple(sorted(long, key=lambda one: -one.area_km2))


def prongs(
    taken: shapely.Geometry, held: shapely.Geometry, depth_km: float, lon: float, lat: float
) -> tuple[Column, ...]:
    """Return the parts of newly taken ground beyond half its depth, largest first."""
    far = shapely.difference(taken, shapely.buffer(held, 500 * depth_km))
    middle = _point(lon, lat)
    parts = shapely.get_parts(far)
    found = [_column(part, middle) for part in parts if part.area >= LEAST_KM2 * 1e6]
    return tuple(sorted(found, key=lambda one: -one.area_km2))


def depth_estimate_km(taken: shapely.Geometry, held: shapely.Geometry) -> float:
    """Return the largest distance of a corner of newly taken ground to the ground held before.

    At most the depth of `contested.geo.advance`: for choosing a map, never for a figure.
    """
    corners = shapely.points(shapely.get_coordinates(taken))
    if len(corners) == 0:
        return 0.0
    shapely.prepare(held)
    return float(shapely.distance(held, corners).max()) / 1000


def newly_taken(
    held: shapely.Geometry, now: shapely.Geometry, lon: float, lat: float, within_km: float
) -> shapely.Geometry:
    """Return ground of `now` that is not in `held`, within a distance, without thin redraws."""
    circle = shapely.buffer(_point(lon, lat), 1000 * within_km, quad_segs=32)
    left = shapely.intersection(shapely.difference(now, held), circle)
    return shapely.buffer(shapely.buffer(left, -SEAM_M), SEAM_M)


def cut_off_km2(ground: shapely.Geometry, lon: float, lat: float, within_km: float) -> float:
    """Return the area within a distance that is connected to no other controlled ground."""
    circle = shapely.buffer(_point(lon, lat), 1000 * within_km, quad_segs=32)
    parts = shapely.get_parts(shapely.buffer(ground, SEAM_M))
    if len(parts) == 0:
        return 0.0
    # What the box cut reaches its edge and may go on beyond: only whole parts inside count.
    alone = [part for part in parts if circle.contains(part) and part.area >= CUT_OFF_KM2 * 1e6]
    return float(sum(part.area for part in alone)) / 1e6


def _point(lon: float, lat: float) -> shapely.Point:
    return shapely.Point(points_to_plane(np.array([[lon, lat]]), LAMBERT)[0])


def _column(part: shapely.Polygon, middle: shapely.Point) -> Column:
    corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(part))
    sides = [corners[1] - corners[0], corners[2] - corners[1]]
    along = max(sides, key=lambda side: float(np.hypot(*side)))
    across = min(sides, key=lambda side: float(np.hypot(*side)))
    start = corners[0] if along is sides[0] else corners[1]
    widths = _widths_m(part, start, along, across)
    offset = np.array([part.centroid.x - middle.x, part.centroid.y - middle.y])
    return Column(
        length_km=float(np.hypot(*along)) / 1000,
        narrow_km=float(widths.min()) / 1000,
        wide_km=float(widths.max()) / 1000,
        area_km2=float(part.area) / 1e6,
        bearing_deg=float(np.degrees(np.arctan2(offset[0], offset[1])) % 360),
        away_km=float(np.hypot(*offset)) / 1000,
    )


def _widths_m(
    part: shapely.Polygon,
    corner: NDArray[np.float64],
    along: NDArray[np.float64],
    across: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return how much of the part lies on lines across its box, metres."""
    # `across` may lead out of the box: lines reach over both sides.
    starts = corner + _SECTIONS[:, None] * along - 1.5 * across
    lines = shapely.linestrings(np.stack([starts, starts + 3 * across], axis=1))
    crossed: NDArray[np.float64] = shapely.length(shapely.intersection(part, lines))
    return crossed[crossed > 0] if (crossed > 0).any() else crossed
