"""Numbers, ranges, comparators and units."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.claims.lexicon import load
from contested.claims.numbers import number_at
from contested.claims.quantities import COMPARATORS, quantities, to_si
from contested.claims.tokens import sentences, tokenise

LEXICON = load()


def read(text):
    return [
        q
        for sentence in sentences(text, 0, len(text), paragraph=1, lexicon=LEXICON)
        for q in quantities(sentence, LEXICON)
    ]


@pytest.mark.parametrize(
    ("text", "value", "high", "unit", "comparator"),
    [
        ("The bridge is almost 40 miles away.", 40, None, "mile", "almost"),
        ("They walked six and a half kilometres.", 6.5, None, "km", "exactly"),
        ("The strip is 3 to 5 km wide.", 3, 5, "km", "exactly"),
        ("Nearly two-thirds of the houses burned.", 0.6667, None, "fraction", "almost"),
        ("About a quarter of the town burned.", 0.25, None, "fraction", "about"),
        ("Half of the shells fell short.", 0.5, None, "fraction", "about"),
        ("Some 12 percent of the land is mined.", 0.12, None, "fraction", "about"),
        ("They were outnumbered six to one.", 6, None, "ratio", "exactly"),
        ("Losses were more than twice as high.", 2, None, "ratio", "more_than"),
        ("As many as 300 soldiers crossed.", 300, None, "people", "up_to"),
        ("At least twenty-one civilians died.", 21, None, "people", "at_least"),
        ("Fewer than 900 of its 4,000 residents remain.", 900, None, "people", "less_than"),
        ("Once home to 30,000, it is empty.", 30_000, None, "people", "exactly"),
        ("More than 7,000 have left.", 7000, None, "people", "more_than"),
        ("Attacks more than doubled.", 2, None, "ratio", "more_than"),
        ("The figure was almost three times lower.", 3, None, "ratio", "almost"),
        ("They come in groups of four to six.", 4, 6, "people", "exactly"),
        ("An official put losses in May at up to 800 a day.", 800, None, "people", "up_to"),
        ("Fewer than 1,300 residents remain.", 1300, None, "people", "less_than"),
        ("More than half a million people left.", 500_000, None, "people", "more_than"),
        ("It took no more than 2.5 million people.", 2_500_000, None, "people", "up_to"),
        ("They come in groups as small as three or four.", 3, 4, "people", "as_small_as"),
        ("The zone is up to 12 miles wide.", 12, None, "mile", "up_to"),
        ("They hold just under 30 km of road.", 30, None, "km", "almost"),
        ("It lies less than 50 miles away.", 50, None, "mile", "less_than"),
        ("It grew by 7.4 square kilometres.", 7.4, None, "km2", "exactly"),
        ("More than a year of siege followed.", 1, None, "year", "more_than"),
        ("Between 40 and 60 soldiers fell.", 40, 60, "people", "exactly"),
        ("About 9 km (5.6 miles) remain.", 9, None, "km", "about"),
        ("Three thousand two hundred troops came.", 3200, None, "people", "exactly"),
    ],
)
def test_a_quantity(text, value, high, unit, comparator):
    first = read(text)[0]
    assert first.value == pytest.approx(value, abs=1e-4)
    assert (first.high, first.unit, str(first.comparator)) == (high, unit, comparator)
    assert text[first.start : first.end]


@pytest.mark.parametrize(
    "text",
    [
        "In May 2023 the town fell.",
        "Olena, 26, is a nurse.",
        "The mother of a 3-year-old wept.",
        "At 5:32 a.m. it rained.",
        "The map of 15 August shows it.",
        "Every morning at five, it begins.",
        "One of the towns burned.",
        "The two sides met.",
        "In the next two weeks, rain will fall.",
    ],
)
def test_no_quantity(text):
    assert read(text) == []


def test_a_converted_length_has_the_comparator_of_the_first():
    first, second = read("The town is about 9 km (5.6 miles) south.")
    assert (first.comparator, second.comparator) == ("about", "about")
    assert second.si_value == pytest.approx(9.0123, abs=1e-3)


@given(st.integers(0, 9_999_999))
def test_grouped_digits_come_back(value):
    text = f"{value:,}"
    assert number_at(tokenise(text, 0, len(text)), 0)[0] == value


@given(st.integers(1, 999), st.sampled_from(sorted(COMPARATORS, key=str)))
def test_every_comparator_is_read(value, comparator):
    text = f"They held {' '.join(comparator)} {value} km of road."
    found = read(text)[0]
    assert (found.value, found.comparator) == (value, COMPARATORS[comparator])


@given(st.floats(0.1, 5000), st.sampled_from(["km", "mile", "metre", "yard", "foot"]))
def test_si_is_proportional(value, unit):
    once, _ = to_si(value, unit)
    twice, si_unit = to_si(2 * value, unit)
    assert si_unit == "km"
    assert twice == pytest.approx(2 * once, abs=2e-6)


@given(st.text(alphabet="abc 0123456789,.-–%toandhalf()", max_size=80))
def test_offsets_lie_in_the_text(text):
    for found in read(f"x {text}"):
        assert 0 <= found.start < found.end <= len(text) + 2


@pytest.mark.parametrize(
    ("text", "value", "unit", "comparator"),
    [
        ("About one fifth refuse to go.", 0.2, "fraction", "about"),
        ("One in three shops is closed.", 0.3333, "fraction", "about"),
        ("Nine out of ten houses burned.", 0.9, "fraction", "about"),
        ("Most are pensioners.", 0.5, "fraction", "more_than"),
        ("They hold a tenfold advantage in shells.", 10, "ratio", "exactly"),
        ("They outnumber the garrison by three to two.", 1.5, "ratio", "exactly"),
        ("Some 3.7M people fled.", 3_700_000, "people", "about"),
        ("About 40k people fled.", 40_000, "people", "about"),
        ("Two dozen houses burned.", 24, "count", "exactly"),
        ("A 12-kilometre wedge was cut.", 12, "km", "exactly"),
        ("A two-kilometre wedge was cut.", 2, "km", "exactly"),
        ("They attacked at least twice.", 2, "count", "at_least"),
        ("The toll: 148 dead.", 148, "people", "exactly"),
        ("Around 200 remained in the town.", 200, "people", "about"),
        ("It is a mining town of some 11,000 in the east.", 11_000, "people", "about"),
        ("The blast killed 40 Ukrainian servicemen.", 40, "people", "exactly"),
        ("They shot down 83 Ukrainian drones.", 83, "count", "exactly"),
        ("The blast wounded eleven others.", 11, "people", "exactly"),
        ("The figure exceeds 195,000.", 195_000, "count", "more_than"),
        ("The strip is not even 3 km wide.", 3, "km", "less_than"),
    ],
)  # fmt: skip
def test_a_number_in_other_words(text, value, unit, comparator):
    found = [q for q in read(text) if q.value == pytest.approx(value, abs=0.001)]
    assert [(q.unit, q.comparator) for q in found] == [(unit, comparator)]


@pytest.mark.parametrize(
    "text",
    [
        "The T-0518 road is closed.",
        "School No. 4 was hit.",
        "Two women, aged 44 and 61, left."[11:],
        "It cost $2.6 billion.",
        "They brought 96 tons of flour.",
        "It began around nine in the evening.",
        "1. The line held.",
        "This village is the one in the north.",
        "They cut the pocket in two.",
        "The line ran there two weeks earlier.",
        "They had no water for 31 days.",
    ],
)
def test_a_name_an_age_a_sum_or_a_window_is_no_quantity(text):
    assert read(text) == []
