"""`contested pack`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from contested.cli import options, show
from contested.history.pack_head import FEWEST, LOSSLESS
from contested.jobs.pack import PackRequest, write_pack
from contested.store.book import Book

if TYPE_CHECKING:
    from contested.history.answers import PackWritten


@click.command("pack")
@click.option(
    "-o", "--output", "path", type=click.Path(path_type=Path), required=True,
    help="File to write; a pack that is there is replaced, any other file is not.",
)  # fmt: skip
@click.option(
    "--decimals", type=click.IntRange(FEWEST, LOSSLESS), default=LOSSLESS, show_default=True,
    help="Of degrees. 7 is lossless; 5 (a metre) is for a web map, never to measure with.",
)  # fmt: skip
@click.option("--to", "last", type=options.DAY, metavar="DATE", help="Last day that goes in.")
@click.option("--publish", is_flag=True, help="The file is meant for others: ask the terms first.")
@options.delay_option
@options.source_option
@options.book_option
@options.json_option
def command(
    path: Path,
    decimals: int,
    last: date | None,
    publish: bool,
    delay_hours: int,
    source_name: str | None,
    book_path: Path,
    as_json: bool,
) -> None:
    """The whole history of a source in one small file: every map, every vertex, every word.

    \b
    contested pack -o war.pack
    contested pack --decimals 5 -o web.pack
    contested pack --publish --to 2025-06-30 -o war.pack

    In Python, contested.read_pack("war.pack") gives the same answers as the book. A pack is for
    your own use unless you say --publish: then the source's terms and your permits are asked, for
    it gives away the ground itself.
    """
    book = Book.open(book_path)
    request = PackRequest(
        book, path, source_name, last, decimals, publish=publish, delay_hours=delay_hours
    )
    written = write_pack(request)
    if as_json:
        show.as_json(written)
    else:
        _print(written)


def _print(written: PackWritten) -> None:
    click.echo(
        f"{written.file}: {written.bytes / 1e6:.2f} MB, {written.snapshots:,} maps of "
        f"{written.source}, {written.first} to {written.last}"
    )
    if written.lossless:
        held = "read back and compared: every map, vertex and word is in it"
    else:
        held = f"coordinates rounded to {written.decimals} decimals: show it, never measure it"
    click.echo(f"{held} ({written.vertices:,} vertices, {written.rings:,} rings)")
    click.echo(f"sha256 {written.sha256}")
    if not written.published:
        click.echo("For your own use: --publish asks the terms before you hand it on.")
