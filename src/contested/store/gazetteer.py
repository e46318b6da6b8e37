"""The gazetteer as a file: one SQLite database, opened read-only and memory-mapped."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from contested.errors import BookDamagedError
from contested.places.index import Entry, Form, Hits, name_table
from contested.places.spelling import fold, skeleton
from contested.records import Place, Population
from contested.store.files import replacing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

SCHEMA_VERSION: Final = "1"
SHIPPED: Final = "gazetteer.sqlite"

_SCHEMA: Final = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE place (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, kind TEXT NOT NULL,
    lon REAL NOT NULL, lat REAL NOT NULL, country TEXT NOT NULL, admin1 TEXT, pcode TEXT,
    population INTEGER, population_source TEXT, populations TEXT NOT NULL,
    uncertainty_km REAL, source TEXT, names TEXT NOT NULL
) STRICT;
CREATE TABLE name (key TEXT PRIMARY KEY, hits TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE skeleton (key TEXT PRIMARY KEY, hits TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""
_FORMS: Final = tuple(Form)
_MMAP_BYTES: Final = 64 * 1024 * 1024
_PRELOAD_AFTER: Final = 500
"""Look-ups one at a time until so many names were asked; then all names are read at once."""

_FIELDS: Final = (
    "id", "name", "lon", "lat", "kind", "population", "population_source", "admin1", "country",
    "populations", "pcode", "uncertainty_km", "source",
)  # fmt: skip
_PLACE: Final = f"SELECT {', '.join(_FIELDS)} FROM place WHERE row = ?"


def shipped_path() -> Path:
    """Return the path of the gazetteer that came with the package."""
    return Path(str(resources.files("contested.places") / "data" / SHIPPED))


class SqliteIndex:
    """A `contested.places.index.PlaceIndex` over a database file.

    Parameters
    ----------
    path
        A file made by `write_index`. Opening reads nothing but the version.

    Raises
    ------
    BookDamagedError
        If the file is missing or is no gazetteer of this version.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._db = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            self._db.execute(f"PRAGMA mmap_size = {_MMAP_BYTES}")
            self.meta: Mapping[str, str] = dict(self._db.execute("SELECT key, value FROM meta"))
        except sqlite3.Error as error:
            raise BookDamagedError(f"{path}: cannot be read as a gazetteer: {error}") from None
        if self.meta.get("schema") != SCHEMA_VERSION:
            raise BookDamagedError(
                f"{path}: gazetteer of version {self.meta.get('schema')}, wanted {SCHEMA_VERSION};"
                " add its files anew"
            )
        self._names: dict[str, Hits] = {}
        self._complete = False
        self._places: dict[int, Place] = {}

    def exact(self, key: str) -> Hits:
        """Return the places that bear a folded name."""
        hits = self._names.get(key)
        if hits is None:
            hits = self._look_up(key)
        return hits

    def _look_up(self, key: str) -> Hits:
        if self._complete:
            return ()
        if len(self._names) >= _PRELOAD_AFTER:
            self._names = {
                name: _hits(text) for name, text in self._db.execute("SELECT key, hits FROM name")
            }
            self._complete = True
            return self._names.get(key, ())
        hits = self._names[key] = self._read("name", key)
        return hits

    def similar(self, key: str) -> Hits:
        """Return the places one of whose names has this skeleton."""
        return self._read("skeleton", key)

    def _read(self, table: str, key: str) -> Hits:
        found = self._db.execute(f"SELECT hits FROM {table} WHERE key = ?", (key,)).fetchone()
        return _hits(found[0]) if found else ()

    def keys(self, first: str) -> Sequence[str]:
        """Return all folded names that begin with a letter."""
        # The letter after `first` ends the range; U+10FFFF is the last one there is.
        rows = self._db.execute(
            "SELECT key FROM name WHERE key >= ? AND key < ?", (first, first + "\U0010ffff")
        )
        return [key for (key,) in rows]

    def place(self, row: int) -> Place:
        """Return the place of a row."""
        if row not in self._places:
            self._places[row] = _place(self._db.execute(_PLACE, (row,)).fetchone())
        return self._places[row]

    def row_of(self, place_id: str) -> int | None:
        """Return the row of an identifier."""
        found = self._db.execute("SELECT row FROM place WHERE id = ?", (place_id,)).fetchone()
        return int(found[0]) if found else None

    def rows(self, kinds: Iterable[str] = (), country: str | None = None) -> Sequence[int]:
        """Return rows by kind and country, in order of identifiers; no kinds: all of them."""
        wanted = frozenset(kinds)
        return [
            row
            for row, kind, where in self._db.execute(
                "SELECT row, kind, country FROM place ORDER BY row"
            )
            if (not wanted or kind in wanted) and country in (None, where)
        ]

    def rows_within(
        self, west: float, south: float, east: float, north: float, least_people: int = 0
    ) -> Sequence[int]:
        """Return the rows of a box in degrees, its edges included, in order of identifiers."""
        rows = self._db.execute(
            f"SELECT row, {', '.join(_FIELDS)} FROM place "  # our own constants
            "WHERE lon BETWEEN ? AND ? AND lat BETWEEN ? AND ? "
            "AND coalesce(population, 0) >= ? ORDER BY row",
            (west, east, south, north, least_people),
        )
        # read at once: a question for every place would take ten times as long
        found = {row: _place(fields) for row, *fields in rows}
        self._places.update(found)
        return list(found)

    def entry(self, row: int) -> Entry:
        """Return the place of a row with all its names."""
        place = self.place(row)
        (text,) = self._db.execute("SELECT names FROM place WHERE row = ?", (row,)).fetchone()
        return Entry(place, tuple((name, Form(form)) for name, form in json.loads(text)))

    def close(self) -> None:
        """Close the file."""
        self._db.close()


def write_index(path: Path, entries: Iterable[Entry], meta: Mapping[str, str]) -> None:
    """Write entries as a gazetteer, whole or not at all.

    Row numbers follow the identifiers, so the same entries make the same content; ``content`` in
    the file's `meta` is its hash.
    """
    ordered = sorted(entries, key=lambda entry: entry.place.id)
    tables: dict[str, Sequence[tuple[object, ...]]] = {
        "place": [_row(number, entry) for number, entry in enumerate(ordered)],
        "name": _packed(name_table(ordered, fold)),
        "skeleton": _packed(name_table(ordered, skeleton)),
    }
    stamp = {**meta, "schema": SCHEMA_VERSION, "content": content_hash(tables)}
    with replacing(path) as temporary:
        temporary.unlink()
        db = sqlite3.connect(temporary)
        try:
            db.executescript(f"PRAGMA page_size = 4096;{_SCHEMA}")
            db.executemany("INSERT INTO meta VALUES (?, ?)", sorted(stamp.items()))
            for table, rows in tables.items():
                if rows:
                    marks = ", ".join("?" * len(rows[0]))
                    db.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
            db.commit()
            db.execute("VACUUM")
        finally:
            db.close()


def content_hash(tables: Mapping[str, Sequence[Sequence[object]]]) -> str:
    """Return a hash of rows that does not depend on the version of SQLite."""
    digest = hashlib.sha256()
    for name in sorted(tables):
        digest.update(f"{name}\n".encode())
        for row in tables[name]:
            digest.update(json.dumps(row, ensure_ascii=False).encode() + b"\n")
    return digest.hexdigest()


def stored_hash(path: Path) -> str:
    """Return the hash of what a gazetteer file really holds."""
    with sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True) as db:
        tables = {
            "place": db.execute("SELECT * FROM place ORDER BY row").fetchall(),
            "name": db.execute("SELECT * FROM name ORDER BY key").fetchall(),
            "skeleton": db.execute("SELECT * FROM skeleton ORDER BY key").fetchall(),
        }
    return content_hash(tables)


def _row(number: int, entry: Entry) -> tuple[object, ...]:
    place = entry.place
    figures = [[f.value, f.year, f.source] for f in place.populations]
    names = [[name, int(form)] for name, form in entry.names]
    return (
        number,
        place.id,
        place.name,
        place.kind,
        place.lon,
        place.lat,
        place.country,
        place.admin1,
        place.pcode,
        place.population,
        place.population_source,
        json.dumps(figures, ensure_ascii=False, separators=(",", ":")),
        place.uncertainty_km,
        place.source,
        json.dumps(names, ensure_ascii=False, separators=(",", ":")),
    )


def _packed(table: Mapping[str, Hits]) -> list[tuple[object, ...]]:
    return [
        (key, " ".join(f"{row}:{int(form)}" for row, form in table[key])) for key in sorted(table)
    ]


def _hits(text: str) -> Hits:
    return tuple(
        (int(row), _FORMS[int(form)]) for row, _, form in (p.partition(":") for p in text.split())
    )


def _place(fields: Sequence[Any]) -> Place:
    values = dict(zip(_FIELDS, fields, strict=True))
    figures = msgspec.json.decode(values.pop("populations"))
    return Place(**values, populations=tuple(Population(*figure) for figure in figures))
