"""The fast ways of reading give what the general ones give, or give up."""

from __future__ import annotations

import json

import msgspec
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from contested.geo.geojson import (
    GeometryMemo,
    cut_features,
    read_feature,
    read_geometry,
    shape_key,
    split_features,
)
from contested.geo.numbers import FAST, read_polygons
from contested.geo.simple import surely_valid
from worlds import box, feature, map_file, polygon

NUMBER = st.decimals(-179, 179, places=7).map(lambda d: d.normalize())


def general(text):
    memo = GeometryMemo()
    return read_geometry(msgspec.Raw(text.encode()), memo)


def fast(text):
    memo = GeometryMemo(fast=FAST)
    return read_geometry(msgspec.Raw(text.encode()), memo)


@settings(deadline=None)
@given(
    st.lists(st.tuples(NUMBER, NUMBER), min_size=3, max_size=9), st.sampled_from(["", ",0", ",1.5"])
)
def test_numbers_are_read_exactly(positions, height):
    ring = [*positions, positions[0]]
    text = "[[" + ",".join(f"[{x:f},{y:f}{height}]" for x, y in ring) + "]]"
    found = read_polygons(memoryview(text.encode()), 0)
    expected = [[int(x.scaleb(7)), int(y.scaleb(7))] for x, y in ring]
    if any(abs(y) > 90 for _, y in ring):
        assert found is None
    else:
        assert found[0][0].tolist() == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "[]",
        "[[]]",
        "[[[1,2]]]",
        "[[[1,2],[2,3],[3,1],[1,2]]",
        "[[[1,2],[2,3],[3,1],[1,2]]]]",
        "[[[1,2],[2,3],[3,1],[1,2.5]]]",
        "[[[1e0,2],[2,3],[3,1],[1e0,2]]]",
        "[[[1.12345678,2],[2,3],[3,1],[1.12345678,2]]]",
        "[[[01,2],[2,3],[3,1],[01,2]]]",
        "[[[1.,2],[2,3],[3,1],[1.,2]]]",
        "[[[181,2],[2,3],[3,1],[181,2]]]",
        "[[[1,2],[2,3],[3,1],[1,2],]]",
        "[[[1,2,3,4],[2,3,3,4],[3,1,3,4],[1,2,3,4]]]",
        "[[[-,2],[2,3],[3,1],[-,2]]]",
        "[[ [1,2],[2,3],[3,1],[1,2]]]",
        "[[[1],[2],[3],[1]]]",
        "[[[99999,2],[2,3],[3,1],[99999,2]]]",
    ],
)
def test_what_is_not_plain_is_left_to_the_general_reader(text):
    assert read_polygons(memoryview(text.encode()), 0) is None


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Polygon", "coordinates": [box(36, 48, 37, 49), box(36.2, 48.2, 36.5, 48.5)]},
        {"type": "MultiPolygon", "coordinates": [[box(36, 48, 37, 49)], [box(38, 48, 39, 49)]]},
        {"type": "GeometryCollection", "geometries": [polygon(box(36, 48, 37, 49))]},
        {"type": "Polygon", "coordinates": [[[36, 48], [37, 48], [37, 49], [36.5, 48]]]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon"},
    ],
)
def test_geometries_are_the_same_either_way(geometry):
    text = json.dumps(geometry, separators=(",", ":"))
    ours, theirs = fast(text), general(text)
    assert ours.faults == theirs.faults
    assert (ours.shape is None) == (theirs.shape is None)
    if ours.shape is not None:
        assert ours.shape.key == theirs.shape.key
        for one, other in zip(ours.shape.polygons, theirs.shape.polygons, strict=True):
            assert [r.tolist() for r in one] == [r.tolist() for r in other]


SHELL = box(36, 48, 37, 49)


@pytest.mark.parametrize(
    ("rings", "sure"),
    [
        ([SHELL], True),
        ([SHELL[::-1]], True),
        ([SHELL, box(36.2, 48.2, 36.5, 48.5)], True),
        ([SHELL, box(36.2, 48.2, 36.5, 48.5), box(36.6, 48.2, 36.8, 48.5)], True),
        ([SHELL, box(37.2, 48.2, 37.5, 48.5)], False),  # hole outside
        ([SHELL, box(36.2, 48.2, 36.8, 48.8), box(36.4, 48.4, 36.6, 48.6)], False),  # hole in hole
        ([SHELL, box(36.2, 48.2, 37.5, 48.5)], False),  # crosses the shell
        ([SHELL, box(36, 48.2, 36.5, 48.5)], False),  # touches: GEOS decides
        ([[[36, 48], [37, 49], [37, 48], [36, 49], [36, 48]]], False),  # bow-tie
        ([[[36, 48], [37, 48], [36.5, 48], [36.5, 49], [36, 48]]], False),  # folds back
        ([[[36, 48], [36, 48], [37, 48], [37, 49], [36, 48]]], False),  # repeats: GEOS decides
    ],
)
def test_what_is_surely_valid(rings, sure):
    stored = tuple(np.rint(np.array(r) * 1e7).astype(np.int32) for r in rings)
    assert surely_valid(stored) is sure


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=3, max_size=9))
def test_surely_valid_never_passes_what_geos_refuses(positions):
    ring = np.array([*positions, positions[0]], dtype=np.int32)
    if surely_valid((ring,)):
        assert shapely.Polygon(ring).is_valid


def test_keys_tell_rings_apart_by_structure_not_by_text():
    ring = np.array([[0, 0], [1, 0], [1, 1], [0, 0]], np.int32)
    assert shape_key([(ring,), (ring,)]) != shape_key([(ring, ring)])
    spaced = '{"type": "Polygon", "coordinates": ' + json.dumps([box(36, 48, 37, 49)]) + "}"
    plain = json.dumps(polygon(box(36, 48, 37, 49)), separators=(",", ":"))
    assert general(spaced).shape.key == general(plain).shape.key


def test_cut_features_are_the_split_features():
    content = map_file(
        *(feature("#a52714", polygon(box(36, 48, 36 + i / 9, 49)), f"{i}") for i in (1, 2, 3))
    )
    cut = [read_feature(text) for text in cut_features(content)]
    split = split_features(content, "x")
    assert [bytes(f.geometry) for f in cut] == [bytes(f.geometry) for f in split]
    assert [bytes(f.properties) for f in cut] == [bytes(f.properties) for f in split]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b'{"type":"FeatureCollection","features":[]}',
        b'{"type":"Other","features":[{"type":"Feature","geometry":null,"properties":{}}]}',
        b'{"type":"FeatureCollection", "features": [{"type":"Feature","geometry":null,"properties":{}}]}',  # noqa: E501
        b'{"type":"FeatureCollection","features":[],"x":[{"type":"Feature","geometry":null,"properties":{}}]}',
        b'{"features":[],"features":[{"type":"Feature","geometry":null,"properties":{}}]}',
        b'{"type":"FeatureCollection","features":[{"type":"Feature"',
    ],
)
def test_other_layouts_are_not_cut(content):
    texts = cut_features(content)
    assert texts is None or None in [read_feature(text) for text in texts]


def test_a_cut_inside_a_string_is_noticed():
    name = 'a,{"type":"Feature","geometry":null,"properties":{}}'
    content = map_file(feature("#a52714", polygon(box(36, 48, 37, 49)), name))
    assert cut_features(content) is not None  # json escapes the quotes: no cut inside
    sly = b'{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,"properties":{"a":[1,{"type":"Feature","geometry":null,"properties":{}}]}}]}'  # noqa: E501
    assert None in [read_feature(text) for text in cut_features(sly)]
    assert len(split_features(sly, "x")) == 1


_RING = "[[36,48],[37,48],[37,49],[36,48]]"


@pytest.mark.parametrize(
    "text",
    [
        f'{{"type":"Polygon","coordinates":[{_RING}]}}',
        f'{{"type":"MultiPolygon","coordinates":[[{_RING}]]}}',
        f'{{"type":"MultiPolygon","coordinates":[{_RING}]}}',
        f'{{"type":"Polygon","coordinates":[{_RING}],"coordinates":[]}}',
        f'{{"type":"Polygon","coordinates":[{_RING}],"type":"Point"}}',
        f'{{"type":"Polygon","coordinates":[{_RING}] }}',
        f'{{"type":"Polygon","coordinates":[{_RING}]',
        '{"type":"Polygon","coordinates":}',
        '{"type":"Polygon","coordinates":',
    ],
)
def test_a_plain_geometry_reads_as_the_general_way_does(text):
    quick, slow = fast(text), general(text)
    assert quick.faults == slow.faults
    assert (quick.shape is None) == (slow.shape is None)
    if slow.shape is not None:
        assert quick.shape.key == slow.shape.key
