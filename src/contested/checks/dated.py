"""Dated statuses of a settlement's point: what answers where no map of the day is held.

Method `timeline/1`, criterion point. A point is one spot: other parts of a town may have changed
hands weeks earlier or later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contested.checks import words
from contested.checks.build import not_held
from contested.checks.case import CAPTURE_LAG, Side
from contested.checks.needs import Absent, Dated, DatedFound
from contested.checks.wording import say
from contested.records import Method
from contested.records.verdict import Compared, Finding, Verdict

if TYPE_CHECKING:
    from contested.checks.case import Case
    from contested.checks.needs import Facts
    from contested.records import Place

WEEKS_APART: Final = 45
"""Days by which a point may change hands before or after the rest of a town."""

METHOD: Final = Method("timeline", "1", {"criterion": "point"})
NOTE: Final = (
    "The status is that of the place’s point: other parts may have changed hands weeks earlier or "
    "later."
)
_OF: Final = {
    Side.RUSSIA: ("occupied", "controlled", "held_since_2014"),
    Side.UKRAINE: ("liberated", "free"),
    Side.NEITHER: ("contested",),
}
_WORDS: Final = {
    "occupied": "occupied",
    "controlled": "occupied",
    "held_since_2014": "held since 2014",
    "liberated": "regained by Ukraine",
    "free": "government-controlled",
    "contested": "contested or unknown",
}
_JUDGED: Final = {Finding.SUPPORTED: True, Finding.CONTRADICTED: False}


def held_by(case: Case, facts: Facts, side: Side, place: Place, why: str) -> Verdict:
    """Judge who holds a place by the status of its point on the last day of the claim."""
    found = facts.get(Dated(place.id), DatedFound)
    day = case.window[1]
    if isinstance(found, Absent) or day > found.until:
        return not_held(case, why)
    shown = [one for one in found.statuses if one[0] <= day]
    if not shown or (side is not Side.RUSSIA and day > found.full_until):
        return not_held(case, why)
    since, status = shown[-1]
    holds = status in _OF[side]
    return _verdict(case, found, place, (since.isoformat(), _WORDS[status]), holds=holds)


def changed_hands(case: Case, facts: Facts, side: Side, place: Place, why: str) -> Verdict:
    """Judge when a place changed hands by the first day on which its point is shown so."""
    found = facts.get(Dated(place.id), DatedFound)
    if isinstance(found, Absent):
        return not_held(case, why)
    wanted = ("liberated",) if side is Side.UKRAINE else _OF[side]
    days = [day for day, status in found.statuses if status in wanted]
    if not days:
        return not_held(case, f"no day on which {place.name} changed hands so is held")
    first, last = case.window
    nearest = min(days, key=lambda day: max((first - day).days, (day - last).days, 0))
    off = max((first - nearest).days, (nearest - last).days, 0)
    finding = Finding.PARTLY if off <= WEEKS_APART else Finding.CONTRADICTED
    if off <= CAPTURE_LAG.days:
        finding = Finding.SUPPORTED
    status = _WORDS[wanted[0]]
    sentence = say(
        "point_first", source="DeepState’s map", place=place.name, status=status,
        day=words.day(nearest),
    )  # fmt: skip
    lag = say("lagging", days=str(CAPTURE_LAG.days)) if 0 < off <= WEEKS_APART else ""
    return Verdict(
        finding,
        f"{sentence} {lag}".strip(),
        case.known_until,
        number=f"point of {place.name} {status} from {words.day(nearest)}",
        compared=(
            Compared(f"first day as {status}, at the point", words.days(first, last),
                     words.day(nearest), float(off), unit="days apart", tolerance="14 days",
                     holds=_JUDGED.get(finding)),
        ),
        notes=(NOTE,),
        records=(found.record,),
        methods=(METHOD,),
    )  # fmt: skip


def _verdict(
    case: Case, found: DatedFound, place: Place, shown: tuple[str, str], *, holds: bool
) -> Verdict:
    since, status = shown
    sentence = say("point_status", source="DeepState’s map", place=place.name, status=status,
                   day=since)  # fmt: skip
    return Verdict(
        Finding.SUPPORTED if holds else Finding.CONTRADICTED,
        sentence,
        case.known_until,
        number=f"point of {place.name} {status} since {since}",
        compared=(Compared("status at the point", None, f"{status} since {since}", holds=holds),),
        notes=(NOTE,),
        records=(found.record,),
        methods=(METHOD,),
    )
