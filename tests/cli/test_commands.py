"""Every command on a small world: what it prints, its JSON, and its one-line refusals."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys

import pytest

from contested.cli.main import COMMANDS
from worlds import box, polygon, rectangle_km2


def asked(cli, *arguments):
    ran = cli(*arguments, "--json")
    assert (ran.code, ran.err) == (0, "")
    return json.loads(ran.out)


def test_area_on_a_day_has_its_documented_keys(cli, world_book):
    answer = asked(cli, "area", "--on", "2023-01-01", "--book", world_book)
    assert set(answer) == {
        "source", "asked", "as_of", "snapshot", "areas_km2", "not_held", "method",
    }  # fmt: skip
    assert set(answer["areas_km2"]) == {
        "occupied", "held_since_2014", "contested", "controlled", "liberated", "ua_held_in_russia",
    }  # fmt: skip
    occupied = rectangle_km2(37.4, 48.0, 38.0, 48.5)
    assert answer["areas_km2"]["occupied"] == pytest.approx(occupied, rel=1e-4)
    assert (answer["source"], answer["as_of"]) == ("deepstate", "2023-01-01")
    assert len(answer["snapshot"]) == 64


@pytest.fixture
def outlines(tmp_path):
    """Two oblasts: one over the west of the world, one far away."""
    rows = [
        {"type": "Feature", "properties": {"name:en": name, "iso3166-2": code},
         "geometry": polygon(box(west, 47.0, west + 1, 49.0, steps=40))}
        for name, code, west in (("Donetsk Oblast", "UA-14", 36.9), ("Lviv Oblast", "UA-46", 23.0))
    ]  # fmt: skip
    path = tmp_path / "oblasts.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": rows}))
    return path


def test_area_by_oblast_names_shares_and_the_rest(cli, world_book, outlines):
    ran = cli("area", "--on", "2023-01-01", "--by-oblast", "--boundaries", outlines,
              "--book", world_book)  # fmt: skip
    assert "Donetsk Oblast" in ran.out
    assert "Lviv" not in ran.out
    assert "controlled outside all outlines" in ran.out
    answer = asked(cli, "area", "--on", "2023-01-01", "--oblast", "donetsk", "--boundaries",
                   outlines, "--book", world_book)  # fmt: skip
    occupied = rectangle_km2(37.4, 48.0, 37.9, 48.5)
    assert answer["regions"][0]["areas_km2"]["occupied"] == pytest.approx(occupied, rel=1e-3)


def test_a_series_of_an_oblast_names_it_in_every_row(cli, world_book, outlines):
    ran = cli("area", "--from", "2023-01-01", "--to", "2023-01-02", "--oblast", "UA-14",
              "--boundaries", outlines, "--book", world_book)  # fmt: skip
    header, *rows = ran.out.splitlines()
    assert header.endswith(",snapshot,region")
    assert all(row.endswith(",Donetsk Oblast") for row in rows)
    assert len(rows) == 2


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("--on", "2023-01-01", "--by-oblast"), "no boundaries: add them with"),
        (("--from", "2023-01-01", "--to", "2023-01-02", "--by-oblast"), "--by-oblast is for one"),
    ],
)
def test_oblasts_that_cannot_be_measured_say_why(cli, world_book, arguments, line):
    ran = cli("area", *arguments, "--book", world_book)
    assert (ran.code, line in ran.err) == (2, True)


def test_area_prints_a_table_with_the_snapshot(cli, world_book):
    ran = cli("area", "--on", "2023-01-01", "--book", world_book)
    assert "contested or unknown" in ran.out
    assert "snapshot" in ran.out


def test_a_series_keeps_days_without_a_map_empty(cli, world_book, tmp_path):
    out = tmp_path / "areas.csv"
    ran = cli(
        "area", "--from", "2023-01-01", "--to", "2023-01-05", "--csv", out, "--book", world_book
    )
    assert "5 days, 2 without a map" in ran.out
    lines = out.read_text().splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == [f"2023-01-0{d}" for d in range(1, 6)]
    assert lines[3] == "2023-01-03,,,,,,,,"


def test_changes_name_both_maps(cli, world_book, tmp_path):
    path = tmp_path / "changes.geojson"
    ends = ("--from", "2023-01-01", "--to", "2023-01-04", "--book", world_book)
    answer = asked(cli, "changes", *ends, "--geojson", path)
    gained = rectangle_km2(37.3, 48.0, 37.4, 48.5)
    assert answer["gained_km2"] == pytest.approx(gained, rel=1e-4)
    assert (answer["from_day"], answer["to_day"]) == ("2023-01-01", "2023-01-02")
    assert {"from", "to", "km2"} == set(answer["matrix"][0])
    features = json.loads(path.read_text())["features"]
    total = sum(f["properties"]["area_km2"] for f in features)
    assert total == pytest.approx(sum(cell["km2"] for cell in answer["matrix"]), rel=1e-3)


def test_status_at_a_point(cli, world_book):
    answer = asked(cli, "status", "37.5", "48.2", "--on", "2023-01-01", "--book", world_book)
    assert answer["status"] == "occupied"
    assert answer["source_word"] == "Окуповано /// Occupied"
    assert asked(cli, "status", "-5", "48.2", "--on", "2023-01-01", "--book", world_book)[
        "status"
    ] is None  # fmt: skip


def test_timeline_of_an_area_source(cli, world_book):
    answer = asked(cli, "timeline", "Pokrovsk", "--book", world_book)
    assert answer["place"]["id"] == "geonames:704422"
    rows = [(r["status"], r["from"], r["to"], r["criterion"]) for r in answer["timeline"]]
    assert rows == [
        (None, "2023-01-01", "2023-01-05", "point"),
        ("contested", "2023-01-05", "2023-01-16", "point"),
        ("occupied", "2023-01-16", None, "point"),
    ]


def test_timeline_of_a_source_of_points(cli, points_book):
    answer = asked(cli, "timeline", "Bakhmut", "--book", points_book)
    assert (answer["kind"], answer["source"]) == ("points", "settlements")
    assert [r["status"] for r in answer["timeline"]] == ["free", "contested", "occupied"]
    ran = cli("timeline", "Lviv", "--book", points_book)
    assert ran.code == 2
    assert "no statement about it" in ran.err


def test_timelines_of_all_settlements(cli, world_book, tmp_path):
    out = tmp_path / "all.csv"
    ran = cli("timeline", "--all", "--csv", out, "--hxl", "--book", world_book)
    assert "%" in ran.out
    lines = out.read_text().splitlines()
    assert lines[1].startswith("#loc+id")
    assert len(lines) > 5000


def test_days_list_the_gaps(cli, world_book):
    answer = asked(cli, "days", "--book", world_book)
    assert (answer["snapshots"], answer["days_with_map"]) == (4, 4)
    assert answer["days_missing"][:2] == ["2023-01-03", "2023-01-04"]


def test_ingest_reports_and_is_idempotent(cli, map_folder, tmp_path):
    book = tmp_path / "new.book"
    assert cli("init", book).code == 0
    first = asked(cli, "ingest", "deepstate", map_folder, "--book", book)
    assert (first["read"], first["new"], first["snapshots"]) == (4, 4, 4)
    second = asked(cli, "ingest", "deepstate", map_folder, "--book", book)
    assert (second["read"], second["new"], second["seen_before"]) == (4, 0, 4)
    assert "everything holds" in cli("verify", "--book", book).out
    assert len(asked(cli, "log", "--book", book)) == 4
    assert cli("rebuild", "--book", book).code == 0


def test_a_refused_file_is_one_line_and_exit_code_2(cli, map_folder, tmp_path):
    book, bad = tmp_path / "new.book", tmp_path / "1672574401.geojson"
    bad.write_text('{"type": "Feature')
    cli("init", book)
    ran = cli("ingest", "deepstate", bad, map_folder, "--book", book)
    assert ran.code == 2
    (line,) = ran.err.splitlines()
    assert line.startswith(f"contested: {bad}: ")
    assert asked(cli, "days", "--book", book)["snapshots"] == 4


@pytest.mark.parametrize("ending", ["geojson", "gpkg", "parquet", "csv"])
def test_exports_are_written(cli, world_book, tmp_path, ending):
    out = tmp_path / f"ground.{ending}"
    ran = cli("export", "ground", "--on", "2023-01-01", "-o", out, "--book", world_book)
    assert ran.out == f"{out}: 4 rows\n"
    assert out.stat().st_size > 500


def test_publishing_geometry_asks_the_terms(cli, world_book, tmp_path):
    out = tmp_path / "ground.geojson"
    wanted = ("export", "ground", "--on", "2023-01-01", "-o", out, "--book", world_book)
    ran = cli(*wanted, "--publish")
    assert ran.code == 2
    assert "do not allow publishing its geometry" in ran.err
    assert not out.exists()
    cli(
        "permit", "deepstate", "--use", "publish_geometry", "--by", "DeepState", "--ref",
        "letter 1", "--book", world_book,
    )  # fmt: skip
    assert cli(*wanted, "--publish").code == 0


def test_a_report_is_one_page(cli, world_book, tmp_path):
    out = tmp_path / "report.html"
    ran = cli("report", "Pokrovsk", "--on", "2023-01-16", "-o", out, "--book", world_book)
    assert ran.code == 0
    page = out.read_text()
    assert "Pokrovsk, 16 January 2023" in page
    assert "<script" not in page


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("area",), "give either --on DATE or --from DATE --to DATE"),
        (("area", "--on", "2023-01-03"), "nearest maps are of 2023-01-02 and 2023-01-05"),
        (("area", "--on", "yesterday"), "'yesterday' is not a day written YYYY-MM-DD"),
        (("area", "--on", "2023-01-01", "--source", "nope"), "no source 'nope'; known: deepstate"),
        (("area", "--from", "2023-01-05", "--to", "2023-01-01"), "swap the dates"),
        (("changes", "--from", "2022-01-01", "--to", "2023-01-01"), "begins on 2023-01-01"),
        (("status", "400", "48", "--on", "2023-01-01"), "not a longitude and latitude"),
        (("timeline", "Nowheresk"), "no place of this name is known"),
        (("timeline", "Vasylivka"), "name the one you mean by its id, or use --near"),
        (("export", "ground", "--on", "2023-01-01", "-o", "a.xls"), "unknown format '.xls'"),
        (("report", "Pokrovsk", "--on", "2023-01-03"), "nearest maps are of"),
        (("days", "--source", "deepstate_daily"), "holds no map of deepstate_daily"),
        (("nonsense",), "No such command 'nonsense'"),
    ],
)
def test_what_cannot_be_answered_is_one_line(cli, world_book, arguments, message):
    book = ("--book", world_book) if arguments[0] != "nonsense" else ()
    ran = cli(*arguments, *book)
    assert ran.code == 2
    (line,) = ran.err.splitlines()
    assert line.startswith("contested: ")
    assert message in line


@pytest.mark.parametrize("command", ["area", "changes", "days", "report"])
def test_points_refuse_area_figures_and_say_what_to_add(cli, points_book, command):
    arguments = {
        "area": ("--on", "2023-01-01"),
        "changes": ("--from", "2023-01-01", "--to", "2023-02-01"),
        "days": (),
        "report": ("Pokrovsk", "--on", "2023-01-01"),
    }[command]
    ran = cli(command, *arguments, "--book", points_book)
    assert ran.code == 2
    assert "holds dated points of settlements, no areas" in ran.err
    assert "add map files" in ran.err


def test_a_missing_book_says_how_to_make_one(cli, tmp_path):
    ran = cli("days", "--book", tmp_path / "no.book")
    assert ran.code == 2
    assert "contested init" in ran.err


def test_every_command_has_help(cli):
    for name in COMMANDS:
        ran = cli(name, "--help")
        assert ran.code == 0
        assert "Usage: contested" in ran.out


def test_help_imports_no_heavy_library():
    program = (
        "import sys; from contested.cli.main import main; "
        "main(['--help'], standalone_mode=False); "
        "print({'numpy', 'pandas', 'shapely', 'rich', 'httpx'} & set(sys.modules))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ran.stdout.splitlines()[-1] == "set()"


def test_pack_says_what_is_in_it_and_its_hash(cli, world_book, tmp_path):
    file = tmp_path / "war.pack"
    ran = cli("pack", "-o", file, "--book", world_book)
    assert ran.code == 0, ran.err
    assert "4 maps of deepstate, 2023-01-01 to 2023-01-16" in ran.out
    assert "every map, vertex and word is in it" in ran.out
    assert hashlib.sha256(file.read_bytes()).hexdigest() in ran.out
    assert "--publish asks the terms" in ran.out
    said = json.loads(
        cli("pack", "-o", file, "--decimals", "5", "--book", world_book, "--json").out
    )
    assert (said["snapshots"], said["lossless"], said["decimals"]) == (4, False, 5)
    assert said["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--decimals", "8"], "8 is not in the range 3<=x<=7"),
        (["--to", "yesterday"], "'yesterday' is not a day"),
        (["--to", "2020-01-01"], "no map of deepstate up to 2020-01-01"),
        (["--source", "nobody"], "nobody"),
    ],
)
def test_pack_refuses_in_one_line(cli, world_book, tmp_path, arguments, said):
    ran = cli("pack", "-o", tmp_path / "war.pack", "--book", world_book, *arguments)
    assert ran.code == 2
    assert said in ran.err
    assert ran.err.count("\n") == 1
    assert not (tmp_path / "war.pack").exists()
