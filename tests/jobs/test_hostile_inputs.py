"""Every bad file is refused with one clear line, and the book is as it was."""

from __future__ import annotations

import io
import json
import math
import os
import re
import tarfile
import time
import zipfile

import pytest
import zstandard

from contested.errors import UsageError
from contested.jobs.ingest import ingest
from contested.jobs.limits import MIB, Limits
from mapfiles import FIRST, collection, feature, polygon, square, write_series

GOOD = collection(polygon(square()))
NAME = f"{FIRST}.geojson"
BOW_TIE = [[30, 48], [31, 49], [31, 48], [30, 49], [30, 48]]


def nested(depth):
    return b"[" * depth + b"]" * depth


def with_geometry(raw):
    """Return a map file with these bytes as the only geometry."""
    return collection(feature("GEOMETRY")).replace(b'"GEOMETRY"', raw)


def deep_polygon():
    return with_geometry(b'{"type":"Polygon","coordinates":' + nested(100_000) + b"}")


def deep_collection():
    inner = b'{"type":"GeometryCollection","geometries":['
    return with_geometry(inner * 100_000 + b"]}" * 100_000)


def twelve_deep():
    geometry = {"type": "Polygon", "coordinates": [square()]}
    for _ in range(12):
        geometry = {"type": "GeometryCollection", "geometries": [geometry]}
    return collection(feature(geometry))


def with_position(position):
    ring = square()
    ring[1] = position
    return collection(polygon(square(24, 45)), polygon(ring))


def raw_number(text):
    return with_position(["NUMBER", 48]).replace(b'"NUMBER"', text)


def zip_bomb():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr(NAME, b"0" * (20 * MIB))
    return packed.getvalue()


VRT = b'<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/etc/passwd</SrcDataSource>'

BAD = {
    "empty": (b"", "is empty"),
    "truncated": (GOOD[:-20], "truncated"),
    "not json": (b"hello", "not JSON"),
    "null byte": (b"\0" * 100, "not JSON"),
    "not utf-8": (GOOD.replace(b"#a52714", b"\xff\xfe"), "feature 0: properties"),
    "a list": (b"[1, 2]", "not a GeoJSON FeatureCollection"),
    "a feature": (json.dumps(polygon(square())).encode(), "not a GeoJSON FeatureCollection"),
    "another type": (GOOD.replace(b"FeatureCollection", b"Topology"), "'Topology'"),
    "features is text": (b'{"type":"FeatureCollection","features":"x"}', "features"),
    "deep properties": (
        GOOD.replace(b'"#a52714"', nested(100_000)),
        "nested too deep|recursion|feature 0",
    ),
    "type not utf-8": (GOOD.replace(b'"Polygon"', b'"\xff\xfe"'), "feature 0: geometry of type"),
    "no geometry": (b'{"type":"FeatureCollection","features":[{"properties":{}}]}', "geometry"),
    "properties null": (
        re.sub(rb'"properties": {[^}]*}', b'"properties": null', GOOD),
        "feature 0: properties",
    ),
    "fill a number": (GOOD.replace(b'"#a52714"', b"7"), "feature 0: properties"),
    "NaN": (raw_number(b"NaN"), "not JSON"),
    "Infinity": (raw_number(b"Infinity"), "not JSON"),
    "1e999": (raw_number(b"1e999"), "feature 1|not JSON"),
    "string coordinate": (with_position(["31", "48"]), "feature 1: coordinates"),
    "null coordinate": (with_position([None, 48]), "feature 1: coordinates"),
    "one number": (with_position([31]), "feature 1: positions"),
    "out of range": (with_position([3100, 48]), "feature 1: .*not a longitude"),
    "swapped axes": (
        collection(polygon([[y, x] for x, y in square()])),
        "feature 0: axes look swapped",
    ),
    "beyond the frame": (with_position([60, 48]), "feature 1: .*beyond the frame"),
    "unclosed ring": (collection(polygon([*square()[:4], [30, 48.5]])), "feature 0: .*not closed"),
    "empty ring": (collection(polygon([])), "feature 0: ring of 0"),
    "no ring": (collection(polygon()), "feature 0: polygon without rings"),
    "two points": (collection(polygon([[30, 48], [31, 48]])), "feature 0: ring of 2"),
    "one place": (collection(polygon([[30, 48]] * 4)), "feature 0: not a valid polygon"),
    "self-crossing": (collection(polygon(BOW_TIE)), "feature 0: not a valid polygon: self-inter"),
    "unknown geometry": (
        collection(feature({"type": "Blob"})),
        "feature 0: geometry of type 'Blob'",
    ),
    "geometry a number": (with_geometry(b"7"), "feature 0: geometry of type"),
    "100,000 deep polygon": (deep_polygon(), "nested too deeply|cannot be read"),
    "100,000 deep collection": (deep_collection(), "nested too deeply"),
    "12 deep": (twelve_deep(), "nested more than"),
    "GDAL VRT": (VRT, "XML.*never opened through GDAL"),
    "zip": (zip_bomb(), "ZIP archive"),
    "gzip": (b"\x1f\x8b\x08" + bytes(50), "packed"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_file_is_one_line_and_no_trace(case, book, reader, state, tmp_path):
    content, words = BAD[case]
    file = tmp_path / NAME
    file.write_bytes(content)
    before = state(book)
    report = ingest(book, "deepstate", [file], reader=reader)
    assert (report.new, report.read, len(report.failed)) == (0, 1, 1)
    message = report.failed[0].message
    assert "\n" not in message
    assert message.startswith(str(file))
    assert len(message) < 400
    assert_matches(words, message)
    assert state(book) == before


def assert_matches(words, message):
    assert re.search(words, message), message


def test_good_files_beside_bad_ones_are_taken_in(book, reader, tmp_path):
    good = write_series(tmp_path / "maps", 3)
    (tmp_path / "maps" / f"{FIRST + 60}.geojson").write_bytes(b"{")
    report = ingest(book, "deepstate", [tmp_path / "maps"], reader=reader)
    assert (report.new, len(report.failed)) == (len(good), 1)


def test_all_unknown_fills_are_named_and_the_snapshot_is_quarantined(book, reader, tmp_path):
    file = tmp_path / NAME
    parts = [polygon(square(24 + k, 45, 0.5), fill=f) for k, f in enumerate(("#123456", "#abcdef"))]
    file.write_bytes(collection(polygon(square()), *parts))
    report = ingest(book, "deepstate", [file], reader=reader)
    (refused,) = report.quarantined
    assert "#123456 (feature 1), #abcdef (feature 2)" in refused.message
    (entry,) = book.ledger.entries("quarantine")
    assert book.archive.get(entry.sha256) == file.read_bytes()
    assert report.snapshots == 0
    again = ingest(book, "deepstate", [file], reader=reader)
    assert len(again.quarantined) == 1
    assert book.ledger.head()[0] == 1


def test_what_a_file_says_cannot_write_on_the_terminal(book, reader, tmp_path):
    file = tmp_path / NAME
    fills = ["\x1b[2J\n" * 1000, "a" * 100_000, *(f"#{k:06d}" for k in range(5000))]
    file.write_bytes(collection(*(polygon(square(), fill=fill) for fill in fills)))
    (refused,) = ingest(book, "deepstate", [file], reader=reader).quarantined
    assert refused.message.isprintable()
    assert len(refused.message) < 5000


def test_200_mb_are_refused_unread(book, reader, state, tmp_path):
    file = tmp_path / NAME
    with file.open("wb") as sparse:
        sparse.truncate(200 * MIB)
    before, started = state(book), time.process_time()
    report = ingest(book, "deepstate", [file], reader=reader)
    assert "has 200 MiB, more than the 64 MiB" in report.failed[0].message
    assert report.read == 0
    assert time.process_time() - started < 0.5
    assert state(book) == before


def circle(vertices):
    turn = 2 * math.pi / vertices
    ring = [(30 + math.cos(k * turn), 48 + math.sin(k * turn)) for k in range(vertices)]
    return ",".join(f"[{x:.7f},{y:.7f}]" for x, y in [*ring, ring[0]])


def test_one_ring_that_eats_memory_is_refused(book, reader, state, tmp_path):
    file = tmp_path / NAME
    ring = circle(100_000)
    text = ",".join([ring] * 8)
    file.write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":'
        f'{{"fill":"#a52714"}},"geometry":{{"type":"Polygon","coordinates":[[{text}]]}}}}]}}'
    )
    before = state(book)
    report = ingest(book, "deepstate", [file], reader=reader)
    assert_matches(
        "memory to read|processor time|not a valid polygon|crash", report.failed[0].message
    )
    assert state(book) == before


def test_a_file_that_eats_time_is_refused_and_the_rest_goes_on(book, reader, tmp_path):
    slow, good = tmp_path / NAME, tmp_path / f"{FIRST + 1}.geojson"
    one = json.dumps(polygon(square(24, 45, 1)))
    many = (one.replace("25", f"25.{k:05}") for k in range(80_000))
    slow.write_text('{"type":"FeatureCollection","features":[' + ",".join(many) + "]}")
    good.write_bytes(GOOD)
    report = ingest(book, "deepstate", [slow, good], reader=reader)
    assert "takes more than 2 s of processor time" in report.failed[0].message
    assert report.new == 1


def test_folder_without_map_files(book, state, tmp_path):
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps" / "readme.txt").write_text("nothing here")
    before = state(book)
    report = ingest(book, "deepstate", [tmp_path / "maps"])
    assert "holds no map files of deepstate (1 other files)" in report.failed[0].message
    assert state(book) == before


def test_missing_file_and_glob_without_match(book, tmp_path):
    report = ingest(book, "deepstate", [tmp_path / NAME, str(tmp_path / "*.geojson")])
    assert ["there is no such file" in f.message for f in report.failed] == [True, True]


def test_nothing_named(book):
    with pytest.raises(UsageError, match="no file given"):
        ingest(book, "deepstate", [])


def test_pipe_is_not_waited_for(book, tmp_path):
    os.mkfifo(tmp_path / NAME)
    report = ingest(book, "deepstate", [tmp_path / NAME])
    assert "is not a regular file" in report.failed[0].message


def test_unreadable_file(book, monkeypatch, tmp_path):
    (tmp_path / NAME).write_bytes(GOOD)
    real_open = os.open

    def refuse(path, *args, **kwargs):
        if str(path).endswith(NAME):
            raise PermissionError(13, "Permission denied")
        return real_open(path, *args, **kwargs)

    monkeypatch.setattr(os, "open", refuse)
    report = ingest(book, "deepstate", [tmp_path / NAME])
    assert report.failed[0].message == f"{tmp_path / NAME}: cannot be read: Permission denied"


@pytest.mark.parametrize("name", ["notes.geojson", "17000000001.geojson", "1700000000.geojson\n"])
def test_name_that_carries_no_time(book, tmp_path, name):
    (tmp_path / name).write_bytes(GOOD)
    report = ingest(book, "deepstate", [tmp_path / name])
    assert "must be the time of publication" in report.failed[0].message
    assert report.failed[0].message.isprintable()


def test_zip_is_not_opened(book, tmp_path):
    (tmp_path / "maps.zip").write_bytes(zip_bomb())
    report = ingest(book, "deepstate", [tmp_path / "maps.zip"])
    assert ".zip files are not opened" in report.failed[0].message


def tar_of(path, *members, level=3):
    """Write a .tar.zst of (TarInfo, bytes) pairs."""
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w") as tar:
        for info, content in members:
            tar.addfile(info, io.BytesIO(content))
    path.write_bytes(zstandard.ZstdCompressor(level=level).compress(plain.getvalue()))
    return path


def info(name, content=b"", **fields):
    made = tarfile.TarInfo(name)
    made.size = len(content)
    for key, value in fields.items():
        setattr(made, key, value)
    return made, content


def test_archive_members_that_are_tricks(book, reader, tmp_path):
    later = [f"{FIRST + k}.geojson" for k in range(6)]
    archive = tar_of(
        tmp_path / "maps.tar.zst",
        info(f"maps/{later[0]}", GOOD),
        info(f"../{later[1]}", GOOD),
        info(f"/etc/{later[2]}", GOOD),
        info(f"maps/{later[3]}", type=tarfile.SYMTYPE, linkname="/etc/passwd"),
        info(f"maps/{later[4]}", type=tarfile.CHRTYPE),
        info("maps/README", b"passed over"),
        info(f"maps/{later[5]}", growing(1)),
    )
    report = ingest(book, "deepstate", [archive], reader=reader)
    assert (report.new, len(report.failed)) == (2, 4)
    assert [f.message.rpartition(": ")[2].split(";")[0] for f in report.failed] == [
        "its path leads out of the archive",
        "its path leads out of the archive",
        "is not a regular file (a link, say)",
        "is not a regular file (a link, say)",
    ]
    assert [e.body["file"] for e in book.ledger.entries()] == [later[0], later[5]]


def growing(step):
    return collection(polygon(square(side=1 + step / 1000)))


@pytest.mark.parametrize(("cut", "whole"), [(512 * 2, 1), (512 * 3 + 80, 1), (512 * 2 + 100, 1)])
def test_archive_cut_short_keeps_what_was_whole(book, reader, tmp_path, cut, whole):
    archive = tar_of(
        tmp_path / "maps.tar.zst",
        *(info(f"{FIRST + k}.geojson", growing(k)) for k in range(3)),
    )
    plain = zstandard.ZstdDecompressor().decompress(archive.read_bytes())
    archive.write_bytes(zstandard.ZstdCompressor().compress(plain[:cut]))
    report = ingest(book, "deepstate", [archive], reader=reader)
    assert report.new == whole
    assert_matches(
        r"maps\.tar\.zst.*: (ends in the middle|unexpected end)", report.failed[0].message
    )


def test_archive_that_is_no_archive(book, state, tmp_path):
    archive = tmp_path / "maps.tar.zst"
    archive.write_bytes(b"not zstd at all")
    before = state(book)
    report = ingest(book, "deepstate", [archive])
    assert report.failed[0].message.startswith(f"{archive}: ")
    assert state(book) == before


def test_archive_of_another_source(book, tmp_path):
    archive = tar_of(tmp_path / "maps.tar.zst", info("deepstatemap_data_20240101.geojson", GOOD))
    report = ingest(book, "deepstate", [archive])
    assert "holds no map files of deepstate" in report.failed[0].message


def test_zstd_bomb_member(book, state, tmp_path):
    """A member that unpacks to 80 MiB of spaces from a few kB."""
    archive = tar_of(tmp_path / "maps.tar.zst", info(NAME, b" " * (80 * MIB)))
    assert archive.stat().st_size < 50_000
    before = state(book)
    report = ingest(book, "deepstate", [archive])
    assert "has 80 MiB, more than the 64 MiB" in report.failed[0].message
    assert state(book) == before


def test_zstd_bomb_archive(book, state, tmp_path):
    archive = tar_of(tmp_path / "maps.tar.zst", info("README", b" " * (40 * MIB)), info(NAME, GOOD))
    before = state(book)
    report = ingest(book, "deepstate", [archive], limits=Limits(archive_bytes=10 * MIB))
    assert "unpacks to more than 10 MiB" in report.failed[0].message
    assert state(book) == before


def test_tar_header_that_claims_gigabytes(book, tmp_path):
    bomb = tarfile.TarInfo("././@PaxHeader")
    bomb.type, bomb.size = tarfile.XHDTYPE, 4 << 30
    packed = zstandard.ZstdCompressor().compress(bomb.tobuf(tarfile.USTAR_FORMAT) + bytes(10_240))
    (tmp_path / "maps.tar.zst").write_bytes(packed)
    report = ingest(book, "deepstate", [tmp_path / "maps.tar.zst"])
    assert "has a header of 4,096 MiB" in report.failed[0].message


def test_window_that_wants_gigabytes(book, tmp_path):
    parameters = zstandard.ZstdCompressionParameters.from_level(3, window_log=30, enable_ldm=True)
    out = io.BytesIO()
    with zstandard.ZstdCompressor(compression_params=parameters).stream_writer(
        out, closefd=False
    ) as z:
        z.write(bytes(10_240))
    (tmp_path / "maps.tar.zst").write_bytes(out.getvalue())
    report = ingest(book, "deepstate", [tmp_path / "maps.tar.zst"])
    assert len(report.failed) == 1
    assert report.new == 0
