"""Names on maps: the Ukrainian one, in the map's language."""

from __future__ import annotations

import pytest

from contested.jobs.labels import named_in
from contested.places.gazetteer import Gazetteer
from contested.places.index import Entry, Form, MemoryIndex
from contested.records import Place


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
