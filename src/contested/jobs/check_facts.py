"""The facts that checks ask for: every need of all claims answered once."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from contested import sample
from contested.checks import needs as n
from contested.errors import ContestedError, NoMapError
from contested.geo.columns import (
    slim_columns,
)
from contested.geo.corridor import corridor
from contested.geo.disc import disc, named_sector
from contested.geo.enclosure import enclosure
from contested.geo.front import front_line, implied_rulers
from contested.geo.measure import area_km2
from contested.history.calendar import MapCalendar
from contested.history.discs import shares_over_time
from contested.history.local import LocalGround
from contested.history.measure import CONTROLLED
from contested.history.vintage import QuotedArea, vintage
from contested.jobs.own_series import rows_between
from contested.jobs.points import SOURCE as POINTS
from contested.jobs.points import load_points
from contested.jobs.taken_ground import given_up_found, taken_found
from contested.places.extent import SETTLEMENTS
from contested.records import DISTRICT, PARTITION_ORDER, Status
from contested.records.verdict import MapUsed
from contested.sources.registry import source
from contested.sources.settlements import parse as settlements

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from contested.history.protocol import HistoryEngine
    from contested.history.vintage import LeftOut, Vintage
    from contested.places.gazetteer import Gazetteer
    from contested.records import Place, PointTimeline, SnapshotId
    from contested.store.book import Book

STALE: Final = timedelta(days=7)
"""A map older than this does not speak for a day of publication."""

BEYOND_DEGREES: Final = 1.5
"""Places further than this from Ukraine lie outside what the maps cover."""

TOWN_PEOPLE: Final = 5000
FULL_LAYER: Final = "all statuses"
NAMED_PEOPLE: Final = 1000
LEAST_LEFT_OUT_KM2: Final = 1.0
QUOTED_STATUSES: Final = (Status.UA_HELD_IN_RUSSIA, Status.CONTESTED, Status.OCCUPIED)
"""Statuses whose areas a text quotes, in the order in which they are tried."""

_COLUMN_OF = {status: number for number, status in enumerate(PARTITION_ORDER)}


class FactLoader:
    """Answers needs from a book's maps, the gazetteer and the user's series.

    Parameters
    ----------
    engines
        One for every source of areas held, best first; may be empty.
    boundaries
        Region id (``iso:UA-14``) → its outline in degrees.
    """

    def __init__(
        self,
        book: Book | None,
        engines: Sequence[HistoryEngine],
        gazetteer: Gazetteer,
        boundaries: Mapping[str, shapely.Geometry],
    ) -> None:
        self._book = book
        self._engines = [one for one in engines if len(one.series)]
        self.gazetteer = gazetteer
        self._boundaries = boundaries
        self._near: dict[tuple[str, float, float, float], LocalGround] = {}
        self._discs: dict[tuple[object, ...], object] = {}
        self._answers: dict[n.AnyNeed, object] = {}
        self._maps: dict[str, tuple[MapUsed, ...]] = {}

    @property
    def last_day(self) -> date | None:
        """The day after the newest map: from then on all maps held are known."""
        days = [one.series.snapshots[-1].as_of for one in self._engines]
        return max(days) + timedelta(days=1) if days else None

    def map_of(self, known_until: date) -> tuple[HistoryEngine, int] | None:
        """Return the newest map published by a day, `None` if none of that week is held."""
        try:
            return self._newest(known_until)
        except NoMapError:
            return None

    def snapshot(self, used: MapUsed) -> tuple[HistoryEngine, int]:
        """Return the engine and position of a map that a verdict rests on."""
        engine = next(one for one in self._engines if one.series.source == used.source)
        return engine, self._used(engine).index(used)

    def point_status(self, place_id: str, on: date) -> Status | None:
        """Return the dated status of a settlement's point on a day, `None` if none is stated."""
        timelines, _ = self._points()
        shown = [
            s.status
            for one in timelines
            if one.place.id == place_id
            for s in one.statuses
            if s.since <= on
        ]
        return shown[-1] if shown else None

    def load(self, needs: Iterable[n.AnyNeed]) -> n.Facts:
        """Return the answers to all needs, each asked once."""
        for need in dict.fromkeys(needs):
            if need not in self._answers:
                try:
                    self._answers[need] = self._answer(need)
                except ContestedError as error:
                    self._answers[need] = n.Absent(str(error))
        return n.Facts(self._answers)

    def _answer(self, need: n.AnyNeed) -> object:  # noqa: C901, PLR0911 (one line a need)
        match need:
            case n.Shares():
                return self._shares(need)
            case n.Front():
                return self._front(need)
            case n.Surroundings():
                return self._surroundings(need)
            case n.Taken():
                return self._taken(need)
            case n.Slim():
                return self._slim(need)
            case n.Change():
                return self._change(need)
            case n.RegionHeld():
                return self._region(need)
            case n.Dated():
                return self._dated(need)
            case n.Fallen():
                return self._fallen(need)
            case n.Touching():
                return self._touching(need)
            case n.OwnRows():
                return self._own_rows(need)
            case n.Quoted():
                return self._quoted(need)

    def _engine(self, first: date, last: date) -> HistoryEngine:
        """Return the engine whose maps cover a span best, the better source where two do."""
        if not self._engines:
            raise NoMapError("the book holds no maps")

        def covered(one: HistoryEngine) -> int:
            days = one.series.snapshots[0].as_of, one.series.snapshots[-1].as_of
            return (min(last, days[1]) - max(first, days[0])).days

        best = max(self._engines, key=covered)
        if covered(best) < 0:
            held = [
                f"{e.series.snapshots[0].as_of} to {e.series.snapshots[-1].as_of}"
                for e in self._engines
            ]
            raise NoMapError(f"no map between {first} and {last} is held ({'; '.join(held)})")
        return best

    def _newest(self, known_until: date) -> tuple[HistoryEngine, int]:
        """Return the newest map published by a day."""
        engine = self._engine(known_until - STALE, known_until)
        shots = engine.series.snapshots
        known = [i for i, one in enumerate(shots) if one.published.date() <= known_until]
        if not known or known_until - shots[known[-1]].as_of > STALE:
            newest = (
                f"the newest map before it is of {shots[known[-1]].as_of}"
                if known
                else "none before it"
            )
            raise NoMapError(f"no map of the week before {known_until} is held; {newest}")
        return engine, known[-1]

    def _used(self, engine: HistoryEngine) -> tuple[MapUsed, ...]:
        name = engine.series.source
        if name not in self._maps:
            self._maps[name] = tuple(map_used(one) for one in engine.series.snapshots)
        return self._maps[name]

    def _shares(self, need: n.Shares) -> n.SharesFound:
        _refuse_beyond(need.lon, need.lat)
        engine = self._engine(need.first, need.last)
        where = (need.lon, need.lat, need.radius_km)
        key = (engine.series.source, *where, need.sector)
        if key not in self._discs:
            piece = disc(*where) if need.sector is None else named_sector(*where, need.sector)
            self._discs[key] = shares_over_time(engine.series, piece)
        shares = np.asarray(self._discs[key])
        controlled = np.minimum(shares[:, [_COLUMN_OF[s] for s in CONTROLLED]].sum(axis=1), 1.0)
        carried = Status.CONTESTED in engine.series.carries
        contested = shares[:, _COLUMN_OF[Status.CONTESTED]] if carried else None
        return n.SharesFound(self._used(engine), controlled, contested)

    def _front(self, need: n.Front) -> n.FrontFound:
        engine, index = self._newest(need.known_until)
        ground, outline = _controlled(engine, index), sample.outline()
        return n.FrontFound(
            self._used(engine)[index],
            front_line(ground, outline),
            None if need.quoted_km is None else implied_rulers(ground, outline, need.quoted_km),
        )

    def _surroundings(self, need: n.Surroundings) -> n.SurroundingsFound:
        _refuse_beyond(need.lon, need.lat)
        engine, index = self._newest(need.known_until)
        ground = _controlled(engine, index)
        contested = engine.ground(index).get(Status.CONTESTED)
        return n.SurroundingsFound(
            self._used(engine)[index],
            corridor(ground, contested, need.lon, need.lat),
            enclosure(ground, contested, need.lon, need.lat),
        )

    def _local(
        self, engine: HistoryEngine, lon: float, lat: float, within_km: float
    ) -> LocalGround:
        key = (engine.series.source, lon, lat, within_km)
        if key not in self._near:
            self._near[key] = LocalGround(engine.series, lon, lat, within_km)
        return self._near[key]

    def _taken(self, need: n.Taken) -> n.TakenFound:
        _refuse_beyond(need.lon, need.lat)
        engine = self._engine(need.first, need.last)
        days = MapCalendar(engine.series.source, engine.series.snapshots)
        base, end = days.at_or_before(need.first), days.at_or_before(need.last)
        if need.first - engine.series.snapshots[base].as_of > STALE:
            raise NoMapError(f"no map of the week before {need.first} is held")
        local = self._local(engine, need.lon, need.lat, need.within_km)
        find = given_up_found if need.given_up else taken_found
        return find(local, self._used(engine), need, base, end)

    def _slim(self, need: n.Slim) -> n.SlimFound:
        _refuse_beyond(need.lon, need.lat)
        engine, index = self._newest(need.known_until)
        local = self._local(engine, need.lon, need.lat, need.radius_km)
        columns = slim_columns(local.on(index), need.lon, need.lat, need.radius_km)
        return n.SlimFound(self._used(engine)[index], columns)

    def _change(self, need: n.Change) -> n.ChangeFound:
        engine = self._engine(need.first, need.last)
        days = MapCalendar(engine.series.source, engine.series.snapshots)
        before, after = days.at_or_before(need.first), days.at_or_before(need.last)
        outline = self._boundaries.get(need.region or "")
        ground = [_controlled(engine, i) for i in (before, after)]
        if outline is not None:
            ground = [shapely.intersection(outline, one) for one in ground]
        used = self._used(engine)
        return n.ChangeFound(
            before=used[before],
            after=used[after],
            before_km2=area_km2(ground[0]),
            after_km2=area_km2(ground[1]),
            scope="Ukraine" if outline is None else need.name,
            whole_km2=area_km2(sample.outline() if outline is None else outline),
        )

    def _region(self, need: n.RegionHeld) -> n.RegionFound:
        engine, index = self._newest(need.known_until)
        ground = _controlled(engine, index)
        outline = self._boundaries.get(need.region)
        share = None
        if outline is not None:
            share = area_km2(shapely.intersection(outline, ground)) / area_km2(outline)
        towns = self._towns(need.code)
        lonlat = np.array([(one.lon, one.lat) for one in towns]).reshape(-1, 2)
        shapely.prepare(ground)
        held = shapely.contains_xy(ground, lonlat[:, 0], lonlat[:, 1])
        return n.RegionFound(
            self._used(engine)[index],
            share,
            tuple(one for one, inside in zip(towns, held, strict=True) if not inside),
            tuple(one for one, inside in zip(towns, held, strict=True) if inside),
        )

    def _towns(self, code: str) -> list[Place]:
        country, _, admin1 = code.partition("-")
        towns = [
            one
            for one in self.gazetteer.places(tuple(SETTLEMENTS), country)
            if one.admin1 == admin1 and (one.population or 0) >= TOWN_PEOPLE
        ]
        return sorted(towns, key=lambda one: (-(one.population or 0), one.id))

    def _points(self) -> tuple[tuple[PointTimeline, ...], SnapshotId]:
        """Return dated statuses from the book, or those that come with the package."""
        if self._book is not None and POINTS in self._book.ledger.sources():
            return load_points(self._book)
        content = sample.place_status()
        name = sample.PLACE_STATUS_FILE
        return settlements.parse(content, name), settlements.snapshot_id(content, name)

    def _dated(self, need: n.Dated) -> n.DatedFound:
        timelines, snapshot = self._points()
        for one in timelines:
            if one.place.id == need.place_id:
                statuses = tuple((s.since, s.status.value) for s in one.statuses)
                full = (s.since for t in timelines for s in t.statuses if s.layer == FULL_LAYER)
                return n.DatedFound(
                    statuses, _record(snapshot), max(full, default=date.min), snapshot.as_of
                )
        raise NoMapError("the settlement is not among those with dated statuses")

    def _fallen(self, need: n.Fallen) -> n.FallenFound:
        timelines, snapshot = self._points()
        found = [
            (place, day)
            for one in timelines
            if (day := _fell(one, need.since, need.known_until)) is not None
            and (place := self._known(one.place)).kind != DISTRICT
        ]
        found.sort(key=lambda pair: (-(pair[0].population or 0), pair[0].id))
        return n.FallenFound(tuple(found), _record(snapshot), ())

    def _known(self, place: Place) -> Place:
        entry = self.gazetteer.entry(place.id)
        return place if entry is None else entry.place

    def _touching(self, need: n.Touching) -> frozenset[str]:
        return self.gazetteer.neighbours(need.code)

    def _own_rows(self, need: n.OwnRows) -> tuple[n.OwnRow, ...]:
        if self._book is None:
            return ()
        return rows_between(self._book, need.first, need.last, need.words)

    def _quoted(self, need: n.Quoted) -> n.QuotedFound:
        """Search all maps; held ground is tried before contested and occupied ground."""
        engine = self._with_statuses()
        found: Vintage | None = None
        statuses: tuple[Status, ...] = ()
        for statuses in permutations(QUOTED_STATUSES, len(need.areas_km2)):
            rows = zip(statuses, need.areas_km2, need.digits, strict=True)
            quoted = [QuotedArea(*row) for row in rows]
            found = vintage(engine.series, quoted, need.lon, need.lat)
            if found.matches:
                break
        if found is None or not found.matches:
            return n.QuotedFound((), (), (), len(engine.series))
        used = self._used(engine)
        return n.QuotedFound(
            fits=tuple(
                (used[m.index], tuple(m.values_km2[s.value] for s in statuses))
                for m in found.matches
            ),
            statuses=tuple(status.value for status in statuses),
            left_out=self._left_out(found.left_out),
            searched=len(engine.series),
        )

    def _with_statuses(self) -> HistoryEngine:
        """Return the engine that carries contested ground and ground held in Russia."""
        for one in self._engines:
            if set(QUOTED_STATUSES) <= one.series.carries:
                return one
        raise NoMapError("no map that shows contested ground and ground held in Russia is held")

    def _left_out(self, found: Sequence[LeftOut]) -> tuple[tuple[str, tuple[float, ...]], ...]:
        """Return ground elsewhere by the place it lies at, the largest first."""
        places = [
            one
            for one in self.gazetteer.places(tuple(SETTLEMENTS))
            if (one.population or 0) >= NAMED_PEOPLE
        ]
        by_place: dict[str, list[float]] = {}
        for one in found:
            if one.km2 >= LEAST_LEFT_OUT_KM2:
                name = _nearest(places, one.lon, one.lat).name
                by_place.setdefault(name, []).append(one.km2)
        return tuple((name, tuple(areas)) for name, areas in by_place.items())


def map_used(snapshot: SnapshotId) -> MapUsed:
    """Return a snapshot as evidence names it."""
    known = source(snapshot.source)
    shown_as = f"{known.assessed_by.partition(' (')[0]}’s map"
    return MapUsed(snapshot.source, known.lineage, snapshot.as_of, snapshot.sha256, shown_as)


def _controlled(engine: HistoryEngine, index: int) -> shapely.Geometry:
    ground = engine.ground(index)
    parts = [ground[status] for status in CONTROLLED if status in ground]
    if len(parts) == 1:
        return parts[0]
    return shapely.union_all(parts) if parts else shapely.MultiPolygon()


def _refuse_beyond(lon: float, lat: float) -> None:
    if shapely.distance(sample.outline(), shapely.Point(lon, lat)) > BEYOND_DEGREES:
        raise NoMapError("the maps that are held cover Ukraine, and this place lies elsewhere")


def _fell(one: PointTimeline, since: date, until: date) -> date | None:
    """Return the first day from which a point was shown as occupied, if it lies in the span."""
    days = [s.since for s in one.statuses if s.status in {Status.OCCUPIED, Status.CONTROLLED}]
    return next((day for day in days if since <= day <= until), None)


def _record(snapshot: SnapshotId) -> str:
    return f"{snapshot.source}, dated statuses up to {snapshot.as_of}, sha256:{snapshot.sha256}"


def _nearest(places: Sequence[Place], lon: float, lat: float) -> Place:
    return min(places, key=lambda one: (one.lon - lon) ** 2 * 0.44 + (one.lat - lat) ** 2)
