"""Names of private persons, and words without them.

Whoever is not shown to hold an office or to speak in public is private: residents, soldiers with
whatever rank, anybody named with an age. In everything that leaves the machine they are their role.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from contested.claims import people
from contested.places.words import GIVEN_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contested.claims.document import Document, Notes
    from contested.claims.people import Speaker
    from contested.records.claim import Attribution

NOBODY: Final = "a private person"
_SOLDIERS: Final = (
    "soldier|sergeant|lieutenant|captain|commander|colonel|major|gunner|pilot|infantryman|medic|"
    "battalion|brigade|platoon|company|unit|call sign|Lt|Sgt|Capt|Col|Maj"
)
_OFFICIALS: Final = r"official|officer|spokes\w+|adviser|head|deputy"
_RESIDENTS: Final = (
    "resident|mother|father|widow|mechanic|teacher|farmer|nurse|driver|baker|villager|pensioner|"
    "shopkeeper|civilian|evacuee|volunteer|local"
)
_ROLES: Final = tuple(
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), role)
    for words, role in (
        (_SOLDIERS, "a soldier"),
        (_OFFICIALS, "an official"),
        (_RESIDENTS, "a resident"),
    )
)
_AGE: Final = re.compile(r",? ?\b\d{1,2}\b,?")
_HOME: Final = re.compile(
    r",?\s+(?:who )?(?:liv|resid)(?:e[ds]?|es|ing)\s(?:at|in|on|near|by|under|outside)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_SHORTEST: Final = 3


@dataclass(frozen=True, slots=True)
class Privacy:
    """Who is private in a text.

    Attributes
    ----------
    roles
        Word of a name to the role that stands for it.
    """

    roles: dict[str, str]
    pattern: re.Pattern[str] | None

    def without_names(self, words: str | None) -> str | None:
        """Return words with every private name replaced by its role."""
        if not words or self.pattern is None:
            return words
        return self.pattern.sub(self._shown, words)

    def _shown(self, found: re.Match[str]) -> str:
        # A public person's full name is kept, also where a private one shares a part of it.
        return found.group() if found["public"] else f"[{self._role(found.group())}]"

    def _role(self, name: str) -> str:
        words = re.findall(r"[^\W\d_]+", name)
        return next((self.roles[word] for word in words if word in self.roles), NOBODY)

    def hides(self, words: str) -> bool:
        """Return whether words hold a private name."""
        return self.without_names(words) != words


def privacy(document: Document) -> Privacy:
    """Return who is private in an article."""
    roles: dict[str, str] = {}
    public = _public(document)
    surnames = {name.split()[-1] for name in public}
    for name, role in _private(document):
        for word in name.split():
            if len(word) >= _SHORTEST and word not in surnames:
                roles.setdefault(word, role)
    if not roles:
        return Privacy({}, None)
    word = "|".join(re.escape(name) for name in sorted(roles, key=len, reverse=True))
    kept = "|".join(re.escape(name) for name in sorted(public, key=len, reverse=True)) or "(?!)"
    titled = r"(?:(?:Mr|Mrs|Ms|Dr)\.? )?"
    pattern = re.compile(rf"\b(?:(?P<public>{kept})|{titled}(?:{word})(?:[ ](?:{word}))*)\b")
    return Privacy(roles, pattern)


def _public(document: Document) -> set[str]:
    """Return the full names of persons who may be named."""
    return {
        speaker.name for speaker in document.cast.people.values()
        if speaker.name and not speaker.private
    }  # fmt: skip


def _private(document: Document) -> Iterator[tuple[str, str]]:
    for speaker in document.cast.people.values():
        if speaker.private and speaker.name:
            yield speaker.name, role_of(speaker)
    for notes in document.notes:
        yield from _named_in(document, notes)


def _named_in(document: Document, notes: Notes) -> Iterator[tuple[str, str]]:
    """Yield persons who are named but do not speak: by age, by "named", by their given name."""
    sentence = notes.sentence
    tokens = sentence.tokens
    spans = [(m.start, m.end) for m in notes.places]
    for i, j in people.names(sentence, 0, len(tokens), spans):
        words = " ".join(token.text for token in tokens[i:j])
        known = document.cast.people.get(tokens[j - 1].text)
        if known is not None and not known.private:
            continue
        aged = j + 1 < len(tokens) and tokens[j].text == "," and tokens[j + 1].text.isdigit()
        introduced = i > 0 and tokens[i - 1].low in {"named", "called"}
        given = tokens[i].low in GIVEN_NAMES
        if aged or introduced or given:
            around = document.article.text[sentence.start : sentence.end]
            yield words, role_in(around)


def role_of(speaker: Speaker | Attribution) -> str:
    """Return the role that stands for a private speaker."""
    return role_in(f"{speaker.role or ''} {speaker.organisation or ''}")


def role_in(words: str) -> str:
    """Return "a soldier", "an official", "a resident" or "a private person"."""
    return next((role for pattern, role in _ROLES if pattern.search(words)), NOBODY)


def role_words(role: str | None) -> str | None:
    """Return the words of a role without an age, and without where the person lives."""
    if not role:
        return None
    return " ".join(_AGE.sub(" ", _HOME.sub("", role)).split()).strip(" ,") or None
