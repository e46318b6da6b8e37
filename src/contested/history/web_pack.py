"""The history for the browser: one small file, every map of the war.

Vertices are rounded to `UNIT_DEGREES` (11 cm), which moves no day's areas by more than a few
hundred square metres; the figures that a page shows travel beside them and were measured before.
The format is described in docs/reference/web-pack.md; the client reads it in web/src/data.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
import shapely

from contested.errors import InputError
from contested.history.range_coder import SLOTS, Model, RangeEncoder
from contested.history.web_rings import RingWriter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from contested.history.series import ControlSeries

    Vertex = tuple[int, int]
    Ring = tuple[Vertex, ...]
    Ground = tuple[tuple[Ring, ...], int, int]

MAGIC = b"CTWP"
VERSION = 2
STEP = 10
"""Stored units (1e-7 degree) in a unit of the pack.

Six decimals are where many uploads of the full series agree with each other: a finer grid has
more vertices, and so has a coarser one that does not divide it (2e-6 is 40 kB larger).
"""
UNIT_DEGREES = STEP * 1e-7


@dataclass(frozen=True, slots=True)
class Run:
    """A polygon with its status, its source word and the spans of snapshots that show it."""

    rings: tuple[Ring, ...]
    status: int
    word: int
    spans: tuple[tuple[int, int], ...]


def pack_for_web(
    series: ControlSeries, about: Mapping[str, Any], zone: shapely.Geometry | None = None
) -> bytes:
    """Return the pack of a series.

    Parameters
    ----------
    series
        Every snapshot of one source.
    about
        What travels as JSON beside the ground: times, hashes, exact areas, places.
    zone
        Degrees; the front line is drawn only where both ends of an edge lie in it. `None` draws
        it everywhere.

    Raises
    ------
    InputError
        If ground lies where the client cannot number its vertices.
    """
    runs = list(_runs(series))
    _check_frame(runs)
    coder = RangeEncoder()
    _write_runs(coder, runs, _in_zone(runs, zone))
    ground = coder.finish()
    facts = {**about, "unit": UNIT_DEGREES, "runs": len(runs), "words": list(series.words)}
    header = zlib.compress(msgspec.json.encode(facts), 9)
    body = len(header).to_bytes(4, "little") + header + len(ground).to_bytes(4, "little") + ground
    return MAGIC + VERSION.to_bytes(4, "little") + zlib.crc32(body).to_bytes(4, "little") + body


def _runs(series: ControlSeries) -> Iterator[Run]:
    """Yield every polygon of the series in order of first appearance."""
    polygons = [_polygons(series, index) for index in range(len(series.shapes))]
    spans: dict[Ground, list[list[int]]] = {}
    for snapshot in range(len(series)):
        rows = series.rows(snapshot)
        for shape, status, word in zip(
            series.shape_of[rows].tolist(),
            series.status_of[rows].tolist(),
            series.word_of[rows].tolist(),
            strict=True,
        ):
            for rings in polygons[shape]:
                _extend(spans.setdefault((rings, status, word), []), snapshot)
    for (rings, status, word), found in spans.items():
        yield Run(rings, status, word, tuple((first, last) for first, last in found))


def _extend(spans: list[list[int]], snapshot: int) -> None:
    if spans and spans[-1][1] >= snapshot:
        spans[-1][1] = snapshot + 1
    else:
        spans.append([snapshot, snapshot + 1])


def _polygons(series: ControlSeries, index: int) -> list[tuple[Ring, ...]]:
    shape = series.shapes[index]
    polygons = shape.polygons if shape.repaired is None else shape.repaired
    quantised = [_quantise(polygon) for polygon in polygons]
    return [rings for rings in quantised if rings]


def _quantise(polygon: tuple[NDArray[np.int32], ...]) -> tuple[Ring, ...]:
    """Round a polygon; the outer ring runs counter-clockwise, holes clockwise; specks vanish."""
    rings = [_ring(ring, hole=number > 0) for number, ring in enumerate(polygon)]
    if not rings[0]:
        return ()
    return tuple(ring for ring in rings if ring)


def _ring(ring: NDArray[np.int32], *, hole: bool) -> Ring:
    rounded = np.rint(ring.astype(np.float64) / STEP).astype(np.int64)
    changed = np.any(rounded[1:] != rounded[:-1], axis=1)
    kept = rounded[1:][changed]
    if len(kept) < 3:  # noqa: PLR2004 (a triangle)
        return ()
    after = np.roll(kept, -1, axis=0)
    doubled = int((kept[:, 0] * after[:, 1] - after[:, 0] * kept[:, 1]).sum())
    if doubled == 0:
        return ()
    turned = kept if (doubled > 0) != hole else kept[::-1]
    return tuple(map(tuple, turned.tolist()))


def _check_frame(runs: list[Run]) -> None:
    """The client numbers vertices by east * 2**26 + north in exact doubles."""
    rows = [vertex for run in runs for ring in run.rings for vertex in ring]
    if not rows:
        return
    corners = np.array(rows, dtype=np.int64)
    if corners[:, 1].min() < 0 or corners[:, 1].max() >= 1 << 26 or corners[:, 0].min() < 0:
        raise InputError("the page draws ground from 0 to 67°N, east of Greenwich only")


def _in_zone(runs: list[Run], zone: shapely.Geometry | None) -> dict[Vertex, bool]:
    vertices = list({vertex for run in runs for ring in run.rings for vertex in ring})
    if zone is None or not vertices:
        return dict.fromkeys(vertices, True)
    shapely.prepare(zone)
    degrees = np.array(vertices, dtype=np.float64) * UNIT_DEGREES
    inside = shapely.contains_xy(zone, degrees[:, 0], degrees[:, 1])
    return dict(zip(vertices, inside.tolist(), strict=True))


def _write_runs(coder: RangeEncoder, runs: list[Run], in_zone: dict[Vertex, bool]) -> None:
    writer = RingWriter(coder, in_zone)
    model = Model(12 * SLOTS)
    known: dict[Ring, int] = {}
    first = 0
    for run in runs:
        coder.number(model, 0, run.status)
        coder.number(model, 1, run.word)
        coder.number(model, 2, len(run.rings) - 1)
        for ring in run.rings:
            coder.bit(model, 3 * SLOTS, int(ring in known))
            if ring in known:
                coder.number(model, 4, len(known) - 1 - known[ring])
            else:
                writer.write(ring)
                known[ring] = len(known)
        coder.number(model, 5, run.spans[0][0] - first)
        first = run.spans[0][0]
        coder.number(model, 6, len(run.spans) - 1)
        at = first
        for number, (begin, end) in enumerate(run.spans):
            if number:
                coder.number(model, 7, begin - at - 1)
            coder.number(model, 8 + min(run.status, 3), end - begin - 1)
            at = end
