"""The embedded sample: the right ground, the right facts."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
import shapely

from contested import sample
from contested.geo.measure import area_km2

INSIDE = {
    "Simferopol": (34.10, 44.95),
    "Sevastopol": (33.5224, 44.5888),
    "Kerch": (36.4743, 45.3531),
    "Donetsk": (37.8022, 48.0230),
    "Luhansk": (39.3078, 48.5740),
    "Kyiv": (30.5234, 50.4501),
    # the city's middle; GeoNames' point, on the quay, is 200 m off this coarse shore
    "Kherson": (32.6147, 46.6500),
    "Uzhhorod": (22.2947, 48.6239),
    "Odesa": (30.7326, 46.4775),
}
OUTSIDE = {
    "Rostov": (39.7139, 47.2364),
    "Krasnodar": (38.9769, 45.0328),
    "Kursk": (36.1874, 51.7304),
    "Taman": (36.7167, 45.2117),
    "Tiraspol": (29.6433, 46.8403),
    "Kerch strait": (36.55, 45.32),
}


@pytest.mark.parametrize(("lon", "lat"), INSIDE.values(), ids=INSIDE)
def test_outline_holds_ukraine_with_crimea(lon: float, lat: float) -> None:
    assert sample.outline().contains(shapely.Point(lon, lat))


@pytest.mark.parametrize(("lon", "lat"), OUTSIDE.values(), ids=OUTSIDE)
def test_outline_leaves_out_what_is_not_ukraine(lon: float, lat: float) -> None:
    assert not sample.outline().contains(shapely.Point(lon, lat))


def test_outline_area_is_natural_earths() -> None:
    # 603,549 km² is the statistical figure, with limans and Sivash; 0.8 % below is this coastline
    assert sample.outline().is_valid
    assert area_km2(sample.outline()) == pytest.approx(603_549, rel=0.01)
    assert area_km2(sample.outline()) == pytest.approx(599_099.4, abs=0.5)


def test_outline_has_no_seam_at_the_isthmus_of_crimea() -> None:
    isthmus = shapely.Point(33.69, 46.15)
    assert sample.outline().contains(isthmus.buffer(0.01))


def test_countries_neither_overlap_nor_leave_the_frame() -> None:
    shapes = list(sample.countries().values())
    union = shapely.union_all(shapes)
    assert sum(area_km2(s) for s in shapes) == pytest.approx(area_km2(union), abs=1.0)
    west, south, east, north = sample.extent()
    assert shapely.box(west, south, east, north).buffer(1e-9).contains(union)


def test_neighbours_of_ukraine_are_there() -> None:
    names = {"Belarus", "Russia", "Moldova", "Romania", "Hungary", "Slovakia", "Poland"}
    assert names <= set(sample.countries())


def test_file_is_small() -> None:
    assert len(sample.read(sample.BASE_MAP_FILE)) <= 200_000


def test_place_status_has_all_facts() -> None:
    rows = list(csv.DictReader(io.StringIO(sample.place_status().decode())))
    assert len(rows) == 688
    assert len({row["geonameid"] for row in rows}) == 229


def test_water_holds_the_reservoirs_and_kakhovka_until_it_ran_out() -> None:
    kakhovka, syvash = shapely.Point(34.10, 47.35), shapely.Point(34.60, 46.00)
    before, after = sample.water(date(2023, 6, 30)), sample.water(date(2023, 7, 1))
    assert before.is_valid
    assert before.contains(kakhovka)
    assert not after.contains(kakhovka)
    assert after.contains(syvash)
    # Full, the reservoir covered 2,155 km²; the layer's grid is coarse.
    assert area_km2(before) - area_km2(after) == pytest.approx(2155, rel=0.05)
    # Donetsk, Kherson and Zaporizhzhia are dry.
    for name in ("Donetsk", "Kherson", "Kyiv"):
        assert not before.contains(shapely.Point(INSIDE[name]))
