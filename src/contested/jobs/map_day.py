"""The ground of a day and what a map of it is made of: one way for maps, reports and charts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from contested import sample
from contested.history.measure import calendar, held
from contested.records import Status
from contested.render.picture import Attribution, BaseMap

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    import shapely

    from contested.history.protocol import HistoryEngine
    from contested.records import Source

SHOWN = (
    Status.CONTROLLED,
    Status.OCCUPIED,
    Status.HELD_SINCE_2014,
    Status.CONTESTED,
    Status.LIBERATED,
    Status.UA_HELD_IN_RUSSIA,
)


@dataclass(frozen=True, slots=True, eq=False)
class MapDay:
    """A map day that was found, and its partitioned ground."""

    index: int
    day: date
    ground: dict[Status, shapely.Geometry]


def map_day(engine: HistoryEngine, index: int) -> MapDay:
    """Return a snapshot's day and ground."""
    return MapDay(index, engine.series.snapshots[index].as_of, engine.ground(index))


def map_before(engine: HistoryEngine, day: date) -> MapDay | None:
    """Return the last map at or before a day; `None` if the series begins later."""
    days = calendar(engine)
    if days.coverage().first > day:
        return None
    return map_day(engine, days.at_or_before(day))


def base_map() -> BaseMap:
    """Return the ground under every map: recognised borders, neighbours, sea."""
    countries = dict(sample.countries())
    outline = countries.pop(sample.UKRAINE)
    return BaseMap(outline, countries, sample.extent(), sample.BASE_MAP_CREDIT)


NAMES_CREDIT: Final = "Place names: GeoNames, CC BY 4.0"
"""What the gazetteer's licence asks of whatever shows its names or measures at its points."""


def attribution(known: Source, day: date) -> Attribution:
    """Return whose map it is, and whom a picture with names on it credits."""
    return Attribution(known.assessed_by, day, (known.credit, *known.credits, NAMES_CREDIT))


def statuses_not_held(carries: Iterable[Status]) -> tuple[Status, ...]:
    """Return the statuses that the source says nothing about and a reader may look for.

    Where a source carries controlled ground as one, its two parts are not missing ground.
    """
    carried = held(carries)
    parts = {Status.OCCUPIED, Status.HELD_SINCE_2014} if Status.CONTROLLED in carried else set()
    return tuple(one for one in SHOWN if one not in carried and one not in parts)


def missing_on_map(known: Source) -> tuple[Status, ...]:
    """Return the statuses whose absence a map's legend says in words: contested ground."""
    return tuple(one for one in (Status.CONTESTED,) if one not in held(known.carries))
