"""The latest map as a picture and a table: what the page is without JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contested.history.measure import area_columns
from contested.jobs.map_day import base_map, statuses_not_held
from contested.records import Status
from contested.render.locator import render_locator
from contested.render.picture import UKRAINE_FRAME, Attribution, BaseMap, LocatorMap

if TYPE_CHECKING:
    import numpy as np
    import shapely
    from numpy.typing import NDArray

    from contested.history.protocol import HistoryEngine
    from contested.history.series import ControlSeries
    from contested.records import Source

_SIMPLE_DEGREES = 0.004
"""Drawn at a kilometre a pixel, so that the picture stays small; nothing is measured on it."""

_WORDS = {
    Status.CONTROLLED: "controlled by Russia, in all",
    Status.OCCUPIED: "occupied since 2022",
    Status.HELD_SINCE_2014: "held since 2014",
    Status.CONTESTED: "contested or unknown",
    Status.UA_HELD_IN_RUSSIA: "held by Ukraine in Russia",
    Status.LIBERATED: "liberated (the source’s own layer)",
}


def latest_picture(engine: HistoryEngine, known: Source) -> str:
    """Return the last map of a series as SVG."""
    last = len(engine.series) - 1
    ground: dict[Status, shapely.Geometry] = {
        status: shape.simplify(_SIMPLE_DEGREES)
        for status, shape in engine.ground(last).items()
        if status is not Status.LIBERATED
    }
    base = _simple(base_map())
    as_of = engine.series.snapshots[last].as_of
    content = LocatorMap(
        frame=UKRAINE_FRAME,
        base=base,
        title=f"Control of terrain, {as_of.day} {as_of:%B %Y}",
        subtitle="",
        attribution=Attribution(known.assessed_by, as_of, (known.credit, *known.credits)),
        layers=ground,
        not_held=statuses_not_held(known.carries),
    )
    return render_locator(content)


def _simple(base: BaseMap) -> BaseMap:
    return BaseMap(
        base.outline.simplify(_SIMPLE_DEGREES * 2),
        {name: shape.simplify(_SIMPLE_DEGREES * 4) for name, shape in base.neighbours.items()},
        base.extent,
        base.credit,
    )


def latest_table(
    series: ControlSeries, known: Source, areas_km2: NDArray[np.float64]
) -> tuple[tuple[str, ...], ...]:
    """Return the last map's figures as rows, the head first; what is not held says so."""
    as_of = series.snapshots[-1].as_of
    head = ("status", f"{as_of.day} {as_of:%B %Y}")
    if known.kind == "points":
        return (head, *((words, "not held: points only") for words in _WORDS.values()))
    columns = area_columns(known.carries, areas_km2)
    return (head, *((_WORDS[s], _km2(columns[s.value])) for s in _WORDS))


def _km2(value: float | None) -> str:
    return "not held" if value is None else f"{value:,.0f} km²"
