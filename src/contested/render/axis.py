"""Axes of small charts: days across, round figures up. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor, log10
from typing import TYPE_CHECKING

from contested.render import wording
from contested.render.language import ENGLISH, Language

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_TICKS = 7
_STEPS_MONTHS = (1, 3, 6, 12, 24, 60)
_SHORT_SPAN_DAYS = 62


@dataclass(frozen=True, slots=True)
class DayAxis:
    """Days from `first` to `last` between two pixels."""

    first: date
    last: date
    left: float
    right: float
    language: Language = ENGLISH

    def x(self, day: date) -> float:
        """Return the pixel of the beginning of a day."""
        span = max((self.last - self.first).days + 1, 1)
        return self.left + (self.right - self.left) * (day - self.first).days / span

    def ticks(self) -> list[tuple[float, str]]:
        """Return pixel and words of round days: months where few, else quarters or years."""
        days = (self.last - self.first).days
        if days <= _SHORT_SPAN_DAYS:
            step = max(1, ceil((days + 1) / 5))
            chosen = [self.first + timedelta(n) for n in range(0, days + 1, step)]
            return [(self.x(day), wording.short_day(day, self.language)) for day in chosen]
        return [(self.x(day), self._words(day)) for day in self._round_months()]

    def _round_months(self) -> list[date]:
        for step in _STEPS_MONTHS:
            months = range(self.first.year * 12, self.last.year * 12 + 12, step)
            days = [date(month // 12, month % 12 + 1, 1) for month in months]
            inside = [day for day in days if self.first <= day <= self.last]
            if len(inside) <= MOST_TICKS:
                return inside
        return [self.first]

    def _words(self, day: date) -> str:
        name = wording.axis_month(day, self.language)
        return str(day.year) if day.month == 1 else f"{name} {day.year}"


def round_ticks(low: float, high: float, most: int = 4) -> list[float]:
    """Return round figures that span a range: steps of 1, 2 or 5 times a power of ten."""
    span = max(high - low, 1e-9)
    raw = span / max(most - 1, 1)
    power = 10.0 ** floor(log10(raw))
    step = min((f * power for f in (1, 2, 5, 10) if f * power >= raw * 0.999), default=raw)
    first = floor(low / step)
    return [round(step * n, 9) for n in range(first, max(ceil(high / step), first + 1) + 1)]


def runs(values: Sequence[float | None]) -> list[tuple[int, int]]:
    """Return begin and end (exclusive) of every unbroken run of values."""
    found: list[tuple[int, int]] = []
    for index, value in enumerate(values):
        if value is None:
            continue
        if found and found[-1][1] == index:
            found[-1] = (found[-1][0], index + 1)
        else:
            found.append((index, index + 1))
    return found
