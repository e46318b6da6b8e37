"""The ways people do it today, as fairly as we can write them: GeoPandas, Shapely, SedonaDB.

All apply the same rules (fill colour, frame, repair, partition order) and measure on WGS84.
"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from contested.errors import MapFileError
from contested.geo.measure import area_km2, length_km, polygons_of
from contested.geo.sliver import without_slivers
from contested.records import PARTITION_ORDER
from contested.sources.deepstate.rules import classify, normalise_name

if TYPE_CHECKING:
    from pathlib import Path

FRAME = (22.0, 44.0, 41.0, 53.5)
ORDER = [status.value for status in PARTITION_ORDER]
KINDS = ("Polygon", "MultiPolygon", "GeometryCollection")
Ground = dict[str, shapely.Geometry]
SEMI_MAJOR_KM, FLATTENING = 6378.137, 1 / 298.257223563
E2 = FLATTENING * (2 - FLATTENING)
E = E2**0.5


def straight_km2(geometries: list[shapely.Geometry]) -> float:
    """Return the area of polygons whose edges are straight in longitude and latitude.

    Unlike a geodesic area it does not depend on where along an edge there are positions more.
    """
    return sum(_polygon_km2(p) for g in geometries for p in shapely.get_parts(g))


def _polygon_km2(polygon: shapely.Polygon) -> float:
    return _ring_km2(polygon.exterior) - sum(_ring_km2(hole) for hole in polygon.interiors)


def _ring_km2(ring: shapely.LinearRing) -> float:
    """Return an area by the authalic latitude (Snyder 1987, 3-12), Gauss-Legendre on each edge."""
    lon, lat = np.radians(shapely.get_coordinates(ring)).T
    middle, half = (lat[1:] + lat[:-1]) / 2, np.diff(lat) / 2 * 0.6**0.5
    weighted = 8 * _authalic(middle) + 5 * (_authalic(middle - half) + _authalic(middle + half))
    return abs(float((np.diff(lon) * weighted).sum())) / 18


def _authalic(lat: np.ndarray) -> np.ndarray:
    sine = np.sin(lat)
    term = sine / (1 - E2 * sine * sine) + np.arctanh(E * sine) / E
    return 0.5 * SEMI_MAJOR_KM**2 * (1 - E2) * term


def status_of(fill: str | None, name: str | None) -> str | None:
    try:
        found = classify((fill or "none").lower(), normalise_name(name or ""))
    except KeyError as error:
        raise MapFileError("benchmark", f"no rule for {error}") from None
    return found.status.value if found else None


def kept(geometry: shapely.Geometry) -> list[shapely.Polygon]:
    """Return the valid polygons of a geometry inside the frame."""
    parts = [p for p in _flat(shapely.force_2d(geometry)) if p.geom_type == "Polygon"]
    box = shapely.box(*FRAME)
    parts = [p if p.is_valid else shapely.make_valid(p) for p in parts if p.intersects(box)]
    return [q for p in parts for q in _flat(p) if q.geom_type == "Polygon"]


def _flat(geometry: shapely.Geometry) -> list[shapely.Geometry]:
    if not hasattr(geometry, "geoms"):
        return [geometry]
    return [q for p in geometry.geoms for q in _flat(p)]


class Partition(dict[str, shapely.Geometry]):
    """Ground by status; beside it the union of all, and of what is controlled, of whole polygons.

    A union of the cut pieces would have gaps of rounding between them, which lengthen boundaries.
    """

    def __init__(self, unions: Ground) -> None:
        super().__init__()
        self.all: shapely.Geometry = shapely.MultiPolygon()
        self.controlled: shapely.Geometry = shapely.MultiPolygon()
        for status in ORDER:
            if status in unions:
                left = polygons_of(shapely.difference(unions[status], self.all))
                self[status] = shapely.MultiPolygon(left)
                both = polygons_of(shapely.union(self.all, unions[status]))
                self.all = shapely.MultiPolygon(both)
                if status in {"held_since_2014", "occupied"}:
                    self.controlled = self.all


class ShapelyVectorised:
    """Shapely's array functions on parsed GeoJSON."""

    name = "shapely"

    def __init__(self) -> None:
        self.drawn: list[list[shapely.Geometry]] = []
        """What `changes` found, step by step: measured once more, when no clock is running."""

    def read(self, paths: list[Path]) -> list[dict[str, list[shapely.Polygon]]]:
        return [self._read(path) for path in paths]

    def _read(self, path: Path) -> dict[str, list[shapely.Polygon]]:
        layers: dict[str, list[shapely.Polygon]] = {}
        features = json.loads(path.read_bytes())["features"]
        chosen = [f for f in features if f["geometry"] and f["geometry"]["type"] in KINDS]
        geometries = shapely.from_geojson([json.dumps(f["geometry"]) for f in chosen])
        for feature, geometry in zip(chosen, geometries, strict=True):
            own = feature["properties"]
            status = status_of(own.get("fill"), own.get("name"))
            if status is not None:
                layers.setdefault(status, []).extend(kept(geometry))
        return layers

    def unite(self, maps: list[dict[str, list[shapely.Polygon]]]) -> list[Partition]:
        return [
            Partition({s: shapely.union_all(np.array(p)) for s, p in layers.items() if p})
            for layers in maps
        ]

    def areas(self, grounds: list[Partition]) -> np.ndarray:
        return np.array([[area_km2(g.get(s)) for s in ORDER] for g in grounds])

    def changes(self, grounds: list[Partition]) -> np.ndarray:
        return np.array([self._step(a, b) for a, b in pairwise(grounds)])

    def _step(self, before: Partition, after: Partition) -> float:
        found = []
        for one, ground in before.items():
            found += [shapely.intersection(ground, g) for s, g in after.items() if s != one]
        found += [shapely.difference(g, after.all) for g in before.values()]
        found += [shapely.difference(g, before.all) for g in after.values()]
        self.drawn.append([without_slivers(g) for g in found if not g.is_empty])
        return sum(area_km2(g) for g in self.drawn[-1])

    def front(self, grounds: list[Partition]) -> np.ndarray:
        return np.array([length_km(g.controlled.boundary) for g in grounds])

    def panel(self, grounds: list[Partition], points: np.ndarray) -> np.ndarray:
        tree = shapely.STRtree(shapely.points(points))
        return np.stack([self._cells(tree, g, len(points)) for g in grounds])

    def _cells(self, tree: shapely.STRtree, ground: Partition, points: int) -> np.ndarray:
        cells = np.full(points, -1, dtype=np.int8)
        parts = [(ORDER.index(s), p) for s, g in ground.items() for p in shapely.get_parts(g)]
        if parts:
            which, hit = tree.query(np.array([p for _, p in parts]), predicate="intersects")
            cells[hit] = np.array([s for s, _ in parts])[which]
        return cells


class ShapelySkippingEqual(ShapelyVectorised):
    """The same, but only polygons that came or went between two maps are overlaid."""

    name = "shapely-skip"

    def changes_of_maps(self, maps: list[dict[str, list[shapely.Polygon]]]) -> np.ndarray:
        keyed = [
            {(s, p.wkb): p for s, polygons in layers.items() for p in polygons} for layers in maps
        ]
        return np.array([self._changed(a, b) for a, b in pairwise(keyed)])

    def _changed(self, before: dict[Any, Any], after: dict[Any, Any]) -> float:
        gone = [key for key in before if key not in after]
        come = [key for key in after if key not in before]
        if not gone and not come:
            self.drawn.append([])
            return 0.0
        touched = shapely.union_all(
            [
                shapely.symmetric_difference(
                    shapely.union_all([before[k] for k in gone if k[0] == s]),
                    shapely.union_all([after[k] for k in come if k[0] == s]),
                )
                for s in ORDER
            ]
        )
        ground = shapely.MultiPolygon(polygons_of(touched))
        return self._step(self._near(before, ground), self._near(after, ground))

    def _near(self, layers: dict[Any, Any], touched: shapely.Geometry) -> Partition:
        shapely.prepare(touched)
        unions = {}
        for status in ORDER:
            own = np.array([p for (s, _), p in layers.items() if s == status])
            own = own[shapely.intersects(touched, own)] if len(own) else own
            if len(own):
                near = shapely.intersection(shapely.union_all(own), touched)
                unions[status] = shapely.MultiPolygon(polygons_of(near))
        return Partition(unions)


class GeoPandas(ShapelyVectorised):
    """A straightforward GeoPandas script."""

    name = "geopandas"

    def _read(self, path: Path) -> Any:
        import geopandas

        frame = geopandas.read_file(path)
        frame = frame[frame.geom_type.isin(KINDS)]
        status = [
            status_of(fill, name)
            for fill, name in zip(frame.get("fill"), frame.get("name"), strict=True)
        ]
        frame = frame.assign(status=status)[["status", "geometry"]].dropna()
        frame["geometry"] = [shapely.MultiPolygon(kept(g)) for g in frame.geometry]
        return frame[~frame.geometry.is_empty]

    def unite(self, maps: Any) -> list[Partition]:
        grounds = []
        for frame in maps:
            dissolved = frame.dissolve("status")
            grounds.append(Partition(dict(dissolved.geometry.items())))
        return grounds

    def changes(self, grounds: list[Partition]) -> np.ndarray:
        frames = [self._frame(g) for g in grounds]
        return np.array([self._overlay(a, b) for a, b in pairwise(frames)])

    def _frame(self, ground: Partition) -> Any:
        import geopandas

        return geopandas.GeoDataFrame(
            {"status": list(ground)}, geometry=list(ground.values()), crs=4326
        )

    def _overlay(self, before: Any, after: Any) -> float:
        both = before.overlay(after, how="union", keep_geom_type=True)
        differs = both[both.status_1.fillna("") != both.status_2.fillna("")]
        self.drawn.append([without_slivers(g) for g in differs.geometry])
        return sum(area_km2(g) for g in self.drawn[-1])

    def panel(self, grounds: list[Partition], points: np.ndarray) -> np.ndarray:
        import geopandas

        places = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(*points.T), crs=4326)
        cells = []
        for ground in grounds:
            joined = places.sjoin(self._frame(ground), predicate="intersects")
            column = np.full(len(points), len(ORDER), dtype=np.int8)
            numbers = joined.status.map(ORDER.index).to_numpy(dtype=np.int8)
            np.minimum.at(column, joined.index.to_numpy(), numbers)
            cells.append(np.where(column == len(ORDER), -1, column))
        return np.stack(cells).astype(np.int8)


class SedonaDB(ShapelyVectorised):
    """SedonaDB for the panel: one spatial join over the areas of all maps."""

    name = "sedonadb"

    def panel(self, grounds: list[Partition], points: np.ndarray) -> np.ndarray:
        import pandas as pd
        import sedona.db

        context = sedona.db.connect()
        rows = [
            (i, ORDER.index(s), p.wkb)
            for i, g in enumerate(grounds)
            for s, whole in g.items()
            for p in shapely.get_parts(whole)
        ]
        areas = pd.DataFrame(rows, columns=["snapshot", "status", "wkb"])
        places = pd.DataFrame({"point": range(len(points)), "x": points[:, 0], "y": points[:, 1]})
        context.create_data_frame(areas).to_view("areas", overwrite=True)
        context.create_data_frame(places).to_view("places", overwrite=True)
        found = context.sql(
            "SELECT a.snapshot, a.status, p.point FROM areas a JOIN places p "
            "ON ST_Intersects(ST_GeomFromWKB(a.wkb), ST_Point(p.x, p.y))"
        ).to_pandas()
        cells = np.full((len(grounds), len(points)), len(ORDER), dtype=np.int8)
        np.minimum.at(
            cells,
            (found.snapshot.to_numpy(), found.point.to_numpy()),
            found.status.to_numpy().astype(np.int8),
        )
        return np.where(cells == len(ORDER), -1, cells).astype(np.int8)
