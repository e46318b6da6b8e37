"""Vintage: on which maps parts of ground near a place have the areas that a text quotes.

Method `vintage/1` (METHODS.md §6): an area fits if it is within half a unit of its last digit of
the area of a part whose edge lies within 25 km of the place, or of the sum of such parts of one
status; areas quoted together must all fit on the same map, each with a status of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING, Final

import shapely

from contested.geo.disc import disc
from contested.geo.geojson import as_shapely
from contested.geo.measure import area_km2, polygons_of
from contested.records import PARTITION_ORDER, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contested.history.series import ControlSeries
    from contested.records import Shape

WITHIN_KM: Final = 25.0
LEAST_KM2: Final = 0.05
SEARCHED: Final = (Status.UA_HELD_IN_RUSSIA, Status.CONTESTED, Status.OCCUPIED)
"""Statuses whose parts a text quotes areas of."""

BESIDE_KM: Final = 120.0
"""Ground of the same status up to here is what a text may have left out."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a map's ground: its status, area and where it lies."""

    status: Status
    km2: float
    lon: float
    lat: float
    near: bool


@dataclass(frozen=True, slots=True)
class Vintage:
    """The maps that quoted areas fit.

    Attributes
    ----------
    fits
        Snapshot and the areas found, in the order of the quotation.
    statuses
        Of each quoted area.
    left_out
        Longitude, latitude and areas of ground of the same statuses further away.
    searched
        Number of maps that were searched.
    """

    fits: tuple[tuple[int, tuple[float, ...]], ...]
    statuses: tuple[str, ...]
    left_out: tuple[tuple[float, float, tuple[float, ...]], ...]
    searched: int


def quoted_areas(
    series: ControlSeries,
    lon: float,
    lat: float,
    areas_km2: Sequence[float],
    halves_km2: Sequence[float],
) -> Vintage:
    """Return on which maps the quoted areas are found together near a place.

    Parameters
    ----------
    areas_km2, halves_km2
        The areas quoted, and half a unit of the last digit of each.
    """
    search = _Search(series, lon, lat)
    fits: list[tuple[int, tuple[float, ...]]] = []
    statuses: tuple[str, ...] = ()
    last: tuple[Part, ...] = ()
    for index in range(len(series)):
        parts = search.parts(index)
        found = _together(parts, areas_km2, halves_km2)
        if found is not None:
            fits.append((index, tuple(round(km2, 1) for _, km2 in found)))
            statuses, last = tuple(status.value for status, _ in found), parts
    return Vintage(tuple(fits), statuses, _left_out(last, statuses), len(series))


def _together(
    parts: Sequence[Part], areas_km2: Sequence[float], halves_km2: Sequence[float]
) -> tuple[tuple[Status, float], ...] | None:
    """Return status and area found for every quoted area, each with a status of its own."""
    near = [one for one in parts if one.near]
    candidates = {status: [one.km2 for one in near if one.status is status] for status in SEARCHED}
    # Held ground comes first in SEARCHED: "63 held" is held, not a contested part of 63.
    for statuses in permutations(SEARCHED, len(areas_km2)):
        found = [
            _match(candidates[status], km2, half)
            for status, km2, half in zip(statuses, areas_km2, halves_km2, strict=True)
        ]
        if all(one is not None for one in found):
            return tuple((s, f) for s, f in zip(statuses, found, strict=True) if f is not None)
    return None


def _match(areas: list[float], wanted: float, half: float) -> float | None:
    fitting = [km2 for km2 in (sum(areas), *areas) if abs(km2 - wanted) <= half]
    return min(fitting, key=lambda km2: abs(km2 - wanted)) if fitting else None


def _left_out(
    parts: Sequence[Part], statuses: tuple[str, ...]
) -> tuple[tuple[float, float, tuple[float, ...]], ...]:
    """Return ground of the statuses held in Russia that lies beyond 25 km, by its largest part."""
    if Status.UA_HELD_IN_RUSSIA.value not in statuses:
        return ()
    away = [one for one in parts if not one.near and one.status is Status.UA_HELD_IN_RUSSIA]
    if not away:
        return ()
    middle = max(away, key=lambda one: one.km2)
    beside = [
        one for one in parts
        if not one.near and abs(one.lon - middle.lon) < 0.3 and abs(one.lat - middle.lat) < 0.2  # noqa: PLR2004
    ]  # fmt: skip
    sums = [sum(one.km2 for one in beside if one.status.value == status) for status in statuses]
    return ((middle.lon, middle.lat, tuple(round(km2, 1) for km2 in sums if km2 > LEAST_KM2)),)


class _Search:
    """Cuts every distinct shape into its parts once."""

    def __init__(self, series: ControlSeries, lon: float, lat: float) -> None:
        self._series = series
        self._near = disc(lon, lat, WITHIN_KM)
        self._beside = disc(lon, lat, BESIDE_KM)
        shapely.prepare(self._near)
        shapely.prepare(self._beside)
        self._cut: dict[int, tuple[tuple[float, float, float, bool], ...]] = {}

    def parts(self, index: int) -> tuple[Part, ...]:
        """Return the parts of a map within 120 km of the place."""
        rows = self._series.rows(index)
        found: list[Part] = []
        for shape, status in zip(
            self._series.shape_of[rows].tolist(), self._series.status_of[rows].tolist(), strict=True
        ):
            named = PARTITION_ORDER[status]
            if named in SEARCHED:
                found += [Part(named, *one) for one in self._parts_of(shape)]
        return tuple(found)

    def _parts_of(self, shape: int) -> tuple[tuple[float, float, float, bool], ...]:
        if shape not in self._cut:
            self._cut[shape] = self._measure(self._series.shapes[shape])
        return self._cut[shape]

    def _measure(self, shape: Shape) -> tuple[tuple[float, float, float, bool], ...]:
        polygons = shape.polygons if shape.repaired is None else shape.repaired
        found = []
        for polygon in polygons:
            box = shapely.box(*(polygon[0].min(axis=0) / 1e7), *(polygon[0].max(axis=0) / 1e7))
            if not self._beside.intersects(box):
                continue
            for part in polygons_of(as_shapely(polygon)):
                km2 = area_km2(part)
                if km2 >= LEAST_KM2:
                    middle = shapely.point_on_surface(part)
                    near = bool(self._near.intersects(part))
                    found.append((km2, float(middle.x), float(middle.y), near))
        return tuple(found)
