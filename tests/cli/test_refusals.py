"""What cannot be meant is refused in one line, not answered with something else."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys

import pytest

from contested.errors import NotHeldError
from contested.jobs.points import load_points
from contested.store.book import Book
from worlds import OCCUPIED, box, feature, map_file, polygon

ON = ("--on", "2023-01-05")


@pytest.mark.parametrize(("arguments", "words"), [
    (("status", "48.28", "37.18", *ON), "longitude comes first: 37.18 48.28?"),
    (("reach", *ON, "--hxl"), "give --csv FILE with it"),
    (("reach", *ON, "--since", "2023-01-16"), "--since 2023-01-16 is after --on 2023-01-05"),
    (("rank", "--fell-since", "2030-01-01"), "the newest map held is that of 20"),
    (("corridor", "Pokrovsk", *ON, "--radius", "0"), "radius 0 km: it must be above 0"),
    (("corridor", "Pokrovsk", *ON, "--radius", "nan"), "radius nan km: it must be above 0"),
    (("corridor", "Pokrovsk", "--from", "2023-01-01", "--to", "2023-01-05", "--radius", "900"),
     "and below 13.18 km"),
    (("timeline", "Pokrovsk", "--all", "--csv", "x.csv"), "give a PLACE or --all, not both"),
    (("timeline", "Pokrovsk", "--csv", "x.csv"), "give --all with it"),
    (("report", "Pokrovsk", *ON, "-o", "report.docx"), "a page (.html) or a folder"),
    (("export", "areas", *ON, "-o", "x.csv"), "--on is for ground and datawrapper"),
    (("places", "find", "Pokrovsk", "--kind", "nonsense"), "--kind nonsense: choose one of"),
    (("check", "a.txt", "--claims", "b.csv"), "give an article or --claims FILE, not both"),
])  # fmt: skip
def test_what_cannot_be_meant_is_refused(cli, world_book, tmp_path, monkeypatch, arguments, words):
    monkeypatch.chdir(tmp_path)
    ran = cli(*arguments, "--book", world_book)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
    assert ran.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_timelines_of_maps_are_found_from_the_export_that_has_none(tmp_path):
    with pytest.raises(NotHeldError, match="`contested timeline --all --csv FILE`"):
        load_points(Book.create(tmp_path / "empty.book"))


def test_a_pipe_is_no_file_of_places(cli, world_book, tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    ran = cli("places", "add", "csv", tmp_path / "pipe.csv", "--book", world_book)
    assert ran.code == 2
    assert "is not a file" in ran.err


def test_a_base_file_nested_without_end_is_refused(cli, world_book, tmp_path):
    deep = tmp_path / "deep.geojson"
    deep.write_text("[" * 200_000)
    ran = cli("base", "add", deep, "--as", "roads", "--book", world_book)
    assert ran.code == 2
    assert "nested too deeply" in ran.err
    nameless = cli("base", "add", deep, "--book", world_book)
    assert "contested base add FILE --as rivers|lakes|roads|oblasts" in nameless.err


def test_an_article_in_another_encoding_is_checked(cli, world_book, tmp_path):
    article = tmp_path / "article.txt"
    text = "Ukraine controls Pokrovsk (Покровськ), officials said."
    article.write_bytes(text.encode("windows-1251"))
    asked = ("check", article, "--published", "2023-01-05", "--no-keep", "--book", world_book)
    assert "say which encoding" in cli(*asked).err
    ran = cli(*asked, "--encoding", "windows-1251")
    assert ran.code == 0
    assert "control" in ran.out


def test_tables_of_people_name_whole_files_and_where_the_figures_are_from(
    cli, world_book, tmp_path
):
    ran = cli("reach", *ON, "--csv", tmp_path / "reach.csv", "--book", world_book)
    assert "0–20 km" in ran.out
    rows = (tmp_path / "reach.csv").read_text().splitlines()
    assert all(len(row.split(",")[-1]) == 64 for row in rows[1:])
    assert len(rows) > 1
    cli("timeline", "--all", "--csv", tmp_path / "all.csv", "--book", world_book)
    rows = (tmp_path / "all.csv").read_text().splitlines()
    assert all(len(row.split(",")[-1]) == 64 for row in rows[1:])
    ranked = cli("rank", "--fell-since", "2023-01-02", "--book", world_book).out
    assert "population: GeoNames" in ranked
    assert "snapshots " in ranked
    moved = cli("advance", "--from", "2023-01-01", "--to", "2023-01-16", "--book", world_book).out
    assert "snapshots " in moved


def test_a_criterion_that_never_held_is_said(cli, world_book):
    ran = cli("timeline", "Kyiv", "--criterion", "half", "--book", world_book)
    assert "Not controlled by this criterion on any of these maps." in ran.out


def test_a_book_that_cannot_be_added_to_says_so(cli, world_book, tmp_path, monkeypatch):
    """A disk mounted to be read only; root may write anywhere else."""
    opened = os.open

    def read_only(path, flags, *more, **named):
        if str(path).endswith("lock"):
            raise OSError(errno.EROFS, "Read-only file system")
        return opened(path, flags, *more, **named)

    monkeypatch.setattr(os, "open", read_only)
    ran = cli("permit", "deepstate", "--use", "commercial", "--by", "a", "--ref", "b",
              "--book", world_book)  # fmt: skip
    assert ran.code == 2
    assert "nothing can be added to the book: Read-only file system" in ran.err


def test_a_folder_that_cannot_be_made_is_named(cli, world_book, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    monkeypatch.chdir(tmp_path)
    places = tmp_path / "mine.csv"
    places.write_text("name,lon,lat\nFoo,37,48\n")
    lake = tmp_path / "lake.geojson"
    lake.write_bytes(map_file(feature(OCCUPIED, polygon(box(37, 48, 38, 49)))))
    article = tmp_path / "a.txt"
    article.write_text("Russia took Pokrovsk on Monday.")
    for arguments in (
        ("places", "add", "csv", places),
        ("read", article, "--html", "-o", tmp_path / "file" / "pages"),
        ("base", "add", lake, "--as", "lakes", "--book", _without_base(world_book, tmp_path)),
    ):
        ran = cli(*arguments)
        assert (ran.code, ran.err.count("\n")) == (2, 1), ran.err
        assert "cannot be made" in ran.err


def _without_base(book, tmp_path):
    copy = tmp_path / "copy.book"
    shutil.copytree(book, copy)
    (copy / "base").write_text("a file")
    return copy


@pytest.mark.parametrize(("letters", "word"), [
    ({}, "km²"), ({"PYTHONIOENCODING": "ascii"}, "km?"),
])  # fmt: skip
def test_a_machine_of_few_letters_gets_an_answer(world_book, letters, word):
    """LC_ALL=C without Python's own coercion, or a code page of Windows."""
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONUTF8": "0",
           "PYTHONCOERCECLOCALE": "0", **letters}  # fmt: skip
    program = [sys.executable, "-m", "contested", "area", *ON, "--book", str(world_book)]
    ran = subprocess.run(program, env=env, capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert word in ran.stdout.decode()


def test_the_next_command_can_be_pasted_whatever_the_folder_is_called(cli, tmp_path):
    ran = cli("init", tmp_path / "моя книга")
    assert f"--book '{tmp_path / 'моя книга'}'" in ran.out
