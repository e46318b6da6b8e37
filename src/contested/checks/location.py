"""Location: what lies in what, what touches what, and in which direction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contested.checks import distance as apart
from contested.checks.build import not_held, vague
from contested.checks.needs import Absent, AnyNeed, Touching
from contested.checks.wording import length, say
from contested.places.relations import compass_words, distance, in_region
from contested.records import Method
from contested.records.verdict import Compared, Finding, Verdict

if TYPE_CHECKING:
    from contested.checks.case import Case
    from contested.checks.needs import Facts
    from contested.records import Place

INSIDE: Final = Method("containment", "1", {"by": "gazetteer codes"})
BESIDE_KM: Final = 60.0
"""Up to here one place is said to lie to the north of another."""


def needs(case: Case) -> tuple[AnyNeed, ...]:
    """Return which regions touch the first one, where two regions are named."""
    regions = [place for _, place in case.regions()]
    if len(regions) > 1 and not case.settlements():
        return (_touching(regions[0]),)
    return ()


def decide(case: Case, facts: Facts) -> Verdict:
    """Return where the places of the claim lie."""
    towns = [place for _, place in case.settlements()]
    regions = [place for _, place in case.regions()]
    if len(towns) > 1:
        return _towards(case, facts, towns[0], towns[1])
    if towns and regions:
        return _inside(case, towns[0], regions[0])
    if len(regions) > 1:
        return _touch(case, facts, regions[0], regions[1])
    return vague(case, "two places that the gazetteer knows, or a direction")


def _towards(case: Case, facts: Facts, first: Place, last: Place) -> Verdict:
    if case.quantity("km") is not None:
        return apart.decide(case, facts)
    bearing = apart.direction(case, last, first)
    found = distance(last, first)
    km = length(found.km)
    sentence = say("distance", first=first.name, last=last.name, km=km, edge=length(found.edge_km))
    number = f"{km}, bearing {found.direction} ({found.bearing_deg:.0f}°)"
    records = (apart.record(first), apart.record(last))
    if bearing is None:
        return Verdict(
            Finding.FIGURES_ONLY, sentence, case.known_until, number=number,
            notes=("The claim, as it was read, states no direction.",),
            records=records, methods=(apart.METHOD,),
        )  # fmt: skip
    near = found.km <= BESIDE_KM
    finding = apart.with_bearing(Finding.SUPPORTED if near else Finding.PARTLY, bearing)
    told = say("bearing", first=first.name, last=last.name,
               direction=compass_words(found.bearing_deg),
               bearing=f"{found.bearing_deg:.0f}°")  # fmt: skip
    return Verdict(
        finding, f"{told} {sentence}", case.known_until, number=number, compared=(bearing,),
        records=records, methods=(apart.METHOD,),
    )  # fmt: skip


def _inside(case: Case, town: Place, region: Place) -> Verdict:
    if region.admin1 is None or town.admin1 is None:
        return not_held(case, f"the gazetteer does not say in which region {town.name} lies")
    code = f"{region.country}-{region.admin1}"
    inside = in_region(town, code)
    sentence = say("inside" if inside else "outside", place=town.name, region=region.name)
    return Verdict(
        Finding.SUPPORTED if inside else Finding.CONTRADICTED, sentence, case.known_until,
        number=sentence.rstrip("."),
        compared=(
            Compared(f"region of {town.name}", region.name, f"{town.country}-{town.admin1}",
                     holds=inside),
        ),
        records=(apart.record(town), f"{region.id} {region.name} ({code})"), methods=(INSIDE,),
    )  # fmt: skip


def _touch(case: Case, facts: Facts, first: Place, last: Place) -> Verdict:
    found = facts.get(_touching(first), frozenset)
    if isinstance(found, Absent):
        return not_held(case, found.why)
    touches = f"{last.country}-{last.admin1}" in found
    sentence = say("touching" if touches else "not_touching", first=first.name, last=last.name)
    return Verdict(
        Finding.SUPPORTED if touches else Finding.CONTRADICTED, sentence, case.known_until,
        number=sentence.rstrip("."),
        compared=(Compared("regions that touch", None, sentence, holds=touches),),
        records=(f"{first.id} {first.name}", f"{last.id} {last.name}"),
        methods=(Method("regions-touch", "1", {}),),
    )  # fmt: skip


def _touching(region: Place) -> Touching:
    return Touching(f"{region.country}-{region.admin1}")
