"""Intentions: what somebody wants is no matter of maps; its outcome is a claim of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contested.checks.build import not_checkable
from contested.checks.wording import say
from contested.records.verdict import Reason

if TYPE_CHECKING:
    from contested.checks.case import Case
    from contested.checks.needs import AnyNeed, Facts
    from contested.records.verdict import Verdict


def needs(case: Case) -> tuple[AnyNeed, ...]:
    """Return nothing: there is nothing to look up."""
    del case
    return ()


def decide(case: Case, facts: Facts) -> Verdict:
    """Return that an intention is not checkable."""
    del facts
    return not_checkable(case, Reason.INTENTION, say("intention"))
