"""The demonstration, from the sample and from map files."""

from __future__ import annotations

import csv

import pytest

from contested.errors import UsageError
from contested.jobs.demo import demo
from worlds import OCCUPIED, box, feature, file_name, map_file, polygon


def test_the_sample_is_dots_and_never_areas(tmp_path):
    result = demo(tmp_path / "out")
    page = result.report.read_text()
    assert "229 settlements" in result.shows[0]
    assert "GeoNames" in page
    assert "do not imply" in page or "no opinion" in page
    rows = list(csv.DictReader((tmp_path / "out/timelines.csv").open()))
    assert len(rows) == 688
    assert len({row["place_id"] for row in rows}) == 229


def test_map_files_are_measured(tmp_path):
    maps = tmp_path / "maps"
    maps.mkdir()
    for day in range(3):
        ground = feature(OCCUPIED, polygon(box(37.2, 48.0, 37.5, 48.5)))
        (maps / file_name(day)).write_bytes(map_file(ground))
    result = demo(tmp_path / "out", maps)
    assert "3 maps of 2023-01-01 to 2023-01-03, 0 days without one" in result.shows[0]
    assert len((tmp_path / "out/areas.csv").read_text().splitlines()) == 4


def test_a_second_run_takes_the_place_of_the_first(tmp_path):
    demo(tmp_path / "out")
    assert demo(tmp_path / "out").report.is_file()


def test_a_folder_without_maps_is_refused(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="holds no map files"):
        demo(tmp_path / "out", tmp_path / "empty")
    with pytest.raises(UsageError, match="is not a folder"):
        demo(tmp_path / "out", tmp_path / "missing")
