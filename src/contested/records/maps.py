"""A map snapshot as read from its bytes, before anything is measured."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from datetime import date, datetime

    import numpy as np
    from numpy.typing import NDArray

    from contested.records.status import Holder, Status, Territory

# In quotation marks: whoever imports records for a claim or a place must not wait for NumPy.
Ring: TypeAlias = "NDArray[np.int32]"
"""A closed ring, shape (n, 2): longitude and latitude in units of 1e-7 degree, WGS84.

First and last vertex are equal, n >= 4; vertex order is the source's own.
"""

Polygon: TypeAlias = "tuple[Ring, ...]"
"""An outer ring and its holes."""


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """One geometry as the source drew it, known by the hash of its bytes.

    Attributes
    ----------
    key
        16 bytes, BLAKE2b of the rings in `polygons`. Equal keys, equal geometry.
    polygons
        Every polygon kept (points are never read, parts outside the frame are dropped).
    repaired
        The polygons to measure, where those in `polygons` were not valid; `None` otherwise.
    """

    key: bytes
    polygons: tuple[Polygon, ...]
    repaired: tuple[Polygon, ...] | None = None


@dataclass(frozen=True, slots=True)
class DroppedPart:
    """A polygon left out because it lies outside the frame of the war, with its area."""

    feature: int
    area_km2: float
    bounds: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class RepairedPart:
    """A polygon that was not valid, why, and what the repair did to its area."""

    feature: int
    reason: str
    area_km2: float


@dataclass(frozen=True, slots=True)
class FeatureFlag:
    """Something a person should look at: a name that disagrees with the colour, say."""

    feature: int
    message: str


@dataclass(frozen=True, slots=True, eq=False)
class Area:
    """Ground with one status: the source's own word beside our class."""

    status: Status
    source_word: str
    holder: Holder
    territory: Territory
    shape: Shape


@dataclass(frozen=True, slots=True)
class SnapshotId:
    """Which snapshot: its source, its bytes and its day.

    Attributes
    ----------
    source
        Name of the source (`deepstate`).
    sha256
        Hex digest of the file's bytes.
    as_of
        The day whose map this is, UTC.
    published
        When the source published it, UTC; for daily files the end of `as_of`.
    """

    source: str
    sha256: str
    as_of: date
    published: datetime


@dataclass(frozen=True, slots=True, eq=False)
class ControlMap:
    """Everything one snapshot says about control of terrain.

    Attributes
    ----------
    carries
        The statuses that this source can show at all. A status that is not in here is
        "not held", never zero.
    areas
        In the order of the file. Areas may overlap: `history` partitions them.
    points_dropped
        Number of point and line features that were not read (units, airfields, arrows).
    """

    snapshot: SnapshotId
    carries: frozenset[Status]
    areas: tuple[Area, ...]
    points_dropped: int = 0
    dropped: tuple[DroppedPart, ...] = ()
    repaired: tuple[RepairedPart, ...] = ()
    flags: tuple[FeatureFlag, ...] = field(default=())
