"""Random small histories whose edges run over each other, touch in points and cross."""

from __future__ import annotations

import shapely
from hypothesis import strategies as st

from worlds import CONTESTED, LIBERATED, OCCUPIED, SINCE_2014, feature, map_file, polygon

FILLS = (SINCE_2014, OCCUPIED, CONTESTED, LIBERATED)


def ring(*corners):
    return [*corners, corners[0]]


@st.composite
def a_polygon(draw, grid, slanted):
    """A triangle or box on a coarse grid, so that edges run over each other and meet in points.

    Edges are short: where two cross, the reference measures geodesics between the crossings.
    """
    xs = st.integers(0, grid).map(lambda v: round(36 + 0.001 * v, 7))
    ys = st.integers(0, grid).map(lambda v: round(48 + 0.001 * v, 7))
    if not slanted or draw(st.booleans()):
        west, east = sorted(draw(st.lists(xs, min_size=2, max_size=2, unique=True)))
        south, north = sorted(draw(st.lists(ys, min_size=2, max_size=2, unique=True)))
        return ring((west, south), (east, south), (east, north), (west, north))
    corners = draw(st.lists(st.tuples(xs, ys), min_size=3, max_size=3, unique=True))
    (ax, ay), (bx, by), (cx, cy) = corners
    if abs((bx - ax) * (cy - ay) - (by - ay) * (cx - ax)) < 1e-11:
        corners[2] = (round(cx + 0.0013, 7), round(cy - 0.00071, 7))
    return ring(*corners)


@st.composite
def a_history(draw, *, slanted=True):
    grid = draw(st.sampled_from([3, 6, 12]))
    maps = []
    for _ in range(draw(st.integers(1, 4))):
        shapes = draw(
            st.lists(st.tuples(st.sampled_from(FILLS), a_polygon(grid, slanted)), max_size=5)
        )
        maps.append([(f, r) for f, r in shapes if shapely.Polygon(r).area > 1e-11])
    return [map_file(*(feature(f, polygon(list(map(list, r)))) for f, r in m)) for m in maps]
