"""PNG of a picture at twice its size, in our own fonts, with words in the file. Pure."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING
from zlib import crc32

import resvg_py

from contested.render.fonts import FACES, LACKING, STAND_INS, fallback_path, font_path

if TYPE_CHECKING:
    from collections.abc import Mapping

ZOOM = 2
_SIGNATURE_AND_HEADER = 8 + 25
_DOTS_PER_METRE = round(96 * ZOOM / 0.0254)


def png(svg: str, words: Mapping[str, str]) -> bytes:
    """Return an SVG as PNG at 192 dots to the inch.

    Parameters
    ----------
    svg
        A picture of ours, with patterns or with real lines.
    words
        PNG keywords (``Title``, ``Description``, ``Source``) and their texts, kept in the file
        as ``iTXt``. The machine's fonts are never asked: every machine makes the same bytes.
    """
    drawn: bytes = bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg.translate(STAND_INS),
            zoom=ZOOM,
            skip_system_fonts=True,
            font_files=[font_path(face) for face in FACES] + _fallback(svg),
            font_family="Noto Sans",
            sans_serif_family="Noto Sans",
        )
    )
    density = _chunk(b"pHYs", struct.pack(">IIB", _DOTS_PER_METRE, _DOTS_PER_METRE, 1))
    texts = b"".join(
        _chunk(b"iTXt", key.encode("latin-1") + b"\0\0\0\0\0" + text.encode())
        for key, text in words.items()
        if text
    )
    start = _SIGNATURE_AND_HEADER
    return drawn[:start] + density + texts + drawn[start:]


def _fallback(svg: str) -> list[str]:
    """Return further faces where the picture has a letter that ours lack."""
    if not LACKING.search(svg.translate(STAND_INS)):
        return []
    return [path for face in FACES if (path := fallback_path(face))]


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + check
