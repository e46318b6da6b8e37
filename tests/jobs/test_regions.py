"""Regions from the boundary files that people have: names, codes, what goes wrong."""

from __future__ import annotations

import json

import pytest
import shapely

from contested.errors import MapFileError, UsageError
from contested.jobs.base_files import add_base
from contested.jobs.regions import outlines_by_id, region_named, regions_in, regions_of

SQUARE = shapely.box(37, 48, 38, 49)


def boundaries(path, *features):
    rows = [
        {"type": "Feature", "properties": facts, "geometry": json.loads(shapely.to_geojson(shape))}
        for facts, shape in features
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": rows}))
    return path


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"name": "Донецька область", "name:en": "Donetsk Oblast", "iso3166-2": "UA-14"}, "UA-14"),
        ({"ADM1_EN": "Donetska", "ADM1_PCODE": "UA14"}, "UA-14"),
        ({"ADM1_EN": "Luhanska", "ADM1_PCODE": "UA44"}, "UA-09"),
        ({"shapeName": "Donetsk", "shapeISO": "UA-14"}, "UA-14"),
        ({"name": "Donetsk", "iso_3166_2": "UA-14"}, "UA-14"),
    ],
)
def test_codes_of_public_files_become_the_gazetteers(tmp_path, facts, code):
    (found,) = regions_in(boundaries(tmp_path / "oblasts.geojson", (facts, SQUARE)))
    assert found.id == f"iso:{code}"
    assert outlines_by_id([found])[f"iso:{code}"].equals(SQUARE)


def test_a_raion_does_not_take_the_code_of_its_oblast(tmp_path):
    facts = {"ADM1_EN": "Donetska", "ADM1_PCODE": "UA14", "ADM2_EN": "Bakhmutskyi"}
    (found,) = regions_in(boundaries(tmp_path / "raions.geojson", (facts, SQUARE)))
    assert (found.id, found.name) == (None, "Bakhmutskyi")


def test_parts_with_one_name_are_one_region(tmp_path):
    east = shapely.box(39, 48, 40, 49)
    path = boundaries(tmp_path / "a.geojson", ({"name": "Two"}, SQUARE), ({"name": "Two"}, east))
    (found,) = regions_in(path)
    assert found.outline.area == pytest.approx(2)


@pytest.mark.parametrize(
    "asked", ["Donetsk", "donetsk oblast", "Донецька", "Донецька область", "UA-14", "iso:UA-14"]
)
def test_a_region_is_found_by_its_names(tmp_path, asked):
    path = boundaries(
        tmp_path / "oblasts.geojson",
        ({"name": "Донецька область", "name:en": "Donetsk Oblast", "iso3166-2": "UA-14"}, SQUARE),
        ({"name": "Луганська область", "name:en": "Luhansk Oblast", "iso3166-2": "UA-09"}, SQUARE),
    )
    assert region_named(regions_in(path), asked).name == "Donetsk Oblast"


def test_unknown_names_and_missing_boundaries_say_what_there_is(tmp_path):
    path = boundaries(tmp_path / "o.geojson", ({"name": "Donetsk Oblast"}, SQUARE))
    with pytest.raises(UsageError, match=r"no region goes by the name 'Doneck'; .*Donetsk"):
        region_named(regions_in(path), "Doneck")
    with pytest.raises(UsageError, match="contested base add oblasts"):
        region_named((), "Donetsk")


def test_files_without_names_or_areas_are_refused(tmp_path):
    with pytest.raises(MapFileError, match="a polygon without a name"):
        regions_in(boundaries(tmp_path / "a.geojson", ({}, SQUARE)))
    line = shapely.LineString([(37, 48), (38, 49)])
    with pytest.raises(UsageError, match="no polygon in it"):
        regions_in(boundaries(tmp_path / "b.geojson", ({"name": "Line"}, line)))


def test_boundaries_added_to_a_book_are_found_there(book, tmp_path):
    assert regions_of(book.path) == ()
    facts = {"name:en": "Donetsk Oblast", "iso3166-2": "UA-14"}
    add_base(book, boundaries(tmp_path / "oblasts.geojson", (facts, SQUARE), ({}, SQUARE)))
    (found,) = regions_of(book.path)
    assert (found.id, found.name) == ("iso:UA-14", "Donetsk Oblast")
    assert found.outline.equals(SQUARE)
