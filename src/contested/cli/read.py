"""`contested read`."""

from __future__ import annotations

import csv
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from contested.cli import options, show
from contested.errors import UsageError
from contested.jobs.read import (
    FileRead,
    ReadOptions,
    as_rows,
    files_in,
    keep,
    read_bytes,
    read_files,
)
from contested.store.files import make_folder, write_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from contested.jobs.executors import Executor
    from contested.jobs.read_answers import ClaimOf, ReadArticle
    from contested.store.book import Book

STDIN = "-"


@click.command("read")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--published", type=options.DAY, metavar="DATE", help="Day of publication.")
@click.option("--json", "form", flag_value="json", help="Print JSON; a line each for many.")
@click.option("--csv", "form", flag_value="csv", help="Print a claim a row.")
@click.option("--html", "form", flag_value="html", help="Print the article with its claims marked.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Folder for pages (--html).")
@options.encoding_option
@click.option("--extractor", metavar="NAME", help="Another installed extractor.")
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes.")
@click.option("--book", "book_path", type=click.Path(path_type=Path), help="Keep the bytes here.")
def command(
    paths: tuple[Path, ...],
    published: date | None,
    form: str | None,
    output: Path | None,
    encoding: str | None,
    extractor: str | None,
    workers: int,
    book_path: Path | None,
) -> int:
    """Read articles and list their claims: who says what, where, when and how much.

    \b
    contested read article.txt --published 2025-11-06
    contested read article.html --json
    contested read corpus/ --csv --workers 4 > claims.csv
    cat article.txt | contested read - --html > page.html

    Text, HTML, mail (.eml) and feeds; `-` is standard input. Private persons appear as their role.
    The page of --html holds the whole text: a local working copy, not for publication.
    """
    wanted = ReadOptions(published, encoding, extractor, pages=form == "html", book=book_path)
    book = _opened(book_path)
    if paths == (Path(STDIN),):
        content = sys.stdin.buffer.read()
        found: Iterator[FileRead] = iter([read_bytes(content, "stdin", wanted)])
        contents: Callable[[FileRead, int], bytes] = lambda _read, _k: content  # noqa: E731
        count = 1
    else:
        files = files_in(paths)
        count = len(files)
        executor: Executor = "processes" if workers > 1 else "serial"
        found = read_files(files, wanted, executor=executor, workers=workers)
        contents = lambda _read, k: files[k].read_bytes()  # noqa: E731
    return _print_all(found, count, form=form, output=output, book=book, contents=contents)


def _opened(path: Path | None) -> Book | None:
    if path is None:
        return None
    from contested.store.book import Book

    return Book.open(path)


def _print_all(
    found: Iterator[FileRead],
    count: int,
    *,
    form: str | None,
    output: Path | None,
    book: Book | None,
    contents: Callable[[FileRead, int], bytes],
) -> int:
    if form == "html" and count > 1 and output is None:
        raise UsageError("pages of several files need --output FOLDER")
    writer = csv.DictWriter(sys.stdout, _COLUMNS) if form == "csv" else None
    if writer:
        writer.writeheader()
    failed = 0
    with _bar(count) as advance:
        for k, read in enumerate(found):
            advance()
            if read.problem:
                failed += 1
                click.echo(f"contested: {read.problem}", err=True)
                continue
            for problem in read.unread:
                failed += 1
                click.echo(f"contested: {problem}; the rest is read", err=True)
            _print(read, form, output, writer, many=count > 1 or len(read.articles) > 1)
            if book is not None:
                keep(book, contents(read, k), read.articles[0])
    return 2 if failed else 0


def _print(
    read: FileRead, form: str | None, output: Path | None, writer: object, *, many: bool
) -> None:
    if form == "html":
        _write_pages(read, output)
    for article in read.articles:
        if form == "json":
            _print_json(article, many=many)
        elif isinstance(writer, csv.DictWriter):
            writer.writerows(as_rows(article))
        elif form is None:
            _print_table(article)


def _print_json(article: ReadArticle, *, many: bool) -> None:
    import msgspec

    if many:
        click.echo(msgspec.json.encode(article).decode())
    else:
        show.as_json(article)


def _write_pages(read: FileRead, output: Path | None) -> None:
    for article, page in zip(read.articles, read.pages, strict=True):
        if output is None:
            click.echo(page)
            continue
        make_folder(output)
        name = article.article.file.replace("#", "-").replace("/", "-")
        write_text(output / f"{name}.html", page)


def _print_table(article: ReadArticle) -> None:
    about = article.article
    title = f"{about.file} · {about.published or 'no date'} · {len(article.claims)} claims"
    rows = [_row(claim) for claim in article.claims]
    show.table(title, ("kind", "words", "places", "when", "who"), rows)
    for note in article.notes:
        show.note(note)


def _row(claim: ClaimOf) -> tuple[str, ...]:
    time, said = claim.time, claim.attribution[0]
    when = ""
    if time and time.start:
        when = f"{time.start}" if time.start == time.end else f"{time.start} – {time.end}"
    who = said.speaker or said.organisation or said.role or said.naming
    own = "own voice" if said.naming == "reporter" else who
    return claim.kind.replace("_", " "), claim.quote, _places(claim), when, own


def _places(claim: ClaimOf) -> str:
    return ", ".join(place.name for place in claim.places)


@contextmanager
def _bar(count: int) -> Iterator[Callable[[], None]]:
    """Draw a bar on a terminal for several files; elsewhere say nothing."""
    if count < 2 or not sys.stderr.isatty():  # noqa: PLR2004
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("", total=count)
        yield lambda: progress.advance(task)


_COLUMNS: Sequence[str] = (
    "file", "id", "start", "end", "paragraph", "kind", "also", "quote", "places", "place_ids",
    "from", "to", "time_basis", "value", "unit", "comparator", "quantities", "naming", "speaker",
    "role", "organisation", "evidential", "hedges", "negated", "conditional", "disclaimed_by",
    "out_of_scope",
)  # fmt: skip
