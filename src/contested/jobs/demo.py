"""The demonstration: the embedded sample, or map files of the user's, measured and shown."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from contested import sample
from contested.errors import UsageError
from contested.history.measure import calendar
from contested.jobs.check_demo import demo_check
from contested.jobs.engines import held_sources, open_engine
from contested.jobs.export import ExportRequest, export_areas, export_timelines
from contested.jobs.ingest import ingest
from contested.jobs.inputs import map_files
from contested.jobs.inputs_used import input_file
from contested.jobs.limits import Limits
from contested.jobs.map_day import base_map
from contested.jobs.places import open_gazetteer, place_named
from contested.jobs.points import SOURCE, ingest_points, load_points
from contested.jobs.report import place_report
from contested.jobs.site import SiteRequest, area_site, build_site
from contested.jobs.write_site import write_single
from contested.records import Place, Status
from contested.render.locator import render_locator
from contested.render.picture import UKRAINE_FRAME, Attribution, Dot, LocatorMap
from contested.render.report import point_report_page, report_page
from contested.render.sheet import DaySeries, MethodNote, PointReport, Timeline, TimelineRow
from contested.sources.parsers import is_read, map_parser
from contested.sources.registry import all_sources, source
from contested.store.book import Book
from contested.store.files import write_bytes, write_text
from contested.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from contested.jobs.ingest import FileDone, IngestReport
    from contested.records import PointTimeline, SnapshotId

PLACE = "Pokrovsk"
"""What the report is about where map files are given."""

TOWNS = {
    "geonames:701822": "Mariupol",
    "geonames:706448": "Kherson",
    "geonames:707292": "Izium",
    "geonames:704204": "Lyman",
    "geonames:691999": "Siverskodonetsk",
    "geonames:713174": "Bakhmut",
    "geonames:713122": "Avdiivka",
    "geonames:689304": "Vovchansk",
    "geonames:709354": "Toretsk",
    "geonames:710915": "Chasiv Yar",
}
"""Settlements of the sample that its page names and whose timelines it shows."""

BOOK = "demo.book"
COUNTED = (
    Status.HELD_SINCE_2014,
    Status.OCCUPIED,
    Status.CONTESTED,
    Status.LIBERATED,
    Status.FREE,
)
PAGE = "map.html"
_EVERY_DAYS = 7


@dataclass(frozen=True, slots=True)
class DemoResult:
    """What was made.

    Attributes
    ----------
    report
        The page to open.
    files
        Figures beside it.
    shows
        What a reader finds there, a line each.
    ingested
        What became of the files, one report a source.
    """

    report: Path
    files: tuple[Path, ...]
    shows: tuple[str, ...]
    ingested: tuple[IngestReport, ...]


def demo(
    out: Path,
    data: Path | None = None,
    *,
    progress: Callable[[FileDone], None] | None = None,
) -> DemoResult:
    """Make a book, measure it and write a report with its figures into `out`.

    Parameters
    ----------
    out
        Folder for the results; the book in it is made anew.
    data
        Folder with map files of any known source; `None` takes the embedded sample.

    Raises
    ------
    UsageError
        If the folder holds no map files, or `out` cannot be written.
    """
    book = _fresh_book(out)
    if data is None:
        made = _demo_points(book, out)
    else:
        made = _demo_areas(book, out, tuple(_ingest_folder(book, data, progress)))
    page, line = demo_check(book, out)
    return replace(made, files=(page, *made.files), shows=(*made.shows, line))


def _fresh_book(out: Path) -> Book:
    try:
        out.mkdir(parents=True, exist_ok=True)
        if (out / BOOK).exists():
            shutil.rmtree(out / BOOK)
    except OSError as error:
        raise UsageError(f"{out}: cannot be written: {error.strerror or error}") from None
    return Book.create(out / BOOK)


def _ingest_folder(
    book: Book, data: Path, progress: Callable[[FileDone], None] | None
) -> Iterable[IngestReport]:
    if not data.is_dir():
        raise UsageError(f"{data}: is not a folder; name one that holds map files")
    readable = [one for one in all_sources() if is_read(one.name)]
    fitting = {one.name: map_files(data, map_parser(one.name), Limits()) for one in readable}
    if not any(fitting.values()):
        patterns = ", ".join(one.file_pattern for one in readable)
        raise UsageError(f"{data}: holds no map files (looked for {patterns})")
    for name, files in fitting.items():
        if files:
            yield ingest(book, name, files, progress=progress)


def _demo_areas(book: Book, out: Path, reports: Sequence[IngestReport]) -> DemoResult:
    names = [one.name for one in held_sources(book)]
    if not names:
        raise UsageError("none of the map files could be read: " + _first_failure(reports))
    engines = {name: open_engine(book, name) for name in names}
    newest = max(engines, key=lambda name: calendar(engines[name]).days[-1])
    engine = engines[newest]
    last = calendar(engine).days[-1]
    place = place_named(open_gazetteer(), PLACE)
    page = place_report(book, engine, place, last)
    write_text(out / "report.html", report_page(page))
    write_text(out / "map.svg", render_locator(page.map))
    export_areas(ExportRequest(book, newest, "auto", out / "areas.csv"), None, None)
    site = area_site(engine, [source(newest)], open_gazetteer(book.path), local_only=True)
    write_single(site, out / PAGE)
    covered = calendar(engine).coverage()
    controlled = next(a.km2 for a in page.areas if a.status is Status.CONTROLLED)
    shows = (
        (
            f"{newest}: {covered.snapshots:,} maps of {covered.first} to {covered.last}, "
            f"{len(covered.days_missing)} days without one"
        ),
        f"controlled ground on {last}: {controlled or 0:,.2f} km²",
        f"report.html is about {PLACE} on {last}; areas.csv has every day",
        f"{PAGE} is the map of every day, for your own use: scrub, compare, ask how we know",
    )
    files = tuple(out / name for name in (PAGE, "map.svg", "areas.csv"))
    return DemoResult(out / "report.html", files, shows, tuple(reports))


def _first_failure(reports: Sequence[IngestReport]) -> str:
    failed = [one.message for report in reports for one in (*report.failed, *report.quarantined)]
    return failed[0] if failed else "they hold nothing"


def _demo_points(book: Book, out: Path) -> DemoResult:
    sample_file = out / sample.PLACE_STATUS_FILE
    write_bytes(sample_file, sample.place_status())
    report = ingest_points(book, [sample_file])
    timelines, snapshot = load_points(book)
    page = _point_report(book, timelines, snapshot)
    write_text(out / "report.html", point_report_page(page))
    write_text(out / "map.svg", render_locator(page.map))
    export_timelines(ExportRequest(book, SOURCE, "auto", out / "timelines.csv"))
    write_single(build_site(SiteRequest(book, SOURCE, local=True)), out / PAGE)
    latest = _counts_on(timelines, snapshot.as_of)
    counted = ", ".join(f"{latest[status]} {status.value}" for status in COUNTED)
    shows = (
        f"{len(timelines)} settlements that changed status, to {snapshot.as_of}: {counted}",
        "dots, never areas: the sample holds points, so areas are not held",
        "timelines.csv has every change with its day",
        f"{PAGE} shows them on every day: open it in a browser",
    )
    files = tuple(out / name for name in (PAGE, "map.svg", "timelines.csv"))
    return DemoResult(out / "report.html", files, shows, (report,))


def _point_report(
    book: Book, timelines: Sequence[PointTimeline], snapshot: SnapshotId
) -> PointReport:
    known = source(SOURCE)
    return PointReport(
        title="Settlements that changed hands",
        as_of=snapshot.as_of,
        source_title=known.assessed_by,
        map=_dot_map(timelines, snapshot.as_of),
        timelines=_town_timelines(timelines, snapshot.as_of),
        counts=_counts(timelines, snapshot.as_of),
        sources=(known,),
        inputs=(input_file(book, snapshot),),
        methods=(
            MethodNote("timeline", "1", "Status of each settlement’s point, from the dated facts."),
            MethodNote("count", "1", "Settlements of the sample by status on a day, once a week."),
        ),
        version=__version__,
    )


def _dot_map(timelines: Sequence[PointTimeline], on: date) -> LocatorMap:
    known = source(SOURCE)
    base = base_map()
    statuses = {one.place.id: _status(one, on) for one in timelines}
    dots = tuple(Dot(one.place, status) for one in timelines if (status := statuses[one.place.id]))
    cities = _cities({one.place.name for one in timelines})
    places = (*_judged(one.place for one in timelines), *cities)
    credit = (known.credit, *known.credits)
    return LocatorMap(
        frame=UKRAINE_FRAME,
        base=base,
        title="Settlements that changed hands",
        subtitle="status of the settlement’s point",
        attribution=Attribution(known.assessed_by, on, credit),
        places=places,
        named=frozenset(TOWNS) | {city.id for city in cities},
        dots=dots,
    )


def _cities(known: set[str]) -> tuple[Place, ...]:
    """Return the large cities by which a reader finds the way, without those that have a dot."""
    return tuple(
        Place(f"city:{name}", name, lon, lat)
        for name, lon, lat in sample.cities()
        if name not in known
    )


def _judged(places: Iterable[Place]) -> tuple[Place, ...]:
    """Return places with the gazetteer's kinds: it knows districts, one larger than its city."""
    gazetteer = open_gazetteer()
    entries = [(place, gazetteer.entry(place.id)) for place in places]
    return tuple(replace(place, kind=e.place.kind) if e else place for place, e in entries)


def _status(timeline: PointTimeline, on: date) -> Status | None:
    shown = [one.status for one in timeline.statuses if one.since <= on]
    return shown[-1] if shown else None


def _town_timelines(timelines: Sequence[PointTimeline], last: date) -> tuple[Timeline, ...]:
    first = min(one.statuses[0].since for one in timelines)
    by_id = {one.place.id: one for one in timelines}
    chosen = [by_id[key] for key in TOWNS if key in by_id]
    return tuple(
        Timeline(place=one.place, rows=_rows(one), first_map=first, last_map=last) for one in chosen
    )


def _rows(timeline: PointTimeline) -> tuple[TimelineRow, ...]:
    ends = [*(one.since for one in timeline.statuses[1:]), None]
    return tuple(
        TimelineRow(one.status, one.since, end, "point")
        for one, end in zip(timeline.statuses, ends, strict=True)
    )


def _counts_on(timelines: Sequence[PointTimeline], on: date) -> dict[Status, int]:
    shown = [_status(one, on) for one in timelines]
    return {status: shown.count(status) for status in COUNTED}


def _counts(timelines: Sequence[PointTimeline], last: date) -> tuple[DaySeries, ...]:
    first = min(one.statuses[0].since for one in timelines)
    days = [first + timedelta(days=n) for n in range(0, (last - first).days + 1, _EVERY_DAYS)]
    days = days if days[-1] == last else [*days, last]
    counts = [_counts_on(timelines, day) for day in days]
    return tuple(
        DaySeries(status, tuple(days), tuple(float(one[status]) for one in counts))
        for status in COUNTED
    )
