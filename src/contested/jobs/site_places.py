"""The settlements of the page: labels, finds of the search, rows of the table."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from contested.places.extent import SETTLEMENTS
from contested.places.index import Form
from contested.render.labels import without_districts
from contested.render.site_facts import STATUSES, LabelledPlace

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from contested.history.protocol import HistoryEngine
    from contested.places.gazetteer import Gazetteer
    from contested.places.index import Entry
    from contested.records import Place, PointTimeline

REGIONS: Final = frozenset({"02", "04", "05", "07", "08", "11", "13", "14", "16", "20", "21", "26"})
"""GeoNames' codes of the oblasts where ground was controlled or fought for since 2022."""

SMALLEST, ANYWHERE = 1000, 60_000
"""Inhabitants of the smallest settlement of the page, in those oblasts and elsewhere."""

_FEW_NAMES, _MOST_NAMES, _KNOWN = 1, 4, 8_000
"""Other names that the search knows: of a village, of a town, and where towns begin."""

_NOT_UKRAINIAN = re.compile("[ыэёъЫЭЁЪ]")
_CYRILLIC = re.compile("^[\u0400-\u04ff'’ʼ -]+$")


def labelled_places(engine: HistoryEngine, gazetteer: Gazetteer) -> list[LabelledPlace]:
    """Return the settlements of the page with their statuses at the gazetteer's point."""
    entries = _entries(gazetteer)
    lonlat = np.array([(e.place.lon, e.place.lat) for e in entries], dtype=np.float64)
    panel = engine.panel(lonlat.reshape(-1, 2))
    rows: list[list[tuple[int, int]]] = [[] for _ in entries]
    for point, first, status in zip(
        panel.point.tolist(), panel.first.tolist(), panel.status.tolist(), strict=True
    ):
        rows[point].append((first, status))
    return [_labelled(entry, tuple(row)) for entry, row in zip(entries, rows, strict=True)]


def _entries(gazetteer: Gazetteer) -> list[Entry]:
    found = [
        _largest(place)
        for place in gazetteer.places(tuple(SETTLEMENTS), "UA")
        if place.id.startswith("geonames:")
        and (place.population or 0) >= (SMALLEST if place.admin1 in REGIONS else ANYWHERE)
    ]
    found = without_districts(found)
    found.sort(key=lambda place: (-(place.population or 0), place.id))
    entries = [(gazetteer.entry(place.id), place) for place in found]
    return [replace(entry, place=place) for entry, place in entries if entry is not None]


def _largest(place: Place) -> Place:
    """Take the largest figure known: a town that people fled is still as large as it was."""
    if not place.populations:
        return place
    return replace(place, population=max(one.value for one in place.populations))


def _labelled(entry: Entry, statuses: tuple[tuple[int, int], ...]) -> LabelledPlace:
    place = entry.place
    ukrainian = ukrainian_name(entry)
    others = [
        name
        for name, form in sorted(entry.names, key=_search_order)
        if form in {Form.FORMER, Form.OTHER} and name not in {place.name, ukrainian}
    ]
    return LabelledPlace(
        number=int(place.id.partition(":")[2]),
        english=place.name,
        ukrainian=ukrainian,
        lon=place.lon,
        lat=place.lat,
        population=place.population or 0,
        others=", ".join(others[: _FEW_NAMES if (place.population or 0) < _KNOWN else _MOST_NAMES]),
        statuses=statuses,
    )


def _search_order(named: tuple[str, Form]) -> tuple[bool, bool]:
    """Former names first, then those in Cyrillic; spellings in other Latin alphabets last."""
    name, form = named
    return form is not Form.FORMER, _CYRILLIC.match(name) is None


def ukrainian_name(entry: Entry) -> str:
    """Return the Ukrainian name: official ones first, never one in Russian letters."""
    named = sorted(entry.names, key=lambda pair: pair[1])
    fitting = [
        name for name, _ in named if _CYRILLIC.match(name) and not _NOT_UKRAINIAN.search(name)
    ]
    return fitting[0] if fitting else entry.place.name


def point_places(
    timelines: Iterable[PointTimeline], first: date, gazetteer: Gazetteer
) -> list[LabelledPlace]:
    """Return the settlements of a source of points with their dated statuses."""
    places = [_point_place(timeline, first, gazetteer) for timeline in timelines]
    return sorted(places, key=lambda place: (-place.population, place.number))


def _point_place(timeline: PointTimeline, first: date, gazetteer: Gazetteer) -> LabelledPlace:
    entry = gazetteer.entry(timeline.place.id)
    rows = tuple(
        ((one.since - first).days, STATUSES.index(one.status)) for one in timeline.statuses
    )
    if entry is not None:
        return _labelled(replace(entry, place=_largest(entry.place)), rows)
    place = timeline.place
    number = int(place.id.partition(":")[2])
    return LabelledPlace(
        number, place.name, place.name, place.lon, place.lat, place.population or 0, "", rows
    )
