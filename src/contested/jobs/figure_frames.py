"""Figures as pandas and GeoPandas frames: units in column names, provenance in `attrs`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import geopandas as gpd
import msgspec
import pandas as pd
import shapely

from contested.history.answers import ChangedPlace
from contested.jobs.frames import CRS
from contested.render.figures_json import (
    front_json,
    head,
    rank_json,
    reach_json,
    salients_json,
    vintage_json,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contested.history.answers import WhatChanged
    from contested.history.corridors import CorridorDay
    from contested.history.series import ControlSeries
    from contested.jobs.figures import FrontAnswer, SalientsAnswer
    from contested.jobs.figures_people import RankAnswer, ReachAnswer, VintageAnswer
    from contested.records import Method
    from contested.render.figures_json import Provenance

F = TypeVar("F", bound=pd.DataFrame)


def front_lengths_frame(answer: FrontAnswer) -> pd.DataFrame:
    """Return the length curve: tolerance in m, main line and all pieces in km and miles."""
    rows = front_json(answer.front)["tolerances"]
    frame = pd.DataFrame(rows).rename(columns={"m": "tolerance_m"}).set_index("tolerance_m")
    return _with(frame, answer.provenance, answer.front.method)


def front_frame(answer: FrontAnswer) -> gpd.GeoDataFrame:
    """Return the front as drawn: the main line, then every incursion."""
    pieces = [answer.front.main, *shapely.get_parts(answer.front.incursions)]
    kinds = ["main line"] + ["incursion"] * (len(pieces) - 1)
    frame = gpd.GeoDataFrame({"piece": kinds}, geometry=pieces, crs=CRS)
    return _with(frame, answer.provenance, answer.front.method)


def salients_frame(answer: SalientsAnswer) -> gpd.GeoDataFrame:
    """Return salients with their measures and centrelines, those that matter most first."""
    rows = salients_json(answer.found, answer.extras)["salients"]
    flat = [{**row, "prongs": len(row["prongs"]), "tip": None} for row in rows]
    lines = [one.centreline for one in answer.found.salients]
    frame = gpd.GeoDataFrame(pd.DataFrame(flat), geometry=lines, crs=CRS)
    return _with(frame.drop(columns="tip", errors="ignore"), answer.provenance, answer.found.method)


def changed_places_frame(found: WhatChanged) -> gpd.GeoDataFrame:
    """Return the settlements that two maps show otherwise, largest first."""
    rows = [msgspec.to_builtins(one) for one in found.settlements]
    columns = [field.encode_name for field in msgspec.structs.fields(ChangedPlace)]
    frame = pd.DataFrame(rows, columns=columns)
    points = gpd.points_from_xy(frame.pop("lon"), frame.pop("lat"))
    placed = gpd.GeoDataFrame(frame, geometry=points, crs=CRS)
    placed.attrs.update(
        source=found.source,
        as_of=found.as_of.isoformat(),
        from_day=found.from_day.isoformat(),
        method=found.method,
        parameters=dict(found.parameters),
    )
    return placed


def corridor_frame(series: ControlSeries, days: Sequence[CorridorDay]) -> pd.DataFrame:
    """Return a place's corridor by calendar day; a day without a map is NaN."""
    found = [day.corridor for day in days]
    frame = pd.DataFrame(
        {
            "width_km": [None if one is None else one.width_km for one in found],
            "width_contested_closed_km": [
                None if one is None else one.width_contested_closed_km for one in found
            ],
        },
        index=pd.DatetimeIndex([day.day for day in days], name="date"),
        dtype="float64",
    )
    frame["snapshot"] = [
        None if day.index is None else series.snapshots[day.index].sha256 for day in days
    ]
    frame.attrs.update(source=series.source, method="corridor/1")
    return frame


def reach_frame(answer: ReachAnswer) -> pd.DataFrame:
    """Return people by distance, with the value at ±2 km and the second row (or of Russia)."""
    rows = reach_json(answer.reach)["rings"]
    columns = ["km", "people", "people_low", "people_high", "places"]
    frame = pd.DataFrame(rows, columns=columns).set_index("km")
    frame["people_or_of_russia"] = [ring.people for ring in answer.also_russia.rings]
    return _with(frame, answer.provenance, answer.reach.method)


def rank_frame(answer: RankAnswer) -> pd.DataFrame:
    """Return places that fell since a day, most people first."""
    frame = pd.DataFrame(rank_json(answer.ranking)["rows"])
    return _with(frame, answer.provenance, answer.ranking.method)


def vintage_frame(answer: VintageAnswer) -> pd.DataFrame:
    """Return the maps that quoted areas fit: one row a map, a column of km² a status."""
    rows = [
        {
            "date": match["date"],
            **{f"{status}_km2": value for status, value in match["values_km2"].items()},
            "snapshot": match["snapshot"],
        }
        for match in vintage_json(answer.vintage)["matches"]
    ]
    return _with(pd.DataFrame(rows), answer.provenance, answer.vintage.method)


def _with(frame: F, provenance: Provenance, method: Method) -> F:
    frame.attrs.update(head(provenance, method))
    return frame
