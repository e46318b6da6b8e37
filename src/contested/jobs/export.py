"""Exports: ground, areas, timelines and changes as files that other programs read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from contested.jobs.datawrapper import write_pair
from contested.jobs.engines import open_engine
from contested.jobs.frames import (
    areas_frame,
    changes_frame,
    ground_frame,
)
from contested.jobs.permit import ask
from contested.jobs.settlements import settlements_frame
from contested.jobs.write_frame import write_frame
from contested.records import Use
from contested.rights import DEFAULT_DELAY_HOURS
from contested.sources.registry import source

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from contested.store.book import Book


@dataclass(frozen=True, slots=True, eq=False)
class ExportRequest:
    """What is written where, from which source, and whether it is meant for others.

    Attributes
    ----------
    publish
        `False`: for the user's own use, which every source in a book allows. `True`: the terms,
        the permits and the delay are asked.
    """

    book: Book
    source_name: str | None
    engine_name: str
    path: Path
    publish: bool = False
    delay_hours: int = DEFAULT_DELAY_HOURS


def export_ground(request: ExportRequest, on: date) -> int:
    """Write the ground of a day by status; return the number of rows.

    Raises
    ------
    RightsError
        If it is meant for others and the terms do not allow that.
    """
    engine = open_engine(request.book, request.source_name, on=on, engine=request.engine_name)
    _ask(request, engine.series.source, Use.PUBLISH_GEOMETRY, on)
    frame = ground_frame(engine, source(engine.series.source), on)
    write_frame(frame, request.path, "ground")
    return len(frame)


def export_datawrapper(request: ExportRequest, on: date) -> int:
    """Write the ground of a day as GeoJSON and CSV for Datawrapper; return the rows."""
    engine = open_engine(request.book, request.source_name, on=on, engine=request.engine_name)
    _ask(request, engine.series.source, Use.PUBLISH_GEOMETRY, on)
    frame = ground_frame(engine, source(engine.series.source), on)
    write_pair(frame, request.path)
    return len(frame)


def export_areas(request: ExportRequest, first: date | None, last: date | None) -> int:
    """Write areas by status, a row a calendar day; days without a map stay empty."""
    engine = open_engine(
        request.book,
        request.source_name,
        span=(first, last) if first and last else None,
        engine=request.engine_name,
    )
    frame = areas_frame(engine, first, last)
    _ask(request, engine.series.source, Use.PUBLISH_AGGREGATE, frame.index[-1].date())
    known = source(engine.series.source)
    frame["source"] = known.name
    frame["method"] = str(frame.attrs["method"])
    frame["rights"] = known.rights.terms
    frame["credit"] = known.credit
    write_frame(frame, request.path, "areas")
    return len(frame)


def export_timelines(request: ExportRequest) -> int:
    """Write every settlement's statuses with their first and last days; return the rows."""
    frame = settlements_frame(request.book, request.source_name, request.engine_name)
    name = str(frame["source"].iloc[0])
    _ask(request, name, Use.PUBLISH_AGGREGATE, pd.Timestamp(frame["from"].max()).date())
    write_frame(frame, request.path, "timelines")
    return len(frame)


def export_changes(request: ExportRequest, first: date, last: date) -> int:
    """Write the polygons that changed between two days; return the rows."""
    engine = open_engine(
        request.book, request.source_name, span=(first, last), engine=request.engine_name
    )
    _ask(request, engine.series.source, Use.PUBLISH_GEOMETRY, last)
    frame = changes_frame(engine, source(engine.series.source), first, last)
    write_frame(frame, request.path, "changes")
    return len(frame)


def _ask(request: ExportRequest, name: str, use: Use, as_of: date) -> None:
    if request.publish:
        ask(request.book, source(name), use, as_of=as_of, delay_hours=request.delay_hours)
