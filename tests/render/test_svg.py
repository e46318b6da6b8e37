"""Markup and paths."""

from __future__ import annotations

import re

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from contested.render.svg import area_path, element, group, line_path, number, safe_id


def read_path(path: str) -> list[list[tuple[float, float]]]:
    """Read back a path of absolute starts and relative steps."""
    found = []
    for part in re.findall(r"M([^Mz]+)", path):
        start, _, steps = part.partition("l")
        x, y = map(float, start.split())
        points = [(x, y)]
        values = [float(v) for v in steps.split()]
        for dx, dy in zip(values[::2], values[1::2], strict=True):
            x, y = x + dx, y + dy
            points.append((round(x, 1), round(y, 1)))
        found.append(points)
    return found


def test_area_path_is_every_ring_closed() -> None:
    shape = shapely.box(0, 0, 10, 10).difference(shapely.box(2, 2, 4, 4))
    path = area_path(shape)
    assert path.count("M") == path.count("z") == 2
    outer, hole = read_path(path)
    assert sorted(outer) == [(0, 0), (0, 10), (10, 0), (10, 10)]
    assert sorted(hole) == [(2, 2), (2, 4), (4, 2), (4, 4)]


def test_path_of_nothing_is_nothing() -> None:
    assert area_path(shapely.GeometryCollection()) == ""
    assert line_path(shapely.LineString()) == ""
    assert area_path(shapely.box(0, 0, 0.01, 0.01)) == ""


@given(st.lists(st.tuples(st.integers(-900, 900), st.integers(-900, 900)), min_size=2, max_size=30))
def test_steps_do_not_drift(points: list[tuple[int, int]]) -> None:
    xy = np.array(points) / 7.0
    rounded = [tuple(p) for p in (np.rint(xy * 10) / 10).tolist()]
    kept = [p for n, p in enumerate(rounded) if n == 0 or p != rounded[n - 1]]
    path = line_path(shapely.LineString(xy))
    found = read_path(path)[0] if path else []
    expected = kept if len(kept) > 1 else []
    assert np.array(found) == pytest.approx(np.array(expected))


def test_attributes_are_escaped_and_rounded() -> None:
    written = element("rect", x=1.26, y=-0.04, class_='a"b<', stroke_width=2.0, rx=None)
    assert written == '<rect x="1.3" y="0" class="a&quot;b&lt;" stroke-width="2"/>'


def test_empty_layers_are_left_out() -> None:
    assert group("x", ["", ""]) == ""


def test_ids_are_safe() -> None:
    assert safe_id('a b"><') == "a-b---"
    assert safe_id("") == "x"
    assert number(-0.01) == "0"
