"""How large a place is where no polygon says so (METHODS.md §5)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from contested.records import DISTRICT

if TYPE_CHECKING:
    from contested.records import Place

PEOPLE_PER_KM2: Final = 3000.0
CITY: Final = 50_000
TOWN: Final = 5_000
VILLAGE_DISC_BELOW: Final = 2_000

SETTLEMENTS: Final = frozenset({"city", "town", "village", "settlement"})
"""Kinds of places that are counted, ranked and named on maps, each once."""

POPULATED: Final = SETTLEMENTS | {DISTRICT}
"""Kinds of places that a text may speak of as places where people live; the others are regions,
countries, seas. A district is found by its name, but counts as a part of its city."""


VAGUE_KM: Final = 3.0
"""A settlement whose point is less certain than this is not measured there without a word."""


def stands_vaguely(place: Place) -> bool:
    """Say whether a settlement's point is not its own, such as its hromada's centroid."""
    own = max(round(extent_km(place.population), 2), VAGUE_KM)  # gazetteers round so
    return place.kind in SETTLEMENTS and (place.uncertainty_km or 0.0) > own


def extent_km(population: int | None) -> float:
    """Return the radius of the disc that holds a population at 3,000 people to the km²."""
    return math.sqrt((population or 0) / PEOPLE_PER_KM2 / math.pi)


def disc_radius_km(population: int | None) -> float:
    """Return the radius in which a settlement's status is measured.

    2 km; 1 km for villages under 2,000. A place without a figure counts as a village.
    """
    return 1.0 if (population or 0) < VILLAGE_DISC_BELOW else 2.0


def kind_of(population: int | None) -> str:
    """Return city, town or village by population, ``settlement`` where it is not known.

    GeoNames as shipped does not carry the official type of a settlement; 50,000 and 5,000 part
    them here.
    """
    if not population:
        return "settlement"
    if population >= CITY:
        return "city"
    return "town" if population >= TOWN else "village"
