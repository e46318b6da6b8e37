"""How places lie to each other: distance, bearing, compass words, what lies in what."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from contested.geo.units import KM_PER_MILE
from contested.places.extent import extent_km

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contested.records import Place

COMPASS: Final = (
    "N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE",
    "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW",
)  # fmt: skip
_WORDS: Final = (
    "north", "north-northeast", "northeast", "east-northeast",
    "east", "east-southeast", "southeast", "south-southeast",
    "south", "south-southwest", "southwest", "west-southwest",
    "west", "west-northwest", "northwest", "north-northwest",
)  # fmt: skip
_BEARINGS: Final = {word: index * 22.5 for index, word in enumerate(_WORDS)}
_EARTH_KM: Final = 6371.0088
_NEAR_KM, _NEAR_FADE_KM, _BESIDE_KM = 25.0, 15.0, 60.0
_SHARE_OFF, _OFF_KM = 0.25, 5.0

DIRECTION: Final = (
    r"(?:north|south)(?:[- ]?(?:north|south)?(?:east|west))?|(?:east|west)(?:-(?:north|south)east)?"
)
"""Compass words as texts write them: north, south-west, north-northeast, southeast."""

_HALF_MAIN: Final = 56.25
"""A quarter named by a main or half-main word reaches this far to both sides.

People say "north" of what lies NNW: Dobropillia is "north" of Pokrovsk at 342°.
"""


@dataclass(frozen=True, slots=True)
class Distance:
    """Distance between two places.

    Attributes
    ----------
    km, miles
        Between the two points, geodesic on WGS84.
    edge_km
        Between the discs that hold their populations (METHODS.md §5), 0 where these meet.
    bearing_deg
        Initial bearing of the geodesic from the first to the second, clockwise from north.
    direction
        The same as one of sixteen compass points.
    """

    km: float
    miles: float
    edge_km: float
    edge_miles: float
    bearing_deg: float
    direction: str


@dataclass(frozen=True, slots=True)
class Relation:
    """What a text says about where a place lies, seen from a place that is known.

    Attributes
    ----------
    lon, lat
        The known place.
    km
        The distance stated, if one is.
    bearing_deg
        The direction stated, if one is.
    near
        Whether the text only says that it is near.
    """

    lon: float
    lat: float
    km: float | None = None
    bearing_deg: float | None = None
    near: bool = False


def distance(first: Place, second: Place) -> Distance:
    """Return distance and bearing from one place to another."""
    # Late: pyproj takes longer to load than an article takes to read.
    from contested.geo.measure import WGS84  # noqa: PLC0415

    azimuth, _, metres = WGS84.inv(first.lon, first.lat, second.lon, second.lat)
    km = metres / 1000
    edge = max(0.0, km - extent_km(first.population) - extent_km(second.population))
    bearing = azimuth % 360
    return Distance(km, km / KM_PER_MILE, edge, edge / KM_PER_MILE, bearing, compass_point(bearing))


def compass_point(bearing_deg: float) -> str:
    """Return the nearest of the sixteen compass points.

    Examples
    --------
    >>> compass_point(341.9), compass_point(63.0)
    ('NNW', 'ENE')
    """
    return COMPASS[round(bearing_deg / 22.5) % 16]


def compass_words(bearing_deg: float) -> str:
    """Return the nearest of the sixteen compass points in words: north-northwest."""
    return _WORDS[round(bearing_deg / 22.5) % 16]


def compass_bearing(word: str) -> float | None:
    """Return the bearing of a compass word, `None` if it is none.

    "northern", "to the east", "north-west" and "NNW" all count.
    """
    plain = re.sub(r"^(to |in )?the ", "", word.strip().lower())
    plain = re.sub(r"(most|ern|wards?|ernmost)$", "", plain).replace(" ", "-")
    for candidate in (plain, plain.replace("-", "")):
        if candidate in _BEARINGS:
            return _BEARINGS[candidate]
    upper = word.strip().upper()
    return COMPASS.index(upper) * 22.5 if upper in COMPASS else None


def lies(bearing_deg: float, word: str) -> bool | None:
    """Say whether a bearing is what people call by a compass word; `None` if it is no such word."""
    wanted = compass_bearing(word)
    return None if wanted is None else turn(bearing_deg, wanted) <= _HALF_MAIN


def turn(first_deg: float, second_deg: float) -> float:
    """Return the angle between two bearings, 0 to 180."""
    return abs((first_deg - second_deg + 180) % 360 - 180)


def in_region(place: Place, region: str) -> bool:
    """Say whether a place lies in a region such as ``UA-05``, by its gazetteer code.

    A place's raion and hromada are prefixes of its P-code: ``UA1416`` holds
    ``UA1416021035``.
    """
    by_code = place.admin1 is not None and region == f"{place.country}-{place.admin1}"
    return by_code or (place.pcode is not None and place.pcode.startswith(region))


def fits(relation: Relation, lon: float, lat: float) -> float:
    """Return how well a point agrees with what a text says, -1 (not at all) to 1.

    A stated distance may be off by a quarter and 5 km, for texts round and mean edges or centres;
    a direction by its quarter. "Near" is within 25 km.
    """
    km, bearing = rough(relation.lon, relation.lat, lon, lat)
    if relation.near:
        return _within(km, _NEAR_KM, _NEAR_FADE_KM)
    good = 1.0
    if relation.km is not None:
        off_km = abs(km - relation.km) - _SHARE_OFF * relation.km
        good = min(good, _within(off_km, _OFF_KM, 4 * _OFF_KM))
    if relation.bearing_deg is not None:
        good = min(good, 1.0 if turn(bearing, relation.bearing_deg) <= _HALF_MAIN else -1.0)
        if relation.km is None:
            # "South of" does not speak of hundreds of kilometres.
            good = min(good, _within(km, _BESIDE_KM, _BESIDE_KM))
    return good


def _within(km: float, limit_km: float, fade_km: float) -> float:
    """Return 1 up to a limit, falling to -1 beyond it."""
    return 1.0 if km <= limit_km else max(-1.0, 1 - (km - limit_km) / fade_km)


def nearest_km(points: Sequence[tuple[float, float]], lon: float, lat: float) -> float:
    """Return the distance to the nearest of some points (longitude, latitude) as `rough` has it."""
    b = math.radians(lat)
    cos_b, best, apart = math.cos(b), math.inf, math.inf
    lats, turned = _turned(tuple(points))
    above = bisect_left(lats, b)
    below = above - 1
    # From the latitude outwards: what the latitudes alone make up is the least it can be.
    while True:
        up = lats[above] - b if above < len(lats) else math.inf
        down = b - lats[below] if below >= 0 else math.inf
        if min(up, down) >= apart:
            return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(best)))
        if up <= down:
            a_lon, a, cos_a = turned[above]
            above += 1
        else:
            a_lon, a, cos_a = turned[below]
            below -= 1
        half = math.sin((b - a) / 2) ** 2
        half += cos_a * cos_b * math.sin(math.radians(lon - a_lon) / 2) ** 2
        if half < best:
            best, apart = half, 2 * math.asin(min(1.0, math.sqrt(half)))


@lru_cache(maxsize=16)
def _turned(
    points: tuple[tuple[float, float], ...],
) -> tuple[list[float], list[tuple[float, float, float]]]:
    """Return latitudes in radians in order, and with them longitude in degrees and cosine.

    A text asks for the same points many times.
    """
    turned = [(lon, math.radians(lat), math.cos(math.radians(lat))) for lon, lat in points]
    turned.sort(key=lambda point: point[1])
    return [lat for _, lat, _ in turned], turned


def rough(lon: float, lat: float, to_lon: float, to_lat: float) -> tuple[float, float]:
    """Return distance in km and bearing on a sphere, to 0.5 %: for choosing, never for figures."""
    a, b, step = math.radians(lat), math.radians(to_lat), math.radians(to_lon - lon)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(step / 2) ** 2
    bearing = math.atan2(
        math.sin(step) * math.cos(b),
        math.cos(a) * math.sin(b) - math.sin(a) * math.cos(b) * math.cos(step),
    )
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half))), math.degrees(bearing) % 360
