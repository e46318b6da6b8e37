"""Rivers, lakes, roads and oblasts that the user added to a book, as layers of a map."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import msgspec
import shapely
from shapely.errors import GEOSException

from contested.errors import MapFileError, UsageError
from contested.geo.geojson import split_features
from contested.geo.measure import polygons_of
from contested.render.language import ENGLISH
from contested.store.book import DERIVED
from contested.store.derived import Derived

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    _Feature = tuple[shapely.Geometry, Mapping[str, Any]]

FOLDER: Final = "base"
RECIPE: Final = "base-layers/4"
KEPT: Final = "base-layers.bin"
KINDS: Final = {
    "rivers": ("river", "stream"),
    "lakes": ("lake", "water", "reservoir"),
    "roads": ("road", "highway", "street"),
    "oblasts": ("oblast", "boundar", "border", "admin"),
}
"""Layer → what a file's name holds that is one."""

COARSE_DEG: Final = 0.01
_OFFICIAL: Final = {
    **{english: name for name, english in ENGLISH.oblasts.items()},
    **{name.removesuffix(" область"): name for name in ENGLISH.oblasts},
    **{name: name for name in ENGLISH.oblasts},
}
"""A file's word for an oblast, in English or Ukrainian → its official name."""
LARGEST_BYTES: Final = 200_000_000
GREAT_RIVER: Final = 6
"""Natural Earth's rank up to which a river is drawn broad: Dnipro, Don, Dniester."""
DRAINED: Final = {"kakhovka": date(2023, 7, 1), "каховськ": date(2023, 7, 1)}
"""Part of a lake's name → first day on which it is no longer drawn.

The dam at Kakhovka broke on 6 June 2023; within the month the reservoir had run out.
"""


@dataclass(frozen=True, slots=True)
class BaseFile:
    """A file of the base with its hash, and whom it asks to be credited."""

    layer: str
    file: str
    sha256: str
    credit: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class BaseLayers:
    """What lies under a map beside countries, degrees; `None` where nothing was added.

    Attributes
    ----------
    oblasts, inner
        Every edge of an oblast; without the border of them all together.
    streams
        Rivers with a name, by the name in their file.
    areas
        Oblasts as areas, for their names only, by their official Ukrainian ones; coarsely.
    """

    rivers: shapely.Geometry | None = None
    great_rivers: shapely.Geometry | None = None
    lakes: shapely.Geometry | None = None
    roads: shapely.Geometry | None = None
    oblasts: shapely.Geometry | None = None
    inner: shapely.Geometry | None = None
    streams: Mapping[str, shapely.Geometry] = field(default_factory=dict)
    areas: Mapping[str, shapely.Geometry] = field(default_factory=dict)
    files: tuple[BaseFile, ...] = field(default_factory=tuple)

    @property
    def key(self) -> str:
        """Return what everything made from these files is kept under."""
        listed = " ".join(f"{one.layer}:{one.sha256}" for one in self.files)
        return hashlib.sha256(listed.encode()).hexdigest()


class _Credited(msgspec.Struct):
    """A file that says whom to credit."""

    credit: str = ""


class _Packed(msgspec.Struct):
    """Layers as WKB; lakes that ran out by the day since when (ISO)."""

    shapes: dict[str, bytes | None]
    drained: dict[str, bytes]
    streams: dict[str, bytes]
    areas: dict[str, bytes]
    credits: list[str]


def base_layers(book: Path, on: date) -> BaseLayers:
    """Return the layers of a book's ``base`` folder as they were on a day.

    Files are GeoJSON; the name says what a file holds: rivers, lakes, roads or oblasts. What was
    read is kept in the book's folder of derived files, by the hashes of the files.

    Raises
    ------
    UsageError
        If a file cannot be read or its name says no layer.
    MapFileError
        If it is not GeoJSON.
    """
    folder, derived = book / FOLDER, Derived(book / DERIVED)
    listed = sorted(folder.glob("*.geojson")) if folder.is_dir() else []
    if not listed:
        return BaseLayers()
    contents = [_content(path) for path in listed]
    files = [
        BaseFile(layer_of(path), path.name, hashlib.sha256(content).hexdigest())
        for path, content in zip(listed, contents, strict=True)
    ]
    key = f"{RECIPE} {BaseLayers(files=tuple(files)).key}"
    kept = derived.kept(KEPT, key)
    if kept is None:
        kept = msgspec.msgpack.encode(_read(files, contents))
        derived.keep(KEPT, key, kept)
    return _unpacked(msgspec.msgpack.decode(kept, type=_Packed), files, on)


def _read(files: list[BaseFile], contents: list[bytes]) -> _Packed:
    """Return everything in the files, whatever the day."""
    found: dict[str, list[_Feature]] = {kind: [] for kind in KINDS}
    for one, content in zip(files, contents, strict=True):
        found[one.layer] += _features(one.file, content)
    great = [shape for shape, facts in found["rivers"] if _rank(facts) <= GREAT_RIVER]
    lesser = [shape for shape, facts in found["rivers"] if _rank(facts) > GREAT_RIVER]
    ran_out: dict[str, list[shapely.Geometry]] = {}
    for shape, facts in found["lakes"]:
        ran_out.setdefault(_drained(facts), []).append(shape)
    shapes = {
        "rivers": _collected(lesser),
        "great_rivers": _collected(great),
        "lakes": _areas(ran_out.pop("", [])),
        "roads": _collected(shape for shape, _ in found["roads"]),
        "oblasts": _edges([shape for shape, _ in found["oblasts"]]),
        "inner": _inner([shape for shape, _ in found["oblasts"]]),
    }
    return _Packed(
        {name: None if one is None else shapely.to_wkb(one) for name, one in shapes.items()},
        {day: shapely.to_wkb(_areas(one)) for day, one in ran_out.items()},
        {name: shapely.to_wkb(one) for name, one in _named(found["rivers"]).items()},
        {name: shapely.to_wkb(one) for name, one in _titled(found["oblasts"]).items()},
        [_credit(content) for content in contents],
    )


def _unpacked(packed: _Packed, files: list[BaseFile], on: date) -> BaseLayers:
    shapes = {
        name: None if one is None else shapely.from_wkb(one) for name, one in packed.shapes.items()
    }
    still = [shapely.from_wkb(one) for day, one in packed.drained.items() if str(on) < day]
    lakes = [one for one in (shapes.pop("lakes"), *still) if one is not None]
    credited = zip(files, packed.credits, strict=True)
    return BaseLayers(
        **shapes,
        lakes=shapely.union_all(lakes) if lakes else None,
        streams={name: shapely.from_wkb(one) for name, one in packed.streams.items()},
        areas={name: shapely.from_wkb(one) for name, one in packed.areas.items()},
        files=tuple(replace(one, credit=credit) for one, credit in credited),
    )


def layer_of(path: Path) -> str:
    """Return the layer that a file of the base is, by its name."""
    name = path.stem.lower()
    for layer, parts in KINDS.items():
        if any(part in name for part in parts):
            return layer
    raise UsageError(
        f"{path}: its name does not say what it holds: name it so, or say it with "
        f"`contested base add FILE --as {'|'.join(KINDS)}`"
    )


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST_BYTES:
            raise UsageError(f"{path}: {size:,} bytes are too many for a base layer")
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from None


def _features(name: str, content: bytes) -> list[_Feature]:
    found: list[_Feature] = []
    for number, one in enumerate(split_features(content, name)):
        try:
            shape = shapely.from_geojson(bytes(one.geometry))
        except GEOSException as error:
            raise MapFileError(name, f"geometry cannot be read: {error}", number) from None
        facts = msgspec.json.decode(one.properties)
        if shape is not None:
            found.append((shape, facts if isinstance(facts, dict) else {}))
    return found


def _credit(content: bytes) -> str:
    """Return the file's own member ``credit``: what its makers ask to be named as."""
    try:
        return msgspec.json.decode(content, type=_Credited).credit
    except msgspec.ValidationError:
        return ""


def _rank(facts: Mapping[str, Any]) -> float:
    rank = facts.get("scalerank")
    return float(rank) if isinstance(rank, (int, float)) else GREAT_RIVER + 1.0


def _drained(facts: Mapping[str, Any]) -> str:
    """Return the day since when a lake is no longer drawn; empty for one that is there."""
    names = " ".join(str(facts.get(key) or "") for key in ("name", "name_en", "name_uk")).lower()
    return next((str(since) for part, since in DRAINED.items() if part in names), "")


def _named(rivers: list[_Feature]) -> dict[str, shapely.Geometry]:
    """Return the lines of every river with a name, by the file's English or own name."""
    found: dict[str, list[shapely.Geometry]] = {}
    for shape, facts in rivers:
        name = facts.get("name_en") or facts.get("name")
        if isinstance(name, str) and name:
            found.setdefault(name, []).append(shape)
    lines = {name: _collected(shapes) for name, shapes in found.items()}
    return {name: line for name, line in lines.items() if line is not None}


def _titled(oblasts: list[_Feature]) -> dict[str, shapely.Geometry]:
    """Return oblasts whose official name is known, as areas coarse enough to set a name in."""
    found: dict[str, list[shapely.Geometry]] = {}
    for shape, facts in oblasts:
        words = (value for value in facts.values() if isinstance(value, str))
        name = next((_OFFICIAL[one] for one in words if one in _OFFICIAL), None)
        if name is not None:
            found.setdefault(name, []).append(shape)
    areas = {name: _areas(shapes) for name, shapes in found.items()}
    return {name: one.simplify(COARSE_DEG) for name, one in areas.items() if one is not None}


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


def _inner(shapes: list[shapely.Geometry]) -> shapely.Geometry | None:
    """Return the lines between oblasts: what is drawn as lines, and edges without the outer one."""
    areas = [shapely.MultiPolygon(polygons_of(shapely.make_valid(one))) for one in shapes]
    outer = shapely.boundary(shapely.union_all(areas)) if areas else None
    every = _edges(shapes)
    return every if every is None or outer is None else shapely.difference(every, outer)
