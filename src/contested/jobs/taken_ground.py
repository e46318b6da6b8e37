"""Ground newly taken, given up or cut off round a place, over the maps of a span."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import shapely

from contested.checks import needs as n
from contested.errors import NotHeldError
from contested.geo.advance import advance
from contested.geo.columns import cut_off_km2, depth_estimate_km, newly_taken, prongs
from contested.geo.project import LAMBERT, to_degrees

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contested.geo.advance import Advance
    from contested.history.local import LocalGround
    from contested.records.verdict import MapUsed


def taken_found(
    local: LocalGround, used: Sequence[MapUsed], need: n.Taken, base: int, end: int
) -> n.TakenFound:
    """Return the newly taken ground of the map on which it reached furthest."""
    where = (need.lon, need.lat, need.within_km)
    held = local.on(base)
    taken = {
        index: newly_taken(held, local.on(index), *where) for index in _changed(local, base, end)
    }
    depths = {index: depth_estimate_km(ground, held) for index, ground in taken.items()}
    deepest = max(depths, key=lambda index: (depths[index], -index), default=None)
    found = None if deepest is None else _advance(held, local.on(deepest), need)
    empty = _nothing(used, base, end)
    if deepest is None or found is None:
        return empty
    cut_off = _first_cut_off(local, need, base, end)
    return replace(
        empty,
        deepest=used[deepest],
        depth_km=found.depth_km,
        bearing_deg=found.bearing_deg,
        tip=found.tip,
        new_km2=found.new_km2,
        columns=prongs(taken[deepest], held, found.depth_km, need.lon, need.lat),
        cut_off=None if cut_off is None else used[cut_off[0]],
        cut_off_km2=0.0 if cut_off is None else cut_off[1],
    )


def given_up_found(
    local: LocalGround, used: Sequence[MapUsed], need: n.Taken, base: int, end: int
) -> n.TakenFound:
    """Return the ground that was controlled on some map of the span and not on its last."""
    where = (need.lon, need.lat, need.within_km)
    widest = shapely.union_all([local.on(i) for i in (base, *_changed(local, base, end))])
    given_up = newly_taken(local.on(end), widest, *where)
    cut_off = _first_cut_off(local, need, base, end)
    return replace(
        _nothing(used, base, end),
        given_up_km2=float(given_up.area) / 1e6,
        given_up_at=_middle(given_up),
        cut_off=None if cut_off is None else used[cut_off[0]],
        cut_off_km2=0.0 if cut_off is None else cut_off[1],
    )


def _nothing(used: Sequence[MapUsed], base: int, end: int) -> n.TakenFound:
    return n.TakenFound(
        base=used[base], deepest=None, depth_km=0.0, bearing_deg=0.0, tip=None, new_km2=0.0,
        columns=(), given_up_km2=0.0, given_up_at=None, cut_off=None, cut_off_km2=0.0,
        last=used[end], maps=tuple(used[base : end + 1]),
    )  # fmt: skip


def _middle(ground: shapely.Geometry) -> tuple[float, float] | None:
    """Return the middle of the largest part in degrees."""
    parts = [part for part in shapely.get_parts(ground) if part.area > 0]
    if not parts:
        return None
    point = to_degrees(shapely.centroid(max(parts, key=lambda part: float(part.area))), LAMBERT)
    return float(point.x), float(point.y)


def _changed(local: LocalGround, base: int, end: int) -> list[int]:
    """Return the maps after the base whose ground there differs from that of the map before."""
    keys = [local.key(index) for index in range(base, end + 1)]
    return [base + i for i in range(1, len(keys)) if keys[i] != keys[i - 1]]


def _first_cut_off(
    local: LocalGround, need: n.Taken, base: int, end: int
) -> tuple[int, float] | None:
    where = (need.lon, need.lat, need.within_km)
    before = cut_off_km2(local.on(base), *where)
    for index in _changed(local, base, end):
        apart = cut_off_km2(local.on(index), *where)
        if apart > before:
            return index, apart
    return None


def _advance(held: shapely.Geometry, now: shapely.Geometry, need: n.Taken) -> Advance | None:
    """Return how far newly taken ground reaches; `None` where there is none."""
    before, after = to_degrees(held, LAMBERT), to_degrees(now, LAMBERT)
    try:
        return advance(before, after, near=(need.lon, need.lat), within_km=need.within_km)
    except NotHeldError:
        return None
