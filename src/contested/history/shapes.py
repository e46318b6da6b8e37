"""Many shapes in a few arrays: loaded at once, made into `Shape` records when asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, overload

import numpy as np

from contested.records import Shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from contested.records import Polygon, Ring


@dataclass(frozen=True, slots=True, eq=False)
class ShapeArrays:
    """Shapes as arrays; a ring that several shapes share is held once.

    Attributes
    ----------
    keys
        Shape (n, 16), uint8: the shapes' keys.
    vertices
        Shape (v, 2), int32 in units of 1e-7 degree: the distinct rings, one after another.
    ring_ends
        Shape (r + 1,): ring k is ``vertices[ring_ends[k]:ring_ends[k + 1]]``.
    rings
        The rings of every polygon, one polygon after another, as numbers of distinct rings.
    polygon_ends
        Shape (p + 1,): the rings of polygon k are ``rings[polygon_ends[k]:polygon_ends[k + 1]]``.
    shape_ends
        Shape (2 n + 1,): the polygons of shape i are ``shape_ends[2 i]:shape_ends[2 i + 1]`` and
        its repaired ones ``shape_ends[2 i + 1]:shape_ends[2 i + 2]``.
    is_repaired
        Shape (n,), bool: whether the shape has repaired polygons at all.
    """

    keys: NDArray[np.uint8]
    vertices: NDArray[np.int32]
    ring_ends: NDArray[np.int32]
    rings: NDArray[np.int32]
    polygon_ends: NDArray[np.int32]
    shape_ends: NDArray[np.int32]
    is_repaired: NDArray[np.bool_]


class ShapeTable(Sequence[Shape]):
    """A sequence of shapes that reads its arrays only where it is asked.

    The rings of a shape are views into the arrays, not copies.
    """

    def __init__(self, arrays: ShapeArrays) -> None:
        self.arrays = arrays
        self._made: dict[int, Shape] = {}

    @classmethod
    def of(cls, shapes: Iterable[Shape]) -> ShapeTable:
        """Return the table of these shapes; one that is a table already is returned as it is."""
        return shapes if isinstance(shapes, ShapeTable) else cls(_arrays(shapes))

    def __len__(self) -> int:
        return len(self.arrays.is_repaired)

    @overload
    def __getitem__(self, index: int) -> Shape: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Shape, ...]: ...
    def __getitem__(self, index: int | slice) -> Shape | tuple[Shape, ...]:
        if isinstance(index, slice):
            return tuple(self[i] for i in range(*index.indices(len(self))))
        number = range(len(self))[index]  # negative indices count from the end; IndexError past it
        if (made := self._made.get(number)) is None:
            made = self._made[number] = self._make(number)
        return made

    def _make(self, number: int) -> Shape:
        arrays = self.arrays
        first, middle, last = arrays.shape_ends[2 * number : 2 * number + 3].tolist()
        repaired = self._polygons(middle, last) if arrays.is_repaired[number] else None
        return Shape(arrays.keys[number].tobytes(), self._polygons(first, middle), repaired)

    def _polygons(self, first: int, last: int) -> tuple[Polygon, ...]:
        ends = self.arrays.polygon_ends[first : last + 1].tolist()
        return tuple(
            tuple(self._ring(ring) for ring in self.arrays.rings[start:end].tolist())
            for start, end in pairwise(ends)
        )

    def _ring(self, number: int) -> Ring:
        start, end = self.arrays.ring_ends[number : number + 2].tolist()
        return self.arrays.vertices[start:end]


def _arrays(shapes: Iterable[Shape]) -> ShapeArrays:
    """Lay shapes out as arrays; the same shapes give the same bytes."""
    numbers: dict[bytes, int] = {}
    distinct: list[Ring] = []
    keys: list[bytes] = []
    rings: list[int] = []
    per_polygon: list[int] = []
    per_shape: list[int] = []
    is_repaired: list[bool] = []
    for shape in shapes:
        keys.append(shape.key)
        is_repaired.append(shape.repaired is not None)
        for polygons in (shape.polygons, shape.repaired or ()):
            per_shape.append(len(polygons))
            per_polygon.extend(map(len, polygons))
            rings.extend(_number(r, numbers, distinct) for p in polygons for r in p)
    return ShapeArrays(
        keys=np.frombuffer(b"".join(keys), dtype=np.uint8).reshape(len(keys), 16),
        vertices=np.concatenate([np.empty((0, 2), np.int32), *distinct]),
        ring_ends=_ends(map(len, distinct)),
        rings=np.array(rings, dtype=np.int32),
        polygon_ends=_ends(per_polygon),
        shape_ends=_ends(per_shape),
        is_repaired=np.array(is_repaired, dtype=np.bool_),
    )


def _number(ring: Ring, numbers: dict[bytes, int], distinct: list[Ring]) -> int:
    number = numbers.setdefault(ring.tobytes(), len(distinct))
    if number == len(distinct):
        distinct.append(ring)
    return number


def _ends(lengths: Iterable[int]) -> NDArray[np.int32]:
    return np.array(list(accumulate(lengths, initial=0)), dtype=np.int32)


def named_arrays(arrays: ShapeArrays) -> dict[str, NDArray[np.generic]]:
    """Return the arrays by name, to be written."""
    return {f.name: getattr(arrays, f.name) for f in fields(arrays)}


def from_named_arrays(named: Mapping[str, NDArray[np.generic]]) -> ShapeArrays:
    """Return the arrays that `named_arrays` gave.

    Raises
    ------
    KeyError
        If one is missing.
    """
    return ShapeArrays(**{f.name: named[f.name] for f in fields(ShapeArrays)})  # type: ignore[arg-type]
