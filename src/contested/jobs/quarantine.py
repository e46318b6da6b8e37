"""Bytes that were kept without being understood, and what later rules make of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contested.errors import MapFileError
from contested.jobs import holdings as entries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from contested.jobs.holdings import Holdings
    from contested.jobs.reading import MapReader
    from contested.records import ControlMap
    from contested.sources.parsers import MapParser
    from contested.store.book import Book
    from contested.store.ledger import Ledger


def try_quarantined(
    book: Book,
    ledger: Ledger,
    holdings: Holdings,
    parser: MapParser,
    reader: MapReader,
    now: Callable[[], datetime],
) -> Iterator[tuple[ControlMap, str]]:
    """Read again what other rules did not understand; yield the maps that are in now.

    What today's rules do not understand either is quarantined again, once a recipe.
    """
    for digest, entry in list(holdings.quarantined.items()):
        if entry.body["recipe"] == parser.RECIPE:
            continue
        content, file = book.archive.get(digest), str(entry.body["file"])
        control: ControlMap | None = None
        try:
            control = reader.read(content, file)
            draft = entries.accepted(control, file, len(content), parser.RECIPE, now())
        except MapFileError as error:
            snapshot = entries.snapshot_of(entry)
            draft = entries.quarantine(
                snapshot, file, len(content), parser.RECIPE, error.problem, now()
            )
        for appended in ledger.append([draft]):
            holdings.note(appended)
        if control is not None:
            yield control, file
