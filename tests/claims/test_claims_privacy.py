"""Private persons are their role in whatever leaves the machine."""

from __future__ import annotations

import msgspec
import pytest

from contested.claims.privacy import privacy, role_in, role_words
from contested.claims.reading import read_document
from contested.jobs.read import as_rows
from contested.jobs.read_answers import answer
from handplaces import HandPlaces, article

TEXT = (
    "Oksana Verbytska, 52, said she planned to leave Lyman. “The town was shelled again,” said "
    "Ms. Verbytska, a teacher.\n"
    "“We still hold Toretsk,” said Mykola, 31, a platoon commander who used only his first name.\n"
    "A gunner who goes by the call sign Walnut said that Russian troops had entered Kupiansk.\n"
    "A driver named Petro, 40, was killed near Bakhmut.\n"
    "General Mykola Zahorodnii said on Monday that the army holds Pokrovsk. Ruslan Dyak, a fellow "
    "at the Northern Institute, said that Lyman had fallen.\n"
)
PRIVATE = ("Oksana", "Verbytska", "Walnut", "Petro")


def out(text=TEXT):
    document, reading = read_document(article(text), HandPlaces())
    return answer(document.article, reading.claims, privacy(document), dropped=len(reading.dropped))


def test_json_holds_no_private_name():
    text = msgspec.json.encode(out()).decode()
    assert len(out().claims) >= 6
    assert not [name for name in PRIVATE if name in text]


def test_csv_holds_no_private_name():
    text = str(list(as_rows(out())))
    assert not [name for name in PRIVATE if name in text]


def test_every_word_of_the_article_can_be_shown_without_names():
    document, _ = read_document(article(TEXT), HandPlaces())
    shown = privacy(document).without_names(TEXT)
    assert not [name for name in PRIVATE if name in shown]
    assert "Ruslan Dyak" in shown
    assert "[a resident]" in shown


def test_names_inside_a_claim_are_hidden():
    text = "Halyna Verbova, 70, and 12 soldiers were killed near Lyman on Monday."
    found = out(text)
    assert [claim.kind for claim in found.claims] == ["casualty"]
    assert "Verbova" not in msgspec.json.encode(found).decode()
    assert "Halyna" not in msgspec.json.encode(found).decode()
    assert "Verbova" not in str(list(as_rows(found)))


def test_a_first_name_that_an_official_shares_is_still_hidden():
    text = msgspec.json.encode(out()).decode()
    assert "Mykola Zahorodnii" in text
    assert "Mykola" not in text.replace("Mykola Zahorodnii", "")


def test_officials_and_analysts_keep_their_names():
    speakers = {claim.attribution[0].speaker for claim in out().claims}
    assert {"Mykola Zahorodnii", "Ruslan Dyak"} <= speakers


def test_the_role_stands_for_the_name():
    roles = {claim.attribution[0].role for claim in out().claims}
    assert {"a resident", "a soldier"} <= roles


@pytest.mark.parametrize(
    ("words", "role"),
    [("a platoon commander", "a soldier"), ("the mother of two", "a resident"),
     ("a deputy", "an official"), ("", "a private person")],
)  # fmt: skip
def test_roles(words, role):
    assert role_in(words) == role


def test_an_age_is_no_part_of_a_role():
    assert role_words("a nurse, 26") == "a nurse"
    assert role_words("a retired nurse living at 12 Myru Street in Lyman") == "a retired nurse"
    assert role_words("a baker, 40, who lives in Lyman") == "a baker"
    assert role_words("a resident of Lyman") == "a resident of Lyman"
    assert role_words("a living legend") == "a living legend"
