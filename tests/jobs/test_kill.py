"""`kill -9` at any moment: what was told is kept, and the next run goes on from there."""

from __future__ import annotations

import random
import subprocess
import sys
import time

import pytest

from contested.jobs.ingest import ingest
from contested.jobs.series import load_series
from contested.jobs.verify import verify
from contested.store.book import Book
from mapfiles import write_series

SCRIPT = """
import sys
from pathlib import Path
from contested.jobs.ingest import ingest
from contested.store.book import Book

def tell(done):
    print(done.outcome, done.sha256, flush=True)

ingest(Book.open(Path(sys.argv[1])), "deepstate", [sys.argv[2]], progress=tell)
"""
MAPS, KILLS = 160, 10


def ingest_and_kill(book, maps, news, delay_s):
    """Kill a run a moment after it has told of so many new maps; return all it told of."""
    told = []
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(book), str(maps)], stdout=subprocess.PIPE
    ) as run:
        while len(told) < news and (line := run.stdout.readline()):
            told += new_maps(line)
        time.sleep(delay_s)
        run.kill()
        return told + new_maps(run.stdout.read())


def new_maps(output: bytes) -> list[str]:
    """Return the hashes of the maps that whole lines tell of as new."""
    whole = output[: output.rfind(b"\n") + 1].decode().splitlines()
    return [line.rpartition(" ")[2] for line in whole if line.startswith("new ")]


@pytest.fixture(scope="module")
def maps(tmp_path_factory):
    folder = tmp_path_factory.mktemp("series") / "maps"
    write_series(folder, MAPS)
    return folder


def test_killed_again_and_again(maps, tmp_path):
    path = tmp_path / "war.book"
    Book.create(path).close()
    chance, acknowledged = random.Random(20250803), []  # noqa: S311
    for _ in range(KILLS):
        new = ingest_and_kill(path, maps, chance.randint(1, 12), chance.uniform(0, 0.02))
        assert new, "nothing was told of before the kill: the run does not count"
        acknowledged += new
        book = Book.open(path)
        report = verify(book)
        held = {entry.sha256 for entry in book.ledger.entries("snapshot")}
        assert report.snapshots == len(held) < MAPS
        assert held >= set(acknowledged)
        book.close()
    book = Book.open(path)
    rest = ingest(book, "deepstate", [maps])
    assert (rest.read, rest.failed) == (MAPS, ())
    assert (rest.new + rest.seen_before, rest.snapshots) == (MAPS, MAPS)
    assert verify(book).unfinished == 0
    assert_like_one_run(book, maps, tmp_path)


def assert_like_one_run(book, maps, tmp_path):
    whole = Book.create(tmp_path / "whole.book")
    ingest(whole, "deepstate", [maps])
    assert len(load_series(book, "deepstate")) == MAPS
    files = [b.derived.series_file("deepstate").read_bytes() for b in (book, whole)]
    assert files[0] == files[1]


LIMITED = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (120_000, 120_000))
""" + SCRIPT.replace(
    "ingest(Book",
    "from contested.errors import BookFullError\ntry:\n    ingest(Book",
) + "\nexcept BookFullError as full:\n    sys.exit(str(full))"  # fmt: skip


def test_files_that_may_not_grow_stop_the_ledger_cleanly(maps, tmp_path):
    """The kernel refuses the ledger's log to grow, as a full disk does."""
    book = Book.create(tmp_path / "war.book")
    run = subprocess.run(
        [sys.executable, "-c", LIMITED, str(book.path), str(maps)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert "no room left on the disk" in run.stderr
    assert run.stderr.count("\n") == 1
    told = [line.rpartition(" ")[2] for line in run.stdout.splitlines()]
    held = [entry.sha256 for entry in book.ledger.entries("snapshot")]
    assert 0 < len(told) < MAPS
    assert held[: len(told)] == told
    verify(book)
    assert ingest(book, "deepstate", [maps]).snapshots == MAPS
