"""What a report page shows, as frozen records. Figures are handed in, none is computed here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contested.render.language import ENGLISH, Language

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from contested.records import Place, Source, Status
    from contested.render.picture import LocatorMap


@dataclass(frozen=True, slots=True)
class ShareRow:
    """Shares by status of one measured piece of ground, 0 to 1, on the day and before.

    Attributes
    ----------
    label
        What was measured: "2 km disc", "3 km disc, south-west".
    """

    label: str
    shares: Mapping[Status, float]
    before: Mapping[Status, float] | None = None


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """The place on the day: shares of discs and quadrants.

    Attributes
    ----------
    held
        Statuses that the source carries, in order of the columns; others are "not held".
    before_day
        Day of the map that the `before` shares are from.
    """

    rows: tuple[ShareRow, ...]
    held: tuple[Status, ...]
    before_day: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """Ground that went from one status to another; `None` is ground without a statement."""

    before: Status | None
    after: Status | None
    km2: float


@dataclass(frozen=True, slots=True)
class ChangeTable:
    """What changed between two map days, and over which ground."""

    first: date
    last: date
    scope: str
    rows: tuple[ChangeRow, ...]
    gained_km2: float
    lost_km2: float
    net_km2: float


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """A status from map day `first` to map day `last`; `last` is `None` where it still lasts."""

    status: Status | None
    first: date
    last: date | None
    criterion: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The statuses of one place, oldest first.

    Attributes
    ----------
    first_map, last_map
        The span that the source holds: the strip is drawn over it.
    missing
        Days in that span without a map.
    """

    place: Place
    rows: tuple[TimelineRow, ...]
    first_map: date
    last_map: date
    missing: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class AreaRow:
    """Area of a status; `None` means that the source does not hold the status."""

    status: Status
    km2: float | None


@dataclass(frozen=True, slots=True)
class DaySeries:
    """A figure by day for one status; `None` on a day without a map."""

    status: Status
    days: tuple[date, ...]
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class MonthChange:
    """Ground taken and no longer held between two maps, the month's ends.

    Attributes
    ----------
    first, last
        Days of the maps compared: the last ones at or before the month's beginning and end.
    """

    first: date
    last: date
    gained_km2: float
    lost_km2: float


@dataclass(frozen=True, slots=True)
class LengthCurve:
    """Length of a line in km by ruler in metres, finest first."""

    words: str
    ruler_m: tuple[float, ...]
    km: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class CorridorSeries:
    """Width of a place's corridor by day; `None` on a day without a map.

    Attributes
    ----------
    closed_km
        The same with contested ground counted as closed; `None` where the source has none.
    open_km, saturated
        Where the figure ends, and whether it does on some day.
    """

    place: str
    days: tuple[date, ...]
    km: tuple[float | None, ...]
    closed_km: tuple[float | None, ...]
    open_km: float
    saturated: bool


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file that went into a page; one that is of no day lies under its map."""

    source: str
    file: str
    day: date | None
    sha256: str


@dataclass(frozen=True, slots=True)
class MethodNote:
    """A method with its version, in a sentence."""

    name: str
    version: str
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """Everything on the report page of a place.

    Attributes
    ----------
    asked, as_of
        The day that was asked for and the day of the map that answers.
    not_held
        Statuses that the source cannot show on that day.
    area_scope
        Over which ground the area table was measured.
    language
        Of the page; every text handed in is in it already.
    """

    place: Place
    asked: date
    as_of: date
    source_title: str
    map: LocatorMap
    not_held: tuple[Status, ...]
    key_figures: KeyFigures | None
    changes: ChangeTable | None
    timeline: Timeline | None
    areas: tuple[AreaRow, ...]
    area_scope: str
    area_series: tuple[DaySeries, ...]
    sources: tuple[Source, ...]
    inputs: tuple[InputFile, ...]
    methods: tuple[MethodNote, ...]
    version: str
    language: Language = ENGLISH


@dataclass(frozen=True, slots=True, eq=False)
class PointReport:
    """Everything on the page of a source of points: dots, timelines, counts; no areas.

    Attributes
    ----------
    counts
        Number of settlements by status and day.
    """

    title: str
    as_of: date
    source_title: str
    map: LocatorMap
    timelines: tuple[Timeline, ...]
    counts: tuple[DaySeries, ...]
    sources: tuple[Source, ...]
    inputs: tuple[InputFile, ...]
    methods: tuple[MethodNote, ...]
    version: str
