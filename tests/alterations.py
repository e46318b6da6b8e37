"""Altered copies of claims: each changes one thing so that the statement no longer holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from contested.jobs.claim_files import GivenClaim
from contested.places.relations import rough
from contested.records.claim import Claim, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TWO_MONTHS = timedelta(days=61)
OPPOSITE = {
    "southwestern": "northeastern", "north": "south", "south": "north", "east": "west",
    "west": "east",
}  # fmt: skip
DATED = {Kind.CHANGE_OF_CONTROL, Kind.MOVEMENT, Kind.DATE_EVENT}
HELD = {Kind.CONTROL, Kind.CHANGE_OF_CONTROL}


def altered(given: Sequence[GivenClaim]) -> Iterator[tuple[str, GivenClaim]]:
    """Yield how a claim was altered, and the altered claim."""
    claims = [one.claim for one in given]
    for one in given:
        claim = one.claim
        for how, changed in _changes(claim, claims):
            yield how, GivenClaim(replace(changed, id=f"{claim.id}:{how}"), one.quote)


def _changes(claim: Claim, claims: Sequence[Claim]) -> Iterator[tuple[str, Claim]]:
    if claim.quantities:
        yield "number", replace(claim, quantities=tuple(_larger(q) for q in claim.quantities))
    swapped = _swapped(claim, claims)
    if swapped is not None:
        yield "place", swapped
    if claim.kind in DATED and claim.time is not None and claim.time.surface:
        time = claim.time
        # A span of months, moved by two, still holds most of its days: no alteration.
        apart = time.last - time.first < TWO_MONTHS
        for how, step in (("earlier", -TWO_MONTHS), ("later", TWO_MONTHS)) if apart else ():
            moved = replace(time, first=time.first + step, last=time.last + step)
            yield how, replace(claim, time=moved)
    turned = tuple(replace(p, relation=_turned(p.relation)) for p in claim.places)
    if turned != claim.places:
        yield "direction", replace(claim, places=turned)
    if claim.kind in HELD:
        yield "negated", replace(claim, negated=not claim.negated)


def _larger(quantity):
    high = None if quantity.high is None else quantity.high * 1.5
    return replace(
        quantity, value=quantity.value * 1.5, high=high, si_value=quantity.si_value * 1.5
    )


def _turned(relation: str | None) -> str | None:
    if relation is None:
        return None
    for word, other in OPPOSITE.items():
        if word in relation:
            return relation.replace(word, other)
    return relation


def _swapped(claim: Claim, claims: Sequence[Claim]) -> Claim | None:
    """Put the settlement of the article that is furthest away in place of the first one."""
    towns = [p for p in claim.places if p.kind == "PPL" and p.lat is not None]
    if not towns:
        return None
    first = towns[0]
    named = {p.name for p in claim.places}
    others = {
        p.name: p for other in claims for p in other.places
        if p.kind == "PPL" and p.lat is not None and p.name not in named
    }  # fmt: skip
    if not others:
        return None
    pick = max(others.values(), key=lambda p: rough(first.lon, first.lat, p.lon, p.lat)[0])
    put = replace(
        first, name=pick.name, surface=pick.name, lat=pick.lat, lon=pick.lon,
        place_id=pick.place_id,
    )  # fmt: skip
    return replace(claim, places=tuple(put if p is first else p for p in claim.places))
