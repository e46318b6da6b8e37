"""The report page: one HTML file with map, figures, history and where they come from. Pure."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from contested.render import wording
from contested.render.chart import area_chart, count_chart, strip_chart
from contested.render.evidence import evidence
from contested.render.language import ENGLISH, Language
from contested.render.locator import render_locator
from contested.render.page import page, paragraph, picture, section
from contested.render.report_words import report_words
from contested.render.tables import Cell, Table, html_table, text
from contested.render.typeset import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from contested.records import Status
    from contested.render.picture import LocatorMap
    from contested.render.sheet import (
        AreaRow,
        ChangeTable,
        KeyFigures,
        PointReport,
        Report,
        ShareRow,
        Timeline,
        TimelineRow,
    )

METHOD = "report/1"
BROAD_PX, NARROW_PX = 750.0, 356.0
NARROW_SHARE = 0.74
POINTS_NOTE = (
    "The source knows settlements, not ground: they are drawn as dots, never as areas. Area, "
    "front line, salients and corridors cannot be answered from it; add a source of areas."
)


@dataclass(frozen=True, slots=True)
class FolderFile:
    """A file beside a page, in words; without a name, why there is none.

    Attributes
    ----------
    picture
        A chart as the text of an SVG, shown in the page; empty for other files.
    """

    name: str
    words: str
    picture: str = ""


def report_page(report: Report, files: tuple[FolderFile, ...] = ()) -> str:
    """Return the page of a place on a day, with the files that lie beside it."""
    language = report.language
    words, day = report_words(language), wording.day(report.as_of, language)
    sections = (
        ("files", (_files(files), paragraph(words.untranslated, "note") if files else "")),
        ("place", (_key_figures(report),)),
        ("changes", (_changes(report.changes, language),)),
        ("history", _timeline(report.timeline, language)),
        ("areas", _areas(report)),
        ("charts", (_charts(files),)),
    )
    held, disclaimer = _held_words(report), paragraph(language.disclaimer)
    body = [
        _header(clean(report.place.name), _deck(report), day),
        _missing(report),
        map_figure(report.map),
        *(section(words.sections[name], *parts, name=name) for name, parts in sections),
        *evidence(report.sources, report.inputs, report.methods, report.version, language),
        section(words.sections["not-held"], held, name="not-held"),
        section(words.sections["boundaries"], disclaimer, name="boundaries"),
    ]
    headline = f"{clean(report.place.name)}, {day}"
    return page(headline, "\n".join(part for part in body if part), language.code)


def _files(files: tuple[FolderFile, ...]) -> str:
    """Return the list of files; names are our own and need no escaping but get it."""
    if not files:
        return ""
    lines = [
        f'<li><a href="{text(one.name)}">{text(one.name)}</a>: {text(one.words, 500)}</li>'
        if one.name
        else f"<li>{text(one.words, 500)}</li>"
        for one in files
    ]
    return "<ul>\n" + "\n".join(lines) + "\n</ul>"


def _charts(files: tuple[FolderFile, ...]) -> str:
    """Return the charts of a folder as pictures, each a link to its file."""
    found = []
    for one in files:
        if one.picture:
            words = one.words.partition(";")[0]
            data = f"data:image/svg+xml;base64,{b64encode(one.picture.encode()).decode()}"
            picture = f'<img src="{data}" alt="{text(words, 500)}">'
            found.append(f'<figure class="chart"><a href="{text(one.name)}">{picture}</a></figure>')
    return "\n".join(found)


def point_report_page(report: PointReport) -> str:
    """Return the page of a source of points: dots on a map, timelines and counts."""
    headline = clean(report.title)
    deck = (
        f"as assessed by {clean(report.source_title)}, day by day up to "
        f"{wording.day(report.as_of)} · not independently confirmed"
    )
    strips = sized(lambda width, name: strip_chart(report.timelines, width, prefix=name), "strips")
    counts = sized(lambda width, name: count_chart(report.counts, width, prefix=name), "counts")
    body = [
        _header(headline, deck),
        paragraph(POINTS_NOTE, "missing"),
        map_figure(report.map),
        section("Settlements by status", counts, _counts_note(), name="counts-title"),
        section(
            "Settlements over time", strips, _settlement_table(report.timelines), name="history",
        ),
        *evidence(report.sources, report.inputs, report.methods, report.version),
        section("Boundaries", paragraph(wording.DISCLAIMER), name="boundaries"),
    ]  # fmt: skip
    return page(headline, "\n".join(part for part in body if part))


def sized(draw: Callable[[float, str], str], name: str) -> str:
    """Return a chart drawn for a desk and for a phone."""
    return picture(draw(BROAD_PX, f"{name}-broad"), draw(NARROW_PX, f"{name}-narrow"))


def map_figure(content: LocatorMap) -> str:
    """Return the locator map for a desk and, closer and upright, for a phone."""
    frame = content.frame
    whole = not content.discs and frame.width_km > 700  # noqa: PLR2004
    side = frame.width_km * (1.0 if whole else NARROW_SHARE)
    close = frame if whole else replace(frame, width_km=side, height_km=side)
    return picture(
        render_locator(content, BROAD_PX + 2, prefix="map-broad", titled=False),
        render_locator(
            replace(content, frame=close), NARROW_PX + 2, prefix="map-narrow", titled=False
        ),
    )


def _header(title: str, deck: str, day: str = "") -> str:
    """Return the headline; a day in it is never broken over two lines."""
    when = f', <span class="day">{text(day)}</span>' if day else ""
    return (
        f'<header>\n<h1>{text(title)}{when}</h1>\n<p class="deck">{text(deck, 600)}</p>\n</header>'
    )


def _deck(report: Report) -> str:
    words, language = report_words(report.language), report.language
    other = report.asked != report.as_of
    asked = words.asked.format(day=wording.day(report.asked, language)) if other else ""
    return words.deck.format(
        title=clean(report.source_title), day=wording.day(report.as_of, language), asked=asked
    )


def _not_held(report: Report) -> str:
    return wording.not_held_sentence(
        clean(report.source_title), report.as_of, report.not_held, report.language
    )


def _missing(report: Report) -> str:
    return paragraph(_not_held(report), "missing")


def _held_words(report: Report) -> str:
    return paragraph(_not_held(report) or report_words(report.language).all_held)


def _key_figures(report: Report) -> str:
    figures, language = report.key_figures, report.language
    words = report_words(language)
    if figures is None:
        return paragraph(words.no_shares)
    missing = wording.and_list((language.statuses[one] for one in report.not_held), language)
    table = Table(
        caption=_share_caption(figures, language),
        headings=(
            words.ground_measured,
            *(language.statuses[status] for status in figures.held),
            *([missing] if missing else []),
        ),
        rows=tuple(_share_row(row, figures, missing, language) for row in figures.rows),
        numeric=frozenset(range(1, len(figures.held) + 2)),
    )
    return html_table(table) + paragraph(figures.note, "note")


def _share_caption(figures: KeyFigures, language: Language) -> str:
    words, on = report_words(language), figures.before_day
    before = "" if on is None else words.share_before.format(day=wording.day(on, language))
    return words.share_caption + before


def _share_row(
    row: ShareRow, figures: KeyFigures, missing: str, language: Language
) -> tuple[Cell | str, ...]:
    """Return one row; what the source cannot show shares a last column that says so."""
    cells = [_share_cell(row, status, language) for status in figures.held]
    return (row.label, *cells, *([Cell(language.held_not, "quiet")] if missing else []))


def _share_cell(row: ShareRow, status: Status, language: Language) -> Cell:
    before = ""
    if row.before is not None:
        was = wording.share(row.before.get(status, 0.0), language)
        before = report_words(language).share_from.format(share=was)
    return Cell(wording.share(row.shares.get(status, 0.0), language), "number", before)


def _changes(changes: ChangeTable | None, language: Language) -> str:
    words = report_words(language)
    if changes is None:
        return paragraph(words.no_earlier)
    first, last = (wording.day(day, language) for day in (changes.first, changes.last))
    span = words.span.format(first=first, last=last, scope=clean(changes.scope))
    figures = (
        ("gain", words.taken, changes.gained_km2),
        ("loss", words.lost, changes.lost_km2),
        ("", words.net, changes.net_km2),
    )
    head = "".join(_figure(kind, name, value, language) for kind, name, value in figures)
    table = Table(
        caption=words.change_caption.format(span=span),
        headings=words.change_headings,
        rows=tuple(
            (_word(row.before, language), _word(row.after, language),
             Cell(wording.km2(row.km2, language), "number"))
            for row in changes.rows
        ),
        numeric=frozenset({2}),
    )  # fmt: skip
    rows = html_table(table) if changes.rows else paragraph(words.no_change)
    return f'<dl class="figures">{head}</dl>{rows}'


def _figure(kind: str, words: str, value: float, language: Language) -> str:
    mark = f' class="{kind}"' if kind else ""
    shown = wording.km2(value, language) if kind else wording.signed_km2(value, language)
    miles = wording.square_miles(value, language)
    return f"<div{mark}><dt>{words}</dt><dd>{shown}<small>{miles}</small></dd></div>"


def _word(status: Status | None, language: Language) -> str:
    return language.statuses[status] if status else report_words(language).no_statement


def _timeline(timeline: Timeline | None, language: Language) -> tuple[str, ...]:
    if timeline is None:
        return (paragraph(report_words(language).no_history),)
    strip = sized(
        lambda width, name: strip_chart((timeline,), width, prefix=name, language=language),
        "strip",
    )
    return strip, _timeline_table(timeline, language)


def _timeline_table(timeline: Timeline, language: Language) -> str:
    """Return every status with the map days from which to which it was shown."""
    words = report_words(language)
    caption = words.timeline_caption.format(place=clean(timeline.place.name))
    rows = tuple(_timeline_cells(row, language) for row in timeline.rows)
    return html_table(Table(caption, words.timeline_headings, rows))


def _settlement_table(timelines: tuple[Timeline, ...]) -> str:
    """Return the statuses of several settlements in one table."""
    rows = tuple(
        (clean(one.place.name), *_timeline_cells(row)) for one in timelines for row in one.rows
    )
    headings = ("Settlement", "Status", "From", "To", "Criterion")
    return html_table(Table("Status by map day", headings, rows)) if rows else ""


def _timeline_cells(row: TimelineRow, language: Language = ENGLISH) -> tuple[str, ...]:
    words = report_words(language)
    status = language.settlements[row.status] if row.status else words.no_statement
    last = wording.day(row.last, language) if row.last else words.still
    criterion = words.criteria.get(row.criterion, row.criterion)
    return (status, wording.day(row.first, language), last, criterion)


def _areas(report: Report) -> tuple[str, ...]:
    language, series = report.language, report.area_series
    words, day = report_words(language), wording.day(report.as_of, language)
    table = Table(
        caption=words.area_caption.format(day=day, scope=clean(report.area_scope)),
        headings=words.area_headings,
        rows=tuple(_area_row(row, language) for row in report.areas),
        numeric=frozenset({1, 2}),
    )
    chart = sized(
        lambda width, name: area_chart(series, width, prefix=name, language=language), "areas"
    )
    return html_table(table), chart, paragraph(words.area_note if chart else "", "note")


def _area_row(row: AreaRow, language: Language) -> tuple[Cell | str, ...]:
    word = language.statuses[row.status]
    if row.km2 is None:
        return (word, Cell(language.held_not, "quiet"), Cell(language.held_not, "quiet"))
    return (
        word,
        Cell(wording.km2(row.km2, language), "number"),
        Cell(wording.square_miles(row.km2, language), "quiet"),
    )


def _counts_note() -> str:
    return paragraph(
        "Number of listed settlements by status. A settlement is counted from the first day for "
        "which the source says something about it.",
        "note",
    )
