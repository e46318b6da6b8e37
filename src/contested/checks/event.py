"""Events and their dates: checkable where a place changed hands, else no open data is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contested.checks import change_of_control
from contested.checks.build import not_checkable
from contested.checks.wording import say
from contested.records.claim import Kind
from contested.records.verdict import Reason

if TYPE_CHECKING:
    from contested.checks.case import Case
    from contested.checks.needs import AnyNeed, Facts
    from contested.records.verdict import Verdict


def needs(case: Case) -> tuple[AnyNeed, ...]:
    """Return what a change of control takes, where the event is one."""
    return change_of_control.needs(case) if _changed_hands(case) else ()


def decide(case: Case, facts: Facts) -> Verdict:
    """Return the verdict on the change of control, or that no data is held."""
    if _changed_hands(case):
        return change_of_control.decide(case, facts)
    return not_checkable(case, Reason.NO_OPEN_DATA, say("no_data"))


def _changed_hands(case: Case) -> bool:
    also = Kind.CHANGE_OF_CONTROL in case.claim.also
    return also and case.claim.kind is Kind.DATE_EVENT and bool(case.settlements())
