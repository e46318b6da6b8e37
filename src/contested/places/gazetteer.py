"""Names looked up, from the exact to the merely similar."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from contested.places.declension import nominatives, without_preposition
from contested.places.extent import SETTLEMENTS
from contested.places.fuzzy import close_to
from contested.places.index import Form
from contested.places.spelling import fold, skeleton
from contested.places.translit import is_cyrillic

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from contested.places.index import Entry, Hits, PlaceIndex
    from contested.records import Place

__all__ = ["Gazetteer", "Match"]

_AS_LISTED, _DECLINED, _VARIANT, _ALIKE = 1.0, 0.9, 0.85, 0.75
_REMEMBERED: Final = 10_000
"""Names remembered that are not as listed; a text of made-up names must not fill the memory."""

_TOPONYMIC: Final = re.compile(
    r"(?:[iy]vka|[iy]anka|ivk[ay]|s[’']?k(?:e|oye|oe|a|y[iy]?)?|hrad|grad|pil|pol|pole|"
    r"pill[iy]a|dar|ove|eve|yne|ine|ovo|evo|ino|yno|iv|yiv|tsi|ychi)$"
)
"""Endings on which an unknown word may be a Ukrainian name in another spelling."""
_LEAST_TOPONYMIC: Final = 7

_HOW: Final = {
    Form.OFFICIAL: "name",
    Form.OTHER: "other name",
    Form.FORMER: "former name",
    Form.GENERATED: "spelling by a rule of transliteration",
    Form.DECLINED: "declined form",
}


class Match(NamedTuple):
    """A place that a name may mean, and how the name led there.

    A tuple, for 200,000 are made in a second.

    Attributes
    ----------
    closeness
        1 for a name as listed, less for declined forms, variants and likeness.
    how
        In words, for the reason of an answer.
    """

    place: Place
    form: Form
    closeness: float
    how: str


class Gazetteer:
    """One or more indices asked as one: the shipped gazetteer and what a person added.

    Parameters
    ----------
    layers
        Indices, weakest first: a place that a later layer holds replaces the earlier one's.
    neighbours
        Region (``UA-05``) → regions that touch it.
    hidden
        Identifiers of earlier layers that a later one knows under another identifier.
    """

    def __init__(
        self,
        *layers: PlaceIndex,
        neighbours: Mapping[str, Iterable[str]] | None = None,
        hidden: Iterable[str] = (),
    ) -> None:
        self._layers = layers
        self._hidden = frozenset(hidden)
        self._neighbours = {key: frozenset(near) for key, near in (neighbours or {}).items()}
        self._exact: dict[str, tuple[Match, ...]] = {}
        self._rarer: dict[str, tuple[Match, ...]] = {}
        self._knows: dict[str, bool] = {}

    def neighbours(self, region: str) -> frozenset[str]:
        """Return the regions that touch a region, none if it is not known."""
        return self._neighbours.get(region, frozenset())

    def exact(self, name: str) -> tuple[Match, ...]:
        """Return the places that bear a name, but for case, accents and apostrophes."""
        key = fold(name)
        found = self._exact.get(key)
        if found is None:
            found = self._matches([layer.exact(key) for layer in self._layers], _AS_LISTED)
            if found:
                self._exact[key] = found
        return found

    def knows(self, name: str) -> bool:
        """Return whether words of a text are a name: as listed, or by their ending a variant."""
        known = self._knows.get(name)
        if known is None:
            if len(self._knows) >= _REMEMBERED:
                self._knows.clear()
            known = self._knows[name] = bool(self.exact(name) or self._is_variant(name))
        return known

    def _is_variant(self, name: str) -> bool:
        return toponymic(name) and bool(self.variants(name))

    def match(self, name: str) -> tuple[Match, ...]:
        """Return the places that a name may mean.

        Steps, each only where the one before found nothing: the name as listed; its nominative,
        for Cyrillic; another transliteration; the only name that is more than 93 % alike.
        """
        found = self.exact(name)
        if found:
            return found
        if name not in self._rarer:
            if len(self._rarer) >= _REMEMBERED:
                self._rarer.clear()
            self._rarer[name] = self._by_rules(name)
        return self._rarer[name]

    def _by_rules(self, name: str) -> tuple[Match, ...]:
        found = self._declined(name) or self._variants(name) or self._alike(name)
        rest = without_preposition(fold(name))
        return found or (self.match(rest) if rest != fold(name) else ())

    def variants(self, name: str) -> tuple[Match, ...]:
        """Return the places one of whose names is this one in another transliteration."""
        return self._variants(name)

    def _declined(self, name: str) -> tuple[Match, ...]:
        key = fold(name)
        if not is_cyrillic(key):
            return ()
        for proposal in nominatives(key):
            if found := self.exact(proposal):
                how = f"declined form of {found[0].place.name}"
                return tuple(Match(hit.place, _declined(hit.form), _DECLINED, how) for hit in found)
        return ()

    def _variants(self, name: str) -> tuple[Match, ...]:
        key = skeleton(name)
        return self._matches(
            [layer.similar(key) for layer in self._layers], _VARIANT, "variant of a "
        )

    def _alike(self, name: str) -> tuple[Match, ...]:
        key = fold(name)
        keys = {other for layer in self._layers for other in layer.keys(key[:1])}
        close = close_to(key, keys)
        if len(close) != 1:
            # Several names are as much like it: to choose would be to guess.
            return ()
        score, only = close[0]
        hits = [layer.exact(only) for layer in self._layers]
        return self._matches(hits, _ALIKE * score / 100, f"{score:.0f} % like a ")

    def _matches(self, hits: list[Hits], closeness: float, prefix: str = "") -> tuple[Match, ...]:
        if len(self._layers) == 1:
            place = self._layers[0].place
            return tuple(
                Match(place(row), form, closeness, prefix + _HOW[form]) for row, form in hits[0]
            )
        found: dict[str, Match] = {}
        for layer, of_layer in zip(self._layers, hits, strict=True):
            for row, form in of_layer:
                place_id = layer.place(row).id
                if place_id in self._hidden:
                    continue
                nearest = min(form, found[place_id].form) if place_id in found else form
                found[place_id] = Match(
                    self._newest(place_id), nearest, closeness, prefix + _HOW[nearest]
                )
        return tuple(sorted(found.values(), key=lambda match: match.form))

    def _newest(self, place_id: str) -> Place:
        entry = self.entry(place_id)
        if entry is None:
            raise KeyError(place_id)
        return entry.place

    def entry(self, place_id: str) -> Entry | None:
        """Return a place by its identifier, with its names; `None` if it is not known."""
        if place_id in self._hidden:
            return None
        for layer in reversed(self._layers):
            row = layer.row_of(place_id)
            if row is not None:
                return layer.entry(row)
        return None

    def by_pcode(self, pcode: str) -> Place | None:
        """Return the settlement that has an OCHA P-code, `None` if none has."""
        entry = self.entry(f"pcode:{pcode}")
        if entry is not None:
            return entry.place
        # The shipped layer knows P-codes of regions only.
        return next((p for p in self.places(SETTLEMENTS) if p.pcode == pcode), None)

    def places(self, kinds: Iterable[str] = (), country: str | None = None) -> list[Place]:
        """Return all places of some kinds (all, if none are named) by identifier."""
        found: dict[str, Place] = {}
        for layer in self._layers:
            for row in layer.rows(kinds, country):
                place = layer.place(row)
                found[place.id] = place
        return [found[place_id] for place_id in sorted(found) if place_id not in self._hidden]

    def within(
        self,
        west: float,
        south: float,
        east: float,
        north: float,
        kinds: Iterable[str] = (),
        least_people: int = 0,
    ) -> list[Place]:
        """Return the places of a box in degrees, by identifier; no kinds: all of them."""
        wanted = frozenset(kinds)
        found: dict[str, Place] = {}
        for layer in self._layers:
            for row in layer.rows_within(west, south, east, north, least_people):
                place = layer.place(row)
                found[place.id] = place
        # a later layer may have moved a place out of the box
        newest = [self._newest(place_id) if len(self._layers) > 1 else found[place_id]
                  for place_id in sorted(found) if place_id not in self._hidden]  # fmt: skip
        return [
            place for place in newest
            if (not wanted or place.kind in wanted)
            and west <= place.lon <= east and south <= place.lat <= north
        ]  # fmt: skip

    def regions(self, name: str) -> tuple[str, ...]:
        """Return the codes (``UA-05``) of the regions or the country's regions with this name."""
        return tuple(
            f"{match.place.country}-{match.place.admin1}"
            for match in self.exact(name)
            if match.place.kind == "region"
        )

    def completions(self, prefix: str, most: int = 30) -> list[str]:
        """Return names of places that begin with some letters, the largest places first.

        Own names come in the letters of the prefix: Часі completes to Часів Яр.
        """
        key = fold(prefix)
        if not key:
            return []
        keys = {
            name for layer in self._layers for name in layer.keys(key[0]) if name.startswith(key)
        }
        found = {
            match.place: match.form
            for name in keys
            for match in self.exact(name)
            if match.form <= Form.OTHER
        }
        ordered = sorted(found, key=lambda place: (-(place.population or 0), place.name))
        named = (self._named_like(place, key) for place in ordered)
        return list(dict.fromkeys(name for name in named if name))[:most]

    def _named_like(self, place: Place, key: str) -> str | None:
        """Return the place's own name that begins with a key, `None` if none does."""
        if fold(place.name).startswith(key):
            return place.name
        if not is_cyrillic(key):
            return None
        entry = self.entry(place.id)
        own = [n for n, form in entry.names if form is Form.OFFICIAL] if entry else []
        return next((name for name in own if fold(name).startswith(key)), None)


def _declined(form: Form) -> Form:
    """Return the form of a declined name: another place's other name stays one."""
    return Form.DECLINED if form is Form.OFFICIAL else form


def toponymic(name: str) -> bool:
    """Say whether a word ends as Ukrainian names do, whether or not one is known."""
    return len(name) >= _LEAST_TOPONYMIC and bool(_TOPONYMIC.search(name))
