"""`contested demo`."""

from __future__ import annotations

from pathlib import Path

import click

from contested.cli import show
from contested.cli.ingest import ingest_progress
from contested.jobs.demo import demo


@click.command("demo")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    help="Folder with map files of yours; without it the embedded sample.",
)
@click.option(
    "-o",
    "--output",
    "out",
    type=click.Path(path_type=Path),
    default=Path("demo"),
    show_default=True,
    help="Folder for the report, the figures and the demonstration's book.",
)
def command(data: Path | None, out: Path) -> int:
    """Measure the embedded sample, or map files of yours, and write a report.

    \b
    contested demo
    contested demo --data my-map-files

    Needs no network and no book; makes one in the output folder.
    """
    with ingest_progress() as progress:
        result = demo(out, data, progress=progress)
    click.echo(f"{result.report.resolve()}  ← open this")
    for line in result.shows:
        show.note(f"  {line}")
    for file in result.files:
        show.note(f"  {file}")
    refused = [one for r in result.ingested for one in (*r.failed, *r.quarantined)]
    for failed in refused:
        click.echo(f"contested: {failed.message}", err=True)
    return 2 if refused else 0
