"""The questions that a book and a pack answer alike, as frames."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date
from typing import TYPE_CHECKING

import msgspec
import pandas as pd

from contested.history.measure import (
    areas_on,
    calendar,
    changes_between,
    point_timeline,
    status_on,
)
from contested.jobs.frames import areas_frame, changes_frame, ground_frame
from contested.sources.registry import source as named_source

if TYPE_CHECKING:
    import geopandas as gpd

    from contested.history.answers import AreasOn, Changes, StatusAt
    from contested.history.calendar import Coverage
    from contested.history.protocol import HistoryEngine

Day = date | str
"""A day as `datetime.date` or ``"YYYY-MM-DD"``."""


class Answers(ABC):
    """Answers about dated maps. Days are map days, UTC."""

    def days(self, source: str | None = None) -> Coverage:
        """Return first and last day, and the days without a map."""
        return calendar(self._engine(source)).coverage()

    def areas(
        self, source: str | None = None, *, first: Day | None = None, last: Day | None = None
    ) -> pd.DataFrame:
        """Return areas by status in km², one row a calendar day; a day without a map is NaN."""
        return areas_frame(self._engine(source), day_or_none(first), day_or_none(last))

    def areas_on(self, on: Day, source: str | None = None) -> AreasOn:
        """Return areas by status on one day."""
        return areas_on(self._engine(source, day_or_none(on)), must_be_day(on))

    def ground(self, source: str | None = None, *, on: Day) -> gpd.GeoDataFrame:
        """Return the ground by status on a day, EPSG:4326 order longitude, latitude."""
        engine = self._engine(source, day_or_none(on))
        return ground_frame(engine, named_source(engine.series.source), must_be_day(on))

    def changes(self, source: str | None = None, *, first: Day, last: Day) -> Changes:
        """Return km² gained, lost and from status to status between two days."""
        span = (must_be_day(first), must_be_day(last))
        return changes_between(self._engine(source, span=span), *span)

    def change_polygons(
        self, source: str | None = None, *, first: Day, last: Day
    ) -> gpd.GeoDataFrame:
        """Return the polygons whose status differs between two days."""
        engine = self._engine(source, span=(must_be_day(first), must_be_day(last)))
        return changes_frame(
            engine, named_source(engine.series.source), must_be_day(first), must_be_day(last)
        )

    def status(self, lon: float, lat: float, *, on: Day, source: str | None = None) -> StatusAt:
        """Return what the map of a day shows at a point, degrees WGS84."""
        return status_on(self._engine(source, day_or_none(on)), lon, lat, must_be_day(on))

    def point_timeline(self, lon: float, lat: float, source: str | None = None) -> pd.DataFrame:
        """Return every status a point was shown with, oldest first."""
        rows = point_timeline(self._engine(source), lon, lat)
        return pd.DataFrame([msgspec.to_builtins(row) for row in rows], dtype=object)

    @abstractmethod
    def _engine(
        self,
        source: str | None,
        on: date | None = None,
        span: tuple[date, date] | None = None,
    ) -> HistoryEngine:
        """Return the engine of the source that answers."""


def day_or_none(day: Day | None) -> date | None:
    """Return a day given as one or as text."""
    return date.fromisoformat(day) if isinstance(day, str) else day


def must_be_day(day: Day) -> date:
    """Return a day given as one or as text; `ValueError` where it is no day."""
    return date.fromisoformat(day) if isinstance(day, str) else day
