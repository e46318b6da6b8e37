"""How a verdict is put together: comparators, negation, same source. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Final

from contested.checks.wording import say
from contested.records.claim import Comparator
from contested.records.verdict import Finding, Reason, Verdict

if TYPE_CHECKING:
    from contested.checks.case import Case
    from contested.records.claim import Quantity

ABOUT_SHARE: Final = 0.10
ABOUT_KM: Final = 1.0
EXACT_SHARE: Final = 0.05
AREA_SHARE: Final = 0.05
SHARE_POINTS: Final = 0.05
FAR: Final = 2.0
"""A bound that is more than this many times the figure found, or less than its part, is loose."""


class Fit(Enum):
    """How a figure found agrees with a figure claimed."""

    YES = "yes"
    LOOSE = "loose"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How much "about" and a plain number may differ; the larger of the two counts."""

    share: float
    least: float
    words: str


LENGTH: Final = Tolerance(ABOUT_SHARE, ABOUT_KM, "10 % or 1 km")
PLAIN_LENGTH: Final = Tolerance(EXACT_SHARE, ABOUT_KM, "5 % or 1 km")
AREA: Final = Tolerance(AREA_SHARE, 0.0, "5 %")
SHARE: Final = Tolerance(0.0, SHARE_POINTS, "5 points")
PEOPLE: Final = Tolerance(ABOUT_SHARE, 0.0, "10 %")
COUNT: Final = Tolerance(0.0, 0.0, "none")


def fit(  # noqa: PLR0911 (one line a comparator)
    quantity: Quantity, found: float, about: Tolerance, plain: Tolerance | None = None
) -> Fit:
    """Say how a figure found agrees with a quantity, by the comparator of the claim.

    "About" and a plain number allow the tolerance; "almost" allows it below only; the strict
    comparators allow nothing, but a bound twice as far as need be is loose.
    """
    claimed = quantity.si_value
    if quantity.high is not None:
        scale = quantity.si_value / quantity.value if quantity.value else 1.0
        return _yes(claimed <= found <= quantity.high * scale)
    allowed = about if quantity.comparator is Comparator.ABOUT else plain or about
    margin = max(allowed.share * abs(claimed), allowed.least)
    match quantity.comparator:
        case Comparator.EXACTLY | Comparator.ABOUT:
            return _yes(abs(found - claimed) <= margin)
        case Comparator.ALMOST:
            # Half a percent above is the rounding of the figure itself.
            below = max(about.share * abs(claimed), about.least)
            return _yes(claimed - below <= found <= claimed * 1.005)
        case Comparator.LESS_THAN:
            return _bound(found < claimed, found * FAR < claimed)
        case Comparator.UP_TO:
            return _bound(found <= claimed, found * FAR < claimed)
        case Comparator.MORE_THAN:
            return _bound(found > claimed, found > claimed * FAR)
        case Comparator.AT_LEAST | Comparator.AS_SMALL_AS:
            return _bound(found >= claimed, found > claimed * FAR)


def _yes(holds: bool) -> Fit:  # noqa: FBT001
    return Fit.YES if holds else Fit.NO


def _bound(holds: bool, far: bool) -> Fit:  # noqa: FBT001
    if not holds:
        return Fit.NO
    return Fit.LOOSE if far else Fit.YES


def worded(fits: Fit) -> Finding:
    """Return the word for how a figure fits."""
    return {
        Fit.YES: Finding.SUPPORTED, Fit.LOOSE: Finding.PARTLY, Fit.NO: Finding.CONTRADICTED,
    }[fits]  # fmt: skip


def not_checkable(case: Case, reason: Reason, sentence: str) -> Verdict:
    """Return that a claim cannot be checked, and why: the most frequent right answer."""
    return Verdict(Finding.NOT_CHECKABLE, sentence, case.known_until, reason=reason)


def vague(case: Case, missing: str) -> Verdict:
    """Return that a claim does not say enough to be compared."""
    return not_checkable(case, Reason.TOO_VAGUE, say("vague", missing=missing))


def not_held(case: Case, why: str) -> Verdict:
    """Return that no source holds what it takes."""
    return Verdict(Finding.NOT_HELD, say("absent", why=why), case.known_until)


_TURNED: Final = {
    Finding.SUPPORTED: Finding.CONTRADICTED,
    Finding.CONTRADICTED: Finding.SUPPORTED,
    Finding.MATCHES: Finding.CONTRADICTED,
}

_CLOSING: Final = {
    Finding.SUPPORTED: "agrees",
    Finding.MATCHES: "agrees_source",
    Finding.PARTLY: "partly",
    Finding.CONTRADICTED: "differs",
    Finding.DISPUTED: "disputed",
    Finding.FIGURES_ONLY: "figures",
}


def finish(case: Case, verdict: Verdict, lineage: str | None) -> Verdict:
    """Return a verdict with negation, same source and its closing sentence.

    Parameters
    ----------
    lineage
        Of the maps the verdict rests on; `None` where it rests on none.
    """
    finding = verdict.verdict
    same = lineage is not None and case.cites(lineage)
    parts = [verdict.sentence]
    turned = case.claim.negated and finding in _TURNED
    if turned:
        finding = _TURNED[finding]
    if same and finding is Finding.SUPPORTED:
        finding = Finding.MATCHES
    closing = _CLOSING.get(finding)
    if same and finding is Finding.CONTRADICTED:
        closing = "differs_source"
    if turned:
        closing = "negated_agrees" if finding is Finding.SUPPORTED else "negated_differs"
    if closing:
        parts.append(say(closing))
    if same and finding is Finding.MATCHES and turned:
        parts.append(say("agrees_source"))
    return replace(
        verdict, verdict=finding, sentence=" ".join(parts), same_source=same or verdict.same_source
    )
