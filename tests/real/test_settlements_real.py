"""The facts that may be shipped with the program, read in place."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from contested.records import Status
from contested.sources.settlements.parse import parse, status_on

FILE = Path(__file__).parents[2] / "../shared/data/facts/place_status.csv"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not FILE.is_file(), reason="../shared/data/facts is not here"),
]


def test_every_row_is_read() -> None:
    timelines = parse(FILE.read_bytes(), FILE.name)
    assert len(timelines) == 229
    rows = [status for one in timelines for status in one.statuses]
    # Counted in the file by hand with cut, sort and uniq.
    assert Counter(row.status for row in rows) == {
        Status.OCCUPIED: 194,
        Status.FREE: 187,
        Status.LIBERATED: 169,
        Status.CONTESTED: 133,
        Status.HELD_SINCE_2014: 5,
    }
    assert Counter(row.layer for row in rows) == {"all statuses": 682, "occupied only": 6}


def test_mariupol_on_known_days() -> None:
    timelines = {one.place.name: one for one in parse(FILE.read_bytes(), FILE.name)}
    mariupol = timelines["Mariupol"]
    assert mariupol.place.id == "geonames:701822"
    before, after = status_on(mariupol, date(2022, 4, 15)), status_on(mariupol, date(2022, 4, 16))
    assert status_on(mariupol, date(2022, 4, 2)) is None
    assert before is not None
    assert before.status is Status.FREE
    assert after is not None
    assert after.status is Status.OCCUPIED
