"""Charts of measured figures: monthly change, the front's length curve, a corridor's width. Pure.

Words stand beside what they name; there is no legend where a label does.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

import numpy as np
import shapely

from contested.render import wording
from contested.render.axis import DayAxis, round_ticks, runs
from contested.render.chart import (
    SIZE,
    SMALL,
    Drawing,
    day_labels,
    missing_ticks,
    run_path,
    tick_words,
)
from contested.render.chart_words import chart_words
from contested.render.svg import element
from contested.render.texture import textured
from contested.render.typeset import clean, text_width, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from contested.render.language import Language
    from contested.render.paint import Painter
    from contested.render.sheet import CorridorSeries, LengthCurve, MonthChange

BARS, CURVE, LINE = 210.0, 230.0, 190.0
ROOM = 76.0
KEY_ROW, KEY_GAP = 16.0, 31.0
_FEW_BARS = 24


def draw_months(months: Sequence[MonthChange], width: float, painter: Painter) -> Drawing:
    """Return gain, loss and net change by month: bars up and down, net as a short line."""
    gains, losses = [m.gained_km2 for m in months], [m.lost_km2 for m in months]
    ticks = round_ticks(-max([*losses, 0.0]), max([*gains, 1.0]), most=5)
    language = painter.language
    words = chart_words(language)
    key = _rows([("gained", words.taken), ("regained", words.lost), ("ink", words.net)], width)
    top, right = 26.0 + KEY_ROW * (len(key) - 1), width - ROOM
    y = _scale(ticks, top, BARS)
    step = (right - 4) / max(len(months), 1)
    parts = _grids(ticks, right, y, painter, zero=True)
    for number, month in enumerate(months):
        parts += _bar(month, 4 + number * step, step, y, painter)
    parts += _month_words(months, step, top + BARS + 18, painter)
    parts += _key(key, painter)
    total = sum(m.gained_km2 - m.lost_km2 for m in months)
    label = words.changes_label.format(
        first=_month(months[0].first, language), last=_month(months[-1].first, language),
        net=wording.signed_km2(total, language),
    )  # fmt: skip
    return Drawing(parts, width, top + BARS + 26, label)


def _scale(ticks: Sequence[float], top: float, height: float) -> Callable[[float], float]:
    low, high = ticks[0], ticks[-1]
    return lambda value: top + height * (high - value) / (high - low)


def _grids(
    ticks: Sequence[float], right: float, y: Callable[[float], float], painter: Painter,
    *, zero: bool = False,
) -> list[str]:  # fmt: skip
    parts = []
    for tick in ticks:
        strong = zero and tick == 0
        role = "soft_ink" if strong else "rule"
        thick = 1.0 if strong else 0.7
        parts.append(element("line", x1=4, x2=right, y1=y(tick), y2=y(tick), stroke_width=thick,
                             **painter.stroke(role)))  # fmt: skip
        words = tick_words(tick, painter.language)
        parts.append(painter.text(words, right + 6, y(tick) + 3.6, SMALL, role="soft_ink"))
    return parts


def _bar(
    month: MonthChange, left: float, step: float, y: Callable[[float], float], painter: Painter
) -> list[str]:
    wide = max(step * 0.72, 1.0)
    x = left + (step - wide) / 2
    net = y(month.gained_km2 - month.lost_km2)
    up = {"x": x, "y": y(month.gained_km2), "width": wide, "height": y(0) - y(month.gained_km2)}
    down = {"x": x, "y": y(0), "width": wide, "height": y(-month.lost_km2) - y(0)}
    line = {"x1": x - 1, "x2": x + wide + 1, "y1": net, "y2": net}
    return [
        element("rect", **up, **painter.fill("gained")) if up["height"] > 0 else "",
        _lost_box(down, painter) if down["height"] > 0 else "",
        element("line", **line, stroke_width=2.0, **painter.stroke("ink")),
    ]


def _lost_box(box: dict[str, float], painter: Painter) -> str:
    """Return a bar of ground no longer held; lined where greys alone would not tell it."""
    if not painter.theme.lined:
        return element("rect", **box, **painter.fill("regained"))
    left, top = box["x"], box["y"]
    inside = shapely.box(left, top, left + box["width"], top + box["height"])
    edge = {**painter.stroke("regained"), "fill": "none"}
    return textured("regained", inside, painter) + element("rect", **box, stroke_width=0.8, **edge)


def _month_words(
    months: Sequence[MonthChange], step: float, y: float, painter: Painter
) -> list[str]:
    """Return months under the bars: every one where few, else the years."""
    parts, free = [], -1.0
    for number, month in enumerate(months):
        few = len(months) <= _FEW_BARS
        if not few and month.first.month != 1 and number:
            continue
        name = wording.axis_month(month.first, painter.language)
        year = not few or not number or month.first.month == 1
        words = f"{name} ’{month.first.year % 100:02d}" if year else name
        x = 4 + step * (number + 0.14)
        if x < free or x + text_width(words, SMALL) > 4 + step * len(months) + ROOM:
            continue
        parts.append(painter.text(words, x, y, SMALL, role="soft_ink"))
        free = x + text_width(words, SMALL) + 6
    return parts


def _month(day: date, language: Language) -> str:
    return f"{wording.axis_month(day, language)} {day.year}"


def _key(rows: Sequence[Sequence[tuple[str, str]]], painter: Painter) -> list[str]:
    """Return what the colours mean, above the chart."""
    parts = []
    for row, items in enumerate(rows):
        x, y = 4.0, KEY_ROW * row
        for role, words in items:
            flat = role == "ink"
            box = {"x": x, "y": y + (8.0 if flat else 4.0), "width": 12.0,
                   "height": 2.0 if flat else 10.0}  # fmt: skip
            drawn = _lost_box(box, painter) if role == "regained" else ""
            parts.append(drawn or element("rect", **box, **painter.fill(role)))
            parts.append(painter.text(words, x + 17, y + 13, SMALL))
            x += KEY_GAP + text_width(words, SMALL)
    return parts


def _rows(items: Sequence[tuple[str, str]], width: float) -> list[list[tuple[str, str]]]:
    """Return entries of a key in rows no wider than the chart."""
    rows: list[list[tuple[str, str]]] = [[]]
    for item in items:
        taken = sum(KEY_GAP + text_width(words, SMALL) for _, words in rows[-1])
        if rows[-1] and taken + KEY_GAP + text_width(item[1], SMALL) > width:
            rows.append([])
        rows[-1].append(item)
    return rows


def draw_curve(curves: Sequence[LengthCurve], width: float, painter: Painter) -> Drawing:
    """Return length against ruler: the finer the ruler, the longer the front.

    The ruler's axis is stretched by the square root, so that fine rulers stay apart. The first
    curve is drawn strongly.
    """
    lengths = [km for curve in curves for km in curve.km]
    ticks = round_ticks(min(lengths), max(lengths), most=5)
    room = ROOM + 4
    top, right = 24.0, width - room
    y = _scale(ticks, top, CURVE)
    longest = max(m for curve in curves for m in curve.ruler_m)

    def x(metres: float) -> float:
        return 12 + (right - 24) * sqrt(metres / longest)

    parts = _grids(ticks, right, y, painter)
    parts.append(painter.text(painter.language.km, right + 6, top - 13, SMALL, role="soft_ink"))
    for number, curve in enumerate(curves):
        points = [(x(m), y(km)) for m, km in zip(curve.ruler_m, curve.km, strict=True)]
        path = "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in points)
        dashes = None if number == 0 else "4 3"
        parts.append(element("path", d=path, fill="none", stroke_width=2.0, stroke_dasharray=dashes,
                             stroke_linejoin="round", **painter.stroke("front")))  # fmt: skip
        parts += [element("circle", cx=a, cy=b, r=2.6, **painter.fill("front")) for a, b in points]
        parts += _curve_words(curve, points, painter, above=number == 0)
    said = chart_words(painter.language)
    for metres in curves[0].ruler_m:
        words = said.as_drawn if metres == 0 else _ruler(metres, painter.language)
        if metres and x(metres) - x(0) < 66:  # noqa: PLR2004
            continue
        anchor = None if metres == 0 else "middle"
        at = 4.0 if metres == 0 else x(metres)
        parts.append(
            painter.text(words, at, top + CURVE + 18, SMALL, role="soft_ink", anchor=anchor)
        )
    ends = ", ".join(
        said.curve_ends.format(
            words=clean(c.words), first=wording.number(c.km[0], 0, painter.language),
            last=wording.number(c.km[-1], 0, painter.language),
        )
        for c in curves
    )  # fmt: skip
    label = said.front_label.format(ruler=_ruler(longest, painter.language), ends=ends)
    return Drawing(parts, width, top + CURVE + 26, label)


def _curve_words(
    curve: LengthCurve, points: list[tuple[float, float]], painter: Painter, *, above: bool
) -> tuple[str, ...]:
    """Return a curve's name above its middle or below its beginning: it falls to the right."""
    length = wording.number(curve.km[0], 0, painter.language)
    words = chart_words(painter.language).curve.format(words=clean(curve.words), km=length)
    if above:
        x, y = points[len(points) // 2]
        return painter.haloed(words, x + 10, y - 7, SIZE)
    # the line is lowest over the words' end
    xs, ys = zip(*points, strict=True)
    lines = wrap(words, SIZE, xs[-1] * 0.55)
    wide = max(text_width(line, SIZE) for line in lines)
    top = float(np.interp(4 + wide + 4, xs, ys)) + 16
    parts = [painter.haloed(line, 4.0, top + SIZE * 1.25 * n, SIZE) for n, line in enumerate(lines)]
    return tuple(part for pair in parts for part in pair)


def _ruler(metres: float, language: Language) -> str:
    if metres < 1000:  # noqa: PLR2004
        return f"{metres:g} {chart_words(language).metres}"
    return f"{wording.figure(metres / 1000, language)} {language.km}"


def draw_corridor(series: CorridorSeries, width: float, painter: Painter) -> Drawing:
    """Return a corridor's width by day; a day without a map is a gap and a tick under it.

    A second, thinner line counts contested ground as closed.
    """
    values = [v for v in (*series.km, *series.closed_km) if v is not None]
    ticks = round_ticks(0.0, max([*values, 1.0]), most=5)
    rows = len(_corridor_rows(series, width, painter))
    top, right = 30.0 + KEY_ROW * (rows - 1), width - ROOM
    y = _scale(ticks, top, LINE)
    language = painter.language
    axis = DayAxis(series.days[0], series.days[-1], 4, right, language)
    parts = _grids(ticks, right, y, painter, zero=True)
    parts.append(painter.text(painter.language.km, right + 6, top - 8, SMALL, role="soft_ink"))
    lines = ((series.closed_km, 1.1, "soft_ink"), (series.km, 2.0, "front"))
    for km, thick, role in lines:
        path = "".join(run_path(series.days, km, a, b, axis, y) for a, b in runs(km))
        if path:
            parts.append(element("path", d=path, fill="none", stroke_width=thick,
                                 stroke_linejoin="round", **painter.stroke(role)))  # fmt: skip
    parts.append(missing_ticks(series.days, series.km, axis, y(0) + 3, painter))
    parts.append(day_labels(axis, top + LINE + 22, painter))
    parts += _corridor_key(series, width, painter)
    known = [v for v in series.km if v is not None]
    said = chart_words(language)
    label = (
        said.corridor_label.format(
            place=clean(series.place), first=wording.day(series.days[0], language),
            last=wording.day(series.days[-1], language),
            low=wording.figure(min(known), language), high=wording.figure(max(known), language),
        )
        if known
        else said.corridor_none.format(place=clean(series.place))
    )  # fmt: skip
    return Drawing(parts, width, top + LINE + 30, label)


def _corridor_key(series: CorridorSeries, width: float, painter: Painter) -> list[str]:
    """Return what the lines mean, in as many rows above the chart as they need."""
    parts: list[str] = []
    for row, items in enumerate(_corridor_rows(series, width, painter)):
        x, y = 4.0, 9.0 + KEY_ROW * row
        for role, words in items:
            if role:
                parts.append(element("line", x1=x, x2=x + 14, y1=y, y2=y, stroke_width=2.0,
                                     **painter.stroke(role)))  # fmt: skip
            parts.append(painter.text(words, x + (19 if role else 0), y + 4, SMALL,
                                      role="ink" if role else "soft_ink"))  # fmt: skip
            x += KEY_GAP + text_width(words, SMALL)
    return parts


def _corridor_rows(
    series: CorridorSeries, width: float, painter: Painter
) -> list[list[tuple[str, str]]]:
    """Return colour and words of every line of the chart, in rows no wider than the chart."""
    said = chart_words(painter.language)
    open_km = wording.figure(series.open_km, painter.language)
    closed = any(v is not None for v in series.closed_km)
    items = [
        ("front", said.on_the_map),
        *([("soft_ink", said.contested_closed)] if closed else []),
        *([("", said.corridor_open.format(km=open_km))] if series.saturated else []),
    ]
    return _rows(items, width - 30)
