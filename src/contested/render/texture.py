"""Textures of areas: as patterns for the screen, as real lines and dots for drawing programs.

A pattern is one element whatever the area's size, and every browser draws it. Drawing programs
for print differ over patterns, so a picture that will be edited carries each line by itself.
"""

from __future__ import annotations

from math import cos, hypot, radians, sin
from typing import TYPE_CHECKING

import numpy as np
import shapely

from contested.render.svg import area_path, element, line_path, number
from contested.render.theme import PRINT_HATCH_EVERY_PX, PRINT_HATCH_WIDTH_PX

if TYPE_CHECKING:
    from contested.render.paint import Painter

HATCH_TURN = 45.0
UPRIGHT_EVERY, LEVEL_EVERY, LINE_WIDTH = 6.0, 5.0, 0.9
CLOSE_EVERY, CLOSE_WIDTH = 3.0, 1.1
DOT_EVERY, DOT_WIDTH = 4.5, 1.2
_DOT = 0.1
"""Length of a dot before its round ends: some programs drop lines of no length."""


def textured(name: str, shape: shapely.Geometry, painter: Painter) -> str:
    """Return an area with a texture.

    Parameters
    ----------
    name
        ``hatch``, ``held``, ``liberated``, ``in-russia`` or, line by line only, ``regained``.
    """
    shape = painter.cut(shape)
    if shape.is_empty:
        return ""
    path = area_path(shape)
    if not painter.real_lines:
        return element("path", d=path, fill_rule="evenodd", **painter.pattern(name))
    back = {"held": "held_2014", "in-russia": "ua_in_russia", "regained": "paper"}.get(name)
    under = element("path", d=path, fill_rule="evenodd", **painter.fill(back)) if back else ""
    return under + _strokes(name, shape, painter)


def _strokes(name: str, shape: shapely.Geometry, painter: Painter) -> str:
    if name == "held":
        line = dots(shape, DOT_EVERY)
        return _drawn(line, DOT_WIDTH, "held_2014_dot", painter, stroke_linecap="round")
    if name == "hatch":
        opacity = painter.theme.hatch_opacity
        path = line_path(hatch(shape, PRINT_HATCH_EVERY_PX, HATCH_TURN))
        faint = None if opacity == 1 else f"{opacity:g}"
        return _drawn(path, PRINT_HATCH_WIDTH_PX, "hatch", painter, stroke_opacity=faint)
    if name == "regained":
        path = line_path(hatch(shape, CLOSE_EVERY, 0.0))
        return _drawn(path, CLOSE_WIDTH, "regained", painter)
    if name == "liberated":
        path = line_path(hatch(shape, UPRIGHT_EVERY, 0.0))
        return _drawn(path, LINE_WIDTH, "liberated_line", painter)
    path = line_path(hatch(shape, LEVEL_EVERY, 90.0))
    return _drawn(path, LINE_WIDTH, "ua_in_russia_line", painter)


def _drawn(path: str, width: float, role: str, painter: Painter, **more: str | None) -> str:
    if not path:
        return ""
    return element("path", d=path, fill="none", stroke_width=width, **more, **painter.stroke(role))


def hatch(shape: shapely.Geometry, every: float, turn: float) -> shapely.Geometry:
    """Return parallel lines over an area, cut at its edge.

    Parameters
    ----------
    shape
        In pixels.
    every
        Distance from line to line, measured across them.
    turn
        Degrees clockwise from upright. Lines start from the picture's corner, so that areas
        beside each other continue one another's.
    """
    if shape.is_empty:
        return shape
    left, top, right, bottom = shape.bounds
    across = np.array([cos(radians(turn)), sin(radians(turn))])
    along = np.array([-across[1], across[0]])
    corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
    reach = corners @ across
    steps = np.arange(np.floor(reach.min() / every), np.ceil(reach.max() / every) + 1) * every
    middle, half = np.array([left + right, top + bottom]) / 2, hypot(right - left, bottom - top)
    foot = steps[:, None] * across + (middle @ along) * along
    ends = np.stack([foot - half * along, foot + half * along], axis=1)
    return shapely.intersection(shapely.MultiLineString(list(ends)), shape)


def dots(shape: shapely.Geometry, every: float) -> str:
    """Return the path of a grid of dots over an area, every other row shifted by half."""
    if shape.is_empty:
        return ""
    inner = shapely.buffer(shape, -DOT_WIDTH / 2)
    left, top, right, bottom = shape.bounds
    rows = np.arange(np.floor(top / every), np.ceil(bottom / every) + 1)
    columns = np.arange(np.floor(left / every), np.ceil(right / every) + 1)
    x, row = np.meshgrid(columns * every, rows)
    x = x + np.where(row % 2 == 1, every / 2, 0.0)
    y = row * every
    shapely.prepare(inner)
    inside = shapely.contains_xy(inner, x.ravel(), y.ravel())
    kept = np.rint(np.column_stack([x.ravel(), y.ravel()])[inside] * 10) / 10
    if not len(kept):
        return ""
    moves = np.diff(kept, axis=0) - np.array([_DOT, 0.0])
    steps = "".join(f"m{number(dx)} {number(dy)}h{_DOT:g}" for dx, dy in moves.tolist())
    first = kept[0].tolist()
    return f"M{number(first[0])} {number(first[1])}h{_DOT:g}{steps}"
