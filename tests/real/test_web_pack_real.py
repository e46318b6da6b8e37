"""The whole war in the pack of the page: small, and every day as the engine measured it."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from contested.history.engine import EdgeEngine
from contested.history.series import SeriesBuilder
from contested.history.web_pack import STEP, pack_for_web
from contested.records import PARTITION_ORDER, Area, ControlMap, Holder, Shape, Territory
from contested.render.site_facts import Figures, site_facts
from contested.sources.registry import source
from history.web_unpack import unpack

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def pack(full_series):
    """With areas and steps as long as the real ones, but all alike: ground is what is tested."""
    snapshots = full_series.snapshots
    days = (snapshots[-1].as_of - snapshots[0].as_of).days + 1
    noise = np.random.default_rng(1)
    figures = Figures(
        noise.normal(0, 5, (len(full_series), 6)).cumsum(axis=0) + 40_000,
        np.abs(noise.normal(0, 9, (days, 2))),
        "area/1",
    )
    about = site_facts(snapshots, [source("deepstate")], figures, local_only=True)
    return pack_for_web(full_series, about)


@pytest.fixture(scope="module")
def found(pack):
    return unpack(pack)


def test_the_whole_war_is_smaller_than_half_a_megabyte(pack):
    assert len(pack) <= 450_000


def test_every_snapshot_keeps_its_time_and_hash(found, full_series):
    facts = found.facts
    times = np.cumsum(facts["published"]).tolist()
    assert times == [int(s.published.timestamp()) for s in full_series.snapshots]
    hashes = [facts["hashes"][i : i + 16] for i in range(0, len(facts["hashes"]), 16)]
    assert hashes == [s.sha256[:16] for s in full_series.snapshots]


def test_every_decoded_map_measures_what_the_engine_measures(found, full_series):
    decoded = decoded_series(found, full_series, range(len(full_series)))
    measured = EdgeEngine(decoded).areas_km2()
    expected = EdgeEngine(full_series).areas_km2()
    assert len(measured) == len(full_series)
    # 0.01 % of every status, or 0.01 km² where that is less than a page can show.
    np.testing.assert_allclose(measured, expected, rtol=1e-4, atol=0.01)


def decoded_series(found, series, days):
    """The maps of some days as the browser has them."""
    builder = SeriesBuilder(series.source, series.carries)
    shapes = {}
    for index in days:
        areas = []
        for number, (rings, status, word, spans) in enumerate(found.runs):
            if any(begin <= index < end for begin, end in spans):
                shape = shapes.setdefault(number, shape_of(number, rings))
                areas.append(
                    Area(
                        PARTITION_ORDER[status],
                        found.facts["words"][word],
                        Holder.RUSSIA,
                        Territory.UKRAINE,
                        shape,
                    )
                )
        snapshot = series.snapshots[index]
        builder.add(ControlMap(snapshot, series.carries, tuple(areas)))
    return builder.build()


def shape_of(number, rings):
    polygon = tuple(
        np.array([*ring, ring[0]], dtype=np.int64).astype(np.int32) * STEP for ring in rings
    )
    degrees = [ring / 1e7 for ring in polygon]
    whole = shapely.make_valid(shapely.Polygon(degrees[0], degrees[1:]))
    parts = [p for p in shapely.get_parts(whole) if p.geom_type == "Polygon"]
    repaired = tuple(
        tuple(
            np.rint(shapely.get_coordinates(ring) * 1e7).astype(np.int32)
            for ring in (part.exterior, *part.interiors)
        )
        for part in parts
    )
    return Shape(number.to_bytes(16, "little"), (polygon,), repaired)
