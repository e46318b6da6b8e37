"""Vertex and edge dictionaries: rings become lists of directed edges with numbers.

Rings are normalised (outer rings counter-clockwise, holes clockwise), so that the winding number
of a status at a point is the number of its polygons that hold the point, whatever direction the
source drew in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from contested.geo.compiled import inlined, kernel
from contested.history.exact import precedes
from contested.history.mesh import EDGES, VERTICES, Mesh, grown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from contested.history.mesh import I8, I32, I64
    from contested.records import Ring, Shape


class Rings(NamedTuple):
    """Rings of many shapes in one array of coordinates.

    Attributes
    ----------
    coordinates
        Shape (n, 2), units of 1e-7 degree.
    starts
        Shape (rings + 1,), into `coordinates`.
    outer
        1 for outer rings, 0 for holes.
    shapes
        Shape (shapes + 1,), into the rings.
    """

    coordinates: I32
    starts: I64
    outer: I8
    shapes: I64


def flatten(shapes: Iterable[Shape]) -> Rings:
    """Return the rings to measure of shapes: the repaired ones where there are such."""
    rings: list[Ring] = []
    outer: list[int] = []
    counts = [0]
    for shape in shapes:
        polygons = shape.polygons if shape.repaired is None else shape.repaired
        for polygon in polygons:
            rings.extend(polygon)
            outer.extend([1] + [0] * (len(polygon) - 1))
        counts.append(len(rings))
    lengths = np.array([0, *map(len, rings)], dtype=np.int64)
    return Rings(
        coordinates=np.concatenate(rings) if rings else np.zeros((0, 2), np.int32),
        starts=np.cumsum(lengths),
        outer=np.array(outer, dtype=np.int8),
        shapes=np.array(counts, dtype=np.int64),
    )


def directed_edges(mesh: Mesh, rings: Rings) -> tuple[Mesh, I32, I64]:
    """Number the vertices and edges of shapes that are new, and list each shape's edges.

    Returns
    -------
    mesh
        The mesh, grown where it had to.
    edges
        Edge number times two, plus one where the ring runs against the edge.
    starts
        Shape (shapes + 1,), into `edges`.
    """
    shapes = len(rings.shapes) - 1
    edges = np.empty(len(rings.coordinates), dtype=np.int32)
    starts = np.zeros(shapes + 1, dtype=np.int64)
    done = 0
    while done < shapes:
        most = int(rings.starts[rings.shapes[done + 1]] - rings.starts[rings.shapes[done]])
        mesh = _tables_grown(grown(grown(mesh, "v", most), "e", most))
        done = number_shapes(mesh, rings, edges, starts, done)
    return mesh, edges[: starts[shapes]], starts


def _tables_grown(mesh: Mesh) -> Mesh:
    if len(mesh.v_table) < 2 * len(mesh.v):
        table = np.full(_power_of_two(4 * len(mesh.v)), -1, dtype=np.int32)
        mesh = mesh._replace(v_table=table)
        refill_vertices(mesh)
    if len(mesh.e_table) < 2 * len(mesh.e):
        table = np.full(_power_of_two(4 * len(mesh.e)), -1, dtype=np.int32)
        mesh = mesh._replace(e_table=table)
        refill_edges(mesh)
    return mesh


def _power_of_two(least: int) -> int:
    return 1 << (least - 1).bit_length()


@inlined
def _slot(a: int, b: int, mask: int) -> int:
    mixed = a * 0x9E3779B1 + b * 0x85EBCA77
    mixed ^= mixed >> 29
    mixed *= 0xC2B2AE3D
    mixed ^= mixed >> 32
    return mixed & mask


@inlined
def vertex_number(mesh: Mesh, x: int, y: int) -> int:
    """Return the number of a vertex, a new one if it was never seen."""
    mask = len(mesh.v_table) - 1
    slot = _slot(x, y, mask)
    while True:
        v = mesh.v_table[slot]
        if v < 0:
            break
        if mesh.v[v].x == x and mesh.v[v].y == y:
            return v
        slot = (slot + 1) & mask
    v = mesh.used[VERTICES]
    mesh.used[VERTICES] = v + 1
    mesh.v_table[slot] = v
    mesh.v[v].x = x
    mesh.v[v].y = y
    mesh.v[v].node = -1
    return v


@inlined
def edge_number(mesh: Mesh, a: int, b: int) -> int:
    """Return the number of the edge between two vertices in order, a new one if never seen."""
    mask = len(mesh.e_table) - 1
    slot = _slot(a, b, mask)
    while True:
        e = mesh.e_table[slot]
        if e < 0:
            break
        if mesh.e[e].a == a and mesh.e[e].b == b:
            return e
        slot = (slot + 1) & mask
    e = mesh.used[EDGES]
    mesh.used[EDGES] = e + 1
    mesh.e_table[slot] = e
    mesh.e[e].a, mesh.e[e].b = a, b
    mesh.e[e].ax, mesh.e[e].ay = mesh.v[a].x, mesh.v[a].y
    mesh.e[e].bx, mesh.e[e].by = mesh.v[b].x, mesh.v[b].y
    mesh.e[e].link = -1
    mesh.e[e].seen = -1
    return e


@kernel
def refill_vertices(mesh: Mesh) -> None:
    """Fill an emptied vertex table."""
    mask = len(mesh.v_table) - 1
    for v in range(mesh.used[VERTICES]):
        slot = _slot(mesh.v[v].x, mesh.v[v].y, mask)
        while mesh.v_table[slot] >= 0:
            slot = (slot + 1) & mask
        mesh.v_table[slot] = v


@kernel
def refill_edges(mesh: Mesh) -> None:
    """Fill an emptied edge table."""
    mask = len(mesh.e_table) - 1
    for e in range(mesh.used[EDGES]):
        slot = _slot(mesh.e[e].a, mesh.e[e].b, mask)
        while mesh.e_table[slot] >= 0:
            slot = (slot + 1) & mask
        mesh.e_table[slot] = e


@inlined
def _twice_area(coordinates: I32, start: int, end: int) -> int:
    """Return twice a ring's signed area; wraps around only where the result would not fit."""
    x0, y0 = coordinates[start, 0], coordinates[start, 1]
    total = 0
    for i in range(start, end - 1):
        x1, y1 = coordinates[i, 0] - x0, coordinates[i, 1] - y0
        x2, y2 = coordinates[i + 1, 0] - x0, coordinates[i + 1, 1] - y0
        total += x1 * y2 - x2 * y1
    return total


@inlined
def _number_ring(mesh: Mesh, rings: Rings, ring: int, edges: I32, at: int) -> int:
    start, end = rings.starts[ring], rings.starts[ring + 1]
    counter_clockwise = _twice_area(rings.coordinates, start, end) > 0
    against = 0 if counter_clockwise == (rings.outer[ring] == 1) else 1
    previous = vertex_number(mesh, rings.coordinates[start, 0], rings.coordinates[start, 1])
    for i in range(start + 1, end):
        v = vertex_number(mesh, rings.coordinates[i, 0], rings.coordinates[i, 1])
        if v != previous:
            forward = precedes(mesh.v[previous].x, mesh.v[previous].y, mesh.v[v].x, mesh.v[v].y)
            if forward:
                edges[at] = 2 * edge_number(mesh, previous, v) + against
            else:
                edges[at] = 2 * edge_number(mesh, v, previous) + 1 - against
            at += 1
        previous = v
    return at


@kernel
def number_shapes(mesh: Mesh, rings: Rings, edges: I32, starts: I64, done: int) -> int:
    """List the edges of shapes until the mesh is full; returns the shapes done."""
    shapes = len(rings.shapes) - 1
    at = starts[done]
    for shape in range(done, shapes):
        first, last = rings.shapes[shape], rings.shapes[shape + 1]
        most = rings.starts[last] - rings.starts[first]
        full = min(len(mesh.v) - mesh.used[VERTICES], len(mesh.e) - mesh.used[EDGES])
        if most > full:
            return shape
        for ring in range(first, last):
            at = _number_ring(mesh, rings, ring, edges, at)
        starts[shape + 1] = at
    return shapes
