import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from plane_worlds import box, point

from contested.errors import NotHeldError, UsageError
from contested.geo.project import LAMBERT
from contested.geo.reach import distances, reach, reach_change
from contested.records import Place

HELD = box(0, -100, 100, 100)


def place(name, x, y, people, source="census 2001"):
    lon, lat = point(x, y, LAMBERT)
    return Place(f"test:{name}", name, lon, lat, population=people, population_source=source)


PLACES = [
    place("inside", 5, 0, 900),
    place("near", -4, 0, 1000),
    place("edge", -14, 0, 2000),
    place("beyond", -16, 0, 4000),
    place("far", -100, 0, 8000),
]


def test_people_within_each_ring():
    found = reach(distances(HELD, PLACES), [5, 15])
    assert [ring.people for ring in found.rings] == [1000, 3000]
    assert [ring.places for ring in found.rings] == [1, 2]
    second = found.rings[1]
    assert (second.people_low, second.people_high) == (1000, 7000)
    assert [p.name for p in second.largest] == ["edge", "near"]
    assert [p.name for p in second.deciding] == ["beyond", "edge"]
    assert found.band.people == 7000
    assert found.vintages == {"census 2001": 3000}


def test_a_place_under_control_is_not_counted():
    found = distances(HELD, PLACES)
    assert found.under_control.tolist() == [True, False, False, False, False]
    assert reach(found, [200]).rings[0].people == 15_000


def test_a_district_is_not_counted_again():
    city = place("city", -10, 0, 300_000)  # its disc has a radius of 5.64 km
    district, village = place("district", -13, 0, 90_000), place("village", -17, 0, 700)
    found = reach(distances(HELD, [city, district, village]), [40])
    assert found.rings[0].people == 300_700


def test_the_same_city_twice_counts_once():
    twins = [place("a", -10, 0, 60_000), place("b", -10, 0, 60_000)]
    assert reach(distances(HELD, twins), [40]).rings[0].people == 60_000


def test_a_small_town_has_no_districts():
    near = [place("town", -10, 0, 49_999), place("village", -10.5, 0, 700)]
    assert reach(distances(HELD, near), [40]).rings[0].people == 50_699


def test_also_from_russia():
    russia = box(-100, 30, 0, 100)
    town = [place("town", -50, 20, 700)]
    assert reach(distances(HELD, town), [15]).rings[0].people == 0
    assert reach(distances(HELD, town, also_from=russia), [15]).rings[0].people == 700


def test_russia_behind_it_does_not_put_a_place_under_control():
    town = [place("town", -50, 40, 700)]
    found = distances(HELD, town, also_from=box(-100, 30, 0, 100))
    assert not found.under_control.any()


def test_entered_left_and_taken():
    before, after = box(10, -100, 100, 100), HELD
    change = reach_change(distances(before, PLACES), distances(after, PLACES), 15)
    assert [p.name for p in change.entered] == ["edge"]
    assert [p.name for p in change.left] == ["inside"]
    assert [p.name for p in change.taken] == ["inside"]


def test_only_some_places():
    found = reach(distances(HELD, PLACES), [15], only=np.array([0, 0, 1, 1, 1], dtype=bool))
    assert found.rings[0].people == 2000


def test_unknown_population_is_said():
    found = reach(distances(HELD, [place("nobody knows", -4, 0, None)]), [15])
    assert (found.rings[0].people, found.unknown_population) == (0, 1)


def test_nothing_controlled():
    assert reach(distances(shapely.MultiPolygon(), PLACES)).rings[-1].people == 0


@pytest.mark.parametrize("rings", [[], [0], [-5], [float("nan")]])
def test_distances_are_above_zero(rings):
    with pytest.raises(UsageError):
        reach(distances(HELD, PLACES), rings)


def test_no_places_and_other_places():
    with pytest.raises(NotHeldError):
        distances(HELD, [])
    with pytest.raises(UsageError):
        reach_change(distances(HELD, PLACES), distances(HELD, PLACES[1:]), 15)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.floats(-60, 20), st.integers(500, 40_000)), min_size=1, max_size=12),
    st.floats(0, 30),
)
def test_entered_less_left_is_growth(towns, step):
    """Entered − left = growth, in places and in people."""
    places = [place(str(i), x, 3.0 * i, n) for i, (x, n) in enumerate(towns)]
    before, after = distances(box(10, -100, 100, 100), places), distances(HELD, places)
    change = reach_change(before, after, 15 + step)
    a, b = (reach(d, [15 + step]).rings[0] for d in (before, after))
    assert len(change.entered) - len(change.left) == b.places - a.places
    entered = sum(p.population for p in change.entered)
    assert entered - sum(p.population for p in change.left) == b.people - a.people
