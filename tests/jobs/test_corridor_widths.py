"""Widths kept in the book: taken by map, measured where they lack, never taken where damaged."""

from __future__ import annotations

from datetime import date

import pytest

from contested.geo import corridor as geo
from contested.jobs.corridor import corridor_on
from contested.jobs.engines import open_engine
from contested.jobs.ingest import ingest
from contested.records import Place
from worlds import OCCUPIED, box, feature, file_name, map_file, polygon

TOWN = Place("t:town", "Town", 37.3, 48.25)


def ground(edge):
    """Ground east, north and south of the town: a gap to the west, as wide as its edge lets it."""
    sides = [(37.4, 47.8, 38.5, 48.7), (36.5, 48.29, 38.5, 48.7), (36.5, 47.8, 38.5, edge)]
    return map_file(
        *[feature(OCCUPIED, polygon(box(*side, steps=8)), "Occupied") for side in sides]
    )


def add(book, folder, days):
    folder.mkdir(exist_ok=True)
    for day in days:
        (folder / file_name(day)).write_bytes(ground(48.2 + day / 200))
    ingest(book, "deepstate", [folder])


@pytest.fixture
def held(book, tmp_path):
    add(book, tmp_path / "maps", range(6))
    return book


@pytest.fixture
def flows(monkeypatch):
    """Count the flows that are computed."""
    cuts = []
    monkeypatch.setattr(
        geo, "_cut_cm", lambda *cells, cut=geo._cut_cm: cuts.append(1) or cut(*cells)
    )
    return cuts


def asked(book, day, *, keep=True):
    engine = open_engine(book, lazy=True)
    return corridor_on(engine, TOWN, date(2023, 1, day), book=book if keep else None)


def test_a_second_question_measures_nothing(held, flows):
    first = asked(held, 6)
    assert flows
    flows.clear()
    again = asked(held, 6)
    assert (again.corridor, again.history) == (first.corridor, first.history)
    assert first.history.days == 6
    assert not flows
    other = asked(held, 3)
    assert len(flows) == 2  # the day's two widths: the second was never asked
    assert other.corridor.width_km > first.corridor.width_km


def test_a_later_map_leaves_the_widths_of_the_others(held, flows, tmp_path):
    asked(held, 6)
    add(held, tmp_path / "more", [6])
    flows.clear()
    later = asked(held, 7)
    assert len(flows) == 2
    assert later.history == asked(held, 7, keep=False).history
    assert later.history.days == 7


def test_damaged_widths_are_measured_again(held, flows):
    first = asked(held, 6)
    (file,) = held.derived.folder.glob("corridor-*")
    content = bytearray(file.read_bytes())
    content[-20] ^= 1
    file.write_bytes(content)
    flows.clear()
    assert asked(held, 6).history == first.history
    assert flows


def test_the_reference_engine_finds_the_same(held):
    reference = open_engine(held, engine="reference")
    slow = corridor_on(reference, TOWN, date(2023, 1, 6))
    quick = asked(held, 6)
    assert quick.corridor == slow.corridor
    assert quick.enclosure.enclosure == pytest.approx(slow.enclosure.enclosure)
    assert quick.history == slow.history
