"""A sentence cut into clauses: each can be one claim.

No grammar of English: the cuts stand at relative pronouns, participles, conjunctions, appositions
and quotation marks, and only where words follow that can carry a claim.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from contested.claims.forms import ByForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contested.claims.tokens import Hit, Sentence, Token

MAIN: Final = "main"
RELATIVE: Final = "relative"
PARTICIPLE: Final = "participle"
APPOSITION: Final = "apposition"
SUBORDINATE: Final = "subordinate"
COORDINATE: Final = "coordinate"
WITH: Final = "with"

_VERBS: Final = frozenset(
    "take take_light hold move strike act harm want say deny fear lie show judge outnumber change "
    "stay verify tally last imperil".split()
)
_AUXILIARY: Final = frozenset({"be", "have", "do", "modal"})
_ARTICLES: Final = frozenset({"a", "an", "the", "its", "their", "one", "some"})
_STOPS: Final = frozenset({";", "—", "–", ":", "(", ")"})
_SPLITTERS: Final = frozenset({"while", "although", "though", "whereas", "because", "when", "as",
                               "after", "before", "until", "where", "right"})  # fmt: skip
MIN_WORDS: Final = 3


class Clause(NamedTuple):
    """Words ``tokens[i:j]`` and how they hang on what is before.

    Attributes
    ----------
    put_in
        Words inside that are a clause of their own: "X, home to 12,000, is being shelled".
    """

    i: int
    j: int
    role: str
    put_in: tuple[int, int] = (0, 0)


def clauses(sentence: Sentence, i: int, j: int) -> list[Clause]:
    """Return the clauses of ``tokens[i:j]`` in order, without commas at their ends."""
    words = sentence.words
    joints = [_IS_JOINT[word] for word in words[i:j]]
    cuts = [k for k in range(i + 1, j) if joints[k - i - 1] & _SIGN or joints[k - i] & _JOINER]
    if not cuts:
        return _long_enough([Clause(*_trim(sentence, i, j), MAIN)])
    verbal = _verbal(sentence)
    whole = {k for _, _, a, b in sentence.hits if b - a > 1 for k in range(a + 1, b)}
    starts: list[tuple[int, str]] = [(i, MAIN)]
    for k in cuts:
        role = None if k in whole else _cut_at(sentence, k, starts[-1], j, verbal)
        if role is not None:
            starts.append((k, role))
    ends = [start for start, _ in starts[1:]] + [j]
    found = [
        Clause(*_trim(sentence, start, end), role)
        for (start, role), end in zip(starts, ends, strict=True)
    ]
    return _long_enough(_resumed(_joined(sentence, found), verbal))


def _resumed(found: Sequence[Clause], verbal: frozenset[int]) -> list[Clause]:
    """Join a subject with its verb over the words put in between them."""
    out: list[Clause] = []
    for clause in found:
        if len(out) > 1 and clause.role == MAIN and out[-1].role in {APPOSITION, RELATIVE}:
            opened, inside = out[-2], out[-1]
            bare = opened.role == MAIN and not _has_verb(verbal, opened.i, opened.j)
            if bare and inside.i - opened.j <= 1:
                out[-2:] = [Clause(opened.i, clause.j, MAIN, (inside.i, inside.j)), inside]
                continue
        out.append(clause)
    return out


def _long_enough(found: Sequence[Clause]) -> list[Clause]:
    return [clause for clause in found if clause.j - clause.i >= MIN_WORDS]


def _verbal(sentence: Sentence) -> frozenset[int]:
    """Return the indices of words that make a clause finite."""
    found = set()
    for hit in sentence.hits:
        kind = hit.kind
        if kind in _AUXILIARY or (kind in _VERBS and _is_finite(sentence, hit)):
            found.add(hit.i)
    words = sentence.words
    found.update([k for k, word in enumerate(words) if word in _AUXILIARY_WORDS])
    ends_so = [k for k, word in enumerate(words) if ENDS_IN_ED[word] and k]
    found.update([k for k in ends_so if words[k - 1][0].isalpha()])
    return frozenset(found)


_AUXILIARY_WORDS: Final = frozenset("is are was were has have had will would".split())


def _is_finite(sentence: Sentence, hit: Hit) -> bool:
    if hit.form in {"past", "s"}:
        return not _infinitive(sentence, hit)
    return hit.form == "base" and _after_subject(sentence, hit)


def _infinitive(sentence: Sentence, hit: Hit) -> bool:
    """Return whether a form that is past and base in one ("cut", "hit") stands as the base."""
    before = sentence.words[hit.i - 1] if hit.i else ""
    if before not in {"and", "to", "or", "not"}:
        return False
    return any(other.form == "base" and other.i == hit.i for other in sentence.hits)


def _after_subject(sentence: Sentence, hit: Hit) -> bool:
    """Return whether a base form is finite: behind a plural noun or a pronoun."""
    if hit.i == 0:
        return False
    before = sentence.tokens[hit.i - 1].low
    return before in {"they", "we", "i", "you", "who"} or (before.endswith("s") and before != "'s")


def _cut_at(
    sentence: Sentence, k: int, opened: tuple[int, str], end: int, verbal: frozenset[int]
) -> str | None:
    """Return the role of a clause that begins at word `k`, or `None`."""
    start, role = opened
    tokens = sentence.tokens
    before, low = tokens[k - 1], tokens[k].low
    if before.text in _STOPS:
        return MAIN if _parts_clauses(sentence, k, start, end, verbal) else None
    if before.text in {"“", "”", "«", "»", '"'}:
        return MAIN if _long_quote(sentence, k, before.end) else None
    if before.text == ",":
        described = low in _ARTICLES and _is_described(sentence, k)
        if (
            role == APPOSITION
            and not described
            and _has_verb(verbal, k, _next_comma(sentence, k, end))
        ):
            return _opening_role(sentence, k, end) or MAIN
        return _after_comma(sentence, k, start, end, verbal)
    return _without_comma(sentence, k, start, end, verbal) if low in _JOINERS else None


_JOINERS: Final = _SPLITTERS | {"and", "but", "with", "aimed", "that", "since", "now", "even"}
_SIGNS: Final = _STOPS | {",", "“", "”", "«", "»", '"'}
_JOINER, _SIGN = 1, 2
_IS_JOINT: Final = ByForm(lambda low: _JOINER * (low in _JOINERS) + _SIGN * (low in _SIGNS))
ENDS_IN_ED: Final = ByForm(lambda low: low.endswith("ed"))
_PRONOUNS: Final = frozenset({"he", "she", "it", "they", "we", "i"})


def _parts_clauses(
    sentence: Sentence, k: int, start: int, end: int, verbal: frozenset[int]
) -> bool:
    """Return whether a dash or bracket parts two clauses and not a remark from its clause."""
    sign = sentence.tokens[k - 1].text
    if sign in {";", ":", ")"}:
        return sign != ")"  # behind a bracket the sentence goes on
    stop = next((m for m in range(k, end) if sentence.tokens[m].text in _STOPS), end)
    return _has_verb(verbal, k, stop) and _has_verb(verbal, start, k - 1)


def _long_quote(sentence: Sentence, k: int, mark: int) -> bool:
    """Return whether the mark before `k` opens or closes a quotation of several words."""
    for start, end in sentence.quotes:
        if mark in {start, end + 1}:
            inside = sum(1 for token in sentence.tokens if start <= token.start < end)
            return inside >= MIN_WORDS
    del k
    return False


def _after_comma(
    sentence: Sentence, k: int, start: int, end: int, verbal: frozenset[int]
) -> str | None:
    low = sentence.tokens[k].low
    opened = _opening_role(sentence, k, end)
    if opened is not None:
        return opened
    if low in {"and", "but", "or", "so", "then", "yet"}:
        joined = _has_verb(verbal, k + 1, _next_comma(sentence, k + 1, end))
        return COORDINATE if joined and _has_verb(verbal, start, k) else None
    if k in verbal and sentence.tokens[start].low in _ARTICLES:
        return MAIN
    return _apposition_or_main(sentence, k, start, end, verbal)


def _opening_role(sentence: Sentence, k: int, end: int) -> str | None:
    """Return the role that the word behind a comma gives by itself."""
    tokens, low = sentence.tokens, sentence.tokens[k].low
    if low in {"which", "who", "whose", "where", "whom"}:
        return RELATIVE
    if _participle(sentence, k):
        return PARTICIPLE
    if low in _SPLITTERS or (low == "even" and k + 1 < end and tokens[k + 1].low in _SPLITTERS):
        return SUBORDINATE
    return WITH if low == "with" else None


def _apposition_or_main(
    sentence: Sentence, k: int, start: int, end: int, verbal: frozenset[int]
) -> str | None:
    tokens, first = sentence.tokens, sentence.tokens[start].low
    stop = _next_comma(sentence, k, end)
    finite = _has_verb(verbal, k, stop)
    before = _has_verb(verbal, start, k)
    if finite and first != "if" and (before or first in _SPLITTERS or first == "even"):
        return MAIN
    described = _is_described(sentence, k)
    if tokens[k].low in _ARTICLES and (described or not finite):
        return APPOSITION
    if first in {"after", "since", "before"} and not before:
        return MAIN
    listed = tokens[k - 2].text[0].isdigit() or tokens[k - 2].text == "%"
    measured = not listed and (tokens[k].text[0].isdigit() or tokens[k].low in _MEASURES)
    return APPOSITION if measured and not finite and stop - k >= MIN_WORDS else None


def _is_described(sentence: Sentence, k: int) -> bool:
    """Return whether a noun at `k` is followed by what describes it: "a region that …"."""
    return not _RELATIVES.isdisjoint(sentence.words[k + 1 : k + 4])


_RELATIVES: Final = frozenset({"that", "who", "which"})
_MEASURES: Final = frozenset(
    "about some roughly down up almost nearly more less fewer over under around twice double "
    "half compared against versus home once formerly both among most".split()
)
"""Words that open a measure put beside a name: ", some 15 km south of X"."""


def _without_comma(
    sentence: Sentence, k: int, start: int, end: int, verbal: frozenset[int]
) -> str | None:
    low = sentence.tokens[k].low
    if k - start < MIN_WORDS or low in {"with", "even"} or k + 1 >= end:
        return None
    stop = _next_comma(sentence, k, end)
    if low == "but" and sentence.words[k - 1] in {"all", "nothing", "anything", "nobody", "not"}:
        return None  # "all but surrounded"
    if low in {"and", "but"}:
        soon = min(stop, k + 5)
        return COORDINATE if _own_predicate(sentence, k + 1, soon, verbal) else None
    if low == "aimed" or (low == "now" and k + 1 in verbal):
        return PARTICIPLE
    if low in {"that", "since"}:
        return _that(sentence, k, verbal, stop)
    return SUBORDINATE if _subordinates(sentence, k, start, stop, verbal) else None


def _subordinates(
    sentence: Sentence, k: int, start: int, stop: int, verbal: frozenset[int]
) -> bool:
    """Return whether "as", "after" or "while" at `k` opens a clause."""
    low, following = sentence.tokens[k].low, sentence.tokens[k + 1].low
    if low == "as" and (following in _NOT_CLAUSE or k + 1 in verbal):
        return False
    if low in {"after", "before"} and _participle(sentence, k + 1):
        return True
    return _has_verb(verbal, k + 1, stop) and _has_verb(verbal, start, k)


_NOT_CLAUSE: Final = frozenset("a an many much few small far well of long soon in if".split())


def _that(sentence: Sentence, k: int, verbal: frozenset[int], stop: int) -> str | None:
    """Cut at "… narrative that X is …", "… and that …", "made clear that he …", "since he …"."""
    tokens = sentence.tokens
    before = tokens[k - 1].low
    if not _has_verb(verbal, k + 1, stop) or k + 1 in verbal:
        return None
    nouns = {"opinion_noun", "claim_noun", "fear_noun", "forecast_noun"}
    told = any(hit.j == k and hit.kind in nouns for hit in sentence.hits)
    if told or before == "and" or (k + 1 < stop and tokens[k + 1].low in _PRONOUNS):
        return SUBORDINATE
    return None


def _own_predicate(sentence: Sentence, i: int, j: int, verbal: frozenset[int]) -> bool:
    """Return whether "and" is followed by a verb of its own: "… and severed the supply line"."""
    if i >= j:
        return False
    low = sentence.tokens[i].low
    if (
        low in _THEN
        and i + 1 < j
        and any(
            hit.i == i + 1 and hit.kind in _VERBS and hit.form == "base" for hit in sentence.hits
        )
    ):
        return True  # "… entered the city and now hold its south"
    counted = low[0].isdigit() and any(
        hit.kind in _AUXILIARY and i < hit.i < j for hit in sentence.hits
    )
    subject = low in {"they", "we", "it", "he", "she"} or low in _ARTICLES or counted
    if i in verbal:
        return not _same_class(sentence, i - 2, i)
    return subject and _has_verb(verbal, i, j)


_THEN: Final = frozenset({"now", "then", "still", "also"})


def _same_class(sentence: Sentence, a: int, b: int) -> bool:
    """Return whether two words are verbs of one class: "killed and wounded" is one predicate."""
    first = {hit.kind for hit in sentence.hits if hit.i == a and hit.kind in _VERBS}
    return any(hit.i == b and hit.kind in first for hit in sentence.hits)


def _participle(sentence: Sentence, k: int) -> bool:
    for hit in sentence.hits:
        if hit.i == k and hit.kind in _VERBS and hit.form in {"ing", "pp"}:
            return True
    low = sentence.tokens[k].low
    return low.endswith("ing") and len(low) > 5 and low not in {"during", "including", "according"}  # noqa: PLR2004


def _has_verb(verbal: frozenset[int], i: int, j: int) -> bool:
    return bool(verbal) and not verbal.isdisjoint(range(i, j))


def _next_comma(sentence: Sentence, k: int, end: int) -> int:
    for m, word in enumerate(sentence.words[k:end], start=k):
        if word in _COMMAS:
            return m
    return end


_COMMAS: Final = frozenset({",", ";", "—", "”", "“", '"'})


def _trim(sentence: Sentence, i: int, j: int) -> tuple[int, int]:
    """Return the range without conjunctions, commas and marks at its ends."""
    tokens = sentence.tokens
    while i < j and (
        not _is_word(tokens[i].text) or tokens[i].low in {"and", "but", "so", "then", "yet"}
    ):
        i += 1
    while j > i and _hangs(tokens[j - 1]):
        j -= 1
    return i, j


def _hangs(last: Token) -> bool:
    """Return whether a clause's last word is none of its own: a mark, or "and" before the next."""
    if not _is_word(last.text):
        return last.text not in {"%", ")"}
    return last.low in {"and", "but"}


def _is_word(text: str) -> bool:
    return text[0].isalnum()


def _joined(sentence: Sentence, found: Sequence[Clause]) -> list[Clause]:
    """Join a condition with what follows from it: "If the town fell, …" is one claim."""
    out: list[Clause] = []
    for clause in found:
        first = sentence.tokens[out[-1].i].low if out else ""
        turned = bool(out) and first == "should" and out[-1].i == 0
        conditional = first in {"if", "unless"} or turned
        if conditional and clause.i > out[-1].i:
            out[-1] = Clause(out[-1].i, clause.j, MAIN)
        else:
            out.append(clause)
    return out
