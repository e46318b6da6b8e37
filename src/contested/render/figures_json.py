"""Figures as plain values with stable keys: what `--json` prints. Pure.

Every answer begins with its provenance: source, the days asked for, the map's day, its snapshot,
the method with version, and the parameters. Numbers are rounded to what they can bear.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from contested.geo.front import HEADLINE_M

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contested.geo.advance import Advance, AxisAdvance
    from contested.geo.corridor import Corridor
    from contested.geo.enclosure import Enclosure
    from contested.geo.front import FrontLength, FrontLine, FrontTrend, ImpliedRuler, ImpliedRulers
    from contested.geo.reach import Reach, ReachChange, ReachRing
    from contested.geo.salient import Salient, Salients
    from contested.history.corridors import OwnHistory
    from contested.history.rank import Ranking
    from contested.history.vintage import Vintage
    from contested.records import Method, Place, SnapshotId

Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Which question was asked, and which map answers it.

    Attributes
    ----------
    asked
        Day or days as the question gave them, ISO.
    """

    asked: str | list[str] | None
    snapshot: SnapshotId
    before: SnapshotId | None = None


def head(provenance: Provenance, method: Method) -> Answer:
    """Return the keys that every answer begins with."""
    shown: Answer = {
        "source": provenance.snapshot.source,
        "asked": provenance.asked,
        "as_of": provenance.snapshot.as_of.isoformat(),
        "snapshot": provenance.snapshot.sha256,
        "method": method.label,
        "parameters": dict(method.parameters),
    }
    if provenance.before is not None:
        shown["from_day"] = provenance.before.as_of.isoformat()
        shown["from_snapshot"] = provenance.before.sha256
    return shown


def place_json(place: Place) -> Answer:
    """Return a place as other answers show it."""
    return {
        "id": place.id,
        "name": place.name,
        "lon": place.lon,
        "lat": place.lat,
        "population": place.population,
        "population_source": place.population_source,
    }


def front_json(
    front: FrontLine, trend: FrontTrend | None = None, implied: ImpliedRulers | None = None
) -> Answer:
    """Return a front's length curve, its trend and the rulers that a quoted length implies."""
    shown: Answer = {
        "tolerances": [_length(length) for length in front.tolerances],
        "headline": next(
            (_length(length) for length in front.tolerances if length.m == HEADLINE_M), None
        ),
        "incursions": len(front.incursions.geoms),
    }
    if trend is not None:
        shown["trend"] = _trend(trend)
    if implied is not None:
        shown["implied"] = {
            "quoted_km": round(implied.quoted_km, 1),
            "main": _ruler(implied.main),
            "all": _ruler(implied.all),
        }
    return shown


def _length(length: FrontLength) -> Answer:
    return {
        "m": length.m,
        "main_km": round(length.main_km, 1),
        "all_km": round(length.all_km, 1),
        "main_miles": round(length.main_miles, 1),
        "all_miles": round(length.all_miles, 1),
    }


def _trend(trend: FrontTrend) -> Answer:
    return {
        "changes": [
            {
                "m": change.m,
                "main_percent": round(change.main_percent, 1),
                "all_percent": round(change.all_percent, 1),
            }
            for change in trend.changes
        ],
        "main_sign_agrees": trend.main_sign_agrees,
        "all_sign_agrees": trend.all_sign_agrees,
        "main_range_percent": _rounded(trend.main_range_percent, 1),
        "all_range_percent": _rounded(trend.all_range_percent, 1),
    }


def _ruler(ruler: ImpliedRuler) -> Answer:
    return {
        "ruler_m": ruler.ruler_m,
        "fits_m": None if ruler.fits_m is None else list(ruler.fits_m),
        "finest_km": round(ruler.finest_km, 1),
        "coarsest_km": round(ruler.coarsest_km, 1),
    }


@dataclass(frozen=True, slots=True)
class SalientExtras:
    """What a salient is told with, beside its shape.

    Attributes
    ----------
    nearest
        The settlement nearest to the tip, and its distance in km; `None` without a gazetteer.
    taken_km2
        Area that was not its side's 60 days before; `None` where that map is not held.
    """

    nearest: tuple[Place, float] | None
    taken_km2: float | None


def salients_json(found: Salients, extras: Sequence[SalientExtras]) -> Answer:
    """Return salients, those that matter most first."""
    rows = [_salient(one, extra) for one, extra in zip(found.salients, extras, strict=True)]
    return {"salients": rows, "water_given": found.water_given}


def _salient(salient: Salient, extra: SalientExtras) -> Answer:
    near = extra.nearest
    return {
        "side": salient.side.value,
        "tier": salient.tier.value,
        "depth_km": round(salient.depth_km, 1),
        "depth_range_km": _rounded(salient.depth_range_km, 1),
        "mouth_km": round(salient.mouth_km, 1),
        "neck_km": round(salient.neck_km, 1),
        "mean_width_km": round(salient.mean_width_km, 1),
        "length_km": round(salient.length_km, 1),
        "area_km2": round(salient.area_km2, 1),
        "bearing_deg": round(salient.bearing_deg),
        "radius_km": salient.radius_km,
        "front_share": round(salient.front_share, 2),
        "score": round(salient.score, 1),
        "prongs": [
            {
                "depth_km": round(prong.depth_km, 1),
                "mouth_km": round(prong.mouth_km, 1),
                "bearing_deg": round(prong.bearing_deg),
                "radius_km": prong.radius_km,
            }
            for prong in salient.prongs
        ],
        "tip": {"lon": round(salient.tip[0], 4), "lat": round(salient.tip[1], 4)},
        "nearest": None if near is None else near[0].name,
        "nearest_id": None if near is None else near[0].id,
        "nearest_km": None if near is None else round(near[1], 1),
        "taken_60_days_km2": None if extra.taken_km2 is None else round(extra.taken_km2, 1),
    }


def corridor_json(found: Corridor, horizon: Enclosure, history: OwnHistory | None = None) -> Answer:
    """Return a corridor and the enclosure of its place; never where the cut would run."""
    shown: Answer = {
        "width_km": round(found.width_km, 1),
        "width_contested_closed_km": _maybe(found.width_contested_closed_km, 1),
        "range_km": None if found.range_km is None else _rounded(found.range_km, 1),
        "state": found.state.value,
        "enclosure": round(horizon.enclosure, 2),
        "enclosure_contested_closed": _maybe(horizon.enclosure_contested_closed, 2),
        "enclosure_meaningful": horizon.meaningful,
        "open_sector_deg": round(horizon.open_sector_deg, 1),
        "open_sector_bearing_deg": _maybe(horizon.open_sector_bearing_deg, 1),
        "controlled_ground_km": round(horizon.nearest_km, 2),
        "wording": corridor_words(found),
    }
    if history is not None:
        shown["own_history"] = {
            "percentile": round(history.percentile, 1),
            "narrowest_km": round(history.narrowest_km, 1),
            "median_km": round(history.median_km, 1),
            "widest_km": round(history.widest_km, 1),
            "days": history.days,
        }
    return shown


def corridor_words(found: Corridor) -> str:
    """Return a corridor as it may be quoted: a width on a map, never supply or a forecast."""
    width = f"corridor of {found.width_km:.1f} km on this map"
    if found.range_km is None:
        return f"{width} (the source does not show contested ground)"
    low, high = found.range_km
    return f"{width} (range {low:.1f}–{high:.1f} km, contested ground closed or open)"


def advance_json(found: Advance, days: int, axis: AxisAdvance | None = None) -> Answer:
    """Return newly taken ground; metres a day and km² a day are kept apart."""
    shown: Answer = {
        "depth_km": round(found.depth_km, 2),
        "bearing_deg": round(found.bearing_deg),
        "tip": _lonlat(found.tip),
        "foot": _lonlat(found.foot),
        "days": days,
        "depth_m_per_day": round(1000 * found.depth_km / days) if days else None,
        "new_km2": round(found.new_km2, 2),
        "lost_km2": round(found.lost_km2, 2),
        "new_km2_per_day": round(found.new_km2 / days, 2) if days else None,
    }
    if axis is not None:
        moved = axis.advance_m
        shown["axis"] = {
            "bearing_deg": round(axis.bearing_deg),
            "before_km": _maybe(axis.before_km, 2),
            "after_km": _maybe(axis.after_km, 2),
            "advance_m": _maybe(moved, 0),
            "m_per_day": round(moved / days) if days and moved is not None else None,
        }
    return shown


def reach_json(found: Reach) -> Answer:
    """Return the people within each distance."""
    return {
        "rings": [_ring(ring) for ring in found.rings],
        "band_0_20": _ring(found.band),
        "population_sources": dict(found.vintages),
        "unknown_population": found.unknown_population,
    }


def _ring(ring: ReachRing) -> Answer:
    return {
        "km": ring.km,
        "people": ring.people,
        "people_low": ring.people_low,
        "people_high": ring.people_high,
        "places": ring.places,
        "largest": [_people(place) for place in ring.largest],
        "deciding": [_people(place) for place in ring.deciding],
    }


def reach_change_json(changed: ReachChange) -> Answer:
    """Return the places that entered and left a ring."""
    return {
        "km": changed.km,
        "entered": [_people(place) for place in changed.entered],
        "left": [_people(place) for place in changed.left],
        "of_these_taken": [_people(place) for place in changed.taken],
    }


def _people(place: Place) -> Answer:
    return {"id": place.id, "name": place.name, "population": place.population}


def vintage_json(found: Vintage) -> Answer:
    """Return the maps that quoted figures fit, and what they leave out."""
    return {
        "matches": [
            {
                "date": match.snapshot.as_of.isoformat(),
                "snapshot": match.snapshot.sha256,
                "values_km2": {s: round(v, 1) for s, v in match.values_km2.items()},
                "found_as": dict(match.found_as),
            }
            for match in found.matches
        ],
        "left_out": [
            {
                "status": left.status,
                "km2": round(left.km2, 1),
                "lon": round(left.lon, 2),
                "lat": round(left.lat, 2),
                "from_place_km": round(left.from_place_km),
            }
            for left in found.left_out
        ],
    }


def rank_json(found: Ranking) -> Answer:
    """Return places that fell, with the runner-up and the margin."""
    rows = [
        {
            "place": row.place.name,
            "place_id": row.place.id,
            "population": row.place.population,
            "population_source": row.place.population_source,
            "date": row.snapshot.as_of.isoformat(),
            "criterion": row.criterion,
            "share": round(row.share, 3),
            "radius_km": row.radius_km,
            "still": row.still,
            "source": row.snapshot.source,
            "snapshot": row.snapshot.sha256,
        }
        for row in found.rows
    ]
    return {
        "rows": rows,
        "runner_up": rows[1]["place"] if len(rows) > 1 else None,
        "margin_people": found.margin_people,
        "sources": [
            {"source": one.source, "first": one.first.isoformat(), "last": one.last.isoformat()}
            for one in found.spans
        ],
    }


def _maybe(value: float | None, decimals: int) -> float | None:
    return None if value is None else round(value, decimals)


def _rounded(values: Sequence[float], decimals: int) -> list[float]:
    return [round(value, decimals) for value in values]


def _lonlat(point: tuple[float, float]) -> Answer:
    return {"lon": round(point[0], 4), "lat": round(point[1], 4)}
