"""A claim made ready to be judged: its places known, its times and sides read."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from contested.places.extent import POPULATED
from contested.places.relations import DIRECTION
from contested.records.claim import Evidential

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from contested.records import Place
    from contested.records.claim import Claim, ClaimPlace, Quantity

CONTROL_LAG: Final = timedelta(days=3)
"""Maps lag: control is compared on maps so many days before and after."""

CAPTURE_LAG: Final = timedelta(days=14)
"""A day of capture may differ so much between sources."""

REGION_RADIUS_KM: Final = 25.0
SECTOR_RADIUS_KM: Final = 3.0

_RUSSIA = re.compile(r"\b(russia|kremlin|moscow|enemy|putin|occupier|invader)", re.IGNORECASE)
_UKRAINE = re.compile(r"\b(ukrain|kyiv|kiev|zelensk)", re.IGNORECASE)
_CONTESTED = re.compile(r"\bgr[ae]y zone|\bcontested|no man.?s land", re.IGNORECASE)
_HELD_BY_UKRAINE = re.compile(
    r"under ukrainian (?:control|rule)|ukrainian.(?:held|controlled)|held by ukrain|"
    r"government.controlled",
    re.IGNORECASE,
)
_COMPASS = re.compile(rf"\b({DIRECTION})(?:ern|ward|wards)?\b", re.IGNORECASE)
_NEARBY = re.compile(r"\b(near|around|outside|area|towards?|beyond|sector)\b", re.IGNORECASE)
_PART = re.compile(r"\b(edge|side|part|parts|outskirts|suburbs|bank|flank|half)\b", re.IGNORECASE)
_ALL_OF = re.compile(
    r"\b(all|whole|entire|entirely|entirety|every|full|fully|complete|completely|total|totally)\b",
    re.IGNORECASE,
)
_QUARTERS: Final = {
    "northeast": "ne", "southeast": "se", "southwest": "sw", "northwest": "nw",
    "north": "n", "east": "e", "south": "s", "west": "w",
}  # fmt: skip


class Side(StrEnum):
    """Who is said to hold or to move."""

    RUSSIA = "russia"
    UKRAINE = "ukraine"
    NEITHER = "contested"


@dataclass(frozen=True, slots=True)
class Case:
    """A claim to be judged at one time.

    Attributes
    ----------
    places
        What each place of the claim is, in its order; `None` where it is not known.
    published
        Day of publication.
    known_until
        Newest day whose publication counts: the day of publication, or the newest map for "now".
    words
        The claim's words where the text is at hand; never leaves the machine.
    """

    claim: Claim
    places: tuple[Place | None, ...]
    published: date
    known_until: date
    words: str | None = None

    @property
    def window(self) -> tuple[date, date]:
        """First and last day that the claim speaks of; the known day where it speaks of now."""
        time = self.claim.time
        if time is None or time.first is None or time.last is None or self.speaks_of_now:
            return self.known_until, self.known_until
        return time.first, time.last

    @property
    def speaks_of_now(self) -> bool:
        """Whether the claim's time is that of its publication."""
        time = self.claim.time
        return time is None or time.first is None or time.basis.startswith("publication")

    def at(self, known_until: date) -> Case:
        """Return the same claim asked with what was known on another day."""
        return replace(self, known_until=known_until)

    def settlements(self) -> list[tuple[ClaimPlace, Place]]:
        """Return the places of the claim that are settlements we know."""
        return [pair for pair in self._known() if pair[1].kind in POPULATED]

    def regions(self) -> list[tuple[ClaimPlace, Place]]:
        """Return the places of the claim that are regions we know."""
        return [pair for pair in self._known() if pair[1].kind == "region"]

    def _known(self) -> list[tuple[ClaimPlace, Place]]:
        pairs = zip(self.claim.places, self.places, strict=True)
        return [(said, place) for said, place in pairs if place is not None]

    def side(self) -> Side | None:
        """Return who is said to hold or to move; `None` where the claim does not say."""
        subject = self.claim.subject or ""
        if _CONTESTED.search(subject):
            return Side.NEITHER
        found = _side_in(subject)
        if found is None and self.words:
            found = Side.UKRAINE if _HELD_BY_UKRAINE.search(self.words) else None
        return found

    def means_all(self) -> bool:
        """Return whether all of a region is meant: said in so many words, or asked by field."""
        return self.words is None or _ALL_OF.search(self.words) is not None

    def bearing_word(self) -> str | None:
        """Return the direction that the claim states, as one word: north, southwest."""
        said = [place.relation for place in self.claim.places]
        for words in (*said, self.words):
            # "Southwestern edge of" is a part of a place, not a direction from it.
            if words and not _PART.search(words) and (found := _COMPASS.search(words)):
                return found[1].lower().replace("-", "").replace(" ", "")
        return None

    def quantity(self, si_unit: str) -> Quantity | None:
        """Return the first quantity in an SI unit, such as ``km`` or ``people``."""
        return next((q for q in self.claim.quantities if q.si_unit == si_unit), None)

    def cites(self, lineage: str) -> bool:
        """Return whether the claim quotes this source."""
        said = self.claim.attribution
        words = " ".join(filter(None, (said.organisation, said.speaker, said.role, said.channel)))
        quoted = said.channel is not None or self.claim.evidential is Evidential.ACCORDING_TO_MAP
        named = lineage in words.lower().replace(" ", "").replace("-", "")
        return named and (quoted or said.organisation is not None)


def _side_in(words: str) -> Side | None:
    russia, ukraine = _RUSSIA.search(words), _UKRAINE.search(words)
    if russia and (not ukraine or russia.start() < ukraine.start()):
        return Side.RUSSIA
    return Side.UKRAINE if ukraine else None


def sector_of(said: ClaimPlace) -> str | None:
    """Return the quarter of a place that is meant ("southwestern edge of": ``sw``), or `None`."""
    if not said.relation or not _PART.search(said.relation):
        return None
    found = _COMPASS.search(said.relation)
    if not found:
        return None
    return _QUARTERS.get(found[1].lower().replace("-", "").replace(" ", ""))


def is_near(said: ClaimPlace) -> bool:
    """Return whether the country round a place is meant rather than the place."""
    relation = said.relation or ""
    beside = _COMPASS.search(relation) and not _PART.search(relation)
    return bool(_NEARBY.search(relation) or beside)


def names(places: Iterable[Place]) -> str:
    """Return places in words: A, B and C."""
    items = [place.name for place in places]
    return " and ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))
