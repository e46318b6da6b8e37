"""Dots of settlements: a form for every status, so that no one needs the colour. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contested.records import Status
from contested.render.svg import element

if TYPE_CHECKING:
    from contested.render.paint import Painter

DOT_ORDER = (
    Status.FREE,
    Status.LIBERATED,
    Status.UA_HELD_IN_RUSSIA,
    Status.CONTESTED,
    Status.HELD_SINCE_2014,
    Status.OCCUPIED,
    Status.CONTROLLED,
)


def place_dot(x: float, y: float, radius: float, painter: Painter) -> str:
    """Return the dot of a place without a status: white with an ink edge."""
    return element("circle", cx=x, cy=y, r=radius, stroke_width=1.4, **painter.both("card", "ink"))


def status_dot(status: Status, x: float, y: float, radius: float, painter: Painter) -> str:
    """Return a settlement's dot.

    Occupied: full. Held since 2014: full with a light core. Contested: left half full.
    Liberated: thick ring. Held in Russia: thick ring with a core. Government-controlled: thin
    ring.
    """
    if status in {Status.OCCUPIED, Status.CONTROLLED}:
        return _circle(x, y, radius, 1.0, painter.both("gained", "card"))
    if status is Status.HELD_SINCE_2014:
        outer = _circle(x, y, radius, 1.0, painter.both("held_2014_dot", "card"))
        return outer + _circle(x, y, radius * 0.4, None, painter.fill("card"))
    if status is Status.CONTESTED:
        return _half(x, y, radius, painter)
    if status is Status.LIBERATED:
        return _circle(x, y, radius - 0.6, 2.2, painter.both("card", "regained"))
    if status is Status.UA_HELD_IN_RUSSIA:
        outer = _circle(x, y, radius - 0.6, 1.8, painter.both("card", "regained"))
        return outer + _circle(x, y, radius * 0.35, None, painter.fill("regained"))
    return _circle(x, y, radius - 0.4, 1.1, painter.both("card", "soft_ink"))


def _circle(x: float, y: float, radius: float, line: float | None, paint: dict[str, str]) -> str:
    return element("circle", cx=x, cy=y, r=radius, stroke_width=line, **paint)


def _half(x: float, y: float, radius: float, painter: Painter) -> str:
    inner = radius - 0.5
    ring = _circle(x, y, inner, 1.2, painter.both("card", "ink"))
    left = f"M{x:.1f} {y - inner:.1f}A{inner:.1f} {inner:.1f} 0 0 0 {x:.1f} {y + inner:.1f}z"
    return ring + element("path", d=left, **painter.fill("ink"))
