"""Acceptance figures on the real series: areas, net change, coverage."""

from __future__ import annotations

import json
from datetime import date

import pytest

from contested.history.measure import areas_on, calendar, changes_between
from contested.history.reference import ReferenceEngine
from contested.records import PARTITION_ORDER
from real_series import SHARED

pytestmark = pytest.mark.real

FIGURES = SHARED / "data/reference/figures.json"
COLUMN = {
    "area.occ_plus_2014": "controlled",
    "area.gray": "contested",
    "area.occupied_since_2022": "occupied",
    "area.occupied": "controlled",
}


def figures(prefix):
    if not FIGURES.is_file():
        return []
    held = json.loads(FIGURES.read_text())["figures"]
    return [pytest.param(f, id=f["id"]) for f in held if f["id"].startswith(prefix)]


@pytest.fixture(scope="module")
def full(full_series):
    return ReferenceEngine(full_series)


@pytest.fixture(scope="module")
def daily(daily_series):
    return ReferenceEngine(daily_series)


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (1754251105, {"occupied": 70346.66, "held_since_2014": 43982.57, "contested": 1044.75}),
        (1675299936, {"contested": 418.17, "occupied": 65000.22}),
        (1648989208, {"occupied": 63867.79, "contested": 5599.50}),
    ],
)
def test_areas_of_the_check_snapshots(full, published, expected):
    times = [int(s.published.timestamp()) for s in full.series.snapshots]
    areas = full.areas_km2([times.index(published)])[0]
    found = dict(zip((s.value for s in PARTITION_ORDER), areas, strict=True))
    assert {name: found[name] for name in expected} == pytest.approx(expected, abs=0.5)


@pytest.mark.parametrize("figure", figures("area."))
def test_areas_of_the_reference_file(figure, full, daily):
    """The daily file of day D answers for day D-1."""
    day = date.fromisoformat(figure["date"])
    name = figure["id"].rpartition(".")[0]
    engine = full if figure["dataset"] == "full" else daily
    if engine is daily:
        day = date.fromordinal(day.toordinal() - 1)
    answer = areas_on(engine, day)
    assert answer.as_of == day
    assert answer.areas_km2[COLUMN[name]] == pytest.approx(figure["value"], abs=0.5)


@pytest.mark.parametrize("figure", figures("net_change."))
def test_net_change_by_month(figure, full):
    value = figure["value"]
    first, last = date.fromisoformat(value["A_from"]), date.fromisoformat(value["A_to"])
    answer = changes_between(full, first, last)
    assert answer.net_km2 == pytest.approx(value["A"], abs=1)
    assert areas_on(full, answer.to_day).areas_km2["contested"] == pytest.approx(
        value["A_gray_end"], abs=0.5
    )


def test_net_change_of_2024(full):
    answer = changes_between(full, date(2023, 12, 31), date(2024, 12, 31))
    assert answer.net_km2 == pytest.approx(3315.1, abs=1)


def test_coverage_of_the_full_series(full):
    coverage = calendar(full).coverage()
    assert (coverage.snapshots, coverage.days_with_map) == (1359, 1123)
    assert len(coverage.days_missing) == 96
    assert (coverage.first, coverage.last) == (date(2022, 4, 3), date(2025, 8, 3))


def test_the_daily_series_holds_controlled_ground_only(daily):
    answer = areas_on(daily, date(2025, 11, 4))
    assert answer.areas_km2["contested"] is None
    assert "contested" in answer.not_held
    assert answer.areas_km2["controlled"] > 115000
    missing = {str(day) for day in calendar(daily).coverage().days_missing}
    assert missing == {
        "2024-08-17",
        "2024-08-18",
        "2024-12-31",
        "2025-03-30",
        "2025-03-31",
        "2025-11-25",
    }
