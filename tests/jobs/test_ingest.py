"""What goes in, how often, in which order, and what is said about it."""

from __future__ import annotations

import os
import signal
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from contested.errors import BookError, BookFullError, BookLockedError, MapFileError, UsageError
from contested.jobs.book_log import book_log
from contested.jobs.ingest import Outcome, ingest
from contested.jobs.limits import MIB, Limits
from contested.jobs.reading import ChildReader
from contested.jobs.rebuild import rebuild
from contested.jobs.series import load_series
from contested.jobs.verify import verify
from contested.records import Status
from contested.sources.deepstate import parse, rules
from contested.store import disk
from contested.store.book import Book
from mapfiles import FIRST, collection, feature, growing_map, polygon, square, write_series

NOW = datetime(2025, 8, 3, 12, tzinfo=UTC)


class HereReader:
    """Reads in this process, so that a test can change the rules."""

    def __init__(self):
        self.files = []

    def read(self, content, file):
        self.files.append(file)
        return parse.parse(content, file)


def test_report_and_series_of_a_folder(book, reader, tmp_path):
    write_series(tmp_path / "maps", 5)
    (tmp_path / "maps" / f"{FIRST + 90_000}.geojson").write_bytes(growing_map(4))
    (tmp_path / "maps" / "readme.txt").write_text("passed over")
    report = ingest(book, "deepstate", [tmp_path / "maps"], reader=reader, now=lambda: NOW)
    assert (report.read, report.new, report.seen_before) == (6, 5, 1)
    assert (report.quarantined, report.failed, report.points_dropped) == ((), (), 5)
    series = load_series(book, "deepstate")
    assert len(series) == report.snapshots == 6
    assert len(series.shapes) == 40 + 5
    assert [len(list(series.areas(k))) for k in range(6)] == [41] * 6
    shape, status, word = list(series.areas(3))[-1]
    assert (status, word) == (Status.OCCUPIED, "Окуповано")
    assert shape.polygons[0][0][2].tolist() == [310_030_000, 490_030_000]
    assert list(series.areas(4))[-1] == list(series.areas(5))[-1]


def test_a_second_run_adds_nothing(book, reader, state, tmp_path):
    files = write_series(tmp_path / "maps", 3)
    twin = tmp_path / "maps" / f"{FIRST + 1}.geojson"
    twin.write_bytes(files[0].read_bytes())
    ingest(book, "deepstate", [tmp_path / "maps"], reader=reader)
    before, derived = state(book), book.derived.series_file("deepstate").stat()
    again = ingest(book, "deepstate", [tmp_path / "maps"], reader=reader)
    assert (again.read, again.new, again.seen_before) == (4, 0, 4)
    assert state(book) == before
    assert book.derived.series_file("deepstate").stat().st_mtime_ns == derived.st_mtime_ns


def test_a_sighting_is_recorded_once_for_every_name(book, reader, tmp_path):
    (file,) = write_series(tmp_path / "maps", 1)
    ingest(book, "deepstate", [file], reader=reader)
    twin = tmp_path / f"{FIRST + 60}.geojson"
    twin.write_bytes(file.read_bytes())
    for _ in range(2):
        ingest(book, "deepstate", [twin, file], reader=reader)
    first, sighting = book.ledger.entries()
    assert (sighting.kind, sighting.sha256) == ("sighting", first.sha256)
    assert sighting.body["file"] == twin.name
    assert len(list(book.archive.names())) == 1


def test_order_is_that_of_publication_however_files_are_named(book, reader, tmp_path):
    files = write_series(tmp_path / "maps", 4)
    told = []
    ingest(
        book,
        "deepstate",
        [files[2], str(tmp_path / "maps" / "*.geojson"), files[0]],
        reader=reader,
        progress=told.append,
    )
    assert [e.body["file"] for e in book.ledger.entries()] == [f.name for f in files]
    assert [(t.file, t.outcome, t.done, t.total) for t in told] == [
        (str(f), Outcome.NEW, k + 1, 4) for k, f in enumerate(files)
    ]


def test_the_same_files_in_any_order_give_the_same_series(reader, tmp_path):
    files = write_series(tmp_path / "maps", 6)
    one, two = Book.create(tmp_path / "one.book"), Book.create(tmp_path / "two.book")
    ingest(one, "deepstate", files, reader=reader)
    for file in (files[4], files[1], files[5], files[0], files[3], files[2]):
        ingest(two, "deepstate", [file], reader=reader)
    packed = [b.derived.series_file("deepstate").read_bytes() for b in (one, two)]
    assert packed[0] == packed[1]


def test_a_file_that_was_published_anew_replaces_the_older_one(book, reader, tmp_path):
    first, second = write_series(tmp_path / "maps", 2)
    old = sha256(second.read_bytes()).hexdigest()
    twin = tmp_path / f"{FIRST + 9000}.geojson"
    twin.write_bytes(second.read_bytes())
    ingest(book, "deepstate", [first, second, twin], reader=reader)
    second.write_bytes(growing_map(77))
    report = ingest(book, "deepstate", [first, second], reader=reader)
    assert (report.new, report.replaced, report.snapshots) == (1, 1, 3)
    (*_, last) = book.ledger.entries()
    assert last.body["replaces"] == old
    series = load_series(book, "deepstate")
    sides = [list(series.areas(k))[-1][0].polygons[0][0][1, 0] - 300_000_000 for k in range(3)]
    assert sides == [10_000_000, 10_770_000, 10_010_000]
    assert book.archive.get(old) == twin.read_bytes()
    packed = book.derived.series_file("deepstate").read_bytes()
    rebuild(book, reader=reader)
    assert book.derived.series_file("deepstate").read_bytes() == packed


def test_what_the_ledger_says_about_a_map(book, reader, tmp_path):
    stray = [[63, 13], [64, 13], [64, 14], [63, 14], [63, 13]]
    hole_outside = polygon(square(30, 48), square(35, 48, 0.5))
    file = tmp_path / f"{FIRST}.geojson"
    wrong_name = feature(polygon(square(26, 48))["geometry"], name="Звільнено")
    file.write_bytes(collection(polygon(stray), hole_outside, wrong_name))
    report = ingest(book, "deepstate", [file], reader=reader, now=lambda: NOW)
    (entry,) = book_log(book)
    body = entry.body
    assert (entry.at, entry.source, entry.kind) == (NOW, "deepstate", "snapshot")
    assert entry.sha256 == sha256(file.read_bytes()).hexdigest()
    assert (body["file"], body["size"]) == (file.name, file.stat().st_size)
    assert (body["as_of"], body["published"]) == ("2023-11-14", "2023-11-14T22:13:20+00:00")
    assert body["recipe"] == parse.RECIPE
    assert body["dropped"][0]["bounds"] == [63, 13, 64, 14]
    assert body["repaired"][0]["feature"] == 1
    assert "Звільнено" in body["flags"][0]["message"]
    assert report.dropped[0].area_km2 == pytest.approx(12_000, abs=100)
    assert (report.dropped[0].maps, report.dropped[0].first_file) == (1, str(file))
    assert report.repaired[0].what.startswith("hole lies outside shell near 35")
    assert b"Point" not in file.read_bytes()


def test_points_are_never_stored(book, reader, tmp_path):
    write_series(tmp_path / "maps", 2)
    ingest(book, "deepstate", [tmp_path / "maps"], reader=reader)
    series = load_series(book, "deepstate")
    assert len(series.words) == 1
    assert all(len(ring) >= 4 for shape in series.shapes for p in shape.polygons for ring in p)


def test_better_rules_take_a_quarantined_snapshot_in(book, monkeypatch, tmp_path):
    write_series(tmp_path / "maps", 2)
    strange = tmp_path / "maps" / f"{FIRST + 60}.geojson"
    strange.write_bytes(collection(polygon(square(), fill="#123456")))
    first = ingest(book, "deepstate", [tmp_path / "maps"], reader=HereReader())
    assert (first.new, len(first.quarantined), first.snapshots) == (2, 1, 2)
    monkeypatch.setitem(rules.BY_FILL, "#123456", rules.CONTESTED)
    monkeypatch.setattr(parse, "RECIPE", f"{parse.RECIPE}, better")
    (report,) = rebuild(book, reader=HereReader())
    assert (report.taken_in, report.left_out, report.snapshots) == (1, 0, 3)
    series = load_series(book, "deepstate")
    assert [s.published.timestamp() - FIRST for s in series.snapshots] == [0, 60, 3600]
    assert [status for _, status, _ in series.areas(1)] == [Status.CONTESTED]
    verify(book)


def test_the_next_ingest_takes_it_in_as_well(book, monkeypatch, tmp_path):
    strange = tmp_path / f"{FIRST}.geojson"
    strange.write_bytes(collection(polygon(square(), fill="#123456")))
    ingest(book, "deepstate", [strange], reader=HereReader())
    monkeypatch.setattr(parse, "RECIPE", f"{parse.RECIPE}, better")
    other = write_series(tmp_path / "maps", 2)[1]
    still = ingest(book, "deepstate", [other], reader=HereReader())
    assert (still.taken_in, still.snapshots) == (0, 1)
    recipes = [e.body["recipe"] for e in book.ledger.entries("quarantine")]
    assert recipes == [parse.RECIPE.removesuffix(", better"), parse.RECIPE]
    monkeypatch.setitem(rules.BY_FILL, "#123456", rules.CONTESTED)
    monkeypatch.setattr(parse, "RECIPE", "deepstate/3")
    report = ingest(book, "deepstate", [other], reader=HereReader())
    assert (report.taken_in, report.snapshots) == (1, 2)


def test_stricter_rules_leave_a_snapshot_out_and_say_so(book, monkeypatch, tmp_path):
    write_series(tmp_path / "maps", 2)
    ingest(book, "deepstate", [tmp_path / "maps"], reader=HereReader())
    monkeypatch.delitem(rules.BY_FILL, "#a52714")
    monkeypatch.setattr(parse, "RECIPE", f"{parse.RECIPE}, better")
    (report,) = rebuild(book, "deepstate", reader=HereReader())
    assert (report.left_out, report.snapshots, report.file) == (2, 0, None)
    assert len(list(book.ledger.entries("quarantine"))) == 2


def test_a_lost_derived_file_is_made_again_from_the_archive(book, reader, tmp_path):
    write_series(tmp_path / "maps", 4)
    ingest(book, "deepstate", [tmp_path / "maps"], reader=reader)
    file = book.derived.series_file("deepstate")
    packed = file.read_bytes()
    file.unlink()
    assert len(load_series(book, "deepstate")) == 4
    assert file.read_bytes() == packed
    file.write_bytes(b"damaged")
    rebuild(book, "deepstate", reader=reader)
    assert file.read_bytes() == packed


def test_only_what_a_derived_file_lacks_is_read(book, tmp_path):
    files = write_series(tmp_path / "maps", 4)
    here = HereReader()
    ingest(book, "deepstate", files[:3], reader=here)
    stale = book.derived.series_file("deepstate").read_bytes()
    ingest(book, "deepstate", files[3:], reader=here)
    book.derived.series_file("deepstate").write_bytes(stale)
    here.files.clear()
    twin = tmp_path / f"{FIRST + 99}.geojson"
    twin.write_bytes(files[0].read_bytes())
    assert ingest(book, "deepstate", [twin], reader=here).snapshots == 5
    assert here.files == [files[3].name]


def test_a_book_that_cannot_be_written_to_still_answers(book, reader, monkeypatch, tmp_path):
    write_series(tmp_path / "maps", 2)
    ingest(book, "deepstate", [tmp_path / "maps"], reader=reader)
    book.derived.series_file("deepstate").unlink()

    def refuse(*args):
        raise BookError("read-only file system")

    monkeypatch.setattr("contested.store.derived.write_whole", refuse)
    assert len(load_series(book, "deepstate")) == 2


def test_unknown_source(book):
    with pytest.raises(UsageError, match="no reader for map files of 'atlantis'"):
        ingest(book, "atlantis", ["x"])


def test_two_writers(book, tmp_path):
    files = write_series(tmp_path / "maps", 1)
    with book.writing(), pytest.raises(BookLockedError):
        ingest(Book.open(book.path), "deepstate", files)


def test_full_disk_stops_with_one_line_and_keeps_what_was_told(book, reader, monkeypatch, tmp_path):
    files = write_series(tmp_path / "maps", 6)
    write, told = disk._write_synced, []

    def fill_up(file, content):
        if len(told) == 3:
            file.write_bytes(content[:10])
            raise OSError(28, "No space left on device")
        write(file, content)

    monkeypatch.setattr(disk, "_write_synced", fill_up)
    with pytest.raises(BookFullError, match="no room left on the disk"):
        ingest(book, "deepstate", files, reader=reader, progress=told.append)
    monkeypatch.undo()
    assert verify(book).snapshots == 3
    assert [e.sha256 for e in book.ledger.entries()] == [t.sha256 for t in told]
    assert ingest(book, "deepstate", files, reader=reader).new == 3
    assert len(load_series(book, "deepstate")) == 6


def test_bytes_without_an_entry_are_used_by_the_next_run(book, reader, tmp_path):
    """As after a kill between the archive and the ledger."""
    (file,) = write_series(tmp_path / "maps", 1)
    book.archive.put(file.read_bytes())
    assert (verify(book).entries, verify(book).orphans) == (0, 1)
    ingest(book, "deepstate", [file], reader=reader)
    assert (verify(book).snapshots, verify(book).orphans) == (1, 0)


def test_verify_names_the_entry_whose_bytes_are_gone(book, reader, tmp_path):
    write_series(tmp_path / "maps", 3)
    ingest(book, "deepstate", [tmp_path / "maps"], reader=reader)
    entries = book_log(book)
    assert verify(book, head=entries[1].hash).head == entries[2].hash
    with pytest.raises(BookError, match="no entry has the hash"):
        verify(book, head="0" * 64)
    file = book.archive.path(entries[1].sha256)
    packed = bytearray(file.read_bytes())
    packed[-6] ^= 1
    file.write_bytes(packed)
    with pytest.raises(BookError, match=r"entry 2: .*(unpacked|match)"):
        verify(book)
    file.unlink()
    with pytest.raises(BookError, match=r"entry 2: .*missing"):
        verify(book)


def test_log_by_kind_source_and_number(book, reader, tmp_path):
    write_series(tmp_path / "maps", 3)
    ingest(book, "deepstate", [tmp_path / "maps"], reader=reader)
    assert [e.seq for e in book_log(book, last=2)] == [2, 3]
    assert book_log(book, kind="permit") == book_log(book, source="other") == []


def test_a_child_that_dies_costs_one_file():
    good, other = collection(polygon(square())), collection(polygon(square(side=2)))
    with ChildReader("deepstate") as reader:
        first = reader.read(good, f"{FIRST}.geojson")
        os.kill(reader._child._process.pid, signal.SIGSEGV)
        with pytest.raises(MapFileError, match=r"7.geojson: made the reader crash \(SIGSEGV\)"):
            reader.read(other, f"{FIRST + 7}.geojson")
        assert reader.read(other, f"{FIRST + 7}.geojson").areas[0].shape.key
        assert reader.read(good, f"{FIRST}.geojson").areas[0].shape.key == first.areas[0].shape.key


def test_a_shape_crosses_once():
    with ChildReader("deepstate") as reader:
        one = reader.read(growing_map(1), f"{FIRST}.geojson")
        two = reader.read(growing_map(2), f"{FIRST + 1}.geojson")
    assert [a.shape is b.shape for a, b in zip(one.areas, two.areas, strict=True)] == [
        True
    ] * 40 + [False]


def test_the_child_reads_what_the_parser_reads():
    content = collection(polygon(square(30, 48), square(35, 48, 0.5)), polygon(square(24, 45)))
    with ChildReader("deepstate") as reader:
        there = reader.read(content, f"{FIRST}.geojson")
    here = parse.parse(content, f"{FIRST}.geojson")
    assert (there.snapshot, there.carries, there.repaired) == (
        here.snapshot,
        here.carries,
        here.repaired,
    )
    for one, two in zip(there.areas, here.areas, strict=True):
        assert (one.status, one.source_word, one.holder, one.territory, one.shape.key) == (
            two.status, two.source_word, two.holder, two.territory, two.shape.key,
        )  # fmt: skip
        assert _lists(one.shape.polygons) == _lists(two.shape.polygons)
        assert _lists(one.shape.repaired or ()) == _lists(two.shape.repaired or ())


def _lists(polygons):
    return [[ring.tolist() for ring in polygon] for polygon in polygons]


def test_the_child_may_not_write_files():
    with ChildReader("deepstate", Limits(memory_bytes=700 * MIB)) as reader:
        reader.read(growing_map(0), f"{FIRST}.geojson")
        with open(f"/proc/{reader._child._process.pid}/limits") as limits:  # noqa: PTH123
            rows = {line[:26].strip(): line[26:].split()[0] for line in limits}
    assert rows["Max core file size"] == "0"
    assert rows["Max file size"] == str(1 << 16)
    assert rows["Max address space"] == str(700 * MIB)
