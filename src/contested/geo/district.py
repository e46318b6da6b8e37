"""Which records are districts of a larger place: the one rule, for figures, ranks and labels.

GeoNames lists the districts of cities beside the city. Counted as places they double the people
of a city, and one of them (Pravyi Bereh of Mariupol, 352,088 on the undated record) is larger than
the city's own record. A gazetteer that knows says so in the place's kind. Where it does not, a
record inside the disc of a larger place of 50,000 and more counts as a district (METHODS.md §5).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from contested.geo.project import LAMBERT, points_to_plane
from contested.records import DISTRICT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from contested.records import Place

SECTIONS: Final = frozenset({DISTRICT, "section", "PPLX"})
OF_THEIR_OWN: Final = frozenset({"city", "town", "village"})
"""Kinds that the gazetteer gives in Ukraine to places it knows to be no districts."""

JUDGED: Final = "UA"
"""Country whose records were compared with its list of settlements; elsewhere the disc decides."""

CITY: Final = 50_000
PEOPLE_PER_KM2: Final = 3000


def district_mask(places: Sequence[Place], people: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which places are districts, shape (n,).

    Parameters
    ----------
    places
        With their kinds: what the gazetteer knows goes before the disc.
    people
        Inhabitants to compare by, shape (n,); 0 where unknown.
    """
    said = np.array([place.kind in SECTIONS for place in places], dtype=bool)
    known = np.array(
        [place.kind in OF_THEIR_OWN and place.country == JUDGED for place in places], dtype=bool
    )
    lonlat = np.array([(place.lon, place.lat) for place in places]).reshape(-1, 2)
    # A district is no city round which other districts could lie.
    cities = np.where(said, 0, people)
    district: NDArray[np.bool_] = said | (inside_larger(lonlat, cities) & ~known)
    return district


def inside_larger(lonlat: NDArray[np.float64], people: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which points lie inside the disc of a larger city, shape (n,).

    Parameters
    ----------
    lonlat
        Degrees, shape (n, 2).
    people
        Inhabitants, shape (n,). The disc of a city of 50,000 and more has the radius
        sqrt(people / 3000 / pi) km.
    """
    city = np.flatnonzero(people >= CITY)
    radius_km = np.sqrt(people[city] / PEOPLE_PER_KM2 / np.pi)
    xy = points_to_plane(lonlat, LAMBERT) / 1000
    away = np.hypot(*(xy[:, None, :] - xy[None, city, :]).transpose(2, 0, 1))
    smaller = people[:, None] < people[city]
    # Of two records with the same population and point, the first is the city.
    twin = people[:, None] == people[city]
    later = np.arange(len(people))[:, None] > city[None, :]
    inside: NDArray[np.bool_] = ((away <= radius_km) & (smaller | (twin & later))).any(axis=1)
    return inside
