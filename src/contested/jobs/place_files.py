"""Places added from files, for a book or for a user."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Final

import msgspec

from contested.errors import PlaceFileError
from contested.jobs.places import open_gazetteer
from contested.places.extent import SETTLEMENTS
from contested.places.files import read_cod_ab, read_csv, read_geonames
from contested.places.join import join
from contested.places.merge import inheriting, merged, replaced
from contested.store.files import make_folder
from contested.store.gazetteer import SqliteIndex, write_index
from contested.store.placefiles import read_place_file, user_gazetteer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from contested.places.files import Hromada, PcodeRow
    from contested.places.gazetteer import Gazetteer
    from contested.places.index import Entry
    from contested.records import Place


_BY_HAND: Final = "village:"
_CENTROID: Final = "pcode:"
"""How the identifiers of villages kept by hand and of settlements at a centroid begin."""


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What adding files did. Conflicts are listed, never decided silently."""

    added: int
    joined: int = 0
    at_centroid: int = 0
    left_out: int = 0
    conflicts: list[str]
    files: list[str] = []
    gazetteer: str = ""


def add(kind: str, files: Sequence[Path], book: Path | None = None) -> Added:
    """Add places from files; all of them, or, if anything is wrong with one, nothing.

    Parameters
    ----------
    kind
        ``geonames``, ``cod-ab`` (settlements and, for their location, hromadas) or ``csv``.
    book
        Folder of the book that the places are for; without it they are the user's.

    Raises
    ------
    PlaceFileError
        Naming every faulty line. The gazetteer in use stays as it was.
    """
    target = user_gazetteer(book)
    before, hides = _stored(target)
    gazetteer = open_gazetteer(book)
    entries, counts = (_cod_ab if kind == "cod-ab" else _plain)(kind, files, gazetteer)
    _refuse_foreign_pcodes(entries, gazetteer, files)
    gone = replaced(entries, _bearers(gazetteer), _BY_HAND)
    entries = _inheriting(entries, gone, gazetteer)
    counts = msgspec.structs.replace(counts, joined=counts.joined + len(gone))
    hides |= set(gone)
    make_folder(target.parent)
    write_index(target, _together(before, entries), {"hides": json.dumps(sorted(hides))})
    return msgspec.structs.replace(
        counts, files=[str(path) for path in files], gazetteer=str(target)
    )


def _inheriting(entries: list[Entry], gone: Mapping[str, str], gazetteer: Gazetteer) -> list[Entry]:
    """Return entries with what was known of the villages that they replace."""
    heirs = {
        new: old for old_id, new in gone.items() if (old := gazetteer.entry(old_id)) is not None
    }
    return [
        inheriting(entry, heirs[entry.place.id]) if entry.place.id in heirs else entry
        for entry in entries
    ]


def _bearers(gazetteer: Gazetteer) -> Callable[[str], list[Place]]:
    return lambda name: [match.place for match in gazetteer.exact(name)]


def _together(before: Sequence[Entry], fresh: Sequence[Entry]) -> list[Entry]:
    """Return old and new entries; what stood at a centroid goes once its P-code is placed."""
    entries = {entry.place.id: entry for entry in (*before, *fresh)}
    placed = {e.place.pcode for e in entries.values() if not e.place.id.startswith(_CENTROID)}
    return [
        entry
        for place_id, entry in entries.items()
        if not (place_id.startswith(_CENTROID) and entry.place.pcode in placed)
    ]


def _plain(kind: str, files: Sequence[Path], gazetteer: Gazetteer) -> tuple[list[Entry], Added]:
    read = {"geonames": read_geonames, "csv": read_csv}[kind]
    fresh = [entry for path in files for entry in read(read_place_file(path), str(path))]
    entries, conflicts = merged(fresh, gazetteer.entry)
    joined = sum(gazetteer.entry(entry.place.id) is not None for entry in fresh)
    return entries, Added(added=len(entries), joined=joined, conflicts=conflicts)


def _stored(path: Path) -> tuple[list[Entry], set[str]]:
    """Return the entries of a file of added places and the identifiers that it hides."""
    if not path.is_file():
        return [], set()
    index = SqliteIndex(path)
    try:
        entries = [index.entry(row) for row in index.rows()]
        return entries, set(json.loads(index.meta["hides"]))
    finally:
        index.close()


def _cod_ab(kind: str, files: Sequence[Path], gazetteer: Gazetteer) -> tuple[list[Entry], Added]:
    del kind
    rows: list[PcodeRow] = []
    hromadas: list[Hromada] = []
    for path in files:
        settlements, centres = read_cod_ab(read_place_file(path), str(path))
        rows += settlements
        hromadas += centres
    if not rows:
        raise PlaceFileError(
            ", ".join(str(path) for path in files), ["no list of settlements among these files"]
        )
    _refuse_twice(rows, files)
    known = [
        entry
        for place in gazetteer.places(tuple(SETTLEMENTS), "UA")
        if (entry := gazetteer.entry(place.id)) and not place.id.startswith(_CENTROID)
    ]
    oblasts = {
        region.pcode: region.admin1
        for region in gazetteer.places(("region",), "UA")
        if region.pcode and region.admin1
    }
    result = join(rows, hromadas, known, oblasts)
    return list(result.entries), Added(
        added=len(result.entries),
        joined=result.joined,
        at_centroid=result.placed,
        left_out=result.left_out,
        conflicts=list(result.conflicts),
    )


def _refuse_twice(rows: Sequence[PcodeRow], files: Sequence[Path]) -> None:
    """Refuse a P-code that two of the files list."""
    times = Counter(row.pcode for row in rows)
    faults = [f"P-code {code} is in two of the files" for code, n in times.items() if n > 1]
    if faults:
        raise PlaceFileError(", ".join(str(path) for path in files), faults)


def _refuse_foreign_pcodes(
    entries: Sequence[Entry], gazetteer: Gazetteer, files: Sequence[Path]
) -> None:
    """Refuse a P-code that another place already has."""
    fresh = {entry.place.id for entry in entries}
    held = {
        place.pcode: place.id
        for place in gazetteer.places(tuple(SETTLEMENTS))
        if place.pcode and place.id not in fresh
    }
    faults = [
        f"P-code {entry.place.pcode} of {entry.place.name} already belongs to"
        f" {held[entry.place.pcode]}"
        for entry in entries
        if entry.place.pcode in held and not held[entry.place.pcode].startswith(_CENTROID)
    ]
    if faults:
        raise PlaceFileError(", ".join(str(path) for path in files), faults)
