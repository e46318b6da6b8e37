"""Whom "he", "she", "they" and "it" mean in words of saying: one person, or nobody.

A wrong speaker is worse than none. So the last person who spoke or was named is meant only where
no other could be: a name that the pronoun's gender excludes is passed over, and where several were
named at once nobody is chosen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contested.claims.people import Speaker
from contested.records.claim import Naming

if TYPE_CHECKING:
    from collections.abc import Sequence

PRONOUNS: Final = {
    "he": "he", "him": "he", "his": "he", "she": "she", "her": "she", "hers": "she",
    "they": "they", "them": "they", "their": "they", "it": "it", "its": "it", "i": "i", "me": "i",
    "we": "we", "us": "we", "my": "i", "our": "we",
}  # fmt: skip
"""Every form of a pronoun, by the form it has as a subject."""
_PERSONS: Final = frozenset({Naming.NAMED, Naming.PARTLY_NAMED})
_HE: Final = (
    "o ii iy ij yi yy slav myr mir ndr dr han hor leh hen ton man dan van ras kyta kola ktor rys "
    "nys sym tem yan vid lip kita orge hn eter ichael obert ames homas onrad aul ark"
).split()
"""Endings of given names that men bear: Dmytro, Serhii, Yaroslav, Bohdan, Taras."""
_NOT_SHE: Final = frozenset("mykola illia ilya nikita mykyta luka sava kuzma joshua andrea".split())
_TITLES_OF_WOMEN: Final = frozenset({"ms.", "mrs.", "ms", "mrs"})


def by_pronoun(pronoun: str, recent: Sequence[Speaker]) -> Speaker | None:
    """Return whom a pronoun means among those who spoke or were named, latest last.

    `None` where it is the voice of the text itself; `Naming.UNCLEAR` where it could be several.
    """
    if pronoun in {"i", "we"}:
        return None
    if pronoun in {"he", "she"}:
        return _person(pronoun, recent)
    wanted = {Naming.ANONYMOUS_GROUP} if pronoun == "they" else {Naming.ORGANISATION}
    found = [speaker for speaker in recent if speaker.naming in wanted]
    return found[-1] if found else Speaker(Naming.UNCLEAR)


def _person(pronoun: str, recent: Sequence[Speaker]) -> Speaker:
    for speaker in reversed(recent):
        if speaker.naming is Naming.UNCLEAR:
            break
        person = speaker.naming in _PERSONS or _single(speaker)
        if person and not _excludes(pronoun, speaker):
            return speaker
    return Speaker(Naming.UNCLEAR)


def _single(speaker: Speaker) -> bool:
    """Return whether someone without a name is one person: "a diplomat", "an official"."""
    role = (speaker.role or "").lower()
    return speaker.naming is Naming.ANONYMOUS_GROUP and role.startswith(("a ", "an ", "one "))


def _excludes(pronoun: str, speaker: Speaker) -> bool:
    """Return whether a name or a role cannot be of the pronoun's gender; unsure names may be."""
    gender = gender_of(speaker)
    return gender is not None and gender != pronoun


def gender_of(speaker: Speaker) -> str | None:
    """Return "he" or "she" where role or given name tells, as Ukrainian ones nearly all do."""
    words = {word.lower() for word in (speaker.role or "").split()}
    if words & {"woman", "mother", "widow", "spokeswoman", *_TITLES_OF_WOMEN}:
        return "she"
    if words & {"man", "father", "spokesman", "mr.", "mr"}:
        return "he"
    name = (speaker.name or "").split()
    if len(name) < 2 and speaker.naming is not Naming.PARTLY_NAMED:  # noqa: PLR2004
        return None
    given = name[0].lower() if name else ""
    if given in _NOT_SHE or given.endswith(tuple(_HE)):
        return "he"
    return "she" if given.endswith("a") else None
