"""Frames as GeoJSON text by RFC 7946: counter-clockwise outer rings, seven decimals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

DECIMALS = 7


def feature_collection(
    features: Iterable[tuple[shapely.Geometry, Mapping[str, Any]]],
    metadata: Mapping[str, Any],
    *,
    exterior_cw: bool = False,
    decimals: int = DECIMALS,
) -> bytes:
    """Return features as GeoJSON; `metadata` stands beside them as foreign members.

    Parameters
    ----------
    features
        Geometry in degrees WGS84 and the properties of each.
    metadata
        Source, rights, method, disclaimer: what a reader of the file must know.
    exterior_cw
        Outer rings clockwise, against RFC 7946, as programs built on d3 want them.
    """
    document = {
        "type": "FeatureCollection",
        **metadata,
        "features": [
            {
                "type": "Feature",
                "properties": dict(properties),
                "geometry": geometry(shape, exterior_cw=exterior_cw, decimals=decimals),
            }
            for shape, properties in features
        ],
    }
    return msgspec.json.encode(document) + b"\n"


def geometry(
    shape: shapely.Geometry, *, exterior_cw: bool = False, decimals: int = DECIMALS
) -> dict[str, Any]:
    """Return a geometry as a GeoJSON object, outer rings counter-clockwise unless asked."""
    turned = shapely.orient_polygons(shape, exterior_cw=exterior_cw)
    document: dict[str, Any] = {
        "type": turned.geom_type,
        "coordinates": _rounded(shapely.geometry.mapping(turned)["coordinates"], decimals),
    }
    return document


def _rounded(coordinates: Any, decimals: int) -> Any:
    if isinstance(coordinates, float):
        return round(coordinates, decimals)
    return [_rounded(one, decimals) for one in coordinates]
