"""Figures beside the page's map: every map's front, corridors by week, salients by month.

What takes how long decides how often: a front 0.03 s, the corridors of a map 0.25 s, its salients
two to four. What was measured is kept with what is derived, so that a page that is built every day
measures one map.
"""

from __future__ import annotations

import hashlib
import logging
from contextlib import suppress
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import msgspec
import numpy as np
import shapely

from contested import sample
from contested.geo.corridor import CorridorState, corridor
from contested.geo.front import front_line
from contested.geo.salient import Side, Tier
from contested.history.measure import calendar
from contested.jobs.figures import salients_on
from contested.jobs.map_ground import ground_on
from contested.jobs.site_places import ukrainian_name
from contested.places.extent import SETTLEMENTS
from contested.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from contested.geo.salient import Salient
    from contested.history.protocol import HistoryEngine
    from contested.places.gazetteer import Gazetteer
    from contested.records import Place, SnapshotId
    from contested.store.derived import Derived

_LOG = logging.getLogger("contested")

RECIPE: Final = "page-figures/1"
KEPT: Final = "page-figures.json"

CORRIDORS_EVERY: Final = 7
"""Maps from one with measured corridors to the next; the last map always has them."""

RULER_M: Final = 500.0
NEAR_DEGREES: Final = 0.15
"""Towns nearer than this to controlled ground, 11 to 17 km, have their corridor measured."""
CORRIDORS: Final = 40
STATES: Final = tuple(CorridorState)
SIDES: Final = (Side.ATTACKER, Side.DEFENDER)
_LINE_DEGREES, _DIGITS = 0.003, 3
_AT_ONCE = 20
"""Figures after which what was measured is kept: a build that is stopped loses a minute at most."""
_MANY = 60
"""Maps to measure from which on it takes so long that it is said."""


class Measured:
    """What was measured of which snapshot; what is not known yet is measured when asked for.

    Parameters
    ----------
    derived
        Where it is kept; `None` keeps nothing.
    told
        Everything but the snapshot that the figures depend on.
    """

    def __init__(self, derived: Derived | None, told: object) -> None:
        body = msgspec.json.encode({"recipe": RECIPE, "version": __version__, "told": told})
        self._key = hashlib.sha256(body).hexdigest()
        self._derived = derived
        kept = None if derived is None else derived.kept(KEPT, self._key)
        self._known: dict[str, Any] = {}
        with suppress(msgspec.DecodeError):  # a damaged file is worth nothing and is made again
            self._known = {} if kept is None else msgspec.json.decode(kept)
        self._held = len(self._known)

    def knows(self, kind: str, snapshot: SnapshotId) -> bool:
        """Return whether a figure needs no measuring."""
        return _name(kind, snapshot) in self._known

    def of(self, kind: str, snapshot: SnapshotId, measure: Callable[[], Any]) -> Any:
        """Return a figure of a snapshot as JSON values."""
        name = _name(kind, snapshot)
        if name not in self._known:
            self._known[name] = measure()
            if len(self._known) >= self._held + _AT_ONCE:
                self.keep()
        return self._known[name]

    def keep(self) -> None:
        """Keep what was newly measured."""
        if self._derived is not None and len(self._known) > self._held:
            self._derived.keep(KEPT, self._key, msgspec.json.encode(self._known))
            self._held = len(self._known)


def _name(kind: str, snapshot: SnapshotId) -> str:
    return f"{kind} {snapshot.as_of.isoformat()} {snapshot.sha256}"


def page_figures(
    engine: HistoryEngine, gazetteer: Gazetteer, derived: Derived | None = None
) -> dict[str, Any]:
    """Return the figures as whole numbers: days since 1970, tenths of a kilometre, millidegrees.

    What grows is written as differences; `web/src/data/figures.ts` reads it.
    """
    days = calendar(engine).days
    places = gazetteer.places(tuple(SETTLEMENTS), "UA")
    points = sorted((place.id, place.lon, place.lat, place.population or 0) for place in places)
    measured = Measured(derived, [engine.version, points])
    weekly, monthly = weekly_days(days), monthly_days(days)
    _announce(measured, engine, days)
    found = {
        "front": {
            "rulerM": RULER_M,
            "method": "front/1",
            "days": _differences([_number(day) for day in days]),
            "mainKm10": _differences(_fronts(engine, days, measured)),
        },
        "corridors": {
            "method": "corridor/1",
            "days": _differences([_number(day) for day in weekly]),
            "states": [state.value for state in STATES],
            "towns": _corridors(engine, weekly, places, measured),
        },
        "salients": {
            "method": "salients/1",
            "days": _differences([_number(day) for day in monthly]),
            "rows": [_salients(engine, day, places, gazetteer, measured) for day in monthly],
        },
    }
    measured.keep()
    return found


def weekly_days(days: Sequence[date]) -> list[date]:
    """Return every seventh day with a map, counted from the first, and the last."""
    return [*days[:-1:CORRIDORS_EVERY], days[-1]]


def monthly_days(days: Sequence[date]) -> list[date]:
    """Return the last day with a map of every month."""
    ends = [one for one, after in pairwise(days) if one.month != after.month]
    return [*ends, days[-1]]


def _announce(measured: Measured, engine: HistoryEngine, days: Sequence[date]) -> None:
    missing = sum(not measured.knows("front", _snapshot(engine, day)) for day in days)
    if missing > _MANY:
        _LOG.warning(
            f"measuring front, corridors and salients of {missing} maps: some minutes, only once"
        )


def _snapshot(engine: HistoryEngine, day: date) -> SnapshotId:
    return engine.series.snapshots[calendar(engine).on(day)]


def _fronts(engine: HistoryEngine, days: Sequence[date], measured: Measured) -> list[int]:
    """Return the main line of each day, tenths of a kilometre."""
    return [
        measured.of("front", _snapshot(engine, day), partial(_front, engine, day)) for day in days
    ]


def _front(engine: HistoryEngine, day: date) -> int:
    ground = ground_on(engine, day)
    front = front_line(ground.controlled, sample.outline(), tolerances_m=(RULER_M,))
    return round(front.tolerances[0].main_km * 10)


def _corridors(
    engine: HistoryEngine, days: Sequence[date], places: Sequence[Place], measured: Measured
) -> list[list[Any]]:
    """Return rows of a GeoNames id and, flat, where its corridor changes.

    A change is three numbers: days since the change before, as places of `days`; tenths of a
    kilometre; what the width means, as a place of `STATES`, -1 where the town is not measured.
    """
    towns: dict[int, list[int]] = {}
    last: dict[int, tuple[int, int, int]] = {}
    for place, day in enumerate(days):
        rows = measured.of(
            "corridors", _snapshot(engine, day), partial(_corridors_on, engine, day, places)
        )
        now = {number: (width, state) for number, width, state in rows}
        gone = [number for number in last if number not in now]
        for number, (width, state) in [*now.items(), *((number, (0, -1)) for number in gone)]:
            before = last.get(number, (0, 0, -1))
            if before[1:] == (width, state):
                continue
            towns.setdefault(number, []).extend((place - before[0], width, state))
            last[number] = (place, width, state)
    return [[number, changes] for number, changes in sorted(towns.items())]


def _corridors_on(engine: HistoryEngine, day: date, places: Sequence[Place]) -> list[list[int]]:
    """Return id, width and state of the largest towns near controlled ground.

    A number only: the cut itself is never made (see `geo.corridor`).
    """
    controlled = ground_on(engine, day).controlled
    points = shapely.points([(place.lon, place.lat) for place in places])
    shapely.prepare(controlled)
    near = shapely.dwithin(controlled, points, NEAR_DEGREES) & ~shapely.contains(controlled, points)
    inside = shapely.contains(sample.outline(), points)
    towns = [
        place
        for place, wanted in zip(places, (near & inside).tolist(), strict=True)
        if wanted and place.id.startswith("geonames:")
    ]
    towns.sort(key=lambda place: (-(place.population or 0), place.id))
    return [_corridor(controlled, place) for place in towns[:CORRIDORS]]


def _corridor(controlled: shapely.Geometry, place: Place) -> list[int]:
    found = corridor(controlled, None, place.lon, place.lat)
    number = int(place.id.partition(":")[2])
    return [number, round(found.width_km * 10), STATES.index(found.state)]


def _salients(
    engine: HistoryEngine,
    day: date,
    places: Sequence[Place],
    gazetteer: Gazetteer,
    measured: Measured,
) -> list[list[Any]]:
    """Return side, depth, its range, mouth, nearest place in both languages, line."""
    return measured.of(  # type: ignore[no-any-return]
        "salients",
        _snapshot(engine, day),
        partial(_salients_on, engine, day, places, gazetteer),
    )


def _salients_on(
    engine: HistoryEngine, day: date, places: Sequence[Place], gazetteer: Gazetteer
) -> list[list[Any]]:
    answer = salients_on(engine, day, places=places)
    return [
        _salient(one, _names(extra.nearest[0], gazetteer) if extra.nearest else ["", ""])
        for one, extra in zip(answer.found.salients, answer.extras, strict=True)
        if one.tier is not Tier.BORDERLINE
    ]


def _salient(one: Salient, near: list[str]) -> list[Any]:
    low, high = one.depth_range_km
    tenths = [round(km * 10) for km in (one.depth_km, low, high, one.mouth_km)]
    line = shapely.get_coordinates(shapely.simplify(one.centreline, _LINE_DEGREES))
    steps = np.diff(np.rint(line * 10**_DIGITS).astype(np.int64), axis=0, prepend=0)
    return [SIDES.index(one.side), *tenths, *near, steps.ravel().tolist()]


def _names(place: Place, gazetteer: Gazetteer) -> list[str]:
    entry = gazetteer.entry(place.id)
    return [place.name, place.name if entry is None else ukrainian_name(entry)]


def _number(day: date) -> int:
    return day.toordinal() - 719163  # days since 1970-01-01


def _differences(values: Sequence[int]) -> list[int]:
    found: list[int] = np.diff(np.array(values, dtype=np.int64), prepend=0).tolist()
    return found
