"""`contested judge`."""

from __future__ import annotations

from pathlib import Path

import click

from contested.cli import options
from contested.jobs.claims_log import kept_claim
from contested.jobs.judge import judge
from contested.store.book import Book


@click.command("judge")
@click.argument("claim_id")
@click.option("--verdict", required=True, help="supported, partly supported, contradicted …")
@click.option("--why", required=True, help="The reason, in a sentence.")
@click.option("--by", required=True, help="Who judges.")
@options.book_option
def command(claim_id: str, verdict: str, why: str, by: str, book_path: Path) -> None:
    """Lay a person's judgement over a verdict; nothing that stands in the book is changed.

    \b
    contested judge 3f2a91c0b7de --verdict "partly supported" \\
        --why "The map shows the edge only." --by "A. Editor"
    """
    book = Book.open(book_path)
    kept = kept_claim(book, claim_id)
    made = judge(book, kept.id, verdict=verdict, why=why, by=by)
    agrees = made.verdict.value == kept.finding
    machine = "as the machine" if agrees else f"the machine says {kept.finding}"
    click.echo(f"{kept.id}: {made.verdict.value}, by {made.by} ({machine})")
