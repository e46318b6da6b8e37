"""Widths of print: newspaper columns and millimetres to pixels at 96 to the inch. Pure."""

from __future__ import annotations

from contested.errors import UsageError

COLUMNS_MM = {"1col": 85.0, "2col": 175.0, "full": 280.0}
PX_PER_MM = 96 / 25.4
NARROWEST_MM, WIDEST_MM = 64.0, 1000.0
UPRIGHT_BELOW_MM = 110.0


def width_mm(text: str) -> float:
    """Return the width that a word or a number means.

    Raises
    ------
    UsageError
        If it is neither ``1col``, ``2col``, ``full`` nor a number of mm a map can be drawn in.
    """
    if text in COLUMNS_MM:
        return COLUMNS_MM[text]
    try:
        asked = float(text.removesuffix("mm"))
    except ValueError:
        asked = float("nan")
    if not NARROWEST_MM <= asked <= WIDEST_MM:
        raise UsageError(
            f"width {text!r}: give 1col (85 mm), 2col (175 mm), full (280 mm) or "
            f"{NARROWEST_MM:g} to {WIDEST_MM:g} mm"
        )
    return asked


def aspect(mm: float) -> float:
    """Return height by width of a map's ground: upright-ish in a column, wide on a page."""
    return 1.05 if mm < UPRIGHT_BELOW_MM else 0.72
