"""Which ground and which settlements a question about part of a map means."""

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from contested.errors import UsageError
from contested.geo.measure import area_km2
from contested.history.scope import around, nearest_to, whole_map, within
from contested.records import Place

WEST = Place("a", "Westtown", 36.0, 48.0, admin1="01")
MIDDLE = Place("b", "Middletown", 37.0, 48.0, admin1="01")
EAST = Place("c", "Easttown", 39.0, 48.0, admin1="02")
PLACES = (WEST, MIDDLE, EAST)
OUTLINE = shapely.segmentize(shapely.box(35, 47, 40, 49), 0.1)


def test_the_whole_map_leaves_nothing_out():
    scope = whole_map(PLACES)
    assert (scope.ground, scope.name, scope.places) == (None, None, PLACES)


def test_a_circle_holds_its_area_and_the_places_in_it():
    scope = around(MIDDLE, 80, PLACES)
    assert area_km2(scope.ground) == pytest.approx(3.14159 * 80**2, rel=1e-3)
    assert scope.places == (WEST, MIDDLE)
    assert scope.name == "within 80 km of Middletown"


@pytest.mark.parametrize("km", [0, -5, 5000])
def test_a_circle_needs_a_radius(km):
    with pytest.raises(UsageError, match="radius"):
        around(MIDDLE, km, PLACES)


def test_boundaries_of_the_user():
    scope = within("the east", shapely.box(38, 47, 40, 49), PLACES)
    assert scope.places == (EAST,)
    assert scope.cut_by == "the boundaries given"


def test_ground_nearest_to_settlements_parts_half_way():
    east = nearest_to("Two", ["UA-02"], PLACES, OUTLINE)
    assert east.places == (EAST,)
    assert shapely.bounds(east.ground)[0] == pytest.approx(38.0, abs=0.01)
    west = nearest_to("One", ["UA-01"], PLACES, OUTLINE)
    assert area_km2(east.ground) + area_km2(west.ground) == pytest.approx(area_km2(OUTLINE))


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 20), st.integers(1, 3)), min_size=4))
def test_regions_share_the_country_out_among_them(points):
    places = [
        Place(str(i), str(i), 35 + x / 10, 47 + y / 10, admin1=f"0{region}")
        for i, (x, y, region) in enumerate(points)
    ]
    if len({(place.lon, place.lat) for place in places}) < 4:
        return
    scopes = [nearest_to(code, [f"UA-0{code}"], places, OUTLINE) for code in "123"]
    assert sum(area_km2(s.ground) for s in scopes) == pytest.approx(area_km2(OUTLINE), rel=1e-6)
    assert sum(len(s.places) for s in scopes) == len(places)
