"""The lexicon is sound, and its linter finds what is not."""

from __future__ import annotations

import json

import pytest

from contested.claims.lexicon import (
    LANGUAGES,
    build,
    faults,
    load,
    parse,
    plural,
    source,
    split,
    verb_forms,
)
from contested.errors import InputError


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_lexicon_has_no_faults(language):
    assert faults(parse(source(language, "yaml"))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_read_is_what_is_written(language):
    # Run `make lexicon` after an edit of the YAML.
    assert json.loads(source(language, "json")) == parse(source(language, "yaml"))


def test_a_clitic_is_one_word_as_in_a_text():
    assert split("'ll") == ("'ll",)
    assert split("n't") == ("n't",)
    assert load().by_first["n't"][0].kind == "negation"


@pytest.mark.parametrize(
    ("verbs", "fault"),
    [
        ({"take": ["seize", "seize"]}, "stands twice"),
        ({"take": [False]}, "is not a word"),
        ({"take": ["push about eight miles north in two columns"]}, "is a phrase"),
    ],
)
def test_the_linter_speaks(verbs, fault):
    raw = {"language": "en", "verbs": verbs, "irregular": {}, "nouns": {}, "words": {},
           "demonyms": [], "named_periods": {}, "units": {}}  # fmt: skip
    assert fault in " ".join(faults(raw))


def test_an_unknown_section_and_a_missing_one_are_named():
    found = " ".join(faults({"language": "en", "phrases": {}}))
    assert "unknown section 'phrases'" in found
    assert "missing section 'units'" in found


def test_no_lexicon_for_a_language():
    with pytest.raises(InputError, match="there is one for: en"):
        load("xx")


def test_forms():
    irregular = {"take": ["takes", "took", "taken", "taking"]}
    assert dict(verb_forms("take", irregular))["past"] == "took"
    assert dict(verb_forms("carry", {}))["past"] == "carried"
    assert dict(verb_forms("push", {}))["s"] == "pushes"
    assert (plural("city"), plural("clash"), plural("man")) == ("cities", "clashes", "men")


def test_capitals_are_kept_where_the_lexicon_writes_them():
    lexicon = build({
        "language": "en", "verbs": {}, "irregular": {}, "nouns": {}, "words": {"org": ["UN"]},
        "demonyms": [], "named_periods": {}, "units": {},
    })  # fmt: skip
    assert "UN" in lexicon.by_first
    assert "un" not in lexicon.by_first
