"""Reach: how many people live within so many kilometres of controlled ground.

Method `reach/2`: people of places that are not under control, by the distance of the place's
point to controlled ground. A gazetteer lists the districts of a large city beside the city; they
are not counted again (`contested.geo.district`). `reach/1` took every record inside the disc of a
larger city for a district, towns of their own such as Pisochyn beside Kharkiv among them.
The answer names its population vintages and the places that decide it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from contested.errors import NotHeldError, UsageError
from contested.geo.district import CITY, PEOPLE_PER_KM2, district_mask
from contested.geo.project import LAMBERT, points_to_plane, to_plane
from contested.records import Method

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from contested.records import Place

RINGS_KM = (5.0, 15.0, 25.0, 40.0)
BAND_KM = 20.0
"""The band of 0–20 km that humanitarian plans use."""

MARGIN_KM = 2.0
DECIDING = 5


@dataclass(frozen=True, slots=True)
class Distances:
    """The distance of every place to controlled ground, and which places count.

    Attributes
    ----------
    places
        As they were given.
    people
        Inhabitants, shape (n,); 0 where unknown.
    km
        Distance of the place's point in km, shape (n,); 0 on controlled ground.
    under_control, district
        Shape (n,): the point is on controlled ground; the record is a district of a larger place.
    """

    places: tuple[Place, ...]
    people: NDArray[np.int64]
    km: NDArray[np.float64]
    under_control: NDArray[np.bool_]
    district: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ReachRing:
    """People within a distance.

    Attributes
    ----------
    people_low, people_high
        The figure at 2 km less and 2 km more.
    places
        Number of places counted.
    largest
        The places that make most of the figure.
    deciding
        The largest places within 2 km of the ring: those that move the range.
    """

    km: float
    people: int
    people_low: int
    people_high: int
    places: int
    largest: tuple[Place, ...]
    deciding: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """People within several distances of controlled ground.

    Attributes
    ----------
    band
        The 0–20 km band of humanitarian plans.
    vintages
        People counted in the widest ring by source and year of the population figure.
    unknown_population
        Places in the widest ring whose population is not known; they count no people.
    """

    method: Method
    rings: tuple[ReachRing, ...]
    band: ReachRing
    vintages: Mapping[str, int]
    unknown_population: int


@dataclass(frozen=True, slots=True)
class ReachChange:
    """Places that came into a ring between two maps, and places that left it.

    A place that came under control has left every ring; `taken` says which those are.
    """

    km: float
    entered: tuple[Place, ...]
    left: tuple[Place, ...]
    taken: tuple[Place, ...]


def distances(
    controlled: shapely.Geometry,
    places: Sequence[Place],
    *,
    also_from: shapely.Geometry | None = None,
) -> Distances:
    """Return the distance of every place to controlled ground.

    Parameters
    ----------
    controlled
        In degrees.
    places
        Settlements of one country; each counts at its point.
    also_from
        Other ground in degrees to measure from as well (Russia, for the second row).

    Raises
    ------
    NotHeldError
        If there is no place.
    """
    if not places:
        raise NotHeldError("no places held: add a gazetteer first")
    lonlat = np.array([(place.lon, place.lat) for place in places])
    people = np.array([place.population or 0 for place in places], dtype=np.int64)
    points = shapely.points(points_to_plane(lonlat, LAMBERT))
    ground = to_plane(controlled, LAMBERT)
    km = _distance_km(ground, points)
    under_control = km == 0
    if also_from is not None:
        km = np.minimum(km, _distance_km(to_plane(also_from, LAMBERT), points))
    return Distances(tuple(places), people, km, under_control, district_mask(places, people))


def reach(
    found: Distances,
    rings_km: Sequence[float] = RINGS_KM,
    *,
    only: NDArray[np.bool_] | None = None,
) -> Reach:
    """Return how many people live within each distance.

    Parameters
    ----------
    found
        From `distances`.
    rings_km
        Distances in km.
    only
        Shape (n,): places to count, those of one oblast for instance; all where `None`.

    Raises
    ------
    UsageError
        If a distance is not above 0.
    """
    wrong = [km for km in rings_km if not (np.isfinite(km) and km > 0)]
    if wrong or not rings_km:
        raise UsageError(f"reach within {wrong[0] if wrong else 0:g} km: give distances above 0")
    counted = ~found.under_control & ~found.district
    if only is not None:
        counted = counted & only
    rings = tuple(_ring(found, counted, km) for km in sorted({float(km) for km in rings_km}))
    inside = counted & (found.km <= rings[-1].km)
    parameters = {
        "margin_km": MARGIN_KM,
        "district_of": CITY,
        "people_per_km2": PEOPLE_PER_KM2,
    }
    return Reach(
        Method("reach", "2", parameters),
        rings,
        _ring(found, counted, BAND_KM),
        _vintages(found, inside),
        sum(found.places[i].population is None for i in np.flatnonzero(inside)),
    )


def reach_change(before: Distances, after: Distances, km: float) -> ReachChange:
    """Return the places that entered and left a ring between two maps.

    Raises
    ------
    UsageError
        If the two were not measured for the same places.
    """
    if before.places != after.places:
        raise UsageError("the two maps were measured for different places")
    was, now = (~d.under_control & ~d.district & (d.km <= km) for d in (before, after))
    taken = after.under_control & ~before.under_control & ~after.district
    return ReachChange(
        km,
        _named(after, now & ~was, len(now)),
        _named(after, was & ~now, len(now)),
        _named(after, taken, len(now)),
    )


def _distance_km(ground: shapely.Geometry, points: NDArray[np.object_]) -> NDArray[np.float64]:
    if ground.is_empty:
        return np.full(len(points), np.inf)
    shapely.prepare(ground)
    metres: NDArray[np.float64] = shapely.distance(ground, points)
    return metres / 1000


def _ring(found: Distances, counted: NDArray[np.bool_], km: float) -> ReachRing:
    low, people, high = (
        int(found.people[counted & (found.km <= reach_km)].sum())
        for reach_km in (km - MARGIN_KM, km, km + MARGIN_KM)
    )
    inside = counted & (found.km <= km)
    edge = counted & (np.abs(found.km - km) <= MARGIN_KM)
    return ReachRing(
        km,
        people,
        low,
        high,
        int(inside.sum()),
        _named(found, inside, DECIDING),
        _named(found, edge, DECIDING),
    )


def _named(found: Distances, chosen: NDArray[np.bool_], most: int) -> tuple[Place, ...]:
    """Return chosen places, largest first, at most so many."""
    rows = np.flatnonzero(chosen)
    largest = rows[np.argsort(-found.people[rows], kind="stable")][:most]
    return tuple(found.places[row] for row in largest)


def _vintages(found: Distances, inside: NDArray[np.bool_]) -> dict[str, int]:
    people: dict[str, int] = {}
    for row in np.flatnonzero(inside & (found.people > 0)):
        source = found.places[row].population_source or "source not stated"
        people[source] = people.get(source, 0) + int(found.people[row])
    return people
