"""A report as a folder: page, map, charts, tables, the check of an article: what is handed on."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from contested.errors import ContestedError, UsageError
from contested.jobs.chart import ChartRequest, draw_chart
from contested.jobs.check import article_of, check, keep, open_loader
from contested.jobs.check_article import ArticleClaims, read_article
from contested.jobs.check_report import check_report
from contested.jobs.check_tables import verdicts_csv
from contested.jobs.claim_files import read_claims
from contested.jobs.map import MapRequest, draw_map
from contested.jobs.places import open_gazetteer
from contested.jobs.report import DAYS_BEFORE
from contested.jobs.tables import csv_text
from contested.render.check_page import check_page
from contested.render.report import FolderFile, report_page
from contested.render.report_words import report_words
from contested.store.files import make_folder, write_bytes, write_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from contested.render.sheet import Report
    from contested.store.book import Book

CHART_DAYS: Final = 180


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """An article, or claims of one, to be checked in the folder.

    Attributes
    ----------
    published
        The day it appeared; an article may say that itself.
    claims
        The file holds claims, not the article's text.
    encoding
        Of the article's text; `None` is UTF-8, or what the file itself says.
    """

    path: Path
    published: date | None = None
    claims: bool = False
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class FolderRequest:
    """What goes into a folder beside the page; see `MapRequest` for theme and width."""

    width: str = "2col"
    theme: str = "light"
    source_name: str | None = None
    engine_name: str = "auto"
    article: ArticleFile | None = None


def write_folder(
    book: Book, report: Report, folder: Path, request: FolderRequest
) -> tuple[FolderFile, ...]:
    """Write a report and everything that belongs to it into a folder; return its files.

    A chart that the book cannot answer (a place without a corridor, no front) is left out and
    named in the page.

    Raises
    ------
    UsageError
        If the folder cannot be made or written.
    """
    make_folder(folder)
    files = [
        *_maps(book, report, folder, request),
        *_charts(book, report, folder, request),
        *_tables(report, folder),
        *(_check(book, report, folder, request) if request.article else ()),
    ]
    write_text(folder / "index.html", report_page(report, tuple(files)))
    hashes = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name != "files.json"
    }
    write_bytes(folder / "files.json", msgspec.json.format(msgspec.json.encode(hashes)) + b"\n")
    return tuple(files)


def _maps(book: Book, report: Report, folder: Path, request: FolderRequest) -> Iterable[FolderFile]:
    changes = report.changes
    asked = MapRequest(
        report.place.id, report.as_of, since=changes.first if changes else None,
        width=request.width, theme=request.theme, source_name=request.source_name,
        language=report.language.code,
    )  # fmt: skip
    words = report_words(report.language)
    for ending, use in words.uses.items():
        name = f"map.{ending}"
        draw_map(book, asked, folder / name)
        yield FolderFile(name, words.map_file.format(use=use, name=name))


def _charts(
    book: Book, report: Report, folder: Path, request: FolderRequest
) -> Iterable[FolderFile]:
    first = report.as_of - timedelta(days=CHART_DAYS)
    near = report.as_of - timedelta(days=DAYS_BEFORE * 4)
    wanted = (
        ("strips", None, None),
        ("multiples", first, report.as_of),
        ("changes", first, report.as_of),
        ("front", None, report.as_of),
        ("corridor", near, report.as_of),
    )
    said = report_words(report.language)
    for kind, begin, end in wanted:
        words = said.charts[kind]
        name = f"chart-{kind}.svg"
        places = (report.place.id,) if kind in {"strips", "multiples", "corridor"} else ()
        asked = ChartRequest(
            kind, places, begin, end, width=request.width, theme=request.theme,
            source_name=request.source_name or report.sources[0].name,
            engine_name=request.engine_name, language=report.language.code,
        )  # fmt: skip
        try:
            draw_chart(book, asked, folder / name)
        except ContestedError as error:
            yield FolderFile("", said.no_chart.format(words=words, error=error))
        else:
            told = said.chart_file.format(words=words, name=name)
            yield FolderFile(name, told, (folder / name).read_text(encoding="utf-8"))


def _tables(report: Report, folder: Path) -> Iterable[FolderFile]:
    tables = (
        ("areas.csv", ("status", "km2"),
         [(row.status.value, row.km2) for row in report.areas]),
        ("history.csv",
         ("status", "from", "to", "criterion"),
         [(row.status and row.status.value, row.first, row.last, row.criterion)
          for row in (report.timeline.rows if report.timeline else ())]),
        ("changes.csv", ("before", "after", "km2", "from", "to"),
         [(row.before and row.before.value, row.after and row.after.value, round(row.km2, 3),
           report.changes.first, report.changes.last)
          for row in report.changes.rows] if report.changes else []),
        ("shares.csv", ("ground", "status", "share", "before"),
         [(row.label, status.value, round(share, 4),
           None if row.before is None else round(row.before.get(status, 0.0), 4))
          for row in (report.key_figures.rows if report.key_figures else ())
          for status, share in row.shares.items()]),
    )  # fmt: skip
    words = report_words(report.language)
    for name, columns, rows in tables:
        write_text(folder / name, csv_text(columns, rows))
        yield FolderFile(name, words.table_file.format(words=words.tables[name]))


def _claims(asked: ArticleFile, book: Book) -> ArticleClaims:
    """Return the claims of a file: read from the article's text, or listed."""
    if not asked.claims:
        return read_article(
            asked.path, published=asked.published, book=book.path, encoding=asked.encoding
        )
    if asked.published is None:
        raise UsageError(f"{asked.path}: claims need the day their article appeared: --published")
    given = read_claims(asked.path)
    of = article_of(asked.path.stem, asked.published, asked.path.read_bytes())
    return ArticleClaims(of, given, None)


def _check(
    book: Book, report: Report, folder: Path, request: FolderRequest
) -> Iterable[FolderFile]:
    if request.article is None:
        return
    asked = _claims(request.article, book)
    loader = open_loader(book, boundaries=None, source_name=request.source_name)
    checked = check(loader, open_gazetteer(book.path), asked.given, asked.article,
                    words=asked.words)  # fmt: skip
    keep(book, checked)
    write_text(folder / "check.html", check_page(check_report(loader, book, checked)))
    write_text(folder / "check.csv", verdicts_csv(checked))
    words = report_words(report.language)
    yield FolderFile("check.html", words.check_page)
    yield FolderFile("check.csv", words.check_table)
