import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from contested.geo.geojson import as_shapely
from contested.geo.project import LAMBERT, points_to_plane
from contested.history.local import LocalGround, LocalSeries
from contested.history.measure import CONTROLLED
from contested.records import Status
from worlds import (
    CONTESTED,
    OCCUPIED,
    SINCE_2014,
    box,
    feature,
    map_file,
    polygon,
    rectangle_km2,
    series_of,
)

WINDOW = (37.0, 48.0, 37.2, 48.2)


def ground(*boxes, fill=OCCUPIED):
    return [feature(fill, polygon(box(*one, steps=5))) for one in boxes]


def runs(*days):
    series = series_of(*[(n, map_file(*features)) for n, features in enumerate(days)])
    return list(LocalSeries(series, CONTROLLED).runs(WINDOW))


FAR = (35.0, 47.0, 35.5, 47.5)
EAST = (37.1, 47.0, 39.0, 49.0)
AROUND = (36.0, 47.0, 39.0, 49.0)


def test_changes_far_away_do_not_begin_a_run():
    found = runs(ground(EAST), ground(EAST, FAR), ground(EAST))
    assert [(run.first, run.last) for run in found] == [(0, 3)]
    assert found[0].ground.equals(shapely.box(37.1, 48.0, 37.2, 48.2))


def test_changes_in_the_window_do():
    found = runs(ground(EAST), ground(EAST, (37.0, 48.0, 37.05, 48.05)), ground(EAST))
    assert [(run.first, run.last) for run in found] == [(0, 1), (1, 2), (2, 3)]
    assert found[1].ground.area > found[0].ground.area


def test_ground_that_swallows_the_window_without_an_edge_in_it():
    found = runs(ground(FAR), ground(AROUND))
    assert [run.ground.area for run in found] == pytest.approx([0, 0.04])


def test_the_same_edge_with_the_ground_on_its_other_side():
    """A ring drawn the other way round has the same edge in the window, bytes and all."""
    east, west = (37.1, 47.0, 39.0, 49.0), (35.0, 47.0, 37.1, 49.0)
    turned = feature(OCCUPIED, polygon(box(*west)[::-1]))
    found = runs([feature(OCCUPIED, polygon(box(*east)))], [turned])
    assert [run.ground.bounds[0] for run in found] == pytest.approx([37.1, 37.0])


def test_statuses_are_united():
    both = [*ground((37.0, 48.0, 37.1, 48.2)), *ground((37.1, 48.0, 37.2, 48.2), fill=SINCE_2014)]
    (run,) = runs(both)
    assert run.ground.equals(shapely.box(*WINDOW))


def test_other_statuses_are_left_out():
    series = series_of((0, map_file(*ground(AROUND, fill=CONTESTED))))
    assert LocalSeries(series, CONTROLLED).at(0, WINDOW).is_empty
    assert not LocalSeries(series, [Status.CONTESTED]).at(0, WINDOW).is_empty


def test_a_status_that_never_occurs():
    series = series_of((0, map_file(*ground(AROUND))))
    (run,) = LocalSeries(series, [Status.LIBERATED]).runs(WINDOW)
    assert run.ground.is_empty


def test_only_some_maps():
    series = series_of(
        *[(n, map_file(*ground((37.0, 48.0, 37.1 + n / 100, 48.2)))) for n in range(5)]
    )
    found = list(LocalSeries(series, CONTROLLED).runs(WINDOW, first=2, last=4))
    assert [(run.first, run.last) for run in found] == [(2, 3), (3, 4)]


BOX = st.tuples(
    st.floats(36.5, 37.3), st.floats(47.6, 48.3), st.floats(0.02, 0.6), st.floats(0.02, 0.6)
)


@settings(max_examples=40, deadline=None)
@given(st.lists(BOX, min_size=1, max_size=5))
def test_ground_is_what_the_whole_map_has_in_the_window(boxes):
    drawn = [(x, y, x + w, y + h) for x, y, w, h in boxes]
    series = series_of(*[(n, map_file(*ground(one))) for n, one in enumerate(drawn)])
    frame = shapely.box(*WINDOW)
    for run in LocalSeries(series, CONTROLLED).runs(WINDOW):
        for index in range(run.first, run.last):
            shape = next(series.areas(index))[0]
            whole = shapely.union_all([as_shapely(p) for p in shape.polygons])
            # In degrees: geodesic areas depend on how many vertices a long edge has.
            expected = shapely.intersection(whole, frame)
            assert run.ground.symmetric_difference(expected).area < 1e-9


def test_ground_near_a_place_map_by_map():
    near, far = (37.0, 48.0, 37.1, 48.1), (39.5, 47.0, 40.0, 47.5)
    series = series_of(
        *[(n, map_file(*ground(*one))) for n, one in enumerate([(near,), (near, far), (far,)])]
    )
    local = LocalGround(series, 37.05, 48.05, within_km=10)
    assert local.key(0) == local.key(1) != local.key(2)
    inside = shapely.Point(points_to_plane(np.array([[37.05, 48.05]]), LAMBERT)[0])
    assert [local.on(index).contains(inside) for index in range(3)] == [True, True, False]
    assert local.on(1).area == pytest.approx(rectangle_km2(*near) * 1e6, rel=0.01)


def test_narrowed_to_some_maps_and_windows_it_gives_the_same():
    days = [ground(EAST), ground(EAST, FAR), ground((37.15, 47.0, 39.0, 49.0)), ground(AROUND)]
    series = series_of(*[(n, map_file(*features)) for n, features in enumerate(days)])
    whole = [(r.first, r.last, r.ground) for r in LocalSeries(series, CONTROLLED).runs(WINDOW, 1)]
    local = LocalSeries(series, CONTROLLED, first=1, within=(36.9, 47.9, 37.3, 48.3))
    narrow = [(run.first, run.last, run.ground) for run in local.runs(WINDOW, 1)]
    assert [one[:2] for one in narrow] == [one[:2] for one in whole] == [(1, 2), (2, 3), (3, 4)]
    assert all(a[2].equals(b[2]) for a, b in zip(narrow, whole, strict=True))
