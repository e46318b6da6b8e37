import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from plane_worlds import box, point

from contested.geo import corridor as module
from contested.geo.corridor import OPEN_KM, CorridorState, corridor, widths_of
from contested.geo.project import EQUAL_AREA

PLACE = point(100.25, -20.25)


def world(width_km):
    """Controlled ground all round a place but for a straight gap to the west of this width."""
    gap = shapely.box(60, -20.25 - width_km / 2, 100, -20.25 + width_km / 2)
    town = shapely.box(96.25, -24.25, 104.25, -16.25)
    ground = shapely.box(60, -60, 140, 20).difference(shapely.union(gap, town))
    return shapely.union_all([_degrees(part) for part in shapely.get_parts(ground)])


def _degrees(polygon):
    from contested.geo.project import to_degrees

    metres = shapely.transform(polygon, lambda xy: xy * 1000)
    return to_degrees(shapely.segmentize(metres, 1000), EQUAL_AREA)


@pytest.mark.parametrize("width_km", [1.5, 3.5, 5.5])
def test_a_straight_gap_is_as_wide_as_it_is(width_km):
    found = corridor(world(width_km), None, *PLACE)
    # A straight cut across n cells severs n links along the axis and 2(n - 1) diagonals.
    cells = round(2 * width_km)
    links = cells + 2 * (cells - 1) / np.sqrt(2)
    assert found.width_km == pytest.approx(links * 0.5 * np.pi / 8, abs=1e-4)
    assert found.state is CorridorState.MEASURED
    assert found.width_contested_closed_km is None
    assert found.range_km is None


def test_nothing_near_is_open_and_saturates():
    found = corridor(box(60, 20, 80, 40, EQUAL_AREA), None, *PLACE)
    assert found.state is CorridorState.OPEN
    assert found.width_km == pytest.approx(OPEN_KM, abs=0.01)


def test_closed_all_round_is_zero():
    found = corridor(world(0), None, *PLACE)
    assert (found.width_km, found.state) == (0, CorridorState.NO_PATH)


def test_a_place_under_control_is_zero():
    found = corridor(box(60, -60, 140, 20, EQUAL_AREA), None, *PLACE)
    assert (found.width_km, found.state) == (0, CorridorState.CONTROLLED)


def test_contested_ground_closes_in_the_second_value_only():
    contested = box(80, -20.25, 90, -15, EQUAL_AREA)
    found = corridor(world(5), contested, *PLACE)
    alone = corridor(world(5), None, *PLACE)
    assert found.width_km == alone.width_km
    assert found.width_contested_closed_km == pytest.approx(found.width_km / 2, rel=0.15)
    assert found.range_km == (found.width_contested_closed_km, found.width_km)


@settings(max_examples=20, deadline=None)
@given(x=st.floats(70, 130), y=st.floats(-50, 10), side=st.floats(1, 30))
def test_more_controlled_ground_never_widens_a_corridor(x, y, side):
    more = shapely.union(world(4.5), box(x, y, x + side, y + side, EQUAL_AREA))
    assert corridor(more, None, *PLACE).width_km <= corridor(world(4.5), None, *PLACE).width_km


def test_the_cut_is_never_returned():
    found = corridor(world(3.5), None, *PLACE)
    values = [getattr(found, name) for name in found.__dataclass_fields__]
    assert not any(isinstance(value, shapely.Geometry) for value in values)


def test_flow_stays_within_32_bits():
    assert 8 * module._AXIS_CM * 4 * 121 < 2**31


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 2**32 - 1))
def test_widths_of_many_windows_are_the_widths_of_each(seed):
    """Windows that close more and more, with some that do not fit in: each as if alone."""
    rng = np.random.default_rng(seed)
    closed = np.zeros((31, 31), dtype=bool)
    windows = [closed]
    for _ in range(12):
        closed = closed | (rng.random(closed.shape) < 0.05)
        windows.append(closed & (rng.random(closed.shape) < 0.97) if rng.random() < 0.3 else closed)
    rng.shuffle(windows)
    assert widths_of(windows, 2.0) == [widths_of([one], 2.0)[0] for one in windows]


def test_no_windows_have_no_widths():
    assert widths_of([], 2.0) == []
