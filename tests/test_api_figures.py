"""Figures from Python: frames with units, gaps and provenance."""

from __future__ import annotations

import pytest
import shapely

import contested
from contested.errors import NoMapError
from contested.jobs.ingest import ingest
from contested.store.book import Book
from worlds import CONTESTED, OCCUPIED, box, feature, file_name, map_file, polygon, rectangle_km2

DAY = "2023-01-01"


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    folder = tmp_path_factory.mktemp("figures")
    for day, edge in ((0, 37.3), (2, 37.15)):
        ground = feature(OCCUPIED, polygon(box(edge, 48.0, 37.9, 48.5, steps=8)), "Occupied")
        grey = feature(CONTESTED, polygon(box(edge - 0.1, 48.0, edge, 48.5)), "Unknown")
        (folder / file_name(day)).write_bytes(map_file(ground, grey))
    ingest(Book.create(folder / "war.book"), "deepstate", [folder])
    return contested.open_book(folder / "war.book").figures


def test_front(figures):
    lines = figures.front(on=DAY)
    assert lines.crs == "OGC:CRS84"
    assert lines.piece.tolist() == ["main line"]
    assert lines.attrs["method"] == "front/1"
    lengths = figures.front_lengths(on=DAY, tolerances_m=[0, 500])
    assert lengths.index.tolist() == [0, 500]
    assert set(lengths.columns) == {"main_km", "all_km", "main_miles", "all_miles"}


def test_salients(figures):
    found = figures.salients(on=DAY, water=shapely.box(30, 45, 31, 46))
    assert len(found) == 0
    assert found.attrs["parameters"]["water"] is True


def test_corridor(figures):
    days = figures.corridor_days("Pokrovsk")
    assert days.width_km.isna().tolist() == [False, True, False]
    assert days.attrs["method"] == "corridor/1"
    one = figures.corridor("Pokrovsk", on=DAY)
    assert one["width_km"] == pytest.approx(days.width_km.iloc[0], abs=0.05)


def test_advance(figures):
    found = figures.advance(first=DAY, last="2023-01-03", near="Pokrovsk")
    assert found["depth_km"] == pytest.approx(0.15 * 74.1, rel=0.02)
    assert found["days"] == 2


def test_reach(figures):
    found = figures.reach(on=DAY, rings_km=(5, 25))
    assert found.index.tolist() == [5, 25]
    assert (found.people_low <= found.people).all()


def test_rank(figures):
    found = figures.rank(fell_since=DAY, criterion="any", rows=1)
    assert found.place.tolist() == ["Pokrovsk"]


def test_vintage(figures):
    strip = rectangle_km2(37.2, 48.0, 37.3, 48.5)
    found = figures.vintage({"contested": f"{strip:.1f}km2"}, near="Pokrovsk")
    assert found.date.tolist() == ["2023-01-01", "2023-01-03"]
    assert found.contested_km2.iloc[0] == pytest.approx(strip, abs=0.1)


def test_changes_since(figures):
    book = contested.open_book(figures._path)
    with pytest.raises(NoMapError, match="begins on 2023-01-01"):
        book.changes_since("week")
    since = book.changes_since(DAY, until="2023-01-03", near="Pokrovsk", km=30)
    assert since.digest.startswith("The map of 3 January 2023")
    assert repr(since) == since.digest
    places = since.settlements()
    assert places.crs == "OGC:CRS84"
    assert {"place", "from", "to", "day", "population"} <= set(places.columns)
    assert places.attrs["parameters"]["cut_by"] == "circle of 30 km"
    assert len(places) > 0
    assert len(book.changes_since(DAY, oblast="Lviv").settlements()) == 0
