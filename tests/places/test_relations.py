"""Distances, bearings, compass words and what lies in what."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.places.extent import disc_radius_km, extent_km, kind_of
from contested.places.relations import (
    Relation,
    compass_bearing,
    compass_point,
    distance,
    fits,
    in_region,
    lies,
    rough,
    turn,
)
from contested.records import Place


def place(lon, lat, population=None, **more):
    return Place("x", "X", lon, lat, population=population, **more)


# Reference table of docs: Pokrovsk, Kramatorsk, Sloviansk, Dobropillia, Myrnohrad by GeoNames.
POKROVSK = place(37.17706, 48.28014, 60_127)
KRAMATORSK = place(37.56779, 48.73106, 147_145)
SLOVIANSK = place(37.59739, 48.84974, 105_141)
DOBROPILLIA = place(37.08567, 48.46674, 28_170)
MYRNOHRAD = place(37.26513, 48.3099, 46_098)


@pytest.mark.parametrize(
    ("first", "second", "km", "miles", "word"),
    [
        (POKROVSK, KRAMATORSK, 57.9, 36.0, "north"),
        (KRAMATORSK, SLOVIANSK, 13.4, 8.3, "north"),
        (POKROVSK, DOBROPILLIA, 21.8, 13.6, "north"),
        (POKROVSK, MYRNOHRAD, 7.3, 4.55, "east"),
    ],
)
def test_published_distances_and_directions(first, second, km, miles, word):
    found = distance(first, second)
    assert found.km == pytest.approx(km, abs=0.05)
    assert found.miles == pytest.approx(miles, abs=0.05)
    assert lies(found.bearing_deg, word)


def test_dobropillia_lies_north_northwest_and_myrnohrad_at_63_degrees():
    assert distance(POKROVSK, DOBROPILLIA).direction == "NNW"
    assert distance(POKROVSK, MYRNOHRAD).bearing_deg == pytest.approx(63, abs=0.5)


def test_edges_are_the_discs_of_the_populations():
    found = distance(POKROVSK, KRAMATORSK)
    assert found.edge_km == pytest.approx(found.km - extent_km(60_127) - extent_km(147_145))
    assert distance(POKROVSK, place(37.18, 48.29, 100_000)).edge_km == 0.0


def test_extent_is_three_thousand_people_to_the_square_kilometre():
    assert extent_km(3000) == pytest.approx(1 / math.sqrt(math.pi))
    assert (disc_radius_km(1999), disc_radius_km(2000), disc_radius_km(None)) == (1.0, 2.0, 1.0)
    assert [kind_of(n) for n in (None, 4_999, 5_000, 50_000)] == [
        "settlement", "village", "town", "city",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "bearing"),
    [
        ("north", 0),
        ("northern", 0),
        ("to the east", 90),
        ("South-West", 225),
        ("southwestern", 225),
        ("north-northwest", 337.5),
        ("NNW", 337.5),
        ("westward", 270),
        ("in the northeast", 45),
        ("upstream", None),
        ("", None),
    ],
)
def test_compass_words(word, bearing):
    assert compass_bearing(word) == bearing


def test_no_compass_word_no_answer():
    assert lies(10.0, "upstream") is None


@given(st.floats(0, 360, exclude_max=True))
def test_every_bearing_is_within_a_sixteenth_of_its_point(bearing):
    named = compass_bearing(compass_point(bearing))
    assert turn(bearing, named) <= 11.25 + 1e-9


@given(st.floats(20, 42), st.floats(43, 54), st.floats(20, 42), st.floats(43, 54))
def test_the_sphere_is_close_enough_to_choose_by(lon, lat, to_lon, to_lat):
    exact = distance(place(lon, lat), place(to_lon, to_lat))
    km, bearing = rough(lon, lat, to_lon, to_lat)
    assert km == pytest.approx(exact.km, rel=0.006, abs=0.01)
    if exact.km > 1:
        assert turn(bearing, exact.bearing_deg) < 0.5


def test_regions_are_known_by_code():
    assert in_region(place(37, 48, admin1="05"), "UA-05")
    assert not in_region(place(37, 48, admin1="05"), "UA-07")
    assert not in_region(place(37, 48, admin1="05", country="RU"), "UA-05")
    with_code = place(37, 48, pcode="UA1416021035")
    assert in_region(with_code, "UA1416")
    assert in_region(with_code, "UA1416021")
    assert not in_region(with_code, "UA1412")
    assert not in_region(place(37, 48), "UA-05")


def test_what_a_text_says_is_met_or_not():
    north_13_miles = Relation(37.17706, 48.28014, km=20.9, bearing_deg=0.0)
    assert fits(north_13_miles, 37.08567, 48.46674) == 1.0
    assert fits(north_13_miles, 37.17706, 48.0) == -1.0
    assert fits(Relation(37.0, 48.0, near=True), 37.1, 48.1) == 1.0
    assert fits(Relation(37.0, 48.0, near=True), 32.0, 46.0) == -1.0
    south = Relation(37.616, 49.710, bearing_deg=180.0)
    assert fits(south, 37.808, 48.990) > 0.4
    assert fits(south, 29.744, 45.673) == -1.0
