"""What "the city", "it" and "there" mean, where it is certain; else nothing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contested.claims.document import Document
    from contested.claims.protocol import PlaceMention
    from contested.claims.view import View

SETTLED: Final = frozenset({"city", "town", "village", "settlement"})
_WORDS: Final = frozenset({"it", "its", "there", "here"})
_PLURAL: Final = frozenset({"cities", "towns", "villages", "settlements"})
_REACH: Final = 3
"""Sentences back in which an antecedent is looked for."""


def topic(document: Document) -> PlaceMention | None:
    """Return the first mention of the settlement named most, if it leads clearly."""
    counts = Counter(m.name for m in document.mentions if m.kind == "settlement")
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < 2 or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):  # noqa: PLR2004
        return None
    return next(m for m in document.mentions if m.name == ranked[0][0])


def meant(
    clause: View, earlier: Sequence[Sequence[PlaceMention]], main: PlaceMention | None
) -> tuple[PlaceMention, ...]:
    """Return the settlements that a clause without a name speaks of.

    Parameters
    ----------
    earlier
        Settlements of this paragraph's sentences before the clause, in order.
    main
        The settlement the whole text is about (`topic`).
    """
    words = clause.words
    if not _refers(words, quoted=clause.quoted):
        return ()
    recent = [m for found in earlier[-_REACH:] for m in found]
    if _PLURAL & set(words):
        return _last_several(earlier)
    names = {m.name for m in recent}
    if len(names) == 1:
        return (recent[-1],)
    if main is not None and (main.name in names or not names):
        return (main,)
    # Two towns were named and neither leads: the nearer one is a guess, so it is not made.
    nearest = {m.name for m in earlier[-1]} if earlier else set()
    return (earlier[-1][0],) if len(nearest) == 1 else ()


def _refers(words: tuple[str, ...], *, quoted: bool) -> bool:
    for k, word in enumerate(words):
        # In speech "it" and "here" can be anything.
        if word in _WORDS and not quoted:
            return True
        if (
            word in SETTLED | _PLURAL
            and k
            and words[k - 1] in {"the", "this", "that", "those", "these"}
        ):
            return True
    return False


def _last_several(earlier: Sequence[Sequence[PlaceMention]]) -> tuple[PlaceMention, ...]:
    for found in reversed(earlier):
        if len({m.name for m in found}) > 1:
            return tuple({m.name: m for m in found}.values())[-2:]
    return ()
