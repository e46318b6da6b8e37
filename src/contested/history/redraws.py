"""Redraws: outlines rewritten within a metre, told from changes before anything is measured.

Some uploads rewrite every coordinate of an outline by a few centimetres. Each vertex that a step
brings is matched to the nearest vertex that was live before and lies within a metre; an edge that
comes between two matched vertices, while the edge between their old places goes, is the same edge
redrawn. The vertices themselves are kept and measured as the source drew them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from contested.history.series import ControlSeries
    from contested.records import Shape

WITHIN_M = 1.0
"""A vertex rewritten by less is the same vertex."""

METRES_PER_UNIT = 0.0111132
"""Metres in 1e-7 degree of latitude (at 48°N; within 0.5 % in the frame of the war)."""


REDRAW_SHARE = 0.5
REDRAW_LEAST = 20
"""A step is a redraw where so many edges came, and so large a share of them is redrawn.

Of the full series' 1,358 steps 21 are; they hold 51,604 of its 51,920 redrawn edges.
"""

_MIDDLE = 315_000_000
"""Longitude in the middle of the frame, in units."""

_DIGIT = 10
"""Bits that the multiplicity of an edge has for each status."""


@dataclass(frozen=True, slots=True)
class EdgeStep:
    """What a step does to the edges of all statuses.

    Attributes
    ----------
    came, gone
        Edges drawn by the second map only, and by the first only, redrawn ones included.
    redrawn
        Edges that came in the place of one that went, every vertex within a metre.
    """

    came: int
    gone: int
    redrawn: int

    @property
    def is_redraw(self) -> bool:
        """Whether the step redraws only: nothing came or went but in another's place."""
        return self.came > 0 and self.redrawn == self.came == self.gone


def edge_step(series: ControlSeries, before: int, after: int) -> EdgeStep:
    """Return how many edges came, went and were redrawn between two snapshots.

    Edges are undirected and counted once for each status that draws them.
    """
    old, new = _edges(series, before), _edges(series, after)
    gone, came = _without(old, new), _without(new, old)
    if not len(gone) or not len(came):
        return EdgeStep(len(came), len(gone), 0)
    live = np.unique(np.concatenate([old[:, 1], old[:, 2]]))
    fresh = np.setdiff1d(np.concatenate([came[:, 1], came[:, 2]]), live)
    places = _match(fresh, np.unique(np.concatenate([gone[:, 1], gone[:, 2]])))
    moved = np.stack(
        [came[:, 0], _replaced(came[:, 1], fresh, places), _replaced(came[:, 2], fresh, places)], 1
    )
    moved[:, 1:] = np.sort(moved[:, 1:], axis=1)
    return EdgeStep(len(came), len(gone), len(came) - len(_without(moved, gone)))


@dataclass(frozen=True, slots=True)
class StepMarks:
    """What a step does to edges that are an outline: not between two parts of one status.

    Attributes
    ----------
    came, gone, redrawn
        As in `EdgeStep`, but an edge counts once, whatever it separates.
    recoloured
        Edges of both maps that separate other statuses, or the other way round.
    """

    came: int
    gone: int
    redrawn: int
    recoloured: int

    @property
    def is_redraw(self) -> bool:
        """Whether the step mainly draws outlines anew: most of what came is only redrawn."""
        return self.came >= REDRAW_LEAST and self.redrawn >= REDRAW_SHARE * self.came


def step_marks(series: ControlSeries, index: int) -> StepMarks:
    """Return the marks of the step that leads to a snapshot, from the two maps alone.

    The edge engine counts the same along its history, in work proportional to what changes
    (`contested.history.edge_events`); this is its checker, and the reference engine's answer.
    """
    nothing = np.zeros((0, 3), dtype=np.int64)
    old, new = _outlines(series, index - 1) if index else nothing, _outlines(series, index)
    stays = np.isin(_pairs(new), _pairs(old))
    came, gone = new[~stays], old[~np.isin(_pairs(old), _pairs(new))]
    recoloured = len(_without(new[stays], old))
    if not len(gone) or not len(came):
        return StepMarks(len(came), len(gone), 0, recoloured)
    fresh = np.setdiff1d(came[:, 1:], old[:, 1:])
    places = _match(fresh, np.unique(gone[:, 1:]))
    a, b = (_replaced(came[:, end], fresh, places) for end in (1, 2))
    # An edge that runs the other way in its old place has the signs of what it separates turned.
    moved = np.stack([np.where(a < b, came[:, 0], -came[:, 0]), np.minimum(a, b), np.maximum(a, b)])
    return StepMarks(len(came), len(gone), len(came) - len(_without(moved.T, gone)), recoloured)


def _outlines(series: ControlSeries, index: int) -> NDArray[np.int64]:
    """Return packed multiplicity, first and second vertex of every edge that is an outline."""
    rows = series.rows(index)
    found = [np.zeros((0, 3), dtype=np.int64)]
    for shape, status in zip(series.shape_of[rows], series.status_of[rows], strict=True):
        drawn = series.shapes[int(shape)]
        polygons = drawn.polygons if drawn.repaired is None else drawn.repaired
        for polygon in polygons:
            for number, ring in enumerate(polygon):
                ends = _ring_edges(ring, 0)
                runs = np.where(_codes(ring)[:-1] < _codes(ring)[1:], 1, -1)
                turn = 1 if (_is_counter_clockwise(ring)) == (number == 0) else -1
                ends[:, 0] = (runs * turn) << (_DIGIT * int(status))
                found.append(ends[ends[:, 1] != ends[:, 2]])
    every = np.concatenate(found)
    distinct, which = np.unique(every[:, 1:], axis=0, return_inverse=True)
    packed = np.zeros(len(distinct), dtype=np.int64)
    np.add.at(packed, which.ravel(), every[:, 0])
    outlines: NDArray[np.int64] = np.column_stack([packed, distinct])[packed != 0]
    return outlines


def _is_counter_clockwise(ring: NDArray[np.int32]) -> bool:
    x, y = (ring - ring[0]).astype(np.int64).T
    return bool((x[:-1] * y[1:] - x[1:] * y[:-1]).sum() > 0)


def _codes(ring: NDArray[np.int32]) -> NDArray[np.int64]:
    codes: NDArray[np.int64] = (ring[:, 0].astype(np.int64) << 32) + ring[:, 1]
    return codes


def _pairs(edges: NDArray[np.int64]) -> NDArray[np.void]:
    kind = np.dtype([("a", np.int64), ("b", np.int64)])
    pairs: NDArray[np.void] = np.ascontiguousarray(edges[:, 1:]).view(kind).ravel()
    return pairs


def _edges(series: ControlSeries, index: int) -> NDArray[np.int64]:
    """Return status, first and second vertex of every edge of a snapshot, without repeats."""
    rows = series.rows(index)
    found = [
        _ring_edges(ring, int(status))
        for shape, status in zip(series.shape_of[rows], series.status_of[rows], strict=True)
        for ring in _rings(series.shapes[int(shape)])
    ]
    empty = np.zeros((0, 3), dtype=np.int64)
    return np.unique(np.concatenate([empty, *found]), axis=0)


def _rings(shape: Shape) -> list[NDArray[np.int32]]:
    polygons = shape.polygons if shape.repaired is None else shape.repaired
    return [ring for polygon in polygons for ring in polygon]


def _ring_edges(ring: NDArray[np.int32], status: int) -> NDArray[np.int64]:
    codes = _codes(ring)
    ends = np.sort(np.stack([codes[:-1], codes[1:]], axis=1), axis=1)
    return np.concatenate([np.full((len(ends), 1), status), ends], axis=1)


def _without(edges: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the edges that are not among others."""
    kind = np.dtype([("status", np.int64), ("a", np.int64), ("b", np.int64)])
    one, other = (np.ascontiguousarray(e).view(kind).ravel() for e in (edges, others))
    kept: NDArray[np.int64] = edges[~np.isin(one, other)]
    return kept


def _match(fresh: NDArray[np.int64], gone: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the nearest old vertex within a metre of each new one, itself where there is none."""
    places = fresh.copy()
    tree = shapely.STRtree(shapely.points(_metres(gone)))
    # The plane is sheared by a tenth at most: near ones are found in it, and then measured.
    points = shapely.points(_metres(fresh))
    which, near = tree.query(points, predicate="dwithin", distance=1.2 * WITHIN_M)
    away = _apart_m(fresh[which], gone[near])
    which, near, away = (array[away <= WITHIN_M] for array in (which, near, away))
    furthest_first = np.argsort(-away, kind="stable")
    places[which[furthest_first]] = gone[near[furthest_first]]
    return places


def _metres(codes: NDArray[np.int64]) -> NDArray[np.float64]:
    x, y = (codes >> 32).astype(np.float64), (codes & 0xFFFFFFFF).astype(np.float64)
    east = (x - _MIDDLE) * np.cos(np.radians(y * 1e-7))
    return np.stack([east, y], axis=1) * METRES_PER_UNIT


def _apart_m(one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the distances between vertices that lie near each other."""
    dy = ((one & 0xFFFFFFFF) - (other & 0xFFFFFFFF)).astype(np.float64)
    dx = ((one >> 32) - (other >> 32)) * np.cos(np.radians((one & 0xFFFFFFFF) * 1e-7))
    apart: NDArray[np.float64] = np.sqrt(dx * dx + dy * dy) * METRES_PER_UNIT
    return apart


def _replaced(
    codes: NDArray[np.int64], fresh: NDArray[np.int64], places: NDArray[np.int64]
) -> NDArray[np.int64]:
    if not len(fresh):
        return codes
    at = np.minimum(np.searchsorted(fresh, codes), len(fresh) - 1)
    return np.where(fresh[at] == codes, places[at], codes)
