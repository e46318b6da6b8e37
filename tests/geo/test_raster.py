import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from contested.geo.raster import Grid, aligned_grid, rasterise

GRID = Grid(0, 0, 10, 8, 12)


def test_a_box_covers_the_cells_whose_centre_it_holds():
    cells = rasterise(shapely.box(10, 20, 40, 40), GRID)
    assert cells.sum() == 6
    assert cells[2:4, 1:4].all()


def test_holes_and_parts():
    ring = shapely.box(0, 0, 50, 50).difference(shapely.box(10, 10, 40, 40))
    both = shapely.union(ring, shapely.box(80, 0, 100, 20))
    cells = rasterise(both, GRID)
    assert cells.sum() == 25 - 9 + 4
    assert not cells[2, 2]


def test_beyond_the_grid():
    assert rasterise(shapely.box(-500, -500, 500, 500), GRID).all()
    assert not rasterise(shapely.box(500, 0, 600, 50), GRID).any()
    assert not rasterise(shapely.box(-600, 0, -500, 50), GRID).any()


@pytest.mark.parametrize("nothing", [None, shapely.Polygon(), shapely.MultiPolygon()])
def test_nothing(nothing):
    assert not rasterise(nothing, GRID).any()


def test_vertices_on_a_row_of_centres_count_once():
    diamond = shapely.Polygon([(5, 25), (45, 65), (85, 25), (45, -15)])
    cells = rasterise(diamond, GRID)
    assert cells[2].sum() == 8
    assert cells[6].sum() == 0


COORDINATE = st.integers(-30, 150)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(COORDINATE, COORDINATE), min_size=3, max_size=9, unique=True))
def test_as_geos_says(corners):
    hull = shapely.make_valid(shapely.Polygon(np.array(corners) + 0.123))
    polygons = [p for p in shapely.get_parts(hull) if p.geom_type == "Polygon"]
    shape = shapely.MultiPolygon(polygons) if polygons else shapely.Polygon()
    if not shape.is_valid:
        return
    x, y = np.meshgrid(GRID.x_m, GRID.y_m)
    clear = shapely.distance(shapely.boundary(shape), shapely.points(x, y)) > 1e-9
    says = shapely.contains_xy(shape, x, y)
    np.testing.assert_array_equal(rasterise(shape, GRID)[clear], says[clear])


def test_aligned_grids_agree():
    small = aligned_grid((101, 52, 149, 88), 10)
    assert (small.west_m, small.south_m, small.rows, small.columns) == (100, 50, 4, 5)
    np.testing.assert_array_equal(small.x_m % 10, 5)
