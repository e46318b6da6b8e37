"""Where the words that say who speaks begin and end: the subject, and what is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contested.claims.people import MAX_ROLE_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contested.claims.tokens import Hit, Sentence, Token

MARKS: Final = frozenset('“”"«»„')
_AFTER_SAY: Final = frozenset(
    "on in by at to over via during late early last this today yesterday".split()
)
_NAME_WORDS: Final = 5
_ABOUT_NAMING: Final = frozenset("goes used asked gave spoke declined uses gives asks".split())
"""What follows "who" where it says how a person is named."""


def has_predicate(sentence: Sentence, i: int, start: int = 0) -> bool:
    """Return whether words before `i` make a clause: else they are the subject with its age."""
    return any(
        start <= hit.i < i
        and (hit.kind in {"be", "have", "modal", "do"} or hit.form in {"past", "s", "base"})
        for hit in sentence.hits
    )


def subject_end(sentence: Sentence, j: int) -> int:
    """Return the index behind the subject that follows a verb: to the next quotation or the end."""
    tokens = sentence.tokens
    for k in range(j, len(tokens)):
        if tokens[k].text in MARKS:
            return k
        if tokens[k].low in {"that", "adding"} and k > j + 1:
            return k
        if tokens[k].low == "who" and tokens[min(k + 1, len(tokens) - 1)].low not in _ABOUT_NAMING:
            return k
    return len(tokens)


def only_when_and_where(sentence: Sentence, j: int) -> bool:
    """Return whether nothing but time, channel or an added clause follows a verb of saying."""
    tokens = sentence.tokens
    if tokens[j - 1].low in {"told", "tells"}:
        quoted = any(tokens[k].text in MARKS for k in range(max(0, j - 12), j))
        told_so = has_predicate(sentence, len(tokens), j) or "that" in sentence.words[j:]
        if quoted or not told_so:
            return True
    if j >= len(tokens) or tokens[j].text in {".", ",", "!", "?", *MARKS}:
        return True
    if tokens[j].low in _AFTER_SAY:
        return True
    # "told Suspilne" says whom; "said Russia had gained" says what.
    return tokens[j].text[0].isupper() and not has_predicate(sentence, len(tokens), j)


def resumes(tokens: Sequence[Token], j: int) -> int:
    """Return where the content goes on behind "X said, and …", or 0."""
    for k in range(j, min(len(tokens) - 3, j + 8)):
        if tokens[k].text == "," and (
            tokens[k + 1].low
            in {"and", "but", "in", "adding", "twice", "nearly", "almost", "about"}
            or tokens[k + 1].text[0].isdigit()
        ):
            return k + 1
        if tokens[k].text in "“«":
            return k
        if tokens[k].text == '"':
            return k
    return 0


def trailing_start(sentence: Sentence, i: int) -> int:
    """Return where the subject of a trailing frame begins: behind the content's comma."""
    tokens = sentence.tokens
    commas = [k for k in range(i) if tokens[k].text in {",", *MARKS}]
    if not commas:
        return 0
    at = commas[-1]
    if at == i - 1 and len(commas) > 1:
        at = commas[-2]
    # "Artem K., spokesperson for the east, told": what is put in belongs to the name before it.
    earlier = [-1, *(k for k in commas if k < at)]
    if _is_put_in(sentence, at + 1, i) and _is_name(tokens[earlier[-1] + 1 : at]):
        return earlier[-1] + 1
    # "the governor of the Sumy region, Iryna Bilyk,": the role before the name belongs to it.
    before = [k for k in commas if k < at]
    if before and tokens[at].text == "," and _is_role(sentence, before[-1] + 1, at):
        at = before[-1]
    return at + 1


def _is_put_in(sentence: Sentence, i: int, j: int) -> bool:
    """Return whether words between commas only say who somebody is."""
    return sentence.tokens[i].low == "who" or _is_role(sentence, i, j)


def _is_name(tokens: Sequence[Token]) -> bool:
    """Return whether words are a name with its title and nothing else."""
    return 0 < len(tokens) <= _NAME_WORDS and all(token.text[0].isupper() for token in tokens)


def _is_role(sentence: Sentence, i: int, j: int) -> bool:
    inside = [hit for hit in sentence.hits if i <= hit.i and hit.j <= j]
    kinds = {hit.kind for hit in inside}
    if i < j and sentence.tokens[i].low.endswith("ing"):
        return False  # ", wounding a woman and her grandson, officials said"
    return j - i <= MAX_ROLE_WORDS and "role_noun" in kinds and not kinds & {"be", "have"}


def clause_start(sentence: Sentence, i: int) -> int:
    """Return where the clause of a passive verb begins: behind a comma and "where" or "who"."""
    words = sentence.words
    for k in range(i - 1, -1, -1):
        if words[k] == "," and k + 1 < i and words[k + 1] in _OPENS_CLAUSE:
            return k + 1
    return 0


_OPENS_CLAUSE: Final = frozenset("where who which whom and but while because although".split())


def scope_end(sentence: Sentence, start: int, content: int) -> int:
    """Return where what is said ends: with its clause where that is set against another."""
    tokens = sentence.tokens
    if start and tokens[start - 1].low in {"while", "although", "whereas"}:
        return next((k for k in range(content, len(tokens)) if tokens[k].text == ","), len(tokens))
    # "…, though nobody can check this": what is conceded is the publication's own.
    conceded = (
        k for k in range(content, len(tokens) - 1)
        if tokens[k].text == "," and (
            tokens[k + 1].low in {"though", "although"}
            or (tokens[k + 1].low in {"but", "while"} and _speaks_after(sentence, k))
        )
    )  # fmt: skip
    return next(conceded, len(tokens))


def _speaks_after(sentence: Sentence, k: int) -> bool:
    """Return whether somebody else says something behind a comma: "…, but an officer said …"."""
    return any(
        hit.i > k + 2 and hit.kind == "say" and hit.form in {"past", "s"} for hit in sentence.hits
    )


def takes_content(sentence: Sentence, hit: Hit, content: int) -> bool:
    """Return whether a clause follows: "report intense combat" and "reported losses" are none."""
    if sentence.tokens[content - 1].low == "that":
        return True
    end = scope_end(sentence, 0, content)
    tail = [h for h in sentence.hits if content <= h.i < end]
    verbs = any(
        (h.form in {"s", "past", "base"} or h.kind in {"be", "have", "modal", "do"})
        and sentence.words[h.i - 1] not in _DETERMINERS
        for h in tail
    )
    quote = any(token.text in MARKS for token in sentence.tokens[hit.j : content + 2])
    return verbs or quote


_DETERMINERS: Final = frozenset({"a", "an", "the", "its", "their", "his", "her", "no"})


def subject_start(sentence: Sentence, i: int) -> int:
    """Return where the subject before a verb begins."""
    tokens = sentence.tokens
    commas = 0
    for k in range(i - 1, -1, -1):
        text, low = tokens[k].text, tokens[k].low
        if text in MARKS or text in {";", ":", "—"}:
            return k + 1
        if text == "," and k != i - 1:
            commas += 1
            if tokens[0].low in {"citing", "quoting"}:
                return k + 1  # whom it quotes does not say it
            if not _is_apposition(sentence, k, i) or commas > 1:
                return k + 1
        if low in {"while", "although", "but", "whereas", "as"} and k < i - 1:
            return k + 1
    return 0


def _is_apposition(sentence: Sentence, k: int, i: int) -> bool:
    """Return whether the comma at `k` stands inside a name with its role."""
    return _is_role(sentence, 0, k) or (sentence.tokens[i - 1].text == "," and k > 0)


def _points_at(sentence: Sentence, k: int) -> bool:
    """Return whether "that" at `k` points at a thing and opens no clause: "dispute that figure"."""
    ends = k + 2 >= len(sentence.tokens) or not sentence.words[k + 2][:1].isalnum()
    return ends and any(h.i == k + 1 and h.kind == "claim_noun" for h in sentence.hits)


def content_start(sentence: Sentence, j: int) -> int:
    """Return where the content begins behind a verb of saying: behind "that", a colon, a time."""
    tokens = sentence.tokens
    limit = min(len(tokens), j + 9)
    again = [h.i for h in sentence.hits if j <= h.i < limit and h.kind in {"say", "fear"}]
    for k in range(j, min(again, default=limit)):
        if tokens[k].low == "that" and not _points_at(sentence, k):
            # "Said X holds and that Y fell": the second "that" goes on with what was begun.
            return j if tokens[k - 1].low in {"and", "but"} and k > j else k + 1
        if tokens[k].text in MARKS or tokens[k].text == ":":
            return k
    if j < len(tokens) and tokens[j].low in _AFTER_SAY:
        for k in range(j, limit):
            if tokens[k].text == ",":
                return k + 1
    return j


_VERB_GROUP: Final = frozenset("has have had also later then again since already now".split())


def verb_start(sentence: Sentence, i: int) -> int:
    """Return where the words of a verb begin: at "has" in "…, X, has told"."""
    while i > 1 and sentence.tokens[i - 1].low in _VERB_GROUP:
        i -= 1
    return i


def is_passive(sentence: Sentence, hit: Hit) -> bool:
    """Return whether a verb of saying is passive: "are thought to", "was widely reported"."""
    if hit.form not in {"past", "pp"} or not hit.i:
        return False
    tokens = sentence.tokens
    at = hit.i - 1
    if tokens[at].low.endswith("ly") or tokens[at].low in {"also", "now", "still", "not"}:
        at -= 1
    return at >= 0 and tokens[at].low in _PASSIVE


_PASSIVE: Final = frozenset({"is", "are", "was", "were", "be", "been", "being", "'re"})


def tells(sentence: Sentence, hit: Hit) -> bool:
    """Return whether a verb that may be of saying is one here: before "that" or at a quotation."""
    tokens = sentence.tokens
    follows = tokens[hit.j].text if hit.j < len(tokens) else ""
    if follows == "that" or follows in MARKS:
        return True
    if follows in {":", ","} and hit.j + 1 < len(tokens) and tokens[hit.j + 1].text in MARKS:
        return True
    # “…,” he went on: the quotation stands before.
    before = [token.text for token in tokens[max(0, hit.i - 4) : hit.i]]
    return any(text in MARKS for text in before) and follows in {".", ",", ""}
