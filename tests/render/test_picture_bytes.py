"""PNG and PDF: words inside, fonts embedded, the same bytes every time, nothing left out."""

from __future__ import annotations

import base64
import re
import struct
import zlib
from xml.etree import ElementTree as ET

import pytest

from contested.errors import UsageError
from contested.render.fonts import FACES, face_of, font_path
from contested.render.language import UKRAINIAN
from contested.render.locator import render_locator
from contested.render.pdf import pdf
from contested.render.png import png
from scenes import locator, town

WORDS = {"Title": "Middleton", "Description": "Мапа: a map", "Source": "Mapmakers"}
SVG = render_locator(locator(), 400.0, prefix="", real_lines=True)


def chunks(content: bytes) -> list[tuple[bytes, bytes]]:
    at, found = 8, []
    while at < len(content):
        (size,) = struct.unpack(">I", content[at : at + 4])
        found.append((content[at + 4 : at + 8], content[at + 8 : at + 8 + size]))
        (crc,) = struct.unpack(">I", content[at + 8 + size : at + 12 + size])
        assert crc == zlib.crc32(content[at + 4 : at + 8 + size])
        at += 12 + size
    return found


def streams(content: bytes) -> bytes:
    """Every stream of a PDF, unpacked: reportlab writes ASCII 85 over deflate."""
    found = re.findall(rb"ASCII85Decode.*?stream\r?\n(.*?)endstream", content, re.DOTALL)
    packed = [base64.a85decode(b"<~" + one.strip(), adobe=True) for one in found]
    return b"\n".join(zlib.decompress(one) for one in packed)


def test_png_is_twice_the_size_and_carries_its_words():
    found = dict(reversed(chunks(png(SVG, WORDS))))
    width, height = struct.unpack(">II", found[b"IHDR"][:8])
    box = [float(n) for n in ET.fromstring(SVG).attrib["viewBox"].split()]  # noqa: S314

    assert (width, height) == (pytest.approx(2 * box[2], abs=1), pytest.approx(2 * box[3], abs=1))
    texts = [body for kind, body in chunks(png(SVG, WORDS)) if kind == b"iTXt"]
    assert any("Мапа: a map".encode() in body for body in texts)
    assert found[b"pHYs"] == struct.pack(">IIB", 7559, 7559, 1)


def test_a_run_repeats_to_the_byte():
    assert png(SVG, WORDS) == png(SVG, WORDS)
    assert pdf(SVG, WORDS) == pdf(SVG, WORDS)
    assert render_locator(locator(), 400.0, prefix="", real_lines=True) == SVG


def test_pdf_embeds_its_fonts_and_keeps_every_font_file_there_is():
    made = pdf(SVG, WORDS)
    assert made.startswith(b"%PDF-")
    assert b"NotoSans-Regular" in made
    assert b"NotoSans-Bold" in made
    assert b"/FontFile2" in made
    assert b"Helvetica" not in made
    assert all(open(font_path(face), "rb").read(4) for face in FACES)  # noqa: PTH123, SIM115


def test_pdf_sets_cyrillic_as_text_with_a_way_back_to_letters():
    content = locator(title="Місто", language=UKRAINIAN, places=(town("Херсон"),), focus=None)
    made = pdf(render_locator(content, 400.0, prefix="", real_lines=True), WORDS)
    assert b"/ToUnicode" in made


def test_halos_are_no_text_for_readers():
    drawn = streams(pdf(SVG, WORDS))
    halos = drawn.count(b"/ActualText")
    assert halos == SVG.count('aria-hidden="true"') > 0
    assert drawn.count(b"EMC") == halos


def test_what_the_pdf_writer_cannot_draw_is_refused():
    with pytest.raises(UsageError, match="no form in PDF"):
        pdf(render_locator(locator(), 400.0), WORDS)
    with pytest.raises(UsageError, match="ellipse"):
        pdf('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><ellipse/></svg>', WORDS)


def test_a_letter_without_a_glyph_has_a_stand_in():
    plain = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30" width="90" height="30">'
    minus, dash = (f'{plain}<text x="5" y="20">{s}5</text></svg>' for s in "−–")
    assert png(minus, {}) == png(dash, {})


def test_faces_follow_weight_and_style():
    assert [face_of("bold", None), face_of(None, "italic"), face_of(None, None)] == [
        "NotoSans-Bold", "NotoSans-Italic", "NotoSans-Regular",
    ]  # fmt: skip
