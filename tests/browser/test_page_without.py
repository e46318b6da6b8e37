"""The page where something is missing: scripts, WebGL, or a sound history."""

from __future__ import annotations

import base64
import re

import pytest

from browser_page import world_site

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
    for name in ("index.html", "client.js", "client.css", "maplibre.js", "maplibre-worker.js"):
        (tmp_path / name).write_bytes((world / name).read_bytes())
    reader.allowed = ("error Failed to load resource",)
    view = reader.open(tmp_path / "index.html", wait=False)
    view.locator("#notice").wait_for(state="visible")
    assert "missing beside the page" in view.locator("#notice").inner_text()
    assert world_site().pack
