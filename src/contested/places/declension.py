"""Ukrainian names in other cases, put back into the nominative where simple rules do it.

Rules propose, the gazetteer disposes: every proposal is looked up, and one that is no name is
dropped. Cases that change the stem (Кривому Розі) are left to the list of spellings.
"""

from __future__ import annotations

import itertools
from typing import Final

_ENDINGS: Final = (
    # adjectives: у Родинському, біля Удачного, у Золотому Колодязі
    ("ського", ("ське", "ськ")),
    ("ському", ("ське", "ськ")),
    ("цького", ("цьке", "цьк")),
    ("цькому", ("цьке", "цьк")),
    ("ого", ("е", "ий", "ів")),
    ("ому", ("е", "ий", "ів")),
    ("ього", ("є", "ій")),
    ("ьому", ("є", "ій")),
    ("ої", ("а",)),
    ("ій", ("а",)),
    ("ську", ("ськ",)),
    ("ська", ("ськ",)),
    ("цьку", ("цьк",)),
    ("цька", ("цьк",)),
    # Харкова, Харкові; Києва, Києві
    ("ова", ("ів",)),
    ("ові", ("ів", "ове")),
    ("єва", ("їв",)),
    ("єві", ("їв",)),
    # feminine: в Авдіївці, з Авдіївки; у Волновасі, у Ризі
    ("ці", ("ка", "ці")),
    ("сі", ("ха", "са")),
    ("зі", ("га", "за", "г")),
    ("ки", ("ка",)),
    ("ку", ("ка", "к")),
    ("ллі", ("лля",)),
    ("жжі", ("жжя",)),
    # instrumental: під Покровськом, над Гуляйполем, під Авдіївкою
    ("ським", ("ське", "ськ")),
    ("им", ("е", "ий", "ів")),
    ("ою", ("а",)),
    ("ею", ("я", "а")),
    ("ом", ("", "о")),
    ("ем", ("ь", "е", "")),
    # Russian locative: в Покровске, в Харькове
    ("ске", ("ск",)),
    ("ове", ("ов", "ово")),
    ("еве", ("ев", "ево")),
    # plural: у Липцях, з Липців; у Кринках
    ("ців", ("ці",)),
    ("цях", ("ці",)),
    ("ах", ("и",)),
    ("ях", ("і",)),
    # masculine: Бахмута, у Бахмуті; Маріуполя, у Маріуполі
    ("ля", ("ль",)),
    ("лі", ("ль", "ля", "ле")),
    ("а", ("",)),
    ("у", ("", "а")),
    ("і", ("", "а", "я", "ь")),
    ("и", ("а",)),
    ("я", ("ь", "й", "е")),
    ("ю", ("ь", "я")),
)
_PREPOSITIONS: Final = frozenset({
    "у", "в", "на", "біля", "поблизу", "під", "до", "з", "із", "зі", "від", "через", "по", "над",
    "за", "возле", "около", "под", "из", "от", "к",
})  # fmt: skip
_LEAST_STEM: Final = 2
_MOST: Final = 24
"""Proposals kept: a name of three words would have dozens."""


def nominatives(folded: str) -> tuple[str, ...]:
    """Return nominative forms that a folded Ukrainian name may stand for, likeliest first.

    Examples
    --------
    >>> nominatives("покровську")[0], nominatives("авдіївці")[0]
    ('покровськ', 'авдіївка')
    """
    words = [_of_word(word) for word in folded.split(" ")]
    combined = itertools.islice(itertools.product(*words), _MOST)
    return tuple(dict.fromkeys(" ".join(parts) for parts in combined if " ".join(parts) != folded))


def without_preposition(folded: str) -> str:
    """Return a name without the preposition that it was copied with.

    Examples
    --------
    >>> without_preposition("у покровську"), without_preposition("часів яр")
    ('покровську', 'часів яр')
    """
    first, _, rest = folded.partition(" ")
    return rest if rest and first in _PREPOSITIONS else folded


def _of_word(word: str) -> tuple[str, ...]:
    proposals: list[str] = []
    for ending, replacements in _ENDINGS:
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) >= _LEAST_STEM:
            proposals.extend(stem + replacement for replacement in replacements)
    # The word as it stands last: the other word of the name may be the one that is declined.
    return (*dict.fromkeys(proposals), word)
