"""An article analysed once: sentences with their numbers, times, places and speakers.

Extractors propose offsets into it; the validator reads values from it. Neither can put in a value
that the words do not hold.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from contested.claims.attribution import Context, Frame, frames
from contested.claims.interviews import voices
from contested.claims.people import Cast, Speaker, introduced, names
from contested.claims.protocol import PlaceFinder, PlaceMention
from contested.claims.quantities import quantities, to_si
from contested.claims.speakers import only_speaker, subject_person, with_channel
from contested.claims.times import times
from contested.claims.tokens import sentences
from contested.records.article import READ_PARTS, Article
from contested.records.claim import Naming, Quantity, TimeSpan

if TYPE_CHECKING:
    from datetime import date

    from contested.claims.lexicon import Lexicon
    from contested.claims.tokens import Sentence

_PERSONS: Final = frozenset({Naming.NAMED, Naming.PARTLY_NAMED})
SHORT_QUOTE_WORDS: Final = 3
"""A quotation of fewer words is a term in quotation marks, not speech."""


class Notes(NamedTuple):
    """A sentence with what was read from it.

    Attributes
    ----------
    speech
        The quotations that are speech, not terms.
    """

    sentence: Sentence
    quantities: tuple[Quantity, ...]
    times: tuple[TimeSpan, ...]
    places: tuple[PlaceMention, ...]
    frames: tuple[Frame, ...]
    speech: tuple[tuple[int, int], ...]

    def quoted(self, start: int, end: int) -> bool:
        """Return whether most of ``text[start:end]`` stands in quotation marks."""
        if not self.speech:
            return False
        inside = sum(
            max(0, min(end, q_end) - max(start, q_start)) for q_start, q_end in self.speech
        )
        return inside * 2 > end - start


@dataclass(frozen=True, slots=True)
class Document:
    """An article with the notes of every sentence that is read, in order.

    Attributes
    ----------
    starts
        Offset of the first word of each sentence.
    cast
        Everybody who is named.
    by_start
        The mentions by their offset.
    voices
        Who speaks in a paragraph, where the text is an interview.
    """

    article: Article
    notes: tuple[Notes, ...]
    starts: tuple[int, ...]
    mentions: tuple[PlaceMention, ...]
    cast: Cast
    by_start: Mapping[int, PlaceMention]
    voices: Mapping[int, Speaker] = field(default_factory=dict)

    def notes_at(self, offset: int) -> Notes | None:
        """Return the sentence that an offset lies in."""
        at = bisect_right(self.starts, offset) - 1
        if at < 0:
            return None
        notes = self.notes[at]
        return notes if offset <= notes.sentence.tokens[-1].end else None

    def speaker_of(self, start: int, end: int) -> tuple[Speaker | None, Frame | None]:
        """Return who says ``text[start:end]``, and the frame that says so.

        `None` is the publication's own voice. A quotation that nobody can be named for is
        `Naming.UNCLEAR`.
        """
        notes = self.notes_at(start)
        if notes is None:
            return None, None
        return self.speaker_in(notes, start, end, quoted=notes.quoted(start, end))

    def speaker_in(
        self, notes: Notes, start: int, end: int, *, quoted: bool
    ) -> tuple[Speaker | None, Frame | None]:
        """Return the same for words of a sentence that most of which are `quoted` or not."""
        frame = _frame_over(notes, start, end) if notes.frames else None
        if frame is not None:
            return frame.speaker, frame
        if quoted:
            return self._speaker_of_quote(notes), None
        return self.voices.get(notes.sentence.paragraph), None

    def _speaker_of_quote(self, notes: Notes) -> Speaker:
        """Return the only speaker of the quotation's paragraph; else nobody."""
        number = notes.sentence.paragraph
        here = [
            frame for other in self.notes if other.sentence.paragraph == number
            for frame in other.frames
        ]  # fmt: skip
        return only_speaker(here) or Speaker(Naming.UNCLEAR)


def _frame_over(notes: Notes, start: int, end: int) -> Frame | None:
    """Return the narrowest frame whose scope holds the middle of the words."""
    middle = (start + end) // 2
    tokens = notes.sentence.tokens
    best: tuple[int, Frame] | None = None
    for frame in notes.frames:
        for i, j in frame.scope:
            if i < j and tokens[i].start <= middle <= tokens[j - 1].end:
                size = sum(b - a for a, b in frame.scope)
                if best is None or size < best[0]:
                    best = size, frame
    return best[1] if best else None


def analyse(article: Article, lexicon: Lexicon, finder: PlaceFinder) -> Document:
    """Return the article with everything that can be read from its words."""
    mentions = tuple(finder.find(article.text, article.published))
    found: list[Notes] = []
    cast, recent = Cast({}), _Recent()
    for paragraph in article.paragraphs:
        if paragraph.part not in READ_PARTS:
            continue
        recent.next_paragraph()
        found.extend(
            _notes(sentence, article.published, lexicon, mentions, cast, recent)
            for sentence in sentences(
                article.text, paragraph.start, paragraph.end,
                paragraph=paragraph.number, lexicon=lexicon,
            )
        )  # fmt: skip
    starts = tuple(notes.sentence.start for notes in found)
    by_start = {mention.start: mention for mention in mentions}
    read = [p for p in article.paragraphs if p.part in READ_PARTS]
    spoken = voices(article, read, cast, {mention.surface for mention in mentions})
    return Document(article, tuple(found), starts, mentions, cast, by_start, spoken)


def _notes(
    sentence: Sentence,
    published: date | None,
    lexicon: Lexicon,
    mentions: Sequence[PlaceMention],
    cast: Cast,
    recent: _Recent,
) -> Notes:
    first = bisect_left(mentions, sentence.start, key=_start)
    last = bisect_left(mentions, sentence.end, key=_start)
    inside = tuple(mentions[first:last])
    spans = tuple((m.start, m.end) for m in inside)
    named = names(sentence, 0, len(sentence.tokens), spans)
    for i, j in named:
        person = introduced(sentence, i, j)
        if person is not None:
            cast.meet(person)
    context = Context(spans, lexicon.demonyms, cast, recent.speakers())
    read = frames(sentence, context)
    recent.heard(read)
    if not read:
        recent.seen(subject_person(sentence, context, named))
    when = times(sentence, published, lexicon)
    how_much = _undated(quantities(sentence, lexicon), when)
    how_much = recent.in_unit_of_before(sentence, how_much)
    return Notes(sentence, how_much, when, inside, read, _speech(sentence))


def _undated(found: tuple[Quantity, ...], when: tuple[TimeSpan, ...]) -> tuple[Quantity, ...]:
    """Return the quantities that are no part of a date: the 18 of "November 17 and 18"."""
    if not found or not when:
        return found
    spans = [(t.start, t.end) for t in when if t.start is not None and t.end is not None]
    return tuple(
        q for q in found
        if q.unit not in _COUNTS or not any(a <= q.start and q.end <= b for a, b in spans)
    )  # fmt: skip


_FIGURES: Final = frozenset("figure number total average peak toll tally it that sum".split())
_COUNTED: Final = frozenset(
    {"people_noun", "dweller_noun", "clash_noun", "actor_noun", "settle_noun", "unit_name"}
)
_COUNTS: Final = frozenset({"count", "people"})


def _speech(sentence: Sentence) -> tuple[tuple[int, int], ...]:
    if not sentence.quotes:
        return ()
    return tuple(
        (start, end)
        for start, end in sentence.quotes
        if sentence.index(end) - sentence.index(start) >= SHORT_QUOTE_WORDS
    )


def _start(mention: PlaceMention) -> int:
    return mention.start


class _Recent:
    """Who spoke in this paragraph and the one before: whom "he" and "it" can mean."""

    def __init__(self) -> None:
        self._before: list[Speaker] = []
        self._now: list[Speaker] = []
        self._unit: str | None = None

    def next_paragraph(self) -> None:
        self._before, self._now = self._now or self._before, []
        self._unit = None

    def heard(self, found: Sequence[Frame]) -> None:
        for frame in found:
            speaker = with_channel(frame.speaker, frame.channel)
            if speaker.naming not in {Naming.IMPERSONAL, Naming.UNCLEAR}:
                self._now.append(speaker)

    def in_unit_of_before(
        self, sentence: Sentence, found: tuple[Quantity, ...]
    ) -> tuple[Quantity, ...]:
        """Return bare numbers in the unit of the last quantity: "the figure exceeds 195,000"."""
        goes_on = not _FIGURES.isdisjoint(sentence.words[:8])
        if goes_on and self._unit is not None and not sentence.kinds & _COUNTED:
            unit = self._unit
            found = tuple(
                replace(q, unit=unit, si_value=to_si(q.value, unit)[0], si_unit=to_si(1, unit)[1])
                if q.unit == "count" else q for q in found
            )  # fmt: skip
        units = [q.unit for q in found if q.unit in {"people", "km2", "mile2"}]
        if found:
            self._unit = units[-1] if units else None
        return found

    def seen(self, person: Speaker | None) -> None:
        """Remember who a sentence is about: "he" of the next sentence."""
        if person is None:
            return
        others = {s.name for s in self._now if s.naming in _PERSONS} - {person.name}
        self._now.append(person)
        if others:
            # One spoke or was named, then another was named: "he" may be either.
            self._now.append(Speaker(Naming.UNCLEAR))

    def speakers(self) -> tuple[Speaker, ...]:
        """Return the speakers, latest last; a person before only where there was just one."""
        persons = {s.name for s in self._before if s.naming in _PERSONS}
        certain = [s for s in self._before if s.naming not in _PERSONS or len(persons) == 1]
        return (*certain, *self._now)
