"""The small map that shows where in Ukraine a picture is; Crimea is in Ukraine here too. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from contested.render.layers import lay_ground
from contested.render.picture import CONTROLLED_STATUSES, UKRAINE_FRAME
from contested.render.projection import Projection, project
from contested.render.svg import area_path, element, group
from contested.render.theme import SMALLEST_TEXT_PX
from contested.render.typeset import text_width

if TYPE_CHECKING:
    from contested.render.labels import Box
    from contested.render.paint import Painter
    from contested.render.picture import LocatorMap

SHARE, LEAST_PX = 0.2, 84.0
WIDEST_FRAME_KM = 700.0
MARGIN = 10.0
NAME_AT = (29.9, 48.9)


@dataclass(frozen=True, slots=True)
class Corner:
    """A corner of the picture: is it left, is it top."""

    left: bool
    top: bool


CORNERS = (Corner(left=False, top=True), Corner(left=True, top=True),
           Corner(left=False, top=False), Corner(left=True, top=False))  # fmt: skip


def wants_inset(content: LocatorMap) -> bool:
    """Say whether a map is close enough for a reader to ask where it is."""
    return content.frame.width_km <= WIDEST_FRAME_KM


def inset_box(projection: Projection, corner: Corner) -> Box:
    """Return left, top, right, bottom of the inset in a corner."""
    width = max(projection.width * SHARE, LEAST_PX)
    height = width * UKRAINE_FRAME.height_km / UKRAINE_FRAME.width_km
    left = MARGIN if corner.left else projection.width - MARGIN - width
    top = MARGIN if corner.top else projection.height - MARGIN - height
    return (left, top, left + width, top + height)


def best_corner(
    projection: Projection,
    line: shapely.Geometry,
    changed: shapely.Geometry,
    points: list[tuple[float, float]],
) -> Corner:
    """Return the corner where the inset hides least of the front and of ground that changed."""

    def price(corner: Corner) -> tuple[bool, float]:
        box = shapely.box(*inset_box(projection, corner))
        hides = any(box.buffer(25).contains(shapely.Point(point)) for point in points)
        left, top, right, bottom = box.bounds
        hidden = shapely.clip_by_rect(changed, left, top, right, bottom).area / (bottom - top)
        length = shapely.clip_by_rect(line, left, top, right, bottom).length
        return hides, round(length + hidden, 1)

    return min(CORNERS, key=price)


def draw_inset(content: LocatorMap, projection: Projection, box: Box, painter: Painter) -> str:
    """Return the inset with the picture's frame on it."""
    left, top, right, bottom = box
    small = project(UKRAINE_FRAME, right - left)
    ground = lay_ground(content.base, small)
    drawn = [
        small.draw(content.layers[s], tolerance=0.5) for s in CONTROLLED_STATUSES
        if s in content.layers
    ]  # fmt: skip
    held = shapely.union_all(drawn) if drawn else shapely.GeometryCollection()
    size = {"width": right - left, "height": bottom - top}
    painter = replace(painter, window=(0.0, 0.0, right - left, bottom - top))
    inner = [
        element("rect", **size, **painter.fill("card")),
        _path(ground.sea, painter, "water"),
        _path(shapely.union_all(list(ground.abroad.values())), painter, "abroad"),
        _path(ground.ukraine, painter, "paper"),
        _path(held, painter, "occupied"),
        element("path", d=area_path(painter.cut(ground.ukraine)), stroke_width=0.8,
                **{**painter.stroke("border"), "fill": "none"}),
        _name(content, small, ground.ukraine, painter),
        _mark(projection, small, painter),
    ]  # fmt: skip
    edge = element("rect", **size, fill="none", stroke_width=0.8, **painter.stroke("soft_ink"))
    shift = f"translate({left:.1f} {top:.1f})"
    return group(painter.id("inset"), [*inner, edge], transform=shift)


def _path(shape: shapely.Geometry, painter: Painter, role: str) -> str:
    path = area_path(painter.cut(shape))
    return element("path", d=path, fill_rule="evenodd", **painter.fill(role)) if path else ""


def _name(
    content: LocatorMap, small: Projection, ukraine: shapely.Geometry, painter: Painter
) -> str:
    """Return the country's name, where the inset has room for it inside the country."""
    words = content.language.countries.get("Ukraine", "Ukraine").upper()
    half = text_width(words, SMALLEST_TEXT_PX) / 2
    x, y = small.points(np.array([NAME_AT]))[0].tolist()
    if not ukraine.contains(shapely.box(x - half, y - SMALLEST_TEXT_PX, x + half, y)):
        return ""
    return painter.text(words, x, y, SMALLEST_TEXT_PX, role="soft_ink", anchor="middle")


def _mark(projection: Projection, small: Projection, painter: Painter) -> str:
    """Return the picture's frame on the inset: at least 5 px, so that it is always found."""
    corners = np.array([[0, 0], [projection.width, projection.height]], dtype=float)
    (x0, y0), (x1, y1) = small.points(projection.degrees(corners)).tolist()
    width, height = max(x1 - x0, 5.0), max(y1 - y0, 5.0)
    return element(
        "rect", x=(x0 + x1 - width) / 2, y=(y0 + y1 - height) / 2, width=width, height=height,
        fill="none", stroke_width=1.6, **painter.stroke("ink"),
    )  # fmt: skip
