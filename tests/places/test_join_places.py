"""COD-AB joined with known places, and places that come twice."""

from dataclasses import replace

from small_gazetteer import settlement

from contested.places.files import Hromada, PcodeRow
from contested.places.join import join
from contested.places.merge import merged
from contested.records import Population

OBLASTS = {"UA14": "05", "UA23": "26"}
HROMADAS = [
    Hromada("UA1416021", "Pokrovska", "Покровська", 37.1, 48.25),
    Hromada("UA1416027", "Shakhivska", "Шахівська", 37.35, 48.46),
    Hromada("UA2310027", "Tokmatska", "Токмацька", 35.7, 47.25),
]
KOTLYNE = settlement("g:kotlyne", "Kotlyne", "Котлине", 37.05, 48.255, "05")


def row(pcode, name, uk, hromada):
    return PcodeRow(pcode, name, uk, hromada)


def test_a_settlement_joins_the_place_of_its_name_near_its_hromada():
    rows = [row("UA1416021035", "Kotlyne", "Котлине", "UA1416021")]
    result = join(rows, HROMADAS, [KOTLYNE], OBLASTS)
    assert (result.joined, result.placed, result.left_out, result.conflicts) == (1, 0, 0, ())
    (entry,) = result.entries
    assert (entry.place.id, entry.place.pcode, entry.place.lon) == (
        "g:kotlyne",
        "UA1416021035",
        37.05,
    )


def test_a_namesake_in_another_oblast_or_far_away_is_not_joined():
    elsewhere = settlement("g:other", "Kotlyne", "Котлине", 37.05, 48.255, "26")
    far = settlement("g:far", "Kotlyne", "Котлине", 38.5, 48.9, "05")
    rows = [row("UA1416021035", "Kotlyne", "Котлине", "UA1416021")]
    result = join(rows, HROMADAS, [elsewhere, far], OBLASTS)
    assert (result.joined, result.placed) == (0, 1)
    (entry,) = result.entries
    assert entry.place.id == "pcode:UA1416021035"
    assert (entry.place.lon, entry.place.lat) == (37.1, 48.25)
    assert "centroid of hromada UA1416021" in entry.place.source
    assert entry.place.uncertainty_km >= 10


def test_the_nearer_of_two_hromadas_has_it():
    rows = [
        row("UA1416021099", "Kotlyne", "Котлине", "UA1416021"),
        row("UA1416027099", "Kotlyne", "Котлине", "UA1416027"),
    ]
    result = join(rows, HROMADAS, [KOTLYNE], OBLASTS)
    assert {e.place.pcode: e.place.id for e in result.entries} == {
        "UA1416021099": "g:kotlyne",
        "UA1416027099": "pcode:UA1416027099",
    }
    assert result.conflicts == ()


def test_two_that_cannot_be_told_apart_are_a_conflict_and_stay_apart():
    rows = [
        row("UA1416021098", "Kotlyne", "Котлине", "UA1416021"),
        row("UA1416021099", "Kotlyne", "Котлине", "UA1416021"),
    ]
    result = join(rows, HROMADAS, [KOTLYNE], OBLASTS)
    assert (result.joined, result.placed) == (0, 2)
    (conflict,) = result.conflicts
    assert "UA1416021098, UA1416021099" in conflict
    assert "g:kotlyne" in conflict


def test_an_official_name_goes_before_a_former_one():
    renamed = settlement("g:renamed", "Novyi", "Новий", 37.11, 48.251, "05", former=("Котлине",))
    rows = [row("UA1416021035", "Kotlyne", "Котлине", "UA1416021")]
    result = join(rows, HROMADAS, [renamed, KOTLYNE], OBLASTS)
    assert result.entries[0].place.id == "g:kotlyne"


def test_without_a_hromada_there_is_no_location():
    result = join([row("UA1416099001", "X", "Х", "UA1416099")], HROMADAS, [], OBLASTS)
    assert (result.entries, result.left_out) == ((), 1)


def test_joined_names_are_found_by_every_spelling():
    plain = settlement("g:kotlyne", "Kotlyne", None, 37.05, 48.255, "05")
    rows = [row("UA1416021035", "Kotlyne", "Котлине", "UA1416021")]
    names = dict(join(rows, HROMADAS, [plain], OBLASTS).entries[0].names)
    assert {"Kotlyne", "Котлине"} <= set(names)


def test_a_place_that_comes_again_keeps_both_populations_and_says_so():
    old = settlement("g:1", "Kherson", "Херсон", 32.61, 46.64, "08", 66_000)
    dated = (Population(279_131, 2022, "State Statistics Service"),)
    fresh = settlement("g:1", "Kherson", None, 32.62, 46.65, "08")
    fresh = replace(
        fresh,
        place=replace(fresh.place, population=279_131, populations=dated, pcode="UA65"),
    )
    (entry,), conflicts = merged([fresh], {"g:1": old}.get)
    assert [figure.value for figure in entry.place.populations] == [279_131, 66_000]
    assert entry.place.pcode == "UA65"
    assert "Херсон" in dict(entry.names)
    (conflict,) = conflicts
    assert "both are kept" in conflict


def test_points_that_moved_far_are_a_conflict():
    old = settlement("g:1", "X", None, 32.0, 46.0, "08")
    _, conflicts = merged([settlement("g:1", "X", None, 32.5, 46.0, "08")], {"g:1": old}.get)
    assert "38." in conflicts[0]
    _, conflicts = merged([settlement("g:1", "X", None, 32.01, 46.0, "08")], {"g:1": old}.get)
    assert conflicts == []
