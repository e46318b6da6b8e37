"""What a picture shows, as frozen records; the drawing functions turn them into text."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from contested.records import Status
from contested.render.language import ENGLISH, Language

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import shapely

    from contested.history.protocol import ChangePolygon
    from contested.records import Place

CONTROLLED_STATUSES = (Status.HELD_SINCE_2014, Status.OCCUPIED, Status.CONTROLLED)
"""What counts as controlled by Russia, in order of drawing."""

UKRAINE_LON, UKRAINE_LAT = 31.2, 48.4
UKRAINE_WIDTH_KM, UKRAINE_HEIGHT_KM = 1420.0, 960.0


@dataclass(frozen=True, slots=True)
class Frame:
    """The ground a map shows: a centre in degrees and a size in km, north up at the centre."""

    lon: float
    lat: float
    width_km: float
    height_km: float


UKRAINE_FRAME = Frame(UKRAINE_LON, UKRAINE_LAT, UKRAINE_WIDTH_KM, UKRAINE_HEIGHT_KM)


@dataclass(frozen=True, slots=True, eq=False)
class BaseMap:
    """The ground under every map, in degrees.

    Attributes
    ----------
    outline
        Ukraine's internationally recognised territory, Crimea included.
    neighbours
        Other countries by name, cut at `extent`.
    extent
        West, south, east, north: inside it, what is no country is sea; beyond it nothing is
        known and nothing is drawn.
    """

    outline: shapely.Geometry
    neighbours: Mapping[str, shapely.Geometry]
    extent: tuple[float, float, float, float]
    credit: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A settlement of a source of points with its status; never widened to an area."""

    place: Place
    status: Status


@dataclass(frozen=True, slots=True)
class Disc:
    """A circle that was measured, drawn as a thin ring so that a reader sees what was asked."""

    lon: float
    lat: float
    radius_km: float


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose assessment a picture shows, which day's, and what its inputs ask to be credited."""

    source_title: str
    as_of: date
    credits: tuple[str, ...] = ()


class Units(StrEnum):
    """Units of length on a map."""

    KM = "km"
    MILES = "mi"
    BOTH = "both"


@dataclass(frozen=True, slots=True, eq=False)
class Stream:
    """A river's line in degrees and its name in the map's language.

    Attributes
    ----------
    great
        One of the country's great rivers: drawn broader, and named before small places.
    """

    line: shapely.Geometry
    name: str
    great: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """A line that a map points out, with a word beside it: a salient's depth, a ring of reach.

    Attributes
    ----------
    line
        Degrees.
    words
        Set beside the line's middle; empty for none.
    strong
        Drawn as a measured line with ends, else as a thin dashed one.
    """

    line: shapely.Geometry
    words: str = ""
    strong: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class LocatorMap:
    """Everything on a locator map.

    Attributes
    ----------
    layers
        Partitioned ground by status in degrees, uncut: the inset shows the whole of it.
    not_held
        Statuses that the source cannot show on that day: said in words in the legend.
    changes, since
        Ground that changed between `since` and the map's day, drawn on top.
    places
        Candidates for labels; districts of larger cities are left out by the drawing.
    focus, named
        Identifiers of the place the map is about and of others that must come first.
    dots
        Statuses of settlements from a source of points.
    rivers, great_rivers, lakes, roads, borders
        Optional layers that the user added: lines, areas, lines of oblasts; degrees.
    streams
        Rivers that may be named.
    oblasts
        Areas in degrees that may be named, by their names in the map's language.
    marks, notes
        What is pointed out on top of the ground, and the legend's sentences about it.
    language, units
        Of every word and of the scale bar.
    brief
        Whether the source line carries the short disclaimer: on paper room is dear.
    furnished
        Whether inset and scale bar are drawn; small multiples share one statement of scale.
    """

    frame: Frame
    base: BaseMap
    title: str
    subtitle: str
    attribution: Attribution
    layers: Mapping[Status, shapely.Geometry] = field(default_factory=dict)
    not_held: tuple[Status, ...] = ()
    changes: tuple[ChangePolygon, ...] = ()
    since: date | None = None
    places: tuple[Place, ...] = ()
    focus: str | None = None
    named: frozenset[str] = frozenset()
    dots: tuple[Dot, ...] = ()
    discs: tuple[Disc, ...] = ()
    rivers: shapely.Geometry | None = None
    great_rivers: shapely.Geometry | None = None
    lakes: shapely.Geometry | None = None
    roads: shapely.Geometry | None = None
    borders: shapely.Geometry | None = None
    streams: tuple[Stream, ...] = ()
    oblasts: Mapping[str, shapely.Geometry] = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()
    notes: tuple[str, ...] = ()
    language: Language = ENGLISH
    units: Units = Units.BOTH
    brief: bool = False
    furnished: bool = True
