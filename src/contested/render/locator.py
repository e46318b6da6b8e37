"""The locator map: one SVG with title, map, inset, scale, legend and source line. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import cos, radians
from typing import TYPE_CHECKING

import numpy as np
import shapely

from contested.errors import UsageError
from contested.render.fitting import fit_borders, river_bed
from contested.render.inset import best_corner, draw_inset, inset_box, wants_inset
from contested.render.labels import (
    FAR_KM,
    FULL_WIDTH,
    RANK_DOTS,
    Candidate,
    Label,
    Space,
    dot_box,
    in_order,
    place_labels,
    rank_of,
    taken_by,
    without_districts,
)
from contested.render.layers import (
    Ground,
    changes_in_pixels,
    draw_borders,
    draw_changes,
    draw_coast,
    draw_front,
    draw_ground,
    draw_oblasts,
    draw_roads,
    draw_statuses,
    draw_water,
    front_line,
    lay_ground,
    made_out,
    statuses_in_pixels,
    ways_changed,
)
from contested.render.legend import Entry, draw_legend, entries
from contested.render.lettering import alt_text, draw_labels, foot, head
from contested.render.marks import PlacedMark, draw_marks, lay_marks, mark_boxes
from contested.render.paint import Painter, svg_root
from contested.render.picture import Frame
from contested.render.projection import project
from contested.render.regions import RegionName, draw_region_names, name_oblasts, name_regions
from contested.render.rivers import RiverName, draw_river_names, name_rivers
from contested.render.scalebar import ScaleBar, draw_scale_bar, fit_scale_bar
from contested.render.svg import element, group, safe_id
from contested.render.symbols import DOT_ORDER, status_dot
from contested.render.theme import LIGHT, Theme

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from contested.records import Place, Status
    from contested.render.labels import Box
    from contested.render.picture import LocatorMap
    from contested.render.projection import Projection

METHOD = "locator/1"
NARROWEST, WIDEST = 240.0, 4000.0
MARGIN, EDGE = 10.0, 1.0
"""Space round a picture that stands alone; half a line round one set in a page."""
STATUS_DOT = 3.6
TOWNS = 40
"""So many of the weightiest places keep their dots clear of a great river's name."""
NEAR, NEAR_SHARE = 2.5, 0.12
"""How much more a place weighs beside the front; the distance at which that is down to a third."""


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Everything of a map in pixels, before it is written.

    Attributes
    ----------
    seen
        All ground with a status.
    great_rivers
        Lines of great rivers, and their beds where both banks are known.
    """

    projection: Projection
    ground: Ground
    statuses: Mapping[Status, shapely.Geometry]
    seen: shapely.Geometry
    gained: shapely.Geometry
    lost: shapely.Geometry
    great_rivers: tuple[shapely.Geometry, shapely.Geometry]
    front: shapely.Geometry
    inset: Box | None = None
    scale_bar: ScaleBar | None = None
    labels: tuple[Label, ...] = ()
    regions: tuple[RegionName, ...] = ()
    rivers: tuple[RiverName, ...] = ()
    marks: tuple[PlacedMark, ...] = ()


def frame_around(place: Place, width_km: float, aspect: float = 0.72) -> Frame:
    """Return the frame of a width round a place; `aspect` is height by width."""
    return Frame(place.lon, place.lat, width_km, width_km * aspect)


def frame_of(bounds: tuple[float, float, float, float], margin: float = 0.08) -> Frame:
    """Return the frame that holds west, south, east, north in degrees, with a margin."""
    west, south, east, north = bounds
    lat = (south + north) / 2
    wider = 1 + 2 * margin
    width = (east - west) * 111.32 * cos(radians(lat)) * wider
    return Frame((west + east) / 2, lat, max(width, 5.0), max((north - south) * 111.2 * wider, 4.0))


def compose(content: LocatorMap, width: float = FULL_WIDTH) -> Scene:
    """Lay out a locator map: what is where, in pixels of the map's own rectangle.

    Raises
    ------
    UsageError
        If the frame cannot be drawn.
    """
    projection = project(content.frame, width)
    drawn = _lay(content, projection)
    line, changed = drawn.front, shapely.union_all([drawn.gained, drawn.lost])
    furniture = _furniture(content, projection, line, changed) if content.furnished else None
    inset, bar = furniture or (None, None)
    boxes = tuple(box for box in (bar.box if bar else None, inset) if box)
    marks = lay_marks(content, projection, boxes, [_focus_px(content, projection)])
    avoid = shapely.GeometryCollection([line, changed])
    drawn = replace(drawn, inset=inset, scale_bar=bar, marks=tuple(marks))
    return _named(content, drawn, (*boxes, *mark_boxes(marks)), avoid)


def _named(
    content: LocatorMap, drawn: Scene, boxes: tuple[Box, ...], avoid: shapely.Geometry
) -> Scene:
    """Return a scene with every name: cities, great rivers, places, regions, other rivers."""
    projection, line, far = drawn.projection, drawn.front, content.frame.width_km > FAR_KM
    scale = type_scale(projection.width)
    space = Space(projection.width, projection.height, boxes, avoid, far)
    candidates = _candidates(content, projection, avoid)
    cities = place_labels([one for one in candidates if one.rank == 0], space, scale)
    towns = [dot_box(one.x, one.y, one.radius) for one in candidates[:TOWNS] if one.rank <= 1]
    filled = [shapely.box(*box) for box in (*boxes, *towns, *taken_by(cities))]
    great = name_rivers(content, projection, [*filled, line.buffer(2)], scale, great=True)
    banks = tuple(box for one in great for box in one.boxes)
    labels = place_labels(candidates, replace(space, taken=(*boxes, *banks)), scale)
    busy = (*boxes, *banks, *taken_by(labels))
    regions = name_regions(
        drawn.ground, projection, busy, line, drawn.seen, content.language.countries,
        own=bool(content.focus),
    )  # fmt: skip
    rivers = great
    if not far:
        held = (*busy, *(one.box for one in regions))
        regions += name_oblasts(content.oblasts, projection, held, avoid)
        filled = [shapely.box(*box) for box in (*busy, *(one.box for one in regions))]
        rivers = great + name_rivers(
            content, projection, [*filled, line.buffer(2)], scale, great=False
        )
    return replace(drawn, labels=tuple(labels), regions=tuple(regions), rivers=tuple(rivers))


def _lay(content: LocatorMap, projection: Projection) -> Scene:
    """Return the ground, what is held, what changed and the front in pixels, without names."""
    px_per_km = projection.px_per_km
    statuses = statuses_in_pixels(content.layers, projection)
    gained, lost = changes_in_pixels(content.changes, projection)
    changed = shapely.union_all([gained, lost])
    coarse = lay_ground(content.base, projection)
    ground = fit_borders(coarse, statuses, changed, px_per_km)
    seen = shapely.union_all(list(statuses.values()))
    sides = shapely.union_all([seen, changed])
    great = river_bed(projection.draw(content.great_rivers), sides, px_per_km)
    line = front_line(statuses, ground, projection, lost)
    return Scene(projection, ground, statuses, seen, gained, lost, great, line)


def type_scale(width: float) -> float:
    """Return the size of type against a map of 720 px: it shrinks far less than the map."""
    return min(max(float((width / FULL_WIDTH) ** 0.25), 0.8), 1.3)


def _furniture(
    content: LocatorMap,
    projection: Projection,
    line: shapely.Geometry,
    changed: shapely.Geometry,
) -> tuple[Box | None, ScaleBar]:
    """Return the inset's box and the scale bar, where they hide least of the front."""
    inset = None
    if wants_inset(content):
        corner = best_corner(projection, line, changed, [_focus_px(content, projection)])
        inset = inset_box(projection, corner)
    return inset, _bar(content, projection, line, inset)


def _bar(
    content: LocatorMap, projection: Projection, line: shapely.Geometry, inset: Box | None
) -> ScaleBar:
    """Return the scale bar at the bottom, left or right, clear of the inset."""
    bottom, scale = projection.height - 26, type_scale(projection.width)
    units, language = content.units, content.language
    left = fit_scale_bar(projection, 16, bottom, scale, units=units, language=language)
    start = projection.width - 8 - (left.box[2] - left.x)
    right = fit_scale_bar(projection, start, bottom, scale, units=units, language=language)
    taken = shapely.GeometryCollection() if inset is None else shapely.box(*inset)

    def price(bar: ScaleBar) -> tuple[bool, float]:
        box = shapely.box(*bar.box)
        return bool(box.intersects(taken)), round(shapely.intersection(line, box).length, 1)

    return min((left, right), key=price)


def _focus_px(content: LocatorMap, projection: Projection) -> tuple[float, float]:
    """Return the pixel of the map's own place, or of its middle."""
    for place in content.places:
        if place.id == content.focus:
            x, y = projection.points(np.array([[place.lon, place.lat]]))[0].tolist()
            return x, y
    return projection.width / 2, projection.height / 2


def _candidates(
    content: LocatorMap, projection: Projection, avoid: shapely.Geometry
) -> list[Candidate]:
    """Return what may be named, by importance; settlements with a status keep their own dot.

    What lies near the front, near ground that changed or near the map's own place weighs more.
    """
    dotted = {dot.place.id: dot.place for dot in content.dots}
    every = {**dotted, **{place.id: place for place in content.places}}
    asked = content.named | ({content.focus} if content.focus else frozenset())
    named = without_districts(list(every.values()), asked)
    xy = projection.points(np.array([[p.lon, p.lat] for p in named]).reshape(-1, 2))
    near = _nearness(xy, avoid, _focus_px(content, projection), projection.width)
    weights = {p.id: weight for p, weight in zip(named, near, strict=True)}
    ordered = in_order(named, content.focus, content.named, weights)
    xy = projection.points(np.array([[p.lon, p.lat] for p in ordered]).reshape(-1, 2))
    scale = type_scale(projection.width)
    found = []
    for place, (x, y) in zip(ordered, xy.tolist(), strict=True):
        rank = rank_of(
            place, content.focus, content.named, content.frame.width_km, projection.width
        )
        own = place.id not in dotted
        radius = RANK_DOTS[rank] * scale if own else STATUS_DOT * scale
        if 0 <= x <= projection.width and 0 <= y <= projection.height:
            found.append(Candidate(place, x, y, rank, radius, own))
    return found


def _nearness(
    xy: NDArray[np.float64], avoid: shapely.Geometry, focus: tuple[float, float], width: float
) -> list[float]:
    """Return factors from 1, far from everything the map tells of, to `NEAR` beside it."""
    if not len(xy):
        return []
    points = shapely.points(xy)
    away = shapely.distance(points, shapely.Point(focus))
    if not avoid.is_empty:
        away = np.minimum(away, shapely.distance(points, avoid))
    factors: list[float] = (1 + (NEAR - 1) * np.exp(-away / (NEAR_SHARE * width))).tolist()
    return factors


def render_locator(
    content: LocatorMap,
    width: float = FULL_WIDTH,
    theme: Theme = LIGHT,
    prefix: str = "map",
    *,
    titled: bool = True,
    footed: bool = True,
    real_lines: bool = False,
    metadata: str = "",
) -> str:
    """Return a locator map as the text of an SVG.

    Parameters
    ----------
    content
        What it shows.
    width
        Pixels at 96 to the inch: 321 is one newspaper column of 85 mm, 661 two of 175 mm.
    theme
        Colours; inside a page the page's style may repaint it.
    prefix
        Start of every id, so that several pictures can stand in one page.
    footed
        Whether legend and source line stand under the map; where not, the page says both.
    titled
        Whether title and subtitle are set above the map; a page has its own headline.
    real_lines
        Draw textures line by line, for print and for drawing programs.
    metadata
        Markup of a ``<metadata>`` element for a file that stands alone.

    Raises
    ------
    UsageError
        If the width or the frame cannot be drawn.
    """
    if not NARROWEST <= width <= WIDEST:
        raise UsageError(f"a map must be {NARROWEST:g} to {WIDEST:g} px wide, not {width:g}")
    margin = MARGIN if titled else EDGE
    inner = width - 2 * margin
    scene = compose(content, inner)
    scale = type_scale(inner)
    painter = Painter(theme, safe_id(prefix) if prefix else "", scale, real_lines)
    top, head_height = head(content, inner, painter) if titled else ("", 0.0)
    map_height = scene.projection.height
    if not footed:
        body = [painter.patterns(), group(painter.id("map"), map_parts(content, scene, painter))]
        return svg_root(
            "\n".join(body), inner, map_height, label=alt_text(content), classes="locator",
            title_id=painter.id("title"), margin=margin,
        )  # fmt: skip
    legend, legend_height = draw_legend(
        _legend(content, scene), inner, head_height + map_height + 12, painter
    )
    foot_top = head_height + map_height + 12 + legend_height
    bottom, foot_height = foot(content, inner, foot_top, painter)
    shift = f"translate(0 {head_height:.1f})"
    body = [
        painter.patterns(),
        top,
        group(painter.id("map"), map_parts(content, scene, painter), transform=shift),
        legend,
        bottom,
    ]
    return svg_root(
        "\n".join(part for part in body if part), inner, foot_top + foot_height,
        label=alt_text(content, scene.statuses), classes="locator", title_id=painter.id("title"),
        margin=margin, ground=theme.card if titled else "",
        metadata=metadata, language=content.language.code if metadata else None,
    )  # fmt: skip


def _legend(content: LocatorMap, scene: Scene) -> list[Entry]:
    """Return the legend's lines: what can be made out, and what is there but too small."""
    seen = [s for s, shape in scene.statuses.items() if made_out(shape, scene.projection)]
    gained, lost = (made_out(shape, scene.projection) for shape in (scene.gained, scene.lost))
    small = [status for status in scene.statuses if status not in seen]
    return entries(content, seen, gained=gained, lost=lost, small=small,
                   changed=ways_changed(content.changes, scene.projection))  # fmt: skip


def map_parts(content: LocatorMap, scene: Scene, painter: Painter) -> list[str]:
    """Return the layers of the map in order of painting."""
    projection = scene.projection
    size = {"width": projection.width, "height": projection.height}
    cutter = replace(painter, window=(0.0, 0.0, projection.width, projection.height))
    ground = [
        element("rect", **size, **painter.fill("card")),
        draw_ground(scene.ground, cutter),
        draw_coast(scene.ground, cutter),
        draw_statuses(scene.statuses, cutter),
        draw_changes(scene.gained, scene.lost, cutter),
        draw_water(content, projection, scene.great_rivers, cutter),
        draw_roads(content, projection, cutter),
        draw_oblasts(content, scene.ground, projection, cutter),
        draw_borders(scene.ground, cutter),
        draw_front(scene.front, cutter),
        _rings(content, projection, painter),
        _status_dots(content, projection, painter),
    ]
    inset = scene.inset
    return [
        group(painter.id("terrain"), ground),
        draw_marks(scene.marks, painter),
        draw_region_names(scene.regions, painter),
        draw_river_names(scene.rivers, painter),
        draw_labels(scene.labels, painter),
        "" if inset is None else draw_inset(content, projection, inset, painter),
        "" if scene.scale_bar is None else draw_scale_bar(scene.scale_bar, painter),
        group(painter.id("frame"), [
            element("rect", **size, fill="none", stroke_width=0.8, **painter.stroke("soft_ink"))
        ]),
    ]  # fmt: skip


def _rings(content: LocatorMap, projection: Projection, painter: Painter) -> str:
    """Return the circles that were measured."""
    rings = []
    for disc in content.discs:
        x, y = projection.points(np.array([[disc.lon, disc.lat]]))[0].tolist()
        rings.append(
            element(
                "circle", cx=x, cy=y, r=disc.radius_km * projection.px_per_km, fill="none",
                stroke_width=1, stroke_dasharray="4 3", **painter.stroke("ink"),
            )
        )  # fmt: skip
    return group(painter.id("rings"), rings)


def _status_dots(content: LocatorMap, projection: Projection, painter: Painter) -> str:
    """Return settlements of a point source, those under control above the others."""
    dots = sorted(content.dots, key=lambda d: (DOT_ORDER.index(d.status), d.place.id))
    xy = projection.points(np.array([[d.place.lon, d.place.lat] for d in dots]).reshape(-1, 2))
    radius = STATUS_DOT * painter.scale
    return group(
        painter.id("settlements"),
        [
            status_dot(dot.status, x, y, radius, painter)
            for dot, (x, y) in zip(dots, xy.tolist(), strict=True)
            if -radius <= x <= projection.width + radius
            and -radius <= y <= projection.height + radius
        ],
    )
