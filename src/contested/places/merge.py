"""A place that is known already and comes again: one place, and what does not agree."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from contested.places.index import Entry, Form
from contested.places.relations import rough
from contested.records import DISTRICT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from contested.records import Place, Population

APART_KM: Final = 3.0
"""Two points of one identifier farther apart than this are a conflict to look at."""


def merged(
    fresh: Iterable[Entry], known: Callable[[str], Entry | None]
) -> tuple[list[Entry], list[str]]:
    """Return entries with what was known of the same identifiers, and the conflicts.

    The new point and name hold; names are united, P-codes and populations are kept side by side.
    """
    out: list[Entry] = []
    conflicts: list[str] = []
    for entry in fresh:
        before = known(entry.place.id)
        out.append(entry if before is None else _one(before, entry, conflicts))
    return out, conflicts


def replaced(
    fresh: Iterable[Entry], like: Callable[[str], Iterable[Place]], prefix: str
) -> dict[str, str]:
    """Return known identifiers → the fresh ones that replace them: same name, close by.

    Parameters
    ----------
    like
        Name → the places that bear it.
    prefix
        Beginning of the identifiers that may be replaced.
    """
    gone: dict[str, str] = {}
    for entry in fresh:
        new = entry.place
        for name, form in entry.names:
            if form is Form.OFFICIAL:
                gone.update(
                    (old.id, new.id)
                    for old in like(name)
                    if old.id.startswith(prefix)
                    and old.id != new.id
                    and rough(old.lon, old.lat, new.lon, new.lat)[0] <= APART_KM
                )
    return gone


def inheriting(entry: Entry, old: Entry) -> Entry:
    """Return an entry with the P-code and the names of the one that it replaces."""
    names = dict(old.names)
    for name, form in entry.names:
        names[name] = min(form, names.get(name, Form.DECLINED))
    place = replace(
        entry.place,
        pcode=entry.place.pcode or old.place.pcode,
        admin1=entry.place.admin1 or old.place.admin1,
    )
    return Entry(place, tuple(names.items()))


def _one(before: Entry, after: Entry, conflicts: list[str]) -> Entry:
    old, new = before.place, after.place
    km, _ = rough(old.lon, old.lat, new.lon, new.lat)
    if km > APART_KM:
        conflicts.append(f"{new.id} {new.name}: the new point is {km:.1f} km from the one known")
    if old.pcode and new.pcode and old.pcode != new.pcode:
        conflicts.append(f"{new.id} {new.name}: P-code {new.pcode}, known as {old.pcode}")
    figures = _side_by_side((*new.populations, *old.populations))
    if old.population and new.population and old.population != new.population:
        conflicts.append(
            f"{new.id} {new.name}: population {new.population:,}, known as {old.population:,};"
            " both are kept"
        )
    names: dict[str, Form] = dict(before.names)
    for name, form in after.names:
        names[name] = min(form, names.get(name, Form.DECLINED))
    place = replace(
        new,
        # Once known as a part of a town, it stays one: a dump may call it a populated place.
        kind=DISTRICT if old.kind == DISTRICT else new.kind,
        pcode=new.pcode or old.pcode,
        admin1=new.admin1 or old.admin1,
        population=figures[0].value if figures else None,
        population_source=figures[0].source if figures else None,
        populations=figures,
    )
    return Entry(place, tuple(names.items()))


def _side_by_side(figures: tuple[Population, ...]) -> tuple[Population, ...]:
    """Return every figure once, in order: a new record of the same source replaces the old."""
    kept: dict[tuple[int | None, str], Population] = {}
    for figure in figures:
        # "GeoNames, undated" and "GeoNames, undated (record of …)" are one source.
        kept.setdefault((figure.year, figure.source.split(" (")[0]), figure)
    return tuple(kept.values())
