"""Forty frames of real ground, twenty places in two widths: nothing may lie over anything."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from itertools import combinations

import pytest
import shapely

from contested.history.reference import ReferenceEngine
from contested.history.series import SeriesBuilder
from contested.jobs.base_layers import base_layers
from contested.jobs.labels import places_within
from contested.jobs.map import frame_for
from contested.jobs.map_base import streams
from contested.jobs.map_day import attribution, base_map
from contested.jobs.places import open_gazetteer, place_named
from contested.render.labels import taken_by
from contested.render.language import ENGLISH
from contested.render.locator import MARGIN, compose, render_locator
from contested.render.picture import LocatorMap
from contested.render.presets import PX_PER_MM, width_mm
from contested.render.projection import bounds_of
from contested.sources.deepstate.parse import parse
from contested.sources.deepstate.rules import CARRIES
from contested.sources.registry import source
from real_series import FULL, members

RIVERS = FULL.parents[1] / "base" / "rivers.geojson"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not FULL.exists(), reason=f"{FULL} is not here"),
]

DAYS = {
    date(2022, 9, 12): ("Kharkiv", "Kupiansk", "Izium", "Balakliia", "Chuhuiv"),
    date(2022, 11, 12): ("Kherson", "Mykolaiv", "Nova Kakhovka", "Melitopol", "Enerhodar"),
    date(2023, 3, 5): ("Bakhmut", "Avdiivka", "Kramatorsk", "Donetsk", "Mariupol"),
    date(2024, 8, 26): ("Sudzha", "geonames:704422", "Toretsk", "Vovchansk", "Zaporizhzhia"),
}
WIDTHS = ("1col", "2col")
LARGEST_SVG = 600_000


@pytest.fixture(scope="module")
def engine() -> ReferenceEngine:
    newest: dict[date, tuple[str, bytes]] = {}
    for name, content in members(FULL):
        stem = name.rsplit("/", 1)[-1].removesuffix(".geojson")
        day = datetime.fromtimestamp(int(stem), UTC).date()
        if day in DAYS:
            newest[day] = (f"{stem}.geojson", content)
        if len(newest) == len(DAYS) and day > max(DAYS):
            break
    builder = SeriesBuilder("deepstate", CARRIES)
    for _, (name, content) in sorted(newest.items()):
        builder.add(parse(content, name))
    return ReferenceEngine(builder.build())


@pytest.fixture(scope="module")
def frames(engine, tmp_path_factory) -> list[tuple[str, float, LocatorMap]]:
    gazetteer, known = open_gazetteer(None), source("deepstate")
    book = tmp_path_factory.mktemp("book")
    (book / "base").mkdir()
    shutil.copy(RIVERS, book / "base" / "rivers.geojson")
    rivers = base_layers(book, min(DAYS))
    found = []
    for index, snapshot in enumerate(engine.series.snapshots):
        ground = engine.ground(index)
        named = DAYS.get(snapshot.as_of, ())
        for name in named:
            place = place_named(gazetteer, name)
            for width in WIDTHS:
                frame = frame_for(place, width_mm(width))
                content = LocatorMap(
                    frame, base_map(), place.name, "", attribution(known, snapshot.as_of), ground,
                    places=places_within(gazetteer, *bounds_of(frame)), focus=place.id, brief=True,
                    great_rivers=rivers.great_rivers, rivers=rivers.rivers,
                    streams=streams(rivers, ENGLISH),
                )  # fmt: skip
                found.append((name, width_mm(width) * PX_PER_MM, content))
    return found


def over(one, other) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_no_two_things_overlap_on_forty_frames(frames):
    assert len(frames) == 40
    found = []
    for name, width, content in frames:
        scene = compose(content, width - 2 * MARGIN)
        assert scene.scale_bar is not None
        boxes = [("scale", scene.scale_bar.box)]
        boxes += [("inset", scene.inset)] if scene.inset else []
        boxes += [(region.text, region.box) for region in scene.regions]
        slanted = [(river.text, river.ground) for river in scene.rivers]
        for label in scene.labels:
            own, dot, *leader = taken_by([label])
            boxes += [(label.text, own), (f"dot of {label.text}", dot)]
            boxes += [("leader", box) for box in leader]
        pairs = [
            (name, round(width), a, b)
            for (a, one), (b, other) in combinations(boxes, 2)
            if over(one, other) and b != f"dot of {a}" and "leader" not in {a, b}
        ]
        slanted += [(what, shapely.box(*box)) for what, box in boxes]
        pairs += [
            (name, round(width), a, b)
            for (a, one), (b, other) in combinations(slanted, 2)
            if one.intersection(other).area > 0 and a in {r.text for r in scene.rivers}
        ]
        inside = [
            (name, round(width), what, "edge")
            for what, (left, top, right, bottom) in boxes
            if left < 0 or top < 0 or right > scene.projection.width
            or bottom > scene.projection.height
        ]  # fmt: skip
        found += pairs + inside
    assert found == []


def test_the_map_names_its_own_place_on_every_frame(frames):
    for name, width, content in frames:
        labels = compose(content, width - 2 * MARGIN).labels
        assert any(label.rank == 0 for label in labels), (name, width)
        assert len(labels) >= 3, (name, width)


def test_every_map_is_small_enough_to_mail(frames):
    sizes = [
        (name, len(render_locator(content, width, prefix="", real_lines=True).encode()))
        for name, width, content in frames[::4]
    ]
    assert [one for one in sizes if one[1] > LARGEST_SVG] == []
