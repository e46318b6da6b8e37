"""The whole real series through the whole door: what the design measured must come out."""

from __future__ import annotations

import shutil
import subprocess
import sys

import msgspec
import pytest

from contested.history.calendar import MapCalendar
from contested.jobs.ingest import IngestReport, ingest
from contested.jobs.series import load_series
from contested.jobs.verify import verify
from contested.store.book import Book
from real_series import DAILY, FULL

pytestmark = pytest.mark.real


INGEST = """
import resource, sys
from pathlib import Path
import msgspec
from contested.jobs.ingest import IngestReport, ingest
from contested.store.book import Book
report = ingest(Book.create(Path(sys.argv[1])), "deepstate", [sys.argv[2]])
own, children = (
    resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
)
cpu = sum(use.ru_utime + use.ru_stime for use in (own, children))
# Not ru_maxrss: Linux hands a new process the peak of the one that forked it.
status = Path("/proc/self/status").read_text()
peak_kb = int(status.partition("VmHWM:")[2].split()[0])
print(msgspec.json.encode([report, peak_kb, children.ru_maxrss, cpu]).decode())
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """One ingest in a process of its own, so that its memory and time are its own."""
    path = tmp_path_factory.mktemp("real") / "war.book"
    command = [sys.executable, "-c", INGEST, str(path), str(FULL)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    kinds = tuple[IngestReport, int, int, float]
    return Book.open(path), *msgspec.json.decode(said, type=kinds)


@pytest.fixture(scope="module")
def filled(run):
    return run[0], run[1]


def test_every_map_of_the_full_series_goes_in(filled):
    _, report = filled
    assert (report.read, report.new, report.seen_before) == (1359, 1354, 5)
    assert (report.quarantined, report.failed, report.snapshots) == ((), (), 1359)


def test_points_and_stray_parts_are_dropped_and_told(filled):
    _, report = filled
    assert report.points_dropped == 344_204
    assert [round(part.area_km2) for part in report.dropped] == [25_723, 527, 527, 527]
    assert sum(part.maps for part in report.dropped[1:]) == 277
    assert len(report.repaired) == 36


def test_days_with_and_without_a_map(filled):
    book, _ = filled
    coverage = MapCalendar("deepstate", load_series(book, "deepstate").snapshots).coverage()
    assert (coverage.snapshots, coverage.days_with_map) == (1359, 1123)
    assert len(coverage.days_missing) == 96


def test_the_book_is_small_whole_and_made_in_little_memory(run):
    book, _, own_kb, child_kb, cpu_s = run
    size = sum(file.stat().st_size for file in book.path.rglob("*") if file.is_file())
    assert size < 40e6
    assert book.derived.series_file("deepstate").stat().st_size < 3e6
    whole = verify(book)
    assert (whole.snapshots, whole.sightings, whole.blobs, whole.orphans) == (1354, 5, 1354, 0)
    assert own_kb + child_kb < 700 * 1024
    assert cpu_s < 150


def test_a_second_run_finds_nothing_new(filled):
    book, _ = filled
    head = book.ledger.head()
    again = ingest(book, "deepstate", [FULL])
    assert (again.read, again.new, again.seen_before) == (1359, 0, 1359)
    assert book.ledger.head() == head


def test_the_daily_series_beside_it(filled, tmp_path):
    # Into a copy: the book is every test's of this file, in whatever order they run.
    book = Book.open(shutil.copytree(filled[0].path, tmp_path / "war.book"))
    report = ingest(book, "deepstate_daily", [DAILY])
    assert (report.read, report.new, report.failed) == (505, 505, ())
    series = load_series(book, "deepstate_daily")
    assert str(series.snapshots[0].as_of) == "2024-07-07"
    assert len(load_series(book, "deepstate")) == 1359
