"""Who is meant, where, when."""

from __future__ import annotations

from datetime import date

import pytest

from checkfixtures import TOWN, case_of, claim_of, said
from contested.checks.case import Side, is_near, sector_of
from contested.records.claim import Kind


@pytest.mark.parametrize(
    ("subject", "side"),
    [
        ("Russian troops", Side.RUSSIA),
        ("the Kremlin", Side.RUSSIA),
        ("Ukrainian special units", Side.UKRAINE),
        ("gray zone", Side.NEITHER),
        ("Sloviansk and Kramatorsk", None),
        ("Ukraine’s fight with Russia", Side.UKRAINE),
        (None, None),
    ],
)
def test_side(subject, side):
    assert case_of(claim_of(Kind.CONTROL, subject=subject)).side() is side


def test_side_from_the_words_where_the_subject_is_a_town():
    words = "the only large cities still under Ukrainian control"
    case = case_of(claim_of(Kind.CONTROL, subject="Sloviansk"), words=words)
    assert case.side() is Side.UKRAINE


@pytest.mark.parametrize(
    ("relation", "sector", "near"),
    [
        ("southwestern edge of", "sw", False),
        ("centre and western side of", "w", False),
        ("north of", None, True),
        ("near", None, True),
        ("area around", None, True),
        (None, None, False),
    ],
)
def test_relations(relation, sector, near):
    place = said(TOWN, relation)
    assert sector_of(place) == sector
    assert is_near(place) is near


def test_a_part_of_a_place_is_no_direction():
    edge = case_of(claim_of(Kind.MOVEMENT, said(TOWN, "southwestern edge of")), TOWN)
    assert edge.bearing_word() is None
    north = case_of(claim_of(Kind.MOVEMENT, said(TOWN)), TOWN, words="pushed eight miles north in")
    assert north.bearing_word() == "north"


def test_a_claim_about_now_moves_with_the_day_that_is_known():
    case = case_of(claim_of(Kind.CONTROL, first=date(2025, 11, 6), basis="publication date"))
    later = date(2025, 12, 1)
    assert case.at(later).window == (later, later)
    stated = case_of(claim_of(Kind.CONTROL, first=date(2025, 8, 1), last=date(2025, 8, 9)))
    assert stated.at(later).window == (date(2025, 8, 1), date(2025, 8, 9))
