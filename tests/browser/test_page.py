"""The page in a real browser: what a reader does, and what the page then says and shows."""

from __future__ import annotations

import base64
import csv
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import shapely

from browser_page import MARKUP, controlled_km2, pixel, state, until, world_series

OCCUPIED, GAINED, REGAINED = (227, 165, 148, 255), (200, 85, 61, 255), (43, 123, 186, 255)
CLOSE = "&m=9/48.2/36.5"
NOTHING = (0, 0, 0, 0)


def test_opens_from_a_disk_as_one_file_and_shows_the_last_map(reader, world):
    view = reader.open(world / "one.html")
    assert "5 January 2023" in view.locator("#facts h1").inner_text()
    km2 = controlled_km2(world_series())[-1]
    assert f"{km2:,.0f} km²" in view.locator("#facts .figures").first.inner_text()


def test_opens_from_a_disk_as_a_folder(reader, world):
    view = reader.open(world / "index.html", "#d=2023-01-01" + CLOSE)
    assert pixel(view, 36.2, 48.2) == OCCUPIED


def test_every_decoded_day_has_the_figures_of_the_engine(reader, world):
    view = reader.open(world / "one.html")
    decoded = view.evaluate(
        "Array.from(window.contested.atlas.calendar.dayOf, (_, i) =>"
        " window.contested.atlas.controlled(i))"
    )
    np.testing.assert_allclose(decoded, controlled_km2(world_series()), atol=0.011)


def test_keys_move_by_day_week_and_change(reader, world):
    view = reader.open(world / "one.html", "#d=2023-01-01")
    slider = view.get_by_role("slider")
    slider.focus()
    slider.press("ArrowRight")
    assert state(view)["day"] == 1
    slider.press("n")
    assert state(view)["day"] == 2
    assert slider.get_attribute("aria-valuetext").startswith("3 January 2023")
    slider.press("PageUp")
    assert state(view)["day"] == 4
    slider.press("PageDown")
    assert state(view)["day"] == 0


def test_scrubbing_paints_the_ground_of_the_day(reader, world):
    view = reader.open(world / "one.html", "#d=2023-01-01" + CLOSE)
    assert pixel(view, 36.55, 48.2) == NOTHING
    view.get_by_role("button", name="next change").click()
    until(view, "window.contested.store.state.day === 2")
    view.wait_for_timeout(50)
    assert pixel(view, 36.55, 48.2) == OCCUPIED


def test_a_day_without_a_map_is_empty_and_says_so(reader, world):
    view = reader.open(world / "one.html", "#d=2023-01-04" + CLOSE)
    assert pixel(view, 36.2, 48.2) == NOTHING
    assert "No map of 4 January 2023" in view.locator("#facts .warning").inner_text()
    assert "not held" in view.locator("#facts .figures").first.inner_text()


@pytest.mark.parametrize(
    ("hash_", "colour", "sign", "change"),
    [
        ("#d=2023-01-03&c=2023-01-02", GAINED, "+", "contested or unknown → occupied"),
        ("#d=2023-01-05&c=2023-01-03", REGAINED, "−", None),
    ],
)
def test_two_dates_compared(reader, world, hash_, colour, sign, change):
    view = reader.open(world / "one.html", hash_ + CLOSE)
    assert pixel(view, 36.55, 48.2) == colour
    assert pixel(view, 36.2, 48.2) == OCCUPIED
    net = view.locator(".figures.small b").first.inner_text()
    assert net.startswith(sign)
    if change:
        assert change in view.locator(".settlements").inner_text()


def test_contested_ground_is_hatched_never_flat(reader, world):
    view = reader.open(world / "one.html", "#d=2023-01-01" + CLOSE)
    colours = {pixel(view, 36.42 + step / 400, 48.2) for step in range(20)}
    assert len(colours) > 2
    legend = view.locator(".legend").inner_text()
    assert "contested or unknown" in legend
    assert "In question" in legend


def test_how_we_know_names_word_snapshot_and_days(reader, world):
    view = reader.open(world / "one.html", "#d=2023-01-01&q=48.2/36.45" + CLOSE)
    known = view.locator("#know").inner_text()
    assert "In question" in known
    assert world_series().snapshots[0].sha256[:16] in known
    view.get_by_role("button", name="next change here").click()
    assert state(view)["day"] == 2
    assert "Occupied" in view.locator("#know").inner_text()


def test_search_by_any_name_with_the_keyboard_alone(reader, world):
    view = reader.open(world / "one.html", "#d=2023-01-01")
    view.keyboard.press("/")
    for name, number in (("altst", 1), ("Середнє", 2)):
        view.get_by_role("combobox", name="Search").fill(name)
        view.keyboard.press("ArrowDown")
        view.keyboard.press("Enter")
        assert state(view)["place"] == number
    assert "Middleton" in view.locator("#facts h1").inner_text()
    assert "occupied" in view.locator(".place table").inner_text()


def test_names_with_markup_are_text(reader, world):
    view = reader.open(world / "one.html", "#d=2023-01-01&p=3&q=48.3/36.8&lang=en")
    assert MARKUP in view.locator("#facts h1").inner_text()
    assert view.locator("img").count() == 0


def test_everything_stands_in_the_address_and_comes_back(reader, world):
    chosen = "#d=2023-01-03&c=2023-01-01&m=8.00/48.3000/36.3000&l=front,labels,liberated&p=2&t=dark"
    view = reader.open(world / "one.html", chosen + "&lang=uk")
    view.wait_for_timeout(400)
    address = view.evaluate("location.hash")
    for part in (
        "d=2023-01-03",
        "c=2023-01-01",
        "m=8.00/48.3000/36.3000",
        "p=2",
        "t=dark",
        "lang=uk",
    ):
        assert part in address
    assert f"s={world_series().snapshots[3].sha256[:16]}" in address
    before = state(view)
    again = reader.open(world / "one.html", address)
    assert state(again) == before


def test_a_hostile_address_changes_nothing(reader, world):
    evil = "<script>alert(1)</script>"
    parts = "&".join(
        f"{key}={evil}" for key in ("d", "c", "m", "l", "p", "q", "k", "t", "lang", "s")
    )
    view = reader.open(world / "one.html", f"#{parts}&d=javascript:alert(1)&__proto__=1")
    assert state(view)["day"] == 4
    assert "alert" not in view.locator("body").inner_text()


@pytest.mark.parametrize(
    ("claim", "kept"),
    [
        ("<img src=x onerror=alert(1)>", None),
        ("%3Cscript%3Ealert(1)%3C/script%3E", None),
        ("javascript:alert(1)", None),
        ("__proto__", None),
        ("0" * 4000, None),
        ("", None),
        ("ffffffffffff", "ffffffffffff"),
    ],
)
def test_a_hostile_claim_in_the_address_chooses_none(reader, world, claim, kept):
    view = reader.open(world / "continued.html", f"#k={claim}")
    assert state(view)["claim"] == kept
    assert view.locator(".pin.chosen, #claims .chosen").count() == 0
    view.keyboard.press(",")
    until(view, "location.hash.includes('d=')")
    held = view.evaluate("new URLSearchParams(location.hash.slice(1)).get('k')")
    assert held == kept


def test_a_date_outside_the_history_says_so(reader, world):
    view = reader.open(world / "one.html", "#d=2031-01-01")
    said = view.get_by_role("alert").filter(has_text="2031-01-01").inner_text()
    assert "2023-01-01 to 2023-01-05" in said
    assert state(view)["day"] == 4


def test_embedded_it_shows_map_time_and_source_only(reader, world):
    view = reader.open(world / "one.html", "#embed=1")
    assert not view.locator("#facts").is_visible()
    assert view.get_by_role("slider").is_visible() or view.locator(".time").is_visible()
    assert view.locator(".source").is_visible()


def saved(view, kind):
    """The bytes of the file that a reader saves."""
    view.locator("#open-share").click()
    with view.expect_download() as download:
        view.get_by_role("button", name=f": {kind}").click()
    assert download.value.suggested_filename == f"control-2023-01-03.{kind.lower()}"
    return Path(download.value.path()).read_bytes()


@pytest.mark.parametrize("kind", ["SVG", "GeoJSON", "CSV"])
def test_whose_names_and_points_are_used_stands_on_the_page_and_in_what_is_saved(
    reader, world, kind
):
    view = reader.open(world / "one.html", "#d=2023-01-03" + CLOSE)
    assert "Natural Earth, GeoNames (CC BY 4.0)" in view.locator(".source").inner_text()
    assert "GeoNames (CC BY 4.0)" in saved(view, kind).decode()


def test_saved_geojson_holds_both_days_their_words_and_the_terms(reader, world):
    view = reader.open(world / "one.html", "#d=2023-01-03&c=2023-01-01" + CLOSE)
    content = json.loads(saved(view, "GeoJSON"))
    assert "DeepStateMap.live" in content["credit"]
    assert "licence" in content["terms"]
    assert content["snapshot"] == world_series().snapshots[3].sha256[:16]
    found = {(f["properties"]["as_of"], f["properties"]["status"]) for f in content["features"]}
    assert found == {
        ("2023-01-03", "occupied"), ("2023-01-03", "held_since_2014"),
        ("2023-01-01", "occupied"), ("2023-01-01", "held_since_2014"), ("2023-01-01", "contested"),
    }  # fmt: skip
    shapes = [shapely.from_geojson(json.dumps(f["geometry"])) for f in content["features"]]
    assert all(shape.is_valid for shape in shapes)
    grown = next(
        shape
        for shape, one in zip(shapes, content["features"], strict=True)
        if one["properties"]["as_of"] == "2023-01-03" and one["properties"]["status"] == "occupied"
    )
    assert grown.bounds == pytest.approx((36.0, 48.0, 36.6, 48.4), abs=1e-6)


def test_saved_geojson_leaves_out_what_is_not_on_the_screen(reader, world):
    view = reader.open(world / "one.html", "#d=2023-01-03&m=11/48.2/36.1", size=(900, 700))
    content = json.loads(saved(view, "GeoJSON"))
    assert {f["properties"]["status"] for f in content["features"]} == {"occupied"}


def test_saved_csv_has_a_row_a_day_and_empty_cells_where_nothing_is_held(reader, world):
    view = reader.open(world / "continued.html", "#d=2023-01-03")
    lines = saved(view, "CSV").decode().splitlines()
    notes = [line for line in lines if line.startswith("#")]
    assert any("daily public mirror" in line for line in notes)
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    assert [row["date"] for row in rows] == [f"2023-01-0{day}" for day in range(1, 6)]
    assert float(rows[0]["controlled_km2"]) == pytest.approx(
        float(rows[0]["occupied_km2"]) + float(rows[0]["held_since_2014_km2"]), abs=0.011
    )
    assert (rows[3]["source"], rows[3]["contested_km2"]) == ("deepstate_daily", "")


def test_saved_svg_is_the_screen_with_names_as_text(reader, world):
    view = reader.open(world / "one.html", "#d=2023-01-03&c=2023-01-01" + CLOSE)
    text = saved(view, "SVG").decode()
    root = ET.fromstring(text)  # noqa: S314 (our own bytes)
    assert json.loads(root.find("{*}metadata").text)["as_of"] == "2023-01-03"
    words = [one.text for one in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "Middleton" in words
    assert any("DeepStateMap.live" in one for one in words)
    assert "#c8553d" in text
    assert "<script" not in text


def texts(svg):
    """Return the lines of text of a drawing, and their elements."""
    root = ET.fromstring(svg)  # noqa: S314 (our own bytes)
    return root, [one.text or "" for one in root.iter("{http://www.w3.org/2000/svg}text")]


def test_a_saved_svg_has_the_key_of_what_is_on_the_screen(reader, world):
    view = reader.open(world / "one.html", "#d=2023-01-03&c=2023-01-01" + CLOSE)
    rows = view.locator(".legend li > span:last-child").all_inner_texts()
    _, words = texts(saved(view, "SVG"))
    said = " ".join(words)
    assert len(rows) > 3
    assert "controlled since 1 Jan 2023" in rows
    for row in rows:
        assert row in said
    view.keyboard.press("Escape")
    view.evaluate(
        "window.contested.store.change({since: null, back: 0, layers: new Set(['labels'])})"
    )
    _, words = texts(saved(view, "SVG"))
    assert not any("controlled since" in one or "edge of" in one for one in words)


def test_a_saved_svg_has_the_pins_and_the_words_of_their_verdicts(reader, world):
    view = reader.open(world / "continued.html", "#d=2023-01-03&k=000000000001" + CLOSE)
    root, words = texts(saved(view, "SVG"))
    pins = [one for one in root.iter("{http://www.w3.org/2000/svg}g") if one.get("class") == "pin"]
    assert [pin.find("{*}text").text for pin in pins] == ["1", "×2"]
    assert [len(pin.findall("{*}circle")) for pin in pins] == [2, 1]
    at = view.evaluate("(({x, y}) => [x, y])(window.contested.view.map.project([36.2, 48.2]))")
    head = pins[0].find("{*}circle")
    assert float(head.get("cx")) == pytest.approx(at[0], abs=0.1)
    assert float(head.get("cy")) == pytest.approx(at[1] - 24, abs=0.1)
    assert {"supported: 1", "contradicted: 2", "figures only: 3"} <= set(words)
    assert any(MARKUP in one for one in words)
    view.keyboard.press("Escape")
    view.evaluate("window.contested.store.change({layers: new Set(['labels'])})")
    root, words = texts(saved(view, "SVG"))
    assert not [
        one for one in root.iter("{http://www.w3.org/2000/svg}g") if one.get("class") == "pin"
    ]
    assert "supported: 1" not in words
    assert not any("Claims of" in one for one in words)


def test_saved_lines_stay_within_a_narrow_picture(reader, world):
    view = reader.open(world / "continued.html", "#d=2023-01-03" + CLOSE, size=(900, 800))
    view.set_viewport_size({"width": 400, "height": 700})
    view.wait_for_timeout(200)
    svg = saved(view, "SVG").decode()
    over = view.evaluate(
        """svg => {
          const host = document.createElement("div");
          document.body.append(host);
          host.innerHTML = svg;
          const foot = [...host.querySelectorAll("svg > text")];
          return [foot.length, Math.max(...foot.map((one) => {
            const box = one.getBBox();
            return box.x + box.width;
          }))];
        }""",
        svg,
    )
    assert over[0] > 8
    assert over[1] <= 400


def test_saved_png_shows_ground_pins_key_and_source(reader, world):
    view = reader.open(world / "continued.html", "#d=2023-01-03&t=light" + CLOSE)
    content = saved(view, "PNG")
    assert content.startswith(b"\x89PNG")
    at = view.evaluate("(({x, y}) => [x, y])(window.contested.view.map.project([36.2, 48.2]))")
    colours = view.evaluate(
        """async ([bytes, [x, y]]) => {
          const image = new Image();
          image.src = `data:image/png;base64,${bytes}`;
          await image.decode();
          const canvas = document.createElement("canvas");
          [canvas.width, canvas.height] = [image.width, image.height];
          const context = canvas.getContext("2d", { willReadFrequently: true });
          context.drawImage(image, 0, 0);
          const seen = new Set();
          const { data } = context.getImageData(12, 800, 20, image.height - 800);
          for (let i = 0; i < data.length; i += 4) seen.add(data.slice(i, i + 3).join());
          const at = (dx, dy) => [...context.getImageData(x + dx, y + dy, 1, 1).data];
          return [image.height, [...seen], at(-8, -24), at(40, 40)];
        }""",
        [base64.b64encode(content).decode("ascii"), at],
    )
    height, seen, head, ground = colours
    assert tuple(ground) == OCCUPIED
    assert height > 860
    assert "227,165,148" in seen
    assert head[:3] == [220, 235, 224]


def shown_names(view):
    """Boxes of the names on the screen that no panel covers, and of the panels."""
    return view.evaluate(
        """() => {
          const texts = [];
          const { view } = window.contested;
          const context = view.overlay.getContext("2d");
          const fill = context.fillText.bind(context);
          context.fillText = (text, x, y) => {
            texts.push([text, x, y, context.measureText(text).width]);
            fill(text, x, y);
          };
          view.paintOverlay();
          delete context.fillText;
          const panels = [...document.querySelectorAll(".card, .scale")]
            .filter((one) => one.offsetParent && !one.closest("details:not([open]) > .card"))
            .map((one) => one.getBoundingClientRect())
            .map(({ left, top, right, bottom }) => [left, top, right, bottom]);
          return [texts, panels];
        }"""
    )


@pytest.mark.parametrize("size", [(1200, 800), (390, 844)])
def test_no_name_is_cut_by_a_panel_or_by_the_edge(reader, world, size):
    # at this zoom Westtown would begin under the search box, or the edge would cut it
    for centre in ("47.9/36.9", "48.2/36.52", "48.5/36.2"):
        view = reader.open(world / "one.html", f"#d=2023-01-01&m=9/{centre}", size=size)
        texts, panels = shown_names(view)
        for text, x, y, width in texts:
            assert x >= 0, text
            assert x + width <= size[0], text
            assert 0 < y < size[1], text
            for left, top, right, bottom in panels:
                outside = x + width <= left or x >= right or y <= top or y >= bottom
                assert outside, (text, x, y, (left, top, right, bottom))


def test_a_saved_picture_has_the_names_below_the_panels_too(reader, world):
    view = reader.open(world / "one.html", "#d=2023-01-03&m=9/47.865/36.7")
    shown = [text for text, *_ in shown_names(view)[0]]
    _, words = texts(saved(view, "SVG"))
    assert "Middleton" in words
    assert "Middleton" not in shown


def test_a_comparison_without_an_earlier_map_says_so(reader, world):
    view = reader.open(world / "one.html", "#d=2023-01-01&c=-7")
    section = view.locator("#facts section").filter(has=view.locator("#compare"))
    assert "No earlier map" in section.inner_text()
    assert section.locator(".date-field").count() == 0


def test_in_ukrainian_the_credit_speaks_ukrainian(reader, world):
    view = reader.open(world / "continued.html", "#d=2023-01-05&lang=uk")
    assert view.locator(".source").inner_text().startswith("Дані карти: DeepStateMap.live")
    assert "DeepState (щоденне дзеркало)" in view.locator("#facts .note").first.inner_text()


def test_playing_reaches_the_end_and_stops(reader, world):
    view = reader.open(world / "one.html", "#d=2023-01-01")
    view.locator("#play").click()
    until(view, "!window.contested.store.state.playing")
    assert state(view)["day"] == 4


def test_the_table_says_what_the_map_says(reader, world):
    view = reader.open(world / "one.html", "#d=2023-01-04")
    view.locator("#open-table").click()
    table = view.get_by_role("dialog").inner_text()
    assert "not held" in table
    assert "Middleton" in table
    view.keyboard.press("Escape")
    assert view.get_by_role("dialog").count() == 0


def test_where_another_source_goes_on_the_page_says_whose_map_it_is(reader, world):
    view = reader.open(world / "continued.html", "#d=2023-01-03" + CLOSE)
    assert "as assessed by DeepState · " in view.locator("#facts .note").first.inner_text()
    assert "held since 2014" in view.locator(".legend").inner_text()
    view.keyboard.press(".")
    view.wait_for_timeout(400)
    said = view.locator("#facts .note").first.inner_text()
    assert "as assessed by DeepState (daily mirror) · " in said
    assert "not held" in view.locator("#facts .figures").first.inner_text()
    assert "contested or unknown: not held" in view.locator(".legend").inner_text()
    assert pixel(view, 36.55, 48.2) == OCCUPIED


def test_between_two_sources_only_control_itself_is_compared(reader, world):
    view = reader.open(world / "continued.html", "#d=2023-01-04&c=2023-01-03" + CLOSE)
    assert "(0)" in view.locator("#facts h3").first.inner_text()
    assert "Two sources" in view.locator("#facts .warning").inner_text()
    view.keyboard.press(".")
    view.wait_for_timeout(400)
    assert "Middleton" in view.locator(".settlements").inner_text()
    assert "Westtown" not in view.locator(".settlements").inner_text()


def test_a_checked_claim_is_a_pin_with_its_verdict_beside_the_words(reader, world):
    view = reader.open(world / "continued.html", "#d=2023-01-05" + CLOSE)
    pins = view.locator(".pin")
    assert pins.count() == 2
    pin = view.get_by_role("button", name="Middleton, 2 claims checked: contradicted, figures only")
    pin.focus()
    pin.press("Enter")
    found = state(view)
    assert (found["claim"], found["day"], found["since"]) == ("000000000002", 2, 0)
    said = view.locator("#claims .chosen").inner_text()
    assert "it was taken" in said
    assert "contradicted" in said
    assert "The map shows 4 km." in said
    assert MARKUP in said
    view.wait_for_timeout(400)
    assert "k=000000000002" in view.evaluate("location.hash")
    pin.press("Enter")
    assert state(view)["claim"] == "000000000003"


def test_a_pin_stands_where_its_place_is_and_can_be_switched_off(reader, world):
    view = reader.open(world / "continued.html", "#d=2023-01-05&k=000000000001" + CLOSE)
    box = view.locator(".pin.chosen").bounding_box()
    at = view.evaluate("(({x, y}) => [x, y])(window.contested.view.map.project([36.2, 48.2]))")
    assert abs(box["x"] + box["width"] / 2 - at[0]) < 2
    assert 0 < at[1] - box["y"] - box["height"] < 14
    view.locator(".switches summary").click()
    view.get_by_role("checkbox", name="Claims of").uncheck()
    assert not view.locator(".pin").first.is_visible()


def test_pins_that_would_lie_on_each_other_are_one(reader, world):
    view = reader.open(world / "continued.html", "#d=2023-01-05&m=5/48.2/36.5")
    shown = [pin for pin in view.locator(".pin").all() if pin.is_visible()]
    assert [pin.inner_text() for pin in shown] == ["×3"]
    assert shown[0].get_attribute("aria-label").startswith("Westtown, Middleton, 3 claims")
    for expected in ("000000000001", "000000000002", "000000000003", "000000000001"):
        view.evaluate("window.contested.view.map.jumpTo({center: [36.5, 48.2], zoom: 5})")
        shown[0].click()
        assert state(view)["claim"] == expected


def test_where_no_contested_layer_is_held_a_place_is_merely_not_controlled(reader, world):
    view = reader.open(world / "continued.html", "#d=2023-01-05&p=4")
    rows = view.locator(".place tbody tr").all_inner_texts()
    assert [row.split("\t") for row in rows] == [
        ["1 Jan 2023", "government-controlled"],
        ["4 Jan 2023", "not controlled by Russia"],
    ]
    assert view.locator(".facts .scroller > h2").inner_text() == "Ukraine"
