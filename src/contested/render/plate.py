"""A chart that stands alone: headline above it, source line under it, our own ground. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contested.render.language import ENGLISH, Language
from contested.render.paint import Painter, svg_root
from contested.render.svg import element, group
from contested.render.theme import PAPER_WHITE, SMALLEST_TEXT_PX, Theme
from contested.render.typeset import balanced, clean, wrap

if TYPE_CHECKING:
    from collections.abc import Callable

    from contested.render.chart import Drawing

MARGIN = 10.0
TITLE, DECK, NOTE = 16.0, 12.0, 9.5


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands round a chart: headline, line under it, source line."""

    title: str
    deck: str
    source: str


def plate(
    draw: Callable[[float, Painter], Drawing],
    caption: Caption,
    width: float,
    theme: Theme = PAPER_WHITE,
    metadata: str = "",
    language: Language = ENGLISH,
) -> tuple[str, str]:
    """Return a chart as the text of an SVG, and what it shows in words.

    Parameters
    ----------
    draw
        Draws the chart in a width in pixels.
    width
        Of the whole picture, pixels at 96 to the inch.
    metadata
        Markup of a ``<metadata>`` element.
    """
    inner = width - 2 * MARGIN
    painter = Painter(theme, "", 1.0, real_lines=True, language=language)
    drawing = draw(inner, painter)
    head, top = _lines(caption.title, TITLE, inner, 0.0, painter, weight="bold")
    deck, top = _lines(caption.deck, DECK, inner, top, painter, role="soft_ink")
    top += 10
    shift = f"translate(0 {top:.1f})"
    body = group(painter.id("chart"), [part for part in drawing.parts if part], transform=shift)
    foot, bottom = _lines(
        caption.source, max(NOTE, SMALLEST_TEXT_PX), inner, top + drawing.height + 6, painter,
        role="soft_ink",
    )  # fmt: skip
    parts = [
        group(painter.id("head"), [*head, *deck]),
        body,
        element("line", x1=0, x2=inner, y1=top + drawing.height + 3, y2=top + drawing.height + 3,
                stroke_width=0.7, **painter.stroke("rule")),
        group(painter.id("source"), foot),
    ]  # fmt: skip
    text = svg_root(
        "\n".join(parts), inner, bottom + 6, label=drawing.label, title_id=painter.id("title"),
        classes="chart", margin=MARGIN, ground=theme.card, metadata=metadata,
        language=language.code,
    )  # fmt: skip
    return text, drawing.label


def _lines(
    words: str, size: float, width: float, top: float, painter: Painter,
    *, weight: str | None = None, role: str = "ink",
) -> tuple[list[str], float]:  # fmt: skip
    """Return a text broken into lines, and where the next one begins."""
    parts, y = [], top
    broken = balanced if size >= DECK else wrap
    for line in broken(clean(words, 1200), size, width, bold=weight == "bold"):
        y += size * 1.32
        parts.append(painter.text(line, 0, y - size * 0.22, size, weight=weight, role=role))
    return parts, y
