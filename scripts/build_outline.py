"""Make `src/contested/sample/base_map.geojson` from the npm package `world-atlas` 2.0.2.

The package is Natural Earth 4.1 (public domain) as TopoJSON. Get it and run::

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python scripts/build_outline.py package/countries-10m.json

What is done, in this order:

1. The countries that meet the map frame 20-42°E, 43-54°N are decoded from their shared arcs.
2. Crimea (with Sevastopol) is one polygon of "Russia" in the 10m layer. It is recognised by a
   point inside it, taken from Russia and joined to Ukraine, whose territory it is by
   international law (UN General Assembly resolution 68/262). The two share arcs: no seam.
3. Every country but Ukraine is cut at the frame. Ukraine lies wholly inside and keeps every
   vertex of the 10m layer, since front lines are cut against its outline.
4. Coordinates are rounded to 1e-4 degree (11 m; the package's own grid is 190-270 m).

The Kerch strait is sea. Tuzla island (4 km²) is too small for Natural Earth and is not drawn.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import shapely

FRAME = (20.0, 43.0, 42.0, 54.0)
SIMFEROPOL = shapely.Point(34.10, 44.95)
NAMES = {"Kosovo": "Kosovo (UNSCR 1244)"}
TARGET = Path(__file__).parents[1] / "src/contested/sample/base_map.geojson"


def decode_arcs(topology: dict[str, Any]) -> list[np.ndarray]:
    """Return every arc as degrees, shape (n, 2)."""
    scale = np.array(topology["transform"]["scale"])
    origin = np.array(topology["transform"]["translate"])
    return [np.cumsum(np.array(arc), axis=0) * scale + origin for arc in topology["arcs"]]


def ring(ids: list[int], arcs: list[np.ndarray]) -> np.ndarray:
    """Join arcs to a ring; a negative number is the arc ~number backwards."""
    lines = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in ids]
    return np.vstack([lines[0], *(line[1:] for line in lines[1:])])


def polygons(country: dict[str, Any], arcs: list[np.ndarray]) -> list[shapely.Polygon]:
    """Return a country's polygons; quantisation left some islets with fewer than 4 vertices."""
    parts = country.get("arcs", [])
    nested = parts if country["type"] == "MultiPolygon" else [parts]
    found = []
    for part in nested:
        rings = [ring(ids, arcs) for ids in part]
        if rings and len(rings[0]) >= 4:
            holes = [hole for hole in rings[1:] if len(hole) >= 4]
            found.append(shapely.Polygon(rings[0], holes))
    return [p for p in found if p.intersects(shapely.box(*FRAME))]


def countries(topology: dict[str, Any]) -> dict[str, list[shapely.Polygon]]:
    """Return the polygons by country that meet the frame, Crimea in Ukraine."""
    arcs = decode_arcs(topology)
    found = {
        c["properties"]["name"]: polygons(c, arcs)
        for c in topology["objects"]["countries"]["geometries"]
    }
    crimea = [p for p in found["Russia"] if p.contains(SIMFEROPOL)]
    if len(crimea) != 1:
        raise SystemExit("no polygon of Russia holds Simferopol: is this world-atlas 2.0.2, 10m?")
    found["Russia"] = [p for p in found["Russia"] if p is not crimea[0]]
    found["Ukraine"] += crimea
    return {name: parts for name, parts in found.items() if parts}


def rounded(geometry: shapely.Geometry) -> shapely.MultiPolygon:
    """Return the polygons of a geometry on a grid of 1e-4 degree."""
    fixed = shapely.set_precision(shapely.make_valid(geometry), 1e-4)
    parts = [p for p in shapely.get_parts(fixed) if p.geom_type == "Polygon"]
    return shapely.MultiPolygon(sorted(parts, key=lambda p: (-p.area, p.bounds)))


def feature(name: str, geometry: shapely.MultiPolygon) -> dict[str, Any]:
    """Return a GeoJSON feature with coordinates of four decimals and outer rings first."""
    shape = json.loads(shapely.to_geojson(shapely.orient_polygons(geometry)))
    shape["coordinates"] = _round(shape["coordinates"])
    return {"type": "Feature", "properties": {"name": name}, "geometry": shape}


def _round(coordinates: Any) -> Any:
    if isinstance(coordinates, list):
        return [_round(item) for item in coordinates]
    return round(coordinates, 4)


def main() -> None:
    """Write the file and say what it holds."""
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    features = []
    for name, parts in sorted(countries(topology).items()):
        whole = shapely.union_all(parts)
        cut = whole if name == "Ukraine" else shapely.intersection(whole, shapely.box(*FRAME))
        if not (shape := rounded(cut)).is_empty:
            features.append(feature(NAMES.get(name, name), shape))
    lines = ",\n".join(json.dumps(f, separators=(",", ":"), ensure_ascii=False) for f in features)
    head = json.dumps({"type": "FeatureCollection", "bbox": FRAME}, separators=(",", ":"))[:-1]
    TARGET.write_text(f'{head},"features":[\n{lines}\n]}}\n', encoding="utf-8")
    print(f"{TARGET.name}: {len(features)} countries, {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
