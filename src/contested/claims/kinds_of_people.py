"""Kinds of claims about people: how many live somewhere, who was killed or wounded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contested.records.claim import Kind

if TYPE_CHECKING:
    from contested.claims.view import View

Answer = tuple[Kind, tuple[Kind, ...]]


def population(clause: View) -> Answer | None:
    """How many live somewhere: "home to 70,000", "a village of 300 people"."""
    people = clause.unit("people")
    if people is None or clause.has("harm", "casualty_noun", "outnumber", "strike"):
        return None
    words = clause.lows
    dwell = clause.has("dweller_noun") or (clause.has("stay") and "in" in words) or "home" in words
    sized = clause.role == "apposition" and clause.has("settle_noun") and "of" in words
    if sized and not clause.has("move", "take"):
        return Kind.POPULATION, ()
    if _comes_and_goes(clause):
        return None
    counted = clause.sentence.kinds & {"dweller_noun"} or "population" in words
    if dwell and not ("group" in words or "groups" in words):
        return Kind.POPULATION, ()
    down = words & {"down", "up"} and "from" in words and counted
    return (Kind.POPULATION, ()) if down else None


def _comes_and_goes(clause: View) -> bool:
    """Return whether people are moved or served, not living somewhere: "38 were evacuated"."""
    if clause.has("stay") or not _SETTLED.isdisjoint(clause.lows):
        return False
    rate = {("a", "day"), ("per", "day"), ("a", "week"), ("a", "month")}
    paced = any(pair in rate for pair in zip(clause.words, clause.words[1:], strict=False))
    return paced or clause.has("move", "take_light", "want") or bool(_SERVED & clause.lows)


_SETTLED: Final = frozenset(
    "population inhabitants home live lived living remain remained trapped stranded sheltering "
    "hiding huddled".split()
)
_SERVED: Final = frozenset(
    "evacuated evacuate rescued displaced resettled fled left returned reached received registered "
    "crossed passed arrived assisted helped supported taken brought detained deported".split()
)


def down_from(clause: View) -> Answer | None:
    """A figure set against the one before it: "down from 1,376 in August"."""
    words = clause.words
    measured = {"from", "by", "on"} & set(words[:4])
    if words[:1] not in {("down",), ("up",)} or not measured:
        return None
    if clause.area:
        return Kind.LENGTH_AREA, (Kind.CONTROL, Kind.COMPARISON)
    if "from" not in words[:3]:
        return (Kind.COMPARISON, ()) if clause.quantities else None
    if clause.unit("people"):
        return Kind.POPULATION, (Kind.COMPARISON,)
    return (Kind.COMPARISON, (Kind.COUNT,)) if clause.unit("count") else None


def casualty(clause: View) -> Answer | None:
    """Who was killed, wounded or lost, also where nobody was."""
    people = clause.unit("people")
    if clause.has("want", "fear", "could") and people is None:
        return None
    harm = clause.verb("harm")
    harmed = harm and (people or clause.has("people_noun", "actor_noun"))
    if harmed or _hurt(clause) or _losses(clause):
        return Kind.CASUALTY, ()
    lost = clause.verb("take_light")
    lost_men = lost and "los" in clause.sentence.tokens[lost.i].low and _loses_people(clause)
    if lost_men and (people or not clause.places):
        return Kind.CASUALTY, ()
    cost = "cost" in clause.lows and clause.has(
        "move_noun", "opinion_word", "take_noun", "actor_noun"
    )
    return (Kind.CASUALTY, ()) if cost else None


def _losses(clause: View) -> bool:
    """Return whether casualties are counted, suffered, or denied: "there were no casualties"."""
    if not clause.has("casualty_noun"):
        return False
    if clause.unit("people", "count") or clause.has("lose_noun"):
        return True
    heavy = clause.has("be") and _SIZES & clause.lows
    borne = _BORNE & clause.lows and not clause.has("want", "future")
    return bool(borne or heavy) or {"casualties", "no"} <= clause.lows


_SIZES: Final = frozenset("heavy high severe higher lower greater light".split())
_BORNE: Final = frozenset(
    "suffered suffer suffering sustained sustain inflicted inflicting inflict incurred incur heavy "
    "taking took".split()
)


def _hurt(clause: View) -> bool:
    """Return whether someone died or was hurt; "it hurt morale" is a judgement."""
    if _HURT.isdisjoint(clause.lows):
        return False
    for k, word in enumerate(clause.words):
        if word in {"died", "perished"}:
            return True
        if (
            word in {"hurt", "harmed"}
            and k
            and clause.words[k - 1] in {"was", "were", "been", "badly"}
        ):
            return True
    return False


_HURT: Final = frozenset({"died", "perished", "hurt", "harmed"})


def _loses_people(clause: View) -> bool:
    words = clause.lows
    lost, unit = clause.verb("take_light"), clause.first("unit_name")
    if lost and unit and unit.i > lost.i:
        return True  # "they lose a company for every kilometre"
    return bool(clause.unit("people")) or bool(words & {"lot", "many", "men", "soldiers", "troops"})
