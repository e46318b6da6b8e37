"""What changed between two maps, as a paragraph that an editor can paste. Pure.

Plain sentences in neutral words: what the maps show, not what happened. Both maps are named with
their day and time, areas stand in km² and square miles, and what the maps cannot say is said.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from contested.render.wording import day as day_words
from contested.render.wording import km2, signed_km2, square_miles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from contested.history.answers import ChangedPlace, FlippedPlace, MapFault, Redraw, WhatChanged

MOST_NAMED: Final = 8
"""Settlements named in a sentence; the others are counted."""

LEAST_KM2: Final = 0.05
"""What rounds to 0.0 km² is told as "none"."""

_WORDS: Final = {
    "controlled": "controlled",
    "contested": "contested or unknown",
    "free": "government-controlled",
}
_ORDER: Final = ("controlled", "free", "contested")
"""What is told first: places that came under control, then those that left it."""

_IN_RUSSIA: Final = "ua_held_in_russia"

LAG: Final = "Maps lag: a change can be shown days after the event, and losses often are."


def digest(found: WhatChanged, credit: str) -> str:
    """Return the changes as one paragraph.

    Parameters
    ----------
    credit
        How the source asks to be named.
    """
    return " ".join(sentences(found, credit))


def sentences(found: WhatChanged, credit: str) -> list[str]:
    """Return the digest sentence by sentence."""
    told = (
        _opening(found),
        _contested(found),
        _settlements(found),
        _flips(found),
        _faults(found.probable_map_faults),
        _redraws(found.redraws),
        _missing(found),
        _bounds(found),
        _source(found, credit),
    )
    return [sentence for sentence in told if sentence]


def headline(found: WhatChanged) -> str:
    """Return the changes in a line: net km² of controlled ground and settlements that changed."""
    count = len(found.settlements)
    places = "no settlement" if not count else f"{count} settlement{'s' if count > 1 else ''}"
    where = "" if found.scope is None else f", {found.scope}"
    return (
        f"{day_words(found.as_of)}{where}: controlled ground {signed_km2(found.net_km2)}, "
        f"{places} shown otherwise"
    )


def area_words(area_km2: float) -> str:
    """Return an area in km² and square miles."""
    return f"{km2(area_km2)} ({square_miles(area_km2)})"


def _opening(found: WhatChanged) -> str:
    if found.snapshot == found.from_snapshot:
        return (
            f"No newer map: {found.source}'s map of {_time(found.as_of, found.published)} is the "
            "only one of the time asked for."
        )
    where = "" if found.scope is None else f" {found.scope}"
    maps = (
        f"The map of {_time(found.as_of, found.published)}, compared with that of "
        f"{_time(found.from_day, found.from_published)},"
    )
    gained, lost = found.gained_km2, found.lost_km2
    if max(gained, lost) < LEAST_KM2:
        return f"{maps} shows no change of controlled ground{where}."
    told = f"{area_words(max(gained, lost))} {'newly' if gained > lost else 'no longer'}"
    other = min(gained, lost)
    if other < LEAST_KM2:
        return f"{maps} shows {told} as controlled{where}, and none the other way."
    turned = "no longer" if gained > lost else "newly"
    return (
        f"{maps} shows {told} as controlled{where} and {area_words(other)} {turned}: "
        f"net {signed_km2(found.net_km2)}."
    )


def _amount(area_km2: float) -> str:
    return "none" if area_km2 < LEAST_KM2 else area_words(area_km2)


def _time(day: date, published: datetime) -> str:
    """Return a map's day and the time at which it was published."""
    if published.date() == day:
        return f"{day_words(day)} ({published:%H:%M} UTC)"
    return f"{day_words(day)} (as of its end, UTC)"


def _contested(found: WhatChanged) -> str:
    came, left = found.contested_gained_km2, found.contested_lost_km2
    if came is None or left is None:
        return "The source does not show contested ground."
    contested = _both("Contested or unknown", came, left)
    in_russia = (
        sum(cell.km2 for cell in found.matrix if cell.after == _IN_RUSSIA),
        sum(cell.km2 for cell in found.matrix if cell.before == _IN_RUSSIA),
    )
    told = (contested, _both("Held by Ukraine inside Russia", *in_russia))
    return " ".join(sentence for sentence in told if sentence)


def _both(what: str, came: float, left: float) -> str:
    if max(came, left) < LEAST_KM2:
        return ""
    return f"{what}: {_amount(came)} newly, {_amount(left)} no longer."


def _settlements(found: WhatChanged) -> str:
    if found.snapshot == found.from_snapshot:
        return ""
    if not found.settlements:
        return "No settlement is shown otherwise."
    whole = found.scope is None
    order = sorted(found.settlements, key=lambda one: (_ORDER.index(one.after), one.before))
    told = []
    for (after, before), group in groupby(order, key=lambda one: (one.after, one.before)):
        names = _named([_place(one, found, oblast=whole) for one in group])
        was = _status(before, found)
        told.append(f"Newly shown as {_status(after, found)}, before {was}: {names}.")
    return " ".join(told)


def _status(name: str, found: WhatChanged) -> str:
    if name == "free" and found.contested_gained_km2 is None:
        return "not controlled"
    return _WORDS[name]


def _place(one: ChangedPlace | FlippedPlace, found: WhatChanged, *, oblast: bool) -> str:
    """Return a settlement with its oblast, its inhabitants and the day, as far as they help."""
    people = None if one.population is None else f"{one.population:,} inhabitants"
    within = one.oblast if oblast else None
    one_step = (found.as_of - found.from_day).days <= 1
    day = getattr(one, "day", None)
    shown = None if one_step or day is None else f"map of {day_words(day)}"
    facts = "; ".join(fact for fact in (within, people, shown) if fact)
    return f"{one.place} ({facts})" if facts else one.place


def _named(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    shown = ", ".join(names[:MOST_NAMED])
    return f"{shown} and {more} more" if more > 0 else shown


def _flips(found: WhatChanged) -> str:
    if not found.flips:
        return ""
    told = [
        f"{_place(one, found, oblast=found.scope is None)}: "
        + ", ".join(f"{_status(step.status, found)} on {day_words(step.day)}" for step in one.shown)
        for one in found.flips
    ]
    more = len(told) - MOST_NAMED
    rest = f"; and {more} more" if more > 0 else ""
    return f"Changed and changed back: {'; '.join(told[:MOST_NAMED])}{rest}."


def _faults(faults: Iterable[MapFault]) -> str:
    return " ".join(_fault(fault) for fault in faults)


def _fault(fault: MapFault) -> str:
    ground = _WORDS[fault.status]
    step = (
        f"{ground} ground on the whole map, {signed_km2(fault.step_km2)} with the map of "
        f"{day_words(fault.day)}"
    )
    if fault.taken_back_km2 is None:
        return f"Large step: {step}; whether the next map takes it back cannot be known yet."
    if fault.taken_back_km2:
        return (
            f"Probable fault of the map: {step}, of which the next map took back "
            f"{km2(fault.taken_back_km2)}; ask the source before reporting it as change."
        )
    return f"Probable fault of the map: {step}, more than a day's change can be."


def _redraws(redraws: Sequence[Redraw]) -> str:
    if not redraws:
        return ""
    named = ", ".join(
        f"{day_words(one.day)} ({one.redrawn:,} of {one.came:,} new edges within a metre)"
        for one in redraws[:MOST_NAMED]
    )
    more = len(redraws) - MOST_NAMED
    others = f" and {more} more maps" if more > 0 else ""
    return (
        f"Outlines were drawn anew with the map of {named}{others}: "
        "these edges are no change of control."
    )


def _missing(found: WhatChanged) -> str:
    days = found.days_without_map
    if not days:
        return ""
    named = ", ".join(day_words(day) for day in days[:MOST_NAMED])
    more = len(days) - MOST_NAMED
    return f"No map of {named}{f' and {more} more days' if more > 0 else ''}."


def _bounds(found: WhatChanged) -> str:
    """Return what the figures rest on: points of settlements, vintages of people, late maps."""
    people = {one.population_source for one in found.settlements}
    people = (people | {one.population_source for one in found.flips}) - {None}
    vintages = f"; inhabitants: {' or '.join(sorted(map(str, people)))}" if people else ""
    count = found.parameters["settlements"]
    return f"Settlements: {count:,} of the gazetteer, each by its point{vintages}. {LAG}"


def _source(found: WhatChanged, credit: str) -> str:
    cut = f", km² by {found.parameters['cut_by']}" if found.scope is not None else ""
    return (
        f"{credit}; snapshots {found.from_snapshot[:12]} and {found.snapshot[:12]}; "
        f"{found.method}{cut}."
    )
