"""Toponyms in English text, with their offsets.

A run of capitalised words that the gazetteer knows is a toponym, unless the words around it say
that it is a person, an organisation or the beginning of a sentence. There is no model: every
rule has its word list in `contested.places.words`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from contested.places.extent import POPULATED
from contested.places.index import Form
from contested.places.spelling import fold
from contested.places.words import (
    ADJECTIVES,
    FOLLOWERS,
    GIVEN_NAMES,
    KINDS,
    NOT_PLACES,
    PREPOSITIONS,
    TITLES,
)

if TYPE_CHECKING:
    from contested.places.gazetteer import Gazetteer, Match

_WORD: Final = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]\w*+(?:['’ʼ‑-]\w++)*+\.?")
_POSSESSIVES: Final = frozenset({"'s", "’s"})
_STOPS: Final = frozenset(".!?:;")
_CLOSING: Final = frozenset('"”’)')
_OPENING: Final = frozenset('“"—–(')
_AGE: Final = re.compile(r",\s\d{2}(?=,|\.|\s(?:and|of|who|from)\b|$)")
_ONE_SPACE: Final = frozenset({" ", "\u00a0"})
_LONGEST: Final = 4
_SHORT, _ACRONYM = 3, 4
_TOWNLY: Final = frozenset({"city", "town", "village", "settlement"})
_TOPONYMIC: Final = re.compile(
    r"(?:[iy]vka|[iy]anka|ivk[ay]|s[’']?k(?:e|oye|oe|a|y[iy]?)?|hrad|grad|pil|pol|pole|"
    r"pill[iy]a|dar|ove|eve|yne|ine|ovo|evo|ino|yno|iv|yiv|tsi|ychi)$"
)
"""Endings on which an unknown word may be a Ukrainian name in another spelling."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A toponym in a text: ``text[start:end] == name``.

    Attributes
    ----------
    kind
        The type word beside it (region, city, village, raion, sector), if there is one.
    """

    start: int
    end: int
    name: str
    kind: str | None = None


class _Token(NamedTuple):
    """A word of a text."""

    start: int
    end: int
    text: str
    capital: bool

    @property
    def key(self) -> str:
        return self.text.rstrip(".").casefold()


class _Tokens:
    """The words of a text, each made when it is asked for: four in five never are."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._spans = [hit.span() for hit in _WORD.finditer(text)]
        self._made: dict[int, _Token] = {}

    def __len__(self) -> int:
        return len(self._spans)

    def __getitem__(self, index: int) -> _Token:
        token = self._made.get(index)
        if token is None:
            start, end = self._spans[index]
            word = _bare(self._text[start:end])
            token = _Token(start, start + len(word), word, word[:1].isupper())
            self._made[index] = token
        return token

    def joined(self, index: int) -> bool:
        """Say whether nothing but a space parts a word from the next."""
        (_, end), (start, _) = self._spans[index : index + 2]
        if start - end != 1 or self._text[end] not in _ONE_SPACE:
            return False
        return self[index].end == end  # a full stop or "'s" stands between them

    def capitals(self) -> list[int]:
        """Return the indices of the words with a capital."""
        text = self._text
        return [k for k, (start, _) in enumerate(self._spans) if text[start].isupper()]

    def lower(self) -> set[str]:
        """Return the words without a capital."""
        text = self._text
        words = {text[start:end] for start, end in self._spans if not text[start].isupper()}
        return {_bare(word) for word in words}


def recognise(gazetteer: Gazetteer, text: str) -> list[Mention]:
    """Return the toponyms of a text in order, never overlapping."""
    tokens = _Tokens(text)
    lower = tokens.lower()
    found: list[Mention] = []
    after = 0
    for index in tokens.capitals():
        length = _longest(gazetteer, text, tokens, index) if index >= after else 0
        if length:
            after = index + length
            if _is_place(gazetteer, text, tokens, index, length, lower):
                found.append(_mention(text, tokens, index, length))
    return found


def _bare(word: str) -> str:
    """Return a word without the full stop that ends its sentence, and without "'s"."""
    if word[-1] == "." and not _abbreviation(word):
        word = word[:-1]
    return word[:-2] if word[-2:] in _POSSESSIVES else word


def _abbreviation(text: str) -> bool:
    """Say whether a full stop belongs to a word (Gen., U.S., V.) or ends the sentence."""
    return text.count(".") > 1 or len(text) == len("V.") or text[:-1].casefold() in TITLES


def _longest(gazetteer: Gazetteer, text: str, tokens: _Tokens, first: int) -> int:
    """Return how many words from here are the longest name that the gazetteer knows."""
    run = 1
    while run < _LONGEST and first + run < len(tokens) and tokens.joined(first + run - 1):
        run += 1
    for length in range(run, 0, -1):
        last = tokens[first + length - 1]
        if last.capital and _known(gazetteer, text[tokens[first].start : last.end]):
            return length
    return 0


def _known(gazetteer: Gazetteer, name: str) -> tuple[Match, ...]:
    found = gazetteer.exact(name)
    if not found and _TOPONYMIC.search(name) and len(name) > 2 * _SHORT:
        found = gazetteer.variants(name)
    return found


def _is_place(
    gazetteer: Gazetteer, text: str, tokens: _Tokens, first: int, length: int, lower: set[str]
) -> bool:
    name = text[tokens[first].start : tokens[first + length - 1].end]
    if length == 1 and _is_word(gazetteer, name, lower):
        return False
    if _AGE.match(text, tokens[first + length - 1].end):
        return False
    before = tokens[first - 1] if first and tokens.joined(first - 1) else None
    after_index = first + length
    joined = after_index < len(tokens) and tokens.joined(after_index - 1)
    after = tokens[after_index] if joined else None
    if _part_of_name_after(after) or _part_of_name_before(text, before):
        return False
    if fold(name) in GIVEN_NAMES:
        return before is not None and before.key in PREPOSITIONS
    return True


def _is_word(gazetteer: Gazetteer, name: str, lower: set[str]) -> bool:
    """Say whether a single word is rather an English word or an abbreviation."""
    if fold(name) in NOT_PLACES or len(name) < _SHORT:
        return True
    if name.isupper() and len(name) < _ACRONYM and "." not in name and name not in {"USA", "UAE"}:
        return True
    if name.casefold() in lower:
        return True
    return name.isupper() and len(name) == _ACRONYM and not _large(gazetteer, name)


def _large(gazetteer: Gazetteer, name: str) -> bool:
    return any(
        match.place.kind not in POPULATED or match.form is Form.OFFICIAL
        for match in gazetteer.exact(name)
    )


def _part_of_name_after(after: _Token | None) -> bool:
    """Vladimir Putin, Kyiv Independent, Kharkiv National University: not the town."""
    return after is not None and after.capital and after.key not in FOLLOWERS


def _part_of_name_before(text: str, before: _Token | None) -> bool:
    """First Corps Azov, Mr. Poltava: not the town; but: While Ukraine …, Russian-held Donetsk."""
    if before is None or not before.capital:
        return before is not None and before.key in TITLES and before.text.endswith(".")
    if before.key in TITLES:
        return True
    if before.key in ADJECTIVES or "-" in before.text or text[before.end - 1 : before.end] == ".":
        return False
    if text[before.end : before.end + 2] in {"’s", "'s"}:
        return False
    return not _opens_sentence(text, before.start)


def _opens_sentence(text: str, at: int) -> bool:
    """Say whether a word stands at the beginning of a text, line, sentence or remark."""
    while at and text[at - 1].isspace():
        at -= 1
        if text[at] == "\n":
            return True
    if not at or text[at - 1] in _OPENING:
        return True
    while at and text[at - 1] in _CLOSING:
        at -= 1
    return at > 0 and text[at - 1] in _STOPS


def _mention(text: str, tokens: _Tokens, first: int, length: int) -> Mention:
    start, end = tokens[first].start, tokens[first + length - 1].end
    return Mention(start, end, text[start:end], _kind(tokens, first, first + length))


def _kind(tokens: _Tokens, first: int, after: int) -> str | None:
    """Return the kind that the words beside a name state: Donetsk region, the city of Kherson."""
    if after < len(tokens) and tokens.joined(after - 1):
        word = KINDS.get(tokens[after].key)
        if word:
            return word
    if first and tokens.joined(first - 1):
        return _kind_before(tokens, first - 1)
    return None


def _kind_before(tokens: _Tokens, before: int) -> str | None:
    """Return the kind stated by "the city of Kherson" or "the village Kotlyne"."""
    of = tokens[before].key == "of"
    if of:
        if not before or not tokens.joined(before - 1):
            return None
        before -= 1
    kind = KINDS.get(tokens[before].key)
    # "the Kursk region of Russia" does not make Russia a region.
    return kind if kind in _TOWNLY else None
