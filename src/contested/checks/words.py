"""Dates and numbers in words, the same in every sentence, picture and page. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
"""English whatever the machine's locale says."""


def day(value: date) -> str:
    """Return a day in words: 5 November 2025."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def days(first: date, last: date) -> str:
    """Return a span of days in words, what both ends share said once: 1–12 August 2025."""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} – {day(last)}"
    return f"{day(first)} – {day(last)}"


def and_list(words: Iterable[str]) -> str:
    """Join words as a sentence does: a, b and c."""
    items = list(words)
    return " and ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))


def minus(number: str) -> str:
    """Return a number with a true minus sign."""
    return number.replace("-", "−")


def share(value: float) -> str:
    """Return a share of 1 in per cent; tiny shares are not rounded to nothing, nor to all."""
    percent = value * 100
    if 0 < percent < 0.1:  # noqa: PLR2004
        return "under 0.1 %"
    if 99.9 < percent < 100:  # noqa: PLR2004
        return "over 99.9 %"
    return f"{percent:.1f} %".replace(".0 %", " %")
