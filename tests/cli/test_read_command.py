"""`contested read` as a person types it."""

from __future__ import annotations

import csv
import io
import json

import pytest
from click.testing import CliRunner

from contested.cli.read import command
from contested.errors import ContestedError, UsageError
from contested.store.book import Book

TEXT = (
    "Russian troops captured Toretsk on Monday, the army said.\n"
    "“We hold Lyman,” said Mykola, 31, a platoon commander who used only his first name.\n"
)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(*args, stdin=None):
    result = CliRunner().invoke(command, [str(a) for a in args], input=stdin, standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return result


def test_json(file):
    found = json.loads(run(file, "--published", "2025-11-06", "--json").stdout)
    assert set(found) >= {"article", "claims"}
    assert found["claims"][0]["kind"] == "change_of_control"
    assert "Mykola" not in json.dumps(found)


def test_csv(file):
    rows = list(csv.DictReader(io.StringIO(run(file, "--csv").stdout)))
    assert rows[0]["kind"] == "change_of_control"


def test_html_from_standard_input():
    assert "<mark" in run("-", "--html", stdin=TEXT).stdout


def test_table(file):
    text = run(file).stdout
    assert "change of control" in text
    assert "no date of publication" in text


def test_many_files_are_a_line_each(file, tmp_path):
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    lines = run(tmp_path, "--json").stdout.strip().splitlines()
    assert [json.loads(line)["article"]["file"] for line in lines] == ["a.txt", "b.txt"]


def test_a_bad_file_is_one_line_and_exit_code_2(file, tmp_path):
    (tmp_path / "b.txt").write_text("", encoding="utf-8")
    result = run(tmp_path, "--json")
    assert result.return_value == 2
    assert "b.txt: the file is empty" in result.stderr
    assert len(result.stdout.strip().splitlines()) == 1


def test_an_unreadable_entry_is_named_and_the_rest_is_printed(tmp_path):
    words = "<description>Russian troops captured Toretsk.</description>"
    good = f"<item><title>Good</title>{words}</item>"
    bad = "<item><title>Bad</title><description></description></item>"
    path = tmp_path / "feed.xml"
    path.write_text(f"<rss><channel>{good}{bad}{good}</channel></rss>", encoding="utf-8")
    result = run(path, "--json")
    assert result.return_value == 2
    assert "feed.xml#2: the text is empty (entry “Bad”); the rest is read" in result.stderr
    assert len(result.stdout.strip().splitlines()) == 2


def test_pages_of_several_files_need_a_folder(file, tmp_path):
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(UsageError, match="--output"):
        run(tmp_path, "--html")
    run(tmp_path, "--html", "-o", tmp_path / "pages")
    assert len(list((tmp_path / "pages").iterdir())) == 2


def test_a_book_keeps_the_bytes(file, tmp_path):
    Book.create(tmp_path / "x.book")
    run(file, "--book", tmp_path / "x.book")
    (entry,) = Book.open(tmp_path / "x.book").ledger.entries("article")
    assert entry.body["file"] == "a.txt"


def test_empty_standard_input_is_one_line():
    with pytest.raises(ContestedError, match="empty"):
        run("-", stdin="")
