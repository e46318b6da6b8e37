"""The page has the colours of the print, which are checked for every kind of sight."""

from __future__ import annotations

import re

import pytest

from browser_page import REPOSITORY
from contested.render.page import _TEXT_INK
from contested.render.theme import DARK, LIGHT

SAME = {
    "paper": "paper", "neighbour": "abroad", "card": "card", "ink": "ink", "soft": "soft_ink",
    "border": "border", "occupied": "occupied", "gained": "gained", "regained": "regained",
    "held": "held_2014", "heldDot": "held_2014_dot", "front": "front", "water": "water",
    "shore": "water_line", "liberated": "liberated_line", "uaInRussia": "ua_in_russia",
}  # fmt: skip
SOURCE = (REPOSITORY / "web/src/layers/theme.ts").read_text(encoding="utf-8")
STYLES = (REPOSITORY / "web/src/page.css").read_text(encoding="utf-8")


def table(name: str) -> dict[str, str]:
    block = re.search(rf"export const {name}: Palette = {{(.*?)}};", SOURCE, re.DOTALL)
    assert block
    return dict(re.findall(r'(\w+): "([^"]+)"', block[1]))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda t: t.name)
def test_canvas_and_print_share_their_tokens(theme):
    found = table(theme.name.upper())
    assert {ours: found[ours] for ours in SAME} == {
        ours: getattr(theme, theirs) for ours, theirs in SAME.items()
    }
    if theme.hatch_opacity == 1:
        assert found["hatch"] == theme.hatch
    else:
        red, green, blue = (int(theme.hatch[i : i + 2], 16) for i in (1, 3, 5))
        assert found["hatch"] == f"rgba({red},{green},{blue},{theme.hatch_opacity})"


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda t: t.name)
def test_panels_and_print_share_their_tokens(theme):
    light, dark = STYLES.split(':root[data-theme="dark"]')
    block = (light if theme is LIGHT else dark).partition("}")[0]
    found = dict(re.findall(r"--([\w-]+): (#\w{6})", block))
    names = {
        "paper": "paper", "card": "card", "ink": "ink", "soft": "soft_ink", "gained": "gained",
        "occupied": "occupied", "regained": "regained", "held": "held_2014", "front": "front",
        "held-dot": "held_2014_dot", "ua": "ua_in_russia",
    }  # fmt: skip
    for ours, theirs in names.items():
        assert found[ours] == getattr(theme, theirs), ours
    assert (found["gained-text"], found["regained-text"]) == _TEXT_INK[theme.name]
