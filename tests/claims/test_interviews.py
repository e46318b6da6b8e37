"""Whose words the answers of an interview are."""

from __future__ import annotations

import pytest

from handplaces import claims

OPENING = "Our reporter spoke with Olha Verbytska, who directs the northern institute, on Monday."
ANSWERS = (
    "Do they hold Lyman?\n\nThe army entered Lyman in June. One officer told me he had lost it "
    "twice.\n\nSo it fell.\n\nWill Sloviansk fall?\n\nRussia could capture Sloviansk by winter, "
    "and the road to Lyman is cut.\n\nAnd Kramatorsk?\n\nTroops advanced towards Kramatorsk, and "
    "they shelled it every day of the week."
)


def voices(text):
    return {(str(c.attribution.naming), c.attribution.speaker) for c in claims(text)}


def test_the_interviewed_speaks_throughout_the_answers():
    found = claims(f"{OPENING}\n\n{ANSWERS}")
    answers = [c for c in found if c.span.start > len(OPENING)]
    assert len(answers) >= 4
    assert {c.attribution.speaker for c in answers} == {"Olha Verbytska"}


def test_a_short_turn_may_be_the_interviewers():
    text = f"{OPENING}\n\n{ANSWERS}".replace("So it fell.", "Russia captured Lyman.")
    turn = [c for c in claims(text) if text[c.span.start :].startswith("Russia captured Lyman")]
    assert [c.attribution.speaker for c in turn] == [None]


@pytest.mark.parametrize(
    "opening",
    [
        "Here are answers to what readers ask most often about the north.",
        "Our reporter spoke with Olha Verbytska and with Petro Hrach about the north on Monday.",
        "Olha Verbytska directs the northern institute, which maps the front.",
        "President Petro Hrach spoke with Olha Verbytska on Monday about the north.",
    ],
)
def test_nobody_is_taken_for_the_interviewed_without_a_meeting(opening):
    assert "Olha Verbytska" not in {name for _, name in voices(f"{opening}\n\n{ANSWERS}")}


def test_answers_without_i_or_we_are_the_publications():
    text = f"{OPENING}\n\n{ANSWERS}".replace("told me he", "said he")
    assert "Olha Verbytska" not in {name for _, name in voices(text)}


def test_few_questions_make_no_interview():
    text = f"{OPENING}\n\nDo they hold Lyman?\n\nThe army entered Lyman in June, they say."
    assert "Olha Verbytska" not in {name for _, name in voices(text)}


def test_labels_tell_answers_from_questions():
    text = (
        "Olha Verbytska directs the northern institute.\n\n"
        "Anna Hrim: Russia captured Lyman. Is it lost?\n\n"
        "Verbytska: I saw it. The army entered Lyman again in June.\n\n"
        "Anna Hrim: And Sloviansk?\n\nVerbytska: It shelled Sloviansk all through the week.\n\n"
        "Anna Hrim: And Kramatorsk?\n\nVerbytska: Troops left Kramatorsk on Monday."
    )
    told = {text[c.span.start :][:9]: c.attribution.speaker for c in claims(text)}
    assert "Olha Verbytska" in told.values()
    assert told.get("Russia ca") is None
