"""Area and length along edges on WGS84, as integers that add up exactly.

Area under an edge is the integral of the authalic function of latitude over longitude (Snyder
1987, eq. 3-12), by Gauss–Legendre with three nodes; to it comes the lens between the straight edge
and the geodesic, so that polygons measure as geodesic ones (Karney 2013) while the series of a
history stays one sum over edges. Values are cumulative along each whole edge and integer (square
centimetres, micrometres): cutting an edge elsewhere changes no sum, in whatever order it is cut.
"""

from __future__ import annotations

import math

import numpy as np

from contested.geo.compiled import inlined

SEMI_MAJOR_M = 6378137.0
FLATTENING = 1 / 298.257223563
E2 = FLATTENING * (2 - FLATTENING)
E = math.sqrt(E2)
RADIANS = math.pi / 180 * 1e-7
"""Radians in one unit of 1e-7 degree."""

LENGTH_UNITS_PER_KM = 1e9
"""Lengths are counted in micrometres."""

_REFERENCE = 48.0 * math.pi / 180
_NODE = math.sqrt(0.6)


@inlined
def _authalic(phi: float) -> float:
    """Return the area in m² per radian of longitude between the equator and a latitude."""
    sine = math.sin(phi)
    term = sine / (1 - E2 * sine * sine) + math.atanh(E * sine) / E
    return 0.5 * SEMI_MAJOR_M * SEMI_MAJOR_M * (1 - E2) * term


@inlined
def bend_of(x1: float, y1: float, x2: float, y2: float) -> float:
    """Return the area in cm² between the straight edge and the geodesic below it.

    The lens is curvature times length cubed over twelve: the straight line in longitude and
    latitude turns away from the geodesic at the rate of its geodesic curvature, which follows
    from the Christoffel symbols of the ellipsoid in these coordinates.
    """
    phi = 0.5 * (y1 + y2) * RADIANS
    sine, cosine = math.sin(phi), math.cos(phi)
    w = math.sqrt(1 - E2 * sine * sine)
    prime = SEMI_MAJOR_M / w
    meridian = SEMI_MAJOR_M * (1 - E2) / (w * w * w)
    east = prime * cosine * (x2 - x1) * RADIANS
    north = meridian * (y2 - y1) * RADIANS
    flat = 2 + 3 * E2 / (1 - E2) * cosine * cosine
    return sine * (east * east + flat * north * north) * (x2 - x1) * RADIANS / 12 * 1e4


@inlined
def area_to(x1: float, y1: float, x2: float, y2: float, bend: float, share: float) -> int:
    """Return the area in cm² under the first `share` of an edge, counted from 48°N."""
    dx, dy = (x2 - x1) * share, (y2 - y1) * share * RADIANS
    middle, half = y1 * RADIANS + 0.5 * dy, 0.5 * dy
    total = 8 * _authalic(middle)
    if half != 0.0:
        total += 5 * (_authalic(middle - half * _NODE) + _authalic(middle + half * _NODE))
    else:
        total += 10 * _authalic(middle)
    level = total / 18 - _authalic(_REFERENCE)
    lens = bend * (3 - 2 * share) * share * share
    return int(np.rint(level * dx * RADIANS * 1e4 + lens))


@inlined
def length_to(x1: float, y1: float, x2: float, y2: float, share: float) -> int:
    """Return the length in µm of the first `share` of an edge, by arcs of at most ~5 km."""
    dx, dy = (x2 - x1) * share * RADIANS, (y2 - y1) * share * RADIANS
    arcs = 1 + int((abs(dx) + abs(dy)) / 0.0008)
    total = 0.0
    for i in range(arcs):
        phi = y1 * RADIANS + dy * (i + 0.5) / arcs
        sine = math.sin(phi)
        w2 = 1 - E2 * sine * sine
        w = math.sqrt(w2)
        east = SEMI_MAJOR_M / w * math.cos(phi) * dx / arcs
        north = SEMI_MAJOR_M * (1 - E2) / (w2 * w) * dy / arcs
        total += math.sqrt(east * east + north * north)
    return int(np.rint(total * 1e6))
