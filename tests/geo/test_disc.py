"""Discs, quarters and the day from which a criterion holds."""

import math

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from contested.errors import UsageError
from contested.geo.disc import (
    QUADRANTS,
    Spell,
    disc,
    first_days,
    meets,
    named_sector,
    quadrant_shares,
    sector,
    share_of,
    shares,
    spells,
)
from contested.geo.measure import WGS84, area_km2
from contested.records import Status

LON, LAT = 37.17706, 48.28014
EAST = shapely.box(LON, 40, 60, 60)  # everything east of the point's meridian


@given(st.floats(-179, 179), st.floats(-70, 70), st.floats(0.1, 60))
def test_a_disc_has_the_area_of_a_disc(lon, lat, radius_km):
    if abs(lon) + radius_km / 30 > 179:
        return
    assert area_km2(disc(lon, lat, radius_km)) == pytest.approx(math.pi * radius_km**2, rel=2e-4)


def test_every_corner_is_one_radius_away():
    corners = shapely.get_coordinates(disc(LON, LAT, 2.0))
    for lon, lat in corners[::45]:
        assert WGS84.inv(LON, LAT, lon, lat)[2] == pytest.approx(2000, abs=1e-6)


def test_quarters_are_quarters_and_make_the_disc():
    whole = area_km2(disc(LON, LAT, 3.0))
    quarters = [named_sector(LON, LAT, 3.0, name) for name in QUADRANTS]
    for quarter in quarters:
        assert area_km2(quarter) == pytest.approx(whole / 4, rel=1e-3)
    assert area_km2(shapely.union_all(quarters)) == pytest.approx(whole, rel=1e-4)


def test_south_west_is_bearings_180_to_270():
    west, south, east, north = named_sector(LON, LAT, 3.0, "SW").bounds
    assert east == pytest.approx(LON, abs=1e-9)
    assert north == pytest.approx(LAT, abs=1e-4)
    assert west < LON
    assert south < LAT


def test_half_the_world_is_half_the_disc():
    ground = {Status.OCCUPIED: EAST}
    piece = disc(LON, LAT, 2.0)
    assert shares(piece, ground)[Status.OCCUPIED] == pytest.approx(0.5, abs=1e-4)
    quarters = quadrant_shares(LON, LAT, 2.0, ground, [Status.OCCUPIED])
    assert quarters == pytest.approx({"ne": 1, "se": 1, "sw": 0, "nw": 0}, abs=1e-4)


def test_shares_of_several_statuses_add_up():
    ground = {Status.OCCUPIED: EAST, Status.HELD_SINCE_2014: shapely.box(20, 40, LON, 60)}
    piece = disc(LON, LAT, 2.0)
    assert share_of(piece, ground, [*ground]) == pytest.approx(1.0, abs=1e-6)
    assert share_of(piece, ground, [Status.CONTESTED]) == 0.0
    assert shares(piece, {Status.OCCUPIED: shapely.box(0, 0, 1, 1)}) == {Status.OCCUPIED: 0.0}


@pytest.mark.parametrize("radius", [0, -1, 501, math.nan])
def test_impossible_radii_are_refused(radius):
    with pytest.raises(UsageError, match="radius"):
        disc(LON, LAT, radius)


def test_unknown_names_are_refused():
    with pytest.raises(UsageError, match="sector 'up'"):
        named_sector(LON, LAT, 2.0, "up")
    with pytest.raises(UsageError, match="criterion"):
        meets(0.5, "most")


def test_criteria():
    assert [meets(share, "any") for share in (0.0, 0.0004, 0.0162)] == [False, False, True]
    assert [meets(share, "half") for share in (0.4999, 0.5)] == [False, True]
    assert [meets(share, "90") for share in (0.8999, 0.9)] == [False, True]
    assert [meets(share, "all") for share in (0.999, 0.9996)] == [False, True]


def test_first_days_and_what_was_not_reached():
    series = [0.0, 0.1, 0.6, 0.4, 0.92]
    found = {one.criterion: (one.index, one.share) for one in first_days(5, series.__getitem__)}
    assert found == {"any": (1, 0.1), "half": (2, 0.6), "90": (4, 0.92), "all": (None, 0.92)}


def test_spells_are_runs():
    series = [0.6, 0.1, 0.7, 0.8, 0.2, 0.9]
    assert spells(series, "half") == [Spell(0, 1), Spell(2, 4), Spell(5, 6)]
    assert spells([], "half") == []
    assert spells([0.1], "half") == []


@given(st.lists(st.floats(0, 1), max_size=30))
def test_spells_hold_exactly_where_the_criterion_does(series):
    inside = {i for spell in spells(series, "half") for i in range(spell.first, spell.last)}
    assert inside == {i for i, share in enumerate(series) if share >= 0.5}


def test_a_sector_may_cross_north():
    north = sector(LON, LAT, 2.0, 315, 405)
    assert north.covers(shapely.Point(LON, LAT + 0.01))
    assert not north.covers(shapely.Point(LON, LAT - 0.01))
