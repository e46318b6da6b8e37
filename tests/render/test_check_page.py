"""The editor's page: hostile words, readable chips, what is shown of whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from checkfixtures import TOWN, claim_of, number, said
from contested.records.claim import Attribution, Kind, Naming
from contested.records.verdict import (
    CheckedClaim,
    Finding,
    Judgement,
    ReadingOf,
    Reason,
    Sure,
    Verdict,
)
from contested.render.check_page import _COLOURS, CheckPage, check_page, chip, described, speaker

DAY = date(2025, 11, 6)
HOSTILE = "<script>alert(1)</script>\u202e\"'&"


def checked(finding=Finding.SUPPORTED, *, quote="six words", claim=None, **fields):
    verdict = Verdict(finding, "DeepState’s map shows it.", DAY, number="20 %")
    row = {"now": None, "reading": ReadingOf(Sure.HIGH), "judgements": (), **fields}
    return CheckedClaim(
        "abc", claim or claim_of(Kind.CONTROL, said(TOWN)), quote, DAY, verdict, **row
    )


def page_of(*claims):
    return check_page(CheckPage("Town", DAY, None, None, (), claims, None))


def test_hostile_words_are_words():
    claim = replace(claim_of(Kind.CONTROL, replace(said(TOWN), name=HOSTILE)), subject=HOSTILE)
    page = page_of(checked(quote=HOSTILE, claim=claim))
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "\u202e" not in page


@pytest.mark.parametrize("finding", list(Finding))
def test_every_verdict_says_itself_in_words(finding):
    assert f">{finding.value}<" in chip(finding)
    assert finding.value in page_of(checked(finding))


def contrast(one, other):
    light = [
        np.dot(
            [0.2126, 0.7152, 0.0722],
            [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
             for c in (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))],
        )
        for colour in (one, other)
    ]  # fmt: skip
    return (max(light) + 0.05) / (min(light) + 0.05)


@pytest.mark.parametrize("name", _COLOURS)
def test_chips_are_readable_in_light_and_dark(name):
    back, ink, dark_back, dark_ink = _COLOURS[name]
    assert contrast(back, ink) >= 5
    assert contrast(dark_back, dark_ink) >= 5


def test_counts_add_up():
    vague = checked(Finding.NOT_CHECKABLE)
    vague = replace(vague, verdict=replace(vague.verdict, reason=Reason.TOO_VAGUE))
    page = page_of(checked(), checked(Finding.NOT_HELD), vague)
    for words, count in (("claims", 3), ("compared", 2), ("supported", 1), ("not held", 1),
                         ("not checkable, with the reason", 1)):  # fmt: skip
        assert f"<dt>{words}</dt><dd>{count}</dd>" in page
    assert "Too vague: 1." in page


def test_a_private_speaker_is_a_role():
    attribution = Attribution(Naming.PARTLY_NAMED, None, "a resident", private=True)
    assert speaker(replace(claim_of(Kind.CONTROL), attribution=attribution)) == "a resident"


def test_what_was_read_is_said_in_words():
    claim = claim_of(Kind.CONTROL, said(TOWN, "north of"), subject="Russia", negated=True)
    assert described(claim) == "denied: control · Russia: north of Town"


def test_a_judgement_that_differs_is_shown_beside_the_machine():
    made = Judgement("abc", Finding.PARTLY, "Edge only.", "Ed", "2026-01-02T03:04:05+00:00")
    page = page_of(checked(judgements=(made,)))
    assert "Judged by Ed on 2026-01-02: Edge only. The machine’s verdict differs." in page
    assert ">supported<" in page
    assert ">partly supported<" in page


def test_later_is_said_only_where_something_changed():
    same = checked()
    assert "Later" not in page_of(replace(same, now=same.verdict))
    later = replace(same.verdict, verdict=Finding.OUTDATED, number="80 %")
    assert "Later, as of now: outdated, 80 %." in page_of(replace(same, now=later))


def test_a_million_is_written_out():
    claim = claim_of(Kind.CASUALTY, quantities=[number(1_000_000, "people", "almost")])
    assert "almost 1,000,000 people" in described(claim)


def test_a_reason_is_said_once_for_the_claims_that_share_it():
    one = checked(Finding.NOT_CHECKABLE)
    rows = [replace(one, verdict=replace(one.verdict, reason=Reason.OPINION)) for _ in range(3)]
    odd = replace(rows[0], verdict=replace(rows[0].verdict, sentence="Another reason."))
    page = page_of(*rows, odd)
    assert page.count(one.verdict.sentence) == 1
    assert page.count("Another reason.") == 1
