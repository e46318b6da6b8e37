import pytest
import shapely

from contested.geo.seams import close_seams


def test_a_hairline_gap_is_closed_and_a_river_is_not():
    left, right = shapely.box(0, 0, 1000, 1000), shapely.box(1002.5, 0, 2000, 1000)
    far = shapely.box(2030, 0, 3000, 1000)
    closed = close_seams(shapely.MultiPolygon([left, right, far]))
    assert len(shapely.get_parts(closed)) == 2
    assert closed.area == pytest.approx(2000 * 1000 + 970 * 1000, abs=1)


def test_corners_stay_where_they_were_drawn():
    notch = shapely.Polygon([(0, 0), (900, 0), (900, 100), (500, 300), (900, 600), (0, 900)])
    assert close_seams(notch).symmetric_difference(notch).area < 1e-3


def test_ground_that_touches_itself_by_a_nanometre_is_closed_too():
    # Valid in degrees, projected: a notch reaches a nanometre through the far edge.
    corners = [(0, 0), (1000, 0), (1000, 1000), (500, -1e-9), (0, 1000)]
    other = shapely.box(1000, 0, 2000, 1000)
    ground = shapely.MultiPolygon([shapely.Polygon(corners), other])
    assert not shapely.is_valid(ground)
    closed = close_seams(ground)
    assert shapely.is_valid(closed)
    assert closed.area == pytest.approx(500 * 1000 + 1000 * 1000, rel=1e-3)
