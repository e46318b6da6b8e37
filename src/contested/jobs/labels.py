"""The settlements that a map may label."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from contested.places.extent import SETTLEMENTS
from contested.places.index import Form
from contested.places.translit import is_cyrillic, romanise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contested.places.gazetteer import Gazetteer
    from contested.records import Place

HOME: Final = "UA"
_RUSSIAN_ENDING: Final = re.compile(r"([сц]к|[оы]е|ая)\b")
_NOT_UKRAINIAN: Final = frozenset("ыэёъ")
_ONLY_UKRAINIAN: Final = frozenset("іїєґ")


def places_within(
    gazetteer: Gazetteer,
    west: float,
    south: float,
    east: float,
    north: float,
    least_people: int = 0,
) -> tuple[Place, ...]:
    """Return the settlements of a box in degrees, from so many people on."""
    return tuple(gazetteer.within(west, south, east, north, SETTLEMENTS, least_people))


def named_in(gazetteer: Gazetteer, places: Sequence[Place], language: str) -> tuple[Place, ...]:
    """Return places under their names in a language (``en`` or ``uk``), where one is known."""
    name_of = _ukrainian if language == "uk" else _romanised
    return tuple(replace(place, name=name_of(gazetteer, place)) for place in places)


def _romanised(gazetteer: Gazetteer, place: Place) -> str:
    """Return the shown name; where all that is official is a Russian one, the Ukrainian's."""
    entry = gazetteer.entry(place.id) if place.country == HOME else None
    names = entry.names if entry else ()
    official = [name for name, form in names if form is Form.OFFICIAL and is_cyrillic(name)]
    if not official or not all(map(_is_russian, official)):
        return place.name
    native = romanise(_ukrainian(gazetteer, place))
    listed = native.isascii() and any(native == name for name, _ in names)
    return native if listed else place.name


def _ukrainian(gazetteer: Gazetteer, place: Place) -> str:
    """Return the Ukrainian name; the shown one where only Russian or Latin spellings are known."""
    entry = gazetteer.entry(place.id)
    names = entry.names if entry else ()
    cyrillic = [(name, form) for name, form in names if is_cyrillic(name) and form <= Form.OTHER]
    possible = [(name, form) for name, form in cyrillic if not _is_russian(name)]
    official = [name for name, form in possible if form is Form.OFFICIAL]
    certain = [name for name, _ in possible if set(name.lower()) & _ONLY_UKRAINIAN]
    # of Belarusian and older names among the rest, none is as like the shown one as its own
    alike = sorted((name for name, _ in possible), key=lambda name: -_likeness(name, place.name))
    return next(iter([*official, *certain, *alike]), place.name).replace("'", "’")


def _likeness(cyrillic: str, latin: str) -> float:
    return SequenceMatcher(None, romanise(cyrillic).lower(), latin.lower()).ratio()


def _is_russian(name: str) -> bool:
    """Say whether a Cyrillic name is written as no Ukrainian one is."""
    return bool(set(name.lower()) & _NOT_UKRAINIAN or _RUSSIAN_ENDING.search(name))
