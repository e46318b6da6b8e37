"""A source of maps: what it is, what it allows, how its dates are meant."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from contested.records.status import Status


class Use(StrEnum):
    """What somebody may want to do with a source's material."""

    STORE = "store"
    PUBLISH_IMAGE = "publish_image"
    PUBLISH_GEOMETRY = "publish_geometry"
    PUBLISH_AGGREGATE = "publish_aggregate"
    COMMERCIAL = "commercial"


@dataclass(frozen=True, slots=True)
class Rights:
    """What the terms allow, where they stand and when they were read.

    Attributes
    ----------
    allowed
        Uses that the terms allow without asking.
    terms, terms_url, read_on
        The terms in one sentence, their address and the day they were read.
    ask
        Whom to ask for a use that is not in `allowed`.
    checked
        How far the statements above were checked, and what is this project's own reading.
    """

    allowed: frozenset[Use]
    terms: str
    terms_url: str
    read_on: date
    ask: str
    checked: str = ""


@dataclass(frozen=True, slots=True)
class Permit:
    """A permission that somebody holds for one use of one source.

    Attributes
    ----------
    source
        Name of the source it was given for. A permit for the source that others derive from
        covers those too.
    by, ref
        Who gave it, and where that can be read (a letter's date, a contract's number).
    granted_on
        The day from which it holds.
    """

    source: str
    use: Use
    by: str
    ref: str
    granted_on: date


@dataclass(frozen=True, slots=True)
class Source:
    """One source of control maps.

    Attributes
    ----------
    kind
        ``"areas"`` or ``"points"``. Area figures refuse a source of points.
    lineage
        The source it derives from; two sources of one lineage are one vote, never two.
    assessed_by
        Whose assessment it is, as in "as assessed by …": the one home of the name that pages,
        prints and verdicts show. In brackets stands by which way it came, which print leaves out.
    rank
        Where several sources hold a day and none was asked for, the lowest rank answers.
    date_rule
        How a file's date becomes the day of its map, in words.
    """

    name: str
    title: str
    kind: str
    lineage: str
    rank: int
    cadence: str
    date_rule: str
    credit: str
    carries: frozenset[Status]
    rights: Rights
    home: str
    file_pattern: str
    fetch_url: str | None = None
    credits: tuple[str, ...] = ()
    assessed_by: str = ""
