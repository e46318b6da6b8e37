"""Words that lower a claim: hedges, negation, conditions, and disclaimers that come after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contested.records.claim import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contested.claims.document import Notes
    from contested.records.claim import Claim

_CONDITIONS: Final = frozenset({"if", "unless", "provided"})
_NUMBERS: Final = frozenset({"numbers", "figures", "figure", "number", "tally", "estimates"})
_BACK: Final = 2
"""Paragraphs back that "the claims" reach to."""


def hedges(notes: Notes, start: int, end: int) -> tuple[str, ...]:
    """Return the hedging words inside a span."""
    if "hedge" not in notes.sentence.kinds:
        return ()
    tokens = notes.sentence.tokens
    return tuple(
        " ".join(token.low for token in tokens[hit.i : hit.j])
        for hit in notes.sentence.hits
        if hit.kind == "hedge" and start <= tokens[hit.i].start < end
        and tokens[hit.i].text != "May"
    )  # fmt: skip


def negated(notes: Notes, start: int, end: int) -> bool:
    """Return whether the words deny: not "not only", "no more than", "no fewer than"."""
    if "negation" not in notes.sentence.kinds:
        return False
    tokens = notes.sentence.tokens
    for hit in notes.sentence.hits:
        if hit.kind != "negation" or not start <= tokens[hit.i].start < end:
            continue
        follows = tokens[hit.j].low if hit.j < len(tokens) else ""
        if follows not in {"only", "more", "fewer", "less", "doubt"}:
            return True
    return False


def conditional(notes: Notes, start: int, end: int) -> bool:
    """Return whether the words stand under a condition, "as if" aside."""
    if _CONDITIONS.isdisjoint(notes.sentence.lows):
        return False
    tokens = notes.sentence.tokens
    for k, token in enumerate(tokens):
        if token.low in _CONDITIONS and start <= token.start < end:
            return not (k and tokens[k - 1].low in {"as", "even"})
    return False


def disclaimed(claims: Sequence[Claim], meta: Claim, words: str) -> tuple[int, ...]:
    """Return the indices of the claims that a disclaimer lowers.

    "Those numbers" lower the attributed numbers of the sentences just before; "the claims", "the
    report" lower what was attributed in this paragraph, or in the one before if that is where it
    was said. Its own voice is never lowered.
    """
    before = [
        k for k, claim in enumerate(claims)
        if claim.span.end <= meta.span.start and claim.kind is not Kind.META
        and claim.attribution.naming != "reporter"
        and meta.span.paragraph - claim.span.paragraph <= _BACK
    ]  # fmt: skip
    if not before:
        return ()
    nearest = claims[before[-1]].span.paragraph
    near = [k for k in before if claims[k].span.paragraph == nearest]
    if _NUMBERS & set(words.lower().split()):
        return _last_numbers(claims, near)
    return tuple(near)


def _last_numbers(claims: Sequence[Claim], near: Sequence[int]) -> tuple[int, ...]:
    """Return the claims with numbers by whoever spoke last."""
    counted = [k for k in near if claims[k].quantities]
    if not counted:
        return ()
    speaker = claims[counted[-1]].attribution
    return tuple(k for k in counted if claims[k].attribution == speaker)
