"""Settlements over time: one place's timeline, and every settlement's at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely

from contested.errors import NotHeldError
from contested.history.answers import Timeline, TimelineRow
from contested.history.measure import calendar, not_held, point_timeline
from contested.jobs.engines import held_sources, open_engine
from contested.jobs.frames import CRS
from contested.jobs.points import SOURCE, load_points
from contested.records import PARTITION_ORDER, Status
from contested.sources.registry import source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contested.history.protocol import HistoryEngine
    from contested.records import Place, PointTimeline, Source
    from contested.store.book import Book

POINT_NOTE = (
    "The status is that of the place's point in the gazetteer: ground 200 m away may have changed "
    "weeks earlier or later. Days are map days; maps lag."
)


def timeline_of(
    book: Book, place: Place, source_name: str | None = None, *, engine: str = "auto"
) -> Timeline:
    """Return every status a place was shown with.

    Raises
    ------
    NotHeldError
        If the book holds nothing, or the source of points does not list the place.
    """
    if answers_from_points(book, source_name):
        return _from_points(book, place)
    asked = open_engine(book, source_name, engine=engine)
    return Timeline(
        place=place_facts(place),
        source=asked.series.source,
        kind="areas",
        timeline=point_timeline(asked, place.lon, place.lat),
        last_map=calendar(asked).coverage().last,
        not_held=not_held(asked.series.carries),
        note=POINT_NOTE,
        method=f"timeline/1 ({asked.version}), criterion point",
    )


def answers_from_points(book: Book, source_name: str | None) -> bool:
    """Return whether a source of points answers: asked for, or the only kind held."""
    if source_name is not None:
        return source(source_name).kind == "points"
    held = held_sources(book)
    if not held:
        raise NotHeldError(
            f"the book {book.path} holds nothing yet: add files with `contested ingest`"
        )
    return all(one.kind == "points" for one in held)


def place_facts(place: Place) -> dict[str, Any]:
    """Return what a timeline says of its place."""
    return {
        "id": place.id,
        "name": place.name,
        "lon": place.lon,
        "lat": place.lat,
        "population": place.population,
        "population_source": place.population_source,
    }


def _from_points(book: Book, place: Place) -> Timeline:
    timelines, snapshot = load_points(book)
    found = next((one for one in timelines if one.place.id == place.id), None)
    if found is None:
        raise NotHeldError(
            f"{SOURCE} lists {len(timelines)} settlements that changed status and {place.name} "
            "is not among them: no statement about it"
        )
    return Timeline(
        place=place_facts(found.place),
        source=SOURCE,
        kind="points",
        timeline=_point_rows(found),
        last_map=snapshot.as_of,
        not_held=sorted({_layer_gap(one.layer) for one in found.statuses} - {""}),
        note=f"{POINT_NOTE} Before its first row the source makes no statement.",
        method="timeline/1 (dated points), criterion point",
    )


def _layer_gap(layer: str) -> str:
    """Return what a row's layer does not carry, in words."""
    return "" if layer == "all statuses" else f"contested (layer: {layer})"


def _point_rows(timeline: PointTimeline) -> list[TimelineRow]:
    ends = [one.since for one in timeline.statuses[1:]]
    return [
        TimelineRow(status=one.status.value, first=one.since, last=end, criterion="point")
        for one, end in zip(timeline.statuses, [*ends, None], strict=True)
    ]


def settlements_frame(
    book: Book, source_name: str | None, engine_name: str = "auto"
) -> gpd.GeoDataFrame:
    """Return one row a settlement and interval: status, first day, last day, provenance."""
    if answers_from_points(book, source_name):
        timelines, snapshot = load_points(book)
        rows = [row for one in timelines for row in _rows_of(one.place, _point_rows(one))]
        return _framed(rows, source(SOURCE), snapshot.sha256, "timeline/1 (dated points)")
    engine = open_engine(book, source_name, engine=engine_name)
    known = source(engine.series.source)
    last = engine.series.snapshots[-1].sha256
    rows = list(_panel_rows(engine, followed_places(book)))
    return _framed(rows, known, last, f"timeline/1 ({engine.version})")


def followed_places(book: Book) -> list[Place]:
    """Return the places whose timelines are made when none is named."""
    timelines, _ = load_points(book)
    return [one.place for one in timelines]


def _panel_rows(engine: HistoryEngine, places: list[Place]) -> Iterator[dict[str, Any]]:
    lonlat = np.array([[place.lon, place.lat] for place in places])
    panel = engine.panel(lonlat)
    days = [snapshot.as_of for snapshot in engine.series.snapshots]
    starts = np.searchsorted(panel.point, np.arange(len(places) + 1))
    for number, place in enumerate(places):
        part = slice(starts[number], starts[number + 1])
        firsts = [days[i] for i in panel.first[part]]
        ends = [*firsts[1:], None]
        statuses = [_status(code) for code in panel.status[part]]
        rows = [
            TimelineRow(status=status, first=first, last=end, criterion="point")
            for status, first, end in zip(statuses, firsts, ends, strict=True)
        ]
        yield from _rows_of(place, rows)


def _status(code: int) -> str | None:
    status: Status | None = PARTITION_ORDER[code] if code >= 0 else None
    return status.value if status else None


def _rows_of(place: Place, rows: list[TimelineRow]) -> list[dict[str, Any]]:
    return [
        {
            "place_id": place.id,
            "place": place.name,
            "population": place.population,
            "population_source": place.population_source,
            "status": row.status,
            "from": row.first.isoformat(),
            "to": row.last.isoformat() if row.last else None,
            "criterion": row.criterion,
            "geometry": shapely.Point(place.lon, place.lat),
        }
        for row in rows
    ]


def _framed(
    rows: list[dict[str, Any]], known: Source, snapshot: str, method: str
) -> gpd.GeoDataFrame:
    frame = gpd.GeoDataFrame(rows, geometry="geometry", crs=CRS)
    frame["source"] = known.name
    frame["snapshot"] = snapshot
    frame["method"] = method
    frame["rights"] = known.rights.terms
    frame["credit"] = known.credit
    return frame
