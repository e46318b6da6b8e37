"""What a map points out when asked: the salients in its frame, or rings of reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from contested.errors import NotHeldError
from contested.geo.measure import KM_PER_MILE
from contested.geo.project import LAMBERT, to_degrees, to_plane
from contested.geo.reach import RINGS_KM, distances, reach
from contested.geo.salient import Tier, salients
from contested.geo.salient_ground import front_ground
from contested.places.extent import SETTLEMENTS
from contested.records import Status
from contested.render import wording
from contested.render.picture import CONTROLLED_STATUSES, Mark, Units

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contested.geo.salient import Salient
    from contested.places.gazetteer import Gazetteer
    from contested.render.language import Language
    from contested.render.picture import BaseMap, LocatorMap

MOST_SALIENTS = 3
_RING_TOLERANCE_M = 200.0
_NEARER_KM = 80.0


def highlighted(
    kind: str, content: LocatorMap, box: shapely.Geometry, gazetteer: Gazetteer
) -> tuple[tuple[Mark, ...], tuple[str, ...], dict[str, object]]:
    """Return marks, sentences for the legend and figures for the twin.

    Parameters
    ----------
    kind
        ``"salient"`` or ``"reach"``.
    box
        The frame in degrees.

    Raises
    ------
    NotHeldError
        If the map has no controlled ground, or no salient lies in the frame.
    """
    held = controlled(content.layers)
    if kind == "salient":
        return _salients(content, held, box)
    return _reach(content, held, gazetteer)


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


def _salients(
    content: LocatorMap, held: shapely.Geometry, box: shapely.Geometry
) -> tuple[tuple[Mark, ...], tuple[str, ...], dict[str, object]]:
    base, day = content.base, content.attribution.as_of
    found = salients(
        front_ground(
            held, base.outline, base.neighbours.get("Russia", shapely.GeometryCollection()),
            water=content.lakes, held_by_ukraine=content.layers.get(Status.UA_HELD_IN_RUSSIA),
        )
    )  # fmt: skip
    near = [
        one for one in found.salients
        if one.tier is not Tier.BORDERLINE and box.contains(one.centreline)
    ][:MOST_SALIENTS]  # fmt: skip
    if not near:
        raise NotHeldError(f"no salient of 5 km and more lies in this frame on {day}")
    marks = tuple(Mark(_straight(one), _depth(one, content)) for one in near)
    note = content.language.depth_note
    notes = tuple(
        note.format(length=_depth(one, content), low=low, high=high)
        for one in near
        for low, high in [[wording.figure(km, content.language) for km in one.depth_range_km]]
    )
    return marks, notes, {"method": found.method.label, "salients": [_facts(one) for one in near]}


def _straight(one: Salient) -> shapely.LineString:
    """Return the line that the depth measures: middle of the mouth to the tip."""
    ends = shapely.get_coordinates(one.centreline)
    return shapely.LineString([ends[0], one.tip])


def _depth(one: Salient, content: LocatorMap) -> str:
    words = content.language
    km = f"{wording.figure(one.depth_km, words)} {words.km}"
    in_miles = one.depth_km / KM_PER_MILE
    miles = f"{wording.figure(in_miles, words)} {wording.miles_word(round(in_miles, 1), words)}"
    lengths = {Units.KM: km, Units.MILES: miles, Units.BOTH: f"{km} ({miles})"}
    return words.depth.format(length=lengths[content.units])


def _facts(one: Salient) -> dict[str, object]:
    return {
        "side": one.side.value, "tier": one.tier.value, "radius_km": one.radius_km,
        "depth_km": round(one.depth_km, 2), "depth_range_km": one.depth_range_km,
        "mouth_km": round(one.mouth_km, 2), "bearing_deg": round(one.bearing_deg),
    }  # fmt: skip


def _reach(
    content: LocatorMap, held: shapely.Geometry, gazetteer: Gazetteer
) -> tuple[tuple[Mark, ...], tuple[str, ...], dict[str, object]]:
    words = content.language
    found = reach(distances(held, gazetteer.places(tuple(SETTLEMENTS), "UA")))
    marks = tuple(
        Mark(line, words.reach_ring.format(km=f"{km:g}"), strong=False)
        for km, line in zip(RINGS_KM, rings(held, content.base), strict=True)
    )
    notes = tuple(
        words.reach_note.format(km=f"{ring.km:g}", people=_people(ring.people, words),
                                low=_people(ring.people_low, words),
                                high=_people(ring.people_high, words))
        for ring in found.rings
    )  # fmt: skip
    figures = [
        {"km": r.km, "people": r.people, "people_low": r.people_low, "people_high": r.people_high}
        for r in found.rings
    ]
    return marks, notes, {"method": found.method.label, "rings": figures}


def rings(held: shapely.Geometry, base: BaseMap) -> list[shapely.Geometry]:
    """Return the lines at each distance from controlled ground, inside Ukraine, degrees."""
    plane = shapely.simplify(to_plane(held, LAMBERT), _RING_TOLERANCE_M)
    inside = to_plane(base.outline, LAMBERT)
    lines = [shapely.boundary(shapely.buffer(plane, km * 1000)) for km in RINGS_KM]
    return [to_degrees(shapely.intersection(line, inside), LAMBERT) for line in lines]


def _people(count: int, words: Language) -> str:
    """Return a count to its leading figures: a range is never more exact than its sources."""
    step = 10 ** max(int(np.log10(max(count, 1))) - 1, 0)
    rounded = round(count / step) * step
    return f"{rounded:,}".replace(",", "\u202f" if words.decimal == "," else ",")
