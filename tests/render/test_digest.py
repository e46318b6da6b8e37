"""The digest that a duty editor pastes, word for word, and the feed of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import feedparser
import msgspec
import pytest

from contested.history.answers import (
    ChangedPlace,
    FlippedPlace,
    MapFault,
    MatrixCell,
    Redraw,
    ShownOn,
    WhatChanged,
)
from contested.render.atom import atom_feed
from contested.render.digest import MOST_NAMED, digest, headline
from contested.sources.registry import source

CREDIT = "Map data: DeepStateMap.live"
DEEPSTATE = source("deepstate")


def changed(name, before, after, people=None, day=date(2025, 8, 3)):
    return ChangedPlace(
        place=name, place_id=f"test:{name}", oblast="Donetsk Oblast", population=people,
        population_source="GeoNames, undated" if people else None, lon=37.0, lat=48.0,
        before=before, after=after, day=day, snapshot="c" * 64,
    )  # fmt: skip


BASE = WhatChanged(
    source="deepstate",
    asked=(date(2025, 8, 2), date(2025, 8, 3)),
    as_of=date(2025, 8, 3),
    snapshot="b" * 64,
    published=datetime(2025, 8, 3, 19, 58, 25, tzinfo=UTC),
    from_day=date(2025, 8, 2),
    from_snapshot="a" * 64,
    from_published=datetime(2025, 8, 2, 20, 20, 26, tzinfo=UTC),
    scope=None,
    gained_km2=18.43,
    lost_km2=2.5,
    net_km2=15.93,
    contested_gained_km2=4.7,
    contested_lost_km2=0.0,
    matrix=[MatrixCell(before=None, after="occupied", km2=18.43)],
    settlements=[
        changed("Sukhetske", "contested", "controlled", 1234),
        changed("Novoukrainka", "free", "contested"),
    ],
    flips=[],
    probable_map_faults=[],
    redraws=[],
    days_without_map=[],
    not_held=[],
    method="changes/2",
    parameters={"cut_by": "the whole map", "settlements": 5490},
)
LAST = (
    " Settlements: 5,490 of the gazetteer, each by its point; inhabitants: GeoNames, undated."
    " Maps lag: a change can be shown days after the event, and losses often are."
    " Map data: DeepStateMap.live; snapshots aaaaaaaaaaaa and bbbbbbbbbbbb; changes/2."
)


def but(**fields):
    return msgspec.structs.replace(BASE, **fields)


def test_a_day_in_one_paragraph():
    assert digest(BASE, CREDIT) == (
        "The map of 3 August 2025 (19:58 UTC), compared with that of 2 August 2025 (20:20 UTC),"
        " shows 18.4 km² (7.1 sq mi) newly as controlled and 2.5 km² (1.0 sq mi) no longer: net"
        " +15.9 km². Contested or unknown: 4.7 km² (1.8 sq mi) newly, none no longer."
        " Newly shown as controlled, before contested or unknown: Sukhetske (Donetsk Oblast; 1,234"
        " inhabitants). Newly shown as contested or unknown, before government-controlled:"
        " Novoukrainka (Donetsk Oblast)." + LAST
    )


def test_a_withdrawal_is_told_first():
    text = digest(but(gained_km2=0.0, lost_km2=3057.2, net_km2=-3057.2), CREDIT)
    assert "shows 3,057 km² (1,180 sq mi) no longer as controlled, and none the other way." in text


def test_no_change_is_said():
    same = but(gained_km2=0.0, lost_km2=0.04, net_km2=-0.04, settlements=[], matrix=[])
    assert "shows no change of controlled ground. " in digest(same, CREDIT)
    assert "No settlement is shown otherwise." in digest(same, CREDIT)


def test_a_part_of_the_map_is_named_and_how_it_was_cut():
    cut = but(scope="in Donetsk Oblast", parameters={"cut_by": "the boundaries given",
                                                     "settlements": 1})  # fmt: skip
    text = digest(cut, CREDIT)
    assert "newly as controlled in Donetsk Oblast and" in text
    assert "Sukhetske (1,234 inhabitants)" in text
    assert text.endswith("changes/2, km² by the boundaries given.")


def test_over_more_days_every_place_has_its_map():
    longer = but(from_day=date(2025, 7, 27), days_without_map=[date(2025, 7, 30)])
    text = digest(longer, CREDIT)
    assert "Sukhetske (Donetsk Oblast; 1,234 inhabitants; map of 3 August 2025)" in text
    assert "No map of 30 July 2025." in text


def test_places_beyond_a_handful_are_counted():
    many = [changed(f"P{i}", "free", "controlled") for i in range(MOST_NAMED + 3)]
    assert f"P{MOST_NAMED - 1} (Donetsk Oblast) and 3 more." in digest(
        but(settlements=many), CREDIT
    )


def test_outlines_that_were_only_drawn_anew():
    redraw = Redraw(day=date(2023, 4, 20), snapshot="r", came=7485, redrawn=7447)
    text = digest(but(redraws=[redraw]), CREDIT)
    assert (
        "Outlines were drawn anew with the map of 20 April 2023 (7,447 of 7,485 new edges within"
        " a metre): these edges are no change of control." in text
    )
    assert "anew" not in digest(but(redraws=[]), CREDIT)


def test_what_flipped_and_what_is_probably_a_fault():
    flip = FlippedPlace(
        place="Torske", place_id="t", oblast=None, population=None, population_source=None,
        status="free",
        shown=[ShownOn(day=date(2025, 8, 2), status="contested"),
               ShownOn(day=date(2025, 8, 3), status="free")],
    )  # fmt: skip
    fault = MapFault(
        day=date(2025, 8, 3), snapshot="b", status="controlled", step_km2=-430.0, taken_back_km2=428
    )
    text = digest(but(flips=[flip], probable_map_faults=[fault]), CREDIT)
    assert (
        "Changed and changed back: Torske: contested or unknown on 2 August 2025,"
        " government-controlled on 3 August 2025." in text
    )
    assert "−430.0 km² with the map of 3 August 2025, of which the next map took back 428" in text
    pending = msgspec.structs.replace(fault, taken_back_km2=None)
    text = digest(but(probable_map_faults=[pending]), CREDIT)
    assert "whether the next map takes it back cannot be known yet" in text


def test_a_source_without_contested_ground_says_so():
    daily = but(
        contested_gained_km2=None, contested_lost_km2=None,
        settlements=[changed("Sukhetske", "free", "controlled")],
        published=datetime(2025, 8, 4, tzinfo=UTC),
    )  # fmt: skip
    text = digest(daily, CREDIT)
    assert "The source does not show contested ground." in text
    assert "before not controlled: Sukhetske" in text
    assert "The map of 3 August 2025 (as of its end, UTC)" in text


def test_no_newer_map():
    text = digest(but(from_snapshot="b" * 64, from_day=date(2025, 8, 3)), CREDIT)
    assert text.startswith("No newer map: deepstate's map of 3 August 2025 (19:58 UTC)")
    assert "shows" not in text.split(".")[0]


def test_words_are_neutral():
    flip = but(gained_km2=0.0, lost_km2=9.0, net_km2=-9.0)
    for text in (digest(BASE, CREDIT), digest(flip, CREDIT), headline(BASE)):
        words = text.lower().split()
        assert not {"captured", "seized", "liberated", "enemy", "forces", "fell"} & set(words)


def feed(days=(BASE,), scope=None):
    return atom_feed(days, DEEPSTATE, scope)


EARLIER = but(
    as_of=date(2025, 8, 2), published=datetime(2025, 8, 2, 20, 20, 26, tzinfo=UTC), net_km2=-1.5,
    settlements=[],
)  # fmt: skip


def test_the_feed_is_one_that_readers_understand():
    parsed = feedparser.parse(feed((EARLIER, BASE)))
    assert not parsed.bozo
    assert parsed.version == "atom10"
    assert parsed.feed.title == "What changed on the map: DeepState map, full series"
    assert parsed.feed.updated == "2025-08-03T19:58:25Z"
    assert parsed.feed.author == "contested"
    assert "DeepStateMap.live" in parsed.feed.rights
    newest, earlier = parsed.entries
    assert (
        newest.title == "3 August 2025: controlled ground +15.9 km², 2 settlements shown otherwise"
    )
    assert newest.content[0].value == digest(BASE, CREDIT)
    assert newest.content[0].type == "text/plain"
    assert (
        earlier.title == "2 August 2025: controlled ground −1.5 km², no settlement shown otherwise"
    )
    assert earlier.updated == "2025-08-02T20:20:26Z"
    for one in (parsed.feed, newest, earlier):
        assert UUID(one.id.removeprefix("urn:uuid:")).version == 5


def test_identifiers_stay_when_the_days_map_is_drawn_anew():
    again = but(snapshot="d" * 64, published=datetime(2025, 8, 3, 22, 0, tzinfo=UTC))
    one, other = (feedparser.parse(feed((day,))) for day in (BASE, again))
    assert one.entries[0].id == other.entries[0].id
    assert one.entries[0].updated < other.entries[0].updated


@pytest.mark.parametrize("scope", [None, "in Donetsk Oblast", "within 5 km of <A & B>"])
def test_every_scope_is_a_feed_of_its_own_and_the_same_bytes_again(scope):
    assert feed(scope=scope) == feed(scope=scope)
    parsed = feedparser.parse(feed(scope=scope))
    assert not parsed.bozo
    other = feedparser.parse(feed(scope="elsewhere"))
    assert parsed.feed.id != other.feed.id
    assert parsed.entries[0].id != other.entries[0].id
