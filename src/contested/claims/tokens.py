"""Words, sentences and quotation marks of a paragraph, with offsets into the article."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from contested.claims.lexicon import Lexicon

_TOKEN: Final = re.compile(
    r"""
    (?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Capt|Sgt|Gov|Prof|St|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep
      |Oct|Nov|Dec|sq)\.                                    # abbreviations keep their full stop
    | (?:[A-Z]\.){2,} | [A-Z]\.(?=\s[A-Z][\w’'-]+)          # U.S., the V. in Vladimir V. Putin
    | [ap]\.m\.
    | \d+(?:[.,\u00a0\u202f]\d+)*                           # 1,300 and 5.6
    | km[²2]
    | [^\W\d_]+(?:[’'-][^\W\d_]+)*                         # words, hyphens and apostrophes inside
    | [^\w\s]
    """,
    re.VERBOSE,
)
_CLITIC: Final = re.compile(r"(n[’']t|[’'](?:s|re|ve|ll|d|m))$")
_ENDS: Final = frozenset(".!?")
OPENING: Final = "“«„"
CLOSING: Final = "”»"
MAX_TOKENS: Final = 400
"""A sentence longer than this is cut: nothing that long is prose."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a sign."""

    text: str
    low: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit:
    """Words ``tokens[i:j]`` that the lexicon knows."""

    kind: str
    form: str
    i: int
    j: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; hits are sorted by their first word.

    Attributes
    ----------
    quotes
        Offsets of the quoted parts, marks excluded.
    """

    tokens: tuple[Token, ...]
    hits: tuple[Hit, ...]
    paragraph: int
    quotes: tuple[tuple[int, int], ...]
    kinds: frozenset[str]

    @property
    def start(self) -> int:
        """Offset of the first word."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Offset behind the last word."""
        return self.tokens[-1].end


def tokenise(text: str, start: int, end: int) -> list[Token]:
    """Return the words of ``text[start:end]``."""
    found = []
    for match in _TOKEN.finditer(text, start, end):
        word, at = match.group(), match.start()
        clitic = _CLITIC.search(word) if len(word) > 2 and ("'" in word or "’" in word) else None  # noqa: PLR2004
        if clitic and clitic.start() > 0:
            cut = at + clitic.start()
            found.append(_token(text, at, cut))
            found.append(_token(text, cut, match.end()))
        else:
            found.append(_token(text, at, match.end()))
    return found


def _token(text: str, start: int, end: int) -> Token:
    word = text[start:end]
    return Token(word, word.lower().replace("’", "'"), start, end)


def quotations(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Return the quoted parts of a paragraph; an unclosed mark runs to the paragraph's end."""
    found, opened = [], None
    for at in range(start, end):
        sign = text[at]
        if opened is None and (sign in OPENING or sign == '"'):
            opened = at + 1
        elif opened is not None and (sign in CLOSING or sign == '"'):
            found.append((opened, at))
            opened = None
    if opened is not None:
        found.append((opened, end))
    return tuple(found)


def sentences(
    text: str, start: int, end: int, *, paragraph: int, lexicon: Lexicon
) -> list[Sentence]:
    """Return the sentences of a paragraph with what the lexicon knows of their words."""
    quotes = quotations(text, start, end)
    tokens = tokenise(text, start, end)
    cuts = [0, *_cuts(tokens), len(tokens)]
    found = []
    for i, j in zip(cuts, cuts[1:], strict=False):
        if j > i:
            part = tuple(tokens[i:j])
            hits = look_up(part, lexicon)
            inside = tuple(q for q in quotes if q[0] <= part[-1].end and q[1] >= part[0].start)
            kinds = frozenset(hit.kind for hit in hits)
            found.append(Sentence(part, hits, paragraph, inside, kinds))
    return found


def _cuts(tokens: Sequence[Token]) -> Iterable[int]:
    """Yield the indices at which a new sentence begins."""
    last = 0
    for i, token in enumerate(tokens):
        if token.text in _ENDS or i - last >= MAX_TOKENS:
            j = i + 1
            while j < len(tokens) and tokens[j].text in '”"»)’' and _touches(tokens, j):
                j += 1
            if j < len(tokens) and _opens(tokens[i], tokens[j], tokens[j - 1]):
                last = j
                yield j


def _touches(tokens: Sequence[Token], j: int) -> bool:
    """Return whether a mark closes what is before it; a straight mark behind a space opens."""
    return tokens[j].start == tokens[j - 1].end


def _opens(stop: Token, following: Token, before: Token) -> bool:
    """Return whether a sentence opens at `following`."""
    if following.start == stop.end:
        return False
    quoted = before is not stop
    # “… cannot afford it?” he said: the sentence goes on after the mark.
    return not (quoted and following.low == following.text and following.text not in OPENING + '"')


def look_up(tokens: Sequence[Token], lexicon: Lexicon) -> tuple[Hit, ...]:
    """Return what the lexicon knows; inside an expression its single words are not looked up."""
    hits: list[Hit] = []
    skip_to = 0
    by_first = lexicon.by_first
    for i, token in enumerate(tokens):
        if i < skip_to:
            continue
        entries = by_first.get(token.low, ())
        if token.text != token.low:
            entries = by_first.get(token.text, ()) + entries
        longest = 1
        for entry in entries:
            if len(entry.words) < longest:
                break
            size = 1 if len(entry.words) == 1 else _matched(tokens, i, entry.words)
            if size:
                longest = max(longest, size)
                hits.append(Hit(entry.kind, entry.form, i, i + size))
        skip_to = i + longest
    return tuple(hits)


def _matched(tokens: Sequence[Token], i: int, words: tuple[str, ...]) -> int:
    """Return how many words an expression takes here, 0 if it is not there.

    One adverb may stand behind its first word: "turned largely into".
    """
    k = i
    for number, word in enumerate(words):
        if number == 1 and k < len(tokens) and tokens[k].low.endswith("ly") and word != tokens[k].low:
            k += 1
        if k >= len(tokens) or word not in (tokens[k].text, tokens[k].low):
            return 0
        k += 1
    return k - i


def within(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """Return the token range of ``text[start:end]`` in a sentence."""
    starts = [token.start for token in sentence.tokens]
    ends = [token.end for token in sentence.tokens]
    return bisect_left(starts, start), bisect_right(ends, end)
