"""Every settlement at once: one row a settlement and interval, for spreadsheets and HDX."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from contested.jobs.places import coverage
from contested.jobs.tables import csv_text
from contested.places.extent import SETTLEMENTS
from contested.records import PARTITION_ORDER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contested.history.protocol import HistoryEngine, Panel
    from contested.places.gazetteer import Gazetteer
    from contested.records import Place

HXL: Final = {
    "place_id": "#loc+id",
    "pcode": "#loc+code+v_pcode",
    "name": "#loc+name",
    "admin1": "#adm1+code+v_geonames",
    "lon": "#geo+lon",
    "lat": "#geo+lat",
    "population": "#population",
    "population_source": "#population+source",
    "status": "#status",
    "from": "#date+start",
    "to": "#date+end",
    "criterion": "#meta+criterion",
    "source": "#meta+source",
    "snapshot": "#meta+snapshot",
}
"""Column → its tag of the Humanitarian Exchange Language (hxlstandard.org, 1.1)."""


def settlements_of(gazetteer: Gazetteer, *, located: bool = True) -> list[Place]:
    """Return Ukraine's settlements, by identifier.

    Parameters
    ----------
    located
        Leave out those that stand at the centroid of their hromada: a status there would be the
        centroid's, not theirs.
    """
    places = gazetteer.places(tuple(SETTLEMENTS), "UA")
    return [
        place
        for place in places
        if not (located and place.source and "centroid of hromada" in place.source)
    ]


def settlements_csv(
    engine: HistoryEngine, places: list[Place], *, hxl: bool = False
) -> tuple[str, str]:
    """Return settlement × interval as CSV text, and which share of settlements it covers.

    The status is that of the place's point; ``to`` is empty where it lasts to the last map.
    """
    lonlat = np.array([[place.lon, place.lat] for place in places]).reshape(-1, 2)
    rows = _rows(engine, places, engine.panel(lonlat))
    tagged = iter([tuple(HXL.values()), *rows]) if hxl else rows
    return csv_text(tuple(HXL), tagged), coverage(len(places))


def _rows(engine: HistoryEngine, places: list[Place], panel: Panel) -> Iterator[tuple[object, ...]]:
    days = [snapshot.as_of.isoformat() for snapshot in engine.series.snapshots]
    hashes = [snapshot.sha256 for snapshot in engine.series.snapshots]
    words = [*(status.value for status in PARTITION_ORDER), ""]
    last = np.append(panel.point[1:] != panel.point[:-1], True)
    following = np.append(panel.first[1:], 0)
    for point, first, status, ends, after in zip(
        panel.point.tolist(),
        panel.first.tolist(),
        panel.status.tolist(),
        last.tolist(),
        following.tolist(),
        strict=True,
    ):
        place = places[point]
        yield (
            place.id, place.pcode, place.name, place.admin1, place.lon, place.lat,
            place.population, place.population_source, words[status], days[first],
            None if ends else days[after], "point", engine.series.source, hashes[first],
        )  # fmt: skip
