"""Files of places that a person adds: GeoNames dumps, OCHA COD-AB lists, plain CSV.

Every reader goes through the whole file, gathers all faults with their lines and raises once;
either all of a file is used or nothing.
"""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from contested.errors import PlaceFileError
from contested.places.build import official_name, renderings
from contested.places.extent import POPULATED, extent_km, kind_of
from contested.places.index import Entry, Form
from contested.records import DISTRICT, Place, Population

if TYPE_CHECKING:
    from _csv import Reader
    from collections.abc import Callable, Iterator, Mapping

LINE_FIELDS: Final = 19
"""Columns of a GeoNames dump: geonames.org/export/dump/readme.txt."""

_POPULATED: Final = "P"
_GONE: Final = frozenset({"PPLH", "PPLW"})
"""Historical and destroyed populated places."""

_SECTION: Final = "PPLX"

_LON, _LAT = 180.0, 90.0


@dataclass(frozen=True, slots=True)
class PcodeRow:
    """A settlement of a COD-AB list; it has no point of its own, or one where the list has."""

    pcode: str
    name: str
    name_uk: str
    hromada: str
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True, slots=True)
class Hromada:
    """A hromada of a COD-AB list with its centroid."""

    pcode: str
    name: str
    name_uk: str
    lon: float
    lat: float


def text_of(content: bytes, file: str) -> list[str]:
    """Return the lines of a UTF-8 file.

    Raises
    ------
    PlaceFileError
        Naming every line that is not UTF-8: a file of two encodings is damaged in the middle.
    """
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise PlaceFileError(file, ["it is UTF-16; save it as UTF-8"])
    lines: list[str] = []
    faults: list[str] = []
    for number, raw in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        try:
            lines.append(raw.rstrip(b"\r").decode())
        except UnicodeDecodeError as error:
            faults.append(f"line {number}: byte {error.start + 1} is not UTF-8")
    if faults:
        raise PlaceFileError(file, faults)
    while lines and not lines[-1]:
        lines.pop()
    if not lines:
        raise PlaceFileError(file, ["it is empty"])
    return lines


class _Faults:
    """Faults of one file, gathered line by line."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.all: list[str] = []
        self._lines: dict[str, int] = {}

    def add(self, line: int, problem: str) -> None:
        self.all.append(f"line {line}: {problem}")

    def once(self, line: int, what: str, key: str) -> bool:
        """Note a key; the second time it is a fault that names the first line."""
        first = self._lines.setdefault(key, line)
        if first != line:
            self.add(line, f"{what} {key} is there already, in line {first}")
        return first == line

    def point(self, line: int, lon: str, lat: str) -> tuple[float, float] | None:
        try:
            x, y = float(lon), float(lat)
        except ValueError:
            self.add(line, f"longitude {lon!r}, latitude {lat!r}: not two numbers")
            return None
        if not (math.isfinite(x) and math.isfinite(y) and abs(x) <= _LON and abs(y) <= _LAT):
            self.add(line, f"longitude {lon}, latitude {lat}: out of range")
            return None
        return x, y

    def name(self, line: int, *names: str) -> bool:
        good = any(name.strip() for name in names)
        if not good:
            self.add(line, "the name is empty")
        return good

    def count(self, line: int, what: str, text: str) -> int | None:
        """Return a whole number, `None` where there is none; anything else is a fault."""
        if not text.strip():
            return None
        if not (text.strip().isascii() and text.strip().isdigit()):
            self.add(line, f"{what} {text!r}: not a whole number")
            return None
        return int(text) or None

    def raise_any(self) -> None:
        if self.all:
            raise PlaceFileError(self.file, self.all)


def read_geonames(content: bytes, file: str) -> list[Entry]:
    """Return the populated places of a GeoNames dump such as ``UA.txt``.

    Raises
    ------
    PlaceFileError
        If it has another layout, or any line is faulty: all lines are named.
    """
    lines = text_of(content, file)
    if lines[0].count("\t") + 1 != LINE_FIELDS:
        raise PlaceFileError(
            file,
            [
                (
                    f"line 1: {lines[0].count(chr(9)) + 1} columns parted by tabs where a GeoNames"
                    f" dump has {LINE_FIELDS}; take UA.zip from download.geonames.org/export/dump"
                )
            ],
        )
    faults = _Faults(file)
    entries = [
        entry
        for number, line in enumerate(lines, start=1)
        if (entry := _geonames_line(number, line, faults)) is not None
    ]
    faults.raise_any()
    if not entries:
        raise PlaceFileError(file, ["no populated place (feature class P) in it"])
    return entries


def _geonames_line(number: int, line: str, faults: _Faults) -> Entry | None:
    fields = line.split("\t")
    if len(fields) != LINE_FIELDS:
        faults.add(number, f"{len(fields)} columns instead of {LINE_FIELDS}")
        return None
    if fields[6] != _POPULATED or fields[7] in _GONE:
        return None
    place_id = f"geonames:{fields[0]}"
    named = faults.name(number, fields[1])
    point = faults.point(number, fields[5], fields[4])
    population = faults.count(number, "population", fields[14])
    if not (faults.once(number, "identifier", place_id) and named and point):
        return None
    figures = _figures(population, None, f"GeoNames, undated (record of {fields[18]})")
    others = fields[3].split(",")
    shown, official = official_name(fields[1], others) if fields[8] == "UA" else (fields[1], None)
    place = _settlement(place_id, shown, point, figures, "GeoNames")
    place = replace(place, country=fields[8], admin1=fields[10] or None)
    if fields[7] == _SECTION:
        place = replace(place, kind=DISTRICT)
    names = dict.fromkeys((shown, fields[1], official or shown), Form.OFFICIAL)
    for name in (fields[2], *others):
        if name:
            names.setdefault(name, Form.OTHER)
    return Entry(place, renderings(names))


def _figures(population: int | None, year: int | None, source: str) -> tuple[Population, ...]:
    return (Population(population, year, source),) if population else ()


def _settlement(
    place_id: str,
    name: str,
    point: tuple[float, float],
    figures: tuple[Population, ...],
    source: str,
) -> Place:
    population = figures[0].value if figures else None
    return Place(
        id=place_id,
        name=name,
        lon=point[0],
        lat=point[1],
        kind=kind_of(population),
        population=population,
        population_source=figures[0].source if figures else None,
        populations=figures,
        uncertainty_km=round(max(extent_km(population), 0.5), 2),
        source=source,
    )


_CSV_WANTED: Final = ("name", "lon", "lat")
_CSV_KNOWN: Final = (
    "id", "name", "name_uk", "other_names", "lon", "lat", "country", "admin1", "pcode",
    "population", "population_year", "population_source", "source", "kind",
)  # fmt: skip


def read_csv(content: bytes, file: str) -> list[Entry]:
    """Return the places of a CSV file with a header line.

    ``name``, ``lon`` and ``lat`` are needed; ``id``, ``name_uk``, ``other_names`` (parted by
    semicolons), ``country``, ``admin1``, ``pcode``, ``population``, ``population_year``,
    ``population_source``, ``source`` and ``kind`` (city, town, village, settlement or district;
    by population if it is empty) are read where they are there.

    Raises
    ------
    PlaceFileError
        If columns are missing or unknown, or any line is faulty: all lines are named.
    """
    faults = _Faults(file)
    rows = list(_csv_rows(text_of(content, file), file, _CSV_WANTED, _CSV_KNOWN))
    entries = [entry for line, row in rows if (entry := _csv_line(line, row, faults)) is not None]
    faults.raise_any()
    if not entries:
        raise PlaceFileError(file, ["a header line and no places"])
    return entries


def _csv_rows(
    lines: list[str], file: str, wanted: tuple[str, ...], known: tuple[str, ...]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield line number and fields; the header must have the wanted and only known columns."""
    reader = csv.reader(lines)
    header = [column.strip() for column in _fields(reader, file)]
    missing = [column for column in wanted if column not in header]
    unknown = [column for column in header if column not in known]
    if missing or unknown or len(set(header)) != len(header):
        raise PlaceFileError(
            file,
            [
                (
                    f"line 1: columns {', '.join(header)[:120]!r}: {_unlike(header)};"
                    f" wanted {', '.join(wanted)}{_perhaps(known, (*wanted, *header))}"
                )
            ],
        )
    while reader.line_num < len(lines):
        fields = _fields(reader, file)
        if fields:
            padded = fields + [""] * (len(header) - len(fields))
            yield reader.line_num, dict(zip(header, padded, strict=False))


def _unlike(header: list[str]) -> str:
    if len(header) == 1 and ";" in header[0]:
        return "they are parted by semicolons; save the file with commas"
    return "this layout is not known"


def _perhaps(known: tuple[str, ...], others: tuple[str, ...]) -> str:
    rest = [column for column in known if column not in others]
    return f" and perhaps {', '.join(rest)}" if rest else ""


def _fields(reader: Reader, file: str) -> list[str]:
    try:
        return next(reader, [])
    except csv.Error as error:
        raise PlaceFileError(file, [f"line {reader.line_num}: {error}"]) from None


def _csv_line(line: int, row: Mapping[str, str], faults: _Faults) -> Entry | None:
    get = _getter(row)
    named = faults.name(line, get("name"))
    point = faults.point(line, get("lon"), get("lat"))
    population = faults.count(line, "population", get("population"))
    year = faults.count(line, "population_year", get("population_year"))
    source = get("population_source")
    if population and not (source and year):
        faults.add(line, "a population needs population_year and population_source")
    if get("pcode"):
        faults.once(line, "P-code", get("pcode"))
    if get("kind") and get("kind") not in POPULATED:
        faults.add(line, f"kind {get('kind')!r}: wanted {', '.join(sorted(POPULATED))}")
    if not (named and point):
        return None
    place_id = get("id") or f"csv:{get('name')}@{point[0]:.5f},{point[1]:.5f}"
    if not faults.once(line, "identifier", place_id):
        return None
    place = _settlement(
        place_id, get("name"), point, _figures(population, year, source), get("source") or "CSV"
    )
    place = replace(
        place,
        kind=get("kind") or place.kind,
        country=get("country") or "UA",
        admin1=get("admin1") or None,
        pcode=get("pcode") or None,
    )
    names = {get("name"): Form.OFFICIAL}
    if get("name_uk"):
        names[get("name_uk")] = Form.OFFICIAL
    for name in get("other_names").split(";"):
        if name.strip():
            names.setdefault(name.strip(), Form.OTHER)
    return Entry(place, renderings(names))


def _getter(row: Mapping[str, str]) -> Callable[[str], str]:
    return lambda column: row.get(column, "").strip()


_PCODE_COLUMNS: Final = {
    "adm4_pcode": "pcode", "adm4_en": "name_en", "adm4_ua": "name_uk", "adm4_uk": "name_uk",
    "adm3_pcode": "hromada_pcode",
}  # fmt: skip
_HROMADA_COLUMNS: Final = {
    "adm3_pcode": "pcode", "adm3_en": "name_en", "adm3_ua": "name_uk", "adm3_uk": "name_uk",
    "adm2_pcode": "raion_pcode", "center_lat": "lat", "center_lon": "lon",
}  # fmt: skip
_SETTLEMENT_WANTED: Final = ("pcode", "name_en", "name_uk", "hromada_pcode")
_HROMADA_WANTED: Final = ("pcode", "name_en", "name_uk", "lat", "lon")
_PCODE: Final = 2
"""P-codes begin with the country's two letters."""


def read_cod_ab(content: bytes, file: str) -> tuple[list[PcodeRow], list[Hromada]]:
    """Return the settlements or the hromadas of an OCHA COD-AB list, by its header.

    Columns are named as in the HDX files (``ADM4_PCODE``, ``ADM4_UA``, …) or plainly (``pcode``,
    ``name_uk``, ``hromada_pcode``).

    Raises
    ------
    PlaceFileError
        If the layout is neither, or any line is faulty: all lines are named.
    """
    lines = text_of(content, file)
    header = [column.strip().lower() for column in _fields(csv.reader(lines[:1]), file)]
    settlements = "adm4_pcode" in header or "hromada_pcode" in header
    names = _PCODE_COLUMNS if settlements else _HROMADA_COLUMNS
    wanted = _SETTLEMENT_WANTED if settlements else _HROMADA_WANTED
    plain = [names.get(column, column) for column in header]
    rows = _csv_rows([",".join(plain), *lines[1:]], file, wanted, tuple(plain))
    faults = _Faults(file)
    settled: list[PcodeRow | None] = []
    centred: list[Hromada | None] = []
    for number, fields in rows:
        if settlements:
            settled.append(_pcode_line(number, fields, faults))
        else:
            centred.append(_hromada_line(number, fields, faults))
    faults.raise_any()
    return [row for row in settled if row], [hromada for hromada in centred if hromada]


def _pcode_line(line: int, row: Mapping[str, str], faults: _Faults) -> PcodeRow | None:
    get = _getter(row)
    good = _pcode(line, get("pcode"), faults) and faults.name(line, get("name_en"), get("name_uk"))
    point = faults.point(line, get("lon"), get("lat")) if get("lat") or get("lon") else None
    if not good:
        return None
    name = get("name_en") or get("name_uk")
    lon, lat = point or (None, None)
    return PcodeRow(get("pcode"), name, get("name_uk"), get("hromada_pcode"), lon, lat)


def _hromada_line(line: int, row: Mapping[str, str], faults: _Faults) -> Hromada | None:
    get = _getter(row)
    good = _pcode(line, get("pcode"), faults) and faults.name(line, get("name_en"), get("name_uk"))
    point = faults.point(line, get("lon"), get("lat"))
    if not (good and point):
        return None
    return Hromada(get("pcode"), get("name_en") or get("name_uk"), get("name_uk"), *point)


def _pcode(line: int, pcode: str, faults: _Faults) -> bool:
    if not (pcode[:_PCODE].isalpha() and pcode[_PCODE:].isdigit()):
        faults.add(line, f"P-code {pcode!r}: it must be two letters and digits, as UA1416021035")
        return False
    return faults.once(line, "P-code", pcode)
