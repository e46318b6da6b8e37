"""Text of SVG: escaped, rounded to 0.1 px, without anything from outside. Pure."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

import numpy as np
import shapely

from contested.geo.measure import polygons_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ID = re.compile(r"[^A-Za-z0-9_-]")


def attr(value: float | str) -> str:
    """Return an attribute's value: numbers to 0.1, text escaped."""
    if isinstance(value, str):
        return escape(value, quote=True)
    return number(value)


def number(value: float) -> str:
    """Return a coordinate with at most one decimal and no negative zero."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def element(tag: str, content: str = "", /, **attributes: float | str | None) -> str:
    """Return one element; content is markup, attributes are escaped and `None` is left out.

    An underscore in a name becomes a hyphen, a trailing one is dropped (``class_``).
    """
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{attr(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    return f"<{tag}{written}>{content}</{tag}>" if content else f"<{tag}{written}/>"


def group(name: str, parts: list[str], **attributes: float | str | None) -> str:
    """Return a named layer, or nothing where it is empty: editors see the name."""
    inner = "\n".join(part for part in parts if part)
    return element("g", f"\n{inner}\n", id=name, **attributes) if inner else ""


def safe_id(text: str) -> str:
    """Return a text as an id: at most 40 letters, digits, hyphens and underscores."""
    return _ID.sub("-", text[:40]) or "x"


def area_path(geometry: shapely.Geometry) -> str:
    """Return the path of all polygons of a geometry in pixels, rings closed, to 0.1 px."""
    return "".join(
        _ring_path(shapely.get_coordinates(ring))
        for polygon in polygons_of(geometry)
        for ring in (polygon.exterior, *polygon.interiors)
    )


def line_path(geometry: shapely.Geometry) -> str:
    """Return the path of all lines of a geometry in pixels, to 0.1 px."""
    lines = [p for p in shapely.get_parts(geometry) if p.geom_type != "Point" and not p.is_empty]
    return "".join(_open_path(_tenths(shapely.get_coordinates(line))) for line in lines)


def _ring_path(xy: NDArray[np.float64]) -> str:
    tenths = _tenths(xy)[:-1]
    return _open_path(tenths) + "z" if len(tenths) >= 3 else ""  # noqa: PLR2004


def _open_path(tenths: NDArray[np.int64]) -> str:
    """Write steps relative to the vertex before: a third of the bytes of absolute ones."""
    if len(tenths) < 2:  # noqa: PLR2004
        return ""
    steps = np.diff(tenths, axis=0).ravel().tolist()
    x, y = tenths[0].tolist()
    written = [_SHORT[step] if -_MOST < step < _MOST else _tenth(step) for step in steps]
    return f"M{_tenth(x)} {_tenth(y)}l" + " ".join(written)


def _tenths(xy: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return coordinates in tenths of a pixel, without repeated vertices; y in column 1."""
    tenths = np.rint(xy[:, :2] * 10).astype(np.int64)
    moved = np.any(np.diff(tenths, axis=0) != 0, axis=1)
    kept: NDArray[np.int64] = tenths[np.concatenate([[True], moved])]
    return kept


def _tenth(value: int) -> str:
    whole, rest = divmod(abs(value), 10)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"


_MOST = 512
_SHORT = [_tenth(value) for value in (*range(_MOST), *range(-_MOST, 0))]
"""Steps as text; most are short, and a negative index counts from the end as it should."""
