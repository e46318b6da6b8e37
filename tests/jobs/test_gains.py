"""What a picture shows as gained and lost, against the engine's matrix."""

from __future__ import annotations

import pytest
import shapely

from contested.jobs.gains import gains_and_losses
from contested.records import Status
from contested.render.layers import is_gain, is_loss

BEFORE = {Status.OCCUPIED: shapely.box(0, 0, 2, 1), Status.HELD_SINCE_2014: shapely.box(2, 0, 3, 1)}


def test_what_is_new_is_gained_and_what_went_is_lost() -> None:
    after = {
        Status.OCCUPIED: shapely.box(1, 0, 2.5, 1),
        Status.HELD_SINCE_2014: shapely.box(2.5, 0, 4, 1),
    }
    changes = gains_and_losses(BEFORE, after)
    gained, lost = ([c for c in changes if which(c)] for which in (is_gain, is_loss))
    assert [c.geometry.bounds for c in gained] == [(3, 0, 4, 1)]
    assert [c.geometry.bounds for c in lost] == [(0, 0, 1, 1)]
    assert gained[0].area_km2 == pytest.approx(lost[0].area_km2, rel=0.01)


def test_ground_that_only_changes_its_status_or_its_outline_is_neither() -> None:
    moved = {Status.OCCUPIED: shapely.box(0, 0, 3.000001, 1)}
    assert gains_and_losses(BEFORE, moved) == ()
    assert gains_and_losses(BEFORE, BEFORE) == ()
    assert gains_and_losses({}, {}) == ()
