"""Superlatives: "the largest city to fall since …", by every settlement that fell since.

Method `largest-fallen/1`: the dated statuses of settlements of 1,000 and more people, by
population; which places, the runner-up and the margin are named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contested.checks import shares, words
from contested.checks.build import not_checkable, not_held
from contested.checks.needs import Absent, AnyNeed, Fallen, FallenFound, SharesFound
from contested.checks.wording import on, say
from contested.records import Method
from contested.records.verdict import Compared, Finding, Reason, Verdict

if TYPE_CHECKING:
    from datetime import date

    from contested.checks.case import Case
    from contested.checks.needs import Facts
    from contested.records import Place
    from contested.records.claim import ClaimPlace

_NOTE: Final = (
    "By the day on which a settlement’s point was first shown as occupied; populations are the "
    "gazetteer’s, most of them from before 2022."
)
METHOD: Final = Method("largest-fallen", "1", {"least_people": 1000})


def needs(case: Case) -> tuple[AnyNeed, ...]:
    """Return which settlements fell since, and how far the place itself is taken."""
    found = _asked(case)
    if found is None:
        return ()
    said, place, since = found
    return (Fallen(since, case.known_until), shares.ask(case, said, place))


def decide(case: Case, facts: Facts) -> Verdict:
    """Return the largest settlement that fell since, beside the place of the claim."""
    asked = _asked(case)
    if asked is None:
        return not_checkable(case, Reason.NO_OPEN_DATA, say("no_data"))
    said, place, since = asked
    found = facts.get(Fallen(since, case.known_until), FallenFound)
    if isinstance(found, Absent):
        return not_held(case, found.why)
    # The place that the claim counts from fell then and is no rival.
    base = {one.id for _, one in case.settlements()[1:]}
    rivals = [(one, day) for one, day in found.places if one.id not in {place.id, *base}]
    people = place.population or 0
    rival = rivals[0] if rivals else None
    largest = rival is None or people > (rival[0].population or 0)
    parts = [_runner_up(place, since, rival), *_state(case, facts, said, place)]
    return Verdict(
        Finding.SUPPORTED if largest else Finding.CONTRADICTED,
        " ".join(parts), case.known_until, number=_number(place, rivals),
        compared=(
            Compared(
                "population of the largest that fell", f"{place.name}: {people:,}",
                "none" if rival is None else f"{rival[0].name}: {rival[0].population or 0:,}",
                None if rival is None else float(rival[0].population or 0), unit="people",
                holds=largest,
            ),
        ),
        notes=(
            _NOTE,
        ),
        maps=found.maps, records=(found.record,), methods=(METHOD,),
    )  # fmt: skip


def _asked(case: Case) -> tuple[ClaimPlace, Place, date] | None:
    pairs = case.settlements()
    time = case.claim.time
    if not pairs or time is None or time.first is None or case.speaks_of_now:
        return None
    # "The city … since Bakhmut": the only place named is the one that is counted from.
    subject = case.claim.subject
    if subject and pairs[0][1].name not in subject and pairs[0][0].name not in subject:
        return None
    return (*pairs[0], time.first)


def _runner_up(subject: Place, since: date, rival: tuple[Place, date] | None) -> str:
    if rival is None:
        return say("none_fallen", since=words.day(since), subject=subject.name)
    place, day = rival
    return say(
        "fallen", since=words.day(since), place=place.name, subject=subject.name,
        day=words.day(day), people=f"{place.population or 0:,} people",
    )  # fmt: skip


def _state(case: Case, facts: Facts, said: ClaimPlace, place: Place) -> list[str]:
    need = shares.ask(case, said, place)
    found = facts.get(need, SharesFound)
    if isinstance(found, Absent):
        return []
    index = shares.known(found, case.known_until)
    if index is None:
        return []
    half = shares.crossed(found, shares.HALF)
    now = shares.shown(found, index, need, place)
    if half is not None and half <= index:
        return [now]
    return [now, say("subject_not_fallen", place=place.name, map=on(found.maps[index]))]


def _number(place: Place, rivals: list[tuple[Place, date]]) -> str:
    own = f"{place.name} {place.population or 0:,}"
    others = ", ".join(f"{one.name} {one.population or 0:,}" for one, _ in rivals[:3])
    return f"{own}; fallen since: {others or 'none'}"
