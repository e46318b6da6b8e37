"""Figures beside the page's map: the front's length by week; salients and corridors of the last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import shapely

from contested import sample
from contested.geo.corridor import corridor
from contested.geo.front import front_line
from contested.geo.salient import Tier
from contested.history.measure import calendar
from contested.jobs.figures import salients_on
from contested.jobs.map_ground import ground_on

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from contested.geo.salient import Salient
    from contested.history.protocol import HistoryEngine
    from contested.records import Place

EVERY: Final = 7
"""Maps from one measured front to the next; the last map is always measured."""

RULER_M: Final = 500.0
NEAR_DEGREES: Final = 0.15
"""Towns nearer than this to controlled ground, 11 to 17 km, have their corridor measured."""
CORRIDORS: Final = 40
_LINE_DEGREES = 0.003


def page_figures(engine: HistoryEngine, places: Sequence[Place]) -> dict[str, Any]:
    """Return the figures as JSON values: lengths in km, days as ISO dates, degrees rounded."""
    days = calendar(engine).days
    measured = [*days[:-1:EVERY], days[-1]]
    return {
        "front": {"rulerM": RULER_M, "method": "front/1", "rows": _fronts(engine, measured)},
        "salients": {
            "day": days[-1].isoformat(),
            "method": "salients/1",
            "rows": _salients(engine, days[-1], places),
        },
        "corridors": {
            "day": days[-1].isoformat(),
            "method": "corridor/1",
            "rows": _corridors(engine, days[-1], places),
        },
    }


def _fronts(engine: HistoryEngine, days: Sequence[date]) -> list[list[Any]]:
    """Return day, main line and all pieces in km."""
    return [_front(engine, day) for day in days]


def _front(engine: HistoryEngine, day: date) -> list[Any]:
    ground = ground_on(engine, day)
    front = front_line(ground.controlled, sample.outline(), tolerances_m=(RULER_M,))
    length = front.tolerances[0]
    return [day.isoformat(), round(length.main_km, 1), round(length.all_km, 1)]


def _salients(engine: HistoryEngine, day: date, places: Sequence[Place]) -> list[dict[str, Any]]:
    answer = salients_on(engine, day, places=places)
    return [
        _salient(one, extra.nearest[0].name if extra.nearest else "")
        for one, extra in zip(answer.found.salients, answer.extras, strict=True)
        if one.tier is not Tier.BORDERLINE
    ]


def _corridors(engine: HistoryEngine, day: date, places: Sequence[Place]) -> list[list[Any]]:
    """Return GeoNames id, width in km and state of the largest towns near controlled ground.

    A number only: the cut itself is never made (see `geo.corridor`).
    """
    controlled = ground_on(engine, day).controlled
    points = shapely.points([(place.lon, place.lat) for place in places])
    shapely.prepare(controlled)
    near = shapely.dwithin(controlled, points, NEAR_DEGREES) & ~shapely.contains(controlled, points)
    inside = shapely.contains(sample.outline(), points)
    towns = [
        place
        for place, wanted in zip(places, (near & inside).tolist(), strict=True)
        if wanted and place.id.startswith("geonames:")
    ]
    towns.sort(key=lambda place: (-(place.population or 0), place.id))
    return [_corridor(controlled, place) for place in towns[:CORRIDORS]]


def _corridor(controlled: shapely.Geometry, place: Place) -> list[Any]:
    found = corridor(controlled, None, place.lon, place.lat)
    return [int(place.id.partition(":")[2]), round(found.width_km, 1), found.state.value]


def _salient(one: Salient, near: str) -> dict[str, Any]:
    line = shapely.simplify(one.centreline, _LINE_DEGREES)
    return {
        "side": one.side.value,
        "tier": one.tier.value,
        "depthKm": round(one.depth_km, 1),
        "rangeKm": [round(km, 1) for km in one.depth_range_km],
        "mouthKm": round(one.mouth_km, 1),
        "bearing": round(one.bearing_deg),
        "near": near,
        "line": [[round(x, 3), round(y, 3)] for x, y in shapely.get_coordinates(line).tolist()],
    }
