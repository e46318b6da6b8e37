"""The pack: a whole series in one compact file, bytes in, bytes out.

Lossless: snapshots with their hashes and times, areas in file order with the source's words, every
vertex of every ring. The format is described in ``docs/reference/pack-format.md``.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import brotli
import numpy as np

from contested.errors import InputError
from contested.geo.geojson import shape_key
from contested.history.pack_head import (
    FEWEST,
    LOSSLESS,
    QUALITY,
    PackHead,
    assemble,
    read_sections,
)
from contested.history.pack_numbers import (
    pack_bits,
    pack_counts,
    pack_signed,
    unpack_bits,
    unpack_counts,
    unpack_signed,
)
from contested.history.pack_rings import Moves, choose_models, decode, encode, new_memory, new_moves
from contested.history.series import ControlSeries
from contested.records import PARTITION_ORDER, Shape, SnapshotId, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from contested.records import Polygon, Ring

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WINDOW = 24


def pack(
    series: ControlSeries, decimals: int = LOSSLESS, about: Mapping[str, str] | None = None
) -> bytes:
    """Return a series as one compact file.

    Parameters
    ----------
    decimals
        Of degrees: 7 is lossless; 5 (a metre) suits a web map, which must not measure with it.
    about
        Words that travel in the head.

    Raises
    ------
    InputError
        If `decimals` is not within 3 and 7.
    """
    if not FEWEST <= decimals <= LOSSLESS:
        raise InputError(f"{decimals} decimals: a pack holds 3 to 7, 7 is lossless")
    tables = _ShapeLists.of(series.shapes, 10 ** (7 - decimals))
    counts, sections = tables.write()
    sections |= _write_rows(series)
    sections |= _write_snapshots(series.snapshots)
    counts |= {"snapshots": len(series), "shapes": len(series.shapes)}
    packed = {
        name: brotli.compress(s, quality=QUALITY, lgwin=_WINDOW) for name, s in sections.items()
    }
    head = PackHead(
        source=series.source,
        carries=sorted(series.carries),
        words=list(series.words),
        unit=float(f"1e-{decimals}"),
        counts=counts,
        sections=[(name, len(s)) for name, s in packed.items()],
        about=dict(about or {}),
    )
    return assemble(head, packed.values())


def unpack(content: bytes) -> ControlSeries:
    """Return the series in a pack; of a lossless one exactly what was packed.

    Raises
    ------
    InputError
        If the bytes are not a pack, or damaged.
    """
    head, sections = read_sections(content)
    try:
        rows = _read_rows(sections, head)
        shapes = _read_shapes(sections, head)
        snapshots = _read_snapshots(sections, head.source)
        carries = frozenset(Status(word) for word in head.carries)
    except (ValueError, IndexError, KeyError, OverflowError) as error:
        raise InputError(f"the pack is damaged: {error}") from None
    return ControlSeries(
        source=head.source,
        carries=carries,
        snapshots=snapshots,
        shapes=shapes,
        words=tuple(head.words),
        offsets=rows[0],
        shape_of=rows[1],
        status_of=rows[2],
        word_of=rows[3],
    )


class _ShapeLists(NamedTuple):
    """Distinct rings, and the polygons and shapes made of them, in order of first appearance."""

    rings: list[Ring]
    ring_of: list[int]
    polygon_sizes: list[int]
    shape_sizes: list[int]
    repaired_sizes: list[int]

    @classmethod
    def of(cls, shapes: Iterable[Shape], step: int) -> _ShapeLists:
        numbers: dict[bytes, int] = {}
        lists = cls([], [], [], [], [])
        for shape in shapes:
            lists.shape_sizes.append(len(shape.polygons))
            lists.repaired_sizes.append(0 if shape.repaired is None else len(shape.repaired) + 1)
            for polygon in (*shape.polygons, *(shape.repaired or ())):
                lists.polygon_sizes.append(len(polygon))
                for ring in polygon:
                    coarse = ring if step == 1 else _coarser(ring, step)
                    number = numbers.setdefault(coarse.tobytes(), len(lists.rings))
                    if number == len(lists.rings):
                        lists.rings.append(coarse)
                    lists.ring_of.append(number)
        return lists

    def write(self) -> tuple[dict[str, int], dict[str, bytes]]:
        lengths = np.array([len(ring) - 1 for ring in self.rings], dtype=np.int64)
        open_rings = [ring[:-1] for ring in self.rings]
        flat = np.concatenate([np.zeros((0, 2), np.int32), *open_rings])
        numbers, vertices = _first_appearance(flat)
        memory = new_memory(len(vertices), numbers, np.concatenate([[0], np.cumsum(lengths)]))
        memory.x[:], memory.y[:] = vertices[:, 0], vertices[:, 1]
        models, votes = (np.zeros(len(lengths), dtype=np.int32) for _ in range(2))
        nearby = np.full(1 << (4 * len(vertices)).bit_length(), -1, dtype=np.int32)
        last = np.full((len(vertices), 3), -1, dtype=np.int32)
        choose_models(memory, models, votes, last, nearby)
        moves = new_moves(len(flat), len(vertices))
        encode(memory, models, moves)
        used = int(moves.sizes[0])
        counts = {"rings": len(lengths), "vertices": len(vertices), "moves": used}
        ring_of = np.array(self.ring_of, dtype=np.int64)
        fresh = np.maximum.accumulate(np.concatenate([[-1], ring_of]))[:-1] + 1
        return counts | {"polygons": len(self.polygon_sizes), "uses": len(ring_of)}, {
            **_move_sections(moves, used),
            "models": pack_counts(models),
            "ring_lengths": pack_counts(_zigzagged(lengths - _lengths_of_models(lengths, models))),
            "ring_of": pack_counts(fresh - ring_of),
            "polygon_sizes": pack_counts(self.polygon_sizes),
            "shape_sizes": pack_counts(self.shape_sizes),
            "repaired_sizes": pack_counts(self.repaired_sizes),
        }


def _lengths_of_models(lengths: NDArray[np.int64], models: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return the length of each ring's model, 0 where it has none."""
    model = np.arange(len(lengths)) - models
    return np.where(models > 0, lengths[model], 0)


def _zigzagged(values: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.where(values < 0, -2 * values - 1, 2 * values)


def _move_sections(moves: Moves, used: int) -> dict[str, bytes]:
    kinds, counts = moves.kinds[:used], moves.counts[:used]
    by_kind = {f"moves_{kind}": pack_counts(counts[kinds == kind]) for kind in range(4)}
    x_classes, x_bits = pack_signed(moves.x)
    y_classes, y_bits = pack_signed(moves.y)
    return {
        "kinds": kinds.tobytes(),
        **by_kind,
        "replaces": pack_bits(moves.replaces),
        "x_classes": x_classes,
        "x_bits": x_bits,
        "y_classes": y_classes,
        "y_bits": y_bits,
    }


def _coarser(ring: Ring, step: int) -> Ring:
    """Return a ring in coarser units, without positions that fall together."""
    coarse = np.rint(ring / step).astype(np.int32)
    moved = np.ones(len(coarse), dtype=bool)
    moved[1:-1] = (np.diff(coarse[:-1], axis=0) != 0).any(axis=1)
    return coarse[moved]


def _first_appearance(flat: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the number of every position's vertex, numbered as they appear, and the vertices."""
    keys = (flat[:, 0].astype(np.int64) << 32) + flat[:, 1]
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty(len(first), dtype=np.int32)
    rank[order] = np.arange(len(first), dtype=np.int32)
    return rank[inverse], flat[first[order]]


def _read_shapes(sections: dict[str, bytes], head: PackHead) -> tuple[Shape, ...]:
    step = round(head.unit / 1e-7)
    rings = [ring * step for ring in _read_rings(sections, head)]
    ring_of = unpack_counts(sections["ring_of"], head.counts["uses"])
    numbers = _undo_fresh(ring_of)
    sizes = unpack_counts(sections["polygon_sizes"], head.counts["polygons"]).tolist()
    ends = np.cumsum([0, *sizes]).tolist()
    polygons = [tuple(rings[n] for n in numbers[a:b]) for a, b in pairwise(ends)]
    return tuple(_shapes(sections, head, polygons))


def _undo_fresh(back: NDArray[np.int64]) -> list[int]:
    """Return ring numbers from how far each lies behind the next number never used."""
    numbers, fresh = [], 0
    for value in back.tolist():
        numbers.append(fresh - value)
        fresh = max(fresh, fresh - value + 1)
    return numbers


def _shapes(sections: dict[str, bytes], head: PackHead, polygons: list[Polygon]) -> Iterable[Shape]:
    sizes = unpack_counts(sections["shape_sizes"], head.counts["shapes"]).tolist()
    repaired = unpack_counts(sections["repaired_sizes"], head.counts["shapes"]).tolist()
    at = 0
    for size, mended in zip(sizes, repaired, strict=True):
        own = tuple(polygons[at : at + size])
        at += size
        other = tuple(polygons[at : at + mended - 1]) if mended else None
        at += max(mended - 1, 0)
        yield Shape(shape_key(own), own, other)


def _read_rings(sections: dict[str, bytes], head: PackHead) -> list[NDArray[np.int32]]:
    counts = head.counts
    models = unpack_counts(sections["models"], counts["rings"]).astype(np.int32)
    lengths = _unzigzag(unpack_counts(sections["ring_lengths"], counts["rings"]))
    for r, back in enumerate(models.tolist()):
        lengths[r] += lengths[r - back] if 0 < back <= r else 0
    if len(lengths) and not 1 <= lengths.min() <= lengths.max() < 1 << 24:
        raise ValueError("a ring of impossible length")
    flat = np.empty(int(lengths.sum()), dtype=np.int32)
    memory = new_memory(counts["vertices"], flat, np.concatenate([[0], np.cumsum(lengths)]))
    if not decode(memory, models, _read_moves(sections, counts)):
        raise ValueError("its rings are torn")
    vertices = np.stack([memory.x, memory.y], axis=1)
    ends = np.cumsum(lengths).tolist()
    return [vertices[np.append(flat[a:b], flat[a])] for a, b in zip([0, *ends], ends, strict=False)]


def _read_moves(sections: dict[str, bytes], counts: dict[str, int]) -> Moves:
    kinds = np.frombuffer(sections["kinds"], dtype=np.int8)
    values = np.zeros(len(kinds), dtype=np.int32)
    for kind in range(4):
        mask = kinds == kind
        values[mask] = unpack_counts(sections[f"moves_{kind}"], int(mask.sum()))
    size = counts["vertices"]
    return Moves(
        kinds=kinds,
        counts=values,
        x=unpack_signed(sections["x_classes"], sections["x_bits"], size),
        y=unpack_signed(sections["y_classes"], sections["y_bits"], size),
        replaces=unpack_bits(sections["replaces"], size),
        sizes=np.zeros(2, dtype=np.int64),
    )


def _write_rows(series: ControlSeries) -> dict[str, bytes]:
    """Write the areas of each snapshot as an edit of the one before: where each row came from."""
    triples = np.stack([series.shape_of, series.status_of, series.word_of], axis=1)
    numbers: dict[tuple[int, ...], int] = {}
    places: dict[int, int] = {}
    steps, fresh = [], []
    for index in range(len(series)):
        rows = [tuple(row) for row in triples[series.rows(index)].tolist()]
        now: dict[int, int] = {}
        expected = 0
        for place, row in enumerate(rows):
            known = row in numbers
            number = numbers.setdefault(row, len(numbers))
            if number in places:
                steps.append(_zigzag(places[number] - expected) + 2)
                expected = places[number] + 1
            elif known:
                steps.append(1)
                fresh.append(number)
            else:
                steps.append(0)
            now[number] = place
        places = now
    kinds = np.array(list(numbers), dtype=np.int64).reshape(-1, 3)
    sizes = np.diff(series.offsets)
    return {
        "row_steps": pack_counts(steps),
        "row_again": pack_counts(fresh),
        "row_sizes": pack_counts([_zigzag(d) for d in np.diff(sizes, prepend=0).tolist()]),
        "area_shapes": pack_counts([_zigzag(d) for d in np.diff(kinds[:, 0], prepend=0).tolist()]),
        "area_statuses": kinds[:, 1].astype(np.uint8).tobytes(),
        "area_words": pack_counts(kinds[:, 2]),
    }


def _zigzag(value: int) -> int:
    return 2 * value if value >= 0 else -2 * value - 1


def _unzigzag(values: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.where(values & 1, -((values + 1) >> 1), values >> 1)


def _read_rows(
    sections: dict[str, bytes], head: PackHead
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int8], NDArray[np.int32]]:
    deltas = _unzigzag(unpack_counts(sections["row_sizes"], head.counts["snapshots"]))
    offsets = np.concatenate([[0], np.cumsum(np.cumsum(deltas))]).astype(np.int32)
    steps = unpack_counts(sections["row_steps"], int(offsets[-1])).tolist()
    again = iter(unpack_counts(sections["row_again"], steps.count(1)).tolist())
    numbers: list[int] = []
    before: list[int] = []
    fresh = 0
    for start, end in pairwise(offsets.tolist()):
        now: list[int] = []
        expected = 0
        for step in steps[start:end]:
            if step == 0:
                now.append(fresh)
                fresh += 1
            elif step == 1:
                now.append(next(again))
            else:
                back = step - 2
                expected += -((back + 1) >> 1) if back & 1 else back >> 1
                now.append(before[expected])
                expected += 1
        numbers += now
        before = now
    chosen = np.array(numbers, dtype=np.int64)
    shapes = np.cumsum(_unzigzag(unpack_counts(sections["area_shapes"], fresh)))
    words = unpack_counts(sections["area_words"], fresh)
    statuses = np.frombuffer(sections["area_statuses"], dtype=np.int8)
    if len(statuses) != fresh or (fresh and statuses.max() >= len(PARTITION_ORDER)):
        raise ValueError("its areas have no status")
    return (
        offsets,
        shapes[chosen].astype(np.int32),
        statuses[chosen],
        words[chosen].astype(np.int32),
    )


def _write_snapshots(snapshots: Sequence[SnapshotId]) -> dict[str, bytes]:
    micro = [(s.published - _EPOCH) // timedelta(microseconds=1) for s in snapshots]
    step = 1_000_000 if all(m % 1_000_000 == 0 for m in micro) else 1
    days = [s.as_of.toordinal() - s.published.date().toordinal() for s in snapshots]
    times = np.diff([m // step for m in micro], prepend=0).tolist() if micro else []
    return {
        "sha256": b"".join(bytes.fromhex(s.sha256) for s in snapshots),
        "times": pack_counts([step, *(_zigzag(t) for t in times)]),
        "days": pack_counts([_zigzag(d) for d in days]),
    }


def _read_snapshots(sections: dict[str, bytes], source: str) -> tuple[SnapshotId, ...]:
    digests = sections["sha256"]
    number = len(digests) // 32
    step, *rest = unpack_counts(sections["times"], number + 1).tolist()
    times = np.cumsum(_unzigzag(np.array(rest, dtype=np.int64))).tolist()
    days = _unzigzag(unpack_counts(sections["days"], number)).tolist()
    return tuple(
        _snapshot(source, digests[32 * i : 32 * i + 32], times[i] * step, days[i])
        for i in range(number)
    )


def _snapshot(source: str, digest: bytes, micro: int, days: Any) -> SnapshotId:
    published = _EPOCH + timedelta(microseconds=micro)
    as_of = date.fromordinal(published.date().toordinal() + days)
    return SnapshotId(source, digest.hex(), as_of, published)
