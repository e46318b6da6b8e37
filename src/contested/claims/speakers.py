"""Speakers between sentences: who alone spoke, whom the next "he" means, whose map it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from contested.claims import people
from contested.claims.people import Speaker
from contested.records.claim import Naming

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contested.claims.attribution import Context, Frame
    from contested.claims.tokens import Sentence


def only_speaker(found: Sequence[Frame]) -> Speaker | None:
    """Return the only person or organisation that speaks in these frames, or `None`."""
    speakers = {
        _identity(frame.speaker): frame.speaker
        for frame in found if frame.speaker.naming is not Naming.IMPERSONAL
    }  # fmt: skip
    return speakers.popitem()[1] if len(speakers) == 1 else None


def _identity(speaker: Speaker) -> str:
    if speaker.name:
        return speaker.name.split()[-1]
    return f"{speaker.naming}:{speaker.organisation or speaker.role}"


def subject_person(
    sentence: Sentence, context: Context, found: Sequence[tuple[int, int]]
) -> Speaker | None:
    """Return the person a sentence names: whom "he" or "she" means in the next.

    Where it names several, that is `Naming.UNCLEAR`: nobody is chosen among them.

    Parameters
    ----------
    found
        Token ranges of the names in the sentence (`people.names`).
    """
    if not found:
        return None
    if len(found) > 1:
        full = [1 for i, j in found if j - i > 1]
        return unclear() if full else None
    speaker = people.parse(sentence, *found[0], places=context.places, demonyms=context.demonyms)
    if speaker is not None and speaker.naming is Naming.PARTLY_NAMED:
        # Somebody by first name: "he" of the next sentence may be this one.
        known = speaker.name in context.cast.people
        there = people.is_introduced(sentence, found[0][0], found[0][1], speaker.name or "")
        return unclear() if there and not known else None
    named = speaker is not None and speaker.naming is Naming.NAMED
    return context.cast.meet(speaker) if named and speaker is not None else None


def unclear() -> Speaker:
    """Return the speaker of a quotation that nobody can be named for."""
    return Speaker(Naming.UNCLEAR)


def with_channel(speaker: Speaker, channel: str | None) -> Speaker:
    """Return the speaker as the voice of a map where the channel is one."""
    return replace(speaker, is_map=speaker.is_map or "map" in (channel or ""))
