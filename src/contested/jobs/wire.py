"""What the process that reads foreign bytes and the one that keeps them say to each other.

Messages are MessagePack with declared types, never pickles: a reader that a hostile file has
taken over can send wrong numbers, but not code. A shape crosses once in the life of a reader.
"""

from __future__ import annotations

import struct
from typing import IO, TYPE_CHECKING

import msgspec
import numpy as np

from contested.records import (
    Area,
    ControlMap,
    DroppedPart,
    FeatureFlag,
    Holder,
    RepairedPart,
    Shape,
    SnapshotId,
    Status,
    Territory,
)

if TYPE_CHECKING:
    from contested.records import Polygon

_LENGTH = struct.Struct("<Q")
_VERTEX = np.dtype("<i4")

WirePolygons = list[list[bytes]]


class ReadRequest(msgspec.Struct, array_like=True):
    """One file to read."""

    file: str
    content: bytes


class WireShape(msgspec.Struct, array_like=True):
    """A shape: its rings as little-endian int32 pairs."""

    key: bytes
    polygons: WirePolygons
    repaired: WirePolygons | None


class WireArea(msgspec.Struct, array_like=True):
    """An area, its shape by key."""

    key: bytes
    status: str
    word: str
    holder: str
    territory: str


class ReadMap(msgspec.Struct, tag="map", tag_field="is"):
    """A file that was read; `shapes` are those that this reader has not sent before."""

    areas: list[WireArea]
    shapes: list[WireShape]
    points_dropped: int
    dropped: tuple[DroppedPart, ...]
    repaired: tuple[RepairedPart, ...]
    flags: tuple[FeatureFlag, ...]


class Refusal(msgspec.Struct, tag="refusal", tag_field="is"):
    """A file that cannot be used, and why."""

    problem: str
    feature: int | None = None
    unknown_status: bool = False


def to_wire(control: ControlMap, sent: set[bytes]) -> ReadMap:
    """Return a map as a message; `sent` remembers which shapes have crossed."""
    fresh = {a.shape.key: a.shape for a in control.areas if a.shape.key not in sent}
    sent.update(fresh)
    return ReadMap(
        areas=[
            WireArea(a.shape.key, a.status, a.source_word, a.holder, a.territory)
            for a in control.areas
        ],
        shapes=[_wire_shape(shape) for shape in fresh.values()],
        points_dropped=control.points_dropped,
        dropped=control.dropped,
        repaired=control.repaired,
        flags=control.flags,
    )


def from_wire(
    read: ReadMap, snapshot: SnapshotId, carries: frozenset[Status], shapes: dict[bytes, Shape]
) -> ControlMap:
    """Return the map of a message; `shapes` holds every shape received so far.

    Raises
    ------
    KeyError, ValueError
        If the message does not hold together.
    """
    for shape in read.shapes:
        shapes[shape.key] = _shape(shape)
    return ControlMap(
        snapshot=snapshot,
        carries=carries,
        areas=tuple(
            Area(Status(a.status), a.word, Holder(a.holder), Territory(a.territory), shapes[a.key])
            for a in read.areas
        ),
        points_dropped=read.points_dropped,
        dropped=read.dropped,
        repaired=read.repaired,
        flags=read.flags,
    )


def _wire_shape(shape: Shape) -> WireShape:
    repaired = None if shape.repaired is None else _wire_polygons(shape.repaired)
    return WireShape(shape.key, _wire_polygons(shape.polygons), repaired)


def _wire_polygons(polygons: tuple[Polygon, ...]) -> WirePolygons:
    return [[ring.astype(_VERTEX).tobytes() for ring in polygon] for polygon in polygons]


def _shape(wire: WireShape) -> Shape:
    repaired = None if wire.repaired is None else _polygons(wire.repaired)
    return Shape(wire.key, _polygons(wire.polygons), repaired)


def _polygons(wire: WirePolygons) -> tuple[Polygon, ...]:
    return tuple(
        tuple(np.frombuffer(r, _VERTEX).reshape(-1, 2).astype(np.int32, copy=False) for r in p)
        for p in wire
    )


def send(stream: IO[bytes], message: msgspec.Struct) -> None:
    """Write one message."""
    packed = msgspec.msgpack.encode(message)
    stream.write(_LENGTH.pack(len(packed)))
    stream.write(packed)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """Return the bytes of one message; `None` where the other side has gone."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    packed = stream.read(length)
    return packed if len(packed) == length else None
