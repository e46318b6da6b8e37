"""Answers as CSV text: one header line, ISO days, empty where nothing is held."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from contested.history.measure import REPORTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from contested.history.answers import AreaSeriesRow


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV text; `None` becomes an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    return out.getvalue()


def area_series_csv(
    source: str, rows: Iterable[AreaSeriesRow], *, region: str | None = None
) -> str:
    """Return a daily series of areas; a day without a map has a date and nothing else.

    Areas of a region name it in a last column.
    """
    statuses = [status.value for status in REPORTED]
    columns = ["date", *(f"{status}_km2" for status in statuses), "source", "snapshot"]
    of_region = [] if region is None else [region]
    columns += ["region"] * len(of_region)
    return csv_text(
        columns,
        (
            [
                row.date,
                *(row.areas_km2[status] for status in statuses),
                source if row.snapshot else None,
                row.snapshot,
                *of_region,
            ]
            for row in rows
        ),
    )
