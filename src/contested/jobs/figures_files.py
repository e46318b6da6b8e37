"""Figures as files: GeoJSON of lines, CSV of series."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from contested.jobs.tables import csv_text
from contested.render.figures_json import head, salients_json
from contested.render.geojson import feature_collection
from contested.render.wording import FILE_DISCLAIMER
from contested.sources.registry import source

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from contested.history.corridors import CorridorDay
    from contested.history.series import ControlSeries
    from contested.jobs.figures import FrontAnswer, SalientsAnswer
    from contested.records import Method
    from contested.render.figures_json import Provenance


def front_geojson(answer: FrontAnswer) -> bytes:
    """Return the front as drawn: the main line and every incursion, with provenance."""
    features: list[tuple[shapely.Geometry, dict[str, Any]]] = [
        (answer.front.main, {"piece": "main line"})
    ]
    features += [
        (piece, {"piece": "incursion"}) for piece in shapely.get_parts(answer.front.incursions)
    ]
    return feature_collection(features, _metadata("front", answer.provenance, answer.front.method))


def salients_geojson(answer: SalientsAnswer) -> bytes:
    """Return the centreline of every salient, with its measures."""
    rows = salients_json(answer.found, answer.extras)["salients"]
    features = [(one.centreline, row) for one, row in zip(answer.found.salients, rows, strict=True)]
    metadata = _metadata("salients", answer.provenance, answer.found.method)
    return feature_collection(features, metadata)


def _metadata(title: str, provenance: Provenance, method: Method) -> dict[str, Any]:
    known = source(provenance.snapshot.source)
    return {
        "title": title,
        **head(provenance, method),
        "rights": known.rights.terms,
        "credit": known.credit,
        "disclaimer": FILE_DISCLAIMER,
    }


def corridor_csv(series: ControlSeries, days: Sequence[CorridorDay]) -> str:
    """Return a place's corridor by day; a day without a map has a date and nothing else."""
    columns = ("date", "width_km", "width_contested_closed_km", "state", "source", "snapshot")
    return csv_text(columns, (_day(series, day) for day in days))


def _day(series: ControlSeries, day: CorridorDay) -> tuple[object, ...]:
    if day.corridor is None or day.index is None:
        return (day.day, None, None, None, None, None)
    second = day.corridor.width_contested_closed_km
    return (
        day.day,
        round(day.corridor.width_km, 2),
        None if second is None else round(second, 2),
        day.corridor.state.value,
        series.source,
        series.snapshots[day.index].sha256,
    )
