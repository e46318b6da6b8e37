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
from contested.jobs.frames import areas_frame, changes_frame, ground_frame
from contested.jobs.regional import areas_by_region
from contested.jobs.site import SiteRequest, build_site
from contested.render.site import single_file
from contested.sources.registry import source as named_source
from contested.store.book import Book as StoredBook

if TYPE_CHECKING:
    import geopandas as gpd

    from contested.history.answers import AreasOn, Changes, RegionsOn, StatusAt
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

    def areas_by_oblast(
        self, on: Day, source: str | None = None, *, boundaries: Path | str | None = None
    ) -> RegionsOn:
        """Return areas by status on one day within oblasts, of a GeoJSON file or of the book."""
        path = None if boundaries is None else Path(boundaries)
        engine = self._engine(source, _day(on))
        return areas_by_region(self._book, engine, _must(on), boundaries=path)

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


def _day(day: Day | None) -> date | None:
    return date.fromisoformat(day) if isinstance(day, str) else day


def _must(day: Day) -> date:
    return date.fromisoformat(day) if isinstance(day, str) else day
