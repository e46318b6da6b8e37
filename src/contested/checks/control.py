"""Control: who holds a place or a region on a day.

Method `control/1`: the share of the place's disc that is controlled, on the map within three days
that agrees best with the claim. Held from 90 % on, in part from half on. Ukraine's hold is stated
only where contested ground is carried, or where the front is more than 10 km away: an
occupied-only map cannot tell held ground from contested ground.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from contested.checks import columns, dated, shares, words
from contested.checks.build import not_held, vague
from contested.checks.case import CONTROL_LAG, SECTOR_RADIUS_KM, Side
from contested.checks.needs import (
    Absent,
    AnyNeed,
    Dated,
    RegionFound,
    RegionHeld,
    Shares,
    SharesFound,
    Surroundings,
    SurroundingsFound,
)
from contested.checks.wording import length, on, say
from contested.records import Method
from contested.records.verdict import Compared, Finding, Verdict

if TYPE_CHECKING:
    from contested.checks.case import Case
    from contested.checks.needs import Facts
    from contested.records import Place

HELD: Final = 0.9
PART: Final = 0.5
ALL_OF_REGION: Final = 0.99
FAR_KM: Final = 10.0
_METHOD: Final = "control"
_NAMED: Final = 4
_BY_TOWNS: Final = "The outline of the region is not held: judged by its towns."


def needs(case: Case) -> tuple[AnyNeed, ...]:
    """Return what it takes to judge who holds the places of a claim."""
    asked: list[AnyNeed] = []
    if columns.counted(case):
        return columns.needs(case)
    if case.side() is None:
        return ()
    for said, place in case.settlements():
        asked += [shares.ask(case, said, place), Dated(place.id)]
        if case.side() is Side.UKRAINE:
            asked.append(Surroundings(place.lon, place.lat, case.known_until))
    if not asked:
        asked += [_region(case, place) for _, place in case.regions()]
    return tuple(asked)


def decide(case: Case, facts: Facts) -> Verdict:
    """Return what the maps show of who holds the places."""
    if columns.counted(case):
        return columns.decide(case, facts)
    side = case.side()
    if side is None:
        return vague(case, "who is said to hold it")
    if not case.settlements():
        return _regions(case, facts)
    found = [
        _settlement(case, facts, side, said_place[1], shares.ask(case, *said_place))
        for said_place in case.settlements()
    ]
    return together(case, found)


def together(case: Case, found: list[Verdict]) -> Verdict:
    """Return the verdict on several places: what holds for all, or for some."""
    if len(found) == 1:
        return found[0]
    findings = {one.verdict for one in found}
    if len(findings) == 1:
        finding = findings.pop()
    elif Finding.NOT_HELD in findings:
        finding = Finding.NOT_HELD
    else:
        finding = Finding.PARTLY
    return Verdict(
        finding,
        " ".join(one.sentence for one in found),
        case.known_until,
        number="; ".join(filter(None, (one.number for one in found))) or None,
        compared=tuple(c for one in found for c in one.compared),
        notes=tuple(dict.fromkeys(note for one in found for note in one.notes)),
        maps=tuple(dict.fromkeys(m for one in found for m in one.maps)),
        records=tuple(dict.fromkeys(r for one in found for r in one.records)),
        methods=found[0].methods,
    )


def _settlement(case: Case, facts: Facts, side: Side, place: Place, need: Shares) -> Verdict:
    found = facts.get(need, SharesFound)
    if isinstance(found, Absent):
        return dated.held_by(case, facts, side, place, found.why)
    first, last = case.window
    near = shares.span(found, first - CONTROL_LAG, last + CONTROL_LAG)
    if not near:
        return not_held(case, f"no map within three days of {words.days(first, last)} is held")
    best = _best(found, near.first, near.last, side)
    finding = _finding(found, best, side)
    if side is Side.UKRAINE and finding is Finding.NOT_HELD:
        return _by_distance(case, facts, place, found, best, need)
    if finding is Finding.NOT_HELD:
        sentence = f"{shares.shown(found, best, need, place)} {say('layer')}"
    else:
        sentence = shares.shown(found, best, need, place)
    finding, earlier = _outdated(found, best, side, finding)
    return Verdict(
        finding,
        f"{sentence} {earlier}".strip(),
        case.known_until,
        number=f"{words.share(float(found.controlled[best]))} of {shares.piece(need, place)}",
        compared=(shares.compared(found, best, need, place, holds=_holds(finding)),),
        notes=_layer_note(found, sentence),
        maps=found.maps[near.first : near.last],
        methods=(Method(_METHOD, "1", {"held": HELD, "part": PART}), shares.method(need)),
    )


def _layer_note(found: SharesFound, sentence: str) -> tuple[str, ...]:
    """Return the note that contested ground is not held, unless the sentence says so."""
    said = found.contested is not None or say("layer") in sentence
    return () if said else (say("layer"),)


def _best(found: SharesFound, first: int, last: int, side: Side) -> int:
    """Return the map of a span that agrees best with the claim."""
    part = found.controlled[first:last]
    if side is Side.NEITHER and found.contested is not None:
        return first + int(np.argmax(found.contested[first:last]))
    return first + int(np.argmax(part) if side is Side.RUSSIA else np.argmin(part))


def _finding(found: SharesFound, index: int, side: Side) -> Finding:
    controlled = float(found.controlled[index])
    if side is Side.RUSSIA:
        return _graded(controlled)
    if found.contested is None:
        rest = 1 - controlled
        # Less than half is left: neither held nor contested can be the larger part.
        return Finding.CONTRADICTED if rest < PART and side is Side.UKRAINE else Finding.NOT_HELD
    contested = float(found.contested[index])
    if side is Side.NEITHER:
        rest = 1 - controlled
        return _graded(contested / rest if rest > 0 else 0.0, held=PART, part=0.1)
    return _graded(1 - controlled - contested)


def _graded(share: float, held: float = HELD, part: float = PART) -> Finding:
    if share >= held:
        return Finding.SUPPORTED
    return Finding.PARTLY if share >= part else Finding.CONTRADICTED


def _holds(finding: Finding) -> bool | None:
    known = {Finding.SUPPORTED: True, Finding.CONTRADICTED: False, Finding.OUTDATED: False}
    return known.get(finding)


def _outdated(found: SharesFound, index: int, side: Side, finding: Finding) -> tuple[Finding, str]:
    """Return `OUTDATED` where an earlier map showed what the claim says."""
    if finding is not Finding.CONTRADICTED or side is Side.NEITHER:
        return finding, ""
    earlier = [i for i in range(index) if _finding(found, i, side) is Finding.SUPPORTED]
    if side is Side.UKRAINE and found.contested is None:
        earlier = [i for i in range(index) if found.controlled[i] == 0]
    if not earlier:
        return finding, ""
    return Finding.OUTDATED, say("outdated", map=on(found.maps[earlier[-1]]))


def _by_distance(
    case: Case, facts: Facts, place: Place, found: SharesFound, index: int, need: Shares
) -> Verdict:
    """Judge Ukraine's hold by the distance to the front, where contested ground is not carried."""
    around = facts.get(Surroundings(place.lon, place.lat, case.known_until), SurroundingsFound)
    sentence = shares.shown(found, index, need, place)
    if isinstance(around, Absent) or around.enclosure.nearest_km < FAR_KM:
        return Verdict(
            Finding.NOT_HELD,
            f"{sentence} {say('layer')}",
            case.known_until,
            number=f"{words.share(float(found.controlled[index]))} of {shares.piece(need, place)}",
            compared=(shares.compared(found, index, need, place, holds=None),),
            maps=(found.maps[index],),
            methods=(Method(_METHOD, "1", {"far_km": FAR_KM}), shares.method(need)),
        )
    km = around.enclosure.nearest_km
    return Verdict(
        Finding.SUPPORTED,
        say("far_from_front", map=on(around.map), km=length(int(km)), place=place.name),
        case.known_until,
        number=f"{place.name}: controlled ground begins {length(km)} away",
        compared=(
            Compared(
                f"distance of {place.name} to controlled ground",
                None, length(km), round(km, 2), unit="km", holds=True,
            ),
        ),
        maps=(around.map,),
        methods=(Method(_METHOD, "1", {"far_km": FAR_KM}),),
    )  # fmt: skip


def _region(case: Case, place: Place) -> RegionHeld:
    return RegionHeld(place.id, f"{place.country}-{place.admin1}", case.known_until)


def _regions(case: Case, facts: Facts) -> Verdict:
    regions = [place for _, place in case.regions()]
    if not regions:
        return vague(case, "a place that the gazetteer knows")
    found = [(place, facts.get(_region(case, place), RegionFound)) for place in regions]
    return _pair(case, [_one_region(case, place, one) for place, one in found])


def _pair(case: Case, found: list[Verdict]) -> Verdict:
    """Return the verdict on regions: all of them held, or not all."""
    both = together(case, found)
    findings = {one.verdict for one in found}
    if findings in (
        {Finding.SUPPORTED, Finding.CONTRADICTED},
        {Finding.CONTRADICTED, Finding.PARTLY},
    ):
        # "All of Donetsk and Luhansk" needs all of both.
        return Verdict(
            Finding.CONTRADICTED, both.sentence, both.known_until, number=both.number,
            compared=both.compared, notes=both.notes, maps=both.maps, methods=both.methods,
        )  # fmt: skip
    return both


def _one_region(case: Case, place: Place, found: RegionFound | Absent) -> Verdict:
    if isinstance(found, Absent):
        return not_held(case, found.why)
    towns = words.and_list(one.name for one in found.free[:_NAMED])
    parts = []
    if found.share is not None:
        share = words.share(found.share)
        parts.append(say("region_share", map=on(found.map), share=share, region=place.name))
    if towns:
        parts.append(say("region_free", map=on(found.map), towns=towns))
    finding = _region_finding(case, found)
    number = (
        f"{place.name}: {words.share(found.share)} controlled" if found.share is not None
        else f"{place.name}: {towns} not controlled" if towns else None
    )  # fmt: skip
    return Verdict(
        finding,
        " ".join(parts) or say("absent", why=f"no outline and no town of {place.name} is held"),
        case.known_until,
        number=number,
        compared=(
            Compared(
                f"controlled share of {place.name}", None,
                words.share(found.share) if found.share is not None else "not held",
                None if found.share is None else round(found.share, 4), unit="share",
                holds=_holds(finding),
            ),
        ),
        notes=() if found.share is not None else (_BY_TOWNS,),
        maps=(found.map,),
        methods=(Method("region-share", "1", {"all": ALL_OF_REGION}),),
    )  # fmt: skip


def _region_finding(case: Case, found: RegionFound) -> Finding:
    """Return whether the side holds all of the region.

    A region that is only partly held contradicts "all of Donetsk", not "cities in Donetsk": where
    the words do not claim all of it, the share stands beside them as a figure.
    """
    finding = _whole_region(case, found)
    hedged = finding in {Finding.CONTRADICTED, Finding.PARTLY} and not case.means_all()
    return Finding.FIGURES_ONLY if hedged else finding


def _whole_region(case: Case, found: RegionFound) -> Finding:
    if case.side() is Side.NEITHER:
        return Finding.NOT_HELD
    if found.share is None and not found.free:
        return Finding.NOT_HELD
    held = found.share if found.share is not None else 0.0
    if case.side() is Side.RUSSIA:
        return _graded(held, ALL_OF_REGION, ALL_OF_REGION - 0.05)
    if held > 1 - ALL_OF_REGION:
        return Finding.CONTRADICTED
    return Finding.NOT_HELD  # contested ground could be the rest


__all__ = ["SECTOR_RADIUS_KM", "decide", "needs", "together"]
