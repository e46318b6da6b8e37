"""A book opened from Python: the commands' answers as frames."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from contested.api.answers import Answers, day_or_none, must_be_day
from contested.api.figures import Figures
from contested.api.notebook import BookMap, holdings_html
from contested.api.since import SinceThen
from contested.jobs.engines import area_source, held_sources, open_engine
from contested.jobs.regional import areas_by_region
from contested.jobs.site import SiteRequest, build_site
from contested.jobs.what_changed import BACK, ChangesRequest, changes_since
from contested.render.site import single_file
from contested.store.book import Book as StoredBook

if TYPE_CHECKING:
    from datetime import date

    from contested.api.answers import Day
    from contested.history.answers import RegionsOn
    from contested.history.protocol import HistoryEngine
    from contested.records import Source


def open_book(path: str | Path = "contested.book") -> Book:
    """Open a book for reading.

    Raises
    ------
    BookError
        If there is no book at `path`, or a newer version made it.
    """
    return Book(StoredBook.open(Path(path)))


class Book(Answers):
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

    def areas_by_oblast(
        self, on: Day, source: str | None = None, *, boundaries: Path | str | None = None
    ) -> RegionsOn:
        """Return areas by status on one day within oblasts, of a GeoJSON file or of the book."""
        day = must_be_day(on)
        path = None if boundaries is None else Path(boundaries)
        return areas_by_region(self._book, self._engine(source, day), day, boundaries=path)

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
        begin = since if since in BACK else must_be_day(since)
        bounded = None if boundaries is None else Path(boundaries)
        end = day_or_none(until)
        request = ChangesRequest(begin, end, oblast, bounded, near, km, source)
        return SinceThen(changes_since(self._book, request))

    def map(self, source: str | None = None) -> BookMap:
        """Return the map of every day, which a notebook shows; for your own use.

        ``book.map().save("war.html")`` keeps it as a file.
        """
        request = SiteRequest(self._book, source, local=True, figures=False)
        return BookMap(single_file(build_site(request)))

    def sources(self) -> list[Source]:
        """Return the sources that the book holds, with their terms."""
        return held_sources(self._book)

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
