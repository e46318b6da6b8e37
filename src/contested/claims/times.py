"""Expressions of time, read against the day of publication.

Conventions (CLAIMS): Monday to Sunday is the last such day that had begun at publication; early,
mid and late month are its first, second and last ten days; "last few days" is five days; seasons
are meteorological. Without a day of publication a relative date stays unresolved and says so.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from contested.claims.forms import ByForm
from contested.claims.numbers import number_at
from contested.claims.relative_times import STARTS, WORDS, relative_time, written_date
from contested.claims.seasons import SEASONS, season, season_span
from contested.claims.timespans import (
    UNRESOLVED,
    WEEKDAYS,
    Found,
    from_day,
    looks_ahead,
    moved_ahead,
    several_days,
)
from contested.records.claim import TimeSpan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contested.claims.lexicon import Lexicon
    from contested.claims.tokens import Sentence, Token

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        "january jan.|february feb.|march mar.|april apr.|may|june jun.|july jul.|august aug.|"
        "september sep. sept.|october oct.|november nov.|december dec.".split("|"),
        start=1,
    )
    for name in names.split()
}
_UNITS: Final = {
    "hour": 1 / 24, "hours": 1 / 24, "day": 1, "days": 1, "week": 7, "weeks": 7, "month": 30,
    "months": 30, "year": 365, "years": 365, "decade": 3650, "decades": 3650,
}  # fmt: skip
_WORDS: Final = {
    "hour": "hour", "hours": "hour", "day": "days", "days": "days", "week": "week",
    "weeks": "week", "month": "month", "months": "month", "year": "year", "years": "year",
    "decade": "year", "decades": "year",
}  # fmt: skip
_SOME: Final = {"few": 5, "several": 5, "couple": 2, "recent": 5}
_YEAR: Final = re.compile(r"(?:19|20)\d\d\Z")
_DAY: Final = re.compile(r"(?:[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\Z")
_PREPOSITIONS: Final = frozenset({"in", "on", "by", "at", "during", "over", "of", "for", "until"})
RECENT_DAYS: Final = 60
"""How far back "recently" reaches."""


def times(sentence: Sentence, published: date | None, lexicon: Lexicon) -> tuple[TimeSpan, ...]:
    """Return the times of a sentence in order of their words."""
    timely = [k for k, word in enumerate(sentence.words) if _IS_TIMELY[word]]
    if not timely:
        return ()  # most sentences have no word of time
    tokens = sentence.tokens
    found: list[TimeSpan] = []
    behind = 0
    last: Found | None = None
    for i in _starts(sentence.words, timely):
        if i < behind:
            continue
        hit = written_date(tokens, i) or _at(tokens, i, published, lexicon)
        hit = hit or relative_time(tokens, i, published, last)
        if hit is None:
            continue
        last = hit
        hit = _until_next(tokens, _ahead(sentence, hit, published), published, lexicon)
        found.append(_span(tokens, _since(tokens, hit, published)))
        behind = hit.j
    return tuple(found)


def _starts(words: Sequence[str], timely: Sequence[int]) -> list[int]:
    """Return the words a time can begin with, with a word of time within reach.

    Most "the" and "a" begin none.
    """
    near = {i for k in timely for i in range(max(0, k - _REACH), k + 1)}
    return [i for i in sorted(near) if _IS_START[words[i]]]


_REACH: Final = 7


def _at(tokens: Sequence[Token], i: int, published: date | None, lexicon: Lexicon) -> Found | None:
    found = _named_period(tokens, i, published, lexicon)
    for read in (_calendar, _weekday, _relative, _season, _word) if found is None else ():
        found = read(tokens, i, published)
        if found is not None:
            return found
    return found


_STARTS: Final = frozenset(
    {*_MONTHS, *(f"mid-{name}" for name in _MONTHS), *WEEKDAYS, *SEASONS}
    | set(
        "early mid late mid- last past next this previous coming recent today yesterday tomorrow "
        "overnight recently tonight the within first second spring half a more nearly almost "
        "about over two three four five six seven eight nine ten then beginning in several".split()
    )
    | STARTS
)
_TIME_WORDS: Final = frozenset(
    {*_MONTHS, *(f"mid-{name}" for name in _MONTHS), *WEEKDAYS, *SEASONS, *_UNITS, "today",
     "yesterday", "tomorrow", "overnight", "recently", "tonight", "prewar", "pre-war", "war",
     "invasion", "conflict", "invaded", *WORDS}
)  # fmt: skip
_FIRST_PERIOD_WORDS: Final = frozenset(
    {"prewar", "pre-war", "before", "since", "of", "in", "prior", "during", "throughout", "ahead"}
)
_IS_TIMELY: Final = ByForm(
    lambda low: low in _TIME_WORDS or low[:2] in {"19", "20"} or low[-5:-2] in {".19", ".20"}
)
_IS_START: Final = ByForm(
    lambda low: low in _STARTS or low in _FIRST_PERIOD_WORDS or low[0].isdigit()
)


def _low(tokens: Sequence[Token], i: int) -> str:
    return tokens[i].low if 0 <= i < len(tokens) else ""


def _named_period(
    tokens: Sequence[Token], i: int, published: date | None, lexicon: Lexicon
) -> Found | None:
    for words, (first, last) in lexicon.periods_at[tokens[i].text]:
        there = tokens[i : i + len(words)]
        if len(there) == len(words) and all(
            word in (token.text, token.low) for word, token in zip(words, there, strict=True)
        ):
            end = date.fromisoformat(last) if last else published
            start = date.fromisoformat(first)
            return Found(i, i + len(words), start, end or start, "year", "named period")
    return None


def _calendar(tokens: Sequence[Token], i: int, published: date | None) -> Found | None:
    """Read May 2023 · 15 August · Aug. 15, 2025 · early August · in 2014 · late last month."""
    if not _OPENS_DATE[tokens[i].low]:
        return None
    part, j = _part_of(tokens, i)
    month = _month_at(tokens, j)
    if month is None:
        return _day_first(tokens, i, published) or _year_or_last_month(
            tokens, i, j, part, published
        )
    day, k = _day_after(tokens, j + 1)
    year, k = _year_after(tokens, k)
    if not _is_date(tokens, i, j, part=part, day=day, year=year):
        return None
    basis = "explicit" if year or day or not part else "relative"
    if year is None:
        if published is None:
            return Found(i, k, None, None, "month", UNRESOLVED)
        year = _latest_year(published, month, day)
    return _month_span(i, k, year, month, day, part, basis)


_OPENS_DATE: Final = ByForm(
    lambda low: (
        low in {"early", "late", "mid", "the", "last", "this"}
        or low in _MONTHS
        or low.startswith("mid-")
        or low[0].isdigit()
    )
)


def _month_span(
    i: int, k: int, year: int, month: int, day: int | None, part: str, basis: str
) -> Found | None:
    length = monthrange(year, month)[1]
    if day is not None:
        if day > length:
            return None
        at = date(year, month, day)
        return Found(i, k, at, at, "day", basis)
    low, high, precision = {
        "early": (1, 10, "dekad"), "beginning": (1, 10, "dekad"), "mid": (11, 20, "dekad"),
        "late": (21, length, "dekad"), "week": (1, 7, "week"),
    }.get(part, (1, length, "month"))  # fmt: skip
    return Found(i, k, date(year, month, low), date(year, month, high), precision, basis)


def _part_of(tokens: Sequence[Token], i: int) -> tuple[str, int]:
    """Return early, mid or late, and the index behind it."""
    low = _low(tokens, i)
    if low in {"early", "late", "mid"}:
        return low, i + 1 + (_low(tokens, i + 1) in {"in", "-"})
    if low.startswith("mid-"):
        return "mid", i
    if low != "the":
        return "", i
    words = [_low(tokens, i + k) for k in range(5)]
    if words[:4] == ["the", "first", "week", "of"]:
        return "week", i + 4
    if words[0] == "the" and words[1] in _PARTS and words[2] == "of":
        return _PARTS[words[1]], i + 3
    return "", i


_PARTS: Final = {"beginning": "early", "start": "early", "middle": "mid", "end": "late"}


def _month_at(tokens: Sequence[Token], j: int) -> int | None:
    low = _low(tokens, j)
    prefixed = low.startswith("mid-") and low[4:] in _MONTHS
    if prefixed:
        return _MONTHS[low[4:]]
    # "may" is a verb; "March" opens sentences; a month is written with a capital.
    return _MONTHS.get(low) if low in _MONTHS and tokens[j].text[0].isupper() else None


def _is_date(
    tokens: Sequence[Token], i: int, j: int, *, part: str, day: int | None, year: int | None
) -> bool:
    """Return whether the month is one, not the verb May nor the noun March."""
    if _low(tokens, j) not in {"may", "march"} or part or day or year:
        return True
    before = _low(tokens, i - 1)
    return before in {"in", "since", "by", "until", "of", "from", "last", "during", "than"}


def _day_after(tokens: Sequence[Token], k: int) -> tuple[int | None, int]:
    low = _low(tokens, k)
    # "August 2025" has no day; "August 15 soldiers" is not told apart and rare.
    if _DAY.match(low):
        return int(re.sub(r"\D", "", low)), k + 1
    return None, k


def _year_after(tokens: Sequence[Token], k: int) -> tuple[int | None, int]:
    at = k + (_low(tokens, k) in {",", "of"})
    if _YEAR.match(_low(tokens, at)):
        return int(_low(tokens, at)), at + 1
    return None, k


def _day_first(tokens: Sequence[Token], i: int, published: date | None) -> Found | None:
    """Read "15 August 2025", "15 August" and "3–9 August"."""
    if not _DAY.match(_low(tokens, i)):
        return None
    if _low(tokens, i + 1) in _JOINTS and _DAY.match(_low(tokens, i + 2)):
        later = _day_first(tokens, i + 2, published) if _month_at(tokens, i + 3) else None
        return from_day(later, i, int(re.sub(r"\D", "", _low(tokens, i))))
    if _month_at(tokens, i + 1) is None:
        return None
    month = _month_at(tokens, i + 1) or 1
    year, k = _year_after(tokens, i + 2)
    day = int(re.sub(r"\D", "", _low(tokens, i)))
    if year is None:
        if published is None:
            return Found(i, k, None, None, "day", UNRESOLVED)
        year = _latest_year(published, month, day)
    return _month_span(i, k, year, month, day, "", "explicit")


_JOINTS: Final = frozenset({"-", "–", "to", "and", "or"})


def _latest_year(published: date, month: int, day: int | None) -> int:
    """Return the year of the last such day or month that had begun at publication."""
    later = (month, day or 1) > (published.month, published.day)
    return published.year - later


def _year_or_last_month(
    tokens: Sequence[Token], i: int, j: int, part: str, published: date | None
) -> Found | None:
    word = _low(tokens, j)
    if word in {"last", "this"} and _low(tokens, j + 1) == "month":
        return _relative_month(tokens, i, j, part, published)
    if _YEAR.match(word) and (part or _low(tokens, i - 1) in _BEFORE_A_YEAR):
        year = int(word)
        first, last = date(year, 1, 1), date(year, 12, 31)
        if part == "early":
            last = date(year, 4, 30)
        elif part == "late":
            first = date(year, 9, 1)
        return Found(i, j + 1, first, last, "year", "explicit")
    return None


_BEFORE_A_YEAR: Final = _PREPOSITIONS | {"since", "from", "late", "early", "before", "after"}


def _relative_month(
    tokens: Sequence[Token], i: int, j: int, part: str, published: date | None
) -> Found | None:
    if published is None:
        return Found(i, j + 2, None, None, "month", UNRESOLVED)
    back = _low(tokens, j) == "last"
    at = published.replace(day=1) - timedelta(days=1) if back else published
    return _month_span(i, j + 2, at.year, at.month, None, part, "relative")


def _weekday(tokens: Sequence[Token], i: int, published: date | None) -> Found | None:
    ago = _low(tokens, i) == "last" and _low(tokens, i + 1) in WEEKDAYS
    j = i + 1 if ago else i
    if _low(tokens, j) not in WEEKDAYS or not tokens[j].text[0].isupper():
        return None
    night = _low(tokens, j + 1) in {"night", "morning", "evening", "afternoon"}
    k = j + 1 + night
    if published is None:
        return Found(i, k, None, None, "day", UNRESOLVED)
    back = (published.weekday() - WEEKDAYS[_low(tokens, j)]) % 7
    day = published - timedelta(days=back or (7 if ago else 0))
    return Found(i, k, day, day, "day", "explicit")


def _relative(tokens: Sequence[Token], i: int, published: date | None) -> Found | None:
    """Read "last few days" · "the past 24 hours" · "coming weeks" · "two weeks ago"."""
    j = i + (_low(tokens, i) == "the")
    word = _low(tokens, j)
    if word == "previous" and _low(tokens, j + 1) in {"day", "week", "month", "year"}:
        return None  # by the calendar: see `relative_time`
    if word in {"last", "past", "next", "coming", "previous", "recent"}:
        count, k = _count(tokens, j + 1)
        return _window(tokens, i, k, word, count, published)
    if word == "this" and _low(tokens, j + 1) in {"week", "year", "month"}:
        return _this(i, j + 2, _low(tokens, j + 1), published)
    return _ago_or_long(tokens, i, published)


def _count(tokens: Sequence[Token], j: int) -> tuple[float, int]:
    low = _low(tokens, j)
    if low in _SOME:
        return _SOME[low], j + 1 + (_low(tokens, j + 1) == "of")
    number = number_at(tokens, j) if j < len(tokens) else None
    return number or (1.0, j)


def _window(
    tokens: Sequence[Token], i: int, k: int, word: str, count: float, published: date | None
) -> Found | None:
    unit = _low(tokens, k)
    if unit in SEASONS:
        return season_span(i, k + 1, unit, published, back=word != "next")
    if unit not in _UNITS:
        return None
    some = word in {"recent", "coming"} and _low(tokens, k - 1) == word
    days = _UNITS[unit] * (5 if some else count)
    precision = _WORDS[unit]
    if published is None:
        return Found(i, k + 1, None, None, precision, UNRESOLVED)
    if word in {"next", "coming"}:
        return Found(i, k + 1, published, published + _days(days), precision, "future")
    if unit == "days" and days == _SOME["few"]:
        # Five days with the day of publication among them.
        return Found(i, k + 1, published - timedelta(days=4), published, "days", "relative")
    return _last(i, k, word, unit, days, published)


def _last(i: int, k: int, word: str, unit: str, days: float, published: date) -> Found:
    """Return "last year" as the calendar year before, "the past year" as the year up to now."""
    if word in {"last", "previous"} and unit == "year":
        year = published.year - 1
        return Found(i, k + 1, date(year, 1, 1), date(year, 12, 31), "year", "relative")
    if unit in {"month", "months"} and days % 30 == 0:
        first = _months_back(published, int(days) // 30)
        return Found(i, k + 1, first, published, "month", "relative")
    return Found(i, k + 1, published - _days(days), published, _WORDS[unit], "relative")


def _months_back(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 - months
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _days(days: float) -> timedelta:
    return timedelta(days=max(1, round(days)))


def _this(i: int, j: int, unit: str, published: date | None) -> Found:
    if published is None:
        return Found(i, j, None, None, unit, UNRESOLVED)
    first = {
        "week": published - timedelta(days=published.weekday()),
        "month": published.replace(day=1),
        "year": published.replace(month=1, day=1),
    }[unit]
    return Found(i, j, first, published, unit, "relative")


def _ago_or_long(tokens: Sequence[Token], i: int, published: date | None) -> Found | None:
    """Read "two weeks ago" and "after more than a year of fighting"."""
    j = i + 2 * (_low(tokens, i) == "more" and _low(tokens, i + 1) == "than")
    j += _low(tokens, j) in {"nearly", "almost", "about", "over"}
    single = _low(tokens, j) in {"a", "an", "one"}
    count, k = (1.0, j + 1) if single else _count(tokens, j)
    unit = _low(tokens, k)
    if k == j or unit not in _UNITS:
        return None
    days = _UNITS[unit] * count
    if _low(tokens, k + 1) == "ago":
        return _ago(i, k + 2, unit, days, published)
    lasting = _low(tokens, k + 1) == "of" and _low(tokens, i - 1) in {"after", "for", "in"}
    if not lasting:
        return None
    if published is None:
        return Found(i, k + 1, None, None, _WORDS[unit], UNRESOLVED)
    return _last(i, k, "past", unit, days, published)


def _ago(i: int, j: int, unit: str, days: float, published: date | None) -> Found:
    if published is None:
        return Found(i, j, None, None, _WORDS[unit], UNRESOLVED)
    day = published - _days(days)
    return Found(i, j, day, day, _WORDS[unit], "relative")


def _season(tokens: Sequence[Token], i: int, published: date | None) -> Found | None:
    part, at = _part_of(tokens, i)
    if _low(tokens, at) not in SEASONS:
        return None
    year, j = _year_after(tokens, at + 1)
    return season(tokens, (i, at, j), published, part=part, year=year)


def _word(tokens: Sequence[Token], i: int, published: date | None) -> Found | None:
    low = _low(tokens, i)
    if low not in {"today", "yesterday", "tomorrow", "overnight", "recently", "tonight"}:
        return None
    if published is None:
        return Found(i, i + 1, None, None, "day", UNRESOLVED)
    first, last = {
        "yesterday": (-1, -1), "tomorrow": (1, 1), "overnight": (-1, 0),
        "recently": (-RECENT_DAYS, 0),
    }.get(low, (0, 0))  # fmt: skip
    precision = "month" if low == "recently" else "day"
    return Found(
        i, i + 1, published + timedelta(first), published + timedelta(last), precision, "relative"
    )


def _ahead(sentence: Sentence, found: Found, published: date | None) -> Found:
    """Turn "by November" and "in spring" to the future where the clause speaks of it."""
    if published is None or not looks_ahead(sentence, found):
        return found
    return moved_ahead(sentence.tokens, found, published)


def _until_next(
    tokens: Sequence[Token], found: Found, published: date | None, lexicon: Lexicon
) -> Found:
    """Return "between 28 August and 3 September" and "May 19 to 20" as one interval."""
    if found.precision not in _JOINED or found.j + 1 >= len(tokens):
        return found
    if _low(tokens, found.j) not in {"and", "to", "until", "-", "–"}:
        return found
    following = _at(tokens, found.j + 1, published, lexicon)
    return several_days(tokens, found, following)


_JOINED: Final = frozenset({"day", "month", "year", "dekad"})


def _since(tokens: Sequence[Token], found: Found, published: date | None) -> Found:
    """Stretch "since X" to the day of publication; "before X" is left at X."""
    before = [low for _, low, _, _ in tokens[max(0, found.i - 3) : found.i]]
    if "since" not in before or found.first is None:
        return found
    last = published if published and published > found.first else found.last
    return Found(found.i, found.j, found.first, last, found.precision, found.basis)


def _span(tokens: Sequence[Token], found: Found) -> TimeSpan:
    start, end = tokens[found.i].start, tokens[found.j - 1].end
    words = " ".join(token.text for token in tokens[found.i : found.j])
    return TimeSpan(
        surface=words, start=start, end=end, first=found.first, last=found.last,
        precision=found.precision, basis=found.basis,
    )  # fmt: skip
