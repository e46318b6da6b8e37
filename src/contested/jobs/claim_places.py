"""The places of claims, looked up in the gazetteer: what a name means beside the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contested.places.choose import Context, resolve
from contested.places.extent import POPULATED
from contested.places.relations import rough

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from contested.places.gazetteer import Gazetteer
    from contested.records import Place
    from contested.records.claim import Claim, ClaimPlace

SAME_KM: Final = 15.0
"""A place whose stated point lies further off is another place."""

_KINDS: Final = {"PPL": None, "ADM1": "region", "PCLI": "country", "LINE": "line", "RGN": "area"}


def known_places(
    gazetteer: Gazetteer, claims: Iterable[Claim]
) -> Mapping[ClaimPlace, Place | None]:
    """Return what every place of some claims is; `None` where it is not known or not sure."""
    wanted = list(dict.fromkeys(place for claim in claims for place in claim.places))
    found = {place: _by_point(gazetteer, place) for place in wanted}
    anchors = tuple(
        (place.lon, place.lat) for place in found.values() if place and place.kind in POPULATED
    )
    for place in wanted:
        if found[place] is None and not (place.lat is not None and place.kind == "PPL"):
            found[place] = _by_name(gazetteer, place, anchors)
    return _again(gazetteer, found)


def _again(
    gazetteer: Gazetteer, found: dict[ClaimPlace, Place | None]
) -> dict[ClaimPlace, Place | None]:
    """Look up names that could be several places once more, near those that are certain."""
    anchors = tuple((one.lon, one.lat) for one in found.values() if one and one.kind in POPULATED)
    if not anchors:
        return found
    return {
        place: one or (_by_name(gazetteer, place, anchors) if place.lat is None else None)
        for place, one in found.items()
    }


def _by_point(gazetteer: Gazetteer, place: ClaimPlace) -> Place | None:
    """Return the place of an identifier, or the namesake at the stated point."""
    if place.place_id is not None:
        entry = gazetteer.entry(place.place_id)
        return None if entry is None else entry.place
    if place.lat is None or place.lon is None:
        return None
    near = [
        (rough(place.lon, place.lat, match.place.lon, match.place.lat)[0], match.place)
        for match in gazetteer.match(place.name)
        if match.place.kind in POPULATED
    ]
    close = sorted((one for one in near if one[0] <= SAME_KM), key=lambda pair: pair[0])
    # The town, not the hamlet of the same name two kilometres nearer.
    return max(close, key=lambda p: p[1].population or 0)[1] if close else None


def _by_name(
    gazetteer: Gazetteer, place: ClaimPlace, anchors: tuple[tuple[float, float], ...]
) -> Place | None:
    kind = _KINDS.get(place.kind)
    if kind in {"line", "area"}:
        return None
    found = resolve(gazetteer, place.name, Context(anchors=anchors, kind=kind)).place
    if kind == "region" and found is not None and found.kind != "region":
        return None
    return found
