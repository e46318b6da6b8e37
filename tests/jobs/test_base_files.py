"""Base layers in a book: cut to the base map, named by what they hold, Kakhovka drained."""

from __future__ import annotations

import json
from datetime import date

import pytest

from contested.errors import UsageError
from contested.jobs.base_files import FETCHED, add_base, fetch_base, page_layers
from contested.jobs.base_layers import base_layers
from contested.store.book import Book

DAY = date(2022, 11, 12)


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def lake(name, west=34.0):
    ring = [[west, 47], [west + 1, 47], [west + 1, 48], [west, 48], [west, 47]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"name": name, "secret": 1}, "geometry": geometry}


def river(points, rank=9):
    geometry = {"type": "LineString", "coordinates": points}
    return {"type": "Feature", "properties": {"scalerank": rank}, "geometry": geometry}


@pytest.fixture
def book(tmp_path):
    return Book.create(tmp_path / "book")


def write(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_what_lies_beyond_the_base_map_is_cut_off(book, tmp_path):
    long = river([[30.0, 48.0], [60.0, 48.0]])
    added = add_base(book, write(tmp_path, "rivers.geojson", collection(long)))
    kept = json.loads(added.file.read_text())["features"]
    assert (added.layer, added.features) == ("rivers", 1)
    assert kept[0]["geometry"]["coordinates"] == [[30.0, 48.0], [42.0, 48.0]]


def test_properties_that_nobody_draws_do_not_enter_the_book(book, tmp_path):
    added = add_base(book, write(tmp_path, "lakes.geojson", collection(lake("Sasyk"))))
    assert "secret" not in added.file.read_text()


def test_the_reservoir_of_kakhovka_ends_and_other_lakes_do_not(book, tmp_path):
    both = collection(lake("Kakhovka Reservoir"), lake("Sasyk", west=30.0))
    add_base(book, write(tmp_path, "water.geojson", both), "lakes")
    found = page_layers(book.path)["features"]
    untils = {f["properties"].get("until"): f["geometry"]["type"] for f in found}
    assert set(untils) == {None, 19539}  # 1 July 2023 in days since 1970


def test_a_book_without_layers_has_none(book):
    assert page_layers(book.path) is None


def test_great_rivers_are_told_apart(book, tmp_path):
    lines = collection(river([[30, 48], [31, 48]], rank=3), river([[32, 48], [33, 48]]))
    add_base(book, write(tmp_path, "rivers.geojson", lines))
    assert [f["properties"]["kind"] for f in page_layers(book.path)["features"]] == [
        "river", "great",
    ]  # fmt: skip


def test_natural_earth_is_fetched_as_rivers_and_lakes(book):
    asked = []

    def ask(url):
        asked.append(url)
        return collection(
            lake("A") if "lakes" in url.rpartition("/")[2][4:12] else river([[30, 48], [31, 48]])
        )

    layers = [one.layer for one in fetch_base(book, ask=ask)]
    assert layers == list(FETCHED)
    assert all(url.startswith("https://") for url in asked)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("rivers.geojson", b"not json", "no GeoJSON"),
        ("rivers.geojson", b"[1, 2]", "no GeoJSON"),
        ("rivers.geojson", b'{"features": [{"geometry": {"type": "Point"}}]}', "no GeoJSON"),
        ("rivers.geojson", collection(river([[0, 0], [1, 1]])), "nothing of it lies"),
        ("what.geojson", collection(lake("A")), "--as"),
    ],
)
def test_files_that_cannot_be_used_are_one_line(book, tmp_path, name, content, said):
    with pytest.raises(UsageError, match=said):
        add_base(book, write(tmp_path, name, content))
    assert page_layers(book.path) is None


def owed(added):
    return json.loads(added.file.read_text()).get("credit")


def test_a_file_says_whom_to_credit_and_openstreetmap_is_known_by_its_identifiers(book, tmp_path):
    plain = add_base(book, write(tmp_path, "lakes.geojson", collection(lake("Sasyk"))))
    assert owed(plain) is None
    stated = b'{"credit": "A mapmaker",' + collection(lake("Sasyk"))[1:]
    assert owed(add_base(book, write(tmp_path, "lakes.geojson", stated))) == "A mapmaker"
    osm = {**lake("Sasyk"), "properties": {"@id": "relation/91278"}}
    path = write(tmp_path, "lakes.geojson", collection(osm))
    assert owed(add_base(book, path)) == "© OpenStreetMap contributors"
    assert owed(add_base(book, path, credit="Mine")) == "Mine"
    assert base_layers(book.path, DAY).files[0].credit == "Mine"
