"""Small charts: area by status, settlement counts, strips of statuses. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import shapely

from contested.records import Status
from contested.render import wording
from contested.render.axis import DayAxis, round_ticks, runs
from contested.render.chart_words import chart_words
from contested.render.language import ENGLISH, Language
from contested.render.legend import Entry, draw_legend
from contested.render.paint import Painter, svg_root
from contested.render.svg import element, group, safe_id
from contested.render.texture import textured
from contested.render.theme import LIGHT, Theme
from contested.render.typeset import LABEL_LIMIT, clean, text_width, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from contested.render.sheet import DaySeries, Timeline

SIZE, SMALL = 11.5, 10.5
PANEL, STRIP, ROW = 96.0, 14.0, 24.0
FOOT = 22.0
LEAST_SPAN_KM2 = 2.0
COUNT_HEIGHT = 180.0
STATUS_PAINT = {
    Status.OCCUPIED: "occupied",
    Status.CONTROLLED: "occupied",
    Status.FREE: "paper",
}
STATUS_PATTERN = {
    Status.HELD_SINCE_2014: "held",
    Status.CONTESTED: "hatch",
    Status.LIBERATED: "liberated",
    Status.UA_HELD_IN_RUSSIA: "in-russia",
}
STACK_ORDER = (
    Status.HELD_SINCE_2014,
    Status.OCCUPIED,
    Status.CONTROLLED,
    Status.CONTESTED,
    Status.LIBERATED,
    Status.UA_HELD_IN_RUSSIA,
    Status.FREE,
)


@dataclass(frozen=True, slots=True)
class Drawing:
    """Parts of a picture, the room that they take and what it shows in words."""

    parts: list[str]
    width: float
    height: float
    label: str


NOTHING = Drawing([], 0.0, 0.0, "")


def area_chart(
    series: Sequence[DaySeries],
    width: float,
    theme: Theme = LIGHT,
    prefix: str = "areas",
    language: Language = ENGLISH,
) -> str:
    """Return areas by status over time as the text of an SVG."""
    painter = Painter(theme, safe_id(prefix), language=language)
    return _svg(draw_areas(series, width, painter), painter)


def draw_areas(series: Sequence[DaySeries], width: float, painter: Painter) -> Drawing:
    """Return areas by status over time, one panel a status with its own scale.

    Days without a map are gaps in the line and ticks under it, never interpolated.
    """
    drawn = [one for one in series if one.days and runs(one.values)]
    if not drawn:
        return NOTHING
    parts = [_panel(one, width, number * (PANEL + 30), painter) for number, one in enumerate(drawn)]
    height = len(drawn) * (PANEL + 30) + FOOT - 6
    words = painter.language
    axis = DayAxis(drawn[-1].days[0], drawn[-1].days[-1], 4, width - 76, words)
    parts.append(day_labels(axis, height - FOOT + 10, painter))
    label = chart_words(words).area_label.format(
        first=wording.day(axis.first, words), last=wording.day(axis.last, words),
        statuses=wording.and_list((words.statuses[one.status] for one in drawn), words),
    )  # fmt: skip
    return Drawing(parts, width, height, label)


def _panel(one: DaySeries, width: float, top: float, painter: Painter) -> str:
    values = [value for value in one.values if value is not None]
    # a status that hardly changes is a level line in the middle, not a scale of fractions
    slack = max((LEAST_SPAN_KM2 - max(values) + min(values)) / 2, 0.0)
    ticks = round_ticks(max(min(values) - slack, 0.0), max(values) + slack)
    words = painter.language
    axis = DayAxis(one.days[0], one.days[-1], 4, width - 76, words)
    base, height = top + 18 + PANEL, PANEL

    def y(value: float) -> float:
        return base - height * (value - ticks[0]) / (ticks[-1] - ticks[0])

    last = values[-1]
    parts = [painter.text(words.statuses[one.status], 4, top + 11, SIZE, weight="bold")]
    for tick in ticks:
        parts += _grid(axis, y(tick), tick_words(tick, words), painter)
    stretches = runs(one.values)
    path = "".join(run_path(one.days, one.values, a, b, axis, y) for a, b in stretches)
    parts.append(
        element("path", d=path, fill="none", stroke_width=1.8, stroke_linejoin="round",
                stroke_linecap="round", **painter.stroke("front"))
    )  # fmt: skip
    parts.append(missing_ticks(one.days, one.values, axis, base + 3, painter))
    end = wording.km2(last, words)
    left = axis.right - text_width(end, SMALL)
    near = [
        y(value)
        for day, value in zip(one.days, one.values, strict=True)
        if value is not None and axis.x(day) >= left - 4
    ] or [y(last)]
    # above the line, unless it comes down from there
    clear = min(near) > y(last) - 6
    parts += painter.haloed(end, left, min(near) - 7 if clear else max(near) + SMALL + 5, SMALL)
    return "".join(parts)


def tick_words(tick: float, words: Language) -> str:
    """Return the figure of a grid line."""
    whole = abs(tick) >= 10 or tick == int(tick)  # noqa: PLR2004
    return wording.number(tick, 0, words) if whole else wording.figure(tick, words)


def run_path(
    days: Sequence[date],
    values: Sequence[float | None],
    begin: int,
    end: int,
    axis: DayAxis,
    y: Callable[[float], float],
) -> str:
    """Return one unbroken run of days; a single day is a short dash, so that it is seen."""
    points = [
        (axis.x(days[i]), y(value)) for i in range(begin, end) if (value := values[i]) is not None
    ]
    if len(points) == 1:
        points.append((points[0][0] + 1.0, points[0][1]))
    return "M" + "L".join(f"{x:.1f} {v:.1f}" for x, v in points)


def _grid(axis: DayAxis, y: float, words: str, painter: Painter) -> list[str]:
    line = element("line", x1=axis.left, x2=axis.right, y1=y, y2=y, stroke_width=0.7,
                   **painter.stroke("rule"))  # fmt: skip
    return [line, painter.text(words, axis.right + 6, y + 3.6, SMALL, role="soft_ink")]


def missing_ticks(
    days: Sequence[date],
    values: Sequence[float | None],
    axis: DayAxis,
    y: float,
    painter: Painter,
) -> str:
    """Return a tick for every day without a value."""
    missing = [day for day, value in zip(days, values, strict=True) if value is None]
    path = "".join(f"M{axis.x(day):.1f} {y:.1f}v4" for day in missing)
    return element("path", d=path, stroke_width=0.9, **painter.stroke("soft_ink")) if path else ""


def day_labels(axis: DayAxis, y: float, painter: Painter) -> str:
    """Return the days under a chart, none over another."""
    parts, free = [], -1.0
    for x, words in axis.ticks():
        wide = text_width(words, SMALL)
        at = min(max(x, 0.0), axis.right - wide)
        if at < free:
            continue
        free = at + wide + 8
        parts.append(element("line", x1=x, x2=x, y1=y - 14, y2=y - 9, stroke_width=0.8,
                             **painter.stroke("soft_ink")))  # fmt: skip
        parts.append(painter.text(words, at, y + 2, SMALL, role="soft_ink"))
    return "".join(parts)


def count_chart(
    series: Sequence[DaySeries], width: float, theme: Theme = LIGHT, prefix: str = "counts"
) -> str:
    """Return how many settlements had which status on which day, stacked, with direct labels."""
    by_status = {one.status: one for one in series if one.days}
    order = [status for status in STACK_ORDER if status in by_status]
    if not order:
        return ""
    painter = Painter(theme, safe_id(prefix))
    days = by_status[order[0]].days
    counts = np.array([[value or 0.0 for value in by_status[s].values] for s in order])
    edges = np.vstack([np.zeros(len(days)), counts.cumsum(axis=0)])
    most = max(float(edges[-1].max()), 1.0)
    room = 172.0 if width > 500 else 96.0  # noqa: PLR2004
    axis, height = DayAxis(days[0], days[-1], 4, width - room), COUNT_HEIGHT
    y = height - edges / most * (height - 8)
    xs = np.array([axis.x(day) for day in days] + [axis.right])
    parts = [_band(s, xs, y[n], y[n + 1], painter) for n, s in enumerate(order)]
    parts += _band_words(order, counts[:, -1], y[:, -1], axis.right + 8, width, painter)
    parts.append(day_labels(axis, height + 18, painter))
    label = f"Settlements by status by day, {wording.day(days[0])} to {wording.day(days[-1])}"
    return _svg(Drawing(parts, width, height + 26, label), painter)


def _band(
    status: Status, xs: np.ndarray, low: np.ndarray, high: np.ndarray, painter: Painter
) -> str:
    """Return one layer of the stack as steps: a count holds until the next day."""
    path = _steps(xs, high) + "L" + _steps(xs, low, back=True)[1:] + "z"
    edge: dict[str, float | str | None] = {"stroke_width": 0.6, "stroke_linejoin": "round"}
    if status in STATUS_PATTERN:
        back = element("path", d=path, **painter.fill("paper"))
        line = painter.stroke("soft_ink")
        over = {**line, **painter.pattern(STATUS_PATTERN[status])}
        return back + element("path", d=path, **edge, **over)
    return element("path", d=path, **edge, **painter.both(STATUS_PAINT[status], "soft_ink"))


def _steps(xs: np.ndarray, ys: np.ndarray, *, back: bool = False) -> str:
    """Return a line that is level between days; only where it changes is it written."""
    turns = np.concatenate([[True], np.diff(ys) != 0])
    points = [(xs[0], ys[0])]
    for index in np.flatnonzero(turns)[1:]:
        points += [(xs[index], points[-1][1]), (xs[index], ys[index])]
    points.append((xs[-1], ys[-1]))
    ordered = points[::-1] if back else points
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ordered)


def _band_words(
    order: list[Status], last: np.ndarray, y: np.ndarray, x: float, width: float, painter: Painter
) -> list[str]:
    """Return number and words beside every layer, pushed apart where layers are thin."""
    texts = []
    for n, status in enumerate(order):
        # the only break that a hyphen offers on a narrow chart
        words = wording.SETTLEMENT_WORDS[status].replace("-", "- ")
        if last[n] > 0:
            lines = wrap(f"{last[n]:.0f} {words}", SMALL, width - x)
            texts.append((float((y[n] + y[n + 1]) / 2), lines))
    parts, free = [], -1e9
    for middle, lines in sorted(texts):
        top = max(middle - SMALL * 0.6 * len(lines), free)
        for number, line in enumerate(lines):
            parts.append(
                painter.text(line.replace("- ", "-"), x, top + SMALL * (1 + 1.2 * number), SMALL)
            )
        free = top + SMALL * 1.2 * len(lines) + 3
    return parts


def strip_chart(
    timelines: Sequence[Timeline],
    width: float,
    theme: Theme = LIGHT,
    prefix: str = "strip",
    language: Language = ENGLISH,
) -> str:
    """Return statuses of places as strips as the text of an SVG."""
    painter = Painter(theme, safe_id(prefix), language=language)
    return _svg(draw_strips(timelines, width, painter), painter)


def draw_strips(timelines: Sequence[Timeline], width: float, painter: Painter) -> Drawing:
    """Return statuses of places as strips over one common span of days.

    Ground without a statement is an empty outline; days without a map are ticks under the strip.
    """
    if not timelines:
        return NOTHING
    first = min(one.first_map for one in timelines)
    last = max(one.last_map for one in timelines)
    named = len(timelines) > 1
    left = min(max(text_width(_name(one), SIZE) for one in timelines) + 10, width * 0.34)
    words = painter.language
    axis = DayAxis(first, last, left if named else 1.0, width - 2, words)
    parts = [
        _strip(one, axis, number, painter, named=named) for number, one in enumerate(timelines)
    ]
    height = 4 + ROW * len(timelines) + FOOT
    parts.append(day_labels(axis, height - 6, painter))
    shown = {row.status for one in timelines for row in one.rows}
    lines = [
        Entry(status.value, words.settlements[status]) for status in STACK_ORDER if status in shown
    ]
    lines += [Entry("empty", chart_words(words).no_statement)] if None in shown else []
    legend, legend_height = draw_legend(lines, width, height + 10, painter)
    parts.append(legend)
    height += 10 + legend_height
    label = chart_words(words).strips_label.format(
        names=wording.and_list((_name(one) for one in timelines), words),
        first=wording.day(first, words), last=wording.day(last, words),
    )  # fmt: skip
    return Drawing(parts, width, height, label)


def _name(one: Timeline) -> str:
    return clean(one.place.name, LABEL_LIMIT)


def _strip(one: Timeline, axis: DayAxis, number: int, painter: Painter, *, named: bool) -> str:
    top, parts = 4 + ROW * number, []
    if named:
        words = wrap(_name(one), SIZE, axis.left - 6)
        parts.append(painter.text(words[0] if words else "", 0, top + 11, SIZE))
    for row in one.rows:
        end = row.last or one.last_map + timedelta(1)
        parts.append(_segment(row.status, axis.x(row.first), axis.x(end), top, painter))
    right = axis.x(one.last_map + timedelta(1))
    box = {"x": axis.x(one.first_map), "y": top, "width": right - axis.x(one.first_map)}
    parts.append(element("rect", **box, height=STRIP, fill="none", stroke_width=0.8,
                         **painter.stroke("soft_ink")))  # fmt: skip
    ticks = "".join(f"M{axis.x(day):.1f} {top + STRIP + 1:.1f}v3" for day in one.missing)
    if ticks:
        parts.append(element("path", d=ticks, stroke_width=0.8, **painter.stroke("soft_ink")))
    return group(painter.id(f"row-{number}"), parts)


def _segment(status: Status | None, left: float, right: float, top: float, painter: Painter) -> str:
    if status is None or right <= left:
        return ""
    box = {"x": left, "y": top, "width": right - left, "height": STRIP}
    if status in STATUS_PATTERN:
        back = element("rect", **box, **painter.fill("paper"))
        return back + textured(STATUS_PATTERN[status], _box(box), painter)
    return element("rect", **box, **painter.fill(STATUS_PAINT[status]))


def _box(box: dict[str, float]) -> shapely.Polygon:
    left, top = box["x"], box["y"]
    return shapely.box(left, top, left + box["width"], top + box["height"])


def _svg(drawing: Drawing, painter: Painter) -> str:
    if not drawing.parts:
        return ""
    content = painter.patterns() + "\n" + "\n".join(part for part in drawing.parts if part)
    return svg_root(content, drawing.width, drawing.height, label=drawing.label, classes="chart",
                    title_id=painter.id("title"))  # fmt: skip
