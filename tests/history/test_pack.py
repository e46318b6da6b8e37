"""The pack: what goes in comes out, and nothing else."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from contested.errors import InputError
from contested.history.pack import pack, unpack
from contested.history.pack_head import MAGIC, read_sections
from contested.history.pack_numbers import (
    pack_counts,
    pack_signed,
    unpack_counts,
    unpack_signed,
)
from contested.history.series import SeriesBuilder
from contested.records import Shape, SnapshotId
from histories import a_history
from worlds import CONTESTED, OCCUPIED, box, feature, map_file, polygon, series_of

SQUARE, HOLE = (36.0, 48.0, 36.2, 48.1), (36.05, 48.02, 36.15, 48.08)


def assert_identical(ours, theirs):
    assert ours.source == theirs.source
    assert ours.carries == theirs.carries
    assert ours.snapshots == theirs.snapshots
    assert ours.words == theirs.words
    for column in ("offsets", "shape_of", "status_of", "word_of"):
        one, other = getattr(ours, column), getattr(theirs, column)
        assert one.dtype == other.dtype
        assert one.tolist() == other.tolist()
    for one, other in zip(ours.shapes, theirs.shapes, strict=True):
        assert one.key == other.key
        assert_rings(one.polygons, other.polygons)
        assert (one.repaired is None) == (other.repaired is None)
        assert_rings(one.repaired or (), other.repaired or ())


def assert_rings(ours, theirs):
    for one, other in zip(ours, theirs, strict=True):
        for ring, same in zip(one, other, strict=True):
            assert ring.dtype == same.dtype
            assert ring.tolist() == same.tolist()


@settings(max_examples=60, deadline=None)
@given(a_history())
def test_round_trip_is_identity(maps):
    series = series_of(*enumerate(maps))
    assert_identical(unpack(pack(series)), series)


def test_words_order_repeats_holes_and_repairs_survive():
    a, b = polygon(box(*SQUARE), box(*HOLE)), polygon(box(*HOLE))
    series = series_of(
        (0, map_file(feature(OCCUPIED, a, "Окуповано"), feature(CONTESTED, b, "x"))),
        (1, map_file(feature(CONTESTED, b, "y"), feature(OCCUPIED, a, "Окуповано"))),
        (1.5, map_file()),
        (2, map_file(*[feature(CONTESTED, b, "x")] * 3, feature(OCCUPIED, a, ""))),
    )
    outer = series.shapes[0].polygons[0]
    mended = Shape(series.shapes[0].key, series.shapes[0].polygons, ((outer[0],), (outer[1],)))
    empty = replace(series.shapes[1], repaired=())
    series = replace(series, shapes=(mended, empty))
    assert_identical(unpack(pack(series)), series)


def test_times_between_seconds_and_days_before_publication_survive():
    series = series_of((0, map_file(feature(OCCUPIED, polygon(box(*SQUARE))))))
    published = datetime(2024, 5, 1, 0, 0, 0, 250_001, tzinfo=UTC)
    snapshot = SnapshotId("deepstate", "ab" * 32, date(2024, 4, 30), published)
    series = replace(series, snapshots=(snapshot,))
    assert unpack(pack(series)).snapshots == (snapshot,)


def test_an_empty_series_survives():
    series = SeriesBuilder("deepstate", frozenset()).build()
    assert_identical(unpack(pack(series)), series)


def test_a_redrawn_outline_costs_little():
    """A line rewritten within a metre is told from the old one, not from scratch."""
    rng = np.random.default_rng(0)
    angle = np.linspace(0, 2 * np.pi, 500, endpoint=False)
    first = np.stack([36 + np.cos(angle) * rng.uniform(0.9, 1, 500), 48 + np.sin(angle)], 1)
    maps = []
    for step in range(3):
        ring = (first + step * rng.uniform(-5e-6, 5e-6, first.shape)).round(7).tolist()
        maps.append(map_file(feature(OCCUPIED, polygon([*ring, ring[0]]))))
    sizes = [len(pack(series_of(*enumerate(maps[:n])))) for n in (1, 3)]
    assert sizes[1] - sizes[0] < 0.7 * 2 * sizes[0]


def test_the_web_variant_is_coarse_and_closed():
    series = series_of((0, map_file(feature(OCCUPIED, polygon(box(36.0000049, 48, 36.2, 48.1))))))
    packed = pack(series, decimals=5)
    assert read_sections(packed)[0].unit == 1e-5
    ring = unpack(packed).shapes[0].polygons[0][0]
    assert (ring % 100 == 0).all()
    assert ring[0].tolist() == ring[-1].tolist()
    assert shapely.Polygon(ring).is_valid
    with pytest.raises(InputError, match="3 to 7"):
        pack(series, decimals=8)


def test_foreign_and_cut_bytes_are_refused_in_one_line():
    packed = pack(series_of((0, map_file(feature(OCCUPIED, polygon(box(*SQUARE)))))))
    for content in (b"", b"PK", packed[: len(MAGIC) + 2], packed[:-5], MAGIC + bytes(40)):
        with pytest.raises(InputError, match="pack"):
            unpack(content)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_byte_changed_anywhere_is_noticed(data):
    packed = bytearray(pack(series_of((0, map_file(feature(OCCUPIED, polygon(box(*SQUARE))))))))
    at = data.draw(st.integers(0, len(packed) - 1))
    packed[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(InputError, match="pack"):
        unpack(bytes(packed))


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_packs_made_to_mislead_never_crash(data):
    """Changed inside, its digest made right again: another series, or one line; never a crash."""
    packed = bytearray(pack(series_of((0, map_file(feature(OCCUPIED, polygon(box(*SQUARE))))))))
    at = data.draw(st.integers(0, len(packed) - 33))
    packed[at] ^= data.draw(st.integers(1, 255))
    packed[-32:] = sha256(packed[:-32]).digest()
    with suppress(InputError):
        assert len(unpack(bytes(packed)).shapes) == 1


@given(st.lists(st.integers(0, 2**62)))
def test_counts_round_trip(values):
    assert unpack_counts(pack_counts(values), len(values)).tolist() == values


@given(st.lists(st.integers(-(2**31) + 1, 2**31 - 1)))
def test_signed_numbers_round_trip(values):
    array = np.array(values, dtype=np.int32)
    assert unpack_signed(*pack_signed(array), len(array)).tolist() == values
