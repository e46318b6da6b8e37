"""No claim is read from words that say where somebody could be hit."""

from __future__ import annotations

import msgspec
import pytest

from contested.claims.positions import POLICY, holds_position
from contested.claims.privacy import privacy
from contested.claims.reading import read_document
from contested.jobs.read import as_rows
from contested.jobs.read_answers import answer
from handplaces import HandPlaces, article


@pytest.mark.parametrize("sentence", [
    "His unit holds a basement at 48.2811 N, 37.1822 E in Lyman.",
    "They met at 48.2811, 37.1822.",
    "The depot lies at 48° 16′ 52″ north.",
    "His battery fired from grid 37U DQ 12345 67890, about 3 km north of Lyman.",
    "Two men wait in map square 4512 near Kupiansk.",
    "The HIMARS launcher stood 2 km east of Lyman.",
    "We have two Javelin crews in the school.",
    "His unit of 12 holds a cellar in Toretsk.",
])  # fmt: skip
def test_a_sentence_with_a_position_is_known(sentence):
    assert holds_position(sentence)


@pytest.mark.parametrize("sentence", [
    "Russian troops captured Toretsk on Monday.",
    "Lyman is 20.5 km from Kramatorsk.",
    "Russia fired 120 drones, 40 missiles and artillery at Kharkiv.",
    "A Patriot battery costs about $1.1 billion.",
    "Between 45.25 and 46.75 percent of the region is held, 12.125 square km more.",
    "Artillery is in range of the town, 15 km from the front.",
    "The map shows 1,200 square km as contested.",
    "Ukrainian units hold nearly a third of Pokrovsk.",
    "Temperatures fell to 10° in Kyiv.",
])  # fmt: skip
def test_what_an_article_says_of_ground_is_no_position(sentence):
    assert not holds_position(sentence)


TEXT = (
    "His unit of 20 holds a basement at 48.2811 N, 37.1822 E, 3 km north of Lyman. "
    "The HIMARS launcher stood 2 km east of Lyman. Lyman is 20 km from Kramatorsk.\n"
)


def test_nothing_of_it_leaves_the_machine():
    document, reading = read_document(article(TEXT), HandPlaces())
    out = answer(document.article, reading.claims, privacy(document), dropped=len(reading.dropped))
    told = msgspec.json.encode(out).decode() + "".join(map(str, as_rows(out)))
    assert "20 km from Kramatorsk" in told
    for word in ("48.28", "37.18", "HIMARS", "basement", "2 km east"):
        assert word not in told
    assert POLICY in {one.reason for one in reading.dropped}
