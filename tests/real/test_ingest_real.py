"""The whole real series through the whole door: what the design measured must come out."""

from __future__ import annotations

import resource

import pytest

from contested.history.calendar import MapCalendar
from contested.jobs.ingest import ingest
from contested.jobs.series import load_series
from contested.jobs.verify import verify
from contested.store.book import Book
from real_series import DAILY, FULL

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    book = Book.create(tmp_path_factory.mktemp("real") / "war.book")
    return book, ingest(book, "deepstate", [FULL])


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


def test_the_book_is_small_whole_and_made_in_little_memory(filled):
    book, _ = filled
    size = sum(file.stat().st_size for file in book.path.rglob("*") if file.is_file())
    assert size < 40e6
    assert book.derived.series_file("deepstate").stat().st_size < 3e6
    whole = verify(book)
    assert (whole.snapshots, whole.sightings, whole.blobs, whole.orphans) == (1354, 5, 1354, 0)
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert child < 300 * 1024


def test_a_second_run_finds_nothing_new(filled):
    book, _ = filled
    head = book.ledger.head()
    again = ingest(book, "deepstate", [FULL])
    assert (again.read, again.new, again.seen_before) == (1359, 0, 1359)
    assert book.ledger.head() == head


def test_the_daily_series_beside_it(filled):
    book, _ = filled
    report = ingest(book, "deepstate_daily", [DAILY])
    assert (report.read, report.new, report.failed) == (505, 505, ())
    series = load_series(book, "deepstate_daily")
    assert str(series.snapshots[0].as_of) == "2024-07-07"
    assert len(load_series(book, "deepstate")) == 1359
