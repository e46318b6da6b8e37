import pytest

from contested.errors import NotHeldError, UsageError
from contested.history.vintage import QuotedArea, quoted_area, vintage
from contested.records import Status
from contested.sources.deepstate_daily.parse import CARRIES
from worlds import (
    CONTESTED,
    IN_RUSSIA,
    OCCUPIED,
    box,
    feature,
    map_file,
    polygon,
    rectangle_km2,
    series_of,
)

SUDZHA = (35.2, 51.1)
HERE, FAR = (35.1, 51.0, 35.2, 51.1), (34.2, 51.3, 34.25, 51.34)
BESIDE = (35.2, 51.0, 35.3, 51.05)


def held(*boxes):
    return [feature(IN_RUSSIA, polygon(box(*one))) for one in boxes]


def unknown(*boxes):
    return [feature(CONTESTED, polygon(box(*one))) for one in boxes]


def find(days, *quoted):
    series = series_of(*[(n, map_file(*features)) for n, features in enumerate(days)])
    return vintage(series, [quoted_area(*one) for one in quoted], *SUDZHA)


KM2 = rectangle_km2(*HERE)


@pytest.mark.parametrize(
    ("text", "km2", "half"),
    [("63km2", 63, 0.5), ("63.3 km²", 63.3, 0.05), ("5", 5, 0.5), ("0.25sq km", 0.25, 0.005)],
)
def test_a_quoted_area_is_known_to_half_its_last_digit(text, km2, half):
    found = quoted_area("contested", text)
    assert (found.status, found.km2) == (Status.CONTESTED, km2)
    assert found.half_unit_km2 == pytest.approx(half)


@pytest.mark.parametrize("text", ["", "63 mi", "-3km2", "0", "many", "6,3km2"])
def test_texts_that_are_no_area(text):
    with pytest.raises(UsageError):
        quoted_area("contested", text)


def test_the_maps_that_show_it():
    days = [held(HERE), held((35.1, 51.0, 35.15, 51.1)), held(HERE)]
    found = find(days, ("ua_held_in_russia", f"{KM2:.1f}km2"))
    assert [match.index for match in found.matches] == [0, 2]
    assert found.matches[0].values_km2["ua_held_in_russia"] == pytest.approx(KM2, abs=1e-3)
    assert found.matches[0].found_as == {"ua_held_in_russia": "part"}


@pytest.mark.parametrize(("off", "fits"), [(0.049, 1), (0.051, 0), (-0.049, 1), (-0.051, 0)])
def test_within_half_a_unit_of_the_last_digit(off, fits):
    series = series_of((0, map_file(*held(HERE))))
    quoted = QuotedArea(Status.UA_HELD_IN_RUSSIA, KM2 + off, 0.05)
    assert len(vintage(series, [quoted], *SUDZHA).matches) == fits


def test_the_sum_of_the_parts_near_the_place():
    total = KM2 + rectangle_km2(*BESIDE)
    apart = (35.25, 51.0, 35.35, 51.05)
    days = [held(HERE, apart)]
    found = find(days, ("ua_held_in_russia", f"{total:.0f}km2"))
    assert found.matches[0].found_as == {"ua_held_in_russia": "sum"}


def test_values_quoted_together_must_hold_on_one_map():
    grey = rectangle_km2(*BESIDE)
    days = [held(HERE), [*held(HERE), *unknown(BESIDE)], unknown(BESIDE)]
    found = find(days, ("ua_held_in_russia", f"{KM2:.1f}"), ("contested", f"{grey:.1f}"))
    assert [match.index for match in found.matches] == [1]


def test_a_second_pair_elsewhere_is_left_out_and_said():
    around_far = (34.25, 51.3, 34.3, 51.34)
    elsewhere = (36.9, 50.2, 37.0, 50.3)
    day = [*held(HERE, FAR), *unknown(BESIDE, around_far, elsewhere)]
    grey = rectangle_km2(*BESIDE)
    found = find([day], ("ua_held_in_russia", f"{KM2:.1f}"), ("contested", f"{grey:.1f}"))
    left = {(one.status, round(one.lon, 1)) for one in found.left_out}
    assert left == {("ua_held_in_russia", 34.2), ("contested", 34.3)}
    assert all(one.from_place_km > 25 for one in found.left_out)


def test_ground_beyond_25_km_is_not_the_places():
    found = find([held(FAR)], ("ua_held_in_russia", f"{rectangle_km2(*FAR):.1f}"))
    assert found.matches == ()


def test_what_cannot_be_asked():
    series = series_of((0, map_file(feature(OCCUPIED, polygon(box(*HERE))))))
    one = quoted_area("contested", "5km2")
    with pytest.raises(UsageError, match="no value"):
        vintage(series, [], *SUDZHA)
    with pytest.raises(UsageError, match="twice"):
        vintage(series, [one, one], *SUDZHA)
    with pytest.raises(UsageError, match="no status"):
        quoted_area("grey", "5km2")
    from dataclasses import replace

    with pytest.raises(NotHeldError, match="does not show contested"):
        vintage(replace(series, carries=CARRIES), [one], *SUDZHA)
