"""Who says it."""

from __future__ import annotations

from datetime import date

import pytest

from handplaces import claims, of_kind


def said(text, kind=None):
    found = of_kind(text, kind) if kind else claims(text)
    return found[0].attribution


@pytest.mark.parametrize(
    ("text", "naming", "speaker", "organisation"),
    [
        ("Russian troops captured Lyman, the Defence Ministry said on Monday.",
         "organisation", None, "Defence Ministry"),
        ("Ukrainian officials said that Russian troops had captured Lyman.",
         "anonymous_group", None, None),
        ("Russian troops captured Lyman, according to the Institute for Terrain Studies.",
         "organisation", None, "Institute for Terrain Studies"),
        ("Russian troops captured Lyman, according to a recent study.",
         "unnamed_document", None, None),
        ("Russian troops captured Lyman, said Marko Bilyk, a fellow at the Northern Institute.",
         "named", "Marko Bilyk", "Northern Institute"),
        ("Russian troops captured Lyman, the Donetsk region's governor, Vadym Koval, wrote today.",
         "named", "Vadym Koval", None),
        ("Russian troops captured Lyman, said a sergeant who goes by the call sign Falcon.",
         "partly_named", "Falcon", None),
        ("“They took Lyman,” Marta Bilyk, who speaks for the northern command, said on the air.",
         "named", "Marta Bilyk", None),
        ("Moscow-appointed official Ivan Sorok said that Russia had captured Lyman.",
         "named", "Ivan Sorok", None),
        ("Another said that Russian troops had captured Lyman.", "unclear", None, None),
        ("Analysts at the Riga-based Open Front Lab said that Lyman had fallen.",
         "anonymous_group", None, None),
        ("Geolocated footage indicates that Russian troops captured Lyman.",
         "unnamed_document", None, None),
        ("Lyman was captured, according to the mayor's office.",
         "organisation", None, "mayor's office"),
        ("The Kremlin denied capturing Lyman.", "organisation", None, "Kremlin"),
        ("Lyman is seen as the key to Sloviansk.", "impersonal", None, None),
        ("Russian troops captured Lyman.", "reporter", None, None),
        ("“We hold Lyman,” he said.", "unclear", None, None),
    ],
)  # fmt: skip
def test_naming(text, naming, speaker, organisation):
    found = said(text)
    assert (found.naming, found.speaker) == (naming, speaker)
    assert organisation is None or found.organisation == organisation


def test_when_it_was_said():
    found = said("In a speech on Wednesday night, General Ivan Hai said that the army holds Lyman.")
    assert (found.said_first, found.channel) == (date(2025, 11, 5), "speech")


def test_he_is_whoever_spoke_before():
    text = (
        "General Ivan Hai said that Russian troops had captured Lyman. He said that they had "
        "entered Sloviansk as well."
    )
    assert {c.attribution.speaker for c in claims(text)} == {"Ivan Hai"}


def test_he_of_two_speakers_names_neither_for_sure():
    text = (
        "General Ivan Hai said that Russian troops had captured Lyman. General Petro Bur said that "
        "they had entered Sloviansk.\nIt was cold.\n“They will take Kramatorsk,” he said."
    )
    assert claims(text)[-1].attribution.speaker in {None, "Petro Bur"}
    assert claims(text)[-1].attribution.speaker != "Ivan Hai"


def test_a_map_speaks_for_who_made_it():
    text = (
        "The monitor Frontwatch said that Lyman had fallen. Its map shows half of Kupiansk under "
        "Russian control."
    )
    found = of_kind(text, "control")[0]
    assert found.attribution.organisation == "Frontwatch"
    assert found.evidential == "according_to_map"


def test_a_surname_gets_its_full_name():
    text = (
        "President Halyna Moroz of Ukraine visited Lyman on Monday. Ms. Moroz said that the army "
        "holds Kupiansk."
    )
    assert claims(text)[-1].attribution.speaker == "Halyna Moroz"


@pytest.mark.parametrize("who", ["Residents", "Western officials", "Local soldiers", "Witnesses"])
def test_a_capital_at_the_beginning_makes_no_name(who):
    found = said(f"{who} told our reporter that Russian troops had captured Lyman.")
    assert (found.naming, found.speaker) == ("anonymous_group", None)


def test_where_a_place_lies_is_said_by_the_publication():
    text = (
        "General Ivan Hai said that Russian troops had captured Lyman, a town 9 km from the border."
    )
    assert of_kind(text, "change_of_control")[0].attribution.speaker == "Ivan Hai"
    assert of_kind(text, "distance")[0].attribution.naming == "reporter"


def test_she_is_not_the_man_who_spoke_before():
    text = (
        "A spokesman, Petro Hnatiuk, said that Lyman was quiet.\n"
        "On Peace Avenue, Olena Bilyk, 71, was sweeping. “They shell Lyman at night,” she said."
    )
    assert "Petro Hnatiuk" not in {c.attribution.speaker for c in claims(text)[1:]}


def test_among_several_named_at_once_nobody_is_chosen():
    text = (
        "Colonel Ivan Sorok met Governor Petro Bilyk in Kramatorsk. “We will hold Lyman,” he said."
    )
    speakers = [
        c.attribution for c in claims(text) if "hold Lyman" in text[c.span.start : c.span.end]
    ]
    assert speakers
    assert all(said.speaker is None for said in speakers)


def test_what_is_conceded_behind_a_speech_is_the_publications_own():
    text = "He, General Ivan Sorok, said that Lyman was lost, though nobody can verify this."
    found = of_kind(text, "meta")[0]
    assert found.attribution.naming == "reporter"


def test_a_frame_ends_where_another_speaks():
    text = (
        "The ministry announced the seizure of Lyman, but an officer there said that Ukrainian "
        "troops control the centre of Lyman."
    )
    namings = [str(c.attribution.naming) for c in claims(text)]
    assert namings[-1] == "anonymous_group"


def test_the_village_is_the_one_before_and_the_distance_has_two_ends():
    text = "Russian troops captured Lyman on Monday. The village lies about 20 km from Sloviansk."
    places = of_kind(text, "distance")[0].places
    assert [place.name for place in places] == ["Lyman", "Sloviansk"]


@pytest.mark.parametrize(
    ("text", "never"),
    [
        # Two are named before the verb.
        (("Standing beside the mayor, Pavlo Kravets, a rescue worker named Stepan said that shells "
         "hit Izium on Friday."), {"Pavlo Kravets"}),
        (("Analyst Emil Frank of Black Bird Group disagreed with Rob Leeson, who had said that "
         "Russia controlled Toretsk."), {"Emil Frank"}),
        # Whoever is cited is not who reports.
        (("Citing Governor Vadym Filipenko, Suspilne reported that three people were killed in "
         "Druzhkivka."), {"Vadym Filipenko"}),
        # An office, not the man; a school, not a person.
        ("A statement by Marko Yurchenko's office said that drones hit Sumy.", {"Marko Yurchenko"}),
        ("Kyiv School of Economics researchers calculated that 12 percent of Donetsk burned.",
         {"Economics", "Kyiv School"}),
        # Either may be meant.
        (("Danish Prime Minister Karl Lund arrived in Kyiv. Foreign Minister Taras Bondar thanked "
         "him. “Russia still holds Bakhmut,” he said."), {"Karl Lund", "Taras Bondar"}),
        (("“The road is cut,” said one of the men, Dmytro, lighting a cigarette. Sasha, his "
         "commander, shook his head. “Not yet,” he said. “They have to cross the Oskil first.”"),
         {"Sasha"}),
    ],
)  # fmt: skip
def test_nobody_is_named_on_a_guess(text, never):
    found = claims(text)
    assert found
    assert not {c.attribution.speaker for c in found} & never


def test_the_second_quotation_is_not_the_first_speakers():
    text = (
        "“The road is cut,” said one of the men, Dmytro, lighting a cigarette. Sasha, his "
        "commander, shook his head. “Not yet,” he said. “They have to cross the Oskil first.”"
    )
    last = claims(text)[-1]
    assert "cross" in text[last.span.start : last.span.end]
    assert last.attribution.speaker is None


@pytest.mark.parametrize(
    ("text", "naming", "speaker"),
    [
        ("Russian troops are thought to have captured Lyman.", "impersonal", None),
        ("Residents were told to leave Lyman by Friday.", "reporter", None),
        ("Russian troops captured Lyman, the deputy governor, Oleh Tymak, told reporters.",
         "named", "Oleh Tymak"),
        ("Pavlo Pari, an analyst with the Blue Heron Group, said Russia had captured Lyman.",
         "named", "Pavlo Pari"),
        ("The head of the administration, Ihor Dubak, has told radio that Lyman was captured.",
         "named", "Ihor Dubak"),
        ("The army gave another account, saying Russian troops had captured Lyman.",
         "organisation", None),
        ("There were 1,114 assaults near Lyman, per the General Staff.", "organisation", None),
        ("The UN's rights office verified 1,120 civilian casualties in May.", "organisation", None),
        ("Russian troops captured Lyman, whatever the channels wrote.", "reporter", None),
        ("Debris fell on Lyman, wounding a woman and her grandson, officials said.",
         "anonymous_group", None),
        ("Zelensky said Russian troops had captured Lyman.", "named", "Zelensky"),
        ("The Trump administration said Russian troops had captured Lyman.",
         "organisation", None),
    ],
)  # fmt: skip
def test_whose_voice_it_is(text, naming, speaker):
    attribution = said(text)
    assert (attribution.naming, attribution.speaker) == (naming, speaker)


def test_single_quotation_marks_hold_speech():
    text = "‘Russian troops have captured Lyman,’ said Marko Bilyk, a fellow at the Institute."
    assert said(text).speaker == "Marko Bilyk"


def test_it_said_is_the_organisation_before():
    text = "The General Staff reported 71 attacks near Lyman. Fifty had been beaten back, it said."
    assert claims(text)[-1].attribution.organisation == "General Staff"


INTERVIEW = (
    "Our reporter spoke with Marta Castell, who directs a project.\n"
    "What did you see in Lyman?\n"
    "Castell: Russian troops captured Lyman on Friday.\n"
    "How fast are they moving?\n"
    "They advanced 3 km near Kupiansk in May.\n"
    "So it falls.\n"
    "They hold half of Kupiansk.\n"
)


def test_who_answers_speaks_through_an_interview():
    found = claims(INTERVIEW)
    assert {c.attribution.speaker for c in found if c.quantities or c.places} == {"Marta Castell"}


def test_a_place_before_a_colon_answers_no_questions():
    text = INTERVIEW.replace("Castell:", "Lyman:")
    assert {c.attribution.speaker for c in claims(text)} == {None}


def test_questions_without_a_name_make_no_interview():
    text = INTERVIEW.replace("Castell: ", "")
    assert {c.attribution.speaker for c in claims(text)} == {None}
