"""The page where something is missing: scripts, WebGL, or a sound history."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from pmtiles.tile import Compression, TileType
from pmtiles.writer import write

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
    """A server of tiles on this machine, what was asked of it, and files that it has."""
    asked = []
    files = {}

    class Tiles(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            content = files.get(self.path, TILE)
            part = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
            sent = content[int(part[1]) : int(part[2]) + 1] if part else content
            self.send_response(206 if part else 200)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Content-Type", "image/png" if content is TILE else "text/plain")
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Tiles)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked, files
    server.shutdown()


def test_a_wanted_base_map_is_asked_for_and_credited(reader, tmp_path, tiles):
    address, asked, _ = tiles
    basemap = basemap_of(address + "/{z}/{x}/{y}.png", "© Tile Makers")
    path = tmp_path / "tiles.html"
    path.write_bytes(single_file(replace(world_site(), basemap=basemap)))
    reader.allowed = (f"request {address}/",)
    view = reader.open(path, "#d=2023-01-01")
    until(view, "window.contested.view.map.areTilesLoaded()")
    assert asked
    assert all(re.fullmatch(r"/\d+/\d+/\d+\.png", one) for one in asked)
    assert "© Tile Makers" in view.locator(".source").inner_text()


def field(number, content):
    """A length-delimited field of a protocol buffer; all lengths here fit into one byte."""
    assert len(content) < 128
    return bytes([number << 3 | 2, len(content)]) + content


def vector_tile():
    """One layer `water` that fills the tile, written by hand after version 2 of the format."""
    zigzag = lambda value: bytes([value & 0x7F | 0x80, value >> 7 & 0x7F | 0x80, value >> 14])  # noqa: E731
    edge, back = zigzag(2 * 4096), zigzag(2 * 4096 - 1)
    ring = b"\x09\0\0" + b"\x1a" + edge + b"\0" + b"\0" + edge + back + b"\0" + b"\x0f"
    polygon = b"\x18\x03" + field(4, ring)
    layer = b"\x78\x02" + field(1, b"water") + field(2, polygon) + b"\x28\x80\x20"
    return field(3, layer)


def archive(path):
    """A PMTiles archive of four zoom levels, each tile all water."""
    with write(path) as writer:
        for z in range(4):
            for number in range(4**z):
                first = sum(4**one for one in range(z))
                writer.write_tile(first + number, vector_tile())
        header = {
            "tile_type": TileType.MVT, "tile_compression": Compression.NONE,
            "min_lon_e7": -180 * 10**7, "min_lat_e7": -85 * 10**7,
            "max_lon_e7": 180 * 10**7, "max_lat_e7": 85 * 10**7,
            "center_zoom": 3, "center_lon_e7": 36 * 10**7, "center_lat_e7": 48 * 10**7,
        }  # fmt: skip
        layers = [{"id": "water", "fields": {}, "minzoom": 0, "maxzoom": 3}]
        writer.finalize(header, {"vector_layers": layers})
    return path.read_bytes()


def painted(view):
    """The colour that the base map from elsewhere has in the middle of the screen."""
    return view.evaluate(
        """() => new Promise((resolve) => {
          const { map } = window.contested.view;
          map.once("render", () => {
            const copy = document.createElement("canvas");
            const context = copy.getContext("2d");
            context.drawImage(map.getCanvas(), -600, -400);
            resolve([...context.getImageData(0, 0, 1, 1).data]);
          });
          map.triggerRepaint();
        })"""
    )


def test_an_archive_is_read_by_ranges_and_painted(reader, tmp_path, tiles):
    address, asked, files = tiles
    files["/ukraine.pmtiles"] = archive(tmp_path / "ukraine.pmtiles")
    basemap = basemap_of(address + "/ukraine.pmtiles", "© Archivists")
    path = tmp_path / "archive.html"
    path.write_bytes(single_file(replace(world_site(), basemap=basemap)))
    reader.allowed = (f"request {address}/", f"request pmtiles://{address}/")
    view = reader.open(path, "#d=2023-01-01&t=light&m=6/49.5/33")
    until(view, "window.contested.view.map.areTilesLoaded()")
    assert len(asked) >= 2
    assert set(asked) == {"/ukraine.pmtiles"}
    assert painted(view) == [220, 232, 238, 255]
    assert "© Archivists" in view.locator(".source").inner_text()


def test_a_style_is_asked_for_and_painted(reader, tmp_path, tiles):
    address, asked, files = tiles
    layers = [
        {"id": "ground", "type": "background", "paint": {"background-color": "#123456"}},
        {"id": "tiles", "type": "raster", "source": "tiles", "paint": {"raster-opacity": 0}},
    ]
    source = {"type": "raster", "tiles": [address + "/{z}/{x}/{y}.png"], "tileSize": 256}
    style = {"version": 8, "sources": {"tiles": source}, "layers": layers}
    files["/style.json"] = json.dumps(style).encode()
    basemap = basemap_of(address + "/style.json", "© Stylists")
    path = tmp_path / "style.html"
    path.write_bytes(single_file(replace(world_site(), basemap=basemap)))
    reader.allowed = (f"request {address}/",)
    view = reader.open(path, "#d=2023-01-01&m=6/49.5/33")
    assert asked[0] == "/style.json"
    assert painted(view) == [0x12, 0x34, 0x56, 255]
    assert "© Stylists" in view.locator(".source").inner_text()


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
