"""The edge engine on small worlds: known answers, and the reference engine beside it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from contested.errors import ContestedError, InputError
from contested.history import built
from contested.history import engine as engine_module
from contested.history.engine import EdgeEngine
from contested.history.reference import ReferenceEngine
from contested.history.series import SeriesBuilder
from contested.records import (
    PARTITION_ORDER,
    Area,
    ControlMap,
    Holder,
    Shape,
    SnapshotId,
    Status,
    Territory,
)
from contested.sources.deepstate.parse import parse
from histories import a_history
from worlds import (
    CONTESTED,
    LIBERATED,
    OCCUPIED,
    SINCE_2014,
    START,
    box,
    feature,
    map_file,
    polygon,
    rectangle_km2,
    series_of,
)

EAST, WEST = (36.0, 48.0, 36.2, 48.1), (35.8, 48.0, 36.1, 48.1)
COLUMN = {status: number for number, status in enumerate(PARTITION_ORDER)}


def square(fill, corners, name=""):
    return feature(fill, polygon(box(*corners, steps=8)), name)


def both(*maps):
    series = series_of(*enumerate(maps))
    return EdgeEngine(series), ReferenceEngine(series)


def assert_same(edges, reference):
    """Every answer of the protocol, on every pair of snapshots and a grid of points.

    Areas agree to 100 m²: where an edge is cut, the reference measures geodesics between the
    cuts, which lie on the straight line in longitude and latitude, the edge engine the edge's own
    geodesic. Along a parallel the two enclose L³ tan φ / 12 R: 65 m² for the 1.65 km that an edge
    of these worlds can have.
    """
    number = len(reference.series)
    assert edges.areas_km2() == pytest.approx(reference.areas_km2(), abs=1e-4)
    for i in range(number):
        ours, theirs = edges.ground(i), reference.ground(i)
        wide = {s for s, g in theirs.items() if g.area > 1e-11}
        assert wide <= set(ours)
        for status in wide:
            assert shapely.is_valid(ours[status]), shapely.is_valid_reason(ours[status])
            assert ours[status].symmetric_difference(theirs[status]).area < 1e-11
        for j in range(number):
            off = ~np.eye(7, dtype=bool)
            ours_matrix, theirs_matrix = edges.matrix_km2(i, j), reference.matrix_km2(i, j)
            assert ours_matrix[off] == pytest.approx(theirs_matrix[off], abs=1e-4)


# known answers


def test_overlapping_statuses_are_partitioned_in_the_fixed_order():
    edges, _ = both(map_file(square(OCCUPIED, EAST), square(SINCE_2014, WEST)))
    areas = edges.areas_km2()[0]
    assert areas[COLUMN[Status.HELD_SINCE_2014]] == pytest.approx(rectangle_km2(*WEST), rel=1e-5)
    left = rectangle_km2(36.1, 48.0, 36.2, 48.1)
    assert areas[COLUMN[Status.OCCUPIED]] == pytest.approx(left, rel=1e-5)


def test_windings_are_counted_not_parity():
    """Two polygons of one status over each other: an even number is still covered."""
    edges, _ = both(map_file(square(OCCUPIED, EAST), square(OCCUPIED, EAST)))
    assert edges.areas_km2()[0].sum() == pytest.approx(rectangle_km2(*EAST), rel=1e-5)
    assert edges.status_at(36.1, 48.05, 0) is Status.OCCUPIED


def test_clockwise_rings_and_holes_are_normalised():
    outer, hole = box(*EAST), box(36.05, 48.02, 36.15, 48.08)
    drawn = [
        map_file(feature(OCCUPIED, polygon(a, b)))
        for a in (outer, outer[::-1])
        for b in (hole, hole[::-1])
    ]
    edges, _ = both(*drawn)
    expected = rectangle_km2(*EAST) - rectangle_km2(36.05, 48.02, 36.15, 48.08)
    for row in edges.areas_km2():
        assert row[COLUMN[Status.OCCUPIED]] == pytest.approx(expected, rel=1e-4)
    assert (edges.steps_km2()[1:] == 0).all()
    assert edges.status_at(36.1, 48.05, 0) is None


def test_an_island_inside_a_hole_is_ground_again():
    outer, hole, island = box(*EAST), box(36.05, 48.02, 36.15, 48.08), (36.08, 48.04, 36.12, 48.06)
    edges, _ = both(
        map_file(feature(OCCUPIED, polygon(outer, hole)), square(CONTESTED, island)),
        map_file(feature(OCCUPIED, polygon(outer, hole))),
    )
    assert edges.status_at(36.1, 48.05, 0) is Status.CONTESTED
    assert edges.status_at(36.1, 48.05, 1) is None
    (change,) = edges.changes(0, 1)
    assert (change.before, change.after) == (Status.CONTESTED, None)
    assert change.area_km2 == pytest.approx(rectangle_km2(*island), rel=1e-4)


def test_boundary_lengths_by_pair_of_statuses():
    """Two squares side by side: the line between them, and the rest round each."""
    edges, _ = both(map_file(square(OCCUPIED, EAST), square(SINCE_2014, (35.8, 48.0, 36.0, 48.1))))
    lengths = edges.lengths_km(0)
    shared = lengths[COLUMN[Status.HELD_SINCE_2014], COLUMN[Status.OCCUPIED]]
    assert shared == pytest.approx(11.1195, abs=1e-3)  # 0.1° of meridian at 48.05°N
    outside = lengths[COLUMN[Status.OCCUPIED], -1]
    assert outside == pytest.approx(11.1195 + 14.9231 + 14.8940, abs=0.01)
    assert (lengths == lengths.T).all()


def test_a_sliver_is_a_redraw_but_a_strip_is_change():
    base = (36.0, 48.0, 36.2, 48.1)
    sliver, strip = (36.0, 48.0, 36.200005, 48.1), (36.0, 48.0, 36.20002, 48.1)  # 0.4 m, 1.5 m
    edges, reference = both(
        *(map_file(feature(OCCUPIED, polygon(box(*b)))) for b in (base, sliver, strip))
    )
    assert edges.changes(0, 1) == reference.changes(0, 1) == []
    assert edges.matrix_km2(0, 1)[-1, COLUMN[Status.OCCUPIED]] > 0
    (change,) = edges.changes(0, 2)
    assert change.area_km2 == pytest.approx(reference.changes(0, 2)[0].area_km2, abs=1e-6)


def test_a_thin_triangle_of_long_edges_is_shown_by_its_own_width():
    """66 km round and 20 m high: its geodesics turn the other way, it is wide all the same."""
    thin = polygon([[34.3454119, 51.1580154], [34.6585522, 51.0007059], [34.7152202, 50.9720779],
                    [34.3454119, 51.1580154]])  # fmt: skip
    edges, reference = both(map_file(), map_file(feature(OCCUPIED, thin)))
    (ours,), (theirs,) = edges.changes(0, 1), reference.changes(0, 1)
    assert ours.area_km2 == pytest.approx(theirs.area_km2, rel=1e-3)
    assert ours.area_km2 == pytest.approx(0.054, abs=0.001)


def test_points_on_edges_belong_to_the_first_status_that_touches_them():
    edges, reference = both(
        map_file(square(OCCUPIED, EAST), square(CONTESTED, (35.8, 48.0, 36.0, 48.1))),
        map_file(square(CONTESTED, (35.8, 48.0, 36.0, 48.1))),
    )
    for lon, lat in [(36.0, 48.05), (36.0, 48.0), (36.2, 48.1), (35.8, 48.0), (36.1, 48.1)]:
        for index in range(2):
            assert edges.status_at(lon, lat, index) is reference.status_at(lon, lat, index)
        assert edges.timeline_at(lon, lat) == reference.timeline_at(lon, lat)


def test_timeline_of_a_point_that_changes_hands():
    edges, _ = both(
        map_file(square(LIBERATED, WEST)),
        map_file(square(OCCUPIED, EAST)),
        map_file(square(OCCUPIED, EAST), square(CONTESTED, WEST)),
        map_file(square(CONTESTED, WEST)),
    )
    found = [(i.status, i.first, i.last) for i in edges.timeline_at(36.05, 48.05)]
    assert found == [
        (Status.LIBERATED, 0, 1),
        (Status.OCCUPIED, 1, 3),
        (Status.CONTESTED, 3, 4),
    ]
    assert [i.status for i in edges.timeline_at(0.0, 0.0)] == [None]


def test_the_panel_is_the_single_lookups():
    edges, _ = both(map_file(square(LIBERATED, WEST)), map_file(square(OCCUPIED, EAST)))
    points = np.array([[36.05, 48.05], [35.9, 48.05], [36.15, 48.05], [30.0, 50.0]])
    panel = edges.panel(points)
    cells = np.full((2, 4), -1)
    for point, first, status in zip(panel.point, panel.first, panel.status, strict=True):
        cells[first:, point] = status
    for index in range(2):
        assert edges.statuses_at(points, np.full(4, index)).tolist() == cells[index].tolist()


def test_empty_maps_and_unknown_snapshots():
    edges, _ = both(map_file(), map_file(square(OCCUPIED, EAST)), map_file())
    assert edges.areas_km2()[[0, 2]].sum() == 0
    assert edges.ground(0) == {}
    assert edges.status_at(36.1, 48.05, 1) is Status.OCCUPIED
    with pytest.raises(InputError, match="snapshot 3 of a series of 3"):
        edges.ground(3)
    with pytest.raises(InputError, match="outside 0 to 2"):
        edges.statuses_at(np.array([[36.0, 48.0]]), np.array([3]))


def test_shapes_that_span_the_globe_are_refused_in_one_line():
    shape = Shape(b"x", ((np.array([[-179, 0], [179, 0], [0, 80], [-179, 0]], np.int32) * 10**7,),))
    series = series_of((0, map_file(square(OCCUPIED, EAST))))
    with pytest.raises(InputError, match="span 358° × 80°"):
        EdgeEngine(replace(series, shapes=(shape,))).build()


def test_edges_that_do_not_close_stop_the_build(monkeypatch):
    """The gate: one edge of one ring lost, and no figure is given at all."""
    original = built.directed_edges

    def one_lost(mesh, rings):
        mesh, edges, starts = original(mesh, rings)
        return mesh, edges[:-1], np.minimum(starts, starts[-1] - 1)

    monkeypatch.setattr(built, "directed_edges", one_lost)
    edges, _ = both(map_file(), map_file(square(OCCUPIED, EAST)))
    with pytest.raises(ContestedError, match="do not close"):
        edges.areas_km2()


# the reference engine beside it


@settings(max_examples=120, deadline=None)
@given(a_history())
def test_random_worlds_agree_with_the_reference(maps):
    edges, reference = both(*maps)
    edges.build()
    assert_same(edges, reference)


@settings(max_examples=60, deadline=None)
@given(a_history(), st.randoms(use_true_random=False))
def test_any_order_of_appending_gives_identical_figures(maps, random):
    """Bit for bit, whether built at once, appended in time, or appended in any order."""
    whole = EdgeEngine(series_of(*enumerate(maps)))
    parsed = [parse(content, f"{START + 86400 * i}.geojson") for i, content in enumerate(maps)]
    shuffled = parsed[:]
    random.shuffle(shuffled)
    for order in (parsed, shuffled):
        grown = EdgeEngine(SeriesBuilder("deepstate", whole.series.carries).build())
        grown.build()
        for control in order:
            grown.append(control)
        assert grown.series.snapshots == whole.series.snapshots
        for ours, theirs in zip(grown.figures[:3], whole.figures[:3], strict=True):
            assert (ours == theirs).all()
        points = np.random.default_rng(1).uniform([36, 48], [36.022, 48.022], (200, 2))
        ours, theirs = grown.panel(points), whole.panel(points)
        assert ours.point.tolist() == theirs.point.tolist()
        assert ours.first.tolist() == theirs.first.tolist()
        assert ours.status.tolist() == theirs.status.tolist()


@settings(max_examples=40, deadline=None)
@given(a_history())
def test_a_question_about_a_few_snapshots_gives_the_answer_of_the_whole(maps):
    """To 100 m²: where edges overlie each other, another one may measure the lens."""
    series = series_of(*enumerate(maps))
    whole = EdgeEngine(series)
    whole.build()
    for index in range(len(maps)):
        part = engine_module._part(series, (index,))
        assert np.abs(part.figures.areas[0] - whole.figures.areas[index]).max() <= 1_000_000


@settings(max_examples=40, deadline=None)
@given(
    a_history(slanted=False),
    st.lists(st.tuples(st.integers(0, 44), st.integers(0, 44)), max_size=30),
)
def test_lookups_agree_with_the_reference_even_on_edges(maps, points):
    """On upright edges: on slanted ones, GEOS sees the nearest doubles of the decimals."""
    edges, reference = both(*maps)
    if not points:
        return
    lonlat = np.array([(36 + x / 2000, 48 + y / 2000) for x, y in points]).round(7)
    ours, theirs = edges.panel(lonlat), reference.panel(lonlat)
    for column in ("point", "first", "status"):
        assert getattr(ours, column).tolist() == getattr(theirs, column).tolist()


def test_from_minus_to_is_the_change_of_area():
    edges, _ = both(map_file(square(CONTESTED, WEST)), map_file(square(OCCUPIED, EAST)))
    step = edges.steps_km2()[1]
    change = edges.areas_km2()[1] - edges.areas_km2()[0]
    assert step.sum(axis=0)[:-1] - step.sum(axis=1)[:-1] == pytest.approx(change, abs=1e-8)


def test_appending_what_is_held_changes_nothing():
    content = map_file(square(OCCUPIED, EAST))
    edges, _ = both(content)
    before = edges.series
    edges.append(parse(content, f"{START}.geojson"))
    assert edges.series is before


def test_a_map_from_before_takes_its_place_in_time():
    edges, _ = both(map_file(square(OCCUPIED, EAST)))
    edges.build()
    earlier = SnapshotId(
        "deepstate", "0" * 64, edges.series.snapshots[0].as_of, edges.series.snapshots[0].published
    )
    shape = edges.series.shapes[0]
    area = Area(Status.CONTESTED, "", Holder.UNCLEAR, Territory.UKRAINE, shape)
    edges.append(ControlMap(earlier, edges.series.carries, (area,)))
    assert [edges.status_at(36.1, 48.05, i) for i in range(2)] == [
        Status.CONTESTED,
        Status.OCCUPIED,
    ]


def test_whoever_waits_can_know_that_kernels_are_compiled():
    EdgeEngine(series_of((0, map_file()))).build()
    from pathlib import Path

    assert Path(engine_module.COMPILED_ONCE).is_file()


def test_without_a_place_for_compiled_code_the_engine_still_works():
    """Read-only site-packages and a read-only home: every process compiles for itself."""
    import subprocess
    import sys

    code = (
        "from numba.core.caching import CacheImpl as C, FunctionCache\n"
        "import numba.core.caching as c\n"
        "c.CodeLibraryCacheImpl._locator_classes = []\n"
        "C._locator_classes = []\n"
        "from contested.geo.compiled import cache_index, kernel\n"
        "add = kernel(lambda a: a + 1)\n"
        "print(add(1), cache_index(add))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "2 None", done.stderr


def test_importing_the_package_does_not_load_numba():
    import subprocess
    import sys

    code = "import sys, contested, contested.api, contested.cli.main; print('numba' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
