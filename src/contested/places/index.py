"""What a gazetteer is asked for, and one that lives in memory.

The prebuilt index answers the same questions from a database (`contested.store.gazetteer`); the
rest of this package does not know which of the two it has.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Protocol

from contested.places.spelling import fold, skeleton

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from contested.records import Place


class Form(IntEnum):
    """How a name belongs to its place; the lower, the closer."""

    OFFICIAL = 0
    FORMER = 1
    OTHER = 2
    GENERATED = 3
    DECLINED = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """A place with its names, as a gazetteer is built from."""

    place: Place
    names: tuple[tuple[str, Form], ...]


Hits = tuple[tuple[int, Form], ...]
"""Rows of places and the form of the name that led there, closest form first."""


class PlaceIndex(Protocol):
    """Names to rows, rows to places. Rows are positions in this index, never published."""

    def exact(self, key: str) -> Hits:
        """Return the places that bear a folded name."""
        ...

    def similar(self, key: str) -> Hits:
        """Return the places one of whose names has this skeleton."""
        ...

    def keys(self, first: str) -> Sequence[str]:
        """Return all folded names that begin with a letter."""
        ...

    def place(self, row: int) -> Place:
        """Return the place of a row."""
        ...

    def entry(self, row: int) -> Entry:
        """Return the place of a row with all its names."""
        ...

    def row_of(self, place_id: str) -> int | None:
        """Return the row of an identifier."""
        ...

    def rows(self, kinds: Iterable[str] = (), country: str | None = None) -> Sequence[int]:
        """Return rows by kind and country, in order of identifiers; no kinds: all of them."""
        ...

    def rows_within(
        self, west: float, south: float, east: float, north: float, least_people: int = 0
    ) -> Sequence[int]:
        """Return the rows of a box in degrees, its edges included, in order of identifiers.

        With `least_people`, only places with a figure of so many.
        """
        ...


class MemoryIndex:
    """An index over entries in memory: for tests, small files and for building the others."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = sorted(entries, key=lambda entry: entry.place.id)
        self._rows = {entry.place.id: row for row, entry in enumerate(self._entries)}
        self._names = name_table(self._entries, fold)
        self._skeletons = name_table(self._entries, skeleton)
        self._letters: dict[str, list[str]] = defaultdict(list)
        for key in sorted(self._names):
            self._letters[key[:1]].append(key)

    def exact(self, key: str) -> Hits:
        """Return the places that bear a folded name."""
        return self._names.get(key, ())

    def similar(self, key: str) -> Hits:
        """Return the places one of whose names has this skeleton."""
        return self._skeletons.get(key, ())

    def keys(self, first: str) -> Sequence[str]:
        """Return all folded names that begin with a letter."""
        return self._letters.get(first, [])

    def place(self, row: int) -> Place:
        """Return the place of a row."""
        return self._entries[row].place

    def entry(self, row: int) -> Entry:
        """Return the place of a row with all its names."""
        return self._entries[row]

    def row_of(self, place_id: str) -> int | None:
        """Return the row of an identifier."""
        return self._rows.get(place_id)

    def rows(self, kinds: Iterable[str] = (), country: str | None = None) -> Sequence[int]:
        """Return rows by kind and country, in order of identifiers; no kinds: all of them."""
        wanted = frozenset(kinds)
        return [
            row
            for row, entry in enumerate(self._entries)
            if (not wanted or entry.place.kind in wanted) and country in (None, entry.place.country)
        ]

    def rows_within(
        self, west: float, south: float, east: float, north: float, least_people: int = 0
    ) -> Sequence[int]:
        """Return the rows of a box in degrees, its edges included, in order of identifiers."""
        return [
            row
            for row, entry in enumerate(self._entries)
            if west <= entry.place.lon <= east
            and south <= entry.place.lat <= north
            and (entry.place.population or 0) >= least_people
        ]


class Keying(Protocol):
    """A function that makes a key of a name."""

    def __call__(self, name: str, /) -> str:
        """Return the key."""
        ...


def name_table(entries: Sequence[Entry], key_of: Keying) -> dict[str, Hits]:
    """Return key → hits; of two forms of one name at one place the closer stays."""
    table: dict[str, dict[int, Form]] = defaultdict(dict)
    for row, entry in enumerate(entries):
        for name, form in entry.names:
            key = key_of(name)
            if key and form < table[key].get(row, 99):
                table[key][row] = form
    return {key: tuple(sorted(hits.items(), key=_closest)) for key, hits in table.items()}


def _closest(hit: tuple[int, Form]) -> tuple[int, int]:
    row, form = hit
    return form, row
