"""Figures of a book from Python: `book.figures.front(on="2025-08-03")`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from contested.geo.advance import BESIDE_KM
from contested.history.measure import calendar
from contested.history.vintage import quoted_area
from contested.jobs.corridor import corridor_days, corridor_on
from contested.jobs.engines import open_continued
from contested.jobs.figure_frames import (
    corridor_frame,
    front_frame,
    front_lengths_frame,
    rank_frame,
    reach_frame,
    salients_frame,
    vintage_frame,
)
from contested.jobs.figures import (
    advance_between,
    front_on,
    salients_on,
)
from contested.jobs.figures_people import rank_since, reach_on, vintage_of
from contested.jobs.place_panel import settlements_of
from contested.jobs.places import open_gazetteer, place_named
from contested.render.figures_json import advance_json, corridor_json, head, place_json
from contested.store.book import Book

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from typing import Any

    import geopandas as gpd
    import pandas as pd
    import shapely

    from contested.history.protocol import HistoryEngine
    from contested.places.gazetteer import Gazetteer

Day = date | str


class Figures:
    """Front, salients, corridor, reach, rank and vintage of a book.

    Columns carry their units; `attrs` of every frame carry source, map day, snapshot, method and
    parameters. Every method takes `source`; without it the best held source answers.

    Parameters
    ----------
    path
        Folder of the book, for the places that were added to it.
    engine
        Gives the engine of a source and a day.
    """

    def __init__(
        self, path: Path, engine: Callable[[str | None, date | None], HistoryEngine]
    ) -> None:
        self._path = path
        self._engine = engine
        self._places: Gazetteer | None = None

    def front(self, *, on: Day, source: str | None = None) -> gpd.GeoDataFrame:
        """Return the front as drawn: the main line and every incursion."""
        return front_frame(front_on(self._engine(source, _day(on)), _day(on)))

    def front_lengths(
        self, *, on: Day, tolerances_m: Sequence[float] | None = None, source: str | None = None
    ) -> pd.DataFrame:
        """Return the front's length by tolerance, in km and miles."""
        engine = self._engine(source, _day(on))
        if tolerances_m is None:
            return front_lengths_frame(front_on(engine, _day(on)))
        return front_lengths_frame(front_on(engine, _day(on), tolerances_m=tolerances_m))

    def salients(
        self, *, on: Day, water: shapely.Geometry | None = None, source: str | None = None
    ) -> gpd.GeoDataFrame:
        """Return both sides' salients with their centrelines; `water` in degrees."""
        places = settlements_of(self._gazetteer())
        engine = self._engine(source, _day(on))
        return salients_frame(salients_on(engine, _day(on), places=places, water=water))

    def advance(
        self,
        *,
        first: Day,
        last: Day,
        near: str | None = None,
        within_km: float = BESIDE_KM,
        source: str | None = None,
    ) -> dict[str, Any]:
        """Return how far newly taken ground reaches, and how fast."""
        place = None if near is None else place_named(self._gazetteer(), near)
        answer = advance_between(
            self._engine(source, None), _day(first), _day(last), near=place, within_km=within_km
        )
        start = head(answer.provenance, answer.found.method)
        return {**start, **advance_json(answer.found, answer.days)}

    def corridor(self, place: str, *, on: Day, source: str | None = None) -> dict[str, Any]:
        """Return a place's corridor and enclosure on a day."""
        named = place_named(self._gazetteer(), place)
        engine = self._engine(source, _day(on))
        answer = corridor_on(engine, named, _day(on), book=Book.open(self._path))
        start = head(answer.provenance, answer.corridor.method)
        shown = corridor_json(answer.corridor, answer.enclosure, answer.history)
        return {**start, "place": place_json(named), **shown}

    def corridor_days(
        self,
        place: str,
        *,
        first: Day | None = None,
        last: Day | None = None,
        source: str | None = None,
    ) -> pd.DataFrame:
        """Return a place's corridor by calendar day; a day without a map is NaN."""
        engine = self._engine(source, None)
        covered = calendar(engine).coverage()
        named = place_named(self._gazetteer(), place)
        start = covered.first if first is None else _day(first)
        end = covered.last if last is None else _day(last)
        return corridor_frame(engine.series, corridor_days(engine, named, start, end))

    def reach(
        self, *, on: Day, rings_km: Sequence[float] = (5, 15, 25, 40), source: str | None = None
    ) -> pd.DataFrame:
        """Return how many people live within some distances of controlled ground."""
        places = settlements_of(self._gazetteer())
        engine = self._engine(source, _day(on))
        return reach_frame(reach_on(engine, _day(on), places, rings_km=rings_km))

    def rank(
        self, *, fell_since: Day, criterion: str = "half", rows: int = 20, source: str | None = None
    ) -> pd.DataFrame:
        """Return the largest places to fall since a day."""
        places = settlements_of(self._gazetteer())
        since = _day(fell_since)
        engine = open_continued(Book.open(self._path), source, since)
        return rank_frame(rank_since(engine, since, places, criterion=criterion, most=rows))

    def vintage(
        self, values: Mapping[str, str], *, near: str, source: str | None = None
    ) -> pd.DataFrame:
        """Return the maps that areas quoted together fit, ``{"contested": "81km2"}``."""
        quoted = [quoted_area(status, text) for status, text in values.items()]
        place = place_named(self._gazetteer(), near)
        return vintage_frame(vintage_of(self._engine(source, None), quoted, place))

    def _gazetteer(self) -> Gazetteer:
        if self._places is None:
            self._places = open_gazetteer(self._path)
        return self._places


def _day(day: Day) -> date:
    return date.fromisoformat(day) if isinstance(day, str) else day
