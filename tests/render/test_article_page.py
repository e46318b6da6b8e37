"""The marked-up page: every word once, escaped, marked by kind, and a warning on it."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from contested.claims.reading import read
from contested.records.claim import ClaimDraft
from contested.render.article_page import article_page
from handplaces import HandPlaces, article

TEXT = (
    "Russian troops captured Toretsk on Monday, the army said. Lyman, 20 km from Kramatorsk, is "
    "held by Ukraine.\n<script>alert('Kupiansk fell')</script> The army attacked Kupiansk.\n"
)


def page(text=TEXT, extractor=None):
    read_article = article(text)
    return article_page(read_article, read(read_article, HandPlaces(), extractor).claims)


def words_of(html):
    """Return the words of the article: without tips, labels and tags."""
    body = html.split("</p>\n", 1)[-1]
    body = re.sub(r'<span class="tip">.*?</span>', "", body, flags=re.DOTALL)
    body = re.sub(r"<sup>.*?</sup>", "", body)
    return unescape(re.sub(r"<[^>]+>", "", body))


def test_marks_and_fields():
    html = page()
    assert 'data-kind="change_of_control"' in html
    assert "who: " in html
    assert "places: Toretsk [hand:Toretsk]" in html
    assert "Local working copy, not for publication" in html


def test_words_of_the_article_are_escaped():
    html = page()
    assert "<script" not in html
    assert "&lt;" in html
    assert "default-src 'none'" in html


def test_every_word_stands_once():
    found = " ".join(words_of(page()).split())
    for line in TEXT.strip().split("\n"):
        assert line in found


class Spans:
    name, version = "spans", "1"

    def __init__(self, spans):
        self.spans = spans

    def drafts(self, _document):
        return [ClaimDraft(a, b, "event") for a, b in self.spans]


@given(st.lists(st.tuples(st.integers(0, 103), st.integers(0, 103)), max_size=6))
def test_nested_and_crossing_marks_keep_the_words(spans):
    html = page(extractor=Spans(spans))
    assert html.count("<mark") == html.count("</mark>")
    assert TEXT.split("\n", maxsplit=1)[0] in " ".join(words_of(html).split())
