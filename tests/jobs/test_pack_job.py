"""`contested pack` and `read_pack`: the file holds what was held, and bad files are told."""

from __future__ import annotations

import json
import os
from datetime import UTC, date, datetime

import brotli
import pytest

import contested
from contested.errors import BookDamagedError, RightsError, UsageError
from contested.history import pack_head
from contested.history.pack import unpack
from contested.history.series import first_difference
from contested.jobs import pack as pack_job
from contested.jobs.ingest import ingest
from contested.jobs.pack import PackRequest, write_pack
from contested.jobs.permit import record_permits
from contested.jobs.series import load_series
from contested.records import Use
from contested.store.book import Book
from worlds import CONTESTED, OCCUPIED, box, feature, file_name, map_file, polygon

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """Three maps of January 2023: the 1st, the 2nd and the 5th."""
    folder = tmp_path_factory.mktemp("packed")
    for day, edge in ((0, 37.3), (1, 37.2), (4, 37.1)):
        ground = feature(OCCUPIED, polygon(box(edge, 48.0, 37.5, 48.5, steps=8)), "Occupied")
        other = feature(CONTESTED, polygon(box(edge - 0.1, 48.0, edge, 48.5)), "Unknown")
        (folder / file_name(day)).write_bytes(map_file(ground, other))
    ingest(Book.create(folder / "war.book"), "deepstate", [folder])
    return folder / "war.book"


@pytest.fixture
def held(path):
    return Book.open(path)


@pytest.fixture
def packed(held, tmp_path):
    write_pack(PackRequest(held, tmp_path / "war.pack"))
    return tmp_path / "war.pack"


def test_what_was_written_is_what_was_held(held, tmp_path):
    written = write_pack(PackRequest(held, tmp_path / "war.pack"))
    content = (tmp_path / "war.pack").read_bytes()
    assert first_difference(unpack(content), load_series(held, "deepstate")) is None
    assert (written.snapshots, written.areas, written.bytes) == (3, 6, len(content))
    assert (written.first, written.last) == (date(2023, 1, 1), date(2023, 1, 5))
    assert written.lossless
    assert not written.published


def test_the_same_book_gives_the_same_bytes(held, packed, tmp_path):
    again = write_pack(PackRequest(held, tmp_path / "again.pack"))
    assert (tmp_path / "again.pack").read_bytes() == packed.read_bytes()
    assert again.sha256 == write_pack(PackRequest(held, packed)).sha256  # and replaces a pack


def test_a_pack_answers_as_its_book_does(path, packed):
    book, one = contested.open_book(path), contested.read_pack(packed)
    assert one.areas().equals(book.areas())
    assert one.areas_on("2023-01-02") == book.areas_on("2023-01-02")
    span = {"first": "2023-01-01", "last": "2023-01-05"}
    assert one.changes(**span) == book.changes(**span)
    assert one.change_polygons(**span).equals(book.change_polygons(**span))
    assert one.ground(on="2023-01-05").equals(book.ground(on="2023-01-05"))
    assert one.status(37.25, 48.2, on="2023-01-02").status == "occupied"
    assert one.point_timeline(37.25, 48.2).equals(book.point_timeline(37.25, 48.2))
    assert one.days() == book.days()
    assert one.snapshots()["sha256"].tolist() == [s.sha256 for s in one.series.snapshots]
    assert one.about["credit"]
    assert one.about["for"] == "own use only"
    assert "deepstate 2023-01-01 to 2023-01-05, 3 maps" in repr(one)


def test_a_pack_holds_one_source(packed):
    with pytest.raises(contested.errors.NotHeldError, match="holds deepstate, not deepstate_daily"):
        contested.read_pack(packed).areas("deepstate_daily")


def test_a_coarse_pack_shows_but_does_not_measure(held, tmp_path):
    written = write_pack(PackRequest(held, tmp_path / "web.pack", decimals=5))
    assert (written.lossless, written.decimals) == (False, 5)
    one = contested.read_pack(tmp_path / "web.pack")
    assert one.status(37.25, 48.2, on="2023-01-02").status == "occupied"
    assert len(one.ground(on="2023-01-02")) == 2
    span = {"first": "2023-01-01", "last": "2023-01-05"}
    for measure in (
        one.areas,
        lambda: one.areas_on("2023-01-02"),
        lambda: one.changes(**span),
        lambda: one.change_polygons(**span),
    ):
        with pytest.raises(UsageError, match="5 decimals of degrees: it is for showing"):
            measure()


def test_up_to_a_day_is_as_if_nothing_had_come_after(held, tmp_path):
    written = write_pack(PackRequest(held, tmp_path / "a.pack", last=date(2023, 1, 3)))
    assert (written.snapshots, written.last) == (2, date(2023, 1, 2))
    assert written.shapes == 4  # those of the third map are gone
    with pytest.raises(contested.errors.NotHeldError, match="no map of deepstate up to 2022-12-31"):
        write_pack(PackRequest(held, tmp_path / "b.pack", last=date(2022, 12, 31)))
    assert not (tmp_path / "b.pack").exists()


def test_handing_it_on_asks_the_terms_and_the_delay(path, tmp_path):
    import shutil

    shutil.copytree(path, tmp_path / "own.book")
    own = Book.open(tmp_path / "own.book")
    request = PackRequest(own, tmp_path / "war.pack", publish=True)
    with pytest.raises(RightsError, match="publishing its geometry"):
        write_pack(request, now=lambda: NOW)
    assert not request.path.exists()
    with own.writing() as ledger:
        record_permits(
            ledger, "deepstate", [Use.PUBLISH_GEOMETRY],
            by="the source", ref="letter", granted_on=date(2023, 1, 1), at=NOW,
        )  # fmt: skip
    soon = datetime(2023, 1, 6, tzinfo=UTC)
    with pytest.raises(RightsError, match="48 h"):
        write_pack(request, now=lambda: soon)
    assert write_pack(request, now=lambda: NOW).published
    assert contested.read_pack(request.path).about["for"] == "others"


def test_a_pack_that_does_not_read_back_is_not_written(held, tmp_path, monkeypatch):
    monkeypatch.setattr(pack_job, "first_difference", lambda *_: "words")
    with pytest.raises(BookDamagedError, match="read back, the words differ"):
        write_pack(PackRequest(held, tmp_path / "war.pack"))
    assert not (tmp_path / "war.pack").exists()


# files that cannot be read or written


def test_a_pack_cut_short_or_changed_is_refused(packed):
    whole = packed.read_bytes()
    for content in (whole[:-1], whole[: len(whole) // 2], whole[:30], whole + b"\n"):
        packed.write_bytes(content)
        with pytest.raises(UsageError, match=r"war\.pack: the pack is cut short or damaged"):
            contested.read_pack(packed)


def test_a_pack_of_another_version_is_told_from_a_foreign_file(packed):
    newer = packed.read_bytes().replace(b"CONTESTED-PACK/1", b"CONTESTED-PACK/2")
    packed.write_bytes(newer)
    with pytest.raises(UsageError, match="format 2, and this program reads format 1"):
        contested.read_pack(packed)
    for foreign in (b"", b"PK\3\4", b'{"type": "FeatureCollection"}', b"CONTESTED-PACK/\n"):
        packed.write_bytes(foreign)
        with pytest.raises(UsageError, match="not a pack"):
            contested.read_pack(packed)


def test_a_missing_file_and_a_folder_are_told(tmp_path):
    with pytest.raises(UsageError, match=r"no\.pack: cannot be read: No such file"):
        contested.read_pack(tmp_path / "no.pack")
    with pytest.raises(UsageError, match="cannot be read: Is a directory"):
        contested.read_pack(tmp_path)


def test_sections_that_unpack_without_end_are_not_unpacked(packed, monkeypatch):
    """Ten megabytes of zeros fit into a few bytes."""
    monkeypatch.setattr(pack_head, "LARGEST_SECTION", 1_000_000)
    head, _ = pack_head.read_sections(packed.read_bytes())
    bomb = brotli.compress(bytes(10_000_000))
    head.sections = [("kinds", len(bomb))]
    packed.write_bytes(pack_head.assemble(head, [bomb]))
    with pytest.raises(UsageError, match="unpacks to over 1,000,000 bytes"):
        contested.read_pack(packed)


def test_a_unit_that_no_pack_has_is_refused(packed):
    head, sections = pack_head.read_sections(packed.read_bytes())
    head.unit = 0.5
    squeezed = {name: brotli.compress(plain) for name, plain in sections.items()}
    head.sections = [(name, len(one)) for name, one in squeezed.items()]
    packed.write_bytes(pack_head.assemble(head, squeezed.values()))
    with pytest.raises(UsageError, match=r"units of 0\.5 degrees"):
        contested.read_pack(packed)


def test_other_files_are_not_replaced(held, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(UsageError, match=r"notes\.txt: is there and is no pack"):
        write_pack(PackRequest(held, tmp_path / "notes.txt"))
    assert (tmp_path / "notes.txt").read_text() == "mine"
    with pytest.raises(UsageError, match="cannot be written: Is a directory"):
        write_pack(PackRequest(held, tmp_path))


def test_a_folder_that_is_not_there_is_told(held, tmp_path):
    with pytest.raises(UsageError, match="does not exist; make it first"):
        write_pack(PackRequest(held, tmp_path / "no" / "war.pack"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_cannot_be_written_is_told(held, tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(UsageError, match="cannot be written: Permission denied"):
        write_pack(PackRequest(held, tmp_path / "war.pack"))


def test_json_has_the_keys_of_the_record(held, tmp_path):
    import msgspec

    written = write_pack(PackRequest(held, tmp_path / "war.pack"))
    said = json.loads(msgspec.json.encode(written))
    assert said["source"] == "deepstate"
    assert said["last"] == "2023-01-05"
