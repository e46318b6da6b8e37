"""The page built from a book: rights asked, files whole, nothing asked of the network."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest

from browser_page import world_series, world_site
from contested.errors import RightsError, UsageError
from contested.history.reference import ReferenceEngine
from contested.jobs.demo import demo
from contested.jobs.site import SiteRequest, build_site, daily_steps_km2
from contested.jobs.site_basemap import basemap_of
from contested.jobs.write_site import write_folder, write_single
from contested.render.site import site_files
from contested.store.book import Book
from worlds import OCCUPIED, box, feature, file_name, map_file, polygon, rectangle_km2

LATER = datetime(2027, 1, 1, tzinfo=UTC)


@pytest.fixture
def area_book(tmp_path):
    from contested.jobs.ingest import ingest

    book = Book.create(tmp_path / "book")
    path = tmp_path / file_name(0)
    path.write_bytes(map_file(feature(OCCUPIED, polygon(box(36, 48, 37, 49)), "Occupied")))
    ingest(book, "deepstate", [path])
    return book


def test_geometry_that_may_not_be_published_needs_local_and_says_so(area_book):
    with pytest.raises(RightsError, match="--local"):
        build_site(SiteRequest(area_book), now=lambda: LATER)
    site = build_site(SiteRequest(area_book, local=True), now=lambda: LATER)
    from history.web_unpack import unpack

    assert unpack(site.pack).facts["sources"][0]["localOnly"] is True


def test_every_page_names_whose_assessment_and_whose_places_in_the_same_words(area_book):
    """The name's home is the source's own file; print and page take it from there."""
    from contested.sources.registry import source

    site = build_site(SiteRequest(area_book, local=True), now=lambda: LATER)
    page = site_files(site)["index.html"].decode()
    assert source("deepstate").assessed_by == "DeepState"
    assert "as assessed by DeepState, to " in html.unescape(page)
    assert "Places: GeoNames (CC BY 4.0)" in page
    assert "DeepState’s map" not in page


def test_with_a_permit_it_is_a_page_for_others(area_book):
    from contested.jobs.permit import record_permits
    from contested.records import Use
    from history.web_unpack import unpack

    with area_book.writing() as ledger:
        record_permits(
            ledger, "deepstate", [Use.PUBLISH_GEOMETRY], by="a", ref="b",
            granted_on=date(2024, 1, 1), at=LATER,
        )  # fmt: skip
    site = build_site(SiteRequest(area_book), now=lambda: LATER)
    assert unpack(site.pack).facts["sources"][0]["localOnly"] is False


def test_a_map_younger_than_the_delay_is_not_published(tmp_path):
    result = demo(tmp_path)
    book = Book.open(next(tmp_path.glob("*.book")))
    assert result.report.exists()
    newest = datetime(2025, 11, 28, tzinfo=UTC)
    with pytest.raises(RightsError, match="delay"):
        build_site(SiteRequest(book), now=lambda: newest)


def test_points_make_a_page_without_areas(tmp_path):
    from history.web_unpack import unpack

    demo(tmp_path)
    site = build_site(SiteRequest(Book.open(next(tmp_path.glob("*.book")))), now=lambda: LATER)
    facts = unpack(site.pack).facts
    assert facts["runs"] == 0
    assert facts["sources"][0]["kind"] == "points"
    assert len(site.places) == 229
    assert all("not held" in row[1] for row in site.table[1:])


def test_steps_are_what_became_controlled_and_what_ceased_to_be():
    steps = daily_steps_km2(ReferenceEngine(world_series()))
    grown = rectangle_km2(36.4, 48.0, 36.6, 48.4)
    np.testing.assert_allclose(
        steps, [[0, 0], [0, 0], [grown, 0], [0, 0], [0, grown]], atol=0.5
    )  # fmt: skip


def test_no_file_names_an_address_outside_the_folder(tmp_path):
    write_folder(world_site(), tmp_path / "site")
    page = (tmp_path / "site/index.html").read_text(encoding="utf-8")
    loaded = re.findall(r'(?:src|href)="([^"]*)"', page)
    assert set(loaded) == {"data:,", "client.css", "maplibre.js", "client.js"}
    for name in loaded[1:]:
        assert (tmp_path / "site" / name).is_file()
    assert "default-src &#x27;none&#x27;" in page


def test_markup_in_names_cannot_end_the_element_they_stand_in():
    page = site_files(world_site())["index.html"].decode()
    assert "<img src=x" not in page


def test_the_same_site_is_the_same_bytes():
    assert site_files(world_site()) == site_files(world_site())


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be made"):
        write_folder(world_site(), tmp_path / "file" / "site")
    with pytest.raises(UsageError, match="does not exist"):
        write_single(world_site(), tmp_path / "none" / "one.html")


def test_a_base_map_opens_the_policy_for_its_own_origin_only():
    asked = basemap_of("https://tiles.example.org:8443/{z}/{x}/{y}.png", "© Somebody")
    files = site_files(replace(world_site(), basemap=asked))
    page = html.unescape(files["index.html"].decode())
    assert "maplibre-worker.js" in files
    policy = re.search(r'Policy" content="([^"]*)"', page)[1]
    opened = [one for one in policy.split("; ") if "https:" in one]
    assert opened == [
        "connect-src 'self' blob: https://tiles.example.org:8443",
        "img-src 'self' data: blob: https://tiles.example.org:8443",
    ]
    plain = html.unescape(site_files(world_site())["index.html"].decode())
    assert "http" not in re.search(r'Policy" content="([^"]*)"', plain)[1]


@pytest.mark.parametrize(
    ("address", "credit", "said"),
    [
        ("https://t.example/{z}/{x}/{y}.png", " ", "--attribution"),
        ("http://t.example/{z}/{x}/{y}.png", "me", "https://"),
        ("https://me:secret@t.example/{z}/{x}/{y}.png", "me", "password"),
        ("https://t.example/{z}/{x}/{y}.png; script-src *", "me", "percent-encoded"),
        ("https://t.example/map.png", "me", "neither"),
        ("javascript:alert(1)//.json", "me", "https://"),
    ],
)
def test_an_unfit_base_map_is_one_line(address, credit, said):
    with pytest.raises(UsageError, match=said) as caught:
        basemap_of(address, credit)
    assert "\n" not in str(caught.value)


def test_an_archive_may_lie_beside_the_page():
    assert basemap_of("ukraine.pmtiles", "me").origin == "'self'"


def test_beside_a_served_page_lies_no_archive():
    with pytest.raises(UsageError, match="serve holds only its own files") as caught:
        basemap_of("ukraine.pmtiles", "me", beside=False)
    assert "\n" not in str(caught.value)
    far = basemap_of("https://tiles.example.org/ukraine.pmtiles", "me", beside=False)
    assert far.origin == "https://tiles.example.org"


def test_a_later_source_continues_the_page_unless_one_is_named(area_book, tmp_path):
    from contested.jobs.ingest import ingest
    from history.web_unpack import unpack

    path = tmp_path / "deepstatemap_data_20230110.geojson"
    ground = {"type": "MultiPolygon", "coordinates": [[box(36, 48, 37, 49)]]}
    drawn = {"type": "Feature", "properties": {}, "geometry": ground}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [drawn]}))
    ingest(area_book, "deepstate_daily", [path])
    both = build_site(SiteRequest(area_book, local=True), now=lambda: LATER)
    facts = unpack(both.pack).facts
    assert [one["name"] for one in facts["sources"]] == ["deepstate", "deepstate_daily"]
    assert facts["begins"] == [1]
    assert ("contested or unknown", "not held") in both.table
    request = SiteRequest(area_book, "deepstate", local=True)
    alone = unpack(build_site(request, now=lambda: LATER).pack).facts
    assert [one["name"] for one in alone["sources"]] == ["deepstate"]
