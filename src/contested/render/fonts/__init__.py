"""The fonts that pictures are set in: Noto Sans, cut to Latin and Cyrillic (SIL OFL 1.1)."""

from __future__ import annotations

import re
from importlib.resources import files
from importlib.util import find_spec
from itertools import groupby
from typing import Final

REGULAR, BOLD, ITALIC = "NotoSans-Regular", "NotoSans-Bold", "NotoSans-Italic"
FACES: Final = (REGULAR, BOLD, ITALIC)
STAND_INS: Final = str.maketrans({"−": "–", "→": "›"})
"""Signs that the face lacks, and those it has that look alike: for pictures set here and now."""

LACKING: Final = re.compile(
    "[^\\t\\n -~\\u00a0-\\u017f\\u0218-\\u021b\\u02bc\\u0400-\\u052f"
    "\\u2010-\\u202f\\u2032-\\u203a\\u20ac\\u2116]"
)
"""A letter that the faces lack: one of a script beyond Latin and Cyrillic."""
FALLBACK: Final = {REGULAR: "DejaVuSans", BOLD: "DejaVuSans-Bold", ITALIC: "DejaVuSans-Oblique"}
"""Face → the face of DejaVu Sans that stands in for single letters, where matplotlib is there."""


def fallback_path(face: str) -> str | None:
    """Return the path of the face that stands in for another's missing letters, if there is one.

    DejaVu Sans comes with matplotlib, an extra: without it such a letter is an empty box.
    """
    found = find_spec("matplotlib")
    folders = found.submodule_search_locations if found else None
    return f"{next(iter(folders))}/mpl-data/fonts/ttf/{FALLBACK[face]}.ttf" if folders else None


def runs(text: str, face: str) -> list[tuple[str, str]]:
    """Return a text as runs of face and letters: those the face lacks go to its fallback."""
    if not LACKING.search(text):
        return [(face, text)]
    grouped = groupby(text, key=lambda letter: LACKING.match(letter) is not None)
    return [(FALLBACK[face] if lacks else face, "".join(part)) for lacks, part in grouped]


def font_path(face: str) -> str:
    """Return the path of a face's file."""
    return str(files(__package__).joinpath(f"{face}.ttf"))


def face_of(weight: str | None, style: str | None) -> str:
    """Return the face for a ``font-weight`` and a ``font-style``."""
    if weight == "bold":
        return BOLD
    return ITALIC if style == "italic" else REGULAR
