"""Persons and organisations of a text: full names, roles, and who is a private person.

Private until shown to be public: a name is kept only where an office or a profession of public
speech stands beside it. A soldier, even one with rank and full name, is not named in output.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from contested.claims.forms import ByForm
from contested.claims.tokens import phrase
from contested.places.words import GIVEN_NAMES
from contested.records.claim import Naming

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from contested.claims.tokens import Hit, Sentence, Token

_TITLES: Final = frozenset(
    "Mr. Mrs. Ms. Mr Mrs Ms Dr. Dr President Gen. General Col. Colonel Lt. Lieutenant Maj. Major "
    "Capt. Captain Sgt. Sergeant Brig. Brig Adm. Adm Gen Col Lt Maj Capt Sgt Cpl. Corporal Marshal "
    "Minister Gov. Governor Senator Sir Admiral Chancellor Mayor Prof. "
    "Professor Secretary Prime Senior Brigadier King Foreign Defence Defense Interior Deputy "
    "Finance Economy Energy Justice Acting Vice Chief Commander Archbishop Metropolitan".split()
)
_PUBLIC_TITLES: Final = frozenset(
    "President Gen. General Minister Gov. Governor Senator Admiral Chancellor Mayor Prof. "
    "Professor Secretary Prime Brigadier King".split()
)
_NOT_NAMES: Final = frozenset(
    "The A An In On At By As If But And Or So While When After Before Since He She It They We I "
    "You His Her Its Their Our This That These Those There Still Now Then What Most Some Nearly "
    "About Our Your Not No Yes January February March April May June July August September October "
    "November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday However Meanwhile "
    "Separately Combat Soldiers Military Officials Drones Troops Taking Losing Near Such For From "
    "Fewer More Less At Under Over Between Despite Although Because Last Next Early Late Every "
    "Each To With Without Ukrainian Russian According Beyond One Small Like "
    "Commercial Satellite Recent Geolocated Aerial Thermal Leaked New".split()
)
_NO_NAMES: Final = frozenset(
    {"war_actor_org", "channel_noun", "role_noun", "people_noun", "compass", "document_noun"}
)
"""Classes of words that are no names, also where a sentence begins with them."""
MAX_ROLE_WORDS: Final = 14


@dataclass(frozen=True, slots=True)
class Speaker:
    """Someone who says something, as far as the words tell."""

    naming: Naming
    name: str | None = None
    role: str | None = None
    organisation: str | None = None
    private: bool = False
    is_map: bool = False


@dataclass
class Cast:
    """Who has been introduced so far, by last word of the name; the reading order fills it."""

    people: dict[str, Speaker]

    def meet(self, speaker: Speaker) -> Speaker:
        """Return the speaker with what earlier mentions told, and remember it."""
        if not speaker.name:
            return speaker
        key = speaker.name.split()[-1]
        known = self.people.get(key)
        merged = _merged(known, speaker) if known else speaker
        self.people[key] = merged
        return merged


def _merged(known: Speaker, now: Speaker) -> Speaker:
    """Return one record: the longer name, the first role, public if either says so."""
    known_name = known.name or ""
    name = known.name if len(known_name) >= len(now.name or "") else now.name
    full = Naming.NAMED in (known.naming, now.naming)
    return Speaker(
        naming=Naming.NAMED if full else known.naming,
        name=name,
        role=known.role or now.role,
        organisation=known.organisation or now.organisation,
        private=known.private and now.private,
        is_map=False,
    )


def names(
    sentence: Sentence, i: int, j: int, places: Iterable[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return the token ranges of person-like names between words `i` and `j`.

    A name is one or more capitalised words that are no place, organisation, demonym or month,
    with title and initials.
    """
    tokens = sentence.tokens
    capitals: Sequence[int] = sentence.capitals
    if i or j < len(tokens):
        capitals = capitals[bisect_left(capitals, i) : bisect_left(capitals, j)]
    if not capitals:
        return []
    capitals = [k for k in capitals if not _IS_NO_NAME[tokens[k].text]]
    if not capitals:
        return []
    taken: set[int] = set()
    if not sentence.kinds.isdisjoint(_NO_NAMES):
        taken.update(
            [k for hit in sentence.hits if hit.kind in _NO_NAMES for k in range(hit.i, hit.j)]
        )
    found: list[tuple[int, int]] = []
    for k in capitals:
        text, _, begin, behind = tokens[k]
        if (
            (k in taken and text not in _TITLES)
            or _is_no_name(tokens, k, j)
            or any(start < behind and begin < end for start, end in places)
        ):
            continue
        if found and found[-1][1] == k:
            found[-1] = (found[-1][0], k + 1)
        else:
            found.append((k, k + 1))
    return found


def _is_no_name(tokens: Sequence[Token], k: int, j: int) -> bool:
    """Return whether a capital is another thing's here: "Peace Avenue", "the Desk"."""
    if k == 0 and tokens[k].text.endswith("ing"):
        return True  # "Citing the governor, …"
    if k + 1 < j and tokens[k + 1].text in _STREETS:
        return True
    if k + 1 < len(tokens) and tokens[k + 1].low in _OF_A_NAME:
        return True  # "the Trump administration": a government, not the man
    alone = k + 1 >= j or not tokens[k + 1].text[:1].isupper()
    return alone and k > 0 and tokens[k - 1].low in _ARTICLES


def _is_never_a_name(text: str) -> bool:
    """Return whether a word is no name wherever it stands: "The", "Kyiv-based", "MoD"."""
    if text in _NOT_NAMES or text in _STREETS:
        return True
    if "-" in text and text.rsplit("-", 1)[1][:1].islower():
        return True
    return bool(_INNER_CAPITAL.search(text)) and not text.startswith(
        ("Mc", "Mac", "De", "O'", "O’", "D'", "D’")
    )


_IS_NO_NAME: Final = ByForm(_is_never_a_name)
_INNER_CAPITAL: Final = re.compile("[a-zа-яіїєґ][A-ZА-ЯІЇЄҐ]")
_OF_A_NAME: Final = frozenset("administration government regime campaign cabinet team".split())
_STREETS: Final = frozenset(
    "Street Avenue Square Boulevard Lane Road Highway Park Bridge Station Hospital School Church "
    "Oblast Region River Lake Island Airport Prospect".split()
)
_ARTICLES: Final = frozenset({"the", "a", "an"})


def parse(
    sentence: Sentence,
    i: int,
    j: int,
    *,
    places: Sequence[tuple[int, int]],
    demonyms: frozenset[str],
) -> Speaker | None:
    """Return who ``tokens[i:j]`` is, or `None` where the words name nobody."""
    hits = [hit for hit in sentence.hits if i <= hit.i and hit.j <= j]
    kinds = {hit.kind for hit in hits}
    organisation = _organisation(sentence, hits, i, j, places)
    nick = _nickname(sentence, i, j, hits)
    person = _person(sentence, i, j, places, demonyms, organisation)
    role = _role(sentence, i, j, person, hits)
    if nick:
        return Speaker(Naming.PARTLY_NAMED, nick, role, organisation, private=True)
    if person is not None:
        return _named(sentence, person, role, organisation, kinds)
    return _unnamed(sentence, hits, kinds, role, organisation)


def _unnamed(
    sentence: Sentence,
    hits: Sequence[Hit],
    kinds: set[str],
    role: str | None,
    organisation: str | None,
) -> Speaker | None:
    """Return a group, a document, an organisation, or nobody; the head noun decides."""
    head = _head(hits)
    mapped = "map_noun" in kinds
    office = _office(sentence, hits) or (mapped and organisation)
    if office:
        return Speaker(Naming.ORGANISATION, None, role, office, is_map=mapped)
    if head == "role_noun" or (head == "people_noun" and not organisation):
        return Speaker(Naming.ANONYMOUS_GROUP, None, role, None)
    if organisation:
        return Speaker(Naming.ORGANISATION, None, role, organisation)
    if mapped or "document_noun" in kinds:
        return Speaker(Naming.UNNAMED_DOCUMENT, None, _words(sentence, hits), None, is_map=mapped)
    named = head == "org_noun"
    return Speaker(Naming.ORGANISATION, None, None, _words(sentence, hits)) if named else None


def _office(sentence: Sentence, hits: Sequence[Hit]) -> str | None:
    """Return "mayor's office": an organisation named by the role that it serves."""
    tokens = sentence.tokens
    for hit in hits:
        if hit.kind == "org_noun" and hit.i > 1 and tokens[hit.i - 1].low == "'s":
            owned = any(h.kind == "role_noun" and h.j == hit.i - 1 for h in hits)
            if owned:
                return phrase(tokens[hit.i - 2 : hit.j])
    return None


def _head(hits: Sequence[Hit]) -> str | None:
    """Return the class of the head noun: the last noun before any "of", "in" or "with"."""
    kinds = [hit.kind for hit in hits if hit.kind in {"role_noun", "org_noun", "people_noun"}]
    first = kinds[0] if kinds else None
    return "role_noun" if "role_noun" in kinds else first


def _organisation(
    sentence: Sentence, hits: Sequence[Hit], i: int, j: int, places: Sequence[tuple[int, int]]
) -> str | None:
    """Return the name of an organisation: a known one, or capitalised words with its noun."""
    tokens = sentence.tokens
    for hit in hits:
        if hit.kind == "war_actor_org":
            return phrase(tokens[hit.i : hit.j])
    for hit in hits:
        if hit.kind in {"org_noun", "map_noun", "unit_name"}:
            named = _capitals_around(tokens, hit, i, j)
            if named:
                return named
    del places
    return _lower_organisation(sentence, hits)


def _capitals_around(tokens: Sequence[Token], hit: Hit, i: int, j: int) -> str | None:
    """Return "Institute for Conflict Mapping", "Foreign Policy Research Institute", or `None`."""
    start, end = hit.i, hit.j
    while (
        start > i
        and tokens[start - 1].text[0].isupper()
        and (
            tokens[start - 1].text not in _NOT_NAMES
            or tokens[start - 1].text in {"Russian", "Ukrainian"}
        )
    ):
        start -= 1
    while end < j and (
        tokens[end].text[0].isupper()
        or (tokens[end].low in {"for", "of", "the"} and end + 1 < j and _goes_on(tokens, end, j))
    ):
        end += 1
    if end > hit.j and tokens[hit.i].text[0].islower():
        return phrase(tokens[hit.j : end])  # "the monitor Frontwatch"
    words = tokens[start:end]
    if hit.kind == "map_noun" and start == 0 and all(word.text[0].islower() for word in words[1:]):
        return None  # "Commercial imagery shows": the capital is the sentence's
    capital = tokens[hit.i].text[0].isupper() or len(words) > hit.j - hit.i
    return phrase(words) if capital else None


def _goes_on(tokens: Sequence[Token], end: int, j: int) -> bool:
    following = tokens[end + 1]
    if following.low == "the" and end + 2 < j:
        return tokens[end + 2].text[0].isupper()
    return following.text[0].isupper()


def _lower_organisation(sentence: Sentence, hits: Sequence[Hit]) -> str | None:
    """Return "the army's eastern command": an organisation without capitals."""
    if any(hit.kind == "role_noun" for hit in hits):
        return None
    for hit in reversed(hits):
        if hit.kind == "org_noun" and hit.form == "one":
            return phrase(sentence.tokens[hits[0].i : hit.j])
    return None


def _person(
    sentence: Sentence,
    i: int,
    j: int,
    places: Sequence[tuple[int, int]],
    demonyms: frozenset[str],
    organisation: str | None,
) -> tuple[int, int] | None:
    """Return the token range of the first person's name, or `None`."""
    return next(_persons(sentence, i, j, places, demonyms, organisation), None)


def several(
    sentence: Sentence,
    i: int,
    j: int,
    *,
    places: Sequence[tuple[int, int]],
    demonyms: frozenset[str],
) -> bool:
    """Return whether ``tokens[i:j]`` name more than one person: which of them is a guess."""
    hits = [hit for hit in sentence.hits if i <= hit.i and hit.j <= j]
    organisation = _organisation(sentence, hits, i, j, places)
    found = _persons(sentence, i, j, places, demonyms, organisation)
    return len({sentence.tokens[end - 1].text for _, end in found}) > 1


def _persons(
    sentence: Sentence,
    i: int,
    j: int,
    places: Sequence[tuple[int, int]],
    demonyms: frozenset[str],
    organisation: str | None,
) -> Iterator[tuple[int, int]]:
    org_words = set((organisation or "").split())
    things = {hit.i for hit in sentence.hits if hit.kind in _THINGS}
    for start, end in names(sentence, i, j, places):
        # "Front Line Observatory": a name with a word of the field in it is no person's.
        if not things.isdisjoint(range(start, end)) or _is_workplace(sentence, i, start):
            continue
        if end < len(sentence.tokens) and sentence.tokens[end].low == "'s":
            continue  # "X's office", "X's wife": not X
        if end - start == 1 and any(h.kind == "role_noun" and h.i == end for h in sentence.hits):
            continue  # "Bundeswehr planner Y", "a Pentagon official": where someone serves
        words = [token.text for token in sentence.tokens[start:end]]
        bare = [word for word in words if word not in _TITLES and word not in demonyms]
        if (
            bare
            and not set(bare) <= org_words
            and not any(word.isupper() and len(word) > 1 and "." not in word for word in bare)
        ):
            yield start, end


_THINGS: Final = frozenset(
    "front_noun ground_noun org_noun clash_noun event_noun map_noun claim_noun extent_noun "
    "document_noun settle_noun admin_noun move_noun take_noun sector_noun casualty_noun".split()
)


def _is_workplace(sentence: Sentence, i: int, start: int) -> bool:
    """Return whether capitals stand behind "analysts at the …": where someone works, no name."""
    roles = any(i <= hit.i < start and hit.kind == "role_noun" for hit in sentence.hits)
    before = [token.low for token in sentence.tokens[max(i, start - 3) : start]]
    return roles and bool(before) and ("at" in before or before[-2:] in _FROM_THE)


_FROM_THE: Final = (["from", "the"], ["with", "the"], ["for", "the"], ["of", "the"])


def _nickname(sentence: Sentence, i: int, j: int, hits: Sequence[Hit]) -> str | None:
    """Return a call sign: the capitalised word behind "call sign" or "goes by"."""
    for hit in hits:
        if hit.kind == "nickname":
            for token in sentence.tokens[hit.j : min(j, hit.j + 4)]:
                if token.text[0].isupper():
                    return token.text
    del i
    return None


def _named(
    sentence: Sentence,
    person: tuple[int, int],
    role: str | None,
    organisation: str | None,
    kinds: set[str],
) -> Speaker:
    words = [token.text for token in sentence.tokens[slice(*person)]]
    titles = [word for word in words if word in _TITLES]
    bare = [word for word in words if word not in _TITLES]
    figure = "public_figure" in kinds
    public = figure or "public_role" in kinds or any(title in _PUBLIC_TITLES for title in titles)
    private = "private_role" in kinds and not any(title in _PUBLIC_TITLES for title in titles)
    full = len([word for word in bare if not word.endswith(".")]) > 1 or bool(titles) or figure
    return Speaker(
        naming=Naming.NAMED if full else Naming.PARTLY_NAMED,
        name=" ".join(bare),
        role=" ".join(filter(None, (*titles, role))) or None,
        organisation=organisation,
        private=private or not public,
    )


def _role(
    sentence: Sentence, i: int, j: int, person: tuple[int, int] | None, hits: Sequence[Hit]
) -> str | None:
    """Return the words of the role, without the name."""
    roles = [hit for hit in hits if hit.kind in {"role_noun", "people_noun", "document_noun"}]
    if not roles:
        return None
    inside = range(*person) if person else range(0)
    kept = [
        sentence.tokens[k]
        for k in range(i, j)
        if k not in inside and sentence.tokens[k].text not in {",", "“", "”", '"', "."}
    ]
    return phrase(kept[:MAX_ROLE_WORDS]) or None


def _words(sentence: Sentence, hits: Sequence[Hit]) -> str:
    return phrase(sentence.tokens[hits[0].i : hits[-1].j])


def introduced(sentence: Sentence, i: int, j: int) -> Speaker | None:
    """Return the person named at words `i` to `j` if an office stands beside the name.

    "President X" · "Russia's president, X" · "X, the head of …" · "analyst X".
    """
    words = [token.text for token in sentence.tokens[i:j]]
    bare = [word for word in words if word not in _TITLES]
    if not bare:
        return None
    titled = any(word in _PUBLIC_TITLES for word in words)
    before = any(hit.kind == "public_role" and i - 1 <= hit.j <= i for hit in sentence.hits)
    after = (
        j < len(sentence.tokens)
        and sentence.tokens[j].text == ","
        and any(hit.kind == "public_role" and j < hit.i <= j + 5 for hit in sentence.hits)
    )
    if not (titled or before or after):
        return None
    full = len(bare) > 1 or titled
    naming = Naming.NAMED if full else Naming.PARTLY_NAMED
    return Speaker(naming, " ".join(bare), None, None, private=False)


def is_introduced(sentence: Sentence, i: int, j: int, name: str) -> bool:
    """Return whether a single name is shown to be a person's.

    By an age, a call sign, a role right beside it, "named", a description behind a comma, or
    because it is a given name.
    """
    tokens = sentence.tokens
    at = next((k for k in range(i, j) if tokens[k].text == name), None)
    if at is None or any(h.kind == "nickname" and i <= h.i < j for h in sentence.hits):
        return True
    if tokens[at].low in GIVEN_NAMES or (at and tokens[at - 1].low in {"named", "called"}):
        return True
    behind = [token.low for token in tokens[at + 1 : at + 3]]
    described = len(behind) > 1 and behind[0] == "," and (
        behind[1].isdigit() or behind[1] in {"a", "an", "the", "his", "her", "who", "whose"}
    )  # fmt: skip
    beside = any(h.kind == "role_noun" and h.j == at for h in sentence.hits)
    return described or (beside and at > 0)
