"""Who speaks in an interview set as questions and answers.

The one who answers is named once, before a colon, and speaks in every answer that follows. Without
that name, or without questions that stand alone, a text is no interview.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from contested.claims.people import Speaker
from contested.records.claim import Naming

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from contested.claims.people import Cast
    from contested.records.article import Article, Paragraph

_LABEL: Final = re.compile(r"(?P<name>[^\W\d_][\w.’'-]*(?: [^\W\d_][\w.’'-]*){0,3}):\s")
_QUESTIONS: Final = 2
_PROMPT_WORDS: Final = 8
"""A paragraph so short behind an answer prompts the next one."""


def voices(
    article: Article, paragraphs: Sequence[Paragraph], cast: Cast, places: Collection[str]
) -> Mapping[int, Speaker]:
    """Return who speaks in which paragraph; empty where the text is no interview.

    Parameters
    ----------
    places
        Names of places: "Lyman:" opens a line about Lyman.
    """
    lines = [article.text[p.start : p.end] for p in paragraphs]
    asked = [line.rstrip("”\"’'").endswith("?") for line in lines]
    if sum(asked) < _QUESTIONS:
        return {}
    found: dict[int, Speaker] = {}
    speaker: Speaker | None = None
    answered = False
    for paragraph, line, question in zip(paragraphs, lines, asked, strict=True):
        labelled = _labelled(line, article.text, cast, places)
        speaker = labelled or speaker
        prompt = question or (answered and not labelled and len(line.split()) <= _PROMPT_WORDS)
        answered = speaker is not None and (labelled is not None or not prompt)
        if answered and speaker is not None:
            found[paragraph.number] = speaker
    return found


def _labelled(line: str, text: str, cast: Cast, places: Collection[str]) -> Speaker | None:
    """Return the person whose name opens a line before a colon, with the name in full."""
    match = _LABEL.match(line)
    if match is None or match["name"] in places:
        return None
    surname = match["name"].split()[-1]
    known = cast.people.get(surname)
    if known is not None and known.naming is Naming.NAMED:
        return known
    full = re.search(rf"\b[A-Z][\w’'-]+ {re.escape(surname)}\b", text)
    first = full[0].split()[0] if full else ""
    if full is None or first in _NO_FIRST_NAMES:
        return None
    return Speaker(Naming.NAMED, full[0], private=True)


_NO_FIRST_NAMES: Final = frozenset("The In On At By As But And Mr Ms Mrs Dr Of From For".split())
