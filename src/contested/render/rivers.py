"""Names of rivers along their lines: great ones early, others after every place. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import atan2, degrees, hypot
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.ops import substring

from contested.render.svg import group
from contested.render.theme import SMALLEST_TEXT_PX
from contested.render.typeset import clean, text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from contested.render.labels import Box
    from contested.render.paint import Painter
    from contested.render.picture import LocatorMap
    from contested.render.projection import Projection

SIZE, LIFT, ROOM = 10.0, 3.0, 1.08
STRAIGHT, STEEPEST = 0.955, 65.0
MOST, TILES = 4, 6
_STEP_PX = 6.0


@dataclass(frozen=True, slots=True, eq=False)
class RiverName:
    """A name set along a river: the middle of its baseline, degrees clockwise, its ground."""

    text: str
    x: float
    y: float
    turn: float
    size: float
    ground: shapely.Polygon

    @property
    def box(self) -> Box:
        """Return the upright box round the name."""
        left, top, right, bottom = self.ground.bounds
        return (left, top, right, bottom)

    @property
    def boxes(self) -> list[Box]:
        """Return upright boxes along the name: together far less than the one round a steep one."""
        west, east = (shapely.get_coordinates(self.ground)[list(ends)] for ends in ((0, 3), (1, 2)))
        cuts = np.linspace(0.0, 1.0, TILES + 1)
        edges = [west * (1 - cut) + east * cut for cut in cuts]
        return [
            (*np.vstack(pair).min(axis=0).tolist(), *np.vstack(pair).max(axis=0).tolist())
            for pair in pairwise(edges)
        ]


def name_rivers(
    content: LocatorMap,
    projection: Projection,
    busy: Sequence[shapely.Geometry],
    scale: float,
    *,
    great: bool,
) -> list[RiverName]:
    """Return the names that find a straight reach of their river with nothing beside it.

    Parameters
    ----------
    busy
        What no name may touch: names, dots, furniture, the front line; pixels.
    great
        Whether to name the great rivers or the others.
    """
    taken = list(busy)
    found: list[RiverName] = []
    for stream in content.streams:
        if stream.great is not great:
            continue
        line = shapely.intersection(projection.draw(stream.line), projection.box())
        spot = _spot(clean(stream.name), line, projection.box(-3), taken, scale)
        if spot is not None:
            found.append(spot)
            taken.append(spot.ground)
        if len(found) == MOST:
            break
    return found


def _spot(
    text: str,
    line: shapely.Geometry,
    frame: shapely.Geometry,
    taken: list[shapely.Geometry],
    scale: float,
) -> RiverName | None:
    """Return the flattest free place of a name, or none."""
    size = max(SIZE * scale, SMALLEST_TEXT_PX)
    width = text_width(text, size) * ROOM
    if line.is_empty or not text:
        return None
    merged = shapely.line_merge(line) if line.geom_type == "MultiLineString" else line
    spots = [
        (price, name)
        for part in shapely.get_parts(merged).tolist()
        for price, name in _along(part, text, size, width)
    ]
    tree = shapely.STRtree(taken)
    for _, name in sorted(spots, key=lambda pair: pair[0]):
        meets = tree.query(name.ground, predicate="intersects").size
        if frame.contains(name.ground) and not meets:
            return name
    return None


def _along(
    part: shapely.LineString, text: str, size: float, width: float
) -> list[tuple[float, RiverName]]:
    """Return the name above and below every reach that is straight enough, with its price."""
    length = part.length
    if length < width:
        return []
    starts = np.arange(0.0, length - width, _STEP_PX)
    head = shapely.get_coordinates(shapely.line_interpolate_point(part, starts))
    tail = shapely.get_coordinates(shapely.line_interpolate_point(part, starts + width))
    found = []
    for start, one, other in zip(starts.tolist(), head, tail, strict=True):
        chord = hypot(*(other - one))
        left, right = (one, other) if one[0] <= other[0] else (other, one)
        turn = degrees(atan2(right[1] - left[1], right[0] - left[0]))
        if chord < STRAIGHT * width or abs(turn) > STEEPEST:
            continue
        bend = _bend(substring(part, start, start + width), one, other)
        price = round(bend + abs(turn) / 20, 3)
        middle = (left + right) / 2
        found += [
            (price + below, _set(text, size, width, middle, turn, bend, below=below))
            for below in (False, True)
        ]
    return found


def _bend(reach: shapely.LineString, one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Return how far a reach leaves its chord, in pixels."""
    chord = shapely.LineString([one, other])
    points = shapely.points(shapely.get_coordinates(reach))
    return float(shapely.distance(points, chord).max())


def _set(
    text: str, size: float, width: float, middle: NDArray[np.float64], turn: float, bend: float,
    *, below: bool,
) -> RiverName:  # fmt: skip
    """Return the name beside its reach, clear of the line's bends."""
    along = np.array([np.cos(np.radians(turn)), np.sin(np.radians(turn))])
    down = np.array([-along[1], along[0]])
    away = LIFT + bend
    x, y = middle + down * (away + size * 0.8 if below else -away - size * 0.24)
    corners = [
        np.array([x, y]) + along * across * width / 2 + down * drop * size
        for across, drop in ((-1, -0.8), (1, -0.8), (1, 0.24), (-1, 0.24))
    ]
    return RiverName(text, float(x), float(y), turn, size, shapely.Polygon(corners))


def draw_river_names(names: Sequence[RiverName], painter: Painter) -> str:
    """Return the names of rivers, slanted as water's names are."""
    parts = [
        part
        for name in names
        for part in painter.haloed(
            name.text, name.x, name.y, name.size, role="water_text", anchor="middle",
            style="italic", turn=name.turn,
        )
    ]  # fmt: skip
    return group(painter.id("river-names"), parts)
