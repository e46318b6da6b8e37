"""The user's own series: combat reports, casualties, air attacks, shares; kept in the book."""

from __future__ import annotations

import csv
import io
import math
import re
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from contested.checks.needs import OwnRow
from contested.errors import InputError, UsageError
from contested.jobs.clock import utc_now
from contested.records import Draft

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from contested.records import Entry
    from contested.store.book import Book

KIND: Final = "own_series"
COLUMNS: Final = ("date", "place", "value", "unit", "source")
LARGEST_BYTES: Final = 20 * 1024 * 1024
_NAME: Final = re.compile(r"[\w-]{1,60}")


def add_series(
    book: Book, path: Path, name: str, *, now: Callable[[], datetime] = utc_now
) -> tuple[int, str]:
    """Add a CSV file as a series, and return its number of rows and its hash.

    The file has the columns date, place (or sector), value, unit, source. A file added later
    under the same name answers in place of the earlier one, which stays in the archive.

    Raises
    ------
    InputError
        If the file is not such a table; every faulty line is named, up to ten.
    UsageError
        If the name is not letters, digits, hyphens and underscores.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(f"--name {name!r}: use letters, digits, hyphens and underscores")
    content = _content(path)
    rows = list(parse_rows(content, path.name, name))
    digest = sha256(content).hexdigest()
    with book.writing() as ledger:
        book.archive.put(content)
        body = {"name": name, "file": path.name, "rows": len(rows)}
        ledger.append([Draft(KIND, now(), body, None, digest)])
    return len(rows), digest


def held_series(book: Book) -> dict[str, Entry]:
    """Return the newest entry of every series by name."""
    return {str(one.body["name"]): one for one in book.ledger.entries(KIND)}


def rows_between(book: Book, first: date, last: date, words: tuple[str, ...]) -> tuple[OwnRow, ...]:
    """Return the rows of a span whose place or series is named by one of some words."""
    found: list[OwnRow] = []
    for name, entry in sorted(held_series(book).items()):
        content = book.archive.get(str(entry.sha256))
        for row in parse_rows(content, str(entry.body["file"]), name):
            named = f"{row.what} {row.series}".lower().replace("_", " ")
            if first <= row.day <= last and any(word in named for word in words):
                found.append(row)
    return tuple(found)


def parse_rows(content: bytes, file: str, name: str) -> Iterator[OwnRow]:
    """Yield the rows of a series.

    Raises
    ------
    InputError
        If columns are missing or rows are faulty.
    """
    try:
        table = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
        columns = {(one or "").strip().lower() for one in table.fieldnames or ()}
        raw = list(table)
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{file}: is not a CSV file in UTF-8 ({error})") from None
    if missing := sorted(set(COLUMNS) - columns - ({"place"} if "sector" in columns else set())):
        raise InputError(
            f"{file}: the column {missing[0]!r} is missing; it needs {', '.join(COLUMNS)}"
        )
    digest = sha256(content).hexdigest()
    faults: list[str] = []
    rows: list[OwnRow] = []
    for line, row in enumerate(raw, 2):
        try:
            rows.append(_row(row, name, digest))
        except (ValueError, TypeError, AttributeError) as error:
            faults.append(f"line {line}: {error}")
    if faults:
        raise InputError(f"{file}: nothing was added: {'; '.join(faults[:10])}")
    yield from rows


def _row(row: dict[str, str], name: str, digest: str) -> OwnRow:
    cells = {key.strip().lower(): (value or "").strip() for key, value in row.items() if key}
    value = float(cells["value"].replace(",", ""))
    if not math.isfinite(value):
        raise ValueError(f"{cells['value']!r} is not a number")
    return OwnRow(
        series=name,
        day=date.fromisoformat(cells["date"]),
        what=cells.get("place") or cells.get("sector") or name,
        value=value,
        unit=cells["unit"],
        source=cells["source"],
        sha256=digest,
    )


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise InputError(f"{path}: is larger than {LARGEST_BYTES // 2**20} MiB")
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from None
