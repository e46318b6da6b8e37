"""The ledger: what was seen, when, and what was decided about it. Appended to, never edited.

SQLite in WAL mode with ``synchronous=FULL``: an entry that `append` has returned survives a kill
and a power cut, and readers work while a writer writes. Every entry holds the hash of the one
before it, so that a changed, missing or inserted entry is found by `first_fault`.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from importlib import resources
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from contested.errors import (
    BookDamagedError,
    BookError,
    BookFullError,
    BookLockedError,
    BookVersionError,
)
from contested.records import Entry, EntryKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from contested.records import Draft

SCHEMA = 1
"""Newest schema this version knows; SQLite's ``user_version`` of the file."""

APPLICATION_ID = 0x63747364
"""Marks the file as a ledger of ours ("ctsd") in SQLite's header."""

GENESIS = "0" * 64
"""What the first entry gives as the hash before it."""

TRIGGERS = frozenset(
    {"entries_are_never_changed", "entries_are_never_deleted", "entries_are_chained"}
)

_COLUMNS = "seq, at, kind, source, sha256, body, prev_hash, hash"


def canonical_json(value: Any) -> str:
    """Return JSON that is the same for the same value: sorted keys, no white space, no NaN."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def entry_hash(
    seq: int,
    at: str,
    kind: str,
    source: str | None,
    content: str | None,
    body: str,
    prev_hash: str,
) -> str:
    """Return the hex SHA-256 of an entry: of the JSON list of its columns, in their order."""
    return sha256(
        canonical_json([seq, at, kind, source, content, body, prev_hash]).encode()
    ).hexdigest()


@contextmanager
def _in_words(file: Path) -> Iterator[None]:
    """Turn SQLite's errors about a file into ours."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        name = getattr(error, "sqlite_errorname", "") or ""
        if name == "SQLITE_FULL" or name.startswith(("SQLITE_IOERR_WRITE", "SQLITE_IOERR_TRUNC")):
            raise BookFullError(
                f"{file}: no room left on the disk; nothing more was recorded, free some space "
                "and run the command again"
            ) from None
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise BookLockedError(f"{file}: another program holds the ledger; try again") from None
        if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
            raise BookError(f"{file}: cannot be opened or written here: {error}") from None
        raise BookDamagedError(
            f"{file}: the ledger is damaged ({error}); restore the book from a copy"
        ) from None


@dataclass(frozen=True, slots=True)
class LedgerFault:
    """The first entry that does not hold, by number, and why."""

    seq: int | None
    problem: str


class Ledger:
    """An open ledger.

    Made by `create`, `read` or `write`; `append` needs one made by `write`, and the caller holds
    the book's lock then.
    """

    def __init__(self, file: Path, connection: sqlite3.Connection) -> None:
        self.file = file
        self._connection = connection

    @classmethod
    def create(cls, file: Path) -> None:
        """Make an empty ledger of the newest schema.

        Raises
        ------
        BookError
            If the file cannot be made.
        """
        with _in_words(file):
            connection = sqlite3.connect(file, isolation_level=None)
            try:
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = FULL")
                _migrate(connection, 0)
            finally:
                connection.close()

    @classmethod
    def read(cls, file: Path) -> Self:
        """Open for reading, also while another process writes.

        Raises
        ------
        BookVersionError
            If a newer version of `contested` made the ledger.
        BookDamagedError
            If the file is not a ledger.
        """
        with _in_words(file):
            try:
                connection = _connect(file, "mode=ro")
                _check(file, connection)
            except sqlite3.OperationalError:
                # A folder that cannot be written to has no room for the WAL's index. Where the
                # WAL is empty nobody is writing, and the file can be read as it stands.
                if _size(file.with_name(file.name + "-wal")):
                    raise
                connection = _connect(file, "mode=ro&immutable=1")
                _check(file, connection)
        return cls(file, connection)

    @classmethod
    def write(cls, file: Path) -> Self:
        """Open for appending; an older schema is brought up to the newest.

        Raises
        ------
        BookVersionError
            If a newer version of `contested` made the ledger.
        """
        with _in_words(file):
            connection = _connect(file, "mode=rw")
            version = _check(file, connection)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")  # NORMAL does not fsync a commit
            connection.execute("PRAGMA fullfsync = ON")  # where fsync alone stops at the drive
            _migrate(connection, version)
        return cls(file, connection)

    def close(self) -> None:
        """Close the file; a closed ledger cannot be used again."""
        self._connection.close()

    def checkpoint(self) -> None:
        """Fold the write-ahead log into the ledger's file, as far as readers allow."""
        with _in_words(self.file):
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def append(self, drafts: Iterable[Draft]) -> list[Entry]:
        """Append entries in one transaction and return them numbered and chained.

        When this returns, the entries are on the disk. When it raises, none of them is.

        Raises
        ------
        BookFullError
            If the disk is full.
        """
        with _in_words(self.file):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                appended = self._insert(drafts)
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # SQLite rolls back by itself on a full disk
                    self._connection.execute("ROLLBACK")
                raise
        return appended

    def _insert(self, drafts: Iterable[Draft]) -> list[Entry]:
        seq, prev_hash = self.head()
        appended = []
        for draft in drafts:
            row = _row(draft, seq + 1, prev_hash)
            self._connection.execute(
                f"INSERT INTO entries ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?)", row
            )
            appended.append(_entry(row))
            seq, prev_hash = seq + 1, appended[-1].hash
        return appended

    def head(self) -> tuple[int, str]:
        """Return number and hash of the last entry; ``(0, GENESIS)`` for an empty ledger."""
        with _in_words(self.file):
            found = self._connection.execute(
                "SELECT seq, hash FROM entries ORDER BY seq DESC LIMIT 1"
            ).fetchone()
        return (found[0], found[1]) if found else (0, GENESIS)

    def entries(
        self, *kinds: str, source: str | None = None, sha256: str | None = None, after: int = 0
    ) -> Iterator[Entry]:
        """Yield entries in their order.

        Parameters
        ----------
        kinds
            Only these kinds; none given means all.
        source, sha256
            Only entries about this source, or these bytes.
        after
            Only entries numbered higher.
        """
        wanted: dict[str, object] = {"seq > ?": after}
        if source is not None:
            wanted["source = ?"] = source
        if sha256 is not None:
            wanted["sha256 = ?"] = sha256
        where = " AND ".join([*wanted, *_kind_clause(kinds)])
        sql = f"SELECT {_COLUMNS} FROM entries WHERE {where} ORDER BY seq"
        with _in_words(self.file):
            yield from map(_entry, self._connection.execute(sql, [*wanted.values(), *kinds]))

    def sources(self) -> list[str]:
        """Return the sources that have a snapshot in the ledger, by name."""
        with _in_words(self.file):
            found = self._connection.execute(
                "SELECT DISTINCT source FROM entries WHERE kind = ? ORDER BY source",
                (EntryKind.SNAPSHOT,),
            )
            return [row[0] for row in found if row[0] is not None]

    def first_fault(self) -> LedgerFault | None:
        """Return the first thing in the ledger that does not hold, `None` if all does.

        Looked at: SQLite's own structure, the triggers, every entry's hash and chain, numbers
        without gaps, and the count of entries that SQLite has ever numbered.
        """
        try:
            with _in_words(self.file):
                return self._structure_fault() or self._chain_fault()
        except BookDamagedError as error:
            return LedgerFault(None, str(error))

    def _structure_fault(self) -> LedgerFault | None:
        damage = [row[0] for row in self._connection.execute("PRAGMA integrity_check(1)")]
        if damage != ["ok"]:
            return LedgerFault(None, f"SQLite finds the file damaged: {damage[0]}")
        found = {
            row[0]
            for row in self._connection.execute(
                "SELECT name FROM sqlite_master WHERE type='trigger'"
            )
        }
        if missing := sorted(TRIGGERS - found):
            return LedgerFault(None, f"the trigger {missing[0]} that guards the ledger is missing")
        return None

    def _chain_fault(self) -> LedgerFault | None:
        prev_hash, last = GENESIS, 0
        for row in self._connection.execute(f"SELECT {_COLUMNS} FROM entries ORDER BY seq"):
            if row[0] != last + 1:
                return LedgerFault(
                    last + 1, f"entry {last + 1} is missing: {row[0]} follows {last}"
                )
            if row[6] != prev_hash:
                return LedgerFault(row[0], f"entry {row[0]} does not follow the one before it")
            if row[7] != entry_hash(*row[:7]):
                return LedgerFault(row[0], f"entry {row[0]} does not match its own hash")
            prev_hash, last = row[7], row[0]
        numbered = self._connection.execute(
            "SELECT seq FROM sqlite_sequence WHERE name='entries'"
        ).fetchone()
        if (numbered[0] if numbered else 0) != last:
            return LedgerFault(last + 1, f"entry {last + 1} is missing at the end")
        return None


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def _connect(file: Path, mode: str) -> sqlite3.Connection:
    uri = f"{file.resolve().as_uri()}?{mode}"
    return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=5)


def _check(file: Path, connection: sqlite3.Connection) -> int:
    """Return the schema's version of a ledger of ours that this version can read."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID:
        raise BookDamagedError(f"{file}: is a database, but not a ledger of `contested`")
    if version > SCHEMA:
        raise BookVersionError(
            f"{file}: made by a newer version of contested (schema {version}, this one reads up "
            f"to {SCHEMA}); update contested"
        )
    return int(version)


def _migrate(connection: sqlite3.Connection, version: int) -> None:
    """Apply every migration newer than `version`, each in a transaction of its own."""
    folder = resources.files("contested.store.migrations")
    for number in range(version + 1, SCHEMA + 1):
        sql = folder.joinpath(f"{number:04d}.sql").read_text("utf-8")
        connection.executescript(f"BEGIN;\n{sql}\nPRAGMA user_version = {number};\nCOMMIT;")


def _kind_clause(kinds: tuple[str, ...]) -> list[str]:
    return [f"kind IN ({','.join('?' * len(kinds))})"] if kinds else []


_Row: TypeAlias = tuple[int, str, str, str | None, str | None, str, str, str]


def _row(draft: Draft, seq: int, prev_hash: str) -> _Row:
    at = draft.at.astimezone(UTC).isoformat(timespec="microseconds")
    body = canonical_json(dict(draft.body))
    digest = entry_hash(seq, at, draft.kind, draft.source, draft.sha256, body, prev_hash)
    return seq, at, str(draft.kind), draft.source, draft.sha256, body, prev_hash, digest


def _entry(row: _Row) -> Entry:
    body: Mapping[str, Any] = json.loads(row[5])
    return Entry(row[0], datetime.fromisoformat(row[1]), row[2], row[3], row[4], body, *row[6:])
