"""A pack opened from Python: a whole history in one file, asked as a book is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from contested.api.answers import Answers
from contested.errors import NotHeldError, UsageError
from contested.history.pack_head import LOSSLESS
from contested.jobs.engines import edge_engine
from contested.jobs.pack import read_pack_file

if TYPE_CHECKING:
    from datetime import date

    import geopandas as gpd

    from contested.api.answers import Day
    from contested.history.answers import AreasOn, Changes
    from contested.history.protocol import HistoryEngine
    from contested.history.series import ControlSeries
    from contested.jobs.pack import OpenedPack


def read_pack(path: str | Path) -> Pack:
    """Open a pack that `contested pack` wrote.

    Raises
    ------
    UsageError
        If the file cannot be read, is no pack, was cut short or changed, or another version of
        `contested` wrote it.
    """
    return Pack(read_pack_file(Path(path)))


class Pack(Answers):
    """Answers about the one source that a pack holds: those of the book it was made from.

    Of a pack with fewer decimals ground, statuses and timelines are answered, areas are refused:
    rounding moves every edge.
    """

    def __init__(self, opened: OpenedPack) -> None:
        self._opened = opened
        self._built: HistoryEngine | None = None

    def __repr__(self) -> str:
        first, last = self.series.snapshots[0], self.series.snapshots[-1]
        return (
            f"<contested.Pack {self.series.source} {first.as_of} to {last.as_of}, "
            f"{len(self.series)} maps>"
        )

    @property
    def series(self) -> ControlSeries:
        """Every map, area and vertex as arrays, in the order of the source."""
        return self._opened.series

    @property
    def about(self) -> dict[str, str]:
        """Credit, terms, and for whom the pack was made."""
        return dict(self._opened.about)

    @property
    def is_lossless(self) -> bool:
        """Whether every vertex is as the source drew it."""
        return self._opened.decimals == LOSSLESS

    def snapshots(self) -> pd.DataFrame:
        """Return every map: its day, time of publication and SHA-256."""
        held = self.series.snapshots
        return pd.DataFrame(
            {
                "as_of": pd.DatetimeIndex([one.as_of for one in held]),
                "published": pd.DatetimeIndex([one.published for one in held]),
                "sha256": [one.sha256 for one in held],
            }
        )

    def areas(
        self, source: str | None = None, *, first: Day | None = None, last: Day | None = None
    ) -> pd.DataFrame:
        """Return areas by status in km², one row a calendar day; a day without a map is NaN."""
        self._must_measure()
        return super().areas(source, first=first, last=last)

    def areas_on(self, on: Day, source: str | None = None) -> AreasOn:
        """Return areas by status on one day."""
        self._must_measure()
        return super().areas_on(on, source)

    def changes(self, source: str | None = None, *, first: Day, last: Day) -> Changes:
        """Return km² gained, lost and from status to status between two days."""
        self._must_measure()
        return super().changes(source, first=first, last=last)

    def change_polygons(
        self, source: str | None = None, *, first: Day, last: Day
    ) -> gpd.GeoDataFrame:
        """Return the polygons whose status differs between two days."""
        self._must_measure()
        return super().change_polygons(source, first=first, last=last)

    def _must_measure(self) -> None:
        if not self.is_lossless:
            raise UsageError(
                f"this pack holds {self._opened.decimals} decimals of degrees: it is for showing; "
                "measure on a book or a lossless pack"
            )

    def _engine(
        self,
        source: str | None,
        on: date | None = None,
        span: tuple[date, date] | None = None,
    ) -> HistoryEngine:
        del on, span
        if source not in {None, self.series.source}:
            raise NotHeldError(f"this pack holds {self.series.source}, not {source}")
        if self._built is None:
            self._built = edge_engine(self.series)
        return self._built
