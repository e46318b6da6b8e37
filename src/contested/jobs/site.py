"""Build the page for people from a book: `contested site build`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from contested import sample
from contested.errors import NotHeldError, RightsError
from contested.geo.project import LAMBERT, to_degrees, to_plane
from contested.history.measure import CONTROLLED, calendar
from contested.history.reference import ReferenceEngine
from contested.history.series import ControlSeries, SeriesBuilder, continued
from contested.history.web_pack import pack_for_web
from contested.jobs.base_files import page_layers
from contested.jobs.clock import utc_now
from contested.jobs.engines import area_source, edge_engine, held_sources, open_engine
from contested.jobs.permit import ask
from contested.jobs.places import open_gazetteer
from contested.jobs.points import load_points
from contested.jobs.series import load_series
from contested.jobs.site_check import page_claims
from contested.jobs.site_figures import page_figures
from contested.jobs.site_picture import latest_picture, latest_table
from contested.jobs.site_places import labelled_places, point_places
from contested.records import PARTITION_ORDER, ControlMap, SnapshotId, Status, Use
from contested.render.site import Basemap, Site
from contested.render.site_facts import Figures, site_facts
from contested.rights import DEFAULT_DELAY_HOURS
from contested.sources.registry import source
from contested.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    import shapely
    from numpy.typing import NDArray

    from contested.history.protocol import HistoryEngine
    from contested.places.gazetteer import Gazetteer
    from contested.records import Source
    from contested.render.site_facts import LabelledPlace
    from contested.store.book import Book

FRONT_MARGIN_M: Final = 3000.0
"""The edge of controlled ground is drawn as a front where it lies this far inside the outline."""


@dataclass(frozen=True, slots=True)
class SiteRequest:
    """What is built from which book, and for whom.

    Attributes
    ----------
    local
        `True`: for the user's own eyes, which needs no right to publish; the page says so.
        `False`: the terms, the permits and the delay are asked.
    figures
        Measure fronts, corridors and salients too: some minutes for the whole war, kept in the
        book; a later build measures new maps only.
    check
        What `contested check ARTICLE --json` wrote: its claims become pins.
    basemap
        Tiles that the page asks of the network; `None` asks nothing.
    """

    book: Book
    source_name: str | None = None
    engine_name: str = "auto"
    local: bool = False
    figures: bool = True
    check: Path | None = None
    basemap: Basemap | None = None
    delay_hours: int = DEFAULT_DELAY_HOURS


def build_site(request: SiteRequest, *, now: Callable[[], datetime] = utc_now) -> Site:
    """Return the page of a source.

    Raises
    ------
    RightsError
        If it is for others and neither the terms nor a permit allow publishing the geometry.
    NotHeldError
        If the book holds nothing to show.
    """
    claims = None if request.check is None else page_claims(request.check)
    chosen = site_source(request)
    if chosen.kind == "points":
        water = page_layers(request.book.path)
        site = _point_site(request, chosen, now)
        return replace(site, water=water, claims=claims, basemap=request.basemap)
    engine, sources = site_engine(request, chosen)
    last = engine.series.snapshots[-1].as_of
    asked = [_local_only(request, one, Use.PUBLISH_GEOMETRY, last, now) for one in sources]
    gazetteer = open_gazetteer(request.book.path)
    site = area_site(engine, sources, gazetteer, local_only=any(asked))
    figures = page_figures(engine, gazetteer, request.book.derived) if request.figures else None
    return replace(
        site,
        water=page_layers(request.book.path),
        claims=claims,
        basemap=request.basemap,
        figures=figures,
    )


def site_engine(request: SiteRequest, chosen: Source) -> tuple[HistoryEngine, list[Source]]:
    """Return the engine of the page's maps, and who drew them in order.

    Unless a source was named, one of the same lineage that goes on after the last map of the best
    one continues it: readers scrub through one history, and the page says who drew the day.
    """
    book, name = request.book, request.engine_name
    engine = open_engine(book, chosen.name, engine=name)
    if request.source_name is not None:
        return engine, [chosen]
    for other in held_sources(book):
        if other.kind != "areas" or other.lineage != chosen.lineage or other.name == chosen.name:
            continue
        series = continued(engine.series, load_series(book, other.name))
        if len(series) > len(engine.series):
            whole = ReferenceEngine(series) if name == "reference" else edge_engine(series)
            return whole, [chosen, other]
    return engine, [chosen]


def area_site(
    engine: HistoryEngine, sources: Sequence[Source], gazetteer: Gazetteer, *, local_only: bool
) -> Site:
    """Return the page of an engine's series; `sources` drew it in this order."""
    series, known = engine.series, sources[-1]
    figures = Figures(
        engine.areas_km2(), daily_steps_km2(engine), f"area/1 ({engine.version}), geodesic"
    )
    places = labelled_places(engine, gazetteer)
    about = site_facts(series.snapshots, sources, figures, local_only=local_only)
    pack = pack_for_web(series, about, front_zone())
    last = len(series) - 1
    return _site(
        known,
        pack,
        places,
        picture=latest_picture(engine, known),
        table=latest_table(series, known, figures.areas_km2[last]),
        last=series.snapshots[last].as_of,
    )


def daily_steps_km2(engine: HistoryEngine) -> NDArray[np.float64]:
    """Return km² that became controlled and that ceased to be, shape (days, 2).

    Each day with a map against the last one before it; days without a map stay zero.
    """
    days = calendar(engine)
    first = days.days[0]
    steps = np.zeros(((days.days[-1] - first).days + 1, 2))
    controlled = np.array([status in CONTROLLED for status in PARTITION_ORDER] + [False])
    for before, after in pairwise(days.days):
        matrix = engine.matrix_km2(days.on(before), days.on(after))
        gained = matrix[np.ix_(~controlled, controlled)].sum()
        lost = matrix[np.ix_(controlled, ~controlled)].sum()
        steps[(after - first).days] = gained, lost
    return steps


def front_zone() -> shapely.Geometry:
    """Return the inside of Ukraine, degrees, where an edge of controlled ground is a front."""
    plane = to_plane(sample.outline(), LAMBERT)
    return to_degrees(plane.buffer(-FRONT_MARGIN_M), LAMBERT)


def site_source(request: SiteRequest) -> Source:
    """Return the source that a page shows: the one named, else the best held."""
    if request.source_name is not None:
        return source(request.source_name)
    held = held_sources(request.book)
    areas = [one for one in held if one.kind == "areas"]
    # Without any source this says so in one line.
    return next(iter([*areas, *held]), None) or area_source(request.book, None)


def _local_only(
    request: SiteRequest, known: Source, use: Use, as_of: date, now: Callable[[], datetime]
) -> bool:
    """Ask the terms; a page for the user's own eyes is told apart, never refused."""
    try:
        ask(request.book, known, use, as_of=as_of, delay_hours=request.delay_hours, now=now)
    except RightsError as refusal:
        if request.local:
            return True
        raise RightsError(
            f"{refusal}; or build a page for your own use only with --local"
        ) from refusal
    return False


def _point_site(request: SiteRequest, known: Source, now: Callable[[], datetime]) -> Site:
    timelines, file = load_points(request.book)
    dated = [status.since for timeline in timelines for status in timeline.statuses]
    if not dated:
        raise NotHeldError(f"the book {request.book.path} holds no dated settlement: ingest some")
    local_only = _local_only(request, known, Use.PUBLISH_AGGREGATE, max(dated), now)
    series = _days_of(file, min(dated), max(dated))
    first = min(dated)
    places = point_places(timelines, first, open_gazetteer(request.book.path))
    none = np.zeros((len(series), len(PARTITION_ORDER)))
    figures = Figures(none, np.zeros((len(series), 2)), "points/1: no areas")
    about = site_facts(series.snapshots, [known], figures, local_only=local_only)
    pack = pack_for_web(series, about)
    table = latest_table(series, known, none[-1])
    return _site(
        known,
        pack,
        places,
        picture="",
        table=table,
        last=max(dated),
    )


def _days_of(file: SnapshotId, first: date, last: date) -> ControlSeries:
    """Return a series of empty maps, one a day: points speak for every day between their dates."""
    builder = SeriesBuilder(file.source, frozenset(Status))
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        published = datetime.combine(day, time(0), UTC)
        builder.add(
            ControlMap(SnapshotId(file.source, file.sha256, day, published), frozenset(Status), ())
        )
    return builder.build()


def _site(
    known: Source,
    pack: bytes,
    places: Sequence[LabelledPlace],
    *,
    picture: str,
    table: Sequence[tuple[str, ...]],
    last: date,
) -> Site:
    return Site(
        title="contested: who held what, when, and how we know",
        description=f"Control of terrain as assessed by {known.assessed_by}, to {last:%-d %B %Y}. "
        "Not independently confirmed.",
        pack=pack,
        places=places,
        countries=sample.countries(),
        extent=sample.extent(),
        picture=picture,
        table=tuple(table),
        source_line=f"{known.credit}. {known.rights.terms}. Base: {sample.BASE_MAP_CREDIT}. "
        "Places: GeoNames (CC BY 4.0). Boundaries and names do not imply endorsement.",
        version=__version__,
    )
