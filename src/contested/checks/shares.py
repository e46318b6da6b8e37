"""Shares of a place's disc over time, as several kinds of claim ask them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contested.checks import words
from contested.checks.case import CAPTURE_LAG, SECTOR_RADIUS_KM, sector_of
from contested.checks.needs import Shares
from contested.checks.wording import on, say
from contested.places.extent import disc_radius_km
from contested.records import Method
from contested.records.verdict import Compared

if TYPE_CHECKING:
    from datetime import date

    from contested.checks.case import Case
    from contested.checks.needs import SharesFound
    from contested.records import Place
    from contested.records.claim import ClaimPlace

HALF = 0.5
_SECTOR_WORDS = {
    "ne": "north-east", "se": "south-east", "sw": "south-west", "nw": "north-west",
    "n": "north", "e": "east", "s": "south", "w": "west",
}  # fmt: skip


def ask(case: Case, said: ClaimPlace, place: Place) -> Shares:
    """Return the need for the shares of a place over the time of a claim."""
    first, last = case.window
    sector = sector_of(said)
    radius = SECTOR_RADIUS_KM if sector else disc_radius_km(place.population)
    return Shares(place.lon, place.lat, radius, sector, first - CAPTURE_LAG, last + CAPTURE_LAG)


def piece(need: Shares, place: Place) -> str:
    """Return the ground of a need in words: the south-west quarter of a 3 km disc round X."""
    disc = f"a {need.radius_km:g} km disc round {place.name}"
    return f"the {_SECTOR_WORDS[need.sector]} quarter of {disc}" if need.sector else disc


def method(need: Shares) -> Method:
    """Return the method of a share with its parameters."""
    return Method("disc-share", "1", {"radius_km": need.radius_km, "sector": need.sector})


@dataclass(frozen=True, slots=True)
class Span:
    """Positions of the maps whose day lies in a span: ``range(first, last)``."""

    first: int
    last: int

    def __bool__(self) -> bool:
        return self.last > self.first


def span(found: SharesFound, first: date, last: date) -> Span:
    """Return which maps have their day in a span."""
    inside = [i for i, one in enumerate(found.maps) if first <= one.as_of <= last]
    return Span(inside[0], inside[-1] + 1) if inside else Span(0, 0)


def known(found: SharesFound, until: date) -> int | None:
    """Return the newest map whose day lies before the day known, or `None`."""
    before = [i for i, one in enumerate(found.maps) if one.as_of < until]
    return before[-1] if before else None


def crossed(found: SharesFound, least: float) -> int | None:
    """Return the first map on which so much was controlled, or `None`."""
    hits = (found.controlled >= least).nonzero()[0]
    return int(hits[0]) if len(hits) else None


def shown(found: SharesFound, index: int, need: Shares, place: Place) -> str:
    """Return the sentence that says what one map shows."""
    slots = {
        "map": on(found.maps[index]),
        "share": words.share(float(found.controlled[index])),
        "piece": piece(need, place),
    }
    if found.contested is None:
        return say("share", **slots)
    return say("share_contested", contested=words.share(float(found.contested[index])), **slots)


def compared(
    found: SharesFound, index: int, need: Shares, place: Place, *, holds: bool | None
) -> Compared:
    """Return the share on one map as what was compared."""
    value = float(found.controlled[index])
    return Compared(
        what=f"occupied or held since 2014, {piece(need, place)}",
        claimed=None,
        found=f"{words.share(value)} on {words.day(found.maps[index].as_of)}",
        value=round(value, 4),
        unit="share",
        tolerance="maps within 3 days",
        holds=holds,
    )
