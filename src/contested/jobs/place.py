"""The place a person names on the command line, and the places that a map may label."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from contested.errors import UsageError
from contested.places.choose import Context, resolve
from contested.places.gazetteer import Gazetteer
from contested.store.gazetteer import SqliteIndex, shipped_path

if TYPE_CHECKING:
    from contested.places.choose import Resolution
    from contested.records import Place

SETTLEMENTS = ("city", "town", "village", "settlement")
_NAMED = 5


@cache
def shipped_gazetteer() -> Gazetteer:
    """Return the gazetteer that comes with the package, opened once."""
    return Gazetteer(SqliteIndex(shipped_path()))


def named_place(name: str, *, near: str | None = None) -> Place:
    """Return the place that a name, or an identifier such as ``geonames:704422``, means.

    Raises
    ------
    UsageError
        If nothing has that name, or several places do and nothing tells which is meant; the
        likeliest are named.
    """
    gazetteer = shipped_gazetteer()
    entry = gazetteer.entry(name) if ":" in name else None
    if entry is not None:
        return entry.place
    anchors: tuple[tuple[float, float], ...] = ()
    if near is not None:
        anchor = named_place(near)
        anchors = ((anchor.lon, anchor.lat),)
    found = resolve(gazetteer, name, Context(anchors=anchors))
    if found.place is None:
        raise UsageError(_which(found))
    return found.place


def places_within(west: float, south: float, east: float, north: float) -> tuple[Place, ...]:
    """Return the settlements of a box in degrees: what a map may label."""
    return tuple(
        place
        for place in shipped_gazetteer().places(SETTLEMENTS)
        if west <= place.lon <= east and south <= place.lat <= north
    )


def _which(found: Resolution) -> str:
    if not found.candidates:
        return f"no place called {found.query!r}: try another spelling, or `contested places find`"
    named = "; ".join(
        f"{one.place.name} ({one.place.id}, {one.place.lat:.2f}°N {one.place.lon:.2f}°E)"
        for one in found.candidates[:_NAMED]
    )
    return f"{found.query!r} may be any of: {named}. Give the identifier, or --near another place"
