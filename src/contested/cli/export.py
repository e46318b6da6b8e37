"""`contested export`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
import msgspec

from contested.cli import options
from contested.errors import UsageError
from contested.jobs import export
from contested.jobs.claimreview import claim_reviews
from contested.jobs.write_frame import check_format
from contested.store.book import Book
from contested.store.files import write_text


@click.command("export")
@click.argument(
    "what", type=click.Choice(["ground", "areas", "timelines", "datawrapper", "claimreview"])
)
@options.on_option
@options.range_options
@click.option(
    "-o",
    "--output",
    "path",
    type=click.Path(path_type=Path),
    required=True,
    help="File to write: .geojson, .gpkg, .parquet, .csv, .xlsx, .kml or .json.",
)
@click.option("--publish", is_flag=True, help="The file is meant for others: ask the terms first.")
@options.delay_option
@options.source_option
@options.engine_option
@options.book_option
def command(
    what: str,
    on: date | None,
    first: date | None,
    last: date | None,
    path: Path,
    publish: bool,
    delay_hours: int,
    source_name: str | None,
    engine_name: str,
    book_path: Path,
) -> None:
    """Ground, areas or timelines as GeoJSON, GeoPackage, Parquet, CSV, Excel or KML; judged claims.

    \b
    contested export ground --on 2025-08-03 -o ground.gpkg
    contested export areas --from 2022-04-03 --to 2025-08-03 -o areas.csv
    contested export timelines -o timelines.csv
    contested export claimreview -o claims.json
    contested export datawrapper --on 2025-08-03 -o ground.geojson

    `datawrapper` writes shapes and, beside them, a .csv with the same ids.

    Claims leave as schema.org ClaimReview only where a person has judged them.
    Each row carries source, rights, method and snapshot. An export is for your own use unless you
    say --publish: then the source's terms and your permits are asked.
    """
    if what == "claimreview":
        _claim_reviews(Book.open(book_path), path)
        return
    if on is not None and what not in {"ground", "datawrapper"}:
        raise UsageError(f"export {what} is no map of one day: --on is for ground and datawrapper")
    check_format(path)
    book = Book.open(book_path)
    request = export.ExportRequest(
        book, source_name, engine_name, path, publish=publish, delay_hours=delay_hours
    )
    if what in {"ground", "datawrapper"}:
        if on is None:
            raise UsageError(f"export {what} needs --on DATE")
        write = export.export_ground if what == "ground" else export.export_datawrapper
        rows = write(request, on)
    elif what == "areas":
        rows = export.export_areas(request, first, last)
    else:
        rows = export.export_timelines(request)
    click.echo(f"{path}: {rows} rows")


def _claim_reviews(book: Book, path: Path) -> None:
    reviews = claim_reviews(book)
    write_text(path, msgspec.json.format(msgspec.json.encode(reviews), indent=2).decode() + "\n")
    click.echo(f"{path}: {len(reviews['@graph'])} judged claims")
