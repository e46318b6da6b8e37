"""The tokens: readable text, classes that no kind of sight confuses."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from contested.render.page import _TEXT_INK
from contested.render.theme import BLACK_AND_WHITE, COLOURS, DARK, LIGHT, THEMES, Theme

# Machado, Oliveira & Fernandes (2009), severity 1.0, on linear RGB.
SIGHT = {
    "trichromat": np.eye(3),
    "protanope": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
         [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranope": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
         [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanope": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
         [0.004733, 0.691367, 0.303900]]
    ),
}  # fmt: skip
XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
     [0.0193339, 0.1191920, 0.9503041]]
)  # fmt: skip
LEAST_DIFFERENCE = 19.0

# Classes drawn as plain colour: only colour tells them apart.
PLAIN = ("paper", "occupied", "gained", "regained")
# Classes drawn with a pattern: its ink must stand off its ground; hatch at its opacity.
PATTERNS = (
    ("hatch", "paper"),
    ("held_2014_dot", "held_2014"),
    ("liberated_line", "paper"),
    ("ua_in_russia_line", "ua_in_russia"),
)


def rgb(colour: str) -> np.ndarray:
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255


def linear(values: np.ndarray) -> np.ndarray:
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def lab(values: np.ndarray) -> np.ndarray:
    xyz = XYZ @ values / np.array([0.95047, 1.0, 1.08883])
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def seen(theme: Theme, role: str) -> np.ndarray:
    """Return the colour as it lies on the paper, sRGB 0 to 1."""
    colour = rgb(getattr(theme, role))
    if role != "hatch":
        return colour
    return colour * theme.hatch_opacity + rgb(theme.paper) * (1 - theme.hatch_opacity)


def difference(theme: Theme, one: str, other: str, sight: np.ndarray) -> float:
    """CIE 1976 colour difference as an eye of this kind sees it."""
    a, b = (lab(np.clip(sight @ linear(seen(theme, role)), 0, 1)) for role in (one, other))
    return float(np.linalg.norm(a - b))


def luminance(colour: str) -> float:
    return float(XYZ[1] @ linear(rgb(colour)))


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_measures_are_right_on_known_pairs() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert lab(linear(rgb("#ff0000"))) == pytest.approx([53.24, 80.09, 67.20], abs=0.02)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda t: t.name)
@pytest.mark.parametrize("kind", SIGHT)
def test_plain_classes_differ_for_every_kind_of_sight(theme: Theme, kind: str) -> None:
    found = {pair: difference(theme, *pair, SIGHT[kind]) for pair in combinations(PLAIN, 2)}
    assert min(found.values()) >= LEAST_DIFFERENCE, found


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda t: t.name)
@pytest.mark.parametrize("kind", SIGHT)
def test_patterns_stand_off_their_ground(theme: Theme, kind: str) -> None:
    found = {pair: difference(theme, *pair, SIGHT[kind]) for pair in PATTERNS}
    assert min(found.values()) >= LEAST_DIFFERENCE, found


def test_black_and_white_tells_plain_classes_apart_by_lightness() -> None:
    found = {
        p: difference(BLACK_AND_WHITE, *p, SIGHT["trichromat"]) for p in combinations(PLAIN, 2)
    }
    found |= {p: difference(BLACK_AND_WHITE, *p, SIGHT["trichromat"]) for p in PATTERNS}
    assert min(found.values()) >= LEAST_DIFFERENCE, found


def test_black_and_white_has_no_colour() -> None:
    for role in COLOURS:
        assert len(set(rgb(getattr(BLACK_AND_WHITE, role)))) == 1, role


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda t: t.name)
def test_text_is_readable(theme: Theme) -> None:
    for ground in (theme.paper, theme.card, theme.halo):
        assert contrast(theme.ink, ground) >= 7.0
        assert contrast(theme.soft_ink, ground) >= 4.5
    for ground in (theme.abroad, theme.water):
        assert contrast(theme.soft_ink, ground) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda t: t.name)
def test_coloured_figures_are_readable(theme: Theme) -> None:
    for ink in _TEXT_INK[theme.name]:
        assert contrast(ink, theme.card) >= 4.5


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda t: t.name)
def test_front_line_and_marks_meet_contrast_of_graphics(theme: Theme) -> None:
    assert contrast(theme.front, theme.paper) >= 3.0
    assert contrast(theme.gained, theme.paper) >= 3.0
    assert contrast(theme.regained, theme.paper) >= 3.0
