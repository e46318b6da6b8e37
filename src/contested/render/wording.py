"""The words that every picture and page uses: statuses, dates, numbers, what is not held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contested.geo.measure import KM_PER_MILE
from contested.records import Status
from contested.words import MONTHS, and_list, day, minus
from contested.words import share as share_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

__all__ = ["MONTHS", "and_list", "day"]
"""Taken from `contested.words`, so that pages find every word here."""

STATUS_WORDS = {
    Status.OCCUPIED: "occupied since 2022",
    Status.HELD_SINCE_2014: "held by Russia since 2014",
    Status.CONTROLLED: "occupied since 2014 or 2022",
    Status.CONTESTED: "contested or unknown",
    Status.LIBERATED: "liberated",
    Status.UA_HELD_IN_RUSSIA: "held by Ukraine in Russia",
    Status.FREE: "government-controlled",
}
SETTLEMENT_WORDS = {
    **STATUS_WORDS,
    Status.OCCUPIED: "occupied",
    Status.CONTROLLED: "occupied",
}
NO_STATEMENT = "no statement"
NOT_HELD = "not held"

DISCLAIMER = (
    "Borders and place names are drawn and worded for orientation. They express no opinion on "
    "the legal status of any territory or its authorities and imply no endorsement by the "
    "makers of this map. Ukraine is shown within its internationally recognised borders."
)


def short_day(value: date) -> str:
    """Return a day without its year: 5 Nov."""
    return f"{value.day} {MONTHS[value.month - 1][:3]}"


def km2(value: float | None) -> str:
    """Return an area with its unit: one decimal below 1,000, none above; or "not held"."""
    if value is None:
        return NOT_HELD
    digits = 0 if abs(value) >= 1000 else 1  # noqa: PLR2004
    return f"{minus(f'{value:,.{digits}f}')} km²"


def signed_km2(value: float) -> str:
    """Return a change of area with its sign."""
    return f"+{km2(value)}" if value > 0 else km2(value)


def square_miles(value: float) -> str:
    """Return an area in square miles."""
    miles = value / KM_PER_MILE**2
    return f"{minus(f'{miles:,.{0 if abs(miles) >= 1000 else 1}f}')} sq mi"  # noqa: PLR2004


def share(value: float | None) -> str:
    """Return a share of 1 in per cent, or "not held"."""
    return NOT_HELD if value is None else share_words(value)


def not_held_sentence(source_title: str, when: date, statuses: Iterable[Status]) -> str:
    """Return the sentence that says what a source does not carry on a day; empty if nothing."""
    words = and_list(f"ground “{STATUS_WORDS[status]}”" for status in statuses)
    if not words:
        return ""
    return (
        f"Not held: for {day(when)}, {source_title} carries no {words.replace(' and ', ' or ')}. "
        f"That says nothing about whether there was any."
    )
