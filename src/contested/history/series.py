"""Many snapshots as one series: every distinct shape once, every snapshot a list of references.

The series is lossless: each snapshot's areas come back in file order with every vertex as the
source drew it. Everything measured (`reference`, the edge engine) starts from here.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from contested.records import PARTITION_ORDER, Shape, SnapshotId, Status

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from contested.records import Area, ControlMap, Polygon

T = TypeVar("T", bound="Hashable")
Kind = tuple[bytes, int, str]
"""An area's shape key, status index and source word."""

RECIPE = "series/1"
"""Version of this module's way of building; part of every derived key."""

STATUS_INDEX = {status: index for index, status in enumerate(PARTITION_ORDER)}


@dataclass(frozen=True, slots=True, eq=False)
class ControlSeries:
    """The snapshots of one source in order of publication.

    Attributes
    ----------
    snapshots
        Sorted by time of publication, then by hash.
    shapes
        Distinct shapes in order of first appearance; a tuple, or a table that makes them lazily.
    words
        Distinct source words in order of first appearance.
    offsets
        Shape (n + 1,): the areas of snapshot i are rows ``offsets[i]:offsets[i + 1]`` of the
        three columns below, in file order.
    shape_of, status_of, word_of
        Index into `shapes`, into `PARTITION_ORDER` and into `words` for every area.
    """

    source: str
    carries: frozenset[Status]
    snapshots: tuple[SnapshotId, ...]
    shapes: Sequence[Shape]
    words: tuple[str, ...]
    offsets: NDArray[np.int32]
    shape_of: NDArray[np.int32]
    status_of: NDArray[np.int8]
    word_of: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.snapshots)

    def rows(self, index: int) -> slice:
        """Return the rows of the area columns that belong to snapshot `index`."""
        return slice(int(self.offsets[index]), int(self.offsets[index + 1]))

    def areas(self, index: int) -> Iterator[tuple[Shape, Status, str]]:
        """Yield shape, status and source word of every area of a snapshot, in file order."""
        rows = self.rows(index)
        for shape, status, word in zip(
            self.shape_of[rows], self.status_of[rows], self.word_of[rows], strict=True
        ):
            yield self.shapes[shape], PARTITION_ORDER[status], self.words[word]

    def between(self, first: int, last: int) -> ControlSeries:
        """Return the snapshots `first` to `last`, both included, with the shapes they use."""
        rows = slice(int(self.offsets[first]), int(self.offsets[last + 1]))
        used, own = np.unique(self.shape_of[rows], return_inverse=True)
        return replace(
            self,
            snapshots=self.snapshots[first : last + 1],
            shapes=tuple(self.shapes[shape] for shape in used.tolist()),
            offsets=self.offsets[first : last + 2] - self.offsets[first],
            shape_of=own.astype(np.int32),
            status_of=self.status_of[rows],
            word_of=self.word_of[rows],
        )


@dataclass(slots=True)
class SeriesBuilder:
    """Collects control maps in any order and builds the same series from them."""

    source: str
    carries: frozenset[Status]
    _shapes: dict[bytes, Shape] = field(default_factory=dict)
    _kinds: dict[Kind, int] = field(default_factory=dict)
    _kind_of: dict[int, int] = field(default_factory=dict)
    _areas: list[Area] = field(default_factory=list)
    _maps: dict[SnapshotId, NDArray[np.int32]] = field(default_factory=dict)
    _of_bytes: dict[str, SnapshotId] = field(default_factory=dict)

    @classmethod
    def of(cls, series: ControlSeries) -> SeriesBuilder:
        """Return a builder that already holds a series, to append to it."""
        builder = cls(series.source, series.carries)
        keys = [shape.key for shape in series.shapes]
        builder._shapes = dict(zip(keys, series.shapes, strict=True))
        columns = np.stack([series.shape_of, series.status_of, series.word_of], axis=1)
        distinct, rows = np.unique(columns, axis=0, return_inverse=True)
        builder._kinds = {
            (keys[shape], status, series.words[word]): number
            for number, (shape, status, word) in enumerate(distinct.tolist())
        }
        numbers = rows.ravel().astype(np.int32)
        for index, snapshot in enumerate(series.snapshots):
            builder._maps[snapshot] = numbers[series.rows(index)]
            builder._of_bytes.setdefault(snapshot.sha256, snapshot)
        return builder

    def __contains__(self, snapshot: SnapshotId) -> bool:
        return snapshot in self._maps

    def add(self, control: ControlMap) -> None:
        """Add one map; a snapshot that is already held is left as it is."""
        if control.snapshot in self._maps:
            return
        # Maps of one reading share the records of areas that they repeat: told by identity.
        numbers = list(map(self._kind_of.get, map(id, control.areas)))
        for place, number in enumerate(numbers) if None in numbers else ():
            if number is None:
                numbers[place] = self._number(control.areas[place])
        self._maps[control.snapshot] = np.array(numbers, dtype=np.int32)
        self._of_bytes.setdefault(control.snapshot.sha256, control.snapshot)

    def _number(self, area: Area) -> int:
        """Return the number of an area's shape, status and word."""
        number = self._number_of(area.shape, STATUS_INDEX[area.status], area.source_word)
        if self._shapes[area.shape.key] is area.shape:  # else a copy, not to be kept alive
            self._kind_of[id(area)] = number
            self._areas.append(area)  # kept alive, so that no other takes its identity
        return number

    def _number_of(self, shape: Shape, status: int, word: str) -> int:
        self._shapes.setdefault(shape.key, shape)
        return self._kinds.setdefault((shape.key, status, word), len(self._kinds))

    def extend(self, series: ControlSeries, first: int) -> None:
        """Add the snapshots of another series from number `first` on, with what it carries."""
        self.carries |= series.carries
        for index in range(first, len(series)):
            numbers = [
                self._number_of(shape, STATUS_INDEX[status], word)
                for shape, status, word in series.areas(index)
            ]
            rows = np.array(numbers, dtype=np.int32)
            self._maps.setdefault(series.snapshots[index], rows)

    def repeat(self, snapshot: SnapshotId) -> bool:
        """Add a snapshot whose bytes are those of one held already; `False` if none is."""
        held = self._of_bytes.get(snapshot.sha256)
        if held is not None:
            self._maps.setdefault(snapshot, self._maps[held])
        return held is not None

    def keep_only(self, snapshots: Iterable[SnapshotId]) -> None:
        """Leave out every snapshot that is not among these."""
        wanted = set(snapshots)
        self._maps = {s: rows for s, rows in self._maps.items() if s in wanted}
        self._of_bytes = {s.sha256: s for s in self._maps}

    def build(self) -> ControlSeries:
        """Return the series; the same maps give the same series in whatever order they came."""
        snapshots = sorted(self._maps, key=lambda s: (s.published, s.sha256))
        maps = [self._maps[snapshot] for snapshot in snapshots]
        rows = np.concatenate([np.zeros(0, dtype=np.int32), *maps])
        kinds = list(self._kinds)
        used, first = np.unique(rows, return_index=True)
        in_order = used[np.argsort(first)].tolist()
        shape_keys = _first_seen(kinds[number][0] for number in in_order)
        words = _first_seen(kinds[number][2] for number in in_order)
        columns = np.zeros((len(kinds), 3), dtype=np.int32)
        for number in in_order:
            key, status, word = kinds[number]
            columns[number] = shape_keys[key], status, words[word]
        return ControlSeries(
            source=self.source,
            carries=self.carries,
            snapshots=tuple(snapshots),
            shapes=tuple(self._shapes[key] for key in shape_keys),
            words=tuple(words),
            offsets=np.cumsum([0, *map(len, maps)]).astype(np.int32),
            shape_of=columns[rows, 0],
            status_of=columns[rows, 1].astype(np.int8),
            word_of=columns[rows, 2],
        )


def until(series: ControlSeries, last: date) -> ControlSeries:
    """Return the part of a series up to and with a day, as if nothing had come after it."""
    kept = [i for i, snapshot in enumerate(series.snapshots) if snapshot.as_of <= last]
    if len(kept) == len(series):
        return series
    builder = SeriesBuilder.of(series)
    builder.keep_only(series.snapshots[i] for i in kept)
    return builder.build()


def first_difference(one: ControlSeries, other: ControlSeries) -> str | None:
    """Return what differs first between two series, `None` where they are the same throughout."""
    for name in ("source", "carries", "snapshots", "words"):
        if getattr(one, name) != getattr(other, name):
            return name
    for column in ("offsets", "shape_of", "status_of", "word_of"):
        if not np.array_equal(getattr(one, column), getattr(other, column)):
            return column
    if len(one.shapes) != len(other.shapes):
        return "shapes"
    same = all(map(_is_same_shape, one.shapes, other.shapes))
    return None if same else "shapes"


def _is_same_shape(one: Shape, other: Shape) -> bool:
    if one.key != other.key or (one.repaired is None) != (other.repaired is None):
        return False
    return _is_same_ground(one.polygons, other.polygons) and _is_same_ground(
        one.repaired or (), other.repaired or ()
    )


def _is_same_ground(one: Sequence[Polygon], other: Sequence[Polygon]) -> bool:
    if [len(polygon) for polygon in one] != [len(polygon) for polygon in other]:
        return False
    rings = (pair for a, b in zip(one, other, strict=True) for pair in zip(a, b, strict=True))
    return all(np.array_equal(a, b) for a, b in rings)


def continued(series: ControlSeries, later: ControlSeries) -> ControlSeries:
    """Return a series that another one continues, from the day after its last map on.

    Days are never mixed: where both have a map, the first one's is kept, and a gap of the first is
    not filled, so that two ways of drawing never alternate. Which source drew a map is said by its
    snapshot's `source`; `carries` is what either of them carries.
    """
    last = max(snapshot.as_of for snapshot in series.snapshots)
    fresh = [index for index, one in enumerate(later.snapshots) if one.as_of > last]
    if not fresh:
        return series
    builder = SeriesBuilder.of(series)
    builder.extend(later, fresh[0])
    return builder.build()


def _first_seen(items: Iterable[T]) -> dict[T, int]:
    """Number distinct items in order of first appearance."""
    numbers: dict[T, int] = {}
    for item in items:
        numbers.setdefault(item, len(numbers))
    return numbers
