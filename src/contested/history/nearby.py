"""Controlled ground round a place on many maps: only what lies near is ever put together.

A partition of the whole country takes 15 ms a map; the ground round a town, cut from each
distinct shape once, takes one or two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from contested.geo.columns import MARGIN_KM
from contested.geo.geojson import as_shapely
from contested.geo.measure import UNIT, polygons_of
from contested.geo.project import LAMBERT, to_plane
from contested.history.measure import CONTROLLED
from contested.records import PARTITION_ORDER

if TYPE_CHECKING:
    from contested.history.series import ControlSeries
    from contested.records import Polygon, Shape

_CODES = frozenset(PARTITION_ORDER.index(status) for status in CONTROLLED)


class LocalGround:
    """Controlled ground in a box round a point, map by map, in metres on the Lambert conic.

    The statuses that make up controlled ground come first in `PARTITION_ORDER`, or alone: their
    union is the partition's.

    Parameters
    ----------
    within_km
        What is measured lies within this distance; the box reaches 40 km further.
    """

    def __init__(self, series: ControlSeries, lon: float, lat: float, within_km: float) -> None:
        self._series = series
        north = (within_km + MARGIN_KM) / 110
        east = north / np.cos(np.radians(lat))
        self._box = (lon - east, lat - north, lon + east, lat + north)
        self._frame = np.array(self._box) * UNIT
        self._cut: dict[int, shapely.Geometry] = {}
        self._united: dict[tuple[int, ...], shapely.Geometry] = {}

    def key(self, index: int) -> tuple[int, ...]:
        """Return what a map has in the box: maps with equal keys have equal ground."""
        rows = self._series.rows(index)
        shapes = self._series.shape_of[rows].tolist()
        codes = self._series.status_of[rows].tolist()
        chosen = {shape for shape, code in zip(shapes, codes, strict=True) if code in _CODES}
        return tuple(sorted(shape for shape in chosen if not self._scrap(shape).is_empty))

    def on(self, index: int) -> shapely.Geometry:
        """Return the ground of a map."""
        key = self.key(index)
        if key not in self._united:
            self._united[key] = shapely.union_all([self._scrap(shape) for shape in key])
        return self._united[key]

    def _scrap(self, shape: int) -> shapely.Geometry:
        if shape not in self._cut:
            self._cut[shape] = self._cut_out(self._series.shapes[shape])
        return self._cut[shape]

    def _cut_out(self, shape: Shape) -> shapely.Geometry:
        polygons = shape.polygons if shape.repaired is None else shape.repaired
        near = [polygon for polygon in polygons if self._may_meet(polygon)]
        boxed = [shapely.clip_by_rect(as_shapely(polygon), *self._box) for polygon in near]
        parts = [part for one in boxed for part in polygons_of(shapely.make_valid(one))]
        return to_plane(shapely.union_all(parts), LAMBERT)

    def _may_meet(self, polygon: Polygon) -> bool:
        west, south = polygon[0].min(axis=0)
        east, north = polygon[0].max(axis=0)
        frame = self._frame
        return bool(
            west <= frame[2] and east >= frame[0] and south <= frame[3] and north >= frame[1]
        )
