"""Every kind has its check; small worlds with verdicts known by hand."""

from __future__ import annotations

from datetime import date

import pytest

from checkfixtures import OTHER, REGION, TOWN, case_of, claim_of, maps, number, said, shares
from contested.checks import kinds
from contested.checks import shares as disc_shares
from contested.checks.needs import (
    Absent,
    Dated,
    DatedFound,
    Facts,
    Fallen,
    FallenFound,
    OwnRow,
    RegionFound,
)
from contested.records.claim import Kind
from contested.records.verdict import Finding, Reason

DAY = date(2025, 11, 6)
START = date(2025, 10, 1)


def decide(case, *answers):
    """Answer every need of a case with the first answer of the right kind."""
    held = dict.fromkeys(kinds.needs(case), answers[0])
    for need in held:
        for answer in answers:
            if type(answer).__name__.startswith(type(need).__name__):
                held[need] = answer
    return kinds.decide(case, Facts(held))


def test_every_kind_has_a_check():
    assert set(kinds.CHECKS) == set(Kind)


@pytest.mark.parametrize("kind", list(Kind))
def test_a_claim_with_nothing_said_is_never_judged(kind):
    found = decide(case_of(claim_of(kind)), Absent("nothing is held"))
    assert found.verdict in {Finding.NOT_CHECKABLE, Finding.NOT_HELD}


@pytest.mark.parametrize("kind", list(Kind))
def test_movements_of_units_are_never_checked(kind):
    case = case_of(claim_of(kind, said(TOWN), out_of_scope="units"), TOWN)
    assert kinds.needs(case) == ()
    assert kinds.decide(case, Facts({})).reason is Reason.OUT_OF_SCOPE


@pytest.mark.parametrize("kind", sorted(kinds.ON_PLACES))
def test_a_place_of_another_war_is_not_held(kind):
    claim = claim_of(kind, said(TOWN), subject="Russia", quantities=[number(5)])
    found = decide(case_of(claim, None), Absent("-"))
    assert found.verdict is Finding.NOT_HELD


def control(side, controlled, contested=None, **fields):
    claim = claim_of(Kind.CONTROL, said(TOWN), subject=side, **fields)
    found = shares(START, [0.0] * 30 + [controlled] * 8,
                   None if contested is None else [0.0] * 30 + [contested] * 8)  # fmt: skip
    return decide(case_of(claim, TOWN), found)


@pytest.mark.parametrize(
    ("share", "finding"),
    [(0.95, Finding.SUPPORTED), (0.7, Finding.PARTLY), (0.2, Finding.CONTRADICTED)],
)
def test_russian_control_by_the_share_of_the_disc(share, finding):
    assert control("Russia", share).verdict is finding


def test_contested_ground_on_an_occupied_only_map_is_not_held():
    assert control("gray zone", 0.2).verdict is Finding.NOT_HELD
    assert control("gray zone", 0.2, contested=0.7).verdict is Finding.SUPPORTED


def test_ukrainian_control_where_contested_ground_is_carried():
    assert control("Ukraine", 0.0, contested=0.02).verdict is Finding.SUPPORTED
    assert control("Ukraine", 0.95, contested=0.02).verdict is Finding.OUTDATED
    assert control("Russia", 0.95, negated=True).verdict is Finding.CONTRADICTED


@pytest.mark.parametrize(
    ("side", "words", "share", "finding"),
    [
        ("Ukraine", "the only cities still under Ukrainian control in it", 0.7,
         Finding.FIGURES_ONLY),
        ("Ukraine", "Ukraine controls all of it", 0.7, Finding.CONTRADICTED),
        ("Russia", "Russia holds the region", 0.7, Finding.FIGURES_ONLY),
        ("Russia", "Russia holds the entire region", 0.7, Finding.CONTRADICTED),
        ("Russia", "Russia holds the region", 0.995, Finding.SUPPORTED),
        ("Russia", None, 0.7, Finding.CONTRADICTED),
    ],
)  # fmt: skip
def test_a_region_held_in_part_contradicts_only_all_of_it(side, words, share, finding):
    claim = claim_of(Kind.CONTROL, said(REGION), subject=side)
    found = RegionFound(maps(DAY, 1)[0], share, (TOWN,), ())
    verdict = decide(case_of(claim, REGION, words=words), found)
    assert verdict.verdict is finding
    assert verdict.compared[0].value == share


def test_a_gap_in_the_maps_is_not_held_never_no_change():
    claim = claim_of(Kind.CONTROL, said(TOWN), subject="Russia")
    found = shares(date(2025, 9, 1), [1.0] * 30)
    verdict = decide(case_of(claim, TOWN), found)
    assert verdict.verdict is Finding.NOT_HELD
    assert "within three days" in verdict.sentence


def taken(first, last, crossing, days=60):
    """A claim that the town was taken in a span; the disc changes hands on day `crossing`."""
    claim = claim_of(Kind.CHANGE_OF_CONTROL, said(TOWN), subject="Russia", first=first, last=last)
    found = shares(START, [0.0] * crossing + [0.8] * (days - crossing))
    case = case_of(claim, TOWN)
    held = dict.fromkeys(kinds.needs(case), found)
    return kinds.decide(case, Facts(held))


@pytest.mark.parametrize(
    ("crossing", "finding"),
    [
        (20, Finding.SUPPORTED),  # on the day claimed
        (23, Finding.SUPPORTED),  # within three days
        (8, Finding.SUPPORTED),  # twelve days before: sources differ
        (33, Finding.SUPPORTED),  # thirteen days after
        (3, Finding.CONTRADICTED),  # seventeen days before
        (45, Finding.CONTRADICTED),
    ],
)
def test_days_of_capture_may_differ_by_two_weeks(crossing, finding):
    day = date(2025, 10, 21)
    assert taken(day, day, crossing).verdict is finding


def test_a_day_of_capture_beside_the_maps_is_told_by_the_point():
    claim = claim_of(
        Kind.DATE_EVENT, said(TOWN), first=date(2023, 5, 1), last=date(2023, 5, 31),
        also=(Kind.CHANGE_OF_CONTROL,),
    )  # fmt: skip
    case = case_of(claim, TOWN)
    for day, finding in ((date(2023, 5, 20), Finding.SUPPORTED),
                         (date(2023, 4, 4), Finding.PARTLY),
                         (date(2022, 7, 3), Finding.CONTRADICTED)):  # fmt: skip
        dated = DatedFound(((day, "occupied"),), "file", DAY, DAY)
        held = {n: dated if isinstance(n, Dated) else Absent("no map") for n in kinds.needs(case)}
        assert kinds.decide(case, Facts(held)).verdict is finding


def test_distance_counts_the_bearing():
    """22.2 km along a meridian: a fifth of a degree at 48°N."""
    north = claim_of(Kind.DISTANCE, said(OTHER, "north of"), said(TOWN), quantities=[number(22)])
    south = claim_of(Kind.DISTANCE, said(OTHER, "south of"), said(TOWN), quantities=[number(22)])
    far = claim_of(Kind.DISTANCE, said(OTHER, "north of"), said(TOWN), quantities=[number(33)])
    verdicts = [decide(case_of(c, OTHER, TOWN), None).verdict for c in (north, south, far)]
    assert verdicts == [Finding.SUPPORTED, Finding.CONTRADICTED, Finding.CONTRADICTED]


def test_containment_is_by_the_gazetteer():
    inside = claim_of(Kind.LOCATION, said(TOWN), said(REGION))
    assert decide(case_of(inside, TOWN, REGION), None).verdict is Finding.SUPPORTED


def test_residents_now_are_not_checkable_and_before_the_war_are():
    now = claim_of(Kind.POPULATION, said(TOWN), first=DAY, quantities=[number(300, "people")])
    assert decide(case_of(now, TOWN), None).reason is Reason.NO_OPEN_DATA
    before = claim_of(Kind.POPULATION, said(TOWN), first=date(2022, 1, 1),
                      quantities=[number(20_500, "people")])  # fmt: skip
    assert decide(case_of(before, TOWN), None).verdict is Finding.SUPPORTED


def test_the_largest_to_fall_names_the_runner_up():
    claim = claim_of(Kind.SUPERLATIVE, said(TOWN), subject="Town", first=date(2023, 5, 1), last=DAY)
    case = case_of(claim, TOWN)
    found = FallenFound(((OTHER, date(2024, 2, 17)),), "file", ())
    held = {n: found if isinstance(n, Fallen) else Absent("-") for n in kinds.needs(case)}
    verdict = kinds.decide(case, Facts(held))
    assert verdict.verdict is Finding.SUPPORTED
    assert "Other 9,000" in verdict.number


def row(value, source="General Staff"):
    return OwnRow("clashes", DAY, "Town", value, "fraction", source, "0" * 64)


def share_claim(*rows):
    quantity = number(1 / 3, "fraction", "almost")
    case = case_of(claim_of(Kind.SHARE, said(TOWN), subject="battles", quantities=[quantity]), TOWN)
    return kinds.decide(case, Facts({kinds.needs(case)[0]: rows}))


def test_shares_are_checked_against_the_users_series():
    assert share_claim().reason is Reason.NO_OPEN_DATA
    assert share_claim(row(0.31)).verdict is Finding.SUPPORTED
    assert share_claim(row(0.10)).verdict is Finding.CONTRADICTED
    assert share_claim(row(0.31), row(0.10)).verdict is Finding.DISPUTED


@pytest.mark.parametrize("kind", [Kind.CASUALTY, Kind.FORCE_RATIO, Kind.COMPARISON])
def test_losses_stand_side_by_side_without_a_verdict(kind):
    quantity = number(0.33, "fraction", "about")
    case = case_of(claim_of(kind, said(TOWN), quantities=[quantity]), TOWN)
    verdict = kinds.decide(case, Facts({kinds.needs(case)[0]: (row(0.31),)}))
    assert verdict.verdict is Finding.FIGURES_ONLY
    assert all(one.holds is None for one in verdict.compared)


def test_what_held_then_and_not_now_is_outdated():
    then = control("Russia", 0.95)
    now = control("Russia", 0.2)
    assert kinds.followed_up(then, now).verdict is Finding.OUTDATED
    assert kinds.followed_up(now, now).verdict is Finding.CONTRADICTED


def test_the_quarter_of_a_place_is_measured_on_three_km():
    case = case_of(
        claim_of(Kind.CONTROL, said(TOWN, "southwestern edge of"), subject="Russia"), TOWN
    )
    need = disc_shares.ask(case, *case.settlements()[0])
    assert (need.sector, need.radius_km) == ("sw", 3.0)
    assert disc_shares.piece(need, TOWN) == "the south-west quarter of a 3 km disc round Town"
