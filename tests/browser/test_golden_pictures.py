"""Small worlds painted as they were when a person last looked at them.

`pytest tests/browser --golden` writes the pictures anew: look at them before they are committed.
"""

from __future__ import annotations

import base64

import pytest

from browser_page import REPOSITORY

GOLDEN = REPOSITORY / "tests/golden"
WORLDS = {
    "page_contested": "#d=2023-01-01",
    "page_compared_dark": "#d=2023-01-03&c=2023-01-02&t=dark",
    "page_regained": "#d=2023-01-05&c=2023-01-03",
    "page_no_map": "#d=2023-01-04",
    "page_far": "#d=2023-01-01&m=5/48.2/36.5",
}
LARGEST_SHARE = 0.004
"""Of pixels that may differ: antialiasing moves a little between versions of the browser."""

PAINTED = """() => {
  const { control } = window.contested.view;
  const canvas = document.createElement("canvas");
  canvas.width = control.width; canvas.height = control.height;
  const context = canvas.getContext("2d");
  context.fillStyle = window.contested.view.palette.paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(control, 0, 0);
  return canvas.toDataURL("image/png").split(",")[1];
}"""
COMPARED = """async ([one, other]) => {
  const pixels = async (text) => {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, image.width, image.height).data;
  };
  const [a, b] = [await pixels(one), await pixels(other)];
  if (a.length !== b.length) return 1;
  let differing = 0;
  for (let i = 0; i < a.length; i += 4) {
    const most = Math.max(...[0, 1, 2].map((k) => Math.abs(a[i + k] - b[i + k])));
    if (most > 32) differing++;
  }
  return differing / (a.length / 4);
}"""


@pytest.mark.parametrize("name", WORLDS)
def test_painted_as_it_was(reader, world, name, request):
    hash_ = WORLDS[name]
    hash_ += "" if "&m=" in hash_ else "&m=9/48.2/36.5"
    view = reader.open(world / "one.html", hash_, size=(480, 360))
    view.wait_for_timeout(80)
    found = view.evaluate(PAINTED)
    path = GOLDEN / f"{name}.png"
    if request.config.getoption("--golden"):
        path.write_bytes(base64.b64decode(found))
    golden = base64.b64encode(path.read_bytes()).decode()
    assert view.evaluate(COMPARED, [found, golden]) <= LARGEST_SHARE
