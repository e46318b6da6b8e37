"""From the exact name to the merely similar, and several indices as one."""

import pytest
from small_gazetteer import ENTRIES, settlement, small_gazetteer

from contested.jobs.places import open_gazetteer
from contested.places.extent import stands_vaguely
from contested.places.gazetteer import Gazetteer
from contested.places.index import Form, MemoryIndex


def ids(matches):
    return {match.place.id for match in matches}


@pytest.mark.parametrize("name", ["Pokrovsk", "POKROVSK", "Pokrovs’k", "Покровськ", "покровськ"])
def test_exact_names_know_no_case_accents_or_apostrophes(name):
    assert "t:pokrovsk" in ids(small_gazetteer().exact(name))


def test_each_step_only_where_the_one_before_found_nothing():
    gazetteer = small_gazetteer()
    assert {match.how for match in gazetteer.match("Krasnoarmiisk")} == {"former name"}
    assert gazetteer.match("Покровську")[0].form is Form.DECLINED
    assert gazetteer.match("Guljajpole")[0].closeness < 1
    assert ids(gazetteer.match("Guljajpole")) == {"t:huliaipole"}
    # Exact, so the other town that is 94 % alike is not even looked at.
    assert ids(gazetteer.match("Pokrovske")) == {"t:pokrovske-04", "t:pokrovske-05"}


def test_likeness_must_be_above_the_threshold_and_unique():
    gazetteer = small_gazetteer()
    assert ids(gazetteer.match("Kramatorask")) == {"t:kramatorsk"}
    assert gazetteer.match("Kramatask") == ()
    twins = Gazetteer(
        MemoryIndex(
            [
                settlement("a", "Novomykolaivkana", None, 36, 48, "05"),
                settlement("b", "Novomykolaivkane", None, 37, 48, "05"),
            ]
        )
    )
    assert ids(twins.match("Novomykolaivkan")) == set()


def test_an_unknown_name_is_no_place():
    assert small_gazetteer().match("Atlantis") == ()
    assert small_gazetteer().match("") == ()
    assert small_gazetteer().match("Я") == ()


def test_a_later_layer_replaces_and_adds():
    moved = settlement("t:kupiansk", "Kupiansk", None, 37.6, 49.7, "07", 26_627)
    new = settlement("t:new", "Kupiansk", None, 30.0, 50.0, "13")
    gazetteer = Gazetteer(MemoryIndex(ENTRIES), MemoryIndex([moved, new]))
    found = {match.place.id: match.place for match in gazetteer.exact("Kupiansk")}
    assert set(found) == {"t:kupiansk", "t:new"}
    assert found["t:kupiansk"].population == 26_627
    assert gazetteer.entry("t:kupiansk").place.lon == 37.6
    assert len(gazetteer.places()) == len(ENTRIES) + 1
    # A name that only the earlier layer knows leads to the newer record too.
    assert gazetteer.exact("Куп'янськ")[0].place.population == 26_627


def test_regions_and_completion():
    gazetteer = small_gazetteer()
    assert gazetteer.regions("Sakha") == ("RU-63",)
    assert gazetteer.regions("Kramatorsk") == ()
    assert gazetteer.completions("Pokr")[:2] == ["Pokrovsk", "Pokrovske"]
    assert gazetteer.completions("Пок") == ["Покровськ", "Покровське"]
    assert gazetteer.completions("") == []
    assert gazetteer.neighbours("UA-05") == {"UA-07", "UA-04", "UA-26"}


def test_no_place_of_the_package_stands_vaguely():
    vague = [one.name for one in open_gazetteer(None).places() if stands_vaguely(one)]
    assert vague == []
