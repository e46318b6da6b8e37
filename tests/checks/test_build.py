"""Comparators, negation, same source."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkfixtures import case_of, claim_of
from contested.checks.build import LENGTH, PLAIN_LENGTH, Fit, finish, fit
from contested.records.claim import Attribution, Comparator, Kind, Naming, Quantity
from contested.records.verdict import Finding, Verdict


def quantity(value, comparator, high=None):
    return Quantity(0, 0, value, high, "km", Comparator(comparator), value, "km")


@pytest.mark.parametrize(
    ("comparator", "claimed", "found", "fits"),
    [
        ("about", 20.9, 21.8, Fit.YES),
        ("about", 31.4, 21.8, Fit.NO),
        ("about", 2.0, 2.9, Fit.YES),  # a kilometre, where that is more than a tenth
        ("exactly", 20.0, 21.5, Fit.NO),
        ("exactly", 20.0, 20.9, Fit.YES),
        ("almost", 100.0, 95.0, Fit.YES),
        ("almost", 100.0, 101.0, Fit.NO),  # one-sided: never above
        ("almost", 100.0, 89.0, Fit.NO),
        ("less_than", 80.0, 57.9, Fit.YES),
        ("less_than", 57.9, 57.9, Fit.NO),  # strict
        ("less_than", 120.0, 57.9, Fit.LOOSE),
        ("up_to", 57.9, 57.9, Fit.YES),
        ("more_than", 50.0, 57.9, Fit.YES),
        ("more_than", 57.9, 57.9, Fit.NO),
        ("more_than", 20.0, 57.9, Fit.LOOSE),
        ("at_least", 57.9, 57.9, Fit.YES),
    ],
)
def test_fit_by_comparator(comparator, claimed, found, fits):
    assert fit(quantity(claimed, comparator), found, LENGTH, PLAIN_LENGTH) is fits


def test_a_range_holds_inside_its_ends():
    assert fit(quantity(10.0, "exactly", high=20.0), 15.0, LENGTH) is Fit.YES
    assert fit(quantity(10.0, "exactly", high=20.0), 20.5, LENGTH) is Fit.NO


@given(st.floats(0.1, 1e6), st.floats(0.1, 1e6))
def test_strict_bounds_exclude_each_other(claimed, found):
    below = fit(quantity(claimed, "less_than"), found, LENGTH)
    above = fit(quantity(claimed, "at_least"), found, LENGTH)
    assert (below is Fit.NO) != (above is Fit.NO)


@given(st.floats(15, 1e6), st.floats(0.1, 1e6))
def test_half_as_much_again_is_never_about_the_same(claimed, found):
    """What fits "about 100 km" never fits "about 150 km"."""
    one = fit(quantity(claimed, "about"), found, LENGTH)
    more = fit(quantity(claimed * 1.5, "about"), found, LENGTH)
    assert not (one is Fit.YES and more is Fit.YES)


def test_negation_turns_what_was_found():
    case = case_of(claim_of(Kind.CONTROL, negated=True))
    agrees = Verdict(Finding.SUPPORTED, "The map shows it.", date(2025, 11, 6))
    assert finish(case, agrees, None).verdict is Finding.CONTRADICTED
    differs = replace(agrees, verdict=Finding.CONTRADICTED)
    assert finish(case, differs, None).verdict is Finding.SUPPORTED
    silent = replace(agrees, verdict=Finding.NOT_HELD)
    assert finish(case, silent, None).verdict is Finding.NOT_HELD


def test_a_claim_that_quotes_the_map_is_never_supported_by_it():
    said = Attribution(Naming.ORGANISATION, organisation="DeepState", channel="battlefield map")
    case = case_of(replace(claim_of(Kind.CONTROL), attribution=said))
    found = finish(
        case, Verdict(Finding.SUPPORTED, "The map shows it.", date(2025, 11, 6)), "deepstate"
    )
    assert found.verdict is Finding.MATCHES
    assert found.same_source
    assert "no independent confirmation" in found.sentence
    other = finish(case, Verdict(Finding.SUPPORTED, "It shows it.", date(2025, 11, 6)), "viina")
    assert other.verdict is Finding.SUPPORTED
