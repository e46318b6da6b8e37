"""Toponyms in English text, with their offsets.

A run of capitalised words that the gazetteer knows is a toponym, unless the words around it say
that it is a person, an organisation or the beginning of a sentence. There is no model: every
rule has its word list in `contested.places.words`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from contested.places.extent import POPULATED
from contested.places.gazetteer import toponymic
from contested.places.index import Form
from contested.places.spelling import fold
from contested.places.words import (
    ADJECTIVES,
    AFTER_RIVERS,
    FOLLOWERS,
    GIVEN_NAMES,
    KINDS,
    NOT_PLACES,
    PREPOSITIONS,
    RIVERS,
    TITLES,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contested.places.gazetteer import Gazetteer

_LETTER: Final = r"[^\W\d_]"
_TAIL: Final = r"\w*+(?:['’ʼ‑-]\w++)*+\.?"
_A_WORD: Final = rf"(?:(?:{_LETTER}\.){{2,}}|{_LETTER}{_TAIL})"
_WORD: Final = re.compile(_A_WORD)
_BEHIND: Final = rf"(?:[ \u00a0]({_A_WORD})" * 3 + ")?" * 3
_CAPITALISED: Final = re.compile(
    rf"(?:[\W\d_]++|[a-z](?:\.(?:{_LETTER}\.)++|{_TAIL}))*+(?:({_A_WORD})(?={_BEHIND})|\Z)"
)
"""The next word that begins with no small letter of ASCII, with up to three words behind it.

Four words in five begin with such a letter: they are passed over without being made.
"""
_POSSESSIVES: Final = frozenset({"'s", "’s"})
_STOPS: Final = frozenset(".!?:;")
_CLOSING: Final = frozenset('"”’)')
_OPENING: Final = frozenset('“"—–(')
_AGE: Final = re.compile(r",\s\d{2}(?=,|\.|\s(?:and|of|who|from)\b|$)")
_ONE_SPACE: Final = frozenset({" ", "\u00a0"})
_SHORT, _ACRONYM = 3, 4
_HYPHEN: Final = re.compile("[-\u2010\u2011]")
_SUFFIXES: Final = frozenset({"bound", "area", "region", "sector", "direction", "side"})
_TOWNLY: Final = frozenset({"city", "town", "village", "settlement"})


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


class _Word(NamedTuple):
    """A word of a text, without the full stop that ends its sentence and without "'s"."""

    start: int
    end: int
    text: str

    @property
    def key(self) -> str:
        return self.text.rstrip(".").casefold()

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper()


def recognise(gazetteer: Gazetteer, text: str) -> list[Mention]:
    """Return the toponyms of a text in order, never overlapping."""
    lower = _Lower(text)
    found: list[Mention] = []
    after = 0
    for hit in _CAPITALISED.finditer(text):
        _, *spans = hit.regs
        start = spans[0][0]
        if start < after or not text[start].isupper():
            continue
        end, words = _longest(gazetteer, text, spans)
        if words:
            after = end
            if mention := _mention(gazetteer, text, start, end, lower):
                found.append(mention)
        elif _HYPHEN.search(text, start, max(spans)[1]) and (
            pieces := _pieces(gazetteer, text, spans)
        ):
            after = pieces[-1][1]
            named = (_mention(gazetteer, text, *piece, lower) for piece in pieces)
            found.extend(mention for mention in named if mention)
    return found


class _Lower:
    """Which words stand in a text without a capital; each is looked for when it is asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[str, bool] = {}

    def __contains__(self, word: str) -> bool:
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._stands(word)
        return known

    def _stands(self, word: str) -> bool:
        text = self._text
        at = text.find(word)
        while at >= 0:
            if not text[at].isupper() and not text[max(0, at - 1) : at].isalpha():
                spans = [hit.span() for hit in _WORD.finditer(text, *_chunk(text, at))]
                if any(i == at and _bare(text[i:j]) == word for i, j in spans):
                    return True
            at = text.find(word, at + 1)
        return False


def _chunk(text: str, at: int) -> tuple[int, int]:
    """Return what stands between two spaces around an offset: no word goes beyond it."""
    begin, end = at, at
    while begin and not text[begin - 1].isspace():
        begin -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return begin, end


def _next(text: str, end: int) -> _Word | None:
    """Return the word that nothing but a space parts from what ends here."""
    if text[end : end + 1] not in _ONE_SPACE:
        return None
    hit = _WORD.match(text, end + 1)
    return _word(end + 1, hit[0]) if hit else None


def _before(text: str, start: int) -> _Word | None:
    """Return the word that nothing but a space parts from what begins here."""
    if start < 2 or text[start - 1] not in _ONE_SPACE:  # noqa: PLR2004
        return None
    begin, _ = _chunk(text, start - 1)
    hits = list(_WORD.finditer(text, begin, start - 1))
    if not hits:
        return None
    word = _word(hits[-1].start(), hits[-1][0])
    # Else a sign, a full stop or "'s" stands between them.
    return word if word.end == start - 1 else None


def _word(start: int, written: str) -> _Word:
    bare = _bare(written)
    return _Word(start, start + len(bare), bare)


def _bare(word: str) -> str:
    """Return a word without the full stop that ends its sentence, and without "'s"."""
    if word[-1] == "." and not _abbreviation(word):
        word = word[:-1]
    return word[:-2] if word[-2:] in _POSSESSIVES else word


def _abbreviation(text: str) -> bool:
    """Say whether a full stop belongs to a word (Gen., U.S., V.) or ends the sentence."""
    return text.count(".") > 1 or len(text) == len("V.") or text[:-1].casefold() in TITLES


def _longest(gazetteer: Gazetteer, text: str, spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return the end of the longest name from here that the gazetteer knows, and its words.

    Parameters
    ----------
    spans
        The word and those that follow it, each a space apart; (-1, -1) where there is none.
    """
    first = spans[0][0]
    ends: list[tuple[int, int]] = []
    for words, (start, end) in enumerate(spans, start=1):
        if start < 0:
            break
        bare = start + len(_bare(text[start:end]))
        if text[start].isupper():
            ends.append((bare, words))
        if bare != end:
            break  # a full stop or "'s" stands behind it
    for end, words in reversed(ends):
        if gazetteer.knows(text[first:end]):
            return end, words
    return 0, 0


def _mention(
    gazetteer: Gazetteer, text: str, start: int, end: int, lower: _Lower
) -> Mention | None:
    """Return a name that the gazetteer knows as a mention, `None` where it is no place."""
    name = text[start:end]
    if _ONE_SPACE.isdisjoint(name) and _is_word(gazetteer, name, lower):
        return None  # names of several words are no words of the language
    sides = _before(text, start), _next(text, end)
    if not _is_place(text, name, end, *sides):
        return None
    return Mention(start, end, name, _kind(text, *sides))


def _pieces(
    gazetteer: Gazetteer, text: str, spans: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return the names in words that hyphens join: Mala Tokmachka-Verbove, Myrnohrad-bound.

    A beginning that is no name and ends on "o" (Novo-, Krasno-) makes one name of the whole.
    """
    out: list[tuple[int, int]] = []
    begin = spans[0][0]
    for start, end in spans:
        if start < 0 or not text[start].isupper():
            break
        bare = start + len(_bare(text[start:end]))
        cuts = [hit.start() for hit in _HYPHEN.finditer(text, start, bare)]
        if cuts:
            if start != begin and not gazetteer.knows(text[begin : cuts[0]]):
                return []  # "The Tokmak-Vasylivka road": the word itself comes next
            names = list(pairwise((begin - 1, *cuts, bare)))
            return _known_pieces(gazetteer, text, [(i + 1, j) for i, j in names])
        if bare != end:
            break
    return out


def _known_pieces(
    gazetteer: Gazetteer, text: str, parts: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return the parts that are names, none if they rather make one name together."""
    out: list[tuple[int, int]] = []
    for start, end in parts:
        part = text[start:end]
        if not part[:1].isupper():
            if part not in _SUFFIXES:
                return []
        elif gazetteer.knows(part):
            out.append((start, end))
        elif part.endswith("o") or not toponymic(part):
            return []
    return out


def _is_place(text: str, name: str, end: int, before: _Word | None, after: _Word | None) -> bool:
    """Return whether a name that the gazetteer knows is a place between these words."""
    if _AGE.match(text, end):
        return False
    if _part_of_name_after(name, after) or _part_of_name_before(text, before):
        return False
    if _is_river(name, before, after):
        return False
    if fold(name) in GIVEN_NAMES:
        return before is not None and before.key in PREPOSITIONS
    return True


def _is_word(gazetteer: Gazetteer, name: str, lower: _Lower) -> bool:
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


def _part_of_name_after(name: str, after: _Word | None) -> bool:
    """Vladimir Putin, Kyiv Independent, Kharkiv National University: not the town."""
    if after is None or not after.capital or after.key in FOLLOWERS:
        # A nuclear plant bears the name of its oblast and stands elsewhere.
        return after is not None and after.key == "nuclear"
    return not (name.isupper() and after.text.isupper() and len(after.text) > 1)


def _part_of_name_before(text: str, before: _Word | None) -> bool:
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


def _is_river(name: str, before: _Word | None, after: _Word | None) -> bool:
    """The Dnipro, the Oskil: the river, unless a word follows of which it is the name."""
    if before is None or before.key != "the" or fold(name) not in RIVERS:
        return False
    return after is None or after.key in AFTER_RIVERS


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


def _kind(text: str, before: _Word | None, after: _Word | None) -> str | None:
    """Return the kind that the words beside a name state: Donetsk region, the city of Kherson."""
    if after is not None and (kind := KINDS.get(after.key)):
        return kind
    return _kind_before(text, before) if before is not None else None


def _kind_before(text: str, before: _Word) -> str | None:
    """Return the kind stated by "the city of Kherson" or "the village Kotlyne"."""
    if before.key == "of":
        earlier = _before(text, before.start)
        if earlier is None:
            return None
        before = earlier
    kind = KINDS.get(before.key)
    # "the Kursk region of Russia" does not make Russia a region.
    return kind if kind in _TOWNLY else None
