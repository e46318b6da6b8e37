"""Drafts to claims: every number, place, date and speaker is read from the words anew.

A draft that points at words which do not say what it claims is dropped with a reason. So no
extractor, however it works, can put a value into a claim that the article does not hold.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from contested.claims.document import Document, Notes
from contested.claims.hedges import conditional, disclaimed, hedges, negated
from contested.claims.positions import POLICY, holds_position
from contested.claims.relations import UnknownPlaceError, places_of
from contested.records.article import READ_PARTS
from contested.records.claim import (
    Attribution,
    Claim,
    ClaimDraft,
    Comparator,
    Dropped,
    Evidential,
    Extractor,
    Kind,
    Naming,
    Quantity,
    Reading,
    Span,
    TimeSpan,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from contested.claims.attribution import Frame
    from contested.claims.people import Speaker
    from contested.records.article import Paragraph

_TIMELESS: Final = frozenset({Kind.LOCATION, Kind.DISTANCE})
_JUDGED: Final = frozenset(
    {Kind.OPINION, Kind.FORECAST, Kind.RISK, Kind.INTENTION, Kind.SUPERLATIVE}
)
_UNIT_WORDS: Final = frozenset(
    "brigade brigades battalion battalions regiment regiments unit units company companies "
    "reinforcements reinforcement division divisions".split()
)
OUT_OF_SCOPE: Final = "out of scope by policy: movement of units"


class _RefusedError(ValueError):
    """A draft says what its words do not."""


@dataclass(frozen=True, slots=True)
class _Checked:
    draft: ClaimDraft
    kind: Kind
    also: tuple[Kind, ...]
    notes: Notes
    paragraph: int


def validate(document: Document, drafts: Iterable[ClaimDraft], extractor: Extractor) -> Reading:
    """Return the claims that the words bear out, and the drafts that were dropped."""
    claims: list[Claim] = []
    dropped: list[Dropped] = []
    seen: set[tuple[int, int, str]] = set()
    for draft in drafts:
        key = (draft.start, draft.end, draft.kind)
        if key in seen:
            dropped.append(Dropped(draft.start, draft.end, "the same claim twice"))
            continue
        seen.add(key)
        try:
            claims.append(_claim(document, _check(document, draft), extractor))
        except (_RefusedError, UnknownPlaceError) as refusal:
            dropped.append(Dropped(draft.start, draft.end, str(refusal)))
    claims.sort(key=lambda claim: (claim.span.start, claim.span.end))
    return Reading(tuple(_with_disclaimers(document, claims)), tuple(dropped))


def _check(document: Document, draft: ClaimDraft) -> _Checked:
    """Return the draft with its sentence, or refuse it."""
    text = document.article.text
    if not 0 <= draft.start < draft.end <= len(text):
        raise _RefusedError(f"span {draft.start}–{draft.end} lies outside the text")
    if not text[draft.start : draft.end].strip():
        raise _RefusedError("the span holds no words")
    paragraph = _paragraph(document.article.paragraphs, draft.start, draft.end)
    if paragraph is None or paragraph.part not in READ_PARTS:
        raise _RefusedError("the span is not inside one paragraph of prose")
    notes = document.notes_at(draft.start)
    if notes is None:
        raise _RefusedError("the span is not inside a sentence")
    if holds_position(text[notes.sentence.start : notes.sentence.end]):
        raise _RefusedError(POLICY)
    return _Checked(
        draft, _kind(draft.kind), tuple(map(_kind, draft.also)), notes, paragraph.number
    )


def _paragraph(paragraphs: Sequence[Paragraph], start: int, end: int) -> Paragraph | None:
    """Return the paragraph that holds a span whole; they are in order and apart."""
    at = bisect_right(paragraphs, start, key=_begin) - 1
    return paragraphs[at] if at >= 0 and end <= paragraphs[at].end else None


def _begin(paragraph: Paragraph) -> int:
    return paragraph.start


def _kind(word: str) -> Kind:
    kind = _KINDS.get(word)
    if kind is None:
        raise _RefusedError(f"no such kind: {word!r}")
    return kind


_KINDS: Final = {str(kind): kind for kind in Kind}


def _claim(document: Document, checked: _Checked, extractor: Extractor) -> Claim:
    draft, kind, notes = checked.draft, checked.kind, checked.notes
    quantities = tuple(_quantity(document, draft, at, kind) for at in draft.quantities)
    attribution, evidential = _attribution(document, checked)
    span = Span(draft.start, draft.end, checked.paragraph)
    hedged = hedges(notes, draft.start, draft.end)
    return Claim(
        id=_id(document, draft),
        span=span,
        kind=kind,
        also=tuple(other for other in checked.also if other != kind),
        subject=_words(document, draft.subject),
        places=places_of(document, draft, notes, kind),
        time=_time(document, checked),
        quantities=quantities,
        attribution=attribution,
        evidential=_footing(kind, attribution, evidential, hedged=bool(hedged)),
        hedges=hedged,
        negated=negated(notes, draft.start, draft.end),
        conditional=conditional(notes, draft.start, draft.end),
        disclaimed_by=None,
        extractor=extractor,
        out_of_scope=_out_of_scope(document, draft, kind),
    )


def _id(document: Document, draft: ClaimDraft) -> str:
    """Return an id that the same words of the same bytes always get."""
    key = f"{document.article.sha256}:{draft.start}:{draft.end}:{draft.kind}"
    return sha256(key.encode()).hexdigest()[:12]


def _words(document: Document, at: tuple[int, int] | None) -> str | None:
    if at is None:
        return None
    start, end = at
    if not 0 <= start < end <= len(document.article.text):
        raise _RefusedError(f"subject {start}–{end} lies outside the text")
    return " ".join(document.article.text[start:end].split())


def _quantity(document: Document, draft: ClaimDraft, at: tuple[int, int], kind: Kind) -> Quantity:
    """Return the number that stands at these words, read anew."""
    start, end = at
    if not draft.start <= start < end <= draft.end:
        raise _RefusedError(f"number {start}–{end} lies outside the claim")
    notes = document.notes_at(start)
    for found in notes.quantities if notes else ():
        if found.start < end and start < found.end:
            return _rounded(found) if kind is Kind.POPULATION else found
    raise _RefusedError(f"no number at {start}–{end}")


def _rounded(found: Quantity) -> Quantity:
    """Return a bare population in whole thousands as the rounded figure that it is."""
    round_figure = found.value >= 10_000 and found.value % 1_000 == 0  # noqa: PLR2004
    if found.comparator is Comparator.EXACTLY and found.high is None and round_figure:
        return replace(found, comparator=Comparator.ABOUT)
    return found


def _time(document: Document, checked: _Checked) -> TimeSpan | None:
    """Return when, read anew; without words the day of publication."""
    draft = checked.draft
    if draft.times:
        return _time_at(document, checked, draft.times[0])
    if checked.kind in _TIMELESS:
        return None
    published = document.article.published
    basis = "publication date" if published else "unresolved: no date of publication"
    if checked.kind is Kind.FORECAST:
        return TimeSpan(None, None, None, published, published, "open", basis)
    return TimeSpan(None, None, None, published, published, "day", basis)


def _time_at(document: Document, checked: _Checked, at: tuple[int, int]) -> TimeSpan:
    start, end = at
    notes = document.notes_at(start)
    for found in notes.times if notes else ():
        if (
            found.start is not None
            and found.end is not None
            and found.start < end
            and start < found.end
        ):
            carried = notes is not checked.notes
            return replace(found, basis="carried") if carried else found
    raise _RefusedError(f"no time at {start}–{end}")


def _attribution(document: Document, checked: _Checked) -> tuple[Attribution, Evidential]:
    """Return who says it and on what footing."""
    draft = checked.draft
    quoted = checked.notes.quoted(draft.start, draft.end)
    speaker, frame = document.speaker_in(checked.notes, draft.start, draft.end, quoted=quoted)
    if speaker is None or (not quoted and _is_geography(checked)):
        article = document.article
        own = Attribution(
            Naming.REPORTER, organisation=article.publisher,
            said_first=article.published, said_last=article.published,
        )  # fmt: skip
        return own, Evidential.OWN_VOICE
    first, last = _said(checked.notes, frame)
    channel = frame.channel if frame else None
    by_map = speaker.is_map or (channel is not None and "map" in channel.split())
    footing = Evidential.DIRECT_QUOTE if quoted else Evidential.CLAIMED
    return (
        _record(speaker, channel, first, last),
        Evidential.ACCORDING_TO_MAP if by_map and not quoted else footing,
    )


def _is_geography(checked: _Checked) -> bool:
    """Return whether it is a remark on where a place lies, put in by the publication.

    "DeepState warned that X, to the east, could …": the bearing is not DeepState's.
    """
    tokens, hits = checked.notes.sentence.tokens, checked.notes.sentence.hits
    inside = [h for h in hits if checked.draft.start <= tokens[h.i].start < checked.draft.end]
    verbless = not any(
        h.kind in {"be", "have"} or (h.kind == "lie" and h.form in {"s", "past"}) for h in inside
    )
    return checked.kind in _TIMELESS and verbless


def _record(
    speaker: Speaker, channel: str | None, first: date | None, last: date | None
) -> Attribution:
    return Attribution(
        naming=speaker.naming, speaker=speaker.name, role=speaker.role,
        organisation=speaker.organisation, channel=channel, said_first=first, said_last=last,
        private=speaker.private,
    )  # fmt: skip


def _said(notes: Notes, frame: Frame | None) -> tuple[date | None, date | None]:
    """Return when it was said: the time in the words around the verb, or before them."""
    if frame is None or frame.j == frame.i:
        return None, None
    tokens = notes.sentence.tokens
    # "In a speech on Wednesday night, he said that": the time stands before the subject.
    leading = bool(frame.scope) and frame.scope[0][0] >= frame.j
    start = tokens[0 if leading else frame.i].start
    for found in notes.times:
        if found.start is not None and start <= found.start < tokens[frame.j - 1].end:
            return found.first, found.last
    return None, None


def _footing(kind: Kind, attribution: Attribution, said: Evidential, *, hedged: bool) -> Evidential:
    if kind is Kind.META:
        return Evidential.DISCLAIMER
    if attribution.naming is not Naming.REPORTER:
        return said
    if kind in _JUDGED:
        return Evidential.ANALYSIS
    return Evidential.HEDGED if hedged else Evidential.OWN_VOICE


def _out_of_scope(document: Document, draft: ClaimDraft, kind: Kind) -> str | None:
    """Return why policy forbids to check it: where units go is found and left alone."""
    if kind not in {Kind.MOVEMENT, Kind.EVENT}:
        return None
    words = set(document.article.text[draft.start : draft.end].lower().replace(",", " ").split())
    return OUT_OF_SCOPE if words & _UNIT_WORDS else None


def _with_disclaimers(document: Document, claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims, lowered by the disclaimers that follow them."""
    out = list(claims)
    for meta in claims:
        if meta.kind is not Kind.META:
            continue
        words = document.article.text[meta.span.start : meta.span.end]
        for k in disclaimed(claims, meta, words):
            out[k] = replace(out[k], disclaimed_by=meta.id, evidential=Evidential.NOT_CONFIRMED)
    return out
