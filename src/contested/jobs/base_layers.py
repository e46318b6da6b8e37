"""Rivers, lakes, roads and oblasts that the user added to a book, as layers of a map."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import msgspec
import shapely
from shapely.errors import GEOSException

from contested.errors import MapFileError, UsageError
from contested.geo.geojson import split_features
from contested.geo.measure import polygons_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

FOLDER: Final = "base"
KINDS: Final = {
    "rivers": ("river", "stream"),
    "lakes": ("lake", "water", "reservoir"),
    "roads": ("road", "highway", "street"),
    "oblasts": ("oblast", "boundar", "border", "admin"),
}
"""Layer → what a file's name holds that is one."""

LARGEST_BYTES: Final = 200_000_000
GREAT_RIVER: Final = 6
"""Natural Earth's rank up to which a river is drawn broad: Dnipro, Don, Dniester."""
DRAINED: Final = {"kakhovka": date(2023, 7, 1), "каховськ": date(2023, 7, 1)}
"""Part of a lake's name → first day on which it is no longer drawn.

The dam at Kakhovka broke on 6 June 2023; within the month the reservoir had run out.
"""


@dataclass(frozen=True, slots=True)
class BaseFile:
    """A file of the base with its hash."""

    layer: str
    file: str
    sha256: str


@dataclass(frozen=True, slots=True, eq=False)
class BaseLayers:
    """What lies under a map beside countries; `None` where nothing was added."""

    rivers: shapely.Geometry | None = None
    great_rivers: shapely.Geometry | None = None
    lakes: shapely.Geometry | None = None
    roads: shapely.Geometry | None = None
    oblasts: shapely.Geometry | None = None
    files: tuple[BaseFile, ...] = field(default_factory=tuple)


def base_layers(book: Path, on: date) -> BaseLayers:
    """Return the layers of a book's ``base`` folder as they were on a day.

    Files are GeoJSON; the name says what a file holds: rivers, lakes, roads or oblasts.

    Raises
    ------
    UsageError
        If a file cannot be read or its name says no layer.
    MapFileError
        If it is not GeoJSON.
    """
    folder = book / FOLDER
    found: dict[str, list[tuple[shapely.Geometry, Mapping[str, Any]]]] = {k: [] for k in KINDS}
    files = []
    for path in sorted(folder.glob("*.geojson")) if folder.is_dir() else []:
        layer, content = layer_of(path), _content(path)
        files.append(BaseFile(layer, path.name, hashlib.sha256(content).hexdigest()))
        found[layer] += _features(path, content)
    great = [one for one, facts in found["rivers"] if _rank(facts) <= GREAT_RIVER]
    lesser = [one for one, facts in found["rivers"] if _rank(facts) > GREAT_RIVER]
    lakes = [one for one, facts in found["lakes"] if not _drained(facts, on)]
    return BaseLayers(
        rivers=_collected(lesser),
        great_rivers=_collected(great),
        lakes=_areas(lakes),
        roads=_collected(one for one, _ in found["roads"]),
        oblasts=_edges([one for one, _ in found["oblasts"]]),
        files=tuple(files),
    )


def layer_of(path: Path) -> str:
    """Return the layer that a file of the base is, by its name."""
    name = path.stem.lower()
    for layer, parts in KINDS.items():
        if any(part in name for part in parts):
            return layer
    raise UsageError(
        f"{path}: its name does not say what it holds; name it {', '.join(KINDS)} (.geojson)"
    )


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST_BYTES:
            raise UsageError(f"{path}: {size:,} bytes are too many for a base layer")
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from None


def _features(path: Path, content: bytes) -> list[tuple[shapely.Geometry, Mapping[str, Any]]]:
    found: list[tuple[shapely.Geometry, Mapping[str, Any]]] = []
    for number, one in enumerate(split_features(content, path.name)):
        try:
            shape = shapely.from_geojson(bytes(one.geometry))
        except GEOSException as error:
            raise MapFileError(path.name, f"geometry cannot be read: {error}", number) from None
        facts = msgspec.json.decode(one.properties)
        if shape is not None:
            found.append((shape, facts if isinstance(facts, dict) else {}))
    return found


def _rank(facts: Mapping[str, Any]) -> float:
    rank = facts.get("scalerank")
    return float(rank) if isinstance(rank, (int, float)) else GREAT_RIVER + 1.0


def _drained(facts: Mapping[str, Any], on: date) -> bool:
    names = " ".join(str(facts.get(key) or "") for key in ("name", "name_en", "name_uk")).lower()
    return any(part in names and on >= since for part, since in DRAINED.items())


def _collected(shapes: Iterable[shapely.Geometry]) -> shapely.Geometry | None:
    lines = [part for shape in shapes for part in shapely.get_parts(shape).tolist()]
    lines = [part for part in lines if part.geom_type == "LineString"]
    return shapely.MultiLineString(lines) if lines else None


def _areas(shapes: list[shapely.Geometry]) -> shapely.Geometry | None:
    areas = [part for shape in shapes for part in polygons_of(shapely.make_valid(shape))]
    return shapely.union_all(areas) if areas else None


def _edges(shapes: list[shapely.Geometry]) -> shapely.Geometry | None:
    """Return the lines between areas, each once.

    Rings of some published boundaries are invalid: they are mended, never buffered by 0, which
    would delete them in silence.
    """
    rings = [shapely.boundary(shapely.MultiPolygon(polygons_of(shapely.make_valid(one))))
             for one in shapes if one.geom_type in {"Polygon", "MultiPolygon"}]  # fmt: skip
    lines = [one for one in shapes if one.geom_type in {"LineString", "MultiLineString"}]
    return shapely.union_all([*rings, *lines]) if rings or lines else None
