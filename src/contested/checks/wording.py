# ruff: noqa: E501  (a sentence stands on one line, as a reader sees it)
"""Every sentence a verdict can say, in one place: a test reads all of them.

A sentence names the map and its day and says what that map shows. It never says that a claim is
right or wrong, and never speaks for the ground itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contested.checks import words
from contested.geo.measure import KM_PER_MILE

if TYPE_CHECKING:
    from contested.records.claim import Quantity
    from contested.records.verdict import MapUsed

SENTENCES: Final = {
    "agrees": "The claim agrees with this.",
    "agrees_source": "The claim quotes this source, and its map shows what is claimed: no independent confirmation.",
    "partly": "The claim agrees with this in part.",
    "loose": "The bound holds, but it lies far from the figure found.",
    "differs": "The claim does not agree with this.",
    "differs_source": "The claim quotes this source, and its map does not show what is claimed.",
    "negated_agrees": "The claim says that it is not so, which agrees with this.",
    "negated_differs": "The claim says that it is not so, which does not agree with this.",
    "outdated": "An earlier map showed it: {map}.",
    "disputed": "Sources that are held differ.",
    "figures": "Figures only: this is not a statement that a map can bear out or not.",
    "share": "{map} shows {share} of {piece} as occupied or held since 2014.",
    "share_contested": "{map} shows {share} of {piece} as occupied or held since 2014 and {contested} as contested or unknown.",
    "shares_between": "{before} shows {low} of {piece} as occupied or held since 2014, {after} {high}.",
    "far_from_front": "{map} shows no controlled ground within {km} of {place}.",
    "region_share": "{map} shows {share} of {region} as occupied or held since 2014.",
    "region_free": "{map} shows {towns} without occupied ground at their points.",
    "reached_before": "{map} is the first to show half of {piece} as occupied, before the time of the claim.",
    "reached_after": "{map} is the first to show half of {piece} as occupied, after the time of the claim.",
    "lagging": "Maps lag, and sources differ by up to {days} days on a day of capture.",
    "point_first": "{source} first shows the point of {place} as {status} on {day}.",
    "point_status": "{source} shows the point of {place} as {status} since {day}.",
    "taken": "Between {before} and {after} newly taken ground near {place} reaches {km} from the ground held before, bearing {bearing}.",
    "none_taken": "Between {before} and {after} no newly taken ground is shown within {km} of {place}.",
    "given_up": "Between {before} and {after} {area} within {km} of {place} ceased to be shown as occupied.",
    "none_given_up": "Between {before} and {after} no ground within {km} of {place} ceased to be shown as occupied.",
    "cut_off": "{map} is the first to show {area} there connected to no other controlled ground.",
    "columns": "{map} shows {count} narrow parts of controlled ground within {km} of the point of {place}: {parts}.",
    "prongs": "Beyond half its depth the new ground has {count} parts, {parts} wide.",
    "distance": "{first} lies {km} from {last}, point to point; edge to edge {edge}.",
    "bearing": "Seen from {last}, {first} lies to the {direction} ({bearing}).",
    "inside": "{place} lies in {region} by the gazetteer.",
    "outside": "{place} does not lie in {region} by the gazetteer.",
    "touching": "{first} and {last} touch by the gazetteer.",
    "not_touching": "{first} and {last} do not touch by the gazetteer.",
    "front": "On {map} the main line is {main} and all pieces {all} long at rulers from 0 to 500 m, and {coarse} at 5 to 10 km.",
    "ruler": "The quoted length fits {which}.",
    "no_ruler": "The quoted length fits no ruler from 0 to 10 km.",
    "population": "{place}: {value} people ({source}).",
    "fallen": "Apart from {subject}, the largest settlement first shown as occupied since {since} is {place} ({people}, {day}).",
    "none_fallen": "No settlement apart from {subject} is shown as newly occupied since {since}.",
    "subject_fallen": "{map} shows half of {piece} as occupied or held since 2014.",
    "subject_not_fallen": "{place} is not shown as taken by {map}: the claim speaks of what would be.",
    "surround": "On {map} controlled ground begins {km} from the point of {place}; it meets {share} of bearings within 20 km; the corridor is {corridor} wide.",
    "surround_far": "On {map} controlled ground begins {km} from the point of {place}.",
    "inside_held": "On {map} controlled ground lies inside {place}: corridor and bearings say nothing more.",
    "change": "Between {before} and {after} controlled ground in {region} changed by {change}.",
    "quoted": "Parts near {place} have {areas} together on {count} maps, of {days}.",
    "not_quoted": "No map that is held has parts of {areas} near {place}.",
    "left_out": "The text leaves out {what}.",
    "series": "{series} gives {value} for {what} on {day} ({source}).",
    "pending": "What is said lies ahead of the day of publication.",
    "pending_now": "By {map}: {share} of {piece} occupied or held since 2014.",
    "conditional": "The claim is a condition; whether it comes about is not checked.",
    "opinion": "A judgement: maps and figures neither bear it out nor refute it.",
    "intention": "A statement of will: no map shows it.",
    "meta": "Says how far other claims are to be relied on; not a claim about the ground.",
    "no_data": "No open data on this is held.",
    "no_register": "No register of residents since February 2022 is open.",
    "vague": "The claim does not say {missing}: nothing to compare.",
    "policy": "Movements of units are not checked, by policy.",
    "unknown_place": "No place that the gazetteer knows is named.",
    "absent": "{why}.",
    "layer": "The source carries controlled ground only on this day: contested ground is not held.",
}  # fmt: skip
"""Key -> sentence with its slots."""

NEVER: Final = ("true", "false", "fake", "confirmed", "wrong", "debunked", "lying")
"""Words that no sentence of a verdict may say ("no independent confirmation" may)."""


def say(key: str, **slots: str) -> str:
    """Return a sentence with its slots filled; its first letter is a capital."""
    sentence = SENTENCES[key].format(**slots)
    return sentence[:1].upper() + sentence[1:]


def on(one: MapUsed) -> str:
    """Return a map as a sentence names it: DeepState’s map of 5 November 2025."""
    return f"{one.shown_as} of {words.day(one.as_of)}"


def length(km: float) -> str:
    """Return a length in km and miles, one decimal below 100 km."""
    miles = km / KM_PER_MILE
    digits = 2 if km < 1 else 1 if km < 100 else 0  # noqa: PLR2004
    return f"{km:,.{digits}f} km = {miles:,.{digits}f} miles"


def lengths(low_km: float, high_km: float) -> str:
    """Return a range of lengths in km and miles."""
    digits = 2 if high_km < 2 else 1 if high_km < 100 else 0  # noqa: PLR2004
    low, high = low_km / KM_PER_MILE, high_km / KM_PER_MILE
    return f"{low_km:,.{digits}f}–{high_km:,.{digits}f} km = {low:,.{digits}f}–{high:,.{digits}f} miles"


def area(km2: float) -> str:
    """Return an area in km² and square miles."""
    digits = 0 if abs(km2) >= 1000 else 1  # noqa: PLR2004
    miles = km2 / KM_PER_MILE**2
    return words.minus(f"{km2:,.{digits}f} km² = {miles:,.{digits}f} sq mi")


def claimed(quantity: Quantity) -> str:
    """Return a quantity as it was claimed, with its SI value beside it."""
    comparator = quantity.comparator.value.replace("_", " ")
    before = "" if comparator == "exactly" else f"{comparator} "
    upper = f"–{quantity.high:,.10g}" if quantity.high is not None else ""
    stated = f"{before}{quantity.value:,.10g}{upper} {_unit(quantity.unit, quantity.value)}"
    if quantity.unit == quantity.si_unit:
        return stated.strip()
    return f"{stated} ({quantity.si_value:,.1f} {_unit(quantity.si_unit, 2)})"


def _unit(unit: str, value: float) -> str:
    known = {"mile": "mile" if value == 1 else "miles", "km2": "km²", "count": "", "fraction": "of the whole", "ratio": "to one"}  # fmt: skip
    return known.get(unit, unit)
