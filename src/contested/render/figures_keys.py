"""What every key of a figure's JSON means: `docs/reference/json.md` is written from this.

A test runs the commands and compares the keys that they print with the keys that stand here.
Keys of lists carry ``[]``; ``*`` stands for any name, a status or a region.
"""

from __future__ import annotations

from typing import Final

Keys = dict[str, tuple[str, str]]
"""Key → its type and its meaning."""


def _under(prefix: str, keys: Keys, *, besides: str = "") -> Keys:
    return {f"{prefix}.{key}": (kind, besides or told) for key, (kind, told) in keys.items()}


HEAD: Final[Keys] = {
    "source": ("str", "source whose maps answer"),
    "asked": ("str or list[str]", "day or days, or values, as the question gave them"),
    "as_of": ("date", "day of the map that answers"),
    "snapshot": ("str", "SHA-256 of that map's file"),
    "method": ("str", "method and version; its page is in `docs/explain`"),
    "parameters.*": ("number, str, bool or list", "parameters of the method, units in the names"),
    "from_day": ("date", "day of the earlier map, where there are two"),
    "from_snapshot": ("str", "SHA-256 of the earlier map's file"),
}
"""Keys that every figure begins with."""

_LENGTH: Final[Keys] = {
    "m": ("float", "ruler (Douglas–Peucker tolerance), m; 0 is the line as drawn"),
    "main_km": ("float", "length of the main line, km"),
    "all_km": ("float", "length of all pieces, km"),
    "main_miles": ("float", "length of the main line, statute miles"),
    "all_miles": ("float", "length of all pieces, statute miles"),
}
_RULER: Final[Keys] = {
    "ruler_m": ("float or null", "ruler at which the line has the quoted length; null: none has"),
    "fits_m": ("list[float] or null", "finest and coarsest ruler within 0.5 % of it"),
    "finest_km": ("float", "length as drawn, km"),
    "coarsest_km": ("float", "length at the coarsest ruler tried, km"),
}
_FRONT: Final[Keys] = {
    **_under("tolerances[]", _LENGTH),
    **_under("headline", _LENGTH, besides="the row of 500 m; `headline` is null without it"),
    "incursions": ("int", "pieces beside the main line"),
    "trend.changes[].m": ("float", "ruler, m"),
    "trend.changes[].main_percent": ("float", "change of the main line since `from_day`, %"),
    "trend.changes[].all_percent": ("float", "change of all pieces, %"),
    "trend.main_sign_agrees": ("bool", "the main line grew at every ruler, or shrank at every one"),
    "trend.all_sign_agrees": ("bool", "the same of all pieces"),
    "trend.main_range_percent": ("list[float]", "smallest and largest change of the main line, %"),
    "trend.all_range_percent": ("list[float]", "the same of all pieces, %"),
    "implied.quoted_km": ("float", "the quoted length, km"),
    **_under("implied.main", _RULER),
    **_under("implied.all", _RULER, besides="the same of all pieces"),
}
_SALIENTS: Final[Keys] = {
    "salients[].side": ("str", "`attacker` (controlled ground) or `defender`"),
    "salients[].tier": ("str", "`salient`, `pronounced`, `finger`; `borderline` is no first tier"),
    "salients[].depth_km": ("float", "from the middle of the mouth straight to the tip, km"),
    "salients[].depth_range_km": ("list[float]", "depths at this radius and one step either way"),
    "salients[].mouth_km": ("float", "diagonal of the box round the mouth, km"),
    "salients[].neck_km": ("float", "narrowest cross-section of the inner 70 %, km"),
    "salients[].mean_width_km": ("float", "area / length, km"),
    "salients[].length_km": ("float", "from mouth to tip along paths inside, km"),
    "salients[].area_km2": ("float", "area, km²"),
    "salients[].bearing_deg": ("int", "from the mouth to the tip, degrees clockwise from north"),
    "salients[].radius_km": ("float", "radius of the opening that keeps it, km"),
    "salients[].front_share": ("float", "share of the free edge that is front, 0 to 1"),
    "salients[].score": ("float", "depth × min(depth / mouth, 2): the order of the list"),
    "salients[].prongs[].depth_km": ("float", "of a narrower one inside it, km"),
    "salients[].prongs[].mouth_km": ("float", "its mouth, km"),
    "salients[].prongs[].bearing_deg": ("int", "its bearing, degrees"),
    "salients[].prongs[].radius_km": ("float", "its radius, km"),
    "salients[].tip.lon": ("float", "longitude of the tip, degrees"),
    "salients[].tip.lat": ("float", "latitude of the tip, degrees"),
    "salients[].nearest": ("str or null", "settlement nearest to the tip"),
    "salients[].nearest_id": ("str or null", "its identifier"),
    "salients[].nearest_km": ("float or null", "its distance from the tip, km"),
    "salients[].taken_60_days_km2": (
        "float or null",
        "area that was not its side's 60 days before (`from_day`), km²; null: no map held then",
    ),
    "water_given": ("bool", "lakes and rivers counted as coast"),
}
_PLACE: Final[Keys] = {
    "place.id": ("str", "identifier of the place"),
    "place.name": ("str", "its name"),
    "place.lon": ("float", "longitude of its point, degrees"),
    "place.lat": ("float", "latitude of its point, degrees"),
    "place.population": ("int or null", "inhabitants"),
    "place.population_source": ("str or null", "who says so, and of which year"),
}
_ADVANCE: Final[Keys] = {
    "depth_km": ("float", "furthest newly taken ground from ground held on `from_day`, km"),
    "bearing_deg": ("int", "from that ground to the tip, degrees"),
    "tip.lon": ("float", "longitude of the furthest point, degrees"),
    "tip.lat": ("float", "latitude of the furthest point, degrees"),
    "foot.lon": ("float", "longitude of the nearest ground held before, degrees"),
    "foot.lat": ("float", "latitude of the nearest ground held before, degrees"),
    "days": ("int", "from map to map"),
    "depth_m_per_day": ("int or null", "depth / days, m"),
    "new_km2": ("float", "newly controlled, km²"),
    "lost_km2": ("float", "controlled no longer, km²"),
    "new_km2_per_day": ("float or null", "newly controlled / days, km²"),
    "axis.bearing_deg": ("int", "of the line from the first place to the second, degrees"),
    "axis.before_km": ("float or null", "furthest controlled point on it before, km"),
    "axis.after_km": ("float or null", "furthest controlled point on it after, km"),
    "axis.advance_m": ("float or null", "difference of the two, m; below 0 a withdrawal"),
    "axis.m_per_day": ("int or null", "advance / days, m"),
}
_CORRIDOR: Final[Keys] = {
    **_PLACE,
    "width_km": ("float", "shortest line that would close it, km; 13.2 is open"),
    "width_contested_closed_km": ("float or null", "the same with contested ground closed, km"),
    "range_km": ("list[float] or null", "both values, smaller first, km"),
    "state": ("str", "`measured`, `open`, or why the width is 0"),
    "enclosure": ("float", "share of bearings that meet controlled ground within 20 km, 0 to 1"),
    "enclosure_contested_closed": ("float or null", "the same with contested ground closed"),
    "enclosure_meaningful": ("bool", "false: controlled ground lies inside the place"),
    "open_sector_deg": ("float", "widest sector without controlled ground, degrees"),
    "open_sector_bearing_deg": ("float or null", "bearing of its middle, degrees"),
    "controlled_ground_km": ("float", "distance of the point to controlled ground, km"),
    "wording": ("str", "the width as it may be quoted"),
    "own_history.percentile": ("float", "share of the place's days with a narrower one, %"),
    "own_history.narrowest_km": ("float", "narrowest of these days, km"),
    "own_history.median_km": ("float", "median, km"),
    "own_history.widest_km": ("float", "widest, km"),
    "own_history.days": ("int", "days with a map on which the disc was not wholly controlled"),
}
_PERSON: Final[Keys] = {
    "id": ("str", "identifier of the place"),
    "name": ("str", "its name"),
    "population": ("int or null", "inhabitants"),
}
_RING: Final[Keys] = {
    "km": ("float", "distance, km"),
    "people": ("int", "inhabitants of places within it that are not under control"),
    "people_low": ("int", "the same at 2 km less"),
    "people_high": ("int", "the same at 2 km more"),
    "places": ("int", "places counted"),
    **_under("largest[]", _PERSON, besides="of the places that make most of the figure"),
    **_under("deciding[]", _PERSON, besides="of the largest within 2 km of the ring"),
}
_REACH: Final[Keys] = {
    "oblast": ("str or null", "as asked"),
    **_under("rings[]", _RING),
    **_under("band_0_20", _RING, besides="the 0–20 km band of humanitarian plans, as `rings`"),
    "population_sources.*": ("int", "people of the widest ring by source and year of the figure"),
    "unknown_population": ("int", "places in the widest ring whose population is not known"),
    **_under("or_russia[]", _RING, besides="distance to controlled ground or to Russia"),
    "changes[].km": ("float", "ring, km"),
    **_under("changes[].entered[]", _PERSON, besides="of places in the ring that were not"),
    **_under("changes[].left[]", _PERSON, besides="of places not in it that were"),
    **_under("changes[].of_these_taken[]", _PERSON, besides="of places that came under control"),
    **_under("regions.*[]", _RING, besides="of the user's region of this name, as `rings`"),
}
_RANK: Final[Keys] = {
    "rows[].place": ("str", "place, largest first"),
    "rows[].place_id": ("str", "its identifier"),
    "rows[].population": ("int or null", "inhabitants"),
    "rows[].population_source": ("str or null", "who says so, and of which year"),
    "rows[].date": ("date", "map on which it first met the criterion"),
    "rows[].criterion": ("str", "`any`, `half`, `90` or `all` of its disc"),
    "rows[].share": ("float", "share of the disc that was controlled then, 0 to 1"),
    "rows[].radius_km": ("float", "radius of the disc, km"),
    "rows[].still": ("bool", "the criterion still holds on the last map"),
    "rows[].source": ("str", "who drew that map"),
    "rows[].snapshot": ("str", "SHA-256 of that map's file"),
    "runner_up": ("str or null", "the second largest"),
    "margin_people": ("int or null", "inhabitants of the first less those of the second"),
    "sources[].source": ("str", "who drew the maps that were looked at, in order of time"),
    "sources[].first": ("date", "its first map looked at"),
    "sources[].last": ("date", "its last map"),
}
_VINTAGE: Final[Keys] = {
    **_PLACE,
    "matches[].date": ("date", "map on which all quoted values hold"),
    "matches[].snapshot": ("str", "SHA-256 of its file"),
    "matches[].values_km2.*": ("float", "the value there by status, km²"),
    "matches[].found_as.*": ("str", "a part of its own, or a sum of parts, by status"),
    "left_out[].status": ("str", "status of a part of the same kind that the values leave out"),
    "left_out[].km2": ("float", "its area, km²"),
    "left_out[].lon": ("float", "longitude of its middle, degrees"),
    "left_out[].lat": ("float", "latitude of its middle, degrees"),
    "left_out[].from_place_km": ("int", "its distance from the place, km"),
}

FIGURES: Final[dict[str, Keys]] = {
    "front": _FRONT,
    "salients": _SALIENTS,
    "advance": _ADVANCE,
    "corridor": _CORRIDOR,
    "reach": _REACH,
    "rank": _RANK,
    "vintage": _VINTAGE,
}
"""Command → its keys beside those of `HEAD`."""
