"""A packed series comes back as it was, and the same series gives the same bytes."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from contested.errors import BookDamagedError
from contested.history.series import SeriesBuilder
from contested.records import Area, ControlMap, Holder, Shape, SnapshotId, Status, Territory
from contested.store.derived import Derived
from contested.store.series_file import pack_series, unpack_series

CARRIES = frozenset({Status.OCCUPIED, Status.CONTESTED})
rings = st.lists(
    st.tuples(st.integers(-(2**31), 2**31 - 1), st.integers(-(2**31), 2**31 - 1)),
    min_size=4, max_size=6,
).map(lambda points: np.array([*points, points[0]], dtype=np.int32))  # fmt: skip
polygons = st.lists(st.lists(rings, min_size=1, max_size=3).map(tuple), max_size=3).map(tuple)
shapes = st.builds(Shape, st.binary(min_size=16, max_size=16), polygons, st.none() | polygons)


def series_of(*maps, source="deepstate"):
    """Return a series with one snapshot for each list of (shape, status, word)."""
    builder = SeriesBuilder(source, CARRIES)
    for number, areas in enumerate(maps):
        published = datetime(2025, 1, 1 + number, tzinfo=UTC)
        snapshot = SnapshotId(source, f"{number:064x}", published.date(), published)
        made = (
            Area(status, word, Holder.RUSSIA, Territory.UKRAINE, shape)
            for shape, status, word in areas
        )
        builder.add(ControlMap(snapshot, CARRIES, tuple(made)))
    return builder.build()


def assert_same(one, two):
    assert (one.source, one.carries, one.snapshots, one.words) == (
        two.source, two.carries, two.snapshots, two.words,
    )  # fmt: skip
    for column in ("offsets", "shape_of", "status_of", "word_of"):
        np.testing.assert_array_equal(getattr(one, column), getattr(two, column))
        assert getattr(one, column).dtype == getattr(two, column).dtype
    assert [plain(shape) for shape in one.shapes] == [plain(shape) for shape in two.shapes]


def plain(shape):
    lists = [
        [[ring.tolist() for ring in p] for p in ps] for ps in (shape.polygons, shape.repaired or ())
    ]
    return shape.key, lists, shape.repaired is None


areas = st.tuples(shapes, st.sampled_from(sorted(CARRIES)), st.text(max_size=5))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(areas, max_size=4), max_size=4))
def test_packed_and_unpacked_is_the_same(maps):
    series = series_of(*maps)
    packed = pack_series(series, "key")
    again, key = unpack_series(packed)
    assert key == "key"
    assert_same(series, again)
    assert pack_series(again, "key") == packed


def test_a_ring_that_shapes_share_is_kept_once():
    ring = np.array([[0, 0], [9, 0], [9, 9], [0, 0]], dtype=np.int32)
    twins = [Shape(bytes([k] * 16), ((ring,),)) for k in range(50)]
    series = series_of([(shape, Status.OCCUPIED, "") for shape in twins])
    again, _ = unpack_series(pack_series(series, "key"))
    assert again.shapes.arrays.vertices.shape == (4, 2)
    assert again.shapes[-1].key == twins[-1].key
    assert [s.key for s in again.shapes[1:3]] == [s.key for s in twins[1:3]]
    with pytest.raises(IndexError):
        again.shapes[50]


@pytest.mark.parametrize(
    "packed",
    [
        b"",
        b"nothing",
        zstandard.compress(b"nothing"),
        zstandard.compress(b"PK\x05\x06" + bytes(18)),
    ],
)
def test_other_bytes_are_no_series(packed):
    with pytest.raises(BookDamagedError, match="derived series cannot be read"):
        unpack_series(packed)


def test_a_damaged_derived_file_is_worth_nothing(tmp_path):
    derived = Derived(tmp_path / "derived")
    series = series_of([], [])
    file = derived.keep_series(series, "key")
    assert derived.series("deepstate")[1] == "key"
    file.write_bytes(file.read_bytes()[:-3])
    assert derived.series("deepstate") is None
    assert derived.series("another") is None
