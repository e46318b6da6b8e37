"""The fonts that pictures are set in: Noto Sans, cut to Latin and Cyrillic (SIL OFL 1.1)."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

REGULAR, BOLD, ITALIC = "NotoSans-Regular", "NotoSans-Bold", "NotoSans-Italic"
FACES: Final = (REGULAR, BOLD, ITALIC)
STAND_INS: Final = str.maketrans({"−": "–", "→": "›"})
"""Signs that the face lacks, and those it has that look alike: for pictures set here and now."""


def font_path(face: str) -> str:
    """Return the path of a face's file."""
    return str(files(__package__).joinpath(f"{face}.ttf"))


def face_of(weight: str | None, style: str | None) -> str:
    """Return the face for a ``font-weight`` and a ``font-style``."""
    if weight == "bold":
        return BOLD
    return ITALIC if style == "italic" else REGULAR
