"""Exact predicates on integer vertices: no tolerance, no rounding.

Vertices are integers below 2^32 in units of 1e-7 degree, and edges of one map are shorter than
2^29: a product of two differences fits 64 bits, and a product of two such products is compared in
128 bits. Whether two edges cross, and in which order along an edge, is therefore never a matter
of rounding.
"""

from __future__ import annotations

from contested.geo.compiled import inlined


@inlined
def orient(ax: int, ay: int, bx: int, by: int, px: int, py: int) -> int:
    """Return twice the signed area of a, b, p: positive where p lies left of a → b."""
    return (bx - ax) * (py - ay) - (by - ay) * (px - ax)


@inlined
def _magnitude_product(a: int, b: int) -> tuple[int, int]:
    """Return the product of two non-negative 63-bit integers as high and low 62-bit halves."""
    a1, a0 = a >> 31, a & 0x7FFFFFFF
    b1, b0 = b >> 31, b & 0x7FFFFFFF
    low = a0 * b0
    middle = a1 * b0 + (low >> 31)
    middle_low = (middle & 0x7FFFFFFF) + a0 * b1
    high = a1 * b1 + (middle >> 31) + (middle_low >> 31)
    return high, ((middle_low & 0x7FFFFFFF) << 31) | (low & 0x7FFFFFFF)


@inlined
def compare_products(a: int, b: int, c: int, d: int) -> int:
    """Return the sign of a·b − c·d, exactly, for 63-bit integers."""
    left = (1 if a > 0 else -1 if a < 0 else 0) * (1 if b > 0 else -1 if b < 0 else 0)
    right = (1 if c > 0 else -1 if c < 0 else 0) * (1 if d > 0 else -1 if d < 0 else 0)
    if left != right:
        return 1 if left > right else -1
    if left == 0:
        return 0
    high, low = _magnitude_product(abs(a), abs(b))
    other_high, other_low = _magnitude_product(abs(c), abs(d))
    if high != other_high:
        return left if high > other_high else -left
    if low != other_low:
        return left if low > other_low else -left
    return 0


@inlined
def compare_fractions(num: int, den: int, other_num: int, other_den: int) -> int:
    """Return the sign of num/den − other_num/other_den for positive denominators, exactly."""
    difference = num / den - other_num / other_den
    if difference > 1e-12:  # noqa: PLR2004 (far beyond rounding of values within 0 and 1)
        return 1
    if difference < -1e-12:  # noqa: PLR2004
        return -1
    return compare_products(num, other_den, other_num, den)


@inlined
def precedes(ax: int, ay: int, bx: int, by: int) -> bool:
    """Return whether a comes before b: by longitude, then by latitude."""
    return ax < bx or (ax == bx and ay < by)
