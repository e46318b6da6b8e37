import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage

from contested.geo.opening import depth_inside, uncovered


def opening_lost(cells, radius):
    """The definition, with two exact distance transforms."""
    if cells.all():
        return np.zeros_like(cells)
    core = ndimage.distance_transform_edt(cells) > radius
    if not core.any():
        return cells
    return cells & (ndimage.distance_transform_edt(~core) > radius)


def test_a_strip_is_lost_when_it_is_narrower_than_the_disc():
    cells = np.zeros((40, 60), dtype=bool)
    cells[2:38, 2:30] = True
    cells[18:23, 30:50] = True
    everywhere = np.ones_like(cells)
    depth = depth_inside(cells, everywhere)
    assert not uncovered(depth, 2)[18:23, 30:47].any()
    lost = uncovered(depth, 4)
    assert lost[18:23, 32:50].all()
    assert not lost[10:30, 10:20].any()


def test_only_cells_inside_the_band_are_looked_at():
    cells = np.zeros((20, 40), dtype=bool)
    cells[8:11, 5:35] = True
    band = np.zeros_like(cells)
    band[:, :20] = True
    lost = uncovered(depth_inside(cells, band), 3)
    assert lost[8:11, 5:20].all()
    assert not lost[:, 20:].any()


@pytest.mark.parametrize("radius", [1, 3])
def test_everything_inside_loses_nothing(radius):
    cells = np.ones((10, 12), dtype=bool)
    assert not uncovered(depth_inside(cells, cells), radius).any()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 7), st.floats(0.3, 0.98))
def test_as_the_definition_says(seed, radius, filled):
    noise = np.random.default_rng(seed).random((48, 64))
    cells = ndimage.uniform_filter(noise, 5) < np.quantile(ndimage.uniform_filter(noise, 5), filled)
    found = uncovered(depth_inside(cells, np.ones_like(cells)), radius)
    np.testing.assert_array_equal(found, opening_lost(cells, radius))
