"""Movement: ground newly taken, given up or cut off near a place within a time.

Method `movement/1`: the base is the last map before the time of the claim; depth, direction and
columns are those of the map on which the new ground reached furthest.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from contested.checks import shares, words
from contested.checks.build import COUNT, LENGTH, PLAIN_LENGTH, Fit, fit, not_held, vague
from contested.checks.case import CONTROL_LAG, REGION_RADIUS_KM, Case, Side, is_near
from contested.checks.columns import NUMBERS
from contested.checks.control import together
from contested.checks.needs import (
    Absent,
    AnyNeed,
    Change,
    ChangeFound,
    Facts,
    Shares,
    SharesFound,
    Taken,
    TakenFound,
)
from contested.checks.wording import area, claimed, length, lengths, on, say
from contested.geo.measure import WGS84
from contested.places.relations import compass_point, lies
from contested.records import Method
from contested.records.verdict import Compared, Finding, Verdict

if TYPE_CHECKING:
    from datetime import date

    from contested.records import Place
    from contested.records.claim import ClaimPlace

RECENT: Final = timedelta(days=14)
DAY: Final = timedelta(days=1)
MONTH: Final = timedelta(days=30)
LEAST_KM2: Final = 1.0
LEAST_DEPTH_KM: Final = 3.0
LEAST_RISE: Final = 0.01
_METHOD: Final = Method(
    "movement",
    "1",
    {"within_km": REGION_RADIUS_KM, "least_km2": LEAST_KM2, "least_depth_km": LEAST_DEPTH_KM},
)


def needs(case: Case) -> tuple[AnyNeed, ...]:
    """Return what it takes to judge a movement of the line."""
    pairs = case.settlements()
    if not pairs:
        return () if case.quantity("km") is not None else (_change(case),)
    asked: list[AnyNeed] = []
    for said, place in pairs:
        if _by_shares(case, said):
            asked.append(shares.ask(case, said, place))
        else:
            asked.append(_taken(case, place, _within(case, said)))
    return tuple(asked)


def decide(case: Case, facts: Facts) -> Verdict:
    """Return what the maps show of a movement."""
    pairs = case.settlements()
    if not pairs and case.quantity("km") is not None:
        return vague(case, "where that was")
    if not pairs:
        return figures(case, facts, _change(case))
    return together(case, [_one(case, facts, said, place) for said, place in pairs])


def figures(case: Case, facts: Facts, need: Change) -> Verdict:
    """Return the change of controlled ground over a time: figures, no judgement."""
    found = facts.get(need, ChangeFound)
    if isinstance(found, Absent):
        return not_held(case, found.why)
    grown = found.after_km2 - found.before_km2
    part = f"{100 * grown / found.whole_km2:.2f} %"
    named = found.scope
    change = f"{'+' if grown > 0 else ''}{area(grown)}"
    return Verdict(
        Finding.FIGURES_ONLY,
        say("change", before=on(found.before), after=on(found.after), region=named, change=change),
        case.known_until,
        number=f"{change}, {part} of {named}, {words.days(found.before.as_of, found.after.as_of)}",
        compared=(
            Compared(f"net change of controlled ground, {named}", None, f"{change} ({part})",
                     round(grown, 2), unit="km2"),
        ),
        notes=_change_notes(need, found),
        maps=(found.before, found.after),
        methods=(Method("changes", "1", {}),),
    )  # fmt: skip


def _change_notes(need: Change, found: ChangeFound) -> tuple[str, ...]:
    lag = "A net change of a month is known to about 60 km²: files lag."
    whole = need.name == found.scope
    return (lag,) if whole else (lag, f"The outline of {need.name} is not held: the whole country.")


def span(case: Case) -> tuple[date, date]:
    """Return the time of a movement; where it is now, the two weeks before."""
    first, last = case.window
    # The newest map that a text can know is that of the day before.
    return (first - RECENT, last - DAY) if case.speaks_of_now else (first, last)


def _change(case: Case) -> Change:
    first, last = case.window
    if case.speaks_of_now:
        first, last = last - MONTH, last - DAY
    regions = [place for _, place in case.regions()]
    if len(regions) == 1:
        return Change(first, last, regions[0].id, regions[0].name)
    return Change(first, last, None, "Ukraine")


def _beside(case: Case, said: ClaimPlace) -> bool:
    """Return whether the country round a place is meant: it says so, or a depth is claimed."""
    return is_near(said) or case.quantity("km") is not None


def _within(case: Case, said: ClaimPlace) -> float:
    return REGION_RADIUS_KM if _beside(case, said) else 5.0


def _taken(case: Case, place: Place, within_km: float) -> Taken:
    first, last = span(case)
    given_up = case.side() is Side.UKRAINE
    return Taken(place.lon, place.lat, within_km, first, last, given_up)


def _by_shares(case: Case, said: ClaimPlace) -> bool:
    """Return whether ground inside the place is meant, which its disc answers."""
    return case.side() is not Side.UKRAINE and not _beside(case, said)


def _one(case: Case, facts: Facts, said: ClaimPlace, place: Place) -> Verdict:
    if _by_shares(case, said):
        need = shares.ask(case, said, place)
        return _into(case, facts.get(need, SharesFound), need, place)
    found = facts.get(_taken(case, place, _within(case, said)), TakenFound)
    if isinstance(found, Absent):
        return not_held(case, found.why)
    if case.side() is Side.UKRAINE:
        return _given_up(case, found, said, place)
    return _advance(case, found, said, place)


def _given_up(case: Case, found: TakenFound, said: ClaimPlace, place: Place) -> Verdict:
    """Judge ground regained by Ukraine, or cut off from the rest."""
    within_km = _within(case, said)
    slots = {
        "before": on(found.base), "after": on(found.last),
        "km": f"{within_km:g} km", "place": place.name,
    }  # fmt: skip
    parts, numbers = [], []
    if found.given_up_km2 >= LEAST_KM2:
        parts.append(say("given_up", area=area(found.given_up_km2), **slots))
        numbers.append(f"{area(found.given_up_km2)} no longer occupied")
    else:
        parts.append(say("none_given_up", **slots))
    if found.cut_off is not None:
        parts.append(say("cut_off", map=on(found.cut_off), area=area(found.cut_off_km2)))
        numbers.append(f"cut off on the map of {words.day(found.cut_off.as_of)}")
    holds = bool(numbers)
    seen = _seen_from(case, said, place, found.given_up_at) if holds else None
    finding = Finding.SUPPORTED if holds else Finding.NOT_HELD
    if seen is not None and not seen.holds:
        finding = Finding.PARTLY
    return Verdict(
        # Clearing contested ground leaves no trace on an occupied-only map: silence is no answer.
        finding,
        " ".join(parts) if holds else f"{' '.join(parts)} {say('layer')}",
        case.known_until,
        number="; ".join(numbers) or None,
        compared=(
            Compared(f"ground no longer occupied within {within_km:g} km", None,
                     area(found.given_up_km2), round(found.given_up_km2, 2), unit="km2",
                     holds=holds or None),
            *(() if seen is None else (seen,)),
        ),
        maps=found.maps,
        methods=(_METHOD,),
    )  # fmt: skip


def _into(case: Case, found: SharesFound | Absent, need: Shares, place: Place) -> Verdict:
    """Judge ground taken inside a place: its disc's share before and after."""
    if isinstance(found, Absent):
        return not_held(case, found.why)
    first, last = span(case)
    around = shares.span(found, first - CONTROL_LAG, last + CONTROL_LAG)
    if not around:
        return not_held(case, f"no map of {words.days(first, last)} is held")
    start = float(found.controlled[around.first])
    high = around.first + int(found.controlled[around.first : around.last].argmax())
    end = float(found.controlled[high])
    rose = end - start >= LEAST_RISE
    silent = found.contested is None and not rose
    finding = Finding.SUPPORTED if rose else Finding.CONTRADICTED
    first_map, last_map = found.maps[around.first], found.maps[high if rose else around.last - 1]
    return Verdict(
        Finding.NOT_HELD if silent else finding,
        say("shares_between", before=on(first_map), after=on(last_map), low=words.share(start),
            high=words.share(end), piece=shares.piece(need, place))
        + (f" {say('layer')}" if silent else ""),
        case.known_until,
        number=f"{shares.piece(need, place)}: {words.share(start)} → {words.share(end)}",
        compared=(
            Compared(f"occupied or held since 2014, {shares.piece(need, place)}", None,
                     f"{words.share(start)} → {words.share(end)}", round(end, 4),
                     round(start, 4), round(end, 4), "share", "a rise of 1 point", rose or None),
        ),
        maps=(first_map, last_map),
        methods=(_METHOD, shares.method(need)),
    )  # fmt: skip


def _advance(case: Case, found: TakenFound, said: ClaimPlace, place: Place) -> Verdict:
    """Judge newly taken ground near a place: whether, how far, in how many parts, which way."""
    if found.deepest is None or found.new_km2 < LEAST_KM2:
        return _nothing_taken(case, found, place)
    compared = tuple(filter(None, (
        _depth(case, found), _count(case, found), _direction(case, found, said, place),
    )))  # fmt: skip
    verdicts = [one.holds for one in compared]
    # Fronts drift by a kilometre or two in a fortnight anywhere: no advance to speak of.
    deep = found.depth_km >= LEAST_DEPTH_KM or case.quantity("km") is not None
    finding = Finding.SUPPORTED if deep else Finding.PARTLY
    if verdicts and not all(verdicts):
        finding = Finding.CONTRADICTED if verdicts[0] is False else Finding.PARTLY
    bearing = f"{compass_point(found.bearing_deg)} ({found.bearing_deg:.0f}°)"
    parts = [
        say("taken", before=on(found.base), after=on(found.deepest), place=place.name,
            km=length(found.depth_km), bearing=bearing)
    ]  # fmt: skip
    number = f"{length(found.depth_km)}, bearing {bearing}"
    if found.columns:
        widths = "; ".join(lengths(one.narrow_km, one.wide_km) for one in found.columns)
        count = NUMBERS.get(len(found.columns), str(len(found.columns)))
        parts.append(say("prongs", count=count, parts=widths))
        number += f"; {count} column{'s' if len(found.columns) > 1 else ''}"
    if found.cut_off is not None:
        parts.append(say("cut_off", map=on(found.cut_off), area=area(found.cut_off_km2)))
    return Verdict(
        finding, " ".join(parts), case.known_until, number=number, compared=compared,
        maps=found.maps, methods=(_METHOD, Method("advance", "1", {}), Method("prongs", "1", {})),
    )  # fmt: skip


def _nothing_taken(case: Case, found: TakenFound, place: Place) -> Verdict:
    claims_figure = bool(case.claim.quantities)
    return Verdict(
        Finding.CONTRADICTED if claims_figure else Finding.NOT_HELD,
        say("none_taken", before=on(found.base), after=on(found.last),
            km=f"{REGION_RADIUS_KM:g} km", place=place.name)
        + ("" if claims_figure else f" {say('layer')}"),
        case.known_until, maps=found.maps, methods=(_METHOD,),
    )  # fmt: skip


def _depth(case: Case, found: TakenFound) -> Compared | None:
    quantity = case.quantity("km")
    if quantity is None:
        return None
    fits = fit(quantity, found.depth_km, LENGTH, PLAIN_LENGTH)
    return Compared(
        "depth of newly taken ground", claimed(quantity), length(found.depth_km),
        round(found.depth_km, 3), unit="km", tolerance=LENGTH.words, holds=fits is not Fit.NO,
    )  # fmt: skip


def _count(case: Case, found: TakenFound) -> Compared | None:
    quantity = case.quantity("count")
    if quantity is None:
        return None
    count = len(found.columns)
    fits = fit(quantity, count, COUNT)
    return Compared(
        "parts of the new ground beyond half its depth", claimed(quantity), str(count), count,
        unit="count", tolerance="none", holds=fits is Fit.YES,
    )  # fmt: skip


def _direction(case: Case, found: TakenFound, said: ClaimPlace, place: Place) -> Compared | None:
    """Compare a direction: seen from the place, or of the advance itself."""
    word = case.bearing_word()
    if word is None or found.tip is None:
        return None
    if (seen := _seen_from(case, said, place, found.tip)) is not None:
        return seen
    bearing = found.bearing_deg
    return Compared(
        "direction of the new ground", word, f"{compass_point(bearing)} ({bearing:.0f}°)",
        round(bearing, 1), unit="degrees", tolerance="a quarter of the compass",
        holds=lies(bearing, word),
    )  # fmt: skip


def _seen_from(
    case: Case, said: ClaimPlace, place: Place, point: tuple[float, float] | None
) -> Compared | None:
    """Compare where ground lies seen from the place, if the claim says "east of" it."""
    word = case.bearing_word()
    relation = (said.relation or "").lower().replace("-", "")
    if word is None or point is None or word not in relation or " of" not in relation:
        return None
    bearing = WGS84.inv(place.lon, place.lat, *point)[0] % 360
    return Compared(
        f"ground seen from {place.name}", word, f"{compass_point(bearing)} ({bearing:.0f}°)",
        round(bearing, 1), unit="degrees", tolerance="a quarter of the compass",
        holds=lies(bearing, word),
    )  # fmt: skip
