"""Distance: how far two places lie apart, and in which direction.

Method `place-distance/1`: geodesic on WGS84 between the gazetteer's points; between the edges of
discs that hold the populations beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contested.checks.build import LENGTH, PLAIN_LENGTH, Fit, fit, vague
from contested.checks.wording import claimed, length, say
from contested.places.relations import (
    compass_bearing,
    compass_point,
    compass_words,
    distance,
    lies,
    turn,
)
from contested.records import Method
from contested.records.verdict import Compared, Finding, Verdict

if TYPE_CHECKING:
    from contested.checks.case import Case
    from contested.checks.needs import AnyNeed, Facts
    from contested.places.relations import Distance
    from contested.records import Place

METHOD: Final = Method("place-distance", "1", {})
OPPOSITE_DEG: Final = 90.0


def needs(case: Case) -> tuple[AnyNeed, ...]:
    """Return nothing: the places of the claim are all it takes."""
    del case
    return ()


def decide(case: Case, facts: Facts) -> Verdict:
    """Return how far apart the two places of the claim are."""
    del facts
    pairs = [place for _, place in case.settlements()]
    quantity = case.quantity("km")
    if len(pairs) < 2 or quantity is None:  # noqa: PLR2004
        return vague(case, "two places that the gazetteer knows and how far apart they are")
    first, last = pairs[0], pairs[1]
    found = distance(first, last)
    centre = fit(quantity, found.km, LENGTH, PLAIN_LENGTH)
    edge = fit(quantity, found.edge_km, LENGTH, PLAIN_LENGTH)
    finding = _finding(centre, edge)
    compared = [
        Compared(
            f"distance {first.name} – {last.name}", claimed(quantity), length(found.km),
            round(found.km, 3), round(found.edge_km, 3), round(found.km, 3), "km",
            LENGTH.words if quantity.comparator.value == "about" else PLAIN_LENGTH.words,
            holds=centre is not Fit.NO,
        )
    ]  # fmt: skip
    sentence = [say("distance", first=first.name, last=last.name, km=length(found.km),
                    edge=length(found.edge_km))]  # fmt: skip
    if centre is Fit.LOOSE:
        sentence.append(say("loose"))
    bearing = direction(case, last, first)
    if bearing is not None:
        compared.append(bearing)
        sentence.append(
            say("bearing", first=first.name, last=last.name,
                direction=compass_words(bearing.value or 0.0), bearing=f"{bearing.value:.0f}°")
        )  # fmt: skip
        finding = with_bearing(finding, bearing)
    toward = distance(last, first)
    return Verdict(
        finding, " ".join(sentence), case.known_until,
        number=f"{length(found.km)}, bearing {toward.direction} ({toward.bearing_deg:.0f}°)",
        compared=tuple(compared), records=(record(first), record(last)), methods=(METHOD,),
    )  # fmt: skip


def _finding(centre: Fit, edge: Fit) -> Finding:
    if centre is Fit.YES:
        return Finding.SUPPORTED
    if centre is Fit.LOOSE or edge is Fit.YES:
        return Finding.PARTLY
    return Finding.CONTRADICTED


def direction(case: Case, seen_from: Place, place: Place) -> Compared | None:
    """Compare the direction that a claim states, seen from the second place."""
    word = case.bearing_word()
    if word is None:
        return None
    found: Distance = distance(seen_from, place)
    return Compared(
        f"direction of {place.name} from {seen_from.name}", word,
        f"{compass_point(found.bearing_deg)} ({found.bearing_deg:.0f}°)",
        round(found.bearing_deg, 1), unit="degrees", tolerance="a quarter of the compass",
        holds=lies(found.bearing_deg, word),
    )  # fmt: skip


def with_bearing(finding: Finding, bearing: Compared) -> Finding:
    """Return a finding with the direction counted: the other way round is no agreement."""
    if bearing.holds or bearing.value is None or bearing.claimed is None:
        return finding
    wanted = compass_bearing(bearing.claimed)
    opposite = wanted is not None and turn(bearing.value, wanted) > OPPOSITE_DEG
    if opposite or finding is Finding.CONTRADICTED:
        return Finding.CONTRADICTED
    return Finding.PARTLY


def record(place: Place) -> str:
    """Return a place as evidence: which point of which gazetteer."""
    return f"{place.id} {place.name} {place.lat:.5f}°N {place.lon:.5f}°E"
