"""Everything set in type round a map: title, names, source line, words for the blind. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from contested.render import wording
from contested.render.svg import element, group
from contested.render.symbols import place_dot
from contested.render.theme import SMALLEST_TEXT_PX
from contested.render.typeset import balanced, clean, wrap

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from contested.records import Status
    from contested.render.labels import Label
    from contested.render.language import Language
    from contested.render.paint import Painter
    from contested.render.picture import LocatorMap

_HALO_WIDTH = (3.6, 3.0, 2.6)
_ADDRESS = re.compile(r" \(https?://[^)]*\)")


def draw_labels(labels: Sequence[Label], painter: Painter) -> str:
    """Return names in three ranks, all halos below all dots below all letters."""
    return group(
        painter.id("places"),
        [
            group(painter.id("leaders"), [_leader(label, painter) for label in labels]),
            group(painter.id("halos"), [_halo(label, painter) for label in labels]),
            group(painter.id("dots"), [_dot(label, painter) for label in labels]),
            group(painter.id("labels"), [_name(label, painter) for label in labels]),
        ],
    )


def _leader(label: Label, painter: Painter) -> str:
    if label.leader is None:
        return ""
    x1, y1, x2, y2 = label.leader
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke_width=0.9, **painter.stroke("ink"))


def _halo(label: Label, painter: Painter) -> str:
    return painter.halo(
        label.text, label.x, label.y, label.size,
        anchor=_anchor(label), weight=_weight(label), width=_HALO_WIDTH[label.rank],
    )  # fmt: skip


def _name(label: Label, painter: Painter) -> str:
    return painter.text(
        label.text, label.x, label.y, label.size,
        anchor=_anchor(label), weight=_weight(label),
    )  # fmt: skip


def _dot(label: Label, painter: Painter) -> str:
    return place_dot(*label.dot, label.radius, painter) if label.own_dot else ""


def _anchor(label: Label) -> str | None:
    return None if label.anchor == "start" else label.anchor


def _weight(label: Label) -> str | None:
    return None if label.rank else "bold"


def head(content: LocatorMap, width: float, painter: Painter) -> tuple[str, float]:
    """Return title and subtitle above a map and the height they take."""
    title = max(19 * painter.scale, SMALLEST_TEXT_PX)
    below = max(12.5 * painter.scale, SMALLEST_TEXT_PX)
    y, parts = 0.0, []
    for line in balanced(clean(content.title), title, width, bold=True):
        y += title * 1.25
        parts.append(painter.text(line, 0, y - title * 0.2, title, weight="bold"))
    for line in balanced(clean(content.subtitle), below, width):
        y += below * 1.4
        parts.append(painter.text(line, 0, y - below * 0.2, below, role="soft_ink"))
    return group(painter.id("head"), parts), y + 8 if parts else 0.0


def assessor(content: LocatorMap) -> str:
    """Return whose assessment it is, in the map's language."""
    return clean(wording.assessor(content.attribution.source_title, content.language))


def source_text(content: LocatorMap) -> list[str]:
    """Return the source line's sentences: whose, of which day, how sure, what is not held."""
    source, words = content.attribution, content.language
    title = assessor(content)
    first = words.assessed.format(title=title, day=wording.day(source.as_of, words))
    points = words.points if content.dots else ""
    credits_ = distinct((*source.credits, content.base.credit))
    if content.brief:
        missing = wording.not_held_brief(content.not_held, words)
        disclaimer = words.short_disclaimer
        credits_ = distinct([short_credit(one, words) for one in credits_])
    else:
        missing = wording.not_held_sentence(title, source.as_of, content.not_held, words)
        disclaimer = words.disclaimer
    sentences = (
        first,
        points,
        missing,
        disclaimer,
        words.sources.format(credits="; ".join(credits_)),
    )
    return [sentence for sentence in sentences if sentence]


def short_credit(credit: str, words: Language) -> str:
    """Return a credit as a picture's source line has it: the name, and what for in brackets."""
    role, _, name = _ADDRESS.sub("", credit).rpartition(": ")
    task = words.roles.get(role)
    named = name if task else _ADDRESS.sub("", credit)
    return f"{named} ({task})" if task else named


def distinct(lines: Sequence[str]) -> list[str]:
    """Return credits once each; one that only begins another is said by that one."""
    words = list(dict.fromkeys(filter(None, map(clean, lines))))
    return [one for one in words if not any(o != one and o.startswith(one) for o in words)]


def foot(content: LocatorMap, width: float, top: float, painter: Painter) -> tuple[str, float]:
    """Return the source line under a map and the height it takes."""
    size = max(9.5 * painter.scale, SMALLEST_TEXT_PX)
    y, parts = top + 4, []
    for line in wrap(" ".join(source_text(content)), size, width):
        y += size * 1.4
        parts.append(painter.text(line, 0, y, size, role="soft_ink"))
    return group(painter.id("source"), parts), y - top + 8


def alt_text(content: LocatorMap, seen: Collection[Status] | None = None) -> str:
    """Return what the map shows in a sentence or two, drafted from its data.

    Parameters
    ----------
    seen
        Statuses in the frame; `None` names every one of the map.
    """
    source, words = content.attribution, content.language
    title = assessor(content)
    shown = [status for status in content.layers if seen is None or status in seen]
    ground = wording.and_list((words.statuses[status] for status in shown), words)
    since = wording.day(content.since, words) if content.since else ""
    day = wording.day(source.as_of, words)
    sentences = (
        words.alt.format(
            km=f"{content.frame.width_km:.0f}", title=clean(content.title), source=title, day=day
        ),
        words.alt_ground.format(statuses=ground) if ground else "",
        words.alt_dots.format(count=len(content.dots)) if content.dots else "",
        words.alt_since.format(since=since) if since else "",
        *(note[:1].upper() + note[1:] + "." for note in content.notes),
        wording.not_held_sentence(title, source.as_of, content.not_held, words),
    )
    return " ".join(sentence for sentence in sentences if sentence)
