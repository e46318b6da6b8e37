"""Read statuses of settlements from CSV: bytes in, one timeline a settlement out. Pure."""

from __future__ import annotations

import csv
import math
import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from contested.errors import MapFileError
from contested.records import Place, PointStatus, PointTimeline, SnapshotId, Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SOURCE = "settlements"
COLUMNS = ("geonameid", "name", "lat", "lon", "population", "date", "status", "layer")
CARRIES = frozenset(
    {
        Status.FREE,
        Status.OCCUPIED,
        Status.CONTESTED,
        Status.LIBERATED,
        Status.HELD_SINCE_2014,
    }
)
FRAME = (22.0, 44.0, 41.0, 53.5)
"""West, south, east, north in degrees: Ukraine. Swapped axes fall outside."""
POPULATION_SOURCE = "GeoNames"
_MAX_BYTES = 50_000_000
_DATE = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_NAMED = 10


def snapshot_id(content: bytes, file: str) -> SnapshotId:
    """Return which snapshot a file is: its day is that of its newest row.

    Raises
    ------
    MapFileError
        If the file cannot be read.
    """
    rows = parse(content, file)
    as_of = max(status.since for row in rows for status in row.statuses)
    published = datetime.combine(as_of + timedelta(days=1), time(0), UTC)
    return SnapshotId(SOURCE, sha256(content).hexdigest(), as_of, published)


def parse(content: bytes, file: str) -> tuple[PointTimeline, ...]:
    """Read one CSV file.

    Parameters
    ----------
    content
        The file's bytes, UTF-8 with or without a byte order mark.
    file
        Its name, for messages.

    Returns
    -------
    tuple of PointTimeline
        One for each settlement, in the order of its first row; statuses oldest first.

    Raises
    ------
    MapFileError
        If anything is wrong: every fault is gathered with its line, the first ten are named.
    """
    reading = _Reading()
    for line, row in _rows(content, file):
        reading.add(line, row)
    if reading.faults:
        raise MapFileError(file, _listed(reading.faults))
    if not reading.places:
        raise MapFileError(file, "holds no rows under its header")
    return tuple(
        PointTimeline(place, tuple(sorted(reading.statuses[key], key=lambda one: one.since)))
        for key, place in reading.places.items()
    )


def status_on(timeline: PointTimeline, on: date) -> PointStatus | None:
    """Return the status shown on a day; `None` before the first row means "no statement"."""
    shown = [status for status in timeline.statuses if status.since <= on]
    return shown[-1] if shown else None


def _rows(content: bytes, file: str) -> list[tuple[int, Mapping[str, str]]]:
    """Return every row as column to text, with the number of its line counted from 1."""
    if len(content) > _MAX_BYTES:
        raise MapFileError(file, f"larger than {_MAX_BYTES / 1e6:.0f} MB")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MapFileError(file, f"not UTF-8 at byte {error.start}") from error
    # Not str.splitlines: it also splits at characters that are no line ends in CSV.
    reader = csv.reader(text.split("\n"), strict=True)
    try:
        read = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader if cells]
    except csv.Error as error:
        raise MapFileError(file, f"line {reader.line_num}: {error}") from error
    header = read[0][1] if read else []
    if missing := [column for column in COLUMNS if column not in header]:
        raise MapFileError(file, f"line 1: column {', '.join(missing)} missing")
    width = len(header)
    wrong = [f"line {line}: not {width} cells" for line, row in read if len(row) != width]
    if wrong:
        raise MapFileError(file, _listed(wrong))
    return [(line, dict(zip(header, row, strict=True))) for line, row in read[1:]]


@dataclass(slots=True)
class _Reading:
    """One pass over the rows of one file."""

    places: dict[str, Place] = field(default_factory=dict)
    statuses: defaultdict[str, list[PointStatus]] = field(default_factory=lambda: defaultdict(list))
    faults: list[str] = field(default_factory=list)
    first_lines: dict[tuple[str, date], int] = field(default_factory=dict)

    def add(self, line: int, row: Mapping[str, str]) -> None:
        found: list[str] = []
        place = _place(row, found)
        since = _since(row["date"], found)
        status = _status(row["status"], found)
        if not row["layer"]:
            found.append("layer is empty")
        if place is not None and since is not None:
            found += self._conflicts(line, place, since)
        self.faults += [f"line {line}: {fault}" for fault in found]
        if place is None or since is None or status is None or found:
            return
        self.places.setdefault(place.id, place)
        self.statuses[place.id].append(PointStatus(place.id, since, status, row["layer"]))

    def _conflicts(self, line: int, place: Place, since: date) -> list[str]:
        found = []
        if self.places.get(place.id, place) != place:
            found.append(f"{place.id} is described differently in an earlier row")
        first = self.first_lines.setdefault((place.id, since), line)
        if first != line:
            found.append(f"repeats {place.id} on {since}, first given in line {first}")
        return found


def _place(row: Mapping[str, str], faults: list[str]) -> Place | None:
    before = len(faults)
    west, south, east, north = FRAME
    lon = _degrees(row["lon"], "lon", (west, east), faults)
    lat = _degrees(row["lat"], "lat", (south, north), faults)
    if not _whole(row["geonameid"]):
        faults.append(f"geonameid {row['geonameid']!r} is not a whole number")
    if not row["name"]:
        faults.append("name is empty")
    if row["population"] and not _whole(row["population"]):
        faults.append(f"population {row['population']!r} is not a whole number")
    if len(faults) > before:
        return None
    population = int(row["population"]) if row["population"] else None
    return Place(
        id=f"geonames:{int(row['geonameid'])}",
        name=row["name"],
        lon=lon,
        lat=lat,
        population=population,
        population_source=None if population is None else POPULATION_SOURCE,
    )


def _degrees(text: str, axis: str, limits: tuple[float, float], faults: list[str]) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not limits[0] <= value <= limits[1]:  # false for NaN too
        faults.append(f"{axis} {text!r} is not within {limits[0]} to {limits[1]} degrees")
    return value


def _whole(text: str) -> bool:
    return re.fullmatch(r"[0-9]{1,12}", text) is not None


def _since(text: str, faults: list[str]) -> date | None:
    # The pattern first: fromisoformat alone also takes 20250803 and 2025-W31-7.
    try:
        day = date.fromisoformat(text) if _DATE.match(text) else None
    except ValueError:
        day = None
    if day is None:
        faults.append(f"date {text!r} is not a day written YYYY-MM-DD")
    return day


def _status(text: str, faults: list[str]) -> Status | None:
    known = {status.value: status for status in CARRIES}
    if text not in known:
        faults.append(f"status {text!r} is none of {', '.join(sorted(known))}")
    return known.get(text)


def _listed(faults: Sequence[str]) -> str:
    more = f"; and {len(faults) - _NAMED} more faults" if len(faults) > _NAMED else ""
    return "; ".join(faults[:_NAMED]) + more
