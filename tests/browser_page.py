"""A small world as a page, and somebody who reads it in a browser."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely

from contested.history.reference import ReferenceEngine
from contested.history.series import SeriesBuilder
from contested.history.web_pack import pack_for_web
from contested.jobs.site import daily_steps_km2
from contested.records import ControlMap, SnapshotId, Status
from contested.render.site import Site
from contested.render.site_facts import Figures, LabelledPlace, site_facts
from contested.sources.deepstate.parse import parse
from contested.sources.deepstate.rules import CARRIES
from contested.sources.registry import source
from worlds import (
    CONTESTED,
    OCCUPIED,
    SINCE_2014,
    box,
    feature,
    file_name,
    map_file,
    polygon,
    series_of,
)

if TYPE_CHECKING:
    import numpy as np
    from playwright.sync_api import Browser, Page

    from contested.history.series import ControlSeries

REPOSITORY = Path(__file__).parent.parent
WEST = box(36.0, 48.0, 36.4, 48.4, steps=4)
GROWN = box(36.0, 48.0, 36.6, 48.4, steps=4)
EAST = box(36.6, 48.0, 37.0, 48.4, steps=4)
GREY = box(36.4, 48.0, 36.5, 48.4, steps=4)
MARKUP = "<img src=x onerror=alert(1)>"
"""A name that would run if anything on the page read it as markup."""

PLACES = (
    LabelledPlace(1, "Westtown", "Західне", 36.2, 48.2, 40_000, "Altstadt", ((0, 1),)),
    LabelledPlace(2, "Middleton", "Середнє", 36.45, 48.2, 9_000, "", ((0, 2), (2, 1))),
    LabelledPlace(3, MARKUP, MARKUP, 36.8, 48.3, 2_000, MARKUP, ((0, 0),)),
)


CLAIMS = {
    "title": f"On the war {MARKUP}",
    "published": "2023-01-05",
    "read": 9,
    "pins": [
        {
            "id": f"{number:012x}", "quote": f"{quote} {MARKUP}", "place": place, "at": at,
            "verdict": verdict, "number": "4 km", "sentence": f"The map shows 4 km. {MARKUP}",
            "days": days,
        }
        for number, quote, place, at, verdict, days in (
            (1, "it lies in the west", "Westtown", [36.2, 48.2], "supported", []),
            (2, "it was taken", "Middleton", [36.45, 48.2], "contradicted",
             ["2023-01-01", "2023-01-03"]),
            (3, "it was taken again", "Middleton", [36.45, 48.2], "figures only",
             ["2023-01-05", "2023-01-05"]),
        )
    ],
}  # fmt: skip


def world_series() -> ControlSeries:
    """Maps of 1, 2, 3 (twice) and 5 January 2023; the west grows on the 3rd, none of the 4th."""
    east = feature(SINCE_2014, polygon(EAST), MARKUP)
    small = [feature(OCCUPIED, polygon(WEST), "Occupied"), east]
    grey = feature(CONTESTED, polygon(GREY), "Під питанням /// In question /// key")
    large = [feature(OCCUPIED, polygon(GROWN), "Occupied"), east]
    return series_of(
        (0, map_file(*small, grey)),
        (1, map_file(grey, *small)),
        (2, map_file(*large)),
        (2.2, map_file(east, large[0])),
        (4, map_file(*small, grey, east)),
    )


def world_site() -> Site:
    """Return the page of the small world."""
    series = world_series()
    engine = ReferenceEngine(series)
    figures = Figures(engine.areas_km2(), daily_steps_km2(engine), "area/1 (reference/1)")
    about = site_facts(series.snapshots, [source("deepstate")], figures, local_only=False)
    return Site(
        title="contested",
        description="A small world",
        pack=pack_for_web(series, about),
        places=PLACES,
        countries={"Ukraine": shapely.MultiPolygon([shapely.box(24, 45, 40, 52)])},
        extent=(20.0, 43.0, 42.0, 54.0),
        picture='<svg viewBox="0 0 9 9" role="img" aria-label="Map"><path d="M0 0h9v9"/></svg>',
        table=(("status", "5 January 2023"), ("occupied", "1,319 km²")),
        source_line="Map data: nobody",
        version="0",
    )


def continued_site() -> Site:
    """Return the small world of 1 to 3 January, drawn by another source on the 4th and 5th.

    That source draws controlled ground as one and no contested ground.
    """
    builder = SeriesBuilder("deepstate", CARRIES)
    series = world_series()
    builder.extend(series, 0)
    builder.keep_only(series.snapshots[:3])
    for day, ring in ((4, GROWN), (5, WEST)):
        published = datetime(2023, 1, day, 23, 0, tzinfo=UTC)
        snapshot = SnapshotId("deepstate_daily", f"{day:064x}", date(2023, 1, day), published)
        drawn = parse(map_file(feature(OCCUPIED, polygon(ring), "")), file_name(day))
        areas = tuple(replace(one, status=Status.CONTROLLED) for one in drawn.areas)
        builder.add(ControlMap(snapshot, frozenset({Status.CONTROLLED}), areas))
    joined = builder.build()
    engine = ReferenceEngine(joined)
    figures = Figures(engine.areas_km2(), daily_steps_km2(engine), "area/1 (reference/1)")
    sources = [source("deepstate"), source("deepstate_daily")]
    about = site_facts(joined.snapshots, sources, figures, local_only=False)
    places = (
        LabelledPlace(1, "Westtown", "Західне", 36.2, 48.2, 40_000, "", ((0, 1), (3, 5))),
        LabelledPlace(2, "Middleton", "Середнє", 36.45, 48.2, 9_000, "", ((0, 2), (2, 1), (4, -1))),
        LabelledPlace(4, "Farton", "Далеке", 36.9, 48.9, 3_000, "", ((0, -1),)),
    )
    pack = pack_for_web(joined, about)
    return replace(world_site(), pack=pack, places=places, claims=CLAIMS)


JANUARY_1 = 19358
"""Days since 1970 of 1 January 2023."""

FIGURES = {
    "front": {"rulerM": 500.0, "method": "front/1", "days": [JANUARY_1, 1, 1, 2],
              "mainKm10": [1000, 5, 200, -100]},
    "corridors": {"method": "corridor/1", "days": [JANUARY_1, 4], "states": ["measured", "open"],
                  "towns": [[1, [0, 250, 1]], [2, [0, 86, 0, 1, 0, -1]]]},
    "salients": {"method": "salients/1", "days": [JANUARY_1 + 1, 3], "rows": [
        [], [[0, 123, 110, 140, 87, "Middleton", "Середнє", [36400, 48200, 200, 0, 100, 50]]],
    ]},
}  # fmt: skip
"""Fronts of every map, corridors of 1 and 5 January, salients of 2 January (none) and the 5th."""


def figures_site() -> Site:
    """Return the small world with figures beside its maps."""
    return replace(world_site(), figures=FIGURES)


def points_site() -> Site:
    """Return settlements only, of 1 to 5 January 2023: what a source of points has to say."""
    known = source("settlements")
    builder = SeriesBuilder(known.name, frozenset(Status))
    for day in range(1, 6):
        published = datetime(2023, 1, day, tzinfo=UTC)
        snapshot = SnapshotId(known.name, "5" * 64, date(2023, 1, day), published)
        builder.add(ControlMap(snapshot, frozenset(Status), ()))
    series = builder.build()
    none = ReferenceEngine(series).areas_km2()
    figures = Figures(none, none[:, :2], "points/1: no areas")
    about = site_facts(series.snapshots, [known], figures, local_only=False)
    statuses = {"occupied": 1, "contested": 2, "liberated": 4, "free": 6}
    places = tuple(
        LabelledPlace(
            number, f"{status}ton", f"{status}ton", 36.0 + number / 4, 48.2, 5_000, "", rows
        )
        for number, (status, rows) in enumerate(
            {name: ((2, index),) for name, index in statuses.items()}.items()
        )
    )
    return replace(world_site(), pack=pack_for_web(series, about), places=places)


def controlled_km2(series: ControlSeries) -> np.ndarray:
    """Occupied and held since 2014 together, by snapshot."""
    return ReferenceEngine(series).areas_km2()[:, :2].sum(axis=1)


class Reader:
    """Opens pages and notes every error, every console message and every request."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[Any] = []
        self.faults: list[str] = []
        self.allowed: tuple[str, ...] = ()
        """Starts of messages that a test expects."""

    def open(
        self,
        page: Path | str,
        hash_: str = "",
        *,
        size: tuple[int, int] = (1200, 800),
        wait: bool = True,
        **options: Any,
    ) -> Page:
        """Open a page; wait until the map stands, unless told not to."""
        context = self._browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale="en-GB", **options
        )
        self._contexts.append(context)
        view = context.new_page()
        address = page if isinstance(page, str) else page.as_uri()
        self._listen(view, address)
        view.goto(address + hash_)
        if wait:
            until(view, "!!window.contested && window.contested.view.map.loaded()")
        return view

    def close(self) -> None:
        """Close everything and report what went wrong meanwhile."""
        for context in self._contexts:
            context.close()
        unexpected = [f for f in self.faults if not f.startswith(self.allowed or ("\0",))]
        assert not unexpected, unexpected

    def _listen(self, view: Page, address: str) -> None:
        home = address.rpartition("/")[0]

        def request(one: Any) -> None:
            if not one.url.startswith((home, "data:", "blob:")):
                self.faults.append(f"request {one.url}")

        def message(one: Any) -> None:
            # SwiftShader says that reading pixels is slow: it is, and it is no fault of the page.
            if one.type in {"error", "warning"} and "GPU stall" not in one.text:
                self.faults.append(f"{one.type} {one.text}")

        view.on("request", request)
        view.on("console", message)
        view.on("pageerror", lambda error: self.faults.append(f"pageerror {error}"))
        view.on("dialog", lambda dialog: self.faults.append(f"dialog {dialog.message}"))


def until(view: Page, expression: str, seconds: float = 20.0) -> None:
    """Wait until an expression holds. Playwright's own way is forbidden by the page's policy."""
    for _ in range(int(seconds / 0.02)):
        if view.evaluate(expression):
            return
        view.wait_for_timeout(20)
    raise AssertionError(f"never came true within {seconds:g} s: {expression}")


def state(view: Page) -> dict[str, Any]:
    """Return the state of a page as plain values."""
    text = view.evaluate(
        "JSON.stringify(window.contested.store.state, (k, v) => v instanceof Set ? [...v] : v)"
    )
    found: dict[str, Any] = json.loads(text)
    return found


def pixel(view: Page, lng: float, lat: float) -> tuple[int, ...]:
    """Return the colour that the control canvas shows at a point."""
    return tuple(
        view.evaluate(
            """([lng, lat]) => {
              const { view } = window.contested;
              const at = view.map.project([lng, lat]);
              const { ratio } = view.camera;
              const copy = document.createElement("canvas");
              const context = copy.getContext("2d", { willReadFrequently: true });
              context.drawImage(view.control, -Math.round(at.x * ratio), -Math.round(at.y * ratio));
              return [...context.getImageData(0, 0, 1, 1).data];
            }""",
            [lng, lat],
        )
    )
