"""A GeoJSON and a CSV that Datawrapper takes as they are: shapes by key, figures by key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import shapely

from contested.errors import UsageError
from contested.geo.measure import polygons_of
from contested.geo.project import EQUAL_AREA, to_degrees, to_plane
from contested.jobs.tables import csv_text
from contested.render.geojson import feature_collection
from contested.store.files import write_bytes, write_text

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

MOST_BYTES: Final = 2_000_000
"""The largest map that Datawrapper takes."""
DECIMALS: Final = 5
GRID: Final = 10.0**-DECIMALS
TOLERANCES_M: Final = (50.0, 100.0, 200.0, 400.0, 800.0, 1600.0)


def write_pair(frame: gpd.GeoDataFrame, path: Path) -> Path:
    """Write ``NAME.geojson`` and ``NAME.csv``; return the table's path.

    One shape and one row a status, joined by ``id``. Shapes are thinned until the file is below
    2 MB: for the eye only; the areas in the table were measured before. Outer rings run
    clockwise, as d3, on which Datawrapper draws, wants them.

    Raises
    ------
    UsageError
        If the path does not end in .geojson.
    """
    if path.suffix.lower() != ".geojson":
        raise UsageError(f"{path}: the pair is named by its .geojson; the .csv stands beside it")
    write_bytes(path, _thinned(frame))
    table = path.with_suffix(".csv")
    columns = [name for name in frame.columns if name not in {"geometry", "status"}]
    rows = [(row.status, *(getattr(row, name) for name in columns)) for row in frame.itertuples()]
    write_text(table, csv_text(["id", *columns], rows))
    return table


def _thinned(frame: gpd.GeoDataFrame) -> bytes:
    flat = [to_plane(shape, EQUAL_AREA) for shape in frame.geometry]
    told = {key: str(frame[key].iloc[0]) for key in ("source", "rights", "credit") if len(frame)}
    content = b""
    for tolerance in TOLERANCES_M:
        # rounded before it is written: d3 takes a hole that rounding closed for the whole globe
        shapes = [
            _areas(shapely.set_precision(to_degrees(_simple(shape, tolerance), EQUAL_AREA), GRID))
            for shape in flat
        ]
        facts = [{"id": row.status, "name": row.status.replace("_", " ")}
                 for row in frame.itertuples()]  # fmt: skip
        content = feature_collection(
            zip(shapes, facts, strict=True), told, exterior_cw=True, decimals=DECIMALS
        )
        if len(content) < MOST_BYTES:
            break
    return content


def _areas(shape: shapely.Geometry) -> shapely.MultiPolygon:
    return shapely.MultiPolygon(polygons_of(shape))


def _simple(shape: shapely.Geometry, tolerance: float) -> shapely.Geometry:
    thin = shapely.simplify(shape, tolerance, preserve_topology=True)
    return thin if shapely.is_valid(thin) else shapely.make_valid(thin)
