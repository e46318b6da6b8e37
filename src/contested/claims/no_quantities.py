"""Numbers that measure nothing: dates, ages, times of day, ordinals, names, sums of money."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contested.claims.tokens import Token

_MONTHS: Final = frozenset(
    "january february march april may june july august september october november december "
    "jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec.".split()
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d\Z")
_MONEY: Final = frozenset("$€£₴¥")
_OTHER_UNITS: Final = frozenset(
    "dollars euros hryvnia hryvnias roubles rubles pounds usd eur uah ton tons tonne tonnes litres "
    "liters kg kilograms mm degrees megawatts mw gigawatts".split()
)
"""Money, weight and power: measured in nothing that maps or tables of this field hold."""
_NUMBERED: Final = frozenset(
    "no. block school house page route article resolution paragraph chapter phase building "
    "highway issue section version hospital kindergarten apartment".split()
)
"""Things that bear a number as their name: "School No. 4", "Block 19"."""
_ORDINAL: Final = frozenset({"st", "nd", "rd", "th"})
_NEVER_COUNTED: Final = frozenset({"sides", "parties"})
_SCALES: Final = frozenset({"hundred", "thousand", "million", "billion"})
_DAYS: Final = 31


def is_no_quantity(tokens: Sequence[Token], i: int, j: int, value: float) -> bool:
    """Return whether the number ``tokens[i:j]`` is a date, an age, a name or a sum of money."""
    before = tokens[i - 1].low if i else ""
    follows = tokens[j].low if j < len(tokens) else ""
    if _YEAR.match(tokens[i].text) and not _counts(tokens, j):
        return True
    if before in _MONTHS or (follows in _MONTHS and value <= _DAYS):
        return True
    if value == 2 and before in {"the", "in"} and not follows[:1].isalpha():  # noqa: PLR2004
        return True  # "cut it in two", "the two, who …"
    if before in _MONEY or follows in _OTHER_UNITS or follows in _NEVER_COUNTED:
        return True
    if _is_clock(tokens, i, j) or _is_age(tokens, i, j) or _is_name(tokens, i, j):
        return True
    return follows in _ORDINAL or _is_pronoun(tokens, i, follows)


def _counts(tokens: Sequence[Token], j: int) -> bool:
    return j < len(tokens) and tokens[j].low in {"km", "people", "soldiers", "residents", "troops"}


def _is_clock(tokens: Sequence[Token], i: int, j: int) -> bool:
    """Return whether it is a time of day: "at 5", "6 a.m.", "06:40", not "the toll: 148"."""
    before, follows = tokens[i - 1] if i else None, tokens[j].low if j < len(tokens) else ""
    if follows in {"a.m.", "p.m.", "am", "pm", "o'clock", "gmt", "utc", "hrs"}:
        return True
    if before is not None and before.low == "at" and follows in {",", ".", "in"}:
        return True
    if follows == "in" and {"morning", "evening", "afternoon"} & _lows(tokens, j + 1, j + 3):
        return True  # "around nine in the evening"
    colon_after = follows == ":" and j + 1 < len(tokens) and tokens[j + 1].text[0].isdigit()
    colon_before = (
        before is not None and before.text == ":" and i > 1
        and tokens[i - 2].text[0].isdigit() and before.end == tokens[i].start
    )  # fmt: skip
    return colon_before or (colon_after and tokens[j + 1].start == tokens[j].end)


def _lows(tokens: Sequence[Token], i: int, j: int) -> set[str]:
    return {token.low for token in tokens[i:j]}


def _is_age(tokens: Sequence[Token], i: int, j: int) -> bool:
    """Return whether it is an age: behind a name between commas, "3-year-old", "aged 44 and 61"."""
    follows = tokens[j].low if j < len(tokens) else ""
    if follows == "-" and j + 1 < len(tokens) and tokens[j + 1].low.endswith(("-old", "-olds")):
        return True
    near = [token.low for token in tokens[max(0, i - 4) : i]]
    if "aged" in near and not any(word.isalpha() for word in near[near.index("aged") + 1 :]
                                  if word not in {"and", "to", "between"}):  # fmt: skip
        return True
    named = i > 1 and tokens[i - 1].text == "," and tokens[i - 2].text[:1].isupper()
    return named and follows in {",", "."}


def _is_name(tokens: Sequence[Token], i: int, j: int) -> bool:
    """Return whether it belongs to a name or opens a line: "T-0518", "Block 19", "1. Over …"."""
    before = tokens[i - 1] if i else None
    if before is None:
        return j < len(tokens) and tokens[j].text in {".", ")"} and tokens[j].start == tokens[i].end
    if before.low in _NUMBERED and (before.text[0].isupper() or before.low == "no."):
        return True
    glued = before.text in {"-", "–"} and before.end == tokens[i].start
    return glued and i > 1 and tokens[i - 2].text[0].isalpha() and tokens[i - 2].end == before.start


_POINTING: Final = frozenset(
    "the this that which another each every no any last first other smaller larger bigger new old "
    "next previous latter former only".split()
)
_BEHIND_PRONOUN: Final = frozenset(
    "of , . another day side in at who which is was that has near from can would".split()
)


def _is_pronoun(tokens: Sequence[Token], i: int, follows: str) -> bool:
    """Return whether "one" stands for a thing: "one of the", "when you hear one"."""
    if tokens[i].low != "one":
        return False
    if follows in {"to", "or", "-"} or follows in _SCALES:
        return False
    pointed = i > 0 and tokens[i - 1].low in _POINTING
    return pointed or not follows or follows in _BEHIND_PRONOUN
