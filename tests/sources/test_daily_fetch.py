"""Which daily files are asked for, and what becomes of each."""

from __future__ import annotations

import re
from datetime import date, timedelta
from importlib import resources
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.errors import FetchError
from contested.sources.deepstate_daily.fetch import (
    FIRST_FILE,
    MISSING,
    fetch_days,
    file_name,
    wanted_days,
)
from contested.sources.deepstate_daily.parse import snapshot_id
from contested.sources.download import Limits, Outcome, open_client
from loopback import Answer, Publisher, publishing

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMITS = Limits(attempts=2, timeout_s=1)
DAYS = (date(2025, 8, 1), date(2025, 8, 2), date(2025, 8, 3))
TODAY = date(2026, 1, 1)
NOTHING: frozenset[date] = frozenset()


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with publishing() as found:
        yield found


def test_the_name_of_a_file_is_read_back_as_the_map_of_the_day_before() -> None:
    assert file_name(date(2025, 11, 5)) == "deepstatemap_data_20251105.geojson"
    assert snapshot_id(b"", file_name(date(2025, 11, 5))).as_of == date(2025, 11, 4)


def test_nothing_before_the_first_file_is_asked_for() -> None:
    asked = wanted_days(date(2022, 1, 1), date(2024, 7, 10), today=TODAY, held=NOTHING)
    assert asked == (FIRST_FILE, date(2024, 7, 9), date(2024, 7, 10))


def test_days_known_to_have_no_file_are_not_asked_for() -> None:
    asked = wanted_days(FIRST_FILE, date(2025, 11, 30), today=TODAY, held=NOTHING)
    # 511 days from 2024-07-08 to 2025-11-30, six of them without a file.
    assert len(asked) == 505
    assert not MISSING & set(asked)


def test_held_files_are_left_out_but_for_the_newest_days() -> None:
    held = frozenset(date(2025, 8, 1) + timedelta(days=n) for n in range(10))
    asked = wanted_days(date(2025, 8, 1), date(2025, 8, 10), today=date(2025, 8, 10), held=held)
    assert asked == (date(2025, 8, 8), date(2025, 8, 9), date(2025, 8, 10))


def test_a_range_that_ended_long_ago_is_not_asked_for_again() -> None:
    held = frozenset(DAYS)
    assert wanted_days(DAYS[0], DAYS[2], today=TODAY, held=held) == ()


def test_days_ahead_have_no_file() -> None:
    assert wanted_days(DAYS[2], TODAY, today=DAYS[2], held=NOTHING) == (DAYS[2],)


def test_days_that_had_no_file_before_are_left_out() -> None:
    asked = wanted_days(DAYS[0], DAYS[2], today=TODAY, held=NOTHING, absent=frozenset({DAYS[1]}))
    assert asked == (DAYS[0], DAYS[2])


def test_an_empty_range() -> None:
    assert wanted_days(DAYS[1], DAYS[0], today=TODAY, held=NOTHING) == ()


@given(first=st.dates(date(2024, 1, 1), date(2025, 11, 2)), length=st.integers(0, 60))
def test_every_day_is_asked_for_once_and_in_order(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    asked = wanted_days(first, last, today=TODAY, held=NOTHING)
    assert list(asked) == sorted(set(asked))
    possible = {first + timedelta(days=n) for n in range(length + 1)}
    assert set(asked) == {day for day in possible if day >= FIRST_FILE} - MISSING


def test_the_readme_names_the_missing_files_that_the_code_knows() -> None:
    readme = resources.files("contested.sources.deepstate_daily").joinpath("README.md")
    line = next(
        line for line in readme.read_text(encoding="utf-8").splitlines() if "Missing:" in line
    )
    listed = re.findall(r"\d{4}-\d{2}-\d{2}", line.split("Missing:")[1])
    assert {date.fromisoformat(day) for day in listed} == MISSING


def test_each_file_in_turn_one_request_at_a_time(publisher: Publisher) -> None:
    for number, day in enumerate(DAYS):
        publisher.will("/" + file_name(day), Answer(200, f"map {number}".encode()))
    waits: list[float] = []
    with open_client(LIMITS) as client:
        found = list(
            fetch_days(
                client,
                publisher.url,
                DAYS,
                etags={},
                limits=LIMITS,
                pause_s=0.5,
                sleep=waits.append,
            )
        )
    assert [(one.day, one.content) for one in found] == [
        (DAYS[0], b"map 0"),
        (DAYS[1], b"map 1"),
        (DAYS[2], b"map 2"),
    ]
    assert publisher.most_at_once == 1
    assert waits == [0.5, 0.5]


def test_outcomes_fetched_unchanged_absent(publisher: Publisher) -> None:
    publisher.will("/" + file_name(DAYS[0]), Answer(304))
    publisher.will("/" + file_name(DAYS[1]), Answer(200, b"new", {"ETag": '"two"'}))
    with open_client(LIMITS) as client:
        found = list(
            fetch_days(
                client,
                publisher.url,
                DAYS,
                etags={file_name(DAYS[0]): '"one"'},
                limits=LIMITS,
                sleep=lambda _: None,
            )
        )
    assert [(one.outcome, one.content, one.etag) for one in found] == [
        (Outcome.UNCHANGED, b"", '"one"'),
        (Outcome.FETCHED, b"new", '"two"'),
        (Outcome.ABSENT, b"", None),
    ]


def test_what_came_before_an_error_is_kept(publisher: Publisher) -> None:
    publisher.will("/" + file_name(DAYS[0]), Answer(200, b"good"))
    publisher.will("/" + file_name(DAYS[1]), Answer(403))
    found = []
    with open_client(LIMITS) as client, pytest.raises(FetchError, match="403"):
        found.extend(
            one
            for one in fetch_days(
                client, publisher.url, DAYS, etags={}, limits=LIMITS, sleep=lambda _: None
            )
        )
    assert publisher.paths == ["/" + file_name(DAYS[0]), "/" + file_name(DAYS[1])]
