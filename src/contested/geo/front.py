"""The front line: where it runs, and how its length depends on the ruler.

Method `front/1`: the boundary of controlled ground that lies more than 3 km inside Ukraine's
outline. The longest piece is the main line, every other piece an incursion. Lengths are given at
several Douglas–Peucker tolerances, because a front, like a coast, grows with a finer ruler
(Mandelbrot 1967, "How long is the coast of Britain?").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from contested.errors import NotHeldError, UsageError
from contested.geo.measure import KM_PER_MILE, WGS84
from contested.geo.project import LAMBERT, to_degrees, to_plane
from contested.geo.seams import SEAM_M, close_seams
from contested.records import Method

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

INSET_KM = 3.0
TOLERANCES_M = (0.0, 100.0, 500.0, 1000.0, 2000.0, 5000.0, 10_000.0)
HEADLINE_M = 500.0
RULER_STEP_M = 50.0
RULER_MARGIN = 0.005
"""A quoted length is held to fit a ruler whose length differs by less than this share."""


@dataclass(frozen=True, slots=True)
class FrontLength:
    """Length at one tolerance: of the main line, and of all pieces together."""

    m: float
    main_km: float
    all_km: float

    @property
    def main_miles(self) -> float:
        """Length of the main line in statute miles."""
        return self.main_km / KM_PER_MILE

    @property
    def all_miles(self) -> float:
        """Length of all pieces in statute miles."""
        return self.all_km / KM_PER_MILE


@dataclass(frozen=True, slots=True, eq=False)
class FrontLine:
    """The front of one map.

    Attributes
    ----------
    tolerances
        The length curve, finest ruler first.
    main, incursions
        The lines as drawn, in degrees; `incursions` may be empty.
    """

    method: Method
    tolerances: tuple[FrontLength, ...]
    main: shapely.LineString
    incursions: shapely.MultiLineString


@dataclass(frozen=True, slots=True)
class FrontChange:
    """Change of the length at one tolerance, in percent of the earlier length."""

    m: float
    main_percent: float
    all_percent: float


@dataclass(frozen=True, slots=True)
class FrontTrend:
    """Change of the front's length at every ruler.

    Attributes
    ----------
    main_sign_agrees, all_sign_agrees
        Whether the front became longer at every ruler, or shorter at every ruler.
    main_range_percent, all_range_percent
        Smallest and largest change over the rulers.
    """

    method: Method
    changes: tuple[FrontChange, ...]
    main_sign_agrees: bool
    all_sign_agrees: bool
    main_range_percent: tuple[float, float]
    all_range_percent: tuple[float, float]


@dataclass(frozen=True, slots=True)
class ImpliedRuler:
    """The ruler at which a line has a quoted length.

    Attributes
    ----------
    ruler_m
        Tolerance whose length comes closest to the quoted one, in steps of 50 m; `None` where
        the line is longer or shorter than the quoted length at every ruler.
    fits_m
        Finest and coarsest tolerance within 0.5 % of the quoted length; `None` where there is
        none.
    finest_km, coarsest_km
        The line's length as drawn and at the coarsest ruler tried.
    """

    ruler_m: float | None
    fits_m: tuple[float, float] | None
    finest_km: float
    coarsest_km: float


@dataclass(frozen=True, slots=True)
class ImpliedRulers:
    """Which rulers a quoted front length implies."""

    method: Method
    quoted_km: float
    main: ImpliedRuler
    all: ImpliedRuler


def front_line(
    controlled: shapely.Geometry,
    outline: shapely.Geometry,
    *,
    tolerances_m: Sequence[float] = TOLERANCES_M,
    inset_km: float = INSET_KM,
) -> FrontLine:
    """Return the front of a map and its length curve.

    Parameters
    ----------
    controlled
        Controlled ground in degrees; hairline seams may be open.
    outline
        Ukraine's internationally recognised territory in degrees.
    tolerances_m
        Douglas–Peucker tolerances in metres; 0 is the line as drawn.
    inset_km
        How far inside the outline a boundary must lie: drops coast and state border.

    Raises
    ------
    UsageError
        If a tolerance is negative or not a number, or there is none.
    NotHeldError
        If no boundary lies inside the outline.
    """
    rulers = sorted_rulers(tolerances_m)
    pieces = _pieces(controlled, outline, inset_km)
    curve = tuple(_length(pieces, ruler) for ruler in rulers)
    drawn = to_degrees(pieces, LAMBERT)
    longest = int(np.argmax(_lengths_km(pieces)))
    return FrontLine(
        Method("front", "1", {"inset_km": inset_km, "seam_m": SEAM_M, "tolerances_m": rulers}),
        curve,
        drawn[longest],
        shapely.MultiLineString(list(np.delete(drawn, longest))),
    )


def sorted_rulers(tolerances_m: Sequence[float]) -> tuple[float, ...]:
    """Return tolerances finest first, each once.

    Raises
    ------
    UsageError
        If one is negative or not a finite number, or if there is none.
    """
    wrong = [m for m in tolerances_m if not (np.isfinite(m) and m >= 0)]
    if wrong:
        raise UsageError(f"tolerance {wrong[0]:g} m: a ruler has a length of 0 m or more")
    if not tolerances_m:
        raise UsageError("no tolerance given: name at least one, in metres")
    return tuple(sorted({float(m) for m in tolerances_m}))


def front_trend(before: FrontLine, after: FrontLine) -> FrontTrend:
    """Return the change between two fronts at every ruler they share.

    Raises
    ------
    UsageError
        If they share none.
    """
    earlier = {length.m: length for length in before.tolerances}
    pairs = [(earlier[late.m], late) for late in after.tolerances if late.m in earlier]
    if not pairs:
        raise UsageError("the two fronts were measured with different tolerances")
    changes = tuple(
        FrontChange(
            late.m, _percent(early.main_km, late.main_km), _percent(early.all_km, late.all_km)
        )
        for early, late in pairs
    )
    main = [change.main_percent for change in changes]
    every = [change.all_percent for change in changes]
    return FrontTrend(
        after.method,
        changes,
        _one_sign(main),
        _one_sign(every),
        (min(main), max(main)),
        (min(every), max(every)),
    )


def implied_rulers(
    controlled: shapely.Geometry,
    outline: shapely.Geometry,
    quoted_km: float,
    *,
    coarsest_m: float = TOLERANCES_M[-1],
    inset_km: float = INSET_KM,
) -> ImpliedRulers:
    """Return the tolerances at which the front has a quoted length.

    Raises
    ------
    UsageError
        If the quoted length is not above 0.
    """
    if not quoted_km > 0:
        raise UsageError(f"a front of {quoted_km:g} km: give a length above 0")
    pieces = _pieces(controlled, outline, inset_km)
    rulers = np.arange(0.0, coarsest_m + 1, RULER_STEP_M)
    curve = [_length(pieces, float(ruler)) for ruler in rulers]
    parameters = {"inset_km": inset_km, "seam_m": SEAM_M, "step_m": RULER_STEP_M}
    return ImpliedRulers(
        Method("front", "1", {**parameters, "margin": RULER_MARGIN}),
        quoted_km,
        _implied(rulers, np.array([length.main_km for length in curve]), quoted_km),
        _implied(rulers, np.array([length.all_km for length in curve]), quoted_km),
    )


def _implied(
    rulers: NDArray[np.float64], km: NDArray[np.float64], quoted_km: float
) -> ImpliedRuler:
    off = np.abs(km / quoted_km - 1)
    fits = rulers[off <= RULER_MARGIN]
    inside = km.min() <= quoted_km <= km.max() or fits.size > 0
    return ImpliedRuler(
        float(rulers[np.argmin(off)]) if inside else None,
        (float(fits.min()), float(fits.max())) if fits.size else None,
        float(km[0]),
        float(km[-1]),
    )


def _pieces(
    controlled: shapely.Geometry, outline: shapely.Geometry, inset_km: float
) -> NDArray[np.object_]:
    """Return the front as drawn: merged lines in metres on the Lambert conic."""
    ground = close_seams(to_plane(controlled, LAMBERT))
    inner = shapely.buffer(to_plane(outline, LAMBERT), -1000 * inset_km)
    # Clip first, simplify later: the other order makes the front up to 9 % longer.
    line = shapely.line_merge(shapely.intersection(shapely.boundary(ground), inner))
    parts = shapely.get_parts(line)
    pieces: NDArray[np.object_] = parts[shapely.length(parts) > 0]
    if pieces.size == 0:
        raise NotHeldError("no front on this map: no controlled ground ends inside the outline")
    return pieces


def _length(pieces: NDArray[np.object_], ruler_m: float) -> FrontLength:
    simple = shapely.simplify(pieces, ruler_m) if ruler_m > 0 else pieces
    km = _lengths_km(simple)
    # The longest piece is chosen anew: simplifying may change which one it is.
    return FrontLength(ruler_m, float(km.max()), float(km.sum()))


def _lengths_km(lines: NDArray[np.object_]) -> NDArray[np.float64]:
    """Return the geodesic lengths in km of lines in metres, shape (n,)."""
    lonlat, line = shapely.get_coordinates(to_degrees(lines, LAMBERT), return_index=True)
    same = line[1:] == line[:-1]
    start, end = lonlat[:-1][same], lonlat[1:][same]
    _, _, metres = WGS84.inv(start[:, 0], start[:, 1], end[:, 0], end[:, 1])
    return np.bincount(line[1:][same], weights=metres, minlength=len(lines)) / 1000


def _percent(before: float, after: float) -> float:
    return 100 * (after / before - 1)


def _one_sign(changes: list[float]) -> bool:
    return min(changes) > 0 or max(changes) < 0
