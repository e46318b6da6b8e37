"""`contested sources`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from contested.cli import options, show
from contested.jobs.sources import describe_sources

if TYPE_CHECKING:
    from pathlib import Path

    from contested.jobs.sources import SourceFacts

USES = {
    "store": "own use",
    "publish_image": "pictures",
    "publish_aggregate": "figures",
    "publish_geometry": "geometry",
    "commercial": "commercial",
}
WORDS = {"allowed": "yes", "permitted": "by permit", "ask": "ask"}


@click.command("sources")
@click.argument("name", required=False)
@options.book_option
@options.json_option
def command(name: str | None, book_path: Path, as_json: bool) -> None:
    """List the sources of maps, their terms and what they allow.

    \b
    contested sources
    contested sources deepstate_daily

    "ask" means that the terms do not allow it: the line under the table says whom to ask, and
    `contested permit` records the answer.
    """
    found = describe_sources(book_path, name)
    if as_json:
        show.as_json(found)
    elif name is not None:
        _print_one(found[0])
    else:
        _print_all(found)


def _print_all(found: tuple[SourceFacts, ...]) -> None:
    rows = [
        (one.name, one.kind, *(WORDS[one.uses[use]] for use in USES), one.cadence) for one in found
    ]
    show.table("Sources", ("source", "kind", *USES.values(), "cadence"), rows)
    for one in found:
        show.note(f"{one.name}: {one.terms} ({one.terms_url}, read {one.read_on})")


def _print_one(one: SourceFacts) -> None:
    rows = [
        ("title", one.title),
        ("kind", one.kind),
        ("derives from", one.lineage),
        ("carries", ", ".join(show.words(status) for status in one.carries)),
        ("cadence", one.cadence),
        ("dates", one.date_rule),
        ("files", one.file_pattern),
        ("home", one.home),
        *((USES[use], WORDS[word]) for use, word in one.uses.items()),
        ("terms", f"{one.terms} ({one.terms_url}, read {one.read_on})"),
        ("checked", one.checked),
        ("ask", one.ask),
        ("credit", "; ".join(one.credits)),
    ]
    show.table(one.name, ("", ""), rows)
    for permit in one.permits:
        show.note(
            f"permit: {permit['use']} of {permit['source']} by {permit['by']}, {permit['ref']}, "
            f"granted on {permit['granted_on']}"
        )
