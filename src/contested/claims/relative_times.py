"""Times told from another day: "last night", "a week earlier", "the end of the month".

They are read against the day of publication, or against the day named before in the sentence.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from contested.claims.numbers import number_at
from contested.claims.timespans import UNRESOLVED, Found

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contested.claims.tokens import Token

_DAYS_OF: Final = {"hour": 1 / 24, "day": 1, "night": 1, "week": 7, "month": 30, "year": 365,
                   "decade": 3650}  # fmt: skip
_AWAY: Final = {"earlier": -1, "before": -1, "previously": -1, "prior": -1, "later": 1,
                "afterwards": 1}  # fmt: skip
_ARTICLES: Final = frozenset({"a", "an", "one"})
_PARTS_OF_DAY: Final = frozenset({"morning", "afternoon", "evening"})
_STARTS_OF: Final = frozenset({"start", "beginning", "outset"})
_OPEN: Final = frozenset({"will", "'ll", "would", "could", "may", "might", "shall", "wo", "can"})
_POINTED: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)\Z")
_FOUR: Final = re.compile(r"(?:19|20)\d\d\Z")
_TWO: Final = re.compile(r"\d\d\Z")
_SATURDAY: Final = 5
_DEKAD: Final = 10

STARTS: Final = frozenset(
    "last this earlier later the a an one in within for half on at over during by end start "
    "beginning".split()
)
WORDS: Final = frozenset(
    "night morning afternoon evening weekend today dawn nightfall month's year's week's".split()
)


def relative_time(
    tokens: Sequence[Token], i: int, published: date | None, before: Found | None
) -> Found | None:
    """Return the time that begins at word `i`, or `None`.

    Parameters
    ----------
    before
        The last time found in the sentence: "on 26 January …, two days later".
    """
    for read in (_night, _weekend, _of_this, _edge, _lasting):
        found = read(tokens, i, published)
        if found is not None:
            return found
    return _away(tokens, i, published, before)


def _low(tokens: Sequence[Token], i: int) -> str:
    return tokens[i].low if 0 <= i < len(tokens) else ""


def _found(i: int, j: int, first: date | None, last: date | None, precision: str) -> Found:
    basis = "relative" if first else UNRESOLVED
    return Found(i, j, first, last, precision, basis)


def written_date(tokens: Sequence[Token], i: int) -> Found | None:
    """Read 11.08.2025 and 2025-08-11."""
    if not tokens[i].text[0].isdigit():
        return None
    pointed = _POINTED.match(tokens[i].text)
    if pointed:
        day, month, year = (int(part) for part in pointed.groups())
        return _day(i, i + 1, year, month, day)
    words = [token.text for token in tokens[i : i + 5]]
    iso = len(words) > 4 and _FOUR.match(words[0]) and words[1] == words[3] == "-"  # noqa: PLR2004
    if iso and _TWO.match(words[2]) and _TWO.match(words[4]):
        return _day(i, i + 5, int(words[0]), int(words[2]), int(words[4]))
    return None


def _day(i: int, j: int, year: int, month: int, day: int) -> Found | None:
    try:
        at = date(year, month, day)
    except ValueError:
        return None
    return Found(i, j, at, at, "day", "explicit")


def _night(tokens: Sequence[Token], i: int, published: date | None) -> Found | None:
    """Read "last night", "this morning", "earlier today"."""
    first, second = _low(tokens, i), _low(tokens, i + 1)
    back = 1 if (first, second) == ("last", "night") else 0
    day = first == "this" and second in _PARTS_OF_DAY
    if not (back or day or (first in {"earlier", "later"} and second == "today")):
        return None
    begun = published - timedelta(days=back) if published else None
    return _found(i, i + 2, begun, published, "day")


def _weekend(tokens: Sequence[Token], i: int, published: date | None) -> Found | None:
    """Read "over the weekend" and "last weekend": the Saturday and Sunday last begun."""
    if _low(tokens, i) not in {"the", "last", "this"} or _low(tokens, i + 1) != "weekend":
        return None
    if published is None:
        return _found(i, i + 2, None, None, "days")
    saturday = published - timedelta(days=(published.weekday() - _SATURDAY) % 7)
    return _found(i, i + 2, saturday, min(saturday + timedelta(days=1), published), "days")


def _of_this(tokens: Sequence[Token], i: int, published: date | None) -> Found | None:
    """Read "earlier this month" and "later this year"."""
    if tokens[i].low not in {"earlier", "later"}:
        return None
    words = [_low(tokens, i + k) for k in range(3)]
    if words[1] != "this" or words[2] not in _CALENDAR:
        return None
    if published is None:
        return _found(i, i + 3, None, None, words[2])
    first, last = _calendar(published, words[2])
    if words[0] == "later":
        return Found(i, i + 3, published, last, words[2], "future")
    return _found(i, i + 3, first, published, words[2])


_CALENDAR: Final = frozenset({"week", "month", "year"})


def _calendar(day: date, unit: str) -> tuple[date, date]:
    """Return the first and last day of a day's week, month or year."""
    if unit == "week":
        first = day - timedelta(days=day.weekday())
        return first, first + timedelta(days=6)
    if unit == "month":
        return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
    return date(day.year, 1, 1), date(day.year, 12, 31)


def _edge(tokens: Sequence[Token], i: int, published: date | None) -> Found | None:
    """Read "the start of the month", "the end of last year", "year's end"."""
    j = i + (_low(tokens, i) == "the")
    side, of = _low(tokens, j), _low(tokens, j + 1)
    if side not in _STARTS_OF | {"end"} or of != "of":
        return None
    k = j + 2
    last = _low(tokens, k) in {"last", "this", "the", "next"}
    unit = _low(tokens, k + 1)
    if not last or unit not in _CALENDAR:
        return None
    if published is None:
        return _found(i, k + 2, None, None, "dekad")
    first, end = _calendar(_shifted(published, _low(tokens, k), unit), unit)
    if side in _STARTS_OF:
        return _found(i, k + 2, first, first + timedelta(days=_DEKAD - 1), "dekad")
    deadline = _low(tokens, i - 1) in {"by", "before", "until"} and end >= published
    begin = published if deadline else end - timedelta(days=_DEKAD)
    return Found(i, k + 2, begin, end, "dekad", "future" if end > published else "relative")


def _shifted(day: date, word: str, unit: str) -> date:
    """Return a day in the unit before ("last") or behind ("next")."""
    step = {"last": -1, "next": 1}.get(word, 0)
    first, last = _calendar(day, unit)
    return day if not step else (first if step < 0 else last) + timedelta(days=step)


def _count(tokens: Sequence[Token], i: int) -> tuple[float, int] | None:
    """Return how many units, and the index of the unit: "two", "a", "half a", "several"."""
    words = [_low(tokens, i + k) for k in range(3)]
    if words[:2] == ["half", "a"]:
        return 0.5, i + 2
    if words[0] in _ARTICLES and words[1] in {"few", "couple"}:
        size = 2 if words[1] == "couple" else 5
        return float(size), i + 2 + (_low(tokens, i + 2) == "of")
    if words[0] in _ARTICLES:
        return 1.0, i + 1
    if words[0] == "several":
        return 5.0, i + 1
    number = number_at(tokens, i) if i < len(tokens) else None
    if number and _low(tokens, number[1]) in {"or", "to", "–", "-"}:
        later = number_at(tokens, number[1] + 1) if number[1] + 1 < len(tokens) else None
        return later or number
    return number


def _unit(tokens: Sequence[Token], k: int) -> tuple[str, float] | None:
    low = _low(tokens, k)
    name = low.removesuffix("s")
    return (name, _DAYS_OF[name]) if name in _DAYS_OF else None


def _lasting(tokens: Sequence[Token], i: int, published: date | None) -> Found | None:
    """Read "in seven days", "within two weeks" and "has had no water for 31 days"."""
    word = _low(tokens, i)
    if word not in {"in", "within", "for"}:
        return None
    at = i + 1
    while _low(tokens, at) in _AROUND:
        at += 1
    count = _count(tokens, at)
    unit = _unit(tokens, count[1]) if count else None
    if count is None or unit is None:
        return None
    end = count[1] + 1
    words = {token.low for token in tokens[max(0, i - 12) : i]}
    unfinished = word == "for" and not words & {"has", "have", "'s", "'ve"}
    if unfinished or _low(tokens, end) in _GOES_ON:
        return None
    if published is None:
        return _found(i + 1, end, None, None, unit[0])
    days = _span(count[0], *unit, published)
    if word != "for" and words & _OPEN:
        return Found(i + 1, end, published, published + days, unit[0], "future")
    return _found(i + 1, end, published - days, published, unit[0])


_AROUND: Final = frozenset(
    "just only about nearly almost over at least more than some under roughly".split()
)
_GOES_ON: Final = frozenset({"ago", "of", "earlier", "before", "later", "'s", "-"})


def _span(count: float, unit: str, days: float, published: date) -> timedelta:
    """Return so many units as days; months and years by the calendar."""
    if unit not in {"month", "year"} or count != int(count):
        return timedelta(days=max(1, round(count * days)))
    back = int(count) * (12 if unit == "year" else 1)
    year, month = divmod(published.year * 12 + published.month - 1 - back, 12)
    day = min(published.day, monthrange(max(year, 1), month + 1)[1])
    return published - date(max(year, 1), month + 1, day)


def _away(
    tokens: Sequence[Token], i: int, published: date | None, before: Found | None
) -> Found | None:
    """Read "two weeks earlier", "the day before", "the previous month", "half a year ago"."""
    previous = _low(tokens, i) == "the" and _low(tokens, i + 1) == "previous"
    if previous or (_low(tokens, i) == "the" and _low(tokens, i + 2) == "before"):
        unit = _unit(tokens, i + 1 + previous)
        return _previous(i, i + 3, unit[0], published, before) if unit else None
    count = _count(tokens, i)
    unit = _unit(tokens, count[1]) if count else None
    if count is None or unit is None:
        return None
    sign = _AWAY.get(_low(tokens, count[1] + 1))
    if _low(tokens, count[1] + 1) == "before" and _low(tokens, count[1] + 2)[:1].isalnum():
        sign = None  # "for six months before it was liberated"
    half_ago = count[0] == 0.5 and _low(tokens, count[1] + 1) == "ago"  # noqa: PLR2004
    if sign is None and not half_ago:
        return None
    return _at_distance(i, count[1] + 2, sign or -1, count[0] * unit[1], published, before)


def _at_distance(
    i: int, j: int, sign: int, days: float, published: date | None, before: Found | None
) -> Found | None:
    """Return the day so many days away, from the day named before or from publication."""
    dated = before is not None and before.basis == "explicit" and before.first is not None
    anchor = before.first if dated and before is not None else None
    if anchor is None and sign > 0:
        return None
    if anchor is None:
        anchor = published
    if anchor is None:
        return _found(i, j, None, None, "day")
    at = anchor + timedelta(days=sign * max(1, round(days)))
    return _found(i, j, at, at, "day")


def _previous(
    i: int, j: int, unit: str, published: date | None, before: Found | None
) -> Found | None:
    """Return the day, week, month or year before."""
    dated = before is not None and before.basis == "explicit" and before.first is not None
    anchor = before.first if dated and before is not None else published
    if anchor is None:
        return _found(i, j, None, None, unit)
    if unit in {"day", "night"}:
        day = anchor - timedelta(days=1)
        return _found(i, j, day, day, "day")
    if unit == "week":
        return _found(i, j, anchor - timedelta(days=14), anchor - timedelta(days=7), "week")
    if unit not in {"month", "year"}:
        return None
    first, last = _calendar(_calendar(anchor, unit)[0] - timedelta(days=1), unit)
    return _found(i, j, first, last, unit)
