"""Casualties, ratios of forces, comparisons: claimed figures side by side, never a verdict."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from contested.checks import share
from contested.checks.build import not_checkable
from contested.checks.wording import say
from contested.records.verdict import Finding, Reason, Verdict

if TYPE_CHECKING:
    from contested.checks.case import Case
    from contested.checks.needs import AnyNeed, Facts


def needs(case: Case) -> tuple[AnyNeed, ...]:
    """Return the rows of the user's series that may stand beside the claim."""
    return share.needs(case)


def decide(case: Case, facts: Facts) -> Verdict:
    """Return other claimed figures beside this one: all of them are claims."""
    if not case.claim.quantities:
        return not_checkable(case, Reason.TOO_VAGUE, say("vague", missing="a number"))
    beside = share.decide(case, facts)
    if beside.verdict is Finding.NOT_CHECKABLE:
        return beside
    compared = tuple(replace(one, holds=None) for one in beside.compared)
    note = "Every figure here is claimed by a side or a study; definitions differ."
    return replace(
        beside, verdict=Finding.FIGURES_ONLY, compared=compared, notes=(*beside.notes, note)
    )
