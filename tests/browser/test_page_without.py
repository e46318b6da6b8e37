"""The page where something is missing: scripts, WebGL, or a sound history."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from browser_page import until, world_site
from contested.jobs.site_basemap import basemap_of
from contested.render.site import single_file

PACK = re.compile(rb'(id="contested-pack">)([^<]*)(<)')


def with_pack(world, tmp_path, change):
    """The one file with another pack in it."""
    page = (world / "one.html").read_bytes()
    pack = bytearray(base64.b64decode(PACK.search(page)[2]))
    changed = base64.b64encode(bytes(change(pack)))
    path = tmp_path / "changed.html"
    path.write_bytes(PACK.sub(lambda found: found[1] + changed + found[3], page))
    return path


def other_version(pack):
    pack[4] = 99
    return pack


def flipped(pack):
    pack[-3] ^= 0x40
    return pack


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda pack: pack[: len(pack) // 2], "damaged or cut short"),
        (flipped, "damaged or cut short"),
        (other_version, "another version"),
        (lambda _: b"hello", "not a history pack"),
    ],
)
def test_a_broken_pack_is_named_and_the_picture_stays(reader, world, tmp_path, change, said):
    view = reader.open(with_pack(world, tmp_path, change), wait=False)
    notice = view.locator("#notice")
    notice.wait_for(state="visible")
    assert said in notice.inner_text()
    assert view.locator("#static svg").is_visible()
    assert "1,319 km²" in view.locator("#static table").inner_text()


def test_without_scripts_the_latest_map_is_a_picture_and_a_table(reader, world):
    view = reader.open(world / "index.html", wait=False, java_script_enabled=False)
    assert view.locator("#static svg").is_visible()
    assert "not need" not in view.locator("#static").inner_text()
    assert "1,319 km²" in view.locator("#static table").inner_text()


def test_without_webgl_the_page_says_why_and_keeps_the_picture(reader, world):
    context = reader._browser.new_context()
    reader._contexts.append(context)
    view = context.new_page()
    view.add_init_script(
        "HTMLCanvasElement.prototype.getContext = (get => function (kind, ...rest) {"
        " return kind.startsWith('webgl') ? null : get.call(this, kind, ...rest); })"
        "(HTMLCanvasElement.prototype.getContext)"
    )
    view.goto((world / "one.html").as_uri())
    assert "WebGL" in view.locator("#notice").inner_text()
    assert view.locator("#static svg").is_visible()


def test_a_missing_pack_is_named(reader, world, tmp_path):
    for name in ("index.html", "client.js", "client.css", "maplibre.js"):
        (tmp_path / name).write_bytes((world / name).read_bytes())
    reader.allowed = ("error Failed to load resource",)
    view = reader.open(tmp_path / "index.html", wait=False)
    view.locator("#notice").wait_for(state="visible")
    assert "missing beside the page" in view.locator("#notice").inner_text()
    assert world_site().pack


TILE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
def tiles():
    """A server of tiles on this machine, and what was asked of it."""
    asked = []

    class Tiles(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Content-Type", "image/png")
            self.end_headers()
            self.wfile.write(TILE)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Tiles)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()


def test_a_wanted_base_map_is_asked_for_and_credited(reader, tmp_path, tiles):
    address, asked = tiles
    basemap = basemap_of(address + "/{z}/{x}/{y}.png", "© Tile Makers")
    path = tmp_path / "tiles.html"
    path.write_bytes(single_file(replace(world_site(), basemap=basemap)))
    reader.allowed = (f"request {address}/",)
    view = reader.open(path, "#d=2023-01-01")
    until(view, "window.contested.view.map.areTilesLoaded()")
    assert asked
    assert all(re.fullmatch(r"/\d+/\d+/\d+\.png", one) for one in asked)
    assert "© Tile Makers" in view.locator(".source").inner_text()


def test_a_base_map_that_does_not_answer_leaves_the_own_one(reader, tmp_path):
    basemap = basemap_of("https://127.0.0.1:9/{z}/{x}/{y}.png", "© Tile Makers")
    path = tmp_path / "tiles.html"
    path.write_bytes(single_file(replace(world_site(), basemap=basemap)))
    reader.allowed = ("request https://127.0.0.1:9/", "error ")
    view = reader.open(path, "#d=2023-01-01", wait=False)
    until(view, "!!window.contested")
    land = view.evaluate(
        "[...window.contested.view.ground.getContext('2d').getImageData(600, 400, 1, 1).data]"
    )
    assert land == [246, 243, 236, 255]
