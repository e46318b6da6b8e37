"""What changed between two maps of hand-made worlds, by settlement and in km²."""

from __future__ import annotations

from datetime import date

import pytest
import shapely
from hypothesis import given, settings

from contested.history.reference import ReferenceEngine
from contested.history.scope import whole_map, within
from contested.history.what_changed import map_faults, watch, what_changed
from contested.records import Place
from histories import a_history
from worlds import (
    CONTESTED,
    IN_RUSSIA,
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

BOXES = {name: (36 + i / 10, 48.0, 36.1 + i / 10, 48.1) for i, name in enumerate("ABCDE")}
PLACES = tuple(
    Place(f"test:{name}", f"{name}ville", west + 0.05, 48.05, "town", 1000 * (9 - i), "test, 2020",
          admin1="05")
    for i, (name, (west, *_)) in enumerate(BOXES.items())
)  # fmt: skip
ASKED = (date(2023, 1, 1), date(2023, 1, 9))


def square(fill, name):
    return feature(fill, polygon(box(*BOXES[name], steps=8)))


def a_map(**fills):
    return map_file(*(square(fill, name) for name, fill in fills.items()))


def answer(*days, before=0, after=-1, scope=None):
    engine = ReferenceEngine(series_of(*days))
    scope = scope or whole_map(PLACES)
    watched = watch(engine, scope.places, {"05": "Donetsk Oblast"})
    end = after % len(engine.series)
    return what_changed(engine, before, end, asked=ASKED, watched=watched, scope=scope)


def moves(found):
    return [(one.place, one.before, one.after, one.day.day) for one in found.settlements]


def test_settlements_by_class_largest_first_with_the_day_that_showed_it():
    found = answer(
        (0, a_map(A=CONTESTED, C=OCCUPIED, D=OCCUPIED)),
        (1, a_map(A=OCCUPIED, C=OCCUPIED, D=OCCUPIED)),
        (4, a_map(A=OCCUPIED, B=CONTESTED, D=LIBERATED)),
    )
    assert moves(found) == [
        ("Aville", "contested", "controlled", 2),
        ("Bville", "free", "contested", 5),
        ("Cville", "controlled", "free", 5),
        ("Dville", "controlled", "free", 5),
    ]
    assert found.settlements[0].oblast == "Donetsk Oblast"
    assert found.days_without_map == [date(2023, 1, 3), date(2023, 1, 4)]


def test_recolouring_is_no_change_of_control():
    found = answer((0, a_map(A=OCCUPIED, B=LIBERATED)), (1, a_map(A=SINCE_2014)))
    assert found.settlements == []
    assert (found.gained_km2, found.lost_km2) == (0, 0)
    assert {(cell.before, cell.after) for cell in found.matrix} == {
        ("occupied", "held_since_2014"),
        ("liberated", None),
    }


def test_square_kilometres_gained_and_lost():
    found = answer(
        (0, a_map(A=CONTESTED, B=OCCUPIED, C=OCCUPIED)),
        (1, a_map(A=OCCUPIED, B=OCCUPIED, D=CONTESTED, E=IN_RUSSIA)),
    )
    km2 = rectangle_km2(*BOXES["A"])
    assert found.gained_km2 == pytest.approx(km2, abs=0.02)
    assert found.lost_km2 == pytest.approx(km2, abs=0.02)
    assert found.net_km2 == pytest.approx(0, abs=0.02)
    assert found.contested_gained_km2 == pytest.approx(km2, abs=0.02)
    assert found.contested_lost_km2 == pytest.approx(km2, abs=0.02)


def test_a_place_that_changed_and_changed_back_is_a_flip():
    found = answer(
        (0, a_map(B=OCCUPIED)), (1, a_map(A=CONTESTED, B=OCCUPIED)), (2, a_map(B=OCCUPIED))
    )
    assert found.settlements == []
    (flip,) = found.flips
    assert (flip.place, flip.status) == ("Aville", "free")
    assert [(one.day.day, one.status) for one in flip.shown] == [(2, "contested"), (3, "free")]


def test_only_what_lies_in_the_scope_counts():
    west, south, east, north = BOXES["A"]
    half = shapely.box(west, south, (west + east) / 2, north)
    scope = within("the half", half, PLACES)
    found = answer((0, a_map()), (1, a_map(A=OCCUPIED, B=OCCUPIED)), scope=scope)
    assert found.gained_km2 == pytest.approx(rectangle_km2(*BOXES["A"]) / 2, abs=0.02)
    assert [one.place for one in found.settlements] == ["Aville"]
    assert found.parameters["cut_by"] == "the boundaries given"
    assert found.scope == "in the half"


def test_no_change_at_all():
    found = answer((0, a_map(A=OCCUPIED)), (1, a_map(A=OCCUPIED)))
    assert (found.matrix, found.settlements, found.flips) == ([], [], [])


def far(*fills_and_widths):
    """Squares large enough for a step of hundreds of km²."""
    return map_file(
        *(feature(fill, polygon(box(35, 48, 35 + width, 49, steps=8)))
          for fill, width in fills_and_widths)
    )  # fmt: skip


def faults(*widths, before, after):
    engine = ReferenceEngine(series_of(*((i, far((OCCUPIED, w))) for i, w in enumerate(widths))))
    return [
        (one.day.day, round(one.step_km2), one.taken_back_km2)
        for one in map_faults(engine, before, after)
    ]


STEP = round(rectangle_km2(35, 48, 35.05, 49))


def test_a_step_that_the_next_map_takes_back_is_a_probable_fault():
    ((day, step, back),) = faults(0.5, 0.55, 0.5, before=0, after=2)
    assert (day, step) == (2, pytest.approx(STEP, abs=1))
    assert back == pytest.approx(STEP, abs=1)


def test_the_map_after_the_last_one_tells_a_fault():
    ((day, _, back),) = faults(0.5, 0.55, 0.5, before=0, after=1)
    assert (day, back) == (2, pytest.approx(STEP, abs=1))


def test_taking_back_the_fault_of_the_first_map_is_named():
    ((day, _, _),) = faults(0.5, 0.55, 0.5, before=1, after=2)
    assert day == 2


def test_a_large_step_with_the_newest_map_cannot_be_judged_yet():
    assert faults(0.5, 0.55, before=0, after=1) == [(2, pytest.approx(STEP, abs=1), None)]


def test_a_step_that_stays_is_none():
    assert faults(0.5, 0.55, 0.551, before=0, after=2) == []


@given(a_history(slanted=False))
@settings(deadline=None, max_examples=30)
def test_gained_less_lost_is_the_growth_of_controlled_ground(maps):
    engine = ReferenceEngine(series_of(*enumerate(maps)))
    scope = whole_map(PLACES)
    watched = watch(engine, PLACES, {})
    last = len(maps) - 1
    found = what_changed(engine, 0, last, asked=ASKED, watched=watched, scope=scope)
    areas = engine.areas_km2()[:, [0, 1, 5]].sum(axis=1)
    assert found.net_km2 == pytest.approx(areas[last] - areas[0], abs=0.1)
    assert {one.place_id for one in found.settlements}.isdisjoint(
        one.place_id for one in found.flips
    )


def test_a_map_that_only_draws_outlines_anew_is_named():
    west, south, east, north = BOXES["A"]
    rings = [
        [[round(x + nudge, 7), y] for x, y in box(west, south, east, north, steps=8)]
        for nudge in (0.0, 7e-6, 7e-6)
    ]
    series = series_of(*enumerate(map_file(feature(OCCUPIED, polygon(ring))) for ring in rings))
    engine = ReferenceEngine(series)
    watched, scope = watch(engine, PLACES, {}), whole_map(PLACES)
    found = what_changed(engine, 0, 2, asked=ASKED, watched=watched, scope=scope)
    (redraw,) = found.redraws
    assert (redraw.day, redraw.came, redraw.redrawn) == (date(2023, 1, 2), 32, 32)
    assert found.gained_km2 == pytest.approx(0, abs=0.01)
