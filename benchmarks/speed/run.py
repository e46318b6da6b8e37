"""Speed of the history engine beside what people use today.

    python benchmarks/speed/run.py                         # the real files if they are beside us
    python benchmarks/speed/run.py --data FOLDER           # these files, all engines
    python benchmarks/speed/run.py --synthetic             # the seeded history
    python benchmarks/speed/run.py --small                 # synthetic and small: correctness only
    python benchmarks/speed/run.py --data F --maps 170     # the first 170 maps
    python benchmarks/speed/run.py --data F --growth --engines contested

One process per engine, one thread, rounds interleaved, CPU time. Results are compared before any
time is printed; an engine that cannot run is printed as "not run".
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import numpy as np
import zstandard
from synthetic import files

HERE = Path(__file__).parent
ARCHIVE = HERE.parents[2] / "shared/data/deepstate/full-2022-04-03--2025-08-03.tar.zst"
ENGINES = ("floors", "contested", "shapely", "shapely-skip", "geopandas", "sedonadb")
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS", "RAYON_NUM_THREADS"), "1"
)
AREA_KM2, CHANGE_KM2, LENGTH_SHARE = 0.15, 0.03, 0.0005
FEW = {"changes": (0.35, 0.03), "straight": (0.2, 0.002)}
"""So many km² beyond the limit on so large a share of the steps are no disagreement.

Geodesic areas depend on the positions along an edge: of an edge of 30 to 100 km, cut at other
places, they differ (spring of 2022), between the baselines too. With straight edges they do not,
but for a strip that is a metre wide: whether it is a sliver, the baselines ask a geodesic area.
"""
LIMITS = {"areas": AREA_KM2, "straight": CHANGE_KM2, "changes": CHANGE_KM2}

WHOLE = ("ingest", "build", "areas", "changes", "front", "panel")
Run = dict[str, float]


def run_one(
    engine: str, paths: list[Path], folder: Path
) -> tuple[Run, dict[str, np.ndarray]] | str:
    """Return CPU seconds and results of one engine, or why it did not run."""
    listing, out = folder / "files.txt", folder / f"{engine}.npz"
    listing.write_text("\n".join(map(str, paths)))
    done = subprocess.run(
        [sys.executable, str(HERE / "worker.py"), engine, str(listing), str(out)],
        capture_output=True, text=True, env=os.environ | ONE_THREAD, check=False,
    )  # fmt: skip
    if done.returncode:
        return (done.stderr.strip().splitlines() or ["no message"])[-1]
    said = json.loads(done.stdout.splitlines()[-1])
    with np.load(out) as held:
        results = {name: held[name] for name in held.files}
    return said["seconds"] | {"peak RSS MB": said["peak_rss_mb"]}, results


def disagreements(
    name: str, ours: dict[str, np.ndarray], theirs: dict[str, np.ndarray]
) -> list[str]:
    """Return every way in which an engine's results differ from ours beyond what is allowed."""
    found = []
    for kind, limit in LIMITS.items():
        if kind in theirs:
            off = np.abs(ours[kind] - theirs[kind])
            most, beyond = float(off.max(initial=0)), int((off > limit).sum())
            most_allowed, share = FEW.get(kind, (limit, 0.0))
            few = most <= most_allowed and beyond <= share * off.size
            print(
                f"  {name:13} {kind:8} largest difference {most:.4f} km², {beyond} of {off.size} "
                f"beyond {limit}"
            )
            if beyond and not few:
                found.append(f"{name}: {kind} differ by {most:.3f} km²")
    if "front" in theirs:
        off = float(
            (np.abs(ours["front"] - theirs["front"]) / np.maximum(theirs["front"], 1)).max()
        )
        print(f"  {name:13} front    largest difference {off:.5%} (allowed {LENGTH_SHARE:.2%})")
        if off > LENGTH_SHARE:
            found.append(f"{name}: front differs by {off:.3%}")
    if "panel" in theirs:
        wrong = int((ours["panel"] != theirs["panel"]).sum())
        print(f"  {name:13} panel    {wrong} of {theirs['panel'].size} cells differ (allowed 0)")
        if wrong:
            found.append(f"{name}: {wrong} panel cells differ")
    return found


def compare(runs: dict[str, tuple[Run, dict[str, np.ndarray]]]) -> list[str]:
    """Compare all results with ours."""
    print("Results, compared before any time is shown:")
    ours = runs["contested"][1]
    wrong = int(ours["wrong_lookups"][0])
    print(f"  contested     lookups  {wrong} wrong against the panel (allowed 0)")
    found = [f"contested: {wrong} lookups are wrong"] if wrong else []
    for name, (_, theirs) in runs.items():
        if name not in {"contested", "floors"}:
            found += disagreements(name, ours, theirs)
    return found


def print_times(
    runs: dict[str, tuple[Run, dict[str, np.ndarray]]], missing: dict[str, str]
) -> None:
    """Print CPU seconds by scenario, and ratios both ways."""
    scenarios = list(dict.fromkeys(s for run, _ in runs.values() for s in run))
    print(f"\n{'CPU seconds':22}" + "".join(f"{name:>14}" for name in runs))
    for scenario in scenarios:
        row = [run.get(scenario) for run, _ in runs.values()]
        print(f"{scenario:22}" + "".join(f"{'' if v is None else f'{v:.4f}':>14}" for v in row))
    ours = runs["contested"][0]
    for name, (theirs, _) in runs.items():
        shared = [s for s in WHOLE if s in theirs and s in ours]
        if name in {"contested", "floors"} or not shared:
            continue
        print(f"\ncontested beside {name}:")
        for scenario in [*shared, *([" + ".join(shared)] if len(shared) > 1 else [])]:
            parts = scenario.split(" + ")
            mine, other = sum(ours[s] for s in parts), sum(theirs[s] for s in parts)
            print(f"  {scenario:48} {other / mine:9.1f} ×  (theirs/ours)  {mine / other:.5f} ×")
    for name, why in missing.items():
        print(f"\n{name}: not run ({why})")


def growth(paths: list[Path], folder: Path) -> None:
    """Print CPU seconds at 1/8, 1/4, 1/2 and 1 of the history, and the log-log slope on bytes."""
    sizes, seconds = [], []
    for part in (8, 4, 2, 1):
        chosen = paths[: max(len(paths) // part, 4)]
        run = run_one("contested", chosen, folder)
        if isinstance(run, str):
            raise SystemExit(f"growth: {run}")
        sizes.append(sum(path.stat().st_size for path in chosen))
        seconds.append(sum(run[0][s] for s in WHOLE))
        print(f"  1/{part}: {sizes[-1] / 1e6:8.1f} MB {seconds[-1]:8.3f} s")
    slope = np.polyfit(np.log(sizes), np.log(seconds), 1)[0]
    print(f"  log-log slope of CPU time against bytes: {slope:.2f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="folder of map files named by Unix seconds")
    parser.add_argument(
        "--small", action="store_true", help="synthetic and small: correctness only"
    )
    parser.add_argument("--synthetic", action="store_true", help="the seeded history")
    parser.add_argument("--maps", type=int, help="only the first so many maps")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--engines", nargs="+", default=list(ENGINES), choices=ENGINES)
    parser.add_argument("--growth", action="store_true", help="fit the growth of our cost as well")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = maps(asked.data, folder, small=asked.small, synthetic=asked.synthetic)[: asked.maps]
        return bench(paths, folder, asked)


def unpack(archive: Path, folder: Path) -> Path:
    """Unpack the real series, 662 MB, into a folder that is removed after the run."""
    reader = zstandard.ZstdDecompressor(max_window_size=1 << 27)
    with (
        archive.open("rb") as packed,
        tarfile.open(fileobj=reader.stream_reader(packed), mode="r|") as tar,
    ):
        tar.extractall(folder, filter="data")
    return next(folder.rglob("*.geojson")).parent


def maps(data: Path | None, folder: Path, *, small: bool, synthetic: bool) -> list[Path]:
    """Return the map files to read, in order of time."""
    if data is None and not small and not synthetic and ARCHIVE.is_file():
        data = unpack(ARCHIVE, folder)
    if data is not None:
        return sorted(data.glob("*.geojson"), key=lambda path: int(path.stem))
    for file, content in files(24 if small else 240, vertices=300 if small else 2000):
        (folder / file).write_bytes(content)
    return sorted(folder.glob("*.geojson"))


def bench(paths: list[Path], folder: Path, asked: argparse.Namespace) -> int:
    print(f"{len(paths)} maps, {sum(p.stat().st_size for p in paths) / 1e6:.1f} MB")
    runs: dict[str, tuple[Run, dict[str, np.ndarray]]] = {}
    missing: dict[str, str] = {}
    # In a process of its own: what a compiler takes is no memory of a build.
    compiled = run_one("compile", paths[:2], folder)
    if not isinstance(compiled, str):
        print(f"compiling or loading the kernels: {compiled[0]['load or compile']:.1f} s")
    for _ in range(asked.rounds):
        for engine in dict.fromkeys(["contested", *asked.engines]):
            run = run_one(engine, paths, folder)
            if isinstance(run, str):
                missing[engine] = run
            elif engine in runs:
                best = {s: min(v, runs[engine][0][s]) for s, v in run[0].items()}
                runs[engine] = (best, run[1])
            else:
                runs[engine] = run
    if "contested" not in runs:
        print(f"contested: not run ({missing['contested']})")
        return 1
    wrong = compare(runs)
    if wrong:
        print("\n".join(["", "NOT EQUAL:", *wrong, *(f"{n}: {w}" for n, w in missing.items())]))
        return 1
    if asked.small:
        print("equal; " + "".join(f"{n}: not run ({w}); " for n, w in missing.items()))
        return 0
    ours = runs["contested"][1]
    print_times(runs, missing)
    print(
        f"\npack: {int(ours['pack_bytes'][0]):,} bytes; peak RSS up to the end of a full build: "
        f"{float(ours['rss_build_mb'][0]):.0f} MB"
    )
    if asked.growth:
        print("\nGrowth:")
        growth(paths, folder)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
