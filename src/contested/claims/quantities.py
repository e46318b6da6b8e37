"""Numbers with comparator, range and unit, read from the words of a sentence.

Ages, dates, times of day, ordinals and names of units are not quantities.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from contested.claims.counting import (
    befell,
    counted,
    goes_on_counting,
    group_before,
    is_bare,
    numbers_people,
)
from contested.claims.forms import ByForm
from contested.claims.no_quantities import is_no_quantity, is_no_share
from contested.claims.numbers import (
    ONES,
    PARTS,
    SCALES,
    fraction_at,
    number_at,
    one_in,
    unit_in_word,
)
from contested.claims.ratios import GREW, TIMES, multiple, odds, share_as_ratio
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
        "somewhere around,something like,in the neighborhood of,in the neighbourhood of,±,"
        "give or take,plus or minus,in the vicinity of,somewhere between,anything between,"
        "anywhere between,anything from,anywhere from,possibly",
        _C.ALMOST: "almost,nearly,just under,not quite,just short of,close on,close to,hardly,"
        "virtually,slightly less than,slightly under,a little under,a little less than,just below,"
        "scarcely,slightly below,a fraction under,a shade under,just shy of,shy of,little short of,"
        "approaching,nearing,closing on,short of,verging on,nigh on",
        _C.LESS_THAN: "less than,fewer than,under,below,lower than,no longer,not even,<,"
        "well under,well below,far fewer than,far less than,inside,smaller than,shorter than",
        _C.MORE_THAN: "more than,over,above,upwards of,upward of,in excess of,greater than,"
        "larger than,north of,something over,somewhat over,rather more than,slightly above,"
        "longer than,higher than,"
        "well over,>,just over,slightly over,slightly more than,a little over,a little more than,"
        "just above,well above,far more than,exceeds,exceeded,exceeding,exceed,surpassed,"
        "surpasses,surpassing,topped,tops,topping,passed,well more than,beyond",
        _C.AT_LEAST: "at least,no fewer than,no less than,not less than,a minimum of,a good,"
        "not fewer than,at the very least,at minimum,as minimum,no smaller than,≥",
        _C.UP_TO: "up to,within,anything up to,at maximum,≤,no further than,no farther than,"
        "no higher than,not exceeding,as many as,as much as,at most,no more than,not more than,"
        "a maximum of,"
        "as far as,as high as,as long as,at the most,not over,a peak of",
        _C.AS_SMALL_AS: "as small as,as few as,as little as,even just,as low as",
        _C.EXACTLY: "exactly,precisely",
    }.items()
    for words in several.split(",")
}
_LONGEST: Final = max(len(words) for words in COMPARATORS)
_MOST: Final = frozenset({"most", "majority"})
_OPENS: Final = frozenset({*ONES, *TIMES, *GREW, *_MOST, "a", "an", "half", "dozen", "hundred"})
"""Words that a quantity can begin with, digits and hyphenated numbers aside."""
_IS_OPENING: Final = ByForm(
    lambda low: low in _OPENS or low[0].isdigit() or "-" in low or low.endswith("fold")
)
_BEHIND_MOST: Final = frozenset({"of", "are", "were", "have", "had"})
"""Not "the most of any town", and not "most days"."""
_ARTICLES: Final = frozenset({"a", "an"})
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
CARRIED: Final = _MEASURED | {"people"}
"""Units that a number may leave out because the one before had it."""
_MOST_APART: Final = 50
_LISTED: Final = _MEASURED | {"fraction"}
_AFTER_AREA: Final = frozenset({"wide", "deep", "long", "north", "south", "east", "west"})


@dataclass(frozen=True, slots=True)
class _Number:
    """A number as found: how much, up to how much, where it ends; whether a share or odds."""

    value: float
    high: float | None
    j: int
    fraction: bool = False
    ratio: bool = False


def quantities(
    sentence: Sentence, lexicon: Lexicon, before: Quantity | None = None
) -> tuple[Quantity, ...]:
    """Return the quantities of a sentence in order.

    A unit left out in a list ("53 air strikes and 79", "17 wounded") is read from what the number
    counts: people for residents and the wounded, otherwise `count`.

    Parameters
    ----------
    before
        The last measure or number of people in the paragraph: what "the figure" of this sentence is
        a figure of.
    """
    found: list[Quantity] = []
    behind, words = 0, sentence.words
    for i in [k for k, word in enumerate(words) if _IS_OPENING[word]]:
        if i < behind or (words[i] in _ARTICLES and not _article_counts(words, i, lexicon)):
            continue
        quantity, j = _quantity_at(sentence, i, lexicon)
        if quantity is not None:
            found.append(_completed(sentence, quantity, (i, j), found[-1] if found else before))
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


def _completed(
    sentence: Sentence, quantity: Quantity, at: tuple[int, int], before: Quantity | None
) -> Quantity:
    """Return it with what words leave out because the quantity before has it: unit, "about"."""
    if before is None:
        return quantity
    tokens = sentence.tokens
    i, j = at
    here = before.start >= sentence.start
    if quantity.unit == "count" and _of_a_size(quantity, before):
        left_out = (here and (_set_against(tokens, i, j) or _elliptic(sentence, i, j, before))) or (
            before.unit in CARRIED and goes_on_counting(sentence, sentence.index(quantity.start), j)
        )
        return _in_unit(quantity, before.unit) if left_out else quantity
    listed = here and quantity.unit == before.unit and quantity.unit in _LISTED
    if listed and quantity.comparator is _C.EXACTLY:
        between = tokens[sentence.index(before.end) : i]
        if between and all(token.low in {",", "and"} for token in between):
            # "About 77 %, 99 % and 74 %": all three are about.
            return replace(quantity, comparator=before.comparator)
    return quantity


def _of_a_size(quantity: Quantity, before: Quantity) -> bool:
    """Return whether two numbers can measure the same: 46,000 goes on with no 20 km."""
    small, large = sorted((abs(quantity.value), abs(before.value)))
    return before.unit == "people" or large <= _MOST_APART * small


def _set_against(tokens: Sequence[Token], i: int, j: int) -> bool:
    """Return whether a number is set against the one before: "down from 40", "two of them"."""
    words = {token.low for token in tokens[max(0, i - 6) : i]}
    against = bool(words & {"from", "by"} and words & {"down", "up"})
    out_of = [token.low for token in tokens[max(0, i - 2) : i]] == ["out", "of"]
    behind = [token.low for token in tokens[j : j + 2]]
    return against or bool(words & {"compared", "against"}) or out_of or behind == ["of", "them"]


def _elliptic(sentence: Sentence, i: int, j: int, before: Quantity) -> bool:
    """Return whether a bare number measures what the one before did: "on a line meant for 250"."""
    tokens = sentence.tokens
    if before.unit not in CARRIED or not is_bare(tokens, j) or tokens[i].low == "one":
        return False
    # "Cut the town in two", "by twos": no measure.
    start = _comparator_before(tokens, i)[0]
    if start and tokens[start - 1].low in {"in", "by", "at", "no."}:
        return False
    return j == len(tokens) or not tokens[j].text[:1].isalnum()


def _in_unit(quantity: Quantity, unit: str) -> Quantity:
    si_value, si_unit = to_si(quantity.value, unit)
    return replace(quantity, unit=unit, si_value=si_value, si_unit=si_unit)


def _quantity_at(sentence: Sentence, i: int, lexicon: Lexicon) -> tuple[Quantity | None, int]:
    tokens = sentence.tokens
    if "-" in tokens[i].low and (whole := _in_one_word(tokens, i, lexicon)) is not None:
        return whole, i + 1
    number = _number_at(sentence, i) or _single(tokens, i, lexicon)
    if number is None:
        return _multiple_at(tokens, i)
    j = number.j
    if not number.fraction and is_no_quantity(tokens, i, j, number.value):
        return None, j
    if number.fraction and is_no_share(tokens, i, j):
        return None, j
    unit, j = _unit_at(sentence, number, lexicon)
    start, comparator = _comparator_before(tokens, i)
    if _is_time_window(tokens, start, i, j, unit):
        return None, max(j, number.j)
    if comparator is None:
        comparator = _converted(tokens, i) or _by_nature(number, tokens, j)
    if unit == "count" and (
        group_before(sentence, i, comparator)
        or befell(sentence, start, j)
        or numbers_people(sentence, start, j)
    ):
        unit = "people"
    return _make(tokens, start, j, number, unit, comparator), j


def _in_one_word(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> Quantity | None:
    """Return the quantity of "two-kilometre" and "ten-mile-long"."""
    joined = unit_in_word(tokens[i].low)
    unit = lexicon.units.get((joined[1],)) if joined else None
    if joined is None or unit not in _MEASURED:
        return None
    start, comparator = _comparator_before(tokens, i)
    number = _Number(joined[0], None, i + 1)
    return _make(tokens, start, i + 1, number, unit, comparator or _C.EXACTLY)


def _number_at(sentence: Sentence, i: int) -> _Number | None:
    tokens = sentence.tokens
    share = fraction_at(tokens, i)
    if share is not None:
        return _Number(share[0], None, share[1], fraction=True)
    best = i > 0 and tokens[i - 1].low == "the" and tokens[i].low == "most"
    follows = tokens[i + 1].low if i + 1 < len(tokens) else ""
    if tokens[i].low in _MOST and not best and follows in _BEHIND_MOST:
        return _Number(0.5, None, i + 1, fraction=True)
    first = number_at(tokens, i)
    if first is None:
        return None
    value, j = first
    part = one_in(tokens, value, j)
    if part is not None:
        return _Number(part[0], None, part[1], fraction=True)
    ratio = odds(sentence, i, value, j)
    if ratio is not None:
        return _Number(ratio[0], None, ratio[1], ratio=True)
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
            behind = [token.low for token in tokens[upper[1] : upper[1] + 2]]
            to_one = behind in (["to", "one"], ["to", "1"])
            return _Number(value, upper[0], upper[1] + 2 * to_one, ratio=to_one)
    return _Number(value, None, j)


def _unit_at(sentence: Sentence, number: _Number, lexicon: Lexicon) -> tuple[str, int]:
    """Return the unit behind a number and the index behind the unit."""
    tokens, j = sentence.tokens, number.j
    if number.ratio or (number.fraction and share_as_ratio(tokens, j)):
        return "ratio", j
    if number.fraction:
        named = _named_unit(tokens, j + (j < len(tokens) and tokens[j].low in {"a", "an"}), lexicon)
        return named or ("fraction", j)
    words = [token.low for token in tokens[j : j + 2]]
    if words[:1] == ["times"] and words[1:] and words[1] in _SET_AGAINST:
        return "ratio", j + 1
    hyphen = words[:1] == ["-"] and j and tokens[j].start == tokens[j - 1].end
    named = _named_unit(tokens, j + hyphen, lexicon) or _hyphened(tokens, j, lexicon)
    if named and not (hyphen and named[0] not in _MEASURED):
        return named
    if hyphen and len(words) > 1 and words[1] == "strong":
        return "people", j + 2
    return _of_a_period(tokens, j, lexicon) or counted(sentence, j)


def _of_a_period(tokens: Sequence[Token], j: int, lexicon: Lexicon) -> tuple[str, int] | None:
    """Return the unit of a number that counts parts of a period: "on 24 of 31 days"."""
    whole = number_at(tokens, j + 1) if j + 1 < len(tokens) and tokens[j].low == "of" else None
    named = _named_unit(tokens, whole[1], lexicon) if whole else None
    return (named[0], j) if named and named[0] in _TIME_UNITS else None


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


def _is_time_window(tokens: Sequence[Token], start: int, i: int, j: int, unit: str) -> bool:
    """Return whether the number measures a window of time: "over the past 24 hours".

    Or how far one event lies from another: "two days later", "in less than two weeks".
    """
    if unit not in _TIME_UNITS:
        return False
    before = {token.low for token in tokens[max(0, i - 2) : i]}
    after = {token.low for token in tokens[i + 1 : i + 4]}
    if before & _WINDOW or "ago" in after or (start and tokens[start - 1].low == "in"):
        return True
    follows = tokens[j].low if j < len(tokens) else ""
    if follows in _OFFSET:
        return True
    # "No water for 31 days" says how long; "for 12 hours a day" is a rate.
    if start and tokens[start - 1].low == "for" and follows not in {"a", "per", "each", "every"}:
        return True
    return i > 0 and tokens[i - 1].low in {"same", "these", "those"}


_OFFSET: Final = frozenset("later earlier after prior afterwards beforehand previously".split())


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
    if (
        follows[:1] in (["plus"], ["+"])
        or follows[:2] in (["or", "more"], ["-", "plus"])
        or "maybe more" in " ".join(follows)
    ):
        return Comparator.AT_LEAST
    if follows[:2] in (["or", "fewer"], ["or", "less"]):
        return Comparator.UP_TO
    if follows[:2] in (["or", "so"], ["or", "thereabouts"], ["-", "odd"]) or follows[:1] == ["odd"]:
        return Comparator.ABOUT
    return Comparator.EXACTLY


def _multiple_at(tokens: Sequence[Token], i: int) -> tuple[Quantity | None, int]:
    """Return "twice as many", "doubled" and "sixfold" as ratios, "attacked twice" as a count."""
    found = multiple(tokens, i)
    if found is None:
        return None, i
    value, unit = found
    start, comparator = _comparator_before(tokens, i)
    number = _Number(value, None, i + 1)
    return _make(tokens, start, i + 1, number, unit, comparator or _C.EXACTLY), i + 1


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
