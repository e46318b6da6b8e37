"""The commands of checking, as a person meets them."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from click.testing import CliRunner

from contested.cli.main import main
from contested.errors import ContestedError
from contested.jobs.check_demo import demo_check
from contested.store.book import Book

DISTANCE = ["check", "--kind", "distance", "--places", "Dobropillia,Pokrovsk", "--value", "13mi",
            "--bearing", "north", "--published", "2025-11-06"]  # fmt: skip


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CONTESTED_BOUNDARIES", raising=False)
    return tmp_path


def run(*args):
    result = CliRunner().invoke(main, args, catch_exceptions=True)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_one_claim_without_a_book(here):
    result = run(*DISTANCE)
    assert result.exit_code == 0
    assert "supported" in result.output
    assert "21.8 km = 13.6 miles" in result.output


def test_the_json_has_the_fields_and_the_verdict(here):
    document = json.loads(run(*DISTANCE, "--json").output)
    assert document["article"]["published"] == "2025-11-06"
    (claim,) = document["claims"]
    assert claim["kind"] == "distance"
    assert claim["verdict"]["verdict"] == "supported"
    assert claim["verdict"]["compared"][0]["value"] == pytest.approx(21.83, abs=0.05)
    assert claim["verdict"]["methods"][0]["name"] == "place-distance"


def test_a_table_for_a_spreadsheet(here):
    rows = list(csv.DictReader(io.StringIO(run(*DISTANCE, "--csv").output)))
    assert [row["verdict"] for row in rows] == ["supported"]


def test_the_page_needs_no_script_and_no_network(here):
    run("init", "b.book")
    run(*DISTANCE, "--book", "b.book", "--html", "-o", "check.html")
    page = (here / "check.html").read_text()
    assert "<script" not in page
    assert not re.search(r'(?:src|href)="https?://(?!deepstate|geonames|creative)', page)
    assert ">supported<" in page
    assert "default-src 'none'" in page


def test_kept_claims_are_listed_explained_and_judged(here):
    run("init", "b.book")
    run(*DISTANCE, "--book", "b.book")
    (claim,) = json.loads(run("claims", "--place", "Pokrovsk", "--book", "b.book", "--json").output)
    explained = run("explain", claim["id"], "--book", "b.book").output
    assert "as kept in the book" in explained
    assert "place-distance/1" in explained
    judged = run("judge", claim["id"][:6], "--verdict", "partly supported", "--why", "By road.",
                 "--by", "Ed", "--book", "b.book")  # fmt: skip
    assert "the machine says supported" in judged.output
    assert "partly supported by Ed" in run("claims", "--book", "b.book").output
    run("export", "claimreview", "-o", "reviews.json", "--book", "b.book")
    assert json.loads((here / "reviews.json").read_text())["@graph"][0]["@type"] == "ClaimReview"


@pytest.mark.parametrize(
    "args",
    [
        ["check"],
        ["check", "--kind", "distance", "--places", "X,Y"],
        ["check", "--kind", "rumour", "--published", "2025-11-06"],
        ["check", "--claims", "absent.jsonl", "--published", "2025-11-06"],
        ["check", "absent.txt", "--published", "2025-11-06"],
        [*DISTANCE, "--json", "--csv"],
        ["explain", "abcdef", "--book", "b.book"],
        [
            "judge",
            "abcdef",
            "--verdict",
            "supported",
            "--why",
            "x",
            "--by",
            "y",
            "--book",
            "b.book",
        ],
        ["series", "add", "absent.csv", "--name", "x", "--book", "b.book"],
        ["export", "claimreview", "-o", "x.json", "--book", "b.book"],
    ],
)
def test_every_refusal_is_one_line(here, args):
    run("init", "b.book")
    with pytest.raises(ContestedError) as caught:
        run(*args)
    assert "\n" not in str(caught.value)


def test_the_sample_article_shows_every_sort_of_verdict(here):
    book = Book.create(here / "demo.book")
    page, line = demo_check(book, here)
    assert page.is_file()
    for words in ("supported", "partly supported", "contradicted", "not held", "not checkable"):
        assert words in line
    text = page.read_text()
    assert "point of Kurakhove occupied from 16 December 2024" in text


def test_the_sample_claims_quote_the_sample_article():
    """Offsets point at the words: an edit of the article without its claims is found here."""
    from contested import sample

    text = sample.read(sample.ARTICLE_FILE).decode()
    for line in sample.read(sample.CLAIMS_FILE).decode().splitlines():
        row = json.loads(line)
        assert text[row["start"] : row["end"]].startswith(row["first6"])
