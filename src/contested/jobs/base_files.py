"""Base layers that a user adds to a book, or fetches from Natural Earth."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import shapely
from shapely.errors import ShapelyError

from contested import sample
from contested.errors import FetchError, UsageError
from contested.jobs.base_layers import DRAINED, FOLDER, LARGEST_BYTES, base_layers, layer_of
from contested.jobs.regions import REGION_FACTS
from contested.sources.download import Limits, Outcome, download, open_client
from contested.store.files import make_folder, write_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from contested.store.book import Book

NATURAL_EARTH: Final = (
    "https://raw.githubusercontent.com/nvkelso/natural-earth-vector/master/geojson/"
)
FETCHED: Final = {
    "rivers": ("ne_10m_rivers_lake_centerlines.geojson", "ne_10m_rivers_europe.geojson"),
    "lakes": ("ne_10m_lakes.geojson", "ne_10m_lakes_europe.geojson"),
}
LIMITS: Final = Limits(max_bytes=60_000_000, whole_s=300.0)
OSM_CREDIT: Final = "© OpenStreetMap contributors"
OSM_IDS: Final = ("relation/", "way/", "node/")
_ABROAD_DEGREES: Final = 0.12
_BORDER_DEGREES: Final = 0.03
_OBLAST_DEGREES: Final = 0.004
_KEPT: Final = ("name", "name_en", "name_uk", "scalerank", "featurecla", *REGION_FACTS)


@dataclass(frozen=True, slots=True)
class AddedBase:
    """A layer as it now lies in the book."""

    layer: str
    file: Path
    features: int


def add_base(
    book: Book, path: Path, layer: str | None = None, credit: str | None = None
) -> AddedBase:
    """Copy a GeoJSON file into the book as a base layer, cut to the base map's extent.

    Parameters
    ----------
    layer
        ``rivers``, ``lakes``, ``roads`` or ``oblasts``; `None` reads it off the file's name.
    credit
        Whom every map drawn with it must credit; `None` takes the file's own member ``credit``,
        and knows OpenStreetMap's data by their identifiers.

    Raises
    ------
    UsageError
        If the file is too large, no GeoJSON, or nothing of it lies on the base map.
    """
    named = layer or layer_of(path)
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise UsageError(f"{path}: larger than {LARGEST_BYTES / 1e6:g} MB; cut it first")
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from None
    features = _cut(content, str(path))
    owed = _owed(json.loads(content)) if credit is None else credit
    return _keep(book, named, path.stem, features, owed)


def fetch_base(book: Book, *, ask: Callable[[str], bytes] | None = None) -> list[AddedBase]:
    """Fetch rivers and lakes of Natural Earth (public domain) into the book.

    Raises
    ------
    FetchError
        If the publisher does not deliver.
    """
    get = ask or _ask
    added = []
    for layer, files in FETCHED.items():
        features = [one for name in files for one in _cut(get(NATURAL_EARTH + name), name)]
        added.append(_keep(book, layer, "natural_earth", features, "Natural Earth"))
    return added


def page_layers(book: Path) -> dict[str, Any] | None:
    """Return a book's rivers and lakes as GeoJSON for the page, `None` if it has none.

    A lake that ran out carries `until`, the first day (since 1970) on which it is not drawn.
    """
    last = max(DRAINED.values())
    before, after = (
        base_layers(book, day) for day in (min(DRAINED.values()).replace(day=1, month=1), last)
    )
    drained = _minus(before.lakes, after.lakes)
    until = last.toordinal() - 719163
    kinds: tuple[tuple[str, shapely.Geometry | None, dict[str, int]], ...] = (
        ("lake", after.lakes, {}), ("lake", drained, {"until": until}),
        ("river", after.rivers, {}), ("great", after.great_rivers, {}),
        ("road", after.roads, {}), ("oblast", after.oblasts, {}),
    )  # fmt: skip
    near = sample.outline().buffer(_ABROAD_DEGREES)
    features = [
        _feature(kind, cut, facts)
        for kind, shape, facts in kinds
        if shape is not None and not (cut := _of_ukraine(kind, shape, near)).is_empty
    ]
    return {"type": "FeatureCollection", "features": features} if features else None


def _of_ukraine(kind: str, shape: shapely.Geometry, near: shapely.Geometry) -> shapely.Geometry:
    """Cut a layer to the country: abroad it is noise, and half of the bytes.

    Oblasts are lines within the outline only: along it the border is drawn already.
    """
    if kind == "oblast":
        inside = sample.outline().buffer(-_BORDER_DEGREES)
        return shapely.line_merge(shapely.intersection(shape.simplify(_OBLAST_DEGREES), inside))
    return shapely.intersection(shape, near)


def _minus(one: shapely.Geometry | None, other: shapely.Geometry | None) -> shapely.Geometry | None:
    if one is None or other is None:
        return one
    return shapely.difference(one, other)


def _feature(kind: str, shape: shapely.Geometry, facts: dict[str, int]) -> dict[str, Any]:
    rounded = shapely.transform(shape.simplify(0.002), lambda degrees: degrees.round(3))
    geometry = json.loads(shapely.to_geojson(rounded))
    return {"type": "Feature", "properties": {"kind": kind, **facts}, "geometry": geometry}


def _cut(content: bytes, name: str) -> list[dict[str, Any]]:
    """Return the features that lie on the base map, cut to it, with the properties in use."""
    box = shapely.box(*sample.extent())
    try:
        listed = [one for one in json.loads(content)["features"] if one.get("geometry")]
        shapes = shapely.from_geojson([json.dumps(one["geometry"]) for one in listed])
    except RecursionError:
        raise UsageError(f"{name}: is no GeoJSON of features: nested too deeply") from None
    except (ValueError, KeyError, TypeError, AttributeError, ShapelyError) as error:
        raise UsageError(f"{name}: is no GeoJSON of features: {error}") from None
    cut = shapely.intersection(shapely.make_valid(shapes), box)
    return [
        {
            "type": "Feature",
            "properties": {k: v for k, v in (one.get("properties") or {}).items() if k in _KEPT},
            "geometry": json.loads(shapely.to_geojson(shape)),
        }
        for one, shape in zip(listed, cut, strict=True)
        if not shape.is_empty
    ]


def _owed(content: Mapping[str, Any]) -> str:
    """Return whom a file asks to be credited: it says so, or it is OpenStreetMap's."""
    stated = content.get("credit")
    if isinstance(stated, str):
        return stated
    ids = (str((one.get("properties") or {}).get("@id", "")) for one in content["features"])
    return OSM_CREDIT if any(one.startswith(OSM_IDS) for one in ids) else ""


def _keep(
    book: Book, layer: str, stem: str, features: list[dict[str, Any]], credit: str
) -> AddedBase:
    if not features:
        raise UsageError(f"{stem}: nothing of it lies on the base map, 20-42°E 43-54°N")
    folder = book.path / FOLDER
    make_folder(folder)
    path = folder / (f"{stem}.geojson" if layer in stem.lower() else f"{layer}_{stem}.geojson")
    stated = {"credit": credit} if credit else {}
    body = {"type": "FeatureCollection", **stated, "features": features}
    text = json.dumps(body, ensure_ascii=False)
    write_bytes(path, text.encode())
    return AddedBase(layer, path, len(features))


def _ask(url: str) -> bytes:
    with open_client(LIMITS) as client:
        reply = download(client, url, limits=LIMITS)
    if reply.outcome is not Outcome.FETCHED:
        raise FetchError(f"{url}: the publisher has no such file")
    return reply.content
