"""A pack says what the series said: rings to 11 cm, statuses, words and spans exactly."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from contested.errors import InputError
from contested.history.range_coder import SLOTS, Model, RangeEncoder
from contested.history.web_pack import STEP, pack_for_web
from history.web_unpack import Decoder, unpack
from worlds import CONTESTED, OCCUPIED, box, feature, map_file, polygon, series_of


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2**32 - 2)), max_size=80))
def test_numbers_come_back(numbers):
    coder, model = RangeEncoder(), Model(3 * SLOTS)
    for context, number in numbers:
        coder.number(model, context, number)
    decoder = Decoder(coder.finish())
    assert [(c, decoder.number("m", c)) for c, _ in numbers] == numbers


@given(st.lists(st.booleans(), max_size=3000))
def test_bits_come_back_and_what_repeats_costs_little(bits):
    coder, model = RangeEncoder(), Model(1)
    for bit in bits:
        coder.bit(model, 0, int(bit))
    content = coder.finish()
    decoder = Decoder(content)
    assert [decoder.bit("m", 0) for _ in bits] == [int(bit) for bit in bits]


def test_a_thousand_equal_bits_take_a_few_bytes():
    coder, model = RangeEncoder(), Model(1)
    for _ in range(1000):
        coder.bit(model, 0, 0)
    assert len(coder.finish()) < 20


def grounds(series):
    """Every snapshot as a set of (rings from a fixed corner, status, word), rounded by hand."""
    days = []
    for index in range(len(series)):
        rows = set()
        for shape, status, word in series.areas(index):
            for rings in shape.repaired or shape.polygons:
                rows.add((tuple(map(corner_first, map(rounded, rings))), status.value, word))
        days.append(rows)
    return days


def rounded(ring):
    return [tuple(v) for v in np.rint(ring[:-1] / STEP).astype(int).tolist()]


def corner_first(vertices):
    """The same ring from its lowest vertex, in the direction that has the lower neighbour next."""
    at = vertices.index(min(vertices))
    turned = [*vertices[at:], *vertices[:at]]
    return min(tuple(turned), (turned[0], *turned[:0:-1]))


def unpacked_grounds(pack, snapshots):
    from contested.records import PARTITION_ORDER

    found = unpack(pack)
    days = [set() for _ in range(snapshots)]
    for rings, status, word, spans in found.runs:
        row = (
            tuple(corner_first(list(ring)) for ring in rings),
            PARTITION_ORDER[status].value,
            found.facts["words"][word],
        )
        for begin, end in spans:
            for day in range(begin, end):
                days[day].add(row)
    return days


def moving_world(corners):
    """One map a corner: a box with a hole whose north-east corner wanders."""
    maps = []
    for day, (east, north) in enumerate(corners):
        outer = box(36.0, 48.0, 36.5, 48.5, steps=6)
        outer[12] = [36.5 + east / 1e4, 48.5 + north / 1e4]
        hole = box(36.1, 48.1, 36.2, 48.2)[::-1]
        grey = feature(CONTESTED, polygon(box(36.5, 48.0, 36.7, 48.5, steps=6)), f"grey {day % 2}")
        maps.append((day, map_file(feature(OCCUPIED, polygon(outer, hole), "ours"), grey)))
    return series_of(*maps)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 400), st.integers(1, 400)), min_size=1, max_size=6))
def test_what_is_packed_comes_back(corners):
    series = moving_world(corners)
    pack = pack_for_web(series, {"note": "as given"})
    assert unpacked_grounds(pack, len(series)) == grounds(series)
    assert unpack(pack).facts["note"] == "as given"


def test_the_same_series_packs_to_the_same_bytes():
    series = moving_world([(1, 1), (2, 3), (1, 1)])
    assert pack_for_web(series, {}) == pack_for_web(series, {})


def test_a_status_that_comes_back_is_one_run_with_two_spans():
    series = moving_world([(1, 1), (2, 3), (1, 1)])
    spans = [run[3] for run in unpack(pack_for_web(series, {})).runs if run[1] == 1]
    assert spans == [((0, 1), (2, 3)), ((1, 2),)]


def test_only_vertices_inside_the_zone_may_carry_a_front():
    series = moving_world([(1, 1)])
    zone = shapely.box(36.4, 48.0, 37.0, 49.0)
    found = unpack(pack_for_web(series, {}, zone)).zone
    unit = STEP * 1e-7
    for (east, north), inside in found.items():
        assert bool(inside) == zone.contains(shapely.Point(east * unit, north * unit))
    assert {0, 1} == set(found.values())


def test_specks_that_rounding_flattens_are_left_out():
    speck = [[36.0, 48.0], [36.0000001, 48.0], [36.0000001, 48.0000001], [36.0, 48.0]]
    good = feature(OCCUPIED, polygon(box(36, 48, 37, 49)), "good")
    series = series_of((0, map_file(feature(OCCUPIED, polygon(speck), "speck"), good)))
    assert len(unpack(pack_for_web(series, {})).runs) == 1


def test_ground_that_the_client_cannot_number_is_refused():
    far = feature(OCCUPIED, polygon(box(36, 48, 37, 49)), "x")
    series = series_of((0, map_file(far)))
    moved = [shape.polygons[0][0] for shape in series.shapes]
    moved[0][:, 1] = -moved[0][:, 1]
    with pytest.raises(InputError, match="67"):
        pack_for_web(series, {})
