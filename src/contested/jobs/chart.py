"""Charts that stand alone: what `contested chart` draws."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from contested.errors import UsageError
from contested.geo.corridor import OPEN_KM, CorridorState
from contested.geo.front import front_line
from contested.history.corridors import corridor_series
from contested.history.measure import area_series, calendar, held
from contested.jobs.base_layers import base_layers
from contested.jobs.engines import open_engine
from contested.jobs.highlight import controlled
from contested.jobs.labels import named_in
from contested.jobs.map import MapRequest, map_content
from contested.jobs.map_day import NAMES_CREDIT, SHOWN, base_map, map_day
from contested.jobs.permit import ask
from contested.jobs.picture_files import svg_metadata, write_picture
from contested.jobs.places import open_gazetteer, place_named
from contested.jobs.report import timeline
from contested.places.extent import disc_radius_km
from contested.records import PARTITION_ORDER, Status, Use
from contested.render import wording
from contested.render.chart import draw_areas, draw_strips
from contested.render.chart_words import ChartWords, chart_words
from contested.render.figure_charts import draw_corridor, draw_curve, draw_months
from contested.render.language import LANGUAGES, Language
from contested.render.lettering import distinct, short_credit
from contested.render.multiples import draw_multiples
from contested.render.paint import Painter
from contested.render.plate import MARGIN, Caption, plate
from contested.render.presets import PX_PER_MM, width_mm
from contested.render.sheet import CorridorSeries, DaySeries, LengthCurve, MonthChange
from contested.render.theme import PRINT_THEMES
from contested.rights import DEFAULT_DELAY_HOURS
from contested.sources.registry import source

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from contested.history.protocol import HistoryEngine
    from contested.places.gazetteer import Gazetteer
    from contested.records import Place, Source
    from contested.render.chart import Drawing
    from contested.store.book import Book

KINDS: Final = ("area", "changes", "strips", "front", "corridor", "multiples")
NEED_PLACE: Final = frozenset({"strips", "corridor", "multiples"})
MULTIPLES: Final = 8
MULTIPLE_KM: Final = 36.0
CONTROLLED: Final = (Status.OCCUPIED, Status.HELD_SINCE_2014, Status.CONTROLLED)


@dataclass(frozen=True, slots=True)
class ChartRequest:
    """What is drawn and how; without days, the whole series (the front: its last map)."""

    kind: str
    places: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    width: str = "2col"
    theme: str = "light"
    language: str = "en"
    source_name: str | None = None
    engine_name: str = "auto"
    publish: bool = False
    delay_hours: int = DEFAULT_DELAY_HOURS


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """A request with everything that answers it."""

    book: Book
    request: ChartRequest
    engine: HistoryEngine
    known: Source
    gazetteer: Gazetteer
    places: tuple[Place, ...]
    first: date
    last: date

    @property
    def language(self) -> Language:
        """Return the language that was asked for."""
        return LANGUAGES[self.request.language]

    @property
    def words(self) -> ChartWords:
        """Return the words of charts in it."""
        return chart_words(self.language)

    def span(self) -> str:
        """Return first and last day in words."""
        first, last = (wording.day(day, self.language) for day in (self.first, self.last))
        return self.words.span.format(first=first, last=last)


@dataclass(frozen=True, slots=True, eq=False)
class _Chart:
    """How a chart is drawn, its headline, its method and the figures behind it."""

    draw: Callable[[float, Painter], Drawing]
    title: str
    deck: str
    method: str
    figures: list[dict[str, Any]]
    days: frozenset[date] | None = None
    """Days whose maps were used; `None`: every day of the range."""


def draw_chart(book: Book, request: ChartRequest, path: Path) -> str:
    """Write a chart as SVG, PDF or PNG and its JSON twin; return its headline.

    Raises
    ------
    UsageError
        If the kind is unknown or a place is missing.
    NotHeldError
        If the book holds nothing to draw it from.
    RightsError
        If it is meant for others and the terms do not allow that.
    """
    asked = _asked(book, request)
    chart = _KINDS[request.kind](asked)
    mm = width_mm(request.width)
    caption = Caption(chart.title, chart.deck, _source(asked, chart))
    theme = PRINT_THEMES[request.theme]
    painter = Painter(theme, "", real_lines=True, language=asked.language)
    label = chart.draw(mm * PX_PER_MM - 2 * MARGIN, painter).label
    words = {"Title": chart.title, "Description": label, "Source": caption.source}
    metadata = svg_metadata(words, str(asked.last))
    svg, _ = plate(chart.draw, caption, mm * PX_PER_MM, theme, metadata, asked.language)
    write_picture(path, svg, words, _facts(asked, chart))
    return chart.title


def _asked(book: Book, request: ChartRequest) -> _Asked:
    if request.kind not in KINDS:
        raise UsageError(f"chart {request.kind!r}: choose one of {', '.join(KINDS)}")
    if request.kind in NEED_PLACE and not request.places:
        raise UsageError(f"chart {request.kind} needs the name of a place")
    ends = [day for day in (request.first, request.last) if day]
    span = (ends[0], ends[-1]) if ends else None
    engine = open_engine(book, request.source_name, span=span, engine=request.engine_name)
    known, covered = source(engine.series.source), calendar(engine).coverage()
    first, last = request.first or covered.first, request.last or covered.last
    if last < first:
        raise UsageError(f"the range ends ({last}) before it begins ({first}): swap the dates")
    if request.publish:
        ask(book, known, Use.PUBLISH_AGGREGATE, as_of=last, delay_hours=request.delay_hours)
        if request.kind == "multiples":
            ask(book, known, Use.PUBLISH_IMAGE, as_of=last, delay_hours=request.delay_hours)
    gazetteer = open_gazetteer(book.path)
    found = [place_named(gazetteer, name) for name in request.places]
    places = named_in(gazetteer, found, request.language)
    return _Asked(book, request, engine, known, gazetteer, places, first, last)


def _source(asked: _Asked, chart: _Chart) -> str:
    named = [NAMES_CREDIT] if asked.places else []
    credits_ = distinct([asked.known.credit, *asked.known.credits, *named])
    return asked.words.source.format(
        title=wording.assessor(asked.known.assessed_by, asked.language), method=chart.method,
        credits="; ".join(short_credit(one, asked.language) for one in credits_),
    )  # fmt: skip


def _facts(asked: _Asked, chart: _Chart) -> dict[str, Any]:
    snapshots, days = asked.engine.series.snapshots, chart.days
    inside = [s for s in snapshots if asked.first <= s.as_of <= asked.last]
    shots = inside if days is None else [s for s in inside if s.as_of in days]
    return {
        "kind": asked.request.kind,
        "language": asked.request.language,
        "first": asked.first,
        "last": asked.last,
        "source": asked.known.name,
        "rights": asked.known.rights.terms,
        "places": [place.id for place in asked.places],
        "method": chart.method,
        "engine": f"{asked.engine.name}/{asked.engine.version}",
        "figures": chart.figures,
        "inputs": [{"kind": "map", "day": s.as_of, "sha256": s.sha256} for s in shots],
    }


def _area(asked: _Asked) -> _Chart:
    rows = area_series(asked.engine, asked.first, asked.last)
    carried = [s for s in SHOWN if s in held(asked.engine.series.carries)]
    days = tuple(row.date for row in rows)
    series = [
        DaySeries(status, days, tuple(row.areas_km2[status.value] for row in rows))
        for status in carried
        if any(row.areas_km2[status.value] for row in rows)
    ]
    return _Chart(
        lambda width, painter: draw_areas(series, width, painter),
        asked.words.area_title,
        asked.words.area_deck.format(span=asked.span()),
        asked.words.area_method,
        [{"date": row.date, **row.areas_km2} for row in rows if row.snapshot],
    )


def _changes(asked: _Asked) -> _Chart:
    months = _months(asked)
    total = sum(m.gained_km2 - m.lost_km2 for m in months)
    return _Chart(
        lambda width, painter: draw_months(months, width, painter),
        asked.words.changes_title,
        asked.words.changes_deck.format(
            span=asked.span(), net=wording.signed_km2(total, asked.language)
        ),
        asked.words.changes_method,
        [
            {"from": m.first, "to": m.last, "gained_km2": round(m.gained_km2, 2),
             "lost_km2": round(m.lost_km2, 2), "net_km2": round(m.gained_km2 - m.lost_km2, 2)}
            for m in months
        ],
    )  # fmt: skip


def _months(asked: _Asked) -> list[MonthChange]:
    days = calendar(asked.engine)
    ends = [asked.first]
    month = date(asked.first.year + asked.first.month // 12, asked.first.month % 12 + 1, 1)
    while month <= asked.last:
        ends.append(month - timedelta(days=1))
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    ends = sorted({*ends, asked.last})
    found = []
    for begin, end in pairwise(ends):
        before, after = days.at_or_before(begin), days.at_or_before(end)
        gained, lost = _taken_and_lost(asked.engine, before, after)
        found.append(MonthChange(begin + timedelta(days=1), end, gained, lost))
    if not found:
        raise UsageError("a chart of changes needs two days: give --from and --to further apart")
    return found


def _taken_and_lost(engine: HistoryEngine, before: int, after: int) -> tuple[float, float]:
    """Return ground that came under control and that left it between two maps, km²."""
    matrix = engine.matrix_km2(before, after)
    ours = [PARTITION_ORDER.index(s) for s in CONTROLLED if s in PARTITION_ORDER]
    others = [n for n in range(matrix.shape[0]) if n not in ours]
    return (
        float(matrix[others][:, ours].sum()),
        float(matrix[ours][:, others].sum()),
    )


def _strips(asked: _Asked) -> _Chart:
    lines = [timeline(asked.engine, place) for place in asked.places]
    names = wording.and_list((place.name for place in asked.places), asked.language)
    return _Chart(
        lambda width, painter: draw_strips(lines, width, painter),
        asked.words.strips_title.format(names=names),
        asked.words.strips_deck,
        asked.words.strips_method,
        [
            {"place": line.place.id, "status": row.status, "from": row.first, "to": row.last}
            for line in lines
            for row in line.rows
        ],
    )


def _front(asked: _Asked) -> _Chart:
    days = calendar(asked.engine)
    index = days.on(asked.request.last) if asked.request.last else days.at_or_before(asked.last)
    today = map_day(asked.engine, index)
    found = front_line(controlled(today.ground), base_map().outline)
    rulers = tuple(one.m for one in found.tolerances)
    curves = [
        LengthCurve(asked.words.all_pieces, rulers, tuple(one.all_km for one in found.tolerances)),
        LengthCurve(asked.words.main_line, rulers, tuple(one.main_km for one in found.tolerances)),
    ]
    return _Chart(
        lambda width, painter: draw_curve(curves, width, painter),
        asked.words.front_title.format(day=wording.day(today.day, asked.language)),
        asked.words.front_deck,
        asked.words.front_method.format(method=found.method.label),
        [{"ruler_m": one.m, "main_km": round(one.main_km, 1), "all_km": round(one.all_km, 1)}
         for one in found.tolerances],
        frozenset({today.day}),
    )  # fmt: skip


def _corridor(asked: _Asked) -> _Chart:
    place = asked.places[0]
    disc_km = disc_radius_km(place.population)
    found = corridor_series(
        asked.engine.series, place.lon, place.lat, asked.first, asked.last, disc_km=disc_km
    )
    measured = [one.corridor for one in found]
    series = CorridorSeries(
        place.name,
        tuple(one.day for one in found),
        tuple(c.width_km if c else None for c in measured),
        tuple(c.width_contested_closed_km if c else None for c in measured),
        OPEN_KM,
        any(c is not None and c.state is CorridorState.OPEN for c in measured),
    )
    return _Chart(
        lambda width, painter: draw_corridor(series, width, painter),
        asked.words.corridor_title.format(place=place.name),
        asked.words.corridor_deck.format(span=asked.span()),
        asked.words.corridor_method,
        [{"date": day, "km": km, "contested_closed_km": closed}
         for day, km, closed in zip(series.days, series.km, series.closed_km, strict=True)],
    )  # fmt: skip


def _multiples(asked: _Asked) -> _Chart:
    place, days = asked.places[0], calendar(asked.engine)
    span = (asked.last - asked.first).days
    wanted = [asked.first + timedelta(days=round(span * n / (MULTIPLES - 1)))
              for n in range(MULTIPLES)]  # fmt: skip
    indices = sorted({days.at_or_before(max(day, days.coverage().first)) for day in wanted})
    maps = [_small_map(asked, place, index) for index in indices]
    return _Chart(
        lambda width, painter: draw_multiples(maps, width, painter),
        f"{place.name}, {asked.span()}",
        asked.words.multiples_deck.format(count=len(maps), km=f"{MULTIPLE_KM:g}"),
        "",
        [{"date": one.attribution.as_of} for one in maps],
        frozenset(one.attribution.as_of for one in maps),
    )


def _small_map(asked: _Asked, place: Place, index: int) -> Any:
    today = map_day(asked.engine, index)
    request = MapRequest(
        place.id, today.day, across_km=MULTIPLE_KM, language=asked.request.language
    )
    layers = base_layers(asked.book.path, today.day)
    content = map_content(request, asked.engine, asked.gazetteer, place, today, None, layers)
    return replace(content, title=place.name, furnished=False)


_KINDS: Final[dict[str, Callable[[_Asked], _Chart]]] = {
    "area": _area, "changes": _changes, "strips": _strips, "front": _front,
    "corridor": _corridor, "multiples": _multiples,
}  # fmt: skip
