"""Ratios in words: "twice as many", "doubled", "sixfold", "five to one", "half as many"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contested.claims.numbers import ONES, number_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contested.claims.tokens import Sentence, Token

TIMES: Final = {"twice": 2.0, "double": 2.0, "triple": 3.0, "thrice": 3.0, "treble": 3.0}
GREW: Final = {
    "doubled": 2.0, "doubling": 2.0, "tripled": 3.0, "tripling": 3.0, "trebled": 3.0,
    "quadrupled": 4.0, "quintupled": 5.0, "halved": 0.5, "halving": 0.5,
}  # fmt: skip
_COMPARED: Final = frozenset({"as", "the", "that", "of", "what", "its", "their", "more"})
_MOST_TO_ONE: Final = 50
"""No side is said to have more than so many times what the other has; more is no ratio."""
_SETS_AGAINST: Final = frozenset("ratio odds advantage superiority margin outgunned".split())


def multiple(tokens: Sequence[Token], i: int) -> tuple[float, str] | None:
    """Return value and unit of one word: "twice as many" a ratio, "attacked twice" a count."""
    low = tokens[i].low
    if low in GREW:
        return GREW[low], "ratio"
    if low in TIMES:
        follows = tokens[i + 1].low if i + 1 < len(tokens) else ""
        if follows in _COMPARED:
            return TIMES[low], "ratio"
        return (TIMES[low], "count") if low in {"twice", "thrice"} and i else None
    ratio = _fold(low) or _joined(low)
    return (ratio, "ratio") if ratio else None


def _fold(low: str) -> float | None:
    """Return the number in "sixfold", "six-fold" and "tenfold"."""
    if not low.endswith("fold"):
        return None
    stem = low.removesuffix("fold").removesuffix("-")
    return float(ONES[stem]) if stem in ONES else None


def _joined(low: str) -> float | None:
    """Return the number in "five-to-one"."""
    top, _, bottom = low.partition("-to-")
    return round(ONES[top] / ONES[bottom], 4) if top in ONES and ONES.get(bottom) else None


def odds(sentence: Sentence, i: int, value: float, j: int) -> tuple[float, int] | None:
    """Return the ratio that goes on at `j` behind its first number: "three to two", "5:1".

    "To one" is always a ratio; "to two" only where one side is set against another: otherwise a
    smaller second number is what something fell to.
    """
    tokens = sentence.tokens
    if j + 1 >= len(tokens) or tokens[j].text not in {"to", "-", ":"} or value > _MOST_TO_ONE:
        return None
    if i and tokens[i - 1].low in {"from", "between"}:
        return None
    second = number_at(tokens, j + 1)
    if second is None or not 0 < second[0] < value:
        return None
    glued = tokens[j].start == tokens[j - 1].end
    if tokens[j].text == ":" and (not glued or len(tokens[j + 1].text) > 1):
        return None  # "two ways: 1 …", and 6:30 is a time of day
    to_one = tokens[j + 1].low in {"one", "1"}
    against = "outnumber" in sentence.kinds or not _SETS_AGAINST.isdisjoint(sentence.lows)
    return (round(value / second[0], 4), second[1]) if to_one or against else None


def share_as_ratio(tokens: Sequence[Token], j: int) -> bool:
    """Return whether a share that ends at `j` sets one number against another: "half as many"."""
    words = [token.low for token in tokens[j : j + 2]]
    return len(words) > 1 and words[0] == "as" and words[1] in _MUCH


_MUCH: Final = frozenset("many much large big long wide deep high fast".split())
