"""Names: never over one another, districts left out, the important ones first."""

from __future__ import annotations

from itertools import combinations

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from contested.render.labels import (
    Candidate,
    Label,
    Space,
    in_order,
    place_labels,
    rank_of,
    taken_by,
    without_districts,
)
from scenes import HOSTILE, town


def meet(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def overlaps(labels: list[Label], others: list[tuple[float, ...]] | None = None) -> int:
    """Count pairs of boxes that meet: names, dots and leaders of different places, furniture."""
    groups = [taken_by([label]) for label in labels] + [[box] for box in others or []]
    return sum(meet(a, b) for one, two in combinations(groups, 2) for a in one for b in two)


def candidates(points: list[tuple[float, float, int, bool]], name: str = "Town") -> list[Candidate]:
    return [
        Candidate(town(f"{name} {n}", people=1000), x, y, rank, 3.0, own)
        for n, (x, y, rank, own) in enumerate(points)
    ]


POINTS = st.tuples(
    st.floats(-20, 520), st.floats(-20, 420), st.sampled_from([0, 1, 2]), st.booleans()
)
BOXES = ((0.0, 350.0, 120.0, 400.0), (380.0, 0.0, 500.0, 90.0))


@settings(max_examples=150)
@given(st.lists(POINTS, max_size=60))
def test_nothing_ever_overlaps(points: list[tuple[float, float, int, bool]]) -> None:
    labels = place_labels(candidates(points), Space(500, 400, BOXES))
    dots = {label.dot for label in labels if not label.own_dot}
    soft = [
        (x - 4, y - 4, x + 4, y + 4) for x, y, _, own in points if not own and (x, y) not in dots
    ]
    own = [label for label in labels if label.own_dot]
    assert overlaps(own, list(BOXES)) == 0
    boxes = [label.box for label in labels]
    assert not any(meet(a, b) for a, b in combinations(boxes, 2))
    assert not any(meet(a, b) for a in boxes for b in (*BOXES, *soft))
    assert all(b[0] >= 0 and b[1] >= 0 and b[2] <= 500 and b[3] <= 400 for b in boxes)


def test_a_lone_name_stands_right_of_its_dot() -> None:
    (label,) = place_labels(candidates([(100, 100, 1, True)]), Space(500, 400))
    assert (label.anchor, label.text) == ("start", "Town 0")
    assert label.box[0] > 103
    assert label.box[1] < 100 < label.box[3]


def test_a_name_at_the_right_edge_stands_left() -> None:
    (label,) = place_labels(candidates([(490, 100, 1, True)]), Space(500, 400))
    assert label.anchor == "end"


def test_a_name_steps_off_the_front_line() -> None:
    line = shapely.LineString([(130, 0), (130, 400)])
    (label,) = place_labels(candidates([(100, 100, 1, True)]), Space(500, 400, (), line))
    assert not shapely.box(*label.box).intersects(line)


def test_a_name_does_not_hide_the_dot_of_the_next_place() -> None:
    labels = place_labels(candidates([(100, 100, 1, True), (125, 100, 1, True)]), Space(500, 400))
    assert [label.text for label in labels] == ["Town 0", "Town 1"]


def test_a_name_does_not_stand_beside_the_dot_of_another() -> None:
    # the second place's best free side would put its name right of the first one's dot
    south, north = (
        Candidate(town(n, people=9000), 200, y, 1, 3.2) for n, y in (("S", 120), ("N", 98))
    )
    wall = (206.0, 80.0, 300.0, 106.0)
    first, second = place_labels([south, north], Space(500, 400, (wall,)))
    assert first.text == "S"
    left, top, right, bottom = second.box
    x, y = first.dot
    assert not (top < y < bottom and left - x < 12 and right > x)


def test_on_a_country_in_one_column_only_the_capital_is_bold() -> None:
    capital, city = town("Capital", people=2_900_000), town("City", people=1_400_000)
    assert [rank_of(one, width_km=1400.0, width_px=301.0) for one in (capital, city)] == [0, 1]
    assert rank_of(city, width_km=1400.0, width_px=641.0) == 0


def test_where_there_is_no_room_a_name_is_left_out() -> None:
    full = Space(60, 20, ((20.0, 0.0, 60.0, 20.0),))
    assert place_labels(candidates([(10, 10, 1, True)], "A very long name"), full) == []


def test_only_the_first_rank_gets_a_leader() -> None:
    walls = tuple((100.0 + dx, 100.0 + dy, 118.0 + dx, 106.0 + dy)
                  for dx in (-24, 6) for dy in (-22, -3, 14))  # fmt: skip
    blocked = Space(500, 400, (*walls, (90.0, 80.0, 110.0, 94.0), (90.0, 107.0, 110.0, 120.0)))
    first = place_labels(candidates([(100, 100, 0, True)]), blocked)
    assert len(first) == 1
    assert first[0].leader is not None
    assert place_labels(candidates([(100, 100, 1, True)]), blocked) == []


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_take_bounded_room(name: str) -> None:
    candidate = Candidate(town(name), 250, 200, 0, 3.0)
    for label in place_labels([candidate], Space(500, 400)):
        assert label.text.strip()
        assert label.box[2] - label.box[0] < 500


def test_districts_are_left_out() -> None:
    # radius sqrt(300000 / 3000 / pi) = 5.64 km; a degree of latitude is 111.2 km
    city = town("City", 37.0, 48.0, 300_000)
    near = town("Quarter", 37.0, 48.05, 40_000)
    far = town("Suburb", 37.0, 48.052, 40_000)
    assert without_districts([near, far, city]) == [far, city]


def test_small_towns_have_no_districts() -> None:
    pair = [town("A", 37.0, 48.0, 49_999), town("B", 37.0, 48.001, 500)]
    assert without_districts(pair) == pair


def test_a_section_never_hides_its_city() -> None:
    from dataclasses import replace

    section = replace(town("Right Bank", 37.0, 48.0, 350_000), kind="section")
    city = town("City", 37.0, 48.01, 230_000)
    assert without_districts([section, city]) == [city]


def test_order_and_ranks() -> None:
    small, big, mine = town("S", people=900), town("B", people=900_000), town("M", people=None)
    named = town("N", people=10)
    order = in_order([small, big, named, mine], mine.id, frozenset({named.id}))
    assert order == [mine, named, big, small]
    assert [rank_of(p) for p in (big, small)] == [0, 2]
    assert rank_of(mine, mine.id) == 0
    assert rank_of(named, None, frozenset({named.id})) == 1
    assert rank_of(town(people=120_000), width_km=1400) == 1


@pytest.mark.parametrize("rank", [0, 1, 2])
@pytest.mark.parametrize("wall", [(105, 0, 500, 400), (0, 0, 95, 400), (0, 0, 500, 95)])
def test_a_name_never_touches_its_own_dot(wall: tuple[float, ...], rank: int) -> None:
    boxes = ((105.0, 85.0, 108.0, 115.0), (92.0, 85.0, 95.0, 115.0))
    space = Space(500, 400, (*boxes, tuple(map(float, wall))))  # type: ignore[arg-type]
    for label in place_labels(candidates([(100, 100, rank, True)]), space):
        assert not meet(label.box, (96, 96, 104, 104))
