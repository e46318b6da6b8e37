"""Shares, counts and losses: only against series that the user added.

Rows of one claim's time and words are laid beside it. A series whose source the claim quotes is
the same source; rows that differ among themselves are a dispute, not an answer.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from contested.checks import words
from contested.checks.build import SHARE, Fit, Tolerance, fit, not_checkable, vague, worded
from contested.checks.needs import Absent, AnyNeed, OwnRow, OwnRows
from contested.checks.wording import claimed, say
from contested.records import Method
from contested.records.verdict import Compared, Finding, Reason, Verdict

if TYPE_CHECKING:
    from contested.checks.case import Case
    from contested.checks.needs import Facts
    from contested.records.claim import Quantity

COUNT: Final = Tolerance(0.1, 0.0, "10 %")
METHOD: Final = Method("own-series", "1", {"share_points": 5, "count_share": 0.1})
_UNITS: Final = {"fraction": ("fraction", "share"), "ratio": ("ratio",), "people": ("people",)}
_WORD: Final = re.compile(r"[^\W\d_]{4,}")


def needs(case: Case) -> tuple[AnyNeed, ...]:
    """Return the rows of the time and of what the claim names."""
    need = _need(case)
    return () if need is None else (need,)


def decide(case: Case, facts: Facts) -> Verdict:
    """Return what the user's series say, if any does."""
    need = _need(case)
    if need is None:
        return vague(case, "a number")
    rows = facts.get(need, tuple)
    quantity = _quantity(case)
    if isinstance(rows, Absent) or not rows or quantity is None:
        return not_checkable(case, Reason.NO_OPEN_DATA, say("no_data"))
    fitting = [row for row in rows if row.unit in _UNITS.get(quantity.unit, (quantity.unit, ""))]
    if not fitting:
        return not_checkable(case, Reason.NO_OPEN_DATA, say("no_data"))
    return _against(case, quantity, fitting)


def _against(case: Case, quantity: Quantity, rows: list[OwnRow]) -> Verdict:
    tolerance = SHARE if quantity.unit == "fraction" else COUNT
    fits = [fit(quantity, row.value, tolerance) for row in rows]
    findings = {worded(one) for one in fits}
    finding = findings.pop() if len(findings) == 1 else Finding.DISPUTED
    same = any(_quotes(case, row) for row in rows)
    if same and finding is Finding.SUPPORTED:
        finding = Finding.MATCHES
    return Verdict(
        finding,
        " ".join(
            say("series", series=row.series, value=f"{row.value:g}", what=row.what,
                day=words.day(row.day), source=row.source)
            for row in rows
        ),
        case.known_until,
        number="; ".join(f"{row.series}: {row.value:g}" for row in rows),
        compared=tuple(
            Compared(row.what, claimed(quantity), f"{row.value:g}", row.value, unit=row.unit,
                     tolerance=tolerance.words, holds=one is not Fit.NO)
            for row, one in zip(rows, fits, strict=True)
        ),
        notes=("The claim quotes the source of this series: no independent confirmation.",)
        if same
        else (),
        records=tuple(sorted({f"{row.series} sha256:{row.sha256}" for row in rows})),
        methods=(METHOD,), same_source=same,
    )  # fmt: skip


def _quotes(case: Case, row: OwnRow) -> bool:
    said = case.claim.attribution
    quoted = " ".join(filter(None, (said.speaker, said.role, said.organisation, said.channel)))
    source = {word.lower() for word in _WORD.findall(row.source)}
    return bool(source & {word.lower() for word in _WORD.findall(quoted)})


def _quantity(case: Case) -> Quantity | None:
    return case.claim.quantities[0] if case.claim.quantities else None


def _need(case: Case) -> OwnRows | None:
    if _quantity(case) is None:
        return None
    first, last = case.window
    named = [place.name for place in case.claim.places]
    said = _WORD.findall(" ".join(filter(None, (case.claim.subject, *named))))
    return OwnRows(first, last, tuple(sorted({word.lower() for word in said})))
