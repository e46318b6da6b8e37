"""Intervals of time: over several days, and ahead of the day of publication."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contested.claims.tokens import Sentence, Token

UNRESOLVED: Final = "unresolved: no date of publication"
WEEKDAYS: Final = {
    name: number
    for number, name in enumerate(
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    )
}
_DAY: Final = re.compile(r"(?:[1-9]|[12]\d|3[01])\Z")
_YEAR: Final = re.compile(r"\d{4}\Z")
_TURNED: Final = frozenset({"dekad", "month", "season", "week", "day"})
_DEADLINE: Final = frozenset({"by", "before", "until"})
_OPEN_VERBS: Final = frozenset({"will", "'ll", "would", "could", "may", "might", "wo", "shall"})
_TOLD: Final = frozenset({"was", "were", "had", "been", "did", "has", "have"})


@dataclass(frozen=True, slots=True)
class Found:
    """An interval over words ``i`` to ``j``; ``first is None`` where it needs a dateline."""

    i: int
    j: int
    first: date | None
    last: date | None
    precision: str
    basis: str


def several_days(tokens: Sequence[Token], found: Found, following: Found | None) -> Found:
    """Return one interval over a day and the day that follows it behind "and" or "to".

    "May 20 and 21" names the second by its number alone.
    """
    if found.first is None or found.last is None:
        return found
    same = following is not None and following.precision == found.precision
    if same and following is not None and following.last is not None:
        later = following.last > found.last
        return replace(found, j=following.j, last=following.last) if later else found
    if found.precision != "day":
        return found
    at = found.j + 1
    text = tokens[at].text
    behind = tokens[at + 1].text if at + 1 < len(tokens) else ""
    if not _DAY.match(text) or int(text) <= found.last.day or _names_a_thing(behind):
        return found
    try:
        return replace(found, j=at + 1, last=found.last.replace(day=int(text)))
    except ValueError:
        return found


def _names_a_thing(word: str) -> bool:
    """Return whether a number is counted by the word behind it: "May 20 and 21 attacks"."""
    return word[:1].isalnum() and word not in _GOES_ON


_GOES_ON: Final = frozenset("but in at with as when while on near according and by from to".split())


def looks_ahead(sentence: Sentence, found: Found) -> bool:
    """Return whether a time lies ahead: behind "will", "plan to", or "by" with no past before."""
    if found.first is None or found.precision not in _TURNED:
        return False
    tokens = sentence.tokens
    start = max((k + 1 for k in range(found.i) if tokens[k].text in ",;:“"), default=0)
    words = {token.low for token in tokens[start : found.i]}
    if words & _TOLD and not words & {"will", "would"}:
        return False
    wished = any(
        start <= hit.i < found.i and hit.kind == "want" and hit.form in {"base", "s", "ing"}
        for hit in sentence.hits
    )
    return bool(words & _OPEN_VERBS) or wished


def moved_ahead(tokens: Sequence[Token], found: Found, published: date) -> Found:
    """Return the next such time that has not ended; "by X" lasts from publication to its end."""
    first, last = found.first, found.last
    if first is None or last is None:
        return found
    dated = any(_YEAR.match(token.text) for token in tokens[found.i : found.j])
    if last < published and not dated:
        weekday = any(token.low in WEEKDAYS for token in tokens[found.i : found.j])
        days = 7 if weekday else None
        first, last = _later(first, days), _later(last, days)
    deadline = found.i > 0 and tokens[found.i - 1].low in _DEADLINE
    if deadline and last >= published:
        first = published
    return replace(found, first=first, last=last, basis="future")


def _later(day: date, days: int | None) -> date:
    """Return the day a week, or a year, later."""
    if days:
        return date.fromordinal(day.toordinal() + days)
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if leap else day.day)


def from_day(found: Found | None, i: int, day: int) -> Found | None:
    """Return the interval from an earlier day of the month to a day: "3–9 August"."""
    if found is None or found.first is None:
        return replace(found, i=i) if found else None
    if day >= found.first.day:
        return None
    return replace(found, i=i, first=found.first.replace(day=day))


def part_of_season(found: Found | None, part: str) -> Found | None:
    """Return the first, second or third month of a season: "early autumn"."""
    if found is None or not part or found.first is None or found.last is None:
        return found
    third = (found.last - found.first) / 3
    begin = {"early": 0, "mid": 1, "late": 2}.get(part, 0)
    first = found.first + begin * third
    last = found.last if part == "late" else found.first + (begin + 1) * third
    return replace(found, first=first, last=last)
