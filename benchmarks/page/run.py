"""What the page costs a reader: bytes, time to first paint, steps a second, memory.

    python benchmarks/page/run.py war.html

Opens a page of `contested site build --single-file` from the disk in headless Chromium with
software rendering, 1200 × 800, and prints JSON. Steps a second are wall time, so run it on a quiet
machine; processor time a step and memory hold on a busy one too.

Memory is private and resident (`RssAnon`) in megabytes of 10**6 bytes: of the page's own renderer,
its largest value during the steps, and of the GPU process, which paints in software. A blank page
and an empty map of MapLibre in the same browser are the floor.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import sys
import tempfile
from base64 import b64decode
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

STEPS, ROUNDS = 240, 3
SCENES = {
    "one date": "#d=2024-02-17",
    "and a week before": "#d=2024-02-17&c=-7",
    "two dates": "#d=2024-02-17&c=2022-04-03",
    "two dates, near": "#d=2024-02-17&c=2022-04-03&m=9/48.2/37.3",
}
SCRUB = """async (steps) => {
  const { store, view } = window.contested;
  const days = window.contested.atlas.calendar.days;
  const script = [];
  const begin = performance.now();
  for (let i = 0; i < steps; i++) {
    await new Promise((next) => requestAnimationFrame(() => {
      const from = performance.now();
      store.change({ day: (i * 5) % days });
      script.push(performance.now() - from + view.lastPaintMs);
      next();
    }));
  }
  const took = performance.now() - begin;
  script.sort((a, b) => a - b);
  return { steps_per_s: (steps / took) * 1000, script_ms_median: script[steps / 2],
           script_ms_p95: script[Math.floor(steps * 0.95)] };
}"""
TIMES = """() => Object.fromEntries([...performance.getEntriesByType("paint"),
  ...performance.getEntriesByType("mark")].map((entry) => [entry.name, entry.startTime]))"""
BUSY = "() => { const end = performance.now() + 150; while (performance.now() < end); }"
READY = "!!window.contested && window.contested.view.map.loaded()"
BLANK = "<!doctype html><meta charset=utf-8><title>blank</title><p>blank"
EMPTY_MAP = """<!doctype html><meta charset=utf-8><title>map</title>
<style>html,body,#map{margin:0;height:100%}</style><div id=map></div>
<script src="maplibre.js"></script><script>
maplibregl.setWorkerUrl(URL.createObjectURL(new Blob([""])));
new maplibregl.Map({container: "map", style: {version: 8, sources: {}, layers: []}});
</script>"""
LIBRARY = Path(__file__).parents[2] / "src/contested/render/client/maplibre.js"


class Processes:
    """The processes that serve one page: its renderer, and the GPU process."""

    def __init__(self, browser: Browser, page: Page) -> None:
        self._session = browser.new_browser_cdp_session()
        before = self._cpu("renderer")
        page.evaluate(BUSY)  # the renderer that is now the busiest is the page's
        after = self._cpu("renderer")
        self.renderer = max(after, key=lambda one: after[one] - before.get(one, 0.0))
        self.gpu = next(iter(self._cpu("GPU")))

    def _cpu(self, kind: str) -> dict[int, float]:
        known = self._session.send("SystemInfo.getProcessInfo")["processInfo"]
        return {one["id"]: one["cpuTime"] for one in known if one["type"] == kind}

    def cpu_s(self) -> tuple[float, float]:
        """Return processor seconds so far, of the renderer and of the GPU process."""
        return _cpu_s(self.renderer), _cpu_s(self.gpu)

    def memory_mb(self) -> dict[str, float]:
        """Return private resident memory, MB."""
        return {"renderer": _private_mb(self.renderer), "gpu": _private_mb(self.gpu)}


def main(path: Path) -> None:
    """Open the page, scrub through it and print what it took."""
    content = path.read_bytes()
    pack = re.search(rb'id="contested-pack">([^<]*)<', content)
    found: dict[str, Any] = {
        "page_bytes_gzip": len(gzip.compress(content, 9)),
        "history_bytes": len(b64decode(pack[1])) if pack else None,
        "floors_mb": _floors(),
    }
    for name, hash_ in SCENES.items():
        with _opened(path.resolve().as_uri() + hash_) as (browser, page):
            while not page.evaluate(READY):
                page.wait_for_timeout(50)
            page.wait_for_timeout(1000)
            found.setdefault("times_ms", page.evaluate(TIMES))
            found[name] = _scrubbed(page, Processes(browser, page))
    print(json.dumps(found, indent=2))


def _scrubbed(page: Page, processes: Processes) -> dict[str, Any]:
    """Return what rounds of steps took, each apart."""
    at_rest = processes.memory_mb()
    rounds, sizes = [], []
    for _ in range(ROUNDS):
        before = processes.cpu_s()
        row = page.evaluate(SCRUB, STEPS)
        used = [(b - a) / STEPS * 1e3 for a, b in zip(before, processes.cpu_s(), strict=True)]
        row["cpu_ms_a_step"] = dict(zip(("renderer", "gpu"), used, strict=True))
        rounds.append({key: _rounded(value) for key, value in row.items()})
        sizes.append(processes.memory_mb())
    return {
        "rounds": rounds,
        "at_rest_mb": at_rest,
        "most_mb": {key: max(size[key] for size in sizes) for key in at_rest},
    }


def _floors() -> dict[str, Any]:
    """Return what a blank page and an empty map cost in this browser."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(LIBRARY, folder)
        for name, text in (("blank page", BLANK), ("empty MapLibre map", EMPTY_MAP)):
            page_file = Path(folder) / "page.html"
            page_file.write_text(text, encoding="utf-8")
            with _opened(page_file.as_uri()) as (browser, page):
                page.wait_for_timeout(2000)
                found[name] = Processes(browser, page).memory_mb()
    return found


@contextmanager
def _opened(address: str) -> Iterator[tuple[Browser, Page]]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--enable-unsafe-swiftshader"],
        )
        page = browser.new_page(viewport={"width": 1200, "height": 800})
        page.goto(address)
        yield browser, page
        browser.close()


def _cpu_s(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _private_mb(process: int) -> float:
    text = Path(f"/proc/{process}/status").read_text()
    found = re.search(r"RssAnon:\s+(\d+)", text)
    return 0.0 if found is None else round(int(found[1]) * 1024 / 1e6, 1)


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    return round(value, 1)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
