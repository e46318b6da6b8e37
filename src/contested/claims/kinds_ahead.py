"""Kinds of claims about what is not yet: conditions, wishes, forecasts, risks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contested.records.claim import Kind

if TYPE_CHECKING:
    from contested.claims.kinds_of_people import Answer
    from contested.claims.tokens import Hit
    from contested.claims.view import View

_THREATS: Final = ("move", "take", "take_light", "harm", "strike")


def condition(clause: View) -> Answer | None:
    """A conditional looks ahead: nothing in it is said to have happened."""
    first = clause.words[0]
    turned = first == "should" and clause.role == "main"  # "Should the road be cut, …"
    if (
        not turned
        and first not in {"if", "unless"}
        and not (first == "as" and "if" in clause.words[:3])
    ):
        return None
    open_ended = clause.has("could") and bool(clause.lows & {"could", "may", "might"})
    if open_ended and clause.has(*_THREATS):
        return Kind.RISK, (Kind.FORECAST,)
    if clause.has("future") or open_ended:
        return Kind.FORECAST, (Kind.OPINION, Kind.RISK)
    # "If he leaves, it's over" looks ahead; "if they gather, they attack" is what happens.
    stated = clause.has("be") or clause.quoted
    return (Kind.FORECAST, (Kind.EVENT, Kind.RISK)) if stated else (Kind.EVENT, (Kind.FORECAST,))


_EXPECTED: Final = frozenset(
    "expect expects anticipate anticipates foresee foresees predict predicts forecast "
    "forecasts".split()
)


def odds(clause: View) -> Answer | None:
    """How likely something is: "it is unlikely that", "did not rule out", "a matter of time"."""
    if not clause.has("odds") or clause.has("casualty_noun"):
        return None
    return (Kind.FORECAST, (Kind.RISK, Kind.OPINION)) if not clause.quantities else None


def near_done(clause: View) -> Answer | None:
    """What is all but done, or is expected."""
    if clause.has("forecast_noun"):
        return Kind.FORECAST, ()
    expected = _EXPECTED & clause.lows
    if expected and not clause.quantities:
        return Kind.FORECAST, (Kind.OPINION,)
    if clause.has("near_done"):
        return Kind.FORECAST, (Kind.CHANGE_OF_CONTROL,)
    return None


def intention(clause: View) -> Answer | None:
    """A wish, a plan, an attempt; what came of it is another claim."""
    want = clause.verb("want")
    if want and _is_purpose(clause, want.i):
        want = None
    if want and _counts_attempts(clause):
        return Kind.COUNT, (Kind.EVENT, Kind.INTENTION)
    moving = (Kind.MOVEMENT,) if clause.has("move") else ()
    if want and _takes_purpose(clause, want.j):
        return Kind.INTENTION, moving
    purpose = clause.first("intent_noun")
    if purpose and _is_the_aim(clause, purpose):
        return Kind.INTENTION, ()
    if purpose and (clause.has("be", "hedge") or purpose.i == clause.i) and "to" in clause.lows:
        return Kind.INTENTION, ()
    fights = clause.verb("strike", "act")
    aimed = fights and clause.near(clause.sentence.tokens[fights.j - 1].end, 1) == ("to",)
    if aimed and clause.has("hold", "take") and not clause.quoted:
        return Kind.INTENTION, ()
    mine = clause.quoted and clause.words[:1] in {("i",), ("we",)}
    leaving = mine and clause.words[0] == "i" and clause.has("future")
    refusing = mine and clause.words[1:3] in _AM_NOT and clause.words[3:4] > ("",)
    planless = purpose and clause.has("have") and "to" in clause.lows and clause.has("negation")
    return (Kind.INTENTION, ()) if leaving or refusing or planless else None


_AM_NOT: Final = frozenset({("'m", "not"), ("am", "not"), ("'re", "not"), ("are", "not")})


def _counts_attempts(clause: View) -> bool:
    """Return whether attempts are counted: "tried seven times to advance"."""
    number = clause.unit("count")
    if number is None or not _ATTEMPTS & clause.lows:
        return False
    return clause.near(number.end, 1) == ("times",) or "twice" in clause.lows


_ATTEMPTS: Final = frozenset({"tried", "attempted", "tries", "attempts"})


def _is_the_aim(clause: View, purpose: Hit) -> bool:
    """Return whether an aim is the subject: "its minimum objective remains full control"."""
    be = clause.first("be")
    return be is not None and purpose.j <= be.i <= purpose.j + 3 and purpose.i - clause.i < 6  # noqa: PLR2004


def _is_purpose(clause: View, i: int) -> bool:
    """Return whether "to try" only says what another verb is for: "has been sending … to try"."""
    before = clause.sentence.tokens[i - 1].low if i else ""
    earlier = any(
        hit.i < i and hit.kind in {"act", "strike", "move"} and hit.form != "base"
        for hit in clause.hits
    )
    return before == "to" and earlier


def _takes_purpose(clause: View, j: int) -> bool:
    """Return whether a verb of wishing has an object: "seeks to", "covets it", "aimed at"."""
    tokens = clause.sentence.tokens
    after = tokens[j].low if j < len(tokens) else ""
    return after not in {".", ";"} or tokens[j - 1].low.startswith("covet")


def future(clause: View) -> Answer | None:
    """What will be; in the mouth of who will do it, an intention."""
    if not clause.has("future") or _used_to(clause) or _is_hedged(clause):
        return None
    if clause.has("could") and clause.verb("judge"):
        return Kind.OPINION, (Kind.FORECAST,)
    if clause.words[0] in {"it", "we", "i"} and not clause.own_voice and clause.has("move", "act"):
        return Kind.INTENTION, (Kind.FORECAST,)
    judged = clause.verb("judge") and clause.has("casualty_noun", "opinion_noun")
    if judged:
        return Kind.OPINION, (Kind.FORECAST,)
    return Kind.FORECAST, ((Kind.OPINION,) if clause.verb("judge") else ())


def _is_hedged(clause: View) -> bool:
    """Return whether "likely to" only hedges what is or was: "are likely to be contesting X"."""
    words = clause.words
    for k, word in enumerate(words[:-1]):
        if word in {"likely", "believed", "thought"} and words[k + 1] == "to":
            follows = words[k + 2 : k + 4]
            ongoing = follows[:1] == ("be",) and follows[-1].endswith("ing")
            if follows[:1] == ("have",) or ongoing:
                return not {"will", "would", "'ll"} & clause.lows
    return False


def _used_to(clause: View) -> bool:
    """Return whether "would" tells a habit of the past: "two years ago you would see"."""
    past = any(time.basis == "relative" and "ago" in (time.surface or "") for time in clause.times)
    return past and "would" in clause.lows


def risk(clause: View) -> Answer | None:
    """What could go wrong, or is feared."""
    if "longer" in clause.lows and not clause.feared:
        return None
    perilous = clause.has("peril") and (clause.has("could") or _AT_RISK & clause.lows)
    dreaded = clause.verb("imperil") or (clause.has("fear_noun") and _of_something(clause))
    if perilous or clause.feared or clause.verb("fear") or dreaded:
        return Kind.RISK, (Kind.FORECAST,)
    deadly = {"fatal", "deadly", "dangerous"} & clause.lows
    if deadly and clause.has("opinion_word") and ("civilians" in clause.lows):
        return Kind.RISK, ()
    judged = clause.verb("judge") or clause.has("opinion_noun")
    if clause.has("could") and clause.has(*_THREATS) and not judged:
        return Kind.RISK, (Kind.FORECAST,)
    reached = clause.has("could") and {"reach", "reached"} & clause.lows
    return (Kind.RISK, ()) if reached else None


_AT_RISK: Final = frozenset({"risk", "threat", "danger", "jeopardy", "peril"})


def _of_something(clause: View) -> bool:
    named = clause.places or clause.has("actor_noun", "settle_noun", "be")
    return bool(named) and not clause.quantities and clause.words[-1:] != ("possibility",)


def may_be(clause: View) -> Answer | None:
    """What may be, in words of no other class: "the president may refuse a summit"."""
    may = clause.has("could") and {"may", "might"} & clause.lows
    return (Kind.FORECAST, (Kind.RISK, Kind.INTENTION)) if may and clause.role == "main" else None
