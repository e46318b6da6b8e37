"""An article analysed once: sentences with their numbers, times, places and speakers.

Extractors propose offsets into it; the validator reads values from it. Neither can put in a value
that the words do not hold.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from contested.claims.attribution import Context, Frame, frames
from contested.claims.interviews import FEWEST_QUESTIONS, voices
from contested.claims.people import Cast, Speaker, introduced, names
from contested.claims.protocol import PlaceFinder, PlaceMention
from contested.claims.quantities import CARRIED, quantities
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
        Who speaks throughout a paragraph, by its number: the answers of an interview.
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
        voice = self.voices.get(notes.sentence.paragraph)
        if voice is not None:
            # Whom the interviewed quote is theirs to answer for, as all of the answer.
            return voice, None
        frame = _frame_over(notes, start, end) if notes.frames else None
        if frame is not None:
            return frame.speaker, frame
        return (self._speaker_of_quote(notes) if quoted else None), None

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
    asked = sum(notes.sentence.tokens[-1].text == "?" for notes in found)
    spoken = {}
    if asked >= FEWEST_QUESTIONS:
        spans = tuple((m.start, m.end) for m in mentions)
        read = [n.sentence for n in found]
        spoken = voices(read, spans, lexicon.demonyms, cast, article.byline)
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
    how_much = _undated(quantities(sentence, lexicon, recent.measured), when)
    recent.counted(how_much)
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
        self._measured: Quantity | None = None

    @property
    def measured(self) -> Quantity | None:
        """The last measure or number of people in this paragraph."""
        return self._measured

    def counted(self, found: Sequence[Quantity]) -> None:
        """Remember what was measured last: "the figure" of the next sentence."""
        self._measured = next((q for q in reversed(found) if q.unit in CARRIED), self._measured)

    def next_paragraph(self) -> None:
        self._measured = None
        self._before, self._now = self._now or self._before, []

    def heard(self, found: Sequence[Frame]) -> None:
        for frame in found:
            speaker = with_channel(frame.speaker, frame.channel)
            if speaker.naming not in {Naming.IMPERSONAL, Naming.UNCLEAR}:
                self._now.append(speaker)

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
