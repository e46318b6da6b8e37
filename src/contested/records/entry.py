"""One entry of a book's ledger."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class EntryKind(StrEnum):
    """What an entry records.

    The ledger takes any other word as well: a kind that is added later (a claim, a verdict, a
    person's judgement) needs no migration.
    """

    SNAPSHOT = "snapshot"
    SIGHTING = "sighting"
    QUARANTINE = "quarantine"
    PERMIT = "permit"
    PERMIT_WITHDRAWN = "permit_withdrawn"
    TERMS_SHOWN = "terms_shown"
    SETTING = "setting"


HASH_OF_BODY: Final = frozenset({"claim", "verdict"})
"""Kinds whose `sha256` is that of their own body as canonical JSON; no blob goes with them."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry before the ledger has numbered and chained it.

    Attributes
    ----------
    at
        When it was recorded, with a time zone.
    source, sha256
        The source it speaks of and the bytes it names in the archive; `None` where it does not.
        Of the kinds in `HASH_OF_BODY` it is the hash of the body.
    body
        Everything else, as JSON values.
    """

    kind: str
    at: datetime
    body: Mapping[str, Any]
    source: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it stands in the ledger: never changed, never deleted.

    Attributes
    ----------
    seq
        Counted from 1 without gaps.
    at
        UTC.
    prev_hash, hash
        Hex digests: of the entry before (64 zeros for the first) and of this one with it.
    """

    seq: int
    at: datetime
    kind: str
    source: str | None
    sha256: str | None
    body: Mapping[str, Any]
    prev_hash: str
    hash: str
