from datetime import date

import pytest

from contested.errors import UsageError
from contested.history.corridors import corridor_series, own_history, widths_on
from worlds import CONTESTED, OCCUPIED, box, feature, map_file, polygon, series_of

PLACE = (37.5, 48.5)


def ring(gap_deg):
    """Occupied ground all round the place but for a gap to the west."""
    west, south, east, north = 36.5, 48.0, 38.5, 49.0
    hole = [37.4, 48.42, 37.6, 48.58]
    above, below = 48.5 + gap_deg / 2, 48.5 - gap_deg / 2
    return [
        feature(OCCUPIED, polygon(box(*one)))
        for one in (
            (west, south, hole[0], below),
            (west, above, hole[0], north),
            (hole[0], south, hole[2], hole[1]),
            (hole[0], hole[3], hole[2], north),
            (hole[2], south, east, north),
        )
    ]


@pytest.fixture(scope="module")
def series():
    contested = feature(CONTESTED, polygon(box(37.0, 48.49, 37.1, 48.51)))
    return series_of(
        (0, map_file(*ring(0.06))),
        (1, map_file(*ring(0.06))),
        (3, map_file(*ring(0.03), contested)),
        (5, map_file(*ring(0.03))),
    )


def days(series, first=1, last=5):
    return corridor_series(series, *PLACE, date(2023, 1, first), date(2023, 1, last), disc_km=2)


def test_one_row_a_day_and_gaps_stay_gaps(series):
    found = days(series)
    assert [day.day.day for day in found] == [1, 2, 3, 4, 5]
    assert [day.corridor is None for day in found] == [False, False, True, False, True]
    assert [day.index for day in found] == [0, 1, None, 2, None]


def test_widths_follow_the_gap(series):
    widths = [day.corridor.width_km for day in days(series) if day.corridor]
    assert widths[0] == widths[1] > widths[2] > 2
    assert widths[0] == pytest.approx(0.06 * 111.2, rel=0.12)


def test_contested_ground_closes_it_in_the_second_value(series):
    last = days(series)[3].corridor
    assert last.width_contested_closed_km < last.width_km


def test_contested_ground_that_comes_and_goes_alone(series):
    found = days(series, 1, 6)
    assert found[5].corridor.width_km == found[3].corridor.width_km
    assert found[5].corridor.width_contested_closed_km == found[5].corridor.width_km


def test_reversed_days(series):
    with pytest.raises(UsageError, match="swap"):
        days(series, 5, 1)


def test_own_history():
    found = own_history(2.0, [1.0, 2.0, 3.0, 4.0])
    assert found.percentile == pytest.approx(37.5)
    assert (found.narrowest_km, found.median_km, found.widest_km) == (1, 2.5, 4)
    assert found.days == 4
    assert own_history(2.0, []) is None
    assert own_history(0.5, [1.0, 2.0]).percentile == 0


def test_only_the_maps_asked_for_are_measured(series):
    found = widths_on(series, *PLACE, [1, 2], disc_km=2)
    assert list(found) == [1, 2]
    whole = widths_on(series, *PLACE, [0, 1, 2, 3], disc_km=2)
    assert found[2] == whole[2]
    assert widths_on(series, *PLACE, [], disc_km=2) == {}


def test_the_second_value_is_left_out_where_it_is_not_wanted(series):
    only = widths_on(series, *PLACE, [2], disc_km=2, contested=False)[2]
    both = widths_on(series, *PLACE, [2], disc_km=2)[2]
    assert (only.width_km, only.width_contested_closed_km) == (both.width_km, None)
