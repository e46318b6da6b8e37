"""One key for all spellings of a name that differ in what no reader notices.

`fold` is for exact look-up: case, accents, apostrophes, soft signs and hyphens go. `skeleton`
goes further and makes the systems of transliteration meet (Hulyaypole, Guljajpole and
Huliaipole; -ivka and -yivka; -iansk and -yansk). It keeps endings, because Pokrovsk and
Pokrovske are different towns.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from contested.places.translit import is_cyrillic, romanise

_DROPPED: Final = {ord(sign): None for sign in "'’‘ʼ`´′″”“\"ʹʺ\u0301"}
_SPACES: Final = {ord(sign): " " for sign in "-‐‑–—\u00a0_"}
_CYRILLIC_YO: Final = {ord("ё"): "е", ord("Ё"): "е"}
_UNDIVIDED: Final = {ord("ł"): "l", ord("Ł"): "L", ord("đ"): "d", ord("Đ"): "D", ord("ø"): "o"}
"""Letters with a stroke, which Unicode does not divide into a letter and a mark."""

_CLEAN: Final = {**_DROPPED, **_SPACES, **_CYRILLIC_YO, **_UNDIVIDED}
_MARKS: Final = re.compile("[\u0300-\u036f]")

_SKELETON: Final = (
    # German, French and Polish renderings first: they are the longest.
    (re.compile("schtsch|chtch|szcz|shch|šč"), "Q"),
    (re.compile("tsch|tch|cz|ch"), "C"),
    (re.compile("sch|sh|sz|š"), "S"),
    (re.compile("zh|ž"), "Z"),
    (re.compile("kh"), "X"),
    (re.compile("ts|tz"), "c"),
    (re.compile("w"), "v"),
    (re.compile("[gh]"), "h"),
    (re.compile("[yij]+([aou])"), r"I\1"),
    (re.compile("[yij]*e"), "e"),
    (re.compile("[yij]+"), "i"),
    (re.compile(r"(.)\1+"), r"\1"),
)


@lru_cache(maxsize=65_536)
def fold(name: str) -> str:
    """Return the key under which a name is looked up.

    Examples
    --------
    >>> fold("Куп’янськ"), fold("Donets'k"), fold("Ivano-Frankivs’k")
    ('купянськ', 'donetsk', 'ivano frankivsk')
    """
    if name.isascii():
        return " ".join(name.translate(_CLEAN).casefold().split())
    clean = name.translate(_CLEAN).casefold()
    if not is_cyrillic(clean):
        # Only Latin letters lose their marks: й and ї are letters, not и and і with a hat.
        clean = _MARKS.sub("", unicodedata.normalize("NFKD", clean.replace("ı", "i")))
    return " ".join(clean.split())


@lru_cache(maxsize=65_536)
def skeleton(name: str) -> str:
    """Return the key on which transliterations of one name meet.

    Examples
    --------
    >>> skeleton("Huliaipole") == skeleton("Hulyaypole") == skeleton("Guljajpole")
    True
    >>> skeleton("Pokrovsk") == skeleton("Pokrovske")
    False
    """
    key = fold(name)
    if is_cyrillic(key):
        key = fold(romanise(key, "kmu"))
    for pattern, replacement in _SKELETON:
        key = pattern.sub(replacement, key)
    return key
