"""Length: of the front, which depends on the ruler.

Method `front/1`: the curve over rulers, and the ruler that a quoted length implies.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from contested.checks.build import LENGTH, Fit, fit, not_checkable, not_held, vague
from contested.checks.needs import Absent, AnyNeed, Front, FrontFound
from contested.checks.wording import claimed, lengths, on, say
from contested.records.verdict import Compared, Finding, Reason, Verdict

if TYPE_CHECKING:
    from contested.checks.case import Case
    from contested.checks.needs import Facts
    from contested.geo.front import FrontLine
    from contested.records.claim import Quantity

_FRONT: Final = re.compile(r"\bfront|line of contact|battle ?line", re.IGNORECASE)
_ZONE: Final = re.compile(r"\bzone\b", re.IGNORECASE)
_COAST: Final = (
    "A front, like a coast, grows with a finer ruler: at 5 to 10 km the main line is {lengths}."
)
FINEST: Final = (0.0, 500.0)
COARSE: Final = (5000.0, 10_000.0)


def needs(case: Case) -> tuple[AnyNeed, ...]:
    """Return the need for the front, where the length is the front's."""
    quantity = case.quantity("km")
    if quantity is None or not _about_front(case):
        return ()
    return (_need(case, quantity),)


def decide(case: Case, facts: Facts) -> Verdict:
    """Return how long the front is at every ruler, and which ruler the claim implies."""
    quantity = case.quantity("km")
    if quantity is None:
        return vague(case, "how long it is")
    if not _about_front(case):
        return not_checkable(case, Reason.NO_OPEN_DATA, say("no_data"))
    found = facts.get(_need(case, quantity), FrontFound)
    if isinstance(found, Absent):
        return not_held(case, found.why)
    main = _range(found.front, FINEST, main=True)
    every = _range(found.front, FINEST, main=False)
    coarse = _range(found.front, COARSE, main=True)[0], _range(found.front, COARSE, main=False)[1]
    holds = _fits(case, (*main, *every), found)
    return Verdict(
        Finding.SUPPORTED if holds else Finding.CONTRADICTED,
        " ".join(filter(None, (
            say("front", map=on(found.map), main=lengths(*main), all=lengths(*every),
                coarse=lengths(*coarse)),
            _rulers(found),
        ))),
        case.known_until,
        number=f"main line {lengths(*main)} at rulers of 0 to 500 m",
        compared=(
            Compared("length of the front, main line", claimed(quantity), lengths(*main),
                     round(main[0], 1), round(main[0], 1), round(main[1], 1), "km",
                     "a ruler of 0 to 1,000 m", holds),
        ),
        notes=(
            _COAST.format(lengths=lengths(*_range(found.front, COARSE, main=True))),
        ),
        maps=(found.map,),
        methods=(found.front.method,),
    )  # fmt: skip


def _need(case: Case, quantity: Quantity) -> Front:
    """Return the need; the rulers are asked for on the day of publication only."""
    asked = case.known_until == case.published
    return Front(case.known_until, quantity.si_value if asked else None)


def _about_front(case: Case) -> bool:
    subject = case.claim.subject or ""
    named = any(_FRONT.search(place.name) for place in case.claim.places)
    return not _ZONE.search(subject) and bool(_FRONT.search(subject) or named)


def _fits(case: Case, found_km: tuple[float, ...], found: FrontFound) -> bool:
    """Return whether some ruler of at most 1 km gives a length that the claim allows."""
    quantity = case.quantity("km")
    if quantity is None:
        return False
    lengths_km = [
        km
        for one in found.front.tolerances
        if one.m <= 1000  # noqa: PLR2004 (metres)
        for km in (one.main_km, one.all_km)
    ]
    return any(fit(quantity, km, LENGTH, LENGTH) is not Fit.NO for km in (*lengths_km, *found_km))


def _range(front: FrontLine, rulers_m: tuple[float, float], *, main: bool) -> tuple[float, float]:
    inside = [one for one in front.tolerances if rulers_m[0] <= one.m <= rulers_m[1]]
    km = [one.main_km if main else one.all_km for one in inside]
    return min(km), max(km)


def _rulers(found: FrontFound) -> str:
    if found.rulers is None:
        return ""
    fits = {"the main line": found.rulers.main.fits_m, "all pieces": found.rulers.all.fits_m}
    which = [f"{name} at a ruler of {_span(m)}" for name, m in fits.items() if m is not None]
    return say("ruler", which=" and ".join(which)) if which else say("no_ruler")


def _span(fits_m: tuple[float, float]) -> str:
    low, high = fits_m
    return f"{low:g} m" if low == high else f"{low:g}–{high:g} m"
