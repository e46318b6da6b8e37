"""Nothing enters a claim that the words do not hold, whatever an extractor says."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.claims.document import analyse
from contested.claims.extractor import RuleExtractor
from contested.claims.lexicon import load
from contested.claims.reading import read
from contested.claims.validator import validate
from contested.records.claim import ClaimDraft, Extractor, Kind
from handplaces import HandPlaces, article

TEXT = (
    "Russian troops captured Toretsk on Monday, the army said. Lyman is 20 km from Kramatorsk, and "
    "about 4,000 residents remain in the town. At least 12 people were killed near Kupiansk in "
    "early October.\nUkraine holds nearly a third of Pokrovsk. Image of a city.\n"
)
DOCUMENT = analyse(article(TEXT), load(), HandPlaces())
ORACLE = tuple(RuleExtractor().drafts(DOCUMENT))
NAME = Extractor("test", "1")


def test_the_oracle_passes_whole():
    reading = validate(DOCUMENT, ORACLE, NAME)
    assert len(reading.claims) == len(ORACLE) >= 5
    assert reading.dropped == ()


def values_of(reading):
    return {(q.start, q.end, q.value, q.unit) for claim in reading.claims for q in claim.quantities}


TRUE_VALUES = {
    (q.start, q.end, q.value, q.unit) for notes in DOCUMENT.notes for q in notes.quantities
}
TRUE_PLACES = {(m.start, m.end, m.place_id) for m in DOCUMENT.mentions}
TRUE_DAYS = {(t.first, t.last) for notes in DOCUMENT.notes for t in notes.times} | {
    (DOCUMENT.article.published, DOCUMENT.article.published)
}


def corrupt(draft, random):
    """Return a draft that points somewhere else, as a model that makes things up would."""
    shift = random.randint(-60, 60)
    return random.choice([
        replace(draft, quantities=((draft.start + shift, draft.start + shift + 4),)),
        replace(draft, places=((draft.start + shift, draft.start + shift + 6),)),
        replace(draft, times=((draft.start + shift, draft.start + shift + 6),)),
        replace(draft, start=draft.start + 10_000, end=draft.end + 10_000),
        replace(draft, kind="certainly_true"),
        replace(draft, start=draft.end, end=draft.start),
        replace(draft, end=len(TEXT)),
    ])  # fmt: skip


@given(st.integers(0, 10_000))
def test_a_fifth_corrupted_never_changes_a_value(seed):
    random = Random(seed)  # noqa: S311
    drafts = [corrupt(d, random) if random.random() < 0.2 else d for d in ORACLE]
    reading = validate(DOCUMENT, drafts, NAME)
    assert len(reading.claims) + len(reading.dropped) == len(drafts)
    assert values_of(reading) <= TRUE_VALUES
    for claim in reading.claims:
        assert TEXT[claim.span.start : claim.span.end].strip()
        assert {(p.start, p.end, p.place_id) for p in claim.places} <= TRUE_PLACES
        assert claim.time is None or (claim.time.first, claim.time.last) in TRUE_DAYS
    untouched = [d for d, o in zip(drafts, ORACLE, strict=True) if d == o]
    kept = {(c.span.start, c.span.end, str(c.kind)) for c in reading.claims}
    assert {(d.start, d.end, str(d.kind)) for d in untouched} <= kept


@given(
    st.integers(-5, len(TEXT) + 5),
    st.integers(-5, len(TEXT) + 5),
    st.sampled_from([*Kind, "nonsense"]),
    st.lists(st.tuples(st.integers(-5, 400), st.integers(-5, 400)), max_size=2),
)
def test_any_draft_gives_a_claim_or_a_reason(start, end, kind, offsets):
    draft = ClaimDraft(start, end, str(kind), quantities=tuple(offsets), places=tuple(offsets))
    reading = validate(DOCUMENT, [draft], NAME)
    assert len(reading.claims) + len(reading.dropped) == 1
    assert all(d.reason for d in reading.dropped)
    assert values_of(reading) <= TRUE_VALUES


@pytest.mark.parametrize(
    ("draft", "reason"),
    [
        (ClaimDraft(0, 38, "control", quantities=((0, 7),)), "no number"),
        (ClaimDraft(0, 38, "control", places=((0, 7),)), "no place"),
        (ClaimDraft(0, 38, "control", times=((0, 7),)), "no time"),
        (ClaimDraft(0, 9_999, "control"), "outside the text"),
        (ClaimDraft(0, len(TEXT) - 20, "control"), "one paragraph"),
        (ClaimDraft(0, 38, "secret_weapon"), "no such kind"),
        (ClaimDraft(0, 38, "control", subject=(0, 9_999)), "subject"),
    ],
)
def test_reasons(draft, reason):
    (dropped,) = validate(DOCUMENT, [draft], NAME).dropped
    assert reason in dropped.reason


def test_a_place_behind_the_claim_is_refused():
    later = next(m for m in DOCUMENT.mentions if m.name == "Pokrovsk")
    draft = ClaimDraft(0, 38, "control", places=((later.start, later.end),))
    assert "behind" in validate(DOCUMENT, [draft], NAME).dropped[0].reason


def test_the_same_claim_twice_is_one():
    reading = validate(DOCUMENT, [ORACLE[0], ORACLE[0]], NAME)
    assert len(reading.claims) == 1
    assert reading.dropped[0].reason == "the same claim twice"


def test_ids_are_stable():
    first, second = read(article(TEXT), HandPlaces()), read(article(TEXT), HandPlaces())
    assert [c.id for c in first.claims] == [c.id for c in second.claims]
    assert len({c.id for c in first.claims}) == len(first.claims)
