"""No sentence of a verdict speaks of truth, or for the ground itself."""

from __future__ import annotations

import re
import string
from datetime import date

import pytest

from contested.checks.needs import Absent
from contested.checks.wording import NEVER, SENTENCES, area, length, lengths, on, say
from contested.records.verdict import Finding, MapUsed, Reason
from contested.render.check_page import _CHIPS, _HOW_TO_READ, _MEANING

ALL_WORDS = [*SENTENCES.values(), *_MEANING.values(), _HOW_TO_READ, *Finding, *Reason]


@pytest.mark.parametrize("sentence", ALL_WORDS)
def test_no_sentence_speaks_of_truth(sentence):
    plain = sentence.lower().replace("not independently confirmed", "")
    for word in NEVER:
        assert not re.search(rf"\b{word}\b", plain), (word, sentence)


@pytest.mark.parametrize("sentence", SENTENCES.values())
def test_no_sentence_says_what_is_so_on_the_ground(sentence):
    assert not re.search(r"\b(Russia|Ukraine) (controls|holds|has|took)\b", sentence)
    assert sentence.endswith((".", "}."))


@pytest.mark.parametrize(
    "key", [k for k, s in SENTENCES.items() if "controlled" in s or "occupied" in s]
)
def test_what_a_map_shows_names_the_map(key):
    """Sentences on status name a map, a source, or say that a source lacks something."""
    slots = {name for _, name, _, _ in string.Formatter().parse(SENTENCES[key]) if name}
    exempt = {"none_fallen", "fallen", "layer"}
    assert key in exempt or slots & {"map", "before", "after", "source"}, key


def test_every_slot_is_filled():
    for key, sentence in SENTENCES.items():
        slots = {name: "x" for _, name, _, _ in string.Formatter().parse(sentence) if name}
        assert "{" not in say(key, **slots)


def test_a_map_is_named_with_its_day():
    one = MapUsed("deepstate", "deepstate", date(2025, 11, 5), "0" * 64, "DeepState’s map")
    assert on(one) == "DeepState’s map of 5 November 2025"


@pytest.mark.parametrize(
    ("km", "words"),
    [
        (21.83, "21.8 km = 13.6 miles"),
        (0.24, "0.24 km = 0.15 miles"),
        (1207.0, "1,207 km = 750 miles"),
    ],
)
def test_lengths_come_in_both_units(km, words):
    assert length(km) == words


def test_ranges_and_areas():
    assert lengths(1182.7, 1243.8) == "1,183–1,244 km = 735–773 miles"
    assert area(-63.3) == "−63.3 km² = −24.4 sq mi"


def test_every_finding_has_a_chip_and_a_meaning():
    assert set(_CHIPS) == set(_MEANING) == set(Finding)
    assert Absent("no map").why == "no map"
