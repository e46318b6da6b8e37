"""The desk's daily question as a person asks it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import feedparser
import pytest

from contested.jobs.what_changed import ChangesRequest, write_feed
from contested.store.book import Book
from worlds import box, rectangle_km2


@pytest.fixture
def ask(cli, world_book):
    def call(*arguments):
        return cli("changes", *arguments, "--book", world_book)

    return call


@pytest.fixture
def answer(ask):
    def call(*arguments):
        ran = ask(*arguments, "--json")
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return call


def test_yesterday_counts_back_from_the_newest_map(ask, answer):
    shown = answer("--since", "yesterday")
    assert shown["asked"] == ["2023-01-15", "2023-01-16"]
    # No map of the 15th: the last one before it answers.
    assert (shown["from_day"], shown["as_of"]) == ("2023-01-05", "2023-01-16")
    assert "2023-01-10" in shown["days_without_map"]
    assert "from the newest map held (2023-01-16), not from today" in ask("--since", "week").out


def test_since_a_day_until_another(answer):
    shown = answer("--since", "2023-01-01", "--to", "2023-01-02")
    assert shown["gained_km2"] == pytest.approx(rectangle_km2(37.3, 48, 37.4, 48.5), abs=0.1)
    assert shown["contested_gained_km2"] > 0
    assert shown["method"] == "changes/2"
    assert shown["digest"].startswith("The map of 2 January 2023 (12:00 UTC), compared with")
    assert {"source", "snapshot", "published", "from_snapshot", "parameters"} <= set(shown)


def test_settlements_near_a_place(answer, ask):
    shown = answer("--since", "2023-01-01", "--near", "Pokrovsk", "--km", "15")
    assert shown["scope"] == "within 15 km of Pokrovsk"
    names = {one["place"]: one for one in shown["settlements"]}
    assert names["Pokrovsk"]["to"] == "contested" or names["Pokrovsk"]["to"] == "controlled"
    everywhere = answer("--since", "2023-01-01")
    assert len(everywhere["settlements"]) > len(shown["settlements"])
    assert everywhere["gained_km2"] > shown["gained_km2"] > 0
    assert (
        "within 15 km of Pokrovsk" in ask("--since", "week", "--near", "Pokrovsk", "--km", 15).out
    )


def test_an_oblast_by_its_settlements_and_by_boundaries(answer, tmp_path):
    whole = answer("--since", "2023-01-01")
    donetsk = answer("--since", "2023-01-01", "--oblast", "Donetsk")
    assert 0 < donetsk["gained_km2"] <= whole["gained_km2"]
    assert donetsk["parameters"]["cut_by"] == "ground nearest to its settlements"
    assert {one["oblast"] for one in donetsk["settlements"]} == {"Donetsk Oblast"}
    assert answer("--since", "2023-01-01", "--oblast", "Lviv")["matrix"] == []
    ring = [[37.2, 48], [37.4, 48], [37.4, 48.25], [37.2, 48.25], [37.2, 48]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "properties": {"name": "Southland"}, "geometry": shape}
    path = tmp_path / "oblasts.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    cut = answer("--since", "2023-01-01", "--oblast", "Southland", "--boundaries", path)
    assert cut["gained_km2"] == pytest.approx(rectangle_km2(37.2, 48, 37.4, 48.25), rel=0.002)
    assert cut["parameters"]["cut_by"] == "the boundaries given"


def test_codes_of_boundaries_are_not_those_of_the_gazetteer(answer, tmp_path):
    """GeoNames calls Donetsk oblast 05, ISO 3166-2 calls Vinnytsia oblast UA-05."""
    features = [
        {
            "type": "Feature",
            "properties": {"name": name, "iso3166-2": code},
            "geometry": {"type": "Polygon", "coordinates": [box(*corners)]},
        }
        for name, code, corners in (
            ("Вінницька область", "UA-05", (27.5, 48, 30, 50)),
            ("Донецька область", "UA-14", (36.5, 47, 39, 49)),
        )
    ]
    path = tmp_path / "oblasts.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    donetsk = answer("--since", "2023-01-01", "--oblast", "Donetsk", "--boundaries", path)
    assert donetsk["scope"] == "in Donetsk Oblast"
    whole = answer("--since", "2023-01-01")
    assert donetsk["gained_km2"] == pytest.approx(whole["gained_km2"], abs=0.1)
    vinnytsia = answer("--since", "2023-01-01", "--oblast", "Vinnytsia", "--boundaries", path)
    assert (vinnytsia["gained_km2"], vinnytsia["settlements"]) == (0, [])


def test_a_digest_is_one_paragraph_and_engines_agree(ask):
    one = ask("--since", "2023-01-01", "--digest")
    assert one.code == 0
    assert len(one.out.strip().splitlines()) == 1
    other = ask("--since", "2023-01-01", "--digest", "--engine", "reference")
    assert other.out == one.out


def test_from_and_to_with_a_digest(ask):
    ran = ask("--from", "2023-01-01", "--to", "2023-01-05", "--digest")
    assert "The map of 5 January 2023" in ran.out


def test_a_feed_has_an_entry_a_day_with_a_map(ask, tmp_path):
    path = tmp_path / "feed.xml"
    ran = ask("--since", "2023-01-01", "--atom", path)
    assert f"feed: {path} (3 entries)" in ran.out
    first = path.read_bytes()
    ask("--since", "2023-01-01", "--atom", path)
    assert path.read_bytes() == first
    parsed = feedparser.parse(first)
    assert not parsed.bozo
    assert [one.updated[:10] for one in parsed.entries] == [
        "2023-01-16",
        "2023-01-05",
        "2023-01-02",
    ]
    assert "No map of 3 January 2023, 4 January 2023." in parsed.entries[1].content[0].value


def test_a_feed_for_others_waits(world_book, tmp_path):
    book = Book.open(world_book)
    request = ChangesRequest(since=date(2023, 1, 1))
    early = datetime(2023, 1, 17, 12, tzinfo=UTC)
    path = tmp_path / "feed.xml"
    assert write_feed(book, request, path, publish=True, now=lambda: early) == 2
    assert write_feed(book, request, path, publish=True, delay_hours=0, now=lambda: early) == 3
    assert write_feed(book, request, path, now=lambda: early) == 3


def test_polygons_beside_it(ask, tmp_path):
    path = tmp_path / "c.geojson"
    assert ask("--since", "2023-01-01", "--geojson", path).code == 0
    assert json.loads(path.read_text())["features"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "both --from and --to, or --since"),
        (("--to", "2023-01-05"), "both --from and --to, or --since"),
        (("--since", "tomorrow"), "none of yesterday, week, YYYY-MM-DD"),
        (("--since", "week", "--from", "2023-01-01"), "give one of them"),
        (("--since", "2023-01-05", "--to", "2023-01-01"), "swap the dates"),
        (("--since", "2022-01-01"), "begins on 2023-01-01"),
        (("--since", "2024-01-01"), "the newest map held is that of 2023-01-16"),
        (("--since", "week", "--km", "5"), "give --near PLACE"),
        (("--since", "week", "--near", "Pokrovsk", "--km", "0"), "above 0"),
        (("--since", "week", "--near", "Nowhereville"), "no place of this name"),
        (("--since", "week", "--near", "Pokrovsk", "--oblast", "Donetsk"), "give one of them"),
        (("--since", "week", "--oblast", "Atlantis"), "no oblast of this name is known"),
        (("--since", "week", "--boundaries", "x.geojson"), "give --oblast NAME"),
        (("--since", "week", "--oblast", "Lviv", "--boundaries", "x.geojson"), "cannot be read"),
        (("--since", "week", "--publish"), "give --atom FILE"),
        (("--since", "2023-01-16", "--atom", "feed.xml"), "no entry for the feed"),
        (("--since", "week", "--source", "settlements"), "points"),
    ],
)
def test_bad_input_is_one_clear_line(ask, arguments, says):
    ran = ask(*arguments)
    assert ran.code == 2
    assert says in ran.err
    assert len(ran.err.strip().splitlines()) == 1


def test_an_empty_book_and_a_book_of_points(cli, tmp_path, points_book):
    Book.create(tmp_path / "empty.book")
    ran = cli("changes", "--since", "week", "--book", tmp_path / "empty.book")
    assert (ran.code, "holds no maps" in ran.err) == (2, True)
    ran = cli("changes", "--since", "week", "--book", points_book)
    assert (ran.code, "points" in ran.err) == (2, True)
