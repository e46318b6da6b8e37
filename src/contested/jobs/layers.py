"""Layers that a user brings: lakes, boundaries. GeoJSON only, read without GDAL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from contested.errors import MapFileError, UsageError
from contested.geo.geojson import split_features
from contested.geo.measure import polygons_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from contested.geo.geojson import RawFeature

MOST_BYTES = 200_000_000


def polygons_in(path: Path) -> shapely.Geometry:
    """Return the union of all polygons of a GeoJSON file, degrees; lines and points are left out.

    Raises
    ------
    UsageError
        If the file cannot be read or holds no polygon.
    MapFileError
        If it is not GeoJSON.
    """
    found = [shape for _, _, shape in _shapes(path)]
    if not found:
        raise UsageError(f"{path}: no polygon in it; lakes and rivers must be areas")
    return shapely.union_all(found)


def polygon_features(path: Path) -> Iterator[tuple[int, bytes, shapely.Geometry]]:
    """Yield number, raw properties and outline (degrees) of the polygonal features of a file.

    They are made valid, since public boundaries often are not; never buffered by 0, which would
    silently delete rings that cross themselves.
    """
    for number, one, shape in _shapes(path):
        yield number, bytes(one.properties), shape


def _shapes(path: Path) -> Iterator[tuple[int, RawFeature, shapely.Geometry]]:
    for number, one in enumerate(_features(path)):
        try:
            drawn = shapely.from_geojson(bytes(one.geometry))
        except shapely.errors.GEOSException as error:
            raise MapFileError(path.name, f"geometry cannot be read: {error}", number) from None
        parts = [] if drawn is None else polygons_of(shapely.make_valid(drawn))
        if parts:
            yield number, one, shapely.union_all(parts)


def _features(path: Path) -> list[RawFeature]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UsageError(f"{path}: larger than {MOST_BYTES / 1e6:g} MB; cut it to the region")
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from None
    return split_features(content, path.name)
