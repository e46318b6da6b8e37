"""Statuses of settlements: points with dates, never areas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from contested.records.place import Place
    from contested.records.status import Status


@dataclass(frozen=True, slots=True)
class PointStatus:
    """From this day on the source shows this status at the settlement's point.

    `layer` says what the source carried on that day: on an "occupied only" layer the absence of
    a change says nothing about contested ground.
    """

    place_id: str
    since: date
    status: Status
    layer: str


@dataclass(frozen=True, slots=True)
class PointTimeline:
    """A settlement with every status it was shown with, oldest first."""

    place: Place
    statuses: tuple[PointStatus, ...]
