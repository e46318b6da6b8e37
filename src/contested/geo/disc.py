"""A place as a disc, and which share of it has which status (METHODS.md §5).

Discs are geodesic on WGS84. Shares are of the disc's area; ground of which a map says nothing is
no share of anything, so shares need not add up to 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from contested.errors import UsageError
from contested.geo.measure import WGS84, area_km2

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from contested.records import Status

VERTICES: Final = 720
"""Corners of a full circle: the polygon is 0.0013 % smaller than the disc."""

_CIRCLE, _MOST_KM = 360.0, 500.0

ALL: Final = 0.9995
"""From this share on a disc is wholly of a status: seams of maps leave hairlines open."""

CRITERIA: Final = {"any": 0.0, "half": 0.5, "90": 0.9, "all": ALL}
"""Criterion → share from which on it holds; "any" is more than nothing."""

LEAST: Final = 0.0005
"""Shares below half a tenth of a percent are a map's redrawing, not "any"."""

QUADRANTS: Final = {
    "ne": (0.0, 90.0),
    "se": (90.0, 180.0),
    "sw": (180.0, 270.0),
    "nw": (270.0, 360.0),
}
"""Sector → first and last bearing, degrees clockwise from north."""

_HALF_SIDES: Final = {
    "n": (315.0, 405.0),
    "e": (45.0, 135.0),
    "s": (135.0, 225.0),
    "w": (225.0, 315.0),
}
SECTORS: Final = {**QUADRANTS, **_HALF_SIDES}


@dataclass(frozen=True, slots=True)
class FirstDay:
    """The first snapshot on which a criterion held, with the share there.

    `index` `None`: not reached by the last snapshot; `share` is then the largest seen.
    """

    criterion: str
    index: int | None
    share: float


def disc(lon: float, lat: float, radius_km: float) -> shapely.Polygon:
    """Return the geodesic disc round a point as a polygon in degrees.

    Raises
    ------
    UsageError
        If the radius is not above 0 and at most 500 km.
    """
    return sector(lon, lat, radius_km, 0.0, 360.0)


def sector(
    lon: float, lat: float, radius_km: float, first_deg: float, last_deg: float
) -> shapely.Polygon:
    """Return the part of a disc between two bearings, clockwise from north, in degrees.

    Raises
    ------
    UsageError
        If the radius is not above 0 and at most 500 km.
    """
    if not 0 < radius_km <= _MOST_KM:
        raise UsageError(f"radius {radius_km:g} km: it must be above 0 and at most {_MOST_KM:g} km")
    turn = last_deg - first_deg
    corners = max(2, round(VERTICES * turn / _CIRCLE)) + 1
    bearings = np.linspace(first_deg, last_deg, corners)
    full = turn >= _CIRCLE
    if full:
        bearings = bearings[:-1]
    points = len(bearings)
    lons, lats, _ = WGS84.fwd(
        np.full(points, lon), np.full(points, lat), bearings, np.full(points, radius_km * 1000)
    )
    ring = np.column_stack([lons, lats])
    return shapely.Polygon(ring if full else np.vstack([ring, [[lon, lat]]]))


def named_sector(lon: float, lat: float, radius_km: float, name: str) -> shapely.Polygon:
    """Return a quarter of a disc by its name: `ne`, `se`, `sw`, `nw`, `n`, `e`, `s` or `w`.

    Raises
    ------
    UsageError
        If there is no such sector.
    """
    bounds = SECTORS.get(name.strip().lower())
    if bounds is None:
        raise UsageError(f"sector {name!r}: it must be one of {', '.join(SECTORS)}")
    return sector(lon, lat, radius_km, *bounds)


def shares(
    piece: shapely.Geometry, ground: Mapping[Status, shapely.Geometry]
) -> dict[Status, float]:
    """Return the share of a piece that each status holds, 0 to 1; statuses that hold nothing too.

    Parameters
    ----------
    piece
        A disc or part of one, degrees.
    ground
        Status → its ground on one map, partitioned, degrees.
    """
    whole = area_km2(piece)
    shapely.prepare(piece)
    return {status: _share(piece, whole, geometry) for status, geometry in ground.items()}


def share_of(
    piece: shapely.Geometry, ground: Mapping[Status, shapely.Geometry], wanted: Sequence[Status]
) -> float:
    """Return the share of a piece that any of several statuses holds."""
    found = shares(piece, {s: ground[s] for s in wanted if s in ground})
    return min(1.0, sum(found.values()))


def _share(piece: shapely.Geometry, whole: float, geometry: shapely.Geometry) -> float:
    if not piece.intersects(geometry):
        return 0.0
    if geometry.covers(piece):
        return 1.0
    # Only the parts that meet the piece are cut: a status has thousands.
    near = [part for part in shapely.get_parts(geometry) if piece.intersects(part)]
    return area_km2(shapely.intersection(shapely.union_all(near), piece)) / whole


def quadrant_shares(
    lon: float,
    lat: float,
    radius_km: float,
    ground: Mapping[Status, shapely.Geometry],
    wanted: Sequence[Status],
) -> dict[str, float]:
    """Return the share of each quarter of a disc that any of several statuses holds."""
    return {
        name: share_of(sector(lon, lat, radius_km, *bounds), ground, wanted)
        for name, bounds in QUADRANTS.items()
    }


def meets(share: float, criterion: str) -> bool:
    """Say whether a share meets `any`, `half`, `90` or `all`.

    Raises
    ------
    UsageError
        If there is no such criterion.
    """
    if criterion not in CRITERIA:
        raise UsageError(f"criterion {criterion!r}: it must be one of {', '.join(CRITERIA)}")
    return share >= max(CRITERIA[criterion], LEAST)


def first_days(count: int, share_at: Callable[[int], float]) -> list[FirstDay]:
    """Return the first snapshot on which each criterion of `CRITERIA` held.

    Parameters
    ----------
    count
        Number of snapshots, oldest first.
    share_at
        Share on the snapshot of an index; asked in order, at most once each.

    Notes
    -----
    The first time counts, even where ground was lost again: a timeline shows that, a first day
    does not.
    """
    first: dict[str, FirstDay] = {}
    largest = 0.0
    for index in range(count):
        share = share_at(index)
        largest = max(largest, share)
        for criterion in CRITERIA:
            if criterion not in first and meets(share, criterion):
                first[criterion] = FirstDay(criterion, index, share)
        if len(first) == len(CRITERIA):
            break
    return [first.get(name, FirstDay(name, None, largest)) for name in CRITERIA]


@dataclass(frozen=True, slots=True)
class Spell:
    """A run of snapshots, `first` up to but not including `last`, on which a criterion held."""

    first: int
    last: int


def spells(shares_in_order: Sequence[float], criterion: str) -> list[Spell]:
    """Return the runs of snapshots on which a criterion held.

    Raises
    ------
    UsageError
        If there is no such criterion.
    """
    held = np.array([meets(share, criterion) for share in shares_in_order], dtype=np.int8)
    edges = np.flatnonzero(np.diff(held, prepend=0, append=0))
    return [Spell(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
