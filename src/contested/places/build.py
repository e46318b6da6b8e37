"""Entries of the shipped gazetteer from GeoNames records and the lists kept by hand.

Pure: `scripts/build_gazetteer.py` reads the files, this says what becomes of them.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from contested.errors import InputError
from contested.places.extent import POPULATED, SETTLEMENTS, extent_km, kind_of
from contested.places.index import Entry, Form
from contested.places.spelling import fold
from contested.places.translit import is_cyrillic, romanise, romanised
from contested.records import DISTRICT, Place, Population

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    Record = Mapping[str, object]
    Row = Mapping[str, str]

LEAST_NAMESAKE: Final = 10_000
"""Places abroad that bear the name of a Ukrainian town of this size are kept: to be told apart."""

LEAST_WORLD: Final = 100_000
NEAR_BORDER_KM: Final = 70.0
"""Distance to the nearest Ukrainian settlement that stands in for 60 km to the border.

The border is no settlement's edge: all 157 Russian records within 60 km of the line (OSM) lie
within 69.0 km of a Ukrainian one. A test checks that none is lost.
"""

NEIGHBOURS: Final = frozenset({"BY", "HU", "MD", "PL", "RO", "SK"})
LEAST_NEIGHBOUR, CROSSING_KM = 1_000, 25.0
"""Places of other neighbours that are kept: border crossings, ports, and what drones fall on."""

LEAST_BEHIND: Final = 15_000
BEHIND_KM: Final = 400.0
"""Russian towns of so many people are kept so far from Ukraine: refineries and airfields."""

GEONAMES: Final = "GeoNames, undated"
_FAR_OFF: Final = 0.1
_EARTH_KM: Final = 6371.0088
_TOUCHING_KM: Final = 15.0
_LATIN: Final = re.compile(r"[A-Za-zÀ-ɏ'’ʼ`\- .]+")
_KNOWN_CYRILLIC: Final = re.compile(r"[А-Яа-яЁёІіЇїЄєҐґ'’ʼ`\-\s\u0301”]+")
_ONLY_UKRAINIAN: Final = re.compile("[іїєґь'’ʼ]", re.IGNORECASE)
_CODE: Final = re.compile(r"[A-Z]{2,4}")
_WITH_LATIN_NAMES: Final = frozenset({"UA", "RU", "BY", "MD"})


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything the gazetteer is made of, as read."""

    cities: Sequence[Record]
    countries: Sequence[Record]
    continents: Sequence[Record]
    villages: Sequence[Row]
    regions: Sequence[Row]
    areas: Sequence[Row]
    spellings: Sequence[Row]
    populations: Sequence[Row]
    districts: Sequence[Row]


def build(sources: Sources) -> list[Entry]:
    """Return the entries of the gazetteer, sorted by identifier.

    Raises
    ------
    InputError
        If a list kept by hand names an identifier that is not in the gazetteer, or repeats one:
        all of them in one message.
    """
    entries = [
        *_settlements(sources),
        *(_village(row) for row in sources.villages),
        *_regions(sources),
        *_countries(sources),
        *(_continent(record) for record in sources.continents),
        *(_area(row) for row in sources.areas),
    ]
    _refuse_faults(entries, sources)
    return sorted(_with_spellings(entries, sources.spellings), key=lambda entry: entry.place.id)


def neighbours(entries: Sequence[Entry]) -> dict[str, list[str]]:
    """Return the regions that touch each region of Ukraine: whose settlements come close.

    Regions are keyed by country and code, as in ``UA-05``.
    """
    members: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for place in (entry.place for entry in entries):
        if place.kind in SETTLEMENTS and place.country in {"UA", "RU"} and place.admin1:
            members[f"{place.country}-{place.admin1}"].append((place.lon, place.lat))
    arrays = {key: _radians(points) for key, points in members.items()}
    return {
        key: sorted(
            other
            for other in arrays
            if other != key and _gap_km(arrays[key], arrays[other]) <= _TOUCHING_KM
        )
        for key in sorted(arrays)
        if key.startswith("UA-")
    }


def _gap_km(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    """Return the least distance between two sets of points, radians, on the plane between them."""
    scale = math.cos(float(first[:, 1].mean()))
    dx = (first[:, :1] - second[:, 0]) * scale
    dy = first[:, 1:] - second[:, 1]
    return float(np.hypot(dx, dy).min()) * _EARTH_KM


def _refuse_faults(entries: Sequence[Entry], sources: Sources) -> None:
    known = Counter(entry.place.id for entry in entries)
    faults = [f"{place_id} is there twice" for place_id, times in known.items() if times > 1]
    faults.extend(
        f"{row['id']} is not in the gazetteer"
        for row in (*sources.spellings, *sources.populations, *sources.districts)
        if row["id"] not in known
    )
    if faults:
        raise InputError("lists of the gazetteer: " + "; ".join(faults))


def _settlements(sources: Sources) -> Iterable[Entry]:
    """Yield Ukraine's places, Russian ones near the border, namesakes and large cities."""
    dated = {row["id"]: row for row in sources.populations}
    districts = {row["id"] for row in sources.districts}
    ukrainian = [c for c in sources.cities if c["countrycode"] == "UA"]
    large = {
        fold(name)
        for c in ukrainian
        if _int(c, "population") >= LEAST_NAMESAKE
        for name in (str(c["name"]), _display(c)[0])
    }
    border = _radians([(_float(c, "longitude"), _float(c, "latitude")) for c in ukrainian])
    for city in sources.cities:
        if (
            city["countrycode"] == "UA"
            or _int(city, "population") >= LEAST_WORLD
            or fold(str(city["name"])) in large
            or _is_near(city, border)
        ):
            place_id = f"geonames:{city['geonameid']}"
            yield _settlement(city, dated.get(place_id), district=place_id in districts)


def _is_near(city: Record, border: NDArray[np.float64]) -> bool:
    """Say whether a place beyond the border is near enough for its size to be in the news."""
    people = _int(city, "population")
    if city["countrycode"] == "RU":
        return _nearest_km(city, border) <= (
            BEHIND_KM if people >= LEAST_BEHIND else NEAR_BORDER_KM
        )
    if city["countrycode"] not in NEIGHBOURS or people < LEAST_NEIGHBOUR:
        return False
    return _nearest_km(city, border) <= (NEAR_BORDER_KM if people >= LEAST_BEHIND else CROSSING_KM)


def _settlement(city: Record, dated: Row | None, *, district: bool) -> Entry:
    name, official = _display(city)
    population = _int(city, "population") or None
    figures = _figures(population, dated)
    country = str(city["countrycode"])
    place = Place(
        id=f"geonames:{city['geonameid']}",
        name=name,
        lon=_float(city, "longitude"),
        lat=_float(city, "latitude"),
        kind=DISTRICT if district else kind_of(population),
        population=population,
        population_source=figures[0].source if figures else None,
        admin1=str(city["admin1code"]) or None,
        country=country,
        populations=figures,
        uncertainty_km=round(max(extent_km(population), 0.5), 2),
        source="GeoNames",
    )
    return Entry(place, _names_of(city, name, official))


def _figures(population: int | None, dated: Row | None) -> tuple[Population, ...]:
    """Return the GeoNames figure first, because the published methods use it, then dated ones."""
    figures: list[Population] = []
    if population:
        figures.append(Population(population, None, GEONAMES + _apart(population, dated)))
    if dated:
        figures.append(Population(int(dated["value"]), int(dated["year"]), dated["source"]))
    return tuple(figures)


def _apart(population: int, dated: Row | None) -> str:
    """Say so where an undated figure is far from the official one before the war."""
    if dated is None:
        return ""
    share = population / int(dated["value"])
    if share < 1 - _FAR_OFF:
        return f", far below the official figure of {dated['year']}"
    return f", far above the official figure of {dated['year']}" if share > 1 + _FAR_OFF else ""


def _display(city: Record) -> tuple[str, str | None]:
    name = str(city["name"])
    return official_name(name, _alternates(city)) if city["countrycode"] == "UA" else (name, None)


def official_name(name: str, alternates: Iterable[str]) -> tuple[str, str | None]:
    """Return the name to show and the Ukrainian name that it renders, if one is known.

    GeoNames spells many by BGN (Hulyaypole); the Ukrainian name among the alternates whose
    rendering it is gives the official spelling (Huliaipole).
    """
    wanted = fold(name)
    rendered = [other for other in alternates if wanted in _ukrainian_keys(other)]
    if not rendered:
        return name, None
    # Покровск renders like Покровськ: the one with Ukrainian letters is the Ukrainian name.
    official = max(rendered, key=lambda other: len(_ONLY_UKRAINIAN.findall(other)))
    return romanise(official, "kmu"), official


def _ukrainian_keys(name: str) -> set[str]:
    if not _KNOWN_CYRILLIC.fullmatch(name):
        return set()
    forms = romanised(name)
    return {fold(form) for system, form in forms.items() if system != "bgn_ru"}


def _names_of(city: Record, name: str, official: str | None) -> tuple[tuple[str, Form], ...]:
    names = {name: Form.OFFICIAL, str(city["name"]): Form.OFFICIAL}
    if official:
        names[official] = Form.OFFICIAL
    latin = city["countrycode"] in _WITH_LATIN_NAMES
    for other in _alternates(city):
        if _wanted(other, latin=latin):
            names.setdefault(other, Form.OTHER)
    if city["countrycode"] == "UA":
        _add_renderings(names)
    return tuple(names.items())


def renderings(names: Mapping[str, Form]) -> tuple[tuple[str, Form], ...]:
    """Return names with every Cyrillic one by every system of transliteration."""
    all_names = dict(names)
    _add_renderings(all_names)
    return tuple(all_names.items())


def _add_renderings(names: dict[str, Form]) -> None:
    for name, form in list(names.items()):
        if is_cyrillic(name):
            for system, rendering in romanised(name).items():
                # A Ukrainian name read as Russian (Kotline) is no official spelling.
                own = form is Form.OFFICIAL and system != "bgn_ru"
                closeness = Form.OFFICIAL if own else Form.GENERATED
                names[rendering] = min(closeness, names.get(rendering, Form.DECLINED))


def _wanted(name: str, *, latin: bool) -> bool:
    """Keep names in Cyrillic and Latin letters; airport codes and pinyin are none."""
    if not name[:1].isupper() or _CODE.fullmatch(name) or len(name) <= 1:
        return False
    return bool(_KNOWN_CYRILLIC.fullmatch(name) or (latin and _LATIN.fullmatch(name)))


def _village(row: Row) -> Entry:
    population = int(row["population"]) if row["population"] else None
    figures = (
        (Population(population, int(row["population_year"]), row["population_source"]),)
        if population
        else ()
    )
    place = Place(
        id=row["id"],
        name=row["name"],
        lon=float(row["lon"]),
        lat=float(row["lat"]),
        kind="village",
        population=population,
        population_source=row["population_source"] or None,
        admin1=row["admin1"],
        country=row["country"],
        populations=figures,
        uncertainty_km=float(row["uncertainty_km"]),
        source=row["source"],
    )
    names = {row["name"]: Form.OFFICIAL, row["name_uk"]: Form.OFFICIAL}
    names.update(dict.fromkeys(_split(row["other_names"]), Form.OTHER))
    _add_renderings(names)
    return Entry(place, tuple(names.items()))


def _regions(sources: Sources) -> Iterable[Entry]:
    """Yield oblasts: at the mean of their settlements, with the radius that holds nine in ten."""
    members: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for city in sources.cities:
        key = str(city["countrycode"]), str(city["admin1code"])
        members[key].append((_float(city, "longitude"), _float(city, "latitude")))
    for row in sources.regions:
        lon, lat, radius = _spread(members[row["country"], row["admin1"]])
        yield Entry(
            Place(
                id=row["id"],
                name=row["name"],
                lon=lon,
                lat=lat,
                kind="region",
                admin1=row["admin1"],
                country=row["country"],
                pcode=row["pcode"] or None,
                uncertainty_km=radius,
                source="mean of its GeoNames settlements",
            ),
            _region_names(row),
        )


def _region_names(row: Row) -> tuple[tuple[str, Form], ...]:
    short = row["short"]
    kinds = ("region", "oblast", "province") if row["name"].endswith("Oblast") else ("region",)
    names = [(row[column], Form.OFFICIAL) for column in ("name", "name_uk", "name_ru")]
    names += [(f"{short} {kind}", Form.OTHER) for kind in kinds]
    names += [(name, Form.OTHER) for name in (short, *_split(row["other_names"]))]
    return tuple(dict(reversed(names)).items())


def _countries(sources: Sources) -> Iterable[Entry]:
    members: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for city in sources.cities:
        members[str(city["countrycode"])].append(
            (_float(city, "longitude"), _float(city, "latitude"))
        )
    for record in sources.countries:
        code = str(record["iso"])
        if members[code]:
            lon, lat, _ = _spread(members[code])
            area = max(_float(record, "areakm2"), 1.0)
            population = _int(record, "population") or None
            yield Entry(
                Place(
                    id=f"iso:{code}",
                    name=str(record["name"]),
                    lon=lon,
                    lat=lat,
                    kind="country",
                    population=population,
                    population_source=GEONAMES if population else None,
                    country=code,
                    populations=(Population(population, None, GEONAMES),) if population else (),
                    uncertainty_km=round(math.sqrt(area / math.pi), 1),
                    source="mean of its GeoNames settlements",
                ),
                ((str(record["name"]), Form.OFFICIAL),),
            )


def _continent(record: Record) -> Entry:
    place = Place(
        id=f"geonames:{record['geonameId']}",
        name=str(record["name"]),
        lon=_float(record, "lng"),
        lat=_float(record, "lat"),
        kind="area",
        country="",
        uncertainty_km=3000.0,
        source="GeoNames",
    )
    return Entry(place, ((place.name, Form.OFFICIAL),))


def _area(row: Row) -> Entry:
    place = Place(
        id=row["id"],
        name=row["name"],
        lon=float(row["lon"]),
        lat=float(row["lat"]),
        kind=row["kind"],
        country=row["country"],
        uncertainty_km=float(row["uncertainty_km"]),
        source=row["source"],
    )
    names = dict.fromkeys((n for n in (row["name_uk"], row["name_ru"]) if n), Form.OFFICIAL)
    names[row["name"]] = Form.OFFICIAL
    names.update(dict.fromkeys(_split(row["other_names"]), Form.OTHER))
    return Entry(place, tuple(names.items()))


def _with_spellings(entries: Sequence[Entry], rows: Sequence[Row]) -> Iterable[Entry]:
    added: dict[str, dict[str, Form]] = defaultdict(dict)
    for row in rows:
        added[row["id"]][row["name"]] = Form[row["form"].upper()]
    for entry in entries:
        names = dict(entry.names)
        for name, form in added[entry.place.id].items():
            names[name] = min(form, names.get(name, Form.DECLINED))
        ukrainian = entry.place.country == "UA" and entry.place.kind in POPULATED
        yield Entry(entry.place, renderings(names) if ukrainian else tuple(names.items()))


def _spread(points: Sequence[tuple[float, float]]) -> tuple[float, float, float]:
    """Return mean longitude and latitude and the radius in km that holds nine in ten."""
    lonlat = np.array(points)
    lon, lat = lonlat.mean(axis=0)
    scale = math.cos(math.radians(lat))
    apart = np.hypot((lonlat[:, 0] - lon) * scale, lonlat[:, 1] - lat)
    radius = float(np.quantile(np.radians(apart) * _EARTH_KM, 0.9))
    return round(float(lon), 4), round(float(lat), 4), round(max(radius, 1.0), 1)


def _radians(lonlat: Sequence[tuple[float, float]]) -> NDArray[np.float64]:
    radians: NDArray[np.float64] = np.radians(np.array(lonlat).reshape(-1, 2))
    return radians


def _nearest_km(city: Record, others: NDArray[np.float64]) -> float:
    """Return the great-circle distance to the nearest of other points (0.5 % is enough here)."""
    lon, lat = math.radians(_float(city, "longitude")), math.radians(_float(city, "latitude"))
    half = (
        np.sin((others[:, 1] - lat) / 2) ** 2
        + math.cos(lat) * np.cos(others[:, 1]) * np.sin((others[:, 0] - lon) / 2) ** 2
    )
    return float(2 * _EARTH_KM * np.arcsin(np.sqrt(half.min())))


def _alternates(city: Record) -> list[str]:
    names = city["alternatenames"]
    return [str(name) for name in names] if isinstance(names, list) else []


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _int(record: Record, field: str) -> int:
    return int(str(record[field] or 0))


def _float(record: Record, field: str) -> float:
    return float(str(record[field] or 0))
