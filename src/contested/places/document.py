"""All toponyms of a document, each in the light of the others."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from contested.geo.units import KM_PER_MILE
from contested.places.beside import Beside
from contested.places.choose import NO_CONTEXT, REGION_WORDS, Context, Light, settle
from contested.places.extent import POPULATED
from contested.places.recognise import Mention, recognise
from contested.places.relations import DIRECTION, Relation, compass_bearing
from contested.places.spelling import fold
from contested.records import Place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from contested.places.gazetteer import Gazetteer

_TOWNLY: Final = frozenset({"city", "town", "village", "settlement"})
_STAND_FOR_OBLASTS: Final = frozenset({"donetsk", "luhansk", "lugansk"})
_LISTED: Final = frozenset({", ", " and ", ", and ", " or "})
_LOCAL_WEIGHT, _REGION_WEIGHT = 1.0, 2.0
_LEAST_FOCUS: Final = 0.15

_HEDGE: Final = r"(?:(?:just|about|some|roughly|around|nearly|almost|only|less than|more than) )*"
_SIDE: Final = re.compile(
    rf"^[,\s(]*(?:which (?:is|lies) |lies |is |located )?{_HEDGE}"
    rf"(?:(?P<number>\d+(?:\.\d+)?) ?(?P<unit>miles?|kilomet(?:er|re)s?|km) )?"
    rf"(?:to the )?(?P<side>{DIRECTION}) (?:of|from) (?:the )?(?:city of |town of |village of )?$",
    re.IGNORECASE,
)
_AWAY: Final = re.compile(
    rf"^[,\s(]*(?:which (?:is|lies) |lies |is |located )?{_HEDGE}"
    r"(?P<number>\d+(?:\.\d+)?) ?(?P<unit>miles?|kilomet(?:er|re)s?|km) (?:away )?from "
    r"(?:the )?(?:city of |town of |village of )?$",
    re.IGNORECASE,
)
_WITHIN: Final = re.compile(r"^ in (?:(?:north|south|east|west|central)\w* )?$", re.IGNORECASE)
_NEAR: Final = re.compile(r"^[,\s(]*(?:near|close to|next to|outside) (?:the )?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Located:
    """A toponym of a document and what it means there.

    Attributes
    ----------
    place, uncertainty_km
        The place meant; `None` if it is not known, or not to be told from a namesake.
    """

    mention: Mention
    place: Place | None
    uncertainty_km: float | None


def locate(gazetteer: Gazetteer, text: str, context: Context = NO_CONTEXT) -> list[Located]:
    """Return the toponyms of a text with the places that they mean.

    First every name that can only mean one place is placed, and every region that is named as
    one; they give the focus and the anchors in whose light the others are chosen. A name means
    the same place throughout, unless the text itself says where.
    """
    mentions = _with_regions(gazetteer, recognise(gazetteer, text), text)
    keys = [_key(mention) for mention in mentions]
    named = _by_key(keys, mentions)
    light = Light(gazetteer, _in_light_of(gazetteer, named.values(), context))
    rough = {
        key: settle(gazetteer, mention.name, light, mention.kind, context.relations)
        for key, mention in named.items()
    }
    beside = Beside(gazetteer, text, mentions, [rough[key] for key in keys])
    settled = beside.choose(light)
    _as_stated(gazetteer, text, mentions, keys, settled, light)
    return [Located(mention, *one) for mention, one in zip(mentions, settled, strict=True)]


def _as_stated(
    gazetteer: Gazetteer,
    text: str,
    mentions: Sequence[Mention],
    keys: Sequence[tuple[str, bool]],
    settled: list[tuple[Place | None, float | None]],
    light: Light,
) -> None:
    """Choose again what the text itself places: "Lyman, south of Kupiansk", here and throughout."""
    said: dict[tuple[str, bool], tuple[Place | None, float | None]] = {}
    own: set[int] = set()
    for number, (here, after) in enumerate(pairwise(mentions)):
        known = settled[number + 1][0]
        if known is None or known.kind not in POPULATED:
            continue
        relation = stated(text[here.end : after.start], known)
        if relation is not None:
            found = settle(gazetteer, here.name, light, here.kind, (relation,))
            said[keys[number]] = settled[number] = found
            own.add(number)
    for number, key in enumerate(keys):
        if key in said and number not in own:
            settled[number] = said[key]


def _key(mention: Mention) -> tuple[str, bool]:
    return fold(mention.name), mention.kind in REGION_WORDS


def _by_key(
    keys: Sequence[tuple[str, bool]], mentions: Sequence[Mention]
) -> dict[tuple[str, bool], Mention]:
    """Return one mention a name, preferring one with a type word."""
    chosen: dict[tuple[str, bool], Mention] = {}
    for key, mention in zip(keys, mentions, strict=True):
        if key not in chosen or (mention.kind and not chosen[key].kind):
            chosen[key] = mention
    return chosen


def _with_regions(gazetteer: Gazetteer, mentions: list[Mention], text: str) -> list[Mention]:
    """Let a name that was introduced as a region mean the region from there on.

    "the Donetsk region … the conquest of Donetsk", and "Pokrovsk, Donetsk, Ukraine".
    """
    regional: set[str] = set()
    out: list[Mention] = []
    for number, mention in enumerate(mentions):
        key = fold(mention.name)
        if mention.kind in REGION_WORDS:
            regional.add(key)
        elif mention.kind in _TOWNLY:
            regional.discard(key)
        elif (
            mention.kind is None
            and gazetteer.regions(mention.name)
            and (
                (key in regional and _oblast_meant(mentions, number, text, regional))
                or _holds(mentions, number, text)
            )
        ):
            out.append(replace(mention, kind="region"))
            continue
        out.append(mention)
    return out


def _oblast_meant(
    mentions: Sequence[Mention], number: int, text: str, regional: Collection[str]
) -> bool:
    """Say whether the bare name of an oblast that was named as one means the oblast again.

    Donetsk and Luhansk do: texts on this war name the oblasts so. Others ("Kharkiv", "Sumy") are
    their cities, but in a list of oblasts: "the Kherson and Zaporizhzhia regions … Kherson".
    """
    if fold(mentions[number].name) in _STAND_FOR_OBLASTS:
        return True
    for first, second in ((number - 1, number), (number, number + 1)):
        other = second if first == number else first
        if not 0 <= other < len(mentions):
            continue
        beside = mentions[other]
        if text[mentions[first].end : mentions[second].start] in _LISTED and (
            beside.kind in REGION_WORDS or fold(beside.name) in _STAND_FOR_OBLASTS & {*regional}
        ):
            return True
    return False


def _holds(mentions: Sequence[Mention], number: int, text: str) -> bool:
    """Say whether a name is given as what holds the one before it.

    "Pokrovsk, Donetsk, Ukraine"; "Pokrovsk and Myrnohrad in eastern Donetsk".
    """
    if not number:
        return False
    before, here = mentions[number - 1], mentions[number]
    if _WITHIN.match(text[before.end : here.start]):
        return True
    if number == len(mentions) - 1:
        return False
    after = mentions[number + 1]
    gaps = text[before.end : here.start], text[here.end : after.start]
    return gaps == (", ", ", ") and after.name in {"Ukraine", "Russia"}


def _in_light_of(gazetteer: Gazetteer, named: Iterable[Mention], given: Context) -> Context:
    """Return the context that the certain names of a document make."""
    weights: defaultdict[str, float] = defaultdict(float)
    anchors: dict[str, tuple[float, float]] = {}
    # Each name once: a town named forty times is no more certain than one named twice.
    for mention in named:
        regional = mention.kind in REGION_WORDS
        places = [
            match.place
            for match in gazetteer.match(mention.name)
            if (match.place.kind == "region") == regional
        ]
        settlements = [place for place in places if place.kind in POPULATED]
        if len(places) == 1 and places[0].admin1:
            region = f"{places[0].country}-{places[0].admin1}"
            weights[region] += _REGION_WEIGHT if regional else _LOCAL_WEIGHT
            if settlements:
                anchors[places[0].id] = places[0].lon, places[0].lat
    top = max(weights.values(), default=1.0)
    # The root: a text that names one oblast four times as often is still about both.
    focus = {
        key: math.sqrt(weight / top)
        for key, weight in weights.items()
        if weight >= _LEAST_FOCUS * top
    }
    return replace(
        given,
        focus={**focus, **given.focus},
        anchors=(*given.anchors, *anchors.values()),
    )


def stated(gap: str, known: Place) -> Relation | None:
    """Return the relation that the words between two names state, `None` if there is none.

    Examples: ", about 13 miles north of ", " (south of ", " near ", ", 12 km from ".
    """
    if hit := _SIDE.match(gap):
        return Relation(known.lon, known.lat, _km(hit), compass_bearing(hit["side"]))
    if hit := _AWAY.match(gap):
        return Relation(known.lon, known.lat, _km(hit))
    if _NEAR.match(gap):
        return Relation(known.lon, known.lat, near=True)
    return None


def _km(hit: re.Match[str]) -> float | None:
    if hit["number"] is None:
        return None
    number = float(hit["number"])
    return number * KM_PER_MILE if hit["unit"].lower().startswith("mile") else number
