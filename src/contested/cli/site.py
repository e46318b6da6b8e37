"""`contested site`."""

from __future__ import annotations

from pathlib import Path

import click

from contested.cli import options
from contested.errors import UsageError
from contested.store.book import Book


@click.group("site")
def command() -> None:
    """Build the map for people: static files, or one HTML file."""


@command.command("build")
@click.option(
    "-o",
    "--output",
    "path",
    type=click.Path(path_type=Path),
    required=True,
    help="Folder to write, or with --single-file the HTML file.",
)
@click.option("--single-file", is_flag=True, help="One HTML file that needs no other.")
@click.option(
    "--local",
    is_flag=True,
    help="For your own eyes: no right to publish is asked, and the page says so.",
)
@options.check_option
@options.basemap_options
@options.delay_option
@options.source_option
@options.engine_option
@options.book_option
def build(
    path: Path,
    single_file: bool,
    local: bool,
    check_path: Path | None,
    basemap: str | None,
    attribution: str,
    delay_hours: int,
    source_name: str | None,
    engine_name: str,
    book_path: Path,
) -> None:
    """Scrub through every day, compare two, see how we know.

    \b
    contested site build -o public
    contested site build --local --single-file -o war.html
    contested site build --local --check check.json -o checked

    The page makes no network request. Whoever publishes it needs the source's right to publish
    geometry, or a permit (contested permit); without, --local builds it for your own use.
    """
    from contested.jobs.site import SiteRequest, build_site
    from contested.jobs.site_basemap import basemap_of
    from contested.jobs.write_site import write_folder, write_single

    if single_file and path.suffix.lower() not in {".html", ".htm"}:
        raise UsageError(f"{path}: with --single-file, -o names an HTML file")
    book = Book.open(book_path)
    asked = None if basemap is None else basemap_of(basemap, attribution)
    request = SiteRequest(
        book,
        source_name,
        engine_name,
        local=local,
        check=check_path,
        basemap=asked,
        delay_hours=delay_hours,
    )
    site = build_site(request)
    if single_file:
        click.echo(f"{path}: {write_single(site, path) / 1e6:.2f} MB")
        return
    sizes = write_folder(site, path)
    click.echo(f"{path}/index.html: {len(sizes)} files, {sum(sizes.values()) / 1e6:.2f} MB")
