"""Fill colour to status: the only thing that tells status in DeepState's full map files."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from contested.records import Holder, Status, Territory

CARRIES = frozenset(
    {
        Status.HELD_SINCE_2014,
        Status.OCCUPIED,
        Status.CONTESTED,
        Status.UA_HELD_IN_RUSSIA,
        Status.LIBERATED,
    }
)


@dataclass(frozen=True, slots=True)
class Class:
    """Our class for a feature: status, who holds it, whose territory it is."""

    status: Status
    holder: Holder
    territory: Territory = Territory.UKRAINE


OCCUPIED = Class(Status.OCCUPIED, Holder.RUSSIA)
HELD_SINCE_2014 = Class(Status.HELD_SINCE_2014, Holder.RUSSIA)
CONTESTED = Class(Status.CONTESTED, Holder.UNCLEAR)
LIBERATED = Class(Status.LIBERATED, Holder.UKRAINE)
UA_HELD_IN_RUSSIA = Class(Status.UA_HELD_IN_RUSSIA, Holder.UKRAINE, Territory.RUSSIA)

BY_FILL: dict[str, Class | None] = {
    "#a52714": OCCUPIED,
    "#880e4f": HELD_SINCE_2014,
    "#000000": HELD_SINCE_2014,
    "#bcaaa4": CONTESTED,
    "#bdbdbd": CONTESTED,
    "#757575": CONTESTED,
    "#0288d1": LIBERATED,
    "#0097a7": LIBERATED,
    "#0f9d58": LIBERATED,
    # Named "liberated", but it is Russian territory that Ukraine holds (Kursk, from 2024-08-08).
    "#01579b": UA_HELD_IN_RUSSIA,
    # Other countries (Kurils, Karelia, Abkhazia): 139,679 km² that have nothing to do with this.
    "#ff5252": None,
    # Zones of the June 2023 mutiny in Russia; a junk polygon off Somalia.
    "#ce93d8": None,
    "#fbc02d": None,
}
"""`None`: known, and left out on purpose."""

_WORDS = {
    Status.CONTESTED: ("під питан", "contested", "unknown", "невідом"),
    Status.LIBERATED: ("вільнен", "liberated", "taken back", "recaptured", "відбит"),
    Status.OCCUPIED: ("окупован", "occupied"),
}


def normalise_name(name: str) -> str:
    """Return a feature's name in NFKC, white space collapsed, U+FFFD removed."""
    return " ".join(unicodedata.normalize("NFKC", name).replace("\ufffd", "").split())


def classify(fill: str, name: str) -> Class | None:
    """Return the class for a fill colour; the name decides only two documented exceptions.

    Raises
    ------
    KeyError
        If there is no rule for the colour.
    """
    found = BY_FILL[fill]
    if found is HELD_SINCE_2014:
        lower = name.lower()
        if "придністров" in lower:  # Transnistria, drawn until 2022-05-29
            return None
        if fill == "#000000" and lower.startswith("під питан"):  # 2022-04-28 and -29
            return CONTESTED
    return found


def disagreement(found: Class, name: str) -> str | None:
    """Return a sentence where name and colour disagree, which a person may want to look at."""
    said = {status for status, words in _WORDS.items() if any(w in name.lower() for w in words)}
    own = {found.status, Status.LIBERATED} if found is UA_HELD_IN_RUSSIA else {found.status}
    if found is HELD_SINCE_2014:
        own.add(Status.OCCUPIED)
    if said and not said & own:
        return f"the name says {name[:80]!r}, the colour says {found.status.value}"
    return None
