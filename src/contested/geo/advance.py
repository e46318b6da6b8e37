"""Newly taken ground: how far it reaches, which way, and how fast.

Method `advance/1`: the largest distance of ground that is controlled on the second map and was
not on the first, to the ground controlled on the first. Depth in metres a day and area in km² a
day are different figures and are kept apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from contested.errors import NotHeldError, UsageError
from contested.geo.measure import WGS84, area_km2
from contested.geo.project import (
    LAMBERT,
    points_to_degrees,
    points_to_plane,
    polygons_to_plane,
    to_degrees,
)
from contested.records import Method

if TYPE_CHECKING:
    from numpy.typing import NDArray

REDRAW_M = 1.0
"""New ground narrower than this is a redrawn line, not an advance."""

STEP_M = 50.0
LATTICE_M = 250.0
BESIDE_KM = 25.0

LonLat = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Advance:
    """Ground newly taken between two maps.

    Attributes
    ----------
    depth_km
        Largest distance of new ground to the ground held on the first map, geodesic.
    bearing_deg
        From `foot` to `tip`, clockwise from north.
    tip, foot
        The furthest new point and the nearest point held before, longitude and latitude.
    new_km2, lost_km2
        Area newly controlled, and no longer controlled, inside the circle that was asked for.
    """

    method: Method
    depth_km: float
    bearing_deg: float
    tip: LonLat
    foot: LonLat
    new_km2: float
    lost_km2: float


@dataclass(frozen=True, slots=True)
class AxisAdvance:
    """Advance along the straight line from one place towards another.

    Attributes
    ----------
    before_km, after_km
        Distance from the start of the axis to the furthest controlled point on it; `None` where
        no point on it is controlled.
    advance_m
        Difference of the two; negative for a withdrawal; `None` where either is `None`.
    """

    method: Method
    bearing_deg: float
    length_km: float
    before_km: float | None
    after_km: float | None
    advance_m: float | None


def advance(
    before: shapely.Geometry,
    after: shapely.Geometry,
    *,
    near: LonLat | None = None,
    within_km: float = BESIDE_KM,
) -> Advance:
    """Return how far newly taken ground reaches.

    Parameters
    ----------
    before, after
        Controlled ground of the two maps, degrees.
    near, within_km
        Only new ground within this distance of this point; the whole country where `None`.

    Raises
    ------
    UsageError
        If `within_km` is not above 0.
    NotHeldError
        If no ground was newly taken there.
    """
    # Seams stay open: closing moves vertices by nanometres, and then nothing cancels exactly.
    held, now = (polygons_to_plane(ground, LAMBERT) for ground in (before, after))
    circle = None if near is None else _circle(near, within_km)
    taken = _without_redraws(now, held, circle)
    lost = _without_redraws(held, now, circle)
    if taken.is_empty:
        raise NotHeldError("no newly taken ground between the two maps there")
    tip, foot = _furthest(taken, held)
    bearing, _, metres = WGS84.inv(*foot, *tip)
    parameters = {
        "redraw_m": REDRAW_M,
        "near": near,
        "within_km": None if near is None else within_km,
    }
    return Advance(
        Method("advance", "1", parameters),
        metres / 1000,
        bearing % 360,
        tip,
        foot,
        area_km2(to_degrees(taken, LAMBERT)),
        area_km2(to_degrees(lost, LAMBERT)),
    )


def axis_advance(
    before: shapely.Geometry, after: shapely.Geometry, start: LonLat, end: LonLat
) -> AxisAdvance:
    """Return how far control moved along the straight line from `start` to `end`.

    Raises
    ------
    UsageError
        If start and end are the same point.
    """
    bearing, _, metres = WGS84.inv(*start, *end)
    if metres < 1:
        raise UsageError("an axis needs two different places")
    line = shapely.LineString([start, end])
    reached = [_reached_km(ground, line) for ground in (before, after)]
    moved = None if None in reached else 1000 * (reached[1] - reached[0])  # type: ignore[operator]
    return AxisAdvance(
        Method("advance_axis", "1", {"start": start, "end": end}),
        bearing % 360,
        metres / 1000,
        reached[0],
        reached[1],
        moved,
    )


def _circle(near: LonLat, within_km: float) -> shapely.Geometry:
    if not within_km > 0:
        raise UsageError(f"within {within_km:g} km: give a distance above 0")
    point = points_to_plane(np.array([near]), LAMBERT)[0]
    return shapely.buffer(shapely.Point(point), 1000 * within_km, quad_segs=32)


def _without_redraws(
    ground: shapely.Geometry, minus: shapely.Geometry, circle: shapely.Geometry | None
) -> shapely.Geometry:
    """Return ground that the other map does not have, without slivers under 1 m wide."""
    left = shapely.difference(ground, minus)
    if circle is not None:
        left = shapely.intersection(left, circle)
    thin = shapely.buffer(left, -REDRAW_M / 2, join_style="mitre")
    return shapely.buffer(thin, REDRAW_M / 2, join_style="mitre")


def _furthest(taken: shapely.Geometry, held: shapely.Geometry) -> tuple[LonLat, LonLat]:
    """Return the point of `taken` furthest from `held` and the nearest point held, degrees.

    Edges every 50 m and a lattice every 250 m inside: the furthest point of a pocket that was
    closed from all sides lies in its middle, not on its edge. The best is then refined.
    """
    xy = np.vstack([shapely.get_coordinates(shapely.segmentize(taken, STEP_M)), _lattice(taken)])
    shapely.prepare(held)
    best = xy[np.argmax(shapely.distance(held, shapely.points(xy)))]
    fine = best + _offsets(LATTICE_M, LATTICE_M / 25)
    inside = np.vstack([best[None], fine[shapely.contains_xy(taken, fine[:, 0], fine[:, 1])]])
    best = inside[np.argmax(shapely.distance(held, shapely.points(inside)))]
    line = shapely.shortest_line(held, shapely.Point(best))
    foot, tip = points_to_degrees(shapely.get_coordinates(line), LAMBERT)
    return (float(tip[0]), float(tip[1])), (float(foot[0]), float(foot[1]))


def _lattice(ground: shapely.Geometry) -> NDArray[np.float64]:
    """Return points every 250 m inside polygons in metres, shape (n, 2)."""
    found = [np.empty((0, 2))]
    for part in shapely.get_parts(ground):
        west, south, east, north = shapely.bounds(part)
        x, y = np.meshgrid(np.arange(west, east, LATTICE_M), np.arange(south, north, LATTICE_M))
        inside = shapely.contains_xy(part, x, y)
        found.append(np.column_stack([x[inside], y[inside]]))
    return np.vstack(found)


def _offsets(reach_m: float, step_m: float) -> NDArray[np.float64]:
    ticks = np.arange(-reach_m, reach_m + step_m / 2, step_m)
    x, y = np.meshgrid(ticks, ticks)
    return np.column_stack([x.ravel(), y.ravel()])


def _reached_km(ground: shapely.Geometry, line: shapely.LineString) -> float | None:
    """Return the distance along a line in degrees to its furthest point inside `ground`."""
    crossed = shapely.get_coordinates(shapely.intersection(ground, line))
    if len(crossed) == 0:
        return None
    start = shapely.get_coordinates(line)[0]
    begin = np.tile(start, (len(crossed), 1))
    _, _, metres = WGS84.inv(begin[:, 0], begin[:, 1], crossed[:, 0], crossed[:, 1])
    return float(np.max(metres)) / 1000
