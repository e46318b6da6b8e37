"""The faces: what they cover, and what stands in for the letters that they lack."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from contested.render.fonts import BOLD, FACES, FALLBACK, LACKING, REGULAR, fallback_path, runs
from contested.render.locator import render_locator
from contested.render.pdf import pdf
from contested.render.png import png
from scenes import locator, town

WORDS = {"Title": "t", "Description": "d", "Source": "s"}
needs_matplotlib = pytest.mark.skipif(find_spec("matplotlib") is None, reason="an extra")


@pytest.mark.parametrize("face", FACES)
def test_lacking_letters_are_those_without_a_glyph(face: str) -> None:
    from fontTools.ttLib import TTFont

    from contested.render.fonts import font_path

    glyphs = set(TTFont(font_path(face)).getBestCmap())
    for code in (*range(0x20, 0x7F), *range(0xA0, 0x3000)):
        assert (LACKING.match(chr(code)) is None) == (code in glyphs), hex(code)


def test_a_text_is_split_where_letters_are_missing() -> None:
    assert runs("Київ", REGULAR) == [(REGULAR, "Київ")]
    assert runs("A Ελλ b", BOLD) == [(BOLD, "A "), (FALLBACK[BOLD], "Ελλ"), (BOLD, " b")]


def picture(name: str) -> str:
    place = town(name)
    content = locator(title=name, places=(place,), focus=place.id)
    return render_locator(content, 400.0, prefix="", real_lines=True)


@needs_matplotlib
def test_a_greek_name_is_drawn_in_every_format_with_the_fallback(monkeypatch) -> None:
    svg = picture("Ελλάδα")
    drawn, written = png(svg, WORDS), pdf(svg, WORDS)
    assert b"DejaVuSans" in written
    assert b"NotoSans" in written
    assert fallback_path(REGULAR) is not None
    for module in ("png", "pdf"):
        monkeypatch.setattr(f"contested.render.{module}.fallback_path", lambda _: None)
    assert png(svg, WORDS) != drawn
    assert b"DejaVuSans" not in pdf(svg, WORDS)


def test_a_usual_name_needs_no_fallback() -> None:
    assert b"DejaVuSans" not in pdf(picture("Покровськ"), WORDS)
