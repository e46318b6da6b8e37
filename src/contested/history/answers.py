"""What the commands and the API answer: one record a question, named as in their JSON."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import msgspec


class AreasOn(msgspec.Struct, frozen=True, kw_only=True):
    """Areas by status on one day, km². `None`: the source does not hold this status."""

    source: str
    asked: date
    as_of: date
    snapshot: str
    areas_km2: dict[str, float | None]
    not_held: list[str]
    method: str


class RegionAreas(msgspec.Struct, frozen=True, kw_only=True):
    """Areas by status within a region. `controlled_percent` is of the whole region."""

    id: str | None
    name: str
    region_km2: float
    areas_km2: dict[str, float | None]
    controlled_percent: float | None


class RegionsOn(msgspec.Struct, frozen=True, kw_only=True):
    """Areas by status within regions on one day; `boundaries` names the outlines' files.

    `outside_km2` is what the map has beyond all outlines, `None` where one region was asked for.
    """

    source: str
    asked: date
    as_of: date
    snapshot: str
    regions: list[RegionAreas]
    outside_km2: dict[str, float | None] | None
    boundaries: list[str]
    not_held: list[str]
    method: str


class MatrixCell(
    msgspec.Struct, frozen=True, kw_only=True, rename={"before": "from", "after": "to"}
):
    """Ground that went from one status to another, km². `None`: the map says nothing there."""

    before: str | None
    after: str | None
    km2: float


class EdgesRedrawn(msgspec.Struct, frozen=True, kw_only=True):
    """Edges of outlines that came and went between two maps.

    `redrawn`: those that came in the place of one that went, both ends within a metre.
    """

    came: int
    gone: int
    redrawn: int


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What changed between two maps; gained and lost are Russia's controlled ground."""

    source: str
    asked: tuple[date, date]
    from_day: date
    to_day: date
    from_snapshot: str
    to_snapshot: str
    gained_km2: float
    lost_km2: float
    net_km2: float
    matrix: list[MatrixCell]
    edges: EdgesRedrawn
    not_held: list[str]
    method: str


class ChangedPlace(
    msgspec.Struct, frozen=True, kw_only=True, rename={"before": "from", "after": "to"}
):
    """A settlement whose point the later map shows otherwise than the earlier one.

    `from` and `to` are `controlled`, `contested` or `free` (government-controlled; of a source
    without contested ground: not controlled). `day`: the map that first showed what still holds.
    """

    place: str
    place_id: str
    oblast: str | None
    population: int | None
    population_source: str | None
    lon: float
    lat: float
    before: str
    after: str
    day: date
    snapshot: str


class Redraw(msgspec.Struct, frozen=True, kw_only=True):
    """A map that mainly draws the outlines of the one before it anew, within a metre.

    `came`: edges of the whole map that the one before did not have; `redrawn`: those of them that
    only take the place of one that went.
    """

    day: date
    snapshot: str
    came: int
    redrawn: int


class ShownOn(msgspec.Struct, frozen=True, kw_only=True):
    """What a settlement's point was shown as from a map on."""

    day: date
    status: str


class FlippedPlace(msgspec.Struct, frozen=True, kw_only=True):
    """A settlement that changed and changed back: both ends show the same."""

    place: str
    place_id: str
    oblast: str | None
    population: int | None
    population_source: str | None
    status: str
    shown: list[ShownOn]


class MapFault(msgspec.Struct, frozen=True, kw_only=True):
    """A step from map to map that is probably a fault of the map (`map_fault/1`).

    `taken_back_km2`: what the next map took back; 0 for a step that is only too large; `None`
    where no later map is held, so that nobody can tell yet.
    """

    day: date
    snapshot: str
    status: str
    step_km2: float
    taken_back_km2: float | None


class WhatChanged(msgspec.Struct, frozen=True, kw_only=True):
    """What changed between two maps, in figures and by settlement; `digest` says it in words.

    Gained and lost are Russia's controlled ground. `contested_*` is `None` where the source does
    not show contested ground. `published` and `from_published`: when the source published the
    two maps, UTC.
    """

    source: str
    asked: tuple[date, date]
    as_of: date
    snapshot: str
    published: datetime
    from_day: date
    from_snapshot: str
    from_published: datetime
    scope: str | None
    gained_km2: float
    lost_km2: float
    net_km2: float
    contested_gained_km2: float | None
    contested_lost_km2: float | None
    matrix: list[MatrixCell]
    settlements: list[ChangedPlace]
    flips: list[FlippedPlace]
    probable_map_faults: list[MapFault]
    redraws: list[Redraw]
    days_without_map: list[date]
    not_held: list[str]
    method: str
    parameters: dict[str, str | int | None]


class StatusAt(msgspec.Struct, frozen=True, kw_only=True):
    """What a map shows at a point. Status `None`: the map says nothing there."""

    source: str
    lon: float
    lat: float
    asked: date
    as_of: date
    snapshot: str
    status: str | None
    source_word: str | None
    holder: str | None
    territory: str | None
    not_held: list[str]


class TimelineRow(
    msgspec.Struct, frozen=True, kw_only=True, rename={"first": "from", "last": "to"}
):
    """A status and the map days from which to which it was shown; `last` is `None` if it lasts."""

    status: str | None
    first: date
    last: date | None
    criterion: str
    from_snapshot: str | None = None


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """Every status a place was shown with, oldest first."""

    place: dict[str, Any]
    source: str
    kind: str
    timeline: list[TimelineRow]
    last_map: date | None
    not_held: list[str]
    note: str
    method: str


class AreaSeriesRow(msgspec.Struct, frozen=True, kw_only=True):
    """One calendar day of an area series; a day without a map has neither snapshot nor figures."""

    date: date
    snapshot: str | None
    areas_km2: dict[str, float | None]


class PackWritten(msgspec.Struct, frozen=True, kw_only=True):
    """A pack that was written: what is in it, and the SHA-256 of the file."""

    source: str
    file: str
    bytes: int
    sha256: str
    lossless: bool
    decimals: int
    published: bool
    first: date
    last: date
    snapshots: int
    areas: int
    shapes: int
    rings: int
    vertices: int
