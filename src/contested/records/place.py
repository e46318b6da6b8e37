"""A settlement as a gazetteer knows it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A named place.

    Attributes
    ----------
    id
        Identifier with its authority, such as ``geonames:704422``.
    lon, lat
        The gazetteer's point, degrees WGS84.
    population, population_source
        Inhabitants and the vintage of the figure; `None` where unknown.
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
