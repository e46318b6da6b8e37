"""Numbers with comparator, range and unit, read from the words of a sentence.

Ages, dates, times of day, ordinals and names of units are not quantities.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from contested.claims.counted import befell, counted, group_before
from contested.claims.forms import ByForm
from contested.claims.no_quantities import is_no_quantity
from contested.claims.numbers import (
    ONES,
    PARTS,
    SCALES,
    fraction_at,
    number_at,
    one_in,
    unit_in_word,
)
from contested.records.claim import Comparator, Quantity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from contested.claims.lexicon import Lexicon
    from contested.claims.tokens import Sentence, Token

_C = Comparator
COMPARATORS: Final[Mapping[tuple[str, ...], Comparator]] = {
    tuple(words.split()): comparator
    for comparator, several in {
        _C.ABOUT: "about,around,roughly,approximately,approx,some,an estimated,estimated,close to,"
        "circa,perhaps,maybe,barely,in the region of,on the order of,in the order of,or so,~,≈,"
        "somewhere around,something like,in the neighborhood of,in the neighbourhood of",
        _C.ALMOST: "almost,nearly,just under,not quite,just short of,close on,hardly,virtually,"
        "slightly less than,slightly under,a little under,a little less than,just below,scarcely",
        _C.LESS_THAN: "less than,fewer than,under,below,lower than,no longer,not even,<,within,"
        "well under,well below,far fewer than,far less than,inside",
        _C.MORE_THAN: "more than,over,above,upwards of,in excess of,greater than,larger than,"
        "well over,>,just over,slightly over,slightly more than,a little over,a little more than,"
        "just above,well above,far more than,exceeds,exceeded,exceeding,exceed,surpassed,"
        "surpasses,surpassing,topped,tops,topping,passed,well more than,beyond",
        _C.AT_LEAST: "at least,no fewer than,no less than,not less than,a minimum of,a good,"
        "not fewer than,at the very least",
        _C.UP_TO: "up to,as many as,as much as,at most,no more than,not more than,a maximum of,"
        "as far as,as high as,as long as,at the most,not over,a peak of",
        _C.AS_SMALL_AS: "as small as,as few as,as little as,even just,just,only",
        _C.EXACTLY: "exactly,precisely",
    }.items()
    for words in several.split(",")
}
_LONGEST: Final = max(len(words) for words in COMPARATORS)
_TIMES: Final = {"twice": 2.0, "double": 2.0, "triple": 3.0, "thrice": 3.0}
_GREW: Final = {"doubled": 2.0, "tripled": 3.0, "quadrupled": 4.0}
_MOST: Final = frozenset({"most", "majority"})
_OPENS: Final = frozenset({*ONES, *_TIMES, *_GREW, *_MOST, "a", "an", "half", "dozen"})
"""Words that a quantity can begin with, digits and hyphenated numbers aside."""
_IS_OPENING: Final = ByForm(
    lambda low: low in _OPENS or low[0].isdigit() or "-" in low or low.endswith("fold")
)
_ARTICLES: Final = frozenset({"a", "an"})
_BEHIND_MOST: Final = frozenset({"of", "are", "were", "have", "had"})
_TIME_UNITS: Final = frozenset({"minute", "hour", "day", "week", "month", "year", "decade"})
_SI: Final[Mapping[str, tuple[float, str]]] = {
    "km": (1.0, "km"), "mile": (1.609344, "km"), "metre": (0.001, "km"), "yard": (0.0009144, "km"),
    "foot": (0.0003048, "km"), "km2": (1.0, "km2"), "mile2": (2.589988, "km2"),
    "hectare": (0.01, "km2"), "minute": (1 / 1440, "day"), "hour": (1 / 24, "day"),
    "day": (1.0, "day"), "week": (7.0, "day"), "month": (30.0, "day"), "year": (365.0, "day"),
    "decade": (3650.0, "day"),
}  # fmt: skip
_WINDOW: Final = frozenset({"last", "past", "next", "coming", "previous", "first", "within", "ago"})
_LENGTHS: Final = frozenset({"km", "mile", "metre", "yard", "foot"})
_MEASURED: Final = _LENGTHS | {"km2", "mile2", "hectare"}
_AFTER_AREA: Final = frozenset({"wide", "deep", "long", "north", "south", "east", "west"})


@dataclass(frozen=True, slots=True)
class _Number:
    """A number as found: where, how much, up to how much; `fraction` where it is a share."""

    value: float
    high: float | None
    j: int
    fraction: bool = False
    ratio: bool = False


def quantities(sentence: Sentence, lexicon: Lexicon) -> tuple[Quantity, ...]:
    """Return the quantities of a sentence in order.

    A unit left out in a list ("53 air strikes and 79", "17 wounded") is read from what the number
    counts: people for residents and the wounded, otherwise `count`.
    """
    found: list[Quantity] = []
    behind = 0
    tokens, words = sentence.tokens, sentence.words
    for i in [k for k, word in enumerate(words) if _IS_OPENING[word]]:
        if i < behind or (words[i] in _ARTICLES and not _article_counts(words, i, lexicon)):
            continue
        quantity, j = _quantity_at(sentence, i, lexicon)
        if quantity is not None:
            found.append(_same_unit(quantity, found, tokens, i))
        behind = j
    return tuple(found)


def _article_counts(words: Sequence[str], i: int, lexicon: Lexicon) -> bool:
    """Return whether "a" at `i` may be a number: before a scale, a part, or a unit."""
    if i + 1 == len(words):
        return False
    follows = words[i + 1]
    return (
        follows in PARTS or follows in SCALES or follows == "dozen" or (follows,) in lexicon.units
    )


def _same_unit(
    quantity: Quantity, found: Sequence[Quantity], tokens: Sequence[Token], i: int
) -> Quantity:
    """Return it with the unit of the quantity before, where it is set against that one."""
    if not found or quantity.unit != "count":
        return quantity
    before_it = found[-1]
    words = {token.low for token in tokens[max(0, i - 6) : i]}
    follows = [token.low for token in tokens if token.start >= quantity.end][:2]
    against = words & {"down", "up"} and words & {"from", "by"}
    against = against or words & {"compared", "against"}
    against = against or words & {"figure", "pre-war", "prewar"}
    if not (against or follows == ["of", "them"]):
        return quantity
    unit = before_it.unit
    value, si_unit = to_si(quantity.value, unit)
    return Quantity(
        quantity.start, quantity.end, quantity.value, quantity.high, unit,
        quantity.comparator, value, si_unit,
    )  # fmt: skip


def _quantity_at(sentence: Sentence, i: int, lexicon: Lexicon) -> tuple[Quantity | None, int]:
    tokens = sentence.tokens
    if "-" in tokens[i].low and (whole := _in_one_word(tokens, i, lexicon)) is not None:
        return whole, i + 1
    number = _number_at(tokens, i) or _single(tokens, i, lexicon)
    if number is None:
        return _times_at(tokens, i)
    number = _ratio_of_two(sentence, number) or number
    j = number.j
    if not number.fraction and is_no_quantity(tokens, i, j, number.value):
        return None, j
    unit, j = ("ratio", j) if number.ratio else _unit_at(sentence, number, lexicon)
    if unit is None or _is_time_window(tokens, i, unit):
        return None, max(j, number.j)
    start, comparator = _comparator_before(tokens, i)
    if comparator is None:
        comparator = _converted(tokens, i) or _by_nature(number, tokens, j)
    if unit == "count" and (group_before(sentence, i, comparator) or befell(sentence, start, j)):
        unit = "people"
    return _make(tokens, start, j, number, unit, comparator), j


def _ratio_of_two(sentence: Sentence, number: _Number) -> _Number | None:
    """Return "three to two" as 1.5 where forces are compared."""
    words, j = sentence.words, number.j
    if "outnumber" not in sentence.kinds and _ODDS.isdisjoint(sentence.lows):
        return None
    second = ONES.get(words[j + 1], 0) if j + 1 < len(words) and words[j] == "to" else 0
    if not 1 < second < number.value:
        return None
    return _Number(number.value / second, None, j + 2, ratio=True)


_ODDS: Final = frozenset({"ratio", "odds", "advantage", "superiority"})


def _in_one_word(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> Quantity | None:
    """Return the quantity of "two-kilometre" and "ten-mile-long"."""
    joined = unit_in_word(tokens[i].low)
    unit = lexicon.units.get((joined[1],)) if joined else None
    if joined is None or unit not in _MEASURED:
        return None
    start, comparator = _comparator_before(tokens, i)
    number = _Number(joined[0], None, i + 1)
    return _make(tokens, start, i + 1, number, unit, comparator or _C.EXACTLY)


def _follows(tokens: Sequence[Token], j: int) -> str:
    return tokens[j].low if j < len(tokens) else ""


def _number_at(tokens: Sequence[Token], i: int) -> _Number | None:
    share = fraction_at(tokens, i)
    if share is not None:
        return _Number(share[0], None, share[1], fraction=True)
    best = i > 0 and tokens[i - 1].low == "the" and tokens[i].low == "most"
    if tokens[i].low in _MOST and not best and _follows(tokens, i + 1) in _BEHIND_MOST:
        return _Number(0.5, None, i + 1, fraction=True)
    first = number_at(tokens, i)
    if first is None:
        return None
    value, j = first
    part = one_in(tokens, value, j)
    if part is not None:
        return _Number(part[0], None, part[1], fraction=True)
    return _range(tokens, i, value, j)


def _single(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> _Number | None:
    """Return 1 for "more than a year", "almost a mile": an article between comparator and unit."""
    if tokens[i].low not in {"a", "an"} or _comparator_before(tokens, i)[1] is None:
        return None
    unit = lexicon.units.get(tuple(token.low for token in tokens[i + 1 : i + 2]))
    return _Number(1.0, None, i + 1) if unit else None


def _range(tokens: Sequence[Token], i: int, value: float, j: int) -> _Number:
    """Return the number with the upper end that follows: "6 to 8", "two or three"."""
    if j + 1 >= len(tokens):
        return _Number(value, None, j)
    joint = tokens[j].low
    between = i > 0 and tokens[i - 1].low in {"between", "from"}
    if joint in {"to", "or", "-", "–"} or (joint == "and" and between):
        upper = number_at(tokens, j + 1)
        if upper is not None and upper[0] > value:
            return _Number(value, upper[0], upper[1])
    return _Number(value, None, j)


def _unit_at(sentence: Sentence, number: _Number, lexicon: Lexicon) -> tuple[str | None, int]:
    """Return the unit behind a number and the index behind the unit."""
    tokens, j = sentence.tokens, number.j
    if number.fraction:
        named = _named_unit(tokens, j + (j < len(tokens) and tokens[j].low in {"a", "an"}), lexicon)
        return named or ("fraction", j)
    words = [token.low for token in tokens[j : j + 2]]
    if words[:1] == ["times"] and words[1:] and words[1] in _SET_AGAINST:
        return "ratio", j + 1
    if len(words) > 1 and words[0] in {"to", "-", ":"} and words[1] in {"one", "1"}:
        return "ratio", j + 2
    hyphen = words[:1] == ["-"] and j and tokens[j].start == tokens[j - 1].end
    named = _named_unit(tokens, j + hyphen, lexicon) or _hyphened(tokens, j, lexicon)
    if named and not (hyphen and named[0] not in _MEASURED):
        return named
    if hyphen and len(words) > 1 and words[1] == "strong":
        return "people", j + 2
    return counted(sentence, j)


def _hyphened(tokens: Sequence[Token], j: int, lexicon: Lexicon) -> tuple[str, int] | None:
    """Return the unit of "12-kilometre-deep", whose second word holds unit and direction."""
    if j + 1 >= len(tokens) or tokens[j].text != "-" or "-" not in tokens[j + 1].low:
        return None
    unit = lexicon.units.get((tokens[j + 1].low.split("-")[0],))
    return (unit, j + 2) if unit in _MEASURED else None


_SET_AGAINST: Final = frozenset(
    "as more the higher larger lower fewer less smaller bigger greater faster slower that what its "
    "longer wider".split()
)


def _named_unit(tokens: Sequence[Token], j: int, lexicon: Lexicon) -> tuple[str, int] | None:
    for size in (3, 2, 1):
        unit = lexicon.units.get(tuple(token.low for token in tokens[j : j + size]))
        if unit and j + size <= len(tokens):
            # "m" is metres only behind a number; a hyphen ("3-year-old") makes it no unit.
            return unit, j + size
    return None


def _is_time_window(tokens: Sequence[Token], i: int, unit: str) -> bool:
    """Return whether the number measures a window of time: "over the past 24 hours"."""
    if unit not in _TIME_UNITS:
        return False
    before = {token.low for token in tokens[max(0, i - 2) : i]}
    after = {token.low for token in tokens[i + 1 : i + 4]}
    if before & _WINDOW or after & _AWAY:
        return True
    start, _ = _comparator_before(tokens, i)
    return start > 0 and tokens[start - 1].low in {"in", "for", "within", "same", "every"}


_AWAY: Final = frozenset({"ago", "earlier", "later", "before", "afterwards"})


def _comparator_before(tokens: Sequence[Token], i: int) -> tuple[int, Comparator | None]:
    """Return where the comparator begins, and the comparator; the longest wins."""
    behind = i and tokens[i - 1].low in _BETWEEN
    for end in (i, i - 1) if behind else (i,):
        if not end or tokens[end - 1].low not in _LAST_WORDS:
            continue
        words = tuple([low for _, low, _, _ in tokens[max(0, end - _LONGEST) : end]])
        for size in range(len(words), 0, -1):
            comparator = COMPARATORS.get(words[-size:])
            if comparator is not None:
                return end - size, comparator
    return i, None


_BETWEEN: Final = frozenset({"a", "an", "the", "of"})
_LAST_WORDS: Final = frozenset(words[-1] for words in COMPARATORS)


def _converted(tokens: Sequence[Token], i: int) -> Comparator | None:
    """Return the comparator of "about 9 km (5.6 miles)" for its second number."""
    if i < 3 or tokens[i - 1].text != "(":  # noqa: PLR2004
        return None
    for at in range(i - 2, max(-1, i - 6), -1):
        if tokens[at].text[:1].isdigit():
            return _comparator_before(tokens, at)[1]
    return None


def _by_nature(number: _Number, tokens: Sequence[Token], j: int) -> Comparator:
    """Return the comparator of a bare number.

    "Most" is more than half; a share in words and a round population are rounded figures.
    """
    if number.fraction:
        return Comparator.MORE_THAN if tokens[number.j - 1].low in _MOST else Comparator.ABOUT
    follows = [token.low for token in tokens[j : j + 3]]
    if follows[:2] == ["or", "more"] or "maybe more" in " ".join(follows) or follows[:1] == ["+"]:
        return Comparator.AT_LEAST
    if follows[:2] in (["or", "fewer"], ["or", "less"]):
        return Comparator.UP_TO
    if follows[:2] == ["or", "so"]:
        return Comparator.ABOUT
    return Comparator.EXACTLY


def _times_at(tokens: Sequence[Token], i: int) -> tuple[Quantity | None, int]:
    """Return "twice as many", "doubled" and "sixfold" as ratios, "attacked twice" as a count."""
    low = tokens[i].low
    follows = tokens[i + 1].low if i + 1 < len(tokens) else ""
    fold = _fold(low)
    set_against = low in _TIMES and follows in _RATIO_WORDS
    counted = low in {"twice", "thrice"} and not set_against and i > 0
    if low not in _GREW and not set_against and not counted and fold is None:
        return None, i
    start, comparator = _comparator_before(tokens, i)
    value = fold or _GREW.get(low) or _TIMES[low]
    number = _Number(value, None, i + 1)
    unit = "count" if counted else "ratio"
    return _make(tokens, start, i + 1, number, unit, comparator or _C.EXACTLY), i + 1


_RATIO_WORDS: Final = frozenset({"as", "the", "that", "of", "what", "its", "their", "more"})


def _fold(low: str) -> float | None:
    """Return the number in "sixfold", "six-fold" and "tenfold"."""
    if not low.endswith("fold"):
        return None
    stem = low.removesuffix("fold").removesuffix("-")
    return float(ONES[stem]) if stem in ONES else None


def _make(
    tokens: Sequence[Token], i: int, j: int, number: _Number, unit: str, comparator: Comparator
) -> Quantity:
    share = unit == "fraction" and not number.fraction
    value = number.value / 100 if share else number.value
    high = number.high / 100 if share and number.high is not None else number.high
    si_value, si_unit = to_si(value, unit)
    return Quantity(
        start=tokens[i].start, end=tokens[j - 1].end, value=value, high=high, unit=unit,
        comparator=comparator, si_value=si_value, si_unit=si_unit,
    )  # fmt: skip


def to_si(value: float, unit: str) -> tuple[float, str]:
    """Return the value in km, km² or days, and that unit; other units stay as they are."""
    factor, si_unit = _SI.get(unit, (1.0, unit))
    return round(value * factor, 6), si_unit
