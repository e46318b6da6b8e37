"""Which places are named on a map and where their names stand: never one over another. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import shapely

from contested.geo.district import district_mask
from contested.render.theme import SMALLEST_TEXT_PX
from contested.render.typeset import LABEL_LIMIT, clean, text_width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from contested.records import Place

RANK_SIZES = (15.0, 12.5, 11.0)
RANK_DOTS = (4.2, 3.2, 2.4)
RANK_POPULATION = (100_000, 15_000)
RANK_POPULATION_FAR = (500_000, 75_000)
RANK_POPULATION_SMALL = (2_000_000, 75_000)
"""On a country in one column there is no room for bold names but the capital's."""
FAR_KM, NARROW_PX, FULL_WIDTH = 400.0, 450.0, 720.0
HOME, ABROAD = "UA", 0.1
PX2_PER_LABEL, PX2_PER_LABEL_FAR = 14_000.0, 8_500.0
FAR_SIZE = 0.9
HIDES = (8.0, 4.0, 1.5)
"""Price of hiding the dot of a place yet to be named, by its rank."""
COVERS, COVERS_WHOLLY = 2.5, 6.0
"""Price of touching the front or ground that changed, and of lying on it altogether."""
BESIDE_PX, AMBIGUOUS = 7.0, 3.0
"""A name that ends so near to another's dot reads as that one's, and the price of that."""
PAD = 2.0
ASCENT, DESCENT = 0.80, 0.24

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""

# Side of the name as seen from its dot, best first: x sign, y sign.
_SIDES = ((1, 0), (-1, 0), (1, -1), (1, 1), (-1, -1), (-1, 1), (0, -1), (0, 1))
_LEADER_PX = 18.0


@dataclass(frozen=True, slots=True)
class Label:
    """A name with its dot.

    Attributes
    ----------
    x, y, anchor
        Where the text stands: its baseline and SVG's ``text-anchor``.
    own_dot
        Whether the dot is drawn with the name; a settlement's status dot is there already.
    box
        The ground the name and its halo take.
    leader
        Start and end of a line from dot to name, where the name had to step aside.
    """

    text: str
    rank: int
    size: float
    x: float
    y: float
    anchor: str
    box: Box
    dot: tuple[float, float]
    radius: float
    leader: tuple[float, float, float, float] | None = None
    own_dot: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """Where names may stand: the picture's size, boxes taken, what is better not covered.

    On the map of a country (`far`) names are smaller and closer.
    """

    width: float
    height: float
    taken: tuple[Box, ...] = ()
    avoid: shapely.Geometry = field(default_factory=shapely.GeometryCollection)
    far: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that may be named: its point in pixels, rank and dot; `own_dot` is drawn already."""

    place: Place
    x: float
    y: float
    rank: int
    radius: float
    own_dot: bool = True


def without_districts(places: Sequence[Place], keep: frozenset[str] = frozenset()) -> list[Place]:
    """Leave out districts of cities (`contested.geo.district`).

    Identifiers in `keep`, what a map is about, stay.
    """
    people = np.array([people_of(place) for place in places], dtype=np.int64)
    districts = district_mask(places, people).tolist()
    return [
        p for p, district in zip(places, districts, strict=True) if p.id in keep or not district
    ]


def in_order(
    places: Sequence[Place],
    focus: str | None = None,
    named: frozenset[str] = frozenset(),
    factors: Mapping[str, float] | None = None,
) -> list[Place]:
    """Return places by importance: the map's own, those named in a text, then by weight.

    Parameters
    ----------
    factors
        By identifier: what a place's weight is multiplied by.
    """
    by = factors or {}

    def order(one: Place) -> tuple[bool, bool, float, str, str]:
        weight = weight_of(one) * by.get(one.id, 1.0)
        return one.id != focus, one.id not in named, -weight, one.name, one.id

    return sorted(places, key=order)


def people_of(place: Place) -> int:
    """Return the largest known population: a town that people fled is still as large as it was."""
    return max([place.population or 0, *(figure.value for figure in place.populations)])


def weight_of(place: Place) -> float:
    """Return how much a name matters: its people, a tenth of them abroad."""
    return people_of(place) * (1.0 if place.country == HOME else ABROAD)


def rank_of(
    place: Place,
    focus: str | None = None,
    named: frozenset[str] = frozenset(),
    width_km: float = 0.0,
    width_px: float = FULL_WIDTH,
) -> int:
    """Return the rank of a name: 0 for the map's own place and great cities, 2 for villages."""
    if place.id == focus:
        return 0
    limits = RANK_POPULATION if width_km < FAR_KM else RANK_POPULATION_FAR
    if width_km >= FAR_KM and width_px < NARROW_PX:
        limits = RANK_POPULATION_SMALL
    rank = sum(weight_of(place) < least for least in limits)
    return min(rank, 1) if place.id in named else rank


def place_labels(candidates: Sequence[Candidate], space: Space, scale: float = 1.0) -> list[Label]:
    """Set names one after another, each on the best free side of its dot, or not at all.

    Parameters
    ----------
    candidates
        In order of importance.
    scale
        Size of type, 1 for a picture 720 px wide.

    Notes
    -----
    A name that finds no room is left out with its dot; only a name of rank 0 may step further
    away and gets a leader line. Every box includes the halo, so names never touch.
    """
    narrow = min(1.0, (space.width / FULL_WIDTH) ** 0.5)
    each = PX2_PER_LABEL_FAR * narrow if space.far else PX2_PER_LABEL
    most = max(3, int(space.width * space.height / each / scale))
    scale *= FAR_SIZE if space.far else 1.0
    drawn = np.array([dot_box(c.x, c.y, c.radius) for c in candidates]).reshape(-1, 4)
    prices = np.array([HIDES[c.rank] for c in candidates])
    status_dots = drawn[[not c.own_dot for c in candidates]]
    taken = list(space.taken)
    placed: list[Label] = []
    for number, candidate in enumerate(candidates):
        coming, ranks = (each[number + 1 : number + 1 + most] for each in (drawn, prices))
        dots = np.array([(*one.dot, one.radius) for one in placed]).reshape(-1, 3)
        stands = _Taken(_boxes(taken), status_dots, coming, ranks, dots)
        label = _try(candidate, space, stands, scale)
        if label is not None:
            placed.append(label)
            taken += taken_by([label])
        if len(placed) == most:
            break
    return placed


@dataclass(frozen=True, slots=True, eq=False)
class _Taken:
    """What stands already, shape (n, 4) each: names and furniture, status dots, dots to come.

    `prices`, shape (n,), are what it costs to hide each of the dots to come; `dots`, shape (n, 3),
    are the middles and radii of the dots whose names stand.
    """

    hard: NDArray[np.float64]
    status_dots: NDArray[np.float64]
    coming: NDArray[np.float64]
    prices: NDArray[np.float64]
    dots: NDArray[np.float64]


def taken_by(labels: Sequence[Label]) -> list[Box]:
    """Return the boxes that names, their dots and their leader lines take."""
    dots = [dot_box(*label.dot, label.radius) for label in labels]
    leaders = [_line_box(*label.leader) for label in labels if label.leader]
    return [label.box for label in labels] + dots + leaders


def _boxes(boxes: Sequence[Box]) -> NDArray[np.float64]:
    return np.array(boxes, dtype=float).reshape(-1, 4)


def _line_box(x1: float, y1: float, x2: float, y2: float) -> Box:
    return (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def _try(candidate: Candidate, space: Space, taken: _Taken, scale: float) -> Label | None:
    """Return the best free label of a place, or none; it had better not hide a dot to come."""
    dot = dot_box(candidate.x, candidate.y, candidate.radius)
    if not _within(dot, space) or _overlaps(dot, taken.hard):
        return None
    # a settlement's own status dot is no obstacle to its own name: only to others
    foreign = taken.status_dots[np.any(taken.status_dots != _boxes([dot]), axis=1)]
    obstacles = np.vstack([taken.hard, foreign])
    reaches = (0.0, _LEADER_PX * scale) if candidate.rank == 0 else (0.0,)
    options = [
        (cost + 10 * (reach > 0), label)
        for reach in reaches
        for cost, label in enumerate(_options(candidate, scale, reach))
        if _within(label.box, space) and not _overlaps(label.box, obstacles)
    ]
    priced = [
        (
            cost
            + _covering(label.box, space.avoid)
            + AMBIGUOUS * _beside(label, taken.dots)
            + float(taken.prices[_meets(label.box, taken.coming)].sum()),
            label,
        )
        for cost, label in options
    ]
    return min(priced, key=lambda pair: pair[0])[1] if priced else None


def _options(candidate: Candidate, scale: float, reach: float) -> list[Label]:
    """Return the label on every side of its dot, best side first."""
    text = clean(candidate.place.name, LABEL_LIMIT)
    size = max(RANK_SIZES[candidate.rank] * scale, SMALLEST_TEXT_PX)
    width = text_width(text, size, bold=candidate.rank == 0)
    if not text:
        return []
    return [_on_side(candidate, text, size, width, side, reach) for side in _SIDES]


def _on_side(
    candidate: Candidate, text: str, size: float, width: float, side: tuple[int, int], reach: float
) -> Label:
    across, down = side
    gap = candidate.radius + PAD + 2.0 + reach
    x = candidate.x + across * (gap * 0.7 if down else gap)
    # high enough for the halo of a descender to clear the dot
    middle = candidate.y + down * (gap - 1.0 + size * (0.33 + DESCENT))
    y = middle + size * 0.33
    left = x - (0.0 if across > 0 else width if across < 0 else width / 2)
    box = (left - PAD, y - ASCENT * size - PAD, left + width + PAD, y + DESCENT * size + PAD)
    anchor = {1: "start", -1: "end", 0: "middle"}[across]
    dot = (candidate.x, candidate.y)
    leader = (*dot, x - across * 2.0, middle) if reach else None
    return Label(
        text, candidate.rank, size, x, y, anchor, box, dot, candidate.radius, leader,
        candidate.own_dot,
    )  # fmt: skip


def _beside(label: Label, dots: NDArray[np.float64]) -> int:
    """Return how many others' dots, shape (n, 3), a name stands right beside."""
    left, top, right, bottom = label.box
    x, y, radius = dots.T
    level = (y > top) & (y < bottom)
    away = np.maximum(left - x, x - right) - radius
    return int((level & (away < BESIDE_PX * label.size / RANK_SIZES[1])).sum())


def dot_box(x: float, y: float, radius: float) -> Box:
    """Return the ground that a dot takes, with a hair's breadth round it."""
    reach = radius + 1.0
    return (x - reach, y - reach, x + reach, y + reach)


def _within(box: Box, space: Space) -> bool:
    left, top, right, bottom = box
    return left >= 0 and top >= 0 and right <= space.width and bottom <= space.height


def _overlaps(box: Box, others: NDArray[np.float64]) -> bool:
    """Say whether a box meets any of the others, shape (n, 4); touching is not meeting."""
    return bool(_meets(box, others).any())


def _meets(box: Box, others: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Say for every one of the others whether it meets a box."""
    left, top, right, bottom = box
    meets: NDArray[np.bool_] = (
        (others[:, 0] < right)
        & (others[:, 2] > left)
        & (others[:, 1] < bottom)
        & (others[:, 3] > top)
    )
    return meets


def _covering(box: Box, avoid: shapely.Geometry) -> float:
    """Return the price of covering the front or ground that changed: more than a lesser side's."""
    if avoid.is_empty:
        return 0.0
    hidden = shapely.clip_by_rect(avoid, *box)
    if hidden.is_empty:
        return 0.0
    left, top, right, bottom = box
    share = hidden.area / ((right - left) * (bottom - top)) + hidden.length / (right - left) / 2
    return COVERS + COVERS_WHOLLY * min(float(share), 1.0)
