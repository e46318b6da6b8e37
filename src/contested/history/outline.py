"""Outlines: faces of one class joined to polygons, without those that are too narrow to be shown.

A part is a set of faces joined across edges. Its width is twice its area over its perimeter, the
area that of the polygon as drawn: along an edge of 30 km the sums over faces hold a share of the
lens between chord and geodesic that is wider than a sliver. Only parts that are shown become
polygons.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from contested.geo.compiled import inlined, kernel
from contested.history.faces import following
from contested.history.mesh import FACES, NODES, PIECES, Mesh
from contested.history.metric import area_to, bend_of

if TYPE_CHECKING:
    from contested.history.mesh import F64, I8, I32, I64

LEFT_OUT = -1
"""Class of faces that are not outlined."""


class Canvas(NamedTuple):
    """Marks on faces, half-edges and nodes, and lists of their size; clean between uses."""

    kind: I8
    part: I32
    drawn: I8
    place: I32
    stack: I32
    ring: I32


class Parts(NamedTuple):
    """Joined faces: class and perimeter in µm of each."""

    kind: I8
    perimeter: I64


class Sketch(NamedTuple):
    """Traced rings: coordinates in units, where each ring begins, its part, its area in cm²."""

    x: F64
    y: F64
    starts: I64
    part: I32
    area: F64
    size: I64


def room_on(canvas: Canvas | None, mesh: Mesh) -> Canvas:
    """Return a clean canvas that is large enough for a mesh."""
    faces, nodes = int(mesh.used[FACES]), int(mesh.used[NODES])
    halves = 2 * int(mesh.used[PIECES])
    if canvas is not None and not (
        faces > len(canvas.kind) or nodes > len(canvas.place) or halves > len(canvas.drawn)
    ):
        return canvas
    if canvas is not None:  # room for many more appends, so that they stay cheap
        faces, nodes, halves = (5 * size // 4 for size in (faces, nodes, halves))
    return Canvas(
        kind=np.full(faces, LEFT_OUT, dtype=np.int8),
        part=np.full(faces, -1, dtype=np.int32),
        drawn=np.zeros(halves, dtype=np.int8),
        place=np.full(nodes, -1, dtype=np.int32),
        stack=np.empty(faces, dtype=np.int32),
        ring=np.empty(halves + 1, dtype=np.int32),
    )


def join(mesh: Mesh, canvas: Canvas, faces: I32, kinds: I8) -> Parts:
    """Join faces of the same class across their edges; marks them on the canvas."""
    parts = Parts(
        kind=np.empty(len(faces), dtype=np.int8),
        perimeter=np.zeros(len(faces), dtype=np.int64),
    )
    size = join_faces(mesh, canvas, faces, kinds, parts)
    return Parts(parts.kind[:size], parts.perimeter[:size])


@kernel
def join_faces(mesh: Mesh, canvas: Canvas, faces: I32, kinds: I8, parts: Parts) -> int:
    """Number the parts and add up their perimeters."""
    for i in range(len(faces)):
        canvas.kind[faces[i]] = kinds[i]
    size = 0
    for i in range(len(faces)):
        f = faces[i]
        if canvas.part[f] < 0 and canvas.kind[f] != LEFT_OUT:
            parts.kind[size] = canvas.kind[f]
            _join_part(mesh, canvas, f, size, parts)
            size += 1
    return size


@inlined
def _join_part(mesh: Mesh, canvas: Canvas, start: int, part: int, parts: Parts) -> None:
    kind = canvas.kind[start]
    canvas.part[start] = part
    canvas.stack[0] = start
    size = 1
    perimeter = 0
    while size:
        size -= 1
        f = canvas.stack[size]
        c = mesh.f[f].cycle
        while c >= 0:
            first = mesh.c[c].half
            h = first
            while True:
                g = mesh.h[h ^ 1].face
                if canvas.kind[g] != kind:
                    perimeter += mesh.p[h >> 1].length
                elif canvas.part[g] < 0:
                    canvas.part[g] = part
                    canvas.stack[size] = g
                    size += 1
                h = following(mesh, h)
                if h == first:
                    break
            c = mesh.c[c].next
    parts.perimeter[part] = perimeter


@kernel
def clean(mesh: Mesh, canvas: Canvas, faces: I32) -> None:
    """Take the marks off the canvas."""
    for f in faces:
        canvas.kind[f] = LEFT_OUT
        canvas.part[f] = -1
        c = mesh.f[f].cycle
        while c >= 0:
            first = mesh.c[c].half
            h = first
            while True:
                canvas.drawn[h] = 0
                h = following(mesh, h)
                if h == first:
                    break
            c = mesh.c[c].next


@kernel
def trace_rings(mesh: Mesh, canvas: Canvas, faces: I32, sketch: Sketch) -> bool:
    """Trace the outlines of all parts; returns whether there was room."""
    sketch.size[0] = sketch.size[1] = 0
    for f in faces:
        if canvas.kind[f] == LEFT_OUT:
            continue
        c = mesh.f[f].cycle
        while c >= 0:
            first = mesh.c[c].half
            h = first
            while True:
                other = canvas.kind[mesh.h[h ^ 1].face]
                starts = other != canvas.kind[f] and canvas.drawn[h] == 0
                if starts and not _trace_ring(mesh, canvas, h, sketch):
                    return False
                h = following(mesh, h)
                if h == first:
                    break
            c = mesh.c[c].next
    return True


@inlined
def _trace_ring(mesh: Mesh, canvas: Canvas, start: int, sketch: Sketch) -> bool:
    """Follow an outline; where it comes back to a node, what lies between is its own ring."""
    f = mesh.h[start].face
    kind, part = canvas.kind[f], canvas.part[f]
    size = 0
    h = start
    room = True
    while True:
        n = mesh.h[h].origin
        if canvas.place[n] >= 0:
            room = room and _emit(mesh, canvas, canvas.place[n], size, part, sketch)
            kept = canvas.place[n]
            for i in range(kept, size):
                canvas.place[mesh.h[canvas.ring[i]].origin] = -1
            size = kept
        canvas.place[n] = size
        canvas.ring[size] = h
        size += 1
        canvas.drawn[h] = 1
        onward = mesh.h[h ^ 1].cw
        while canvas.kind[mesh.h[onward ^ 1].face] == kind:
            onward = mesh.h[onward].cw
        h = onward
        if h == start:
            break
    room = room and _emit(mesh, canvas, 0, size, part, sketch)
    for i in range(size):
        canvas.place[mesh.h[canvas.ring[i]].origin] = -1
    return room


@inlined
def _emit(mesh: Mesh, canvas: Canvas, begin: int, end: int, part: int, sketch: Sketch) -> bool:
    """Write a ring without the nodes at which its edges run straight on and nothing joins."""
    at, ring = sketch.size[0], sketch.size[1]
    if at + (end - begin) + 1 > len(sketch.x) or ring + 1 >= len(sketch.starts):
        return False
    first = at
    area = 0.0
    for i in range(begin, end):
        h = canvas.ring[i]
        previous = canvas.ring[end - 1 if i == begin else i - 1]
        straight = mesh.p[h >> 1].edge == mesh.p[previous >> 1].edge
        if straight and (h & 1) == (previous & 1) and i > begin and not _joined(mesh, canvas, h):
            continue
        n = mesh.h[h].origin
        sketch.x[at], sketch.y[at] = mesh.n[n].x, mesh.n[n].y
        at += 1
    sketch.x[at], sketch.y[at] = sketch.x[first], sketch.y[first]
    for i in range(first, at):
        area -= _under(sketch.x[i], sketch.y[i], sketch.x[i + 1], sketch.y[i + 1])
    at += 1
    sketch.starts[ring + 1] = at
    sketch.part[ring] = part
    sketch.area[ring] = area
    sketch.size[0], sketch.size[1] = at, ring + 1
    return True


@inlined
def _joined(mesh: Mesh, canvas: Canvas, h: int) -> bool:
    """Return whether another outline meets the one through a half-edge's origin.

    Such a node stays: in doubles the other's vertex does not lie on the edge quite exactly.
    """
    g = mesh.h[h].ccw
    while g != h:
        other = mesh.p[g >> 1].edge != mesh.p[h >> 1].edge
        if other and canvas.kind[mesh.h[g].face] != canvas.kind[mesh.h[g ^ 1].face]:
            return True
        g = mesh.h[g].ccw
    return False


@inlined
def _under(x1: float, y1: float, x2: float, y2: float) -> float:
    """Return the signed area in cm² under the geodesic between two positions."""
    if x1 < x2 or (x1 == x2 and y1 < y2):
        return float(area_to(x1, y1, x2, y2, bend_of(x1, y1, x2, y2), 1.0))
    return -float(area_to(x2, y2, x1, y1, bend_of(x2, y2, x1, y1), 1.0))


class Drawing(NamedTuple):
    """Polygons in degrees, the part each is of, and its geodesic area in cm²."""

    polygons: np.ndarray
    part: I32
    area: F64


def draw(mesh: Mesh, canvas: Canvas, faces: I32, parts: Parts, width_m: float) -> Drawing:
    """Return the polygons of the parts that are wide enough, one a part, in order of part.

    Areas are those of the polygons as drawn: geodesics between their own positions.

    Parameters
    ----------
    width_m
        Parts narrower than this are redraws, not change of control.
    """
    room = 64 + 8 * len(faces)
    while True:
        sketch = _new_sketch(room)
        if trace_rings(mesh, canvas, faces, sketch):
            return _assemble(sketch, _rings_of_wide(sketch, parts, width_m))
        room *= 4
        _undraw(mesh, canvas, faces)


def _undraw(mesh: Mesh, canvas: Canvas, faces: I32) -> None:
    kinds, parts = canvas.kind[faces].copy(), canvas.part[faces].copy()
    clean(mesh, canvas, faces)
    canvas.kind[faces], canvas.part[faces] = kinds, parts


def _new_sketch(room: int) -> Sketch:
    return Sketch(
        x=np.empty(room),
        y=np.empty(room),
        starts=np.zeros(room // 3 + 2, dtype=np.int64),
        part=np.empty(room // 3 + 1, dtype=np.int32),
        area=np.empty(room // 3 + 1),
        size=np.zeros(2, dtype=np.int64),
    )


def _rings_of_wide(sketch: Sketch, parts: Parts, width_m: float) -> I64:
    """Return the rings of the parts that are at least so wide, by part, the largest first.

    The largest is the outer one, the others are holes: signs do not tell, for the geodesics of a
    triangle of 33 km that is 20 m high can turn the other way. Mean width is twice the area over
    the perimeter, in metres, as in `geo.sliver.mean_width_m`.
    """
    rings = int(sketch.size[1])
    part, area = sketch.part[:rings], np.abs(sketch.area[:rings])
    sketch.area[:rings] = -area
    outer = np.zeros(len(parts.perimeter))
    np.maximum.at(outer, part, area)
    area_cm2 = 2 * outer - np.bincount(part, weights=area, minlength=len(outer))
    width = 2e2 * area_cm2 / np.maximum(parts.perimeter, 1)
    kept = np.flatnonzero(width[part] >= width_m)
    order: I64 = kept[np.lexsort((-area[kept], part[kept]))]
    sketch.area[order[np.diff(part[order], prepend=-1) > 0]] *= -1
    return order


def _assemble(sketch: Sketch, order: I64) -> Drawing:
    """Make polygons of rings that are in order of part, outer rings before their holes."""
    part, starts = sketch.part[order], sketch.starts
    lengths = starts[order + 1] - starts[order]
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    rows = np.repeat(starts[order] - offsets[:-1], lengths) + np.arange(offsets[-1])
    lonlat = np.stack([sketch.x[rows], sketch.y[rows]], axis=1) / 1e7
    parts, first = np.unique(part, return_index=True)
    polygons = shapely.from_ragged_array(
        shapely.GeometryType.POLYGON, lonlat, (offsets, np.append(first, len(order)))
    )
    area = np.add.reduceat(sketch.area[order], first) if len(order) else np.zeros(0)
    return Drawing(polygons, parts, area)
