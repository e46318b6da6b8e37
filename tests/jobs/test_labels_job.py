"""Names on maps: the Ukrainian one, in the map's language."""

from __future__ import annotations

import pytest

from contested.jobs.labels import named_in
from contested.places.gazetteer import Gazetteer
from contested.places.index import Entry, Form, MemoryIndex
from contested.records import Place
from contested.store.gazetteer import SqliteIndex, write_index


def shown(name: str, names: list[tuple[str, Form]], country: str = "UA") -> tuple[str, str]:
    """Return the English and the Ukrainian name of a place with these names."""
    place = Place("p:1", name, 37.0, 48.0, kind="town", country=country)
    gazetteer = Gazetteer(MemoryIndex([Entry(place, tuple(names))]))
    one, other = (named_in(gazetteer, [place], language)[0].name for language in ("en", "uk"))
    return one, other


@pytest.mark.parametrize(("name", "names", "found"), [
    ("Pokrovsk", [("Покровськ", Form.OFFICIAL), ("Красноармійськ", Form.FORMER)],
     ("Pokrovsk", "Покровськ")),
    ("Svetlodarsk", [("Светлодарск", Form.OFFICIAL), ("Svitlodarsk", Form.OTHER),
                     ("Світлодарськ", Form.OTHER)], ("Svitlodarsk", "Світлодарськ")),
    ("Svetlodarsk", [("Светлодарск", Form.OFFICIAL), ("Світлодарськ", Form.OTHER)],
     ("Svetlodarsk", "Світлодарськ")),
    ("Kremenchuk", [("Кременчук", Form.OFFICIAL), ("Кремінчук", Form.OTHER)],
     ("Kremenchuk", "Кременчук")),
    ("Krasnaia Poliana", [("Красная Поляна", Form.OFFICIAL)],
     ("Krasnaia Poliana", "Krasnaia Poliana")),
])  # fmt: skip
def test_a_name_is_the_ukrainian_one_where_it_is_known(name, names, found) -> None:
    assert shown(name, [(name, Form.OFFICIAL), *names]) == found


def test_a_place_abroad_keeps_its_name() -> None:
    names = [("Kursk", Form.OFFICIAL), ("Курск", Form.OFFICIAL), ("Курськ", Form.OTHER)]
    assert shown("Kursk", names, "RU") == ("Kursk", "Курськ")


def test_of_names_that_could_be_ukrainian_the_likest_is_shown() -> None:
    names = [("Korenevo", Form.OFFICIAL), ("Коранева", Form.OTHER), ("Коренево", Form.OTHER)]
    assert shown("Korenevo", names, "RU") == ("Korenevo", "Коренево")


def test_an_apostrophe_is_the_printed_one() -> None:
    names = [("Sloviansk", Form.OFFICIAL), ("Слов'янськ", Form.OFFICIAL)]
    assert shown("Sloviansk", names) == ("Sloviansk", "Слов’янськ")


def test_places_of_a_box_are_those_of_the_whole_list_in_it(tmp_path) -> None:
    places = [
        Place(f"p:{n}", f"P{n}", 30.0 + n, 48.0, kind="town" if n % 2 else "region",
              population=n * 1000, country="UA")
        for n in range(6)
    ]  # fmt: skip
    moved = Place("p:3", "P3", 40.0, 48.0, kind="town", country="UA")
    entries = [Entry(one, ((one.name, Form.OFFICIAL),)) for one in places]
    write_index(tmp_path / "places.sqlite", entries, {})
    for index in (MemoryIndex(entries), SqliteIndex(tmp_path / "places.sqlite")):
        gazetteer = Gazetteer(index)
        assert [p.id for p in gazetteer.within(31, 47, 34, 48)] == ["p:1", "p:2", "p:3", "p:4"]
        assert [p.id for p in gazetteer.within(31, 47, 34, 48, {"town"})] == ["p:1", "p:3"]
        assert [p.id for p in gazetteer.within(31, 47, 34, 48, (), 3000)] == ["p:3", "p:4"]
        later = MemoryIndex([Entry(moved, (("P3", Form.OFFICIAL),))])
        both = Gazetteer(index, later, hidden=["p:1"])
        assert [p.id for p in both.within(31, 47, 34, 48)] == ["p:2", "p:4"]
