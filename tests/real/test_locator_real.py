"""Locator maps of the real daily series: what a reader must be able to see at Pokrovsk."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
import shapely

from contested import sample
from contested.history.reference import ReferenceEngine
from contested.history.series import SeriesBuilder
from contested.records import Place, Status
from contested.render.locator import compose, frame_around, render_locator
from contested.render.picture import Attribution, BaseMap, LocatorMap
from contested.sources.deepstate_daily.parse import CARRIES, parse

DAILY = "deepstate/daily-2024-07-08--2025-11-30.tar.zst"
POKROVSK = Place("geonames:704147", "Pokrovsk", 37.17706, 48.28014, population=61_000)
FILES = ("deepstatemap_data_20251023.geojson", "deepstatemap_data_20251106.geojson")

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def pokrovsk() -> LocatorMap:
    import io
    import tarfile

    import zstandard

    builder = SeriesBuilder("deepstate_daily", CARRIES)
    archive = Path(__file__).parents[3] / "shared/data" / DAILY
    with (
        archive.open("rb") as raw,
        zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(raw) as stream,
        tarfile.open(fileobj=io.BufferedReader(stream), mode="r|") as tar,
    ):
        for member in tar:
            if (name := Path(member.name).name) in FILES:
                file = tar.extractfile(member)
                assert file is not None
                builder.add(parse(file.read(), name))
    engine = ReferenceEngine(builder.build())
    neighbours = {n: g for n, g in sample.countries().items() if n != sample.UKRAINE}
    world = BaseMap(sample.outline(), neighbours, sample.extent(), sample.BASE_MAP_CREDIT)
    return LocatorMap(
        frame_around(POKROVSK, 44.0, 0.7), world, "Pokrovsk, 5 November 2025",
        "as assessed by DeepState", Attribution("DeepState", date(2025, 11, 5)),
        engine.ground(1), (Status.CONTESTED,), tuple(engine.changes(0, 1)), date(2025, 10, 22),
        (POKROVSK,), POKROVSK.id,
    )  # fmt: skip


def test_south_western_edge_is_occupied_and_newly_so(pokrovsk: LocatorMap) -> None:
    scene = compose(pokrovsk)
    quadrant = _pixels(scene, _quadrant(3.0, 180, 270))
    taken = scene.statuses[Status.CONTROLLED].intersection(quadrant).area / quadrant.area
    assert taken == pytest.approx(0.82, abs=0.02)
    assert scene.gained.intersection(quadrant).area / quadrant.area > 0.6


def test_two_thin_columns_reach_into_the_city_and_are_seen(pokrovsk: LocatorMap) -> None:
    scene = compose(pokrovsk)
    px = scene.projection.px_per_km
    ground = scene.statuses[Status.CONTROLLED]
    thick = ground.buffer(-0.3 * px).buffer(0.3 * px)
    city = _pixels(scene, _quadrant(3.2, 0, 360))
    columns = [
        part
        for part in shapely.get_parts(ground.difference(thick).intersection(city))
        if part.area > 25
    ]
    assert len(columns) >= 2
    assert all(np.ptp(shapely.get_coordinates(p)[:, 1]) > 10 for p in columns[:2])


def test_page_says_what_is_not_held_and_is_small(pokrovsk: LocatorMap) -> None:
    text = render_locator(pokrovsk)
    assert "contested or unknown: not held for this date" in text
    assert len(text) < 600_000


def _quadrant(radius_km: float, begin: float, end: float) -> shapely.Polygon:
    from contested.geo.measure import WGS84

    bearings = np.linspace(begin, end, 91)
    many = np.ones_like(bearings)
    lon, lat, _ = WGS84.fwd(
        POKROVSK.lon * many, POKROVSK.lat * many, bearings, radius_km * 1000 * many
    )
    points = list(zip(lon, lat, strict=True))
    return shapely.Polygon([*points, (POKROVSK.lon, POKROVSK.lat)] if end - begin < 360 else points)


def _pixels(scene, polygon: shapely.Polygon) -> shapely.Polygon:
    return shapely.transform(polygon, scene.projection.points)
