"""`contested explain`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from contested.cli import options, show
from contested.errors import UsageError
from contested.jobs.check import Checked, check, open_loader
from contested.jobs.claims_log import kept_claim
from contested.jobs.places import open_gazetteer
from contested.store.book import Book
from contested.store.files import write_text

if TYPE_CHECKING:
    from contested.jobs.check_facts import FactLoader
    from contested.records.verdict import CheckedClaim, Verdict


@click.command("explain")
@click.argument("claim_id")
@options.boundaries_option
@click.option("-o", "--output", "path", type=click.Path(path_type=Path),
              help="Write the page of this one claim, with its map.")  # fmt: skip
@options.book_option
def command(claim_id: str, boundaries: Path | None, path: Path | None, book_path: Path) -> None:
    """Redo the check of a claim from the maps in the book and show its steps.

    \b
    contested explain 3f2a91c0b7de -o claim.html
    """
    book = Book.open(book_path)
    kept = kept_claim(book, claim_id)
    loader = open_loader(book, boundaries=boundaries)
    checked = check(loader, open_gazetteer(book.path), [kept.given], kept.article)
    one = checked.claims[0]
    _print(one)
    same = one.verdict.verdict.value == kept.finding
    kept_words = "as kept in the book" if same else f"the book keeps: {kept.finding}"
    show.note(f"Redone now: {one.verdict.verdict.value}, {kept_words}.")
    for judged in kept.judgements:
        show.note(f"Judged {judged.verdict.value} by {judged.by}, {judged.at}: {judged.why}")
    if path is not None:
        _page(loader, book, checked, path)
    if not same:
        raise UsageError(f"{kept.id}: the check gives another verdict than the one kept")


def _page(loader: FactLoader, book: Book, checked: Checked, path: Path) -> None:
    from contested.jobs.check_report import check_report
    from contested.render.check_page import check_page

    write_text(path, check_page(check_report(loader, book, checked)))
    click.echo(f"{path}: the claim with its map")


def _print(one: CheckedClaim) -> None:
    claim = one.claim
    rows = [
        ("claim", f"{one.id} ({claim.kind.value})"),
        ("words", one.quote or "given as fields"),
        ("places", "; ".join(place.name for place in claim.places) or "none"),
        ("reading", f"{one.reading.sure.value} {'; '.join(one.reading.why)}".strip()),
        *_steps("as of publication", one.verdict),
        *(() if one.now is None else _steps("as of now", one.now)),
    ]
    show.table("", ("", ""), rows)


def _steps(when: str, verdict: Verdict) -> list[tuple[str, str]]:
    rows = [(when, verdict.verdict.value), ("", verdict.sentence)]
    rows += [
        ("compared", f"{c.what}: {c.claimed or 'no figure'} | {c.found} | tolerance {c.tolerance}")
        for c in verdict.compared
    ]
    rows += [("note", note) for note in verdict.notes]
    rows += [("map", f"{m.source} {m.as_of} sha256:{m.sha256}") for m in verdict.maps]
    rows += [("record", record) for record in verdict.records]
    rows += [("method", f"{m.label} {dict(m.parameters)}") for m in verdict.methods]
    return rows
