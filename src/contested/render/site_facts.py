"""What travels beside the ground in a web pack: times, hashes, exact figures, places.

Everything is a list of whole numbers, written as differences where they grow: JSON of small
numbers compresses well and needs no decoder.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from contested.records import PARTITION_ORDER, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from contested.history.series import ControlSeries
    from contested.records import SnapshotId, Source

HASH_DIGITS = 16
"""Digits of a snapshot's SHA-256 that a page carries: enough to name it, too few to forge it."""

STATUSES: tuple[Status, ...] = (*PARTITION_ORDER, Status.FREE)
"""Numbering of statuses in a pack; the partition's order, then what only points can be."""


@dataclass(frozen=True, slots=True)
class LabelledPlace:
    """A settlement of the page: a label, a find of the search, a row of the table.

    Attributes
    ----------
    number
        Its GeoNames id.
    others
        Other names, for the search only.
    statuses
        (snapshot, index into `STATUSES`, -1 for no statement) where the status begins.
    """

    number: int
    english: str
    ukrainian: str
    lon: float
    lat: float
    population: int
    others: str = ""
    statuses: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """Exact figures of a series, measured before anything was rounded.

    Attributes
    ----------
    areas_km2
        Shape (snapshots, 6), columns in `PARTITION_ORDER`.
    steps_km2
        Shape (days, 2): ground that became controlled, and that no longer is, since the day's
        predecessor with a map; zero on days without one.
    method
        What made them, with its version.
    """

    areas_km2: NDArray[np.float64]
    steps_km2: NDArray[np.float64]
    method: str


def site_facts(
    snapshots: Sequence[SnapshotId],
    sources: Sequence[Source],
    figures: Figures,
    *,
    local_only: bool,
) -> dict[str, Any]:
    """Return the JSON part of a pack.

    Parameters
    ----------
    sources
        In the order in which they drew the snapshots: the first from the first snapshot on, each
        further one from the first snapshot that names it.
    """
    times = [int(s.published.timestamp()) for s in snapshots]
    days = [(s.as_of.toordinal() - 719163) for s in snapshots]  # days since 1970-01-01
    hundredths = np.rint(figures.areas_km2 * 100).astype(np.int64)
    steps = np.rint(figures.steps_km2 * 100).astype(np.int64)
    return {
        "sources": [source_facts(one, local_only=local_only) for one in sources],
        "begins": [_begin(snapshots, one.name) for one in sources[1:]],
        "statuses": [status.value for status in STATUSES],
        "published": _differences(times),
        "asOf": _differences(days),
        "hashes": "".join(s.sha256[:HASH_DIGITS] for s in snapshots),
        "areas": [_differences(column.tolist()) for column in hundredths.T],
        "gained": steps[:, 0].tolist(),
        "lost": steps[:, 1].tolist(),
        "method": figures.method,
    }


def _begin(snapshots: Sequence[SnapshotId], name: str) -> int:
    """Return the number of the first snapshot of a source."""
    return next(index for index, one in enumerate(snapshots) if one.source == name)


def source_facts(source: Source, *, local_only: bool) -> dict[str, Any]:
    """Return what the page says about its source."""
    return {
        "name": source.name,
        "title": source.title,
        "short": source.assessed_by,
        "kind": source.kind,
        "credit": source.credit,
        "terms": source.rights.terms,
        "termsUrl": source.rights.terms_url,
        "home": source.home,
        "carries": sorted(status.value for status in source.carries),
        "localOnly": local_only,
    }


def series_days(series: ControlSeries) -> int:
    """Return the number of days from the first map to the last."""
    return (series.snapshots[-1].as_of - series.snapshots[0].as_of).days + 1


def place_rows(places: Sequence[LabelledPlace]) -> list[list[Any]]:
    """Return settlements as rows of JSON, in the order in which labels are placed."""
    return [_place(place) for place in places]


def _place(place: LabelledPlace) -> list[Any]:
    return [
        place.number,
        place.english,
        place.ukrainian,
        round(place.lon, 5),
        round(place.lat, 5),
        place.population,
        place.others,
        [list(row) for row in place.statuses],
    ]


def _differences(values: Sequence[int]) -> list[int]:
    differences: list[int] = np.diff(np.array(values, dtype=np.int64), prepend=0).tolist()
    return differences
