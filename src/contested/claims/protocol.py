"""What `claims` asks of others: places in a text, and extractors that are plugged in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from contested.claims.document import Document
    from contested.records.claim import ClaimDraft

ENTRY_POINTS: Final = "contested.extractors"
"""Entry-point group under which an installed package offers a `ClaimExtractor`."""


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A name of a place in a text.

    Attributes
    ----------
    kind
        ``settlement``, ``admin`` (oblast, raion), ``country``, ``region`` or ``line``.
    lat, lon
        `None` where the mention is no point or its namesakes could not be told apart.
    """

    start: int
    end: int
    surface: str
    name: str
    kind: str
    place_id: str | None = None
    lat: float | None = None
    lon: float | None = None
    uncertainty_km: float | None = None


class PlaceFinder(Protocol):
    """Finds the names of places in a text and chooses among namesakes."""

    def find(self, text: str, published: date | None) -> Sequence[PlaceMention]:
        """Return the mentions in order of their offsets."""
        ...


class ClaimExtractor(Protocol):
    """Reads an article and says where claims are: offsets and kinds, never a value.

    Every draft goes through the validator, which reads numbers, places and dates from the
    words anew, or drops the draft with a reason.
    """

    name: str
    version: str

    def drafts(self, document: Document) -> Sequence[ClaimDraft]:
        """Return the drafts of a text; offsets are indices into ``document.article.text``."""
        ...
