"""Enclosure: how much of the horizon round a place is controlled ground.

Method `enclosure/1`: of 720 bearings from the place's point, those that meet controlled ground
within 20 km, and the widest sector that meets none. A statement about the map, not about roads
or supply; meaningless once controlled ground lies inside the place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from contested.errors import UsageError
from contested.geo.measure import WGS84
from contested.geo.project import EQUAL_AREA, points_to_plane, to_plane
from contested.records import Method

if TYPE_CHECKING:
    from numpy.typing import NDArray

BEARINGS = 720
WITHIN_KM = 20.0
PLACE_KM = 2.0


@dataclass(frozen=True, slots=True)
class Enclosure:
    """How much of the horizon round a place is controlled.

    Attributes
    ----------
    enclosure
        Share of bearings, 0 to 1.
    enclosure_contested_closed
        The same with contested ground counted as controlled; `None` where the source does not
        show contested ground.
    open_sector_deg
        Width of the widest sector whose bearings meet no controlled ground.
    open_sector_bearing_deg
        The bearing in the middle of that sector; `None` where there is none or it is the circle.
    nearest_km
        Distance to controlled ground; 0 inside it.
    meaningful
        `False` once controlled ground lies inside the place's disc.
    """

    method: Method
    enclosure: float
    enclosure_contested_closed: float | None
    open_sector_deg: float
    open_sector_bearing_deg: float | None
    nearest_km: float
    meaningful: bool


def enclosure(
    controlled: shapely.Geometry,
    contested: shapely.Geometry | None,
    lon: float,
    lat: float,
    *,
    within_km: float = WITHIN_KM,
    place_km: float = PLACE_KM,
) -> Enclosure:
    """Return the enclosure of a place.

    Parameters
    ----------
    controlled, contested
        Ground in degrees; `contested` is `None` where the source does not show it.
    lon, lat
        The place's point in degrees.
    within_km
        Length of the bearings.
    place_km
        Radius of the place: the figure is not meaningful once controlled ground lies within.

    Raises
    ------
    UsageError
        If `within_km` is not above 0.
    """
    if not within_km > 0:
        raise UsageError(f"enclosure within {within_km:g} km: give a distance above 0")
    rays = _rays(lon, lat, within_km)
    ground = to_plane(controlled, EQUAL_AREA)
    blocked = _meets(ground, rays)
    both = None
    if contested is not None:
        both = float((blocked | _meets(to_plane(contested, EQUAL_AREA), rays)).mean())
    width, middle = _widest_open(blocked)
    point = shapely.Point(points_to_plane(np.array([[lon, lat]]), EQUAL_AREA)[0])
    nearest = float(shapely.distance(ground, point)) / 1000 if not ground.is_empty else np.inf
    return Enclosure(
        Method("enclosure", "1", {"bearings": BEARINGS, "within_km": within_km}),
        float(blocked.mean()),
        both,
        width,
        middle,
        nearest,
        nearest >= place_km,
    )


def _rays(lon: float, lat: float, km: float) -> NDArray[np.object_]:
    """Return a line for every bearing, clockwise from north, in metres on the plane."""
    bearing = np.arange(BEARINGS) * 360 / BEARINGS
    start = np.tile([lon, lat], (BEARINGS, 1))
    lons, lats, _ = WGS84.fwd(start[:, 0], start[:, 1], bearing, np.full(BEARINGS, 1000 * km))
    ends = np.column_stack([start, lons, lats]).reshape(-1, 2)
    rays: NDArray[np.object_] = shapely.linestrings(
        points_to_plane(ends, EQUAL_AREA).reshape(BEARINGS, 2, 2)
    )
    return rays


def _meets(ground: shapely.Geometry, rays: NDArray[np.object_]) -> NDArray[np.bool_]:
    shapely.prepare(ground)
    met: NDArray[np.bool_] = shapely.intersects(ground, rays)
    return met


def _widest_open(blocked: NDArray[np.bool_]) -> tuple[float, float | None]:
    """Return width and middle bearing of the longest run of open bearings, round the circle."""
    step = 360 / len(blocked)
    if not blocked.any():
        return 360.0, None
    hits = np.flatnonzero(blocked)
    runs = np.diff(np.append(hits, hits[0] + len(blocked))) - 1
    widest = int(np.argmax(runs))
    if runs[widest] == 0:
        return 0.0, None
    middle = (hits[widest] + (runs[widest] + 1) / 2) * step
    return float(runs[widest] * step), float(middle % 360)
