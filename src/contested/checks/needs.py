"""What a check can ask for, and what it gets: the facts that a verdict rests on.

A need is a frozen question; the job answers each distinct one once, however many claims ask it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray

    from contested.geo.columns import Column
    from contested.geo.corridor import Corridor
    from contested.geo.enclosure import Enclosure
    from contested.geo.front import FrontLine, ImpliedRulers
    from contested.records import Place
    from contested.records.verdict import MapUsed

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shares:
    """How much of a disc, or a quarter of it, was controlled on every map of a span.

    Attributes
    ----------
    first, last
        Which days matter: they choose the source.
    """

    lon: float
    lat: float
    radius_km: float
    sector: str | None
    first: date
    last: date


@dataclass(frozen=True, slots=True, eq=False)
class SharesFound:
    """Shares, 0 to 1, shape (n,); `contested` `None` where the source does not carry it."""

    maps: tuple[MapUsed, ...]
    controlled: NDArray[np.float64]
    contested: NDArray[np.float64] | None


@dataclass(frozen=True, slots=True)
class Front:
    """The front on the newest map known, and the rulers at which it has a length.

    `quoted_km` `None`: the rulers are not asked for.
    """

    known_until: date
    quoted_km: float | None


@dataclass(frozen=True, slots=True, eq=False)
class FrontFound:
    """The front of one map."""

    map: MapUsed
    front: FrontLine
    rulers: ImpliedRulers | None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Corridor, enclosure and distance to controlled ground on the newest map known."""

    lon: float
    lat: float
    known_until: date


@dataclass(frozen=True, slots=True, eq=False)
class SurroundingsFound:
    """What surrounds a place on one map."""

    map: MapUsed
    corridor: Corridor
    enclosure: Enclosure


@dataclass(frozen=True, slots=True)
class Taken:
    """Ground newly taken round a place between two days, or given up and cut off there."""

    lon: float
    lat: float
    within_km: float
    first: date
    last: date
    given_up: bool


@dataclass(frozen=True, slots=True, eq=False)
class TakenFound:
    """What was newly taken.

    Attributes
    ----------
    base, deepest
        The map before, and the map on which the new ground reached furthest (`None`: none was).
    depth_km, bearing_deg, tip
        Of the new ground on that map.
    columns
        Its parts beyond half its depth.
    given_up_km2, given_up_at
        Controlled on some map of the span and no longer on the last; the middle of its largest
        part.
    cut_off
        The first map on which ground was connected to no other, and its area.
    last
        The last map of the span.
    maps
        Every map that was looked at.
    """

    base: MapUsed
    deepest: MapUsed | None
    depth_km: float
    bearing_deg: float
    tip: tuple[float, float] | None
    new_km2: float
    columns: tuple[Column, ...]
    given_up_km2: float
    given_up_at: tuple[float, float] | None
    cut_off: MapUsed | None
    cut_off_km2: float
    last: MapUsed
    maps: tuple[MapUsed, ...]


@dataclass(frozen=True, slots=True)
class Slim:
    """Narrow parts of controlled ground in a disc on the newest map known."""

    lon: float
    lat: float
    radius_km: float
    known_until: date


@dataclass(frozen=True, slots=True, eq=False)
class SlimFound:
    """The columns of one map."""

    map: MapUsed
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Controlled ground on the maps at both ends of a span, in a region or the country."""

    first: date
    last: date
    region: str | None
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class ChangeFound:
    """Areas at both ends, km².

    Attributes
    ----------
    scope
        Over which ground; the country where the outline of the region is not held.
    whole_km2
        Its area.
    """

    scope: str

    before: MapUsed
    after: MapUsed
    before_km2: float
    after_km2: float
    whole_km2: float


@dataclass(frozen=True, slots=True)
class RegionHeld:
    """How much of a region is controlled on the newest map known, and which towns are not."""

    region: str
    code: str
    known_until: date


@dataclass(frozen=True, slots=True, eq=False)
class RegionFound:
    """A region on one map; `share` `None` where its outline is not held."""

    map: MapUsed
    share: float | None
    free: tuple[Place, ...]
    held: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Dated:
    """The dated statuses of a settlement's point, from the source of points."""

    place_id: str


@dataclass(frozen=True, slots=True, eq=False)
class DatedFound:
    """Statuses with the day from which the source shows them.

    Attributes
    ----------
    record
        The file, with its hash.
    full_until, until
        Until then all statuses were carried; until then the source says anything.
    """

    statuses: tuple[tuple[date, str], ...]
    record: str
    full_until: date
    until: date


@dataclass(frozen=True, slots=True)
class Fallen:
    """Settlements that came under control since a day."""

    since: date
    known_until: date


@dataclass(frozen=True, slots=True, eq=False)
class FallenFound:
    """Each with the day on which its point was first shown as occupied, largest first."""

    places: tuple[tuple[Place, date], ...]
    record: str
    maps: tuple[MapUsed, ...]


@dataclass(frozen=True, slots=True)
class Touching:
    """The regions that touch a region (``UA-05``)."""

    code: str


@dataclass(frozen=True, slots=True)
class OwnRows:
    """Rows of the series that the user added, for a span of days and names in the claim."""

    first: date
    last: date
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One row of a user's series."""

    series: str
    day: date
    what: str
    value: float
    unit: str
    source: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """On which maps parts near a place have the areas that a text quotes together."""

    lon: float
    lat: float
    areas_km2: tuple[float, ...]
    digits: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class QuotedFound:
    """The vintage of quoted areas.

    Attributes
    ----------
    fits
        Maps on which every quoted area is found, oldest first, with the areas found.
    statuses
        What each quoted area is on those maps.
    left_out
        Ground of the same statuses elsewhere: name of the nearest place and areas.
    """

    fits: tuple[tuple[MapUsed, tuple[float, ...]], ...]
    statuses: tuple[str, ...]
    left_out: tuple[tuple[str, tuple[float, ...]], ...]
    searched: int


AnyNeed = (
    Shares | Front | Surroundings | Taken | Slim | Change | RegionHeld | Dated | Fallen | Touching
    | OwnRows | Quoted
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Absent:
    """No source holds the answer, and why."""

    why: str


class Facts:
    """Answers to needs; asking for what was never loaded is an error of the check."""

    def __init__(self, answers: Mapping[AnyNeed, object]) -> None:
        self._answers = answers

    def get(self, need: AnyNeed, kind: type[T]) -> T | Absent:
        """Return the answer to a need, or why there is none."""
        answer = self._answers[need]
        return answer if isinstance(answer, (kind, Absent)) else Absent("nothing was loaded")
