"""Kinds of claims about ground: who holds it, who took it, how much of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contested.records.claim import Kind

if TYPE_CHECKING:
    from contested.claims.kinds_of_people import Answer
    from contested.claims.tokens import Hit
    from contested.claims.view import View


def area(clause: View) -> Answer | None:
    """How much ground: held, or won and lost."""
    if clause.area is None:
        return None
    taken = clause.verb("take", "take_light") and not {"is", "are", "under"} & clause.lows
    stated = clause.has("control_state", "hold", "gray_noun")
    if stated and not taken and not clause.has("change"):
        return Kind.CONTROL, (Kind.LENGTH_AREA,)
    return Kind.LENGTH_AREA, (Kind.CHANGE_OF_CONTROL,)


def change_of_control(clause: View) -> Answer | None:
    """Ground that went from one side to the other, or a line that did not move."""
    if clause.has("absorbed"):
        return Kind.CHANGE_OF_CONTROL, ()
    unmoved = clause.has("negation") and _NO_CHANGE & clause.lows
    if unmoved and (clause.has(*_LINES) or clause.places):
        return Kind.CHANGE_OF_CONTROL, (Kind.CONTROL, Kind.MOVEMENT)
    if clause.verb("expel") and (_has_ground(clause) or clause.has("be")):
        return Kind.CHANGE_OF_CONTROL, (Kind.MOVEMENT,)
    taken = clause.verb("take")
    answer = _by_verb(clause, taken) if taken else None
    light = clause.verb("take_light")
    if answer is None and light:
        answer = _by_light_verb(clause, light)
    if answer is not None:
        return answer
    fell = clause.has("take_noun") and clause.places and clause.has("be", "act")
    return (Kind.CHANGE_OF_CONTROL, ()) if fell or _names_taking(clause) else None


def _has_ground(clause: View) -> bool:
    named = clause.has("settle_noun", "ground_noun", "front_noun", "extent_noun")
    return bool(clause.places) or named


def _by_verb(clause: View, taken: Hit) -> Answer | None:
    """Read "seized X"; "marks it as occupied" and "still occupy it" tell who holds it now."""
    if _is_state(clause, taken):
        return Kind.CONTROL, (Kind.CHANGE_OF_CONTROL,)
    ground = _has_ground(clause) or clause.names_after(taken)
    if ground and taken.form in {"base", "s"} and _is_occupying(clause, taken):
        return Kind.CONTROL, (Kind.CHANGE_OF_CONTROL,)
    if not (ground or _PRONOUNS & clause.lows or not clause.has("actor_noun")):
        return None
    if _held_parts(clause):
        return Kind.CONTROL, (Kind.CHANGE_OF_CONTROL,)
    return Kind.CHANGE_OF_CONTROL, ()


def _by_light_verb(clause: View, light: Hit) -> Answer | None:
    """Read "took", "lost", "fell": said of ground, and of much else."""
    if _LOST_THINGS & clause.lows:
        return Kind.EVENT, ()
    counted = clause.unit("count")
    ahead = counted and counted.start > clause.sentence.tokens[light.i].start
    if ahead and not clause.places and not clause.has("ground_noun", "settle_noun"):
        return Kind.COUNT, (Kind.CASUALTY, Kind.EVENT)
    if _lands(clause, light):
        return Kind.EVENT, (Kind.DATE_EVENT,)
    if (_has_ground(clause) or _PRONOUNS & clause.lows) and not clause.unit("people"):
        return Kind.CHANGE_OF_CONTROL, ((Kind.DATE_EVENT,) if clause.times else ())
    return None


_PRONOUNS: Final = frozenset({"it", "which", "them"})
_NO_CHANGE: Final = frozenset({"change", "changes"})
_LINES: Final = ("front_noun", "map_noun", "control_state", "ground_noun", "move_noun")
_LOST_THINGS: Final = frozenset(
    "contact communication communications access power electricity water heating patience hope "
    "consciousness home homes job jobs sight".split()
)
"""What is lost without ground being lost."""


def _is_state(clause: View, taken: Hit) -> bool:
    """Return whether a participle names a state: "we mark it as occupied"."""
    if taken.form not in {"past", "pp"} or not taken.i:
        return False
    words = clause.sentence.words
    before = words[taken.i - 1]
    if before in _ADVERBS and taken.i > 1:
        before = words[taken.i - 2]
    lasting = before in {"is", "are", "remains", "remain", "stays", "stay"}
    return before == "as" or (lasting and words[taken.i] in _LASTING)


_ADVERBS: Final = frozenset("now still fully entirely partly partially largely mostly also".split())
_LASTING: Final = frozenset({"occupied", "secured", "cleared"})


def _names_taking(clause: View) -> bool:
    """Return whether a noun says it: "announced its capture", "the loss of two villages"."""
    for hit in clause.hits:
        if hit.kind != "take_noun":
            continue
        tokens = clause.sentence.tokens
        before = tokens[hit.i - 1].low if hit.i else ""
        follows = tokens[hit.j].low if hit.j < clause.j else ""
        if before in {"its", "their", "'s"} or (follows == "of" and before in {"the", "a", ""}):
            return True
    return False


def _lands(clause: View, fallen: Hit) -> bool:
    """Return whether a thing fell on something: debris on a district, not a town on a day."""
    tokens = clause.sentence.tokens
    if not tokens[fallen.i].low.startswith("f") or fallen.j + 1 >= clause.j:
        return False
    behind = tokens[fallen.j + 1].start
    dated = any(time.start is not None and time.start <= behind for time in clause.times)
    return (
        tokens[fallen.j].low in {"on", "onto"}
        and not dated
        and not tokens[fallen.j + 1].text[0].isdigit()
    )


def _is_occupying(clause: View, taken: Hit) -> bool:
    """Return whether ground is held now: "they still occupy the southern part"."""
    return clause.sentence.tokens[taken.i].low in {"occupy", "occupies"}


def _held_parts(clause: View) -> bool:
    """Return whether ground is named that someone has now: "have also secured two columns"."""
    return "also" in clause.lows and clause.has("have") and bool(clause.quantities)


def control(clause: View) -> Answer | None:
    """Who holds ground, or that nobody can say."""
    ground = _has_ground(clause)
    if clause.has("control_state", "gray_noun") or _in_ones_power(clause.words):
        return Kind.CONTROL, ((Kind.SHARE,) if clause.unit("fraction") else ())
    if clause.has("map_colour") and clause.has("show"):
        return Kind.CONTROL, (Kind.CHANGE_OF_CONTROL,)
    ours = clause.words[0] in {"we", "they"}
    if clause.verb("hold") and (ground or ours or {"it", "them"} & clause.lows):
        return Kind.CONTROL, (Kind.EVENT,)
    stands = clause.words[-1] in {"stands", "holds", "stand", "hold"}
    return (
        (Kind.CONTROL, (Kind.EVENT,))
        if stands and clause.has("extent_noun", "ground_noun")
        else None
    )


def _in_ones_power(words: tuple[str, ...]) -> bool:
    """Return whether ground is "under our full control" or "in enemy hands"."""
    for k, word in enumerate(words):
        following = words[k + 1 : k + 5]
        if word == "under" and _POWER & set(following) and "fire" not in following:
            return True
        if word in {"in", "into"} and "hands" in following[:3]:
            return True
    return "under" in words and "fire" in words and "control" in words


_POWER: Final = frozenset({"control", "occupation", "rule", "administration"})
