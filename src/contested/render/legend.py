"""What the colours mean, and in words what is not held. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

import shapely

from contested.records import Status
from contested.render import wording
from contested.render.svg import element, group
from contested.render.symbols import DOT_ORDER, status_dot
from contested.render.texture import textured
from contested.render.theme import SMALLEST_TEXT_PX
from contested.render.typeset import balanced, text_width

if TYPE_CHECKING:
    from collections.abc import Collection

    from contested.render.paint import Painter
    from contested.render.picture import LocatorMap

SWATCH_WIDTH, SWATCH_HEIGHT, GAP, ROW = 22.0, 13.0, 18.0, 20.0
LEGEND_ORDER = (
    Status.OCCUPIED,
    Status.CONTROLLED,
    Status.HELD_SINCE_2014,
    Status.CONTESTED,
    Status.LIBERATED,
    Status.UA_HELD_IN_RUSSIA,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a legend: what is drawn in the swatch, and its words."""

    swatch: str
    words: str


def entries(
    content: LocatorMap,
    seen: Collection[Status],
    *,
    gained: bool,
    lost: bool,
    small: Collection[Status] = (),
    changed: Collection[str] = (),
) -> list[Entry]:
    """Return the legend's lines: only what is in the picture, and what is not held at all.

    Parameters
    ----------
    gained, lost
        Whether a reader can make out ground that changed hands, to either side.
    seen, small
        Statuses that a reader can make out in the picture, and those too small for that.
    changed
        ``gained``, ``regained``: what changed in the frame, made out or not.
    """
    words = content.language
    found = [
        Entry(status.value, words.statuses[status]) for status in LEGEND_ORDER if status in seen
    ]
    dots = {dot.status for dot in content.dots}
    found += [
        Entry(f"dot:{status.value}", words.settlements[status])
        for status in DOT_ORDER
        if status in dots
    ]
    hidden: list[str] = []
    if content.since is not None:
        made_out = {"gained": gained, "regained": lost}
        every = _change_words(content)
        found += [Entry(name, words) for name, words in every.items() if made_out[name]]
        hidden = [w for name, w in every.items() if name in changed and not made_out[name]]
        if not hidden and not any(made_out.values()):
            found.append(Entry("none", content.language.unchanged.format(since=_since(content))))
    found += [
        Entry(f"missing:{status.value}", words.not_held_entry.format(status=words.statuses[status]))
        for status in content.not_held
    ]
    found += [Entry("mark", note) for note in content.notes]
    found += _small(content, small, hidden)
    nothing = content.layers and not seen and not small
    found += [Entry("empty", words.nothing_here)] if nothing else []
    return [*found, *([Entry("disc", _disc_words(content))] if content.discs else [])]


def _small(content: LocatorMap, small: Collection[Status], hidden: list[str]) -> list[Entry]:
    words = content.language
    listed = ", ".join([*(words.statuses[s] for s in LEGEND_ORDER if s in small), *hidden])
    return [Entry("none", words.too_small.format(statuses=listed))] if listed else []


def _since(content: LocatorMap) -> str:
    """Return the first day of the changes, with its year where that is not the map's."""
    since, as_of = content.since, content.attribution.as_of
    if since is None:
        return ""
    in_words = wording.short_day if since.year == as_of.year else wording.day
    return in_words(since, content.language)


def _change_words(content: LocatorMap) -> dict[str, str]:
    words, since = content.language, _since(content)
    return {"gained": words.gained.format(since=since), "regained": words.lost.format(since=since)}


def _disc_words(content: LocatorMap) -> str:
    sizes = wording.and_list((f"{disc.radius_km:g}" for disc in content.discs), content.language)
    return content.language.ring.format(sizes=sizes)


def draw_legend(
    lines: list[Entry], width: float, top: float, painter: Painter
) -> tuple[str, float]:
    """Return the legend below a map and the height it takes: a grid, sentences under it."""
    size = max(11.5 * painter.scale, SMALLEST_TEXT_PX)
    short = [one for one in lines if _width(one, size) <= width and one.swatch != "none"]
    y, parts = top, []
    columns = _columns([_width(one, size) for one in short], width)
    for number, entry in enumerate(short):
        row, column = divmod(number, len(columns))
        parts += _entry(entry, columns[column], top + row * ROW, painter, size, width)[0]
        y = top + (row + 1) * ROW
    for entry in lines:
        if entry not in short:
            drawn, taken = _entry(entry, 0.0, y, painter, size, width)
            parts, y = [*parts, *drawn], y + taken
    return group(painter.id("legend"), parts), y - top if lines else 0.0


def _width(entry: Entry, size: float) -> float:
    return _indent(entry) + text_width(entry.words, size)


def _indent(entry: Entry) -> float:
    return 0.0 if entry.swatch == "none" else SWATCH_WIDTH + 7


def _columns(widths: list[float], width: float) -> list[float]:
    """Return where the columns of a grid begin: as many as fit, no more than fill its rows."""
    for most in range(len(widths), 0, -1):
        count = ceil(len(widths) / ceil(len(widths) / most))
        each = [max(widths[column::count]) for column in range(count)]
        if sum(each) + GAP * (count - 1) <= width:
            return [sum(each[:column]) + GAP * column for column in range(count)]
    return [0.0]


def _entry(
    entry: Entry, x: float, y: float, painter: Painter, size: float, width: float
) -> tuple[list[str], float]:
    """Return one entry's parts and its height; long words are broken into lines."""
    indent, parts = _indent(entry), []
    if indent:
        parts.append(_swatch(entry.swatch, x, y, painter))
    broken = balanced(entry.words, size, width - indent)
    for number, words in enumerate(broken):
        line = y + 10.5 + number * size * 1.3
        parts.append(painter.text(words, x + indent, line, size))
    return parts, ROW + (len(broken) - 1) * size * 1.3


def _swatch(name: str, x: float, y: float, painter: Painter) -> str:
    kind, _, value = name.partition(":")
    if kind == "dot":
        return status_dot(Status(value), x + SWATCH_WIDTH / 2, y + SWATCH_HEIGHT / 2, 4.6, painter)
    if kind == "disc":
        return element(
            "circle", cx=x + SWATCH_WIDTH / 2, cy=y + SWATCH_HEIGHT / 2, r=6, fill="none",
            stroke_width=1, stroke_dasharray="3 2", **painter.stroke("ink"),
        )  # fmt: skip
    if kind == "mark":
        middle = y + SWATCH_HEIGHT / 2
        return element("line", x1=x, x2=x + SWATCH_WIDTH, y1=middle, y2=middle, stroke_width=1.6,
                       stroke_dasharray="4 2.5", **painter.stroke("ink"))  # fmt: skip
    box = {"x": x, "y": y, "width": SWATCH_WIDTH, "height": SWATCH_HEIGHT}
    edge = element("rect", **box, fill="none", stroke_width=0.7, **_edge(kind, painter))
    return _inside(kind, box, painter) + edge


def _texture(name: str, box: dict[str, float], painter: Painter) -> str:
    """Return a box with a texture."""
    if not painter.real_lines:
        return element("rect", **box, **painter.pattern(name))
    left, top = box["x"], box["y"]
    return textured(name, shapely.box(left, top, left + box["width"], top + box["height"]), painter)


def _edge(kind: str, painter: Painter) -> dict[str, str]:
    dashes = {"stroke_dasharray": "2.5 2"} if kind == "missing" else {}
    return {**dashes, **painter.stroke("soft_ink")}


def _inside(kind: str, box: dict[str, float], painter: Painter) -> str:
    """Return the inside of a swatch; what is not held is an empty, dashed box."""
    if kind in {"missing", "empty"}:
        return ""
    paper = element("rect", **box, **painter.fill("paper"))
    patterns = {
        Status.HELD_SINCE_2014.value: "held",
        Status.CONTESTED.value: "hatch",
        Status.LIBERATED.value: "liberated",
        Status.UA_HELD_IN_RUSSIA.value: "in-russia",
    }
    if kind in patterns:
        return paper + _texture(patterns[kind], box, painter)
    if kind == "regained" and painter.theme.lined and painter.real_lines:
        return paper + _texture("regained", box, painter)
    plain = {Status.FREE.value: "paper", "gained": "gained", "regained": "regained"}
    role = plain.get(kind, "occupied")
    return element("rect", **box, **painter.fill(role))
