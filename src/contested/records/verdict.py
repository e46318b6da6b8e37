"""A verdict: what was compared, what was found, on which maps, by which method."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from contested.records.claim import Claim
    from contested.records.figure import Method


class Finding(StrEnum):
    """The word of a verdict, exactly as it is shown and exported."""

    SUPPORTED = "supported"
    MATCHES = "matches the map it cites"
    PARTLY = "partly supported"
    DISPUTED = "disputed between sources"
    OUTDATED = "outdated"
    CONTRADICTED = "contradicted"
    FIGURES_ONLY = "figures only"
    NOT_HELD = "not held"
    NOT_CHECKABLE = "not checkable"


class Reason(StrEnum):
    """Why a claim is not checkable."""

    OPINION = "opinion"
    INTENTION = "intention"
    PENDING = "pending"
    NO_OPEN_DATA = "no open data"
    TOO_VAGUE = "too vague"
    OUT_OF_SCOPE = "out of scope by policy"


class Sure(StrEnum):
    """How sure the reading of a claim is; says nothing about the verdict."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class MapUsed:
    """A map that a verdict rests on.

    Attributes
    ----------
    shown_as
        How a sentence names it: "DeepState’s map".
    lineage
        Whose assessment it goes back to: sources of one lineage are one voice.
    """

    source: str
    lineage: str
    as_of: date
    sha256: str
    shown_as: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing that was compared.

    Attributes
    ----------
    claimed, found
        In words with units, both km and miles; `claimed` `None` where the claim names no figure.
    value, low, high
        The figure found and its range, in `unit`; `None` where it is not a number.
    holds
        Whether the claim agrees; `None` where nothing is judged.
    """

    what: str
    claimed: str | None
    found: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    tolerance: str | None = None
    holds: bool | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one claim at one time.

    Attributes
    ----------
    verdict
        The word.
    reason
        Why it is not checkable, else `None`.
    number
        The figure found in one line, as it stands beside the chip.
    sentence
        What which map of which day shows, and how the claim compares.
    notes
        Limits a reader must know.
    maps, records
        Maps, and facts of the gazetteer and of series, that were looked at: the evidence.
    same_source
        The claim quotes the source it is checked against: no independent confirmation.
    known_until
        The day up to which maps were taken.
    """

    verdict: Finding
    sentence: str
    known_until: date
    reason: Reason | None = None
    number: str | None = None
    compared: tuple[Compared, ...] = ()
    notes: tuple[str, ...] = ()
    maps: tuple[MapUsed, ...] = ()
    records: tuple[str, ...] = ()
    methods: tuple[Method, ...] = ()
    same_source: bool = False


@dataclass(frozen=True, slots=True)
class ReadingOf:
    """How sure it is that the claim was read as it was meant, and why not more."""

    sure: Sure
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's verdict, laid over the machine's and never in its place."""

    claim_id: str
    verdict: Finding
    why: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """A claim with its verdicts.

    Attributes
    ----------
    id
        Known in the book: hash of everything that makes the claim and its publication.
    quote
        At most six words of the text, or what a person entered.
    verdict
        As of publication.
    now
        The same question on the newest map; `None` where time makes no difference.
    judgements
        What persons said about it, oldest first.
    """

    id: str
    claim: Claim
    quote: str
    published: date
    verdict: Verdict
    now: Verdict | None
    reading: ReadingOf
    judgements: tuple[Judgement, ...] = ()
