"""The locator map of a place on a day, for paper and screen: what `contested map` draws."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import shapely

from contested.errors import UsageError
from contested.history.measure import calendar
from contested.jobs.base_layers import BaseLayers, base_layers
from contested.jobs.engines import open_engine
from contested.jobs.gains import gains_and_losses
from contested.jobs.highlight import highlighted
from contested.jobs.inputs_used import base_inputs, input_file
from contested.jobs.labels import named_in, places_within
from contested.jobs.map_base import oblasts, print_base, streams, with_credits
from contested.jobs.map_day import (
    MapDay,
    attribution,
    base_map,
    map_before,
    map_day,
    missing_on_map,
)
from contested.jobs.permit import ask
from contested.jobs.picture_files import svg_metadata, write_picture
from contested.jobs.places import open_gazetteer, place_named
from contested.places.extent import SETTLEMENTS, extent_km
from contested.records import Use
from contested.render import wording
from contested.render.language import LANGUAGES
from contested.render.layers import seen_in
from contested.render.lettering import alt_text, source_text
from contested.render.locator import METHOD, frame_around, render_locator
from contested.render.picture import UKRAINE_FRAME, Frame, LocatorMap, Units
from contested.render.presets import PX_PER_MM, aspect, width_mm
from contested.render.projection import bounds_of, project
from contested.render.theme import PRINT_THEMES
from contested.rights import DEFAULT_DELAY_HOURS
from contested.sources.registry import source

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from contested.history.protocol import HistoryEngine
    from contested.places.gazetteer import Gazetteer
    from contested.records import Place, Source
    from contested.render.language import Language
    from contested.store.book import Book

KM_PER_MM: Final = 0.42
"""Ground a map shows for every mm of its width, unless the place itself asks for more."""
LEAST_KM: Final = 50.0
EXTENTS: Final = 9.0
"""A map is at least so many radii of its place wide."""
REGION_KM: Final = 260.0
FAR_KM: Final = 300.0
FAR_POPULATION: Final = 20_000
COUNTRY: Final = "country"


@dataclass(frozen=True, slots=True)
class MapRequest:
    """What is drawn and how.

    Attributes
    ----------
    place
        A name or an identifier; ``Ukraine`` draws the whole country.
    since
        Ground that changed after the last map at or before this day is marked.
    width
        ``1col``, ``2col``, ``full`` or mm.
    across_km
        Ground from left to right; `None` chooses by width and place.
    highlight
        ``"salient"``, ``"reach"`` or `None`.
    also
        Other places that must be named where there is room.
    publish
        The picture is meant for others: the terms, the permits and the delay are asked.
    """

    place: str
    on: date
    since: date | None = None
    width: str = "2col"
    across_km: float | None = None
    theme: str = "light"
    language: str = "en"
    units: str = "both"
    highlight: str | None = None
    near: str | None = None
    also: tuple[str, ...] = ()
    source_name: str | None = None
    publish: bool = False
    delay_hours: int = DEFAULT_DELAY_HOURS


@dataclass(frozen=True, slots=True, eq=False)
class MadeMap:
    """A map before it is written: its content, its SVG, its words and its facts."""

    content: LocatorMap
    svg: str
    words: dict[str, str]
    facts: dict[str, Any]


def draw_map(book: Book, request: MapRequest, path: Path) -> MadeMap:
    """Write the map as SVG, PDF or PNG by the file's ending, and its JSON twin.

    Raises
    ------
    UsageError
        If a word of the request or the path is wrong, or the place is off the map's ground.
    NoMapError
        If the day has no map.
    RightsError
        If it is meant for others and the terms do not allow that.
    """
    made = make_map(book, request)
    write_picture(path, made.svg, made.words, made.facts)
    return made


def make_map(book: Book, request: MapRequest) -> MadeMap:
    """Return the map that a request asks for."""
    # One or two maps are asked for: the engine that starts at once is the faster one here.
    engine = open_engine(book, request.source_name, on=request.on, engine="reference")
    known = source(engine.series.source)
    if request.publish:
        ask(book, known, Use.PUBLISH_IMAGE, as_of=request.on, delay_hours=request.delay_hours)
    gazetteer = open_gazetteer(book.path)
    place = place_named(gazetteer, request.place, near=request.near)
    today = map_day(engine, calendar(engine).on(request.on))
    before = _before(engine, request)
    layers = base_layers(book.path, today.day)
    content = map_content(request, engine, gazetteer, place, today, before, layers)
    used = [today] if before is None else [before, today]
    snapshots = [input_file(book, engine.series.snapshots[one.index]) for one in used]
    inputs = [*map(_input, snapshots), *base_inputs(book.path, layers)]
    content, figures = _highlight(request, content, gazetteer, inputs[len(used) - 1 :], book)
    facts = {
        **_facts(request, content),
        "highlight": figures,
        "source": known.name,
        "rights": known.rights.terms,
        "methods": [METHOD, f"{engine.name}/{engine.version}"],
        "inputs": inputs,
    }
    return _drawn(request, content, facts)


def _before(engine: HistoryEngine, request: MapRequest) -> MapDay | None:
    if request.since is None:
        return None
    if request.since >= request.on:
        raise UsageError(f"--since {request.since} is not before --on {request.on}")
    found = map_before(engine, request.since)
    if found is None:
        first = calendar(engine).coverage().first
        raise UsageError(f"--since {request.since}: the first map held is of {first}")
    return found


def map_content(
    request: MapRequest,
    engine: HistoryEngine,
    gazetteer: Gazetteer,
    place: Place,
    today: MapDay,
    before: MapDay | None,
    layers: BaseLayers,
) -> LocatorMap:
    """Return everything on the map of a place, without what `--highlight` points out."""
    language, known = LANGUAGES[request.language], source(engine.series.source)
    frame = frame_for(place, width_mm(request.width), request.across_km)
    shown = named_in(gazetteer, (place,), language.code)[0]
    also = frozenset(place_named(gazetteer, name).id for name in request.also)
    return LocatorMap(
        frame=frame,
        base=print_base(),
        title=f"{shown.name}, {wording.day(today.day, language)}",
        subtitle=_deck(known, before, language),
        attribution=with_credits(attribution(known, today.day), layers),
        layers=today.ground,
        not_held=missing_on_map(known),
        changes=gains_and_losses(before.ground, today.ground) if before else (),
        since=before.day if before else None,
        places=_places(gazetteer, place, frame, also, language.code),
        focus=place.id if place.kind != COUNTRY else None,
        named=also,
        rivers=layers.rivers,
        great_rivers=layers.great_rivers,
        lakes=layers.lakes,
        roads=layers.roads,
        borders=layers.inner,
        streams=streams(layers, language),
        oblasts=oblasts(layers, language),
        language=language,
        units=Units(request.units),
        brief=True,
    )


def _deck(known: Source, before: MapDay | None, language: Language) -> str:
    """Return the line under the title: what is shown, and by whose word."""
    title = wording.assessor(known.assessed_by, language)
    if before is None:
        return language.deck.format(title=title)
    return language.deck_since.format(title=title, since=wording.day(before.day, language))


def frame_for(place: Place, mm: float, across_km: float | None = None) -> Frame:
    """Return the ground that a map of a place shows.

    Raises
    ------
    UsageError
        If the place lies off the ground of the base map.
    """
    west, south, east, north = base_map().extent
    if not (west <= place.lon <= east and south <= place.lat <= north):
        raise UsageError(
            f"{place.name} ({place.country}, {place.lat:.2f}, {place.lon:.2f}) lies off the map: "
            f"maps are drawn of {west:g}–{east:g}°E, {south:g}–{north:g}°N"
        )
    if place.kind == COUNTRY and across_km is None:
        return UKRAINE_FRAME
    least = REGION_KM if place.kind == "region" else max(
        LEAST_KM, EXTENTS * extent_km(place.population)
    )  # fmt: skip
    return frame_around(place, across_km or max(least, KM_PER_MM * mm), aspect(mm))


def _places(
    gazetteer: Gazetteer, place: Place, frame: Frame, also: frozenset[str], language: str
) -> tuple[Place, ...]:
    """Return the settlements that may be named; on a map of a country only its towns."""
    far = frame.width_km > FAR_KM
    found = list(places_within(gazetteer, *bounds_of(frame), FAR_POPULATION if far else 0))
    held = {one.id for one in found}
    asked = [gazetteer.entry(one) for one in sorted({*also, place.id} - held)]
    found += [one.place for one in asked if one is not None and one.place.kind in SETTLEMENTS]
    return named_in(gazetteer, found, language)


def _highlight(
    request: MapRequest,
    content: LocatorMap,
    gazetteer: Gazetteer,
    inputs: list[dict[str, Any]],
    book: Book,
) -> tuple[LocatorMap, dict[str, object] | None]:
    if request.highlight is None:
        return content, None
    box = shapely.box(*bounds_of(content.frame))
    marks, notes, figures = highlighted(
        request.highlight, content, box, gazetteer, inputs, book.derived
    )
    return replace(content, marks=marks, notes=notes), {"kind": request.highlight, **figures}


def _drawn(request: MapRequest, content: LocatorMap, facts: dict[str, Any]) -> MadeMap:
    width = width_mm(request.width) * PX_PER_MM
    seen = seen_in(content, project(content.frame, width))
    words = {
        "Title": content.title,
        "Description": alt_text(content, seen),
        "Source": " ".join(source_text(content)),
    }
    svg = render_locator(
        content,
        width,
        PRINT_THEMES[request.theme],
        prefix="",
        real_lines=True,
        metadata=svg_metadata(words, str(content.attribution.as_of)),
    )
    return MadeMap(content, svg, words, facts)


def _facts(request: MapRequest, content: LocatorMap) -> dict[str, Any]:
    frame = content.frame
    return {
        "as_of": content.attribution.as_of,
        "since": content.since,
        "frame": {
            "lon": frame.lon, "lat": frame.lat, "width_km": frame.width_km,
            "height_km": frame.height_km,
        },
        "width_mm": width_mm(request.width),
        "theme": request.theme,
        "language": request.language,
        "units": request.units,
        "not_held": [status.value for status in content.not_held],
    }  # fmt: skip


def _input(one: Any) -> dict[str, Any]:
    return {"kind": "map", "source": one.source, "file": one.file, "day": one.day,
            "sha256": one.sha256}  # fmt: skip
