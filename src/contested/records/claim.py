"""A claim: what an article says, who says it, where, when and how much."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class Kind(StrEnum):
    """What a claim is about."""

    CONTROL = "control"
    CHANGE_OF_CONTROL = "change_of_control"
    MOVEMENT = "movement"
    DISTANCE = "distance"
    LENGTH = "length"
    LENGTH_AREA = "length_area"
    LOCATION = "location"
    SHARE = "share"
    COUNT = "count"
    POPULATION = "population"
    CASUALTY = "casualty"
    FORCE_RATIO = "force_ratio"
    SUPERLATIVE = "superlative"
    COMPARISON = "comparison"
    DATE_EVENT = "date_event"
    EVENT = "event"
    FORECAST = "forecast"
    RISK = "risk"
    INTENTION = "intention"
    OPINION = "opinion"
    META = "meta"


class Comparator(StrEnum):
    """How a number is meant."""

    EXACTLY = "exactly"
    ABOUT = "about"
    ALMOST = "almost"
    LESS_THAN = "less_than"
    MORE_THAN = "more_than"
    AT_LEAST = "at_least"
    UP_TO = "up_to"
    AS_SMALL_AS = "as_small_as"


class Naming(StrEnum):
    """How the one who says it is named; `UNCLEAR` rather than a wrong speaker."""

    REPORTER = "reporter"
    NAMED = "named"
    PARTLY_NAMED = "partly_named"
    ORGANISATION = "organisation"
    ANONYMOUS_GROUP = "anonymous_group"
    UNNAMED_DOCUMENT = "unnamed_document"
    IMPERSONAL = "impersonal"
    UNCLEAR = "unclear"


class Evidential(StrEnum):
    """On what footing it is said."""

    OWN_VOICE = "own_voice"
    ACCORDING_TO_MAP = "according_to_map"
    CLAIMED = "claimed"
    DIRECT_QUOTE = "direct_quote"
    NOT_CONFIRMED = "could_not_be_independently_confirmed"
    HEDGED = "hedged"
    ANALYSIS = "analysis"
    CONFIRMED = "confirmed"
    DISCLAIMER = "disclaimer"


@dataclass(frozen=True, slots=True)
class Span:
    """``text[start:end]``, in the paragraph with that number."""

    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit.

    Attributes
    ----------
    start, end
        Offsets of its words, comparator included.
    value, high
        The number, and the upper end of a range (`None` without one).
    unit
        ``km``, ``mile``, ``metre``, ``km2``, ``fraction``, ``ratio``, ``people``, ``count``,
        ``day``, ``year``…
    si_value, si_unit
        Lengths in km, areas in km², durations in days; else as `value` and `unit`.
    """

    start: int
    end: int
    value: float
    high: float | None
    unit: str
    comparator: Comparator
    si_value: float
    si_unit: str


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """When: first and last day, both included.

    Attributes
    ----------
    surface
        The words, or `None` where the time was carried or comes from the publication.
    first, last
        `None` where a relative date has no dateline to stand on.
    basis
        ``explicit``, ``relative``, ``named period``, ``carried``, ``future``,
        ``publication date`` or ``unresolved: no date of publication``.
    """

    surface: str | None
    start: int | None
    end: int | None
    first: date | None
    last: date | None
    precision: str
    basis: str


@dataclass(frozen=True, slots=True)
class ClaimPlace:
    """A place that a claim speaks of.

    Attributes
    ----------
    surface, start, end
        The words that name it; they stand outside the claim's span where the claim says
        "the city" and the name came earlier.
    role
        ``place``, or ``reference`` for what a distance or bearing is measured from.
    relation
        ``near``, ``east of``, ``southwestern edge of`` …, as the words have it.
    """

    surface: str
    start: int
    end: int
    place_id: str | None
    name: str
    kind: str
    lat: float | None
    lon: float | None
    role: str
    relation: str | None
    uncertainty_km: float | None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says it.

    Attributes
    ----------
    private
        The speaker is a private person or a soldier: everything that leaves the machine shows
        the role only.
    """

    naming: Naming
    speaker: str | None = None
    role: str | None = None
    organisation: str | None = None
    channel: str | None = None
    said_first: date | None = None
    said_last: date | None = None
    private: bool = False


@dataclass(frozen=True, slots=True)
class Extractor:
    """What found the claim."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim; ``text[span.start:span.end]`` is its words.

    Attributes
    ----------
    also
        Other kinds that the same words are.
    disclaimed_by
        Id of the `meta` claim that lowers this one.
    out_of_scope
        Why policy forbids to check it, or `None`.
    """

    id: str
    span: Span
    kind: Kind
    also: tuple[Kind, ...]
    subject: str | None
    places: tuple[ClaimPlace, ...]
    time: TimeSpan | None
    quantities: tuple[Quantity, ...]
    attribution: Attribution
    evidential: Evidential
    hedges: tuple[str, ...]
    negated: bool
    conditional: bool
    disclaimed_by: str | None
    extractor: Extractor
    out_of_scope: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """What an extractor may say: kinds and offsets, never a value.

    Attributes
    ----------
    quantities, times, places
        Offsets of words; the validator reads number, date and place from them anew. Times and
        places may stand before the span: "the city" named two sentences earlier.
    subject
        Offsets of the words that name what it is about.
    """

    start: int
    end: int
    kind: str
    also: tuple[str, ...] = ()
    subject: tuple[int, int] | None = None
    quantities: tuple[tuple[int, int], ...] = ()
    times: tuple[tuple[int, int], ...] = ()
    places: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Dropped:
    """A draft that was refused, and why."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one article."""

    claims: tuple[Claim, ...] = ()
    dropped: tuple[Dropped, ...] = field(default=())
