"""Which kind a clause is, by cause: every sentence is our own and stands for a whole class."""

from __future__ import annotations

import pytest

from handplaces import claims, words


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        # a state is no change
        ("Toretsk is occupied.", "control"),
        ("Toretsk was occupied in May.", "change_of_control"),
        ("We mark the village as occupied since the storm.", "control"),
        ("The left bank is completely under our control.", "control"),
        ("Toretsk is now fully in enemy hands.", "control"),
        ("On the map, the west of the village is shaded red.", "control"),
        ("Nobody holds it at the moment.", "control"),
        ("By our count 18.4% of Ukraine is occupied.", "control"),
        # taking said otherwise
        ("Two hamlets changed hands on Friday.", "change_of_control"),
        ("The army announced its capture on Friday.", "change_of_control"),
        ("The Russians were driven out of Lyman in May.", "change_of_control"),
        ("There were no changes to the front line near Lyman.", "change_of_control"),
        # lost, but not ground
        ("Contact with the garrison was lost on Friday.", "event"),
        ("They lose a company for every street.", "casualty"),
        ("The brigade lost 12 armoured vehicles in a week.", "count"),
        # where troops stand and come to
        ("Russian troops are not yet in Lyman.", "movement"),
        ("Russian groups have reached the southern edge of Lyman.", "movement"),
        ("The pocket east of the river keeps shrinking.", "movement"),
        ("Ukrainian forces withdrew from three positions near Lyman.", "movement"),
        ("The invaders tried nine times to break through near Lyman.", "count"),
        # numbers set against numbers
        ("The rate of advance has doubled since May.", "comparison"),
        ("The total was half that of the month before.", "comparison"),
        ("Losses came to 410, compared with 300 in May.", "casualty"),
        ("They fired 2,300 shells, half as many as in May.", "count"),
        ("A third of the fleet falls to two sectors.", "share"),
        ("The relief plan is 41 per cent funded.", "share"),
        ("They hold a sixfold advantage in shells near Lyman.", "force_ratio"),
        # within is no length of its own
        ("Seven towns within 9 kilometres of the border can no longer be reached.", "count"),
        ("The town lies about 25 km behind the front line.", "distance"),
        # people moved, not living there
        ("Over the past day 38 people were evacuated from Lyman.", "count"),
        ("Up to 900 people a day pass through the hub.", "count"),
        ("Fewer than 300 civilians are thought to be left.", "population"),
        # what is not yet
        ("It is unlikely that the garrison would leave Lyman.", "forecast"),
        ("The general did not rule out a withdrawal.", "forecast"),
        ("Few expect a repeat.", "forecast"),
        ("The pocket could become untenable.", "risk"),
        ("Lyman is not in danger of falling.", "risk"),
        ("Russia does not currently threaten Lyman.", "risk"),
        ("Its minimum objective remains full control of the region.", "intention"),
        ("The army has no plans to take the city.", "intention"),
        ("Ukrainian forces made marginal gains southwest of Lyman.", "movement"),
        ("They gained four kilometres near Lyman.", "movement"),
        ("The number of raids rose by 30 percent.", "comparison"),
        ("Three people were pulled alive from the rubble.", "count"),
        # casualties without a number, or without a verb
        ("The marines suffered their first losses near Lyman.", "casualty"),
        ("No aid workers were harmed this week.", "casualty"),
        ("Shelling in Lyman claimed the lives of three people.", "casualty"),
        # remarks on what is said
        ("Officials dispute that figure.", "meta"),
        ("The figures are provisional.", "meta"),
        ("Grey means that nobody knows.", "meta"),
        ("We could not establish who controls Lyman.", "meta"),
        ("That was a drawing error and not a gain.", "meta"),
    ],
)  # fmt: skip
def test_the_kind_of_a_clause(text, kind):
    assert kind in {c.kind for c in claims(text)}, [(c.kind, words(text, c)) for c in claims(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Toretsk is occupied.", "change_of_control"),
        ("Drones struck a depot in occupied Toretsk.", "change_of_control"),
        ("The film shows 40 damaged or abandoned vehicles near Lyman.", "change_of_control"),
        ("The relief plan is 41 per cent funded.", "intention"),
        ("Three years ago you would see columns of 30 vehicles.", "forecast"),
        ("They are likely to be contesting Lyman.", "forecast"),
        ("The northern Lyman is the one in the Kharkiv region.", "count"),
        ("Lyman, home to 20,000 people, is being shelled.", "opinion"),
    ],
)
def test_what_a_clause_is_not(text, kind):
    assert kind not in {c.kind for c in claims(text)}


def test_a_question_claims_nothing():
    assert not claims("How was Lyman captured, and when did 400 soldiers leave?")


def test_a_subject_and_its_verb_are_one_claim_over_what_is_put_in():
    text = "Lyman, home to some 20,000 before the war, has been shelled since May."
    found = {c.kind: c for c in claims(text)}
    assert words(text, found["event"]) == text.removesuffix(".")
    assert words(text, found["population"]) == "home to some 20,000 before the war"
    assert found["event"].quantities == ()
    assert [p.name for p in found["event"].places] == ["Lyman"]


def test_two_assertions_with_a_subject_each_are_two_claims():
    text = "Drones struck a depot in Lyman and the artillery shelled Kupiansk."
    assert [c.kind for c in claims(text)] == ["event", "event"]
    joined = "Drones struck a depot in Lyman and destroyed a bridge in Kupiansk."
    assert [c.kind for c in claims(joined)] == ["event"]


def test_a_figure_that_goes_on_has_the_unit_and_kind_of_the_one_before():
    text = "Russia suffered 8,000 casualties in May. The daily average of 280 fell again."
    last = claims(text)[-1]
    assert (last.kind, last.quantities[0].unit) == ("casualty", "people")


def test_a_main_clause_of_a_day_or_a_place_is_an_event_at_least():
    assert [c.kind for c in claims("The last doctor in Lyman retired in May.")] == ["event"]
    assert not claims("The last lamp was cheap.")


def test_the_marks_of_footnotes_are_no_words():
    text = "Troops advanced near Lyman.[4] The town was shelled twice on Friday.[5][6]"
    found = claims(text)
    assert words(text, found[0]) == "Troops advanced near Lyman"
    assert [q.value for c in found for q in c.quantities] == [2]


@pytest.mark.parametrize("that", ["", "that "])
def test_a_second_that_hides_no_claim_before_it(that):
    text = f"The mayor said {that}Russian forces hold Lyman and that two people died."
    found = {c.kind: c for c in claims(text)}
    assert words(text, found["control"]) == "Russian forces hold Lyman"
    assert str(found["casualty"].attribution.naming) == "anonymous_group"
