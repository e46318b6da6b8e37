"""How alike two names are: the last step of a look-up, and never a tie-breaker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

THRESHOLD: Final = 93.0
"""A match must lie above this and be the only one (Pokrovsk and Pokrovske score 94.1)."""


def similarity(first: str, second: str) -> float:
    """Return the normalised indel similarity, 0 to 100: 200 · LCS / (length + length).

    The longest common subsequence is found bit-parallel (Hyyrö 2004, "Bit-parallel LCS-length
    computation revisited").
    """
    total = len(first) + len(second)
    return 200 * _common(first, second) / total if total else 100.0


def close_to(
    query: str, keys: Iterable[str], threshold: float = THRESHOLD
) -> list[tuple[float, str]]:
    """Return keys above the threshold with their score, best first, then by key."""
    length = len(query)
    # LCS is at most the shorter length, so far longer or shorter keys cannot reach it.
    allowed = (100 - threshold) / 100
    found = [
        (score, key)
        for key in keys
        if abs(len(key) - length) < allowed * (len(key) + length)
        and (score := similarity(query, key)) > threshold
    ]
    return sorted(found, key=lambda hit: (-hit[0], hit[1]))


def _common(first: str, second: str) -> int:
    """Return the length of the longest common subsequence."""
    masks: dict[str, int] = {}
    for position, letter in enumerate(first):
        masks[letter] = masks.get(letter, 0) | 1 << position
    full = (1 << len(first)) - 1
    row = full
    for letter in second:
        matched = row & masks.get(letter, 0)
        row = ((row + matched) | (row - matched)) & full
    return len(first) - row.bit_count()
