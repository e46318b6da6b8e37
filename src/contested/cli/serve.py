"""`contested serve`."""

from __future__ import annotations

from pathlib import Path

import click

from contested.cli import options
from contested.errors import UsageError
from contested.store.book import Book


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8350, show_default=True, type=click.IntRange(0, 65535))
@options.check_option
@options.basemap_options
@options.delay_option
@options.source_option
@options.engine_option
@options.book_option
def command(
    host: str,
    port: int,
    check_path: Path | None,
    basemap: str | None,
    attribution: str,
    delay_hours: int,
    source_name: str | None,
    engine_name: str,
    book_path: Path,
) -> None:
    """The map and a read-only API on this machine.

    \b
    contested serve
    contested serve --port 9000 --source deepstate_daily
    contested serve --check check.json

    On any other address than this machine's own the page counts as published: the source's terms,
    your permits and the delay are asked. Needs the extra: pip install 'contested[serve]'.
    """
    try:
        import uvicorn

        from contested.jobs.serve import LOOPBACK, create_app
    except ImportError as error:
        raise UsageError(
            f"serve needs an extra ({error.name} is missing): pip install 'contested[serve]'"
        ) from None
    from contested.jobs.engines import open_engine
    from contested.jobs.site import SiteRequest, build_site, site_source
    from contested.jobs.site_basemap import basemap_of
    from contested.render.site import site_files

    asked = None if basemap is None else basemap_of(basemap, attribution, beside=False)
    book = Book.open(book_path)
    request = SiteRequest(
        book,
        source_name,
        engine_name,
        local=host in LOOPBACK,
        check=check_path,
        basemap=asked,
        delay_hours=delay_hours,
    )
    known = site_source(request)
    engine = open_engine(book, known.name, engine=engine_name) if known.kind == "areas" else None
    files = site_files(build_site(request))
    app = create_app(files, engine, hosts=[*LOOPBACK, host], basemap=asked)
    click.echo(f"http://{host}:{port}/  (Ctrl-C ends it)")
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)
