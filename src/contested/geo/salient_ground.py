"""The cells that salients are found on: both sides' ground, the front and its band.

Water belongs to neither side and counts as coast: a reservoir between two banks is no salient of
anybody. Where no water is given, only the sea outside the outline is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from contested.errors import NotHeldError
from contested.geo.project import EQUAL_AREA, to_plane
from contested.geo.raster import Grid, aligned_grid, rasterise
from contested.geo.seams import close_seams

if TYPE_CHECKING:
    from numpy.typing import NDArray

CELL_M = 250.0
BAND_KM = 30.0
INSET_KM = 3.0
WINDOW_KM = 2 * BAND_KM
CUT_DEG = (2.2, 1.4)
"""Degrees of longitude and latitude that hold window, band and a margin of 60 km, to 54°N."""


@dataclass(frozen=True, slots=True, eq=False)
class FrontGround:
    """Both sides' ground round the front, as cells.

    Attributes
    ----------
    controlled
        Controlled ground inside Ukraine, without water.
    attacker
        The same and Russia, without ground held by Ukraine there: what an attacker's salient
        grows out of.
    free
        Ukraine's ground that is not controlled, without water.
    band
        Cells within 30 km of the front.
    water_given
        Whether lakes and rivers were known.
    """

    grid: Grid
    controlled: NDArray[np.bool_]
    attacker: NDArray[np.bool_]
    free: NDArray[np.bool_]
    band: NDArray[np.bool_]
    water_given: bool


def front_ground(
    controlled: shapely.Geometry,
    outline: shapely.Geometry,
    russia: shapely.Geometry,
    *,
    water: shapely.Geometry | None = None,
    held_by_ukraine: shapely.Geometry | None = None,
    window: shapely.Geometry | None = None,
) -> FrontGround:
    """Return the ground round the front of one map.

    Parameters
    ----------
    controlled, outline
        Controlled ground and Ukraine's territory, degrees.
    russia
        Russia's territory, degrees; where it overlaps the outline, the outline keeps the ground.
    water
        Reservoirs, rivers, limans and Sivash, degrees; `None` where not known.
    held_by_ukraine
        Ground in Russia that Ukraine holds; `None` where the source does not show it.
    window
        Degrees; only the front within 60 km of its bounds is looked at, so that the cells within
        30 km of them are those of the whole front. `None` for the whole front.

    Raises
    ------
    NotHeldError
        If no controlled ground ends inside the outline.
    """
    if window is not None:
        controlled, outline, russia = (_round(one, window) for one in (controlled, outline, russia))
        water = None if water is None else _round(water, window)
    ground = close_seams(to_plane(controlled, EQUAL_AREA))
    territory = to_plane(outline, EQUAL_AREA)
    inner = shapely.buffer(territory, -1000 * INSET_KM)
    front = shapely.intersection(shapely.boundary(ground), inner)
    if window is not None:
        wide = np.array([-1, -1, 1, 1]) * 1000 * WINDOW_KM
        front = shapely.clip_by_rect(front, *(to_plane(window, EQUAL_AREA).bounds + wide))
    if front.is_empty:
        raise NotHeldError("no front on this map: no controlled ground ends inside the outline")
    near = shapely.buffer(shapely.simplify(front, CELL_M / 2), 1000 * BAND_KM)
    # One cell more on every side, so that no cell of the band lies on the grid's edge.
    margin = np.array([-1, -1, 1, 1]) * CELL_M
    west, south, east, north = np.array(shapely.bounds(near)) + margin
    grid = aligned_grid((west, south, east, north), CELL_M)
    ours, inside, dry = (
        rasterise(ground, grid),
        rasterise(territory, grid),
        ~_cells(water, grid),
    )
    theirs = _cells(russia, grid) & ~inside & ~_cells(held_by_ukraine, grid)
    return FrontGround(
        grid,
        ours & dry,
        (ours | theirs) & dry,
        inside & ~ours & dry,
        rasterise(near, grid),
        water is not None,
    )


def _round(ground: shapely.Geometry, window: shapely.Geometry) -> shapely.Geometry:
    """Return ground far enough round a window that where it is cut never shows; degrees."""
    west, south, east, north = window.bounds
    return shapely.clip_by_rect(
        ground, west - CUT_DEG[0], south - CUT_DEG[1], east + CUT_DEG[0], north + CUT_DEG[1]
    )


def _cells(ground: shapely.Geometry | None, grid: Grid) -> NDArray[np.bool_]:
    """Return the cells of ground in degrees; none for `None`."""
    return rasterise(None if ground is None else to_plane(ground, EQUAL_AREA), grid)
