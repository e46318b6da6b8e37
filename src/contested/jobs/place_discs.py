"""A settlement as a disc over time: by criterion, by sector (METHODS.md §5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import numpy as np

from contested.errors import UsageError
from contested.geo.disc import CRITERIA, disc, first_days, named_sector, spells
from contested.history.answers import Timeline, TimelineRow
from contested.history.discs import VERSION, shares_over_time
from contested.history.measure import calendar, not_held
from contested.jobs.places import CONTROLLED
from contested.jobs.settlements import place_facts
from contested.places.extent import disc_radius_km
from contested.records import PARTITION_ORDER, Status

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from contested.history.protocol import HistoryEngine
    from contested.records import Place

NOTE = (
    "A disc round the gazetteer's point stands for the place: its outline is not known. The share"
    " is of the disc's area. Days are map days; maps lag."
)


class ReachedOn(msgspec.Struct, frozen=True, kw_only=True):
    """The first map on which a criterion held; `day` `None`: not by the last map."""

    criterion: str
    day: date | None
    share: float


class DiscTimeline(msgspec.Struct, frozen=True, kw_only=True):
    """A place's timeline by disc, with the first day of every criterion beside it."""

    timeline: Timeline
    radius_km: float
    sector: str | None
    reached: list[ReachedOn]


def disc_timeline(
    engine: HistoryEngine,
    place: Place,
    *,
    criterion: str = "half",
    radius_km: float | None = None,
    sector: str | None = None,
    statuses: tuple[Status, ...] = CONTROLLED,
) -> DiscTimeline:
    """Return when enough of a place's disc had one of several statuses.

    Parameters
    ----------
    criterion
        ``any``, ``half``, ``90`` or ``all``.
    radius_km
        Without it 2 km, and 1 km for villages under 2,000.
    sector
        A quarter of the disc: ``sw`` is bearings 180 to 270°.

    Raises
    ------
    UsageError
        If criterion, radius or sector are not known ones.
    """
    if criterion not in CRITERIA:
        raise UsageError(f"criterion {criterion!r}: it must be one of {', '.join(CRITERIA)}")
    radius = disc_radius_km(place.population) if radius_km is None else radius_km
    where = (place.lon, place.lat, radius)
    piece = disc(*where) if sector is None else named_sector(*where, sector)
    share = _share(shares_over_time(engine.series, piece), statuses)
    named = f"{criterion} of a {radius:g} km disc" + (f", sector {sector}" if sector else "")
    timeline = Timeline(
        place=place_facts(place),
        source=engine.series.source,
        kind="areas",
        timeline=_rows(engine, share, criterion, named, _named(statuses)),
        last_map=calendar(engine).coverage().last,
        not_held=not_held(engine.series.carries),
        note=NOTE,
        method=f"{VERSION}, criterion {named}",
    )
    return DiscTimeline(
        timeline=timeline, radius_km=radius, sector=sector, reached=_reached(engine, share)
    )


def _rows(
    engine: HistoryEngine, share: NDArray[np.float64], criterion: str, named: str, status: str
) -> list[TimelineRow]:
    snapshots = engine.series.snapshots
    return [
        TimelineRow(
            status=status,
            first=snapshots[spell.first].as_of,
            last=snapshots[spell.last].as_of if spell.last < len(snapshots) else None,
            criterion=named,
            from_snapshot=snapshots[spell.first].sha256,
        )
        for spell in spells(share.tolist(), criterion)
    ]


def _reached(engine: HistoryEngine, share: NDArray[np.float64]) -> list[ReachedOn]:
    snapshots = engine.series.snapshots
    return [
        ReachedOn(
            criterion=one.criterion,
            day=None if one.index is None else snapshots[one.index].as_of,
            share=round(one.share, 4),
        )
        for one in first_days(len(snapshots), lambda index: float(share[index]))
    ]


def _share(shares: NDArray[np.float64], statuses: tuple[Status, ...]) -> NDArray[np.float64]:
    columns = [PARTITION_ORDER.index(status) for status in statuses]
    total: NDArray[np.float64] = np.minimum(shares[:, columns].sum(axis=1), 1.0)
    return total


def _named(statuses: tuple[Status, ...]) -> str:
    return Status.CONTROLLED.value if statuses == CONTROLLED else " + ".join(statuses)
