"""Foreign files: nothing runs, nothing hangs, nothing is lost, one line says what is wrong."""

from __future__ import annotations

import json
import marshal
import os
import subprocess
import sys
import time

import pytest

from contested.claims.reading import read
from contested.errors import InputError
from contested.records.article import Article, Paragraph, Part
from contested.sources.article import open as opened
from contested.sources.article.open import articles_of, entries_of
from handplaces import HandPlaces

SENTENCE = "The army said that Russian troops had captured the town of Toretsk on Monday."
PAGE = f"<html><body><article><p>{SENTENCE}</p><p>It was a long day for the army.</p></article>"


def text_of(content, name="page.html", **options):
    return articles_of(content.encode(), name, **options)[0].text


def test_sixteen_thousand_nested_elements():
    page = "<html><body>" + "<div>" * 16_000 + f"<p>{SENTENCE}</p>" + "</div>" * 16_000
    assert SENTENCE in text_of(page)


def test_sixteen_thousand_elements_that_are_never_closed():
    assert SENTENCE in text_of("<div>" * 16_000 + f"<p>{SENTENCE}</p>")


def test_scripts_styles_and_handlers_are_no_text():
    page = PAGE + (
        "<script>document.write('Russia captured Kramatorsk')</script>"
        "<style>p{content:'Kupiansk fell'}</style><p onclick=\"alert('Lyman fell')\">Rain.</p>"
        "<svg><text>Bakhmut fell</text></svg>"
    )
    text = text_of(page)
    assert SENTENCE in text
    assert not [word for word in ("Kramatorsk", "Kupiansk", "Lyman", "alert") if word in text]


def test_metadata():
    head = (
        '<head><title>A town falls</title><meta property="article:published_time" '
        'content="2025-11-06T05:32:00-05:00"><meta property="og:site_name" content="Courier">'
        "</head>"
    )
    (found,) = articles_of(f"<html>{head}{PAGE}".encode(), "page.html")
    assert (found.title, found.publisher) == ("A town falls", "Courier")
    assert str(found.published) == "2025-11-06"
    assert found.published_at == "2025-11-06T05:32:00-05:00"


@pytest.mark.parametrize("wrap", [lambda x: x, lambda x: [x], lambda x: {"@graph": [{}, x]}])
def test_metadata_as_linked_data(wrap):
    thing = {
        "@type": "NewsArticle", "headline": "Toretsk shifts",
        "datePublished": "2025-02-14T23:30:00+02:00",
        "author": [{"@type": "Person", "name": "Ada Kern"}, {"name": "Ben Roth"}],
        "publisher": {"name": "Courier"},
    }  # fmt: skip
    script = f"<script type='application/ld+json'>{json.dumps(wrap(thing))}</script>"
    (found,) = articles_of(
        f"<html><head><title>T | C</title>{script}</head>{PAGE}".encode(), "a.html"
    )
    assert (found.title, found.byline, found.publisher) == (
        "Toretsk shifts", "Ada Kern, Ben Roth", "Courier")  # fmt: skip
    assert (str(found.published), found.published_at) == ("2025-02-14", "2025-02-14T23:30:00+02:00")
    assert "headline" not in found.text


@pytest.mark.parametrize("data", ["{", "[" * 50_000, '"x"', '{"@type": 3, "author": 4}', "null"])
def test_linked_data_that_says_nothing(data):
    page = f"<html><head><script type='application/ld+json'>{data}</script></head>{PAGE}"
    assert SENTENCE in text_of(page)


def test_fifty_megabytes_are_refused_at_once():
    start = time.process_time()
    with pytest.raises(InputError, match="larger than 8 MB"):
        articles_of(b"a " * 25_000_000, "big.txt")
    assert time.process_time() - start < 1


def test_wrong_encoding_is_named_and_can_be_given():
    content = f"{SENTENCE} He said “no”. Caf\u00e9.".encode("windows-1252")
    with pytest.raises(InputError, match="--encoding"):
        articles_of(content, "a.txt")
    assert "Café" in articles_of(content, "a.txt", encoding="windows-1252")[0].text
    with pytest.raises(InputError, match="no encoding"):
        articles_of(content, "a.txt", encoding="klingon")


def test_byte_order_marks():
    for encoding in ("utf-8-sig", "utf-16"):
        assert articles_of(SENTENCE.encode(encoding), "a.txt")[0].text == SENTENCE


def test_a_page_declares_its_encoding():
    page = f'<html><head><meta charset="windows-1252"></head><body><p>{SENTENCE} Caf\u00e9.</p>'
    assert "Café" in articles_of(page.encode("windows-1252"), "a.html")[0].text


@pytest.mark.parametrize("content", [b"", b"  \n"])
def test_empty(content):
    with pytest.raises(InputError, match="empty"):
        articles_of(content, "a.txt")


def test_a_page_without_words():
    with pytest.raises(InputError, match="empty"):
        articles_of(b"<html><body><img src=x></body></html>", "a.html")


def test_mail():
    mail = (
        "From: News Desk <a@example.org>\r\nSubject: A town falls\r\n"
        "Date: Thu, 06 Nov 2025 10:00:00 +0200\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        f"{SENTENCE}\r\n"
    )
    (found,) = articles_of(mail.encode(), "a.eml")
    assert (found.title, found.publisher) == ("A town falls", "News Desk")
    assert (str(found.published), found.published_at) == ("2025-11-06", "2025-11-06T10:00:00+02:00")


def test_mail_with_html_only():
    mail = f"Subject: x\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n{PAGE}"
    assert SENTENCE in articles_of(mail.encode(), "a.eml")[0].text


def test_a_feed_has_an_article_an_entry():
    day = "<pubDate>Thu, 06 Nov 2025 10:00:00 GMT</pubDate>"
    item = f"<item><title>T</title>{day}<description>{SENTENCE}</description></item>"
    feed = f"<rss version='2.0'><channel><title>Courier</title>{item}{item}</channel></rss>"
    found = articles_of(feed.encode(), "feed.xml")
    assert [a.name for a in found] == ["feed.xml#1", "feed.xml#2"]
    assert {(a.publisher, str(a.published)) for a in found} == {("Courier", "2025-11-06")}


def test_an_entry_that_cannot_be_read_is_named_and_the_rest_is_read():
    entries = [
        ("First", SENTENCE),
        ("Чужа", "Російські війська просунулися біля міста."),
        ("Empty", ""),
    ]
    items = "".join(
        f"<item><title>{title}</title><description>{words}</description></item>"
        for title, words in entries
    )
    feed = f"<rss version='2.0'><channel>{items}</channel></rss>".encode()
    found = entries_of(feed, "feed.xml")
    assert [a.title for a in found.articles] == ["First"]
    assert len(found.problems) == 2
    assert "feed.xml#2" in found.problems[0]
    assert "Чужа" in found.problems[0]
    assert "feed.xml#3" in found.problems[1]


def test_a_feed_of_which_nothing_can_be_read_is_one_line():
    item = "<item><title>T</title><description></description></item>"
    feed = f"<rss version='2.0'><channel>{item}{item}</channel></rss>".encode()
    with pytest.raises(InputError, match="none of 2 entries can be read"):
        entries_of(feed, "feed.xml")


def test_entities_of_a_feed_are_not_resolved():
    feed = (
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item>'
        f"<description>{SENTENCE} &x;</description></item></channel></rss>"
    )
    assert "root:" not in articles_of(feed.encode(), "feed.xml")[0].text


def test_a_billion_laughs_stay_unlaughed():
    names = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    entry = f"<item><description>{SENTENCE} &a9;</description></item>"
    feed = f'<!DOCTYPE r [<!ENTITY a0 "ha">{names}]><rss><channel>{entry}</channel></rss>'
    (found,) = articles_of(feed.encode(), "feed.xml")
    assert SENTENCE in found.text
    assert len(found.text) < 10_000


def test_the_cap_on_files_never_cuts_off_the_bytecode_of_a_library(tmp_path):
    # A first run writes bytecode, as machines do outside this suite; cut off, it would never load.
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [sys.executable, "-m", "contested.sources.article.child", "html", "utf-8"],
        input=PAGE.encode(), capture_output=True, check=False,
        env={**env, "PYTHONPYCACHEPREFIX": str(tmp_path)},
    )  # fmt: skip
    assert SENTENCE in done.stdout.decode()
    for path in tmp_path.rglob("*.pyc"):
        marshal.loads(path.read_bytes()[16:])  # noqa: S302  (our own run wrote it)


def test_a_child_that_dies_is_one_line(monkeypatch):
    monkeypatch.setattr(opened.sys, "executable", "/bin/false")
    with pytest.raises(InputError, match="within the caps"):
        articles_of(PAGE.encode(), "page.html")


@pytest.mark.parametrize(
    "text",
    [
        "“" * 5_000,
        "said " * 2_000 + ".",
        ", which " * 2_000,
        "In May " * 2_000,
        "1,2 to 3 or 4 and a half " * 500,
        "Pokrovsk " * 2_000,
        "A" * 100_000,
        "((((" * 3_000 + "))))" * 3_000,
        "(" + "a, " * 20_000 + ")",
        "— ; : “ ” , . " * 3_000,
        "\u202e\u200b\ufeff" * 3_000 + SENTENCE,
        "🙂 " * 3_000 + SENTENCE,
    ],
)
def test_odd_texts_end_in_time(text):
    prose = (Paragraph(1, 0, len(text), Part.PROSE),)
    start = time.process_time()
    found = read(Article("odd", text, "0" * 64, prose), HandPlaces())
    assert time.process_time() - start < 5
    assert all(0 <= c.span.start < c.span.end <= len(text) for c in found.claims)
