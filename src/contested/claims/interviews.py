"""Questions and answers: in an interview the answers are the words of the one who is interviewed.

They stand without quotation marks and without "said", so that no frame says whose they are. An
article is an interview only where its opening names whom the author spoke with, or a label stands
before the answers; questions that a publication asks itself ("Where is it?") make none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contested.claims.people import Cast, Speaker, names, parse
from contested.records.claim import Naming

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from contested.claims.tokens import Sentence, Token

FEWEST_QUESTIONS: Final = 2
_UNLABELLED: Final = 3
"""Where no name stands before an answer it takes more questions, and an "I" or "we" in answers."""
_LABEL_WORDS: Final = 3
_SHORT_TURN: Final = 12
"""A paragraph of fewer words that asks nothing may be either's: "So it will fall."."""
_MEETINGS: Final = frozenset(
    tuple(words.split())
    for words in (
        "spoke with,spoke to,speaks with,speaks to,talked with,talked to,talks with,talks to,"
        "sat down with,sits down with,interviewed,interviews,interview with,conversation with,asked"
    ).split(",")
)
_OURS: Final = frozenset("we i our us my reporter correspondent newspaper editor edited".split())
"""Words that say that it is the author who spoke with somebody, not one guest with another."""
_FIRST_PERSON: Final = frozenset({"i", "we", "my", "our", "us", "me"})
_REACH: Final = 12
"""How many words behind "spoke with" the name may stand: a role comes before it."""


def voices(
    sentences: Sequence[Sentence],
    places: Sequence[tuple[int, int]],
    demonyms: frozenset[str],
    cast: Cast,
    byline: str | None = None,
) -> dict[int, Speaker]:
    """Return who speaks in the paragraphs that are answers, by number of the paragraph.

    Parameters
    ----------
    sentences
        Of the whole article, in order.
    places
        Offsets of the places named, sorted.
    cast
        Everybody who was named.
    byline
        Who wrote the article: "Joel Koval spoke with …" is the author.
    """
    turns = _paragraphs(sentences)
    asked = [number for number, turn in turns.items() if turn[-1].tokens[-1].text == "?"]
    if len(asked) < FEWEST_QUESTIONS:
        return {}
    authors = _OURS | frozenset((byline or "").lower().split())
    opening = [s for number, turn in turns.items() if number < asked[0] for s in turn]
    met = [s for s in opening if not authors.isdisjoint(s.lows)]
    guest = _met(met, places, demonyms, cast) or _labelled(list(turns.values()), cast)
    answers = {number for number, turn in turns.items() if number > asked[0]} - set(asked)
    if guest is None:
        return {}
    labelled = any(_is_labelled(turns[number], guest) for number in answers)
    told = any(s.lows & _FIRST_PERSON for number in answers for s in turns[number])
    if not labelled and (len(asked) < _UNLABELLED or not told):
        return {}
    return dict.fromkeys(_answered(turns, asked, guest), guest)


def _paragraphs(sentences: Sequence[Sentence]) -> dict[int, list[Sentence]]:
    found: dict[int, list[Sentence]] = {}
    for sentence in sentences:
        found.setdefault(sentence.paragraph, []).append(sentence)
    return found


def _met(
    opening: Sequence[Sentence],
    places: Sequence[tuple[int, int]],
    demonyms: frozenset[str],
    cast: Cast,
) -> Speaker | None:
    """Return the only person whom the opening says the author spoke with, or `None`."""
    found: dict[str, Speaker] = {}
    for sentence in opening:
        words = sentence.words
        for k in range(len(words)):
            size = next((n for n in (3, 2, 1) if words[k : k + n] in _MEETINGS), 0)
            if not size:
                continue
            named = names(sentence, k + size, min(len(words), k + size + _REACH), places)
            for i, j in named:
                speaker = parse(sentence, i, j, places=places, demonyms=demonyms)
                if speaker is not None and speaker.naming is Naming.NAMED and speaker.name:
                    found[speaker.name.split()[-1]] = cast.meet(speaker)
    return next(iter(found.values())) if len(found) == 1 else None


def _labelled(turns: Sequence[Sequence[Sentence]], cast: Cast) -> Speaker | None:
    """Return the only person whose name stands as a label before answers, or `None`."""
    found = {
        speaker.name: speaker
        for turn in turns
        if turn[-1].tokens[-1].text != "?"
        and (label := _label(turn[0].tokens)) is not None
        and (speaker := cast.people.get(label.split()[-1])) is not None
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _label(tokens: Sequence[Token]) -> str | None:
    """Return the words before a colon that opens a paragraph: "Koval: We hold …"."""
    at = next((k for k in range(1, _LABEL_WORDS + 1) if tokens[k : k + 1]
               and tokens[k].text == ":"), 0)  # fmt: skip
    if not at or not all(token.text[0].isupper() for token in tokens[:at]):
        return None
    return " ".join(token.text for token in tokens[:at])


def _answered(
    turns: Mapping[int, Sequence[Sentence]], asked: Sequence[int], guest: Speaker
) -> list[int]:
    """Return the paragraphs that are answers: a short one behind an answer prompts the next."""
    found: list[int] = []
    answering = False
    for number, turn in turns.items():
        if number < asked[0]:
            continue
        label = _label(turn[0].tokens)
        if label is not None:
            answering = _is_labelled(turn, guest)
        elif number in asked:
            answering = False
        else:
            short = len(turn) == 1 and len(turn[0].tokens) < _SHORT_TURN
            answering = not (answering and short)
        if answering:
            found.append(number)
    return found


def _is_labelled(turn: Sequence[Sentence], guest: Speaker) -> bool:
    """Return whether the name of the one who answers stands before the words, or an "A"."""
    label = _label(turn[0].tokens)
    if label is None:
        return False
    return label in {"A", "Answer"} or label.split()[-1] == (guest.name or "").split()[-1]
