"""The Python API: frames with units, gaps and provenance."""

from __future__ import annotations

import json
from datetime import date

import pandas as pd
import pytest

import contested
from contested.errors import BookError
from contested.jobs.ingest import ingest
from contested.store.book import Book
from worlds import OCCUPIED, box, feature, file_name, map_file, polygon, rectangle_km2


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    folder = tmp_path_factory.mktemp("api")
    for day, edge in ((0, 37.3), (2, 37.2)):
        ground = feature(OCCUPIED, polygon(box(edge, 48.0, 37.5, 48.5, steps=8)), "Occupied")
        (folder / file_name(day)).write_bytes(map_file(ground))
    ingest(Book.create(folder / "war.book"), "deepstate", [folder])
    return contested.open_book(folder / "war.book")


def test_areas_have_a_row_a_day_and_gaps_are_nan(book):
    frame = book.areas("deepstate")
    assert list(frame.index) == list(pd.date_range("2023-01-01", "2023-01-03"))
    assert frame["occupied_km2"].isna().tolist() == [False, True, False]
    assert frame["occupied_km2"].iloc[0] == pytest.approx(
        rectangle_km2(37.3, 48.0, 37.5, 48.5), rel=1e-4
    )


def test_ground_is_a_frame_in_degrees_with_its_provenance(book):
    ground = book.ground("deepstate", on="2023-01-01")
    assert ground.crs == "OGC:CRS84"
    (row,) = ground.to_dict("records")
    assert (row["status"], row["source"], row["as_of"]) == ("occupied", "deepstate", "2023-01-01")
    assert ground.total_bounds.tolist() == [37.3, 48.0, 37.5, 48.5]


def test_areas_by_oblast_are_cut_with_a_files_outlines(book, tmp_path):
    outline = polygon(box(37.25, 48.0, 37.35, 48.5, steps=8))
    one = {"type": "Feature", "properties": {"name": "West"}, "geometry": outline}
    path = tmp_path / "oblasts.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [one]}))
    answer = book.areas_by_oblast("2023-01-01", boundaries=path)
    assert answer.regions[0].areas_km2["occupied"] == pytest.approx(
        rectangle_km2(37.3, 48.0, 37.35, 48.5), rel=1e-4
    )
    assert answer.boundaries[0].startswith("oblasts.geojson (")


def test_changes_and_their_polygons_agree(book):
    changes = book.changes(first="2023-01-01", last=date(2023, 1, 3))
    polygons = book.change_polygons(first="2023-01-01", last="2023-01-03")
    assert polygons["area_km2"].sum() == pytest.approx(changes.gained_km2, abs=0.01)


def test_a_point_and_its_timeline(book):
    assert book.status(37.25, 48.2, on="2023-01-03").status == "occupied"
    assert book.point_timeline(37.25, 48.2)["status"].tolist() == [None, "occupied"]


def test_days_and_sources(book):
    assert book.days().days_missing == (date(2023, 1, 2),)
    assert [one.name for one in book.sources()] == ["deepstate"]
    assert "war.book" in repr(book)


def test_a_missing_book_is_said(tmp_path):
    with pytest.raises(BookError, match="contested init"):
        contested.open_book(tmp_path / "none")
