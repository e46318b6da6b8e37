"""Change of control: a place, or part of it, taken within a time.

Method `change-of-control/1`: half of the place's disc (or of the quarter named) changes hands
within the time of the claim, three days either way; up to 14 days either way sources differ.
Where no map covers the time, the dated statuses of the settlement's point answer.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from contested.checks import dated, movement, shares, words
from contested.checks.build import not_held, vague
from contested.checks.case import CAPTURE_LAG, CONTROL_LAG, Side, is_near
from contested.checks.control import together
from contested.checks.needs import Absent, AnyNeed, Dated, SharesFound
from contested.checks.wording import on, say
from contested.geo.disc import ALL
from contested.records import Method
from contested.records.verdict import Compared, Finding, Verdict

if TYPE_CHECKING:
    from contested.checks.case import Case
    from contested.checks.needs import Facts, Shares
    from contested.records import Place
    from contested.records.claim import ClaimPlace

ROSE: Final = 0.01
"""A share that grew by less is the redrawing of a line."""

_METHOD: Final = Method("change-of-control", "1", {"criterion": "half", "lag_days": 14})


def needs(case: Case) -> tuple[AnyNeed, ...]:
    """Return what it takes to judge when places changed hands."""
    if case.side() is Side.UKRAINE or _all_near(case):
        points = tuple(Dated(place.id) for _, place in case.settlements())
        return (*movement.needs(case), *points)
    pairs = case.settlements()
    asked: list[AnyNeed] = [shares.ask(case, said, place) for said, place in pairs]
    return (*asked, *(Dated(place.id) for _, place in pairs))


def decide(case: Case, facts: Facts) -> Verdict:
    """Return whether the maps show the change within the time of the claim."""
    if case.side() is Side.UKRAINE or _all_near(case):
        return _regained(case, facts)
    pairs = case.settlements()
    if not pairs:
        return vague(case, "a place that the gazetteer knows")
    return together(case, [_one(case, facts, said, place) for said, place in pairs])


def _regained(case: Case, facts: Facts) -> Verdict:
    """Return what the maps show given up; where none is held, what the places' points show."""
    found = movement.decide(case, facts)
    pairs = case.settlements()
    side = case.side()
    if found.verdict is not Finding.NOT_HELD or found.maps or not pairs or _all_near(case):
        return found
    if side is None:
        return found
    return together(
        case,
        [
            dated.changed_hands(case, facts, side, place, found.sentence.rstrip("."))
            for _, place in pairs
        ],
    )


def _all_near(case: Case) -> bool:
    pairs = case.settlements()
    return bool(pairs) and all(is_near(said) for said, _ in pairs)


def _one(case: Case, facts: Facts, said: ClaimPlace, place: Place) -> Verdict:
    need = shares.ask(case, said, place)
    found = facts.get(need, SharesFound)
    first, last = case.window
    if not isinstance(found, Absent) and _covers(found, first, last):
        return _by_shares(case, found, need, place)
    why = found.why if isinstance(found, Absent) else f"no map of {words.days(first, last)}"
    if need.sector:
        return not_held(case, why)
    return dated.changed_hands(case, facts, Side.RUSSIA, place, why)


def _covers(found: SharesFound, first: date, last: date) -> bool:
    days = [one.as_of for one in found.maps]
    return bool(days) and days[0] <= first and days[-1] >= min(last, days[-1]) >= first


def _by_shares(case: Case, found: SharesFound, need: Shares, place: Place) -> Verdict:
    first, last = case.window
    around = shares.span(found, first - CONTROL_LAG, last + CONTROL_LAG)
    before = shares.span(found, date.min, first - CONTROL_LAG)
    low = before.last - 1 if before else around.first
    high = around.first + int(found.controlled[around.first : around.last].argmax())
    start, end = float(found.controlled[low]), float(found.controlled[high])
    finding, note = _finding(found, start, end, first, last)
    sentence = say(
        "shares_between", before=on(found.maps[low]), after=on(found.maps[high]),
        low=words.share(start), high=words.share(end), piece=shares.piece(need, place),
    )  # fmt: skip
    numbers = f"{words.share(start)} → {words.share(end)}"
    days = words.days(found.maps[low].as_of, found.maps[high].as_of)
    return Verdict(
        finding,
        " ".join(filter(None, (sentence, note))),
        case.known_until,
        number=f"{shares.piece(need, place)}: {numbers}, {days}",
        compared=(
            Compared(
                f"occupied or held since 2014, {shares.piece(need, place)}", None,
                f"{numbers}, {days}", round(end, 4), round(start, 4), round(end, 4), "share",
                "half of it, within 3 days; up to 14 days sources differ",
                holds=_judged(finding),
            ),
        ),
        notes=(() if found.contested is not None else (say("layer"),)),
        maps=tuple(dict.fromkeys((found.maps[low], *found.maps[around.first : around.last]))),
        methods=(_METHOD, shares.method(need)),
    )  # fmt: skip


def _judged(finding: Finding) -> bool | None:
    return {Finding.SUPPORTED: True, Finding.CONTRADICTED: False}.get(finding)


def _finding(
    found: SharesFound, start: float, end: float, first: date, last: date
) -> tuple[Finding, str]:
    """Return the word, and which map first showed half where that lies outside the time."""
    if start < shares.HALF <= end:
        return Finding.SUPPORTED, ""
    if end < shares.HALF and end - start >= ROSE:
        after = shares.crossed(found, shares.HALF)
        late = after is not None and found.maps[after].as_of <= last + CAPTURE_LAG
        return (Finding.SUPPORTED if late else Finding.PARTLY), _lag(late)
    day = shares.crossed(found, shares.HALF)
    if day is None:
        return Finding.CONTRADICTED, ""
    crossed = found.maps[day].as_of
    near = first - CAPTURE_LAG <= crossed <= last + CAPTURE_LAG
    if not near and _finished(found, first, last):
        return Finding.PARTLY, ""  # half earlier, the last of it then: "fell" needs a criterion
    return (Finding.SUPPORTED if near else Finding.CONTRADICTED), _lag(near)


def _finished(found: SharesFound, first: date, last: date) -> bool:
    """Return whether the last of the place was taken at that time."""
    whole = shares.crossed(found, ALL)
    if whole is None:
        return False
    return first - CAPTURE_LAG <= found.maps[whole].as_of <= last + CAPTURE_LAG


def _lag(late: bool) -> str:  # noqa: FBT001
    return say("lagging", days=str(CAPTURE_LAG.days)) if late else ""
