import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.history.probable_faults import probable_faults


def test_a_step_that_the_next_map_takes_back():
    (fault,) = probable_faults(np.array([1000.0, 1010, 1410, 1012, 1020]))
    assert (fault.index, fault.step_km2, fault.reverted_km2) == (2, 400, 398)


def test_a_step_down_and_back():
    (fault,) = probable_faults(np.array([5000.0, 4700, 5001]))
    assert (fault.index, fault.step_km2) == (1, -300)


def test_to_and_fro_and_to_and_fro_are_two_faults():
    found = probable_faults(np.array([1000.0, 1400, 1000, 1400, 1000]))
    assert [fault.index for fault in found] == [1, 3]


def test_a_step_that_stays_is_an_event():
    assert probable_faults(np.array([1000.0, 1400, 1405])) == []


def test_a_step_that_is_too_large_is_flagged_though_it_stays():
    (fault,) = probable_faults(np.array([1000.0, 3500, 3505]))
    assert (fault.index, fault.reverted_km2) == (1, 0)


def test_small_wobbles_are_not():
    assert probable_faults(np.array([1000.0, 1140, 1000, 1149])) == []


@pytest.mark.parametrize("areas", [[], [1.0], [1.0, 1.0]])
def test_nothing_to_compare(areas):
    assert probable_faults(np.array(areas)) == []


@given(st.lists(st.floats(0, 100), min_size=2, max_size=30))
def test_a_calm_series_has_no_fault(areas):
    assert probable_faults(np.array(areas)) == []
