"""What changed between real maps: both engines agree, oblasts are found without boundaries."""

from __future__ import annotations

import json
from datetime import date

import pytest
import shapely

from contested import sample
from contested.geo.measure import area_km2
from contested.history.calendar import MapCalendar
from contested.history.engine import EdgeEngine
from contested.history.reference import ReferenceEngine
from contested.history.scope import nearest_to, whole_map
from contested.history.what_changed import watch, what_changed
from contested.jobs.place_panel import settlements_of
from contested.jobs.places import open_gazetteer
from real_series import SHARED

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def gazetteer():
    return open_gazetteer()


@pytest.fixture(scope="module")
def places(gazetteer):
    return settlements_of(gazetteer)


def asked(series, engine, first, last, scope):
    days = MapCalendar(series.source, series.snapshots)
    before, after = (days.at_or_before(date.fromisoformat(day)) for day in (first, last))
    part = engine(series.between(before, after))
    watched = watch(part, scope.places, {})
    span = (date.fromisoformat(first), date.fromisoformat(last))
    return what_changed(part, 0, after - before, asked=span, watched=watched, scope=scope)


def test_both_engines_tell_the_same_week(full_series, places):
    scope = whole_map(places)
    one, other = (
        asked(full_series, engine, "2025-07-27", "2025-08-03", scope)
        for engine in (EdgeEngine, ReferenceEngine)
    )
    assert one.gained_km2 == pytest.approx(104.38, abs=0.1)
    assert other.gained_km2 == pytest.approx(one.gained_km2, abs=0.05)
    assert other.settlements == one.settlements
    assert {"Sukhetske", "Voskresenka"} <= {place.place for place in one.settlements}


def test_the_withdrawal_from_kherson(full_series, gazetteer, places):
    codes = gazetteer.regions("Kherson Oblast")
    scope = nearest_to("Kherson Oblast", codes, places, sample.outline())
    found = asked(full_series, EdgeEngine, "2022-11-05", "2022-11-15", scope)
    # Inside the oblast's outline it is 3,529.65 km2; ground nearest to its settlements misses some
    # of the empty left bank, less with every village that the gazetteer gains.
    assert 0.91 * 3529.65 < found.lost_km2 < 3529.65
    first = found.settlements[0]
    assert (first.place, first.before, first.after) == ("Kherson", "controlled", "free")
    assert first.day == date(2022, 11, 11)
    assert found.days_without_map == [date(2022, 11, 8), date(2022, 11, 14)]


@pytest.mark.parametrize(
    ("name", "share"),
    [("Donetsk", 0.97), ("Luhansk", 0.97), ("Kharkiv", 0.91), ("Kherson", 0.91), ("Sumy", 0.93)],
)
def test_ground_nearest_to_settlements_is_most_of_the_oblast(name, share, gazetteer, places):
    document = json.loads((SHARED / "data/boundaries/ua_oblasts.geojson").read_text())
    (drawn,) = (
        shapely.make_valid(shapely.from_geojson(json.dumps(one["geometry"])))
        for one in document["features"]
        if one["properties"].get("name:en") == f"{name} Oblast"
    )
    scope = nearest_to(name, gazetteer.regions(f"{name} Oblast"), places, sample.outline())
    shared = area_km2(shapely.intersection(scope.ground, drawn))
    assert shared / area_km2(drawn) > share
