"""One frame, one file: the format is what the file's ending says."""

from __future__ import annotations

from datetime import UTC, date, datetime
from math import ceil
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import xlsxwriter

from contested.errors import UsageError
from contested.jobs.tables import csv_text
from contested.render.geojson import feature_collection
from contested.render.kml import kml
from contested.render.theme import LIGHT
from contested.render.wording import FILE_DISCLAIMER
from contested.store.files import replacing, write_bytes, write_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FORMATS = (".geojson", ".gpkg", ".parquet", ".csv", ".xlsx", ".kml")
LONGEST_CELL = 32_767
WIDEST_COLUMN, WIDE_COLUMN, LINE_PT, A4 = 40.0, 90.0, 15.0, 9
"""Letters that a cell of a workbook holds."""


def write_frame(frame: pd.DataFrame | gpd.GeoDataFrame, path: Path, title: str) -> None:
    """Write a frame in the format that the file's ending names.

    Every row carries its source, rights, method and snapshot; GeoJSON, GeoPackage and Parquet
    carry the disclaimer in the file's metadata as well. In CSV geometry is WKT; a workbook has
    no geometry and says so; KML colours every row by its status.

    Raises
    ------
    UsageError
        If the ending is not one of `FORMATS`, the frame has no geometry for it, or the file
        cannot be written.
    """
    ending = check_format(path)
    spatial = "geometry" in frame.columns
    metadata = {"title": title, "disclaimer": FILE_DISCLAIMER, **_common(frame)}
    if ending == ".geojson":
        if not spatial:
            raise UsageError(f"{path}: areas have no geometry; write them as .csv or .parquet")
        write_bytes(path, _geojson(frame, metadata))
    elif ending == ".csv":
        write_text(path, _csv(frame))
    elif ending == ".xlsx":
        _write_xlsx(frame, path, title, metadata)
    elif ending == ".kml":
        if not spatial:
            raise UsageError(f"{path}: areas have no geometry; write them as .csv or .xlsx")
        rows = zip(frame.geometry, frame.drop(columns="geometry").to_dict("records"), strict=True)
        write_bytes(path, kml(rows, title, FILE_DISCLAIMER, LIGHT))
    elif ending == ".parquet":
        _write_parquet(frame, path, metadata)
    else:
        _write_gpkg(frame, path, title, metadata)


def check_format(path: Path) -> str:
    """Return the file's ending, or refuse it naming the formats there are."""
    ending = path.suffix.lower()
    if ending not in FORMATS:
        raise UsageError(f"{path}: unknown format {ending!r}; choose one of {', '.join(FORMATS)}")
    return ending


def _common(frame: pd.DataFrame) -> dict[str, str]:
    """Return source, rights, credit and method where every row has the same."""
    names = ("source", "rights", "credit", "method")
    found = {n: frame[n].unique() for n in names if n in frame.columns}
    return {name: str(values[0]) for name, values in found.items() if len(values) == 1}


def _geojson(frame: gpd.GeoDataFrame, metadata: Mapping[str, Any]) -> bytes:
    properties = frame.drop(columns="geometry").to_dict("records")
    return feature_collection(zip(frame.geometry, properties, strict=True), metadata)


def _csv(frame: pd.DataFrame) -> str:
    clean = _plain(frame)
    if "geometry" in clean.columns:
        clean["geometry"] = [shape.wkt for shape in clean["geometry"]]
    return csv_text(list(clean.columns), clean.itertuples(index=False))


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame with days as text and nothing where a value is missing."""
    flat = pd.DataFrame(frame.reset_index() if frame.index.name else frame)
    clean = flat.astype(object).where(flat.notna(), None)
    if "date" in clean.columns:
        clean["date"] = [str(day)[:10] for day in clean["date"]]
    return clean


def _write_xlsx(frame: pd.DataFrame, path: Path, title: str, metadata: Mapping[str, str]) -> None:
    """Write a workbook: the rows on one sheet, what must be known about them on another."""
    flat = _plain(frame.drop(columns="geometry", errors="ignore"))
    about = dict(metadata)
    if "geometry" in frame.columns:
        about["geometry"] = "left out: write .geojson, .gpkg or .kml for it"
    with replacing(path) as temporary:
        # formulas off: a source's word that begins with "=" stays a word
        book = xlsxwriter.Workbook(temporary, {"strings_to_formulas": False,
                                               "strings_to_urls": False})  # fmt: skip
        made = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
        noted = {"title": title, "comments": metadata["disclaimer"], "created": made}
        book.set_properties(noted)  # no clock: the same rows make the same file
        if flat.isna().to_numpy().any():
            about["empty cell"] = "nothing is known for it (a day without a map): never zero"
        _sheet(book, title, [tuple(flat.columns), *flat.itertuples(index=False)])
        _sheet(book, "about", [("what", "text"), *about.items()], widest=WIDE_COLUMN)
        book.close()


def _sheet(
    book: Any, name: str, rows: list[tuple[Any, ...]], widest: float = WIDEST_COLUMN
) -> None:
    """Write rows under a head that stays; columns are as wide as their words, within bounds."""
    sheet = book.add_worksheet(name[:31])
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    bold = book.add_format({"bold": True})
    top = book.add_format({"valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    cells = [
        [str(one)[:LONGEST_CELL] if isinstance(one, (str, date)) else one for one in row]
        for row in rows
    ]
    widths = [max(len(str(one)) for one in column) + 2.0 for column in zip(*cells, strict=True)]
    for number, width in enumerate(widths):
        cut = width > widest and widest == WIDE_COLUMN
        sheet.set_column(number, number, min(width, widest), wrapped if cut else top)
    for number, row in enumerate(cells):
        if widest == WIDE_COLUMN:
            lines = max(ceil(len(str(one)) / (widest - 8)) for one in row)
            sheet.set_row(number, LINE_PT * lines)
        sheet.write_row(number, 0, row, bold if number == 0 else None)


def _write_parquet(frame: pd.DataFrame, path: Path, metadata: Mapping[str, str]) -> None:
    noted = {f"contested:{key}".encode(): value.encode() for key, value in metadata.items()}
    with replacing(path) as temporary:
        frame.to_parquet(temporary)
        table = pq.read_table(temporary)
        pq.write_table(table.replace_schema_metadata({**table.schema.metadata, **noted}), temporary)


def _write_gpkg(frame: pd.DataFrame, path: Path, title: str, metadata: Mapping[str, str]) -> None:
    flat = frame if isinstance(frame, gpd.GeoDataFrame) else frame.reset_index()
    with replacing(path) as temporary:
        temporary.unlink()
        pyogrio.write_dataframe(
            flat, temporary, driver="GPKG", layer=title, layer_metadata=dict(metadata)
        )
