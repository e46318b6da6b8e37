"""Numbers that lie together: links, pieces and nodes in the order of the edges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from contested.geo.compiled import kernel
from contested.history.mesh import EDGES, NODES, PIECES, SHARED, Mesh, zeros

if TYPE_CHECKING:
    from contested.history.mesh import I32, Table


def renumber(mesh: Mesh) -> Mesh:
    """Number links, pieces and nodes in the order of the edges: what lies together is together.

    For a mesh without faces yet. Later walks round faces and along edges then stay in the cache.
    """
    links = zeros(len(mesh.l), mesh.l.dtype)
    pieces = np.full(len(mesh.p), -1, dtype=np.int32)
    nodes = np.full(len(mesh.n), -1, dtype=np.int32)
    number_along_edges(mesh, links, pieces, nodes)
    mesh = mesh._replace(l=links)
    moved = zeros(len(mesh.p), mesh.p.dtype)
    move_pieces(mesh, pieces, moved)
    mesh = mesh._replace(p=moved)
    moved = zeros(len(mesh.h), mesh.h.dtype)
    move_halves(mesh, pieces, nodes, moved)
    mesh = mesh._replace(h=moved)
    moved = zeros(len(mesh.n), mesh.n.dtype)
    move_nodes(mesh, pieces, nodes, moved)
    return mesh._replace(n=moved)


@kernel
def number_along_edges(mesh: Mesh, links: Table, pieces: I32, nodes: I32) -> None:
    """Copy the links edge by edge, with new numbers for their pieces and nodes."""
    link, piece, node = 0, 0, 0
    for e in range(mesh.used[EDGES]):
        k = mesh.e[e].link
        mesh.e[e].link = link
        while k >= 0:
            p, n = mesh.l[k].piece, mesh.l[k].node
            if pieces[p] < 0:
                pieces[p] = piece
                piece += 1
            if nodes[n] < 0:
                nodes[n] = node
                node += 1
            links[link] = mesh.l[k]
            links[link].piece, links[link].node = pieces[p], nodes[n]
            k = mesh.l[k].next
            links[link].next = link + 1 if k >= 0 else -1
            link += 1
    for n in range(mesh.used[NODES]):
        if nodes[n] < 0:
            nodes[n] = node
            node += 1


@kernel
def move_pieces(mesh: Mesh, pieces: I32, moved: Table) -> None:
    """Copy the pieces to the new numbers."""
    for p in range(mesh.used[PIECES]):
        moved[pieces[p]] = mesh.p[p]


@kernel
def move_halves(mesh: Mesh, pieces: I32, nodes: I32, moved: Table) -> None:
    """Copy the half-edges to the new numbers."""
    for h in range(2 * mesh.used[PIECES]):
        new = 2 * pieces[h >> 1] + (h & 1)
        old = mesh.h[h]
        moved[new] = old
        moved[new].origin = nodes[old.origin]
        moved[new].ccw = 2 * pieces[old.ccw >> 1] + (old.ccw & 1)
        moved[new].cw = 2 * pieces[old.cw >> 1] + (old.cw & 1)
    for row in range(mesh.used[SHARED]):
        mesh.s[row].piece = pieces[mesh.s[row].piece]


@kernel
def move_nodes(mesh: Mesh, pieces: I32, nodes: I32, moved: Table) -> None:
    """Copy the nodes to the new numbers."""
    for n in range(mesh.used[NODES]):
        new, half = nodes[n], mesh.n[n].half
        moved[new] = mesh.n[n]
        if half >= 0:
            moved[new].half = 2 * pieces[half >> 1] + (half & 1)
        v = mesh.n[n].vertex
        if v >= 0 and mesh.v[v].node == n:
            mesh.v[v].node = -2 - new
    for v in range(len(mesh.v)):
        if mesh.v[v].node < -1:
            mesh.v[v].node = -2 - mesh.v[v].node
