"""Areas within outlines: cut exactly, whole where nothing is cut, "not held" kept."""

from __future__ import annotations

from datetime import date

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from contested.errors import NoMapError
from contested.history.reference import ReferenceEngine
from contested.history.regional import NamedOutline, regional_km2, regions_on
from contested.records import PARTITION_ORDER, Status
from worlds import (
    CONTESTED,
    OCCUPIED,
    SINCE_2014,
    box,
    feature,
    map_file,
    polygon,
    rectangle_km2,
    series_of,
)

FIRST = date(2023, 1, 1)
# Long straight edges along a parallel bend as geodesics do not: many steps keep them as drawn.
WEST = feature(SINCE_2014, polygon(box(37.0, 48.0, 37.4, 48.4, 40)))
EAST = feature(OCCUPIED, polygon(box(37.4, 48.0, 37.8, 48.4, 40)))
UNCLEAR = feature(CONTESTED, polygon(box(37.8, 48.0, 37.9, 48.4, 40)))


@pytest.fixture
def engine():
    return ReferenceEngine(series_of((0, map_file(WEST, EAST, UNCLEAR)), (1, map_file(WEST, EAST))))


def test_ground_is_cut_with_the_outline(engine):
    row = regional_km2(engine, [0], shapely.box(37.2, 48.1, 37.6, 48.3))[0]
    by = dict(zip(PARTITION_ORDER, row, strict=True))
    assert by[Status.HELD_SINCE_2014] == pytest.approx(rectangle_km2(37.2, 48.1, 37.4, 48.3), 1e-4)
    assert by[Status.OCCUPIED] == pytest.approx(rectangle_km2(37.4, 48.1, 37.6, 48.3), 1e-4)
    assert by[Status.CONTESTED] == 0


def test_an_outline_round_everything_measures_the_map(engine):
    rows = regional_km2(engine, [0, 1], shapely.box(36, 47, 39, 49))
    assert rows == pytest.approx(engine.areas_km2([0, 1]), abs=1e-6)


@settings(max_examples=30, deadline=None)
@given(st.floats(37.01, 37.89), st.floats(48.01, 48.39))
def test_parts_of_a_divided_country_add_up(lon, lat):
    engine = ReferenceEngine(series_of((0, map_file(WEST, EAST, UNCLEAR))))
    quarters = [
        shapely.box(36, 47, lon, lat), shapely.box(lon, 47, 39, lat),
        shapely.box(36, lat, lon, 49), shapely.box(lon, lat, 39, 49),
    ]  # fmt: skip
    parts = sum(regional_km2(engine, [0], one) for one in quarters)
    assert parts == pytest.approx(engine.areas_km2([0]), abs=0.01)


def test_the_answer_names_shares_and_what_lies_outside(engine):
    half = shapely.segmentize(shapely.box(37.0, 48.0, 37.8, 48.2), 0.02)
    far = shapely.box(30.0, 48.0, 31.0, 49.0)
    regions = [NamedOutline("iso:UA-14", "Donetsk Oblast", half), NamedOutline(None, "Far", far)]
    answer = regions_on(engine, FIRST, regions, ["outlines.geojson"])
    (only,) = answer.regions
    assert (only.id, only.name) == ("iso:UA-14", "Donetsk Oblast")
    assert only.controlled_percent == pytest.approx(100, abs=0.02)
    assert only.areas_km2["contested"] == 0
    assert answer.outside_km2["controlled"] == pytest.approx(
        rectangle_km2(37.0, 48.2, 37.8, 48.4), rel=1e-3
    )
    assert answer.outside_km2["contested"] == pytest.approx(
        rectangle_km2(37.8, 48.0, 37.9, 48.4), rel=1e-3
    )


def test_one_region_is_answered_even_where_the_map_has_nothing(engine):
    far = NamedOutline(None, "Far", shapely.box(30.0, 48.0, 31.0, 49.0))
    answer = regions_on(engine, FIRST, [far], [])
    assert answer.regions[0].controlled_percent == 0
    assert answer.outside_km2 is None


def test_a_day_without_a_map_is_refused(engine):
    late = date(2030, 1, 1)
    with pytest.raises(NoMapError):
        regions_on(engine, late, [], [])
