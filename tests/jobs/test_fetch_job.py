"""Fetching into a book from a publisher on the loopback interface."""

from __future__ import annotations

import json
import socket
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from contested.errors import BookError, BookLockedError, FetchError, NoNetworkError, UsageError
from contested.jobs.fetch import Fetched, Network, fetch, fetchable
from contested.jobs.update import Updated, update
from contested.records import Draft, EntryKind
from contested.sources.deepstate_daily.fetch import file_name
from contested.sources.deepstate_daily.parse import parse
from contested.sources.download import Limits
from contested.store.book import Book
from contested.store.incoming import FetchState, Incoming
from loopback import Answer, Publisher, publishing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from contested.records import ControlMap, Source

NOW = datetime(2025, 8, 3, 6, tzinfo=UTC)
DAYS = (date(2025, 8, 1), date(2025, 8, 2), date(2025, 8, 3))


class InProcess:
    """Reads in this process: the files are the test's own."""

    def read(self, content: bytes, file: str) -> ControlMap:
        return parse(content, file)


def hold(book: Book, *days: date) -> None:
    """Enter files of these days as if they had been ingested."""
    with book.writing() as ledger:
        ledger.append(
            Draft(
                kind=EntryKind.SNAPSHOT,
                at=NOW,
                body={
                    "file": file_name(day),
                    "as_of": (day - timedelta(days=1)).isoformat(),
                    "published": datetime.combine(day, time(0), UTC).isoformat(),
                },
                source="deepstate_daily",
                sha256=sha256(day.isoformat().encode()).hexdigest(),
            )
            for day in days
        )


def a_map(offset: float) -> bytes:
    """Return a daily file: one square degree, so far east."""
    west = 35 + offset
    ring = [[west, 48], [west + 1, 48], [west + 1, 49], [west, 49], [west, 48]]
    geometry = {"type": "MultiPolygon", "coordinates": [[ring]]}
    feature = {"type": "Feature", "properties": {}, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with publishing() as found:
        for day in DAYS:
            found.will("/" + file_name(day), Answer(200, a_map(day.day / 10), {"ETag": f'"{day}"'}))
        yield found


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    found = Book.create(tmp_path / "small.book")
    yield found
    found.close()


def accepted(_: Source) -> bool:
    return True


def network(publisher: Publisher, now: datetime = NOW) -> Network:
    return Network(
        base_url=publisher.url,
        limits=Limits(attempts=2, timeout_s=1),
        pause_s=0,
        now=lambda: now,
        sleep=lambda _: None,
    )


def run(book: Book, publisher: Publisher, now: datetime = NOW, **options: Any) -> Fetched:
    options = {"accept": accepted, "first": DAYS[0], "network": network(publisher, now)} | options
    return fetch(book, "deepstate_daily", **options)


def test_new_files_wait_in_the_book(book: Book, publisher: Publisher) -> None:
    found = run(book, publisher)
    assert found == Fetched(
        "deepstate_daily",
        asked=3,
        files=tuple(book.path / "incoming/deepstate_daily" / file_name(day) for day in DAYS),
        next_at=NOW + timedelta(hours=1),
    )
    assert [file.read_bytes() for file in found.files] == [a_map(day.day / 10) for day in DAYS]
    assert publisher.paths == ["/" + file_name(day) for day in DAYS]


def test_progress_is_told_file_by_file(book: Book, publisher: Publisher) -> None:
    told: list[tuple[int, int]] = []
    run(book, publisher, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_terms_are_asked_once_and_before_the_publisher(book: Book, publisher: Publisher) -> None:
    shown: list[str] = []

    def accept(source: Source) -> bool:
        assert publisher.asked == []
        shown.append(source.name)
        return True

    run(book, publisher, accept=accept)
    run(book, publisher, NOW + timedelta(hours=2), accept=accept)
    assert shown == ["deepstate_daily"]
    (entry,) = book.ledger.entries(EntryKind.TERMS_SHOWN)
    assert entry.at == NOW
    assert entry.body["terms_url"] == "https://deepstatemap.live/license-en.html"


def test_without_accepted_terms_nothing_is_fetched(book: Book, publisher: Publisher) -> None:
    with pytest.raises(UsageError, match="terms were not accepted"):
        run(book, publisher, accept=lambda _: False)
    assert publisher.asked == []
    assert list(book.ledger.entries()) == []
    assert not (book.path / "incoming").exists()


@pytest.mark.parametrize(("minutes", "asks"), [(59, False), (60, True)])
def test_at_most_hourly(book: Book, publisher: Publisher, minutes: int, asks: bool) -> None:  # noqa: FBT001
    run(book, publisher)
    publisher.asked.clear()
    found = run(book, publisher, NOW + timedelta(minutes=minutes))
    assert found.too_soon is not asks
    assert bool(publisher.asked) is asks
    assert found.next_at == NOW + timedelta(minutes=60 if not asks else 120)


def test_a_clock_that_was_set_back_does_not_lock_the_fetch(
    book: Book, publisher: Publisher
) -> None:
    run(book, publisher, NOW + timedelta(days=365), last=DAYS[2])
    assert not run(book, publisher, NOW).too_soon


def test_held_files_are_asked_for_with_their_tag_while_young(
    book: Book, publisher: Publisher
) -> None:
    files = run(book, publisher).files
    for day in DAYS:
        hold(book, day)
    Incoming(book.path, "deepstate_daily").remove(files)
    publisher.script.clear()
    publisher.will("/" + file_name(DAYS[1]), Answer(304))
    publisher.will("/" + file_name(DAYS[2]), Answer(200, b"revised", {"ETag": '"r"'}))
    publisher.asked.clear()
    # On 4 August files of the last three days are young: those of 2, 3 and 4 August.
    found = run(book, publisher, NOW + timedelta(days=1))
    assert publisher.paths == ["/" + file_name(DAYS[1] + timedelta(days=n)) for n in range(3)]
    assert publisher.asked[0][1]["If-None-Match"] == '"2025-08-02"'
    assert [file.name for file in found.files] == [file_name(DAYS[2])]
    assert (found.unchanged, found.absent) == (1, (date(2025, 8, 4),))
    assert Incoming(book.path, "deepstate_daily").state().etags[file_name(DAYS[2])] == '"r"'


def test_a_day_long_without_a_file_is_not_asked_for_again(book: Book, publisher: Publisher) -> None:
    publisher.script.clear()
    old, recent = date(2025, 7, 19), date(2025, 7, 20)  # 15 and 14 days before
    run(book, publisher, first=old, last=recent)
    publisher.asked.clear()
    run(book, publisher, NOW + timedelta(hours=1), first=old, last=recent)
    assert publisher.paths == ["/" + file_name(recent)]


def test_days_ahead_are_not_asked_for(book: Book, publisher: Publisher) -> None:
    assert run(book, publisher, last=date(2030, 1, 1)).asked == 3


def test_what_came_before_an_error_is_kept_and_not_asked_for_again(
    book: Book, publisher: Publisher
) -> None:
    early = (date(2025, 7, 1), date(2025, 7, 2))
    publisher.will("/" + file_name(early[0]), Answer(200, b"early"))
    publisher.will("/" + file_name(early[1]), Answer(500), Answer(500), Answer(200, b"mended"))
    with pytest.raises(FetchError, match="answers 500"):
        run(book, publisher, first=early[0], last=early[1])
    waiting = Incoming(book.path, "deepstate_daily").files()
    assert [file.name for file in waiting] == [file_name(early[0])]
    assert run(book, publisher, first=early[0], last=early[1]).too_soon
    publisher.asked.clear()
    found = run(book, publisher, NOW + timedelta(hours=1), first=early[0], last=early[1])
    assert publisher.paths == ["/" + file_name(early[1])]
    assert found.files[0].read_bytes() == b"mended"


def test_without_network_one_line_and_the_next_run_may_start_at_once(
    book: Book, publisher: Publisher
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nobody = Publisher(url=f"http://127.0.0.1:{taken.getsockname()[1]}/")
    with pytest.raises(NoNetworkError, match="is there a network") as caught:
        run(book, nobody)
    assert "\n" not in str(caught.value)
    assert run(book, publisher).asked == 3


def test_a_state_file_that_is_not_one_costs_requests_only(book: Book, publisher: Publisher) -> None:
    run(book, publisher)
    (book.path / "incoming/deepstate_daily.json").write_text("{not json")
    assert Incoming(book.path, "deepstate_daily").state() == FetchState()
    assert not run(book, publisher).too_soon


def test_what_is_remembered_is_read_back(tmp_path: Path) -> None:
    incoming = Incoming(tmp_path, "deepstate_daily")
    state = FetchState(NOW, {"a": '"1"'}, frozenset({date(2025, 1, 2)}))
    incoming.remember(state)
    assert incoming.state() == state
    assert json.loads((tmp_path / "incoming/deepstate_daily.json").read_text())["etags"]


def test_what_a_kill_left_half_written_does_not_wait_and_is_tidied(tmp_path: Path) -> None:
    incoming = Incoming(tmp_path, "deepstate_daily")
    whole = incoming.keep(file_name(DAYS[0]), b"map")
    half = whole.with_name(f".unfinished-1-0-{file_name(DAYS[1])}")
    half.write_bytes(b"ma")
    assert incoming.files() == [whole]
    incoming.remove([whole])
    assert list(incoming.folder.iterdir()) == []


def test_a_folder_that_cannot_be_written_to(book: Book, publisher: Publisher) -> None:
    (book.path / "incoming").write_text("a file where the folder should be")
    with pytest.raises(BookError, match="incoming"):
        run(book, publisher)


@pytest.mark.parametrize("name", ["deepstate", "settlements"])
def test_a_source_without_public_files(name: str) -> None:
    with pytest.raises(UsageError, match=f"contested ingest {name} FILES"):
        fetchable(name)


def run_update(book: Book, publisher: Publisher, now: datetime = NOW) -> Updated:
    return update(
        book,
        "deepstate_daily",
        accept=accepted,
        first=DAYS[0],
        network=network(publisher, now),
        reader=InProcess(),
    )


def of_days(book: Book) -> list[str]:
    """Return the names of the files that the book took in, in that order."""
    entries = book.ledger.entries(EntryKind.SNAPSHOT, source="deepstate_daily")
    return [str(entry.body["file"]) for entry in entries]


def waiting(book: Book) -> list[str]:
    return [file.name for file in Incoming(book.path, "deepstate_daily").files()]


def test_repeated_bytes_count_as_held(book: Book, publisher: Publisher) -> None:
    hold(book, date(2025, 6, 1))
    with book.writing() as ledger:
        (entry,) = ledger.entries(EntryKind.SNAPSHOT)
        body = entry.body | {"as_of": "2025-06-01", "published": "2025-06-02T00:00:00+00:00"}
        ledger.append(
            [Draft(EntryKind.SIGHTING, NOW, body, source="deepstate_daily", sha256=entry.sha256)]
        )
    assert run(book, publisher, first=date(2025, 6, 1), last=date(2025, 6, 2)).asked == 0
    assert run(book, publisher, first=date(2025, 6, 1), last=date(2025, 6, 3)).asked == 1


def test_update_fetches_ingests_and_tidies(book: Book, publisher: Publisher) -> None:
    done = run_update(book, publisher)
    assert done.fetched.asked == 3
    assert done.ingested is not None
    assert (done.ingested.read, done.ingested.new) == (3, 3)
    assert of_days(book) == [file_name(day) for day in DAYS]
    assert waiting(book) == []


def test_update_with_nothing_new_ingests_nothing(book: Book, publisher: Publisher) -> None:
    run_update(book, publisher)
    done = run_update(book, publisher, NOW + timedelta(minutes=5))
    assert done.fetched.too_soon
    assert done.ingested is None


def test_files_stay_when_the_book_is_busy_and_the_next_update_takes_them(
    book: Book, publisher: Publisher
) -> None:
    run(book, publisher)
    with book.writing(), pytest.raises(BookLockedError):
        run_update(book, publisher)
    assert waiting(book) == [file_name(day) for day in DAYS]
    done = run_update(book, publisher, NOW + timedelta(minutes=5))
    assert done.fetched.too_soon
    assert of_days(book) == [file_name(day) for day in DAYS]
    assert waiting(book) == []


def test_update_ingests_what_came_before_an_error_and_then_says_so(
    book: Book, publisher: Publisher
) -> None:
    publisher.script["/" + file_name(DAYS[1])].clear()
    publisher.will("/" + file_name(DAYS[1]), Answer(403))
    with pytest.raises(FetchError, match="403"):
        run_update(book, publisher)
    assert of_days(book) == [file_name(DAYS[0])]


def test_a_file_that_cannot_be_read_is_reported_and_asked_for_anew(
    book: Book, publisher: Publisher
) -> None:
    publisher.script["/" + file_name(DAYS[1])].clear()
    publisher.will(
        "/" + file_name(DAYS[1]),
        Answer(200, b"{half a map", {"ETag": '"broken"'}),
        Answer(200, a_map(0.2), {"ETag": '"mended"'}),
    )
    done = run_update(book, publisher)
    assert done.ingested is not None
    assert [file_name(DAYS[1]) in one.message for one in done.ingested.failed] == [True]
    assert waiting(book) == []
    publisher.asked.clear()
    run_update(book, publisher, NOW + timedelta(hours=1))
    headers = dict(publisher.asked)["/" + file_name(DAYS[1])]
    assert "If-None-Match" not in headers
    assert of_days(book) == [file_name(DAYS[n]) for n in (0, 2, 1)]
