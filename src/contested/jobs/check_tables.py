"""Verdicts as a table for a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contested.jobs.tables import csv_text

if TYPE_CHECKING:
    from contested.jobs.check import Checked
    from contested.records.verdict import CheckedClaim

COLUMNS = (
    "id", "claim", "kind", "quote", "places", "verdict", "reason", "found", "sentence",
    "same_source", "maps", "now", "now_found", "reading", "methods",
)  # fmt: skip


def verdicts_csv(checked: Checked) -> str:
    """Return one row a claim."""
    return csv_text(COLUMNS, [_row(one) for one in checked.claims])


def _row(one: CheckedClaim) -> list[object]:
    verdict = one.verdict
    days = sorted({m.as_of.isoformat() for m in verdict.maps})
    return [
        one.id,
        one.claim.id,
        one.claim.kind.value,
        one.quote,
        "; ".join(place.name for place in one.claim.places),
        verdict.verdict.value,
        None if verdict.reason is None else verdict.reason.value,
        verdict.number,
        verdict.sentence,
        "yes" if verdict.same_source else "no",
        "; ".join(days),
        None if one.now is None else one.now.verdict.value,
        None if one.now is None else one.now.number,
        one.reading.sure.value,
        "; ".join(method.label for method in verdict.methods),
    ]
