"""Times against the day of publication, 6 November 2025, a Thursday."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.claims.lexicon import load
from contested.claims.times import UNRESOLVED, times
from contested.claims.tokens import sentences
from handplaces import PUBLISHED

LEXICON = load()
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def read(text, published=PUBLISHED):
    return [
        t
        for sentence in sentences(text, 0, len(text), paragraph=1, lexicon=LEXICON)
        for t in times(sentence, published, LEXICON)
    ]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("It fell on Monday.", "2025-11-03", "2025-11-03"),
        ("It fell on Thursday.", "2025-11-06", "2025-11-06"),
        ("It fell last Thursday.", "2025-10-30", "2025-10-30"),
        ("It fell in the last few days.", "2025-11-02", "2025-11-06"),
        ("It fell late last month.", "2025-10-21", "2025-10-31"),
        ("It fell in early August.", "2025-08-01", "2025-08-10"),
        ("It fell by late September.", "2025-09-21", "2025-09-30"),
        ("It fell on 15 October.", "2025-10-15", "2025-10-15"),
        ("It was hit on 20 December.", "2024-12-20", "2024-12-20"),
        ("It was hit between 28 October and 3 November.", "2025-10-28", "2025-11-03"),
        ("It was hit on Nov. 3 and 4.", "2025-11-03", "2025-11-04"),
        ("It burned on the night of Nov. 3 to 4.", "2025-11-03", "2025-11-04"),
        ("It will fall by February.", "2025-11-06", "2026-02-28"),
        ("They plan to reopen it by Saturday.", "2025-11-06", "2025-11-08"),
        ("The money will end in October.", "2026-10-01", "2026-10-31"),
        ("It fell in mid-June.", "2025-06-11", "2025-06-20"),
        ("It has been held since 2014.", "2014-01-01", "2025-11-06"),
        ("It will be hard in winter.", "2025-12-01", "2026-02-28"),
        ("They lost over the past year.", "2024-11-06", "2025-11-06"),
        ("It fell in May 2023.", "2023-05-01", "2023-05-31"),
        ("It fell on Aug. 15.", "2025-08-15", "2025-08-15"),
        ("It fell on 15 August 2024.", "2024-08-15", "2024-08-15"),
        ("It fell in December.", "2024-12-01", "2024-12-31"),
        ("It fell over the past 24 hours.", "2025-11-05", "2025-11-06"),
        ("It fell two weeks ago.", "2025-10-23", "2025-10-23"),
        ("It may fall in the coming weeks.", "2025-11-06", "2025-12-11"),
        ("Their prewar home is gone.", "2022-01-01", "2022-02-23"),
        ("It was the worst since World War II.", "1945-09-02", "2025-11-06"),
    ],
)
def test_a_time(text, first, last):
    found = read(text)[-1]
    assert (found.first, found.last) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "text", ["It may fall.", "May they live.", "They march on.", "A long fall."]
)
def test_no_time(text):
    assert read(text) == []


@pytest.mark.parametrize(
    "text", ["It fell on Monday.", "It fell in early August.", "It fell today."]
)
def test_without_publication_relative_dates_stay_open(text):
    found = read(text, None)[0]
    assert (found.first, found.last, found.basis) == (None, None, UNRESOLVED)


def test_without_publication_full_dates_are_read():
    assert read("It fell on 15 August 2024.", None)[0].first == date(2024, 8, 15)


@given(st.dates(date(2014, 1, 1), date(2026, 12, 31)), st.sampled_from(DAYS))
def test_a_weekday_is_the_last_one_begun(published, day):
    found = read(f"It fell on {day}.", published)[0]
    assert 0 <= (published - found.first).days <= 6
    assert found.first.strftime("%A") == day


@given(st.dates(date(2014, 3, 1), date(2026, 12, 31)))
def test_early_and_late_are_ten_days_of_one_month(published):
    early = read("It fell in early March.", published)[0]
    late = read("It fell in late March.", published)[0]
    assert early.first <= published
    assert (early.last - early.first).days == 9
    assert late.last.month == early.first.month == 3


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("It was hit last night.", "2025-11-05", "2025-11-06"),
        ("It was hit this morning.", "2025-11-06", "2025-11-06"),
        ("It was hit over the weekend.", "2025-11-01", "2025-11-02"),
        ("It was hit earlier this month.", "2025-11-01", "2025-11-06"),
        ("It was hit at the end of last month.", "2025-10-21", "2025-10-31"),
        ("It was hit at the start of August.", "2025-08-01", "2025-08-10"),
        ("They lost it in seven days.", "2025-10-30", "2025-11-06"),
        ("It has had no water for two weeks.", "2025-10-23", "2025-11-06"),
        ("They will leave it within two weeks.", "2025-11-06", "2025-11-20"),
        ("It was hit two weeks earlier.", "2025-10-23", "2025-10-23"),
        ("It was hit the day before.", "2025-11-05", "2025-11-05"),
        ("It was hit in the previous month.", "2025-10-01", "2025-10-31"),
        ("It fell on 26 January and, two days later, burned.", "2025-01-26", "2025-01-26"),
        ("It was hit on 3–9 August.", "2025-08-03", "2025-08-09"),
        ("It was hit between June and August.", "2025-06-01", "2025-08-31"),
        ("It was hit on 11.08.2025.", "2025-08-11", "2025-08-11"),
        ("It was hit on 2025-08-11.", "2025-08-11", "2025-08-11"),
        ("It was hit in early autumn.", "2025-09-01", "2025-10-01"),
        ("It has been shelled since the spring.", "2025-03-01", "2025-11-06"),
        ("It had 900 houses prior to the invasion.", "2022-01-01", "2022-02-23"),
        ("It has burned since the start of its full-scale invasion.", "2022-02-24", "2025-11-06"),
    ],
)  # fmt: skip
def test_times_told_from_another_day(text, first, last):
    found = read(text)[0]
    assert (str(found.first), str(found.last)) == (first, last)


def test_days_later_count_from_the_day_named_before():
    found = read("It fell on 26 January and burned two days later.")
    assert [str(t.first) for t in found] == ["2025-01-26", "2025-01-28"]


def test_without_a_dateline_they_stay_unresolved():
    for text in ("It was hit last night.", "It fell in seven days.", "It fell a week earlier."):
        found = read(text, published=None)
        assert [t.basis for t in found] == [UNRESOLVED]


def test_before_that_opens_a_clause_is_no_distance_in_time():
    assert not read("They held it six months before it was freed.")
