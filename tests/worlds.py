"""Hand-made small worlds whose answers one can compute by hand."""

from __future__ import annotations

import json
import math
from itertools import pairwise
from typing import Any

from contested.history.series import ControlSeries, SeriesBuilder
from contested.sources.deepstate.parse import parse
from contested.sources.deepstate.rules import CARRIES

OCCUPIED, SINCE_2014, CONTESTED = "#a52714", "#880e4f", "#bcaaa4"
LIBERATED, IN_RUSSIA, ELSEWHERE = "#0f9d58", "#01579b", "#ff5252"
DAY = 86400
START = 1672574400  # 2023-01-01 12:00 UTC

_A, _F = 6378137.0, 1 / 298.257223563
_E = math.sqrt(_F * (2 - _F))


def rectangle_km2(west: float, south: float, east: float, north: float) -> float:
    """Area between two meridians and two parallels on WGS84, in closed form.

    Snyder (1987), Map Projections: A Working Manual, equation 3-12.
    """
    return math.radians(east - west) * _A**2 / 2 * (_q(north) - _q(south)) / 1e6


def _q(lat: float) -> float:
    s = math.sin(math.radians(lat))
    return (1 - _E**2) * (s / (1 - (_E * s) ** 2) + math.atanh(_E * s) / _E)


def box(west: float, south: float, east: float, north: float, steps: int = 1) -> list[list[float]]:
    """A closed counter-clockwise ring round a box, each side cut into `steps`."""
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    ring = [
        [round(a[0] + (b[0] - a[0]) * i / steps, 7), round(a[1] + (b[1] - a[1]) * i / steps, 7)]
        for a, b in pairwise(corners)
        for i in range(steps)
    ]
    return [*ring, ring[0]]


def polygon(*rings: list[list[float]]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def feature(fill: str | None, geometry: dict[str, Any] | None, name: str = "") -> dict[str, Any]:
    properties = {"name": name, "fill": fill} if fill else {"name": name}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def map_file(*features: dict[str, Any]) -> bytes:
    document = {"type": "FeatureCollection", "features": list(features)}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def file_name(day: float) -> str:
    """Name of the file published `day` days after noon of 2023-01-01."""
    return f"{START + round(day * DAY)}.geojson"


def series_of(*days: tuple[float, bytes]) -> ControlSeries:
    """Return the series of map files, each with its day counted from 2023-01-01."""
    builder = SeriesBuilder("deepstate", CARRIES)
    for day, content in days:
        builder.add(parse(content, file_name(day)))
    return builder.build()
