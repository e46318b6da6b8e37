"""Every key that a figure prints is documented, and none that it never prints."""

from __future__ import annotations

import json
import re

import pytest

from contested.render.figures_keys import FIGURES, HEAD
from worlds import rectangle_km2

STRIP_KM2 = rectangle_km2(37.35, 48.0, 37.4, 48.5)
DAY, LATER = "2023-01-01", "2023-01-05"
QUESTIONS = {
    "front": [("--on", LATER, "--compare", DAY, "--length", "160mi")],
    "advance": [("--from", DAY, "--to", LATER, "--axis", "Donetsk", "Pokrovsk")],
    "corridor": [("Pokrovsk", "--on", DAY)],
    "reach": [("--on", LATER, "--since", DAY)],
    "rank": [("--fell-since", DAY)],
    "vintage": [("--near", "Pokrovsk", "--value", f"contested={STRIP_KM2:.1f}km2")],
}
LISTS = {
    "salients": {"salients[]"},
    "reach": {"regions.*[]", "changes[].left[]", "changes[].of_these_taken[]"},
    "rank": {"rows[]"},
    "vintage": {"left_out[]"},
}
"""Lists that are empty in this little world; the real series fill them."""


def keys_of(value, path=""):
    """Return the keys of an answer as the reference writes them."""
    if isinstance(value, dict) and value:
        pairs = [keys_of(part, f"{path}.{key}" if path else key) for key, part in value.items()]
        return {key for keys in pairs for key in keys}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return {key for item in value for key in keys_of(item, f"{path}[]")}
    return {path}


def matches(key, documented):
    pattern = re.escape(documented).replace(r"\*", r".+?")
    return re.fullmatch(pattern, key) is not None


def undocumented(command, printed):
    known = {**HEAD, **FIGURES[command]}
    return {
        key for key in printed
        if not any(matches(key, one) for one in known)
        # An empty list or null where there would be keys below it.
        and not any(one.startswith((f"{key}.", f"{key}[]")) for one in known)
    }  # fmt: skip


def never_printed(command, printed, empty=()):
    """Return documented keys that an answer lacks, but for those of lists known to be empty."""
    told = {
        one for one in {**HEAD, **FIGURES[command]} if not any(matches(k, one) for k in printed)
    }
    return {one for one in told if not one.startswith(tuple(empty) or "?")}


@pytest.fixture
def printed(cli, world_book):
    def call(command, *arguments):
        ran = cli(command, *arguments, "--json", "--book", world_book)
        assert ran.code == 0, ran.err
        return keys_of(json.loads(ran.out))

    return call


@pytest.mark.parametrize("command", [name for name in FIGURES if name in QUESTIONS])
def test_what_is_printed_is_what_is_documented(command, printed):
    found = set()
    for arguments in QUESTIONS[command]:
        found |= printed(command, *arguments)
    assert undocumented(command, found) == set()
    absent = {"from_day", "from_snapshot"} if command == "corridor" else set()
    assert never_printed(command, found, LISTS.get(command, ())) - absent == set()


def test_salients_without_any(printed):
    found = printed("salients", "--on", LATER)
    assert undocumented("salients", found) == set()
    assert never_printed("salients", found, LISTS["salients"]) <= {"from_day", "from_snapshot"}


def test_the_matcher_sees_a_key_that_nobody_documented():
    assert undocumented("rank", {"rows[].place", "rows[].unit"}) == {"rows[].unit"}
    assert "rows[].place" not in undocumented("rank", {"rows[].place"})
