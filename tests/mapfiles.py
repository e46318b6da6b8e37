"""Small map files with known contents."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FIRST = 1_700_000_000
RED = "#a52714"


def square(west=30.0, south=48.0, side=1.0):
    east, north = west + side, south + side
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(geometry, fill=RED, name="Окуповано"):
    return {
        "type": "Feature",
        "properties": {"name": name, "fill": fill},
        "geometry": geometry,
    }


def polygon(*rings, fill=RED):
    return feature({"type": "Polygon", "coordinates": list(rings)}, fill)


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def growing_map(step: int) -> bytes:
    """A town that grows a little with every step, beside much ground that never changes."""
    still = [polygon(square(24 + 0.1 * k, 45, 0.05)) for k in range(40)]
    point = feature({"type": "Point", "coordinates": [30, 48]})
    town = polygon(square(30, 48, round(1 + step * 0.001, 7)))
    return collection(*still, point, town)


def write_series(folder: Path, count: int) -> list[Path]:
    folder.mkdir(exist_ok=True)
    files = [folder / f"{FIRST + 3600 * step}.geojson" for step in range(count)]
    for step, file in enumerate(files):
        file.write_bytes(growing_map(step))
    return files
