"""Keys that only real maps fill: salients with prongs, parts that a quoted figure leaves out."""

from __future__ import annotations

from datetime import date

import pytest

from cli.test_figure_keys import keys_of, never_printed, undocumented
from contested.history.engine import EdgeEngine
from contested.history.vintage import quoted_area
from contested.jobs.figures import salients_on
from contested.jobs.figures_people import rank_since, vintage_of
from contested.jobs.place_panel import settlements_of
from contested.jobs.places import open_gazetteer, place_named
from contested.render.figures_json import head, place_json, rank_json, salients_json, vintage_json

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def engine(full_series):
    return EdgeEngine(full_series)


@pytest.fixture(scope="module")
def gazetteer():
    return open_gazetteer()


def check(command, shown, *, lists=()):
    found = keys_of(shown)
    assert undocumented(command, found) == set()
    assert {
        one for one in never_printed(command, found) if not one.startswith(lists or "?")
    } == set()
    for one in lists:
        assert any(key.startswith(one) for key in found)


def test_salients(engine, gazetteer):
    answer = salients_on(engine, date(2025, 8, 3), places=settlements_of(gazetteer))
    start = head(answer.provenance, answer.found.method)
    check(
        "salients", {**start, **salients_json(answer.found, answer.extras)}, lists=("salients[]",)
    )


def test_rank_and_vintage(engine, gazetteer):
    ranked = rank_since(
        engine, date(2025, 6, 1), settlements_of(gazetteer), criterion="half", most=3
    )
    start = head(ranked.provenance, ranked.ranking.method)
    check("rank", {**start, **rank_json(ranked.ranking)}, lists=("rows[]", "sources[]"))
    quoted = [quoted_area("ua_held_in_russia", "63km2")]
    dated = vintage_of(engine, quoted, place_named(gazetteer, "Sudzha"))
    start = head(dated.provenance, dated.vintage.method)
    shown = {**start, "place": place_json(dated.place), **vintage_json(dated.vintage)}
    check("vintage", shown, lists=("left_out[]", "matches[]"))
