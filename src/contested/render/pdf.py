"""PDF of a picture: the same paths and live text, fonts embedded, words in the file. Pure.

Reads back only what this package draws: rectangles, circles, lines, paths, text and
moved groups. Anything else is an error, never left out in silence.
"""

from __future__ import annotations

import re
from math import acos, ceil, cos, pi, sin, sqrt
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from contested.errors import UsageError
from contested.render.fonts import (
    FACES,
    FALLBACK,
    LACKING,
    STAND_INS,
    face_of,
    fallback_path,
    font_path,
    runs,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

POINTS_PER_PX = 0.75
_SVG = "{http://www.w3.org/2000/svg}"
_TOKEN = re.compile(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)")
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "A": 7, "Z": 0}
_CAPS, _JOINS = {"butt": 0, "round": 1, "square": 2}, {"miter": 0, "round": 1, "bevel": 2}
_SILENT = frozenset({"title", "desc", "defs", "metadata"})
_QUARTER = 0.5522847498


def pdf(svg: str, words: Mapping[str, str]) -> bytes:
    """Return an SVG as one page of PDF, 96 px to the inch.

    Parameters
    ----------
    svg
        A picture of ours with real lines: patterns are refused.
    words
        ``Title``, ``Description``, ``Source`` for the file's properties.

    Raises
    ------
    UsageError
        If the picture holds what this writer does not draw.
    """
    root = ET.fromstring(svg)  # noqa: S314  # made by this package a moment ago
    left, top, width, height = map(float, root.attrib["viewBox"].split())
    size = (width * POINTS_PER_PX, height * POINTS_PER_PX)
    # invariant: no clock and no random identifier in the file, so that a run repeats
    for face in FACES:
        pdfmetrics.registerFont(TTFont(face, font_path(face)))
        path = fallback_path(face) if LACKING.search(svg.translate(STAND_INS)) else None
        if path:
            pdfmetrics.registerFont(TTFont(FALLBACK[face], path))
    canvas = Canvas("", pagesize=size, invariant=1, pageCompression=1, lang=root.get("lang"),
                    initialFontName=FACES[0])  # fmt: skip
    canvas.setTitle(words.get("Title", ""))
    canvas.setSubject(words.get("Description", ""))
    canvas.setKeywords(words.get("Source", ""))
    canvas.setAuthor(words.get("Software", ""))
    canvas.setCreator(words.get("Software", ""))
    # y grows downwards in a picture, upwards on a page
    canvas.transform(POINTS_PER_PX, 0, 0, -POINTS_PER_PX, -left * POINTS_PER_PX,
                     (height + top) * POINTS_PER_PX)  # fmt: skip
    for child in root:
        _draw(canvas, child)
    canvas.showPage()
    made: bytes = canvas.getpdfdata()
    return made


def _draw(canvas: Canvas, item: ET.Element) -> None:
    kind = item.tag.removeprefix(_SVG)
    if kind in _SILENT or not item.tag.startswith(_SVG):
        return
    canvas.saveState()
    if kind == "g":
        _enter(canvas, item)
        for child in item:
            _draw(canvas, child)
    elif kind == "text":
        _text(canvas, item)
    else:
        _shape(canvas, kind, item)
    canvas.restoreState()


def _enter(canvas: Canvas, item: ET.Element) -> None:
    """Move as a group says."""
    moved = re.fullmatch(r"translate\((\S+) (\S+)\)", item.get("transform", ""))
    if moved:
        canvas.translate(float(moved[1]), float(moved[2]))


def _shape(canvas: Canvas, kind: str, item: ET.Element) -> None:
    fill = "none" if kind == "line" else item.get("fill", "#000000")
    stroke = item.get("stroke", "none")
    if fill.startswith("url") or kind not in {"rect", "circle", "line", "path"}:
        raise UsageError(f"a picture with {kind if kind != 'path' else fill} has no form in PDF")
    path = canvas.beginPath()
    _PATHS[kind](path, item)
    if fill != "none":
        canvas.setFillColor(_colour(fill))
    if stroke != "none":
        _pen(canvas, item, stroke)
    mode = 0 if item.get("fill-rule") == "evenodd" else 1
    canvas.drawPath(path, fill=int(fill != "none"), stroke=int(stroke != "none"), fillMode=mode)


def _pen(canvas: Canvas, item: ET.Element, stroke: str) -> None:
    canvas.setStrokeColor(_colour(stroke))
    canvas.setLineWidth(float(item.get("stroke-width", 1)))
    canvas.setLineCap(_CAPS[item.get("stroke-linecap", "butt")])
    canvas.setLineJoin(_JOINS[item.get("stroke-linejoin", "miter")])
    if item.get("stroke-dasharray"):
        canvas.setDash([float(n) for n in re.split(r"[ ,]+", item.attrib["stroke-dasharray"])])
    if item.get("stroke-opacity"):
        canvas.setStrokeAlpha(float(item.attrib["stroke-opacity"]))


def _colour(text: str) -> Any:
    from reportlab.lib.colors import HexColor  # noqa: PLC0415  # a thousand colours, used here only

    return HexColor(text)


def _rect(path: Any, item: ET.Element) -> None:
    x, y, width, height = (float(item.get(n, 0)) for n in ("x", "y", "width", "height"))
    path.rect(x, y, width, height)


def _circle(path: Any, item: ET.Element) -> None:
    path.circle(*(float(item.get(n, 0)) for n in ("cx", "cy", "r")))


def _line(path: Any, item: ET.Element) -> None:
    path.moveTo(float(item.get("x1", 0)), float(item.get("y1", 0)))
    path.lineTo(float(item.get("x2", 0)), float(item.get("y2", 0)))


def _path(path: Any, item: ET.Element) -> None:
    """Repeat the steps of a path: absolute and relative moves, lines, arcs of circles."""
    x = y = start_x = start_y = 0.0
    for letter, numbers in _steps(item.attrib["d"]):
        base_x, base_y = (x, y) if letter.islower() else (0.0, 0.0)
        step = letter.upper()
        if step == "Z":
            path.close()
            x, y = start_x, start_y
            continue
        from_x, from_y = x, y
        x = base_x + numbers[-2] if step in "MLA" else base_x + numbers[0] if step == "H" else x
        y = base_y + numbers[-1] if step in "MLA" else base_y + numbers[0] if step == "V" else y
        if step == "M":
            path.moveTo(x, y)
            start_x, start_y = x, y
        elif step == "A":
            _arc(path, (from_x, from_y), (x, y), numbers)
        else:
            path.lineTo(x, y)


def _steps(text: str) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Return letter and numbers of every step; numbers after a letter's first set repeat it."""
    tokens = _TOKEN.findall(text)
    at, letter = 0, ""
    while at < len(tokens):
        if tokens[at].isalpha():
            letter, at = tokens[at], at + 1
        elif letter in "Mm":
            letter = "L" if letter == "M" else "l"
        takes = _TAKES[letter.upper()]
        yield letter, tuple(float(one) for one in tokens[at : at + takes])
        at += takes


def _arc(
    path: Any, start: tuple[float, float], end: tuple[float, float], numbers: tuple[float, ...]
) -> None:
    """Draw an arc of a circle as Bézier curves of at most a quarter (SVG 1.1, appendix F.6)."""
    radius, large, sweep = numbers[0], bool(numbers[3]), bool(numbers[4])
    half = (end[0] - start[0]) / 2, (end[1] - start[1]) / 2
    apart = sqrt(half[0] ** 2 + half[1] ** 2)
    rise = sqrt(max(radius**2 - apart**2, 0.0)) / max(apart, 1e-9)
    side = -1 if large == sweep else 1
    middle = start[0] + half[0] - side * rise * half[1], start[1] + half[1] + side * rise * half[0]
    ux, uy = (start[0] - middle[0]) / radius, (start[1] - middle[1]) / radius
    begin = acos(max(-1.0, min(1.0, ux))) * (1 if uy >= 0 else -1)
    vx, vy = (end[0] - middle[0]) / radius, (end[1] - middle[1]) / radius
    stop = acos(max(-1.0, min(1.0, vx))) * (1 if vy >= 0 else -1)
    turn = (stop - begin) % (2 * pi) if sweep else -((begin - stop) % (2 * pi))
    pieces = max(ceil(abs(turn) / (pi / 2)), 1)
    step = turn / pieces
    reach = radius * _QUARTER * step / (pi / 2)
    for n in range(pieces):
        a, b = begin + n * step, begin + (n + 1) * step
        ax, ay = middle[0] + radius * cos(a), middle[1] + radius * sin(a)
        bx, by = middle[0] + radius * cos(b), middle[1] + radius * sin(b)
        path.curveTo(ax - reach * sin(a), ay + reach * cos(a), bx + reach * sin(b),
                     by - reach * cos(b), bx, by)  # fmt: skip


_PATHS = {"rect": _rect, "circle": _circle, "line": _line, "path": _path}


def _text(canvas: Canvas, item: ET.Element) -> None:
    """Set one line of text; a halo is drawn but is no text to a reader or a search."""
    words = "".join(item.itertext()).translate(STAND_INS)
    size, face = float(item.get("font-size", 12)), face_of(item.get("font-weight"),
                                                           item.get("font-style"))  # fmt: skip
    spacing = float(item.get("letter-spacing", 0))
    parts = runs(words, face) if fallback_path(face) else [(face, words)]
    wide = sum(pdfmetrics.stringWidth(part, own, size) for own, part in parts)
    width = wide + spacing * len(words)
    shift = {"middle": width / 2, "end": width}.get(item.get("text-anchor", ""), 0.0)
    canvas.translate(float(item.get("x", 0)), float(item.get("y", 0)))
    turned = re.fullmatch(r"rotate\((\S+) \S+ \S+\)", item.get("transform", ""))
    if turned:  # always about the text's own point
        canvas.rotate(float(turned[1]))
    canvas.translate(-shift, 0)
    canvas.scale(1, -1)
    line = canvas.beginText(0, 0)
    line.setFont(parts[0][0], size)
    line.setCharSpace(spacing)
    halo = item.get("aria-hidden") == "true"
    if halo:
        _pen(canvas, item, item.get("stroke", "#ffffff"))
        line.setTextRenderMode(1)
    else:
        canvas.setFillColor(_colour(item.get("fill", "#000000")))
    for own, part in parts:
        line.setFont(own, size)
        line.textOut(part)
    if halo:
        canvas._code.append("/Span <</ActualText (\\376\\377)>> BDC")  # noqa: SLF001
    canvas.drawText(line)
    if halo:
        canvas._code.append("EMC")  # noqa: SLF001
