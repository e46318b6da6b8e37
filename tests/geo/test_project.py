import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from contested.geo.measure import area_km2
from contested.geo.project import (
    EQUAL_AREA,
    LAMBERT,
    points_to_degrees,
    points_to_plane,
    polygons_to_plane,
    to_degrees,
    to_plane,
)


@pytest.mark.parametrize("plane", [LAMBERT, EQUAL_AREA])
@given(lon=st.floats(22, 41), lat=st.floats(44, 53))
def test_there_and_back(plane, lon, lat):
    there = points_to_plane(np.array([[lon, lat]]), plane)
    np.testing.assert_allclose(points_to_degrees(there, plane), [[lon, lat]], atol=1e-9)


def test_equal_area_keeps_areas():
    square = shapely.segmentize(shapely.box(33, 46, 33.5, 46.5), 0.01)
    plane_km2 = shapely.area(to_plane(square, EQUAL_AREA)) / 1e6
    assert plane_km2 == pytest.approx(area_km2(square), rel=1e-5)


def test_lambert_is_true_on_its_parallel():
    line = to_degrees(shapely.LineString([(0, 0), (1000, 0)]), LAMBERT)
    (lon0, lat0), (lon1, lat1) = shapely.get_coordinates(line)
    metres = np.hypot((lon1 - lon0) * 111_320 * np.cos(np.radians(lat0)), (lat1 - lat0) * 111_200)
    assert metres == pytest.approx(1000, rel=0.004)


def test_centres():
    np.testing.assert_allclose(points_to_plane(np.array([[35.5, 48.5]]), EQUAL_AREA), 0, atol=1e-6)
    assert points_to_plane(np.array([[36.0, 48.0]]), LAMBERT)[0, 0] == pytest.approx(0, abs=1e-6)


def test_projected_polygons_are_fit_for_overlays():
    # A notch that reaches a hundredth of a millimetre through the far edge.
    corners = [(0, 0), (9e4, 0), (9e4, 9e4), (5e4, -1e-5), (0, 9e4)]
    ground = shapely.MultiPolygon([shapely.Polygon(corners), shapely.box(2e5, 0, 3e5, 9e4)])
    flat = polygons_to_plane(to_degrees(ground, LAMBERT), LAMBERT)
    assert flat.geom_type == "MultiPolygon"
    assert shapely.is_valid(flat)
    assert shapely.area(flat) == pytest.approx(shapely.area(ground), rel=1e-8)
    assert shapely.area(polygons_to_plane(shapely.box(35, 47, 36, 48), LAMBERT)) > 8e9
