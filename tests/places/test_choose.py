"""Namesakes are told apart, and an answer says why."""

import pytest
from small_gazetteer import small_gazetteer

from contested.places.choose import Context, resolve
from contested.places.relations import Relation

DONETSK = Context(focus={"UA-05": 1.0})


def meant(name, context=DONETSK):
    place = resolve(small_gazetteer(), name, context).place
    return place.id if place else None


def test_the_focus_decides_between_namesakes():
    assert meant("Pokrovsk") == "t:pokrovsk"
    assert meant("Pokrovsk", Context(focus={"RU-63": 1.0})) == "t:pokrovsk-yakut"
    assert meant("Lyman") == "t:lyman-05"
    assert meant("Lyman", Context(focus={"UA-07": 1.0})) == "t:lyman-07"
    assert meant("Lyman", Context(focus={"UA-17": 1.0})) == "t:lyman-17"


def test_without_any_context_the_home_country_is_meant():
    assert meant("Pokrovsk", Context()) == "t:pokrovsk"
    abroad = resolve(small_gazetteer(), "Pokrovsk", Context(home="RU"))
    assert abroad.place.id == "t:pokrovsk-yakut"


def test_neighbours_of_the_focus_come_before_the_rest():
    scores = {c.place.id: c.score for c in resolve(small_gazetteer(), "Lyman", DONETSK).candidates}
    assert scores["t:lyman-05"] > scores["t:lyman-07"] > scores["t:lyman-17"]


def test_what_the_text_says_beats_the_focus():
    # 17 km from 36.5°E 49.45°N lies the Lyman of Kharkiv oblast, whatever the focus.
    relation = Relation(36.5, 49.45, km=17, bearing_deg=0)
    assert meant("Lyman", Context(focus={"UA-05": 1.0}, relations=(relation,))) == "t:lyman-07"


def test_anchors_pull():
    assert meant("Lyman", Context(anchors=((36.4, 49.6),))) == "t:lyman-07"
    assert meant("Lyman", Context(anchors=((37.8, 49.0),))) == "t:lyman-05"


def test_type_words_part_region_and_town():
    assert meant("Donetsk", Context(kind="region")) == "r:05"
    assert meant("Donetsk", Context(kind="city")) == "t:donetsk"
    assert meant("Donetsk", Context()) == "t:donetsk"
    assert meant("Pokrovske", Context(kind="village", focus={"UA-05": 1})) == "t:pokrovske-05"


def test_the_front_is_near_to_one_of_them():
    near_yakutia = Context(home=None, front_km=lambda lon, _lat: 0.0 if lon > 100 else 500.0)
    with_front = resolve(small_gazetteer(), "Pokrovsk", near_yakutia).candidates
    without = resolve(small_gazetteer(), "Pokrovsk", Context(home=None)).candidates
    score = {c.place.id: c.score for c in with_front}["t:pokrovsk-yakut"]
    assert score > {c.place.id: c.score for c in without}["t:pokrovsk-yakut"]


def test_population_speaks_last():
    # The larger one wins only as long as nothing else is known.
    small_but_in_focus = Context(focus={"UA-17": 1.0})
    assert meant("Lyman", small_but_in_focus) == "t:lyman-17"
    best = resolve(small_gazetteer(), "Lyman", Context()).candidates[0]
    assert best.place.id == "t:lyman-05"


def test_not_knowing_is_an_answer():
    nothing = resolve(small_gazetteer(), "Atlantis", DONETSK)
    assert (nothing.place, nothing.candidates, nothing.uncertainty_km) == (None, (), None)
    # Both lie in regions equally in focus, and are of a size: no telling.
    unclear = resolve(small_gazetteer(), "Lyman", Context(focus={"UA-17": 0.9, "UA-07": 0.8}))
    assert unclear.place is None
    assert len(unclear.candidates) == 3
    assert "say which" in unclear.reason


def test_scores_are_shares_of_the_odds():
    candidates = resolve(small_gazetteer(), "Lyman", DONETSK).candidates
    assert sum(c.score for c in candidates) == pytest.approx(1, abs=1e-3)
    assert [c.score for c in candidates] == sorted((c.score for c in candidates), reverse=True)
    assert "in the region in focus" in candidates[0].reason


def test_a_raion_is_uncertain_by_its_size():
    assert resolve(small_gazetteer(), "Pokrovsk", Context(kind="raion")).uncertainty_km == 25.0
    assert resolve(small_gazetteer(), "Pokrovsk", DONETSK).uncertainty_km == 1.0


def test_a_name_that_is_only_alike_is_never_certain():
    assert resolve(small_gazetteer(), "Kramatorask", DONETSK).candidates[0].score < 0.75
