"""The reference engine on worlds whose areas are known in closed form."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from contested.geo.measure import area_km2
from contested.history.reference import ReferenceEngine
from contested.records import PARTITION_ORDER, Status
from worlds import (
    CONTESTED,
    LIBERATED,
    OCCUPIED,
    SINCE_2014,
    box,
    feature,
    map_file,
    polygon,
    rectangle_km2,
    series_of,
)

EAST, WEST = (36.0, 48.0, 36.2, 48.1), (35.8, 48.0, 36.1, 48.1)


def square(fill, corners, name=""):
    return feature(fill, polygon(box(*corners, steps=8)), name)


def column(status):
    return PARTITION_ORDER.index(status)


def test_overlapping_statuses_are_partitioned_in_the_fixed_order():
    engine = ReferenceEngine(
        series_of((0, map_file(square(OCCUPIED, EAST), square(SINCE_2014, WEST))))
    )
    areas = engine.areas_km2()[0]
    assert areas[column(Status.HELD_SINCE_2014)] == pytest.approx(rectangle_km2(*WEST), rel=1e-5)
    left = rectangle_km2(36.1, 48.0, 36.2, 48.1)
    assert areas[column(Status.OCCUPIED)] == pytest.approx(left, rel=1e-5)


def test_overlaps_of_one_status_count_once():
    engine = ReferenceEngine(
        series_of((0, map_file(square(OCCUPIED, EAST), square(OCCUPIED, WEST))))
    )
    both = rectangle_km2(35.8, 48.0, 36.2, 48.1)
    assert engine.areas_km2()[0].sum() == pytest.approx(both, rel=1e-5)


def test_the_matrix_says_what_became_of_the_ground():
    engine = ReferenceEngine(
        series_of((0, map_file(square(CONTESTED, WEST))), (1, map_file(square(OCCUPIED, EAST))))
    )
    matrix = engine.matrix_km2(0, 1)
    taken = rectangle_km2(36.0, 48.0, 36.1, 48.1)
    assert matrix[column(Status.CONTESTED), column(Status.OCCUPIED)] == pytest.approx(
        taken, rel=1e-5
    )
    assert matrix[column(Status.CONTESTED), -1] == pytest.approx(2 * taken, rel=1e-4)
    assert matrix[-1, column(Status.OCCUPIED)] == pytest.approx(taken, rel=1e-4)
    assert matrix.sum() == pytest.approx(4 * taken, rel=1e-4)


def test_change_polygons_carry_the_area_of_the_matrix():
    engine = ReferenceEngine(
        series_of((0, map_file(square(CONTESTED, WEST))), (1, map_file(square(OCCUPIED, EAST))))
    )
    found = {(c.before, c.after): c.area_km2 for c in engine.changes(0, 1)}
    matrix = engine.matrix_km2(0, 1)
    assert set(found) == {
        (Status.CONTESTED, Status.OCCUPIED),
        (Status.CONTESTED, None),
        (None, Status.OCCUPIED),
    }
    for (before, after), km2 in found.items():
        i = column(before) if before else -1
        j = column(after) if after else -1
        assert km2 == pytest.approx(matrix[i, j], abs=1e-4)


def test_a_redraw_within_a_metre_is_no_change():
    nudged = (36.0, 48.0, 36.200005, 48.1)
    engine = ReferenceEngine(
        series_of((0, map_file(square(OCCUPIED, EAST))), (1, map_file(square(OCCUPIED, nudged))))
    )
    assert engine.changes(0, 1) == []


def test_a_point_has_the_status_of_its_ground():
    engine = ReferenceEngine(
        series_of((0, map_file(square(OCCUPIED, EAST), square(LIBERATED, WEST))))
    )
    assert engine.status_at(36.05, 48.05, 0) is Status.OCCUPIED
    assert engine.status_at(35.9, 48.05, 0) is Status.LIBERATED
    assert engine.status_at(30.0, 50.0, 0) is None


def test_a_timeline_names_the_snapshots_of_every_change():
    engine = ReferenceEngine(
        series_of(
            (0, map_file(square(CONTESTED, EAST))),
            (1, map_file(square(OCCUPIED, EAST), square(CONTESTED, EAST))),
            (2, map_file(square(OCCUPIED, EAST))),
            (3, map_file()),
        )
    )
    rows = [(r.status, r.first, r.last) for r in engine.timeline_at(36.1, 48.05)]
    assert rows == [(Status.CONTESTED, 0, 1), (Status.OCCUPIED, 1, 3), (None, 3, 4)]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([OCCUPIED, SINCE_2014, CONTESTED, LIBERATED]),
            st.integers(0, 6),
            st.integers(0, 6),
            st.integers(1, 4),
        ),
        max_size=6,
    )
)
def test_the_partition_sums_to_the_union_and_does_not_overlap(areas):
    corners = [
        (fill, (36 + x / 50, 48 + y / 50, 36 + (x + size) / 50, 48 + (y + size) / 50))
        for fill, x, y, size in areas
    ]
    series = series_of((0, map_file(*(square(fill, c) for fill, c in corners))))
    ground = ReferenceEngine(series).ground(0)
    union = shapely.union_all([shapely.box(*c) for _, c in corners])
    assert sum(area_km2(g) for g in ground.values()) == pytest.approx(area_km2(union), abs=0.02)
    layers = list(ground.values())
    overlap = [a.intersection(b).area for i, a in enumerate(layers) for b in layers[:i]]
    assert max(overlap, default=0) < 1e-12


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 8), st.integers(1, 6)), min_size=2, max_size=5))
def test_entered_minus_left_is_growth(boxes):
    files = [
        (day, map_file(square(OCCUPIED, (36 + x / 50, 48.0, 36 + (x + w) / 50, 48.1))))
        for day, (x, w) in enumerate(boxes)
    ]
    engine = ReferenceEngine(series_of(*files))
    matrix = engine.matrix_km2(0, len(files) - 1)
    areas = engine.areas_km2()
    growth = (areas[-1] - areas[0])[column(Status.OCCUPIED)]
    occupied = column(Status.OCCUPIED)
    entered, left = matrix[:, occupied].sum(), matrix[occupied].sum()
    assert entered - left == pytest.approx(growth, abs=1e-4)


def test_the_panel_agrees_with_single_lookups():
    engine = ReferenceEngine(
        series_of(
            (0, map_file(square(CONTESTED, EAST), square(OCCUPIED, WEST))),
            (1, map_file(square(OCCUPIED, EAST))),
        )
    )
    points = np.array([[35.9, 48.05], [36.05, 48.05], [36.15, 48.05], [30.0, 50.0]])
    panel = engine.panel(points)
    for i, (lon, lat) in enumerate(points):
        for day in range(2):
            rows = np.flatnonzero((panel.point == i) & (panel.first <= day))
            found = panel.status[rows[-1]]
            status = engine.status_at(lon, lat, day)
            assert found == (column(status) if status else -1)


def test_a_point_that_no_shape_ever_holds_has_no_statement():
    engine = ReferenceEngine(series_of((0, map_file(square(OCCUPIED, EAST)))))
    assert [(r.status, r.first, r.last) for r in engine.timeline_at(30.0, 50.0)] == [(None, 0, 1)]
