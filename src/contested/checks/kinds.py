"""Which check judges which kind of claim; every kind has one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from contested.checks import (
    casualty,
    change_of_control,
    control,
    distance,
    event,
    forecast,
    intention,
    length,
    length_area,
    location,
    movement,
    opinion,
    population,
    risk,
    share,
    superlative,
)
from contested.checks.build import finish, not_checkable
from contested.checks.wording import say
from contested.records.claim import Kind
from contested.records.verdict import Finding, Reason, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from contested.checks.case import Case
    from contested.checks.needs import AnyNeed, Facts

VERSION: Final = "checks/1"


class Check(NamedTuple):
    """What a kind needs, and how it is decided."""

    needs: Callable[[Case], tuple[AnyNeed, ...]]
    decide: Callable[[Case, Facts], Verdict]


CHECKS: Final = {
    Kind.CONTROL: Check(control.needs, control.decide),
    Kind.CHANGE_OF_CONTROL: Check(change_of_control.needs, change_of_control.decide),
    Kind.MOVEMENT: Check(movement.needs, movement.decide),
    Kind.DISTANCE: Check(distance.needs, distance.decide),
    Kind.LENGTH: Check(length.needs, length.decide),
    Kind.LENGTH_AREA: Check(length_area.needs, length_area.decide),
    Kind.LOCATION: Check(location.needs, location.decide),
    Kind.SHARE: Check(share.needs, share.decide),
    Kind.COUNT: Check(share.needs, share.decide),
    Kind.POPULATION: Check(population.needs, population.decide),
    Kind.CASUALTY: Check(casualty.needs, casualty.decide),
    Kind.FORCE_RATIO: Check(casualty.needs, casualty.decide),
    Kind.COMPARISON: Check(casualty.needs, casualty.decide),
    Kind.SUPERLATIVE: Check(superlative.needs, superlative.decide),
    Kind.DATE_EVENT: Check(event.needs, event.decide),
    Kind.EVENT: Check(event.needs, event.decide),
    Kind.FORECAST: Check(forecast.needs, forecast.decide),
    Kind.RISK: Check(risk.needs, risk.decide),
    Kind.INTENTION: Check(intention.needs, intention.decide),
    Kind.OPINION: Check(opinion.needs, opinion.decide),
    Kind.META: Check(opinion.needs, opinion.decide),
}

ABOUT_NOW: Final = frozenset({Kind.CONTROL, Kind.MOVEMENT, Kind.LENGTH, Kind.LENGTH_AREA})
"""Kinds whose claim in the present tense may hold on one day and not on the next."""

ON_PLACES: Final = frozenset({
    Kind.CONTROL, Kind.CHANGE_OF_CONTROL, Kind.MOVEMENT, Kind.DISTANCE, Kind.LOCATION,
    Kind.LENGTH_AREA, Kind.POPULATION, Kind.RISK,
})  # fmt: skip
"""Kinds that cannot be judged without a known place."""

LOOKING_ON: Final = frozenset({Kind.FORECAST, Kind.RISK, Kind.SUPERLATIVE})
"""Kinds whose claim is followed up whatever time it states."""


def changes_with_time(case: Case) -> bool:
    """Return whether a newer map may say something else than the one of publication."""
    kind = case.claim.kind
    return kind in LOOKING_ON or (kind in ABOUT_NOW and case.speaks_of_now)


def needs(case: Case) -> tuple[AnyNeed, ...]:
    """Return what it takes to judge a claim."""
    return () if _closed(case) else CHECKS[case.claim.kind].needs(case)


def decide(case: Case, facts: Facts) -> Verdict:
    """Return the verdict on a claim."""
    closed = _closed(case)
    if closed is not None:
        return closed
    verdict = CHECKS[case.claim.kind].decide(case, facts)
    lineages = {one.lineage for one in verdict.maps}
    return finish(case, verdict, min(lineages) if len(lineages) == 1 else None)


def _closed(case: Case) -> Verdict | None:
    """Return why a claim is not even looked at, or `None`."""
    if case.claim.out_of_scope is not None:
        return not_checkable(case, Reason.OUT_OF_SCOPE, say("policy"))
    if _elsewhere(case):
        return Verdict(Finding.NOT_HELD, say("unknown_place"), case.known_until)
    if case.claim.conditional:
        return not_checkable(case, Reason.PENDING, say("conditional"))
    return None


def _elsewhere(case: Case) -> bool:
    """Return whether a claim on places names none that the gazetteer knows."""
    named = [place for place in case.claim.places if place.kind not in {"LINE", "RGN"}]
    return case.claim.kind in ON_PLACES and bool(named) and not any(case.places)


def followed_up(then: Verdict, now: Verdict) -> Verdict:
    """Return the verdict as of now; what held on the day and holds no more is outdated."""
    held = then.verdict in {Finding.SUPPORTED, Finding.MATCHES}
    if not held or now.verdict is not Finding.CONTRADICTED:
        return now
    sentence = now.sentence.replace(say("differs_source"), "").replace(say("differs"), "")
    return replace(now, verdict=Finding.OUTDATED, sentence=sentence.strip())
