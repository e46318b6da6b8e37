"""`contested claims`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
import msgspec

from contested.cli import options, show
from contested.jobs.claims_log import KeptClaim, kept_claims
from contested.store.book import Book


@click.command("claims")
@click.option("--place", help="Only claims that name this place.")
@click.option("--since", type=options.DAY, metavar="DATE", help="Published on this day or later.")
@options.book_option
@options.json_option
def command(place: str | None, since: date | None, book_path: Path, as_json: bool) -> None:
    """Who said what when, and what the maps showed then and later.

    \b
    contested claims --place Pokrovsk --since 2025-11-01
    """
    found = list(kept_claims(Book.open(book_path), place=place, since=since))
    if as_json:
        show.as_json([_as_row(one) for one in found])
        return
    rows = [
        (
            one.id, one.article.published.isoformat(), one.given.claim.kind.value,
            _said_by(one), _verdict(one), str(one.verdict.get("number") or ""), _now(one),
        )
        for one in found
    ]  # fmt: skip
    show.table(
        f"{len(found)} claims",
        ("claim", "published", "kind", "said by", "verdict", "found", "as of now"),
        rows,
    )


def _as_row(one: KeptClaim) -> dict[str, object]:
    return {
        "id": one.id,
        "published": one.article.published.isoformat(),
        "article": one.article.title,
        "quote": one.given.quote,
        "claim": msgspec.to_builtins(one.given.claim),
        "verdict": one.verdict,
        "now": one.now,
        "judgements": msgspec.to_builtins(one.judgements),
    }


def _said_by(one: KeptClaim) -> str:
    said = one.given.claim.attribution
    return said.speaker or said.organisation or said.role or "the text itself"


def _verdict(one: KeptClaim) -> str:
    if not one.judgements:
        return one.finding
    last = one.judgements[-1]
    differs = "" if last.verdict.value == one.finding else f" (machine: {one.finding})"
    return f"{last.verdict.value} by {last.by}{differs}"


def _now(one: KeptClaim) -> str:
    return "" if one.now is None else str(one.now.get("number") or one.now["verdict"])
