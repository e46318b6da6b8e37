"""What the person who runs the tests keeps for themselves is none of the tests' business."""

from __future__ import annotations

import os

from contested.store.placefiles import user_gazetteer


def test_places_and_book_of_whoever_runs_the_tests_are_out_of_reach():
    assert not user_gazetteer(None).exists()
    assert "contested-tests-" in str(user_gazetteer(None))
    assert "CONTESTED_BOOK" not in os.environ
