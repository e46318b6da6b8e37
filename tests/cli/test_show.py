"""Tables in a pipe and on terminals of any width."""

from __future__ import annotations

import re

import pytest

from contested.cli import show

COLUMNS = ("oblast", "controlled km²", "as quoted", "id")
ROWS = [
    ("Dnipropetrovsk Oblast", "26,846.88", "the first of many words", "geonames:4585988"),
    ("Zaporizhzhia Oblast", "1,234,567.89", "12.8–20.4", "ab" * 32),
]


def printed(monkeypatch, capsys, *, columns=None):
    monkeypatch.setattr("sys.stdout.isatty", lambda: columns is not None, raising=False)
    if columns is not None:
        monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("TERM", "xterm")
    show.table("Title", COLUMNS, ROWS, right=(1,))
    return re.sub("\x1b\\[[0-9;]*m", "", capsys.readouterr().out)


def test_in_a_pipe_every_row_is_one_line(monkeypatch, capsys):
    lines = printed(monkeypatch, capsys).splitlines()
    assert len(lines) == 4
    for line, row in zip(lines[2:], ROWS, strict=True):
        assert all(cell in line for cell in row)


@pytest.mark.parametrize("columns", [20, 40, 80, 120])
def test_no_terminal_is_so_narrow_that_a_number_is_broken(monkeypatch, capsys, columns):
    out = printed(monkeypatch, capsys, columns=columns)
    for whole in ("26,846.88", "1,234,567.89", "controlled", "12.8–20.4", "geonames:4585988"):
        assert whole in out
    shown = "".join(re.findall("[0-9a-f]+", out.replace("geonames", "")))
    assert shown.count("ab") >= 32, "an address too long for the table goes on in the next line"


def test_the_widest_column_gives_way_first(monkeypatch, capsys):
    lines = printed(monkeypatch, capsys, columns=110).splitlines()
    assert "Dnipropetrovsk Oblast" in lines[2]
    assert "the first of many words" in lines[2]
    assert max(map(len, lines)) <= 110


def test_a_table_without_rows_says_so(capsys):
    show.table("Title", ("a", "b"), [])
    assert capsys.readouterr().out.splitlines() == ["Title", "(none)"]
