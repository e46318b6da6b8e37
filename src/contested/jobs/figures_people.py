"""Reach, rank and vintage of a book: figures that need places as well as maps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from contested import sample
from contested.errors import UsageError
from contested.geo.reach import (
    RINGS_KM,
    Distances,
    Reach,
    ReachChange,
    distances,
    reach,
    reach_change,
)
from contested.history.measure import calendar
from contested.history.rank import Ranking, fallen
from contested.history.vintage import QuotedArea, Vintage, vintage
from contested.jobs.map_ground import ground_of, ground_on
from contested.jobs.tables import csv_text
from contested.places.extent import disc_radius_km
from contested.render.figures_json import Provenance

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from contested.history.protocol import HistoryEngine
    from contested.records import Place, SnapshotId

HXL: Final = {
    "place_id": "#loc+id",
    "pcode": "#loc+code+v_pcode",
    "name": "#loc+name",
    "admin1": "#adm1+code+v_geonames",
    "region": "#adm+name",
    "lon": "#geo+lon",
    "lat": "#geo+lat",
    "population": "#population",
    "population_source": "#population+source",
    "distance_km": "#geo+distance+km",
    "ring_km": "#geo+distance+ring+km",
    "date": "#date+map",
    "source": "#meta+source",
    "snapshot": "#meta+snapshot",
}
"""Column → its tag of the Humanitarian Exchange Language (hxlstandard.org, 1.1)."""


@dataclass(frozen=True, slots=True, eq=False)
class ReachAnswer:
    """People near controlled ground on a day.

    Attributes
    ----------
    also_russia
        The second row: distance to controlled ground or to Russia, whichever is nearer.
    changes
        Places that entered and left each ring since a day; empty where no day was named.
    regions
        By name of the user's boundaries; empty where none were given.
    region_of
        By row of `found`: the boundaries' name that the place lies in, empty where in none.
    """

    provenance: Provenance
    found: Distances
    reach: Reach
    also_russia: Reach
    changes: tuple[ReachChange, ...]
    regions: Mapping[str, Reach]
    region_of: tuple[str, ...]


def reach_on(
    engine: HistoryEngine,
    day: date,
    places: Sequence[Place],
    *,
    rings_km: Sequence[float] = RINGS_KM,
    since: date | None = None,
    boundaries: Mapping[str, shapely.Geometry] | None = None,
) -> ReachAnswer:
    """Return the people within some distances of controlled ground.

    Parameters
    ----------
    places
        Settlements to count.
    since
        Name the places that entered and left since the last map at or before this day.
    boundaries
        Regions by name, degrees, to report apart.
    """
    ground = ground_on(engine, day)
    found = distances(ground.controlled, places)
    people = reach(found, rings_km)
    russia = sample.countries()["Russia"]
    second = reach(distances(ground.controlled, places, also_from=russia), rings_km)
    before, changes = _since(engine, since, found, people)
    inside = {name: _inside(places, shape) for name, shape in (boundaries or {}).items()}
    regions = {name: reach(found, rings_km, only=rows) for name, rows in inside.items()}
    region_of = np.full(len(places), "", dtype=object)
    for name, rows in inside.items():
        region_of[rows] = name
    provenance = Provenance(day.isoformat(), ground.snapshot, before)
    return ReachAnswer(provenance, found, people, second, changes, regions, tuple(region_of))


def _since(
    engine: HistoryEngine, since: date | None, found: Distances, people: Reach
) -> tuple[SnapshotId | None, tuple[ReachChange, ...]]:
    if since is None:
        return None, ()
    earlier = ground_of(engine, calendar(engine).at_or_before(since))
    was = distances(earlier.controlled, found.places)
    return earlier.snapshot, tuple(reach_change(was, found, ring.km) for ring in people.rings)


def _inside(places: Sequence[Place], shape: shapely.Geometry) -> NDArray[np.bool_]:
    shapely.prepare(shape)
    lonlat = np.array([(place.lon, place.lat) for place in places])
    inside: NDArray[np.bool_] = shapely.intersects_xy(shape, lonlat[:, 0], lonlat[:, 1])
    return inside


def reach_csv(answer: ReachAnswer, *, hxl: bool = False) -> str:
    """Return the places inside the widest ring as CSV, nearest first; with HXL tags on request."""
    found = answer.found
    rings = [ring.km for ring in answer.reach.rings]
    counted = ~found.under_control & ~found.district & (found.km <= rings[-1])
    nearest = np.flatnonzero(counted)[np.argsort(found.km[counted], kind="stable")]
    snapshot = answer.provenance.snapshot
    rows: list[tuple[object, ...]] = [tuple(HXL.values())] if hxl else []
    for row in nearest.tolist():
        place, km = found.places[row], float(found.km[row])
        rows.append(
            (
                place.id, place.pcode, place.name, place.admin1, answer.region_of[row],
                place.lon, place.lat,
                place.population, place.population_source, round(km, 2),
                next(ring for ring in rings if km <= ring), snapshot.as_of.isoformat(),
                snapshot.source, snapshot.sha256,
            )
        )  # fmt: skip
    return csv_text(tuple(HXL), rows)


@dataclass(frozen=True, slots=True, eq=False)
class RankAnswer:
    """The largest places that fell since a day."""

    provenance: Provenance
    ranking: Ranking


def rank_since(
    engine: HistoryEngine,
    since: date,
    places: Sequence[Place],
    *,
    criterion: str,
    most: int,
) -> RankAnswer:
    """Return the largest places that came under control since a day."""
    found = fallen(
        engine.series,
        places,
        since,
        criterion=criterion,
        radius_km=disc_radius_km,
        most=most,
    )
    last = engine.series.snapshots[-1]
    return RankAnswer(Provenance(since.isoformat(), last, found.start), found)


@dataclass(frozen=True, slots=True, eq=False)
class VintageAnswer:
    """The maps that quoted figures fit."""

    provenance: Provenance
    place: Place
    vintage: Vintage


def vintage_of(engine: HistoryEngine, quoted: Sequence[QuotedArea], near: Place) -> VintageAnswer:
    """Return the maps that quoted figures fit; none is an answer too.

    The provenance names the first and the last snapshot that were searched.
    """
    found = vintage(engine.series, quoted, near.lon, near.lat)
    asked = [f"{one.status.value}={one.km2:g}km2" for one in quoted]
    searched = engine.series.snapshots
    return VintageAnswer(Provenance(asked, searched[-1], searched[0]), near, found)


def only_region(places: Sequence[Place], codes: Sequence[str], name: str) -> list[Place]:
    """Return the places of a region by its codes (``UA-05``).

    Raises
    ------
    UsageError
        If no region or none of the places is meant.
    """
    wanted = [p for p in places if f"{p.country}-{p.admin1}" in codes]
    if not wanted:
        raise UsageError(f"{name}: no oblast of this name with places in it is known")
    return wanted
