"""A settlement, region or country as a gazetteer knows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

DISTRICT: Final = "district"
"""Kind of a part of a town: found by its name, but counted, ranked and labelled with its town."""


@dataclass(frozen=True, slots=True)
class Population:
    """How many people, in which year, by whom.

    Attributes
    ----------
    year
        Year of the figure; `None` where the source does not date it, which `source` then says.
    """

    value: int
    year: int | None
    source: str


@dataclass(frozen=True, slots=True)
class Place:
    """A named place.

    Attributes
    ----------
    id
        Identifier with its authority, such as ``geonames:704422``, ``pcode:UA1416021035`` or
        ``iso:UA-14``.
    lon, lat
        The gazetteer's point, degrees WGS84.
    kind
        ``city``, ``town``, ``village`` (by population, see `docs/explain/places.md`),
        ``settlement`` (no population known), ``district`` (a part of a town), ``region``,
        ``country``, ``area`` or ``sea``.
    population, population_source
        Inhabitants and the vintage of the figure; `None` where unknown.
    admin1
        Code of the first-level division within the country, as in GeoNames (05 is Donetsk oblast).
    populations
        Every figure known, the preferred one first; vintages are never mixed.
    uncertainty_km
        Radius within which the place, or the part of it that is meant, lies.
    source
        Who says where the place is.
    """

    id: str
    name: str
    lon: float
    lat: float
    kind: str = "settlement"
    population: int | None = None
    population_source: str | None = None
    admin1: str | None = None
    country: str = "UA"
    populations: tuple[Population, ...] = ()
    pcode: str | None = None
    uncertainty_km: float | None = None
    source: str | None = None
