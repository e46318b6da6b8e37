"""The extractor that comes with `contested`: clauses, lexicon, units. No model weights."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from contested.claims.clauses import (
    APPOSITION,
    COORDINATE,
    ENDS_IN_ED,
    PARTICIPLE,
    Clause,
    clauses,
)
from contested.claims.coreference import SETTLED, meant, topic
from contested.claims.kinds import classify
from contested.claims.noun_claims import noun_claims
from contested.claims.protocol import PlaceMention
from contested.claims.view import View, view
from contested.records.claim import ClaimDraft, Kind, TimeSpan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from contested.claims.document import Document, Notes
    from contested.claims.tokens import Hit

_TIMELESS: Final = frozenset({Kind.LOCATION, Kind.DISTANCE, Kind.META})
_AHEAD: Final = frozenset({Kind.FORECAST, Kind.RISK, Kind.OPINION, Kind.INTENTION})
_PRESENT: Final = frozenset(
    {
        "is",
        "are",
        "has",
        "have",
        "remains",
        "now",
        "will",
        "can",
        "'s",
        "'re",
        "do",
        "does",
        "today",
    }
)
CARRIED_SENTENCES: Final = 6
"""How many sentences of narrative a time is carried over."""


@dataclass
class _Reader:
    """Where reading stands: the settlements of the paragraph and the time of the narrative."""

    main: PlaceMention | None
    paragraph: int = -1
    earlier: list[tuple[PlaceMention, ...]] = field(default_factory=list)
    carried: TimeSpan | None = None
    counted: Kind | None = None
    age: int = 0

    def begin(self, notes: Notes) -> None:
        if notes.sentence.paragraph != self.paragraph:
            # The paragraph before stays in reach through its last sentence.
            self.earlier = self.earlier[-1:]
            self.paragraph = notes.sentence.paragraph
            self.counted = None
        self.age += 1
        if self.age > CARRIED_SENTENCES:
            self.carried = None

    def end(self, notes: Notes) -> None:
        settlements = tuple(m for m in notes.places if m.kind == "settlement")
        if settlements:
            self.earlier.append(settlements)
        dated = [time for time in notes.times if time.basis in {"explicit", "relative"}]
        if dated and not notes.frames:
            self.carried, self.age = dated[0], 0
        elif self.carried is not None and not dated and not is_past(notes):
            self.carried = None


class RuleExtractor:
    """Finds claims by clause, class of word, unit and place."""

    name = "contested-rules"
    version = "1"

    def drafts(self, document: Document) -> Sequence[ClaimDraft]:
        """Return the drafts of a text, in order of their spans."""
        reader = _Reader(topic(document))
        found: list[ClaimDraft] = []
        for notes in document.notes:
            reader.begin(notes)
            found.extend(_of_sentence(document, notes, reader))
            reader.end(notes)
        return found


def _of_sentence(document: Document, notes: Notes, reader: _Reader) -> list[ClaimDraft]:
    if notes.sentence.tokens[-1].text == "?":
        return []  # a question claims nothing
    clausal = list(_of_clauses(document, notes, reader))
    nominal = [draft for draft in noun_claims(notes) if not _told(draft, clausal)]
    covered = [draft for draft in clausal if not _told_by_noun(draft, nominal)]
    return sorted((*covered, *nominal), key=lambda draft: (draft.start, draft.end))


def _told(draft: ClaimDraft, others: Sequence[ClaimDraft]) -> bool:
    """Return whether a claim of this kind already covers the words."""
    for other in others:
        beside = draft.kind == Kind.LOCATION and other.kind != Kind.LOCATION
        same = draft.kind in {other.kind, *other.also} and not beside
        if same and other.start < draft.end and draft.start < other.end:
            return True
    return False


def _told_by_noun(draft: ClaimDraft, nominal: Sequence[ClaimDraft]) -> bool:
    """Return whether a noun phrase says all of it: its quantity and most of its words."""
    return any(
        draft.kind == other.kind and other.start <= draft.start and draft.end <= other.end
        for other in nominal
    )


def _of_clauses(document: Document, notes: Notes, reader: _Reader) -> Iterator[ClaimDraft]:
    last: ClaimDraft | None = None
    for clause in _clauses(notes):
        seen = _view(document, notes, clause)
        answer = classify(seen)
        if answer is None:
            continue
        kind, also = _going_on(seen, answer, reader)
        reader.counted = kind if kind in _COUNTED else None if seen.quantities else reader.counted
        draft = _draft(notes, seen, kind, also, reader)
        if last is not None and _same_claim(last, draft, clause):
            last = _merged(last, draft)
            continue
        if last is not None:
            yield last
        last = draft
    if last is not None:
        yield last


def _going_on(
    seen: View, answer: tuple[Kind, tuple[Kind, ...]], reader: _Reader
) -> tuple[Kind, tuple[Kind, ...]]:
    """Return the kind of the number before for a figure that goes on: "the average of 280"."""
    goes_on = not _FIGURES.isdisjoint(seen.words[:6])
    if answer[0] is Kind.COUNT and goes_on and reader.counted is not None:
        return reader.counted, (Kind.COUNT, *answer[1])
    return answer


_COUNTED: Final = frozenset({Kind.CASUALTY, Kind.POPULATION, Kind.LENGTH_AREA})
_FIGURES: Final = frozenset("figure number total average peak toll tally it sum".split())


def _same_claim(last: ClaimDraft, draft: ClaimDraft, clause: Clause) -> bool:
    return (
        clause.role in {COORDINATE, PARTICIPLE, APPOSITION}
        and last.kind == draft.kind
        and (draft.kind not in {Kind.POPULATION, Kind.SHARE, Kind.DISTANCE})
    )


def _merged(last: ClaimDraft, draft: ClaimDraft) -> ClaimDraft:
    return replace(
        last,
        end=draft.end,
        also=tuple(dict.fromkeys((*last.also, *draft.also))),
        quantities=last.quantities + draft.quantities,
        places=tuple(dict.fromkeys((*last.places, *draft.places))),
    )


def _clauses(notes: Notes) -> Iterator[Clause]:
    """Yield the clauses outside the words that only say who speaks."""
    count = len(notes.sentence.tokens)
    if not notes.frames:
        yield from clauses(notes.sentence, 0, count)
        return
    framed = {k for frame in notes.frames for k in range(frame.i, frame.j)}
    start: int | None = None
    for k in range(count + 1):
        inside = k < count and k not in framed
        if inside and start is None:
            start = k
        elif not inside and start is not None:
            yield from clauses(notes.sentence, start, k)
            start = None


def _view(document: Document, notes: Notes, clause: Clause) -> View:
    tokens = notes.sentence.tokens
    start, end = tokens[clause.i].start, tokens[clause.j - 1].end
    quoted = notes.quoted(start, end)
    speaker, frame = document.speaker_in(notes, start, end, quoted=quoted)
    return view(
        notes.sentence, clause.i, clause.j, role=clause.role, put_in=clause.put_in,
        quantities=notes.quantities,
        times=notes.times, places=notes.places, quoted=quoted,
        own_voice=speaker is None, feared=frame is not None and frame.verb == "fear",
    )  # fmt: skip


def _draft(
    notes: Notes, seen: View, kind: Kind, also: tuple[Kind, ...], reader: _Reader
) -> ClaimDraft:
    named = tuple(p for p in seen.places if _is_place_of(seen, p))
    settled = any(p.kind == "settlement" for p in named)
    spoken = named if settled else (*named, *_meant(notes, seen, reader))
    if seen.role == APPOSITION and kind in {Kind.LOCATION, Kind.DISTANCE}:
        spoken = (*_described(notes, seen), *named)
    elif kind in {Kind.LOCATION, Kind.DISTANCE} and settled and _opens_referring(seen):
        # "The village lies 4 km from X": two places are meant and one is named.
        spoken = (*(m for m in _meant(notes, seen, reader) if m not in named), *named)
    return ClaimDraft(
        start=seen.start,
        end=seen.end,
        kind=kind,
        also=also,
        subject=_subject(seen),
        quantities=tuple((q.start, q.end) for q in seen.quantities),
        times=_times(notes, seen, kind, reader),
        places=tuple((p.start, p.end) for p in spoken),
    )


def _opens_referring(seen: View) -> bool:
    return seen.words[0] == "it" or (seen.words[0] == "the" and seen.words[1] in SETTLED)


def _meant(notes: Notes, seen: View, reader: _Reader) -> tuple[PlaceMention, ...]:
    """Return what "the city" or "it" means: a settlement of this sentence, or one before."""
    here = tuple(m for m in notes.places if m.kind == "settlement" and m.end <= seen.start)
    earlier = [*reader.earlier, here] if here else reader.earlier
    return meant(seen, earlier, reader.main)


def _described(notes: Notes, seen: View) -> tuple[PlaceMention, ...]:
    """Return the settlement that an apposition describes: "X, a hub in the Y region"."""
    before = [m for m in notes.places if m.kind == "settlement" and m.end <= seen.start]
    return tuple(before[-1:])


def _is_place_of(seen: View, mention: PlaceMention) -> bool:
    """Return whether a country is meant as ground, not as an actor ("Russia attacked")."""
    if mention.kind != "country":
        return True
    before = [token for token in seen.sentence.tokens if token.end <= mention.start]
    after = [token.low for token in seen.sentence.tokens if token.start >= mention.end][:1]
    if after == ["'s"]:
        return False
    return bool(before) and before[-1].low in {
        "in",
        "of",
        "across",
        "from",
        "into",
        "inside",
        "for",
    }


def _subject(seen: View) -> tuple[int, int] | None:
    """Return the words before the first verb, if a place, an actor or a thing is named there."""
    tokens = seen.sentence.tokens
    for kind, form, i, _ in seen.hits:
        if i - seen.i > 8:  # noqa: PLR2004  (that is a sentence, not a subject)
            return None
        if i > seen.i and (form in _FINITE or kind in _AUX):
            return tokens[seen.i].start, tokens[i - 1].end
    return None


_FINITE: Final = frozenset({"past", "s", "pp"})


_AUX: Final = frozenset({"be", "have", "do", "modal"})


def _times(notes: Notes, seen: View, kind: Kind, reader: _Reader) -> tuple[tuple[int, int], ...]:
    """Return the words that say when; a narrative carries the time of the sentence before."""
    inside = _offsets(seen.times)
    if inside or kind in _TIMELESS:
        return inside[:1]
    here = [t for t in notes.times if _reaches(notes, seen, t)]
    if len(here) == 1 and seen.role not in {"relative", "apposition"}:
        return _offsets(here)
    if kind in _AHEAD - {Kind.INTENTION} or not seen.own_voice or reader.carried is None:
        return ()
    return _offsets([reader.carried]) if _past_clause(seen) else ()


def _reaches(notes: Notes, seen: View, time: TimeSpan) -> bool:
    """Return whether a time outside a clause holds for it: before it, or when it was said."""
    if time.start is None or time.basis == "named period":
        return False
    tokens = notes.sentence.tokens
    said = any(
        tokens[f.i].start <= time.start < tokens[f.j - 1].end for f in notes.frames if f.j > f.i
    )
    return said or time.start < seen.start


def _offsets(found: Sequence[TimeSpan]) -> tuple[tuple[int, int], ...]:
    return tuple((t.start, t.end) for t in found if t.start is not None and t.end is not None)


def is_past(notes: Notes) -> bool:
    """Return whether a sentence tells what was."""
    return _past(notes.sentence.lows, notes.sentence.hits)


def _past_clause(seen: View) -> bool:
    return _past(seen.lows, seen.hits)


def _past(words: frozenset[str], hits: Sequence[Hit]) -> bool:
    if not words.isdisjoint(_PRESENT):
        return False
    told = not words.isdisjoint(_WAS) or any(hit.form == "past" for hit in hits)
    return told or any(ENDS_IN_ED[word] for word in words)


_WAS: Final = frozenset({"was", "were", "had"})
