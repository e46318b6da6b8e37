"""A book opened from Python: the commands' answers as frames."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pandas as pd

from contested.api.figures import Figures
from contested.api.notebook import BookMap, holdings_html
from contested.history.measure import (
    areas_on,
    calendar,
    changes_between,
    point_timeline,
    status_on,
)
from contested.jobs.engines import area_source, held_sources, open_engine
from contested.jobs.figure_frames import changed_places_frame
from contested.jobs.frames import areas_frame, changes_frame, ground_frame
from contested.jobs.site import SiteRequest, build_site
from contested.jobs.what_changed import BACK, ChangesRequest, changes_since
from contested.render.digest import digest
from contested.render.site import single_file
from contested.sources.registry import source as named_source
from contested.store.book import Book as StoredBook

if TYPE_CHECKING:
    import geopandas as gpd

    from contested.history.answers import AreasOn, Changes, StatusAt, WhatChanged
    from contested.history.calendar import Coverage
    from contested.history.protocol import HistoryEngine
    from contested.records import Source

Day = date | str
"""A day as `datetime.date` or ``"YYYY-MM-DD"``."""


def open_book(path: str | Path = "contested.book") -> Book:
    """Open a book for reading.

    Raises
    ------
    BookError
        If there is no book at `path`, or a newer version made it.
    """
    return Book(StoredBook.open(Path(path)))


class Book:
    """Answers about everything a book holds.

    Every method takes `source`; without it the best held source answers, and the answer names
    it. Days are map days, UTC.
    """

    def __init__(self, book: StoredBook) -> None:
        self._book = book
        self._engines: dict[str, HistoryEngine] = {}

    def __repr__(self) -> str:
        return f"<contested.Book {self._book.path}>"

    @property
    def figures(self) -> Figures:
        """Front, salients, corridor, reach, rank and vintage as frames."""
        return Figures(self._book.path, self._engine)

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the sources held and the days they cover."""
        return holdings_html(self._book)

    def map(self, source: str | None = None) -> BookMap:
        """Return the map of every day, which a notebook shows; for your own use.

        ``book.map().save("war.html")`` keeps it as a file.
        """
        request = SiteRequest(self._book, source, local=True, figures=False)
        return BookMap(single_file(build_site(request)))

    def sources(self) -> list[Source]:
        """Return the sources that the book holds, with their terms."""
        return held_sources(self._book)

    def days(self, source: str | None = None) -> Coverage:
        """Return first and last day, and the days without a map."""
        return calendar(self._engine(source)).coverage()

    def areas(
        self, source: str | None = None, *, first: Day | None = None, last: Day | None = None
    ) -> pd.DataFrame:
        """Return areas by status in km², one row a calendar day; a day without a map is NaN."""
        return areas_frame(self._engine(source), _day(first), _day(last))

    def areas_on(self, on: Day, source: str | None = None) -> AreasOn:
        """Return areas by status on one day."""
        return areas_on(self._engine(source, _day(on)), _must(on))

    def ground(self, source: str | None = None, *, on: Day) -> gpd.GeoDataFrame:
        """Return the ground by status on a day, EPSG:4326 order longitude, latitude."""
        engine = self._engine(source, _day(on))
        return ground_frame(engine, named_source(engine.series.source), _must(on))

    def changes(self, source: str | None = None, *, first: Day, last: Day) -> Changes:
        """Return km² gained, lost and from status to status between two days."""
        span = (_must(first), _must(last))
        return changes_between(self._engine(source, span=span), *span)

    def change_polygons(
        self, source: str | None = None, *, first: Day, last: Day
    ) -> gpd.GeoDataFrame:
        """Return the polygons whose status differs between two days."""
        engine = self._engine(source, span=(_must(first), _must(last)))
        return changes_frame(engine, named_source(engine.series.source), _must(first), _must(last))

    def changes_since(
        self,
        since: Day,
        *,
        until: Day | None = None,
        oblast: str | None = None,
        boundaries: str | Path | None = None,
        near: str | None = None,
        km: float | None = None,
        source: str | None = None,
    ) -> SinceThen:
        """Return what changed since ``yesterday``, ``week`` or a day, settlements included.

        The words count back from the newest map held, or from `until`.
        """
        begin = since if since in BACK else _must(since)
        bounded = None if boundaries is None else Path(boundaries)
        request = ChangesRequest(begin, _day(until), oblast, bounded, near, km, source)
        return SinceThen(changes_since(self._book, request))

    def status(self, lon: float, lat: float, *, on: Day, source: str | None = None) -> StatusAt:
        """Return what the map of a day shows at a point, degrees WGS84."""
        return status_on(self._engine(source, _day(on)), lon, lat, _must(on))

    def point_timeline(self, lon: float, lat: float, source: str | None = None) -> pd.DataFrame:
        """Return every status a point was shown with, oldest first."""
        rows = point_timeline(self._engine(source), lon, lat)
        return pd.DataFrame([msgspec.to_builtins(row) for row in rows], dtype=object)

    def _engine(
        self,
        source: str | None,
        on: date | None = None,
        span: tuple[date, date] | None = None,
    ) -> HistoryEngine:
        name = area_source(self._book, source, on=on, span=span).name
        if name not in self._engines:
            self._engines[name] = open_engine(self._book, name)
        return self._engines[name]


class SinceThen:
    """What changed between two maps: `facts` as the command's JSON has them, words, a frame."""

    def __init__(self, facts: WhatChanged) -> None:
        self.facts = facts

    @property
    def digest(self) -> str:
        """The changes as a paragraph."""
        return digest(self.facts, named_source(self.facts.source).credit)

    def settlements(self) -> gpd.GeoDataFrame:
        """Return the settlements that both maps show otherwise, at their points."""
        return changed_places_frame(self.facts)

    def __repr__(self) -> str:
        return self.digest


def _day(day: Day | None) -> date | None:
    return date.fromisoformat(day) if isinstance(day, str) else day


def _must(day: Day) -> date:
    return date.fromisoformat(day) if isinstance(day, str) else day
