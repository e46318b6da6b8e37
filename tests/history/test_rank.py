from datetime import date

import pytest

from contested.errors import NoMapError, NotHeldError, UsageError
from contested.history.rank import fallen
from contested.records import Place
from worlds import OCCUPIED, box, feature, map_file, polygon, series_of


def upto(west):
    return map_file(feature(OCCUPIED, polygon(box(west, 47.0, 39.0, 49.0, steps=4))))


@pytest.fixture(scope="module")
def series():
    """The edge moves west past three towns, and back past the last of them."""
    return series_of((0, upto(38.5)), (2, upto(37.7)), (5, upto(37.3)), (7, upto(37.5)))


def town(name, lon, population):
    return Place(f"t:{name}", name, lon, 48.0, population=population)


TOWNS = [
    town("Held", 38.8, 90_000),
    town("Small", 38.0, 10_000),
    town("Large", 37.6, 30_000),
    town("Lost again", 37.4, 20_000),
    town("Free", 36.0, 99_000),
    town("Unknown", 38.1, None),
]


def rank(series, criterion="half", since=date(2023, 1, 1), most=20, places=TOWNS):
    return fallen(series, places, since, criterion=criterion, radius_km=lambda _: 2.0, most=most)


def test_the_largest_that_fell_with_runner_up_and_margin(series):
    found = rank(series)
    assert [row.place.name for row in found.rows] == ["Large", "Lost again", "Small", "Unknown"]
    assert [row.snapshot.as_of.day for row in found.rows] == [6, 6, 3, 3]
    assert found.margin_people == 10_000
    assert [row.still for row in found.rows] == [True, False, True, True]


def test_a_criterion_decides_the_date():
    """37.513 lies 1 km east of the edge at 37.5: three quarters of the disc and more."""
    edge = town("Edge", 37.513, 5_000)
    series = series_of((0, upto(38.5)), (1, upto(37.5)), (2, upto(37.2)))
    days = {
        name: rank(series, name, places=[edge]).rows[0].snapshot.as_of.day
        for name in ("any", "half", "90", "all")
    }
    assert days == {"any": 2, "half": 2, "90": 3, "all": 3}
    share = rank(series, "half", places=[edge]).rows[0].share
    assert 0.75 < share < 0.85


def test_only_since_a_day(series):
    found = rank(series, since=date(2023, 1, 4))
    assert found.start.as_of == date(2023, 1, 3)
    assert [row.place.name for row in found.rows] == ["Large", "Lost again"]


def test_a_few_rows(series):
    assert len(rank(series, most=1).rows) == 1
    assert rank(series, most=1).margin_people is None


def test_what_cannot_be_asked(series):
    with pytest.raises(UsageError, match="criterion"):
        rank(series, "mostly")
    with pytest.raises(UsageError, match="row"):
        rank(series, most=0)
    with pytest.raises(NotHeldError):
        rank(series, places=[])
    with pytest.raises(NoMapError):
        rank(series, since=date(2022, 1, 1))


def test_ground_that_swallows_a_place_between_two_maps():
    """No edge comes near the place before or after: only what holds its window differs."""
    far = map_file(feature(OCCUPIED, polygon(box(38.5, 47.0, 39.0, 49.0, steps=4))))
    around = map_file(feature(OCCUPIED, polygon(box(35.0, 46.0, 39.0, 50.0, steps=4))))
    found = rank(series_of((0, far), (3, around)), places=[town("Inside", 37.0, 9_000)])
    assert [(row.place.name, row.snapshot.as_of.day) for row in found.rows] == [("Inside", 4)]


def test_who_drew_the_maps_is_said(series):
    (span,) = rank(series).spans
    assert (span.source, span.first.day, span.last.day) == ("deepstate", 1, 8)
