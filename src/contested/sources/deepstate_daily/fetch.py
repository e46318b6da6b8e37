"""Ask the public mirror for daily files, one at a time, for the user's own book."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from contested.sources.download import Limits, Outcome, download

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import httpx

FIRST_FILE = date(2024, 7, 8)
MISSING = frozenset(
    {
        date(2024, 8, 18),
        date(2024, 8, 19),
        date(2025, 1, 1),
        date(2025, 3, 31),
        date(2025, 4, 1),
        date(2025, 11, 26),
    }
)
"""Days known to have no file: not asked for."""

REVISED_DAYS = 3
"""A held file this young is asked for again, with its ETag; older ones stay as they are."""

LIMITS = Limits()
PAUSE_S = 0.5


@dataclass(frozen=True, slots=True)
class DailyFile:
    """What became of one file: its bytes are there with `FETCHED` only."""

    day: date
    name: str
    outcome: Outcome
    content: bytes = b""
    etag: str | None = None


def file_name(day: date) -> str:
    """Return the name of the file of a day."""
    return f"deepstatemap_data_{day:%Y%m%d}.geojson"


def wanted_days(
    first: date,
    last: date,
    *,
    today: date,
    held: frozenset[date],
    absent: frozenset[date] = frozenset(),
) -> tuple[date, ...]:
    """Return the days of the files to ask for, oldest first.

    Parameters
    ----------
    first, last
        Days of files (not of maps), both included; nothing before `FIRST_FILE` exists.
    today
        The day of asking, UTC: files of later days do not exist yet.
    held
        Days whose files are held: left out, but for the last `REVISED_DAYS`.
    absent
        Days that were asked for before and had no file.
    """
    start, end = max(first, FIRST_FILE), min(last, today)
    days = (start + timedelta(days=n) for n in range((end - start).days + 1))
    recent = today - timedelta(days=REVISED_DAYS)
    return tuple(
        day
        for day in days
        if day not in MISSING and day not in absent and (day not in held or day > recent)
    )


def fetch_days(
    client: httpx.Client,
    base_url: str,
    days: Sequence[date],
    *,
    etags: Mapping[str, str],
    limits: Limits = LIMITS,
    pause_s: float = PAUSE_S,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[DailyFile]:
    """Ask for the files of some days, one request at a time.

    Parameters
    ----------
    base_url
        Address of the folder of the files, with a slash at its end.
    etags
        File name to the tag of the bytes held: an unchanged file is not sent again.

    Yields
    ------
    DailyFile
        One for each day, as soon as it is there, so that an interruption loses nothing.

    Raises
    ------
    FetchError
        If a file cannot be had; what was yielded before stays good.
    """
    for number, day in enumerate(days):
        if number:
            sleep(pause_s)
        name = file_name(day)
        reply = download(
            client,
            base_url + name,
            etag=etags.get(name),
            limits=limits,
            sleep=sleep,
            clock=clock,
        )
        yield DailyFile(day, name, reply.outcome, reply.content, reply.etag)
