import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from plane_worlds import box, polygon

from contested.errors import NotHeldError, UsageError
from contested.geo.front import (
    FrontLength,
    FrontLine,
    front_line,
    front_trend,
    implied_rulers,
    sorted_rulers,
)
from contested.records import Method

OUTLINE = box(-100, -100, 100, 100)
EAST = box(0, -150, 150, 150)
POCKET = box(-60, 10, -50, 20)

# The Lambert conic stretches by up to 0.1 % here; the geodesic length undoes it.
CLOSE = 0.002


def test_a_straight_front_is_as_long_as_the_country_is_high_less_the_inset():
    front = front_line(EAST, OUTLINE)
    for length in front.tolerances:
        assert length.main_km == pytest.approx(200 - 2 * 3, rel=CLOSE)
        assert length.all_km == pytest.approx(length.main_km, abs=1e-6)
    assert front.incursions.is_empty
    assert front.method.label == "front/1"


def test_an_incursion_is_kept_apart_from_the_main_line():
    front = front_line(shapely.union(EAST, POCKET), OUTLINE)
    first = front.tolerances[0]
    assert first.main_km == pytest.approx(194, rel=CLOSE)
    assert first.all_km - first.main_km == pytest.approx(40, rel=CLOSE)
    assert len(front.incursions.geoms) == 1


def test_the_border_itself_is_no_front():
    with pytest.raises(NotHeldError, match="no front"):
        front_line(box(-100, -100, 100, 100), OUTLINE)


def test_a_ragged_front_shortens_with_the_ruler():
    teeth = [(0, -150), (150, -150), (150, 150), (0, 150)]
    teeth += [(1.0 if i % 2 else -1.0, 150 - i) for i in range(1, 300)]
    curve = front_line(polygon(*teeth), OUTLINE, tolerances_m=[0, 5000]).tolerances
    assert curve[0].main_km == pytest.approx(194 * np.sqrt(5), rel=0.02)
    assert curve[1].main_km == pytest.approx(194, rel=0.01)


def test_a_seam_does_not_cut_the_main_line():
    south, north = box(0, -150, 150, 0), box(0, 0.0025, 150, 150)
    length = front_line(shapely.union(south, north), OUTLINE).tolerances[0]
    assert length.main_km == length.all_km == pytest.approx(194, rel=CLOSE)


def test_the_longest_piece_is_chosen_after_simplifying():
    # A ragged pocket has the longer edge as drawn, the straight front at a coarse ruler.
    teeth = [(-80 + i * 0.25, 60 if i % 2 else 40) for i in range(60)]
    pocket = polygon(*teeth, (-65, 30), (-80, 30))
    curve = front_line(shapely.union(EAST, pocket), OUTLINE, tolerances_m=[0, 30_000]).tolerances
    assert curve[0].main_km > 1000
    assert curve[1].main_km == pytest.approx(194, rel=0.01)


@pytest.mark.parametrize("wrong", [[-1.0], [float("nan")], [float("inf")], []])
def test_tolerances_that_are_no_rulers(wrong):
    with pytest.raises(UsageError):
        sorted_rulers(wrong)


def test_rulers_are_sorted_and_each_is_taken_once():
    assert sorted_rulers([500, 0, 500.0]) == (0.0, 500.0)


def test_trend_says_whether_the_sign_agrees():
    def line(*km):
        curve = [FrontLength(m, a, b) for m, (a, b) in zip((0, 500), km, strict=True)]
        return FrontLine(Method("front", "1"), tuple(curve), None, None)

    trend = front_trend(line((100, 100), (100, 100)), line((150, 120), (110, 90)))
    assert [c.main_percent for c in trend.changes] == pytest.approx([50, 10])
    assert trend.main_sign_agrees
    assert not trend.all_sign_agrees
    assert trend.all_range_percent == pytest.approx((-10, 20))


def test_trend_needs_a_common_ruler():
    first = front_line(EAST, OUTLINE, tolerances_m=[0])
    second = front_line(EAST, OUTLINE, tolerances_m=[500])
    with pytest.raises(UsageError, match="different tolerances"):
        front_trend(first, second)


def test_a_quoted_length_names_its_ruler():
    # A wave of 2 km amplitude: as drawn 194·√5 km, straight from about 2 km on.
    teeth = [(0, -150), (150, -150), (150, 150), (0, 150)]
    teeth += [(1.0 if i % 2 else -1.0, 150 - i) for i in range(1, 300)]
    ragged = polygon(*teeth)
    straight = implied_rulers(ragged, OUTLINE, 194)
    assert 800 < straight.main.ruler_m <= 2500
    as_drawn = implied_rulers(ragged, OUTLINE, straight.main.finest_km)
    assert as_drawn.main.fits_m[0] == 0
    assert implied_rulers(ragged, OUTLINE, 900).main.ruler_m is None
    assert implied_rulers(ragged, OUTLINE, 100).all.fits_m is None


@pytest.mark.parametrize("km", [0, -5, float("nan")])
def test_a_quoted_length_is_above_zero(km):
    with pytest.raises(UsageError):
        implied_rulers(EAST, OUTLINE, km)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(-20, 20), min_size=3, max_size=12))
def test_all_pieces_are_never_shorter_than_the_main_line(wiggle):
    y = np.linspace(-150, 150, len(wiggle))
    front = polygon((150, 150), (150, -150), *zip(wiggle, y, strict=True))
    for length in front_line(shapely.make_valid(front), OUTLINE).tolerances:
        assert length.all_km >= length.main_km - 1e-9 > 0
