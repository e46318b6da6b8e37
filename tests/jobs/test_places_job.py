"""Find, measure and add places, through the jobs and the command."""

import gzip
import json
import zipfile
from datetime import UTC, datetime

import pytest
import shapely
from click.testing import CliRunner

from contested.cli.places import command
from contested.errors import ContestedError, NotHeldError, PlaceFileError, UsageError
from contested.jobs.ingest import ingest
from contested.jobs.place_files import add
from contested.jobs.places import (
    about,
    coverage,
    distance_between,
    find,
    front_distance,
    info,
    open_gazetteer,
    place_assumed,
    place_named,
)
from contested.places.choose import Context, resolve
from contested.records import Status
from contested.sources.deepstate.parse import parse
from contested.store.book import Book
from worlds import OCCUPIED, box, feature, file_name, map_file, polygon


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("CONTESTED_BOOK", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def book(tmp_path):
    (tmp_path / "b.book" / "derived").mkdir(parents=True)
    return tmp_path / "b.book"


ASKED = {
    "Pokrovsk": 704422, "Myrnohrad": 710035, "Dobropillia": 709900, "Rodynske": 695581,
    "Kramatorsk": 704508, "Sloviansk": 693468, "Slovyansk": 693468, "Slavyansk": 693468,
    "Hryshyne": 708060, "Udachne": 690841, "Shakhove": 698641, "Kostiantynivka": 705104,
    "Huliaipole": 707898, "Gulyaypole": 707898, "Chasiv Yar": 710915, "Krasnoarmiisk": 704422,
    "Artemivsk": 713174, "Dzerzhynsk": 709354, "Куп'янськ": 703656, "Часів Яр": 710915,
    "Lyman": 704204,
}  # fmt: skip
"""Name in the news of Donetsk oblast → its GeoNames identifier."""


@pytest.mark.parametrize("name", ASKED)
def test_names_in_the_news_with_donetsk_in_focus(name):
    assert (
        find(open_gazetteer(), name, near="Donetsk region").places[0].id
        == f"geonames:{ASKED[name]}"
    )
    assert (
        place_named(open_gazetteer(), name, near="Donetsk region").id == f"geonames:{ASKED[name]}"
    )


@pytest.mark.parametrize(
    ("name", "lon", "lat"),
    [
        ("Kotlyne", 37.050, 48.255),
        ("Novoekonomichne", 37.329, 48.332),
        ("Robotyne", 35.826, 47.443),
        ("Zolotyi Kolodiaz", 37.232, 48.528),
    ],
)
def test_villages_that_the_list_lacks(name, lon, lat):
    place = place_named(open_gazetteer(), name, near="Donetsk region")
    assert (place.lon, place.lat) == pytest.approx((lon, lat), abs=0.001)


def test_focus_elsewhere_means_a_namesake_elsewhere():
    gazetteer = open_gazetteer()
    assert find(gazetteer, "Pokrovsk", near="Sakha").places[0].id == "geonames:2017824"
    assert place_named(gazetteer, "Pokrovsk").id == "geonames:704422"
    sudzha = info(gazetteer, "Sudzha")
    assert (sudzha.id, sudzha.region, sudzha.country) == ("geonames:486816", "Kursk Oblast", "RU")


def test_found_places_have_the_documented_keys():
    answer = CliRunner().invoke(command, ["find", "Lyman", "--near", "Pokrovsk", "--json"])
    found = json.loads(answer.output)
    assert list(found) == ["query", "places"]
    assert list(found["places"][0]) == [
        "id", "name", "lat", "lon", "kind", "population", "score", "reason", "uncertainty_km",
    ]  # fmt: skip
    scores = [place["score"] for place in found["places"]]
    assert scores == sorted(scores, reverse=True)


def test_an_unknown_name_is_an_empty_list_in_json_and_an_error_for_people():
    answer = CliRunner().invoke(command, ["find", "Atlantis", "--json"])
    assert json.loads(answer.output) == {"query": "Atlantis", "places": []}
    with pytest.raises(NotHeldError, match="no place of this name"):
        command.main(["find", "Atlantis"], standalone_mode=False)
    with pytest.raises(UsageError, match="empty"):
        command.main(["find", " "], standalone_mode=False)


def test_a_name_of_several_places_is_asked_back():
    with pytest.raises(NotHeldError, match=r"could be .*geonames:704204.*geonames:703071"):
        place_named(open_gazetteer(), "Lyman")
    assert place_named(open_gazetteer(), "geonames:703071").admin1 == "07"
    many = r"could be .*12,567 people, geonames:686729.* and 15 more \(`contested places find`\)"
    with pytest.raises(NotHeldError, match=many):
        place_named(open_gazetteer(), "Vasylivka")


@pytest.mark.parametrize(
    ("name", "place_id", "others"),
    [("Lyman", "geonames:704204", 5), ("Kostiantynivka", "geonames:705104", 8)],
)
def test_a_town_that_dwarfs_its_namesakes_is_taken_and_said(name, place_id, others):
    place, assumption = place_assumed(open_gazetteer(), name)
    assert place.id == place_id
    assert place_id in assumption
    assert f"{others} other places bear the name: --near PLACE or an id means another" in assumption


def test_nothing_is_assumed_of_equals_or_where_the_place_is_said():
    gazetteer = open_gazetteer()
    for name in ("Vasylivka", "Yampil", "Ivanivka"):
        with pytest.raises(NotHeldError, match="could be"):
            place_assumed(gazetteer, name)
    assert place_assumed(gazetteer, "Pokrovsk")[1] is None
    there, assumption = place_assumed(gazetteer, "Lyman", near="Kharkiv")
    assert (there.id, assumption) == ("geonames:703071", None)


def test_commands_say_what_they_assumed_beside_the_answer():
    answer = CliRunner().invoke(command, ["distance", "Lyman", "Kramatorsk", "--json"])
    assert json.loads(answer.stdout)["from"] == "geonames:704204"
    assert answer.stderr.startswith("Lyman is taken to be Lyman (Donetsk Oblast, 20,066 people")
    clear = CliRunner().invoke(command, ["distance", "Pokrovsk", "Kramatorsk"])
    assert clear.stderr == ""


def test_find_says_whether_it_would_be_taken_or_is_open():
    found = {
        name: CliRunner().invoke(command, ["find", *name.split(",")]).output.splitlines()[-1]
        for name in ("Lyman", "Vasylivka", "Pokrovsk", "Vasylivka,--near,Kyiv")
    }
    assert found["Lyman"].startswith("Lyman is taken to be Lyman (Donetsk Oblast")
    assert found["Vasylivka"].startswith("not clear which of 19 is meant: say --near PLACE")
    assert "is taken" not in found["Pokrovsk"]
    assert "is taken" not in found["Vasylivka,--near,Kyiv"]


def test_a_place_that_only_borrows_a_name_does_not_take_it():
    gazetteer = open_gazetteer()
    # Mykolaivka in Donetsk oblast is written Mykolaiv as well: a text about it means the city.
    donetsk = Context(focus={"UA-05": 1.0})
    assert resolve(gazetteer, "Mykolaiv", donetsk).place.id == "geonames:700569"
    assert resolve(gazetteer, "Slavyansk", donetsk).place.name == "Sloviansk"
    # Beside Kramatorsk, as a person says, it is the town.
    assert place_named(gazetteer, "Mykolaiv", near="Kramatorsk").id == "geonames:700119"


def test_populations_stand_side_by_side_with_year_and_source():
    kherson = info(open_gazetteer(), "Kherson")
    figures = [(f.value, f.year) for f in kherson.populations]
    assert figures == [(66_000, None), (279_131, 2022)]
    assert "far below the official figure of 2022" in kherson.populations[0].source
    pokrovsk = info(open_gazetteer(), "geonames:704422")
    assert "Krasnoarmiisk" in pokrovsk.names["former"]
    assert "Покровськ" in pokrovsk.names["official"]


def test_distances_of_the_reference_table():
    gazetteer = open_gazetteer()
    found = distance_between(gazetteer, "Pokrovsk", "Kramatorsk")
    assert (found.km, found.miles) == pytest.approx((57.9, 36.0), abs=0.05)
    assert distance_between(gazetteer, "Pokrovsk", "geonames:709900").direction == "NNW"
    assert distance_between(gazetteer, "Kramatorsk", "Sloviansk").km == pytest.approx(
        13.4, abs=0.05
    )


def test_about_shows_licence_and_attribution():
    answer = about()
    assert answer.licence == "CC BY 4.0"
    assert "GeoNames" in answer.attribution
    assert answer.added is None
    assert (
        coverage(5_941)
        == "5,941 records for the 29,708 settlements of Ukraine that OCHA COD-AB lists: 20%"
    )
    text = CliRunner().invoke(command, ["about"]).output
    assert "CC BY 4.0" in text
    assert "geonames.org" in text


def test_the_front_is_the_edge_of_controlled_ground():
    front = front_distance({Status.OCCUPIED: shapely.box(37.0, 47.0, 38.0, 49.0)})
    assert front(37.0, 48.0) == pytest.approx(0, abs=1e-6)
    # One degree of longitude at 48°N is 74.6 km.
    assert front(36.0, 48.0) == pytest.approx(74.6, rel=0.01)
    with pytest.raises(NotHeldError, match="no controlled ground"):
        front_distance({Status.CONTESTED: shapely.box(0, 0, 1, 1)})


MINE = "id,name,name_uk,lon,lat,admin1\nx:1,Testivka,Тестівка,37.5,48.5,05\n"


def test_added_places_are_found_beside_the_shipped_ones(tmp_path, book):
    file = tmp_path / "mine.csv"
    file.write_text(MINE, encoding="utf-8")
    answer = add("csv", [file], book)
    assert answer.added == 1
    assert place_named(open_gazetteer(book), "Тестівка").id == "x:1"
    assert place_named(open_gazetteer(book), "Kramatorsk").id == "geonames:704508"
    with pytest.raises(NotHeldError):
        place_named(open_gazetteer(), "Testivka")  # the user's own gazetteer has it not
    assert about(book).added.endswith("places.sqlite")


def test_adding_twice_adds_up_and_replaces(tmp_path, book):
    first, second = tmp_path / "1.csv", tmp_path / "2.csv"
    first.write_text(MINE, encoding="utf-8")
    second.write_text(MINE.replace("x:1,Testivka", "x:2,Drugivka"), encoding="utf-8")
    add("csv", [first], book)
    add("csv", [second], book)
    add("csv", [first], book)
    gazetteer = open_gazetteer(book)
    assert gazetteer.entry("x:1")
    assert gazetteer.entry("x:2")


def test_bad_input_leaves_the_gazetteer_as_it_was(tmp_path, book):
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(MINE, encoding="utf-8")
    add("csv", [good], book)
    before = (book / "derived/places.sqlite").read_bytes()
    bad.write_text(MINE + "x:3,,,999,48,05\n", encoding="utf-8")
    with pytest.raises(PlaceFileError, match="line 3"):
        add("csv", [bad], book)
    with pytest.raises(PlaceFileError, match="line 3"):
        add("csv", [good, bad], book)
    assert (book / "derived/places.sqlite").read_bytes() == before


def test_geonames_dumps_come_plain_zipped_and_gzipped(tmp_path, book):
    line = (
        "999\tNova Testivka\tNova Testivka\tНова Тестівка\t48.5\t37.5\tP\tPPL\tUA\t\t05\t\t\t\t120"
        "\t\t\tEurope/Kyiv\t2024-01-01"
    )
    plain, packed, zipped = (tmp_path / name for name in ("UA.txt", "UA.txt.gz", "UA.zip"))
    plain.write_text(line + "\n", encoding="utf-8")
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("readme.txt", "about")
        archive.write(plain, "UA.txt")
    for path in (plain, packed, zipped):
        assert add("geonames", [path], book).added == 1
    assert place_named(open_gazetteer(book), "Нова Тестівка").population == 120


@pytest.mark.parametrize("name", ["x.zip", "x.gz", "missing.csv"])
def test_files_that_cannot_be_unpacked_are_said(tmp_path, book, name):
    path = tmp_path / name
    if "missing" not in name:
        path.write_bytes(b"not what its name says")
    with pytest.raises(PlaceFileError, match=name):
        add("csv", [path], book)


def test_a_pcode_of_another_place_is_refused(tmp_path, book):
    file = tmp_path / "1.csv"
    file.write_text("id,name,lon,lat,pcode\nx:1,A,37,48,UA14\n", encoding="utf-8")
    add("csv", [file], book)
    file.write_text("id,name,lon,lat,pcode\nx:2,B,37,48,UA14\n", encoding="utf-8")
    with pytest.raises(PlaceFileError, match="UA14 of B already belongs to x:1"):
        add("csv", [file], book)


def test_cod_ab_needs_settlements_and_no_pcode_twice(tmp_path, book):
    settlements, hromadas = tmp_path / "s.csv", tmp_path / "h.csv"
    settlements.write_text(
        "pcode,name_en,name_uk,hromada_pcode\nUA1416021035,Kotlyne,Котлине,UA1416021\n"
    )
    hromadas.write_text(
        "pcode,name_en,name_uk,raion_pcode,lat,lon\nUA1416021,P,П,UA1416,48.28,37.17\n"
    )
    with pytest.raises(PlaceFileError, match="no list of settlements"):
        add("cod-ab", [hromadas], book)
    with pytest.raises(PlaceFileError, match="in two of the files"):
        add("cod-ab", [settlements, settlements, hromadas], book)
    answer = add("cod-ab", [settlements, hromadas], book)
    assert (answer.added, answer.joined) == (1, 1)
    kotlyne = place_named(open_gazetteer(book), "Kotlyne")
    assert (kotlyne.id, kotlyne.pcode) == ("village:kotlyne-05", "UA1416021035")


def test_the_command_prints_tables_for_people(tmp_path):
    runner = CliRunner()
    file = tmp_path / "mine.csv"
    file.write_text(MINE, encoding="utf-8")
    for words, shown in (
        (["find", "Kostiantynivka", "--near", "Pokrovsk"], "Donetsk Oblast"),
        (["info", "Pokrovsk"], "Krasnoarmiisk"),
        (["distance", "Pokrovsk", "Kramatorsk"], "57.9 km = 36.0 miles"),
        (["add", "csv", str(file)], "added"),
        (["info", "Testivka"], "x:1"),
    ):
        answer = runner.invoke(command, words)
        assert answer.exit_code == 0, answer.output
        assert shown in answer.output
    with pytest.raises(ContestedError, match="--book"):
        command.main(["find", "Pokrovsk", "--on", "2025-01-01"], standalone_mode=False)


def test_names_complete_with_tab():
    from click.shell_completion import ShellComplete

    completer = ShellComplete(command, {}, "places", "_PLACES_COMPLETE")
    found = [item.value for item in completer.get_completions(["find"], "Kramat")]
    assert "Kramatorsk" in found


class HereReader:
    """Reads maps in this process."""

    def read(self, content, file):
        return parse(content, file)


def test_the_front_on_a_day_comes_from_the_book(tmp_path):
    """A front runs past the Lyman of Kharkiv oblast: on that day it is the likelier one."""
    path = tmp_path / "maps" / file_name(0)
    path.parent.mkdir()
    path.write_bytes(map_file(feature(OCCUPIED, polygon(box(36.5, 49.3, 36.9, 49.9)))))
    book = Book.create(tmp_path / "war.book")
    ingest(book, "deepstate", [path], reader=HereReader(), now=lambda: datetime.now(tz=UTC))
    book.close()
    words = ["find", "Lyman", "--book", str(tmp_path / "war.book"), "--json"]
    on_day = json.loads(CliRunner().invoke(command, [*words, "--on", "2023-01-01"]).output)
    any_day = json.loads(CliRunner().invoke(command, words).output)
    score = {place["id"]: place["score"] for place in on_day["places"]}
    before = {place["id"]: place["score"] for place in any_day["places"]}
    assert score["geonames:703071"] > before["geonames:703071"]
    assert "km from the front" in on_day["places"][0]["reason"]
    with pytest.raises(ContestedError, match="2024-01-01"):
        command.main([*words, "--on", "2024-01-01"], standalone_mode=False)


def dump(*rows):
    lines = (
        f"{number}\t{name}\t{name}\t{uk}\t{lat}\t{lon}\tP\tPPL\tUA\t\t05\t\t\t\t0\t\t\tEurope/Kyiv\t2024-01-01"
        for number, name, uk, lon, lat in rows
    )
    return "\n".join(lines)


def test_a_geonames_record_takes_the_place_of_a_village_kept_by_hand(tmp_path, book):
    file = tmp_path / "UA.txt"
    file.write_text(dump((1, "Kotlyne", "Котлине", 37.048, 48.254)), encoding="utf-8")
    add("geonames", [file], book)
    gazetteer = open_gazetteer(book)
    assert [place.id for place in find(gazetteer, "Kotlyne").places] == ["geonames:1"]
    assert gazetteer.entry("village:kotlyne-05") is None
    # … and it stays so when more is added.
    other = tmp_path / "mine.csv"
    other.write_text(MINE, encoding="utf-8")
    add("csv", [other], book)
    assert [place.id for place in find(open_gazetteer(book), "Котлине").places] == ["geonames:1"]
    # The shipped gazetteer is as it was.
    assert find(open_gazetteer(), "Kotlyne").places[0].id == "village:kotlyne-05"


def test_the_order_of_adding_does_not_matter(tmp_path, book):
    settlements, hromadas, names = tmp_path / "s.csv", tmp_path / "h.csv", tmp_path / "UA.txt"
    settlements.write_text(
        "pcode,name_en,name_uk,hromada_pcode\nUA1416021099,Nova Testivka,Нова Тестівка,UA1416021\n",
        encoding="utf-8",
    )
    hromadas.write_text(
        "pcode,name_en,name_uk,raion_pcode,lat,lon\nUA1416021,P,П,UA1416,48.28,37.17\n",
        encoding="utf-8",
    )
    names.write_text(dump((9, "Nova Testivka", "Нова Тестівка", 37.2, 48.3)), encoding="utf-8")
    add("cod-ab", [settlements, hromadas], book)
    assert place_named(open_gazetteer(book), "Nova Testivka").id == "pcode:UA1416021099"
    add("geonames", [names], book)
    add("cod-ab", [settlements, hromadas], book)
    found = find(open_gazetteer(book), "Nova Testivka").places
    assert [place.id for place in found] == ["geonames:9"]
    assert place_named(open_gazetteer(book), "Nova Testivka").pcode == "UA1416021099"


def test_a_dump_shows_official_spellings(tmp_path, book):
    file = tmp_path / "UA.txt"
    file.write_text(dump((7, "Hulyaytestove", "Гуляйтестове", 36.0, 47.0)), encoding="utf-8")
    add("geonames", [file], book)
    assert place_named(open_gazetteer(book), "Hulyaytestove").name == "Huliaitestove"


@pytest.mark.parametrize(
    ("copied", "name"),
    [
        ("у Покровську", "Pokrovsk"),
        ("під Покровськом", "Pokrovsk"),
        ("в Покровске", "Pokrovsk"),
        ("в Харькове", "Kharkiv"),
        ("біля Гуляйполя", "Huliaipole"),
        ("під Часовим Яром", "Chasiv Yar"),
        ("до Сум", "Sumy"),
        ("Слов’янську", "Sloviansk"),
    ],
)
def test_names_as_they_are_copied_from_a_sentence(copied, name):
    assert place_named(open_gazetteer(), copied).name == name


def test_a_place_that_is_not_where_its_point_is_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    settlements, hromadas = tmp_path / "s.csv", tmp_path / "h.csv"
    settlements.write_text(
        "pcode,name_en,name_uk,hromada_pcode\n"
        "UA1412007018,Stupochky,Ступочки,UA1412007\nUA1416021035,Kotlyne,Котлине,UA1416021\n"
    )
    hromadas.write_text(
        "pcode,name_en,name_uk,raion_pcode,lat,lon\n"
        "UA1412007,Kostiantynivska,Костянтинівська,UA1412,48.5578,37.7367\n"
        "UA1416021,Pokrovska,Покровська,UA1416,48.2509,37.1397\n"
    )
    assert (
        CliRunner().invoke(command, ["add", "cod-ab", str(settlements), str(hromadas)]).exit_code
        == 0
    )
    vague = CliRunner().invoke(command, ["info", "UA1412007018"])
    assert "need not hold for the settlement" in vague.stderr
    assert "±" in CliRunner().invoke(command, ["find", "Stupochky"]).output
    # Joined with the village kept by hand, whose point is its own.
    joined = CliRunner().invoke(command, ["info", "UA1416021035", "--json"])
    assert (json.loads(joined.stdout)["id"], joined.stderr) == ("village:kotlyne-05", "")
    fields = [""] * 19
    fields[:9] = ["704937", "Kotlyne", "Kotlyne", "Котлине", "48.2551", "37.0496", "P", "PPL", "UA"]
    fields[10], fields[18] = "05", "2025-01-01"
    dump = tmp_path / "UA.txt"
    dump.write_text("\t".join(fields) + "\n")
    assert CliRunner().invoke(command, ["add", "geonames", str(dump)]).exit_code == 0
    # One place with GeoNames id, P-code and all names, in whatever order the files came.
    heir = json.loads(CliRunner().invoke(command, ["info", "UA1416021035", "--json"]).stdout)
    assert heir["id"] == "geonames:704937"
    assert "Kotlino" in [name for names in heir["names"].values() for name in names]


def test_semicolons_and_kinds_of_a_table(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    table = tmp_path / "mine.csv"
    table.write_text("name;lon;lat\nQuarter;37.2;48.2\n")
    with pytest.raises(PlaceFileError, match="parted by semicolons; save the file with commas"):
        command.main(["add", "csv", str(table)], standalone_mode=False)
    table.write_text("name,lon,lat,kind\nQuarter,37.2,48.2,quarter\n")
    with pytest.raises(PlaceFileError, match=r"line 2: kind 'quarter': wanted city, district"):
        command.main(["add", "csv", str(table)], standalone_mode=False)
    table.write_text("name,lon,lat,kind\nMy Quarter,37.2,48.2,district\n")
    command.main(["add", "csv", str(table)], standalone_mode=False)
    assert place_named(open_gazetteer(), "My Quarter").kind == "district"
