"""Files to claims: one bad file never stops the rest, with and without a book."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from importlib.metadata import EntryPoint

import pytest

from contested.errors import UsageError
from contested.jobs.executors import over
from contested.jobs.read import (
    ReadOptions,
    as_rows,
    chosen_extractor,
    files_in,
    keep,
    read_bytes,
    read_files,
)
from contested.records.claim import ClaimDraft
from contested.store.book import Book

TEXT = b"Russian troops captured Toretsk on Monday, the army said.\n"
ON = ReadOptions(published=date(2025, 11, 6))


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_bytes(TEXT)
    (folder / "b.txt").write_bytes(b"")
    (folder / "c.txt").write_bytes(b"\xe9 is not UTF-8")
    (folder / "d.html").write_bytes(b"<p>" + TEXT + b"</p>")
    (folder / "e.bin").write_bytes(b"not read")
    return folder


@pytest.mark.parametrize("executor", ["serial", "processes"])
def test_a_bad_file_never_stops_the_rest(corpus, executor):
    found = list(read_files(files_in([corpus]), ON, executor=executor, workers=2))
    assert [bool(read.problem) for read in found] == [False, True, True, False]
    assert [len(read.articles[0].claims) for read in found if not read.problem] == [1, 1]
    assert all("\n" not in read.problem for read in found if read.problem)


def test_a_missing_file_is_one_line(tmp_path):
    (found,) = read_files([tmp_path / "none.txt"], ON)
    assert "No such file" in found.problem


def test_a_folder_without_articles(tmp_path):
    with pytest.raises(UsageError, match="no articles"):
        files_in([tmp_path])


def test_the_answer_has_the_fields():
    (article,) = read_bytes(TEXT, "a.txt", ON).articles
    (claim,) = article.claims
    assert article.article.published == date(2025, 11, 6)
    assert (claim.kind, claim.quote) == (
        "change_of_control", "Russian troops captured Toretsk on Monday",
    )  # fmt: skip
    assert claim.places[0].place_id.startswith("geonames:")
    assert (claim.time.start, claim.time.basis) == (date(2025, 11, 3), "explicit")
    assert TEXT.decode()[claim.span.start : claim.span.end] == claim.quote
    assert {row["kind"] for row in as_rows(article)} == {"change_of_control"}


def test_no_date_is_said():
    (article,) = read_bytes(TEXT, "a.txt", ReadOptions()).articles
    assert "no date of publication" in article.notes[0]
    assert article.claims[0].time.basis.startswith("unresolved")


def test_long_quotations_are_cut():
    long = b"Russian troops captured Toretsk and " + b"very " * 30 + b"many villages around it."
    (article,) = read_bytes(long, "a.txt", ON).articles
    assert all(len(claim.quote.split()) <= 13 for claim in article.claims)


def test_bytes_are_kept_by_hash_in_a_book(tmp_path):
    book = Book.create(tmp_path / "b.book")
    (article,) = read_bytes(TEXT, "a.txt", ON).articles
    keep(book, TEXT, article)
    assert book.archive.get(article.article.sha256) == TEXT
    (entry,) = book.ledger.entries("article")
    assert (entry.sha256, entry.body["file"]) == (article.article.sha256, "a.txt")


def test_an_unknown_extractor_is_one_line():
    with pytest.raises(UsageError, match="no extractor 'gpt'"):
        chosen_extractor("gpt")


class Nothing:
    name, version = "nothing", "9"

    def drafts(self, _document):
        return [ClaimDraft(0, 7, "event", quantities=((0, 7),))]


def test_a_plugged_in_extractor_goes_through_the_validator(monkeypatch):
    point = EntryPoint("nothing", f"{__name__}:Nothing", "contested.extractors")
    monkeypatch.setattr("importlib.metadata.entry_points", lambda **_group: [point])
    monkeypatch.setattr(EntryPoint, "load", lambda _point: Nothing)
    (article,) = read_bytes(TEXT, "a.txt", ReadOptions(extractor="nothing")).articles
    assert (article.claims, article.dropped) == ([], 1)


def twice(number):
    if number == 3:
        os._exit(1)
    return 2 * number


def test_a_process_that_dies_costs_its_unit_only():
    found = list(over(twice, [1, 2, 3, 4, 5], executor="processes", workers=1, lost=lambda n: -n))
    assert -3 in found
    assert found[-1] == 10


def test_a_page_is_made():
    read = read_bytes(TEXT, "a.txt", ReadOptions(pages=True))
    assert "<mark" in read.pages[0]


def test_reading_starts_without_what_it_does_not_need(tmp_path):
    (tmp_path / "a.txt").write_bytes(TEXT)
    code = (
        "import sys; from contested.cli.read import command; "
        f"command([{str(tmp_path / 'a.txt')!r}], standalone_mode=False); "
        "sys.exit(','.join({'numpy', 'yaml', 'shapely', 'trafilatura'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.stderr.strip() == b""
