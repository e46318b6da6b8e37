"""Which days have a map: gaps are shown as gaps, never as "no change"."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from contested.errors import NoMapError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contested.records import SnapshotId


@dataclass(frozen=True, slots=True)
class Coverage:
    """The days a source covers.

    Attributes
    ----------
    first, last
        Days of the first and of the last map.
    snapshots
        Number of maps; a day may have several.
    days_with_map
        Number of days that have at least one.
    days_missing
        Every day from `first` to `last` without a map.
    """

    source: str
    first: date
    last: date
    snapshots: int
    days_with_map: int
    days_missing: tuple[date, ...]


class MapCalendar:
    """Finds the snapshot that speaks for a day.

    Parameters
    ----------
    source
        Name of the source, for messages.
    snapshots
        In order of publication; positions in it are what the methods return.
    """

    def __init__(self, source: str, snapshots: Sequence[SnapshotId]) -> None:
        if not snapshots:
            raise NoMapError(f"the book holds no map of {source}: add some with `contested ingest`")
        self.source = source
        last_of_day: dict[date, int] = {}
        for index, snapshot in enumerate(snapshots):
            last_of_day[snapshot.as_of] = index
        self._days = sorted(last_of_day)
        self._index = [last_of_day[day] for day in self._days]
        self._snapshots = len(snapshots)

    @property
    def days(self) -> tuple[date, ...]:
        """Every day with a map, oldest first."""
        return tuple(self._days)

    def on(self, day: date) -> int:
        """Return the last snapshot of a UTC day.

        Raises
        ------
        NoMapError
            If the day has no map; the nearest maps on both sides are named.
        """
        position = bisect_right(self._days, day) - 1
        if position >= 0 and self._days[position] == day:
            return self._index[position]
        around = self._days[max(position, 0) : position + 2]
        nearest = " and ".join(str(d) for d in around)
        word = "maps are" if len(around) > 1 else "map is"
        raise NoMapError(f"{self.source} has no map of {day}; the nearest {word} of {nearest}")

    def at_or_before(self, day: date) -> int:
        """Return the last snapshot at or before a day: how ends of a range are read.

        Raises
        ------
        NoMapError
            If the series begins after the day.
        """
        position = bisect_right(self._days, day) - 1
        if position < 0:
            raise NoMapError(f"{self.source} begins on {self._days[0]}: no map at or before {day}")
        return self._index[position]

    def coverage(self) -> Coverage:
        """Return first and last day, counts and the days without a map."""
        first, last = self._days[0], self._days[-1]
        held = set(self._days)
        span = (first + timedelta(days=n) for n in range((last - first).days + 1))
        missing = tuple(day for day in span if day not in held)
        return Coverage(self.source, first, last, self._snapshots, len(held), missing)
