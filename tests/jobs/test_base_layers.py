"""Rivers, lakes, roads and oblasts from a book's `base` folder."""

from __future__ import annotations

import json
from datetime import date

import pytest
import shapely

from contested.errors import MapFileError, UsageError
from contested.jobs.base_layers import base_layers
from contested.jobs.map_base import oblasts, streams
from contested.render.language import LANGUAGES

DAY = date(2022, 11, 12)


def write(book, name, *features):
    folder = book / "base"
    folder.mkdir(exist_ok=True)
    listed = [
        {"type": "Feature", "properties": facts, "geometry": shapely.geometry.mapping(shape)}
        for shape, facts in features
    ]
    (folder / name).write_text(json.dumps({"type": "FeatureCollection", "features": listed}))


def line(x):
    return shapely.LineString([(x, 46), (x, 48)])


def test_a_book_without_a_base_has_none(tmp_path):
    found = base_layers(tmp_path, DAY)
    assert (found.rivers, found.lakes, found.roads, found.oblasts, found.files) == (None,) * 4 + (
        (),
    )


def test_great_rivers_are_apart_from_the_rest(tmp_path):
    write(tmp_path, "rivers.geojson", (line(32), {"name": "Dnipro", "scalerank": 4.0}),
          (line(33), {"scalerank": 9}), (line(34), None))  # fmt: skip
    found = base_layers(tmp_path, DAY)
    assert found.great_rivers.length == pytest.approx(2)
    assert found.rivers.length == pytest.approx(4)


@pytest.mark.parametrize(("day", "drawn"), [(date(2023, 6, 30), True), (date(2023, 7, 1), False)])
def test_the_kakhovka_reservoir_is_not_drawn_after_june_2023(tmp_path, day, drawn):
    kakhovka = (shapely.box(33, 47, 34, 47.5), {"name": "Kakhovka Reservoir"})
    write(tmp_path, "lakes.geojson", kakhovka,
          (shapely.box(30, 50, 31, 50.5), {"name": None}))  # fmt: skip
    reservoir = shapely.Point(33.5, 47.2)
    assert base_layers(tmp_path, day).lakes.contains(reservoir) is drawn
    assert base_layers(tmp_path, day).lakes.contains(shapely.Point(30.5, 50.2))


def test_a_border_of_two_oblasts_is_one_line_and_broken_rings_are_kept(tmp_path):
    bowtie = shapely.Polygon([(32, 46), (33, 47), (33, 46), (32, 47)])
    write(tmp_path, "ua_oblasts.geojson", (shapely.box(30, 46, 31, 47), {}),
          (shapely.box(31, 46, 32, 47), {}), (bowtie, {}))  # fmt: skip
    lines = base_layers(tmp_path, DAY).oblasts
    shared = lines.intersection(shapely.LineString([(31, 46), (31, 47)]))
    assert shared.length == pytest.approx(1)
    # two triangles instead of a bow tie: four slanted sides of 0.707
    assert lines.length == pytest.approx(7 + 4 * 0.5**0.5 + 1, abs=1e-6)


def test_every_file_is_named_with_its_hash(tmp_path):
    write(tmp_path, "roads_main.geojson", (line(32), {}))
    (found,) = base_layers(tmp_path, DAY).files
    assert (found.layer, found.file, len(found.sha256)) == ("roads", "roads_main.geojson", 64)


def test_a_file_whose_name_says_nothing_is_named(tmp_path):
    write(tmp_path, "things.geojson", (line(32), {}))
    with pytest.raises(UsageError, match=r"things\.geojson.*rivers\|lakes\|roads\|oblasts"):
        base_layers(tmp_path, DAY)


@pytest.mark.parametrize("content", ["", "[]", "{", '{"type": "Topology"}'])
def test_what_is_no_geojson_is_one_line(tmp_path, content):
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "lakes.geojson").write_text(content)
    with pytest.raises(MapFileError, match=r"lakes\.geojson"):
        base_layers(tmp_path, DAY)


def test_lines_between_oblasts_leave_out_the_outer_border(tmp_path):
    write(tmp_path, "oblasts.geojson", (shapely.box(30, 46, 31, 47), {}),
          (shapely.box(31, 46, 32, 47), {}))  # fmt: skip
    inner = base_layers(tmp_path, DAY).inner
    assert inner.equals(shapely.LineString([(31, 46), (31, 47)]))


def test_what_was_read_is_kept_until_a_file_changes(tmp_path, monkeypatch):
    write(tmp_path, "rivers.geojson", (line(32), {"name": "Dnieper", "scalerank": 4}))
    first = base_layers(tmp_path, DAY)
    with monkeypatch.context() as patch:
        patch.setattr("contested.jobs.base_layers.split_features", None)
        again = base_layers(tmp_path, DAY)
    assert again.great_rivers.equals(first.great_rivers)
    assert again.streams["Dnieper"].equals(first.streams["Dnieper"])
    assert again.files == first.files
    write(tmp_path, "rivers.geojson", (line(33), {"scalerank": 4}))
    assert base_layers(tmp_path, DAY).great_rivers.bounds[0] == 33
    assert base_layers(tmp_path, DAY).streams == {}


def test_a_folder_that_cannot_be_written_to_is_no_hindrance(tmp_path):
    write(tmp_path, "rivers.geojson", (line(32), {}))
    (tmp_path / "derived").write_text("a file where the folder should be")
    assert base_layers(tmp_path, DAY).rivers is not None


def test_rivers_are_named_in_the_language_of_the_map_or_not_at_all(tmp_path):
    write(tmp_path, "rivers.geojson", (line(32), {"name": "Dnieper"}),
          (line(33), {"name_en": "Nowhere Brook"}))  # fmt: skip
    layers = base_layers(tmp_path, DAY)
    assert [one.name for one in streams(layers, LANGUAGES["en"])] == ["Dnipro"]
    assert [one.name for one in streams(layers, LANGUAGES["uk"])] == ["Дніпро"]


@pytest.mark.parametrize("facts", [
    {"name": "Донецька область"}, {"ADM1_UA": "Донецька", "ADM1_EN": "Donetska"},
    {"shapeName": "Donetsk Oblast"},
])  # fmt: skip
def test_oblasts_are_named_in_the_language_of_the_map(tmp_path, facts):
    write(tmp_path, "ua_oblasts.geojson",
          (shapely.box(30, 46, 31, 47), facts), (shapely.box(31, 46, 32, 47), {"name": "Київ"}),
          )  # fmt: skip
    found = base_layers(tmp_path, DAY)
    assert list(oblasts(found, LANGUAGES["en"])) == ["Donetsk Oblast"]
    named = oblasts(found, LANGUAGES["uk"])
    assert list(named) == ["Донецька область"]
    assert named["Донецька область"].area == pytest.approx(1)


def test_great_rivers_are_marked_and_come_first(tmp_path):
    write(tmp_path, "rivers.geojson", (line(32), {"name_en": "Dnieper", "scalerank": 4}),
          (shapely.LineString([(33, 40), (33, 50)]), {"name_en": "Styr", "scalerank": 9}),
          )  # fmt: skip
    found = streams(base_layers(tmp_path, DAY), LANGUAGES["en"])
    assert [(one.name, one.great) for one in found] == [("Dnipro", True), ("Styr", False)]
