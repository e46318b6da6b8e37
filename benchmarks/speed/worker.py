"""One engine in one process: does the scenarios, times them in CPU seconds, keeps results."""

from __future__ import annotations

import json
import resource
import sys
import time
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from baselines import straight_km2

if TYPE_CHECKING:
    from collections.abc import Callable

POINTS, LOOKUPS, SINGLE, APPENDED = 30_000, 2_000_000, 20_000, 20


class Clock:
    """Collects CPU seconds by scenario."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def time(self, scenario: str, work: Callable[[], Any]) -> Any:
        begin = time.process_time()
        result = work()
        self.seconds[scenario] = time.process_time() - begin
        return result


def points(number: int, seed: int = 7) -> np.ndarray:
    return np.random.default_rng(seed).uniform([30.0, 45.0], [40.3, 52.4], (number, 2)).round(5)


def floors(paths: list[Path], clock: Clock) -> dict[str, np.ndarray]:
    contents = clock.time("floor: read", lambda: [path.read_bytes() for path in paths])
    clock.time("floor: SHA-256", lambda: [sha256(c).digest() for c in contents])
    try:
        import orjson
    except ImportError:
        clock.time("floor: json.loads", lambda: [json.loads(c) and None for c in contents])
        return {}
    clock.time("floor: orjson.loads", lambda: [orjson.loads(c) and None for c in contents])
    return {}


def warm_up(paths: list[Path]) -> None:
    """Load or compile every kernel on two maps, so that no scenario pays for it."""
    series, memo = _read(paths[:2])
    del memo
    _engine_questions(series, Clock(), points(50), 100)


def _read(paths: list[Path], clock: Clock | None = None) -> tuple[Any, Any]:
    """Read maps into a series; what reading the files took is told apart."""
    from contested.geo.numbers import FAST
    from contested.history.series import SeriesBuilder
    from contested.sources.deepstate.parse import CARRIES, SOURCE, Memo, parse

    memo = Memo()
    memo.geometries.fast = FAST
    builder = SeriesBuilder(SOURCE, CARRIES)
    on_disk = 0.0
    for path in paths:
        begin = time.process_time()
        content = path.read_bytes()
        on_disk += time.process_time() - begin
        builder.add(parse(content, path.name, memo))
    if clock is not None:
        clock.seconds["of ingest: read files"] = on_disk
    return builder.build(), memo


def _engine_questions(
    series: Any, clock: Clock, places: np.ndarray, lookups: int
) -> dict[str, np.ndarray]:
    from contested.history.engine import EdgeEngine

    engine = EdgeEngine(series)
    clock.time("build", lambda: engine.build().lines)
    built_mb = peak_rss_mb()
    areas = clock.time("areas", engine.areas_km2)
    steps = clock.time("changes", lambda: [engine.changes(i - 1, i) for i in range(1, len(series))])
    changes = [sum(c.area_km2 for c in step) for step in steps]
    straight = [straight_km2([c.geometry for c in step]) for step in steps]
    del steps
    front = clock.time(
        "front", lambda: np.array([_front(engine.lengths_km(i)) for i in range(len(series))])
    )
    panel = clock.time("panel", lambda: engine.panel(places))
    rng = np.random.default_rng(3)
    moved = _changed_hands(panel, places)
    asked = moved[rng.integers(0, len(moved), lookups)]
    days = rng.integers(0, len(series), lookups)
    found = clock.time("lookups, batched", lambda: engine.statuses_at(asked, days))
    single = [
        (float(x), float(y), int(d))
        for (x, y), d in zip(asked[:SINGLE], days[:SINGLE], strict=True)
    ]
    clock.time("lookups, single", lambda: [engine.status_at(x, y, d) for x, y, d in single])
    cells = dense(panel)
    wrong = _wrong_lookups(engine, asked, days, found)
    return {
        "areas": areas, "changes": np.array(changes), "straight": np.array(straight),
        "front": front, "panel": cells,
        "wrong_lookups": np.array([wrong]), "rss_build_mb": np.array([built_mb]),
    }  # fmt: skip


def _front(lengths: np.ndarray) -> float:
    held, others = [0, 1], [2, 3, 4, 6]
    return float(lengths[np.ix_(held, others)].sum())


def _changed_hands(panel: Any, places: np.ndarray) -> np.ndarray:
    rows = np.bincount(panel.point, minlength=panel.points)
    moved = places[rows > 1]
    return moved if len(moved) else places


def _wrong_lookups(engine: Any, asked: np.ndarray, days: np.ndarray, found: np.ndarray) -> int:
    """Compare lookups with the panel of the same points."""
    distinct, which = np.unique(asked, axis=0, return_inverse=True)
    cells = dense(engine.panel(distinct))
    return int((cells[days, which.ravel()] != found).sum())


def dense(panel: Any) -> np.ndarray:
    cells = np.empty((panel.points, panel.snapshots), dtype=np.int8)
    ends = np.append(panel.first[1:], 0)
    ends[np.append(np.diff(panel.point) != 0, True)] = panel.snapshots
    flat = np.repeat(panel.status, ends - panel.first)
    cells[:] = flat.reshape(panel.points, panel.snapshots)
    return cells.T.copy()


def contested(paths: list[Path], clock: Clock) -> dict[str, np.ndarray]:
    from contested.history.engine import EdgeEngine
    from contested.history.pack import pack, unpack
    from contested.sources.deepstate.parse import parse

    clock.time("load or compile", lambda: warm_up(paths))
    series, memo = clock.time("ingest", lambda: _read(paths, clock))
    results = _engine_questions(series, clock, points(POINTS), LOOKUPS)
    in_memory = clock.seconds["ingest"] - clock.seconds["of ingest: read files"]
    clock.seconds["raw bytes to queryable"] = in_memory + clock.seconds["build"]
    tail = min(APPENDED, len(paths) // 2)
    before, _ = _read(paths[:-tail])
    grown = EdgeEngine(before)
    grown.build()
    contents = [path.read_bytes() for path in paths[-tail:]]

    def append_all() -> None:
        for path, content in zip(paths[-tail:], contents, strict=True):
            grown.append(parse(content, path.name, memo))
            last = len(grown.series) - 1
            grown.matrix_km2(last - 1, last)
            grown.changes(last - 1, last)

    clock.time("append", append_all)
    clock.seconds["append"] /= tail
    if not (grown.areas_km2() == results["areas"]).all():
        raise SystemExit("appending does not give the figures of a rebuild")
    packed = clock.time("pack", lambda: pack(series))
    clock.time("unpack", lambda: unpack(packed))
    return results | {"pack_bytes": np.array([len(packed)])}


def baseline(name: str, paths: list[Path], clock: Clock) -> dict[str, np.ndarray]:
    import baselines

    engines = (
        baselines.ShapelyVectorised,
        baselines.ShapelySkippingEqual,
        baselines.GeoPandas,
        baselines.SedonaDB,
    )
    engine = next(e for e in engines if e.name == name)()
    results: dict[str, np.ndarray] = {}
    if name == "sedonadb":
        import sedona.db  # noqa: F401 (missing: said before minutes of work)
    maps = clock.time("ingest", lambda: engine.read(paths))
    if isinstance(engine, baselines.ShapelySkippingEqual):
        results["changes"] = clock.time("changes", lambda: engine.changes_of_maps(maps))
        results["straight"] = np.array([straight_km2(found) for found in engine.drawn])
        return results
    grounds = clock.time("build", lambda: engine.unite(maps))
    if name != "sedonadb":
        results["areas"] = clock.time("areas", lambda: engine.areas(grounds))
        results["changes"] = clock.time("changes", lambda: engine.changes(grounds))
        results["straight"] = np.array([straight_km2(found) for found in engine.drawn])
        engine.drawn.clear()
        results["front"] = clock.time("front", lambda: engine.front(grounds))
    results["panel"] = clock.time("panel", lambda: engine.panel(grounds, points(POINTS)))
    return results


def peak_rss_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    name, listing, out = sys.argv[1:4]
    paths = [Path(line) for line in Path(listing).read_text().splitlines()]
    clock = Clock()
    if name == "compile":
        clock.time("load or compile", lambda: warm_up(paths))
        results = {}
    elif name == "floors":
        results = floors(paths, clock)
    elif name == "contested":
        results = contested(paths, clock)
    else:
        results = baseline(name, paths, clock)
    np.savez(out, **results)
    print(json.dumps({"seconds": clock.seconds, "peak_rss_mb": peak_rss_mb()}))


if __name__ == "__main__":
    main()
