"""The rights page says what the sources say."""

from __future__ import annotations

from pathlib import Path

import pytest

from contested.records import Use
from contested.sources.deepstate_daily.fetch import MISSING, PAUSE_S
from contested.sources.registry import source

DOCS = Path(__file__).parents[1] / "docs"


@pytest.mark.parametrize("use", list(Use))
def test_the_table_of_uses(use: Use) -> None:
    page = (DOCS / "explain/rights.md").read_text(encoding="utf-8")
    (line,) = [line for line in page.splitlines() if line.startswith(f"| `{use.value}` |")]
    cells = [cell.strip() for cell in line.strip("|").split("|")][2:]
    for cell, names in zip(
        cells, (("deepstate", "deepstate_daily"), ("settlements",)), strict=True
    ):
        for name in names:
            allowed = use in source(name).rights.allowed
            assert cell == ("yes" if allowed else "only with a permit")


def test_the_recipe_names_the_missing_files_and_the_pause() -> None:
    page = (DOCS / "how-to/keep-a-book-up-to-date.md").read_text(encoding="utf-8")
    for day in MISSING:
        assert day.isoformat() in page
    assert PAUSE_S == 0.5
    assert "half a second apart" in page
