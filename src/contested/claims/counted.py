"""What a bare number counts: people, or things.

By the noun behind it, a verb that only people bear, or the noun that it is put to.
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
    if follows[:1].isalpha() and follows not in _BEHIND_PEOPLE:
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


def counted(sentence: Sentence, j: int) -> tuple[str | None, int]:
    """Return `people` or `count` by the noun that follows within a few words."""
    tokens = sentence.tokens
    if j >= len(tokens):
        return "count", j
    if (
        _of_people(sentence, j)
        or _of_a_town(sentence, j)
        or _home_to(tokens, j)
        or _put_at(sentence, j)
    ):
        return "people", j
    for hit in sentence.hits:
        near = j <= hit.i <= j + 3 and all(_is_joint(tokens[k]) for k in range(j, hit.i))
        if near and _is_of_people(sentence, hit):
            return "people", hit.j
        before = j - 9 <= hit.i < j - 1 and hit.kind in {"dweller_noun", "casualty_noun"}
        if before and _measures(tokens, hit.j, j - 1):
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
    if words[:1] and words[0] in _DWELL:
        return True
    if words[:1] not in (["have"], ["had"], ["were"], ["fled"], ["left"]):
        return False
    return bool({"left", "fled", "returned", "evacuated", "displaced", "died"} & set(words))


_DWELL: Final = frozenset(
    "remain remained stay stayed live lived died perished survived fled".split()
)
_PEOPLE: Final = frozenset({"people_noun", "dweller_noun"})


def _of_a_town(sentence: Sentence, j: int) -> bool:
    """Return whether it is the size of a town: "a mining town of some 11,000 before the war"."""
    words = sentence.words
    follows = words[j] if j < len(words) else ""
    if follows not in _BEHIND_SIZE or words[j - 1][:1].isalpha():
        return False
    near = range(max(0, j - 5), j)
    of = next((k for k in near if words[k] == "of"), None)
    return of is not None and any(h.kind == "settle_noun" and h.j == of for h in sentence.hits)


_BEHIND_SIZE: Final = frozenset({"", ",", ".", "before", "in", "on", "and", ")"})


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
