"""The settlements that a map may label."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from contested.places.extent import SETTLEMENTS
from contested.places.index import Form
from contested.places.translit import is_cyrillic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contested.places.gazetteer import Gazetteer
    from contested.records import Place

_NOT_UKRAINIAN: Final = frozenset("ыэёъ")
_ONLY_UKRAINIAN: Final = frozenset("іїєґ")


def places_within(
    gazetteer: Gazetteer, west: float, south: float, east: float, north: float
) -> tuple[Place, ...]:
    """Return the settlements of a box in degrees."""
    return tuple(
        place
        for place in gazetteer.places(tuple(SETTLEMENTS))
        if west <= place.lon <= east and south <= place.lat <= north
    )


def named_in(gazetteer: Gazetteer, places: Sequence[Place], language: str) -> tuple[Place, ...]:
    """Return places under their names in a language (``en`` or ``uk``), where one is known."""
    if language != "uk":
        return tuple(places)
    return tuple(replace(place, name=_ukrainian(gazetteer, place)) for place in places)


def _ukrainian(gazetteer: Gazetteer, place: Place) -> str:
    """Return the Ukrainian name; the shown one where only Russian or Latin spellings are known."""
    entry = gazetteer.entry(place.id)
    names = entry.names if entry else ()
    cyrillic = [(name, form) for name, form in names if is_cyrillic(name) and form <= Form.OTHER]
    possible = [(name, form) for name, form in cyrillic if not set(name.lower()) & _NOT_UKRAINIAN]
    official = [name for name, form in possible if form is Form.OFFICIAL]
    certain = [name for name, _ in possible if set(name.lower()) & _ONLY_UKRAINIAN]
    return next(iter([*official, *certain, *(name for name, _ in possible)]), place.name)
