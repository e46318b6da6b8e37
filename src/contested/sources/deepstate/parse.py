"""Read one file of DeepState's full series: bytes in, a `ControlMap` out. Pure.

The rules are measured on all 1,359 snapshots of 2022-04-03 to 2025-08-03; `README.md` beside this
file says where each comes from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256

import msgspec

from contested.errors import MapFileError, UnknownStatusError
from contested.geo.geojson import (
    UNREADABLE,
    GeometryMemo,
    RawFeature,
    ReadGeometry,
    base_name,
    geometry_type,
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
RECIPE = "deepstate/1"
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

    geometries: GeometryMemo = field(default_factory=dict)
    properties: dict[bytes, tuple[str, str]] = field(default_factory=dict)


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
    features = split_features(content, file)
    reading = _Reading(file=file, memo=memo)
    for index, feature in enumerate(features):
        reading.add(index, feature)
    reading.raise_faults()
    return ControlMap(
        snapshot=snapshot,
        carries=CARRIES,
        areas=tuple(reading.areas),
        points_dropped=reading.points,
        dropped=tuple(reading.dropped),
        repaired=tuple(reading.repaired),
        flags=tuple(reading.flags),
    )


@dataclass(slots=True)
class _Reading:
    """One pass over the features of one file."""

    file: str
    memo: Memo
    points: int = 0
    areas: list[Area] = field(default_factory=list)
    dropped: list[DroppedPart] = field(default_factory=list)
    repaired: list[RepairedPart] = field(default_factory=list)
    flags: list[FeatureFlag] = field(default_factory=list)
    unknown: dict[str, int] = field(default_factory=dict)
    faults: list[tuple[int, str]] = field(default_factory=list)

    def add(self, index: int, feature: RawFeature) -> None:
        kind = geometry_type(feature.geometry)
        if kind in _LEFT_OUT:
            self.points += 1
            return
        if kind not in _POLYGONAL:
            self.faults.append((index, f"geometry of type {kind!r}"))
            return
        try:
            fill, name = self._properties(feature)
        except UNREADABLE as error:
            self.faults.append((index, f"properties cannot be read: {error}"))
            return
        try:
            found = classify(fill, name)
        except KeyError:
            self.unknown.setdefault(fill, index)
            return
        if found is not None:
            self._keep(index, found, name, read_geometry(feature.geometry, self.memo.geometries))

    def _properties(self, feature: RawFeature) -> tuple[str, str]:
        raw = bytes(feature.properties)
        known = self.memo.properties.get(raw)
        if known is None:
            read = msgspec.json.decode(raw, type=_Properties)
            known = ((read.fill or "none").lower(), normalise_name(read.name or ""))
            self.memo.properties[raw] = known
        return known

    def _keep(self, index: int, found: Class, name: str, read: ReadGeometry) -> None:
        self.faults.extend((index, fault) for fault in read.faults)
        self.dropped.extend(DroppedPart(index, area, bounds) for area, bounds in read.dropped)
        self.repaired.extend(RepairedPart(index, reason, area) for reason, area in read.repaired)
        if (doubt := disagreement(found, name)) is not None:
            self.flags.append(FeatureFlag(index, doubt))
        if read.shape is not None:
            area = Area(found.status, name, found.holder, found.territory, read.shape)
            self.areas.append(area)

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
