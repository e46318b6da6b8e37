"""Fetch a source's public files into the book's folder `incoming`, politely and resumably."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from contested.errors import NoNetworkError, UsageError
from contested.jobs.holdings import Holdings
from contested.jobs.permit import ask, record_terms, terms_pending
from contested.records import Use
from contested.sources.deepstate_daily import fetch as daily
from contested.sources.download import Limits, Outcome, open_client
from contested.sources.registry import source as named_source
from contested.store.incoming import FetchState, Incoming

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from contested.records import Source
    from contested.sources.deepstate_daily.fetch import DailyFile
    from contested.store.book import Book

HOURLY = timedelta(hours=1)
SETTLED_DAYS = 14
"""A day without a file for this long is taken to have none, and not asked for again."""

_FILE_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})\.geojson$")


@dataclass(frozen=True, slots=True)
class Network:
    """How the network and the clock are reached: real ones unless a test hands in others."""

    base_url: str | None = None
    limits: Limits = daily.LIMITS
    pause_s: float = daily.PAUSE_S
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], None] = time.sleep


REAL = Network()


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a run of `fetch` did.

    Attributes
    ----------
    asked
        Number of files asked for.
    files
        The new ones, in the book's folder `incoming`.
    next_at
        When the publisher may be asked again.
    too_soon
        The last run is less than an hour old: nothing was asked.
    """

    source: str
    asked: int = 0
    files: tuple[Path, ...] = ()
    unchanged: int = 0
    absent: tuple[date, ...] = ()
    next_at: datetime | None = None
    too_soon: bool = False


def fetch(
    book: Book,
    source_name: str,
    *,
    accept: Callable[[Source], bool],
    first: date | None = None,
    last: date | None = None,
    network: Network = REAL,
    progress: Callable[[int, int], None] | None = None,
) -> Fetched:
    """Download the files that the book does not have.

    Parameters
    ----------
    accept
        Shows the source's terms and returns whether they are accepted; asked once for a book.
    first, last
        Days of files; everything up to today unless given.
    progress
        Told how many of how many files were asked for.

    Raises
    ------
    UsageError
        If the source has no public files, or its terms were not accepted.
    FetchError
        If the publisher did not deliver; what came before is kept and not asked for again.
    """
    source = fetchable(source_name)
    now = network.now().astimezone(UTC)
    ask(book, source, Use.STORE, as_of=now.date(), now=lambda: now)
    _settle_terms(book, source, accept, now)
    incoming = Incoming(book.path, source.name)
    state = incoming.state()
    next_at = None if state.asked_at is None else state.asked_at + HOURLY
    # A clock that was set back must not lock the fetch for years.
    if next_at is not None and now < next_at <= now + HOURLY:
        return Fetched(source.name, next_at=next_at, too_soon=True)
    days = daily.wanted_days(
        first or daily.FIRST_FILE,
        last or now.date(),
        today=now.date(),
        held=held_days(book, source.name) | waiting_days(incoming),
        absent=state.absent,
    )
    if not days:
        return Fetched(source.name)
    url = network.base_url or str(source.fetch_url)
    return _run(incoming, source.name, days, url=url, network=network, progress=progress)


def fetchable(source_name: str) -> Source:
    """Return a source whose files are public to fetch.

    Raises
    ------
    UsageError
        If it has none.
    """
    source = named_source(source_name)
    if source.fetch_url is None:
        raise UsageError(
            f"{source.name} has no public files to fetch; ask {source.rights.ask}, and read what "
            f"you were given with `contested ingest {source.name} FILES`"
        )
    return source


def held_days(book: Book, source_name: str) -> frozenset[date]:
    """Return the days of the files that the book has, repeated bytes and all."""
    held = Holdings.of(book.ledger, source_name).snapshots()
    return frozenset(snapshot.published.date() for snapshot in held)


def waiting_days(incoming: Incoming) -> frozenset[date]:
    """Return the days of the files that were fetched and wait to be ingested."""
    matches = (_FILE_DAY.search(file.name) for file in incoming.files())
    return frozenset(date.fromisoformat("-".join(match.groups())) for match in matches if match)


def _settle_terms(
    book: Book, source: Source, accept: Callable[[Source], bool], now: datetime
) -> None:
    if not terms_pending(book.ledger, source):
        return
    if not accept(source):
        raise UsageError(f"{source.name}: nothing was fetched, since its terms were not accepted")
    with book.writing() as ledger:
        record_terms(ledger, source, at=now)


def _run(
    incoming: Incoming,
    name: str,
    days: Sequence[date],
    *,
    url: str,
    network: Network,
    progress: Callable[[int, int], None] | None,
) -> Fetched:
    """Ask for the files of some days; what came is kept, whatever happens after it."""
    now = network.now().astimezone(UTC)
    before = incoming.state()
    run = _Run(incoming, now, dict(before.etags), set(before.absent))
    # At once, so that a second process that starts now finds the publisher asked.
    run.remember(now)
    asked_at: datetime | None = now
    try:
        with open_client(network.limits) as client:
            files = daily.fetch_days(
                client,
                url,
                days,
                etags=before.etags,
                limits=network.limits,
                pause_s=network.pause_s,
                sleep=network.sleep,
            )
            for number, file in enumerate(files, start=1):
                run.take(file)
                if progress is not None:
                    progress(number, len(days))
    except (NoNetworkError, KeyboardInterrupt):
        # Not the publisher's doing: the next run may start at once.
        asked_at = before.asked_at
        raise
    finally:
        run.remember(asked_at)
    return Fetched(
        name,
        asked=len(days),
        files=tuple(run.files),
        unchanged=run.unchanged,
        absent=tuple(run.absent),
        next_at=now + HOURLY,
    )


@dataclass(slots=True)
class _Run:
    """What a run has got so far, and what the next one will want to know."""

    incoming: Incoming
    now: datetime
    etags: dict[str, str]
    settled: set[date]
    files: list[Path] = field(default_factory=list)
    absent: list[date] = field(default_factory=list)
    unchanged: int = 0

    def take(self, file: DailyFile) -> None:
        """Keep one answer."""
        if file.outcome is Outcome.UNCHANGED:
            self.unchanged += 1
        elif file.outcome is Outcome.ABSENT:
            self.absent.append(file.day)
            if self.now.date() - file.day > timedelta(days=SETTLED_DAYS):
                self.settled.add(file.day)
        else:
            self.files.append(self.incoming.keep(file.name, file.content))
            if file.etag is not None:
                self.etags[file.name] = file.etag

    def remember(self, asked_at: datetime | None) -> None:
        """Write down what the next run will want to know."""
        self.incoming.remember(FetchState(asked_at, self.etags, frozenset(self.settled)))
