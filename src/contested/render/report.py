"""The report page: one HTML file with map, figures, history and where they come from. Pure."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from contested.render import wording
from contested.render.chart import area_chart, count_chart, strip_chart
from contested.render.evidence import evidence
from contested.render.locator import render_locator
from contested.render.page import page, paragraph, picture, section
from contested.render.tables import Cell, Table, html_table, text
from contested.render.typeset import clean

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

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
    headline = f"{clean(report.place.name)}, {wording.day(report.as_of)}"
    body = [
        _header(clean(report.place.name), _deck(report), wording.day(report.as_of)),
        _missing(report.source_title, report.as_of, report.not_held),
        map_figure(report.map),
        section("In this folder", _files(files), name="files"),
        section("The place on that day", _key_figures(report), name="place"),
        section("What changed before", _changes(report.changes), name="changes"),
        section("The place’s history", *_timeline(report.timeline), name="history"),
        section("Area by status", *_areas(report), name="areas"),
        section("Charts", _charts(files), name="charts"),
        *evidence(report.sources, report.inputs, report.methods, report.version),
        section("What is not held", _held_words(report), name="not-held"),
        section("Boundaries", paragraph(wording.DISCLAIMER), name="boundaries"),
    ]
    return page(headline, "\n".join(part for part in body if part))


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
    asked = "" if report.asked == report.as_of else f" (asked for: {wording.day(report.asked)})"
    return (
        f"as assessed by {clean(report.source_title)}, map of {wording.day(report.as_of)}{asked} "
        f"· not independently confirmed"
    )


def _missing(source_title: str, when: date, statuses: tuple[Status, ...]) -> str:
    return paragraph(wording.not_held_sentence(clean(source_title), when, statuses), "missing")


def _held_words(report: Report) -> str:
    sentence = wording.not_held_sentence(clean(report.source_title), report.as_of, report.not_held)
    nothing = "Every status that the source can show on that day is held."
    return paragraph(sentence or nothing)


def _key_figures(report: Report) -> str:
    figures = report.key_figures
    if figures is None:
        return paragraph("No shares are held for this place on that day.")
    missing = wording.and_list(wording.STATUS_WORDS[status] for status in report.not_held)
    table = Table(
        caption=_share_caption(figures),
        headings=(
            "Ground measured",
            *(wording.STATUS_WORDS[status] for status in figures.held),
            *([missing] if missing else []),
        ),
        rows=tuple(_share_row(row, figures, missing) for row in figures.rows),
        numeric=frozenset(range(1, len(figures.held) + 2)),
    )
    return html_table(table) + paragraph(figures.note, "note")


def _share_caption(figures: KeyFigures) -> str:
    before = "" if figures.before_day is None else f"; small: on {wording.day(figures.before_day)}"
    return f"Share of the ground by status{before}"


def _share_row(row: ShareRow, figures: KeyFigures, missing: str) -> tuple[Cell | str, ...]:
    """Return one row; what the source cannot show shares a last column that says so."""
    cells = [_share_cell(row, status) for status in figures.held]
    return (row.label, *cells, *([Cell(wording.NOT_HELD, "quiet")] if missing else []))


def _share_cell(row: ShareRow, status: Status) -> Cell:
    before = "" if row.before is None else f"from {wording.share(row.before.get(status, 0.0))}"
    return Cell(wording.share(row.shares.get(status, 0.0)), "number", before)


def _changes(changes: ChangeTable | None) -> str:
    if changes is None:
        return paragraph("No earlier map is held to compare with.")
    span = f"{wording.day(changes.first)} to {wording.day(changes.last)}, {clean(changes.scope)}"
    figures = (
        ("gain", "Taken by Russia", changes.gained_km2),
        ("loss", "No longer held by Russia", changes.lost_km2),
        ("", "Net change", changes.net_km2),
    )
    head = "".join(_figure(kind, words, value) for kind, words, value in figures)
    table = Table(
        caption=f"Ground by status before and after, {span}",
        headings=("From", "To", "Area"),
        rows=tuple(
            (_word(row.before), _word(row.after), Cell(wording.km2(row.km2), "number"))
            for row in changes.rows
        ),
        numeric=frozenset({2}),
    )
    rows = html_table(table) if changes.rows else paragraph("No ground changed its status.")
    return f'<dl class="figures">{head}</dl>{rows}'


def _figure(kind: str, words: str, value: float) -> str:
    mark = f' class="{kind}"' if kind else ""
    shown = wording.km2(value) if kind else wording.signed_km2(value)
    return (
        f"<div{mark}><dt>{words}</dt><dd>{shown}<small>{wording.square_miles(value)}</small></dd>"
        "</div>"
    )


def _word(status: Status | None) -> str:
    return wording.NO_STATEMENT if status is None else wording.STATUS_WORDS[status]


def _settlement_word(status: Status | None) -> str:
    return wording.NO_STATEMENT if status is None else wording.SETTLEMENT_WORDS[status]


def _timeline(timeline: Timeline | None) -> tuple[str, ...]:
    if timeline is None:
        return (paragraph("No history of this place is held."),)
    strip = sized(lambda width, name: strip_chart((timeline,), width, prefix=name), "strip")
    return strip, _timeline_table(timeline)


def _timeline_table(timeline: Timeline) -> str:
    """Return every status with the map days from which to which it was shown."""
    caption = f"{clean(timeline.place.name)}: status by map day"
    rows = tuple(_timeline_cells(row) for row in timeline.rows)
    return html_table(Table(caption, ("Status", "From", "To", "Criterion"), rows))


def _settlement_table(timelines: tuple[Timeline, ...]) -> str:
    """Return the statuses of several settlements in one table."""
    rows = tuple(
        (clean(one.place.name), *_timeline_cells(row)) for one in timelines for row in one.rows
    )
    headings = ("Settlement", "Status", "From", "To", "Criterion")
    return html_table(Table("Status by map day", headings, rows)) if rows else ""


def _timeline_cells(row: TimelineRow) -> tuple[str, ...]:
    last = wording.day(row.last) if row.last else "still so on the last map"
    return (_settlement_word(row.status), wording.day(row.first), last, row.criterion)


def _areas(report: Report) -> tuple[str, ...]:
    table = Table(
        caption=f"Area by status on {wording.day(report.as_of)}, {clean(report.area_scope)}",
        headings=("Status", "Area", "In square miles"),
        rows=tuple(_area_row(row) for row in report.areas),
        numeric=frozenset({1, 2}),
    )
    series = report.area_series
    chart = sized(lambda width, name: area_chart(series, width, prefix=name), "areas")
    note = "km² by day; a gap, with a tick under it, is a day without a map." if chart else ""
    return html_table(table), chart, paragraph(note, "note")


def _area_row(row: AreaRow) -> tuple[Cell | str, ...]:
    word = wording.STATUS_WORDS[row.status]
    if row.km2 is None:
        return (word, Cell(wording.NOT_HELD, "quiet"), Cell(wording.NOT_HELD, "quiet"))
    return (
        word,
        Cell(wording.km2(row.km2), "number"),
        Cell(wording.square_miles(row.km2), "quiet"),
    )


def _counts_note() -> str:
    return paragraph(
        "Number of listed settlements by status. A settlement is counted from the first day for "
        "which the source says something about it.",
        "note",
    )
