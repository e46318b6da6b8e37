"""Report pages: order, evidence, policy, hostile and missing input."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from contested.render.page import page, style_sheet
from contested.render.report import point_report_page, report_page
from contested.render.sheet import InputFile, MethodNote
from scenes import DAY, HOSTILE, locator, point_report, report, source, timeline, town

VOID = {"meta", "br", "img", "link", "input", "hr"}


class Reader(HTMLParser):
    """Collects tags, ids and text; fails on tags that do not close in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.ids: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.words += data


PAGES = {"report": report_page(report()), "points": point_report_page(point_report())}


@pytest.mark.parametrize("text", PAGES.values(), ids=PAGES)
def test_pages_are_well_formed_and_load_nothing(text: str) -> None:
    read = Reader(text)
    assert len(read.ids) == len(set(read.ids))
    assert not read.tags & {"script", "iframe", "object", "embed", "link", "img", "form", "base"}
    names = {name for name, _ in read.attributes}
    assert not names & {"src", "srcset", "style", "xlink:href", "action", "background"}
    assert not [n for n in names if n.startswith("on")]
    assert "@import" not in text
    assert not re.search(r"url\((?!#)", text)
    assert [value for name, value in read.attributes if name == "href"] == [
        "https://example.org/terms"
    ]


@pytest.mark.parametrize("text", PAGES.values(), ids=PAGES)
def test_policy_names_the_style_that_is_there(text: str) -> None:
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert style is not None
    assert policy is not None
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    assert policy[1].startswith("default-src 'none'; ")
    assert f"style-src 'sha256-{digest}'" in policy[1]
    assert "unsafe" not in policy[1]


def test_sections_stand_in_the_order_of_the_design() -> None:
    words = Reader(PAGES["report"]).words
    order = [
        "Middleton, 5 November 2025", "as assessed by Mapmakers", "Not held:",
        "As assessed by Mapmakers, map of", "The place on that day", "What changed before",
        "The place’s history", "Area by status", "Sources and terms", "Inputs", "Methods",
        "What is not held", "Boundaries",
    ]  # fmt: skip
    at = [words.index(part) for part in order]
    assert at == sorted(at)


def test_figures_are_those_handed_in() -> None:
    words = Reader(PAGES["report"]).words
    assert "<dt>Newly occupied</dt><dd>200.5 km²<" in PAGES["report"]
    assert "<dt>No longer occupied</dt><dd>32.3 km²<" in PAGES["report"]
    for figure in ("19.5 %", "from 0 %", "200.5 km²", "32.3 km²", "+168.2 km²", "115,353 km²",
                   "44,538 sq mi", "30 October 2025", "any of the 2 km disc", "ab" * 32,
                   "map_20251105.geojson", "shares/1", "1 September 2025", "the mapmakers",
                   "keep, publish pictures", "contested 0.1.0"):  # fmt: skip
        assert figure in words


def test_not_held_is_words_never_zero() -> None:
    text = PAGES["report"]
    assert text.count('<td class="quiet"><bdi>not held</bdi></td>') == 3
    assert "carries no ground “contested or unknown”" in text
    everything = report_page(report(not_held=()))
    assert "Every status that the source can show on that day is held." in everything


def test_another_days_map_is_named() -> None:
    from datetime import date

    words = Reader(report_page(report(asked=date(2025, 11, 6)))).words
    assert "map of 5 November 2025 (asked for: 6 November 2025)" in words


def test_pictures_come_in_two_widths() -> None:
    text = PAGES["report"]
    assert text.count('<div class="broad"><svg') == text.count('<div class="narrow"><svg') == 3
    assert 'id="map-broad-control"' in text
    assert 'id="map-narrow-control"' in text


def test_missing_parts_are_said() -> None:
    words = Reader(
        report_page(report(key_figures=None, changes=None, timeline=None, area_series=()))
    ).words
    assert "No shares are held" in words
    assert "No earlier map is held" in words
    assert "No history of this place is held." in words


def test_points_page_refuses_areas_in_words() -> None:
    words = Reader(PAGES["points"]).words
    assert "drawn as dots, never as areas" in words
    assert "add a source of areas" in words
    assert "Area by status" not in words
    assert "km²" not in words
    assert "points-control" not in PAGES["points"]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_anywhere_change_no_markup(name: str) -> None:
    place = town(name)
    rights = replace(source().rights, terms=name, terms_url=name, ask=name)
    hostile = replace(source(name, name), credit=name, date_rule=name, lineage=name, rights=rights)
    read = Reader(
        report_page(
            report(
                place=place, source_title=name, map=locator(places=(place,), focus=place.id),
                timeline=timeline(name), area_scope=name, sources=(hostile,), version=name,
                inputs=(InputFile(name, name, DAY, name),), methods=(MethodNote(name, name, name),),
            )
        )
    )  # fmt: skip
    assert read.tags == Reader(PAGES["report"]).tags - {"a"}


def test_page_is_dark_by_the_readers_choice_and_light_in_print() -> None:
    css = style_sheet()
    assert "@media screen and (prefers-color-scheme:dark)" in css
    assert ".f-occupied{fill:#7d4436}" in css
    assert "@media print" in css
    assert "@media (max-width:620px)" in css


def test_page_escapes_its_title() -> None:
    assert "<title>&lt;b&gt;</title>" in page("<b>", "")


def test_pages_repeat() -> None:
    assert report_page(report()) == PAGES["report"]
    assert len(PAGES["report"]) < 150_000
