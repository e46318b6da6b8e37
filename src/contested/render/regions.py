"""Names of countries and seas where a picture has room for them: after every place. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from contested.geo.measure import polygons_of
from contested.render.svg import attr, element, group
from contested.render.typeset import clean, text_width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from contested.render.labels import Box
    from contested.render.layers import Ground
    from contested.render.paint import Painter
    from contested.render.projection import Projection

SIZE, SPACING = 10.5, 1.6
LEAST_SHARE = 0.006
TRIES = 9
OBLAST_SIZE, OBLAST_SPACING = 9.0, 1.2
FEWEST_OBLASTS, CLEAR_PX = 2, 7.0
HOME = "Ukraine"
SEAS = {"Black Sea": (31.6, 44.6), "Sea of Azov": (36.6, 46.15)}
WIDEST_OFFSET_KM, LEAST_OFFSET_PX = 120.0, 70.0


@dataclass(frozen=True, slots=True)
class RegionName:
    """A name in spaced capitals, centred on a point; water is set in italics, oblasts smaller."""

    text: str
    x: float
    y: float
    water: bool
    box: Box
    oblast: bool = False


def name_regions(
    ground: Ground,
    projection: Projection,
    taken: Sequence[Box],
    line: shapely.Geometry,
    stated: shapely.Geometry,
    names: Mapping[str, str],
    *,
    own: bool = True,
) -> list[RegionName]:
    """Return the names that find room: inside their region, off every other name.

    A name never stands on ground with a status (`stated`): it would read as a verdict. Ukraine
    is named only on a picture that shows another country, and not (`own`) in a map of itself.
    """
    frame = projection.box(-6)
    busy = shapely.union_all([shapely.box(*box) for box in taken] + [line.buffer(3)])
    found = []
    for name, region in _regions(ground, stated, own=own):
        free = shapely.intersection(region, frame)
        if free.area < LEAST_SHARE * frame.area:
            continue
        words = clean(names.get(name, name)).upper()
        spot = _spot(words, free, busy, water=False, roomy=name == HOME)
        if spot is not None:
            found.append(spot)
            busy = busy.union(shapely.box(*spot.box))
    return found + _seas(ground, projection, frame, busy, names)


def name_oblasts(
    areas: Mapping[str, shapely.Geometry],
    projection: Projection,
    taken: Sequence[Box],
    avoid: shapely.Geometry,
) -> list[RegionName]:
    """Return names of oblasts (`areas` in degrees) where two or more are in the picture.

    One alone has no border in the picture that would ask for its name.
    """
    frame = projection.box(-6)
    drawn = {name: shapely.intersection(projection.draw(one), frame) for name, one in areas.items()}
    shown = {name: one for name, one in drawn.items() if one.area > LEAST_SHARE * frame.area}
    if len(shown) < FEWEST_OBLASTS:
        return []
    names = shapely.union_all([shapely.box(*box) for box in taken]).buffer(CLEAR_PX)
    busy = names.union(avoid.buffer(3))
    found = (
        _spot(clean(name).upper(), one.buffer(-2), busy, water=False, oblast=True)
        for name, one in shown.items()
    )
    return [one for one in found if one is not None]


def _regions(
    ground: Ground, stated: shapely.Geometry, *, own: bool
) -> list[tuple[str, shapely.Geometry]]:
    """Return countries without the ground that has a status; Ukraine only beside another."""
    countries = sorted(ground.abroad.items())
    countries += [(HOME, ground.ukraine)] if countries and own else []
    return [(name, shape.difference(stated)) for name, shape in countries]


def _seas(
    ground: Ground,
    projection: Projection,
    frame: shapely.Geometry,
    busy: shapely.Geometry,
    names: Mapping[str, str],
) -> list[RegionName]:
    land = shapely.union_all([ground.ukraine, *ground.abroad.values()])
    water = shapely.intersection(ground.sea.difference(land), frame)
    found = []
    for name, (lon, lat) in SEAS.items():
        x, y = projection.points(np.array([[lon, lat]]))[0].tolist()
        reach = max(WIDEST_OFFSET_KM * projection.px_per_km, LEAST_OFFSET_PX)
        near = shapely.Point(x, y).buffer(reach)
        spot = _spot(names.get(name, name), shapely.intersection(water, near), busy, water=True)
        if spot is not None:
            found.append(spot)
    return found


def _spot(
    text: str,
    region: shapely.Geometry,
    busy: shapely.Geometry,
    *,
    water: bool,
    oblast: bool = False,
    roomy: bool = False,
) -> RegionName | None:
    """Return a name in the widest free part of a region, or none."""
    room = region.difference(busy)
    size, spacing = (OBLAST_SIZE, OBLAST_SPACING) if oblast else (SIZE, SPACING)
    width = text_width(text, size) + spacing * len(text)
    large = [part for part in polygons_of(room) if part.area > width * size * 1.5]
    parts = sorted(large, key=lambda part: -part.area)[:2]
    for part in parts:
        for point in _points(part, roomy_first=oblast or roomy):
            x, y = point
            box = (x - width / 2, y - size, x + width / 2, y + size * 0.5)
            if part.contains(shapely.box(*box)):
                return RegionName(text, x, y, water, box, oblast)
    return None


def _points(part: shapely.Polygon, *, roomy_first: bool) -> list[tuple[float, float]]:
    """Return points to try: the middle, the roomiest point, and a grid over the part.

    The name of an oblast or of Ukraine stands among those of places: there the roomiest point
    comes first.
    """
    left, top, right, bottom = part.bounds
    steps = np.linspace(0.1, 0.9, TRIES)
    middle = part.centroid
    roomy = shapely.maximum_inscribed_circle(part, tolerance=4.0)
    first = [(middle.x, middle.y), tuple(shapely.get_coordinates(roomy)[0].tolist())]
    if roomy_first:
        middle = shapely.Point(first[1])
        first.reverse()
    grid = [
        (left + (right - left) * float(u), top + (bottom - top) * float(v))
        for v in steps
        for u in steps
    ]
    grid.sort(key=lambda p: round((p[0] - middle.x) ** 2 + (p[1] - middle.y) ** 2, 3))
    return first + grid


def draw_region_names(names: Sequence[RegionName], painter: Painter) -> str:
    """Return the names of countries and seas, and of oblasts: smaller, and with a thin halo."""
    return group(
        painter.id("regions"),
        [_drawn(name, painter, halo=True) for name in names if name.oblast]
        + [_drawn(name, painter) for name in names],
    )


def _drawn(name: RegionName, painter: Painter, *, halo: bool = False) -> str:
    spacing = OBLAST_SPACING if name.oblast else SPACING
    role = "water_text" if name.water else "ink" if name.oblast else "soft_ink"
    outline = {"fill": "none", "stroke_width": 1.6, "stroke_linejoin": "round",
               "aria_hidden": "true", **painter.stroke("halo")}  # fmt: skip
    return element(
        "text", attr(name.text), x=name.x, y=name.y,
        font_size=OBLAST_SIZE if name.oblast else SIZE,
        letter_spacing=None if name.water else spacing, text_anchor="middle",
        font_style="italic" if name.water else None, **(outline if halo else painter.fill(role)),
    )  # fmt: skip
