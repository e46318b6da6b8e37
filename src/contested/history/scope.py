"""Which part of a map a question is about: all of it, an oblast, a circle round a place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from contested.geo.disc import disc
from contested.geo.project import LAMBERT, points_to_plane, to_degrees, to_plane

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from contested.records import Place

WHOLE_MAP = "the whole map"


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """Part of a map.

    Attributes
    ----------
    name
        In words that follow "in" or stand alone; `None` for the whole map.
    ground
        In degrees; `None` for the whole map.
    cut_by
        What bounds the ground, in words: goes with every figure.
    places
        The settlements in it.
    """

    name: str | None
    ground: shapely.Geometry | None
    cut_by: str
    places: tuple[Place, ...]


def whole_map(places: Sequence[Place]) -> Scope:
    """Return the scope that leaves nothing out."""
    return Scope(None, None, WHOLE_MAP, tuple(places))


def around(place: Place, km: float, places: Sequence[Place]) -> Scope:
    """Return the geodesic disc of `km` round a place.

    Raises
    ------
    UsageError
        If the distance is not above 0 and at most 500 km.
    """
    ground = disc(place.lon, place.lat, km)
    name = f"within {km:g} km of {place.name}"
    return Scope(name, ground, f"circle of {km:g} km", _inside(ground, places))


def within(name: str, ground: shapely.Geometry, places: Sequence[Place]) -> Scope:
    """Return the ground inside boundaries that the user gave."""
    return Scope(f"in {name}", ground, "the boundaries given", _inside(ground, places))


def nearest_to(
    name: str, regions: Collection[str], places: Sequence[Place], outline: shapely.Geometry
) -> Scope:
    """Return the ground that lies nearer to a region's settlements than to any other's.

    No boundary of the region is needed: cells of a Voronoi diagram of all settlements, cut to
    the outline.

    Parameters
    ----------
    regions
        Codes such as ``UA-14``; a settlement's is its country and `admin1`.
    places
        Settlements of the whole country.
    """
    lonlat = np.array([(place.lon, place.lat) for place in places])
    # Two records at one point have one cell between them: the first of them stands for it.
    _, first = np.unique(lonlat, axis=0, return_index=True)
    points = shapely.multipoints(points_to_plane(lonlat[first], LAMBERT))
    flat = to_plane(outline, LAMBERT)
    cells = shapely.get_parts(shapely.voronoi_polygons(points, extend_to=flat, ordered=True))
    chosen = [_region(places[row]) in regions for row in first.tolist()]
    ground = shapely.intersection(shapely.union_all(cells[chosen]), flat)
    own = tuple(place for place in places if _region(place) in regions)
    return Scope(
        f"in {name}", to_degrees(ground, LAMBERT), "ground nearest to its settlements", own
    )


def _region(place: Place) -> str:
    return f"{place.country}-{place.admin1}"


def _inside(ground: shapely.Geometry, places: Sequence[Place]) -> tuple[Place, ...]:
    shapely.prepare(ground)
    lonlat = np.array([(place.lon, place.lat) for place in places]).reshape(-1, 2)
    inside = shapely.intersects_xy(ground, lonlat[:, 0], lonlat[:, 1])
    return tuple(places[row] for row in np.flatnonzero(inside).tolist())
