"""The files that a figure or a picture came from."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from contested import sample
from contested.jobs.places import added_paths
from contested.records import EntryKind
from contested.render.sheet import InputFile
from contested.store.gazetteer import SqliteIndex, shipped_path

if TYPE_CHECKING:
    from pathlib import Path

    from contested.jobs.base_layers import BaseLayers
    from contested.records import SnapshotId
    from contested.store.book import Book


def input_file(book: Book, snapshot: SnapshotId) -> InputFile:
    """Return name, day and hash of the file behind a snapshot."""
    kinds = (EntryKind.SNAPSHOT, EntryKind.SIGHTING)
    entries = book.ledger.entries(*kinds, source=snapshot.source, sha256=snapshot.sha256)
    name = next((str(entry.body["file"]) for entry in entries), "")
    return InputFile(snapshot.source, name, snapshot.as_of, snapshot.sha256)


def base_inputs(book: Path, layers: BaseLayers) -> list[dict[str, str]]:
    """Return name and hash of everything under a map: countries, gazetteer, layers added."""
    countries = hashlib.sha256(sample.read(sample.BASE_MAP_FILE)).hexdigest()
    return [
        {"kind": "countries", "file": sample.BASE_MAP_FILE, "sha256": countries},
        *(
            {"kind": "gazetteer", "file": path.name, "content_sha256": _content_hash(path)}
            for path in (shipped_path(), *added_paths(book))
        ),
        *({"kind": one.layer, "file": one.file, "sha256": one.sha256} for one in layers.files),
    ]


def _content_hash(path: Path) -> str:
    """Return the hash of a gazetteer's content, which its file states."""
    index = SqliteIndex(path)
    try:
        return index.meta["content"]
    finally:
        index.close()
