"""What the rules for kinds see of a clause."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from contested.claims.protocol import PlaceMention
    from contested.claims.tokens import Hit, Sentence
    from contested.records.claim import Quantity, TimeSpan

_LENGTHS: Final = frozenset({"km", "mile", "metre", "yard", "foot"})
_AREAS: Final = frozenset({"km2", "mile2", "hectare"})


class View(NamedTuple):
    """A clause with its hits, numbers, times and places.

    Attributes
    ----------
    role
        How it hangs on the clause before (``claims.clauses``).
    quoted
        Its words stand in quotation marks.
    own_voice
        Nobody but the publication says it.
    words, lows
        The words in lower case, in order and as a set.
    feared
        Someone says that he fears it.
    """

    sentence: Sentence
    i: int
    j: int
    role: str
    hits: tuple[Hit, ...]
    kinds: frozenset[str]
    quantities: tuple[Quantity, ...]
    times: tuple[TimeSpan, ...]
    places: tuple[PlaceMention, ...]
    quoted: bool
    own_voice: bool
    words: tuple[str, ...]
    lows: frozenset[str]
    feared: bool = False

    @property
    def start(self) -> int:
        """Offset of the first word."""
        return self.sentence.tokens[self.i].start

    @property
    def end(self) -> int:
        """Offset behind the last word."""
        return self.sentence.tokens[self.j - 1].end

    def has(self, *kinds: str) -> bool:
        """Return whether words of one of these classes stand in the clause."""
        return not self.kinds.isdisjoint(kinds)

    def first(self, *kinds: str) -> Hit | None:
        """Return the first words of one of these classes."""
        if self.kinds.isdisjoint(kinds):
            return None
        return next((hit for hit in self.hits if hit.kind in kinds), None)

    def verb(self, *kinds: str) -> Hit | None:
        """Return the first verb of these classes that is no noun here ("an attack", "the hold")."""
        if self.kinds.isdisjoint(kinds):
            return None
        for hit in self.hits:
            if hit.kind in kinds and not self._nominal(hit):
                return hit
        return None

    def _nominal(self, hit: Hit) -> bool:
        if hit.i == 0:
            return False
        before = self.sentence.tokens[hit.i - 1].low
        if before in _DETERMINERS or before[0].isdigit():
            return True
        if hit.form in {"past", "pp"} and before == "or":
            return True  # "damaged or abandoned vehicles"
        return hit.form == "base" and before.endswith("'s")

    def unit(self, *units: str) -> Quantity | None:
        """Return the first quantity in one of these units."""
        for found in self.quantities:
            if found.unit in units:
                return found
        return None

    @property
    def length(self) -> Quantity | None:
        """The first length."""
        return self.unit(*_LENGTHS) if self.quantities else None

    @property
    def area(self) -> Quantity | None:
        """The first area."""
        return self.unit(*_AREAS) if self.quantities else None

    def near(self, offset: int, words: int) -> tuple[str, ...]:
        """Return the words that follow an offset, at most `words` of them."""
        tokens = self.sentence.tokens
        at = self.sentence.index(offset)
        following = [token.low for token in tokens[at : at + words + 6]]
        if following[:1] == ["("] and ")" in following:
            following = following[following.index(")") + 1 :]
        return tuple(following[:words])

    def names_after(self, hit: Hit) -> bool:
        """Return whether a capitalised word follows: a place that the gazetteer may lack."""
        following = self.sentence.tokens[hit.j : min(hit.j + 1, self.j)]
        return bool(following) and following[0].text[0].isupper()


_DETERMINERS: Final = frozenset(
    {"a", "an", "the", "of", "its", "their", "his", "her", "our", "no", "any", "'s", "in", "heavy",
     "under", "for", "military", "this", "that", "these", "those", "air", "main", "full"}
)  # fmt: skip


def view(
    sentence: Sentence,
    i: int,
    j: int,
    *,
    role: str,
    quantities: tuple[Quantity, ...],
    times: tuple[TimeSpan, ...],
    places: tuple[PlaceMention, ...],
    quoted: bool,
    own_voice: bool,
    feared: bool = False,
    put_in: tuple[int, int] = (0, 0),
) -> View:
    """Return the view of ``tokens[i:j]`` with what lies inside it, and not in `put_in`."""
    start, end = sentence.tokens[i].start, sentence.tokens[j - 1].end
    hits, kinds, lows = sentence.hits, sentence.kinds, sentence.lows
    words = sentence.words
    if j - i < len(words):
        hits = tuple([hit for hit in hits if i <= hit.i and hit.j <= j])
        kinds = frozenset([hit.kind for hit in hits])
        words = words[i:j]
        lows = frozenset(words)
    if quantities:
        quantities = tuple([q for q in quantities if start <= q.start and q.end <= end])
    if times:
        times = tuple([t for t in times if t.start is not None and start <= t.start < end])
    if places:
        places = tuple([p for p in places if start <= p.start and p.end <= end])
    if put_in[1]:
        a, b = put_in
        hits = tuple([hit for hit in hits if hit.j <= a or hit.i >= b])
        kinds = frozenset([hit.kind for hit in hits])
        words = words[: a - i] + words[b - i :]
        lows = frozenset(words)
        first, last = sentence.tokens[a].start, sentence.tokens[b - 1].end
        quantities = tuple([q for q in quantities if q.end <= first or q.start >= last])
        times = tuple([t for t in times if t.end is None or t.end <= first or _begins(t, last)])
        places = tuple([p for p in places if p.end <= first or p.start >= last])
    return View(
        sentence, i, j, role, hits, kinds, quantities, times, places, quoted, own_voice, words,
        lows, feared,
    )  # fmt: skip


def _begins(time: TimeSpan, offset: int) -> bool:
    return time.start is not None and time.start >= offset
