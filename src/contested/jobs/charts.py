"""Charts of a book's series, written to files (extra `charts`)."""

from __future__ import annotations

from datetime import date, timedelta
from importlib.util import find_spec
from itertools import pairwise
from typing import TYPE_CHECKING

import pandas as pd

from contested.errors import UsageError
from contested.history.measure import calendar, changes_between, check_range
from contested.jobs.corridor import corridor_days
from contested.jobs.figure_frames import corridor_frame, front_lengths_frame
from contested.jobs.figures import front_on
from contested.jobs.frames import areas_frame
from contested.sources.registry import source
from contested.store.files import replacing

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.figure import Figure

    from contested.history.protocol import HistoryEngine
    from contested.records import Place
    from contested.render.charts_mpl import SourceLine

FORMATS = (".png", ".svg", ".pdf")
DPI = 200
DECEMBER = 12


def month_ends(first: date, last: date) -> list[date]:
    """Return the last days of the months before and within a range."""
    check_range(first, last)
    ends = [first.replace(day=1) - timedelta(days=1)]
    while ends[-1] < last:
        begin = ends[-1] + timedelta(days=1)
        year, month = divmod(begin.month, DECEMBER)
        ends.append(date(begin.year + year, month + 1, 1) - timedelta(days=1))
    return ends


def months_frame(engine: HistoryEngine, first: date, last: date) -> pd.DataFrame:
    """Return km² gained and lost by month; the ends are the last maps at or before month ends.

    The month in which the series begins counts from its first map.
    """
    begin = calendar(engine).coverage().first
    ends = [max(end, begin) for end in month_ends(max(first, begin), last)]
    found = [changes_between(engine, a, b) for a, b in pairwise(ends)]
    return pd.DataFrame(
        {"gained_km2": [m.gained_km2 for m in found], "lost_km2": [m.lost_km2 for m in found]},
        index=pd.DatetimeIndex(ends[1:], name="month"),
    )


def area_figure(engine: HistoryEngine, first: date, last: date) -> Figure:
    """Return the chart of controlled and contested ground over time."""
    from contested.render.charts_mpl import area_chart

    return area_chart(areas_frame(engine, first, last), _line(engine, _span(first, last), "area/1"))


def change_figure(engine: HistoryEngine, first: date, last: date) -> Figure:
    """Return the chart of gain, loss and net change by month."""
    from contested.render.charts_mpl import change_chart

    line = _line(engine, _span(first, last), "changes/1")
    return change_chart(months_frame(engine, first, last), line)


def length_figure(engine: HistoryEngine, on: date) -> Figure:
    """Return the chart of the front's length by ruler."""
    from contested.render.charts_mpl import length_chart

    answer = front_on(engine, on)
    return length_chart(front_lengths_frame(answer), _line(engine, f"map of {on}", "front/1"))


def corridor_figure(engine: HistoryEngine, place: Place, first: date, last: date) -> Figure:
    """Return the chart of a place's corridor over time."""
    from contested.render.charts_mpl import corridor_chart

    days = corridor_days(engine, place, first, last)
    line = _line(engine, _span(first, last), "corridor/1")
    return corridor_chart(corridor_frame(engine.series, days), place.name, line)


def _span(first: date, last: date) -> str:
    return f"maps of {first} to {last}"


def _line(engine: HistoryEngine, maps: str, method: str) -> SourceLine:
    from contested.render.charts_mpl import SourceLine

    return SourceLine(source(engine.series.source).credit, maps, method)


def needs_charts() -> None:
    """Refuse in one line if matplotlib is not installed.

    Raises
    ------
    UsageError
        Naming what to install.
    """
    if find_spec("matplotlib") is None:
        raise UsageError(
            "charts need matplotlib: install it with `pip install 'contested[charts]'`"
        )


def save_figure(figure: Figure, path: Path) -> None:
    """Write a chart as PNG, SVG or PDF by the file's ending; the same chart gives the same bytes.

    Raises
    ------
    UsageError
        If the ending is another one or the file cannot be written.
    """
    ending = path.suffix.lower()
    if ending not in FORMATS:
        raise UsageError(f"{path}: a chart is written as {', '.join(FORMATS)}")
    dated = {".svg": {"Date": None}, ".pdf": {"CreationDate": None}, ".png": {}}[ending]
    import matplotlib as mpl

    # Without a salt matplotlib numbers its clip paths at random: two runs would differ.
    with replacing(path) as temporary, mpl.rc_context({"svg.hashsalt": "contested"}):
        figure.savefig(temporary, format=ending[1:], dpi=DPI, metadata=dated)
