"""Read one file of DeepState's full series: bytes in, a `ControlMap` out. Pure.

The rules are measured on all 1,359 snapshots of 2022-04-03 to 2025-08-03; `README.md` beside this
file says where each comes from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import cast

import msgspec
from xxhash import xxh3_128_digest

from contested.errors import MapFileError, UnknownStatusError
from contested.geo.geojson import (
    UNREADABLE,
    GeometryMemo,
    RawFeature,
    ReadGeometry,
    base_name,
    cut_features,
    geometry_type,
    read_feature,
    read_geometry,
    split_features,
)
from contested.records import (
    Area,
    ControlMap,
    DroppedPart,
    FeatureFlag,
    RepairedPart,
    SnapshotId,
)
from contested.sources.deepstate.rules import (
    CARRIES,
    Class,
    classify,
    disagreement,
    normalise_name,
)

SOURCE = "deepstate"
RECIPE = "deepstate/2"
"""Version of the rules; raised with any change in what `parse` makes of the same bytes."""

LONGEST_FILL = 40
_POLYGONAL = frozenset({"Polygon", "MultiPolygon", "GeometryCollection"})
_LEFT_OUT = frozenset({"Point", "MultiPoint", "LineString", "MultiLineString", "null"})
_FILE_NAME = re.compile(r"(\d{9,10})\.(geo)?json", re.ASCII)


class _Properties(msgspec.Struct):
    name: str | None = None
    fill: str | None = None


@dataclass(slots=True)
class Memo:
    """What was read before, so that repeated bytes cost a hash."""

    geometries: GeometryMemo = field(default_factory=GeometryMemo)
    features: dict[bytes, _Feature] = field(default_factory=dict)
    properties: dict[bytes, tuple[str, str]] = field(default_factory=dict)
    doubts: dict[tuple[Class, str], str | None] = field(default_factory=dict)


def dates(file: str) -> tuple[date, datetime]:
    """Return the day and the time of publication (UTC) that a file's name carries.

    Raises
    ------
    MapFileError
        If the file's name is not a time of publication.
    """
    match = _FILE_NAME.fullmatch(base_name(file))
    if match is None:
        raise MapFileError(
            file, "the name must be the time of publication in Unix seconds (1754251105.geojson)"
        )
    published = datetime.fromtimestamp(int(match[1]), UTC)
    return published.date(), published


def snapshot_id(content: bytes, file: str) -> SnapshotId:
    """Return which snapshot a file is; its name is the time of publication in Unix seconds.

    Raises
    ------
    MapFileError
        If the file's name is not a time of publication.
    """
    return SnapshotId(SOURCE, sha256(content).hexdigest(), *dates(file))


def parse(content: bytes, file: str, memo: Memo | None = None) -> ControlMap:
    """Read one map file.

    Parameters
    ----------
    content
        The file's bytes.
    file
        Its name; carries the time of publication and is named in every message.
    memo
        Remembers geometry across files; `None` reads everything anew. The result is the same.

    Raises
    ------
    UnknownStatusError
        If colours without a rule occur; all of them are named.
    MapFileError
        If the file is not a map; file and feature are named.
    """
    memo = Memo() if memo is None else memo
    snapshot = snapshot_id(content, file)
    features = _features_of_texts(cut_features(content), memo)
    if features is None:
        features = [_understand(feature, memo) for feature in split_features(content, file)]
    reading = _Reading(file)
    for index, feature in enumerate(features):
        if feature.remarks:
            reading.note(index, feature)
    reading.raise_faults()
    return ControlMap(
        snapshot=snapshot,
        carries=CARRIES,
        areas=tuple([feature.area for feature in features if feature.area is not None]),
        points_dropped=features.count(_POINT),
        dropped=tuple(reading.dropped),
        repaired=tuple(reading.repaired),
        flags=tuple(reading.flags),
    )


def _features_of_texts(texts: list[bytes] | None, memo: Memo) -> list[_Feature] | None:
    """Return what is known of features by the hash of their text, reading those never seen.

    The hash (XXH3, 128 bits) only finds repeats within one reading; what is kept for good is
    named by SHA-256. `None` if a text is not a feature by itself.
    """
    if texts is None:
        return None
    keys = list(map(xxh3_128_digest, texts))
    found = list(map(memo.features.get, keys))
    for index, text in enumerate(texts) if None in found else ():
        if found[index] is None:
            feature = read_feature(text)
            if feature is None:
                return None
            found[index] = memo.features[keys[index]] = _understand(feature, memo)
    return cast("list[_Feature]", found)


@dataclass(frozen=True, slots=True, eq=False)
class _Feature:
    """What one feature comes to.

    Attributes
    ----------
    area
        `None` where it is no area: a point, or ground that the rules leave out.
    remarks
        Whether anything below is to be recorded with the feature's index.
    """

    area: Area | None = None
    remarks: bool = False
    dropped: tuple[tuple[float, tuple[float, float, float, float]], ...] = ()
    repaired: tuple[tuple[str, float], ...] = ()
    doubt: str | None = None
    unknown: str | None = None
    faults: tuple[str, ...] = ()


_POINT = _Feature()
_EXCLUDED = _Feature()


def _understand(feature: RawFeature, memo: Memo) -> _Feature:
    """Apply the rules to one feature; geometry is read only where it may be ground."""
    kind = geometry_type(feature.geometry)
    if kind in _LEFT_OUT:
        return _POINT
    if kind not in _POLYGONAL:
        return _Feature(remarks=True, faults=(f"geometry of type {kind!r}",))
    try:
        fill, name = _properties(feature, memo)
    except UNREADABLE as error:
        return _Feature(remarks=True, faults=(f"properties cannot be read: {error}",))
    try:
        found = classify(fill, name)
    except KeyError:
        return _Feature(remarks=True, unknown=fill)
    if found is None:
        return _EXCLUDED
    if (found, name) not in memo.doubts:
        memo.doubts[found, name] = disagreement(found, name)
    doubt = memo.doubts[found, name]
    return _keep(found, name, read_geometry(feature.geometry, memo.geometries), doubt)


def _properties(feature: RawFeature, memo: Memo) -> tuple[str, str]:
    raw = bytes(feature.properties)
    known = memo.properties.get(raw)
    if known is None:
        read = msgspec.json.decode(raw, type=_Properties)
        known = ((read.fill or "none").lower(), normalise_name(read.name or ""))
        memo.properties[raw] = known
    return known


def _keep(found: Class, name: str, read: ReadGeometry, doubt: str | None) -> _Feature:
    area = None
    if read.shape is not None:
        area = Area(found.status, name, found.holder, found.territory, read.shape)
    return _Feature(
        area=area,
        remarks=bool(doubt or read.dropped or read.repaired or read.faults),
        dropped=tuple(read.dropped),
        repaired=tuple(read.repaired),
        doubt=doubt,
        faults=tuple(read.faults),
    )


@dataclass(slots=True)
class _Reading:
    """What is to be recorded of the features of one file."""

    file: str
    dropped: list[DroppedPart] = field(default_factory=list)
    repaired: list[RepairedPart] = field(default_factory=list)
    flags: list[FeatureFlag] = field(default_factory=list)
    unknown: dict[str, int] = field(default_factory=dict)
    faults: list[tuple[int, str]] = field(default_factory=list)

    def note(self, index: int, feature: _Feature) -> None:
        self.faults.extend((index, fault) for fault in feature.faults)
        self.dropped.extend(DroppedPart(index, area, bounds) for area, bounds in feature.dropped)
        self.repaired.extend(RepairedPart(index, why, area) for why, area in feature.repaired)
        if feature.doubt is not None:
            self.flags.append(FeatureFlag(index, feature.doubt))
        if feature.unknown is not None:
            self.unknown.setdefault(feature.unknown, index)

    def raise_faults(self) -> None:
        """Raise once for everything that was wrong with the file."""
        if self.faults:
            index, fault = self.faults[0]
            more = f" (and {len(self.faults) - 1} more faults)" if len(self.faults) > 1 else ""
            raise MapFileError(self.file, fault + more, index)
        if self.unknown:
            named = ", ".join(
                f"{fill[:LONGEST_FILL]} (feature {i})" for fill, i in sorted(self.unknown.items())
            )
            raise UnknownStatusError(
                self.file, f"no rule for the fill {named}; snapshot quarantined, never guessed"
            )
