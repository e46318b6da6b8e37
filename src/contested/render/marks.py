"""What a map points out on top of its ground: a salient's depth, rings of reach. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import shapely

from contested.render.svg import element, group, line_path
from contested.render.theme import SMALLEST_TEXT_PX
from contested.render.typeset import clean, text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contested.render.labels import Box
    from contested.render.paint import Painter
    from contested.render.picture import LocatorMap, Mark
    from contested.render.projection import Projection

SIZE, PAD, END = 11.5, 3.0, 5.0
_TRIES = np.array([0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9])
_NEAR_PX = 20.0


@dataclass(frozen=True, slots=True, eq=False)
class PlacedMark:
    """A mark in pixels; `at` is the middle of its words' baseline, `None` where no room was."""

    line: shapely.Geometry
    words: str
    at: tuple[float, float] | None
    box: Box | None
    strong: bool


def lay_marks(
    content: LocatorMap,
    projection: Projection,
    taken: Sequence[Box],
    keep_free: Sequence[tuple[float, float]],
) -> list[PlacedMark]:
    """Return the marks in pixels, their words where nothing stands yet.

    Parameters
    ----------
    taken
        Boxes of inset and scale bar.
    keep_free
        Pixels that no word may cover: the map's own place.
    """
    near = [shapely.Point(point).buffer(_NEAR_PX) for point in keep_free]
    busy = [*(shapely.box(*box) for box in taken), *near]
    found = []
    for mark in content.marks:
        line = shapely.intersection(projection.draw(mark.line), projection.box())
        if line.is_empty:
            continue
        placed = _place(mark, line, projection, busy)
        found.append(placed)
        busy += [shapely.box(*placed.box)] if placed.box else []
    return found


def _place(
    mark: Mark, line: shapely.Geometry, projection: Projection, busy: list[shapely.Geometry]
) -> PlacedMark:
    words, size = clean(mark.words), max(SIZE, SMALLEST_TEXT_PX)
    longest = max(shapely.get_parts(shapely.line_merge(line) if line.geom_type == "MultiLineString"
                                    else line), key=lambda part: part.length)  # fmt: skip
    width = text_width(words, size, bold=mark.strong) if words else 0.0
    if not words or longest.length < width * 0.3:
        return PlacedMark(line, words, None, None, mark.strong)
    points = shapely.line_interpolate_point(longest, _TRIES, normalized=True)
    shifts = (-size, size * 1.7) if mark.strong else (size * 0.35,)
    for point, shift in product(points, shifts):
        x, y = point.x, point.y + shift
        left, right = x - width / 2 - PAD, x + width / 2 + PAD
        box = (left, y - size * 0.8 - PAD, right, y + size * 0.24 + PAD)
        ground = shapely.box(*box)
        inside = projection.box(-2).contains(ground)
        if inside and not any(ground.intersects(other) for other in busy):
            return PlacedMark(line, words, (x, y), box, mark.strong)
    return PlacedMark(line, words, None, None, mark.strong)


def mark_boxes(marks: Sequence[PlacedMark]) -> list[Box]:
    """Return the boxes of the marks' words."""
    return [mark.box for mark in marks if mark.box is not None]


def draw_marks(marks: Sequence[PlacedMark], painter: Painter) -> str:
    """Return the marks, lines below words."""
    lines = [_line(mark, painter) for mark in marks]
    words = [part for mark in marks for part in _words(mark, painter)]
    return group(painter.id("highlight"), [*lines, *words])


def _line(mark: PlacedMark, painter: Painter) -> str:
    path = line_path(mark.line)
    if not path:
        return ""
    dashes = "5 3" if mark.strong else "2 3"
    width = 1.7 if mark.strong else 1.1
    casing = element("path", d=path, fill="none", stroke_width=width + 2.4,
                     **painter.stroke("halo")) if mark.strong else ""  # fmt: skip
    line = element("path", d=path, fill="none", stroke_width=width, stroke_dasharray=dashes,
                   **painter.stroke("ink"))  # fmt: skip
    ends = shapely.get_coordinates(shapely.boundary(mark.line)).tolist() if mark.strong else []
    dots = [element("circle", cx=x, cy=y, r=END / 2, **painter.fill("ink")) for x, y in ends]
    return casing + line + "".join(dots)


def _words(mark: PlacedMark, painter: Painter) -> tuple[str, ...]:
    if mark.at is None:
        return ()
    (x, y), weight = mark.at, "bold" if mark.strong else None
    halo = painter.halo(mark.words, x, y, SIZE, anchor="middle", weight=weight, width=4.2)
    return halo, painter.text(mark.words, x, y, SIZE, anchor="middle", weight=weight)
