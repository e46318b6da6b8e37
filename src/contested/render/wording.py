"""The words that every picture and page uses: statuses, dates, numbers, what is not held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contested.geo.measure import KM_PER_MILE
from contested.render.language import ENGLISH, Language

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from contested.records import Status

STATUS_WORDS = ENGLISH.statuses
SETTLEMENT_WORDS = ENGLISH.settlements
NO_STATEMENT = "no statement"
NOT_HELD = ENGLISH.held_not
DISCLAIMER = ENGLISH.disclaimer
FILE_DISCLAIMER = (
    "The boundaries, names and designations used here do not imply any opinion on the legal "
    "status of a territory or on the course of its borders. Assessed by the source from open "
    "information; not independently confirmed."
)
"""Stands in every file of an export."""
MONTHS = ENGLISH.months
"""English whatever the machine's locale says."""


def day(value: date, language: Language = ENGLISH) -> str:
    """Return a day in words: 5 November 2025."""
    month = language.months[value.month - 1]
    return language.day.format(day=value.day, month=month, year=value.year)


def short_day(value: date, language: Language = ENGLISH) -> str:
    """Return a day without its year: 5 Nov."""
    month = language.months_short[value.month - 1]
    return language.short_day.format(day=value.day, month=month)


def km2(value: float | None, language: Language = ENGLISH) -> str:
    """Return an area with its unit: one decimal below 1,000, none above; or "not held"."""
    if value is None:
        return language.held_not
    digits = 0 if abs(value) >= 1000 else 1  # noqa: PLR2004
    return f"{number(value, digits, language)} {language.km}²"


def signed_km2(value: float, language: Language = ENGLISH) -> str:
    """Return a change of area with its sign."""
    return f"+{km2(value, language)}" if value > 0 else km2(value, language)


def number(value: float, digits: int = 0, language: Language = ENGLISH) -> str:
    """Return a number as a language writes it, with a true minus sign."""
    text = _minus(f"{value:,.{digits}f}")
    if language.decimal == ".":
        return text
    return text.replace(",", "\xa0").replace(".", language.decimal)


def axis_month(value: date, language: Language = ENGLISH) -> str:
    """Return a month's short name as it stands alone under an axis."""
    return language.months_axis[value.month - 1]


def square_miles(value: float, language: Language = ENGLISH) -> str:
    """Return an area in square miles."""
    miles = value / KM_PER_MILE**2
    digits = 0 if abs(miles) >= 1000 else 1  # noqa: PLR2004
    return f"{number(miles, digits, language)} {language.square_miles}"


def share(value: float | None, language: Language = ENGLISH) -> str:
    """Return a share of 1 in per cent; tiny shares are not rounded to nothing, nor to all."""
    if value is None:
        return language.held_not
    percent = value * 100
    if 0 < percent < 0.1:  # noqa: PLR2004
        return language.under.format(share=_percent(0.1, language))
    if 99.9 < percent < 100:  # noqa: PLR2004
        return language.over.format(share=_percent(99.9, language))
    return _percent(percent, language)


def _percent(value: float, language: Language) -> str:
    return f"{value:.1f} %".replace(".0 %", " %").replace(".", language.decimal)


def and_list(words: Iterable[str], language: Language = ENGLISH) -> str:
    """Join words as a sentence does: a, b and c."""
    return _listed(list(words), language.conjunction)


def _listed(items: list[str], last: str) -> str:
    return f" {last} ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))


def not_held_sentence(
    source_title: str, when: date, statuses: Iterable[Status], language: Language = ENGLISH
) -> str:
    """Return the sentence that says what a source does not carry on a day; empty if nothing."""
    words = [language.ground.format(status=language.statuses[status]) for status in statuses]
    if not words:
        return ""
    return language.not_held.format(
        day=day(when, language), title=source_title, statuses=_listed(words, language.alternative)
    )


def not_held_brief(statuses: Iterable[Status], language: Language = ENGLISH) -> str:
    """Return the same where room is dear and source and day are said beside it."""
    words = [language.ground.format(status=language.statuses[status]) for status in statuses]
    if not words:
        return ""
    return language.not_held_brief.format(statuses=_listed(words, language.alternative))


def assessor(source_title: str, language: Language = ENGLISH) -> str:
    """Return whose assessment a source's map is, in a language's words."""
    return language.assessors.get(source_title, source_title)


def figure(value: float, language: Language = ENGLISH) -> str:
    """Return a length: one decimal below 100, none above, in the language's writing."""
    text = f"{value:.1f}" if abs(value) < 100 else f"{value:.0f}"  # noqa: PLR2004
    return text.removesuffix(".0").replace(".", language.decimal)


def miles_word(value: float, language: Language = ENGLISH) -> str:
    """Return the word for so many miles."""
    one, few, many = language.mile_forms
    if value == 1:
        return one
    teens = value % 100 // 10 == 1
    return few if value != int(value) or (2 <= value % 10 <= 4 and not teens) else many  # noqa: PLR2004


def _minus(number: str) -> str:
    """Return a number with a true minus sign."""
    return number.replace("-", "−")
