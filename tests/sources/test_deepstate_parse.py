"""Bytes in, areas out: by fill colour, part by part."""

from __future__ import annotations

import numpy as np
import pytest

from contested.errors import MapFileError, UnknownStatusError
from contested.records import Holder, Status, Territory
from contested.sources.deepstate.parse import Memo, parse
from worlds import (
    CONTESTED,
    ELSEWHERE,
    IN_RUSSIA,
    LIBERATED,
    OCCUPIED,
    SINCE_2014,
    box,
    feature,
    file_name,
    map_file,
    polygon,
    rectangle_km2,
)

SQUARE = polygon(box(36.0, 48.0, 36.1, 48.1))


def read(*features, memo=None):
    return parse(map_file(*features), file_name(0), memo)


@pytest.mark.parametrize(
    ("fill", "name", "status", "holder", "territory"),
    [
        (OCCUPIED, "Окуповано /// Occupied", Status.OCCUPIED, "russia", "ukraine"),
        (SINCE_2014, "ОРДЛО", Status.HELD_SINCE_2014, "russia", "ukraine"),
        ("#000000", "Крим", Status.HELD_SINCE_2014, "russia", "ukraine"),
        ("#000000", "Під питанням", Status.CONTESTED, "unclear", "ukraine"),
        (CONTESTED, "Unknown status", Status.CONTESTED, "unclear", "ukraine"),
        ("#BDBDBD", "Contested", Status.CONTESTED, "unclear", "ukraine"),
        ("#757575", "", Status.CONTESTED, "unclear", "ukraine"),
        (LIBERATED, "Звільнено", Status.LIBERATED, "ukraine", "ukraine"),
        ("#0288d1", "Звільнено", Status.LIBERATED, "ukraine", "ukraine"),
        ("#0097a7", "Звільнено", Status.LIBERATED, "ukraine", "ukraine"),
        (IN_RUSSIA, "Звільнено /// Liberated", Status.UA_HELD_IN_RUSSIA, "ukraine", "russia"),
    ],
)
def test_status_is_the_fill_never_the_name(fill, name, status, holder, territory):
    (area,) = read(feature(fill, SQUARE, name)).areas
    assert area.status is status
    assert (area.holder, area.territory) == (Holder(holder), Territory(territory))
    assert area.source_word == name


@pytest.mark.parametrize("fill", [ELSEWHERE, "#ce93d8", "#fbc02d"])
def test_other_wars_and_junk_are_left_out(fill):
    assert read(feature(fill, SQUARE, "Окуповано /// Occupied")).areas == ()


def test_transnistria_is_left_out():
    assert read(feature("#880e4f", SQUARE, "Придністров'я")).areas == ()


def test_points_and_lines_are_counted_and_not_kept():
    control = read(
        feature(OCCUPIED, {"type": "Point", "coordinates": [36.0, 48.0]}, "a unit"),
        feature(None, {"type": "LineString", "coordinates": [[36, 48], [37, 48]]}, "an arrow"),
        feature(OCCUPIED, SQUARE),
    )
    assert control.points_dropped == 2
    assert [area.source_word for area in control.areas] == [""]


def test_a_collection_is_flattened_and_only_its_stray_part_is_dropped():
    stray = polygon(box(64.2, 14.3, 64.3, 14.4))
    collection = {"type": "GeometryCollection", "geometries": [SQUARE, stray]}
    control = read(feature(OCCUPIED, SQUARE), feature(CONTESTED, collection))
    assert len(control.areas[1].shape.polygons) == 1
    (dropped,) = control.dropped
    assert dropped.feature == 1
    assert dropped.area_km2 == pytest.approx(rectangle_km2(64.2, 14.3, 64.3, 14.4), rel=1e-5)


def test_vertices_are_exact_and_in_the_order_of_the_source():
    ring = [[36.1234567, 48.7654321], [36.2, 48.7], [36.15, 48.8], [36.1234567, 48.7654321]]
    three_d = polygon([[*position, 0] for position in ring])
    (area,) = read(feature(OCCUPIED, three_d)).areas
    assert (area.shape.polygons[0][0] / 1e7).tolist() == ring


def test_a_hole_outside_its_shell_is_repaired_and_recorded():
    shell, hole = box(36.0, 48.0, 36.1, 48.1), box(36.2, 48.0, 36.3, 48.1)
    control = read(feature(OCCUPIED, polygon(shell, hole)))
    (area,) = control.areas
    assert len(area.shape.polygons[0]) == 2
    assert area.shape.repaired is not None
    (repaired,) = control.repaired
    assert "hole lies outside shell" in repaired.reason
    both = rectangle_km2(36.0, 48.0, 36.1, 48.1) + rectangle_km2(36.2, 48.0, 36.3, 48.1)
    assert repaired.area_km2 == pytest.approx(both, rel=1e-5)


def test_names_are_normalised():
    (area,) = read(feature(OCCUPIED, SQUARE, "Окуп\ufffdовано\u00a0///\n  Occupied")).areas
    assert area.source_word == "Окуповано /// Occupied"


def test_a_name_that_disagrees_with_the_colour_is_flagged():
    control = read(feature(LIBERATED, SQUARE, "Окуповано"), feature(OCCUPIED, SQUARE, "Occupied"))
    assert [flag.feature for flag in control.flags] == [0]
    assert "Окуповано" in control.flags[0].message


def test_all_unknown_fills_are_named_at_once():
    with pytest.raises(UnknownStatusError, match=r"#123456 \(feature 1\), #abcdef \(feature 2\)"):
        read(feature(OCCUPIED, SQUARE), feature("#123456", SQUARE), feature("#ABCDEF", SQUARE))


def test_the_memo_changes_nothing():
    memo = Memo()
    files = [map_file(feature(OCCUPIED, SQUARE, "a"), feature(CONTESTED, SQUARE, "b"))] * 2
    with_memo = [parse(content, file_name(0), memo) for content in files]
    alone = parse(files[0], file_name(0))
    assert with_memo[1].areas[0].shape is with_memo[0].areas[0].shape
    for one, other in zip(with_memo[1].areas, alone.areas, strict=True):
        assert one.shape.key == other.shape.key
        assert np.array_equal(one.shape.polygons[0][0], other.shape.polygons[0][0])


def test_publication_time_and_day_come_from_the_name():
    snapshot = parse(map_file(), "folder/1754251105.geojson").snapshot
    assert str(snapshot.published) == "2025-08-03 19:58:25+00:00"
    assert str(snapshot.as_of) == "2025-08-03"
    with pytest.raises(MapFileError, match=r"map\.geojson: the name must be the time"):
        parse(map_file(), "map.geojson")


@pytest.mark.parametrize(
    ("geometry", "message"),
    [
        (polygon([[36, 48], [36.1, 48], [36.1, 48.1]]), "ring of 3 positions"),
        (polygon([[36, 48], [36.1, 48], [36.1, 48.1], [36, 48.1]]), "not closed"),
        (polygon([]), "ring of 0 positions"),
        (polygon(), "without rings"),
        (polygon([[36, 48], [36.1, 48.1], [36.1, 48], [36, 48.1], [36, 48]]), "self-intersection"),
        (polygon(box(48.0, 36.0, 48.1, 36.1)), "axes look swapped"),
        (
            polygon([[36, "48"], [36.1, 48], [36.1, 48.1], [36, "48"]]),
            "Expected `float`, got `str`",
        ),
        (polygon([[360, 48], [36.1, 48], [36.1, 48.1], [360, 48]]), "not a longitude and latitude"),
        (polygon(box(-100, -60, 100, 60)), "beyond the frame"),
        (polygon([[36], [36.1], [36.1], [36]]), "too short"),
    ],
)
def test_faulty_geometry_names_file_and_feature(geometry, message):
    with pytest.raises(MapFileError, match=message) as caught:
        read(feature(OCCUPIED, SQUARE), feature(OCCUPIED, geometry))
    assert str(caught.value).startswith(f"{file_name(0)}, feature 1: ")
    assert "\n" not in str(caught.value)
