"""Widths, line breaks and what is left of hostile names."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.render.typeset import LABEL_LIMIT, TEXT_LIMIT, balanced, clean, text_width, wrap
from scenes import HOSTILE


def test_width_is_the_sum_of_letters() -> None:
    assert text_width("il", 10) == pytest.approx(6.0)
    assert text_width("W", 20) == pytest.approx(20.0)
    assert text_width("Київ", 10) == pytest.approx(7.5 + 6.5 + 3.0 + 6.0)


def test_bold_is_wider_and_unknown_letters_are_widest() -> None:
    assert text_width("Kyiv", 10, bold=True) > text_width("Kyiv", 10)
    assert text_width("北", 10) >= text_width("W", 10)


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_clean_leaves_one_short_harmless_line(name: str) -> None:
    words = clean(name)
    assert len(words) <= TEXT_LIMIT
    assert all(unicodedata.category(letter)[0] != "C" for letter in words)
    words.encode()


def test_clean_keeps_letters_of_every_script() -> None:
    assert clean("Покровськ") == "Покровськ"
    assert clean("أبو كمال") == "أبو كمال"
    assert clean("a\n b\u2028c") == "a b c"
    assert clean("x\u202ey") == "xy"


def test_clean_says_that_it_cut() -> None:
    assert clean("x" * 5000, LABEL_LIMIT) == "x" * (LABEL_LIMIT - 1) + "…"
    assert clean("x" * LABEL_LIMIT, LABEL_LIMIT) == "x" * LABEL_LIMIT


@given(st.text(max_size=300), st.floats(40, 400))
def test_wrapped_lines_fit(text: str, width: float) -> None:
    assert all(text_width(line, 10) <= width for line in wrap(clean(text), 10, width))


@given(st.lists(st.sampled_from(["one", "seven", "Kyiv"]), max_size=40))
def test_wrapping_keeps_every_word(words: list[str]) -> None:
    assert " ".join(wrap(" ".join(words), 10, 200)).split() == words


def test_a_headline_has_no_widow() -> None:
    text = "Oleksiievo-Druzhkivka, 5 November 2025"
    width = text_width(text, 16.0, bold=True) - 20
    assert wrap(text, 16.0, width, bold=True)[-1] == "2025"
    lines = balanced(text, 16.0, width, bold=True)
    assert len(lines) == 2
    assert " ".join(lines) == text
    assert len(lines[1]) > len(lines[0]) / 3
    assert balanced("Kherson", 16.0, 500.0) == ["Kherson"]
    assert balanced("A" * 90, 16.0, 200.0) == wrap("A" * 90, 16.0, 200.0)
