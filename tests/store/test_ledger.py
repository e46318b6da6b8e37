"""The ledger keeps what it was given and finds every changed byte."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contested.errors import BookDamagedError, BookError, BookFullError, BookVersionError
from contested.records import Draft, EntryKind
from contested.store.ledger import GENESIS, SCHEMA, Ledger, canonical_json, entry_hash

NOON = datetime(2025, 8, 3, 12, tzinfo=UTC)
SHA = "ab" * 32


def draft(number=0, kind="snapshot", **fields):
    return Draft(kind, NOON + timedelta(seconds=number), {"number": number}, **fields)


@pytest.fixture
def file(tmp_path):
    Ledger.create(tmp_path / "ledger.sqlite")
    return tmp_path / "ledger.sqlite"


@pytest.fixture
def ledger(file):
    opened = Ledger.write(file)
    yield opened
    opened.close()


def tamper(file, sql, *values, guard="entries_are_never_changed"):
    """Change a ledger behind its back, and put the trigger back."""
    connection = sqlite3.connect(file)
    (trigger,) = connection.execute(
        "SELECT sql FROM sqlite_master WHERE name = ?", (guard,)
    ).fetchone()
    connection.execute(f"DROP TRIGGER {guard}")
    connection.execute(sql, values)
    connection.execute(trigger)
    connection.commit()
    connection.close()


def test_entries_come_back_numbered_and_chained(ledger):
    first, second = ledger.append([draft(1, source="deepstate", sha256=SHA), draft(2)])
    assert (first.seq, first.prev_hash, second.seq, second.prev_hash) == (1, GENESIS, 2, first.hash)
    assert first.at == NOON + timedelta(seconds=1)
    assert list(ledger.entries()) == [first, second]
    assert ledger.head() == (2, second.hash)
    assert ledger.first_fault() is None


def test_the_hash_can_be_made_by_hand(ledger):
    (entry,) = ledger.append([draft(7, source="deepstate")])
    text = (
        '[1,"2025-08-03T12:00:07.000000+00:00","snapshot","deepstate",null,"{\\"number\\":7}","'
        + "0" * 64
        + '"]'
    )
    from hashlib import sha256

    assert entry.hash == sha256(text.encode()).hexdigest()


def test_times_are_kept_in_utc(ledger):
    kyiv = timezone(timedelta(hours=3))
    (entry,) = ledger.append([Draft("setting", datetime(2025, 8, 3, 1, tzinfo=kyiv), {})])
    assert entry.at.isoformat() == "2025-08-02T22:00:00+00:00"


def test_entries_are_found_by_kind_source_and_bytes(ledger):
    ledger.append(
        [
            draft(1, source="a", sha256=SHA),
            draft(2, source="b", sha256=SHA),
            draft(3, kind="sighting", source="a", sha256=SHA),
            draft(4, kind="a_later_kind"),
        ]
    )
    numbers = lambda *kinds, **by: [e.seq for e in ledger.entries(*kinds, **by)]  # noqa: E731
    assert numbers(source="a") == [1, 3]
    assert numbers("snapshot", "a_later_kind") == [1, 2, 4]
    assert numbers(sha256=SHA, source="b") == [2]
    assert numbers(after=2) == [3, 4]
    assert ledger.sources() == ["a", "b"]


def test_a_failing_batch_leaves_nothing(ledger):
    with pytest.raises(ValueError, match="not JSON compliant"):
        ledger.append([draft(1), Draft("setting", NOON, {"x": float("nan")})])
    assert ledger.head() == (0, GENESIS)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE entries SET body = '{}' WHERE seq = 1",
        "DELETE FROM entries WHERE seq = 2",
        "INSERT OR REPLACE INTO entries SELECT * FROM entries WHERE seq = 1",
        f"INSERT INTO entries VALUES (9, 'x', 'x', NULL, NULL, '{{}}', '{GENESIS}', '{SHA}')",
        f"INSERT INTO entries VALUES (3, 'x', 'x', NULL, NULL, '{{}}', '{GENESIS}', '{SHA}')",
    ],
)
def test_sqlite_itself_refuses_to_rewrite(ledger, file, sql):
    ledger.append([draft(1), draft(2)])
    with sqlite3.connect(file) as other, pytest.raises(sqlite3.DatabaseError, match="append-only"):
        other.execute(sql)
    other.close()


def test_types_are_strict(file):
    with sqlite3.connect(file) as other, pytest.raises(sqlite3.IntegrityError):
        other.execute(
            "INSERT INTO entries VALUES ('one','x','x',NULL,NULL,'{}',?,?)", (GENESIS, SHA)
        )
    other.close()


COLUMNS = {"at": str, "kind": str, "source": str, "sha256": str, "body": str, "hash": str}


@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    seq=st.integers(1, 4),
    column=st.sampled_from([*COLUMNS, "prev_hash"]),
    position=st.integers(0, 10_000),
    bit=st.integers(0, 6),
)
def test_any_changed_character_is_found(tmp_path_factory, seq, column, position, bit):
    file = tmp_path_factory.mktemp("ledger") / "ledger.sqlite"
    Ledger.create(file)
    writer = Ledger.write(file)
    writer.append([draft(k, source="deepstate", sha256=SHA) for k in range(1, 5)])
    writer.close()
    (old,) = (
        sqlite3.connect(file)
        .execute(f"SELECT {column} FROM entries WHERE seq = ?", (seq,))
        .fetchone()
    )
    at = position % len(old)
    new = old[:at] + chr(ord(old[at]) ^ (1 << bit)) + old[at + 1 :]
    tamper(file, f"UPDATE entries SET {column} = ? WHERE seq = ?", new, seq)
    reader = Ledger.read(file)
    fault = reader.first_fault()
    reader.close()
    assert fault is not None
    assert fault.seq == seq or column == "hash"
    assert str(seq) in fault.problem or "SQLite" in fault.problem


@pytest.mark.parametrize(("gone", "named"), [(1, 1), (2, 2), (3, 3)])
def test_a_deleted_entry_is_found(file, ledger, gone, named):
    ledger.append([draft(k) for k in range(1, 4)])
    tamper(file, "DELETE FROM entries WHERE seq = ?", gone, guard="entries_are_never_deleted")
    assert ledger.first_fault().seq == named


def test_a_chain_rewritten_from_the_middle_keeps_another_head(file, ledger):
    """Whoever may rewrite everything is found by a head that was noted down elsewhere."""
    _, _, last = ledger.append([draft(k) for k in range(1, 4)])
    row = [3, "2025-08-03T12:00:03.000000+00:00", "snapshot", None, None, '{"number":99}']
    forged = entry_hash(*row, last.prev_hash)
    tamper(file, "UPDATE entries SET body = ?, hash = ? WHERE seq = 3", row[5], forged)
    assert ledger.first_fault() is None
    assert ledger.head()[1] != last.hash


def test_an_entry_forged_with_its_own_hash_breaks_the_chain(file, ledger):
    first, second, _ = ledger.append([draft(k) for k in range(1, 4)])
    row = [2, "2025-08-03T12:00:02.000000+00:00", "snapshot", None, None, '{"number":99}']
    forged = entry_hash(*row, first.hash)
    assert forged != second.hash
    tamper(file, "UPDATE entries SET body = ?, hash = ? WHERE seq = 2", row[5], forged)
    assert ledger.first_fault().problem == "entry 3 does not follow the one before it"


def test_a_missing_trigger_is_found(file, ledger):
    with sqlite3.connect(file) as other:
        other.execute("DROP TRIGGER entries_are_never_deleted")
    other.close()
    assert "entries_are_never_deleted" in ledger.first_fault().problem


def test_readers_work_while_a_writer_writes(file, ledger):
    ledger.append([draft(1)])
    reader = Ledger.read(file)
    ledger._connection.execute("BEGIN IMMEDIATE")
    assert [e.seq for e in reader.entries()] == [1]
    ledger._connection.execute("ROLLBACK")
    ledger.append([draft(2)])
    assert reader.head()[0] == 2
    reader.close()


def test_commits_are_synced(ledger):
    assert ledger._connection.execute("PRAGMA synchronous").fetchone() == (2,)
    assert ledger._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_newer_schema(file):
    with sqlite3.connect(file) as other:
        other.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    other.close()
    for opening in (Ledger.read, Ledger.write):
        with pytest.raises(BookVersionError, match=f"schema {SCHEMA + 1}.*update contested"):
            opening(file)


def test_other_databases_are_not_ledgers(tmp_path):
    with sqlite3.connect(tmp_path / "x.sqlite") as other:
        other.execute("CREATE TABLE t (x)")
    other.close()
    with pytest.raises(BookDamagedError, match="not a ledger"):
        Ledger.read(tmp_path / "x.sqlite")
    (tmp_path / "y.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(BookDamagedError, match="damaged"):
        Ledger.read(tmp_path / "y.sqlite")


def test_damaged_pages_are_named(file, ledger):
    ledger.append([draft(k) for k in range(200)])
    ledger.checkpoint()
    ledger.close()
    content = bytearray(file.read_bytes())
    content[4096 * 3 : 4096 * 4] = bytes(4096)
    file.write_bytes(content)
    reader = Ledger.read(file)
    assert reader.first_fault() is not None
    reader.close()


def test_full_disk_is_one_line_and_nothing_is_kept(ledger):
    ledger.append([draft(1)])
    pages = ledger._connection.execute("PRAGMA page_count").fetchone()[0]
    ledger._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(BookFullError, match="no room left on the disk"):
        ledger.append([Draft("setting", NOON, {"text": "x" * 100_000})])
    assert ledger.head()[0] == 1
    ledger._connection.execute("PRAGMA max_page_count = 100000")
    assert ledger.append([draft(2)])[0].seq == 2


def test_missing_file(tmp_path):
    with pytest.raises(BookError, match="cannot be opened"):
        Ledger.read(tmp_path / "none.sqlite")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(-1e9, 1e9) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@given(json_values)
def test_canonical_json_is_one_text_a_value(value):
    text = canonical_json(value)
    assert json.loads(text) == value
    assert canonical_json(json.loads(text)) == text


def test_kinds_are_their_words():
    assert [str(kind) for kind in EntryKind] == [
        "snapshot", "sighting", "quarantine", "permit", "permit_withdrawn",
        "terms_shown", "setting",
    ]  # fmt: skip
