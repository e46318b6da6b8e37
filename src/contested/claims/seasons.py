"""Spring, summer, autumn and winter as intervals: meteorological, three months each."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from contested.claims.timespans import UNRESOLVED, Found, part_of_season

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contested.claims.tokens import Token

SEASONS: Final = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_BEFORE_SEASON: Final = frozenset(
    "in this by the during a until since from through over before than".split()
)


def season(
    tokens: Sequence[Token],
    at: tuple[int, int, int],
    published: date | None,
    *,
    part: str,
    year: int | None,
) -> Found | None:
    """Return the season named, where it is one: "fall" and "spring" are verbs as well.

    Parameters
    ----------
    at
        Index of the first word, of the season, and behind the last word.
    part
        "early", "mid", "late" or nothing.
    """
    i, k, j = at
    low = tokens[k].low
    before = tokens[i - 1].low if i else ""
    follows = tokens[k + 1].low if k + 1 < len(tokens) else ""
    attribute = follows in {"offensive", "campaign"}
    if low == "fall" and not (year or before == "this" or part):
        return None
    if not (before in _BEFORE_SEASON or part or attribute or year):
        return None
    since = "since" in {before, tokens[i - 2].low if i > 1 else ""}
    back = attribute or since or before == "this" or bool(part)
    return part_of_season(season_span(i, j, low, published, back=back, year=year), part)


def season_span(
    i: int, j: int, name: str, published: date | None, *, back: bool, year: int | None = None
) -> Found | None:
    """Return the season of that year; else the last one begun (`back`) or the next to end."""
    month = SEASONS[name]
    if year is None:
        if published is None:
            return Found(i, j, None, None, "season", UNRESOLVED)
        year = published.year
        begun = date(year, month, 1) <= published
        if back and not begun:
            year -= 1
        elif not back and _season_end(year, month) < published:
            year += 1
    first = date(year, month, 1)
    return Found(i, j, first, _season_end(year, month), "season", "relative")


def _season_end(year: int, month: int) -> date:
    after = date(year + (month + 3 > 12), (month + 2) % 12 + 1, 1)  # noqa: PLR2004
    return after - timedelta(days=1)
