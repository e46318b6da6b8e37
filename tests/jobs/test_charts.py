"""Charts for notebooks: drawn from a book's series with matplotlib, saved whole or not at all."""

from __future__ import annotations

from datetime import date

import pytest

from contested.errors import UsageError
from contested.history.reference import ReferenceEngine
from contested.records import Place
from worlds import OCCUPIED, box, feature, map_file, polygon, series_of

pytest.importorskip("matplotlib")
charts = pytest.importorskip("contested.jobs.charts")

FIRST, LAST = date(2023, 1, 1), date(2023, 1, 3)
TOWN = Place("geonames:1", "Town", 37.1, 48.25)


@pytest.fixture
def engine():
    files = [
        (day, map_file(feature(OCCUPIED, polygon(box(37.3 - day / 20, 48.0, 37.9, 48.5)))))
        for day in range(3)
    ]
    return ReferenceEngine(series_of(*files))


@pytest.mark.parametrize(
    "draw",
    [
        lambda engine: charts.area_figure(engine, FIRST, LAST),
        lambda engine: charts.change_figure(engine, FIRST, LAST),
        lambda engine: charts.length_figure(engine, LAST),
        lambda engine: charts.corridor_figure(engine, TOWN, FIRST, LAST),
    ],
    ids=["area", "change", "length", "corridor"],
)
def test_a_figure_names_its_source_and_is_the_same_twice(engine, draw, tmp_path):
    for name in ("one.svg", "two.svg"):
        charts.save_figure(draw(engine), tmp_path / name)
    assert "DeepState" in (tmp_path / "one.svg").read_text()
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()


def test_an_unknown_ending_is_refused(engine, tmp_path):
    with pytest.raises(UsageError, match=r"written as \.png"):
        charts.save_figure(charts.area_figure(engine, FIRST, LAST), tmp_path / "a.bmp")
