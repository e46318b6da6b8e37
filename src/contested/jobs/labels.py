"""The settlements that a map may label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contested.places.gazetteer import SETTLEMENTS

if TYPE_CHECKING:
    from contested.places.gazetteer import Gazetteer
    from contested.records import Place


def places_within(
    gazetteer: Gazetteer, west: float, south: float, east: float, north: float
) -> tuple[Place, ...]:
    """Return the settlements of a box in degrees."""
    return tuple(
        place
        for place in gazetteer.places(tuple(SETTLEMENTS))
        if west <= place.lon <= east and south <= place.lat <= north
    )
