"""Days with a map, days without, and the map that speaks for a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.errors import NoMapError
from contested.history.calendar import MapCalendar
from contested.records import SnapshotId

FIRST = date(2023, 1, 1)


def snapshot(day: int, hour: int = 12) -> SnapshotId:
    when = datetime(2023, 1, 1, hour, tzinfo=UTC) + timedelta(days=day)
    return SnapshotId("deepstate", f"{day}-{hour}", when.date(), when)


def calendar(*days: int) -> MapCalendar:
    return MapCalendar("deepstate", [snapshot(day) for day in days])


def test_the_last_map_of_a_day_speaks_for_it():
    days = MapCalendar("deepstate", [snapshot(0, 8), snapshot(0, 20), snapshot(1)])
    assert days.on(FIRST) == 1


def test_a_day_without_a_map_names_the_nearest_on_both_sides():
    with pytest.raises(NoMapError, match="nearest maps are of 2023-01-02 and 2023-01-05"):
        calendar(1, 4).on(date(2023, 1, 3))


@pytest.mark.parametrize(
    ("day", "nearest"), [(date(2022, 1, 1), "2023-01-02"), (date(2024, 1, 1), "2023-01-05")]
)
def test_before_the_first_and_after_the_last_map_one_is_named(day, nearest):
    with pytest.raises(NoMapError, match=f"the nearest map is of {nearest}"):
        calendar(1, 4).on(day)


def test_ends_of_a_range_take_the_map_before():
    assert calendar(1, 4).at_or_before(date(2023, 1, 4)) == 0
    assert calendar(1, 4).at_or_before(date(2030, 1, 4)) == 1
    with pytest.raises(NoMapError, match="begins on 2023-01-02"):
        calendar(1, 4).at_or_before(FIRST)


def test_coverage_counts_maps_days_and_gaps():
    coverage = MapCalendar("deepstate", [snapshot(0, 8), snapshot(0, 9), snapshot(3)]).coverage()
    assert (coverage.first, coverage.last) == (FIRST, date(2023, 1, 4))
    assert (coverage.snapshots, coverage.days_with_map) == (3, 2)
    assert coverage.days_missing == (date(2023, 1, 2), date(2023, 1, 3))


def test_no_map_at_all_is_said():
    with pytest.raises(NoMapError, match="holds no map of deepstate"):
        MapCalendar("deepstate", [])


@given(st.sets(st.integers(0, 60), min_size=1))
def test_days_with_and_without_a_map_fill_the_span(days):
    coverage = calendar(*sorted(days)).coverage()
    span = (coverage.last - coverage.first).days + 1
    assert coverage.days_with_map + len(coverage.days_missing) == span
