"""Toponyms in sentences of our own, in the shapes that go wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_gazetteer import ENTRIES, settlement, small_gazetteer

from contested.places.gazetteer import Gazetteer
from contested.places.index import MemoryIndex
from contested.places.recognise import recognise


def names(text):
    return [mention.name for mention in recognise(small_gazetteer(), text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Fighting went on in Pokrovsk and Kramatorsk.", ["Pokrovsk", "Kramatorsk"]),
        ("Pokrovsk’s northern edge; Ukraine's army.", ["Pokrovsk", "Ukraine"]),
        ("They crossed the Black Sea.", ["Black Sea"]),
        # persons: initials, surnames, titles, ages
        ("Volodymyr Zelensky spoke.", []),
        ("“We hold,” said Volodymyr, 26, a commander.", []),
        ("said Kupiansk, 26, who stayed; Kupiansk, 26 miles away", ["Kupiansk"]),
        ("A convoy reached Volodymyr at dawn.", ["Volodymyr"]),
        ("Mr. Pokrovsk and Gen. Kramatorsk met.", []),
        # organisations
        ("the First Corps Azov said so", []),
        ("The Pokrovsk Brigade withdrew.", []),
        # a sentence begins with a capital letter
        ("While Ukraine waits, Russia moves.", ["Ukraine", "Russia"]),
        ("Losing Pokrovsk would hurt.", ["Pokrovsk"]),
        # words around a name that are no part of it
        ("Russian-held Donetsk was quiet Monday.", ["Donetsk"]),
        ("In Pokrovsk Monday, it rained.", ["Pokrovsk"]),
        ("Western Ukraine and East Donetsk", ["Ukraine", "Donetsk"]),
        # demonyms and months are no places
        ("Ukrainian and Russian troops in May", []),
        # label lists
        ("Kursk\nRussia\nDONETSK\n100 miles", ["Kursk", "Russia", "DONETSK"]),
        # spellings that no list has
        ("near Guljajpole", ["Guljajpole"]),
        # hyphens join two names, or a name and a word; not where the whole is one name
        ("along the Kupiansk-Pokrovsk highway", ["Kupiansk", "Pokrovsk"]),
        ("The Lyman-Donetsk-Avdiivka line", ["Lyman", "Donetsk", "Avdiivka"]),
        ("the Black Sea-Donetsk line", ["Black Sea", "Donetsk"]),
        ("a Myrnohrad-bound convoy; a Myrnohrad-born singer", ["Myrnohrad"]),
        ("in Novo-Pokrovsk and Posad-Pokrovsk", []),
        ("from Yakovlivka-Lyman on", ["Lyman"]),
        # headings in capitals
        ("POKROVSK ROAD CUT", ["POKROVSK"]),
        # works and roads belong to their town, a nuclear plant does not
        ("the Kupiansk Thermal Power Plant", ["Kupiansk"]),
        ("the Donetsk nuclear plant", []),
        ("", []),
    ],
)
def test_sentences(text, found):
    assert names(text) == found


def test_a_river_is_no_town_of_its_name():
    entries = (*ENTRIES, settlement("t:dnipro", "Dnipro", "Дніпро", 35.04, 48.47, "04", 968_502))
    gazetteer = Gazetteer(MemoryIndex(entries))
    text = "along the Dnipro and across the Dnipro; in Dnipro, the Dnipro mayor"
    assert [m.start for m in recognise(gazetteer, text)] == [43, 55]


def test_the_words_beside_a_name_state_its_kind():
    mentions = recognise(
        small_gazetteer(),
        "the Donetsk region, the city of Kramatorsk, the town Lyman, the Pokrovsk sector,"
        " the Kursk region of Russia",
    )
    assert [(m.name, m.kind) for m in mentions] == [
        ("Donetsk", "region"),
        ("Kramatorsk", "city"),
        ("Lyman", "town"),
        ("Pokrovsk", "sector"),
        ("Kursk", "region"),
        ("Russia", None),
    ]


pieces = st.sampled_from(
    [
        "Pokrovsk",
        "the",
        "Donetsk region",
        "Mr.",
        "Volodymyr",
        ", ",
        ". ",
        "\n",
        "’s",
        "“",
        "(",
        "and",
        "Black Sea",
        "Azov",
        "12",
        "і",
        "Покровськ",
    ]
)


@given(st.lists(pieces, max_size=14).map(" ".join))
def test_offsets_are_the_words_and_never_overlap(text):
    end = 0
    for mention in recognise(small_gazetteer(), text):
        assert text[mention.start : mention.end] == mention.name
        assert mention.start >= end
        end = mention.end
