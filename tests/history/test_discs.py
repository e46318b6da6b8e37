"""A disc over a series agrees with the disc on each partition."""

import numpy as np
import pytest

from contested.geo.disc import disc, named_sector, shares
from contested.history.discs import shares_over_time
from contested.history.reference import ReferenceEngine
from contested.records import PARTITION_ORDER, Status
from worlds import CONTESTED, OCCUPIED, SINCE_2014, box, feature, map_file, polygon, series_of

PIECE = disc(37.0, 48.0, 2.0)


def world():
    east = feature(OCCUPIED, polygon(box(37.0, 47.0, 38.0, 49.0)))
    all_of_it = feature(OCCUPIED, polygon(box(36.0, 47.0, 38.0, 49.0)))
    over = feature(CONTESTED, polygon(box(36.9, 47.9, 37.01, 48.1)))
    old = feature(SINCE_2014, polygon(box(37.005, 47.0, 37.5, 49.0)))
    hole = feature(
        OCCUPIED, polygon(box(36.0, 47.0, 38.0, 49.0), box(36.95, 47.95, 37.05, 48.05)[::-1])
    )
    far = feature(OCCUPIED, polygon(box(30.0, 47.0, 31.0, 48.0)))
    two = {
        "type": "MultiPolygon",
        "coordinates": [[box(30.0, 47.0, 31.0, 48.0)], [box(37.0, 47.0, 38.0, 49.0)]],
    }
    return series_of(
        (0, map_file(far)),
        (1, map_file(east)),
        (2, map_file(east, over)),
        (3, map_file(east, over, old)),
        (4, map_file(hole)),
        (5, map_file(all_of_it, far)),
        (6, map_file(east)),
        (7, map_file(feature(OCCUPIED, two))),
    )


def test_by_hand():
    occupied = shares_over_time(world(), PIECE)[:, PARTITION_ORDER.index(Status.OCCUPIED)]
    assert occupied[[0, 1, 4, 5, 6, 7]] == pytest.approx([0, 0.5, 0, 1, 0.5, 0.5], abs=1e-4)


@pytest.mark.parametrize("piece", [PIECE, named_sector(37.0, 48.0, 2.0, "sw")])
def test_agrees_with_the_reference_partition(piece):
    series = world()
    engine = ReferenceEngine(series)
    found = shares_over_time(series, piece)
    for index in range(len(series)):
        whole = shares(piece, engine.ground(index))
        expected = [whole.get(status, 0.0) for status in PARTITION_ORDER]
        assert found[index] == pytest.approx(expected, abs=1e-9)
    assert np.all(found.sum(axis=1) <= 1 + 1e-9)
