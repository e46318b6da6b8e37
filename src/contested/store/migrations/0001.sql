-- Schema 1: one append-only, hash-chained table. What an entry says is in `body` (canonical
-- JSON), so that new kinds of entry need no migration.

CREATE TABLE entries (
    seq       INTEGER PRIMARY KEY AUTOINCREMENT,
    at        TEXT NOT NULL,                    -- UTC, ISO 8601 with microseconds
    kind      TEXT NOT NULL CHECK (kind <> ''),
    source    TEXT,
    sha256    TEXT CHECK (length(sha256) = 64), -- of the bytes in the archive, lower-case hex
    body      TEXT NOT NULL,                    -- canonical JSON: sorted keys, no white space
    prev_hash TEXT NOT NULL CHECK (length(prev_hash) = 64),
    hash      TEXT NOT NULL UNIQUE CHECK (length(hash) = 64)
) STRICT;

CREATE INDEX entries_by_source ON entries (source, kind, seq);
CREATE INDEX entries_by_sha256 ON entries (sha256, source) WHERE sha256 IS NOT NULL;

CREATE TRIGGER entries_are_never_changed BEFORE UPDATE ON entries
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: entries are never changed');
END;

CREATE TRIGGER entries_are_never_deleted BEFORE DELETE ON entries
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: entries are never deleted');
END;

-- INSERT OR REPLACE deletes without firing the trigger above; only the next number may come.
CREATE TRIGGER entries_are_chained BEFORE INSERT ON entries
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entries)
    OR NEW.prev_hash IS NOT coalesce(
        (SELECT hash FROM entries ORDER BY seq DESC LIMIT 1), printf('%064d', 0))
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only: an entry must follow the last one');
END;
