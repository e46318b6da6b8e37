"""Claims that are no clause: "X, 13 miles north of Y", "a town in the Z region"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contested.records.claim import ClaimDraft, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contested.claims.document import Notes
    from contested.claims.protocol import PlaceMention
    from contested.claims.tokens import Hit, Token

_COMPASS: Final = frozenset(
    "north south east west northeast northwest southeast southwest north-east north-west "
    "south-east south-west".split()
)
_LENGTHS: Final = frozenset({"km", "mile", "metre"})
_GAP: Final = 9
_MARKS_BETWEEN: Final = 2


def noun_claims(notes: Notes) -> Iterator[ClaimDraft]:
    """Yield drafts of claims inside noun phrases."""
    kinds, places, times = notes.sentence.kinds, notes.places, notes.times
    if places:
        if notes.quantities:
            yield from _distances(notes)
        yield from _bearings(notes)
        yield from _containments(notes)
        if "location_word" in kinds:
            yield from _neighbours(notes)
    if "superlative" in kinds or "most" in notes.sentence.lows:
        yield from _superlatives(notes)
    if places and times:
        yield from _dated_falls(notes)
        if "move_noun" in kinds:
            yield from _advances(notes)


def _index(notes: Notes, offset: int) -> int:
    return notes.sentence.index(offset)


def _distances(notes: Notes) -> Iterator[ClaimDraft]:
    """A place, then a length with a bearing or "from", then what it is measured from."""
    tokens = notes.sentence.tokens
    for quantity in notes.quantities:
        if quantity.unit not in _LENGTHS:
            continue
        before = [m for m in notes.places if m.end <= quantity.start]
        at, begin = _index(notes, quantity.end), _index(notes, quantity.start)
        words = [token.low for token in tokens[at : at + 5]]
        measured = _COMPASS & set(words) or "from" in words[:2]
        aside = words[:1] in (["to"], ["further"], ["farther"]) and _COMPASS & set(words[:4])
        measures = (measured and "of" in words) or "from" in words[:2] or aside
        if not (before and measures):
            continue
        gap = begin - _index(notes, before[-1].end)
        if gap > _MARKS_BETWEEN or not _verbless(notes, before[-1].end, quantity.start):
            continue
        after = [m for m in notes.places if m.start >= quantity.end]
        end = after[0].end if after else tokens[min(len(tokens), at + 5) - 1].end
        if aside:
            after = []
            end = next(t.end for t in tokens[at : at + 5] if t.low in _COMPASS)
        spots = ((before[-1].start, before[-1].end), *((m.start, m.end) for m in after[:1]))
        yield ClaimDraft(
            before[-1].start, end, Kind.DISTANCE, (Kind.LOCATION,), spots[0],
            ((quantity.start, quantity.end),), (), spots,
        )  # fmt: skip


def _verbless(notes: Notes, start: int, end: int) -> bool:
    """Return whether no finite verb stands between two offsets."""
    tokens = notes.sentence.tokens
    for hit in notes.sentence.hits:
        inside = start <= tokens[hit.i].start < end
        if inside and (
            hit.kind in {"be", "have", "do", "modal", "lie"} or hit.form in {"past", "s"}
        ):
            return False
    return True


def _bearings(notes: Notes) -> Iterator[ClaimDraft]:
    """A settlement followed by a bearing: "X, to the east", "X (south of Y)"."""
    tokens = notes.sentence.tokens
    for mention in notes.places:
        at = _index(notes, mention.end)
        if mention.kind != "settlement" or at >= len(tokens) - 1:
            continue
        found = _bearing_after(tokens, at)
        if found is None or any(
            q.start >= mention.end and q.end <= tokens[found - 1].end for q in notes.quantities
        ):
            continue
        after = [m for m in notes.places if m.start >= tokens[found - 1].end][:1]
        referred = after if tokens[min(found, len(tokens) - 1)].low == "of" else []
        end = referred[0].end if referred else tokens[found - 1].end
        spots = ((mention.start, mention.end), *((m.start, m.end) for m in referred))
        yield ClaimDraft(mention.start, end, Kind.LOCATION, (), spots[0], (), (), spots)


def _bearing_after(tokens: tuple[Token, ...], at: int) -> int | None:
    """Return the index behind a bearing that begins at `at`: ", to the east" and the like."""
    words = [token.low for token in tokens[at : at + 6]]
    k = 1 if words[:1] == ["just"] else 0
    if words[0] in {",", "("}:
        k = 1
    elif words[:1] != ["just"]:
        return None
    while k < len(words) and words[k] in {
        "to",
        "in",
        "the",
        "just",
        "lying",
        "a",
        "bit",
        "further",
    }:
        k += 1
    return at + k + 1 if k < len(words) and words[k] in _COMPASS else None


def _containments(notes: Notes) -> Iterator[ClaimDraft]:
    """A settlement, then "in" and a region: "the village of X in the Y region"."""
    tokens = notes.sentence.tokens
    for mention, following in zip(notes.places, notes.places[1:], strict=False):
        if mention.kind != "settlement" or following.kind != "admin":
            continue
        i, j = _index(notes, mention.end), _index(notes, following.start)
        between = [token.low for token in tokens[i:j]]
        if (
            "in" not in between
            or len(between) > _GAP
            or not _verbless(notes, mention.end, following.start)
        ):
            continue
        if any(word in {",", "and", "or"} for word in between):
            continue
        start = _phrase_start(notes, mention)
        yield ClaimDraft(
            start, following.end, Kind.LOCATION, (), (mention.start, mention.end), (), (),
            ((mention.start, mention.end), (following.start, following.end)),
        )  # fmt: skip


def _phrase_start(notes: Notes, mention: PlaceMention) -> int:
    """Return where "the village of X" or "towns like X" begins."""
    tokens = notes.sentence.tokens
    at = _index(notes, mention.start)
    for k in range(max(0, at - 4), at):
        if tokens[k].low in {"the", "a", "towns", "cities", "villages"}:
            return tokens[k].start
    return mention.start


def _neighbours(notes: Notes) -> Iterator[ClaimDraft]:
    """Read "the neighboring Y region": two places touch."""
    tokens = notes.sentence.tokens
    for hit in notes.sentence.hits:
        if hit.kind != "location_word" or (
            tokens[hit.i].low[:9] != "neighbori"
            and tokens[hit.i].low != "adjacent"
            and tokens[hit.i].low[:9] != "neighbour"
        ):
            continue
        near = [m for m in notes.places if 0 <= m.start - tokens[hit.i].end <= 2]  # noqa: PLR2004
        if near:
            start = (
                tokens[hit.i - 1].start
                if hit.i and tokens[hit.i - 1].low == "the"
                else tokens[hit.i].start
            )
            spot = (near[0].start, near[0].end)
            yield ClaimDraft(start, near[0].end, Kind.LOCATION, (), spot, (), (), (spot,))


def _superlatives(notes: Notes) -> Iterator[ClaimDraft]:
    """Read "the deadliest war in Europe since …": from the superlative to the comma."""
    tokens = notes.sentence.tokens
    for k, token in enumerate(tokens[:-1]):
        hit = _superlative_at(notes, k)
        if hit is None:
            continue
        end = next(
            (m for m in range(k, len(tokens)) if tokens[m].text in {",", ".", ";", "”"}),
            len(tokens),
        )
        words = {word.low for word in tokens[k:end]}
        if end - k < 4 or not words & {"since", "war", "region", "month", "year", "ever", "week"}:  # noqa: PLR2004
            continue
        places = tuple(
            (m.start, m.end) for m in notes.places if token.start <= m.start < tokens[end - 1].end
        )
        times = tuple(
            (t.start, t.end)
            for t in notes.times
            if t.start is not None
            and t.end is not None
            and token.start <= t.start < tokens[end - 1].end
        )
        start = tokens[k + 1].start if token.low == "'s" else token.start
        yield ClaimDraft(start, tokens[end - 1].end, Kind.SUPERLATIVE, (), None, (), times, places)


def _superlative_at(notes: Notes, k: int) -> int | None:
    """Return the index of a superlative behind "the" or "'s" at `k`."""
    tokens = notes.sentence.tokens
    if tokens[k].low not in {"the", "'s", "their", "its"} or k + 2 >= len(tokens):
        return None
    following = tokens[k + 1].low
    if following == "most" and tokens[k + 2].low not in {"of", "likely"}:
        return k + 1
    known: list[Hit] = [h for h in notes.sentence.hits if h.i == k + 1 and h.kind == "superlative"]
    return k + 1 if known and following not in {"only", "best"} else None


def _dated_falls(notes: Notes) -> Iterator[ClaimDraft]:
    """Read "since X in May 2023": that X fell then is a claim of its own."""
    tokens = notes.sentence.tokens
    for mention in notes.places:
        if mention.kind != "settlement":
            continue
        at = _index(notes, mention.start)
        for time in notes.times:
            if time.start is None or time.end is None or not 0 <= time.start - mention.end <= 4:  # noqa: PLR2004
                continue
            if at and tokens[at - 1].low in {"since", "after"}:
                spot, when = (mention.start, mention.end), (time.start, time.end)
                yield ClaimDraft(
                    mention.start, time.end, Kind.DATE_EVENT, (Kind.CHANGE_OF_CONTROL,), spot, (),
                    (when,), (spot,),
                )  # fmt: skip


def _advances(notes: Notes) -> Iterator[ClaimDraft]:
    """Read "Russia's advance east of X in August": a movement named as a noun, dated or placed."""
    tokens = notes.sentence.tokens
    for hit in notes.sentence.hits:
        owner = hit.i > 1 and tokens[hit.i - 1].low == "'s"
        if hit.kind != "move_noun" or not owner:
            continue
        last = min(len(tokens), hit.j + 8)
        stop = next((k for k in range(hit.j, last) if tokens[k].text in {",", ".", "”"}), last)
        start, end = tokens[hit.i - 2].start, tokens[stop - 1].end
        times = tuple(
            (t.start, t.end)
            for t in notes.times
            if t.start is not None and t.end is not None and start <= t.start < end
        )
        places = tuple(
            (m.start, m.end) for m in notes.places if tokens[hit.j - 1].end <= m.start < end
        )
        if times and places:
            yield ClaimDraft(
                start, end, Kind.MOVEMENT, (), (start, tokens[hit.j - 1].end), (), times, places
            )
