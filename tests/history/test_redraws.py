"""Redraws told from changes: vertices within a metre of live ones."""

from __future__ import annotations

from contested.history.redraws import EdgeStep, edge_step
from worlds import CONTESTED, OCCUPIED, box, feature, map_file, polygon, series_of


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
