"""Answers name their map, keep gaps as gaps and say what is not held."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from contested.errors import NoMapError, NotHeldError, UsageError
from contested.history.measure import (
    area_series,
    areas_on,
    changes_between,
    not_held,
    point_timeline,
    status_on,
)
from contested.history.reference import ReferenceEngine
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

A, B = (36.0, 48.0, 36.1, 48.1), (36.1, 48.0, 36.2, 48.1)
JAN = [date(2023, 1, day) for day in range(1, 10)]


def square(fill, corners, name=""):
    return feature(fill, polygon(box(*corners, steps=8)), name)


@pytest.fixture
def engine():
    return ReferenceEngine(
        series_of(
            (0, map_file(square(SINCE_2014, A), square(CONTESTED, B, "Під питанням"))),
            (3, map_file(square(SINCE_2014, A), square(OCCUPIED, B, "Occupied"))),
        )
    )


def test_areas_on_a_day(engine):
    answer = areas_on(engine, JAN[3])
    km2 = rectangle_km2(*A)
    assert answer.areas_km2["occupied"] == pytest.approx(km2, abs=0.01)
    assert answer.areas_km2["controlled"] == pytest.approx(2 * km2, abs=0.02)
    assert answer.areas_km2["contested"] == 0
    assert answer.as_of == JAN[3]
    assert answer.snapshot == engine.series.snapshots[1].sha256
    assert answer.not_held == []


def test_a_day_without_a_map_has_no_areas(engine):
    with pytest.raises(NoMapError, match="2023-01-01 and 2023-01-04"):
        areas_on(engine, JAN[1])


def test_a_source_of_controlled_ground_holds_nothing_else():
    assert not_held({Status.CONTROLLED}) == [
        "occupied",
        "held_since_2014",
        "contested",
        "liberated",
        "ua_held_in_russia",
    ]


def test_a_series_keeps_its_gaps_empty(engine):
    rows = area_series(engine, JAN[0], JAN[4])
    assert [row.date for row in rows] == JAN[:5]
    assert [row.snapshot is not None for row in rows] == [True, False, False, True, False]
    assert set(rows[1].areas_km2.values()) == {None}
    assert rows[0].areas_km2["contested"] == pytest.approx(rectangle_km2(*B), abs=0.01)


def test_a_series_outside_what_is_held_is_refused(engine):
    with pytest.raises(NotHeldError, match="holds 2023-01-01 to 2023-01-04"):
        area_series(engine, date(2024, 1, 1), date(2024, 2, 1))
    with pytest.raises(UsageError, match="swap the dates"):
        area_series(engine, JAN[4], JAN[0])


def test_changes_count_controlled_ground_and_name_both_maps(engine):
    answer = changes_between(engine, JAN[1], JAN[8])
    assert (answer.from_day, answer.to_day) == (JAN[0], JAN[3])
    assert answer.gained_km2 == pytest.approx(rectangle_km2(*B), abs=0.01)
    assert answer.lost_km2 == 0
    (cell,) = answer.matrix
    assert msgspec.to_builtins(cell) == {
        "from": "contested",
        "to": "occupied",
        "km2": answer.gained_km2,
    }


def test_what_was_lost_is_counted_backwards(engine):
    forward = changes_between(engine, JAN[0], JAN[3])
    series = series_of(
        (0, map_file(square(SINCE_2014, A), square(OCCUPIED, B))),
        (1, map_file(square(SINCE_2014, A), square(CONTESTED, B))),
    )
    back = changes_between(ReferenceEngine(series), JAN[0], JAN[1])
    assert (back.gained_km2, back.lost_km2) == (0, forward.gained_km2)
    assert back.net_km2 == -forward.net_km2


def test_a_point_has_status_word_holder_and_territory(engine):
    answer = status_on(engine, 36.15, 48.05, JAN[0])
    assert (answer.status, answer.source_word) == ("contested", "Під питанням")
    assert (answer.holder, answer.territory) == ("unclear", "ukraine")
    nowhere = status_on(engine, 30.0, 50.0, JAN[0])
    assert (nowhere.status, nowhere.source_word, nowhere.holder) == (None, None, None)


def test_a_point_off_the_globe_is_refused(engine):
    with pytest.raises(UsageError, match="380 48 is not a longitude"):
        status_on(engine, 380, 48, JAN[0])


def test_a_timeline_is_in_map_days(engine):
    rows = msgspec.to_builtins(point_timeline(engine, 36.15, 48.05))
    assert [(r["status"], r["from"], r["to"], r["criterion"]) for r in rows] == [
        ("contested", "2023-01-01", "2023-01-04", "point"),
        ("occupied", "2023-01-04", None, "point"),
    ]


def test_changes_tell_edges_that_are_only_redrawn():
    """Five centimetres to the east: 32 edges are drawn anew, none of them is a change."""
    moved = (36.0 + 7e-7, 48.0, 36.1 + 7e-7, 48.1)
    engine = ReferenceEngine(
        series_of(*enumerate(map_file(square(OCCUPIED, c)) for c in (A, moved)))
    )
    answer = changes_between(engine, date(2023, 1, 1), date(2023, 1, 2))
    assert answer.edges.came == answer.edges.gone == answer.edges.redrawn == 32
    assert answer.net_km2 == 0
