"""Places of a text through the gazetteer: `contested.places` behind `PlaceFinder`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contested.claims.protocol import PlaceMention
from contested.places.document import locate
from contested.places.extent import POPULATED

if TYPE_CHECKING:
    from datetime import date

    from contested.places.document import Located
    from contested.places.gazetteer import Gazetteer

_KINDS: Final = {"region": "admin", "country": "country", "raion": "admin", "hromada": "admin"}
_COARSE: Final = frozenset({"region", "oblast", "province", "krai", "republic"})


class GazetteerFinder:
    """Finds places by the gazetteer, each in the light of the others."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def find(self, text: str, published: date | None) -> list[PlaceMention]:
        """Return the mentions in order; one whose namesakes cannot be told apart has no point."""
        del published
        return [_mention(found) for found in locate(self._gazetteer, text)]


def _mention(found: Located) -> PlaceMention:
    mention, place = found.mention, found.place
    kind = _kind(found)
    point = place if kind == "settlement" else None
    return PlaceMention(
        start=mention.start,
        end=mention.end,
        surface=mention.name,
        name=place.name if place else mention.name,
        kind=kind,
        place_id=place.id if place else None,
        lat=point.lat if point else None,
        lon=point.lon if point else None,
        uncertainty_km=found.uncertainty_km,
    )


def _kind(found: Located) -> str:
    place, stated = found.place, found.mention.kind
    if place is None:
        return "admin" if stated in _COARSE else "settlement"
    if place.kind in POPULATED:
        return "settlement"
    return _KINDS.get(place.kind, "region")
