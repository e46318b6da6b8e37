"""The article in ../shared: acceptance figures of development, and no private name gets out."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec
import pytest

from contested.claims.finder import GazetteerFinder
from contested.claims.privacy import privacy
from contested.claims.reading import read_document
from contested.jobs.places import open_gazetteer
from contested.jobs.read_answers import answer
from contested.sources.article.parse import parse_text

BENCH = Path(__file__).parents[2] / "benchmarks" / "accuracy" / "claims"
pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def bench():
    sys.path.insert(0, str(BENCH))
    import gold
    import score

    yield gold, score
    sys.path.remove(str(BENCH))


@pytest.fixture(scope="module")
def reading(bench):
    text = bench[0].shared_article()
    assert text is not None
    return text, *read_document(parse_text(text.text, name="a"), GazetteerFinder(open_gazetteer()))


def test_the_table_of_the_issue(bench, reading):
    text, _, found = reading
    figures = bench[1].report(bench[1].total([(text, found.claims)]))
    assert figures["typed_f1"] >= 0.78
    assert figures["checkable_recall"] >= 0.85
    assert figures["checkable_precision"] >= 0.70
    assert figures["quantity_f1"] >= 0.97
    assert figures["comparator"] >= 0.95
    assert figures["time_overlap"] >= 0.85
    assert figures["time_exact"] >= 0.65
    assert figures["attribution_kind"] >= 0.90
    assert figures["wrong_named_speakers"] == []
    assert figures["places_within_3_km"] >= 0.97


def test_captions_and_labels_hold_no_claim(reading):
    text, _, found = reading
    start = text.text.index("A map locating")
    end = text.text.index("100 miles")
    assert not [c for c in found.claims if start <= c.span.start <= end]


def test_private_persons_do_not_get_out(reading):
    _, document, found = reading
    out = msgspec.json.encode(
        answer(document.article, found.claims, privacy(document), dropped=0)
    ).decode()
    hidden = ("Bondarenko", "Iryna", "Yevhen", "Consul", "Dmytryk", "Arsen")
    assert not [name for name in hidden if name in out]
    assert "Volodymyr" not in out.replace("Volodymyr Zelensky", "")
    assert "Rob Lee" in out
