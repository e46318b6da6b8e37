"""Frames as KML 2.2, which Google Earth and many map programs read. Pure."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from contested.geo.measure import polygons_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from contested.render.theme import Theme

_STATUS_FILL = {
    "occupied": "occupied",
    "controlled": "occupied",
    "held_since_2014": "held_2014",
    "contested": "hatch",
    "liberated": "liberated_line",
    "ua_held_in_russia": "ua_in_russia",
}
_OPACITY = "b0"


def kml(
    features: Iterable[tuple[shapely.Geometry, Mapping[str, Any]]],
    title: str,
    disclaimer: str,
    theme: Theme,
) -> bytes:
    """Return features as KML; every property of a row is carried as extended data.

    Parameters
    ----------
    features
        Geometry in degrees WGS84 and the properties of each; ``status`` chooses its colour.
    """
    styles = "".join(
        f'<Style id="{status}"><LineStyle><color>{_colour(theme, role, "ff")}</color>'
        f"<width>1</width></LineStyle><PolyStyle><color>{_colour(theme, role, _OPACITY)}</color>"
        "</PolyStyle></Style>\n"
        for status, role in _STATUS_FILL.items()
    )
    marks = "\n".join(_placemark(shape, facts) for shape, facts in features)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n'
        f"<Document><name>{_text(title)}</name><description>{_text(disclaimer)}</description>\n"
        f"{styles}{marks}\n</Document>\n</kml>\n"
    ).encode()


def _colour(theme: Theme, role: str, opacity: str) -> str:
    """Return a colour as KML writes it: opacity, blue, green, red."""
    colour: str = getattr(theme, role)
    return opacity + colour[5:7] + colour[3:5] + colour[1:3]


def _placemark(shape: shapely.Geometry, facts: Mapping[str, Any]) -> str:
    status = str(facts.get("status", ""))
    inner = "".join(
        f'<Data name="{_text(str(key))}"><value>{_text(str(value))}</value></Data>'
        for key, value in facts.items()
    )
    parts = "".join(_polygon(part) for part in polygons_of(shape))
    return (
        f"<Placemark><name>{_text(status)}</name><styleUrl>#{_text(status)}</styleUrl>"
        f"<ExtendedData>{inner}</ExtendedData><MultiGeometry>{parts}</MultiGeometry></Placemark>"
    )


def _polygon(polygon: shapely.Polygon) -> str:
    turned = shapely.orient_polygons(polygon, exterior_cw=False)
    holes = "".join(
        f"<innerBoundaryIs>{_ring(ring)}</innerBoundaryIs>" for ring in turned.interiors
    )
    return f"<Polygon><outerBoundaryIs>{_ring(turned.exterior)}</outerBoundaryIs>{holes}</Polygon>"


def _ring(ring: shapely.LinearRing) -> str:
    rounded = np.round(shapely.get_coordinates(ring), 7).tolist()
    points = " ".join(f"{x:.7f},{y:.7f}" for x, y in rounded)
    return f"<LinearRing><coordinates>{points}</coordinates></LinearRing>"


def _text(words: str) -> str:
    kept = "".join(letter for letter in words if letter >= " " or letter in "\n\t")
    return escape(kept, quote=True)
