"""Which source answers: by the day asked for, by the range, never two of one lineage."""

from __future__ import annotations

import json
from datetime import date

import pytest

from contested.errors import NotHeldError, PointSourceError
from contested.jobs.engines import area_source, open_continued, open_engine
from contested.jobs.ingest import ingest
from worlds import OCCUPIED, box, feature, file_name, map_file, polygon

GROUND = polygon(box(37.2, 48.0, 37.5, 48.5))


@pytest.fixture
def both(book, tmp_path):
    """Full maps of 1 and 2 January 2023; daily files that show 2 to 4 January."""
    for day in (0, 1):
        (tmp_path / file_name(day)).write_bytes(map_file(feature(OCCUPIED, GROUND)))
    daily = {"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {}, "geometry": {
            "type": "MultiPolygon", "coordinates": [GROUND["coordinates"]]}}]}  # fmt: skip
    for day in (3, 4, 5):
        name = f"deepstatemap_data_2023010{day}.geojson"
        (tmp_path / name).write_text(json.dumps({**daily, "name": name}))
    ingest(book, "deepstate", [tmp_path])
    ingest(book, "deepstate_daily", [tmp_path])
    return book


def jan(day):
    return date(2023, 1, day)


@pytest.mark.parametrize(
    ("day", "source"),
    [(1, "deepstate"), (2, "deepstate"), (3, "deepstate_daily"), (9, "deepstate")],
)
def test_the_source_that_has_the_day_answers(both, day, source):
    assert area_source(both, None, on=jan(day)).name == source


@pytest.mark.parametrize(
    ("first", "last", "source"),
    [
        (1, 2, "deepstate"),
        (2, 4, "deepstate_daily"),
        (1, 4, "deepstate_daily"),
        (1, 9, "deepstate_daily"),
    ],
)
def test_the_source_that_covers_the_range_answers(both, first, last, source):
    assert area_source(both, None, span=(jan(first), jan(last))).name == source


def test_a_named_source_answers_whatever_it_holds(both):
    assert open_engine(both, "deepstate", on=jan(4)).series.source == "deepstate"


def test_it_says_which_source_has_later_maps(both, caplog):
    assert area_source(both, None).name == "deepstate"
    (line,) = caplog.messages
    assert line.startswith("deepstate answers, whose last map is of 2023-01-02;")
    assert line.endswith("maps to 2023-01-04: ask it with --source deepstate_daily")


def test_a_named_source_or_a_day_needs_no_such_line(both, caplog):
    area_source(both, "deepstate")
    area_source(both, None, on=jan(2))
    assert caplog.messages == []


def test_where_the_best_source_ends_its_lineage_goes_on(both, caplog):
    series = open_continued(both, None, jan(2)).series
    drawn = [(one.source, one.as_of.day) for one in series.snapshots]
    assert drawn == [
        ("deepstate", 1), ("deepstate", 2), ("deepstate_daily", 3), ("deepstate_daily", 4)
    ]  # fmt: skip
    (line,) = caplog.messages
    assert line.startswith("deepstate answers to 2023-01-02, its last map; then deepstate_daily")
    assert line.endswith("to 2023-01-04")


def test_a_named_source_is_not_continued(both, caplog):
    series = open_continued(both, "deepstate", jan(2)).series
    assert {one.source for one in series.snapshots} == {"deepstate"}
    assert caplog.messages == []


def test_a_lazy_engine_answers_as_the_other(both):
    lazy = open_engine(both, "deepstate", lazy=True)
    assert (lazy.areas_km2() == open_engine(both, "deepstate").areas_km2()).all()


def test_an_empty_book_says_what_to_add(book):
    with pytest.raises(NotHeldError, match="contested ingest SOURCE FILES"):
        area_source(book, None)
    with pytest.raises(NotHeldError, match="holds no map of deepstate_daily"):
        area_source(book, "deepstate_daily")
    with pytest.raises(PointSourceError, match="add map files"):
        area_source(book, "settlements")
