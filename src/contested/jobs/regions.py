"""Regions by the outlines that a user brought: oblasts, raions, hromadas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import msgspec
import shapely

from contested.errors import MapFileError, UsageError
from contested.jobs.base_layers import FOLDER, layer_of
from contested.jobs.layers import polygon_features

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

_NAMES: Final = (
    "name:en", "name_en", "ADM3_EN", "ADM2_EN", "ADM1_EN", "shapeName", "NAME_1", "NAME", "name",
)  # fmt: skip
"""Properties that hold a region's name in public boundary files; English and the finest first."""
_OTHER_NAMES: Final = ("name", "name:uk", "ADM3_UA", "ADM2_UA", "ADM1_UA", "NL_NAME_1")
_CODES: Final = ("iso3166-2", "ISO3166-2", "iso_3166_2", "shapeISO", "ADM1_PCODE")
_FINER: Final = ("ADM2_EN", "ADM3_EN", "ADM2_PCODE", "ADM3_PCODE")
REGION_FACTS: Final = tuple(dict.fromkeys((*_NAMES, *_OTHER_NAMES, *_CODES, *_FINER)))
"""Properties of a boundary file that are read."""
_PCODE_TO_ISO: Final = {
    "UA01": "UA-43", "UA44": "UA-09", "UA73": "UA-77", "UA80": "UA-30", "UA85": "UA-40",
}  # fmt: skip
"""OCHA P-codes of Ukraine whose number is not that of ISO 3166-2."""
_COMMON_WORDS: Final = (
    "autonomous republic of", "oblast", "область", "автономна республіка", "region", "raion",
    "район", "city", "місто",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """A region with its outline in degrees.

    Attributes
    ----------
    id
        As the gazetteer names it, ``iso:UA-14``; `None` where the file gives no such code.
    also
        Other names it is found by.
    """

    id: str | None
    name: str
    also: tuple[str, ...]
    outline: shapely.Geometry


def regions_in(path: Path) -> tuple[Region, ...]:
    """Return the regions of a GeoJSON file; parts of one name and code are one region.

    Raises
    ------
    UsageError
        If the file cannot be read or holds no polygon with a name.
    MapFileError
        If it is not GeoJSON, or a polygon has no name.
    """
    found = _grouped(path, nameless="refuse")
    if not found:
        raise UsageError(f"{path}: no polygon in it; boundaries must be areas")
    return found


def regions_of(book: Path | None, path: Path | None = None) -> tuple[Region, ...]:
    """Return the regions of a file, else those of the boundaries added to a book, else none."""
    if path is not None:
        return regions_in(path)
    files = boundary_files(book)
    return tuple(region for file in files for region in _grouped(file, nameless="skip"))


def boundary_files(book: Path | None, path: Path | None = None) -> list[Path]:
    """Return the files that `regions_of` reads."""
    if path is not None:
        return [path]
    folder = None if book is None else book / FOLDER
    if folder is None or not folder.is_dir():
        return []
    return [one for one in sorted(folder.glob("*.geojson")) if layer_of(one) == "oblasts"]


def outlines_by_id(regions: Iterable[Region]) -> dict[str, shapely.Geometry]:
    """Return region id → outline, of the regions that have an id."""
    return {one.id: one.outline for one in regions if one.id is not None}


def region_named(regions: Sequence[Region], asked: str) -> Region:
    """Return the region that goes by a name or a code: Donetsk, Донецька область, UA-14.

    Raises
    ------
    UsageError
        If there are no regions, or none or several go by it.
    """
    if not regions:
        raise UsageError(
            "no boundaries: add them with `contested base add oblasts.geojson`, "
            "or name a file with --boundaries FILE"
        )
    wanted = _plain(asked)
    found = [one for one in regions if wanted in _keys(one)]
    if len(found) == 1:
        return found[0]
    known = ", ".join(sorted(one.name for one in (found or regions)))
    how_many = "several regions go" if found else "no region goes"
    raise UsageError(f"{how_many} by the name {asked!r}; the boundaries hold: {known}")


def _grouped(path: Path, *, nameless: Literal["refuse", "skip"]) -> tuple[Region, ...]:
    """Return the named polygons of a file; what a book only draws may have no name."""
    found: dict[tuple[str | None, str], tuple[tuple[str, ...], list[shapely.Geometry]]] = {}
    for number, raw, outline in polygon_features(path):
        facts = _facts(raw)
        name = next((str(facts[key]) for key in _NAMES if facts.get(key)), None)
        if name is not None:
            also = tuple(str(facts[key]) for key in _OTHER_NAMES if facts.get(key))
            found.setdefault((_code(facts), name), (also, []))[1].append(outline)
        elif nameless == "refuse":
            wanted = ", ".join(_NAMES[:3])
            raise MapFileError(path.name, f"a polygon without a name ({wanted}, …)", number)
    return tuple(
        Region(code, name, also, shapely.union_all(parts))
        for (code, name), (also, parts) in found.items()
    )


def _keys(region: Region) -> set[str]:
    code = (region.id or "").removeprefix("iso:")
    return {_plain(name) for name in (region.name, *region.also, code, region.id or "")} - {""}


def _plain(name: str) -> str:
    """Return a name without case and the words that every region has."""
    plain = f" {name.casefold().replace(chr(0x2019), chr(39))} "
    for word in _COMMON_WORDS:
        plain = plain.replace(f" {word} ", " ")
    return " ".join(plain.split())


def _code(facts: Mapping[str, object]) -> str | None:
    """Return the ISO 3166-2 code of an oblast as the gazetteer writes it."""
    if any(facts.get(key) for key in _FINER):
        return None
    code = next((str(facts[key]) for key in _CODES if facts.get(key)), None)
    if code is None:
        return None
    iso = _PCODE_TO_ISO.get(code, code)
    return f"iso:{iso}" if "-" in iso else f"iso:{iso[:2]}-{iso[2:]}"


def _facts(properties: bytes) -> Mapping[str, object]:
    held = msgspec.json.decode(properties)
    return held if isinstance(held, dict) else {}
