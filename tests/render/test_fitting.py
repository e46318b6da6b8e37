"""A coarse base map under a fine map of control: borders and river beds, in pixels."""

from __future__ import annotations

import pytest
import shapely

from contested.records import Status
from contested.render.fitting import fit_borders, mouths, river_bed
from contested.render.layers import Ground

NONE = shapely.MultiPolygon()
PX = 10.0
"""Pixels of a kilometre: the gap that is closed is 40 px wide, a border moves by 60 px."""


def ground() -> Ground:
    """Ukraine left of x = 500, Eastland right of it."""
    return Ground(
        shapely.box(0, 0, 1000, 1000), shapely.box(0, 0, 500, 1000),
        {"Eastland": shapely.box(500, 0, 1000, 1000)},
    )  # fmt: skip


def at(found: Ground, x: float, y: float) -> str:
    point = shapely.Point(x, y)
    if found.ukraine.contains(point):
        return "Ukraine"
    return next(name for name, shape in found.abroad.items() if shape.contains(point))


def test_ground_occupied_in_ukraine_moves_the_border_out() -> None:
    found = fit_borders(ground(), {Status.OCCUPIED: shapely.box(300, 400, 530, 600)}, NONE, PX)
    assert at(found, 520, 500) == "Ukraine"
    assert at(found, 520, 300) == "Eastland"
    assert found.ukraine.intersection(found.abroad["Eastland"]).area == pytest.approx(0, abs=1e-6)


def test_ground_that_changed_moves_it_too() -> None:
    assert at(fit_borders(ground(), {}, shapely.box(300, 400, 530, 600), PX), 520, 500) == "Ukraine"


def test_a_status_far_beyond_the_border_moves_nothing() -> None:
    far = {Status.OCCUPIED: shapely.box(700, 400, 800, 600)}
    assert at(fit_borders(ground(), far, NONE, PX), 750, 500) == "Eastland"


def test_ground_held_in_russia_is_russia_and_the_strip_before_it_ukraine() -> None:
    held = {Status.UA_HELD_IN_RUSSIA: shapely.box(490, 300, 800, 700)}
    assert at(fit_borders(ground(), held, NONE, PX), 495, 500) == "Eastland"
    apart = {Status.UA_HELD_IN_RUSSIA: shapely.box(530, 300, 800, 700)}
    found = fit_borders(ground(), apart, NONE, PX)
    assert at(found, 515, 500) == "Ukraine"
    assert at(found, 515, 100) == "Eastland"


def test_a_narrow_strip_between_control_and_border_goes_to_the_neighbour() -> None:
    edge = {Status.OCCUPIED: shapely.box(200, 200, 485, 800)}
    assert at(fit_borders(ground(), edge, NONE, PX), 492, 500) == "Eastland"
    inland = {Status.OCCUPIED: shapely.box(200, 200, 440, 800)}
    assert at(fit_borders(ground(), inland, NONE, PX), 470, 500) == "Ukraine"


def test_a_narrow_strip_between_two_areas_inland_stays() -> None:
    two = {Status.OCCUPIED: shapely.union_all([shapely.box(460, 100, 480, 300),
                                               shapely.box(460, 310, 480, 500)])}  # fmt: skip
    assert at(fit_borders(ground(), two, NONE, PX), 465, 305) == "Ukraine"


def test_nothing_moves_on_a_map_of_a_country_or_without_a_neighbour() -> None:
    occupied = {Status.OCCUPIED: shapely.box(300, 400, 530, 600)}
    whole = ground()
    assert fit_borders(whole, occupied, NONE, 1.0) is whole
    alone = Ground(whole.sea, whole.ukraine, {})
    assert fit_borders(alone, occupied, NONE, PX) is alone


def test_a_river_between_two_sides_is_drawn_as_its_bed() -> None:
    banks = shapely.union_all([shapely.box(0, 0, 1000, 490), shapely.box(0, 506, 1000, 1000)])
    line, bed = river_bed(shapely.LineString([(0, 480), (1000, 480)]), banks, PX)
    assert line.is_empty
    assert bed.area == pytest.approx(16 * 1000, rel=0.02)
    assert bed.bounds[1::2] == pytest.approx((490, 506), abs=0.1)


def test_a_river_within_one_side_stays_a_line() -> None:
    river = shapely.LineString([(0, 480), (1000, 480)])
    line, bed = river_bed(river, shapely.box(0, 0, 1000, 1000), PX)
    assert line.equals(river)
    assert bed.is_empty


def test_a_wide_strip_along_a_river_is_ground_not_water() -> None:
    banks = shapely.union_all([shapely.box(0, 0, 1000, 470), shapely.box(0, 500, 1000, 1000)])
    assert river_bed(shapely.LineString([(0, 480), (1000, 480)]), banks, PX)[1].is_empty


def test_a_river_that_ends_beside_a_bed_is_led_into_it() -> None:
    bed = shapely.box(0, 500, 1000, 516)
    ends_near = shapely.LineString([(300, 0), (300, 480)])
    ends_far = shapely.LineString([(600, 0), (600, 300)])
    found = mouths(shapely.MultiLineString([ends_near, ends_far]), bed, PX)
    assert found.length == pytest.approx(480 + 300 + 20)
    assert found.distance(bed) == 0
    assert mouths(ends_near, shapely.MultiPolygon(), PX) is ends_near
