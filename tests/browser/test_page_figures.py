"""Figures beside the map: whatever was not measured on a map is said, and the nearest offered."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from browser_page import state, until

CLOSE = "&m=9/48.2/36.5"
SVG = "{http://www.w3.org/2000/svg}"
SALIENTS = "&l=front,labels,salients"


def row(view, label):
    """The row of a figure, its name first."""
    return view.locator("#facts .figures > div").filter(has=view.locator("dt", has_text=label))


@pytest.mark.parametrize(
    ("day", "said"), [(1, "100 km"), (2, "101 km"), (3, "121 km"), (4, "not held"), (5, "111 km")]
)
def test_every_map_has_its_own_front(reader, world, day, said):
    view = reader.open(world / "figures.html", f"#d=2023-01-0{day}")
    assert row(view, "front, main line").locator("dd b").inner_text() == said


def test_a_corridor_stands_on_its_map_and_elsewhere_says_so(reader, world):
    view = reader.open(world / "figures.html", "#d=2023-01-01&p=2")
    assert row(view, "corridor").locator("dd b").inner_text() == "8.6 km"
    assert row(view, "corridor").get_by_role("button").count() == 0
    view.keyboard.press(">")
    until(view, "document.querySelector('#facts h1').innerText.includes('5 January')")
    found = row(view, "corridor")
    assert found.locator("dd b").inner_text() == "not measured"
    assert "8.6 km" in found.locator("dd").inner_text()
    found.get_by_role("button", name="1 January 2023").click()
    assert state(view)["day"] == 0


def test_the_nearest_of_two_maps_with_a_corridor_is_offered(reader, world):
    view = reader.open(world / "figures.html", "#d=2023-01-04&p=1")
    found = row(view, "corridor")
    assert "open (≥ 25.0 km)" in found.inner_text()
    assert found.get_by_role("button").inner_text() == "5 January 2023"


def test_a_town_that_was_never_near_has_no_corridor(reader, world):
    view = reader.open(world / "figures.html", "#d=2023-01-01&p=3")
    assert row(view, "corridor").count() == 0


def test_salients_not_measured_and_none_found_are_two_things(reader, world):
    view = reader.open(world / "figures.html", "#d=2023-01-03" + SALIENTS)
    section = view.locator("#facts section").filter(has_text="Salients")
    assert "Not measured on this map" in section.inner_text()
    section.get_by_role("button", name="2 January 2023").click()
    assert state(view)["day"] == 1
    until(view, "document.querySelector('#facts').innerText.includes('none deep enough')")
    assert section.get_by_role("button").count() == 0


@pytest.mark.parametrize(("language", "near"), [("en", "Middleton"), ("uk", "Середнє")])
def test_salients_are_listed_in_the_language_of_the_page(reader, world, language, near):
    view = reader.open(world / "figures.html", f"#d=2023-01-05&lang={language}" + SALIENTS)
    said = view.locator("#facts section .settlements").last.inner_text()
    assert near in said
    assert {"en": "12.3 km deep (11.0–14.0", "uk": "12,3"}[language] in said


def line_pixels(view):
    """Dark pixels of the overlay along the salient's line, which no name crosses."""
    return view.evaluate(
        """() => {
          const { view } = window.contested;
          const [a, b] = [[36.4, 48.2], [36.6, 48.2]].map((at) => view.map.project(at));
          const copy = document.createElement("canvas");
          [copy.width, copy.height] = [view.overlay.width, view.overlay.height];
          const context = copy.getContext("2d", { willReadFrequently: true });
          context.drawImage(view.overlay, 0, 0);
          const [from, width] = [Math.ceil(a.x), Math.floor(b.x - a.x)];
          const { data } = context.getImageData(from, Math.round(a.y) - 1, width, 1);
          let dark = 0;
          for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 100 && data[i] < 90) dark++;
          return dark / (b.x - a.x);
        }"""
    )


def test_a_salient_is_drawn_on_its_own_map_only(reader, world):
    view = reader.open(world / "figures.html", "#d=2023-01-04&l=front,salients" + CLOSE)
    assert line_pixels(view) == 0
    view.keyboard.press(".")
    assert line_pixels(view) > 0.3
    view.keyboard.press(",")
    assert line_pixels(view) == 0


def saved_svg(view):
    """The drawing that a reader saves, and how often each element and class stands in it."""
    view.locator("#open-share").click()
    with view.expect_download() as download:
        view.get_by_role("button", name=": SVG").click()
    view.keyboard.press("Escape")
    return ET.fromstring(Path(download.value.path()).read_text("utf-8"))  # noqa: S314 (our own)


def test_a_saved_svg_has_the_salients_of_its_own_map(reader, world):
    view = reader.open(world / "figures.html", "#d=2023-01-05" + SALIENTS + CLOSE)
    root = saved_svg(view)
    lines = [one for one in root.iter(SVG + "path") if one.get("class") == "salient"]
    assert len(lines) == 1
    ends = view.evaluate(
        """[[36.4, 48.2], [36.6, 48.2], [36.7, 48.25]].map((at) => {
          const { x, y } = window.contested.view.map.project(at);
          return [x, y];
        })"""
    )
    drawn = [
        [float(number) for number in point.split()]
        for point in lines[0].get("d").removeprefix("M").split("L")
    ]
    assert drawn == [pytest.approx(end, abs=0.11) for end in ends]
    assert any("salient" in (one.text or "") for one in root.iter(SVG + "text"))
    view.keyboard.press(",")
    assert not [one for one in saved_svg(view).iter(SVG + "path") if one.get("class") == "salient"]


def test_a_saved_svg_has_the_dots_of_settlements_by_their_form(reader, world):
    view = reader.open(world / "points.html", "#d=2023-01-04&t=light" + CLOSE)
    root = saved_svg(view)
    ink, card, gained, regained = "#26231f", "#fffdf8", "#c8553d", "#2b7bba"
    x = view.evaluate(
        "[0, 1, 2, 3].map((n) => window.contested.view.map.project([36 + n / 4, 48.2]).x)"
    )
    circles = [
        (float(one.get("cx")), one.get("fill")) for one in root.iter(SVG + "circle")
        if one.get("stroke") == ink or one.get("fill") == regained
    ]  # fmt: skip
    at = [[fill for cx, fill in circles if abs(cx - one) < 0.2] for one in x]
    assert at == [[gained], [card], [card, regained], [card]]
    halves = [
        one for one in root.iter(SVG + "path")
        if one.get("fill") == ink and (one.get("d") or "").startswith(f"M{x[1]:.1f} ")
    ]  # fmt: skip
    assert len(halves) == 1
    view.keyboard.press("<")
    until(view, "window.contested.store.state.day === 0")
    before = [
        one for one in saved_svg(view).iter(SVG + "circle")
        if any(abs(float(one.get("cx")) - at) < 0.2 for at in x)
        and abs(float(one.get("r")) - 3) < 1.5 and one.get("stroke-width") == "1.2"
    ]  # fmt: skip
    assert before == []
