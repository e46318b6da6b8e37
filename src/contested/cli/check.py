"""`contested check`."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from contested.cli import options, show
from contested.errors import UsageError
from contested.jobs.check import (
    Article,
    Checked,
    article_of,
    as_document,
    check,
    counts,
    keep,
    open_loader,
    with_judgements,
)
from contested.jobs.check_article import ArticleClaims, read_article
from contested.jobs.check_tables import verdicts_csv
from contested.jobs.claim_files import fields_claim, read_claims
from contested.jobs.judge import judgements
from contested.jobs.places import open_gazetteer
from contested.store.book import Book
from contested.store.files import write_text

if TYPE_CHECKING:
    from contested.jobs.check_facts import FactLoader
    from contested.jobs.claim_files import GivenClaim

FIELDS = (
    "kind", "places", "relation", "bearing", "value", "comparator", "subject", "holder", "from",
    "to", "said_by", "also",
)  # fmt: skip


@click.command("check")
@click.argument("article", required=False, type=click.Path(path_type=Path))
@click.option("--claims", "claims_path", type=click.Path(path_type=Path),
              help="File of claims, CSV or JSON lines.")  # fmt: skip
@click.option("--published", type=options.DAY, metavar="DATE", help="Day of publication.")
@click.option("--title", default="", help="Title on the page.")
@click.option("--kind", help="Kind of one claim given as fields: distance, control, movement …")
@click.option("--places", help="Its places, separated by commas.")
@click.option("--relation", help="How the claim stands to its first place: near, edge of …")
@click.option("--bearing", help="Direction of the first place seen from the second: north.")
@click.option("--value", help="Number with unit: 13mi, '63 km2; 81 km2'.")
@click.option("--comparator", help="exactly, about, almost, less_than, more_than …")
@click.option("--subject", help="Who or what the claim is about.")
@click.option("--holder", help="Who is said to hold it: Russia or Ukraine.")
@click.option("--from", "first", type=options.DAY, metavar="DATE", help="First day it speaks of.")
@click.option("--to", "last", type=options.DAY, metavar="DATE", help="Last day it speaks of.")
@click.option("--said-by", help="Whom it quotes: DeepState, an authority, a study.")
@click.option("--also", help="Other kinds that the same words are.")
@click.option("--negated", is_flag=True, help="The claim denies it.")
@options.boundaries_option
@options.encoding_option
@click.option("--html", "as_html", is_flag=True, help="Write the page for an editor.")
@click.option("--csv", "as_csv", is_flag=True, help="Write a table.")
@click.option("-o", "--output", "path", type=click.Path(path_type=Path), help="File to write.")
@click.option("--no-keep", is_flag=True, help="Do not keep claims and verdicts in the book.")
@options.source_option
@options.book_option
@options.json_option
def command(
    article: Path | None,
    claims_path: Path | None,
    published: date | None,
    title: str,
    boundaries: Path | None,
    encoding: str | None,
    as_html: bool,
    as_csv: bool,
    path: Path | None,
    no_keep: bool,
    source_name: str | None,
    book_path: Path,
    as_json: bool,
    **fields: object,
) -> None:
    """Compare claims with dated maps and the gazetteer, each with its evidence.

    \b
    contested check article.txt --published 2025-11-06 --html -o check.html
    contested check --claims claims.jsonl --published 2025-11-06 --html -o check.html
    contested check --kind distance --places "Dobropillia,Pokrovsk" --value 13mi \\
        --bearing north --published 2025-11-06
    contested check --kind control --places Sloviansk --holder Ukraine --published 2025-11-06

    Claims and verdicts are kept in the book; see `contested claims` and `contested judge`.
    """
    book = _book(book_path)
    if article is not None and claims_path is not None:
        raise UsageError("give an article or --claims FILE, not both")
    fields["encoding"] = encoding
    asked = _asked(article, claims_path, published, title, fields, book)
    loader = open_loader(book, boundaries=boundaries, source_name=source_name)
    gazetteer = open_gazetteer(book.path if book else None)
    checked = check(loader, gazetteer, asked.given, asked.article, words=asked.words)
    if book is not None:
        if not no_keep:
            keep(book, checked)
        checked = with_judgements(checked, partial(judgements, book))
    _write(loader, book, checked, path, as_json=as_json, as_html=as_html, as_csv=as_csv)


def _asked(
    article: Path | None,
    claims_path: Path | None,
    published: date | None,
    title: str,
    fields: dict[str, object],
    book: Book | None,
) -> ArticleClaims:
    """Return the claims that were given: of a file, as fields, or read from an article."""
    if article is not None:
        where = None if book is None else book.path
        encoding = None if fields["encoding"] is None else str(fields["encoding"])
        return read_article(
            article, published=published, title=title, book=where, encoding=encoding
        )
    if published is None:
        raise UsageError("check needs --published DATE: a claim is compared with its day's maps")
    if claims_path is not None:
        given, content, name = read_claims(claims_path), claims_path.read_bytes(), claims_path.stem
    elif fields["kind"]:
        given, content, name = _one_claim(fields)
    else:
        raise UsageError(
            "give an article, claims with --claims FILE, or one claim with --kind and its fields"
        )
    return ArticleClaims(article_of(title or name, published, content), given, None)


def _one_claim(fields: dict[str, object]) -> tuple[tuple[GivenClaim, ...], bytes, str]:
    row = {key: str(value) for key, value in _fields(fields).items() if value is not None}
    try:
        one = fields_claim(row)
    except ValueError as error:
        raise UsageError(str(error)) from None
    return (one,), msgspec.json.encode(row), "One claim"


def _fields(fields: dict[str, object]) -> dict[str, object]:
    row = {key: fields.get(key) for key in FIELDS}
    row["from"], row["to"] = fields["first"], fields["last"]
    row["negated"] = "yes" if fields["negated"] else None
    return row


def _book(path: Path) -> Book | None:
    """Return the book; without one, claims that need no map can still be compared."""
    if path == options.DEFAULT_BOOK and not path.exists():
        return None
    return Book.open(path)


def _write(
    loader: FactLoader,
    book: Book | None, checked: Checked, path: Path | None, *,
    as_json: bool, as_html: bool, as_csv: bool,
) -> None:  # fmt: skip
    if as_json + as_html + as_csv > 1:
        raise UsageError("give one of --json, --html and --csv")
    if as_html:
        from contested.jobs.check_report import check_report
        from contested.render.check_page import check_page

        text = check_page(check_report(loader, book, checked))
    elif as_csv:
        text = verdicts_csv(checked)
    elif as_json:
        text = (
            msgspec.json.format(msgspec.json.encode(as_document(checked)), indent=2).decode() + "\n"
        )
    else:
        _print(checked)
        return
    if path is None:
        click.echo(text, nl=False)
    else:
        write_text(path, text)
        click.echo(f"{path}: {_summary(checked)}")


def _print(checked: Checked) -> None:
    rows = [
        (one.id, one.claim.kind.value, one.verdict.verdict.value, one.verdict.number or "")
        for one in checked.claims
    ]
    show.table(_title(checked.article), ("claim", "kind", "verdict", "found"), rows)
    if len(checked.claims) == 1:
        show.note(checked.claims[0].verdict.sentence)
        for note in checked.claims[0].verdict.notes:
            show.note(note)
    show.note(_summary(checked))


def _title(article: Article) -> str:
    return f"{article.title}: published {article.published}"


def _summary(checked: Checked) -> str:
    found = [f"{count} {word}" for word, count in counts(checked).items() if count]
    return ", ".join(found)
