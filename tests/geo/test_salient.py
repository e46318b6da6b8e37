import numpy as np
import pytest
import shapely
from plane_worlds import box, polygon

from contested.errors import NotHeldError
from contested.geo.project import EQUAL_AREA
from contested.geo.salient import (
    Side,
    Tier,
    nearest_place,
    salients,
    taken_km2,
    tier_of,
)
from contested.geo.salient_ground import front_ground
from contested.records import Place

OUTLINE = box(-120, -120, 120, 120, EQUAL_AREA)
RUSSIA = box(120, -120, 160, 120, EQUAL_AREA)
EAST = box(0, -120, 120, 120, EQUAL_AREA)


def ground(*parts, water=None, held=None):
    return front_ground(
        shapely.union_all([EAST, *parts]), OUTLINE, RUSSIA, water=water, held_by_ukraine=held
    )


FINGER = box(-15, -2, 0.2, 2, EQUAL_AREA)


def test_a_straight_front_has_no_salient():
    assert salients(ground()).salients == ()


def test_a_finger_of_the_attacker():
    """15 km deep and 4 km wide: every disc of more than 2 km leaves it over."""
    (found,) = salients(ground(FINGER)).salients
    assert found.side is Side.ATTACKER
    assert found.tier is Tier.FINGER
    assert found.depth_km == pytest.approx(15, abs=1)
    assert found.mouth_km == pytest.approx(4, abs=1.5)
    assert found.mean_width_km == pytest.approx(4, rel=0.15)
    assert found.neck_km == pytest.approx(4, rel=0.2)
    assert found.bearing_deg == pytest.approx(270, abs=8)
    assert found.area_km2 == pytest.approx(60, rel=0.15)
    assert found.front_share == 1
    low, high = found.depth_range_km
    assert low <= found.depth_km <= high


def test_the_same_shape_of_the_defender():
    notch = EAST.difference(box(0, -2, 15, 2, EQUAL_AREA))
    found = salients(front_ground(notch, OUTLINE, RUSSIA)).salients
    assert [one.side for one in found] == [Side.DEFENDER]
    assert found[0].depth_km == pytest.approx(15, abs=1)
    assert found[0].bearing_deg == pytest.approx(90, abs=8)
    assert salients(front_ground(notch, OUTLINE, RUSSIA), [Side.ATTACKER]).salients == ()


def test_two_prongs():
    prongs = [box(-20, y, -9.8, y + 2.5, EQUAL_AREA) for y in (-6, 3.5)]
    palm = box(-10, -6, 0.2, 6, EQUAL_AREA)
    found = salients(ground(palm, *prongs)).salients
    assert len(found[0].prongs) == 2
    for prong in found[0].prongs:
        assert prong.depth_km == pytest.approx(10, abs=1.5)


def test_a_neck_is_the_narrowest_part():
    head = box(-16, -5, -8, 5, EQUAL_AREA)
    shaft = box(-8.2, -1.5, 0.2, 1.5, EQUAL_AREA)
    found = salients(ground(head, shaft)).salients[0]
    assert found.neck_km == pytest.approx(3, abs=0.5)
    assert found.mean_width_km > 4.5


def test_tiers():
    assert tier_of(10, 5) is Tier.FINGER
    assert tier_of(10, 9) is Tier.PRONOUNCED
    assert tier_of(10, 14) is Tier.SALIENT
    assert tier_of(10, 15) is None
    assert tier_of(4.7, 5) is Tier.BORDERLINE
    assert tier_of(4.4, 3) is None


def test_a_borderline_salient_comes_last():
    short = box(-5.6, 60, 0.2, 64, EQUAL_AREA)
    found = salients(ground(short, FINGER)).salients
    assert found[0].depth_km > 14
    assert len(found) <= 2
    if len(found) == 2:
        assert found[1].score < found[0].score


def test_water_belongs_to_neither_side():
    """A lake between the banks is no salient, though maps leave it to nobody."""
    lake = box(0, -2, 30, 2, EQUAL_AREA)
    banks = EAST.difference(lake)
    dry = salients(front_ground(banks, OUTLINE, RUSSIA)).salients
    assert dry[0].side is Side.DEFENDER
    assert dry[0].depth_km > 25
    wet = salients(front_ground(banks, OUTLINE, RUSSIA, water=lake))
    assert wet.salients == ()
    assert wet.water_given


def test_a_peninsula_is_no_salient():
    """Less than 70 % of its free perimeter is front: the rest is coast."""
    sea = shapely.union(
        box(-60, 2, 0, 60, EQUAL_AREA),
        box(-60, -60, 0, -2, EQUAL_AREA),
    )
    land = OUTLINE.difference(sea)
    spit = shapely.union(EAST, box(-20, -2, 0.2, 2, EQUAL_AREA))
    assert salients(front_ground(spit, land, RUSSIA), [Side.ATTACKER]).salients == ()


def test_russia_is_ground_that_an_attackers_salient_grows_out_of():
    """10 km of Russia and 20 km of the strip lie in the band; Ukraine holds a part of Russia."""
    outline = box(-120, -120, 60, 120, EQUAL_AREA)
    russia = box(60, -120, 70, 120, EQUAL_AREA)
    strip = box(40, -20, 60.1, 20, EQUAL_AREA)
    held = box(60, -10, 70, 10, EQUAL_AREA)

    def russian_km2(held):
        cells = front_ground(strip, outline, russia, held_by_ukraine=held)
        beyond = cells.attacker & ~cells.controlled
        return beyond.sum() * (cells.grid.cell_m / 1000) ** 2

    whole = russian_km2(None)
    # The band reaches 30 km north and south of the strip, and all of Russia's width.
    assert whole == pytest.approx(10 * 100, rel=0.05)
    assert whole - russian_km2(held) == pytest.approx(10 * 20, rel=0.05)


def test_ground_without_a_front():
    with pytest.raises(NotHeldError, match="no front"):
        front_ground(OUTLINE, OUTLINE, RUSSIA)


def test_area_taken_since_an_earlier_map():
    now, before = ground(FINGER), ground(box(-5, -2, 0.2, 2, EQUAL_AREA))
    (found,) = salients(now).salients
    from contested.geo.project import to_plane
    from contested.geo.raster import rasterise

    earlier = shapely.union(EAST, box(-5, -2, 0.2, 2, EQUAL_AREA))
    cells = rasterise(to_plane(earlier, EQUAL_AREA), now.grid)
    assert taken_km2(found, cells, now.grid.cell_m) == pytest.approx(40, rel=0.05)
    assert before.grid.cell_m == now.grid.cell_m


def test_the_nearest_settlement_is_told():
    (found,) = salients(ground(FINGER)).salients
    lon, lat = found.tip
    places = [Place("t:far", "Far", lon + 1, lat), Place("t:near", "Near", lon + 0.02, lat)]
    place, km = nearest_place(found, places)
    assert place.name == "Near"
    assert km == pytest.approx(1.5, abs=0.1)
    assert nearest_place(found, []) is None


def test_a_bulge_is_no_salient():
    """A half disc of 10 km is 10 km deep and 20 km wide."""
    angle = np.linspace(np.pi / 2, 3 * np.pi / 2, 60)
    bulge = polygon(*zip(10 * np.cos(angle), 10 * np.sin(angle), strict=True), plane=EQUAL_AREA)
    assert salients(ground(bulge.buffer(0.003))).salients == ()


@pytest.mark.parametrize("seed", [1, 2])
def test_one_cell_of_noise_does_not_lose_it(seed):
    from dataclasses import replace

    from scipy import ndimage

    clean = ground(FINGER)
    coin = np.random.default_rng(seed).random(clean.controlled.shape) < 0.5
    edge = ndimage.binary_dilation(clean.controlled) & clean.free & coin
    lost = ndimage.binary_dilation(clean.free) & clean.controlled & coin
    noisy = replace(
        clean,
        controlled=(clean.controlled | edge) & ~lost,
        attacker=(clean.attacker | edge) & ~lost,
        free=(clean.free & ~edge) | lost,
    )
    found = salients(noisy).salients
    assert found[0].depth_km == pytest.approx(15, abs=1.5)
