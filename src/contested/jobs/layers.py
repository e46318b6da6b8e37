"""Layers that a user brings: lakes, boundaries. GeoJSON only, read without GDAL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import shapely

from contested.errors import MapFileError, UsageError
from contested.geo.geojson import split_features
from contested.geo.measure import polygons_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from contested.geo.geojson import RawFeature

MOST_BYTES = 200_000_000
_NAMES = ("name", "name_en", "NAME", "ADM1_EN", "ADM2_EN", "ADM3_EN", "shapeName", "name:en")


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


def named_polygons_in(path: Path) -> dict[str, shapely.Geometry]:
    """Return the polygons of a GeoJSON file by the name in their properties, degrees.

    Raises
    ------
    UsageError
        If the file cannot be read or holds no polygon.
    MapFileError
        If it is not GeoJSON, or a polygon has no name.
    """
    found: dict[str, list[shapely.Geometry]] = {}
    for number, one, shape in _shapes(path):
        found.setdefault(_name(one, number, path), []).append(shape)
    if not found:
        raise UsageError(f"{path}: no polygon in it; boundaries must be areas")
    return {name: shapely.union_all(shapes) for name, shapes in found.items()}


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


def _name(one: RawFeature, number: int, path: Path) -> str:
    properties = msgspec.json.decode(one.properties)
    held = properties if isinstance(properties, dict) else {}
    name = next((str(held[key]) for key in _NAMES if held.get(key)), None)
    if name is None:
        wanted = ", ".join(_NAMES[:3])
        raise MapFileError(path.name, f"a polygon without a name (looked for {wanted}, …)", number)
    return name
