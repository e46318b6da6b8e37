"""What is written is what comes back, with source, rights and method in it."""

from __future__ import annotations

import json
import re
import zipfile

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely

from contested.errors import UsageError
from contested.jobs.write_frame import write_frame
from contested.render.wording import FILE_DISCLAIMER


@pytest.fixture
def ground():
    return gpd.GeoDataFrame(
        {
            "status": ["occupied", "contested"],
            "area_km2": [12.5, 0.25],
            "source": "deepstate",
            "rights": "own use",
            "method": "ground/1",
            "geometry": [shapely.box(36, 48, 37, 49), shapely.box(37, 48, 38.1234567, 49)],
        },
        geometry="geometry",
        crs="OGC:CRS84",
    )


@pytest.fixture
def areas():
    days = pd.DatetimeIndex(["2023-01-01", "2023-01-02"], name="date")
    return pd.DataFrame({"occupied_km2": [5.0, None], "snapshot": ["ab", None]}, index=days)


@pytest.mark.parametrize("ending", ["geojson", "gpkg", "parquet"])
def test_ground_comes_back_as_it_was(ground, tmp_path, ending):
    path = tmp_path / f"ground.{ending}"
    write_frame(ground, path, "ground")
    back = gpd.read_parquet(path) if ending == "parquet" else gpd.read_file(path)
    assert list(back["status"]) == ["occupied", "contested"]
    assert list(back["area_km2"]) == [12.5, 0.25]
    for one, other in zip(back.geometry, ground.geometry, strict=True):
        assert one.equals(other)


def test_geojson_follows_rfc_7946(ground, tmp_path):
    write_frame(ground, tmp_path / "g.geojson", "ground")
    document = json.loads((tmp_path / "g.geojson").read_text())
    assert document["source"] == "deepstate"
    assert document["rights"] == "own use"
    assert document["disclaimer"] == FILE_DISCLAIMER
    for feature in document["features"]:
        assert shapely.LinearRing(feature["geometry"]["coordinates"][0]).is_ccw


def test_parquet_and_geopackage_carry_the_disclaimer(ground, tmp_path):
    write_frame(ground, tmp_path / "g.parquet", "ground")
    metadata = pq.read_schema(tmp_path / "g.parquet").metadata
    assert metadata[b"contested:disclaimer"].decode() == FILE_DISCLAIMER
    write_frame(ground, tmp_path / "g.gpkg", "ground")
    info = pyogrio.read_info(tmp_path / "g.gpkg", layer="ground")
    assert info["layer_metadata"]["disclaimer"] == FILE_DISCLAIMER


def test_a_gap_stays_empty_in_csv_and_null_in_parquet(areas, tmp_path):
    write_frame(areas, tmp_path / "a.csv", "areas")
    text = (tmp_path / "a.csv").read_text()
    assert text == "date,occupied_km2,snapshot\n2023-01-01,5.0,ab\n2023-01-02,,\n"
    write_frame(areas, tmp_path / "a.parquet", "areas")
    assert pd.read_parquet(tmp_path / "a.parquet")["occupied_km2"].isna().tolist() == [False, True]


def test_ground_as_csv_has_wkt(ground, tmp_path):
    write_frame(ground, tmp_path / "g.csv", "ground")
    back = pd.read_csv(tmp_path / "g.csv")
    assert shapely.from_wkt(back["geometry"][1]).equals(ground.geometry[1])


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a.xls", "unknown format '.xls'; choose one of .geojson"),
        ("a.geojson", "areas have no geometry"),
        ("missing/a.csv", "does not exist; make it first"),
    ],
)
def test_what_cannot_be_written_is_one_line(areas, tmp_path, name, message):
    with pytest.raises(UsageError, match=message):
        write_frame(areas, tmp_path / name, "areas")
    assert list(tmp_path.iterdir()) == []


def test_a_failed_write_leaves_the_old_file(ground, tmp_path, monkeypatch):
    path = tmp_path / "g.geojson"
    path.write_text("old")
    monkeypatch.setattr("pathlib.Path.replace", _full)
    with pytest.raises(UsageError, match="cannot be written: No space left"):
        write_frame(ground, path, "ground")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def _full(*_):
    raise OSError(28, "No space left on device")


def test_a_workbook_can_be_read_and_printed_as_it_opens(areas, tmp_path):
    write_frame(areas, tmp_path / "areas.xlsx", "areas")
    with zipfile.ZipFile(tmp_path / "areas.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        words = book.read("xl/sharedStrings.xml").decode()
    widths = [float(one) for one in re.findall(r'<col [^>]*width="([\d.]+)"', sheet)]
    assert widths[0] > len("2023-01-01")
    assert widths[1] > len("occupied_km2")
    assert 'fitToWidth="1"' in sheet or 'fitToHeight="0"' in sheet
    assert "never zero" in words
