"""The places of a claim, read anew, with what the words say of them: near, east of, edge of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contested.records.claim import ClaimPlace, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contested.claims.document import Document, Notes
    from contested.claims.protocol import PlaceMention
    from contested.claims.tokens import Token
    from contested.records.claim import ClaimDraft

_PLAIN: Final = frozenset({"near", "outside", "around", "towards", "toward", "inside", "beyond"})
_COMPASS: Final = frozenset(
    "north south east west northeast northwest southeast southwest north-east north-west "
    "south-east south-west".split()
)
_SIDES: Final = frozenset(
    "northern southern eastern western northeastern northwestern southeastern southwestern "
    "central".split()
)
_PARTS: Final = frozenset("edge side part parts outskirts suburbs streets half bank flank".split())
_SECTORS: Final = frozenset({"direction", "sector", "axis", "directions", "sectors"})
_REFERENCE: Final = frozenset({Kind.DISTANCE, Kind.LOCATION})


class UnknownPlaceError(ValueError):
    """A draft points at words that name no place."""


def places_of(
    document: Document, draft: ClaimDraft, notes: Notes, kind: Kind
) -> tuple[ClaimPlace, ...]:
    """Return the places at the draft's offsets, in order, without doubles.

    Raises
    ------
    UnknownPlaceError
        Words at an offset name no place, or stand behind the claim's sentence.
    """
    found: list[ClaimPlace] = []
    for start, end in draft.places:
        mention = document.by_start.get(start)
        if mention is None or mention.end != end:
            raise UnknownPlaceError(f"no place at {start}–{end}")
        if mention.start >= notes.sentence.end:
            raise UnknownPlaceError(f"the place at {start}–{end} stands behind the claim")
        if any(place.name == mention.name for place in found):
            continue
        reference = bool(found) and kind in _REFERENCE
        found.append(_place(document, mention, "reference" if reference else "place", kind))
    return tuple(found)


def _place(document: Document, mention: PlaceMention, role: str, kind: Kind) -> ClaimPlace:
    relation = _relation(document, mention, kind)
    sector = relation == "sector"
    return ClaimPlace(
        surface=mention.surface, start=mention.start, end=mention.end, place_id=mention.place_id,
        name=mention.name, kind=mention.kind, lat=mention.lat, lon=mention.lon, role=role,
        relation=relation, uncertainty_km=None if sector else mention.uncertainty_km,
    )  # fmt: skip


def _relation(document: Document, mention: PlaceMention, kind: Kind) -> str | None:
    notes = document.notes_at(mention.start)
    if notes is None:
        return None
    tokens = notes.sentence.tokens
    at = notes.sentence.index(mention.start)
    after = notes.sentence.index(mention.end)
    following = tokens[after].low if after < len(tokens) else ""
    if following in _SECTORS or (kind is Kind.SHARE and _counts_battles(notes, tokens, at)):
        return "sector"
    if following == "area":
        return "area"
    return _before(tokens, at)


def _counts_battles(notes: Notes, tokens: Sequence[Token], at: int) -> bool:
    """Return whether a share of battles "in X" is counted by sector, as the staffs do."""
    counted = any(hit.kind == "clash_noun" for hit in notes.sentence.hits)
    return counted and at > 0 and tokens[at - 1].low in {"in", "at"}


def _before(tokens: Sequence[Token], at: int) -> str | None:
    """Return "near", "east of", "southwestern edge of" as the words before a name have it."""
    words = [token.low for token in tokens[max(0, at - 5) : at]]
    while words and words[-1] in {"the", "town", "city", "village", "settlement", "settlements"}:
        words.pop()
    if words and words[-1] == "of" and len(words) > 1 and words[-2] not in _COMPASS | _PARTS:
        words.pop()
        while words and words[-1] in {"the", "town", "city", "village", "settlements", "small"}:
            words.pop()
    if words and words[-1] in _PLAIN:
        return words[-1]
    if len(words) > 1 and words[-1] == "of":
        return _of(words)
    return None


def _of(words: Sequence[str]) -> str | None:
    if words[-2] in _COMPASS:
        return f"{words[-2]} of"
    if words[-2] in _PARTS:
        side = words[-3] if len(words) > 2 and words[-3] in _SIDES else ""  # noqa: PLR2004
        return f"{side} {words[-2]} of".strip()
    return None
