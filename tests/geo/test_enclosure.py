import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from plane_worlds import box, point

from contested.errors import UsageError
from contested.geo.enclosure import enclosure
from contested.geo.project import EQUAL_AREA

# On the central meridian the plane's north is true north.
PLACE = point(0, 0)
EAST = box(5, -100, 100, 100, EQUAL_AREA)


def test_a_wall_to_the_east():
    found = enclosure(EAST, None, *PLACE)
    share = 2 * np.degrees(np.arccos(5 / 20)) / 360
    assert found.enclosure == pytest.approx(share, abs=0.004)
    assert found.open_sector_deg == pytest.approx(360 * (1 - share), abs=1.5)
    assert found.open_sector_bearing_deg == pytest.approx(270, abs=0.6)
    assert found.nearest_km == pytest.approx(5, rel=0.001)
    assert found.meaningful
    assert found.enclosure_contested_closed is None


def test_contested_ground_counts_in_the_second_value():
    west = box(-100, -100, -5, 100, EQUAL_AREA)
    found = enclosure(EAST, west, *PLACE)
    assert found.enclosure_contested_closed == pytest.approx(2 * found.enclosure, abs=0.005)


def test_an_empty_horizon():
    found = enclosure(box(50, 50, 60, 60, EQUAL_AREA), None, *PLACE)
    assert (found.enclosure, found.open_sector_deg) == (0, 360)
    assert found.open_sector_bearing_deg is None
    assert enclosure(shapely.MultiPolygon(), None, *PLACE).enclosure == 0


def test_ground_inside_the_place_makes_it_meaningless():
    found = enclosure(box(1, -1, 3, 1, EQUAL_AREA), None, *PLACE)
    assert not found.meaningful
    inside = enclosure(box(-50, -50, 50, 50, EQUAL_AREA), None, *PLACE)
    assert (inside.enclosure, inside.open_sector_deg, inside.nearest_km) == (1, 0, 0)


def test_the_widest_sector_may_lie_across_north():
    south = box(-30, -30, 30, -3, EQUAL_AREA)
    found = enclosure(south, None, *PLACE)
    assert min(found.open_sector_bearing_deg, 360 - found.open_sector_bearing_deg) < 1


@pytest.mark.parametrize("km", [0, -1, float("nan")])
def test_a_distance_is_above_zero(km):
    with pytest.raises(UsageError):
        enclosure(EAST, None, *PLACE, within_km=km)


@settings(max_examples=25, deadline=None)
@given(x=st.floats(-30, 30), y=st.floats(-30, 30), side=st.floats(0.5, 20))
def test_share_and_sector_go_together(x, y, side):
    found = enclosure(box(x, y, x + side, y + side, EQUAL_AREA), None, *PLACE)
    assert 0 <= found.enclosure <= 1
    assert found.open_sector_deg <= 360 * (1 - found.enclosure) + 1e-9
