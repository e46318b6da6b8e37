"""The pair for Datawrapper: shapes that d3 draws as they are."""

from __future__ import annotations

import json

import geopandas as gpd
import shapely

from contested.jobs.datawrapper import write_pair


def test_a_hole_that_rounding_closes_is_left_out(tmp_path):
    slit = [(34.50, 48.5), (34.60, 48.500004), (34.70, 48.5), (34.60, 48.499999)]
    hole = [(35.2, 48.2), (35.6, 48.2), (35.6, 48.6), (35.2, 48.6)]
    shape = shapely.Polygon(shapely.box(34, 48, 36, 49).exterior, [slit, hole])
    frame = gpd.GeoDataFrame(
        {"status": ["occupied"], "source": ["s"], "rights": ["r"], "credit": ["c"]},
        geometry=[shape], crs="EPSG:4326",
    )  # fmt: skip
    write_pair(frame, tmp_path / "ground.geojson")
    (feature,) = json.loads((tmp_path / "ground.geojson").read_text())["features"]
    drawn = shapely.geometry.shape(feature["geometry"])
    assert drawn.is_valid
    rings = [ring for part in drawn.geoms for ring in part.interiors]
    assert [round(shapely.Polygon(ring).area, 3) for ring in rings] == [0.16]
    assert all(ring.is_ccw for ring in rings)
    assert not any(part.exterior.is_ccw for part in drawn.geoms)
