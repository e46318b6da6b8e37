"""Hand-made maps and pages for the tests of drawing: straight borders, round numbers."""

from __future__ import annotations

from datetime import date, timedelta

import shapely

from contested.history.protocol import ChangePolygon
from contested.records import Place, Rights, Source, Status, Use
from contested.render.picture import Attribution, BaseMap, Disc, Dot, Frame, LocatorMap
from contested.render.sheet import (
    AreaRow,
    ChangeRow,
    ChangeTable,
    DaySeries,
    InputFile,
    KeyFigures,
    MethodNote,
    PointReport,
    Report,
    ShareRow,
    Timeline,
    TimelineRow,
)

DAY = date(2025, 11, 5)
SINCE = date(2025, 10, 22)
FRAME = Frame(34.0, 48.0, 480.0, 340.0)
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "]]></style><svg onload=alert(1)>",
    "abc\u202edcba\u202c \u200f\u2067x",
    "أبو كمال",
    "x" * 5000,
    "Покровськ " * 600,
    "null\x00bell\x07\x1b[31mred",
    "line\nbreak\ttab\u2028separator",
    "&amp;&lt;&#x3c;",
    "\ud800lone",
    "",
    "   ",
)


def base() -> BaseMap:
    """A country of 6° by 3°, a neighbour to its east, sea to its south."""
    return BaseMap(
        outline=shapely.box(31, 47, 37, 50),
        neighbours={"Eastland": shapely.box(37, 47, 41, 50)},
        extent=(28.0, 45.0, 42.0, 52.0),
        credit="a base map of our own",
    )


def town(
    name: str = "Middleton", lon: float = 34.0, lat: float = 48.0, people: int | None = 60_000
) -> Place:
    return Place(f"t:{name[:20]}:{lon}:{lat}", name, lon, lat, population=people)


def layers() -> dict[Status, shapely.Geometry]:
    """Held since 2014 in the east, occupied beside it, a strip of contested ground."""
    return {
        Status.HELD_SINCE_2014: shapely.box(36, 47, 37, 50),
        Status.OCCUPIED: shapely.box(34.2, 47, 36, 48.6),
        Status.CONTESTED: shapely.box(34.1, 47, 34.2, 48.6),
        Status.LIBERATED: shapely.box(32, 48.8, 33, 50),
    }


def changes() -> tuple[ChangePolygon, ...]:
    gained, lost = shapely.box(34.2, 47.8, 34.5, 48.2), shapely.box(34.0, 48.3, 34.1, 48.5)
    return (
        ChangePolygon(None, Status.OCCUPIED, gained, 990.0),
        ChangePolygon(Status.OCCUPIED, None, lost, 165.0),
    )


def locator(**changed: object) -> LocatorMap:
    """A map with a bit of everything; any field can be replaced."""
    middle = town()
    fields: dict[str, object] = {
        "frame": FRAME,
        "base": base(),
        "title": "Middleton, 5 November 2025",
        "subtitle": "as assessed by Mapmakers",
        "attribution": Attribution("Mapmakers", DAY, ("Gazetteer (CC BY 4.0)",)),
        "layers": layers(),
        "changes": changes(),
        "since": SINCE,
        "places": (middle, town("Weston", 33.1, 48.2, 20_000), town("Easton", 35.2, 47.9, 900)),
        "focus": middle.id,
        "discs": (Disc(34.0, 48.0, 5.0),),
    }
    return LocatorMap(**{**fields, **changed})  # type: ignore[arg-type]


def source(name: str = "mapmakers", title: str = "Mapmakers' map") -> Source:
    rights = Rights(
        frozenset({Use.STORE, Use.PUBLISH_IMAGE}),
        "Credited pictures may be used.",
        "https://example.org/terms",
        date(2025, 9, 1),
        "the mapmakers",
    )
    return Source(
        name, title, "areas", name, 1, "daily", "The file of day D is the map of day D.",
        "Map: Mapmakers", frozenset({Status.OCCUPIED}), rights, "https://example.org", "*.geojson",
    )  # fmt: skip


def day_series(status: Status = Status.OCCUPIED) -> DaySeries:
    """Ten days, the fourth and fifth without a map."""
    days = tuple(DAY - timedelta(9 - n) for n in range(10))
    values = tuple(None if n in {3, 4} else 1000.0 + 10 * n for n in range(10))
    return DaySeries(status, days, values)


def timeline(name: str = "Middleton") -> Timeline:
    rows = (
        TimelineRow(None, date(2025, 9, 1), date(2025, 10, 29), "any of the 2 km disc"),
        TimelineRow(Status.CONTROLLED, date(2025, 10, 30), None, "any of the 2 km disc"),
    )
    return Timeline(town(name), rows, date(2025, 9, 1), DAY, (date(2025, 9, 10),))


def report(**changed: object) -> Report:
    """A report of the world above, from a source that knows controlled ground only."""
    controlled = Status.CONTROLLED
    figures = KeyFigures(
        (ShareRow("2 km disc", {controlled: 0.195}, {controlled: 0.0}),), (controlled,), SINCE
    )
    rows = (ChangeRow(None, controlled, 200.5), ChangeRow(controlled, None, 32.3))
    fields: dict[str, object] = {
        "place": town(),
        "asked": DAY,
        "as_of": DAY,
        "source_title": "Mapmakers",
        "map": locator(
            layers={controlled: shapely.box(34.2, 47, 37, 48.6)}, not_held=(Status.CONTESTED,)
        ),
        "not_held": (Status.CONTESTED,),
        "key_figures": figures,
        "changes": ChangeTable(SINCE, DAY, "the whole map", rows, 200.5, 32.3, 168.2),
        "timeline": timeline(),
        "areas": (AreaRow(controlled, 115352.65), AreaRow(Status.CONTESTED, None)),
        "area_scope": "the whole map",
        "area_series": (day_series(controlled),),
        "sources": (source(),),
        "inputs": (InputFile("mapmakers", "map_20251105.geojson", DAY, "ab" * 32),),
        "methods": (MethodNote("Shares", "shares/1", "Geodesic area by status."),),
        "version": "0.1.0",
    }
    return Report(**{**fields, **changed})  # type: ignore[arg-type]


def point_report(**changed: object) -> PointReport:
    """A report of a source of points."""
    dots = tuple(
        Dot(town(f"Town {n}", 33.0 + n * 0.3, 48.2), status)
        for n, status in enumerate(
            (Status.OCCUPIED, Status.CONTESTED, Status.LIBERATED, Status.FREE,
             Status.HELD_SINCE_2014, Status.UA_HELD_IN_RUSSIA)
        )
    )  # fmt: skip
    fields: dict[str, object] = {
        "title": "Six settlements",
        "as_of": DAY,
        "source_title": "Mapmakers",
        "map": locator(
            layers={}, changes=(), since=None, places=(), focus=None, discs=(), dots=dots
        ),
        "timelines": (timeline("Weston"), timeline("Easton")),
        "counts": (day_series(Status.OCCUPIED), day_series(Status.LIBERATED)),
        "sources": (source(),),
        "inputs": (InputFile("mapmakers", "places.csv", DAY, "cd" * 32),),
        "methods": (),
        "version": "0.1.0",
    }
    return PointReport(**{**fields, **changed})  # type: ignore[arg-type]
