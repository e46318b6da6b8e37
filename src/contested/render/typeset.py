"""How wide a text is, where it breaks, and what of a foreign name may be shown. Pure."""

from __future__ import annotations

import unicodedata

BOLD_FACTOR = 1.15
WIDEST = 1.1
LABEL_LIMIT = 40
TEXT_LIMIT = 200

# Advance widths of DejaVu Sans in 1/100 em, rounded up to 5: it is the wider of our two faces,
# so a box made from it also holds Noto Sans. Latin with Central European letters and Cyrillic.
_BY_WIDTH = {
    30: "'IJijlÌÍÎÏìíîïĨĩĪīĬĭĮįİıĴĵĺļłІЇЈіїј",
    35: " ,./:;\\|\xa0¦·‘’‚",
    40: "()-[]ft\xad‐‑ľţťŧ",
    45: "!r¡²³¹ŕŗř",
    50: '"*_`§¨ª¯°´¸º–',
    55: "?cszçćĉċčśŝşšźżžгзсэѓєѕґ“”„",
    60: "FLkvxyýÿķĸĹĻĽĿŁŷвтухчьў•",
    65: "$0123456789EPSTYabdeghnopqu{}«»ÈÉÊËÝàáâãäåèéêëðñòóôõöøùúûüþāăąďđēĕėęěĝğġģĥńņňōŏőŚŜŞŠŢŤ"
    "ũūŭůűųŶŸЀЁЃЅЎГЕЗРТУабеийклоряѐёђќѝҐ",
    70: "ABCKRVXZÀÁÂÃÄÅÇĀĂĄĆĈĊČŔŖŘŹŻŽЄАБВСХЧЬЭЯднпцћџ",
    75: "NUÑÙÚÛÜŃŅŇŨŪŬŮŰŲЌЍИЙКъ",
    80: "&DGHOQÐÒÓÔÕÖØĎĐĜĞĠĢĤŌŎŐЂЋЏДЛНОПЦмы",
    85: "#+<=>^w~±×ŵЪю→−",
    90: "MМФЫфњ",
    95: "Ħжшщљ",
    100: "%@Wm—…",
}
_WIDTH = {letter: width / 100 for width, letters in _BY_WIDTH.items() for letter in letters}


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return an upper bound of a text's width in the unit of `size`; unknown letters are wide."""
    width = sum(_WIDTH.get(letter, WIDEST) for letter in text) * size
    return width * BOLD_FACTOR if bold else width


def clean(text: str, limit: int = TEXT_LIMIT) -> str:
    """Return a foreign text as one harmless line of at most `limit` characters.

    Controls, line breaks and the marks that turn the direction of everything after them are
    taken out (they would let a name rewrite the words beside it); letters of any script stay.
    """
    flat = "".join(" " if letter.isspace() else letter for letter in text[: limit * 8])
    kept = "".join(letter for letter in flat if unicodedata.category(letter)[0] != "C")
    line = " ".join(unicodedata.normalize("NFC", kept).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def wrap(text: str, size: float, width: float, *, bold: bool = False) -> list[str]:
    """Break a text into lines no wider than `width`; a word that is too long is cut."""
    lines: list[str] = []
    for word in text.replace("© ", "©\xa0").replace(" —", "\xa0—").split(" "):
        fitting = _cut(word, size, width, bold=bold)
        joined = f"{lines[-1]} {fitting}" if lines else fitting
        if lines and text_width(joined, size, bold=bold) <= width:
            lines[-1] = joined
        else:
            lines.append(fitting)
    return lines


def balanced(text: str, size: float, width: float, *, bold: bool = False) -> list[str]:
    """Break a headline into as few lines as `wrap` does, about equally long: no widows."""
    lines = wrap(text, size, width, bold=bold)
    low, high = 0.0, width
    while len(lines) > 1 and high - low > size / 2:
        narrower = (low + high) / 2
        tried = wrap(text, size, narrower, bold=bold)
        fits = len(tried) == len(lines) and not any(line.endswith("…") for line in tried)
        low, high = (low, narrower) if fits else (narrower, high)
        lines = tried if fits else lines
    return lines


def _cut(word: str, size: float, width: float, *, bold: bool) -> str:
    """Shorten one word to a width, with an ellipsis."""
    if text_width(word, size, bold=bold) <= width:
        return word
    kept = word
    while kept and text_width(kept + "…", size, bold=bold) > width:
        kept = kept[:-1]
    return kept + "…"
