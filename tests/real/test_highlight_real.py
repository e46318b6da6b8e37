"""Figures on a map are those of the whole front, though only the ground round it is measured."""

from __future__ import annotations

from datetime import date

import pytest
import shapely

from contested.geo.reach import RINGS_KM
from contested.geo.salient import salients
from contested.history.reference import ReferenceEngine
from contested.history.series import SeriesBuilder
from contested.jobs.highlight import controlled
from contested.jobs.highlight_reach import rings
from contested.jobs.highlight_salients import _figures, _ground, _near, salients_in
from contested.jobs.map_day import base_map
from contested.render.picture import Attribution, Frame, LocatorMap
from contested.render.projection import bounds_of
from contested.sources.deepstate_daily.parse import CARRIES, parse
from real_series import DAILY, members

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not DAILY.exists(), reason=f"{DAILY} is not here"),
]

DAY = "deepstatemap_data_20251106.geojson"
FRAMES = (Frame(37.18, 48.28, 73.5, 53.0), Frame(37.6, 49.7, 118.0, 85.0))


@pytest.fixture(scope="module")
def content() -> LocatorMap:
    builder = SeriesBuilder("deepstate_daily", CARRIES)
    file = next(content for name, content in members(DAILY) if name.endswith(DAY))
    builder.add(parse(file, DAY))
    ground = ReferenceEngine(builder.build()).ground(0)
    source = Attribution("DeepState", date(2025, 11, 5))
    return LocatorMap(FRAMES[0], base_map(), "", "", source, ground)


def test_salients_of_a_frame_are_those_of_the_whole_front(content):
    held = controlled(content.layers)
    everywhere = salients(_ground(content, held, None))
    for frame in FRAMES:
        box = shapely.box(*bounds_of(frame))
        expected = [_figures(one) for one in _near(everywhere, box)[:3]]
        assert len(expected) >= 2
        assert salients_in(content, held, box).salients == expected


def test_rings_of_a_frame_are_those_of_the_whole_ground(content):
    held, country = controlled(content.layers), shapely.box(22, 44, 41, 53)
    whole = rings(held, content.base, country)
    for frame in FRAMES:
        box = shapely.box(*bounds_of(frame))
        for km, local, line in zip(RINGS_KM, rings(held, content.base, box), whole,
                                   strict=True):  # fmt: skip
            one, other = (shapely.intersection(each, box) for each in (local, line))
            assert one.hausdorff_distance(other) < 0.005 if not other.is_empty else one.is_empty, km
