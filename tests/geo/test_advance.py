import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from plane_worlds import box, point

from contested.errors import NotHeldError, UsageError
from contested.geo.advance import advance, axis_advance
from contested.geo.project import LAMBERT

HELD = box(0, -50, 50, 50)


def test_a_finger_is_as_deep_as_it_is_long():
    found = advance(HELD, shapely.union(HELD, box(-10, -1, 0, 1)))
    assert found.depth_km == pytest.approx(10, rel=0.002)
    assert found.bearing_deg == pytest.approx(270, abs=1)
    assert found.new_km2 == pytest.approx(20, rel=0.003)
    assert found.lost_km2 == pytest.approx(0, abs=1e-3)


def test_ground_given_up_is_counted_apart():
    after = shapely.union(HELD, box(-10, -1, 0, 1)).difference(box(45, 40, 50, 50))
    assert advance(HELD, after).lost_km2 == pytest.approx(50, rel=0.003)


def test_the_furthest_point_of_a_closed_pocket_lies_in_its_middle():
    pocket = HELD.difference(box(10, -8, 26, 8))
    assert advance(pocket, HELD).depth_km == pytest.approx(8, abs=0.02)


def test_only_near_a_place():
    after = shapely.union_all([HELD, box(-10, 30, 0, 32), box(-4, -32, 0, -30)])
    near = advance(HELD, after, near=point(0, -31, LAMBERT), within_km=10)
    assert near.depth_km == pytest.approx(4, rel=0.003)
    assert advance(HELD, after).depth_km == pytest.approx(10, rel=0.003)


def test_a_redraw_is_no_advance():
    with pytest.raises(NotHeldError, match="no newly taken ground"):
        advance(HELD, shapely.union(HELD, box(-0.0008, -20, 0, 20)))


@pytest.mark.parametrize("km", [0, -3])
def test_the_circle_is_above_zero(km):
    with pytest.raises(UsageError):
        advance(HELD, HELD, near=(36, 48), within_km=km)


def test_along_an_axis():
    after = shapely.union(HELD, box(-10, -1, 0, 1))
    start, end = point(20, 0, LAMBERT), point(-20, 0, LAMBERT)
    found = axis_advance(HELD, after, start, end)
    assert found.advance_m == pytest.approx(10_000, rel=0.003)
    assert found.before_km == pytest.approx(20, rel=0.003)
    back = axis_advance(after, HELD, start, end)
    assert back.advance_m == pytest.approx(-found.advance_m)


def test_an_axis_that_meets_no_ground():
    start, end = point(-40, 0, LAMBERT), point(-20, 0, LAMBERT)
    assert axis_advance(HELD, HELD, start, end).advance_m is None
    with pytest.raises(UsageError):
        axis_advance(HELD, HELD, start, start)


@settings(max_examples=20, deadline=None)
@given(depth=st.floats(1, 40), width=st.floats(0.5, 10))
def test_depth_is_never_more_than_the_finger_is_long(depth, width):
    found = advance(HELD, shapely.union(HELD, box(-depth, 0, 0, width)))
    assert found.depth_km == pytest.approx(depth, rel=0.004)
