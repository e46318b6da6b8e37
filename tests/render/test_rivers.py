"""Names of rivers: along their line, on straight reaches, never over anything."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
import shapely

from contested.render.locator import compose, render_locator
from contested.render.picture import Frame, Stream
from contested.render.projection import project
from contested.render.rivers import MOST, name_rivers
from scenes import locator, town

FRAME = Frame(34.0, 48.0, 100.0, 70.0)


def named(line: shapely.Geometry, busy: tuple[shapely.Geometry, ...] = (), **more: object):
    content = locator(frame=FRAME, streams=(Stream(line, "Dnipro"),), **more)
    projection = project(FRAME, 700.0)
    return projection, name_rivers(content, projection, busy, 1.0, great=False)


def test_a_name_lies_beside_its_river_and_turned_with_it() -> None:
    river = shapely.LineString([(33.5, 47.8), (34.5, 48.2)])
    projection, (name,) = named(river)
    line = projection.draw(river)
    assert 1 < line.distance(name.ground) < 12
    ends = shapely.get_coordinates(line)
    slope = np.degrees(np.arctan2(*(ends[-1] - ends[0])[::-1]))
    assert name.turn == pytest.approx(slope, abs=2)
    assert f"rotate({name.turn:.1f} " in render_locator(
        locator(frame=FRAME, streams=(Stream(river, "Dnipro"),), discs=()), 720.0
    )


@pytest.mark.parametrize("line", [
    shapely.LineString([(34.0, 47.7), (34.0, 48.3)]),
    shapely.LineString([(33.99, 48.0), (34.0, 48.0)]),
    shapely.LineString([(33.6 + n / 200, 48.0 + (n % 2) / 30) for n in range(100)]),
    shapely.LineString([(40.0, 48.0), (41.0, 48.0)]),
], ids=["upright", "short", "zigzag", "outside"])  # fmt: skip
def test_a_river_without_a_straight_level_reach_has_no_name(line) -> None:
    assert named(line)[1] == []


def test_a_name_stands_on_nothing_that_is_there() -> None:
    river = shapely.LineString([(33.5, 48.0), (34.5, 48.0)])
    left_half = shapely.box(0, 0, 400, 700)
    _, (name,) = named(river, (left_half,))
    assert not name.ground.intersects(left_half)
    assert named(river, (shapely.box(0, 0, 700, 700),))[1] == []


def test_only_so_many_rivers_are_named_and_none_over_another() -> None:
    streams = tuple(
        Stream(shapely.LineString([(33.4, 47.75 + n / 50), (34.6, 47.75 + n / 50)]), f"River {n}")
        for n in range(20)
    )
    scene = compose(locator(frame=FRAME, streams=streams), 700.0)
    assert len(scene.rivers) == MOST
    grounds = [name.ground for name in scene.rivers]
    boxes = [shapely.box(*label.box) for label in scene.labels]
    for n, one in enumerate(grounds):
        assert not any(one.intersects(other) for other in [*grounds[:n], *boxes])


def test_a_great_river_is_named_before_villages_and_alone_on_a_country() -> None:
    river = shapely.LineString([(33.0, 48.0), (35.0, 48.0)])
    other = shapely.LineString([(33.0, 48.2), (35.0, 48.2)])
    streams = (Stream(river, "Dnipro", great=True), Stream(other, "Styr"))
    villages = tuple(
        replace(town(f"Village {n}", people=900), lon=33.5 + n / 25, lat=48.012) for n in range(24)
    )
    near = compose(locator(frame=FRAME, streams=streams, places=villages, discs=()), 700.0)
    assert {name.text for name in near.rivers} == {"Dnipro", "Styr"}
    dnipro = next(name for name in near.rivers if name.text == "Dnipro")
    boxes = [shapely.box(*label.box) for label in near.labels]
    assert boxes
    assert not any(box.intersects(dnipro.ground) for box in boxes)
    country = Frame(34.0, 48.0, 900.0, 600.0)
    longer = tuple(replace(one, line=one.line.segmentize(1)) for one in streams)
    far = compose(locator(frame=country, streams=longer, places=(), discs=()), 700.0)
    assert "Styr" not in {name.text for name in far.rivers}


def test_boxes_along_a_steep_name_hold_it_and_are_less_than_its_own() -> None:
    river = shapely.LineString([(33.8, 47.75), (34.2, 48.25)])
    _, (name,) = named(river)
    tiles = shapely.union_all([shapely.box(*box) for box in name.boxes])
    assert tiles.buffer(0.01).contains(name.ground)
    assert tiles.area < 0.6 * shapely.box(*name.box).area


def test_a_hostile_name_stays_words() -> None:
    river = shapely.LineString([(33.0, 48.0), (35.0, 48.0)])
    content = locator(frame=FRAME, streams=(Stream(river, "<b>&"),))
    text = render_locator(content)
    assert "<b>" not in text
    assert re.search("&lt;b&gt;&amp;", text)
