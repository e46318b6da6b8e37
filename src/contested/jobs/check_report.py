"""What the page of checked claims shows: verdicts, maps of their places, evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import shapely

from contested.checks.wording import on
from contested.geo.disc import disc
from contested.geo.measure import area_km2
from contested.history.measure import CONTROLLED
from contested.history.protocol import ChangePolygon
from contested.jobs.inputs_used import input_file
from contested.jobs.labels import places_within
from contested.jobs.map_day import attribution, base_map, missing_on_map
from contested.jobs.points import SOURCE as POINTS
from contested.places.extent import SETTLEMENTS, disc_radius_km
from contested.records import Status
from contested.records.claim import Kind
from contested.render.check_page import CheckPage
from contested.render.locator import frame_around, frame_of
from contested.render.picture import UKRAINE_FRAME, Disc, Dot, Frame, LocatorMap
from contested.render.sheet import InputFile, MethodNote
from contested.sources.registry import source
from contested.version import __version__

if TYPE_CHECKING:
    from contested.history.protocol import HistoryEngine
    from contested.jobs.check import Checked
    from contested.jobs.check_facts import FactLoader
    from contested.records import Place, SnapshotId
    from contested.records.verdict import CheckedClaim, MapUsed
    from contested.store.book import Book

PICTURED: Final = frozenset({Kind.CONTROL, Kind.CHANGE_OF_CONTROL, Kind.MOVEMENT, Kind.RISK})
CHANGING: Final = frozenset({Kind.CHANGE_OF_CONTROL, Kind.MOVEMENT})
MOST_PICTURES: Final = 12
CLOSE_KM, WIDE_KM = 16.0, 70.0
WIDEST_KM: Final = 900.0
_WORDS: Final = {
    "front": "The boundary of controlled ground inside the outline, at several rulers.",
    "disc-share": "Share of a disc round the place, or a quarter of it, that is controlled.",
    "control": "That share on the map within three days that agrees best with the claim.",
    "change-of-control": "Half of the disc changing hands within the time of the claim.",
    "movement": "Ground newly taken, given up or cut off near a place in the time of the claim.",
    "advance": "Largest distance of newly taken ground to the ground held before.",
    "prongs": "Parts of newly taken ground beyond half its depth.",
    "columns": "Parts of controlled ground that an opening with 300 m discs removes.",
    "place-distance": "Geodesic distance and bearing between gazetteer points.",
    "containment": "What lies in which region, by the gazetteer’s codes.",
    "regions-touch": "Which regions touch, by the gazetteer.",
    "population": "The gazetteer’s figures, each with its year.",
    "largest-fallen": "Settlements first shown as occupied since a day, by population.",
    "corridor": "Shortest line that would close a place off on this map.",
    "enclosure": "Share of bearings that meet controlled ground within 20 km.",
    "region-share": "Share of a region’s area that is controlled.",
    "changes": "Controlled ground on the maps at both ends of a time.",
    "vintage": "Maps on which parts near a place have the areas quoted.",
    "own-series": "Rows of a series that the user added, beside the claim.",
    "timeline": "Dated statuses of a settlement’s point.",
}  # fmt: skip


def check_report(loader: FactLoader, book: Book | None, checked: Checked) -> CheckPage:
    """Return everything on the page of checked claims."""
    newest = loader.map_of(checked.known_until)
    places = _places(checked)
    used = sorted(
        {m for one in checked.claims for v in (one.verdict, one.now) if v for m in v.maps},
        key=lambda m: (m.source, m.as_of, m.sha256),
    )
    titles = dict.fromkeys(m.shown_as for m in used)
    return CheckPage(
        title=checked.article.title,
        published=checked.article.published,
        maps_until=None if newest is None else newest[0].series.snapshots[newest[1]].as_of,
        now_until=checked.now_until,
        source_titles=tuple(titles),
        claims=checked.claims,
        map=_any_map(loader, checked, newest, places),
        pictures=_pictures(loader, checked),
        sources=tuple(source(name) for name in _source_names(checked, used)),
        inputs=_inputs(loader, book, used),
        methods=_methods(checked),
        version=__version__,
    )


def _places(checked: Checked) -> list[Place]:
    """Return the settlements that compared claims name."""
    found = {
        place.id: place
        for one in checked.claims
        for said in one.claim.places
        if (place := checked.places.get(said)) is not None and place.kind in SETTLEMENTS
    }
    return list(found.values())


def _source_names(checked: Checked, used: list[MapUsed]) -> list[str]:
    """Return the sources of maps, and that of dated points where a verdict rests on it."""
    records = [r for one in checked.claims for r in one.verdict.records]
    points = [POINTS] if any(record.startswith(f"{POINTS},") for record in records) else []
    return list(dict.fromkeys([*(m.source for m in used), *points]))


def _any_map(
    loader: FactLoader,
    checked: Checked,
    newest: tuple[HistoryEngine, int] | None,
    places: list[Place],
) -> LocatorMap | None:
    """Return the map of the places: areas where a map is held, else dots with their status."""
    if not places:
        return None
    if newest is not None:
        return _map(newest, places)
    known, day = source(POINTS), checked.known_until
    return LocatorMap(
        frame=_frame(places),
        base=base_map(),
        title="",
        subtitle="",
        attribution=attribution(known, day),
        places=tuple(places),
        named=frozenset(one.id for one in places),
        dots=tuple(
            Dot(one, status)
            for one in places
            if (status := loader.point_status(one.id, day)) is not None
        ),
    )


def _frame(places: list[Place]) -> Frame:
    lons, lats = [p.lon for p in places], [p.lat for p in places]
    return _roomy(frame_of((min(lons), min(lats), max(lons), max(lats)), margin=0.25))


def _map(newest: tuple[HistoryEngine, int], places: list[Place]) -> LocatorMap:
    engine, index = newest
    return _locator(engine, index, _frame(places), places, labels=places)


def _roomy(frame: Frame) -> Frame:
    """Return a frame of a shape that fits a page, at least 40 km and at most the country."""
    width = max(frame.width_km, frame.height_km / 0.72, 40.0)
    if width > WIDEST_KM:
        return UKRAINE_FRAME
    return Frame(frame.lon, frame.lat, width, width * 0.72)


def _locator(
    engine: HistoryEngine, index: int, frame: Frame, named: list[Place], *, labels: list[Place]
) -> LocatorMap:
    known = source(engine.series.source)
    day = engine.series.snapshots[index].as_of
    return LocatorMap(
        frame=frame,
        base=base_map(),
        title="",
        subtitle="",
        attribution=attribution(known, day),
        layers=engine.ground(index),
        not_held=missing_on_map(known),
        places=tuple(labels),
        focus=named[0].id if len(named) == 1 else None,
        named=frozenset(one.id for one in named),
    )


def _pictures(loader: FactLoader, checked: Checked) -> dict[str, LocatorMap]:
    """Return a small map for claims on ground: each place and time once."""
    found: dict[str, LocatorMap] = {}
    seen: set[tuple[object, ...]] = set()
    for one in checked.claims:
        place = _pictured(one, checked)
        if place is None or len(found) == MOST_PICTURES:
            continue
        maps = sorted(one.verdict.maps, key=lambda m: m.as_of)
        key = (place.id, *(m.as_of for m in _named(one, maps)), one.claim.kind in CHANGING)
        if key not in seen:
            seen.add(key)
            found[one.id] = _small(loader, one, place, maps)
    return found


def _pictured(one: CheckedClaim, checked: Checked) -> Place | None:
    if one.claim.kind not in PICTURED or not one.verdict.maps:
        return None
    places = [checked.places.get(said) for said in one.claim.places]
    return next((p for p in places if p is not None and p.kind in SETTLEMENTS), None)


def _small(loader: FactLoader, one: CheckedClaim, place: Place, maps: list[MapUsed]) -> LocatorMap:
    named = _named(one, maps)
    last = named[min(1, len(named) - 1)]
    engine, index = loader.snapshot(last)
    far = one.claim.kind is Kind.MOVEMENT
    frame = frame_around(place, WIDE_KM if far or _wide(one) else CLOSE_KM, aspect=0.8)
    box = disc(place.lon, place.lat, frame.width_km).bounds
    drawn = _locator(
        engine, index, frame, [place], labels=list(places_within(loader.gazetteer, *box))
    )
    changes: tuple[ChangePolygon, ...] = ()
    since = None
    first = named[0]
    if first != last and one.claim.kind in CHANGING:
        changes = _changed(loader.snapshot(first), (engine, index), box)
        since = first.as_of
    discs = () if far else _discs(one, place)
    return replace(drawn, changes=changes, since=since, discs=discs)


def _named(one: CheckedClaim, maps: list[MapUsed]) -> list[MapUsed]:
    """Return the maps that the verdict's sentence names, first and second at least."""
    named = [m for m in maps if on(m) in one.verdict.sentence]
    return named or [maps[0], maps[-1]]


def _wide(one: CheckedClaim) -> bool:
    return any(said.relation and "near" in said.relation for said in one.claim.places)


def _discs(one: CheckedClaim, place: Place) -> tuple[Disc, ...]:
    for method in one.verdict.methods:
        radius = method.parameters.get("radius_km")
        if isinstance(radius, (int, float)):
            return (Disc(place.lon, place.lat, float(radius)),)
    return (Disc(place.lon, place.lat, disc_radius_km(place.population)),)


def _changed(
    before: tuple[HistoryEngine, int],
    after: tuple[HistoryEngine, int],
    box: tuple[float, float, float, float],
) -> tuple[ChangePolygon, ...]:
    """Return ground that changed inside a box: gained and lost."""
    window = shapely.box(*box)
    one, other = (
        shapely.intersection(
            shapely.union_all([g for s, g in engine.ground(i).items() if s in CONTROLLED]),
            window,
        )
        for engine, i in (before, after)
    )
    gained, lost = shapely.difference(other, one), shapely.difference(one, other)
    rows = [(None, Status.CONTROLLED, gained), (Status.CONTROLLED, None, lost)]
    return tuple(
        ChangePolygon(was, now, ground, area_km2(ground))
        for was, now, ground in rows
        if not ground.is_empty
    )


def _inputs(loader: FactLoader, book: Book | None, used: list[MapUsed]) -> tuple[InputFile, ...]:
    snapshots: list[SnapshotId] = []
    for one in used:
        engine, index = loader.snapshot(one)
        snapshots.append(engine.series.snapshots[index])
    if book is None:
        return tuple(InputFile(s.source, "", s.as_of, s.sha256) for s in snapshots)
    return tuple(input_file(book, snapshot) for snapshot in snapshots)


def _methods(checked: Checked) -> tuple[MethodNote, ...]:
    found = {
        (method.name, method.version)
        for one in checked.claims
        for verdict in (one.verdict, one.now)
        if verdict is not None
        for method in verdict.methods
    }
    return tuple(
        MethodNote(name, version, _WORDS.get(name, "See the documentation."))
        for name, version in sorted(found)
    )
