"""Areas within the oblasts of a book or of a file."""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

from contested.history.regional import NamedOutline, regional_km2, regions_on
from contested.jobs.places import open_gazetteer
from contested.jobs.regions import boundary_files, region_named, regions_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from contested.history.answers import RegionsOn
    from contested.history.protocol import HistoryEngine
    from contested.jobs.regions import Region
    from contested.places.gazetteer import Gazetteer
    from contested.store.book import Book


def areas_by_region(
    book: Book,
    engine: HistoryEngine,
    on: date,
    *,
    oblast: str | None = None,
    boundaries: Path | None = None,
) -> RegionsOn:
    """Return areas on a day within one oblast, or in every one that the map touches.

    Raises
    ------
    UsageError
        If there are no outlines, or none goes by the name.
    NoMapError
        If the day has no map.
    """
    regions = regions_of(book.path, boundaries)
    if oblast is not None or not regions:
        regions = (region_named(regions, oblast or "any"),)
    gazetteer = open_gazetteer(book.path)
    named = [NamedOutline(one.id, _name(one, gazetteer), one.outline) for one in regions]
    files = [
        f"{file.name} ({sha256(file.read_bytes()).hexdigest()[:12]})"
        for file in boundary_files(book.path, boundaries)
    ]
    return regions_on(engine, on, named, files)


def area_within(
    book: Book, engine: HistoryEngine, oblast: str | None, boundaries: Path | None
) -> tuple[str | None, Callable[[Sequence[int]], NDArray[np.float64]] | None]:
    """Return an oblast's name and what measures it; `None` twice where none is asked for."""
    if oblast is None:
        return None, None
    region = region_named(regions_of(book.path, boundaries), oblast)
    measure = partial(regional_km2, engine, outline=region.outline)
    return _name(region, open_gazetteer(book.path)), measure


def _name(region: Region, gazetteer: Gazetteer) -> str:
    """Return the gazetteer's name of a region it knows, so that spelling does not follow files."""
    entry = None if region.id is None else gazetteer.entry(region.id)
    return region.name if entry is None else entry.place.name
