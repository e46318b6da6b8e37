"""Redraws told from changes: vertices within a metre of live ones."""

from __future__ import annotations

import dataclasses

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from contested.history.engine import EdgeEngine
from contested.history.redraws import EdgeStep, StepMarks, edge_step, step_marks
from contested.history.reference import ReferenceEngine
from contested.sources.deepstate.parse import parse
from worlds import CONTESTED, OCCUPIED, box, feature, file_name, map_file, polygon, series_of


def steps_of(*rings, fill=OCCUPIED):
    return series_of(*enumerate(map_file(feature(fill, polygon(ring))) for ring in rings))


def shifted(ring, east):
    return [[round(x + east, 7), y] for x, y in ring]


SQUARE = box(36.0, 48.0, 36.1, 48.1, steps=4)


def test_an_outline_rewritten_by_half_a_metre_is_redrawn():
    series = steps_of(SQUARE, shifted(SQUARE, 7e-6))
    step = edge_step(series, 0, 1)
    assert step == EdgeStep(came=16, gone=16, redrawn=16)
    assert step.is_redraw


def test_two_metres_are_a_change():
    step = edge_step(steps_of(SQUARE, shifted(SQUARE, 3e-5)), 0, 1)
    assert step == EdgeStep(came=16, gone=16, redrawn=0)
    assert not step.is_redraw


def test_one_vertex_moved_and_one_redrawn():
    moved = [list(p) for p in SQUARE]
    moved[2] = [moved[2][0], round(moved[2][1] - 0.01, 7)]
    moved[9] = [round(moved[9][0] + 5e-6, 7), moved[9][1]]
    step = edge_step(steps_of(SQUARE, moved), 0, 1)
    assert step == EdgeStep(came=4, gone=4, redrawn=2)


def test_nothing_new_is_no_redraw():
    assert edge_step(steps_of(SQUARE, SQUARE), 0, 1) == EdgeStep(0, 0, 0)
    assert not edge_step(steps_of(SQUARE, SQUARE), 0, 1).is_redraw


def test_another_status_at_the_same_place_is_a_change():
    series = series_of(
        (0, map_file(feature(OCCUPIED, polygon(SQUARE)))),
        (1, map_file(feature(CONTESTED, polygon(SQUARE)))),
    )
    assert edge_step(series, 0, 1) == EdgeStep(came=16, gone=16, redrawn=0)


def test_a_mark_for_every_step():
    """Drawn, drawn anew within a metre, moved by two, recoloured, as it was."""
    nudged, moved = shifted(SQUARE, 7e-6), shifted(SQUARE, 3e-5)
    series = series_of(
        *enumerate(
            map_file(feature(fill, polygon(ring)))
            for fill, ring in [
                (OCCUPIED, SQUARE), (OCCUPIED, nudged), (OCCUPIED, moved), (CONTESTED, moved),
                (CONTESTED, moved),
            ]
        )
    )  # fmt: skip
    marks = [step_marks(series, index) for index in range(5)]
    assert marks == [
        StepMarks(16, 0, 0, 0), StepMarks(16, 16, 16, 0), StepMarks(16, 16, 0, 0),
        StepMarks(0, 0, 0, 16), StepMarks(0, 0, 0, 0),
    ]  # fmt: skip
    assert not any(mark.is_redraw for mark in marks)  # fewer than 20 edges
    assert dataclasses.replace(marks[1], came=20, redrawn=10).is_redraw


def test_a_border_between_two_parts_of_one_status_is_no_outline():
    west, east = box(36.0, 48.0, 36.1, 48.1, steps=4), box(36.1, 48.0, 36.2, 48.1, steps=4)
    series = series_of(
        (0, map_file(feature(OCCUPIED, polygon(west)))),
        (1, map_file(feature(OCCUPIED, polygon(west)), feature(OCCUPIED, polygon(east)))),
    )
    # Four edges are inside now; what the whole box added is counted.
    assert step_marks(series, 1) == StepMarks(came=12, gone=4, redrawn=0, recoloured=0)


_DRAWN = st.tuples(
    st.sampled_from([OCCUPIED, CONTESTED]), st.integers(0, 3), st.sampled_from([0, 4, 8, 40])
)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.lists(_DRAWN, max_size=4), min_size=2, max_size=6))
def test_the_history_marks_its_events_as_two_maps_would(maps):
    """Boxes beside and over each other, nudged by less than a metre or more; and appended to."""
    files = [
        map_file(*[
            feature(fill, polygon([
                [round(x + nudge * 1e-7, 7), y]
                for x, y in box(36 + at / 10, 48.0, 36.15 + at / 10, 48.1, steps=4)
            ]))
            for fill, at, nudge in drawn
        ])
        for drawn in maps
    ]  # fmt: skip
    series = series_of(*enumerate(files))
    last = len(series) - 1
    expected = ReferenceEngine(series).edge_marks(0, last)
    assert expected.tolist() == [
        list(dataclasses.astuple(step_marks(series, index))) for index in range(last + 1)
    ]
    engine = EdgeEngine(series)
    assert np.array_equal(engine.edge_marks(0, last), expected)
    assert np.array_equal(engine.edge_marks(last, last), expected[last:])


def test_marks_go_on_after_an_append():
    rings = [SQUARE, shifted(SQUARE, 7e-6), shifted(SQUARE, 3e-5)]
    files = [map_file(feature(OCCUPIED, polygon(ring))) for ring in rings]
    grown = EdgeEngine(series_of(*enumerate(files[:2])))
    assert grown.edge_marks(0, 1).tolist() == [[16, 0, 0, 0], [16, 16, 16, 0]]
    grown.append(parse(files[2], file_name(2)))
    assert grown.edge_marks(2, 2).tolist() == [[16, 16, 0, 0]]
    assert len(grown.edge_marks(0, 2)) == 3


def test_an_edge_that_turns_over_while_redrawn():
    """A corner of an upright side moves east: the side's other end now comes first."""
    nudged = [list(p) for p in SQUARE]
    corner = nudged.index([36.0, 48.0])
    nudged[corner] = [36.0000004, 48.0]
    if corner == 0:
        nudged[-1] = nudged[0]
    series = steps_of(SQUARE, nudged)
    assert step_marks(series, 1) == StepMarks(came=2, gone=2, redrawn=2, recoloured=0)
    assert EdgeEngine(series).edge_marks(1, 1).tolist() == [[2, 2, 2, 0]]
