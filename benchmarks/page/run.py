"""What the page costs a reader: bytes, time to first paint, steps a second, memory.

    python benchmarks/page/run.py war.html

Opens a page of `contested site build --single-file` from the disk in headless Chromium with
software rendering, 1200 × 800, and prints JSON. Run it on a quiet machine: it measures time.
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
import sys
from base64 import b64decode
from pathlib import Path

from playwright.sync_api import sync_playwright

STEPS = 240
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


def main(path: Path) -> None:
    """Open the page, scrub through it and print what it took."""
    content = path.read_bytes()
    pack = re.search(rb'id="contested-pack">([^<]*)<', content)
    found: dict[str, object] = {
        "page_bytes_gzip": len(gzip.compress(content, 9)),
        "history_bytes": len(b64decode(pack[1])) if pack else None,
    }
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--enable-unsafe-swiftshader", "--enable-precise-memory-info"],
        )
        page = browser.new_page(viewport={"width": 1200, "height": 800})
        page.goto(path.resolve().as_uri())
        while not page.evaluate("!!window.contested && window.contested.view.map.loaded()"):
            page.wait_for_timeout(50)
        page.wait_for_timeout(9000)  # until the paths of this zoom are traced
        found["times_ms"] = page.evaluate(TIMES)
        found["scrub"] = page.evaluate(SCRUB, STEPS)
        found["heap_mb"] = page.evaluate("performance.memory.usedJSHeapSize / 1e6")
        found["renderer_private_mb"] = _renderer_mb(browser)
        browser.close()
    print(json.dumps(found, indent=2))


def _renderer_mb(browser: object) -> float:
    """Return the largest private memory of the renderers, MB: what their code maps is shared."""
    session = browser.new_browser_cdp_session()  # type: ignore[attr-defined]
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    sizes = [
        int(re.search(r"RssAnon:\s+(\d+)", Path(f"/proc/{one['id']}/status").read_text())[1])
        for one in processes
        if one["type"] == "renderer"
    ]
    return max(sizes) / 1e3


if __name__ == "__main__":
    main(Path(sys.argv[1]))
