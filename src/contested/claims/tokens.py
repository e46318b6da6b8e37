"""Words, sentences and quotation marks of a paragraph, with offsets into the article."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate, pairwise, repeat
from typing import TYPE_CHECKING, Final, NamedTuple

from contested.claims.forms import ByForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from contested.claims.lexicon import Entry, Lexicon

_TOKEN: Final = re.compile(
    r"([^\W\d_¹²³⁰⁴-⁹][^\W\d_]*+(?:[’'-][^\W\d_]++)*+[²2]?"  # words with - and ’ inside; km²
    r"|\d++(?:[.,\u00a0\u202f]\d++)*+"  # 1,300 and 5.6
    r"|(?<=\S)\[\d{1,3}(?:[,–-] ?\d{1,3})*+\]|[¹²³⁰⁴-⁹]++"  # marks of footnotes
    r"|[^\w\s])"
)
_NOTE_MARKS: Final = frozenset("[¹²³⁰⁴⁵⁶⁷⁸⁹")
_ABBREVIATED: Final = frozenset(
    "Mr Mrs Ms Dr Gen Col Lt Maj Capt Sgt Brig Adm Cpl Gov Prof St No Jan Feb Mar Apr Jun Jul Aug "
    "Sept Sep Oct Nov Dec sq".split()
)
"""Words whose full stop belongs to them; single capitals are initials."""
_CLITIC: Final = re.compile(r"(n[’']t|[’'](?:s|re|ve|ll|d|m))$")
CLITICS: Final = frozenset({"n't", "'s", "'re", "'ve", "'ll", "'d", "'m"})
"""How what `_CLITIC` cuts off reads in lower case."""
_MONTHS_TOO: Final = frozenset({"May", "March"})
_ENDS: Final = frozenset(".!?")
OPENING: Final = "“«„"
CLOSING: Final = "”»"
_QUOTE: Final = re.compile(f'[{OPENING}{CLOSING}"]')
MAX_TOKENS: Final = 300
"""A sentence longer than this is cut: nothing that long is prose."""


class Token(NamedTuple):
    """A word or a sign; a tuple, because an article makes two thousand of them."""

    text: str
    low: str
    start: int
    end: int


class Hit(NamedTuple):
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
    words
        Its words in lower case, in order: ``words[k] == tokens[k].low``.
    kinds, lows
        The classes of its hits and its words in lower case, to look things up quickly.
    quotes
        Offsets of the quoted parts, marks excluded.
    starts
        Offsets of the words.
    capitals
        Indices of the words with a capital.
    """

    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    hits: tuple[Hit, ...]
    paragraph: int
    quotes: tuple[tuple[int, int], ...]
    kinds: frozenset[str]
    lows: frozenset[str]
    starts: tuple[int, ...]
    capitals: tuple[int, ...]

    def index(self, offset: int) -> int:
        """Return the index of the first word that begins at an offset or behind it."""
        return bisect_left(self.starts, offset)

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
    # Words and what lies between them in turn: offsets are running sums of their lengths.
    parts = _TOKEN.split(text[start:end])
    offsets = list(accumulate(map(len, parts), initial=start))
    words, lows = [], []
    for word in parts[1::2]:
        form, low = _FORM[word]
        words.append(form)
        lows.append(low)
    made = zip(words, lows, offsets[1::2], offsets[2::2], strict=False)
    # An article makes two thousand: past the named tuple's own constructor.
    tokens = list(map(tuple.__new__, repeat(Token), made))
    found: list[Token] = []
    done = 0
    for k in [k for k, word in enumerate(words) if _IS_CUT[word]]:
        found += tokens[done:k]
        done = k + 1
        word, at = words[k], tokens[k].start
        if word[0] in _NOTE_MARKS:
            continue  # the mark of a footnote is no word
        if word != ".":
            found += _with_clitic(word, at)
        elif found and at == found[-1].end and _is_abbreviated(text, found, at):
            found[-1] = _with_stop(found, at)
        else:
            found.append(tokens[k])
    return found + tokens[done:] if found else tokens


_FORM: Final = ByForm(lambda word: (sys.intern(word), sys.intern(word.lower())))
"""A word and its lower case as one object each: what asks about them later finds them at once."""
_IS_CUT: Final = ByForm(
    lambda word: (
        word == "." or "'" in word or "’" in word or (word[0] in _NOTE_MARKS and word != "[")
    )
)
"""Whether a word may be two, or belong to the word before."""


def _is_abbreviated(text: str, found: Sequence[Token], at: int) -> bool:
    """Return whether a full stop belongs to the word before: Gen. · V. · a.m. · U.S."""
    word = found[-1].text
    if word in _ABBREVIATED:
        return True
    if word in {"a", "p"} and text[at + 1 : at + 2] == "m":
        return True
    if word == "m" and len(found) > 1 and found[-2].text in {"a.", "p."}:
        return True
    return len(word) == 1 and word.isupper() and not _ends_sentence(text, at)


def _ends_sentence(text: str, at: int) -> bool:
    """Return whether what follows an initial is no name and no further initial."""
    following = text[at + 1 : at + 3]
    return not (following[:1].isupper() or (following[:1] == " " and following[1:].isupper()))


def _with_stop(found: list[Token], at: int) -> Token:
    """Return the last word with its full stop; "a.m." and "U.S." become one word."""
    last = found[-1]
    joined = len(found) > 1 and found[-2].end == last.start and found[-2].text.endswith(".")
    first = found[-2].text if joined else ""
    start = found.pop(-2).start if joined else last.start
    word = f"{first}{last.text}."
    return Token(word, word.lower(), start, at + 1)


def _with_clitic(word: str, at: int) -> list[Token]:
    """Return "city’s" as two words: city and ’s."""
    low = word.lower().replace("’", "'")
    clitic = _CLITIC.search(word)
    cut = clitic.start() if clitic else 0
    if cut == 0:
        return [Token(word, low, at, at + len(word))]
    intern = sys.intern
    return [
        Token(intern(word[:cut]), intern(low[:cut]), at, at + cut),
        Token(intern(word[cut:]), intern(low[cut:]), at + cut, at + len(word)),
    ]


def quotations(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Return the quoted parts of a paragraph; an unclosed mark runs to the paragraph's end."""
    found, opened = [], None
    for mark in _QUOTE.finditer(text, start, end):
        sign, at = mark[0], mark.start()
        if opened is None and (sign in OPENING or sign == '"'):
            opened = at + 1
        elif opened is not None and (sign in CLOSING or sign == '"'):
            found.append((opened, at))
            opened = None
    if opened is not None:
        found.append((opened, end))
    return tuple(found)


_SINGLE: Final = re.compile(r"(?<![\w’'])[‘'](?=\w)(?P<words>[^‘\n]{12,400}?)[’'](?!\w)")


def _single_quotes(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Return what stands in single quotation marks, as British papers set speech."""
    if "‘" not in text[start:end] and " '" not in text[start - 1 if start else 0 : end]:
        return ()
    found = _SINGLE.finditer(text, start, end)
    return tuple([m.span("words") for m in found if m["words"].count(" ") > 1])


def _as_double(tokens: Sequence[Token], quotes: Sequence[tuple[int, int]]) -> list[Token]:
    """Return the words with the marks of these quotations as double ones."""
    opens, closes = {a - 1 for a, _ in quotes}, {b for _, b in quotes}
    return [
        token._replace(text="“", low="“") if token.start in opens and token.end == token.start + 1
        else token._replace(text="”", low="”")
        if token.start in closes and token.end == token.start + 1 else token
        for token in tokens
    ]  # fmt: skip


def sentences(
    text: str, start: int, end: int, *, paragraph: int, lexicon: Lexicon
) -> list[Sentence]:
    """Return the sentences of a paragraph with what the lexicon knows of their words."""
    tokens = tokenise(text, start, end)
    if not tokens:
        return []
    quotes = quotations(text, start, end)
    if not quotes and (single := _single_quotes(text, start, end)):
        quotes = single
        tokens = _as_double(tokens, single)
    written, lows, starts, _ = zip(*tokens, strict=True)
    found = []
    for i, j in pairwise([0, *_cuts(tokens, written), len(tokens)]):
        if j > i:
            part = tuple(tokens[i:j])
            hits = look_up(part, lexicon)
            inside = tuple([q for q in quotes if q[0] <= part[-1].end and q[1] >= part[0].start])
            kinds = frozenset([hit.kind for hit in hits])
            words = lows[i:j]
            capitals = tuple([k for k, word in enumerate(written[i:j]) if _IS_CAPITAL[word]])
            found.append(
                Sentence(
                    part, words, hits, paragraph, inside, kinds, frozenset(words), starts[i:j],
                    capitals,
                )
            )  # fmt: skip
    return found


_IS_CAPITAL: Final = ByForm(lambda word: word[0].isupper())


def _cuts(tokens: Sequence[Token], written: Sequence[str]) -> Iterator[int]:
    """Yield the indices at which a new sentence begins."""
    last = 0
    stops = [i for i, word in enumerate(written) if word in _ENDS]
    for i in (*stops, len(tokens)):
        while i - last > MAX_TOKENS:
            last += MAX_TOKENS
            yield last
        if i == len(tokens):
            return
        if i - last == MAX_TOKENS:
            last = i
            yield i
            continue
        j = _behind_marks(tokens, i + 1)
        if j < len(tokens) and _opens(tokens[i], tokens[j], tokens[j - 1]):
            last = j
            yield j


def _behind_marks(tokens: Sequence[Token], j: int) -> int:
    """Return the index behind the marks that close a sentence, a few at most."""
    end = min(len(tokens), j + 4)
    while j < end and tokens[j].text in '”"»)’' and _touches(tokens, j):
        j += 1
    return j


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
    new = tuple.__new__
    skip_to = 0
    beginning = lexicon.beginning
    for i, (text, _, _, _) in enumerate(tokens):
        found = beginning[text]
        if found is None or i < skip_to or (text in _MONTHS_TOO and _is_month(tokens, i)):
            continue
        behind = _words_behind(tokens, i) if found.seconds else ()
        if behind and not found.seconds.isdisjoint(behind):
            skip_to = i + _longest(tokens, i, found.entries, behind, hits)
        else:
            for kind, form in found.alone:
                hits.append(new(Hit, (kind, form, i, i + 1)))
    return tuple(hits)


def _words_behind(tokens: Sequence[Token], i: int) -> tuple[str, ...]:
    """Return what the second word of an expression at `i` can be: an adverb may stand before it."""
    if i + 1 >= len(tokens):
        return ()
    text, low, _, _ = tokens[i + 1]
    if not low.endswith("ly") or i + 2 >= len(tokens):
        return text, low
    return text, low, tokens[i + 2].text, tokens[i + 2].low


def _longest(
    tokens: Sequence[Token],
    i: int,
    entries: Sequence[Entry],
    behind: tuple[str, ...],
    hits: list[Hit],
) -> int:
    """Add the longest entries that stand at `i` to the hits and return how many words they take."""
    longest = 1
    for words, kind, form in entries:
        count = len(words)
        if count < longest:
            break
        if count > 1 and words[1] not in behind:
            continue
        size = 1 if count == 1 else _matched(tokens, i, words)
        if size:
            longest = max(longest, size)
            hits.append(Hit(kind, form, i, i + size))
    return longest


def _is_month(tokens: Sequence[Token], i: int) -> bool:
    """Return whether "May" or "March" is the month: not where it opens a sentence as a verb."""
    if i:
        return True
    follows = tokens[1].text if len(tokens) > 1 else ""
    return follows[:1].isdigit() or follows in {",", "and", "was", "saw"}


def _matched(tokens: Sequence[Token], i: int, words: tuple[str, ...]) -> int:
    """Return how many words an expression takes here, 0 if it is not there.

    One adverb may stand behind its first word: "turned largely into".
    """
    k = i
    for number, word in enumerate(words):
        if (
            number == 1
            and k < len(tokens)
            and tokens[k].low.endswith("ly")
            and word != tokens[k].low
        ):
            k += 1
        if k >= len(tokens) or word not in (tokens[k].text, tokens[k].low):
            return 0
        k += 1
    return k - i


def phrase(tokens: Iterable[Token]) -> str:
    """Return words as one would write them: a clitic stands at the word it belongs to."""
    words: list[str] = []
    for token in tokens:
        if words and token.low in CLITICS:
            words[-1] += token.text
        else:
            words.append(token.text)
    return " ".join(words)


def within(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """Return the token range of ``text[start:end]`` in a sentence."""
    ends = [token.end for token in sentence.tokens]
    return sentence.index(start), bisect_right(ends, end)
