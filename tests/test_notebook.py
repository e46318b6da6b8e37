"""What a notebook shows of a book."""

from __future__ import annotations

import html

from contested.api.book import open_book
from contested.jobs.demo import demo


def test_a_book_shows_its_sources_and_its_map(tmp_path):
    demo(tmp_path)
    book = open_book(next(tmp_path.glob("*.book")))
    table = book._repr_html_()
    assert "<td>settlements</td>" in table
    assert "not held: points only" in table
    shown = book.map()
    frame = shown._repr_html_()
    assert "allow-same-origin" not in frame
    page = html.unescape(frame.partition('srcdoc="')[2].rpartition('">')[0])
    assert page == shown.page.decode()
    shown.save(tmp_path / "war.html")
    assert (tmp_path / "war.html").read_bytes() == shown.page
