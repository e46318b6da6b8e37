"""Forecasts: pending on the day of publication; later what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contested.checks import shares, words
from contested.checks.needs import Absent, AnyNeed, SharesFound
from contested.checks.wording import on, say
from contested.records.verdict import Finding, Reason, Verdict

if TYPE_CHECKING:
    from contested.checks.case import Case
    from contested.checks.needs import Facts
    from contested.records import Method
    from contested.records.verdict import MapUsed


def needs(case: Case) -> tuple[AnyNeed, ...]:
    """Return the share of the first place over time."""
    return tuple(shares.ask(case, said, place) for said, place in case.settlements()[:1])


def decide(case: Case, facts: Facts) -> Verdict:
    """Return that it is pending, with what the newest map known shows."""
    sentence = [say("pending")]
    number: str | None = None
    maps: tuple[MapUsed, ...] = ()
    methods: tuple[Method, ...] = ()
    for said, place in case.settlements()[:1]:
        need = shares.ask(case, said, place)
        found = facts.get(need, SharesFound)
        index = None if isinstance(found, Absent) else shares.known(found, case.known_until)
        if isinstance(found, Absent) or index is None:
            continue
        share = words.share(float(found.controlled[index]))
        piece = shares.piece(need, place)
        sentence.append(say("pending_now", map=on(found.maps[index]), share=share, piece=piece))
        number = f"{share} of {piece} on {words.day(found.maps[index].as_of)}"
        maps, methods = (found.maps[index],), (shares.method(need),)
    return Verdict(
        Finding.NOT_CHECKABLE, " ".join(sentence), case.known_until, reason=Reason.PENDING,
        number=number, maps=maps, methods=methods,
    )  # fmt: skip
