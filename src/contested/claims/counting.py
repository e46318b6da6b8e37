"""What a number without a unit counts: people, or other things.

The noun behind the number says it first; where none stands there, the verb that it happened to,
the place whose people it numbers, or the number that it is set against.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from contested.records.claim import Comparator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contested.claims.tokens import Hit, Sentence, Token


def befell(sentence: Sentence, i: int, j: int) -> bool:
    """Return whether a bare number behind a verb is of people: "killing seven", "evacuated 38".

    A noun behind the number says what was counted; "others" and "more" do not.
    """
    tokens = sentence.tokens
    follows = tokens[j].low if j < len(tokens) else ""
    if follows in {"others", "more"} and any(
        hit.kind in {"harm", "casualty_noun"} for hit in sentence.hits
    ):
        return True
    if not is_bare(tokens, j):
        return False
    before = tokens[i - 1].low if i else ""
    harmed = any(hit.kind == "harm" and hit.j == i for hit in sentence.hits)
    return harmed or before in _MOVES_PEOPLE


_BEHIND_PEOPLE: Final = frozenset(
    "and in on at when from by of since during near this last more others including while as after "
    "so over out to with among , ;".split()
)
_MOVES_PEOPLE: Final = frozenset(
    "evacuated rescued displaced detained resettled sheltered evacuating rescuing displacing "
    "numbered".split()
)


def counted(sentence: Sentence, j: int) -> tuple[str, int]:
    """Return `people` or `count` by the noun that follows within a few words."""
    tokens = sentence.tokens
    if j >= len(tokens):
        return "count", j
    if _of_people(sentence, j) or _home_to(tokens, j) or _put_at(sentence, j):
        return "people", j
    for hit in sentence.hits:
        near = j <= hit.i <= j + 3 and all(_is_joint(tokens[k]) for k in range(j, hit.i))
        if near and _is_of_people(sentence, hit):
            return "people", hit.j
        before = j - 9 <= hit.i < j - 1 and hit.kind in {"dweller_noun", "casualty_noun"}
        if before and _measures(tokens, hit.j, j - 1) and not _is_target(tokens, hit.i):
            return "people", j
    return "count", j


def _is_of_people(sentence: Sentence, hit: Hit) -> bool:
    """Return whether a word behind a number says that people were counted."""
    if hit.kind in _PEOPLE:
        return not _describes(sentence, hit)
    if hit.kind == "role_noun":
        return hit.form == "many"
    return hit.kind in {"harm", "casualty_noun"} and hit.form in {"past", "pp", "one", "many"}


def _describes(sentence: Sentence, hit: Hit) -> bool:
    """Return whether a people's name only describes what follows: "83 Ukrainian drones"."""
    if hit.form != "one" or not sentence.tokens[hit.i].text[0].isupper():
        return False
    return hit.j < len(sentence.tokens) and _is_joint(sentence.tokens[hit.j])


def _of_people(sentence: Sentence, j: int) -> bool:
    """Return whether "of" and another number of people follow: "3,000 of its 24,000 residents".

    Or a verb that only people bear: "more than 10,000 have left".
    """
    tokens = sentence.tokens
    words = [token.low for token in tokens[j : j + 4]]
    if words[:1] in (["of"], ["out"]) and any(word[0].isdigit() for word in words[1:]):
        return any(h.kind in _PEOPLE and j < h.i <= j + 5 for h in sentence.hits)
    if words[:1] and words[0] in _PERISHED:
        return True
    if words[:1] not in (["have"], ["had"], ["were"], ["fled"], ["left"]):
        return False
    return bool({"left", "fled", "returned", "evacuated", "displaced", "died"} & set(words))


_PERISHED: Final = frozenset("live lived died perished fled".split())


def is_bare(tokens: Sequence[Token], j: int) -> bool:
    """Return whether no noun stands behind a number that ends at `j`: "down from 2,500 at …"."""
    follows = tokens[j].low if j < len(tokens) else ""
    return not follows[:1].isalpha() or follows in _BEHIND_PEOPLE


def numbers_people(sentence: Sentence, start: int, j: int) -> bool:
    """Return whether the words around a bare number, comparator and all, say that it is of people.

    "A mining town of some 11,000" · "casualties in May averaged 940" · "around 200 remained" ·
    "around 150, most of them pensioners".
    """
    tokens = sentence.tokens
    follows = tokens[j].low if j < len(tokens) else ""
    if follows in _STAYED:
        return not _among_things(sentence, start)
    if not is_bare(tokens, j):
        return False
    return (
        _peopled(sentence, start) or _put_as(sentence, start) or _described_as_people(sentence, j)
    )


_STAYED: Final = frozenset("remain remained stay stayed survived".split())


def _among_things(sentence: Sentence, i: int) -> bool:
    """Return whether things are told of before: "of the six bridges, two remain"."""
    return any(h.i < i and h.kind in _THINGS and h.form == "many" for h in sentence.hits)


_THINGS: Final = frozenset("ground_noun settle_noun extent_noun clash_noun".split())


def _peopled(sentence: Sentence, start: int) -> bool:
    """Return whether a settlement stands before, whose size it is: "a village of 300"."""
    if not start or sentence.tokens[start - 1].low != "of":
        return False
    return any(h.kind == "settle_noun" and h.j == start - 1 for h in sentence.hits)


def _put_as(sentence: Sentence, start: int) -> bool:
    """Return whether it is what a count of people was: "losses in May were 1,140".

    The first noun of the subject is what was counted: "attacks on civilians" are attacks.
    """
    tokens = sentence.tokens
    if not start or tokens[start - 1].low not in _MEASURES:
        return False
    begin = next((k + 1 for k in range(start - 1, -1, -1) if tokens[k].text in {",", ";"}), 0)
    for hit in sentence.hits:
        if begin <= hit.i < start - 1 and hit.kind in _COUNTABLE and not _describes(sentence, hit):
            return hit.kind in _OF_PEOPLE
    return False


_MEASURES: Final = frozenset(
    "was were is are at averaged averages totalled totaled reached hit exceeded exceeds "
    "exceed numbered".split()
)
_OF_PEOPLE: Final = frozenset({"casualty_noun", "dweller_noun", "people_noun"})
_COUNTABLE: Final = _OF_PEOPLE | _THINGS


def _described_as_people(sentence: Sentence, j: int) -> bool:
    """Return whether what is put in behind says so: "150, most of them pensioners"."""
    words = [token.low for token in sentence.tokens[j : j + 4]]
    if len(words) < 4 or words[0] != "," or words[2] != "of" or words[3] not in {"them", "whom"}:  # noqa: PLR2004
        return False
    return any(h.kind in _PEOPLE and j + 4 <= h.i <= j + 6 for h in sentence.hits)


def goes_on_counting(sentence: Sentence, start: int, j: int) -> bool:
    """Return whether a bare number counts what the number before it did, sentences back.

    "The figure exceeds 900" · "a month ago it was 700" · "down from 2,500" · "the peak of 900".
    """
    tokens = sentence.tokens
    follows = tokens[j].low if j < len(tokens) else ""
    # A verb behind it is no noun: "the average of 280 fell"; "280 attacks" have one.
    verb = follows in _PREDICATES or any(
        h.i == j and h.kind == "change" and h.form == "past" for h in sentence.hits
    )
    if tokens[j - 1].low == "one" or not (is_bare(tokens, j) or verb):
        return False
    before = [token.low for token in tokens[max(0, start - _NEAR) : start]]
    if not before or before[-1] in {"in", "by", "no."}:
        return False
    return not _REFERRED.isdisjoint(before)


_NEAR: Final = 8
_PREDICATES: Final = frozenset(
    "is was are were has had would may might seen recorded reported before after a per each every "
    "today now then yesterday".split()
)
_REFERRED: Final = frozenset(
    "figure number total toll count average peak it that high low record down up compared against "
    "pre-war prewar".split()
)


_PEOPLE: Final = frozenset({"people_noun", "dweller_noun"})


def _home_to(tokens: Sequence[Token], j: int) -> bool:
    """Return whether the number is one that a place is home to: "once home to 70,000"."""
    before = [token.low for token in tokens[max(0, j - 6) : j - 1]]
    return "home" in before and "to" in before[before.index("home") :]


def _put_at(sentence: Sentence, j: int) -> bool:
    """Return whether the number is what losses or residents are put at, or run to."""
    tokens = sentence.tokens
    start = max(0, j - 9)
    at = {"at", "to"} & {token.low for token in tokens[max(0, j - 6) : j]}
    verbs = {"put", "puts", "ran", "run", "runs", "came", "estimated", "placed"}
    said = any(token.low in verbs for token in tokens[max(0, j - 12) : j])
    counted = any(
        start - 3 <= h.i < j and h.kind in {"casualty_noun", "dweller_noun"} for h in sentence.hits
    )
    return bool(at) and said and counted


def _is_target(tokens: Sequence[Token], i: int) -> bool:
    """Return whether the people at `i` are whom a thing was done to: "attacks on civilians"."""
    return any(token.low in {"on", "against", "at"} for token in tokens[max(0, i - 2) : i])


def _measures(tokens: Sequence[Token], i: int, j: int) -> bool:
    """Return whether the words between a noun and its number join them: "population of about"."""
    return all(token.low in _JOINTS or _YEAR.match(token.text) for token in tokens[i:j])


_JOINTS: Final = frozenset(
    "of was were is are averaged average at about around roughly approximately some nearly almost "
    "more less than over under to up reached exceeded exceed totaled totalled amount amounted "
    "between and from now stands stood , fell rose only just in on per day daily january february "
    "march april may june july august september october november december".split()
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d\Z")


def _is_joint(token: Token) -> bool:
    return token.text[:1].isalpha() and token.low not in {
        "in",
        "at",
        "on",
        "near",
        "and",
        "from",
        "of",
        "by",
        "to",
        "with",
        "for",
        "against",
        "than",
        "who",
        "which",
        "that",
        "or",
        "per",
        "a",
        "the",
    }


def group_before(sentence: Sentence, i: int, comparator: Comparator) -> bool:
    """Return whether a group or a team stands before: its size is counted in people."""
    if [token.low for token in sentence.tokens[max(0, i - 2) : i]] == ["groups", "of"]:
        return True
    if comparator is not Comparator.AS_SMALL_AS:
        return False
    near = {token.low for token in sentence.tokens[max(0, i - 9) : i]}
    return bool(near & {"group", "groups", "team", "teams"})
