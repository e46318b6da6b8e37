"""Widths of print and the words of two languages."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest

from contested.errors import UsageError
from contested.records import Status
from contested.render import wording
from contested.render.language import ENGLISH, LANGUAGES, UKRAINIAN
from contested.render.presets import aspect, width_mm


def test_columns_are_those_of_a_newspaper():
    assert [width_mm(w) for w in ("1col", "2col", "full", "120", "95.5mm")] == [
        85.0, 175.0, 280.0, 120.0, 95.5,
    ]  # fmt: skip


@pytest.mark.parametrize("wrong", ["3col", "", "12", "-90", "nan", "inf", "1e9", "85 cm"])
def test_a_width_that_is_none_names_those_there_are(wrong):
    with pytest.raises(UsageError, match="1col"):
        width_mm(wrong)


def test_a_column_is_upright_and_a_page_is_wide():
    assert aspect(85) > 1 > aspect(175)


def test_both_languages_say_everything():
    for language in LANGUAGES.values():
        assert all(getattr(language, f.name) is not None for f in fields(language))
        assert set(language.statuses) == set(Status)
        assert len(language.months) == 12


def test_ukrainian_numbers_and_days():
    assert wording.day(date(2025, 11, 5), UKRAINIAN) == "5 листопада 2025"
    assert wording.figure(12.5, UKRAINIAN) == "12,5"
    forms = [wording.miles_word(n, UKRAINIAN) for n in (1, 2, 5, 10, 12, 22, 7.8)]
    assert forms == ["миля", "милі", "миль", "миль", "миль", "милі", "милі"]
    assert [wording.miles_word(n, ENGLISH) for n in (1, 2, 0.5)] == ["mile", "miles", "miles"]


def test_templates_of_both_languages_take_the_same_values():
    import string

    def slots(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    texts = [f.name for f in fields(ENGLISH) if isinstance(getattr(ENGLISH, f.name), str)]
    for name in texts:
        assert slots(getattr(ENGLISH, name)) == slots(getattr(UKRAINIAN, name)), name
