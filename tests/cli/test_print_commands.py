"""Maps, charts and folders as a person asks for them, on a small world."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

SVG = "{http://www.w3.org/2000/svg}"
REPORT = ("report", "Pokrovsk", "--on", "2023-01-05")
ASKED = ("map", "Pokrovsk", "--on", "2023-01-05")


@pytest.fixture
def drawn(cli, world_book, tmp_path):
    def call(*arguments, name="map.svg"):
        path = tmp_path / name
        ran = cli(*arguments, "--book", world_book, "-o", path)
        assert (ran.code, ran.err) == (0, ""), ran.err
        return path

    return call


def refused(cli, world_book, *arguments):
    ran = cli(*arguments, "--book", world_book)
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    return ran.err


def layers(path):
    return {g.get("id") for g in ET.parse(path).iter(f"{SVG}g")}  # noqa: S314


def test_a_map_has_named_layers_live_text_and_no_pattern(drawn):
    path = drawn(*ASKED, "--since", "2023-01-01")
    assert {"control", "contested", "gains", "places", "labels", "frame", "inset", "scale",
            "source"} <= layers(path)  # fmt: skip
    text = path.read_text()
    assert "<pattern" not in text
    assert "Pokrovsk, 5 January 2023</text>" in text
    assert "occupied since 1 Jan" in text


def test_the_twin_names_every_input_and_the_picture_itself(drawn, world_book):
    path = drawn(*ASKED, "--since", "2023-01-01")
    twin = json.loads(path.with_name("map.svg.json").read_text())
    assert twin["picture"]["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    kinds = [one["kind"] for one in twin["inputs"]]
    assert kinds == ["map", "map", "countries", "gazetteer"]
    assert [one["day"] for one in twin["inputs"][:2]] == ["2023-01-01", "2023-01-05"]
    assert all(len(one.get("sha256", one.get("content_sha256"))) == 64 for one in twin["inputs"])
    assert (twin["as_of"], twin["since"]) == ("2023-01-05", "2023-01-01")
    assert twin["alt"].startswith("Map, 7")


def test_the_alternative_text_stands_in_the_file_and_names_only_what_is_seen(drawn):
    text = drawn(*ASKED, "--across", "30").read_text()
    root = ET.fromstring(text)  # noqa: S314
    alt = root.find(f"{SVG}title").text
    assert "contested or unknown" in alt
    assert "since 2014" not in alt
    assert alt in "".join(root.find(f"{SVG}metadata").itertext())


@pytest.mark.parametrize(("name", "start"), [("a.pdf", b"%PDF"), ("a.png", b"\x89PNG")])
def test_print_and_screen_formats_repeat_to_the_byte(drawn, name, start):
    once = drawn(*ASKED, name=name).read_bytes()
    assert once == drawn(*ASKED, name=name).read_bytes()
    assert once.startswith(start)


def test_a_ukrainian_map_has_no_latin_place(drawn):
    text = drawn(*ASKED, "--lang", "uk").read_text()
    names = re.search(r'<g id="labels">(.*?)</g>', text, re.DOTALL)[1]
    assert "Покровськ" in names
    assert not re.search(r">[^<]*[A-Za-z][^<]*</text>", names)
    assert "За оцінкою DeepState за 5 січня 2023" in text


def test_units_choose_the_scale(drawn):
    scale = {}
    for units in ("km", "mi", "both"):
        text = drawn(*ASKED, "--units", units).read_text()
        scale[units] = re.search(r'<g id="scale">(.*?)</g>', text, re.DOTALL)[1]
    assert " km</text>" in scale["km"]
    assert "mile" not in scale["km"]
    assert "miles</text>" in scale["mi"]
    assert " km<" not in scale["mi"]
    assert "km</text>" in scale["both"]
    assert "miles</text>" in scale["both"]


def test_a_salient_is_drawn_with_its_depth_or_refused(cli, world_book):
    err = refused(cli, world_book, *ASKED, "--highlight", "salient", "-o", "x.svg")
    assert "no salient of 5 km" in err


def test_rings_of_reach_say_how_many_people(drawn):
    path = drawn(*ASKED, "--highlight", "reach")
    assert "people" in path.read_text()
    twin = json.loads(path.with_name("map.svg.json").read_text())
    assert [ring["km"] for ring in twin["highlight"]["rings"]] == [5, 15, 25, 40]
    assert "highlight" in layers(path)
    assert "within 5 km (3 miles) of occupied ground" in path.read_text()


def test_a_figure_is_measured_once_for_a_map_and_kept(drawn, world_book, monkeypatch):
    once = drawn(*ASKED, "--highlight", "reach").read_bytes()
    monkeypatch.setattr("contested.jobs.highlight._measured", None)
    assert drawn(*ASKED, "--highlight", "reach").read_bytes() == once
    assert "km" in drawn(*ASKED, "--highlight", "reach", "--theme", "bw").read_text()


def test_base_layers_of_the_book_are_drawn_and_named(cli, world_book, tmp_path):
    import shutil

    book = tmp_path / "own.book"
    shutil.copytree(world_book, book)
    (book / "base").mkdir()
    river = {"type": "LineString", "coordinates": [[36.9, 48.0], [37.0, 48.5]]}
    feature = {"type": "Feature", "properties": {}, "geometry": river}
    (book / "base" / "rivers.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": [feature]})
    )
    path = tmp_path / "map.svg"
    assert cli(*ASKED, "--book", book, "-o", path).code == 0
    assert "water" in layers(path)
    kinds = [one["kind"] for one in json.loads((tmp_path / "map.svg.json").read_text())["inputs"]]
    assert kinds[-1] == "rivers"


def test_a_frame_without_ground_of_a_status_says_so(drawn):
    text = drawn("map", "Lviv", "--on", "2023-01-05").read_text()
    assert "no ground with a status in this frame" in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("map", "Paris", "--on", "2023-01-05", "-o", "x.svg"), "off the map"),
        ((*ASKED, "-o", "x.tiff"), ".svg, .pdf, .png"),
        ((*ASKED, "-o", "nowhere/x.svg"), "does not exist"),
        ((*ASKED, "--width", "12", "-o", "x.svg"), "1col"),
        ((*ASKED, "--across", "0.1", "-o", "x.svg"), "cannot be drawn"),
        ((*ASKED, "--since", "2023-01-05", "-o", "x.svg"), "not before"),
        ((*ASKED, "--since", "2022-01-05", "-o", "x.svg"), "first map held"),
        (("map", "Pokrovsk", "--on", "2023-01-04", "-o", "x.svg"), "2023-01-02"),
        (("map", "Pokrovsk", "-o", "x.svg"), "--on DATE"),
        (("map", "Xyzzy", "--on", "2023-01-05", "-o", "x.svg"), "no place"),
        (("chart", "corridor", "-o", "x.svg"), "needs the name of a place"),
        (("chart", "area", "-o", "x.gif"), ".svg, .pdf, .png"),
        (("chart", "area", "--from", "2023-01-05", "--to", "2023-01-01", "-o", "x.svg"), "swap"),
        ((*REPORT, "--claims", "c.csv", "-o", "d"), "needs --published"),
        ((*REPORT, "--claims", "c.csv", "--article", "a.txt", "-o", "d"), "not both"),
        ((*REPORT, "--published", "2023-01-06", "-o", "d"), "--article FILE"),
        ((*REPORT, "--article", "a.txt", "-o", "d.html"), "need a folder"),
        (("export", "datawrapper", "--on", "2023-01-05", "-o", "x.csv"), ".geojson"),
        (("export", "areas", "-o", "x.kml"), "no geometry"),
    ],
)
def test_what_cannot_be_drawn_is_one_line(cli, world_book, tmp_path, monkeypatch, arguments, words):
    monkeypatch.chdir(tmp_path)
    assert words in refused(cli, world_book, *arguments)
    assert not list(tmp_path.iterdir())


def test_publishing_a_picture_asks_the_delay(cli, world_book):
    ran = cli(*ASKED, "--publish", "--delay", "999999", "--book", world_book, "-o", "x.svg")
    assert ran.code == 2


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (("area",), "Area by status"),
        (("changes", "--from", "2023-01-01", "--to", "2023-01-16"), "by month"),
        (("strips", "Pokrovsk"), "status over time"),
        (("front", "--to", "2023-01-05"), "Length of the front"),
        (("corridor", "Pokrovsk"), "Corridor of Pokrovsk"),
        (("multiples", "Pokrovsk"), "maps, each 36 km wide"),
    ],
)
def test_every_chart_is_drawn_with_its_figures(drawn, kind, words):
    path = drawn("chart", *kind)
    text = path.read_text()
    assert words in text
    assert "As assessed by DeepState" in text
    assert "<pattern" not in text
    twin = json.loads(path.with_name("map.svg.json").read_text())
    assert twin["figures"]
    assert twin["inputs"]
    assert drawn("chart", *kind, name="again.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("kind", [
    ("area",), ("changes", "--from", "2023-01-01", "--to", "2023-01-16"), ("strips", "Pokrovsk"),
    ("front", "--to", "2023-01-05"), ("corridor", "Pokrovsk"), ("multiples", "Pokrovsk"),
], ids=lambda kind: kind[0])  # fmt: skip
def test_a_ukrainian_chart_has_no_english_word(drawn, kind):
    text = drawn("chart", *kind, "--lang", "uk").read_text()
    root = ET.fromstring(text)  # noqa: S314
    said = " ".join("".join(one.itertext()) for one in root.iter(f"{SVG}text"))
    for name in ("DeepStateMap.live", "DeepState", "WGS84", "front/1", "GeoNames, CC BY 4.0"):
        said = said.replace(name, "")
    assert not re.findall(r"[A-Za-z]{2,}", said)
    assert "За оцінкою DeepState" in text


@pytest.mark.parametrize("asked", [
    ASKED, ("chart", "strips", "Pokrovsk"), ("chart", "corridor", "Pokrovsk"),
    ("chart", "multiples", "Pokrovsk"),
], ids=" ".join)  # fmt: skip
@pytest.mark.parametrize(("lang", "task"), [("en", "place names"), ("uk", "назви місць")])
def test_what_names_places_credits_where_the_names_are_from(drawn, asked, lang, task):
    text = drawn(*asked, "--lang", lang).read_text()
    said = " ".join("".join(one.itertext()) for one in ET.fromstring(text).iter(f"{SVG}text"))  # noqa: S314
    assert f"GeoNames, CC BY 4.0 ({task})" in said


def test_a_report_credits_where_the_names_are_from(cli, world_book, tmp_path):
    path = tmp_path / "page.html"
    assert cli(*REPORT, "--book", world_book, "-o", path).code == 0
    said = " ".join(re.sub("<[^>]*>", " ", path.read_text()).split())
    assert "Place names: GeoNames, CC BY 4.0" in said


def test_an_article_is_read_and_checked_in_the_folder(cli, world_book, tmp_path):
    article = tmp_path / "article.txt"
    article.write_text(
        "Pokrovsk holds\n\n5 January 2023\n\nUkraine controls Pokrovsk, officials said on Thursday."
    )
    folder = tmp_path / "desk"
    ran = cli(*REPORT, "--article", article, "--published", "2023-01-05", "-o", folder,
              "--book", world_book)  # fmt: skip
    assert ran.code == 0
    page = (folder / "index.html").read_text()
    assert "check.html" in page
    assert "data:image/svg+xml;base64," in page
    assert "img-src data:" in page
    assert len((folder / "check.csv").read_text().splitlines()) >= 2


def test_the_months_are_what_changed_between_their_maps(drawn):
    from worlds import rectangle_km2

    path = drawn("chart", "changes", "--from", "2023-01-01", "--to", "2023-01-16")
    (month,) = json.loads(path.with_name("map.svg.json").read_text())["figures"]
    gained = rectangle_km2(37.1, 48.0, 37.4, 48.5)
    assert month["gained_km2"] == pytest.approx(gained, rel=1e-4)
    assert (month["lost_km2"], month["net_km2"]) == (0, month["gained_km2"])


def test_days_without_a_map_stay_gaps_in_a_corridor(drawn):
    path = drawn("chart", "corridor", "Pokrovsk", "--from", "2023-01-01", "--to", "2023-01-05")
    figures = json.loads(path.with_name("map.svg.json").read_text())["figures"]
    assert [row["km"] is None for row in figures] == [False, False, True, True, False]


def test_a_folder_in_ukrainian_is_ukrainian_and_says_what_is_not(cli, world_book, tmp_path):
    folder = tmp_path / "desk"
    ran = cli("report", "Pokrovsk", "--on", "2023-01-16", "--lang", "uk", "--book", world_book,
              "-o", folder)  # fmt: skip
    assert ran.code == 0, ran.err
    page = (folder / "index.html").read_text()
    assert '<html lang="uk">' in page
    for phrase in ("Покровськ", "16 січня 2023", "У цій теці", "Що змінилося перед тим",
                   "Площа за статусом", "Англійською лишаються", "уся карта"):  # fmt: skip
        assert phrase in page
    # up to the sources, whose names and terms are their own, nothing is English but file names
    told = page[page.index("<body>") : page.index('id="sources"')]
    for keep in (
        r"<li>немає графіка.*?</li>",
        r'src="data:[^"]*"',
        r"[\w.-]+\.(svg|pdf|png|csv|html|json)\b",
    ):
        told = re.sub(keep, "", told)
    shown = re.sub(r"<[^>]*>", " ", told) + " ".join(
        re.findall(r'(?:alt|aria-label)="([^"]*)"', told)
    )
    allowed = {"DeepState", "DeepStateMap", "live", "Natural", "Earth", "GeoNames", "CSV", "JSON"}
    assert set(re.findall(r"[A-Za-z]{3,}", shown)) <= allowed
    for name in ("map.svg", "chart-strips.svg"):
        assert 'lang="uk"' in (folder / name).read_text()
        assert "Покровськ" in (folder / name).read_text()
    assert (folder / "areas.csv").read_text().startswith("status,km2")


def test_a_folder_holds_page_map_charts_and_tables(cli, world_book, tmp_path):
    folder = tmp_path / "desk"
    ran = cli("report", "Pokrovsk", "--on", "2023-01-16", "--book", world_book, "-o", folder)
    assert (ran.code, ran.err) == (0, "")
    names = {path.name for path in folder.iterdir()}
    assert {"index.html", "map.svg", "map.pdf", "map.png", "chart-multiples.svg", "areas.csv",
            "history.csv", "files.json"} <= names  # fmt: skip
    page = (folder / "index.html").read_text()
    linked = set(re.findall(r'<li><a href="([^"]+)"', page))
    assert linked
    assert linked <= names
    twin = json.loads((folder / "map.svg.json").read_text())
    under = [one for one in twin["inputs"] if one["kind"] != "map"]
    assert {one["kind"] for one in under} == {"countries", "gazetteer"}
    assert all((one.get("sha256") or one["content_sha256"]) in page for one in under)
    hashes = json.loads((folder / "files.json").read_text())
    assert hashes["map.svg"] == hashlib.sha256((folder / "map.svg").read_bytes()).hexdigest()


def test_one_page_is_still_one_file(cli, world_book, tmp_path):
    path = tmp_path / "report.html"
    assert (
        cli("report", "Pokrovsk", "--on", "2023-01-05", "--book", world_book, "-o", path).code == 0
    )
    assert "In this folder" not in path.read_text()


def test_a_workbook_has_rows_and_says_what_they_are(drawn):
    path = drawn("export", "ground", "--on", "2023-01-05", name="ground.xlsx")
    with zipfile.ZipFile(path) as book:
        text = "".join(book.read(n).decode() for n in book.namelist() if n.endswith(".xml"))
    assert "not independently confirmed" in text
    assert "left out: write .geojson" in text
    assert "held_since_2014" in text
    assert (
        path.read_bytes()
        == drawn("export", "ground", "--on", "2023-01-05", name="g.xlsx").read_bytes()
    )


def test_kml_holds_every_status_with_its_ground(drawn):
    import shapely

    path = drawn("export", "ground", "--on", "2023-01-05", name="ground.kml")
    kml = "{http://www.opengis.net/kml/2.2}"
    root = ET.parse(path).getroot()  # noqa: S314
    marks = {m.findtext(f"{kml}name"): m for m in root.iter(f"{kml}Placemark")}
    assert set(marks) == {"occupied", "held_since_2014", "contested", "liberated"}
    text = marks["occupied"].find(f".//{kml}coordinates").text
    ring = shapely.Polygon([tuple(map(float, one.split(","))) for one in text.split()])
    assert ring.bounds == pytest.approx((37.2, 48.0, 38.0, 48.5))


def test_the_pair_for_datawrapper_joins_by_id(drawn):
    path = drawn("export", "datawrapper", "--on", "2023-01-05", name="dw.geojson")
    features = json.loads(path.read_text())["features"]
    rows = path.with_suffix(".csv").read_text().splitlines()
    assert rows[0].startswith("id,")
    assert [f["properties"]["id"] for f in features] == [row.split(",")[0] for row in rows[1:]]
    ring = features[0]["geometry"]["coordinates"][0]
    ring = ring[0] if isinstance(ring[0][0], list) else ring
    turn = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
    assert turn < 0
    assert path.stat().st_size < 2_000_000
