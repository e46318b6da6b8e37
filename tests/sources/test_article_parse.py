"""Text to paragraphs: what is prose, when it was published."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.errors import InputError
from contested.records.article import Part
from contested.sources.article.parse import find_date, parse_text

BODY = "The army said that Russian troops had captured the town on Monday.\n"


def parts(text):
    return [(text[p.start : p.end], p.part) for p in parse_text(text, name="x").paragraphs]


def test_headline_byline_dateline():
    text = f"A town falls after a long fight\nBy Olena Marko\nNov. 6, 2025, 5:32 a.m. ET\n{BODY}"
    found = parse_text(text, name="x")
    assert (found.title, found.byline) == ("A town falls after a long fight", "By Olena Marko")
    assert found.published == date(2025, 11, 6)
    assert found.published_at == "Nov. 6, 2025, 5:32 a.m. ET"
    assert parts(text)[-1][1] is Part.PROSE


def test_an_inline_dateline_is_cut_off():
    text = f"KYIV, March 12, 2025 (Border Press) - {BODY}"
    found = parse_text(text, name="x")
    assert (found.published, found.publisher) == (date(2025, 3, 12), "Border Press")
    assert parts(text)[-1][0] == BODY.strip()


def test_published_overrides():
    text = f"KYIV, March 12, 2025 - {BODY}"
    assert parse_text(text, name="x", published=date(2020, 1, 1)).published == date(2020, 1, 1)


def test_what_is_not_prose():
    text = (
        BODY * 7 + "Image\nA map showing the town.\nKursk\nRussia\nKyiv\n100 miles\n" + BODY
        + "Yurii Tkach for The Courier\n" + BODY + "Olha Ivanova contributed reporting.\n" + BODY
    )  # fmt: skip
    found = [part for _, part in parts(text)][7:]
    assert found == [
        Part.CAPTION, Part.CAPTION, Part.LABELS, Part.LABELS, Part.LABELS, Part.LABELS, Part.PROSE,
        Part.CREDIT, Part.PROSE, Part.TAIL, Part.TAIL,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Nov. 6, 2025", date(2025, 11, 6)), ("6 November 2025", date(2025, 11, 6)),
        ("2025-11-06T10:00", date(2025, 11, 6)), ("November 2025", None), ("Feb. 31, 2025", None),
    ],
)  # fmt: skip
def test_dates(line, day):
    assert find_date(line) == day


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "empty"),
        (" \n\t\n", "empty"),
        ("a" * 1_000_001, "at most 1,000,000"),
        ("abc\0def", "not text"),
        ("Російські війська захопили місто Торецьк у понеділок, повідомив штаб.", "Cyrillic"),
        ("Les troupes russes ont pris la ville selon le ministère et les soldats", "English"),
        ("Las tropas rusas han tomado una ciudad cerca del frente " * 10, "English"),
    ],
)
def test_what_is_refused(text, problem):
    with pytest.raises(InputError, match=problem) as caught:
        parse_text(text, name="report.txt")
    assert str(caught.value).startswith("report.txt: ")
    assert "\n" not in str(caught.value)


@given(st.text(alphabet=st.sampled_from("aB .,\n\r\t“”12-ї"), max_size=200))
def test_paragraphs_cover_every_word_once(text):
    if not text.strip() or text.count("ї") > sum(c in "aB" for c in text):
        return
    found = parse_text(text, name="x")
    covered = "".join(text[p.start : p.end] for p in found.paragraphs)
    assert covered.replace(" ", "").replace("\t", "") == "".join(
        c for c in text if c not in " \t\n\r"
    )
    assert all(
        a.end <= b.start for a, b in zip(found.paragraphs, found.paragraphs[1:], strict=False)
    )


def test_the_tail_and_the_quotes_of_a_mail_are_not_prose():
    text = (
        "Russian shelling killed two people in Lyman on Monday, the administration said.\n"
        "> Russian troops captured Lyman.\n--\nRelief Desk, Kramatorsk office\n"
    )
    parts = [p.part for p in parse_text(text, name="m").paragraphs]
    assert parts == [Part.PROSE, Part.TAIL, Part.TAIL, Part.TAIL]


def test_a_caption_that_ends_in_a_credit_is_not_prose():
    text = (
        "Russian troops left.\n" * 8
        + "A queue in Orikhiv last week. Credit...A. Kern for Courier\n"
    )
    assert parse_text(text, name="m").paragraphs[-1].part is Part.CAPTION


def test_headings_keys_and_pointers_are_not_prose():
    text = (
        "Fighting north of Sumy\nBy Ada Kern\n\n"
        + "Russian troops attacked Yunakivka on Monday, the army said.\n" * 5
        + "Rate of advance\nLegend: red = Russian, grey = unclear\n"
        "Read also: How Sumy lived in 2024\n"
        "Tags: Sumy, shelling, 2024\n"
    )
    parts = [p.part for p in parse_text(text, name="m").paragraphs]
    assert parts[-4:] == [Part.LABELS] * 4
