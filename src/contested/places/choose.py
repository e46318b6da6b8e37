"""Which of several namesakes a text means.

Every candidate gets points for what speaks for it; points are logarithms of odds, so a score is a
share of the whole. The order of weight is the order in which a reader would argue: what the text
says of the place, the document's focus, places nearby, the kind of place, the front, and
population last.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from contested.places.extent import POPULATED, SETTLEMENTS
from contested.places.index import Form
from contested.places.relations import Relation, fits, nearest_km
from contested.records import Place

if TYPE_CHECKING:
    from contested.places.gazetteer import Gazetteer, Match

SURE: Final = 0.5
"""Least score of an answer; below it, or with a lead of less than `LEAD`: "don't know"."""

LEAD: Final = 0.15

MANY_TIMES: Final = 4.0
LEAST_DOMINANT: Final = 10_000
"""A town of so many people, so many times the people of any namesake, may be taken for the one
meant where nothing but the name is known, if the answer says so (`dominant`)."""

_FORM: Final = {
    Form.OFFICIAL: 0.0,
    Form.DECLINED: 0.0,
    Form.FORMER: -0.5,
    Form.OTHER: -0.7,
    Form.GENERATED: -0.7,
}
_BORROWED: Final = -2.5
"""For a name that is another place's own: Mykolaivka, also written Mykolaiv, is not Mykolaiv."""

_RELATION, _CONTRADICTED = 4.0, 3.0
_IN_FOCUS, _NEAR_FOCUS, _SAME_COUNTRY, _ABROAD = 3.0, 1.5, 0.7, -2.0
_HOME: Final = 2.5
_ANCHOR, _ANCHOR_KM = 2.0, 50.0
_KIND, _OTHER_KIND = 2.5, -1.5
_REGION, _NO_REGION = 5.0, -8.0
_FRONT, _FRONT_KM = 1.5, 40.0
_POPULATION: Final = 0.8
_SETTLEMENT_FIRST: Final = 1.0

REGION_WORDS: Final = frozenset({"region", "oblast", "province", "krai", "republic"})
_DISTRICT_KM: Final = {"raion": 25.0, "district": 25.0, "hromada": 12.0, "sector": 25.0}
"""Radius of what is named after its seat: a raion is not the town, but lies about it."""

_SIZES: Final = {
    "city": ("city", "town"),
    "town": ("town", "city", "settlement", "village"),
    "village": ("village", "settlement"),
    "settlement": ("village", "settlement", "town"),
}


@dataclass(frozen=True, slots=True)
class Context:
    """What is known about a text before a name is looked up in it.

    Attributes
    ----------
    focus
        Region (``UA-05``) → weight, 0 to 1.
    anchors
        Longitude and latitude of places that are certain.
    relations
        What the text says about this place.
    kind
        The type word beside the name: city, village, raion, oblast, region, …
    front_km
        Distance of a point to the front on the day in question.
    home
        The country meant where nothing else speaks.
    """

    focus: Mapping[str, float] = field(default_factory=dict)
    anchors: tuple[tuple[float, float], ...] = ()
    relations: tuple[Relation, ...] = ()
    kind: str | None = None
    front_km: Callable[[float, float], float] | None = None
    home: str | None = "UA"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean, its share of the odds, and why."""

    place: Place
    score: float
    reason: str
    uncertainty_km: float
    form: Form = Form.OFFICIAL


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a name means. `place` `None`: not known, or not to be told from a namesake."""

    query: str
    place: Place | None
    candidates: tuple[Candidate, ...]
    reason: str
    uncertainty_km: float | None


NO_CONTEXT: Final = Context()


class Light:
    """What a text's context says of places, worked out once for each region and each place.

    The names of a text are weighed one after the other in the same light.
    """

    def __init__(self, gazetteer: Gazetteer, context: Context) -> None:
        self.context = context
        self._gazetteer = gazetteer
        self._focus: dict[tuple[str, str | None, bool], tuple[float, str]] = {}
        self._anchors: dict[str, tuple[float, str]] = {}
        self._weighed: dict[tuple[str, str | None], list[tuple[float, list[str]]]] = {}

    def by_focus(self, place: Place) -> tuple[float, str]:
        """Return points and reason for the region that a place lies in."""
        key = place.country, place.admin1, place.kind in POPULATED
        found = self._focus.get(key)
        if found is None:
            found = self._focus[key] = _by_focus(self._gazetteer, place, self.context)
        return found

    def weighed(self, name: str, kind: str | None) -> list[tuple[float, list[str]]] | None:
        """Return the points of a name's candidates that were kept, `None` if none were."""
        return self._weighed.get((name, kind))

    def keep(self, name: str, kind: str | None, weighed: list[tuple[float, list[str]]]) -> None:
        """Keep the points of a name's candidates: a text names a town forty times."""
        self._weighed[name, kind] = weighed

    def by_anchors(self, place: Place) -> tuple[float, str]:
        """Return points and reason for the certain places around a place."""
        found = self._anchors.get(place.id)
        if found is None:
            found = self._anchors[place.id] = _by_anchors(place, self.context)
        return found


def resolve(gazetteer: Gazetteer, name: str, context: Context = NO_CONTEXT) -> Resolution:
    """Return what a name means in a context, with every candidate."""
    matches = gazetteer.match(name)
    if not matches:
        return Resolution(name, None, (), "no place of this name is known", None)
    weighed = _weighed(matches, Light(gazetteer, context), context.kind, context.relations)
    candidates = _candidates(matches, weighed, context)
    best = candidates[0]
    lead = best.score - (candidates[1].score if len(candidates) > 1 else 0.0)
    if best.score < SURE or lead < LEAD:
        reason = f"{len(candidates)} namesakes, none likely enough: say which, or where"
        return Resolution(name, None, candidates, reason, None)
    return Resolution(name, best.place, candidates, best.reason, best.uncertainty_km)


def settle(
    gazetteer: Gazetteer,
    name: str,
    light: Light,
    kind: str | None = None,
    relations: tuple[Relation, ...] = (),
    *,
    extra: Mapping[str, float] = MappingProxyType({}),
) -> tuple[Place | None, float | None]:
    """Return the place and its uncertainty that `resolve` answers with, and no reasons.

    Parameters
    ----------
    kind, relations
        What the text says of this name (see `Context`), in place of the light's.
    extra
        Points by identifier for what else speaks for a place.
    """
    matches = gazetteer.match(name)
    if not matches:
        return None, None
    place, score, lead = matches[0].place, round(matches[0].closeness, 4), 1.0
    if len(matches) > 1:
        weighed = light.weighed(name, kind) if not relations else None
        if weighed is None:
            weighed = _weighed(matches, light, kind, relations)
            if not relations:
                light.keep(name, kind, weighed)
        if extra:
            weighed = [
                (points + extra.get(match.place.id, 0.0), reasons)
                for match, (points, reasons) in zip(matches, weighed, strict=True)
            ]
        ranked = sorted(zip(_scores(matches, weighed), matches, strict=True), key=_by_score)
        (score, first), (second, _) = ranked[:2]
        place, lead = first.place, score - second
    if score < SURE or lead < LEAD or _contradicted(place, relations):
        return None, None
    return place, _uncertainty_km(place, kind)


def _by_score(scored: tuple[float, Match]) -> tuple[float, int, str]:
    score, match = scored
    return -score, -(match.place.population or 0), match.place.id


def _weighed(
    matches: tuple[Match, ...], light: Light, kind: str | None, relations: tuple[Relation, ...]
) -> list[tuple[float, list[str]]]:
    """Return each candidate's points and the reasons that a person should read."""
    borne = any(match.form in _BORNE for match in matches)
    return [_weigh(match, light, kind, relations, borne=borne) for match in matches]


def _scores(matches: tuple[Match, ...], weighed: list[tuple[float, list[str]]]) -> list[float]:
    """Return each candidate's share of the odds."""
    top = max(points for points, _ in weighed)
    odds = [math.exp(points - top) for points, _ in weighed]
    total = sum(odds)
    # A name that is only alike is not certain, however alone it stands.
    return [round(m.closeness * odd / total, 4) for m, odd in zip(matches, odds, strict=True)]


_BORNE: Final = frozenset({Form.OFFICIAL, Form.DECLINED})


def dominant(resolution: Resolution) -> Candidate | None:
    """Return the town that a bare name most likely means, although namesakes are possible.

    It bears the name as its own, has 10,000 people or more on any record, and four times as many
    as any other place that bears the name now or bore it. `None` where no place stands out so.
    """
    bearers = [c for c in resolution.candidates if c.form in {Form.OFFICIAL, Form.FORMER}]
    ordered = sorted(bearers, key=lambda c: -most_people(c.place))
    if not ordered or ordered[0].form is not Form.OFFICIAL:
        return None
    first = most_people(ordered[0].place)
    second = most_people(ordered[1].place) if len(ordered) > 1 else 0
    stands_out = first >= LEAST_DOMINANT and first >= MANY_TIMES * second
    return ordered[0] if stands_out and ordered[0].place.kind in SETTLEMENTS else None


def most_people(place: Place) -> int:
    """Return the largest figure of a place: a town that people fled is the same town."""
    return max([place.population or 0, *(figure.value for figure in place.populations)])


def _candidates(
    matches: tuple[Match, ...], weighed: list[tuple[float, list[str]]], context: Context
) -> tuple[Candidate, ...]:
    found = [
        Candidate(
            match.place,
            score,
            "; ".join((match.how, *reasons)),
            _uncertainty_km(match.place, context.kind),
            match.form,
        )
        for match, score, (_, reasons) in zip(
            matches, _scores(matches, weighed), weighed, strict=True
        )
    ]
    return tuple(sorted(found, key=lambda c: (-c.score, -(c.place.population or 0), c.place.id)))


def _uncertainty_km(place: Place, kind: str | None) -> float:
    own = place.uncertainty_km if place.uncertainty_km is not None else 2.0
    return max(own, _DISTRICT_KM.get(kind or "", 0.0)) if place.kind in POPULATED else own


def _weigh(
    match: Match,
    light: Light,
    kind: str | None,
    relations: tuple[Relation, ...],
    *,
    borne: bool,
) -> tuple[float, list[str]]:
    """Return a candidate's points and the reasons that a person should read.

    Parameters
    ----------
    borne
        Whether some place bears the name as its own.
    """
    place = match.place
    borrowed = borne and match.form in {Form.OTHER, Form.GENERATED}
    points = _BORROWED if borrowed else _FORM[match.form]
    points += _POPULATION * math.log10((place.population or 0) + 10)
    reasons: list[str] = []
    for extra, reason in (
        _by_relations(place, relations),
        light.by_focus(place),
        light.by_anchors(place),
        _by_kind(place, kind),
        _by_front(place, light.context),
    ):
        points += extra
        if reason:
            reasons.append(reason)
    if not reasons and place.population:
        reasons.append(f"population {place.population:,}")
    return points, reasons


def _by_relations(place: Place, relations: tuple[Relation, ...]) -> tuple[float, str]:
    if not relations:
        return 0.0, ""
    worst = min(fits(relation, place.lon, place.lat) for relation in relations)
    if worst >= 0:
        return _RELATION * worst, "where the text says" if worst > SURE else ""
    return _CONTRADICTED * worst, "not where the text says"


def _contradicted(place: Place, relations: tuple[Relation, ...]) -> bool:
    """Say whether a place lies where the text says it does not: a namesake is meant, if any."""
    return any(fits(relation, place.lon, place.lat) <= 0 for relation in relations)


def _by_focus(gazetteer: Gazetteer, place: Place, context: Context) -> tuple[float, str]:
    if not context.focus:
        if context.home is None or place.country != context.home:
            return 0.0, ""
        return _HOME, ""
    region = f"{place.country}-{place.admin1}"
    far = "far from the regions in focus" if place.kind in POPULATED else ""
    best, reason = _ABROAD * max(context.focus.values()), far
    for focus, weight in context.focus.items():
        if region == focus:
            points, why = (_IN_FOCUS + _SAME_COUNTRY) * weight, "in the region in focus"
        elif region in gazetteer.neighbours(focus):
            points, why = (_NEAR_FOCUS + _SAME_COUNTRY) * weight, "next to the region in focus"
        elif focus.startswith(place.country + "-") and place.country:
            points, why = _SAME_COUNTRY * weight, far
        else:
            continue
        if points >= best:
            best, reason = points, why
    return best, reason


def _by_anchors(place: Place, context: Context) -> tuple[float, str]:
    if not context.anchors or place.kind not in POPULATED:
        return 0.0, ""
    km = nearest_km(context.anchors, place.lon, place.lat)
    # A place is no anchor of its own, and one far away says nothing to a reader.
    said = f"{km:.0f} km from a place named with it" if 1 <= km <= 2 * _ANCHOR_KM else ""
    return _ANCHOR * math.exp(-km / _ANCHOR_KM), said


def _by_kind(place: Place, kind: str | None) -> tuple[float, str]:
    settlement = place.kind in POPULATED
    if kind in REGION_WORDS:
        return (_REGION, f"the text says {kind}") if place.kind == "region" else (_NO_REGION, "")
    if kind in _SIZES:
        fitting = _SIZES[kind]
        return (_KIND, f"the text says {kind}") if place.kind in fitting else (_OTHER_KIND, "")
    return (_SETTLEMENT_FIRST if settlement or place.kind == "country" else 0.0), ""


def _by_front(place: Place, context: Context) -> tuple[float, str]:
    if context.front_km is None or place.kind not in POPULATED:
        return 0.0, ""
    km = context.front_km(place.lon, place.lat)
    return _FRONT * math.exp(-km / _FRONT_KM), f"{km:.0f} km from the front"
