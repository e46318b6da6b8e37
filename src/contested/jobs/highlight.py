"""What a map points out when asked: the salients in its frame, or rings of reach.

Figures of a map are kept with what is derived, by everything they were made from: drawing the same
map again, in another theme or language, measures nothing anew.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

import msgspec
import numpy as np
import shapely

from contested.errors import NotHeldError
from contested.geo.measure import KM_PER_MILE
from contested.render import wording
from contested.render.picture import CONTROLLED_STATUSES, Mark, Units
from contested.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from contested.places.gazetteer import Gazetteer
    from contested.records import Status
    from contested.render.language import Language
    from contested.render.picture import LocatorMap
    from contested.store.derived import Derived

RECIPE: Final = "highlight/2"

_Marks = tuple[tuple[Mark, ...], tuple[str, ...], dict[str, object]]


class SalientFigures(msgspec.Struct, frozen=True):
    """A salient as a map needs it; `base` and `tip` are longitude and latitude."""

    side: str
    tier: str
    radius_km: float
    depth_km: float
    depth_range_km: tuple[float, float]
    mouth_km: float
    bearing_deg: float
    base: tuple[float, float]
    tip: tuple[float, float]


class RingFigures(msgspec.Struct, frozen=True):
    """A ring of reach with its people; `line` is WKB in degrees."""

    km: float
    people: int
    people_low: int
    people_high: int
    line: bytes


class Figures(msgspec.Struct, frozen=True):
    """What was measured for a map, and by which method."""

    method: str
    salients: list[SalientFigures] = []
    rings: list[RingFigures] = []


def highlighted(
    kind: str,
    content: LocatorMap,
    box: shapely.Geometry,
    gazetteer: Gazetteer,
    inputs: Sequence[Mapping[str, Any]],
    derived: Derived,
) -> _Marks:
    """Return marks, sentences for the legend and figures for the twin.

    Parameters
    ----------
    kind
        ``"salient"`` or ``"reach"``.
    box
        The frame in degrees.
    inputs
        What the map is made of, with hashes: they are the key of what is kept.

    Raises
    ------
    NotHeldError
        If the map has no controlled ground, or no salient lies in the frame.
    """
    told = {"kind": kind, "box": shapely.bounds(box).round(7).tolist(), "inputs": list(inputs)}
    body = msgspec.json.encode({"recipe": RECIPE, "version": __version__, **told}, order="sorted")
    key = hashlib.sha256(body).hexdigest()
    name = f"highlight-{kind}-{key[:16]}.bin"
    kept = derived.kept(name, key)
    if kept is None:
        kept = msgspec.msgpack.encode(_measured(kind, content, box, gazetteer))
        derived.keep(name, key, kept)
    figures = msgspec.msgpack.decode(kept, type=Figures)
    return _of_salients(figures, content) if kind == "salient" else _of_reach(figures, content)


def _measured(
    kind: str, content: LocatorMap, box: shapely.Geometry, gazetteer: Gazetteer
) -> Figures:
    held = controlled(content.layers)
    if kind == "salient":
        # image morphology takes half a second to load
        from contested.jobs.highlight_salients import salients_in  # noqa: PLC0415

        return salients_in(content, held, box)
    from contested.jobs.highlight_reach import reach_in  # noqa: PLC0415

    return reach_in(content, held, box, gazetteer)


def controlled(ground: Mapping[Status, shapely.Geometry]) -> shapely.Geometry:
    """Return ground controlled by Russia, degrees.

    Raises
    ------
    NotHeldError
        If there is none.
    """
    parts = [ground[status] for status in CONTROLLED_STATUSES if status in ground]
    if not parts:
        raise NotHeldError("no controlled ground on this map: nothing to highlight")
    return shapely.union_all(parts)


def _of_salients(figures: Figures, content: LocatorMap) -> _Marks:
    if not figures.salients:
        day = content.attribution.as_of
        raise NotHeldError(f"no salient of 5 km and more lies in this frame on {day}")
    words = content.language
    marks = tuple(
        Mark(
            shapely.LineString([one.base, one.tip]),
            words.depth.format(length=_length(one, content)),
        )
        for one in figures.salients
    )
    notes = tuple(
        words.depth_note.format(length=_length(one, content), low=low, high=high)
        for one in figures.salients
        for low, high in [[wording.figure(km, words) for km in one.depth_range_km]]
    )
    told = [
        {
            "side": one.side, "tier": one.tier, "radius_km": one.radius_km,
            "depth_km": round(one.depth_km, 2), "depth_range_km": one.depth_range_km,
            "mouth_km": round(one.mouth_km, 2), "bearing_deg": round(one.bearing_deg),
        }
        for one in figures.salients
    ]  # fmt: skip
    return marks, notes, {"method": figures.method, "salients": told}


def _length(one: SalientFigures, content: LocatorMap) -> str:
    words = content.language
    km = f"{wording.figure(one.depth_km, words)} {words.km}"
    in_miles = one.depth_km / KM_PER_MILE
    miles = f"{wording.figure(in_miles, words)} {wording.miles_word(round(in_miles, 1), words)}"
    return {Units.KM: km, Units.MILES: miles, Units.BOTH: f"{km} ({miles})"}[content.units]


def _of_reach(figures: Figures, content: LocatorMap) -> _Marks:
    words = content.language
    marks = tuple(
        Mark(shapely.from_wkb(one.line), _distance(one.km, content), strong=False)
        for one in figures.rings
    )
    notes = tuple(
        words.reach_note.format(
            km=_distance(one.km, content), people=_people(one.people, words),
            low=_people(one.people_low, words), high=_people(one.people_high, words),
        )
        for one in figures.rings
    )  # fmt: skip
    told = [
        {"km": r.km, "people": r.people, "people_low": r.people_low, "people_high": r.people_high}
        for r in figures.rings
    ]
    return marks, notes, {"method": figures.method, "rings": told}


def _distance(km: float, content: LocatorMap) -> str:
    """Return a ring's distance in the map's units; rings are round in km."""
    words = content.language
    in_km = words.reach_ring.format(km=f"{km:g}")
    miles = round(km / KM_PER_MILE)
    in_miles = f"{miles} {wording.miles_word(miles, words)}"
    return {Units.KM: in_km, Units.MILES: in_miles, Units.BOTH: f"{in_km} ({in_miles})"}[
        content.units
    ]


def _people(count: int, words: Language) -> str:
    """Return a count to its leading figures: a range is never more exact than its sources."""
    step = 10 ** max(int(np.log10(max(count, 1))) - 1, 0)
    rounded = round(count / step) * step
    return f"{rounded:,}".replace(",", "\u202f" if words.decimal == "," else ",")
