"""Answers as pandas and GeoPandas frames, units in the column names, provenance in every row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from contested.geo.measure import area_km2
from contested.history.measure import (
    REPORTED,
    area_series,
    calendar,
    range_ends,
    status_facts,
)

if TYPE_CHECKING:
    from datetime import date

    from contested.history.protocol import HistoryEngine
    from contested.records import Source

CRS = "OGC:CRS84"
"""Longitude, latitude on WGS84, in this order."""


def areas_frame(engine: HistoryEngine, first: date | None, last: date | None) -> pd.DataFrame:
    """Return areas by status, one row a calendar day, columns in km².

    Days without a map are rows of NaN: a gap stays a gap.
    """
    covered = calendar(engine).coverage()
    rows = area_series(engine, first or covered.first, last or covered.last)
    frame = pd.DataFrame(
        [{f"{name}_km2": value for name, value in row.areas_km2.items()} for row in rows],
        index=pd.DatetimeIndex([row.date for row in rows], name="date"),
        dtype="float64",
    )
    frame["snapshot"] = [row.snapshot for row in rows]
    frame.attrs.update(source=engine.series.source, method=f"area/1 ({engine.version})")
    return frame


def ground_frame(engine: HistoryEngine, source: Source, on: date) -> gpd.GeoDataFrame:
    """Return the partitioned ground of a day, one row a status, with source, rights and hash.

    Raises
    ------
    NoMapError
        If the day has no map.
    """
    index = calendar(engine).on(on)
    snapshot = engine.series.snapshots[index]
    ground = engine.ground(index)
    rows = [
        {
            **status_facts(status),
            "source_word": _words(engine, index, status.value),
            "area_km2": round(area_km2(ground[status]), 3),
            "as_of": snapshot.as_of.isoformat(),
            "source": engine.series.source,
            "snapshot": snapshot.sha256,
            "method": f"ground/1 ({engine.version})",
            "rights": source.rights.terms,
            "credit": source.credit,
            "geometry": ground[status],
        }
        for status in REPORTED
        if status in ground
    ]
    return gpd.GeoDataFrame(rows, geometry="geometry", crs=CRS)


def changes_frame(
    engine: HistoryEngine, source: Source, first: date, last: date
) -> gpd.GeoDataFrame:
    """Return the polygons whose status differs between the maps at or before two days."""
    before, after = range_ends(engine, first, last)
    one, other = engine.series.snapshots[before], engine.series.snapshots[after]
    rows = [
        {
            "from": change.before.value if change.before else None,
            "to": change.after.value if change.after else None,
            "area_km2": round(change.area_km2, 3),
            "from_day": one.as_of.isoformat(),
            "to_day": other.as_of.isoformat(),
            "source": engine.series.source,
            "from_snapshot": one.sha256,
            "to_snapshot": other.sha256,
            "method": f"changes/1 ({engine.version})",
            "rights": source.rights.terms,
            "credit": source.credit,
            "geometry": change.geometry,
        }
        for change in engine.changes(before, after)
    ]
    columns = list(rows[0]) if rows else ["from", "to", "area_km2", "geometry"]
    return gpd.GeoDataFrame(rows, columns=columns, geometry="geometry", crs=CRS)


def _words(engine: HistoryEngine, index: int, status: str) -> str:
    """Return the source's own words for a status on a snapshot, each once."""
    words = [word for _, own, word in engine.series.areas(index) if own.value == status]
    return "; ".join(dict.fromkeys(words))
