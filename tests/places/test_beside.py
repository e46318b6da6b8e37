"""The names around a name: villages of one list lie together."""

from small_gazetteer import NEIGHBOURS, area, settlement

from contested.places.document import locate
from contested.places.gazetteer import Gazetteer
from contested.places.index import MemoryIndex

# Two clusters of villages 200 km apart in one oblast; each has an Ivanivka, as the north has alone
# a Petrivka. A town lies in the middle of the north, another in the middle of the south.
ENTRIES = (
    settlement("n:town", "Pivnichnohrad", None, 37.50, 49.00, "05", 30_000),
    settlement("n:dubove", "Dubove", None, 37.60, 49.05, "05", 700),
    settlement("n:hai", "Hai", None, 37.45, 48.95, "05", 600),
    settlement("n:ivanivka", "Ivanivka", None, 37.55, 49.02, "05", 600),
    settlement("n:petrivka", "Petrivka", None, 37.40, 49.03, "05", 900),
    settlement("s:town", "Pivdennohrad", None, 37.50, 47.20, "05", 30_000),
    settlement("s:sadove", "Sadove", None, 37.60, 47.25, "05", 700),
    settlement("s:stepove", "Stepove", None, 37.45, 47.15, "05", 600),
    settlement("s:ivanivka", "Ivanivka", None, 37.55, 47.22, "05", 900),
    area("r:05", "region", ("Donetsk Oblast", "Donetsk"), admin1="05"),
    area("c:UA", "country", ("Ukraine",), lon=31.0, lat=49.0),
)


def meant(text):
    gazetteer = Gazetteer(MemoryIndex(ENTRIES), neighbours=NEIGHBOURS)
    return [(one.mention.name, one.place.id if one.place else None)
            for one in locate(gazetteer, text)]  # fmt: skip


def test_a_namesake_lies_with_its_neighbours_in_a_list():
    assert meant("Dubove, Ivanivka and Hai; Sadove, Ivanivka and Stepove.") == [
        ("Dubove", "n:dubove"), ("Ivanivka", "n:ivanivka"), ("Hai", "n:hai"),
        ("Sadove", "s:sadove"), ("Ivanivka", "s:ivanivka"), ("Stepove", "s:stepove"),
    ]  # fmt: skip


def test_neighbours_in_other_paragraphs_count_less():
    text = "Dubove, Hai and Pivnichnohrad are quiet.\n\nIvanivka fell after Sadove did."
    assert dict(meant(text))["Ivanivka"] == "s:ivanivka"


def test_a_village_far_from_all_around_it_is_rather_one_that_is_not_listed():
    text = "Attacks near Sadove, Petrivka, Stepove and Pivdennohrad."
    assert dict(meant(text))["Petrivka"] is None
    # named with its town, or said by the text, it is the one that is known
    assert dict(meant(f"{text} Petrivka lies near Dubove."))["Petrivka"] == "n:petrivka"
    assert dict(meant("Sadove, Petrivka, Stepove and Dubove."))["Petrivka"] == "n:petrivka"


def test_a_town_is_meant_wherever_its_neighbours_lie():
    assert dict(meant("Sadove, Stepove, Pivnichnohrad."))["Pivnichnohrad"] == "n:town"


def test_where_nothing_speaks_a_name_means_what_it_means_elsewhere():
    text = "IVANIVKA\n\n\n\nFighting in Dubove, Ivanivka and Hai. Ivanivka held."
    assert {place for name, place in meant(text) if name.title() == "Ivanivka"} == {"n:ivanivka"}


def test_a_place_that_contradicts_the_text_is_no_answer():
    assert dict(meant("Petrivka, 10 km south of Sadove, was hit."))["Petrivka"] is None
