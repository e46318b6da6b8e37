"""Morphological opening of cells by Euclidean discs, only where it is asked for.

A cell lies in the opening by radius r when some cell within r has its whole disc of radius r
inside the set. `scipy`'s distance transform is exact but would be needed once a radius over the
whole grid; here one transform serves all radii, and only cells near the front are looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import ndimage

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FAR = np.int16(20_000)
"""Further than any cell of a grid; twice it still fits 16 bits beside a column number."""


@dataclass(frozen=True, slots=True, eq=False)
class Depth:
    """The cells of a set, and how far from its edge those inside a band lie.

    Attributes
    ----------
    cells
        The set, shape (rows, columns).
    row, column
        Cells of the set inside the band, shape (n,).
    squared
        Squared distance in cells to the nearest cell outside the set, shape (n,).
    eroded_from
        Squared distance of every cell, shape (rows, columns), capped at 32,767.
    """

    cells: NDArray[np.bool_]
    row: NDArray[np.intp]
    column: NDArray[np.intp]
    squared: NDArray[np.int16]
    eroded_from: NDArray[np.int16]


def depth_inside(cells: NDArray[np.bool_], band: NDArray[np.bool_]) -> Depth:
    """Return how deep inside a set its cells lie.

    Cells beyond the grid count as inside: nothing is eroded from the grid's own edge.
    """
    if cells.all():
        squared = np.full(cells.shape, np.iinfo(np.int16).max, dtype=np.int16)
    else:
        squared = _squared_distance(cells)
    row, column = np.nonzero(cells & band)
    return Depth(cells, row, column, squared[row, column], squared)


def _squared_distance(cells: NDArray[np.bool_]) -> NDArray[np.int16]:
    """Return the squared distance in cells to the nearest cell outside, capped."""
    nearest = ndimage.distance_transform_edt(cells, return_distances=False, return_indices=True)
    down = nearest[0] - np.arange(cells.shape[0], dtype=np.int32)[:, None]
    right = nearest[1] - np.arange(cells.shape[1], dtype=np.int32)[None, :]
    squared = down * down + right * right
    capped: NDArray[np.int16] = np.minimum(squared, np.iinfo(np.int16).max).astype(np.int16)
    return capped


def uncovered(depth: Depth, radius: int) -> NDArray[np.bool_]:
    """Return the cells of the set inside the band that its opening by a disc loses.

    Parameters
    ----------
    radius
        In cells, below 181.

    Returns
    -------
    ndarray of bool, shape (rows, columns)
    """
    eroded = depth.eroded_from > radius * radius
    near = _row_distance(eroded, radius)
    shallow = np.flatnonzero(depth.squared <= radius * radius)
    row, column = depth.row[shallow] + radius, depth.column[shallow]
    for down in sorted(range(-radius, radius + 1), key=abs):
        width = int(np.sqrt(radius * radius - down * down))
        left = near[row + down, column] > width
        row, column = row[left], column[left]
    lost = np.zeros(depth.cells.shape, dtype=bool)
    lost[row - radius, column] = True
    return lost


def _row_distance(cells: NDArray[np.bool_], padding: int) -> NDArray[np.int16]:
    """Return the distance to the nearest cell of the set in the same row, rows padded."""
    rows, columns = cells.shape
    column = np.arange(columns, dtype=np.int16)
    before = np.maximum.accumulate(np.where(cells, column, -_FAR), axis=1)
    after = np.minimum.accumulate(np.where(cells, column, _FAR)[:, ::-1], axis=1)[:, ::-1]
    distance = np.full((rows + 2 * padding, columns), _FAR, dtype=np.int16)
    inner = distance[padding : rows + padding]
    np.minimum(column - before, after - column, out=inner)
    return distance
