"""Columns: narrow parts of controlled ground inside a place, counted and measured.

Method `columns/1` of `contested.geo.columns`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from contested.checks.build import COUNT, Fit, fit, not_held, vague
from contested.checks.case import SECTOR_RADIUS_KM
from contested.checks.needs import Absent, AnyNeed, Slim, SlimFound
from contested.checks.wording import claimed, lengths, on, say
from contested.geo.columns import HALF_WIDTH_M
from contested.places.relations import compass_point, lies
from contested.records import Method
from contested.records.verdict import Compared, Finding, Verdict

if TYPE_CHECKING:
    from contested.checks.case import Case
    from contested.checks.needs import Facts
    from contested.geo.columns import Column
    from contested.records import Place

NUMBERS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five"}
CENTRE_KM = 1.0
_CENTRE = re.compile(r"\bcent(?:re|er|ral)\b")
_SIDES = re.compile(r"\b(?:north|south)?-?(?:east|west|north|south)ern\b")


def counted(case: Case) -> bool:
    """Return whether a claim counts parts of ground inside a place."""
    return case.quantity("count") is not None and bool(case.settlements())


def needs(case: Case) -> tuple[AnyNeed, ...]:
    """Return the need for the columns of the first place."""
    return tuple(_need(case, place) for _, place in case.settlements()[:1])


def decide(case: Case, facts: Facts) -> Verdict:
    """Return how many narrow parts the map shows, and how wide they are."""
    quantity = case.quantity("count")
    places = case.settlements()
    if quantity is None or not places:
        return vague(case, "how many there are, or where")
    place = places[0][1]
    found = facts.get(_need(case, place), SlimFound)
    if isinstance(found, Absent):
        return not_held(case, found.why)
    count = len(found.columns)
    fits = fit(quantity, count, COUNT)
    missing = _missing(case, found.columns)
    holds = fits is Fit.YES and not missing
    parts = "; ".join(described(one) for one in found.columns) or "none"
    number = f"{NUMBERS.get(count, str(count))}: " + parts if count else "none"
    return Verdict(
        Finding.SUPPORTED if holds else Finding.CONTRADICTED,
        say(
            "columns", map=on(found.map), count=NUMBERS.get(count, str(count)),
            km=f"{SECTOR_RADIUS_KM:g} km", place=place.name, parts=parts,
        ),
        case.known_until,
        number=number,
        compared=(
            Compared("narrow parts of controlled ground", claimed(quantity), number, count,
                     unit="count", tolerance="none", holds=holds),
        ),
        maps=(found.map,),
        methods=(
            Method("columns", "1", {"half_width_m": HALF_WIDTH_M, "radius_km": SECTOR_RADIUS_KM}),
        ),
    )  # fmt: skip


def _missing(case: Case, columns: tuple[Column, ...]) -> list[str]:
    """Return the sides that the claim names and where no narrow part lies."""
    relation = (case.settlements()[0][0].relation or "").lower()
    missing = []
    if _CENTRE.search(relation) and all(one.away_km >= CENTRE_KM for one in columns):
        missing.append("centre")
    aside = [one.bearing_deg for one in columns if one.away_km >= CENTRE_KM]
    sides = _SIDES.findall(relation)
    return missing + [word for word in sides if not any(lies(deg, word) for deg in aside)]


def described(one: Column) -> str:
    """Return where a column lies and how wide it is."""
    where = "centre" if one.away_km < CENTRE_KM else compass_point(one.bearing_deg)
    return f"{where}, {lengths(one.narrow_km, one.wide_km)} wide"


def _need(case: Case, place: Place) -> Slim:
    return Slim(place.lon, place.lat, SECTOR_RADIUS_KM, case.known_until)
