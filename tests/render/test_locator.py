"""Locator maps of hand-made worlds: golden text, words, hostile and empty input."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import shapely

from contested import sample
from contested.errors import UsageError
from contested.history.protocol import ChangePolygon
from contested.records import Place, Status
from contested.render.labels import taken_by
from contested.render.language import LANGUAGES
from contested.render.layers import Ground, coast_of, front_line, is_gain, is_loss
from contested.render.lettering import alt_text, distinct
from contested.render.locator import compose, frame_of, render_locator
from contested.render.picture import (
    CONTROLLED_STATUSES,
    UKRAINE_FRAME,
    BaseMap,
    Dot,
    Frame,
    LocatorMap,
    Units,
)
from contested.render.projection import project
from contested.render.theme import BLACK_AND_WHITE, DARK, SMALLEST_TEXT_PX, THEMES
from scenes import DAY, FRAME, HOSTILE, base, changes, layers, locator, town

GOLDEN = Path(__file__).parents[1] / "golden"
SVG = "{http://www.w3.org/2000/svg}"


def parse(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314


def words(text: str) -> str:
    """All live text of a picture, halos left out."""
    drawn = [t for t in parse(text).iter(f"{SVG}text") if t.get("aria-hidden") != "true"]
    return " ".join("".join(t.itertext()) for t in drawn)


def layer(text: str, name: str) -> ET.Element | None:
    return next((g for g in parse(text).iter(f"{SVG}g") if g.get("id") == f"map-{name}"), None)


def golden(name: str, text: str) -> None:
    """Compare with the file; CONTESTED_GOLDEN=write makes it anew, to be read before commit."""
    path = GOLDEN / name
    if os.environ.get("CONTESTED_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


WORLDS = {
    "everything": locator(),
    "not_held": locator(
        layers={Status.CONTROLLED: shapely.box(34.2, 47, 37, 48.6)}, not_held=(Status.CONTESTED,)
    ),
    "dots": locator(
        layers={}, changes=(), since=None, discs=(),
        dots=(Dot(town("A", 33.6), Status.OCCUPIED), Dot(town("B", 34.6), Status.CONTESTED)),
    ),
    "empty": LocatorMap(FRAME, base(), "", "", locator().attribution),
}  # fmt: skip


def test_a_world_for_print_is_drawn_as_reviewed() -> None:
    content = locator(language=LANGUAGES["uk"], units=Units.KM, brief=True)
    text = render_locator(content, 321.0, BLACK_AND_WHITE, prefix="", real_lines=True)
    golden("locator_print.svg", text)


@pytest.mark.parametrize("name", WORLDS)
def test_hand_made_worlds_are_drawn_as_reviewed(name: str) -> None:
    golden(f"locator_{name}.svg", render_locator(WORLDS[name]))


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda t: t.name)
@pytest.mark.parametrize("width", [240, 321, 661, 1440])
@pytest.mark.parametrize("name", WORLDS)
def test_every_picture_is_well_formed_and_alone(name: str, width: float, theme: object) -> None:
    text = render_locator(WORLDS[name], width, theme)  # type: ignore[arg-type]
    root = parse(text)
    assert root.get("role") == "img"
    assert " style=" not in text
    assert "<script" not in text
    inside = text.replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"(https?:)?//|href|@import|url\((?!#map-)", inside)
    sizes = [float(t.get("font-size", "0")) for t in root.iter(f"{SVG}text")]
    assert min(sizes) >= SMALLEST_TEXT_PX - 0.1
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids))


def test_drawing_twice_gives_the_same_text() -> None:
    assert render_locator(locator()) == render_locator(locator())


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_stay_words(name: str) -> None:
    source = replace(locator().attribution, source_title=name, credits=(name,))
    neighbours = {name: shapely.box(37, 47, 41, 50)}
    content = locator(
        title=name, subtitle=name, attribution=source, places=(town(name),), focus=None,
        base=replace(base(), neighbours=neighbours), dots=(Dot(town(name), Status.OCCUPIED),),
    )  # fmt: skip
    text = render_locator(content, prefix=name)
    tags = {e.tag.removeprefix(SVG) for e in parse(text).iter()}
    assert tags <= {
        "svg", "g", "path", "rect", "circle", "line", "text", "title", "defs", "pattern", "clipPath"
    }  # fmt: skip
    assert not re.search(r"[\u202a-\u202e\u2066-\u2069\u200e\u200f\x00-\x08]", text)
    assert len(text) < 100_000


def test_statuses_are_layers_with_pattern_beside_colour() -> None:
    text = render_locator(locator())
    for name, pattern in (("contested", "hatch"), ("held-since-2014", "held"),
                          ("liberated", "liberated")):  # fmt: skip
        found = layer(text, name)
        assert found is not None
        assert f"url(#map-fill-{pattern})" in {p.get("fill") for p in found}
    occupied = layer(text, "occupied")
    assert occupied is not None
    assert occupied[0].get("fill-opacity") is None


def test_what_is_drawn_is_in_the_legend_and_nothing_else() -> None:
    text = words(render_locator(locator()))
    for phrase in ("occupied since 2022", "held by Russia since 2014", "contested or unknown",
                   "occupied since 22 Oct", "no longer occupied since 22 Oct",
                   "ring of 5 km, as measured"):  # fmt: skip
        assert phrase in text
    only = render_locator(locator(layers={Status.OCCUPIED: shapely.box(34.2, 47, 36, 48.6)},
                                  changes=(), discs=()))  # fmt: skip
    assert "contested" not in words(only)
    assert "occupied since 22 Oct" not in words(only)
    assert "no change of occupied ground here since 22 Oct" in words(only)


def test_ground_too_small_to_make_out_is_said_in_words_without_a_swatch() -> None:
    strip = {Status.CONTESTED: shapely.box(34.1, 47.5, 34.105, 48.6)}
    found = words(render_locator(locator(layers={**layers(), **strip})))
    assert "too small to see at this scale: contested or unknown" in found
    assert found.count("contested or unknown") == 1


def test_a_map_of_a_country_does_not_name_the_country_again() -> None:
    assert "UKRAINE" in words(render_locator(locator()))
    assert "UKRAINE" not in words(render_locator(locator(focus=None)))


def test_water_lies_on_top_of_ground_that_changed() -> None:
    river = shapely.LineString([(31, 48), (37, 48)])
    text = render_locator(locator(great_rivers=river))
    assert text.index('id="map-changes"') < text.index('id="map-water"')
    assert text.index('id="map-water"') < text.index('id="map-front"')


def test_regained_ground_is_lined_where_greys_would_not_tell_it() -> None:
    text = render_locator(locator(), theme=BLACK_AND_WHITE, real_lines=True)
    losses = layer(text, "losses")
    assert losses is not None
    assert losses[1].get("stroke") == BLACK_AND_WHITE.regained
    plain = layer(render_locator(locator(), real_lines=True), "losses")
    assert plain is not None
    assert len(plain) == 1


@pytest.mark.parametrize(("credit", "shown"), [
    ("Map data: DeepStateMap.live (https://deepstatemap.live)", "DeepStateMap.live (map data)"),
    ("Gazetteer (CC BY 4.0)", "Gazetteer (CC BY 4.0)"),
    ("Some: body (https://example.org)", "Some: body"),
])  # fmt: skip
def test_a_brief_source_line_names_a_credit_without_its_address(credit: str, shown: str) -> None:
    source = replace(locator().attribution, credits=(credit,))
    text = words(render_locator(locator(attribution=source, brief=True)))
    assert f"Sources: {shown}; a base map" in text
    assert "https" not in text


def test_what_is_not_held_is_said_in_words() -> None:
    text = words(render_locator(WORLDS["not_held"]))
    assert "contested or unknown: not held for this date" in text
    assert "for 5 November 2025, Mapmakers carries no ground “contested or unknown”" in text


def test_source_line_stands_on_every_picture() -> None:
    for content in WORLDS.values():
        text = words(render_locator(content, titled=False))
        assert "As assessed by Mapmakers, map of 5 November 2025; not independently" in text
        assert "internationally recognised borders" in text
        assert "a base map of our own" in text
        assert "Middleton, 5 November" not in text


def test_dots_never_become_areas() -> None:
    text = render_locator(WORLDS["dots"])
    assert layer(text, "control") is None
    assert layer(text, "front") is None
    assert "drawn as dots, never as areas" in words(text)


def test_front_line_has_free_land_beside_it() -> None:
    # the world's edge of control: x = 34.2 from the coast at 47 to 48.6, then east to 36, north
    scene = compose(locator(), 720)
    px_per_km = scene.projection.px_per_km
    held = shapely.union_all(
        [scene.statuses[s] for s in CONTROLLED_STATUSES if s in scene.statuses]
    )
    free = scene.ground.ukraine.difference(held.buffer(0.1))
    assert scene.front.length > 200
    assert free.buffer(3 * px_per_km).contains(scene.front)
    border = shapely.union_all(list(scene.ground.abroad.values()))
    assert scene.front.distance(border) > 2.9 * px_per_km
    coast = scene.projection.points(np.array([[35.5, 47.0]]))[0]
    assert scene.front.distance(shapely.Point(coast)) > 5
    west = scene.projection.points(np.array([[34.2, 47.8]]))[0]
    assert scene.front.distance(shapely.Point(west)) < 1
    seam = scene.projection.points(np.array([[36.0, 47.8]]))[0]
    assert scene.front.distance(shapely.Point(seam)) > 5


def test_front_line_follows_a_river_mouth_and_not_a_strait() -> None:
    # an inlet from the west, its south bank held: front where the other bank is near
    def front_across(km: float) -> shapely.Geometry:
        projection = project(Frame(34.0, 48.0, 100.0, 70.0), 1000.0)
        per_km = projection.px_per_km
        south = shapely.box(-500, 300, 1500, 1200)
        north = shapely.box(-500, -500, 1500, 300 - km * per_km)
        ground = Ground(shapely.box(-999, -999, 2000, 2000), shapely.union(south, north), {})
        return front_line({Status.OCCUPIED: south}, ground, projection)

    assert front_across(1.5).length > 900
    assert front_across(6.0).is_empty


def test_a_hairline_between_two_countries_is_no_coast() -> None:
    west, east = shapely.box(0, 0, 100, 100), shapely.box(100.2, 0, 200, 100)
    ground = Ground(shapely.box(0, 0, 300, 300), west, {"Neighbour": east})
    assert coast_of(ground).distance(shapely.Point(100.1, 50)) > 40


def test_changes_too_small_to_see_are_said_and_never_denied() -> None:
    speck = ChangePolygon(None, Status.OCCUPIED, shapely.box(35, 48, 35.002, 48.002), 0.03)
    shown = words(render_locator(locator(changes=(speck,), dots=(), discs=())))
    assert "no change of occupied ground" not in shown
    assert "too small to see at this scale: newly occupied since 22 Oct" in shown
    away = ChangePolygon(None, Status.OCCUPIED, shapely.box(10, 48, 11, 49), 8000.0)
    shown = words(render_locator(locator(changes=(away,), dots=(), discs=())))
    assert "no change of occupied ground here since 22 Oct" in shown


def test_oblasts_are_named_where_two_are_in_the_picture() -> None:
    two = {"West Oblast": shapely.box(30, 40, 34, 55), "East Oblast": shapely.box(34, 40, 40, 55)}
    frame = Frame(34.0, 48.0, 200.0, 140.0)
    bare = {"frame": frame, "places": (), "dots": (), "discs": (), "changes": ()}
    scene = compose(locator(oblasts=two, **bare), 720)
    named = {one.text: one for one in scene.regions if one.oblast}
    assert set(named) == {"WEST OBLAST", "EAST OBLAST"}
    assert named["WEST OBLAST"].box[2] < named["EAST OBLAST"].box[0]
    assert not any(shapely.box(*one.box).intersects(scene.front) for one in named.values())
    one = compose(locator(oblasts={"West Oblast": shapely.box(20, 40, 50, 55)}, **bare), 720)
    assert not [name for name in one.regions if name.oblast]


def test_entries_of_a_legend_stand_in_columns() -> None:
    parts = layer(render_locator(locator(), 720, prefix="map"), "legend")
    assert parts is not None
    swatches = [t for t in parts.iter(f"{SVG}rect") if t.get("fill") == "none"]
    by_row: dict[str, list[float]] = {}
    for one in swatches:
        by_row.setdefault(str(one.get("y")), []).append(float(one.get("x", 0)))
    first, *others = by_row.values()
    assert others
    assert all(set(row) <= set(first) for row in others)


def test_gain_and_loss() -> None:
    def change(a: Status | None, b: Status | None) -> ChangePolygon:
        return ChangePolygon(a, b, shapely.box(0, 0, 1, 1), 1.0)

    assert is_gain(change(Status.CONTESTED, Status.OCCUPIED))
    assert is_gain(change(None, Status.CONTROLLED))
    assert not is_gain(change(Status.HELD_SINCE_2014, Status.OCCUPIED))
    assert not is_gain(change(None, Status.CONTESTED))
    assert is_loss(change(Status.OCCUPIED, Status.CONTESTED))
    assert is_loss(change(Status.OCCUPIED, None))
    assert not is_loss(change(Status.OCCUPIED, Status.HELD_SINCE_2014))
    assert not is_loss(change(Status.LIBERATED, None))


def test_changes_lie_on_top_of_the_statuses() -> None:
    text = render_locator(locator())
    assert text.index('id="map-control"') < text.index('id="map-changes"')
    assert text.index('id="map-changes"') < text.index('id="map-front"')
    assert text.index('id="map-front"') < text.index('id="map-places"')


def test_inset_only_on_close_maps_and_with_crimea_in_ukraine() -> None:
    world = real_base()
    close = locator(base=world, frame=Frame(34.5, 47.0, 60, 42), layers={}, changes=())
    text = render_locator(close)
    assert layer(text, "inset") is not None
    assert layer(render_locator(replace(close, frame=UKRAINE_FRAME)), "inset") is None
    scene = compose(replace(close, frame=UKRAINE_FRAME), 720)
    simferopol = scene.projection.points(np.array([[34.1, 44.95]]))[0]
    assert scene.ground.ukraine.contains(shapely.Point(simferopol))
    assert not scene.ground.abroad["Russia"].contains(shapely.Point(simferopol))


def test_alt_text_says_what_is_seen() -> None:
    text = alt_text(WORLDS["not_held"])
    assert text.startswith("Map, 480 km wide: Middleton, 5 November 2025, as assessed by Mapmakers")
    assert "Not held" in text


@pytest.mark.parametrize("width", [0, 100, 239, 4001, float("nan"), float("inf")])
def test_impossible_widths_are_refused(width: float) -> None:
    with pytest.raises(UsageError):
        render_locator(locator(), width)


@pytest.mark.parametrize(
    "frame", [Frame(10.0, 20.0, 60, 40), Frame(41.9, 53.9, 60, 40), Frame(34, 45.5, 30, 20)]
)
def test_frames_with_nothing_or_beyond_the_base_map_are_drawn(frame: Frame) -> None:
    text = render_locator(locator(frame=frame))
    parse(text)
    assert "As assessed by Mapmakers" in words(text)


def test_frame_of_bounds_holds_them() -> None:
    frame = frame_of((36.0, 48.0, 37.0, 49.0))
    assert (frame.lon, frame.lat) == (36.5, 48.5)
    assert frame.height_km == pytest.approx(111.2 * 1.16)
    assert frame.width_km == pytest.approx(73.8 * 1.16, rel=0.01)


def test_dark_and_print_differ_only_in_colour() -> None:
    def bare(text: str) -> str:
        return re.sub(r'#[0-9a-f]{6}| fill-opacity="[^"]*"', "", text)

    light = render_locator(locator())
    assert bare(light) == bare(render_locator(locator(), theme=DARK))
    assert bare(light) == bare(render_locator(locator(), theme=BLACK_AND_WHITE))


def real_base() -> BaseMap:
    neighbours = {n: g for n, g in sample.countries().items() if n != sample.UKRAINE}
    return BaseMap(sample.outline(), neighbours, sample.extent(), sample.BASE_MAP_CREDIT)


def settlements() -> tuple[Place, ...]:
    """The 229 settlements of the sample."""
    import csv
    import io

    rows = csv.DictReader(io.StringIO(sample.place_status().decode()))
    found = {
        r["geonameid"]: Place(
            r["geonameid"], r["name"], float(r["lon"]), float(r["lat"]),
            population=int(r["population"]),
        )
        for r in rows
    }  # fmt: skip
    return tuple(found.values())


def meet(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def test_no_name_meets_another_on_forty_frames() -> None:
    world, places = real_base(), settlements()
    large = sorted(places, key=lambda p: (-(p.population or 0), p.id))[:20]
    named = 0
    for place in large:
        for width in (321.0, 661.0):
            content = locator(
                base=world, frame=Frame(place.lon, place.lat, 90, 63), places=places,
                focus=place.id, layers=layers(), changes=changes(), discs=(),
            )  # fmt: skip
            scene = compose(content, width)
            groups = [taken_by([label]) for label in scene.labels]
            groups += [[scene.scale_bar.box], [scene.inset], *[[r.box] for r in scene.regions]]
            found = [
                (a, b) for one, two in combinations(groups, 2) for a in one for b in two
                if meet(a, b)
            ]  # fmt: skip
            assert found == [], place.name
            named += len(scene.labels)
    assert named > 250


def test_the_maps_own_place_is_always_named() -> None:
    world, places = real_base(), settlements()
    for place in sorted(places, key=lambda p: (-(p.population or 0), p.id))[1:15]:
        content = locator(base=world, frame=Frame(place.lon, place.lat, 60, 42), places=places,
                          focus=place.id, layers={}, changes=(), discs=())  # fmt: skip
        assert place.name in [label.text for label in compose(content, 321).labels]


def test_size_is_small() -> None:
    dots = tuple(Dot(place, Status.OCCUPIED) for place in settlements())
    content = locator(base=real_base(), frame=UKRAINE_FRAME, dots=dots, layers=layers())
    assert len(render_locator(content)) < 200_000
    assert content.attribution.as_of == DAY


def test_credits_are_said_once() -> None:
    lines = ("Map data: M", "Map data: M (https://m.example)", "", "Gazetteer", "Gazetteer")
    assert distinct(lines) == ["Map data: M (https://m.example)", "Gazetteer"]


@pytest.mark.parametrize("width", [240, 321, 661])
def test_a_picture_is_as_wide_as_asked_and_stands_on_its_own_ground(width: float) -> None:
    alone = parse(render_locator(locator(), width, DARK))
    assert float(alone.get("width", "0")) == width
    ground = next(e for e in alone if e.tag == f"{SVG}rect")
    assert (ground.get("fill"), ground.get("width")) == (DARK.card, str(width))
    inside = parse(render_locator(locator(), width, DARK, titled=False))
    assert float(inside.get("width", "0")) == width
    assert not [e for e in inside if e.tag == f"{SVG}rect"]
