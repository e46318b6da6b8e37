"""Read one file of the daily mirror: controlled ground and nothing else. Pure.

The file of day D shows DeepState's map at the end of day D-1, so `as_of` is the day before the
file's date.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

from contested.errors import MapFileError
from contested.geo.geojson import (
    GeometryMemo,
    base_name,
    geometry_type,
    read_geometry,
    split_features,
)
from contested.records import (
    Area,
    ControlMap,
    DroppedPart,
    Holder,
    RepairedPart,
    SnapshotId,
    Status,
    Territory,
)

SOURCE = "deepstate_daily"
RECIPE = "deepstate_daily/2"
"""Version of the rules; raised with any change in what `parse` makes of the same bytes."""

CARRIES = frozenset({Status.CONTROLLED})
SOURCE_WORD = "occupied (daily file, one area)"
_FILE_NAME = re.compile(r"deepstatemap_data_(\d{8})\.(geo)?json", re.ASCII)
_POLYGONAL = frozenset({"Polygon", "MultiPolygon"})

Memo = GeometryMemo


def dates(file: str) -> tuple[date, datetime]:
    """Return the day of the map and the end of that day (UTC): the file of day D shows D-1.

    Raises
    ------
    MapFileError
        If the file's name does not carry a date.
    """
    match = _FILE_NAME.fullmatch(base_name(file))
    try:
        day = datetime.strptime(match[1], "%Y%m%d").replace(tzinfo=UTC).date() if match else None
    except ValueError:
        day = None
    if day is None or day == date.min:
        raise MapFileError(file, "the name must be deepstatemap_data_YYYYMMDD.geojson")
    return day - timedelta(days=1), datetime.combine(day, time(0), UTC)


def snapshot_id(content: bytes, file: str) -> SnapshotId:
    """Return which snapshot a file is: the file of day D is the map of day D-1.

    Raises
    ------
    MapFileError
        If the file's name does not carry a date.
    """
    return SnapshotId(SOURCE, sha256(content).hexdigest(), *dates(file))


def parse(content: bytes, file: str, memo: Memo | None = None) -> ControlMap:
    """Read one daily file.

    Parameters
    ----------
    content
        The file's bytes.
    file
        Its name; carries the date and is named in every message.
    memo
        Remembers geometry across files; `None` reads everything anew. The result is the same.

    Raises
    ------
    MapFileError
        If the file is not a map; file and feature are named.
    """
    memo = Memo() if memo is None else memo
    snapshot = snapshot_id(content, file)
    areas: list[Area] = []
    dropped: list[DroppedPart] = []
    repaired: list[RepairedPart] = []
    features = split_features(content, file)
    if not features:
        raise MapFileError(file, "has no feature: a daily file holds one MultiPolygon")
    for index, feature in enumerate(features):
        if (kind := geometry_type(feature.geometry)) not in _POLYGONAL:
            raise MapFileError(file, f"geometry of type {kind!r}, not a MultiPolygon", index)
        read = read_geometry(feature.geometry, memo)
        if read.faults:
            raise MapFileError(file, read.faults[0], index)
        dropped += [DroppedPart(index, area, bounds) for area, bounds in read.dropped]
        repaired += [RepairedPart(index, reason, area) for reason, area in read.repaired]
        if read.shape is not None:
            areas.append(
                Area(Status.CONTROLLED, SOURCE_WORD, Holder.RUSSIA, Territory.UKRAINE, read.shape)
            )
    return ControlMap(
        snapshot, CARRIES, tuple(areas), dropped=tuple(dropped), repaired=tuple(repaired)
    )
