"""`contested report`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from contested.cli import options
from contested.cli.named import PLACE, named_place
from contested.errors import UsageError
from contested.jobs.engines import open_engine
from contested.jobs.places import open_gazetteer
from contested.jobs.report import place_report
from contested.jobs.report_folder import ArticleFile, FolderRequest, write_folder
from contested.render.language import LANGUAGES
from contested.render.presets import width_mm
from contested.render.report import report_page
from contested.render.theme import THEMES
from contested.store.book import Book
from contested.store.files import write_text

PAGES = frozenset({"", ".html", ".htm"})


@click.command("report")
@click.argument("place", type=PLACE)
@click.option(
    "--near",
    type=PLACE,
    help="Tell namesakes apart: the one near this place.",
)
@options.on_option
@click.option(
    "-o",
    "--output",
    "path",
    type=click.Path(path_type=Path),
    default=Path("report.html"),
    show_default=True,
    help="Page to write, or a folder: a name without ending becomes one.",
)
@click.option("--width", default="2col", show_default=True, metavar="1col|2col|full|MM",
              help="Width of a folder's map and charts.")  # fmt: skip
@click.option("--theme", type=click.Choice(list(THEMES)), default="light", show_default=True)
@click.option("--lang", "language", type=click.Choice(list(LANGUAGES)), default="en",
              show_default=True, help="Language of the page, its map and its charts.")  # fmt: skip
@click.option("--article", "article_path", type=click.Path(path_type=Path),
              help="An article, to be read and checked in the folder.")  # fmt: skip
@click.option("--claims", "claims_path", type=click.Path(path_type=Path),
              help="Claims of an article, to be checked in the folder.")  # fmt: skip
@click.option("--published", type=options.DAY, metavar="DATE", help="Day the article appeared.")
@options.encoding_option
@options.source_option
@options.engine_option
@options.book_option
def command(
    place: str,
    near: str | None,
    on: date | None,
    path: Path,
    width: str,
    theme: str,
    language: str,
    article_path: Path | None,
    claims_path: Path | None,
    published: date | None,
    encoding: str | None,
    source_name: str | None,
    engine_name: str,
    book_path: Path,
) -> None:
    """One page about a place on a day: map, figures, history, evidence.

    \b
    contested report Pokrovsk --on 2025-11-05 -o report.html
    contested report Pokrovsk --on 2025-11-05 -o pokrovsk
    contested report Pokrovsk --on 2025-11-05 --lang uk -o pokrovsk-uk
    contested report Pokrovsk --on 2025-11-05 --article article.txt -o desk
    contested report Pokrovsk --on 2025-11-05 --claims claims.csv --published 2025-11-06 -o desk

    The page is one file without script. A folder holds the page as index.html, the map as SVG,
    PDF and PNG, charts, tables and, with --article or --claims, the check of an article. With
    --lang uk the page says what stays English: terms of sources, columns of tables, that check.
    """
    if on is None:
        raise UsageError("report needs --on DATE")
    if path.suffix.lower() not in PAGES and not path.is_dir():
        raise UsageError(f"{path}: a report is a page (.html) or a folder (a name without ending)")
    article = _article(article_path, claims_path, published, encoding)
    width_mm(width)
    found = named_place(open_gazetteer(book_path), place, near=near)
    book = Book.open(book_path)
    engine = open_engine(book, source_name, on=on, engine=engine_name)
    report = place_report(book, engine, found, on, LANGUAGES[language])
    if path.suffix and not path.is_dir():
        if article is not None:
            raise UsageError("--article and --claims need a folder: give -o a name without ending")
        write_text(path, report_page(report))
    else:
        request = FolderRequest(width, theme, source_name, engine_name, article)
        write_folder(book, report, path, request)
    click.echo(f"{path}: {found.name} on {on}, from {engine.series.source}")


def _article(
    article: Path | None, claims: Path | None, published: date | None, encoding: str | None
) -> ArticleFile | None:
    """Return what is to be checked, or refuse options that do not go together."""
    if article is not None and claims is not None:
        raise UsageError("give --article or --claims, not both")
    if claims is not None and published is None:
        raise UsageError("--claims needs --published DATE: the day the article appeared")
    path = article or claims
    if path is None:
        if published is not None:
            raise UsageError("--published says when an article appeared: give --article FILE")
        return None
    return ArticleFile(path, published, claims=claims is not None, encoding=encoding)
