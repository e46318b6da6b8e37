"""Frames as GeoJSON text by RFC 7946: counter-clockwise outer rings, seven decimals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

DECIMALS = 7


def feature_collection(
    features: Iterable[tuple[shapely.Geometry, Mapping[str, Any]]], metadata: Mapping[str, Any]
) -> bytes:
    """Return features as GeoJSON; `metadata` stands beside them as foreign members.

    Parameters
    ----------
    features
        Geometry in degrees WGS84 and the properties of each.
    metadata
        Source, rights, method, disclaimer: what a reader of the file must know.
    """
    document = {
        "type": "FeatureCollection",
        **metadata,
        "features": [
            {"type": "Feature", "properties": dict(properties), "geometry": geometry(shape)}
            for shape, properties in features
        ],
    }
    return msgspec.json.encode(document) + b"\n"


def geometry(shape: shapely.Geometry) -> dict[str, Any]:
    """Return a geometry as a GeoJSON object, outer rings counter-clockwise."""
    turned = shapely.orient_polygons(shape, exterior_cw=False)
    document: dict[str, Any] = {
        "type": turned.geom_type,
        "coordinates": _rounded(shapely.geometry.mapping(turned)["coordinates"]),
    }
    return document


def _rounded(coordinates: Any) -> Any:
    if isinstance(coordinates, float):
        return round(coordinates, DECIMALS)
    return [_rounded(one) for one in coordinates]
