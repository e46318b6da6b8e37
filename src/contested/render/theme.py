"""Colours and type of every picture and page: LOOK.md as frozen tokens."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

FONT = "'Noto Sans', 'DejaVu Sans', sans-serif"
SERIF = "'Noto Serif', 'DejaVu Serif', serif"
HATCH_EVERY_PX = 7.0
HATCH_WIDTH_PX = 2.2
FRONT_WIDTH_PX = 1.6
PRINT_HATCH_EVERY_PX, PRINT_HATCH_WIDTH_PX = 5.0, 1.3
"""On paper lines are finer and closer than on a screen: about as dark."""
SMALLEST_TEXT_PX = 6.5 * 96 / 72
"""Nothing is set below 6.5 pt."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by role, as ``#rrggbb``; every area is drawn opaque, so these are what is seen.

    Attributes
    ----------
    paper, card
        Ground without a statement, and the page; panels.
    abroad
        Ground of other countries.
    occupied, held_2014, held_2014_dot
        Areas; ground held since 2014 carries dots of the third colour.
    gained, regained
        Ground that changed since a date: taken by Russia, regained by Ukraine.
    hatch, hatch_opacity
        Lines of contested ground over the paper.
    liberated_line, ua_in_russia, ua_in_russia_line
        Upright lines over paper; tinted ground with level lines.
    lined
        Whether regained ground is drawn as close upright lines: greys alone would not tell it.
    """

    name: str
    paper: str
    card: str
    abroad: str
    ink: str
    soft_ink: str
    rule: str
    occupied: str
    held_2014: str
    held_2014_dot: str
    gained: str
    regained: str
    hatch: str
    hatch_opacity: float
    liberated_line: str
    ua_in_russia: str
    ua_in_russia_line: str
    front: str
    border: str
    water: str
    water_line: str
    water_text: str
    halo: str
    lined: bool = False


LIGHT = Theme(
    name="light",
    paper="#f6f3ec",
    card="#fffdf8",
    abroad="#e9e5db",
    ink="#26231f",
    soft_ink="#6b655c",
    rule="#d9d3c7",
    occupied="#e3a594",
    held_2014="#c98f80",
    held_2014_dot="#7d3323",
    gained="#c8553d",
    regained="#2b7bba",
    hatch="#8a8378",
    hatch_opacity=1.0,
    liberated_line="#8fbad8",
    ua_in_russia="#c9dcea",
    ua_in_russia_line="#2b7bba",
    front="#8c2f1d",
    border="#8f887c",
    water="#dce8ee",
    water_line="#b7cddb",
    water_text="#44697f",
    halo="#fffdf8",
)

DARK = Theme(
    name="dark",
    paper="#1b1a18",
    card="#262421",
    abroad="#24221f",
    ink="#efeae0",
    soft_ink="#a8a196",
    rule="#3d3a35",
    occupied="#7d4436",
    held_2014="#663a30",
    held_2014_dot="#d08a76",
    gained="#d8674e",
    regained="#4a97d2",
    hatch="#efeae0",
    hatch_opacity=0.45,
    liberated_line="#3f6f97",
    ua_in_russia="#233e55",
    ua_in_russia_line="#4a97d2",
    front="#e08a72",
    border="#7a746a",
    water="#2c3a44",
    water_line="#3c4f5c",
    water_text="#93b4c8",
    halo="#1b1a18",
)

BLACK_AND_WHITE = Theme(
    name="bw",
    paper="#ffffff",
    card="#ffffff",
    abroad="#dedede",
    ink="#000000",
    soft_ink="#4a4a4a",
    rule="#bdbdbd",
    occupied="#bdbdbd",
    held_2014="#9e9e9e",
    held_2014_dot="#2b2b2b",
    gained="#4a4a4a",
    regained="#7a7a7a",
    hatch="#4a4a4a",
    hatch_opacity=1.0,
    liberated_line="#8c8c8c",
    ua_in_russia="#e0e0e0",
    ua_in_russia_line="#4a4a4a",
    front="#000000",
    border="#7a7a7a",
    water="#f0f0f0",
    water_line="#c4c4c4",
    water_text="#4a4a4a",
    halo="#ffffff",
    lined=True,
)

PAPER_WHITE = replace(
    LIGHT, card="#ffffff", halo="#ffffff", regained="#4a8fc6", liberated_line="#a9c8de",
    ua_in_russia="#d6e5f0", ua_in_russia_line="#6ea4cf", water_line="#9dbfd3",
)  # fmt: skip
"""The light theme on the white of a newspaper's page: large areas of ink are held back."""

INK_DARK = replace(DARK, abroad="#302d29", regained="#3f86bd", water_line="#4f6b7d")

THEMES = {theme.name: theme for theme in (LIGHT, DARK, BLACK_AND_WHITE)}

PRINT_THEMES = {**THEMES, LIGHT.name: PAPER_WHITE, DARK.name: INK_DARK}
"""What pictures that stand alone are drawn in, by the same names."""

COLOURS = tuple(f.name for f in fields(Theme) if f.name not in {"name", "hatch_opacity", "lined"})
"""Names of every colour token, in order of declaration."""
