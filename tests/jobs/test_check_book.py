"""Checks kept in a book: who said what when, judgements over verdicts, series of one's own."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import msgspec
import pytest

from contested.errors import BookError, InputError, NotHeldError, UsageError
from contested.jobs.check import article_of, as_document, check, keep, open_loader
from contested.jobs.claim_files import fields_claim
from contested.jobs.claimreview import claim_reviews
from contested.jobs.claims_log import kept_claim, kept_claims
from contested.jobs.ingest import ingest
from contested.jobs.judge import judge
from contested.jobs.own_series import add_series
from contested.jobs.places import open_gazetteer
from contested.jobs.verify import verify
from contested.records import Draft
from contested.records.verdict import Finding
from worlds import OCCUPIED, SINCE_2014, box, feature, file_name, map_file, polygon

DAY = date(2023, 1, 20)
NOW = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)

# Pokrovsk lies at 37.177°E 48.280°N: outside on day 0, wholly inside from day 10 on.
BEFORE = map_file(
    feature(OCCUPIED, polygon(box(37.6, 47.5, 38.4, 48.6, steps=3))),
    feature(SINCE_2014, polygon(box(38.4, 47.5, 39.0, 48.6))),
)
AFTER = map_file(
    feature(OCCUPIED, polygon(box(37.0, 47.5, 38.4, 48.6, steps=3))),
    feature(SINCE_2014, polygon(box(38.4, 47.5, 39.0, 48.6))),
)


@pytest.fixture
def war(book, tmp_path):
    """A book with maps of 1, 5, 10, 15 and 20 January 2023; the town falls on the 11th."""
    files = []
    for day, content in ((0, BEFORE), (4, BEFORE), (9, BEFORE), (10, AFTER), (14, AFTER),
                         (18, AFTER), (19, AFTER)):  # fmt: skip
        path = tmp_path / file_name(day)
        path.write_bytes(content)
        files.append(path)
    ingest(book, "deepstate", files)
    return book


def claim(**fields):
    row = {"kind": "control", "places": "Pokrovsk", "holder": "Russia", **fields}
    return fields_claim({key.rstrip("_"): value for key, value in row.items()})


def checked(book, *given, published=DAY):
    loader = open_loader(book)
    article = article_of("Own text", published, b"own text")
    return check(loader, open_gazetteer(None), list(given), article)


def verdicts(found):
    return [one.verdict.verdict for one in found.claims]


def test_control_and_its_change_on_a_small_world(war):
    found = checked(
        war,
        claim(id="held"),
        claim(id="denied", negated="yes"),
        claim(id="fell", kind="change_of_control", from_="2023-01-10", to="2023-01-12"),
        claim(id="early", kind="change_of_control", from_="2022-12-01", to="2022-12-05"),
        claim(id="cited", said_by="DeepState"),
    )
    assert verdicts(found) == [
        Finding.SUPPORTED, Finding.CONTRADICTED, Finding.SUPPORTED, Finding.NOT_HELD,
        Finding.MATCHES,
    ]  # fmt: skip
    fell = found.claims[2].verdict
    assert "0 % → 100 %" in fell.number
    assert {m.source for m in fell.maps} == {"deepstate"}


def test_a_book_that_keeps_claims_can_be_verified(war):
    """A claim's hash is that of its own words: no blob of the archive goes with it."""
    maps = verify(war)
    keep(war, checked(war, claim(id="held"), claim(id="denied", negated="yes")))
    found = verify(war)
    assert (found.entries, found.blobs) == (maps.entries + 4, maps.blobs)
    with war.writing() as ledger:
        body = {"id": "x", "verdict": None, "now": None}
        ledger.append([Draft("verdict", NOW, body, None, "ab" * 32)])
    with pytest.raises(BookError, match=f"entry {found.entries + 1}: the verdict does not match"):
        verify(war)


def test_a_publication_after_the_last_map_is_not_held(war):
    found = checked(war, claim(), claim(kind="risk"), published=date(2023, 6, 1))
    assert verdicts(found) == [Finding.NOT_HELD, Finding.NOT_HELD]
    assert "2023" in found.claims[1].verdict.sentence


def test_without_a_book_or_without_maps_distances_are_still_compared(book):
    distance = claim(kind="distance", places="Dobropillia,Pokrovsk", value="13mi")
    for place in (book, None):
        found = checked(place, claim(), distance)
        assert verdicts(found) == [Finding.NOT_HELD, Finding.SUPPORTED]
    assert "no maps" in found.claims[0].verdict.sentence


def test_another_war_is_not_held_politely(war):
    far = claim(places="Aleppo")
    unknown = claim(places="Qqzzx")
    found = checked(war, far, unknown)
    assert verdicts(found) == [Finding.NOT_HELD, Finding.NOT_HELD]


def test_claims_are_kept_once_and_found_by_place_and_day(war):
    given = [claim(id="a"), claim(id="b", places="Kramatorsk")]
    first = keep(war, checked(war, *given), now=lambda: NOW)
    before = war.ledger.head()
    again = keep(war, checked(war, *given), now=lambda: NOW)
    assert [one.id for one in first] == [one.id for one in again]
    assert war.ledger.head() == before
    assert len(list(kept_claims(war))) == 2
    assert [one.id for one in kept_claims(war, place="pokrovsk")] == [first[0].id]
    assert list(kept_claims(war, since=date(2024, 1, 1))) == []


def test_a_kept_claim_comes_back_as_it_was(war):
    given = claim(id="a", value="13mi; 63 km2", from_="2023-01-01", to="2023-01-05", said_by="X")
    (one,) = keep(war, checked(war, given))
    assert kept_claim(war, one.id[:6]).given.claim == given.claim


def test_redoing_a_check_gives_the_same_bytes(war):
    given = [claim(), claim(kind="movement", relation="near", from_="2023-01-05", to="2023-01-15")]
    first, again = (msgspec.json.encode(as_document(checked(war, *given))) for _ in range(2))
    assert first == again
    assert json.loads(first)["claims"][0]["verdict"]["verdict"] == "supported"


def test_a_claim_that_does_not_exist_is_one_line(war):
    with pytest.raises(UsageError, match="holds no claim 'abcdef'"):
        kept_claim(war, "abcdef")


def test_a_judgement_lies_over_the_verdict_and_both_stay(war):
    (one,) = keep(war, checked(war, claim()))
    made = judge(
        war, one.id, verdict="Partly supported", why=" Edge only. ", by="Ed", now=lambda: NOW
    )
    assert made.why == "Edge only."
    kept = kept_claim(war, one.id)
    assert kept.finding == "supported"
    assert [j.verdict for j in kept.judgements] == [Finding.PARTLY]


@pytest.mark.parametrize(
    "fields",
    [{"verdict": "true"}, {"verdict": "supported", "why": " "}, {"verdict": "supported", "by": ""}],
)
def test_a_judgement_needs_a_known_word_a_reason_and_a_name(war, fields):
    (one,) = keep(war, checked(war, claim()))
    before = war.ledger.head()
    with pytest.raises(UsageError):
        judge(war, one.id, **{"why": "because", "by": "Ed", **fields})
    assert war.ledger.head() == before


SCHEMA = {
    "ClaimReview": {"identifier", "datePublished", "author", "claimReviewed", "reviewBody",
                    "reviewRating", "itemReviewed", "url"},
    "Claim": {"datePublished", "author", "appearance", "firstAppearance"},
    "Rating": {"alternateName", "ratingValue", "bestRating", "worstRating"},
    "Person": {"name"}, "Organization": {"name"},
    "CreativeWork": {"name", "identifier", "url"},
}  # fmt: skip
"""Types of schema.org and those of their properties that a ClaimReview uses."""

RANGES = {
    "author": {"Person", "Organization"}, "reviewRating": {"Rating"}, "itemReviewed": {"Claim"},
    "appearance": {"CreativeWork"},
}  # fmt: skip


def valid(node):
    kind = node["@type"]
    for key, value in node.items():
        if key.startswith("@"):
            continue
        assert key in SCHEMA[kind], f"{kind} has no {key}"
        if key in RANGES:
            assert value["@type"] in RANGES[key]
            valid(value)
        else:
            assert isinstance(value, str)
            assert value


def test_claimreview_only_for_judged_claims_and_by_the_schema(war):
    first, second = keep(war, checked(war, claim(id="a"), claim(id="b", said_by="DeepState")))
    with pytest.raises(NotHeldError, match="judge"):
        claim_reviews(war)
    judge(war, second.id, verdict="supported", why="Seen.", by="Ed", now=lambda: NOW)
    graph = claim_reviews(war)
    assert graph["@context"] == "https://schema.org"
    (review,) = graph["@graph"]
    valid(review)
    assert {"claimReviewed", "reviewRating", "itemReviewed", "author", "datePublished"} <= set(
        review
    )
    assert review["identifier"] == second.id != first.id
    assert review["reviewRating"] == {"@type": "Rating", "alternateName": "supported"}


ROWS = "date,place,value,unit,source\n2023-01-20,Pokrovsk,0.31,fraction,General Staff\n"


def share(**fields):
    return claim(kind="share", subject="battles", value="33 %", comparator="almost", **fields)


def test_shares_against_a_series_of_ones_own(war, tmp_path):
    assert verdicts(checked(war, share())) == [Finding.NOT_CHECKABLE]
    file = tmp_path / "clashes.csv"
    file.write_text(ROWS)
    assert add_series(war, file, "clashes")[0] == 1
    given = share(from_="2023-01-20")
    assert verdicts(checked(war, given)) == [Finding.SUPPORTED]
    cited = share(from_="2023-01-20", said_by="the General Staff")
    (one,) = checked(war, cited).claims
    assert one.verdict.verdict is Finding.MATCHES
    assert one.verdict.same_source


def test_contradictory_rows_are_a_dispute(war, tmp_path):
    file = tmp_path / "clashes.csv"
    file.write_text(ROWS + "2023-01-20,Pokrovsk,0.10,fraction,Other\n")
    add_series(war, file, "clashes")
    assert verdicts(checked(war, share(from_="2023-01-20"))) == [Finding.DISPUTED]


@pytest.mark.parametrize(
    "content",
    ["date,value\n", ROWS + "yesterday,X,1,count,Y\n", ROWS + "2023-01-20,X,nan,count,Y\n"],
)
def test_a_faulty_series_is_not_added(war, tmp_path, content):
    file = tmp_path / "clashes.csv"
    file.write_text(content)
    before = war.ledger.head()
    with pytest.raises(InputError):
        add_series(war, file, "clashes")
    assert war.ledger.head() == before
