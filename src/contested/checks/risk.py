"""Risk: figures on what surrounds a place, never a verdict.

No statement on supply, on encirclement or on what comes next (METHODS.md §4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contested.checks import words
from contested.checks.build import not_checkable, not_held
from contested.checks.control import together
from contested.checks.needs import Absent, AnyNeed, Surroundings, SurroundingsFound
from contested.checks.wording import length, on, say
from contested.geo.corridor import CorridorState
from contested.records.verdict import Compared, Finding, Reason, Verdict

if TYPE_CHECKING:
    from contested.checks.case import Case
    from contested.checks.needs import Facts
    from contested.records import Place

CORRIDOR_NOTE: Final = (
    "The corridor is the shortest line that would close the place off on this map, to about 0.8 km;"
    " a statement about the map, not about roads, supply or what will happen."
)
FAR_KM: Final = 10.0


def needs(case: Case) -> tuple[AnyNeed, ...]:
    """Return what surrounds every place of the claim."""
    return tuple(_need(case, place) for _, place in case.settlements())


def decide(case: Case, facts: Facts) -> Verdict:
    """Return the figures; a risk is neither borne out nor refuted."""
    places = [place for _, place in case.settlements()]
    if not places:
        return not_checkable(case, Reason.NO_OPEN_DATA, say("no_data"))
    return together(case, [_one(case, facts, place) for place in places])


def _need(case: Case, place: Place) -> Surroundings:
    return Surroundings(place.lon, place.lat, case.known_until)


def _one(case: Case, facts: Facts, place: Place) -> Verdict:
    found = facts.get(_need(case, place), SurroundingsFound)
    if isinstance(found, Absent):
        return not_held(case, found.why)
    km = found.enclosure.nearest_km
    compared: tuple[Compared, ...] = (_away(place, km),)
    notes: tuple[str, ...] = ()
    if km > FAR_KM:
        sentence = say("surround_far", map=on(found.map), km=length(km), place=place.name)
        number = f"{place.name}: controlled ground begins {length(km)} away"
    elif not found.enclosure.meaningful:
        sentence = say("inside_held", map=on(found.map), place=place.name)
        number = f"controlled ground lies inside {place.name}"
    else:
        sentence = say(
            "surround", map=on(found.map), km=length(km), place=place.name,
            share=words.share(found.enclosure.enclosure), corridor=length(found.corridor.width_km),
        )  # fmt: skip
        number = f"{_corridor(found)}; {words.share(found.enclosure.enclosure)} of bearings blocked"
        compared += _figures(place, found)
        notes = (CORRIDOR_NOTE,)
    return Verdict(
        Finding.FIGURES_ONLY, sentence, case.known_until, number=number, compared=compared,
        notes=notes, maps=(found.map,),
        methods=(found.corridor.method, found.enclosure.method),
    )  # fmt: skip


def _corridor(found: SurroundingsFound) -> str:
    if found.corridor.state is CorridorState.OPEN:
        return "corridor open: 13.2 km and more"
    return f"corridor {length(found.corridor.width_km)} on this map"


def _away(place: Place, km: float) -> Compared:
    return Compared(
        f"distance of {place.name} to controlled ground", None, length(km), round(km, 2), unit="km"
    )


def _figures(place: Place, found: SurroundingsFound) -> tuple[Compared, ...]:
    share = found.enclosure.enclosure
    width = found.corridor.width_km
    return (
        Compared(f"bearings from {place.name} that meet controlled ground within 20 km", None,
                 words.share(share), round(share, 4), unit="share"),
        Compared(f"corridor of {place.name}", None, length(width), round(width, 2),
                 max(0.0, round(width - 0.8, 2)), round(width + 0.8, 2), "km"),
    )  # fmt: skip
