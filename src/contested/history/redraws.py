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

_METRES_PER_UNIT = 0.0111132
"""Metres in 1e-7 degree of latitude (at 48°N; within 0.5 % in the frame of the war)."""


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
    codes = (ring[:, 0].astype(np.int64) << 32) + ring[:, 1]
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
    tree = shapely.STRtree(shapely.points(_metres(gone)))
    which, nearest = tree.query_nearest(
        shapely.points(_metres(fresh)), max_distance=WITHIN_M, all_matches=False
    )
    places = fresh.copy()
    places[which] = gone[nearest]
    return places


def _metres(codes: NDArray[np.int64]) -> NDArray[np.float64]:
    y = (codes & 0xFFFFFFFF).astype(np.float64)
    x = (codes >> 32) * np.cos(np.radians(y * 1e-7))
    return np.stack([x, y], axis=1) * _METRES_PER_UNIT


def _replaced(
    codes: NDArray[np.int64], fresh: NDArray[np.int64], places: NDArray[np.int64]
) -> NDArray[np.int64]:
    if not len(fresh):
        return codes
    at = np.minimum(np.searchsorted(fresh, codes), len(fresh) - 1)
    return np.where(fresh[at] == codes, places[at], codes)
