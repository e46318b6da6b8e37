"""Salients: ground that sticks out of a side's front, found at every width at once.

Method `salients/1`: a side's ground is opened by Euclidean discs of eight radii; what an opening
leaves over and is attached to what it keeps is a salient of that radius (a white top-hat;
Serra 1982, "Image Analysis and Mathematical Morphology"). Across radii the best is kept by depth
times shape. Branches of a medial axis are not used: one cell of noise doubles their number.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy import ndimage

from contested.geo.measure import WGS84
from contested.geo.opening import depth_inside, uncovered
from contested.geo.residue import EIGHT, Residue, SideCells, measure_residue
from contested.geo.salient_ground import BAND_KM, CELL_M, FrontGround
from contested.records import Method, Parameter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from contested.records import Place

RADII_KM = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0)
LEAST_KM2 = 4.0
FRONT_SHARE = 0.7
OVERLAP = 0.5
LEAST_DEPTH_KM = 5.0
DOUBT_KM = 2 * CELL_M / 1000
"""A depth runs from cell to cell: mouth and tip are each known to one cell."""


class Side(StrEnum):
    """Whose salient: ground of the attacker (controlled) or of the defender (free)."""

    ATTACKER = "attacker"
    DEFENDER = "defender"


class Tier(StrEnum):
    """How pronounced a salient is, by depth over mouth.

    Finger, pronounced and salient are the first tier (5 km and more); borderline is not.
    """

    FINGER = "finger"
    PRONOUNCED = "pronounced"
    SALIENT = "salient"
    BORDERLINE = "borderline"


_TIERS = ((1.5, Tier.FINGER), (1.0, Tier.PRONOUNCED), (0.7, Tier.SALIENT))


@dataclass(frozen=True, slots=True)
class Prong:
    """A narrower salient inside another one."""

    depth_km: float
    mouth_km: float
    bearing_deg: float
    radius_km: float


@dataclass(frozen=True, slots=True, eq=False)
class Salient:
    """One salient at its best radius.

    Attributes
    ----------
    depth_km
        Straight distance from the middle of the mouth to the tip.
    depth_range_km
        Smallest and largest depth over this radius and one step either way.
    mouth_km
        Diagonal of the box round the cells that touch the core.
    mean_width_km, neck_km
        Area over length; the smallest cross-section of the inner 70 %.
    front_share
        Share of the free perimeter that is front; the rest is coast or state border.
    score
        Depth × min(depth / mouth, 2): the order of the list.
    tip, centreline
        Longitude and latitude of the tip; the line from the mouth to the tip, degrees.
    cells
        Flat indices into the grid of `FrontGround`.
    """

    side: Side
    tier: Tier
    radius_km: float
    depth_km: float
    depth_range_km: tuple[float, float]
    mouth_km: float
    mean_width_km: float
    neck_km: float
    length_km: float
    area_km2: float
    bearing_deg: float
    front_share: float
    score: float
    prongs: tuple[Prong, ...]
    tip: tuple[float, float]
    centreline: shapely.LineString
    cells: NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Salients:
    """The salients of one map, those that matter most first.

    Attributes
    ----------
    water_given
        `False`: lakes and rivers were not known, so reservoirs may be taken for salients.
    """

    method: Method
    salients: tuple[Salient, ...]
    water_given: bool


def salients(
    ground: FrontGround,
    sides: Sequence[Side] = (Side.ATTACKER, Side.DEFENDER),
    *,
    radii_km: Sequence[float] = RADII_KM,
) -> Salients:
    """Return the salients of one map.

    Parameters
    ----------
    ground
        From `front_ground`.
    sides
        Whose salients.
    radii_km
        Radii of the discs, ascending.
    """
    found = [salient for side in sides for salient in _of_side(ground, side, radii_km)]
    found.sort(key=lambda salient: (salient.tier is Tier.BORDERLINE, -salient.score))
    parameters: dict[str, Parameter] = {
        "cell_m": CELL_M,
        "radii_km": tuple(radii_km),
        "least_km2": LEAST_KM2,
        "front_share": FRONT_SHARE,
        "band_km": BAND_KM,
        "water": ground.water_given,
    }
    return Salients(Method("salients", "1", parameters), tuple(found), ground.water_given)


def tier_of(depth_km: float, mouth_km: float) -> Tier | None:
    """Return the tier of a depth and a mouth; `None` for what is no salient.

    A depth that misses 5 km by less than the grid can tell is borderline: no salient of the first
    tier, but not left out, or one cell of redrawing would make it come and go.
    """
    ratio = depth_km / mouth_km
    tier = next((tier for least, tier in _TIERS if ratio >= least), None)
    if depth_km >= LEAST_DEPTH_KM or tier is None:
        return tier
    return Tier.BORDERLINE if depth_km >= LEAST_DEPTH_KM - DOUBT_KM else None


def residues(ground: FrontGround, side: Side, radii_km: Sequence[float]) -> list[Residue]:
    """Return every residue of a side that touches its core, over all radii."""
    own, kept, foe = {
        Side.ATTACKER: (ground.attacker, ground.controlled, ground.free),
        Side.DEFENDER: (ground.free, ground.free, ground.controlled),
    }[side]
    depth = depth_inside(own, ground.band)
    found: list[Residue] = []
    for radius_km in radii_km:
        lost = uncovered(depth, round(1000 * radius_km / ground.grid.cell_m))
        cells = SideCells(side, ground.grid, own & ~lost, own, foe)
        found += _components(lost & kept, cells, radius_km)
    return found


def _components(lost: NDArray[np.bool_], cells: SideCells, radius_km: float) -> list[Residue]:
    label, count = ndimage.label(lost, structure=EIGHT)
    sizes = np.bincount(label.ravel(), minlength=count + 1)
    boxes = ndimage.find_objects(label)
    least = LEAST_KM2 * 1e6 / cells.grid.cell_m**2
    found = []
    for number in np.flatnonzero(sizes[1:] >= least) + 1:
        # The band keeps a distance from the grid's edge, so the wider window exists.
        rows, columns = (slice(s.start - 1, s.stop + 1) for s in boxes[number - 1])
        inside = label[rows, columns] == number
        residue = measure_residue(inside, rows.start, columns.start, cells, radius_km)
        if residue is not None and residue.front_share >= FRONT_SHARE:
            found.append(residue)
    return found


def _of_side(ground: FrontGround, side: Side, radii_km: Sequence[float]) -> list[Salient]:
    found = residues(ground, side, radii_km)
    tiers = [(residue, tier_of(residue.depth_km, residue.mouth_km)) for residue in found]
    named = [(residue, tier) for residue, tier in tiers if tier is not None]
    # A borderline shape never hides one of the first tier that it overlaps.
    named.sort(key=lambda pair: (pair[1] is Tier.BORDERLINE, -pair[0].score))
    best: list[tuple[Residue, Tier]] = []
    for residue, tier in named:
        if all(_overlap(residue, other) <= OVERLAP for other, _ in best):
            best.append((residue, tier))
    return [_salient(residue, tier, found, radii_km) for residue, tier in best]


def _salient(
    residue: Residue, tier: Tier, found: list[Residue], radii_km: Sequence[float]
) -> Salient:
    lon, lat = residue.path[-1]
    return Salient(
        side=Side(residue.side),
        tier=tier,
        radius_km=residue.radius_km,
        depth_km=residue.depth_km,
        depth_range_km=_depth_range(residue, found, radii_km),
        mouth_km=residue.mouth_km,
        mean_width_km=residue.area_km2 / residue.length_km,
        neck_km=residue.neck_km,
        length_km=residue.length_km,
        area_km2=residue.area_km2,
        bearing_deg=residue.bearing_deg,
        front_share=residue.front_share,
        score=residue.score,
        prongs=_prongs(residue, found),
        tip=(float(lon), float(lat)),
        centreline=shapely.LineString(residue.path),
        cells=residue.cells,
    )


def _overlap(one: Residue, other: Residue) -> float:
    """Return the share of the smaller residue that both have."""
    common = len(np.intersect1d(one.cells, other.cells, assume_unique=True))
    return common / min(len(one.cells), len(other.cells))


def _depth_range(
    residue: Residue, found: list[Residue], radii_km: Sequence[float]
) -> tuple[float, float]:
    """Return the range of depths over the radius and its neighbours in the list of radii."""
    step = list(radii_km).index(residue.radius_km)
    near = radii_km[max(0, step - 1) : step + 2]
    depths = [residue.depth_km]
    for radius_km in near:
        shared = [(_overlap(r, residue), r.depth_km) for r in found if r.radius_km == radius_km]
        depths += [depth for overlap, depth in sorted(shared)[-1:] if overlap > OVERLAP]
    return min(depths), max(depths)


def _prongs(residue: Residue, found: list[Residue]) -> tuple[Prong, ...]:
    """Return the residues of the smallest radius that lie inside a salient, deepest first."""
    inside = [
        other for other in found if other.radius_km < residue.radius_km and _within(other, residue)
    ]
    finest = min((other.radius_km for other in inside), default=0.0)
    prongs = [other for other in inside if other.radius_km == finest]
    prongs.sort(key=lambda other: -other.depth_km)
    return tuple(Prong(p.depth_km, p.mouth_km, p.bearing_deg, p.radius_km) for p in prongs)


def _within(small: Residue, large: Residue) -> bool:
    common = len(np.intersect1d(small.cells, large.cells, assume_unique=True))
    return common > OVERLAP * len(small.cells)


def taken_km2(salient: Salient, earlier: NDArray[np.bool_], grid_cell_m: float) -> float:
    """Return the area of a salient that was not its side's on an earlier map.

    Parameters
    ----------
    earlier
        Controlled cells of the earlier map on the same grid, shape (rows, columns).
    """
    was = earlier.ravel()[salient.cells]
    gained = ~was if salient.side is Side.ATTACKER else was
    return float(gained.sum()) * grid_cell_m**2 / 1e6


def nearest_place(salient: Salient, places: Sequence[Place]) -> tuple[Place, float] | None:
    """Return the place nearest to a salient's tip and its distance in km."""
    if not places:
        return None
    lonlat = np.array([(place.lon, place.lat) for place in places])
    tip = np.tile(salient.tip, (len(places), 1))
    _, _, metres = WGS84.inv(tip[:, 0], tip[:, 1], lonlat[:, 0], lonlat[:, 1])
    nearest = int(np.argmin(metres))
    return places[nearest], float(metres[nearest]) / 1000
