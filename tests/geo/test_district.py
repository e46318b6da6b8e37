"""Districts: what the gazetteer says goes before the disc of a larger city."""

from dataclasses import replace

import numpy as np
import pytest
from plane_worlds import point

from contested.geo.district import district_mask, inside_larger
from contested.geo.project import LAMBERT
from contested.records import Place


def at(name, x, people, kind="settlement", country="UA"):
    lon, lat = point(x, 0, LAMBERT)
    return Place(f"t:{name}", name, lon, lat, kind, people, country=country)


def named(places):
    people = np.array([place.population or 0 for place in places])
    return [p.name for p, part in zip(places, district_mask(places, people), strict=True) if part]


CITY = at("city", 0, 300_000, "city")  # its disc has a radius of 5.64 km


def test_an_unjudged_record_inside_the_disc_is_a_district():
    assert named([CITY, at("quarter", 5.6, 40_000), at("village", 5.7, 700)]) == ["quarter"]


@pytest.mark.parametrize("kind", ["city", "town", "village"])
def test_a_settlement_of_its_own_is_none(kind):
    suburb = at("suburb", 3, 23_509, kind)
    assert named([CITY, suburb]) == []
    # Abroad nobody compared the records with a list of settlements.
    assert named([CITY, replace(suburb, country="RU")]) == ["suburb"]


@pytest.mark.parametrize("kind", ["district", "section", "PPLX"])
def test_what_is_called_a_district_is_one_wherever_it_lies(kind):
    assert named([CITY, at("beyond", 60, 10, kind)]) == ["beyond"]


def test_a_district_larger_than_its_city_does_not_hide_it():
    city, bank = at("city", 0, 230_000), at("right bank", 2, 352_088, "district")
    assert named([city, bank]) == ["right bank"]


def test_a_town_below_50_000_has_no_districts():
    assert named([at("town", 0, 49_999), at("part", 0.1, 500)]) == []


def test_of_twins_the_first_is_the_city():
    lonlat = np.zeros((2, 2)) + 36
    assert inside_larger(lonlat, np.array([60_000, 60_000])).tolist() == [False, True]


def test_no_places():
    assert district_mask([], np.array([], dtype=np.int64)).tolist() == []
