"""Vintage: which maps a quoted area can have been read from.

Method `vintage/1`: every snapshot is searched for the quoted value, within half a unit of its last
digit, among the areas of one status whose edge lies within 25 km of the place, and their sum.
Several values quoted together must hold on the same map.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from contested.errors import NotHeldError, UsageError
from contested.geo.geojson import as_shapely
from contested.geo.measure import area_km2
from contested.geo.project import LAMBERT, points_to_plane, to_plane
from contested.history.series import STATUS_INDEX
from contested.records import Method, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from contested.history.series import ControlSeries
    from contested.records import Polygon, SnapshotId

NEAR_KM = 25.0
REGION_KM = 250.0
"""Parts further away are never named as left out: another story, not a second pair."""

_QUOTED = re.compile(r"^\s*(\d+(?:\.(\d+))?)\s*(?:km2|km²|sq\s*km)?\s*$")


@dataclass(frozen=True, slots=True)
class QuotedArea:
    """An area as a text gives it.

    Attributes
    ----------
    half_unit_km2
        Half a unit of the last digit: 63 is anything from 62.5 to 63.5.
    """

    status: Status
    km2: float
    half_unit_km2: float


@dataclass(frozen=True, slots=True)
class VintageMatch:
    """A map that a quoted figure fits.

    Attributes
    ----------
    values_km2
        What the map has, by status.
    found_as
        ``"part"`` or ``"sum"`` of the parts near the place, by status.
    """

    index: int
    snapshot: SnapshotId
    values_km2: Mapping[str, float]
    found_as: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Ground of the same kind elsewhere, that a text with these figures does not speak of."""

    status: str
    km2: float
    lon: float
    lat: float
    from_place_km: float


@dataclass(frozen=True, slots=True)
class Vintage:
    """The maps that figures quoted together fit, oldest first, and what they leave out."""

    method: Method
    matches: tuple[VintageMatch, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    polygon: shapely.Geometry
    km2: float
    away_km: float


def quoted_area(status: str, text: str) -> QuotedArea:
    """Return a quoted area, such as `ua_held_in_russia` and ``"63km2"``.

    Raises
    ------
    UsageError
        If the status is unknown or the text is not an area above 0.
    """
    if status not in {known.value for known in Status}:
        known = ", ".join(one.value for one in STATUS_INDEX)
        raise UsageError(f"{status!r} is no status; the statuses are {known}")
    found = _QUOTED.match(text)
    if found is None or float(found[1]) <= 0:
        raise UsageError(f"{text!r} is not an area: write it like 63km2 or 63.3km2")
    digits = len(found[2] or "")
    return QuotedArea(Status(status), float(found[1]), 0.5 * 10.0**-digits)


def vintage(series: ControlSeries, quoted: Sequence[QuotedArea], lon: float, lat: float) -> Vintage:
    """Return the maps that all quoted areas fit.

    Parameters
    ----------
    series
        All snapshots of one source.
    quoted
        Areas quoted together, one a status.
    lon, lat
        The place that the text speaks of, degrees.

    Raises
    ------
    UsageError
        If nothing is quoted, or one status twice.
    NotHeldError
        If the source does not show a quoted status.
    """
    _check(series, quoted)
    parts = _Parts(series, lon, lat)
    matches = [
        VintageMatch(
            index,
            series.snapshots[index],
            {status: km2 for status, (km2, _) in found.items()},
            {status: kind for status, (_, kind) in found.items()},
        )
        for index, found in _matches(parts, quoted)
    ]
    parameters = {"near_km": NEAR_KM, "lon": lon, "lat": lat}
    return Vintage(
        Method("vintage", "1", parameters),
        tuple(matches),
        _left_out(parts, quoted, matches[-1].index) if matches else (),
    )


def _check(series: ControlSeries, quoted: Sequence[QuotedArea]) -> None:
    if not quoted:
        raise UsageError("no value quoted: give at least one, such as ua_held_in_russia=63km2")
    statuses = [one.status for one in quoted]
    if len(set(statuses)) < len(statuses):
        raise UsageError("one status quoted twice: quote each status once")
    missing = [status.value for status in statuses if status not in series.carries]
    if missing:
        raise NotHeldError(f"{series.source} does not show {', '.join(missing)}: not held")


def _matches(
    parts: _Parts, quoted: Sequence[QuotedArea]
) -> Iterator[tuple[int, dict[str, tuple[float, str]]]]:
    for index in range(len(parts.series)):
        found = {one.status.value: _fit(parts.near(index, one.status), one) for one in quoted}
        fits = {status: value for status, value in found.items() if value is not None}
        if len(fits) == len(quoted):
            yield index, fits


def _fit(near: list[_Part], quoted: QuotedArea) -> tuple[float, str] | None:
    """Return the part, or the sum of all, that fits best; `None` where nothing fits."""
    values = [(part.km2, "part") for part in near]
    if len(near) > 1:
        values.append((sum(part.km2 for part in near), "sum"))
    best = min(values, key=lambda value: abs(value[0] - quoted.km2), default=None)
    if best is None or abs(best[0] - quoted.km2) > quoted.half_unit_km2:
        return None
    return best


def _left_out(parts: _Parts, quoted: Sequence[QuotedArea], index: int) -> tuple[LeftOut, ...]:
    """Return ground of the quoted kinds that lies elsewhere.

    The rarest status tells where to look: of the others only what lies as near to it as the
    quoted values lie to each other.
    """
    kinds = {one.status: parts.elsewhere(index, one.status) for one in quoted}
    rarest = min(kinds, key=lambda status: len(kinds[status]))
    found = [_named(rarest, part) for part in kinds[rarest]]
    for status, others in kinds.items():
        if status is not rarest:
            found += [
                _named(status, part)
                for part in others
                if any(_apart_km(part, anchor) <= NEAR_KM for anchor in kinds[rarest])
            ]
    return tuple(sorted(found, key=lambda left: -left.km2))


def _apart_km(one: _Part, other: _Part) -> float:
    planes = (to_plane(part.polygon, LAMBERT) for part in (one, other))
    return float(shapely.distance(*planes)) / 1000


def _named(status: Status, part: _Part) -> LeftOut:
    middle = shapely.point_on_surface(part.polygon)
    return LeftOut(status.value, part.km2, float(middle.x), float(middle.y), part.away_km)


class _Parts:
    """The polygons of a series by status, with area and distance to one place; each read once."""

    def __init__(self, series: ControlSeries, lon: float, lat: float) -> None:
        self.series = series
        self._lonlat = np.array([lon, lat])
        self._point = shapely.Point(points_to_plane(self._lonlat[None], LAMBERT)[0])
        self._of_shape: dict[int, list[_Part]] = {}

    def near(self, index: int, status: Status) -> list[_Part]:
        """Return the parts whose edge lies within 25 km of the place."""
        return [part for part in self._all(index, status) if part.away_km <= NEAR_KM]

    def elsewhere(self, index: int, status: Status) -> list[_Part]:
        """Return the other parts of the region."""
        return [part for part in self._all(index, status) if part.away_km > NEAR_KM]

    def _all(self, index: int, status: Status) -> list[_Part]:
        rows = self.series.rows(index)
        chosen = self.series.shape_of[rows][self.series.status_of[rows] == STATUS_INDEX[status]]
        return [part for shape in chosen.tolist() for part in self._parts(shape)]

    def _parts(self, shape: int) -> list[_Part]:
        if shape not in self._of_shape:
            drawn = self.series.shapes[shape]
            polygons = drawn.polygons if drawn.repaired is None else drawn.repaired
            self._of_shape[shape] = [self._part(p) for p in polygons if self._in_region(p)]
        return self._of_shape[shape]

    def _in_region(self, polygon: Polygon) -> bool:
        """Return whether a polygon's box comes near the place: most are never measured."""
        reach = REGION_KM / np.array([111 * np.cos(np.radians(self._lonlat[1])), 111])
        low, high = (polygon[0].min(axis=0) / 1e7, polygon[0].max(axis=0) / 1e7)
        return bool((low <= self._lonlat + reach).all() and (high >= self._lonlat - reach).all())

    def _part(self, polygon: Polygon) -> _Part:
        shape = as_shapely(polygon)
        away = shapely.distance(to_plane(shape, LAMBERT), self._point)
        return _Part(shape, area_km2(shape), float(away) / 1000)
