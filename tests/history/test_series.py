"""One series that another continues."""

from __future__ import annotations

from dataclasses import replace

from contested.history.series import continued
from contested.records import Status
from worlds import OCCUPIED, box, feature, map_file, polygon, series_of

SQUARE, MOVED = box(36, 48, 37, 49), box(37, 48, 38, 49)


def test_a_later_series_continues_from_the_day_after():
    first = series_of(
        (0, map_file(feature(OCCUPIED, polygon(SQUARE)))),
        (2, map_file(feature(OCCUPIED, polygon(SQUARE)))),
    )
    days = [(at, map_file(feature(OCCUPIED, polygon(MOVED)))) for at in (1, 2.2, 3, 4)]
    later = replace(series_of(*days), carries=frozenset({Status.CONTROLLED}))
    joined = continued(first, later)
    assert joined.snapshots == (*first.snapshots, *later.snapshots[2:])
    assert joined.carries == first.carries | {Status.CONTROLLED}
    assert [area[0] for area in joined.areas(1)] == [area[0] for area in first.areas(1)]
    assert [area[0] for area in joined.areas(3)] == [area[0] for area in later.areas(3)]


def test_a_series_that_nothing_follows_stays_itself():
    first = series_of((5, map_file(feature(OCCUPIED, polygon(SQUARE)))))
    later = series_of((1, map_file(feature(OCCUPIED, polygon(SQUARE)))))
    assert continued(first, later) is first
