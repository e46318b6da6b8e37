"""Exact predicates against Python's integers, which have no limit."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from compiled import (
    area_to,
    bend_of,
    compare_fractions,
    compare_products,
    length_to,
    orient,
    precedes,
)

WIDE = st.integers(-(2**62) + 1, 2**62 - 1)
PLACE = st.integers(-(2**29), 2**29)


@settings(deadline=None)
@given(WIDE, WIDE, WIDE, WIDE)
def test_products_are_compared_exactly(a, b, c, d):
    assert compare_products(a, b, c, d) == (a * b > c * d) - (a * b < c * d)


@settings(deadline=None)
@given(WIDE, WIDE)
def test_equal_products_are_equal(a, b):
    assert compare_products(a, b, b, a) == 0
    assert compare_products(a, b, -b, -a) == 0


@settings(deadline=None)
@given(st.integers(1, 2**57), st.integers(1, 2**57), st.integers(-1, 1))
def test_fractions_that_almost_agree_are_told_apart(a, b, off):
    num, den = sorted((a, b))
    other = max(num + off, 0)
    exact = Fraction(num, den) - Fraction(other, den)
    assert compare_fractions(num, den, other, den) == (exact > 0) - (exact < 0)


@settings(deadline=None)
@given(*[PLACE] * 6)
def test_orientation_is_the_determinant(ax, ay, bx, by, px, py):
    assert orient(ax, ay, bx, by, px, py) == (bx - ax) * (py - ay) - (by - ay) * (px - ax)


def test_order_of_vertices_is_by_longitude_then_latitude():
    assert precedes(1, 9, 2, 0)
    assert precedes(1, 0, 1, 1)
    assert not precedes(1, 1, 1, 1)


@settings(deadline=None)
@given(st.floats(22, 40), st.floats(44, 53), st.floats(-0.1, 0.1), st.floats(-0.1, 0.1))
def test_area_and_length_along_an_edge_are_geodesic(lon, lat, dx, dy):
    """Against PROJ: the edge, down two meridians, back along 48°N in short steps."""
    geod = Geod(ellps="WGS84")
    a, b = sorted([(round(lon, 7), round(lat, 7)), (round(lon + dx, 7), round(lat + dy, 7))])
    steps = 200
    base = [(b[0] + (a[0] - b[0]) * i / steps, 48.0) for i in range(steps + 1)]
    xs, ys = zip(*[a, b, *base], strict=True)
    area, _ = geod.polygon_area_perimeter(xs, ys)
    (x1, y1), (x2, y2) = [(round(x * 1e7), round(y * 1e7)) for x, y in (a, b)]
    ours = area_to(x1, y1, x2, y2, bend_of(x1, y1, x2, y2), 1.0)
    assert -ours / 1e10 == pytest.approx(area / 1e6, abs=5e-5, rel=2e-7)
    metres = geod.inv(*a, *b)[2]
    assert length_to(x1, y1, x2, y2, 1.0) / 1e6 == pytest.approx(metres, abs=0.02, rel=1e-6)
