"""A seeded history that looks like the real one to an engine: files of the same layout.

A front of a few thousand vertices moves a little from day to day; areas flicker, overlap, leave
slivers between them; now and then a whole outline is rewritten within a metre; a second source
draws the same ground and shares no vertex with the first.
"""

from __future__ import annotations

import json

import numpy as np

START = 1_648_944_000
DAY = 86_400
FILLS = {"occupied": "#a52714", "since_2014": "#880e4f", "contested": "#bcaaa4", "free": "#0f9d58"}


def files(snapshots: int, *, vertices: int = 800, seed: int = 1) -> list[tuple[str, bytes]]:
    """Return names and contents of map files, oldest first."""
    rng = np.random.default_rng(seed)
    front = _front(rng, vertices)
    pockets = [_blob(rng, 34 + i * 0.6, 48 + 0.3 * (i % 3)) for i in range(6)]
    found = []
    for day in range(snapshots):
        front, pockets = _next_day(rng, front, pockets, day)
        features = [
            _feature("occupied", _land(front, 4.0)),
            _feature("since_2014", _land(front + np.array([1.5, -0.3]), 2.0)),
            _feature("free", _land(front - np.array([0.9, 0.0]), 0.9 + 1e-7 * (day % 3))),
            *(_feature("contested", blob) for blob in pockets if rng.random() > 0.1),
            _feature("contested", _other_source(front, day)),
            *_points(rng),
        ]
        document = {"type": "FeatureCollection", "features": features}
        text = json.dumps(document, separators=(",", ":"))
        found.append((f"{START + day * DAY}.geojson", text.encode()))
    return found


def _front(rng: np.random.Generator, vertices: int) -> np.ndarray:
    lat = np.linspace(46.5, 50.0, vertices)
    lon = 33 + np.cumsum(rng.normal(0, 0.004, vertices)) + np.sin(lat * 3) * 0.3
    return np.stack([lon, lat], axis=1).round(7)


def _next_day(
    rng: np.random.Generator, front: np.ndarray, pockets: list[np.ndarray], day: int
) -> tuple[np.ndarray, list[np.ndarray]]:
    front = front.copy()
    begin = rng.integers(0, len(front) - 30)
    front[begin : begin + 20, 0] += rng.normal(-0.004, 0.002, 20)
    if day % 17 == 16:  # the whole outline rewritten within a metre
        front += rng.uniform(-5e-6, 5e-6, front.shape)
    which = int(rng.integers(len(pockets)))
    pockets = list(pockets)
    pockets[which] = (pockets[which] + rng.normal(0, 0.003, 2)).round(7)
    return front.round(7), pockets


def _land(front: np.ndarray, width: float) -> np.ndarray:
    """Return the ground east of a line; its other sides are drawn in short steps as well."""
    south, north = front[0], front[-1]
    north_east, south_east = north + np.array([width, 0]), south + np.array([width, 0])
    sides = (
        _line(north, north_east)[1:],
        _line(north_east, south_east)[1:],
        _line(south_east, south)[1:],
    )
    return np.concatenate([front, *sides]).round(7)[::-1]


def _line(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    steps = int(np.abs(end - start).max() / 0.02) + 1
    return start + (end - start) * np.linspace(0, 1, steps + 1)[:, None]


def _blob(rng: np.random.Generator, lon: float, lat: float) -> np.ndarray:
    angle = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    radius = 0.05 * rng.uniform(0.7, 1.3, 40)
    ring = np.stack([lon + radius * np.cos(angle), lat + radius * np.sin(angle) / 1.5], axis=1)
    return np.concatenate([ring, ring[:1]]).round(7)


def _other_source(front: np.ndarray, day: int) -> np.ndarray:
    """Return a band west of the front by somebody who drew it for himself, a metre off."""
    own = front[5 + day % 5 : 105 : 2] + 7e-6
    return np.concatenate([own, (own - [0.05, 0])[::-1], own[:1]]).round(7)


def _feature(status: str, ring: np.ndarray) -> dict[str, object]:
    return {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [[[*p, 0] for p in ring.tolist()]]},
        "properties": {"name": status, "fill": FILLS[status]},
    }


def _points(rng: np.random.Generator) -> list[dict[str, object]]:
    return [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [*xy, 0]},
            "properties": {"name": "a place"},
        }
        for xy in rng.uniform([30, 46], [40, 50], (20, 2)).tolist()
    ]
