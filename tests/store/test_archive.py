"""Every blob restores, alone, to the bytes that were put."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contested.errors import BookDamagedError, BookError, BookFullError
from contested.store import disk
from contested.store.archive import CHAIN, Archive

LONG = b"".join(b"%d," % (k * 7919) for k in range(4000))


def version(number: int) -> bytes:
    """Return bytes that change a little with every number."""
    return LONG[: 100 * number] + b"<%d>" % number + LONG[100 * number :]


@pytest.fixture
def archive(tmp_path):
    (tmp_path / "archive").mkdir()
    return Archive(tmp_path / "archive")


def put_versions(archive, count):
    names = []
    for number in range(count):
        names.append(archive.put(version(number), names[-1] if names else None))
    return names


def test_put_returns_the_hash_and_get_the_bytes(archive):
    name = archive.put(b"bytes")
    assert name == sha256(b"bytes").hexdigest()
    assert name in archive
    assert Archive(archive.folder).get(name) == b"bytes"


@settings(max_examples=60, deadline=None)
@given(
    contents=st.lists(st.binary(max_size=300), min_size=1, max_size=12),
    bases=st.lists(st.integers(0, 11), min_size=12, max_size=12),
    order=st.permutations(range(12)),
)
def test_whatever_is_put_comes_back_in_any_order(tmp_path_factory, contents, bases, order):
    archive = Archive(tmp_path_factory.mktemp("archive"))
    names: list[str] = []
    for content, base in zip(contents, bases, strict=False):
        names.append(archive.put(content, names[base % len(names)] if names else None))
    again = Archive(archive.folder)
    for index in order:
        if index < len(names):
            assert again.get(names[index]) == contents[index]
    assert list(again.names()) == sorted(set(names))


def test_likeness_costs_next_to_nothing(archive):
    names = put_versions(archive, 40)
    sizes = [archive.path(name).stat().st_size for name in names]
    assert sizes[0] > 3000
    assert max(sizes[1:]) < 350


def test_a_full_frame_every_64(archive):
    names = put_versions(archive, 2 * CHAIN + 2)
    depths = [archive.head(name).depth for name in names]
    assert depths == [k % CHAIN for k in range(2 * CHAIN + 2)]
    assert [archive.head(n).base is None for n in names] == [d == 0 for d in depths]


def test_bytes_that_are_held_are_not_written_again(archive):
    name = archive.put(LONG)
    before = archive.path(name).stat()
    archive.put(LONG, archive.put(b"other"))
    after = archive.path(name).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_a_blob_that_lost_its_base_is_written_anew(archive):
    base, name = put_versions(archive, 2)
    archive.path(base).unlink()
    again = Archive(archive.folder)
    with pytest.raises(BookDamagedError, match="missing"):
        again.get(name)
    again.put(version(1))
    assert Archive(archive.folder).get(name) == version(1)


@settings(max_examples=80, deadline=None)
@given(position=st.integers(0, 100_000), bit=st.integers(0, 7), which=st.sampled_from([0, 1]))
def test_any_changed_byte_is_found(tmp_path_factory, position, bit, which):
    archive = Archive(tmp_path_factory.mktemp("archive"))
    names = put_versions(archive, 2)
    file = archive.path(names[which])
    packed = bytearray(file.read_bytes())
    packed[position % len(packed)] ^= 1 << bit
    file.write_bytes(packed)
    again = Archive(archive.folder)
    try:
        content = again.get(names[1])
    except BookDamagedError:
        return
    assert content == version(1)  # a bit that carries no meaning, such as zstd's "unused"


def test_cut_and_emptied_blobs_are_found(archive):
    name = archive.put(LONG)
    packed = archive.path(name).read_bytes()
    for size in (0, 5, 100, len(packed) - 1):
        archive.path(name).write_bytes(packed[:size])
        with pytest.raises(BookDamagedError):
            Archive(archive.folder).get(name)


def test_a_blob_under_another_name_is_found(archive):
    one, two = archive.put(b"one"), archive.put(b"two")
    shutil.copy(archive.path(one), archive.path(two))
    with pytest.raises(BookDamagedError, match=f"is that of {one}"):
        Archive(archive.folder).get(two)


def test_a_sound_frame_of_other_bytes_is_found(archive):
    """zstd's own checksum holds here: only the hash tells."""
    from contested.store.archive import BlobHead, _compress, _pack_head

    name = archive.put(b"12,345 km2")
    forged = _pack_head(BlobHead(name, 10)) + _compress(b"99,999 km2", None)
    archive.path(name).write_bytes(forged)
    with pytest.raises(BookDamagedError, match="do not match their hash"):
        Archive(archive.folder).get(name)


def test_bases_in_a_circle_are_found(archive):
    """Two blobs that name each other as base must not be followed for ever."""
    from contested.store.archive import BlobHead, _pack_head

    one, two = "11" * 32, "22" * 32
    for name, base, depth in ((one, two, 1), (two, one, 1)):
        archive.path(name).parent.mkdir()
        archive.path(name).write_bytes(_pack_head(BlobHead(name, 5, base, depth)) + b"x")
    with pytest.raises(BookDamagedError, match="chain of bases is broken"):
        archive.get(one)


def test_the_stock_program_restores_blobs(archive, tmp_path):
    program = shutil.which("zstd")
    if program is None:
        pytest.skip("the zstd program is not installed")
    base, name = put_versions(archive, 2)
    plain = tmp_path / "base"
    subprocess.run([program, "-qd", archive.path(base), "-o", plain], check=True)
    assert plain.read_bytes() == version(0)
    out = tmp_path / "out"
    patch = f"--patch-from={plain}"
    subprocess.run([program, "-qd", patch, archive.path(name), "-o", out], check=True)
    assert out.read_bytes() == version(1)


def test_no_file_appears_before_it_is_whole(archive, monkeypatch):
    """The bytes are synced under another name; name and folder are synced after."""
    steps = []
    real_write, real_sync = disk._write_synced, disk.sync_folder

    def write(file, content):
        real_write(file, content)
        steps.append(
            ("written", file.name.startswith(disk.UNFINISHED), archive.path(name).exists())
        )

    def sync(folder):
        real_sync(folder)
        steps.append(("folder synced", folder.name, archive.path(name).exists()))

    name = sha256(b"bytes").hexdigest()
    monkeypatch.setattr(disk, "_write_synced", write)
    monkeypatch.setattr(disk, "sync_folder", sync)
    archive.put(b"bytes")
    assert steps == [("written", True, False), ("folder synced", name[:2], True)]


def test_bytes_and_names_are_synced(archive, monkeypatch):
    synced, real_sync = [], os.fsync

    def sync(descriptor):
        synced.append(stat.S_ISDIR(os.fstat(descriptor).st_mode))
        real_sync(descriptor)

    monkeypatch.setattr(os, "fsync", sync)
    archive.put(b"bytes")
    assert synced == [True, False, True]  # the new shard's name, the bytes, the blob's name


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_full_disk_leaves_no_trace(archive, monkeypatch, number):
    def half(file, content):
        file.write_bytes(content[: len(content) // 2])
        raise OSError(number, "full")

    monkeypatch.setattr(disk, "_write_synced", half)
    with pytest.raises(BookFullError, match="no room left on the disk"):
        archive.put(LONG)
    assert list(archive.names()) == archive.unfinished() == []


def test_other_errors_of_the_disk_are_one_line(archive, monkeypatch):
    def fail(file, content):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(disk, "_write_synced", fail)
    with pytest.raises(BookError, match="Input/output error"):
        archive.put(LONG)


def test_unfinished_files_are_no_blobs_and_can_be_cleared(archive):
    name = archive.put(LONG)
    spare = archive.path(name).with_name(f"{disk.UNFINISHED}1-2-{name}.zst")
    spare.write_bytes(b"half")
    assert list(archive.names()) == [name]
    assert archive.unfinished() == [spare]
    archive.clear_unfinished()
    assert archive.unfinished() == []
    assert name in archive
