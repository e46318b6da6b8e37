"""Kernels round inlined functions, which Python cannot call: tests see what is compiled."""

from __future__ import annotations

from contested.geo.compiled import kernel
from contested.history import exact, metric


@kernel
def orient(ax, ay, bx, by, px, py):
    return exact.orient(ax, ay, bx, by, px, py)


@kernel
def compare_products(a, b, c, d):
    return exact.compare_products(a, b, c, d)


@kernel
def compare_fractions(num, den, other_num, other_den):
    return exact.compare_fractions(num, den, other_num, other_den)


@kernel
def precedes(ax, ay, bx, by):
    return exact.precedes(ax, ay, bx, by)


@kernel
def area_to(x1, y1, x2, y2, bend, share):
    return metric.area_to(x1, y1, x2, y2, bend, share)


@kernel
def bend_of(x1, y1, x2, y2):
    return metric.bend_of(x1, y1, x2, y2)


@kernel
def length_to(x1, y1, x2, y2, share):
    return metric.length_to(x1, y1, x2, y2, share)
