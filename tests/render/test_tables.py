"""Tables and words: units, "not held", nothing that marks up."""

from __future__ import annotations

from datetime import date

import pytest

from contested.records import Status
from contested.render import wording
from contested.render.tables import Cell, Table, html_table, link, plain_table
from scenes import HOSTILE

TABLE = Table(
    "Areas", ("Status", "Area"),
    (("occupied", Cell("1,234 km²", "number")), ("contested", Cell("", "quiet", "no layer"))),
    frozenset({1}),
)  # fmt: skip


def test_html_has_headings_for_rows_and_columns() -> None:
    text = html_table(TABLE)
    assert text.count('<th scope="col"') == 2
    assert text.count('<th scope="row"') == 2
    assert '<td class="number"><bdi>1,234 km²</bdi></td>' in text


def test_an_empty_cell_says_not_held() -> None:
    assert '<td class="quiet">not held<small>no layer</small></td>' in html_table(TABLE)
    assert "not held (no layer)" in plain_table(TABLE)


def test_plain_columns_are_aligned() -> None:
    table = Table("T", ("A", "B"), (("x", "1"), ("long", "100")), frozenset({1}))
    assert plain_table(table) == "T\nA       B\n---------\nx       1\nlong  100\n"


def test_a_table_without_headings() -> None:
    table = Table("Facts", (), (("Credit", "us"),))
    assert "<thead>" not in html_table(table)
    assert plain_table(table) == "Facts\nCredit  us\n"
    assert plain_table(Table("None", (), ())) == "None\n"


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_cells_stay_words(name: str) -> None:
    cell = Cell(name, name, name, name)
    text = html_table(Table(name, (name, name), ((name, cell),)))
    for tag in ("<script", "<img", "<svg", "</style", "onerror=alert(1)>"):
        assert tag not in text
    assert len(text) < 12_000
    plain = plain_table(Table(name, (name,), ((cell,),)))
    assert "\x1b" not in plain


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//evil", "ftp://x"]
)
def test_only_web_addresses_become_links(address: str) -> None:
    assert "<a " not in link(address)


def test_links_are_quoted() -> None:
    assert link('https://e.org/"onclick=x') == (
        '<a href="https://e.org/&quot;onclick=x" rel="noopener noreferrer">'
        "https://e.org/&quot;onclick=x</a>"
    )


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, "not held"), (0.0, "0.0 km²"), (999.94, "999.9 km²"), (115352.65, "115,353 km²"),
     (-4.38, "−4.4 km²")],
)  # fmt: skip
def test_areas(value: float | None, shown: str) -> None:
    assert wording.km2(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, "not held"), (0.0, "0 %"), (0.0004, "under 0.1 %"), (0.195, "19.5 %"), (1.0, "100 %"),
     (0.9999, "over 99.9 %"), (0.2, "20 %"), (0.1004, "10 %")],
)  # fmt: skip
def test_shares(value: float | None, shown: str) -> None:
    assert wording.share(value) == shown


def test_signs_and_miles() -> None:
    assert wording.signed_km2(168.2) == "+168.2 km²"
    assert wording.signed_km2(-32.3) == "−32.3 km²"
    assert wording.signed_km2(0.0) == "0.0 km²"
    assert wording.square_miles(2.589988) == "1.0 sq mi"


def test_lists_and_days() -> None:
    assert wording.and_list([]) == ""
    assert wording.and_list(["a"]) == "a"
    assert wording.and_list(["a", "b", "c"]) == "a, b and c"
    assert wording.day(date(2025, 11, 5)) == "5 November 2025"
    assert wording.short_day(date(2025, 10, 22)) == "22 Oct"


def test_not_held_names_every_status() -> None:
    words = wording.not_held_sentence("M", date(2025, 11, 5), (Status.CONTESTED, Status.LIBERATED))
    assert "carries no ground “contested or unknown” or ground “regained by Ukraine”" in words
    assert wording.not_held_sentence("M", date(2025, 11, 5), ()) == ""
    assert set(wording.STATUS_WORDS) == set(Status) == set(wording.SETTLEMENT_WORDS)
