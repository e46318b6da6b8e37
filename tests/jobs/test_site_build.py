"""The page built from a book: rights asked, files whole, nothing asked of the network."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import numpy as np
import pytest

from browser_page import world_series, world_site
from contested.errors import RightsError, UsageError
from contested.history.reference import ReferenceEngine
from contested.jobs.demo import demo
from contested.jobs.site import SiteRequest, build_site, daily_steps_km2
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
    assert set(loaded) == {
        "data:,", "client.css", "maplibre-worker.js", "maplibre.js", "client.js",
    }  # fmt: skip
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
