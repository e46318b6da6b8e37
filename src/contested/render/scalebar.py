"""A scale bar in km and miles that is true where it stands. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10
from typing import TYPE_CHECKING

import numpy as np

from contested.geo.measure import KM_PER_MILE, WGS84
from contested.render import wording
from contested.render.language import ENGLISH, Language
from contested.render.picture import Units
from contested.render.svg import element, group
from contested.render.theme import SMALLEST_TEXT_PX
from contested.render.typeset import text_width

if TYPE_CHECKING:
    from contested.render.labels import Box
    from contested.render.paint import Painter
    from contested.render.projection import Projection

LARGEST_SHARE = 0.2
BAR_HEIGHT = 34.0


@dataclass(frozen=True, slots=True)
class ScaleBar:
    """Round lengths in both units and the pixels they take at the bar's place."""

    km: float
    km_px: float
    miles: float
    miles_px: float
    x: float
    y: float
    size: float
    units: Units = Units.BOTH
    language: Language = ENGLISH

    @property
    def box(self) -> Box:
        """Return the ground that bar and figures take."""
        figures = text_width(f"{self.miles:g} {self.language.mile_forms[2]}", self.size)
        right = self.x + max(self.km_px, self.miles_px, figures) + figures / 2 + 4
        return (self.x - 8, self.y - 18, right, self.y + 19)


def round_length(longest: float) -> float:
    """Return the largest of 1, 2, 5 times a power of ten that is not above `longest`."""
    power = 10.0 ** floor(log10(longest))
    return max(step * power for step in (1.0, 2.0, 5.0) if step * power <= longest * (1 + 1e-9))


def px_per_km_at(projection: Projection, x: float, y: float) -> float:
    """Return the pixels of one geodesic kilometre, measured west to east at a pixel."""
    half = 25.0
    west, east = projection.degrees(np.array([[x - half, y], [x + half, y]]))
    metres = WGS84.inv(west[0], west[1], east[0], east[1])[2]
    return float(2 * half / (metres / 1000))


def fit_scale_bar(
    projection: Projection,
    x: float,
    y: float,
    scale: float = 1.0,
    *,
    units: Units = Units.BOTH,
    language: Language = ENGLISH,
) -> ScaleBar:
    """Return the bar that starts at a pixel and takes at most a fifth of the width."""
    px_per_km = px_per_km_at(projection, x, y)
    longest_km = projection.width * LARGEST_SHARE / px_per_km
    km, miles = round_length(longest_km), round_length(longest_km / KM_PER_MILE)
    size = max(10.5 * scale, SMALLEST_TEXT_PX)
    return ScaleBar(
        km, km * px_per_km, miles, miles * KM_PER_MILE * px_per_km, x, y, size, units, language
    )


def draw_scale_bar(bar: ScaleBar, painter: Painter) -> str:
    """Return the bar: km above the line, miles below it; one unit alone stands above."""
    x, y, words = bar.x, bar.y, bar.language
    km = f"{wording.figure(bar.km, words)} {words.km}"
    miles = f"{wording.figure(bar.miles, words)} {wording.miles_word(bar.miles, words)}"
    above = (bar.miles_px, miles) if bar.units is Units.MILES else (bar.km_px, km)
    below = (bar.miles_px, miles) if bar.units is Units.BOTH else None
    path = f"M{x:.1f} {y - 5:.1f}V{y:.1f}H{x + above[0]:.1f}V{y - 5:.1f}"
    words_above = painter.haloed(above[1], x, y - 8, bar.size)
    words_below: tuple[str, ...] = ()
    if below:
        path += f"M{x:.1f} {y + 5:.1f}V{y:.1f}H{x + below[0]:.1f}V{y + 5:.1f}"
        words_below = painter.haloed(below[1], x, y + 8 + bar.size * 0.72, bar.size)
    line = element("path", d=path, fill="none", stroke_width=1.2, **painter.stroke("ink"))
    return group(painter.id("scale"), [line, *words_above, *words_below])
