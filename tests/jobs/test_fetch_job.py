"""Fetching into a book from a publisher on the loopback interface."""

from __future__ import annotations

import json
import socket
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from contested.errors import BookError, FetchError, NoNetworkError, UsageError
from contested.jobs.fetch import Fetched, Network, fetch, fetchable
from contested.jobs.update import update
from contested.records import Draft, EntryKind
from contested.sources.deepstate_daily.fetch import file_name
from contested.sources.download import Limits
from contested.store.incoming import FetchState, Incoming
from contested.store.ledger import Ledger
from loopback import Answer, Publisher, publishing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from contested.records import Source

NOW = datetime(2025, 8, 3, 6, tzinfo=UTC)
DAYS = (date(2025, 8, 1), date(2025, 8, 2), date(2025, 8, 3))


@dataclass
class SmallBook:
    """A folder with a real ledger: what the job needs of a book."""

    path: Path
    ledger: Ledger = field(init=False)

    def __post_init__(self) -> None:
        Ledger.create(self.path / "ledger.sqlite")
        self.ledger = Ledger.read(self.path / "ledger.sqlite")

    @contextmanager
    def writing(self) -> Iterator[Ledger]:
        ledger = Ledger.write(self.path / "ledger.sqlite")
        yield ledger
        ledger.close()

    def hold(self, day_of_file: date) -> None:
        as_of = (day_of_file - timedelta(days=1)).isoformat()
        with self.writing() as ledger:
            ledger.append(
                [
                    Draft(
                        kind=EntryKind.SNAPSHOT,
                        at=NOW,
                        body={"as_of": as_of},
                        source="deepstate_daily",
                        sha256="0" * 64,
                    )
                ]
            )


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with publishing() as found:
        for day in DAYS:
            found.will(
                "/" + file_name(day), Answer(200, f"map {day}".encode(), {"ETag": f'"{day}"'})
            )
        yield found


@pytest.fixture
def book(tmp_path: Path) -> Iterator[SmallBook]:
    found = SmallBook(tmp_path)
    yield found
    found.ledger.close()


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


def run(book: Any, publisher: Publisher, now: datetime = NOW, **options: Any) -> Fetched:
    options = {"accept": accepted, "first": DAYS[0], "network": network(publisher, now)} | options
    return fetch(book, "deepstate_daily", **options)


def test_new_files_wait_in_the_book(book: SmallBook, publisher: Publisher) -> None:
    found = run(book, publisher)
    assert found == Fetched(
        "deepstate_daily",
        asked=3,
        files=tuple(book.path / "incoming/deepstate_daily" / file_name(day) for day in DAYS),
        next_at=NOW + timedelta(hours=1),
    )
    assert [file.read_text() for file in found.files] == [f"map {day}" for day in DAYS]
    assert publisher.paths == ["/" + file_name(day) for day in DAYS]


def test_progress_is_told_file_by_file(book: SmallBook, publisher: Publisher) -> None:
    told: list[tuple[int, int]] = []
    run(book, publisher, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_terms_are_asked_once_and_before_the_publisher(
    book: SmallBook, publisher: Publisher
) -> None:
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


def test_without_accepted_terms_nothing_is_fetched(book: SmallBook, publisher: Publisher) -> None:
    with pytest.raises(UsageError, match="terms were not accepted"):
        run(book, publisher, accept=lambda _: False)
    assert publisher.asked == []
    assert list(book.ledger.entries()) == []
    assert not (book.path / "incoming").exists()


@pytest.mark.parametrize(("minutes", "asks"), [(59, False), (60, True)])
def test_at_most_hourly(book: SmallBook, publisher: Publisher, minutes: int, asks: bool) -> None:  # noqa: FBT001
    run(book, publisher)
    publisher.asked.clear()
    found = run(book, publisher, NOW + timedelta(minutes=minutes))
    assert found.too_soon is not asks
    assert bool(publisher.asked) is asks
    assert found.next_at == NOW + timedelta(minutes=60 if not asks else 120)


def test_a_clock_that_was_set_back_does_not_lock_the_fetch(
    book: SmallBook, publisher: Publisher
) -> None:
    run(book, publisher, NOW + timedelta(days=365), last=DAYS[2])
    assert not run(book, publisher, NOW).too_soon


def test_held_files_are_asked_for_with_their_tag_while_young(
    book: SmallBook, publisher: Publisher
) -> None:
    files = run(book, publisher).files
    for day in DAYS:
        book.hold(day)
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


def test_a_day_long_without_a_file_is_not_asked_for_again(
    book: SmallBook, publisher: Publisher
) -> None:
    publisher.script.clear()
    old, recent = date(2025, 7, 19), date(2025, 7, 20)  # 15 and 14 days before
    run(book, publisher, first=old, last=recent)
    publisher.asked.clear()
    run(book, publisher, NOW + timedelta(hours=1), first=old, last=recent)
    assert publisher.paths == ["/" + file_name(recent)]


def test_days_ahead_are_not_asked_for(book: SmallBook, publisher: Publisher) -> None:
    assert run(book, publisher, last=date(2030, 1, 1)).asked == 3


def test_what_came_before_an_error_is_kept_and_not_asked_for_again(
    book: SmallBook, publisher: Publisher
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
    book: SmallBook, publisher: Publisher
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nobody = Publisher(url=f"http://127.0.0.1:{taken.getsockname()[1]}/")
    with pytest.raises(NoNetworkError, match="is there a network") as caught:
        run(book, nobody)
    assert "\n" not in str(caught.value)
    assert run(book, publisher).asked == 3


def test_a_state_file_that_is_not_one_costs_requests_only(
    book: SmallBook, publisher: Publisher
) -> None:
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


def test_a_folder_that_cannot_be_written_to(book: SmallBook, publisher: Publisher) -> None:
    (book.path / "incoming").write_text("a file where the folder should be")
    with pytest.raises(BookError, match="incoming"):
        run(book, publisher)


@pytest.mark.parametrize("name", ["deepstate", "settlements"])
def test_a_source_without_public_files(name: str) -> None:
    with pytest.raises(UsageError, match=f"contested ingest {name} FILES"):
        fetchable(name)


class Ingesting:
    """An ingest that notes what it was given."""

    def __init__(self, fails: Exception | None = None) -> None:
        self.given: list[str] = []
        self.fails = fails
        self.rebuilt = 0

    def ingest(self, _book: object, _source: str, paths: Sequence[Path]) -> str:
        assert all(path.is_file() for path in paths)
        self.given += [path.name for path in paths]
        if self.fails:
            raise self.fails
        return f"{len(paths)} read"

    def rebuild(self, _book: object, _source: str) -> None:
        self.rebuilt += 1


def run_update(book: Any, publisher: Publisher, job: Ingesting, now: datetime = NOW) -> Any:
    return update(
        book,
        "deepstate_daily",
        accept=accepted,
        ingest=job.ingest,
        rebuild=job.rebuild,
        network=network(publisher, now),
    )


@pytest.fixture
def nearly_all_held(book: SmallBook) -> SmallBook:
    """Return a book that lacks the last three days only: `update` asks for everything else."""
    day = date(2024, 7, 8)
    with book.writing() as ledger:
        ledger.append(
            Draft(
                kind=EntryKind.SNAPSHOT,
                at=NOW,
                body={"as_of": (day + timedelta(days=n - 1)).isoformat()},
                source="deepstate_daily",
                sha256="0" * 64,
            )
            for n in range((DAYS[0] - day).days)
        )
    return book


def test_update_fetches_ingests_rebuilds_and_tidies(
    nearly_all_held: SmallBook, publisher: Publisher
) -> None:
    job = Ingesting()
    done = run_update(nearly_all_held, publisher, job)
    assert job.given == [file_name(day) for day in DAYS]
    assert job.rebuilt == 1
    assert done.ingested == "3 read"
    assert done.fetched.asked == 3
    assert Incoming(nearly_all_held.path, "deepstate_daily").files() == []


def test_update_with_nothing_new_ingests_nothing(
    nearly_all_held: SmallBook, publisher: Publisher
) -> None:
    run_update(nearly_all_held, publisher, Ingesting())
    job = Ingesting()
    done = run_update(nearly_all_held, publisher, job, NOW + timedelta(minutes=5))
    assert done.fetched.too_soon
    assert done.ingested is None
    assert (job.given, job.rebuilt) == ([], 0)


def test_files_stay_when_ingest_fails_and_the_next_update_takes_them(
    nearly_all_held: SmallBook, publisher: Publisher
) -> None:
    with pytest.raises(BookError):
        run_update(nearly_all_held, publisher, Ingesting(BookError("locked")))
    job = Ingesting()
    run_update(nearly_all_held, publisher, job, NOW + timedelta(minutes=5))
    assert job.given == [file_name(day) for day in DAYS]
    assert job.rebuilt == 1


def test_update_ingests_what_came_before_an_error_and_then_says_so(
    nearly_all_held: SmallBook, publisher: Publisher
) -> None:
    publisher.script["/" + file_name(DAYS[1])].clear()
    publisher.will("/" + file_name(DAYS[1]), Answer(403))
    job = Ingesting()
    with pytest.raises(FetchError, match="403"):
        run_update(nearly_all_held, publisher, job)
    assert job.given == [file_name(DAYS[0])]
    assert job.rebuilt == 1
