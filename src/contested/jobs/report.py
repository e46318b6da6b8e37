"""The report of a place on a day: every figure, its map, and where both come from."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import shapely

from contested.geo.disc import QUADRANTS, disc, sector, shares
from contested.geo.measure import area_km2
from contested.history.measure import (
    area_columns,
    calendar,
    held,
    point_timeline,
)
from contested.jobs.base_layers import BaseLayers, base_layers
from contested.jobs.inputs_used import base_inputs, input_file
from contested.jobs.labels import named_in, places_within
from contested.jobs.map_base import oblasts, print_base, streams, with_credits
from contested.jobs.map_day import (
    SHOWN,
    MapDay,
    attribution,
    base_map,
    map_before,
    map_day,
    missing_on_map,
    statuses_not_held,
)
from contested.jobs.places import open_gazetteer
from contested.places.extent import disc_radius_km
from contested.records import Status
from contested.render import wording
from contested.render.language import ENGLISH, Language
from contested.render.locator import frame_around
from contested.render.picture import CONTROLLED_STATUSES, Disc, LocatorMap
from contested.render.report_words import report_words
from contested.render.sheet import (
    AreaRow,
    ChangeRow,
    ChangeTable,
    DaySeries,
    InputFile,
    KeyFigures,
    MethodNote,
    Report,
    ShareRow,
    Timeline,
    TimelineRow,
)
from contested.sources.registry import source
from contested.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from contested.history.protocol import ChangePolygon, HistoryEngine
    from contested.places.gazetteer import Gazetteer
    from contested.records import Place, Source
    from contested.store.book import Book

WIDTH_KM = 40.0
CHANGED_WITHIN_KM = 25.0
DAYS_BEFORE = 14
SERIES_DAYS = 120
QUADRANT_KM = 3.0


def place_report(
    book: Book, engine: HistoryEngine, place: Place, on: date, language: Language = ENGLISH
) -> Report:
    """Return everything on the report page of a place, in a language.

    Raises
    ------
    NoMapError
        If the day has no map.
    """
    known, gazetteer = source(engine.series.source), open_gazetteer(book.path)
    (place,) = named_in(gazetteer, (place,), language.code)
    today = map_day(engine, calendar(engine).on(on))
    before = map_before(engine, on - timedelta(days=DAYS_BEFORE))
    changes = engine.changes(before.index, today.index) if before else []
    used = [today] if before is None else [before, today]
    layers = base_layers(book.path, today.day)
    return Report(
        place=place,
        asked=on,
        as_of=today.day,
        source_title=wording.assessor(known.assessed_by, language),
        map=_map(gazetteer, place, known, today, before, changes, layers, language),
        not_held=statuses_not_held(engine.series.carries),
        key_figures=_key_figures(engine, place, today, before, language),
        changes=_changes(place, today, before, changes, language),
        timeline=timeline(engine, place),
        areas=_areas(engine, today.index),
        area_scope=report_words(language).whole_map,
        area_series=_series(engine, today.day),
        sources=(known,),
        inputs=(
            *(input_file(book, engine.series.snapshots[one.index]) for one in used),
            *_base_files(book.path, layers, language),
        ),
        methods=_methods(engine),
        version=__version__,
        language=language,
    )


def _map(
    gazetteer: Gazetteer,
    place: Place,
    known: Source,
    today: MapDay,
    before: MapDay | None,
    changes: Sequence[ChangePolygon],
    layers: BaseLayers,
    language: Language,
) -> LocatorMap:
    frame = frame_around(place, WIDTH_KM)
    assessor = wording.assessor(known.assessed_by, language)
    near = places_within(gazetteer, *_box(place, WIDTH_KM))
    return LocatorMap(
        frame=frame,
        base=base_map() if language is ENGLISH else print_base(),
        title=f"{place.name}, {wording.day(today.day, language)}",
        subtitle=report_words(language).subtitle.format(title=assessor),
        attribution=with_credits(attribution(known, today.day), layers),
        layers=today.ground,
        not_held=missing_on_map(known),
        changes=tuple(changes),
        since=before.day if before else None,
        places=near if language is ENGLISH else named_in(gazetteer, near, language.code),
        focus=place.id,
        named=frozenset({place.id}),
        discs=(Disc(place.lon, place.lat, disc_radius_km(place.population)),),
        rivers=layers.rivers,
        great_rivers=layers.great_rivers,
        lakes=layers.lakes,
        roads=layers.roads,
        borders=layers.inner,
        streams=streams(layers, language),
        oblasts=oblasts(layers, language),
        language=language,
        brief=language is not ENGLISH,  # the long credits are English sentences
    )


def _base_files(book: Path, layers: BaseLayers, language: Language) -> list[InputFile]:
    """Return what lies under the map: countries, places, layers that the user added."""
    kinds = report_words(language).kinds
    return [
        InputFile(kinds.get(one["kind"], one["kind"]), one["file"], None,
                  one.get("sha256") or one["content_sha256"])
        for one in base_inputs(book, layers)
    ]  # fmt: skip


def _box(place: Place, width_km: float) -> tuple[float, float, float, float]:
    west, south, east, north = disc(place.lon, place.lat, width_km).bounds
    return west, south, east, north


def _key_figures(
    engine: HistoryEngine, place: Place, today: MapDay, before: MapDay | None, language: Language
) -> KeyFigures:
    radius, words = disc_radius_km(place.population), report_words(language)
    whole = words.disc.format(km=f"{radius:g}".replace(".", language.decimal))
    pieces = {whole: disc(place.lon, place.lat, radius)}
    for name, bounds in QUADRANTS.items():
        label = words.quadrant.format(km=f"{QUADRANT_KM:g}", side=words.quadrants[name])
        pieces[label] = sector(place.lon, place.lat, QUADRANT_KM, *bounds)
    rows = tuple(
        ShareRow(label, _shares(piece, today), _shares(piece, before) if before else None)
        for label, piece in pieces.items()
    )
    carried = held(engine.series.carries)
    return KeyFigures(
        rows=rows,
        held=_columns(rows, carried),
        before_day=before.day if before else None,
        note=words.disc_note,
    )


def _columns(rows: Sequence[ShareRow], carried: frozenset[Status]) -> tuple[Status, ...]:
    """Return the statuses worth a column: those a reader asks about, and those that occur."""
    occurs = {
        status
        for row in rows
        for shown in (row.shares, row.before or {})
        for status, value in shown.items()
        if value > 0
    }
    if Status.HELD_SINCE_2014 not in occurs:
        occurs.discard(Status.OCCUPIED)  # it would say the same as controlled
    asked = {Status.CONTROLLED, Status.CONTESTED}
    return tuple(s for s in SHOWN if s in carried and s in asked | occurs)


def _shares(piece: shapely.Polygon, one: MapDay) -> Mapping[Status, float]:
    found = shares(piece, one.ground)
    if Status.CONTROLLED not in found:
        found[Status.CONTROLLED] = sum(found.get(s, 0.0) for s in CONTROLLED_STATUSES)
    return found


def _changes(
    place: Place,
    today: MapDay,
    before: MapDay | None,
    changes: Sequence[ChangePolygon],
    language: Language,
) -> ChangeTable | None:
    if before is None:
        return None
    near = disc(place.lon, place.lat, CHANGED_WITHIN_KM)
    shapely.prepare(near)
    rows = [
        ChangeRow(one.before, one.after, km2)
        for one in changes
        if (km2 := area_km2(shapely.intersection(near, one.geometry))) >= 0.005  # noqa: PLR2004
    ]
    gained = sum(r.km2 for r in rows if _taken(r.after) and not _taken(r.before))
    lost = sum(r.km2 for r in rows if _taken(r.before) and not _taken(r.after))
    return ChangeTable(
        first=before.day,
        last=today.day,
        scope=report_words(language).scope.format(km=f"{CHANGED_WITHIN_KM:g}", place=place.name),
        rows=tuple(sorted(rows, key=lambda row: -row.km2)),
        gained_km2=gained,
        lost_km2=lost,
        net_km2=gained - lost,
    )


def _taken(status: Status | None) -> bool:
    return status in CONTROLLED_STATUSES


def timeline(engine: HistoryEngine, place: Place) -> Timeline:
    """Return every status of a place's point with its first and last map day."""
    covered = calendar(engine).coverage()
    rows = point_timeline(engine, place.lon, place.lat)
    return Timeline(
        place=place,
        rows=tuple(
            TimelineRow(Status(r.status) if r.status else None, r.first, r.last, r.criterion)
            for r in rows
        ),
        first_map=covered.first,
        last_map=covered.last,
        missing=covered.days_missing,
    )


def _areas(engine: HistoryEngine, index: int) -> tuple[AreaRow, ...]:
    found = area_columns(engine.series.carries, engine.areas_km2([index])[0])
    return tuple(AreaRow(status, found[status.value]) for status in SHOWN)


def _series(engine: HistoryEngine, last: date) -> tuple[DaySeries, ...]:
    """Return controlled and contested ground over the days before; gaps stay gaps."""
    days = calendar(engine)
    span = [last - timedelta(days=n) for n in range(SERIES_DAYS, -1, -1)]
    span = [day for day in span if day >= days.coverage().first]
    with_map = [day for day in span if day in set(days.days)]
    areas = engine.areas_km2([days.on(day) for day in with_map])
    found = {
        day: area_columns(engine.series.carries, row)
        for day, row in zip(with_map, areas, strict=True)
    }
    shown = [s for s in (Status.CONTROLLED, Status.CONTESTED) if s in held(engine.series.carries)]
    return tuple(
        DaySeries(
            status=status,
            days=tuple(span),
            values=tuple(found[day][status.value] if day in found else None for day in span),
        )
        for status in shown
    )


def _methods(engine: HistoryEngine) -> tuple[MethodNote, ...]:
    return (
        MethodNote(
            "area",
            f"1 ({engine.version})",
            "Exact partition of the map by status in a fixed order, geodesic area on WGS84.",
        ),
        MethodNote(
            "changes",
            f"1 ({engine.version})",
            "Ground whose status differs between two maps; slivers under 1 m wide are redraws.",
        ),
        MethodNote(
            "share",
            "1",
            "Share of a geodesic disc, or of a quarter of it, that a status holds.",
        ),
        MethodNote(
            "timeline",
            f"1 ({engine.version})",
            "Status of the place’s gazetteer point on every map; days are map days.",
        ),
    )
