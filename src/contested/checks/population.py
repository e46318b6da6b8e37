"""Population: the gazetteer's figures, each with its year; nothing open counts who is left."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from contested.checks.build import PEOPLE, Fit, fit, not_checkable, not_held, vague, worded
from contested.checks.wording import claimed, say
from contested.records import Method
from contested.records.verdict import Compared, Finding, Reason, Verdict

if TYPE_CHECKING:
    from contested.checks.case import Case
    from contested.checks.needs import AnyNeed, Facts
    from contested.records import Place, Population

INVASION: Final = date(2022, 2, 24)
METHOD: Final = Method("population", "1", {"tolerance": 0.1})


def needs(case: Case) -> tuple[AnyNeed, ...]:
    """Return nothing: the gazetteer's record of the place is all it takes."""
    del case
    return ()


def decide(case: Case, facts: Facts) -> Verdict:
    """Return the gazetteer's populations beside the claim."""
    del facts
    quantity = case.quantity("people")
    places = [place for _, place in case.settlements()]
    if quantity is None or not places:
        return vague(case, "how many people live where")
    time = case.claim.time
    if time is not None and time.last is not None and time.last >= INVASION:
        return not_checkable(case, Reason.NO_OPEN_DATA, say("no_register"))
    place = places[0]
    figures = _figures(place)
    if not figures:
        return not_held(case, f"the gazetteer holds no population of {place.name}")
    fits = [fit(quantity, one[0], PEOPLE) for one in figures]
    best = min(fits, key=list(Fit).index)
    return Verdict(
        worded(best),
        " ".join(
            say("population", place=place.name, value=f"{value:,}", source=source)
            for value, source in figures
        ),
        case.known_until,
        number="; ".join(f"{value:,} ({source})" for value, source in figures),
        compared=tuple(
            Compared("population", claimed(quantity), f"{value:,} ({source})", value,
                     unit="people", tolerance=PEOPLE.words, holds=one is not Fit.NO)
            for (value, source), one in zip(figures, fits, strict=True)
        ),
        notes=("Vintages differ: GeoNames does not date its figures.",),
        records=(f"{place.id} {place.name}",), methods=(METHOD,),
    )  # fmt: skip


def _figures(place: Place) -> list[tuple[int, str]]:
    if place.populations:
        return [(one.value, dated(one)) for one in place.populations]
    if place.population is None:
        return []
    return [(place.population, place.population_source or "source not stated")]


def dated(one: Population) -> str:
    """Return a population's source with its year."""
    known = one.year is None or str(one.year) in one.source
    return one.source if known else f"{one.source}, {one.year}"


__all__ = ["Finding", "decide", "needs"]
