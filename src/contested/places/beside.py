"""What the names around a name in a text say of it: villages of one list lie together.

The document's focus chooses the oblast; within an oblast of fifty Novoselivkas it is the names
next to a name that choose. A village that lies far from everything around it, where the text says
nothing of it, is rather a namesake that the gazetteer lacks: no answer is better than that one.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Final

from contested.places.choose import LEAST_DOMINANT, MANY_TIMES, REGION_WORDS, settle
from contested.places.extent import POPULATED
from contested.places.spelling import fold
from contested.records import DISTRICT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from contested.places.choose import Light
    from contested.places.gazetteer import Gazetteer, Match
    from contested.places.recognise import Mention
    from contested.records import Place

    Settled = tuple[Place | None, float | None]

_EACH_SIDE: Final = 4
_FARTHER, _SENTENCE, _PARAGRAPH = 0.75, 0.6, 0.3
"""What a neighbour counts: less with each name, sentence and paragraph between."""

_KM_PER_DEGREE: Final = 111.2
_TOGETHER_KM: Final = 25.0
_POINTS: Final = 10.0
_LEAST_CLOSE: Final = 0.1
"""Below it the neighbours say nothing of which namesake is meant."""

_AT_HOME: Final = 0.3
"""From it a town that stands out by its size needs no comparison with its namesakes."""

_LONELY_KM, _LONELY_IN_NAMED_KM = 50.0, 120.0
_LEAST_AROUND: Final = 2
_IN_A_LIST, _LEAST_LISTED, _LIST_KM, _LIST_WIDTHS = 0.4, 3, 30.0, 2.5
_KNOWN_BY_NAME: Final = 5_000
"""A town of so many people is meant by its name, wherever its neighbours in the text lie."""

_ENDS: Final = re.compile(r"[.!?;\n]")


@dataclass(frozen=True, slots=True)
class Around:
    """A certain place near a name in a text, and what it counts."""

    lon: float
    lat: float
    weight: float


class Beside:
    """The names of a text with what each means, to be chosen again by their neighbours.

    Parameters
    ----------
    settled
        What each mention means in the light of the whole text.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        text: str,
        mentions: Sequence[Mention],
        settled: Sequence[Settled],
    ) -> None:
        self._gazetteer = gazetteer
        self._mentions = mentions
        self._gaps = [_gap(text, a.end, b.start) for a, b in pairwise(mentions)]
        self.settled = list(settled)
        named = {m.name: _populated(gazetteer.match(m.name)) for m in mentions}
        self._bearers = [named[mention.name] for mention in mentions]
        self._named = {f"{place.country}-{place.admin1}" for place, _ in settled
                       if place is not None and place.kind == "region"}  # fmt: skip
        self._firm = [self._certain(number) for number in range(len(mentions))]

    def choose(self, light: Light) -> list[Settled]:
        """Return what each name means, the certain neighbours of each considered."""
        open_ = [i for i in range(len(self._mentions)) if self._is_open(i)]
        chosen = {i: self._by_neighbours(i, light) for i in open_ if self._firm[i]}
        self._take(chosen)
        # Twice: a name chosen by its neighbours is a neighbour of others.
        for _ in range(2):
            chosen = {i: self._by_neighbours(i, light) for i in open_ if not self._firm[i]}
            self._take(chosen)
        self._leave_out_the_lonely()
        self._repeat()
        return self.settled

    def _take(self, chosen: Mapping[int, Settled | None]) -> None:
        for i, found in chosen.items():
            if found is not None:
                self.settled[i] = found
                self._firm[i] = found[0] is not None

    def _certain(self, number: int) -> bool:
        place = self.settled[number][0]
        if place is None or place.kind not in POPULATED:
            return False
        return _outstanding(place, self._bearers[number])

    def _is_open(self, number: int) -> bool:
        place = self.settled[number][0]
        if place is not None and place.kind not in POPULATED:
            return False
        return len(self._bearers[number]) > 1

    def _by_neighbours(self, number: int, light: Light) -> Settled | None:
        around = self._around(number)
        if not around:
            return None
        place = self.settled[number][0]
        if place is not None and self._firm[number] and _closeness(place, around) >= _AT_HOME:
            return None
        mention = self._mentions[number]
        close = {match.place.id: _closeness(match.place, around)
                 for match in self._bearers[number]}  # fmt: skip
        if max(close.values()) < _LEAST_CLOSE:
            return None
        extra = {place_id: _POINTS * much for place_id, much in close.items()}
        return settle(self._gazetteer, mention.name, light, mention.kind, extra=extra)

    def _around(self, number: int) -> list[Around]:
        """Return the certain places among the names before and after one."""
        found: list[Around] = []
        for step in (-1, 1):
            weight, at = 1.0, number
            for _ in range(_EACH_SIDE):
                following = at + step
                if not 0 <= following < len(self._mentions):
                    break
                weight *= self._gaps[min(at, following)]
                at = following
                place = self.settled[at][0]
                if self._firm[at] and place is not None and not self._same(at, number):
                    found.append(Around(place.lon, place.lat, weight))
                weight *= _FARTHER
        return found

    def _same(self, first: int, second: int) -> bool:
        return self._mentions[first].name == self._mentions[second].name

    def _leave_out_the_lonely(self) -> None:
        """Take back places that lie far from every certain place around their names."""
        lonely = [i for i in range(len(self._mentions)) if self._is_lonely(i)]
        for i in lonely:
            self.settled[i] = None, None

    def _is_lonely(self, number: int) -> bool:
        place = self.settled[number][0]
        if place is None or place.kind not in POPULATED or self._by_name(place, number):
            return False
        around = self._around(number)
        if len(around) < _LEAST_AROUND:
            return False
        named = f"{place.country}-{place.admin1}" in self._named
        limit_km = _LONELY_IN_NAMED_KM if named else _LONELY_KM
        nearest_km = min(_apart_km(place, other) for other in around)
        if nearest_km > limit_km:
            return all(_apart_km(place, other) > _LONELY_KM for other in self._elsewhere(number))
        return nearest_km > _list_km([other for other in around if other.weight >= _IN_A_LIST])

    def _by_name(self, place: Place, number: int) -> bool:
        """Say whether the name alone means this place, wherever its neighbours lie."""
        alone = len(self._bearers[number]) == 1
        least = _KNOWN_BY_NAME if alone else 4 * _KNOWN_BY_NAME
        return place.kind != DISTRICT and (place.population or 0) >= least

    def _elsewhere(self, number: int) -> Iterator[Around]:
        for at, (place, _) in enumerate(self.settled):
            if place is not None and self._firm[at] and not self._same(at, number):
                yield Around(place.lon, place.lat, 1.0)

    def _repeat(self) -> None:
        """Let a name mean what it means elsewhere in the text, where nothing else speaks."""
        meant: dict[str, Settled | None] = {}
        for mention, found in zip(self._mentions, self.settled, strict=True):
            if found[0] is not None:
                key = fold(mention.name)
                before = meant.setdefault(key, found)
                if before is not None and before[0] != found[0]:
                    meant[key] = None
        for i, mention in enumerate(self._mentions):
            if self.settled[i][0] is None and mention.kind not in REGION_WORDS:
                self.settled[i] = meant.get(fold(mention.name)) or self.settled[i]


def _gap(text: str, start: int, end: int) -> float:
    """Return what the words between a mention and the one after it leave of a neighbour."""
    if _ENDS.search(text, start, end) is None:
        return 1.0
    return _PARAGRAPH if text.find("\n\n", start, end) >= 0 else _SENTENCE


def _outstanding(place: Place, bearers: Sequence[Match]) -> bool:
    """Say whether a place is the only one of its name, or by far the largest."""
    if len(bearers) == 1:
        return True
    others = [m.place for m in bearers if m.place.id != place.id]
    most = max((other.population or 0 for other in others), default=0)
    own = place.population or 0
    return not others or (own >= LEAST_DOMINANT and own >= MANY_TIMES * most)


def _list_km(listed: Sequence[Around]) -> float:
    """Return how far from the others of its list a village may lie: lists are as wide as they are.

    Infinite where fewer than `_LEAST_LISTED` others are certain.
    """
    if len(listed) < _LEAST_LISTED:
        return math.inf
    apart = sorted(
        _KM_PER_DEGREE * math.hypot((a.lon - b.lon) * math.cos(math.radians(a.lat)), a.lat - b.lat)
        for a, b in combinations(listed, 2)
    )
    return max(_LIST_KM, _LIST_WIDTHS * apart[len(apart) // 2])


def _populated(matches: tuple[Match, ...]) -> list[Match]:
    return [match for match in matches if match.place.kind in POPULATED]


def _closeness(place: Place, around: Sequence[Around]) -> float:
    """Return how close a place is to others, 0 to 1, each as much as it counts."""
    total = sum(other.weight for other in around)
    near = (other.weight * math.exp(-_apart_km(place, other) / _TOGETHER_KM) for other in around)
    return sum(near) / max(total, 1.0)


def _apart_km(place: Place, other: Around) -> float:
    """Return a distance to 1 %, good up to some hundred km; beyond, it is far in any case."""
    scale = math.cos(math.radians(place.lat))
    return _KM_PER_DEGREE * math.hypot((place.lon - other.lon) * scale, place.lat - other.lat)
