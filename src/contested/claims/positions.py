"""Sentences that say where somebody or something could be hit: no claim is read from them.

A coordinate, a reference of a military grid, or where a weapon or its crew stands. An article may
print it; nothing that this program writes may carry it on, not even as the words of a claim.
"""

from __future__ import annotations

import re
from typing import Final

POLICY: Final = "out of scope by policy: a position"

_POINT: Final = re.compile(
    r"\d{1,3}\.\d{2,}\s?°?\s?[NSEW]\b"  # 48.2811 N
    r"|\d{1,3}\s?°\s?\d{1,2}(?:\.\d+)?\s?['’′]"  # 48° 16′
    r"|\b\d{1,2}\.\d{3,}\s?°?\s?[,;/ ]\s?\d{1,2}\.\d{3,}\b"  # 48.2811, 37.1822
    r"|\b\d{1,2}\s?[C-HJ-NP-X]\s?[A-HJ-NP-Z]{2}\s?\d{2,5}\s?\d{2,5}\b"  # 37U DQ 12345 67890
    r"|\b(?:[Gg]rid|[Mm]ap) (?:squares?|references?|refs?\.?)?\s?[A-Z]{0,2}\s?\d{3,}"
)
_WEAPON: Final = re.compile(
    r"\b(?:HIMARS|Javelins?|Stingers?|Patriots?|Grads?|howitzers?|launchers?|mortars?|batter(?:y|ies)"
    r"|radars?|command posts?|ammunition (?:depots?|dumps?)|gun crews?|drone (?:crews?|pilots?))\b"
)
_STANDS: Final = re.compile(
    r"\b(?:stood|stands|parked|hidden|hides|emplaced|positioned|dug in|fired from|based (?:at|in)"
    r"|in (?:the|a) (?:basement|school|cellar|hospital|factory|treeline|tree line|house))\b"
)
_CREWS: Final = re.compile(
    r"\b(?:unit|crews?|platoon|company|squad|men|section)\b.{0,40}?\b(?:holds?|held|hides?|in|sits?)"
    r"\b.{0,20}?\b(?:basement|cellar|dugout|bunker)\b"
)


def holds_position(sentence: str) -> bool:
    """Return whether a sentence says where a weapon, a crew or a point to be hit is."""
    if _POINT.search(sentence) or _CREWS.search(sentence):
        return True
    return bool(_WEAPON.search(sentence) and _STANDS.search(sentence))
