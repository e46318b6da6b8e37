"""What changed between two maps: settlements, km², what flipped, what is probably a map's fault.

Method `changes/2`: a settlement has the status of its point; km² from status to status are those
of the partition, cut to the part of the map that was asked about; a settlement that changed and
changed back between the two maps is named apart, for both ends show the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from contested.geo.measure import area_km2
from contested.history.answers import (
    ChangedPlace,
    FlippedPlace,
    MapFault,
    MatrixCell,
    Redraw,
    ShownOn,
    WhatChanged,
)
from contested.history.measure import CONTROLLED, cells_of, held, not_held
from contested.history.probable_faults import REVERTED_KM2, probable_faults
from contested.history.redraws import StepMarks
from contested.records import PARTITION_ORDER, Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from contested.history.protocol import ChangePolygon, HistoryEngine
    from contested.history.scope import Scope
    from contested.records import Place

METHOD: Final = "changes/2"
LEAST_KM2: Final = 0.005
"""What rounds to 0.00 is no row."""

CONTROL: Final = ("controlled", "contested", "free")
_FREE: Final = CONTROL.index("free")
_CLASS: Final = np.array(
    [
        *(
            0 if status in CONTROLLED else 1 if status is Status.CONTESTED else _FREE
            for status in PARTITION_ORDER
        ),
        _FREE,
    ],
    dtype=np.int8,
)
"""Place in `PARTITION_ORDER` (-1: no statement) → place in `CONTROL`.

Occupied or held since 2014, liberated or blank: recolouring is no change of control.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Watch:
    """Settlements through a series.

    Attributes
    ----------
    places
        One row each.
    control
        Shape (places, snapshots): places in `CONTROL`.
    oblasts
        Names by `admin1`.
    """

    places: tuple[Place, ...]
    control: NDArray[np.int8]
    oblasts: Mapping[str | None, str]


def watch(
    engine: HistoryEngine, places: Sequence[Place], oblasts: Mapping[str | None, str]
) -> Watch:
    """Return what every map of a series shows at the settlements' points."""
    lonlat = np.array([(place.lon, place.lat) for place in places]).reshape(-1, 2)
    panel = engine.panel(lonlat)
    ends = np.append(panel.first[1:], panel.snapshots)
    ends[np.append(panel.point[1:] != panel.point[:-1], True)] = panel.snapshots
    statuses = np.repeat(panel.status, ends - panel.first)
    control = _CLASS[statuses].reshape(len(places), panel.snapshots)
    return Watch(tuple(places), control, oblasts)


def what_changed(
    engine: HistoryEngine,
    before: int,
    after: int,
    *,
    asked: tuple[date, date],
    watched: Watch,
    scope: Scope,
) -> WhatChanged:
    """Return what changed from snapshot `before` to snapshot `after`.

    Parameters
    ----------
    engine
        Holds the map before `before` and the one after `after`, where there are any: they tell
        a fault of the map from an event.
    asked
        The days the question named.
    watched
        The settlements of the scope.
    """
    series = engine.series
    one, other = series.snapshots[before], series.snapshots[after]
    matrix = _matrix(engine, before, after, scope)
    gained, lost = _moved(matrix, CONTROLLED)
    to_contested, from_contested = _moved(matrix, (Status.CONTESTED,))
    shown = Status.CONTESTED in held(series.carries)
    return WhatChanged(
        source=series.source,
        asked=asked,
        as_of=other.as_of,
        snapshot=other.sha256,
        published=other.published,
        from_day=one.as_of,
        from_snapshot=one.sha256,
        from_published=one.published,
        scope=scope.name,
        gained_km2=gained,
        lost_km2=lost,
        net_km2=round(gained - lost, 2),
        contested_gained_km2=to_contested if shown else None,
        contested_lost_km2=from_contested if shown else None,
        matrix=matrix,
        settlements=_settlements(engine, before, after, watched),
        flips=_flips(engine, before, after, watched),
        probable_map_faults=map_faults(engine, before, after),
        redraws=redraws(engine, before, after),
        days_without_map=_missing(engine, before, after),
        not_held=not_held(series.carries),
        method=METHOD,
        parameters={
            "engine": engine.version,
            "scope": scope.name,
            "cut_by": scope.cut_by,
            "settlements": len(watched.places),
            "criterion": "point",
        },
    )


def _matrix(engine: HistoryEngine, before: int, after: int, scope: Scope) -> list[MatrixCell]:
    if scope.ground is None:
        return cells_of(engine.matrix_km2(before, after))
    shapely.prepare(scope.ground)
    cut = [_cell(change, scope.ground) for change in engine.changes(before, after)]
    return sorted((cell for cell in cut if cell.km2 >= LEAST_KM2), key=lambda cell: -cell.km2)


def _cell(change: ChangePolygon, ground: shapely.Geometry) -> MatrixCell:
    parts = shapely.get_parts(change.geometry)
    near = shapely.intersection(ground, parts[shapely.intersects(ground, parts)])
    return MatrixCell(
        before=change.before.value if change.before else None,
        after=change.after.value if change.after else None,
        km2=round(sum(area_km2(part) for part in near.tolist()), 2),
    )


def _moved(matrix: list[MatrixCell], statuses: Sequence[Status]) -> tuple[float, float]:
    """Return the km² that came to some statuses, and those that left them."""
    names = {status.value for status in statuses}
    came = sum(c.km2 for c in matrix if c.after in names and c.before not in names)
    left = sum(c.km2 for c in matrix if c.before in names and c.after not in names)
    return round(came, 2), round(left, 2)


def _settlements(
    engine: HistoryEngine, before: int, after: int, watched: Watch
) -> list[ChangedPlace]:
    """Return the settlements that both maps show otherwise, largest first."""
    control = watched.control[:, before : after + 1]
    rows = np.flatnonzero(control[:, 0] != control[:, -1])
    found = [_changed(engine, before, control[row], watched, row) for row in rows.tolist()]
    return sorted(found, key=lambda one: (-(one.population or 0), one.place, one.place_id))


def _changed(
    engine: HistoryEngine, before: int, control: NDArray[np.int8], watched: Watch, row: int
) -> ChangedPlace:
    last = int(np.flatnonzero(np.diff(control))[-1]) + 1
    snapshot = engine.series.snapshots[before + last]
    place = watched.places[row]
    return ChangedPlace(
        place=place.name,
        place_id=place.id,
        oblast=watched.oblasts.get(place.admin1),
        population=place.population,
        population_source=place.population_source,
        lon=place.lon,
        lat=place.lat,
        before=CONTROL[control[0]],
        after=CONTROL[control[-1]],
        day=snapshot.as_of,
        snapshot=snapshot.sha256,
    )


def _flips(engine: HistoryEngine, before: int, after: int, watched: Watch) -> list[FlippedPlace]:
    """Return the settlements that changed and changed back, largest first."""
    control = watched.control[:, before : after + 1]
    moved = (np.diff(control, axis=1) != 0).any(axis=1)
    found = []
    for row in np.flatnonzero(moved & (control[:, 0] == control[:, -1])).tolist():
        place = watched.places[row]
        steps = (np.flatnonzero(np.diff(control[row])) + 1).tolist()
        shown = [
            ShownOn(
                day=engine.series.snapshots[before + step].as_of,
                status=CONTROL[control[row, step]],
            )
            for step in steps
        ]
        found.append(
            FlippedPlace(
                place=place.name,
                place_id=place.id,
                oblast=watched.oblasts.get(place.admin1),
                population=place.population,
                population_source=place.population_source,
                status=CONTROL[control[row, 0]],
                shown=shown,
            )
        )
    return sorted(found, key=lambda one: (-(one.population or 0), one.place, one.place_id))


def map_faults(engine: HistoryEngine, before: int, after: int) -> list[MapFault]:
    """Return the steps between two maps, and the one that led to the first, that look like faults.

    A fault that came with the first map counts as well: taking it back is then part of the change.
    """
    areas = engine.areas_km2()
    control = areas[:, [PARTITION_ORDER.index(status) for status in CONTROLLED]].sum(axis=1)
    columns = {Status.CONTROLLED: control}
    if Status.CONTESTED in engine.series.carries:
        columns[Status.CONTESTED] = areas[:, PARTITION_ORDER.index(Status.CONTESTED)]
    return [
        fault
        for status, area in columns.items()
        for fault in _faults_of(engine, before, after, status, area)
    ]


def redraws(engine: HistoryEngine, before: int, after: int) -> list[Redraw]:
    """Return the maps between two that mainly draw outlines anew: that is no change of control."""
    snapshots = engine.series.snapshots
    marks = enumerate(engine.edge_marks(before + 1, after).tolist(), start=before + 1)
    return [
        Redraw(
            day=snapshots[index].as_of,
            snapshot=snapshots[index].sha256,
            came=step.came,
            redrawn=step.redrawn,
        )
        for index, step in ((index, StepMarks(*row)) for index, row in marks)
        if step.is_redraw
    ]


def _faults_of(
    engine: HistoryEngine, before: int, after: int, status: Status, area: NDArray[np.float64]
) -> list[MapFault]:
    steps: dict[int, tuple[float, float | None]] = {
        fault.index: (fault.step_km2, fault.reverted_km2) for fault in probable_faults(area)
    }
    last = len(area) - 1
    newest = float(area[-1] - area[-2]) if last else 0.0
    # A step that only takes back the fault before it is that one's echo.
    is_echo = bool(steps.get(last - 1, (0.0, 0.0))[1])
    if abs(newest) > REVERTED_KM2 and not is_echo:
        steps.setdefault(last, (newest, None))
    snapshots = engine.series.snapshots
    return [
        MapFault(
            day=snapshots[index].as_of,
            snapshot=snapshots[index].sha256,
            status=status.value,
            step_km2=round(step, 1),
            taken_back_km2=None if back is None else round(back, 1),
        )
        for index, (step, back) in sorted(steps.items())
        if before < index <= after or (index == before and back)
    ]


def _missing(engine: HistoryEngine, before: int, after: int) -> list[date]:
    """Return the days between two maps that have none."""
    days = [snapshot.as_of for snapshot in engine.series.snapshots[before : after + 1]]
    return [
        day + timedelta(days=n)
        for day, following in pairwise(days)
        for n in range(1, (following - day).days)
    ]
