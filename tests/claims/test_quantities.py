"""Numbers, ranges, comparators and units."""

from __future__ import annotations

from dataclasses import replace

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
        ("They were outnumbered five or six to one.", 5, 6, "ratio", "exactly"),
        ("The street's hundred and seven houses stand.", 107, None, "count", "exactly"),
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
        ("Two hundred and fifty-one houses burned.", 251, None, "count", "exactly"),
        ("Half a dozen villages were shelled.", 6, None, "count", "exactly"),
        ("The belt is 2,5 km deep.", 2.5, None, "km", "exactly"),
        ("They took 62 sq miles of farmland.", 62, None, "mile2", "exactly"),
        ("Losses rose by 12 pct in May.", 0.12, None, "fraction", "exactly"),
        ("Close to 70% of the town is ruined.", 0.7, None, "fraction", "almost"),
        ("The army came within 6 km of the bridge.", 6, None, "km", "up_to"),
        ("Upward of 40 drones came over.", 40, None, "count", "more_than"),
        ("The line will move, give or take 5 miles.", 5, None, "mile", "about"),
        ("The blast broke 300-odd windows.", 300, None, "count", "about"),
        ("It fell on just three districts.", 3, None, "count", "exactly"),
        ("They were outnumbered by about three to two.", 1.5, None, "ratio", "about"),
        ("The five-to-one odds held.", 5, None, "ratio", "exactly"),
        ("At a ratio of 7:1 in shells, it cannot last.", 7, None, "ratio", "exactly"),
        ("They have half as many guns.", 0.5, None, "ratio", "about"),
        ("Attacks halved.", 0.5, None, "ratio", "exactly"),
        ("1 in 4 homes has no roof.", 0.25, None, "fraction", "about"),
        ("Seven out of every ten shells missed.", 0.7, None, "fraction", "about"),
        ("Some 40 infantrymen crossed.", 40, None, "people", "about"),
        ("The mining village of some 900, long empty, burned.", 900, None, "people", "about"),
        ("Around 60 remained in the cellars.", 60, None, "people", "about"),
        ("Perhaps 150, most of them pensioners, stayed.", 150, None, "people", "about"),
        ("Civilian casualties in June were 310.", 310, None, "people", "exactly"),
        ("Attacks on civilians in June were 310.", 310, None, "count", "exactly"),
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
        "Two days later the bridge fell.",
        "In less than two weeks, it was over.",
        "The two armies fight over it.",
        "It cut the pocket in two.",
        "The larger half is gone.",
        "A third, in Kyiv, was more careful.",
        "Shells of 155 mm and 122-mm rockets fell.",
        "The season of 2023-24 was dry.",
        "See page 4 of the report.",
        "The aid was worth UAH 300 million.",
        "It is the one in the north.",
        "The smaller one is gone.",
    ],
)
def test_no_quantity(text):
    assert read(text) == []


def test_a_converted_length_has_the_comparator_of_the_first():
    first, second = read("The town is about 9 km (5.6 miles) south.")
    assert (first.comparator, second.comparator) == ("about", "about")
    assert second.si_value == pytest.approx(9.0123, abs=1e-3)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("He had 40 men on a line meant for 200.", ["people", "people"]),
        ("The larger part measures 8 km², the smaller just under 3.", ["km2", "km2"]),
        ("They lost 12 men and 3 trucks.", ["people", "count"]),
        ("They killed 40 men and cut the rest in two.", ["people"]),
        ("Of the six bridges, 2 remain.", ["count", "count"]),
        ("It had 900 residents; police put the figure at under 50.", ["people", "people"]),
        ("Of the school, 40 pupils out of 95 are left.", ["people", "people"]),
        ("They lost 140 men, down by 20 on May.", ["people", "people"]),
        ("Some 60 civilians stay, the vast majority of them old.", ["people"]),
        ("Most are pensioners.", ["fraction"]),
        ("That is the most of any town.", []),
        ("Around nine in the evening it burned.", []),
    ],
)
def test_a_number_without_noun_has_the_unit_before_it(text, units):
    assert [q.unit for q in read(text)] == units


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Those within 20 km were told to go; the number fell, down from 46,000 once.",
         ["km", "count"]),
        ("The road is 9 km long, down from 12 last year.", ["km", "km"]),
        ("There was shelling on 19 of 30 days.", ["day", "day"]),
    ],
)  # fmt: skip
def test_a_left_out_unit_is_of_what_can_be_compared(text, units):
    assert [q.unit for q in read(text)] == units


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("The figure exceeds 900.", "people"),
        ("A month ago it was 700.", "people"),
        ("The daily average of 280 is high.", "people"),
        ("The figure exceeds 900 shells.", "count"),
        ("Drones came at 40 places.", "count"),
    ],
)
def test_the_figure_counts_what_the_sentence_before_did(text, unit):
    before = read("Some 500 residents remain.")[0]
    sentence = sentences(text, 0, len(text), paragraph=1, lexicon=LEXICON)[0]
    assert quantities(sentence, LEXICON, replace(before, start=-30, end=-20))[0].unit == unit


def test_a_list_of_shares_has_the_comparator_of_the_first():
    found = read("It holds about 40%, 50% and 60% of them, and 70% of the rest.")
    assert [str(q.comparator) for q in found] == ["about", "about", "about", "exactly"]


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
        "A woman of 61 stayed behind.",
        "The driver, who was 44, survived.",
    ],
)
def test_a_name_an_age_a_sum_or_a_window_is_no_quantity(text):
    assert read(text) == []
