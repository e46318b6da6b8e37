"""`contested permit`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from contested.cli import options, show
from contested.errors import UsageError
from contested.jobs.permit import permit_body, record_permits, withdraw_permits
from contested.records import Use
from contested.sources.registry import source as named_source
from contested.store.book import Book

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


@click.command("permit")
@click.argument("source_name", metavar="SOURCE")
@click.option(
    "--use",
    "uses",
    multiple=True,
    required=True,
    type=click.Choice([use.value for use in Use]),
    help="What is permitted; may be given several times.",
)
@click.option("--by", required=True, metavar="WHO", help="Who gave the permission.")
@click.option(
    "--ref", required=True, metavar="WHERE", help="Where it stands: a letter, a contract."
)
@click.option(
    "--granted-on", type=options.DAY, metavar="DATE", help="Day from which it holds; today if left."
)
@click.option("--withdraw", is_flag=True, help="The permission holds no longer.")
@options.book_option
@options.json_option
def command(
    source_name: str,
    uses: tuple[str, ...],
    by: str,
    ref: str,
    granted_on: date | None,
    withdraw: bool,
    book_path: Path,
    as_json: bool,
) -> None:
    """Record a permission that you hold from a source.

    \b
    contested permit deepstate --use publish_geometry --by "DeepState" --ref "letter of 2025-10-02"
    contested permit deepstate --withdraw --use publish_geometry --by DeepState --ref "mail 7"

    The permission is appended to the book's ledger and cannot be edited: --withdraw appends that
    it holds no longer. It does not lift the delay on what is published. Only the rights holder can
    permit: a mirror grants no rights.
    """
    now = datetime.now(UTC)
    if withdraw:
        if granted_on is not None:
            raise UsageError("--granted-on is no day of a withdrawal: it holds from now on")
        _withdraw(book_path, source_name, uses, by, ref, now, as_json=as_json)
        return
    with Book.open(book_path).writing() as ledger:
        new = record_permits(
            ledger,
            source_name,
            [Use(use) for use in uses],
            by=by,
            ref=ref,
            granted_on=granted_on or now.date(),
            at=now,
        )
    if as_json:
        show.as_json([{"source": permit.source, **permit_body(permit)} for permit in new])
        return
    for permit in new:
        click.echo(f"{book_path}: {permit.use} of {permit.source} recorded, by {permit.by}")
    if not new:
        click.echo(f"{book_path}: recorded before, nothing new")
    source = named_source(source_name)
    if source.lineage != source.name:
        click.echo(
            f"{source.name} derives from {source.lineage}: only {source.rights.ask} can permit"
        )


def _withdraw(
    book_path: Path,
    source_name: str,
    uses: tuple[str, ...],
    by: str,
    ref: str,
    now: datetime,
    *,
    as_json: bool,
) -> None:
    with Book.open(book_path).writing() as ledger:
        ended = withdraw_permits(
            ledger, source_name, [Use(use) for use in uses], by=by, ref=ref, at=now
        )
    if as_json:
        show.as_json([{"source": permit.source, **permit_body(permit)} for permit in ended])
        return
    for permit in ended:
        click.echo(
            f"{book_path}: {permit.use} of {permit.source} holds no longer "
            f"(granted on {permit.granted_on} by {permit.by})"
        )
