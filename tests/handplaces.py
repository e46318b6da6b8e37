"""Places by hand: a `PlaceFinder` whose answers one can check by eye."""

from __future__ import annotations

import re
from datetime import date

from contested.claims.protocol import PlaceMention
from contested.claims.reading import read
from contested.sources.article.parse import parse_text

PUBLISHED = date(2025, 11, 6)  # a Thursday

TOWNS = {
    "Pokrovsk": (48.281, 37.176), "Myrnohrad": (48.300, 37.264), "Kramatorsk": (48.739, 37.584),
    "Sloviansk": (48.854, 37.606), "Lyman": (48.985, 37.811), "Kupiansk": (49.706, 37.617),
    "Bakhmut": (48.594, 37.999), "Toretsk": (48.395, 37.848), "Huliaipole": (47.663, 36.256),
}  # fmt: skip
REGIONS = ("Donetsk region", "Kharkiv region", "Luhansk region")
COUNTRIES = ("Ukraine", "Russia")
_NAMES = re.compile(r"\b(?:" + "|".join([*REGIONS, *TOWNS, *COUNTRIES]) + r")\b")


class HandPlaces:
    """Finds the towns, regions and countries above, wherever they stand."""

    def find(self, text, published):
        del published
        return [_mention(found) for found in _NAMES.finditer(text)]


def _mention(found):
    name = found.group()
    lat, lon = TOWNS.get(name, (None, None))
    kind = "settlement" if name in TOWNS else "admin" if name in REGIONS else "country"
    return PlaceMention(
        found.start(), found.end(), name, name, kind, f"hand:{name}", lat, lon,
        1.0 if kind == "settlement" else None,
    )  # fmt: skip


def article(text, published=PUBLISHED):
    return parse_text(text, name="test", published=published)


def claims(text, published=PUBLISHED):
    return read(article(text, published), HandPlaces()).claims


def words(text, claim):
    return text[claim.span.start : claim.span.end]


def of_kind(text, kind, published=PUBLISHED):
    return [claim for claim in claims(text, published) if claim.kind == kind]
