"""Numbers in digits and in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contested.claims.tokens import Token

_DIGITS: Final = re.compile(r"\d+(?:[.,\u00a0\u202f]\d+)*\Z")
_DECIMAL_COMMA: Final = re.compile(r"\d+,\d{1,2}\Z")
"""2,5 as much of Europe writes it: no thousands are cut off after one digit or two."""
_GROUPED: Final = re.compile(r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?\Z")
ONES: Final = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES: Final = {
    "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 10**9,
    "trillion": 10**12,
}  # fmt: skip
PARTS: Final = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4,
    "fourths": 4, "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "eighth": 8,
    "eighths": 8, "ninth": 9, "tenth": 10, "tenths": 10,
}  # fmt: skip


def number_at(tokens: Sequence[Token], i: int) -> tuple[float, int] | None:
    """Return the number that begins at word `i` and the index behind it.

    Reads 1,300 · 5.6 · twenty-one · three thousand · eight and a half · 2.5 million · a dozen.
    Not fractions: see `fraction_at`.
    """
    low = tokens[i].low
    if low in {"a", "an"}:
        return _article_number(tokens, i)
    if low == "half" and _of_a_scale(tokens, i):
        return 0.5 * _WHOLE[tokens[i + 2].low], i + 3
    if low == "hundred" and [token.low for token in tokens[i + 1 : i + 2]] == ["and"]:
        # "The town's hundred and twelve blocks": "a" gives way to what owns them.
        value, j = _scaled(tokens, i, 1.0)
        return (value, j) if value > SCALES["hundred"] else None
    first = _simple(low)
    if first is None:
        return None
    value, j = _abbreviated(tokens, i + 1, first)
    value, j = _scaled(tokens, j, value)
    if j < len(tokens) and tokens[j].low == "dozen":
        return value * 12, j + 1
    return _and_a_half(tokens, value, j)


def _abbreviated(tokens: Sequence[Token], j: int, value: float) -> tuple[float, int]:
    """Return the value with the letters that are written at it: 3.7M, 40k, 1.2bn, 6m people."""
    if j >= len(tokens) or tokens[j].start != tokens[j - 1].end:
        return value, j
    scale = _LETTERS.get(tokens[j].text)
    if scale is None and tokens[j].text == "m" and j + 1 < len(tokens):
        people = {"people", "refugees", "ukrainians", "russians", "civilians", "residents"}
        scale = SCALES["million"] if tokens[j + 1].low in people else None
    return (value * scale, j + 1) if scale else (value, j)


def one_in(tokens: Sequence[Token], value: float, j: int) -> tuple[float, int] | None:
    """Return the share in "one in three" and "nine out of ten", and the index behind it."""
    words = [token.low for token in tokens[j : j + 3]]
    size = 1 if words[:1] == ["in"] else 2 if words[:2] == ["out", "of"] else 0
    size = 1 if words[:2] == ["of", "every"] else size
    if not size or j + size >= len(tokens):
        return None
    every = words[size : size + 1] == ["every"]
    size += every
    last = tokens[min(j + size, len(tokens) - 1)].low
    whole = ONES.get(last, 0) or (int(last) if last.isdecimal() and len(last) < 4 else 0)  # noqa: PLR2004
    # "43 out of 60 drones" are two counts; "1 in 4" and "7 out of 10" are shares as in words.
    in_digits = not tokens[j - 1].low.isalpha() and "-" not in tokens[j - 1].low
    if in_digits and not (every or (words[0] == "in" and value == 1) or whole in {10, 100}):
        return None
    follows = tokens[j + size + 1].low if j + size + 1 < len(tokens) else ""
    if (
        not 0 < value < whole
        or (whole > _MOST_PARTS and whole not in {50, 100})
        or follows in _NOT_SHARED
    ):
        return None
    return round(value / whole, 4), j + size + 1


def unit_in_word(low: str) -> tuple[float, str] | None:
    """Return number and unit of "two-kilometre" and "ten-mile-long"."""
    first, _, rest = low.partition("-")
    unit = rest.split("-")[0]
    return (float(ONES[first]), unit) if first in ONES and unit else None


_WHOLE: Final = {**SCALES, "dozen": 12}
"""What there is half of: "half a million", "half a dozen"."""
_LETTERS: Final = {"M": 10**6, "mn": 10**6, "k": 1_000, "K": 1_000, "bn": 10**9}
_MOST_PARTS: Final = 20
_NOT_SHARED: Final = frozenset(
    "days weeks months years hours minutes places districts directions regions sectors oblasts "
    "villages towns areas".split()
)
"""What makes "in" a place or a time: "three in ten days", "two in four districts"."""


def fraction_at(tokens: Sequence[Token], i: int) -> tuple[float, int] | None:
    """Return the fraction that begins at word `i`: one-third, two thirds, a quarter, half."""
    low = tokens[i].low
    if "-" in low:
        top, _, bottom = low.rpartition("-")
        if top in ONES and bottom in PARTS:
            return round(ONES[top] / PARTS[bottom], 4), i + 1
    if low == "half":
        return None if _of_a_scale(tokens, i) else (0.5, i + 1)
    if i + 1 < len(tokens) and (low in ONES or low == "a") and tokens[i + 1].low in PARTS:
        part = tokens[i + 1].low
        # "One fifth refuse" is a share whatever follows; "a fifth missile" counts in order.
        if low in ONES or part == "half" or not _is_ordinal(tokens, i + 1):
            return round(ONES.get(low, 1) / PARTS[part], 4), i + 2
    return None


def _of_a_scale(tokens: Sequence[Token], i: int) -> bool:
    """Return whether "half" at `i` goes on as "half a million"."""
    return [token.low for token in tokens[i + 1 : i + 2]] == ["a"] and (
        i + 2 < len(tokens) and tokens[i + 2].low in _WHOLE
    )


def _is_ordinal(tokens: Sequence[Token], i: int) -> bool:
    """Return whether "third" at `i` counts in order: "a third missile", not "a third of"."""
    part = tokens[i].low
    follows = tokens[i + 1].low if i + 1 < len(tokens) else ""
    return part in {
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
    } and (follows not in {"of", "to", ",", ".", "more", "less", "as"})


def _article_number(tokens: Sequence[Token], i: int) -> tuple[float, int] | None:
    follows = tokens[i + 1].low if i + 1 < len(tokens) else ""
    if follows in SCALES:
        return _scaled(tokens, i + 1, 1.0)
    if follows == "dozen":
        return 12.0, i + 2
    return None


def _simple(low: str) -> float | None:
    if _DIGITS.match(low):
        return _digits(low)
    if low in ONES:
        return float(ONES[low])
    if low == "dozen":
        return 12.0
    tens, _, ones = low.partition("-")
    if ones in ONES and ONES.get(tens, 0) >= 20 and ONES[ones] < 10:  # noqa: PLR2004
        return float(ONES[tens] + ONES[ones])
    return None


def _digits(low: str) -> float | None:
    if _GROUPED.match(low):
        return float(re.sub(r"[,\u00a0\u202f]", "", low))
    if _DECIMAL_COMMA.match(low):
        return float(low.replace(",", "."))
    try:
        return float(low)
    except ValueError:
        return None


def _scaled(tokens: Sequence[Token], j: int, value: float) -> tuple[float, int]:
    """Return the value with the scales and smaller parts that follow it."""
    total = 0.0
    while j < len(tokens):
        low = tokens[j].low
        if low in SCALES:
            value *= SCALES[low]
        elif (smaller := _rest(tokens, j, value)) is not None:
            # "A hundred and twenty", "three thousand two hundred".
            total, value = total + value, smaller
            j += low == "and"
        else:
            break
        j += 1
    return total + value, j


def _rest(tokens: Sequence[Token], j: int, value: float) -> float | None:
    """Return the smaller part that goes on at `j`: the "twenty-one" of "two hundred twenty-one"."""
    if value < 100 or value % 100 or tokens[j - 1].low not in SCALES:  # noqa: PLR2004
        return None
    joined = tokens[j].low == "and"
    at = j + 1 if joined else j
    low = tokens[at].low if at < len(tokens) else ""
    smaller = _simple(low) if low[:1].isalpha() and low != "dozen" else None
    if joined and (smaller is None or not 1 < smaller < value):
        return None
    return smaller


def _and_a_half(tokens: Sequence[Token], value: float, j: int) -> tuple[float, int]:
    words = [token.low for token in tokens[j : j + 3]]
    if words == ["and", "a", "half"]:
        return value + 0.5, j + 3
    if words == ["and", "a", "quarter"]:
        return value + 0.25, j + 3
    return value, j
