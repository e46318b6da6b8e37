"""The edge engine on the real series, beside the reference engine and the check figures."""

from __future__ import annotations

import numpy as np
import pytest

from contested.geo.numbers import FAST
from contested.history.engine import EdgeEngine
from contested.history.pack import pack, unpack
from contested.history.redraws import edge_step
from contested.history.reference import ReferenceEngine
from contested.history.series import SeriesBuilder, first_difference
from contested.records import PARTITION_ORDER
from contested.sources.deepstate.parse import CARRIES, Memo, parse
from real_series import FULL, members

pytestmark = pytest.mark.real

OFF = ~np.eye(7, dtype=bool)


@pytest.fixture(scope="module")
def series():
    """Read the fast way; `test_the_fast_reading_is_the_general_one` says that it is the same."""
    memo = Memo()
    memo.geometries.fast = FAST
    builder = SeriesBuilder("deepstate", CARRIES)
    for name, content in members(FULL):
        builder.add(parse(content, name, memo))
    return builder.build()


@pytest.fixture(scope="module")
def edges(series):
    engine = EdgeEngine(series)
    engine.build()
    return engine


@pytest.fixture(scope="module")
def reference(series):
    return ReferenceEngine(series)


def test_the_fast_reading_is_the_general_one(series):
    for number, (name, content) in enumerate(members(FULL)):
        if number % 90 == 0:
            general = parse(content, name)
            index = series.snapshots.index(general.snapshot)
            held = [(s.key, status, word) for s, status, word in series.areas(index)]
            assert held == [(a.shape.key, a.status, a.source_word) for a in general.areas]


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (1754251105, {"occupied": 70346.66, "held_since_2014": 43982.57, "contested": 1044.75}),
        (1675299936, {"contested": 418.17, "occupied": 65000.22}),
        (1648989208, {"occupied": 63867.79, "contested": 5599.50}),
    ],
)
def test_areas_of_the_check_snapshots(edges, published, expected):
    times = [int(s.published.timestamp()) for s in edges.series.snapshots]
    areas = edges.areas_km2([times.index(published)])[0]
    found = dict(zip((s.value for s in PARTITION_ORDER), areas, strict=True))
    assert {name: found[name] for name in expected} == pytest.approx(expected, abs=0.15)


def test_areas_of_27_snapshots_are_those_of_the_reference(edges, reference):
    chosen = np.linspace(0, len(edges.series) - 1, 27).astype(int).tolist()
    assert edges.areas_km2(chosen) == pytest.approx(reference.areas_km2(chosen), abs=0.15)


@pytest.mark.parametrize("step", [10, 200, 383, 500, 800, 1100, 1300])
def test_changes_are_those_of_the_reference(edges, reference, step):
    ours = {(c.before, c.after): c for c in edges.changes(step - 1, step)}
    theirs = {(c.before, c.after): c for c in reference.changes(step - 1, step)}
    total = sum(c.area_km2 for c in theirs.values())
    assert sum(c.area_km2 for c in ours.values()) == pytest.approx(total, abs=0.03)
    for pair, change in theirs.items():
        if change.area_km2 > 0.01:
            difference = ours[pair].geometry.symmetric_difference(change.geometry)
            assert difference.area * 8200 < 0.01  # km² in a square degree at 48°N
    assert edges.matrix_km2(step - 1, step)[OFF] == pytest.approx(
        reference.matrix_km2(step - 1, step)[OFF], abs=0.03
    )


def test_no_panel_cell_differs_on_12_snapshots(edges, reference):
    points = np.random.default_rng(5).uniform([30.0, 45.0], [40.3, 52.4], (30_000, 2)).round(5)
    chosen = np.linspace(0, len(edges.series) - 1, 12).astype(int).tolist()
    inside = reference._shapes_over_points(points)
    wrong = 0
    for index in chosen:
        ours = edges.statuses_at(points, np.full(len(points), index))
        wrong += int((ours != reference._cells(index, inside, len(points))).sum())
    assert wrong == 0


def test_no_lookup_of_two_million_differs_from_the_panel(edges):
    rng = np.random.default_rng(6)
    places = rng.uniform([33.0, 46.0], [39.0, 51.0], (2000, 2)).round(5)
    panel = edges.panel(places)
    cells = np.empty((len(edges.series), len(places)), dtype=np.int8)
    for point, first, status in zip(panel.point, panel.first, panel.status, strict=True):
        cells[first:, point] = status
    which = rng.integers(0, len(places), 2_000_000)
    days = rng.integers(0, len(edges.series), 2_000_000)
    assert (edges.statuses_at(places[which], days) != cells[days, which]).sum() == 0


def test_boundary_lengths_are_those_of_a_union(edges, reference):
    from contested.geo.measure import length_km

    held, others = [0, 1], [2, 3, 4, 6]
    for index in (100, 700, 1358):
        rows = edges.series.rows(index)
        chosen = edges.series.shape_of[rows][edges.series.status_of[rows] <= 1]
        expected = length_km(reference._union(chosen.tolist()).boundary)
        found = edges.lengths_km(index)[np.ix_(held, others)].sum()
        assert found == pytest.approx(expected, rel=5e-4)


def test_every_figure_balances(edges):
    """What moves from one status to another is what each gains or loses, to the square cm."""
    figures = edges.figures
    gain = figures.moves.sum(axis=1) - figures.moves.sum(axis=2)
    assert (np.cumsum(gain, axis=0) == figures.areas).all()


def test_appending_gives_what_a_rebuild_gives(edges, series):
    last = 20
    grown = EdgeEngine(_until(series, len(series) - last))
    grown.build()
    for control in _maps(series, range(len(series) - last, len(series))):
        grown.append(control)
    for ours, theirs in zip(grown.figures[:3], edges.figures[:3], strict=True):
        assert (ours == theirs).all()


def _maps(series, indices):
    from contested.records import Area, ControlMap, Holder, Territory

    for index in indices:
        areas = tuple(
            Area(status, word, Holder.UNCLEAR, Territory.UKRAINE, shape)
            for shape, status, word in series.areas(index)
        )
        yield ControlMap(series.snapshots[index], series.carries, areas)


def _until(series, size):
    builder = SeriesBuilder(series.source, series.carries)
    for control in _maps(series, range(size)):
        builder.add(control)
    return builder.build()


def test_the_pack_is_lossless_and_small(series):
    packed = pack(series)
    assert len(packed) <= 600_000
    assert first_difference(unpack(packed), series) is None


def test_the_great_rewrite_of_april_2023_is_a_redraw(series):
    days = [s.as_of.isoformat() for s in series.snapshots]
    step = edge_step(series, days.index("2023-04-20") - 1, days.index("2023-04-20"))
    assert step.came > 1000
    assert step.redrawn > 0.5 * step.came
