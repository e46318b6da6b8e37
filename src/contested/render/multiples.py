"""Small multiples: one place on several dates, drawn alike. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from contested.render import wording
from contested.render.chart import SIZE, Drawing
from contested.render.chart_words import chart_words
from contested.render.layers import made_out
from contested.render.legend import draw_legend, entries
from contested.render.locator import compose, map_parts
from contested.render.svg import group

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contested.records import Status
    from contested.render.paint import Painter
    from contested.render.picture import LocatorMap

GAP, HEAD = 10.0, 18.0
COLUMNS, NARROW_COLUMNS, NARROW_PX = 4, 2, 480.0


def draw_multiples(maps: Sequence[LocatorMap], width: float, painter: Painter) -> Drawing:
    """Return maps of one place on several dates in rows, with one legend.

    Every map says its own day; nothing between two days is implied.
    """
    columns = COLUMNS if width >= NARROW_PX else NARROW_COLUMNS
    side = (width - GAP * (columns - 1)) / columns
    parts: list[str] = []
    seen: dict[Status, None] = {}
    height = 0.0
    for number, content in enumerate(maps):
        scene = compose(content, side)
        own = replace(painter, prefix=f"map-{content.attribution.as_of}", scale=0.86)
        height = scene.projection.height + HEAD + GAP
        x, y = number % columns * (side + GAP), number // columns * height
        day = wording.day(content.attribution.as_of, content.language)
        parts.append(painter.text(day, x, y + 12, SIZE, weight="bold"))
        shift = f"translate({x:.1f} {y + HEAD:.1f})"
        parts.append(group(own.id("map"), map_parts(content, scene, own), transform=shift))
        shown = (s for s, shape in scene.statuses.items() if made_out(shape, scene.projection))
        seen.update(dict.fromkeys(shown))
    bottom = height * -(-len(maps) // columns) + 2
    legend, taken = draw_legend(
        entries(maps[-1], tuple(seen), gained=False, lost=False), width, bottom, painter
    )
    words = maps[-1].language
    first, last = (wording.day(maps[n].attribution.as_of, words) for n in (0, -1))
    label = chart_words(words).multiples_label.format(
        title=maps[-1].title, count=len(maps), first=first, last=last,
        km=f"{maps[-1].frame.width_km:.0f}",
    )  # fmt: skip
    return Drawing([*parts, legend], width, bottom + taken, label)
