"""Ground, water, statuses, changes and the front line as layers of an SVG. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

from contested.geo.measure import polygons_of
from contested.records import Status
from contested.render.fitting import mouths
from contested.render.picture import CONTROLLED_STATUSES
from contested.render.svg import area_path, element, group, line_path
from contested.render.texture import textured
from contested.render.theme import FRONT_WIDTH_PX

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from contested.history.protocol import ChangePolygon
    from contested.render.paint import Painter
    from contested.render.picture import BaseMap, LocatorMap
    from contested.render.projection import Projection

SEAM_KM, SEAM_PX = 0.005, 0.6
"""Hairline seams between controlled parts are closed before their edge is drawn: by 5 m, and by
as much as no eye could tell from a line."""
BORDER_KM, BORDER_PX = 3.0, 2.0
"""The edge of controlled ground nearer than this to coast or state border is not front."""
BANK_SHARE = 0.8
"""Free land so near, as a share of that distance, is the other bank of a river or an estuary."""
LEAST_FRONT_PX = 9.0
"""A shorter piece of front that stands alone is an accident of two borders drawn apart."""
HAIRLINE_PX = 0.4
"""Narrower than twice this a gap or a spike is an accident of overlaying, for the eye nothing."""
GREAT_KM, GREAT_PX = 0.45, (2.0, 6.0)
"""Width of a great river on the ground, and the least and the most that is drawn."""
LEAST_OBLAST_PX = 16.0
"""A shorter piece of an oblast's border that stands alone is an island, or a fault of the file."""
LEAST_SEEN_PX2, THIN_PX = 12.0, 0.9
SMALLEST_PX2 = 1.0
THREAD_KM, THREAD_PX = 0.11, 2.5
"""Narrower ground that changed is a bridge, or two tracings of one bank."""
SLIT_PX, SMALLEST_HOLE_PX2 = 1.5, 60.0
FAR_KM = 300.0
"""On a map wider than this only great rivers are drawn, and those thinner."""

DRAW_ORDER = (
    Status.LIBERATED,
    Status.UA_HELD_IN_RUSSIA,
    Status.CONTROLLED,
    Status.OCCUPIED,
    Status.HELD_SINCE_2014,
    Status.CONTESTED,
)
_FREE = (Status.LIBERATED, Status.CONTESTED)
_PATTERNS = {
    Status.LIBERATED: "liberated",
    Status.UA_HELD_IN_RUSSIA: "in-russia",
    Status.HELD_SINCE_2014: "held",
    Status.CONTESTED: "hatch",
}


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """A base map in pixels."""

    sea: shapely.Geometry
    ukraine: shapely.Geometry
    abroad: Mapping[str, shapely.Geometry]


def is_gain(change: ChangePolygon) -> bool:
    """Say whether ground came under Russia's control."""
    return change.after in CONTROLLED_STATUSES and change.before not in CONTROLLED_STATUSES


def is_loss(change: ChangePolygon) -> bool:
    """Say whether ground went out of Russia's control."""
    return change.before in CONTROLLED_STATUSES and change.after not in CONTROLLED_STATUSES


def lay_ground(base: BaseMap, projection: Projection) -> Ground:
    """Return land and sea of a base map in pixels; long edges are bent as the projection asks."""
    bend = 0.25
    west, south, east, north = base.extent
    sea = shapely.segmentize(shapely.box(west, south, east, north), bend)
    abroad = {
        name: projection.draw(shapely.segmentize(shape, bend))
        for name, shape in base.neighbours.items()
    }
    return Ground(
        projection.draw(sea),
        projection.draw(shapely.segmentize(base.outline, bend)),
        {name: shape for name, shape in abroad.items() if not shape.is_empty},
    )


def draw_ground(ground: Ground, painter: Painter) -> str:
    """Return sea, other countries and Ukraine."""
    abroad = shapely.union_all(list(ground.abroad.values()))
    return group(
        painter.id("ground"),
        [
            _area(painter, ground.sea, **painter.fill("water")),
            _area(painter, abroad, **painter.fill("abroad")),
            _area(painter, ground.ukraine, **painter.fill("paper")),
        ],
    )


def edge_of(shape: shapely.Geometry) -> shapely.Geometry:
    """Return the boundary of the polygons of a shape; a collection has none in GEOS."""
    return shapely.MultiPolygon(polygons_of(shape)).boundary


def coast_of(ground: Ground) -> shapely.Geometry:
    """Return where land meets sea; a hairline between two countries is no coast."""
    return edge_of(_mended(shapely.union_all([ground.ukraine, *ground.abroad.values()])))


def _mended(shape: shapely.Geometry) -> shapely.Geometry:
    """Return an area without the slits and spikes that moving a border by overlays leaves."""
    closed = shapely.buffer(shape, HAIRLINE_PX, join_style="mitre")
    opened = shapely.buffer(closed, -2 * HAIRLINE_PX, join_style="mitre")
    return shapely.buffer(opened, HAIRLINE_PX, join_style="mitre")


def draw_coast(ground: Ground, painter: Painter) -> str:
    """Return the coast, below the statuses: maps of control are drawn finer than this coast."""
    line = _line(
        painter, coast_of(ground), fill="none", stroke_width=0.9, **painter.stroke("water_line")
    )
    return group(painter.id("coast"), [line])


def draw_borders(ground: Ground, painter: Painter) -> str:
    """Return state borders, above the statuses: Ukraine's own is the stronger one."""
    coast = coast_of(ground)
    others = [edge_of(shape) for shape in ground.abroad.values()]
    near_coast, near_own = coast.buffer(HAIRLINE_PX), edge_of(ground.ukraine).buffer(HAIRLINE_PX)
    between = shapely.union_all(others).difference(near_coast).difference(near_own)
    own = edge_of(_mended(ground.ukraine)).difference(near_coast)
    line = {"fill": "none", "stroke_linejoin": "round"}
    return group(
        painter.id("borders"),
        [
            _line(painter, between, stroke_width=0.7, **line, **painter.stroke("border")),
            _line(painter, own, stroke_width=1.3, **line, **painter.stroke("border")),
        ],
    )


def draw_water(
    content: LocatorMap,
    projection: Projection,
    great: tuple[shapely.Geometry, shapely.Geometry],
    painter: Painter,
) -> str:
    """Return lakes and rivers that the user added; great rivers are drawn broader.

    Parameters
    ----------
    great
        Lines of great rivers, and their beds where those are known; pixels.
    """
    lakes = projection.draw(content.lakes)
    far = content.frame.width_km > FAR_KM
    rivers = mouths(projection.draw(None if far else content.rivers), great[1],
                    projection.px_per_km)  # fmt: skip
    line = {"fill": "none", "stroke_linejoin": "round", "stroke_linecap": "round"}
    return group(
        painter.id("water"),
        [
            _line(painter, rivers, stroke_width=1.0, **line,
                  **painter.stroke("water_line")),
            _line(painter, great[0], stroke_width=1.2 if far else _great_px(projection), **line,
                  **painter.stroke("water_line")),
            _area(painter, great[1], **painter.fill("water")),
            _area(painter, lakes, stroke_width=0.7, **painter.both("water", "water_line")),
        ],
    )  # fmt: skip


def _great_px(projection: Projection) -> float:
    least, most = GREAT_PX
    return min(max(GREAT_KM * projection.px_per_km, least), most)


def draw_roads(content: LocatorMap, projection: Projection, painter: Painter) -> str:
    """Return roads that the user added."""
    line = {"fill": "none", "stroke_linejoin": "round"}
    drawn = _line(
        painter,
        projection.draw(content.roads),
        stroke_width=0.9,
        **line,
        **painter.stroke("border"),
    )
    return group(painter.id("roads"), [drawn])


def draw_oblasts(
    content: LocatorMap, ground: Ground, projection: Projection, painter: Painter
) -> str:
    """Return borders of oblasts, dashed; along coast and state border the finer line is drawn."""
    drawn = projection.draw(content.borders, tolerance=0.5)
    if drawn.is_empty:
        return ""
    if content.frame.width_km > FAR_KM:  # here the state border's own line covers what is near it
        lines = shapely.intersection(drawn, ground.ukraine)
    else:
        land = shapely.union_all([ground.ukraine, *ground.abroad.values()])
        edges = shapely.union_all([edge_of(land), edge_of(ground.ukraine)])
        reach = max(BORDER_KM * projection.px_per_km, 1.5)
        near = shapely.buffer(shapely.simplify(edges, reach / 3), reach, quad_segs=2)
        lines = shapely.difference(drawn, near)
    lines = shapely.line_merge(lines) if lines.geom_type == "MultiLineString" else lines
    lines = shapely.MultiLineString(
        [one for one in shapely.get_parts(lines)
         if one.geom_type == "LineString" and one.length >= LEAST_OBLAST_PX]
    )  # fmt: skip
    return group(
        painter.id("oblasts"),
        [_line(painter, lines, fill="none", stroke_width=0.6, stroke_dasharray="3 2",
               **painter.stroke("border"))],
    )  # fmt: skip


def statuses_in_pixels(
    layers: Mapping[Status, shapely.Geometry], projection: Projection, tolerance: float = 0.25
) -> dict[Status, shapely.Geometry]:
    """Return the statuses that can be seen in a picture, in order of drawing."""
    drawn = {s: projection.draw(layers[s], tolerance) for s in DRAW_ORDER if s in layers}
    seen = projection.box()
    return {s: shape for s, shape in drawn.items() if _visible(shape, seen)}


def seen_in(content: LocatorMap, projection: Projection) -> tuple[Status, ...]:
    """Return the statuses that a reader can make out in a frame."""
    drawn = statuses_in_pixels(content.layers, projection, tolerance=0.5)
    return tuple(status for status, shape in drawn.items() if made_out(shape, projection))


def made_out(shape: shapely.Geometry, projection: Projection) -> bool:
    """Say whether a reader can make out an area: wider than a hairline, larger than a speck."""
    inside = shapely.clip_by_rect(shape, *projection.box().bounds)
    if inside.is_empty or inside.area < LEAST_SEEN_PX2:
        return False
    return bool(shapely.buffer(inside, -THIN_PX, quad_segs=2).area > LEAST_SEEN_PX2 / 3)


def draw_statuses(drawn: Mapping[Status, shapely.Geometry], painter: Painter) -> str:
    """Return one named layer a status: opaque, and a pattern where colour alone would not do."""
    return group(
        painter.id("control"),
        [
            group(painter.id(status.value.replace("_", "-")), [_status(status, shape, painter)])
            for status, shape in drawn.items()
        ],
    )


def _status(status: Status, shape: shapely.Geometry, painter: Painter) -> str:
    if status not in _PATTERNS:
        return _area(painter, shape, **painter.fill("occupied"))
    if status is Status.LIBERATED and painter.real_lines:
        return _liberated(shape, painter)
    pattern = textured(_PATTERNS[status], shape, painter)
    if status is not Status.CONTESTED:
        return pattern
    # where the map is small a hatch drowns: an outline keeps narrow contested ground visible
    ground = _area(painter, shape, **painter.fill("paper"))
    outline = _area(
        painter, shape, stroke_width=0.7, **{**painter.stroke("border"), "fill": "none"}
    )
    return ground + pattern + outline


def _liberated(shape: shapely.Geometry, painter: Painter) -> str:
    """Return upright lines with a thin edge: lines alone end raggedly where the ground does.

    Its areas were drawn one by one, with slits between them that no eye should dwell on.
    """
    joined = shapely.buffer(shapely.buffer(shape, SLIT_PX), -SLIT_PX)
    whole = shapely.union_all([shapely.Polygon(p.exterior, _wide(p)) for p in polygons_of(joined)])
    edge = _area(painter, whole, stroke_width=0.5, stroke_linejoin="round",
                 **{**painter.stroke("liberated_line"), "fill": "none"})  # fmt: skip
    return textured("liberated", whole, painter) + edge


def _wide(polygon: shapely.Polygon) -> list[shapely.LinearRing]:
    return [ring for ring in polygon.interiors if shapely.Polygon(ring).area > SMALLEST_HOLE_PX2]


def changes_in_pixels(
    changes: Iterable[ChangePolygon], projection: Projection
) -> tuple[shapely.Geometry, shapely.Geometry]:
    """Return ground gained and ground lost by Russia, as far as it can be seen."""
    listed = list(changes)
    gained = [projection.draw(c.geometry) for c in listed if is_gain(c)]
    lost = [projection.draw(c.geometry) for c in listed if is_loss(c)]
    thin = _thread(projection)
    return _large(gained, thin), _large(lost, thin)


def ways_changed(changes: Iterable[ChangePolygon], projection: Projection) -> frozenset[str]:
    """Return ``gained``, ``regained`` for what changed in a frame, however small it is drawn."""
    box = projection.box()
    listed = [(one, projection.draw(one.geometry, tolerance=0.0)) for one in changes]
    here = [(one, shape) for one, shape in listed if shapely.intersects(shape, box)]
    found = set()
    for name, way in (("gained", is_gain), ("regained", is_loss)):
        whole = shapely.union_all([shape for one, shape in here if way(one)])
        if not shapely.buffer(whole, -_thread(projection), join_style="mitre").is_empty:
            found.add(name)
    return frozenset(found)


def _thread(projection: Projection) -> float:
    return min(THREAD_PX, THREAD_KM * projection.px_per_km) / 2


def draw_changes(gained: shapely.Geometry, lost: shapely.Geometry, painter: Painter) -> str:
    """Return what changed, on top of the statuses."""
    return group(
        painter.id("changes"),
        [
            group(painter.id("gains"), [_area(painter, gained, **painter.fill("gained"))]),
            group(painter.id("losses"), [_lost(lost, painter)]),
        ],
    )


def _lost(lost: shapely.Geometry, painter: Painter) -> str:
    if not painter.theme.lined or not painter.real_lines:
        return _area(painter, lost, **painter.fill("regained"))
    edge = _area(painter, lost, stroke_width=0.7, **{**painter.stroke("regained"), "fill": "none"})
    return textured("regained", lost, painter) + edge


def front_line(
    drawn: Mapping[Status, shapely.Geometry],
    ground: Ground,
    projection: Projection,
    changed: shapely.Geometry | None = None,
) -> shapely.Geometry:
    """Return the edge of controlled ground away from coast and state border, in pixels.

    For the eye: its length is never measured here.

    Parameters
    ----------
    changed
        Ground that changed hands: Ukraine's land, whatever a coarse coast says.
    """
    parts = [drawn[status] for status in CONTROLLED_STATUSES if status in drawn]
    if not parts:
        return shapely.GeometryCollection()
    seam = max(SEAM_KM * projection.px_per_km, SEAM_PX)
    whole = shapely.union_all(parts).buffer(seam, join_style="mitre")
    closed = whole.buffer(-seam, join_style="mitre")
    away = max(BORDER_KM * projection.px_per_km, BORDER_PX)
    others = [shape for status, shape in drawn.items() if status in _FREE]
    stated = shapely.union_all([*others, *([] if changed is None else [changed])])
    edge = _facing(edge_of(closed), closed, ground, stated, away)
    merged = shapely.line_merge(edge) if edge.geom_type == "MultiLineString" else edge
    seen = shapely.intersection(merged, projection.box(projection.margin() / 2))
    return shapely.MultiLineString(
        [one for one in shapely.get_parts(seen)
         if one.geom_type == "LineString" and one.length >= LEAST_FRONT_PX]
    )  # fmt: skip


def _facing(
    edge: shapely.Geometry,
    held: shapely.Geometry,
    ground: Ground,
    stated: shapely.Geometry,
    away: float,
) -> shapely.Geometry:
    """Return the edge of held ground inland, and along water with free land on the other bank.

    Held ground is drawn finer than the coast: slivers of land beside it are no other bank.

    Parameters
    ----------
    stated
        Ukraine's ground that a map states not to be held.
    away
        Distance from coast and border within which an edge follows them, pixels.
    """
    inland = ground.ukraine.buffer(-away, quad_segs=2)
    inner = shapely.intersection(edge, inland)
    outer = shapely.difference(edge, inland)
    if outer.is_empty:
        return inner
    beside = shapely.buffer(shapely.simplify(outer, away / 4), 2 * away, quad_segs=2)
    land = [shapely.intersection(one, beside) for one in (ground.ukraine, stated)]
    free = shapely.difference(shapely.union_all(land), held)
    wide = shapely.buffer(free, -away / 2, quad_segs=2)
    bank = shapely.buffer(wide, away / 2 + away * BANK_SHARE, quad_segs=2)
    abroad = shapely.union_all([_near(one, beside) for one in ground.abroad.values()])
    bank = shapely.difference(bank, shapely.buffer(abroad, away, quad_segs=2))
    return shapely.union(inner, shapely.intersection(outer, bank))


def _near(shape: shapely.Geometry, beside: shapely.Geometry) -> shapely.Geometry:
    return shapely.clip_by_rect(shape, *beside.bounds)


def draw_front(line: shapely.Geometry, painter: Painter) -> str:
    """Return the front line."""
    return group(
        painter.id("front"),
        [
            _line(
                painter,
                shapely.line_merge(line) if line.geom_type == "MultiLineString" else line,
                fill="none",
                stroke_width=FRONT_WIDTH_PX,
                stroke_linejoin="round",
                stroke_linecap="round",
                **painter.stroke("front"),
            )
        ],
    )


def _visible(shape: shapely.Geometry, seen: shapely.Geometry) -> bool:
    return not shape.is_empty and shapely.intersection(shape, seen).area > SMALLEST_PX2


def _large(shapes: list[shapely.Geometry], thin: float) -> shapely.Geometry:
    """Join shapes, without specks that no one can see, and threads such as a bridge's deck."""
    eroded = shapely.buffer(shapely.union_all(shapes), -thin, join_style="mitre")
    whole = shapely.buffer(eroded, thin, join_style="mitre")
    return shapely.MultiPolygon([p for p in polygons_of(whole) if p.area > SMALLEST_PX2])


def _area(painter: Painter, shape: shapely.Geometry, **paint: float | str | None) -> str:
    path = area_path(painter.cut(shape))
    return element("path", d=path, fill_rule="evenodd", **paint) if path else ""


def _line(painter: Painter, shape: shapely.Geometry, **paint: float | str | None) -> str:
    path = line_path(painter.cut(shape))
    return element("path", d=path, **paint) if path else ""
