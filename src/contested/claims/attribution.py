"""Who says it: frames such as "X said on Monday that", "…, according to X", and quotations.

A frame is found at its verb; its subject is read from the words beside it; its scope is the rest
of the sentence, or the quotation. A quotation without a frame in its sentence takes the only
speaker of its paragraph. Where more than one could have spoken nobody is named: a wrong speaker is
worse than none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from contested.claims import people
from contested.claims.frame_bounds import (
    MARKS,
    clause_start,
    content_start,
    has_predicate,
    is_passive,
    only_when_and_where,
    resumes,
    scope_end,
    subject_end,
    subject_start,
    takes_content,
    tells,
    trailing_start,
    verb_start,
)
from contested.claims.people import Cast, Speaker
from contested.claims.pronouns import PRONOUNS, by_pronoun
from contested.claims.tokens import phrase
from contested.records.claim import Naming

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contested.claims.tokens import Hit, Sentence

_FINITE: Final = frozenset({"base", "s", "past"})
_TELLING: Final = frozenset({"say", "say_that", "fear", "deny"})
_SKIPPED: Final = frozenset(
    "also has have had then later again already repeatedly once publicly earlier that it".split()
)
_ACCORDING: Final = tuple(
    tuple(words.split())
    for words in (
        "according to,based on,as per,in the words of,in the view of,in the opinion of,"
        "in the estimation of,by the reckoning of,by the estimate of,by the count of,"
        "by the account of,in the judgment of,in the assessment of,per"
    ).split(",")
)
_OPENS_SOURCE: Final = frozenset(words[0] for words in _ACCORDING)
_CLAIMED: Final = frozenset({"clash_noun", "casualty_noun", "move_noun", "take_noun"})


@dataclass(frozen=True, slots=True)
class Frame:
    """Words ``tokens[i:j]`` that say who speaks, and the scope they cover.

    Attributes
    ----------
    scope
        Token ranges that the speaker says.
    said
        Token range of the words around the verb, where time and channel of saying stand.
    """

    i: int
    j: int
    scope: tuple[tuple[int, int], ...]
    speaker: Speaker
    channel: str | None
    verb: str


@dataclass(frozen=True, slots=True)
class Context:
    """What reading a sentence's frames needs to know."""

    places: tuple[tuple[int, int], ...]
    demonyms: frozenset[str]
    cast: Cast
    recent: tuple[Speaker, ...]


def frames(sentence: Sentence, context: Context) -> tuple[Frame, ...]:
    """Return the frames of a sentence, in order."""
    found: list[Frame] = []
    for hit in () if sentence.kinds.isdisjoint(_SPEAKING) else sentence.hits:
        if hit.kind in _TELLING and not _quoted(sentence, hit):
            frame = _at_verb(sentence, hit, context, found)
        elif hit.kind == "impersonal":
            end = len(sentence.tokens)
            end = next((k for k in range(hit.j, end) if sentence.tokens[k].text == ","), end)
            speaker = Speaker(Naming.IMPERSONAL)
            frame = Frame(hit.i, hit.i, ((0, end),), speaker, None, "impersonal")
        elif hit.kind == "show":
            frame = _shown(sentence, hit, context)
        elif hit.kind == "tally":
            frame = _counted(sentence, hit, context, found)
        else:
            continue
        if frame is not None:
            found.append(frame)
    found += _according(sentence, context)
    headed = _before_colon(sentence, context) if ":" in sentence.lows else None
    if headed is not None and not found:
        found.append(headed)
    return tuple(sorted(found, key=lambda frame: frame.i))


_SPEAKING: Final = _TELLING | {"impersonal", "show", "tally"}


def _shown(sentence: Sentence, hit: Hit, context: Context) -> Frame | None:
    """Read "its map shows …": whoever made the map says it."""
    start = subject_start(sentence, hit.i)
    subject = {h.kind for h in sentence.hits if start <= h.i < hit.i}
    mapped = "map_noun" in subject
    filmed = "document_noun" in subject and sentence.tokens[hit.i].low.startswith("indicate")
    if filmed and hit.form in _FINITE:
        end, content = len(sentence.tokens), content_start(sentence, hit.j)
        film = Speaker(Naming.UNNAMED_DOCUMENT)
        return Frame(start, content, ((content, end),), film, None, "show")
    if not mapped or hit.form not in _FINITE or hit.i - start > 6:  # noqa: PLR2004
        return None
    speaker = _speaker(sentence, start, hit.i, context)
    owners = [s for s in context.recent if s.naming is Naming.ORGANISATION]
    if (speaker is None or not speaker.organisation) and owners:
        speaker = owners[-1]
    if speaker is None:
        return None
    scope = ((start, len(sentence.tokens)),)
    return Frame(hit.j, hit.j, scope, replace(speaker, is_map=True), None, "show")


def _counted(
    sentence: Sentence, hit: Hit, context: Context, earlier: Sequence[Frame]
) -> Frame | None:
    """Read "the office verified 1,120 casualties": whoever counts answers for the number."""
    if hit.form not in {"past", "s"} or is_passive(sentence, hit) or _inside(earlier, hit.i):
        return None
    if any(other.i == hit.i and other.kind == "say" for other in sentence.hits):
        return None
    following = sentence.tokens[hit.j : hit.j + _COUNT_REACH]
    counted = any(token.text[0].isdigit() for token in following)
    if not counted and not any(hit.j <= h.i and h.kind in _CLAIMED for h in sentence.hits):
        return None
    start, begin = subject_start(sentence, hit.i), verb_start(sentence, hit.i)
    speaker = _speaker(sentence, start, begin, context)
    if speaker is None or speaker.naming not in {Naming.ORGANISATION, Naming.ANONYMOUS_GROUP}:
        return None
    return Frame(hit.j, hit.j, ((start, len(sentence.tokens)),), speaker, None, "tally")


_COUNT_REACH: Final = 7


def _before_colon(sentence: Sentence, context: Context) -> Frame | None:
    """Read "X: “…”", as headlines and transcripts have it."""
    tokens = sentence.tokens
    at = next((k for k in range(1, min(len(tokens) - 1, _NAME_REACH)) if tokens[k].text == ":"), 0)
    if not at or tokens[at + 1].text not in MARKS:
        return None
    speaker = _speaker(sentence, 0, at, context)
    if speaker is None:
        return None
    return Frame(0, at + 1, ((at + 1, len(tokens)),), speaker, None, "say")


_NAME_REACH: Final = 6


def _quoted(sentence: Sentence, hit: Hit) -> bool:
    at = sentence.tokens[hit.i].start
    return any(start <= at < end for start, end in sentence.quotes)


def _at_verb(
    sentence: Sentence, hit: Hit, context: Context, earlier: Sequence[Frame]
) -> Frame | None:
    if _is_infinitive(sentence, hit) or (hit.kind == "say_that" and not tells(sentence, hit)):
        return None
    if is_passive(sentence, hit):
        return _held_to_be(sentence, hit)
    if _inside(earlier, hit.i) and hit.form != "ing":
        return _nested(sentence, hit, earlier, context)
    if hit.form == "ing":
        return _adding(sentence, hit, earlier, context)
    if hit.form not in _FINITE:
        return None
    return (
        _inverted(sentence, hit, context)
        or _trailing(sentence, hit, context)
        or _leading(sentence, hit, context)
        or _reported_thing(sentence, hit, context)
    )


def _held_to_be(sentence: Sentence, hit: Hit) -> Frame | None:
    """Read "X is thought to hold …" and "it is believed that …": nobody in particular says so."""
    tokens = sentence.tokens
    follows = tokens[hit.j].low if hit.j < len(tokens) else ""
    if follows not in {"to", "that"} or tokens[hit.i].low in _ADDRESSED:
        return None
    start = clause_start(sentence, hit.i) if follows == "to" else hit.j + 1
    end = scope_end(sentence, start, hit.j)
    return Frame(hit.i, hit.i, ((start, end),), Speaker(Naming.IMPERSONAL), None, "impersonal")


_ADDRESSED: Final = frozenset("told informed reminded assured asked warned urged".split())


def _is_infinitive(sentence: Sentence, hit: Hit) -> bool:
    before = sentence.tokens[hit.i - 1].low if hit.i else ""
    return hit.form == "base" and (before in _BEFORE_INFINITIVE or before in _BE)


_BE: Final = frozenset({"is", "are", "was", "were", "be", "been"})
_BEFORE_INFINITIVE: Final = frozenset(
    "to will would can could may might must not did do does a an the of their its and".split()
)


def _reported_thing(sentence: Sentence, hit: Hit, context: Context) -> Frame | None:
    """Read "soldiers report intense combat" and "a spokesman denied the claim": no clause follows.

    The words of saying stay in the claim, because the thing said is no clause of its own.
    """
    start = subject_start(sentence, hit.i)
    speaker = _speaker(sentence, start, hit.i, context)
    if speaker is None:
        return None
    # Whoever denies or announces a thing says all of it.
    things = hit.kind == "deny" or any(h.i >= hit.j and h.kind in _CLAIMED for h in sentence.hits)
    scope = ((start, scope_end(sentence, start, hit.j)),) if things else ()
    return Frame(hit.j, hit.j, scope, speaker, None, hit.kind)


def _inside(earlier: Sequence[Frame], i: int) -> bool:
    return any(start <= i < end for frame in earlier for start, end in frame.scope)


def _nested(
    sentence: Sentence, hit: Hit, earlier: Sequence[Frame], context: Context
) -> Frame | None:
    """Return "X said they anticipated that …" as one frame of X, or a new speaker's own."""
    before = subject_start(sentence, hit.i)
    words = [token.low for token in sentence.tokens[before : hit.i]]
    outer = earlier[-1]
    if set(words) & {"he", "she", "they", "it"} and hit.i - outer.j <= len(words) + 1:
        end = len(sentence.tokens)
        start = content_start(sentence, hit.j)
        return Frame(before, start, ((start, end),), outer.speaker, outer.channel, hit.kind)
    return _inverted(sentence, hit, context) or _trailing(sentence, hit, context)


def _adding(
    sentence: Sentence, hit: Hit, earlier: Sequence[Frame], context: Context
) -> Frame | None:
    """Return "…, adding that …" as a frame of the speaker before."""
    if hit.i == 0 or sentence.tokens[hit.i - 1].text not in {",", "and"}:
        return None
    start = content_start(sentence, hit.j)
    if not earlier:
        # "The ministry gave another account, saying …": who acts in the sentence speaks.
        acts = min((h.i for h in sentence.hits if h.form in _FINITE and 0 < h.i < hit.i),
                   default=min(_SUBJECT_WORDS, hit.i))  # fmt: skip
        who = _speaker(sentence, 0, acts, context) if acts else None
        if who is None or who.naming not in {Naming.ORGANISATION, Naming.NAMED}:
            return None
        return Frame(hit.i, start, ((start, len(sentence.tokens)),), who, None, hit.kind)
    scope = ((start, len(sentence.tokens)),)
    return Frame(hit.i, start, scope, earlier[-1].speaker, earlier[-1].channel, hit.kind)


_SUBJECT_WORDS: Final = 3


def _inverted(sentence: Sentence, hit: Hit, context: Context) -> Frame | None:
    """Read “…,” said X, a senior fellow at Y."""
    tokens = sentence.tokens
    if hit.i == 0 or tokens[hit.i - 1].text not in {",", *MARKS}:
        return None
    if tokens[hit.i].low in _TO_SOMEBODY:
        return None  # "…, X told reporters": whom it was told stands behind
    if hit.j >= len(tokens) or tokens[hit.j].low in _NO_SUBJECT or _is_infinitive(sentence, hit):
        return None
    if tokens[hit.i - 1].text == "," and not has_predicate(sentence, hit.i):
        return None
    end = subject_end(sentence, hit.j)
    speaker = _speaker(sentence, hit.j, end, context, certain=True)
    if speaker is None:
        return None
    scope = [(0, hit.i)]
    # Behind the subject only a quotation or "that" goes on; "who …" is the publication's own.
    if end < len(tokens) - 1 and tokens[end].low != "who":
        scope.append((end, len(tokens)))
    return Frame(hit.i, end, tuple(scope), speaker, _channel(sentence, hit.j, end), hit.kind)


_TO_SOMEBODY: Final = frozenset(
    "told tells informed informs assured assures reminded reminds".split()
)
_NO_SUBJECT: Final = frozenset("that on in to , : it he she they we i at".split())


def _trailing(sentence: Sentence, hit: Hit, context: Context) -> Frame | None:
    """Read "…, X said on Monday." and "…, the governor of Y, X Z, wrote on Facebook"."""
    tokens = sentence.tokens
    if not only_when_and_where(sentence, hit.j):
        return None
    begin = verb_start(sentence, hit.i)
    start = trailing_start(sentence, begin)
    if start <= 1 or tokens[start].low in {"whatever", "what", "whichever", "however", "than"}:
        return None
    speaker = _speaker(sentence, start, begin, context)
    if speaker is None:
        return None
    end = len(tokens)
    goes_on = resumes(tokens, hit.j) or _put_in(sentence, hit)
    scope = [(0, start)]
    if goes_on:
        scope.append((goes_on, end))
    return Frame(
        start, goes_on or end, tuple(scope), speaker, _channel(sentence, hit.j, end), hit.kind
    )


def _put_in(sentence: Sentence, hit: Hit) -> int:
    """Return where the content goes on behind "…, officials believe, is to …", or 0."""
    tokens = sentence.tokens
    if hit.j + 2 >= len(tokens) or tokens[hit.j].text != ",":
        return 0
    follows = tokens[hit.j + 1].low
    verb = any(h.i == hit.j + 1 and (h.form in _FINITE or h.kind in _AUXILIARY)
               for h in sentence.hits)  # fmt: skip
    return hit.j + 1 if verb and follows not in {"who", "adding"} else 0


_AUXILIARY: Final = frozenset({"be", "have", "do", "modal"})


def _leading(sentence: Sentence, hit: Hit, context: Context) -> Frame | None:
    """Read "X said (on Monday) that …" and "In a speech on Wednesday night, he said that …"."""
    begin = verb_start(sentence, hit.i)
    start = subject_start(sentence, begin)
    speaker = _speaker(sentence, start, begin, context)
    content = content_start(sentence, hit.j)
    if speaker is None or content >= len(sentence.tokens) - 1:
        return None
    if not takes_content(sentence, hit, content):
        return None
    scope = ((content, scope_end(sentence, start, content)),)
    channel = _channel(sentence, 0, content)
    return Frame(start, content, scope, speaker, channel, hit.kind)


def _according(sentence: Sentence, context: Context) -> list[Frame]:
    """Read "according to X" before or behind what X says."""
    found: list[Frame] = []
    if _OPENS_SOURCE.isdisjoint(sentence.lows):
        return found
    words = sentence.words
    for k in [k for k, word in enumerate(words) if word in _OPENS_SOURCE]:
        if words[k] == "in" and (frame := _in_ones_opinion(sentence, k, context)) is not None:
            found.append(frame)
        for opening in _ACCORDING:
            if words[k : k + len(opening)] == opening:
                frame = _according_at(sentence, k, k + len(opening), context)
                if frame is not None:
                    found.append(frame)
    return found


def _in_ones_opinion(sentence: Sentence, k: int, context: Context) -> Frame | None:
    """Read "in his opinion, …"."""
    words = [token.low for token in sentence.tokens[k + 1 : k + 3]]
    if len(words) < 2 or words[0] not in PRONOUNS or words[1] not in _OPINIONS:  # noqa: PLR2004
        return None
    speaker = by_pronoun(PRONOUNS[words[0]], context.recent)
    scope = ((0, k), (k + 3, len(sentence.tokens))) if k > 1 else ((k + 3, len(sentence.tokens)),)
    return Frame(k, k + 3, scope, speaker, None, "according") if speaker else None


_OPINIONS: Final = frozenset("opinion view words account estimation telling assessment".split())


def _according_at(sentence: Sentence, i: int, j: int, context: Context) -> Frame | None:
    tokens = sentence.tokens
    # Up to two commas belong to the source: "DeepState, a group with ties to …".
    end = next((k for k in range(j, len(tokens)) if tokens[k].text in {",", ".", ";"}), len(tokens))
    speaker = _speaker(sentence, j, end, context)
    if speaker is None:
        return None
    # What comes behind "…, according to a study," is the study's as well: "twice as many as …".
    rest = (end, len(tokens))
    scope = ((0, i), rest) if i > 1 else (rest,)
    return Frame(i, end, scope, speaker, _channel(sentence, j, end), "according")


def _channel(sentence: Sentence, i: int, j: int) -> str | None:
    for hit in sentence.hits:
        if hit.kind in {"channel_noun", "map_noun"} and i <= hit.i < j:
            return phrase(sentence.tokens[hit.i : hit.j])
    return None


def _speaker(
    sentence: Sentence, i: int, j: int, context: Context, *, certain: bool = False
) -> Speaker | None:
    """Return who stands in ``tokens[i:j]``; pronouns are resolved only where it is certain.

    Parameters
    ----------
    certain
        The first name is who speaks: "said X, whom Y had met".
    """
    words = [token.low for token in sentence.tokens[i:j] if token.low not in _SKIPPED]
    words = words or [token.low for token in sentence.tokens[i:j] if token.low == "it"]
    bare = [word for word in words if word.isalpha() or word[:1].isalnum()]
    pronoun = next((PRONOUNS[word] for word in bare[-2:] if word in PRONOUNS), None)
    if pronoun and len(bare) <= 2:  # noqa: PLR2004
        return by_pronoun(pronoun, context.recent)
    speaker = people.parse(sentence, i, j, places=context.places, demonyms=context.demonyms)
    if speaker is None:
        return _government(sentence, i, j)
    if speaker.is_map and not speaker.organisation:
        return next((known for known in reversed(context.recent) if known.is_map), speaker)
    if not certain and speaker.name and _is_guess(sentence, i, j, speaker, context):
        return Speaker(Naming.ANONYMOUS_GROUP if speaker.role else Naming.UNCLEAR, None, None)
    return context.cast.meet(speaker)


def _is_guess(sentence: Sentence, i: int, j: int, speaker: Speaker, context: Context) -> bool:
    """Return whether a name before a verb of saying may be another's, or no name at all."""
    if people.several(sentence, i, j, places=context.places, demonyms=context.demonyms):
        return True
    if speaker.naming is not Naming.PARTLY_NAMED or speaker.name in context.cast.people:
        return False
    return not people.is_introduced(sentence, i, j, speaker.name or "")


def _government(sentence: Sentence, i: int, j: int) -> Speaker | None:
    """Return a state that speaks: "Moscow said", "Ukraine's military said"."""
    for hit in sentence.hits:
        if i <= hit.i and hit.j <= j and hit.kind == "actor_noun":
            words = phrase(sentence.tokens[i:j])
            return Speaker(Naming.ORGANISATION, None, None, words)
    return None
