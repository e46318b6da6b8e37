"""Names of a document in the light of one another."""

import pytest
from small_gazetteer import small_gazetteer

from contested.places.document import locate, stated
from contested.records import Place


def meant(text):
    found = locate(small_gazetteer(), text)
    return [(one.mention.name, one.place.id if one.place else None) for one in found]


def test_certain_places_tell_uncertain_ones_apart():
    text = "After Avdiivka and Kramatorsk, Lyman came under fire."
    assert meant(text)[-1] == ("Lyman", "t:lyman-05")
    text = "Kupiansk is in the northeast. Lyman, south of Kupiansk, is too."
    assert dict(meant(text))["Lyman"] in {"t:lyman-07", "t:lyman-05"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Lyman, 50 miles south of Kupiansk, held.", "t:lyman-05"),
        ("Lyman (about 84 km west of Kupiansk) held.", "t:lyman-07"),
        ("Lyman, 18 miles northeast of Kramatorsk, held.", "t:lyman-05"),
    ],
)
def test_stated_relations_decide(text, place):
    assert dict(meant(text))["Lyman"] == place


def test_a_name_introduced_as_a_region_means_the_region():
    text = "the Donetsk region … the conquest of Donetsk"
    assert meant(text) == [("Donetsk", "r:05"), ("Donetsk", "r:05")]
    assert meant("He left Donetsk.") == [("Donetsk", "t:donetsk")]
    assert meant("the Donetsk region; the city of Donetsk; Donetsk") == [
        ("Donetsk", "r:05"),
        ("Donetsk", "t:donetsk"),
        ("Donetsk", "t:donetsk"),
    ]
    assert meant("Pokrovsk, Donetsk, Ukraine.")[1] == ("Donetsk", "r:05")
    assert meant("Pokrovsk and Lyman in eastern Donetsk held.")[-1] == ("Donetsk", "r:05")
    assert meant("He lived in Donetsk.") == [("Donetsk", "t:donetsk")]


def test_the_bare_name_of_another_oblast_is_its_city_but_among_oblasts():
    assert meant("the Kursk region; he left Kursk") == [("Kursk", "r:41"), ("Kursk", "t:kursk")]
    text = "the Kursk region and the Donetsk region; it wants Donetsk and Kursk"
    assert meant(text)[-2:] == [("Donetsk", "r:05"), ("Kursk", "r:41")]


def test_a_name_means_the_same_place_throughout():
    text = "Lyman, 18 miles northeast of Kramatorsk. Then Lyman again, and Lyman."
    assert {place for name, place in meant(text) if name == "Lyman"} == {"t:lyman-05"}


KNOWN = Place("x", "X", 37.0, 48.0)


@pytest.mark.parametrize(
    ("gap", "km", "bearing", "near"),
    [
        (", about 13 miles north of ", 20.92, 0.0, False),
        (" (south of ", None, 180.0, False),
        (", just to the north-west of the city of ", None, 315.0, False),
        (", which lies 12 km southwest of ", 12.0, 225.0, False),
        (", 36 miles from ", 57.94, None, False),
        (" near ", None, None, True),
    ],
)
def test_the_words_between_two_names(gap, km, bearing, near):
    relation = stated(gap, KNOWN)
    assert relation.km == (pytest.approx(km, abs=0.01) if km else None)
    assert (relation.bearing_deg, relation.near) == (bearing, near)


@pytest.mark.parametrize("gap", [" and ", ", ", " was hit and people north of ", ". South of "])
def test_other_words_state_nothing(gap):
    assert stated(gap, KNOWN) is None
