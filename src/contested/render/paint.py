"""The brush: theme colours as attributes and classes, patterns, haloed text. Pure.

Every coloured element carries its colour as a plain attribute, which any editor reads, and a
class by role, by which a page can turn the same picture dark.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

import shapely

from contested.render.language import ENGLISH, Language
from contested.render.svg import attr, element, number
from contested.render.theme import COLOURS, FONT, HATCH_EVERY_PX, HATCH_WIDTH_PX, Theme

if TYPE_CHECKING:
    from contested.render.labels import Box

HALO_PX = 2.6
"""Halo of notes and names of water; names of places have wider ones."""


@dataclass(frozen=True, slots=True)
class Painter:
    """A theme, the prefix of this picture's ids and the size of its type (1 at 720 px).

    Attributes
    ----------
    prefix
        Empty for a picture that stands alone: its layers then bear plain names.
    real_lines
        Draw textures line by line, not as patterns: for drawing programs and print.
    window
        Left, top, right, bottom in pixels beyond which no ground is drawn; `None` for no edge.
    language
        Of the words of charts; a map has its own.
    """

    theme: Theme
    prefix: str
    scale: float = 1.0
    real_lines: bool = False
    window: Box | None = None
    language: Language = ENGLISH

    def cut(self, shape: shapely.Geometry) -> shapely.Geometry:
        """Return a shape as far as it lies in the window.

        Cut shapes need no clip path, which drawing programs keep as an extra object and which
        costs a renderer a layer as large as the picture.
        """
        if self.window is None or shape.is_empty:
            return shape
        return shapely.clip_by_rect(shape, *self.window)

    def id(self, name: str) -> str:
        """Return an id that no other picture on the page has."""
        return f"{self.prefix}-{name}" if self.prefix else name

    def fill(self, role: str) -> dict[str, str]:
        """Return fill and class of a colour role."""
        return {"fill": getattr(self.theme, role), "class_": f"f-{role}"}

    def stroke(self, role: str) -> dict[str, str]:
        """Return stroke and class of a colour role."""
        return {"stroke": getattr(self.theme, role), "class_": f"s-{role}"}

    def both(self, fill: str, stroke: str) -> dict[str, str]:
        """Return fill, stroke and both classes."""
        return {
            "fill": getattr(self.theme, fill),
            "stroke": getattr(self.theme, stroke),
            "class_": f"f-{fill} s-{stroke}",
        }

    def pattern(self, name: str) -> dict[str, str]:
        """Return the fill of a pattern."""
        return {"fill": f"url(#{self.id('fill-' + name)})"}

    def text(
        self,
        text: str,
        x: float,
        y: float,
        size: float,
        *,
        role: str = "ink",
        anchor: str | None = None,
        weight: str | None = None,
        style: str | None = None,
        turn: float = 0.0,
    ) -> str:
        """Return one line of live text; `text` is words, not markup, `turn` degrees clockwise."""
        return element(
            "text",
            attr(text),
            x=x,
            y=y,
            font_size=size,
            text_anchor=anchor,
            font_weight=weight,
            font_style=style,
            transform=_turned(turn, x, y),
            **self.fill(role),
        )

    def halo(
        self,
        text: str,
        x: float,
        y: float,
        size: float,
        *,
        anchor: str | None = None,
        weight: str | None = None,
        style: str | None = None,
        turn: float = 0.0,
        width: float = 3.6,
    ) -> str:
        """Return the outline that lifts a text off the map: an element of its own, below it.

        ``paint-order`` would do with one element, but not every drawing program knows it.
        """
        return element(
            "text",
            attr(text),
            x=x,
            y=y,
            font_size=size,
            text_anchor=anchor,
            font_weight=weight,
            font_style=style,
            transform=_turned(turn, x, y),
            fill="none",
            stroke_width=width,
            stroke_linejoin="round",
            aria_hidden="true",
            **self.stroke("halo"),
        )

    def haloed(
        self,
        text: str,
        x: float,
        y: float,
        size: float,
        *,
        role: str = "ink",
        anchor: str | None = None,
        style: str | None = None,
        turn: float = 0.0,
    ) -> tuple[str, str]:
        """Return halo and text."""
        set_as = {"anchor": anchor, "style": style}
        return (
            self.halo(text, x, y, size, turn=turn, width=HALO_PX, **set_as),
            self.text(text, x, y, size, turn=turn, role=role, **set_as),
        )

    def patterns(self) -> str:
        """Return the patterns of contested, held since 2014, liberated and held in Russia."""
        if self.real_lines:
            return ""
        return element("defs", self._hatch() + self._dots() + self._lines())

    def _hatch(self) -> str:
        """45° lines 2.2 px wide every 7 px, measured across the lines."""
        every = HATCH_EVERY_PX
        line = element(
            "rect",
            width=HATCH_WIDTH_PX,
            height=every,
            fill_opacity=self._opacity(),
            **self.fill("hatch"),
        )
        return self._pattern("hatch", every, line, turn=45)

    def _opacity(self) -> str | None:
        opacity = self.theme.hatch_opacity
        return None if opacity == 1 else f"{opacity:g}"

    def _dots(self) -> str:
        back = element("rect", width=5, height=5, **self.fill("held_2014"))
        dot = element("circle", cx=1.5, cy=1.5, r="0.75", **self.fill("held_2014_dot"))
        return self._pattern("held", 5, back + dot)

    def _lines(self) -> str:
        upright = element("rect", width=1.4, height=7, **self.fill("liberated_line"))
        back = element("rect", width=6, height=6, **self.fill("ua_in_russia"))
        level = element("rect", width=6, height=1.4, **self.fill("ua_in_russia_line"))
        return self._pattern("liberated", 7, upright) + self._pattern("in-russia", 6, back + level)

    def _pattern(self, name: str, every: float, content: str, turn: float | None = None) -> str:
        return element(
            "pattern",
            content,
            id=self.id(f"fill-{name}"),
            width=every,
            height=every,
            patternUnits="userSpaceOnUse",
            patternTransform=None if turn is None else f"rotate({number(turn)})",
        )


def _turned(turn: float, x: float, y: float) -> str | None:
    return f"rotate({turn:.1f} {number(x)} {number(y)})" if turn else None


def svg_root(
    content: str,
    width: float,
    height: float,
    *,
    label: str,
    title_id: str,
    classes: str = "",
    margin: float = 1.0,
    ground: str = "",
    metadata: str = "",
    language: str | None = None,
) -> str:
    """Return a whole SVG: live text in our faces, words for those who cannot see it.

    Parameters
    ----------
    width, height
        Of the content; `margin` is added left and right and, below a `ground`, all round.
    ground
        Colour under everything, for a picture that stands alone.
    metadata
        Markup for a ``<metadata>`` element.
    """
    title = element("title", attr(label), id=title_id)
    above = margin if ground else 0.0
    # a part of a pixel at the edge of a picture that stands alone would be half transparent
    tall = ceil(height + 2 * above) if ground else height
    box = (-margin, -above, width + 2 * margin, tall)
    under = element(
        "rect", x=box[0], y=box[1], width=box[2], height=box[3], fill=ground, class_="f-card"
    )
    parts = (title, metadata, under if ground else "", content)
    return element(
        "svg",
        "\n" + "\n".join(part for part in parts if part) + "\n",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=" ".join(map(number, box)),
        width=box[2],
        height=box[3],
        lang=language,
        role="img",
        aria_labelledby=title_id,
        font_family=FONT,
        class_=classes or None,
    )


def colour_css(theme: Theme) -> str:
    """Return rules that paint every classed element of a picture in a theme."""
    rules = [
        f".f-{role}{{fill:{colour}}}.s-{role}{{stroke:{colour}}}"
        for role in COLOURS
        if (colour := getattr(theme, role))
    ]
    return "".join(rules) + f".f-hatch{{fill-opacity:{theme.hatch_opacity:g}}}"
