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
_CURRENCIES: Final = frozenset("uah usd eur gbp rub".split())
_OTHER_UNITS: Final = frozenset(
    "dollars euros hryvnia hryvnias roubles rubles pounds usd eur uah ton tons tonne tonnes litres "
    "liters kg kilograms mm millimetre millimeter calibre caliber degrees megawatts mw "
    "gigawatts kilowatts kv kw knots mph celsius".split()
)
"""Money, weight and power: measured in nothing that maps or tables of this field hold."""
_NUMBERED: Final = frozenset(
    "no. block school house page route article resolution paragraph chapter phase building "
    "highway issue section version hospital kindergarten apartment platform".split()
)
"""Things that bear a number as their name: "School No. 4", "Block 19"."""
_REFERRED_TO: Final = frozenset(
    "page pages paragraph article resolution chapter annex footnote route highway hotline dial "
    "tel. phone".split()
)
"""What a number in digits points to, also without a capital: "see page 4", "route 15"."""
_KNOWN_SETS: Final = frozenset(
    "armies sides countries nations governments leaders presidents capitals militaries neighbours "
    "neighbors warring regions provinces".split()
)
"""What "the two" and "the four" name without counting it."""
_AFTER_AGE: Final = frozenset({"", ",", ".", "and", ")"})
_SOMEONE: Final = frozenset("man woman boy girl resident pensioner teenager".split())
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
    if before in _MONEY or before in _CURRENCIES or follows in _NEVER_COUNTED:
        return True
    if _in_other_units(tokens, j) or _is_known_set(tokens, i, before, follows):
        return True
    if _is_clock(tokens, i, j) or _is_age(tokens, i, j) or _is_name(tokens, i, j):
        return True
    return follows in _ORDINAL or _is_pronoun(tokens, i, follows)


def _counts(tokens: Sequence[Token], j: int) -> bool:
    return j < len(tokens) and tokens[j].low in {"km", "people", "soldiers", "residents", "troops"}


def _in_other_units(tokens: Sequence[Token], j: int) -> bool:
    """Return whether money, weight or calibre follows: "155 mm", "122-mm rockets"."""
    hyphen = j + 1 < len(tokens) and tokens[j].text == "-" and tokens[j].start == tokens[j - 1].end
    at = j + 1 if hyphen else j
    return at < len(tokens) and tokens[at].low in _OTHER_UNITS


def _is_known_set(tokens: Sequence[Token], i: int, before: str, follows: str) -> bool:
    """Return whether the number belongs to things known by it: "the two armies", "cut in two"."""
    if tokens[i].text[0].isdigit():
        return False
    if before == "the" and follows in _KNOWN_SETS:
        return True
    return before == "in" and not follows[:1].isalpha() and tokens[i].low in {"two", "half"}


def is_no_share(tokens: Sequence[Token], i: int, j: int) -> bool:
    """Return whether words of a fraction name a thing: "the larger half measures", "A third, …".

    A part that is one of two, not of a whole; somebody or something third in order; and what is
    only put in about those counted before ("…, most of them elderly").
    """
    follows = tokens[j].low if j < len(tokens) else ""
    if tokens[i].low == "half":
        named = i > 1 and tokens[i - 2].low == "the" and tokens[i - 1].text[:1].isalpha()
        return (
            named and tokens[i - 1].low not in {"than", "about", "over", "to"} and follows != "of"
        )
    if tokens[i].low in {"most", "majority"}:
        put_in = any(token.text == "," for token in tokens[max(0, i - 3) : i])
        return put_in and [token.low for token in tokens[j : j + 2]] in (
            ["of", "them"],
            ["of", "whom"],
        )
    return i == 0 and tokens[i].low == "a" and follows == "," and tokens[i + 1].low != "half"


def _is_clock(tokens: Sequence[Token], i: int, j: int) -> bool:
    """Return whether it is a time of day: "at 5", "6 a.m.", "06:40", not "the toll: 148"."""
    before, follows = tokens[i - 1] if i else None, tokens[j].low if j < len(tokens) else ""
    if follows in {"a.m.", "p.m.", "am", "pm", "o'clock", "gmt", "utc", "hrs"}:
        return True
    if before is not None and before.low == "at" and follows in {",", ".", "in"}:
        return True
    day = {token.low for token in tokens[j + 1 : j + 3]}
    if follows == "in" and day & {"morning", "evening", "afternoon"}:
        return True  # "around nine in the evening"
    colon_after = (
        follows == ":" and j + 1 < len(tokens) and tokens[j + 1].text[0].isdigit()
        and len(tokens[j + 1].text) > 1
    )  # fmt: skip
    colon_before = (
        before is not None and before.text == ":" and i > 1
        and tokens[i - 2].text[0].isdigit() and before.end == tokens[i].start
    )  # fmt: skip
    return colon_before or (colon_after and tokens[j + 1].start == tokens[j].end)


def _is_age(tokens: Sequence[Token], i: int, j: int) -> bool:
    """Return whether it is an age: "a man of 58", "3-year-old", "aged 44 and 61"."""
    follows = tokens[j].low if j < len(tokens) else ""
    if follows == "-" and j + 1 < len(tokens) and tokens[j + 1].low.endswith(("-old", "-olds")):
        return True
    near = [token.low for token in tokens[max(0, i - 4) : i]]
    if near[-1:] == ["of"] and near[-2:-1] and near[-2] in _SOMEONE:
        return True  # "a man of 58"
    if near[-2:] in (["who", "is"], ["who", "was"]) and follows in _AFTER_AGE:
        return True  # "who is 33"
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
    if before.low in _REFERRED_TO and tokens[i].text[0].isdigit():
        return True
    if before.low in _NUMBERED and (before.text[0].isupper() or before.low == "no."):
        return True
    glued = before.text in {"-", "–"} and before.end == tokens[i].start
    if not glued or i < 2 or tokens[i - 2].end != before.start:  # noqa: PLR2004
        return False
    # "T-0518", and the end of "2023-24".
    return tokens[i - 2].text[0].isalpha() or bool(_YEAR.match(tokens[i - 2].text))


def _is_pronoun(tokens: Sequence[Token], i: int, follows: str) -> bool:
    """Return whether "one" stands for a thing: "one of the", "when you hear one"."""
    if tokens[i].low != "one":
        return False
    if i and tokens[i - 1].low in _BEFORE_A_PRONOUN:
        return True
    joined = follows in {"to", "or", "-"} or follows in _SCALES
    return not joined and (follows in _BEHIND_A_PRONOUN or not follows)


_BEFORE_A_PRONOUN: Final = frozenset(
    "the this that no any each every another which smaller larger bigger other former latter last "
    "next first second third new old".split()
)
_BEHIND_A_PRONOUN: Final = frozenset(
    "of , . ; ) : another day side is was has had can could would should will may might that who "
    "which whose thing".split()
)
