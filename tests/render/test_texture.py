"""Textures line by line: where the lines run, how far apart, and that none leaves its ground."""

from __future__ import annotations

import re

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from contested.render.paint import Painter
from contested.render.texture import dots, hatch, textured
from contested.render.theme import DARK, LIGHT

SQUARE = shapely.box(0, 0, 70, 70)
LINES = Painter(LIGHT, "", real_lines=True)


def test_upright_lines_every_seven_pixels_fill_the_height():
    lines = shapely.get_parts(hatch(SQUARE, 7.0, 0.0))
    inner = [line for line in lines if 0 < line.bounds[0] < 70]
    assert [line.bounds[0] for line in inner] == pytest.approx([7.0 * n for n in range(1, 10)])
    assert all(line.length == pytest.approx(70) for line in inner)


def test_lines_at_45_degrees_lie_seven_pixels_apart_across():
    lines = [line for line in shapely.get_parts(hatch(SQUARE, 7.0, 45.0)) if line.length > 1]
    across = sorted(np.dot(shapely.get_coordinates(line)[0], [0.5**0.5] * 2) for line in lines)
    assert np.diff(across) == pytest.approx(7.0)


def test_neighbouring_areas_continue_one_anothers_lines():
    left, right = shapely.box(0, 0, 33, 50), shapely.box(33, 0, 80, 50)
    whole = hatch(shapely.union(left, right), 7.0, 45.0)
    parts = shapely.union(hatch(left, 7.0, 45.0), hatch(right, 7.0, 45.0))
    assert parts.length == pytest.approx(whole.length)
    assert whole.buffer(1e-6).contains(parts)


@given(st.floats(0, 400), st.floats(0, 400), st.floats(2, 90), st.floats(2, 90), st.floats(0, 179))
def test_no_line_leaves_its_area_and_none_is_missing(x, y, wide, high, turn):
    shape = shapely.box(x, y, x + wide, y + high).difference(shapely.Point(x, y).buffer(1.0))
    lines = hatch(shape, 5.0, turn)
    assert shape.buffer(1e-6).contains(lines) or lines.is_empty
    assert lines.length == pytest.approx(shape.area / 5.0, abs=wide + high + 3)


def test_dots_stand_on_a_grid_inside_their_area():
    starts = re.findall(r"M|m", dots(SQUARE, 5.0))
    assert 13 * 13 <= len(starts) <= 14 * 14
    assert dots(shapely.box(1, 1, 2, 2), 5.0) == ""


def test_a_picture_for_print_has_no_pattern_and_a_dark_hatch_is_faint():
    text = textured("hatch", SQUARE, LINES)
    assert "url(" not in text
    assert 'stroke-width="1.3"' in text
    assert "stroke-opacity" in textured("hatch", SQUARE, Painter(DARK, "", real_lines=True))
    assert LINES.patterns() == ""


def test_a_picture_for_the_page_keeps_its_pattern():
    assert "url(#map-fill-hatch)" in textured("hatch", SQUARE, Painter(LIGHT, "map"))


def test_an_empty_area_is_nothing():
    assert textured("held", shapely.Polygon(), LINES) == ""
