"""Ukrainian and Russian names in Latin letters, by the systems that texts use.

`kmu`
    Cabinet of Ministers of Ukraine, resolution 55 of 27 January 2010: the official one.
`bgn`
    BGN/PCGN 1965 for Ukrainian, apostrophes left out: GeoNames, older maps (Hulyaypole).
`isw`
    As the Institute for the Study of War spells: KMU with -ya-, -yu-, -ye- inside words
    (Slovyansk, Kupyansk, Hulyaipole, Dobropillya).
`bgn_ru`
    BGN/PCGN 1947 for Russian, apostrophes left out (Gulyaypole, Slavyansk, Artemovsk).
"""

from __future__ import annotations

import re
from typing import Final

_SHARED: Final = {
    "а": "a",
    "б": "b",
    "в": "v",
    "д": "d",
    "е": "e",
    "ж": "zh",
    "з": "z",
    "к": "k",
    "л": "l",
    "м": "m",
    "н": "n",
    "о": "o",
    "п": "p",
    "р": "r",
    "с": "s",
    "т": "t",
    "у": "u",
    "ф": "f",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ь": "",
    "'": "",
}
_UKRAINIAN: Final = {**_SHARED, "г": "h", "ґ": "g", "и": "y", "і": "i"}

KMU: Final = {**_UKRAINIAN, "є": "ie", "ї": "i", "й": "i", "ю": "iu", "я": "ia"}
_KMU_FIRST: Final = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
BGN: Final = {**_UKRAINIAN, "є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
ISW: Final = {**_UKRAINIAN, "є": "ye", "ї": "i", "й": "i", "ю": "yu", "я": "ya"}
BGN_RU: Final = {
    **_SHARED,
    "г": "g",
    "ё": "yo",
    "и": "i",
    "й": "y",
    "ъ": "",
    "ы": "y",
    "э": "e",
    "ю": "yu",
    "я": "ya",
}

SYSTEMS: Final = ("kmu", "bgn", "isw", "bgn_ru")

_APOSTROPHES: Final = re.compile("[’ʼ`´′″”ʹʺ]")
_RUSSIAN_YE: Final = re.compile(r"(^|[\s\-аеёиоуыэюяъь])е")
_ONLY_RUSSIAN: Final = re.compile("[ыэёъ]", re.IGNORECASE)
_ONLY_UKRAINIAN: Final = re.compile("[іїєґ']", re.IGNORECASE)
_CYRILLIC: Final = re.compile("[а-яёіїєґ]", re.IGNORECASE)


def is_cyrillic(text: str) -> bool:
    """Say whether a text has Cyrillic letters of Ukrainian or Russian."""
    return _CYRILLIC.search(text) is not None


def romanised(name: str) -> dict[str, str]:
    """Return a Cyrillic name by every system that fits its language.

    A name with letters of one language only is read in that language; Гуляйполе could be
    either, so it is read in both.

    Examples
    --------
    >>> romanised("Куп'янськ")
    {'kmu': 'Kupiansk', 'bgn': 'Kupyansk', 'isw': 'Kupyansk'}
    """
    plain = _APOSTROPHES.sub("'", name)
    russian = _ONLY_RUSSIAN.search(plain) is not None
    ukrainian = _ONLY_UKRAINIAN.search(plain) is not None
    wanted = [
        s for s in SYSTEMS if (s != "bgn_ru" and not russian) or (s == "bgn_ru" and not ukrainian)
    ]
    return {system: romanise(plain, system) for system in wanted}


def romanise(name: str, system: str = "kmu") -> str:
    """Return a Cyrillic name in Latin letters by one of `SYSTEMS`; other letters stay.

    Capitals follow the first letter of each word.
    """
    lower = _APOSTROPHES.sub("'", name).lower()
    if system == "bgn_ru":
        table = {**BGN_RU, "є": "ye"}
        latin = _table(_RUSSIAN_YE.sub(r"\1є", lower), table, table)
    elif system == "kmu":
        latin = _table(lower.replace("зг", "zgh"), KMU, {**KMU, **_KMU_FIRST})
    elif system == "bgn":
        latin = _table(lower, BGN, BGN)
    else:
        latin = _table(lower, ISW, {**ISW, **_KMU_FIRST})
    return _capitals(latin) if name[:1].isupper() else latin


def _table(text: str, inside: dict[str, str], first: dict[str, str]) -> str:
    """Transliterate letter by letter; the first letter of a word has its own table."""
    out: list[str] = []
    fresh = True
    for letter in text:
        out.append((first if fresh else inside).get(letter, letter))
        fresh = letter in " -"
    return "".join(out)


def _capitals(text: str) -> str:
    return re.sub(r"(^|[\s\-])(\w)", lambda hit: hit[1] + hit[2].upper(), text)
