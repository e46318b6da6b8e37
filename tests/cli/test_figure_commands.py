"""Front, salients, advance, corridor, reach, rank and vintage as a person runs them."""

from __future__ import annotations

import csv
import json

import pytest

from worlds import rectangle_km2

HEAD = {"source", "asked", "as_of", "snapshot", "method", "parameters"}
DAY = "2023-01-01"


@pytest.fixture
def ask(cli, world_book):
    def call(*arguments):
        return cli(*arguments, "--book", world_book)

    return call


@pytest.fixture
def answer(ask):
    def call(*arguments):
        ran = ask(*arguments, "--json")
        assert ran.code == 0, ran.err
        shown = json.loads(ran.out)
        assert set(shown) >= HEAD
        return shown

    return call


def test_front(answer, ask, tmp_path):
    shown = answer("front", "--on", DAY)
    assert [row["m"] for row in shown["tolerances"]] == [0, 100, 500, 1000, 2000, 5000, 10000]
    # The occupied block's own outline: 0.8° of 37.4–38.2°E by 0.5° of 48–48.5°N.
    assert shown["tolerances"][0]["main_km"] == pytest.approx(2 * 55.6 + 59.5 + 58.9, rel=0.01)
    assert shown["method"] == "front/1"
    lines = tmp_path / "front.geojson"
    ran = ask("front", "--on", DAY, "--geojson", lines)
    assert "main line" in ran.out
    document = json.loads(lines.read_text())
    assert document["features"][0]["properties"]["piece"] == "main line"
    assert {"rights", "disclaimer", "snapshot"} <= set(document)


def test_front_compared_and_a_quoted_length(answer):
    shown = answer("front", "--on", "2023-01-16", "--compare", DAY, "--length", "160mi")
    assert shown["from_day"] == DAY
    assert shown["trend"]["main_sign_agrees"]
    assert shown["trend"]["changes"][0]["main_percent"] > 10
    assert shown["implied"]["quoted_km"] == pytest.approx(257.5, abs=0.05)


def test_front_with_rulers_of_ones_own(answer):
    shown = answer("front", "--on", DAY, "--tolerance", 300, "--tolerance", 750)
    assert [row["m"] for row in shown["tolerances"]] == [0, 300, 750]


def test_salients(answer, ask, tmp_path):
    shown = answer("salients", "--on", DAY)
    assert shown["salients"] == []
    assert shown["water_given"] is True
    ran = ask("salients", "--on", DAY, "--geojson", tmp_path / "s.geojson")
    assert "--water" in ran.out
    assert json.loads((tmp_path / "s.geojson").read_text())["features"] == []


def test_salients_with_water(answer, ask, tmp_path):
    lake = {"type": "Polygon", "coordinates": [[[37, 48.1], [37.2, 48.1], [37, 48.2], [37, 48.1]]]}
    feature = {"type": "Feature", "properties": {}, "geometry": lake}
    path = tmp_path / "lakes.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    assert answer("salients", "--on", DAY, "--water", path)["water_given"]
    assert "--water" not in ask("salients", "--on", DAY, "--water", path).out


def test_advance(answer):
    shown = answer("advance", "--from", DAY, "--to", "2023-01-16", "--axis", "Donetsk", "Pokrovsk")
    assert shown["depth_km"] == pytest.approx(0.3 * 74.1, rel=0.02)
    assert shown["bearing_deg"] == pytest.approx(270, abs=2)
    assert shown["days"] == 15
    assert shown["depth_m_per_day"] == pytest.approx(1000 * shown["depth_km"] / 15, abs=1)
    assert shown["new_km2_per_day"] == pytest.approx(shown["new_km2"] / 15, abs=0.01)
    assert shown["axis"]["advance_m"] > 0


def test_corridor(answer, ask):
    shown = answer("corridor", "Pokrovsk", "--on", DAY)
    assert shown["place"]["name"] == "Pokrovsk"
    assert shown["width_contested_closed_km"] <= shown["width_km"] <= 13.2
    assert 0 <= shown["enclosure"] <= 1
    # Of four days with a map; on the last the whole disc is controlled, so it has no corridor.
    assert shown["own_history"]["days"] == 3
    assert "corridor of" in ask("corridor", "Pokrovsk", "--on", DAY).out
    assert "geometry" not in json.dumps(shown)
    assert "coordinates" not in json.dumps(shown)


def test_corridor_by_day(ask, tmp_path):
    path = tmp_path / "days.csv"
    ran = ask("corridor", "Pokrovsk", "--from", DAY, "--to", "2023-01-05", "--csv", path)
    assert "5 days, 2 without a map" in ran.out
    rows = path.read_text().splitlines()
    assert rows[0].startswith("date,width_km")
    assert rows[3] == "2023-01-03,,,,,"


def test_reach(answer, ask, tmp_path):
    shown = answer("reach", "--on", DAY, "--km", "5,25", "--since", DAY)
    assert [ring["km"] for ring in shown["rings"]] == [5, 25]
    assert shown["rings"][0]["people"] <= shown["rings"][1]["people"]
    ring = shown["rings"][1]
    assert ring["people_low"] <= ring["people"] <= ring["people_high"]
    assert shown["changes"][0]["entered"] == []
    path = tmp_path / "reach.csv"
    ask("reach", "--on", DAY, "--csv", path, "--hxl")
    rows = path.read_text().splitlines()
    assert rows[1].startswith("#loc+id,#loc+code+v_pcode")
    assert len(rows) > 10


def test_reach_of_an_oblast_and_of_boundaries(answer, ask, tmp_path):
    everything = answer("reach", "--on", DAY, "--km", "40")["rings"][0]["people"]
    donetsk = answer("reach", "--on", DAY, "--km", "40", "--oblast", "Donetsk Oblast")
    assert 0 < donetsk["rings"][0]["people"] < everything
    west = [[30, 45], [37, 45], [37, 52], [30, 52], [30, 45]]
    feature = {
        "type": "Feature",
        "properties": {"name": "West"},
        "geometry": {"type": "Polygon", "coordinates": [west]},
    }
    path = tmp_path / "regions.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    shown = answer("reach", "--on", DAY, "--km", "40", "--boundaries", path)
    assert 0 < shown["regions"]["West"][0]["people"] < everything
    table = tmp_path / "reach.csv"
    ask("reach", "--on", DAY, "--km", "40", "--boundaries", path, "--csv", table)
    rows = list(csv.DictReader(table.read_text().splitlines()))
    assert {row["region"] for row in rows} == {"West", ""}
    assert all((row["region"] == "West") == (float(row["lon"]) < 37) for row in rows)


def test_rank(answer, ask):
    shown = answer("rank", "--fell-since", DAY, "--criterion", "any")
    assert shown["rows"][0]["place"] == "Pokrovsk"
    assert shown["rows"][0]["date"] == "2023-01-05"
    assert shown["margin_people"] > 0
    assert "Pokrovsk" in ask("rank", "--fell-since", DAY).out


def test_vintage(answer, ask):
    strip = rectangle_km2(37.35, 48.0, 37.4, 48.5)
    shown = answer("vintage", "--value", f"contested={strip:.1f}km2", "--near", "Pokrovsk")
    # Every map has a strip of this size; that of the last one lies beside the town.
    assert [match["date"] for match in shown["matches"]][-1] == "2023-01-16"
    assert shown["matches"][0]["values_km2"]["contested"] == pytest.approx(strip, abs=0.1)
    nothing = answer("vintage", "--value", "contested=999km2", "--near", "Pokrovsk")
    assert nothing["matches"] == []
    ran = ask("vintage", "--value", "contested=999km2", "--near", "Pokrovsk")
    assert "no map of deepstate from 2023-01-01 to 2023-01-16" in ran.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("front", "--on", "2021-01-01"), "no map of 2021-01-01; the nearest map is"),
        (("front", "--on", "2030-01-01"), "no map of 2030-01-01; the nearest map is"),
        (("front", "--on", "2023-01-03"), "nearest maps are of 2023-01-02 and 2023-01-05"),
        (("front",), "front needs --on DATE"),
        (("front", "--on", DAY, "--tolerance", "0"), "longer than 0 m"),
        (("front", "--on", DAY, "--tolerance", "-5"), "longer than 0 m"),
        (("front", "--on", DAY, "--length", "long"), "is no length"),
        (("salients",), "salients needs --on DATE"),
        (("salients", "--on", DAY, "--water", "missing.geojson"), "cannot be read"),
        (("advance", "--from", DAY), "needs both --from and --to"),
        (("advance", "--from", "2023-01-16", "--to", DAY), "swap the dates"),
        (("advance", "--from", DAY, "--to", DAY), "no newly taken ground"),
        (("corridor", "Nowhereville", "--on", DAY), "no place of this name"),
        (("corridor", "Khartsyzk", "--on", DAY), "is under control"),
        (("corridor", "Sudzha", "--on", DAY), "lies outside Ukraine"),
        (("corridor", "Pokrovsk"), "--on DATE or --from DATE --to DATE"),
        (("corridor", "Pokrovsk", "--from", "2023-01-05", "--to", DAY), "swap the dates"),
        (("corridor", "Pokrovsk", "--from", "2024-01-05", "--to", "2024-01-06"), "no map between"),
        (("reach", "--on", DAY, "--km", "0"), "above 0"),
        (("reach", "--on", DAY, "--km", "near"), "distances in km"),
        (("reach", "--on", DAY, "--oblast", "Atlantis"), "no oblast of this name"),
        (("rank", "--fell-since", "2022-01-01"), "begins on 2023-01-01"),
        (("vintage", "--value", "contested", "--near", "Pokrovsk"), "STATUS=63km2"),
        (("vintage", "--value", "grey=5km2", "--near", "Pokrovsk"), "is no status"),
    ],
)
def test_bad_input_is_one_clear_line(ask, arguments, says):
    ran = ask(*arguments)
    assert ran.code == 2
    assert says in ran.err
    assert len(ran.err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("front", "--on", "2024-01-01"),
        ("salients", "--on", "2024-01-01"),
        ("corridor", "Bakhmut", "--on", "2024-01-01"),
        ("reach", "--on", "2024-01-01"),
        ("rank", "--fell-since", "2024-01-01"),
        ("vintage", "--value", "contested=5km2", "--near", "Bakhmut"),
        ("advance", "--from", "2024-01-01", "--to", "2024-02-01"),
    ],
)
def test_a_source_of_points_has_no_areas(cli, points_book, arguments):
    ran = cli(*arguments, "--book", points_book)
    assert ran.code == 2
    assert "points" in ran.err


def test_month_ends():
    from datetime import date

    from contested.jobs.charts import month_ends

    ends = month_ends(date(2023, 11, 5), date(2024, 2, 10))
    assert [str(end) for end in ends] == [
        "2023-10-31", "2023-11-30", "2023-12-31", "2024-01-31", "2024-02-29"
    ]  # fmt: skip
    assert month_ends(date(2024, 2, 1), date(2024, 2, 29))[-1] == date(2024, 2, 29)
