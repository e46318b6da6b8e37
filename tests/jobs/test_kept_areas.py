"""Areas that were measured before: taken where they fit, measured anew where they do not."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from contested.errors import BookDamagedError, InputError
from contested.history.engine import EdgeEngine
from contested.history.kept import KeptAreas
from contested.history.reference import ReferenceEngine
from contested.jobs import engines
from contested.jobs.engines import open_engine
from contested.jobs.ingest import ingest
from contested.store.areas_file import pack_areas, unpack_areas
from worlds import OCCUPIED, box, feature, file_name, map_file, polygon


def ground(edge):
    return map_file(feature(OCCUPIED, polygon(box(edge, 48.0, 37.5, 48.5, steps=8)), "Occupied"))


@pytest.fixture
def held(book, tmp_path):
    folder = tmp_path / "maps"
    folder.mkdir()
    for day in range(12):
        (folder / file_name(day)).write_bytes(ground(37.3 - day / 100))
    ingest(book, "deepstate", [folder])
    return book


def test_what_a_whole_build_measured_is_kept_and_taken_again(held):
    first = open_engine(held)
    assert isinstance(first, EdgeEngine)
    measured = first.areas_km2()
    again = open_engine(held)
    assert isinstance(again, KeptAreas)
    assert (again.areas_km2() == measured).all()
    assert (again.areas_km2([3, -1]) == measured[[3, -1]]).all()
    assert again.areas_km2([]).shape == (0, 6)
    assert again.version == first.version


def test_every_other_question_goes_to_the_edge_engine(held):
    first = open_engine(held)
    first.areas_km2()
    again = open_engine(held)
    # To 100 m²: a few maps are noded by themselves, and long edges cut elsewhere.
    assert again.matrix_km2(0, 5) == pytest.approx(first.matrix_km2(0, 5), abs=1e-4)
    assert again.changes(0, 5)[0].area_km2 == pytest.approx(
        first.changes(0, 5)[0].area_km2, abs=1e-4
    )
    assert again.ground(2).keys() == first.ground(2).keys()
    assert again.status_at(37.29, 48.2, 2) is first.status_at(37.29, 48.2, 2)
    assert again.timeline_at(37.29, 48.2) == first.timeline_at(37.29, 48.2)
    points = np.array([[37.29, 48.2]])
    assert again.panel(points).first.tolist() == first.panel(points).first.tolist()
    with pytest.raises(InputError, match="snapshot 12 of a series of 12"):
        again.areas_km2([12])


def test_a_new_map_makes_what_was_kept_worthless(held, tmp_path):
    open_engine(held).areas_km2()
    (tmp_path / file_name(20)).write_bytes(ground(36.9))
    ingest(held, "deepstate", [tmp_path / file_name(20)])
    engine = open_engine(held)
    assert isinstance(engine, EdgeEngine)
    assert len(engine.areas_km2()) == 13
    assert isinstance(open_engine(held), KeptAreas)


def test_another_version_of_the_engine_measures_anew(held, monkeypatch):
    open_engine(held).areas_km2()
    monkeypatch.setattr(engines, "EDGES_VERSION", "edges/0")
    assert isinstance(open_engine(held), EdgeEngine)


def test_a_damaged_file_is_measured_anew_with_one_line(held, caplog):
    measured = open_engine(held).areas_km2()
    file = held.derived.areas_file("deepstate")
    whole = file.read_bytes()
    for content in (b"", whole[:-5], whole[:40] + bytes([whole[40] ^ 1]) + whole[41:], b"rubbish"):
        file.write_bytes(content)
        caplog.clear()
        assert (open_engine(held).areas_km2() == measured).all()
        (record,) = caplog.records
        assert "areas-deepstate.zst: kept areas" in record.message
        assert record.message.endswith("measured anew")
    assert file.read_bytes() == whole


def test_a_book_that_cannot_be_written_to_still_answers(held):
    import shutil

    shutil.rmtree(held.derived.folder)
    held.derived.folder.write_text("in the way")
    assert open_engine(held).areas_km2().shape == (12, 6)


def test_a_changed_number_is_noticed():
    areas = np.arange(14).reshape(2, 7)
    packed = pack_areas(areas, "k")
    assert (unpack_areas(packed, "k", 2) == areas).all()
    assert unpack_areas(packed, "other", 2) is None
    assert unpack_areas(packed, "k", 3) is None
    at = packed.rindex(b"\x0d")  # the last number
    with pytest.raises(BookDamagedError, match="kept areas"):
        unpack_areas(packed[:at] + b"\x0e" + packed[at + 1 :], "k", 2)


# a machine on which nothing was compiled


@pytest.fixture
def fresh(monkeypatch, tmp_path):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "nothing-yet"))


def test_one_day_does_not_wait_for_a_compiler(held, fresh, caplog):
    from datetime import date

    engine = open_engine(held, on=date(2023, 1, 3), one_day=True)
    assert isinstance(engine, ReferenceEngine)
    assert "the reference engine answers" in caplog.text


def test_many_days_compile_and_say_so(held, fresh, caplog):
    assert isinstance(open_engine(held), EdgeEngine)
    assert "compiling the history engine for this machine: about half a minute" in caplog.text


def test_the_note_is_on_stderr_and_never_in_the_json(held, tmp_path):
    import json
    import os

    done = subprocess.run(
        [sys.executable, "-m", "contested", "area", "--on", "2023-01-03", "--json",
         "--book", str(held.path)],
        capture_output=True, text=True, check=True,
        env=os.environ | {"NUMBA_CACHE_DIR": str(tmp_path / "empty")},
    )  # fmt: skip
    assert json.loads(done.stdout)["method"].startswith("area/1 (reference/")
    assert done.stderr.startswith("contested: the reference engine answers")
    assert done.stderr.count("\n") == 1
