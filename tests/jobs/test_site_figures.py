"""Figures beside the page's map: which maps have them, how they are written, what is kept."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import accumulate

import pytest

from browser_page import world_series
from contested.history.reference import ReferenceEngine
from contested.jobs import site_figures
from contested.jobs.places import open_gazetteer
from contested.jobs.site_figures import monthly_days, page_figures, weekly_days
from contested.store.derived import Derived

DAYS = [date(2023, 1, 1) + timedelta(days=n) for n in range(100) if n != 30]  # 31 January has none


def test_salients_are_of_the_last_map_of_each_month_and_of_the_last():
    assert monthly_days(DAYS) == [
        date(2023, 1, 30), date(2023, 2, 28), date(2023, 3, 31), date(2023, 4, 10),
    ]  # fmt: skip
    assert monthly_days(DAYS[:1]) == DAYS[:1]


def test_corridors_are_of_every_seventh_map_and_of_the_last():
    assert weekly_days(DAYS[:16]) == [DAYS[0], DAYS[7], DAYS[14], DAYS[15]]
    assert weekly_days(DAYS[:8]) == [DAYS[0], DAYS[7]]


@pytest.fixture
def asked(monkeypatch):
    """Measuring replaced by answers that are known, and a list of what was asked."""
    days = []

    def front(_engine, day):
        days.append(("front", day))
        return 1000 + day.day

    def corridors(_engine, day, _places):
        days.append(("corridors", day))
        return {1: [[7, 86, 0]], 2: [[7, 86, 0], [9, 250, 1]], 3: [[9, 250, 1]]}.get(
            day.day, [[7, 90, 0]]
        )

    def salients(_engine, day, _places, _gazetteer):
        days.append(("salients", day))
        return [[0, day.day, 1, 2, 3, "A", "А", [1, 2]]]

    monkeypatch.setattr(site_figures, "_front", front)
    monkeypatch.setattr(site_figures, "_corridors_on", corridors)
    monkeypatch.setattr(site_figures, "_salients_on", salients)
    return days


class NoPlaces:
    def places(self, _kinds, _country):
        return []


def test_every_map_has_a_front_and_days_are_differences(asked):
    found = page_figures(ReferenceEngine(world_series()), NoPlaces())
    january_1 = 19358
    assert found["front"]["days"] == [january_1, 1, 1, 2]
    assert list(accumulate(found["front"]["mainKm10"])) == [1001, 1002, 1003, 1005]
    assert found["salients"]["days"] == [january_1 + 4]
    assert found["salients"]["rows"] == [[[0, 5, 1, 2, 3, "A", "А", [1, 2]]]]


def test_a_town_is_written_where_its_corridor_changes(asked, monkeypatch):
    monkeypatch.setattr(site_figures, "CORRIDORS_EVERY", 1)
    found = page_figures(ReferenceEngine(world_series()), NoPlaces())["corridors"]
    assert found["days"] == [19358, 1, 1, 2]
    assert found["states"][:2] == ["measured", "open"]
    # 7: from the first map, gone on the third, back and wider on the fourth
    assert found["towns"] == [[7, [0, 86, 0, 2, 0, -1, 1, 90, 0]], [9, [1, 250, 1, 2, 0, -1]]]


def test_what_was_measured_is_kept_until_something_else_is_asked(asked, tmp_path, monkeypatch):
    engine, derived = ReferenceEngine(world_series()), Derived(tmp_path / "derived")
    first = page_figures(engine, NoPlaces(), derived)
    assert len(asked) == 4 + 2 + 1
    asked.clear()
    assert page_figures(engine, NoPlaces(), derived) == first
    assert asked == []
    monkeypatch.setattr(site_figures, "RECIPE", "page-figures/other")
    page_figures(engine, NoPlaces(), derived)
    assert len(asked) == 7


def test_in_whatever_order_the_gazetteer_answers_the_kept_figures_hold(asked, tmp_path):
    engine, derived = ReferenceEngine(world_series()), Derived(tmp_path / "derived")
    places = open_gazetteer().places(("city",), "UA")

    class Answering:
        def places(self, _kinds, _country):
            places.reverse()
            return places

    page_figures(engine, Answering(), derived)
    asked.clear()
    page_figures(engine, Answering(), derived)
    assert asked == []


def test_a_build_that_is_stopped_keeps_what_it_measured(asked, tmp_path, monkeypatch):
    engine, derived = ReferenceEngine(world_series()), Derived(tmp_path / "derived")
    monkeypatch.setattr(site_figures, "_AT_ONCE", 2)

    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(site_figures, "_corridors_on", stopped)
    with pytest.raises(KeyboardInterrupt):
        page_figures(engine, NoPlaces(), derived)
    monkeypatch.setattr(site_figures, "_corridors_on", lambda *_: [])
    asked.clear()
    page_figures(engine, NoPlaces(), derived)
    assert [kind for kind, _ in asked] == ["salients"]


def test_a_damaged_file_of_what_was_kept_is_measured_anew(asked, tmp_path):
    engine, derived = ReferenceEngine(world_series()), Derived(tmp_path / "derived")
    first = page_figures(engine, NoPlaces(), derived)
    file = derived.folder / site_figures.KEPT
    head, _, body = file.read_bytes().partition(b"\n")
    file.write_bytes(head + b"\n" + body[: len(body) // 2])
    asked.clear()
    assert page_figures(engine, NoPlaces(), derived) == first
    assert len(asked) == 7


def test_a_small_world_is_really_measured():
    found = page_figures(ReferenceEngine(world_series()), open_gazetteer())
    assert len(found["front"]["days"]) == 4
    assert list(accumulate(found["front"]["mainKm10"]))[2] > 0
    assert len(found["salients"]["rows"]) == 1
