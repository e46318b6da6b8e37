"""Pixels and degrees; scale bars against geodesics."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from contested.errors import UsageError
from contested.geo.measure import KM_PER_MILE, WGS84
from contested.render.picture import UKRAINE_FRAME, Frame
from contested.render.projection import project
from contested.render.scalebar import fit_scale_bar, round_length

NEAR = Frame(37.18, 48.28, 60.0, 42.0)


def test_centre_is_the_middle_and_north_is_up() -> None:
    p = project(NEAR, 720)
    centre, north = p.points(np.array([[37.18, 48.28], [37.18, 48.38]]))
    assert centre == pytest.approx([360, 252], abs=0.01)
    assert north[0] == pytest.approx(360, abs=0.01)
    assert 252 - north[1] == pytest.approx(11.12 * 12, rel=0.002)


@pytest.mark.parametrize("frame", [NEAR, UKRAINE_FRAME])
@given(st.floats(-0.5, 0.5), st.floats(-0.5, 0.5), st.floats(0, 360))
def test_scale_is_true_all_over_the_picture(
    frame: Frame, across: float, down: float, bearing: float
) -> None:
    p = project(frame, 720)
    at = np.array([[360 + across * 720, p.height / 2 + down * p.height]])
    lon, lat = p.degrees(at)[0]
    east, north, _ = WGS84.fwd(lon, lat, bearing, 1000)
    drawn = np.linalg.norm(p.points(np.array([[east, north]])) - at)
    assert drawn / p.px_per_km == pytest.approx(1.0, rel=0.004)


@given(st.floats(0, 720), st.floats(0, 500))
def test_pixels_come_back(x: float, y: float) -> None:
    p = project(UKRAINE_FRAME, 720)
    assert p.points(p.degrees(np.array([[x, y]])))[0] == pytest.approx([x, y], abs=1e-4)


def test_what_is_drawn_is_cut_near_the_picture() -> None:
    p = project(NEAR, 720)
    drawn = p.draw(shapely.box(20, 43, 42, 54))
    assert drawn.contains(p.box())
    assert p.box(p.margin() + 1).contains(drawn)


def test_what_lies_elsewhere_is_not_drawn() -> None:
    p = project(NEAR, 720)
    assert p.draw(shapely.box(22, 48, 23, 49)).is_empty
    assert p.draw(None).is_empty


@pytest.mark.parametrize(
    "frame",
    [Frame(30, 48, 0, 10), Frame(30, 48, 9000, 10), Frame(30, 48, float("nan"), 10),
     Frame(200, 48, 60, 40), Frame(30, 89, 60, 40), Frame(float("nan"), 48, 60, 40)],
)  # fmt: skip
def test_impossible_frames_are_refused_in_one_line(frame: Frame) -> None:
    with pytest.raises(UsageError) as error:
        project(frame, 720)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(("longest", "found"), [(12.3, 10), (9.99, 5), (2.0, 2), (0.31, 0.2)])
def test_round_length(longest: float, found: float) -> None:
    assert round_length(longest) == pytest.approx(found)


@pytest.mark.parametrize("frame", [NEAR, UKRAINE_FRAME, Frame(32, 46, 5, 5)])
def test_scale_bar_is_true_where_it_stands(frame: Frame) -> None:
    p = project(frame, 720)
    bar = fit_scale_bar(p, 16, p.height - 26)
    for length_km, px in ((bar.km, bar.km_px), (bar.miles * KM_PER_MILE, bar.miles_px)):
        ends = p.degrees(np.array([[bar.x, bar.y], [bar.x + px, bar.y]]))
        metres = WGS84.inv(*ends[0], *ends[1])[2]
        assert metres / 1000 == pytest.approx(length_km, rel=0.003)
        assert px <= 720 * 0.2 + 1e-6
