"""Polygons out of GeoJSON bytes: exact, and parsed only once.

A series of map files repeats nearly all of its geometry. The file is cut into features without
building objects, each feature's bytes are hashed, and only unseen bytes are read. The memo that
remembers them is an argument, so that reading stays a pure function of bytes and memo.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
import shapely
from xxhash import xxh3_128_digest

from contested.errors import MapFileError
from contested.geo.measure import UNIT, degrees, ring_area_km2
from contested.records import Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from contested.records import Polygon, Ring

FRAME = (22.0, 44.0, 41.0, 53.5)
"""West, south, east, north: parts outside are faults of the map, not ground of this war."""

MAX_DEPTH = 8
"""Geometry collections inside geometry collections; the real files use one level."""

REPAIRABLE = ("Hole lies outside shell", "Interior is disconnected")
"""Faults that re-sorting rings mends without inventing a vertex."""


UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What decoding hostile JSON raises: msgspec looks into strings only when they are asked for."""


class RawFeature(msgspec.Struct):
    """A feature split from its file, nothing in it decoded."""

    geometry: msgspec.Raw
    properties: msgspec.Raw


class RawCollection(msgspec.Struct):
    """A feature collection, split on feature boundaries."""

    type: str
    features: list[RawFeature]


class _Geometry(msgspec.Struct):
    type: str
    coordinates: msgspec.Raw = msgspec.Raw(b"null")
    geometries: list[msgspec.Raw] | None = None


@dataclass(slots=True)
class ReadGeometry:
    """A geometry read once: its shape, what was left out, what was repaired, what is wrong.

    Attributes
    ----------
    shape
        `None` where no polygon lies inside the frame.
    dropped
        Area in km² and bounds in degrees of every part outside the frame.
    repaired
        Reason and area in km² after the repair of every part that was not valid.
    faults
        Sentences; a geometry with faults makes its file unusable.
    """

    shape: Shape | None = None
    dropped: list[tuple[float, tuple[float, float, float, float]]] = field(default_factory=list)
    repaired: list[tuple[str, float]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FastReading:
    """Faster ways for what is plain; they give up on everything else.

    Attributes
    ----------
    read_polygons
        Polygons from the text of coordinates and the number of brackets round each, or `None`.
    surely_valid
        Whether a polygon is valid beyond doubt.
    bounds
        West, south, east and north of a ring.
    """

    read_polygons: Callable[[memoryview, int], list[Polygon] | None]
    surely_valid: Callable[[Polygon], bool]
    bounds: Callable[[Ring], tuple[int, int, int, int]]


@dataclass(slots=True)
class GeometryMemo:
    """Geometry read before, by the hash of its bytes.

    Attributes
    ----------
    fast
        Compiled ways of reading (`contested.geo.numbers.FAST`), worth their start-up time from
        some 10 MB of new geometry on. The result is the same.
    """

    known: dict[bytes, ReadGeometry] = field(default_factory=dict)
    fast: FastReading | None = None


_HEAD = b'{"type":"Feature"'
_BEFORE = b'"features":['


def cut_features(content: bytes) -> list[bytes] | None:
    """Cut a feature collection in plain layout into the texts of its features, without their head.

    Cuts where ``,{"type":"Feature"`` stands and checks what is round the features. The caller has
    to see that every text is a feature on its own, by `read_feature`, which makes the cut exact: a
    cut inside a string or a nested object would leave texts that are no JSON.

    Returns
    -------
    list or None
        `None` where the layout is another one; `split_features` reads every layout.
    """
    begin = content.find(_BEFORE, 0, 400) + len(_BEFORE)
    end = content.rfind(b"]")
    if begin < len(_BEFORE) or end < begin or content.count(_BEFORE, 0, begin) != 1:
        return None
    try:
        around = msgspec.json.decode(content[:begin] + content[end:], type=RawCollection)
    except UNREADABLE:
        return None
    if around.type != "FeatureCollection" or around.features:
        return None
    if not content.startswith(_HEAD, begin):
        return None
    texts = content.split(b"," + _HEAD)
    behind = len(content) - end
    if content.count(_HEAD, 0, begin) or behind > len(texts[-1]):
        return None
    texts[-1] = texts[-1][:-behind]
    texts[0] = texts[0][begin + len(_HEAD) :]
    return texts


def read_feature(text: bytes) -> RawFeature | None:
    """Return the parts of one feature, `None` if its text is not exactly one JSON object."""
    try:
        return msgspec.json.decode(_HEAD + text, type=RawFeature)
    except UNREADABLE:
        return None


def base_name(file: str) -> str:
    """Return the last part of a file's name, whichever way its folders are written."""
    return file.replace("\\", "/").rpartition("/")[2]


def split_features(content: bytes, file: str) -> list[RawFeature]:
    """Split a GeoJSON feature collection into raw features.

    Raises
    ------
    MapFileError
        If the bytes are not JSON, or not a feature collection; the message names the place.
    """
    try:
        collection = msgspec.json.decode(content, type=RawCollection)
    except msgspec.ValidationError as error:
        raise MapFileError(file, f"not a GeoJSON FeatureCollection: {error}") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise MapFileError(file, _why_not_json(content, str(error))) from None
    except RecursionError:
        raise MapFileError(file, "nested too deeply to be a map; not read") from None
    if collection.type != "FeatureCollection":
        raise MapFileError(file, f"top-level type is {collection.type!r}, not FeatureCollection")
    return collection.features


def _why_not_json(content: bytes, error: str) -> str:
    head = content[:200].lstrip().lower()
    if head.startswith(b"<"):
        return "is XML (a GDAL virtual file, perhaps), not GeoJSON; never opened through GDAL"
    if not content:
        return "is empty"
    if head.startswith(b"pk\x03\x04"):
        return "is a ZIP archive, not GeoJSON; unpack it first"
    if head.startswith((b"\x1f\x8b", b"\x28\xb5\x2f\xfd")):
        return "is packed (gzip or zstd), not GeoJSON; unpack it first"
    if b"truncated" in error.encode():
        return "ends in the middle of the JSON: truncated; fetch it again"
    return f"is not JSON: {error}"


def geometry_type(geometry: msgspec.Raw) -> str:
    """Return the type of a raw GeoJSON geometry, ``"null"`` for none."""
    head = bytes(memoryview(geometry)[:40])
    if head.startswith(b'{"type":"') and (end := head.find(b'"', 9)) > 0:
        return head[9:end].decode("ascii", "replace")
    if head.strip() == b"null":
        return "null"
    try:
        return msgspec.json.decode(geometry, type=_Geometry).type
    except UNREADABLE:
        return "unreadable"


def read_geometry(geometry: msgspec.Raw, memo: GeometryMemo) -> ReadGeometry:
    """Read the polygons of a raw geometry, or find them in the memo.

    Rings keep the source's vertex order and all of its decimals down to 1e-7 degree. z is left
    out. Parts wholly outside `FRAME` are dropped one by one: dropping the feature would lose good
    ground with them.
    """
    key = xxh3_128_digest(geometry)
    known = memo.known.get(key)
    if known is None:
        known = memo.known[key] = _read(geometry, memo.fast)
    return known


def shape_key(polygons: Iterable[Polygon]) -> bytes:
    """Return the key of a shape: a hash of its rings as stored, whatever text they came from."""
    digest = blake2b(digest_size=16)
    for polygon in polygons:
        digest.update(np.array([len(polygon), *map(len, polygon)], dtype="<i4").data)
        for ring in polygon:
            digest.update(np.ascontiguousarray(ring, dtype="<i4").data)
    return digest.digest()


def _read(geometry: msgspec.Raw, fast: FastReading | None) -> ReadGeometry:
    result = ReadGeometry()
    try:
        polygons = _polygons(geometry, 0, fast)
    except _GeometryFaultError as fault:
        result.faults.append(str(fault))
        return result
    kept: list[Polygon] = []
    measured: list[Polygon] = []
    for polygon in polygons:
        _keep_part(polygon, kept, measured, result, fast)
    if kept and not result.faults:
        repaired = tuple(measured) if result.repaired else None
        result.shape = Shape(shape_key(kept), tuple(kept), repaired)
    return result


def _keep_part(
    polygon: Polygon,
    kept: list[Polygon],
    measured: list[Polygon],
    result: ReadGeometry,
    fast: FastReading | None,
) -> None:
    """Sort one part: outside the frame, valid, repairable or faulty."""
    west, south, east, north = _bounds(polygon[0], fast)
    if west > FRAME[2] or east < FRAME[0] or south > FRAME[3] or north < FRAME[1]:
        if west > FRAME[1] and east < FRAME[3] and south > FRAME[0] and north < FRAME[2]:
            result.faults.append(
                f"axes look swapped near {west:.4f}, {south:.4f}: GeoJSON wants longitude first"
            )
            return
        area = abs(ring_area_km2(degrees(polygon[0])))
        result.dropped.append((area, (west, south, east, north)))
        return
    if west < FRAME[0] or east > FRAME[2] or south < FRAME[1] or north > FRAME[3]:
        result.faults.append(
            f"a polygon reaches from {west:.2f}, {south:.2f} to {east:.2f}, {north:.2f}, "
            f"beyond the frame {FRAME[0]:g}–{FRAME[2]:g}°E {FRAME[1]:g}–{FRAME[3]:g}°N"
        )
        return
    kept.append(polygon)
    if fast is not None and fast.surely_valid(polygon):
        measured.append(polygon)
        return
    shape = as_shapely(polygon)
    if shape.is_valid:
        measured.append(polygon)
        return
    reason = shapely.is_valid_reason(shape)
    if not reason.startswith(REPAIRABLE):
        result.faults.append(f"not a valid polygon: {_readable(reason)}")
        return
    mended = repair(shape)
    measured.extend(mended)
    result.repaired.append((_readable(reason), sum(_polygon_km2(p) for p in mended)))


def _bounds(ring: Ring, fast: FastReading | None) -> tuple[float, float, float, float]:
    """Return west, south, east and north of a ring in degrees."""
    if fast is not None:
        west, south, east, north = fast.bounds(ring)
    else:
        (west, south), (east, north) = ring.min(axis=0).tolist(), ring.max(axis=0).tolist()
    return west / UNIT, south / UNIT, east / UNIT, north / UNIT


def repair(polygon: shapely.Polygon) -> list[Polygon]:
    """Return the valid polygons that a polygon with misplaced holes stands for."""
    valid = shapely.make_valid(polygon)
    parts = [p for p in shapely.get_parts(valid) if p.geom_type in {"Polygon", "MultiPolygon"}]
    return [as_rings(q) for p in parts for q in shapely.get_parts(p)]


def as_shapely(polygon: Polygon) -> shapely.Polygon:
    """Return stored rings as a Shapely polygon in degrees."""
    return shapely.Polygon(degrees(polygon[0]), [degrees(hole) for hole in polygon[1:]])


def as_rings(polygon: shapely.Polygon) -> Polygon:
    """Return a Shapely polygon in degrees as stored rings, rounded to 1e-7 degree."""
    rings = (polygon.exterior, *polygon.interiors)
    return tuple(np.rint(shapely.get_coordinates(r) * UNIT).astype(np.int32) for r in rings)


def _polygon_km2(polygon: Polygon) -> float:
    areas = [abs(ring_area_km2(degrees(ring))) for ring in polygon]
    return areas[0] - sum(areas[1:])


def _readable(reason: str) -> str:
    """Turn GEOS's "Self-intersection[37.1 48.2]" into words."""
    what, _, where = reason.partition("[")
    lon, _, lat = where.rstrip("]").partition(" ")
    try:
        return f"{what.lower()} near {float(lon):.5f}, {float(lat):.5f}"
    except ValueError:
        return what.lower()


class _GeometryFaultError(Exception):
    """What is wrong with a geometry, before file and feature are known."""


def _polygons(raw: msgspec.Raw, depth: int, fast: FastReading | None) -> list[Polygon]:
    if depth > MAX_DEPTH:
        msg = f"geometry collections nested more than {MAX_DEPTH} deep"
        raise _GeometryFaultError(msg)
    if fast is not None and (plain := _plain(raw, fast)) is not None:
        return plain
    geometry = _decode(raw, _Geometry, "geometry")
    if geometry.type == "Polygon":
        return [_polygon(_decode(geometry.coordinates, _POLYGON, "coordinates"))]
    if geometry.type == "MultiPolygon":
        return [_polygon(p) for p in _decode(geometry.coordinates, _MULTIPOLYGON, "coordinates")]
    if geometry.type == "GeometryCollection":
        members = geometry.geometries or []
        return [p for member in members for p in _polygons(member, depth + 1, fast)]
    return []


def _plain(raw: msgspec.Raw, fast: FastReading) -> list[Polygon] | None:
    """Return the polygons of a geometry that is a type and plain coordinates, nothing else.

    What is between the head and the last brace is read to its last byte, or not at all: nothing
    else can hide there.
    """
    text = memoryview(raw)
    head = bytes(text[:_LONGEST_HEAD])
    for begins, brackets in _HEADS.items():
        if head.startswith(begins) and text[-1] == ord("}"):
            return fast.read_polygons(text[len(begins) : -1], brackets)
    return None


_HEADS = {
    b'{"type":"Polygon","coordinates":': 0,
    b'{"type":"MultiPolygon","coordinates":': 1,
}
"""How a plain geometry begins → brackets round each polygon."""

_LONGEST_HEAD = max(map(len, _HEADS))
_POLYGON = list[list[list[float]]]
_MULTIPOLYGON = list[list[list[list[float]]]]


def _decode(raw: msgspec.Raw, kind: Any, what: str) -> Any:
    try:
        return msgspec.json.decode(raw, type=kind)
    except UNREADABLE as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        msg = f"{what} cannot be read: {reason}"
        raise _GeometryFaultError(msg) from None


def _polygon(rings: list[list[list[float]]]) -> Polygon:
    if not rings:
        msg = "polygon without rings"
        raise _GeometryFaultError(msg)
    return tuple(_ring(ring) for ring in rings)


def _ring(positions: list[list[float]]) -> Ring:
    lonlat = _lonlat(positions)
    if len(lonlat) < 4:  # noqa: PLR2004 (RFC 7946: a linear ring has four or more positions)
        msg = f"ring of {len(lonlat)} positions: a closed ring has at least 4"
        raise _GeometryFaultError(msg)
    if not np.isfinite(lonlat).all():
        msg = "coordinate that is not a finite number"
        raise _GeometryFaultError(msg)
    if np.abs(lonlat[:, 0]).max() > 180 or np.abs(lonlat[:, 1]).max() > 90:  # noqa: PLR2004
        worst = lonlat[np.argmax(np.abs(lonlat).max(axis=1))]
        msg = f"coordinate {worst[0]:g}, {worst[1]:g} is not a longitude and latitude in degrees"
        raise _GeometryFaultError(msg)
    vertices = np.rint(lonlat * UNIT).astype(np.int32)
    if (vertices[0] != vertices[-1]).any():
        msg = "ring that is not closed: first and last position differ"
        raise _GeometryFaultError(msg)
    return vertices


def _lonlat(positions: list[list[float]]) -> NDArray[np.float64]:
    """Return positions as an array of shape (n, 2); a third coordinate is left out."""
    try:
        array = np.array(positions, dtype=np.float64)
    except (ValueError, OverflowError):
        array = np.empty(0)
    if positions and (array.ndim != 2 or array.shape[1] < 2):  # noqa: PLR2004
        msg = "positions of unequal or too short length"
        raise _GeometryFaultError(msg)
    return array[:, :2] if positions else array.reshape(0, 2)
