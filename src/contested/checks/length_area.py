"""Quoted areas: which maps they were read from.

Method `vintage/1`: all maps are searched for the areas quoted, within half a unit of the last
digit, over parts whose edge lies within 25 km of the place and over their sum; several areas
quoted together must hold on the same map.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contested.checks import movement, words
from contested.checks.build import not_held, vague
from contested.checks.needs import Absent, AnyNeed, Quoted, QuotedFound
from contested.checks.wording import area, claimed, say
from contested.records import Method
from contested.records.verdict import Compared, Finding, Verdict

if TYPE_CHECKING:
    from contested.checks.case import Case
    from contested.checks.needs import Facts
    from contested.records import Place
    from contested.records.verdict import MapUsed

METHOD: Final = Method("vintage", "1", {"within_km": 25.0, "half_a_unit": True})


def needs(case: Case) -> tuple[AnyNeed, ...]:
    """Return which maps to search; without an area it is a movement."""
    if case.quantity("km2") is None:
        return movement.needs(case)
    return tuple(_need(case, place) for _, place in case.settlements()[:1])


def decide(case: Case, facts: Facts) -> Verdict:
    """Return the maps that the quoted areas fit, and what the text leaves out."""
    if case.quantity("km2") is None:
        return movement.decide(case, facts)
    pairs = case.settlements()
    if not pairs:
        return vague(case, "a place that the gazetteer knows")
    place = pairs[0][1]
    need = _need(case, place)
    found = facts.get(need, QuotedFound)
    if isinstance(found, Absent):
        return not_held(case, found.why)
    quoted = words.and_list(f"{value:g} km²" for value in need.areas_km2)
    if not found.fits:
        return Verdict(
            Finding.CONTRADICTED, say("not_quoted", areas=quoted, place=place.name),
            case.known_until, number="fits no map", compared=_compared(case, found),
            notes=(f"{found.searched} maps were searched.",), methods=(METHOD,),
        )  # fmt: skip
    return _dated(case, found, place, quoted)


def _dated(case: Case, found: QuotedFound, place: Place, quoted: str) -> Verdict:
    maps = tuple(one for one, _ in found.fits)
    days = spans(maps)
    first, last = case.window
    inside = case.speaks_of_now or any(first <= one.as_of <= last for one in maps)
    sentence = [say("quoted", place=place.name, areas=quoted, count=str(len(maps)), days=days)]
    if found.left_out:
        what = words.and_list(
            f"{name} ({' and '.join(area(km2) for km2 in areas)})" for name, areas in found.left_out
        )
        sentence.append(say("left_out", what=what))
    return Verdict(
        Finding.SUPPORTED if inside else Finding.OUTDATED,
        " ".join(sentence), case.known_until, number=f"fits the maps of {days}",
        compared=_compared(case, found), notes=(f"{found.searched} maps were searched.",),
        maps=maps, methods=(METHOD,),
    )  # fmt: skip


def _compared(case: Case, found: QuotedFound) -> tuple[Compared, ...]:
    quoted = [q for q in case.claim.quantities if q.si_unit == "km2"]
    rows = found.fits[0][1] if found.fits else (None,) * len(quoted)
    statuses = found.statuses or ("",) * len(quoted)
    return tuple(
        Compared(
            f"area near the place {status}".strip(), claimed(one),
            "no map" if km2 is None else area(km2), km2, unit="km2",
            tolerance="half a unit of the last digit", holds=km2 is not None,
        )
        for one, km2, status in zip(quoted, rows, statuses, strict=True)
    )  # fmt: skip


def spans(maps: tuple[MapUsed, ...]) -> str:
    """Return the days of maps in words, days that follow each other as a span."""
    runs: list[list[MapUsed]] = []
    for one in sorted(maps, key=lambda m: m.as_of):
        if runs and (one.as_of - runs[-1][-1].as_of).days <= 1:
            runs[-1].append(one)
        else:
            runs.append([one])
    return words.and_list(words.days(run[0].as_of, run[-1].as_of) for run in runs)


def _need(case: Case, place: Place) -> Quoted:
    quoted = [q for q in case.claim.quantities if q.si_unit == "km2"]
    return Quoted(
        place.lon, place.lat, tuple(q.si_value for q in quoted),
        tuple(_unit(q.value) * (q.si_value / q.value) for q in quoted),
    )  # fmt: skip


def _unit(value: float) -> float:
    """Return half a unit of the last digit of a figure as written."""
    decimals = len(f"{value:g}".partition(".")[2])
    return float(0.5 * 10**-decimals)
