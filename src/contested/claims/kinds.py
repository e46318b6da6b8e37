"""Which kind of claim a clause is: units first, then verbs and nouns, by class.

Rules are tried in order; the first that speaks wins. A rule knows classes of words (the lexicon),
units and places, never the words of one text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contested.claims.kinds_of_people import casualty, down_from, population
from contested.records.claim import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from contested.claims.kinds_of_people import Answer
    from contested.claims.tokens import Hit
    from contested.claims.view import View

_THREATS: Final = ("move", "take", "take_light", "harm", "strike")
_PLACE_KINDS: Final = frozenset({"settlement", "admin"})


def classify(clause: View) -> Answer | None:
    """Return the kind of a clause and what else it is, or `None` where it claims nothing."""
    for rule in _RULES:
        answer = rule(clause)
        if answer is not None:
            return answer
    return None


def _meta(clause: View) -> Answer | None:
    """A disclaimer: what is said elsewhere could not be verified."""
    unable = clause.has("negation") or "unable" in clause.lows
    verified = clause.has("verify", "verify_state") and unable
    proof = {"proof", "evidence", "confirmation", "check"} & clause.lows
    if verified and proof and not clause.quantities:
        return Kind.META, ()
    if clause.has("disclaimer") and clause.has("claim_noun", "map_noun", "document_noun"):
        return Kind.META, ()
    spoken = clause.has("claim_noun", "modal", "map_noun") or "able" in clause.lows
    if verified and spoken and not clause.quantities:
        return Kind.META, ()
    if clause.has("correction"):
        return Kind.META, ()
    return None


def _force_ratio(clause: View) -> Answer | None:
    ratio = clause.unit("ratio")
    if clause.has("outnumber"):
        return Kind.FORCE_RATIO, ()
    if ratio and clause.has("actor_noun") and not _than(clause):
        return Kind.FORCE_RATIO, ()
    return None


def _than(clause: View) -> bool:
    return bool({"than", "as"} & clause.lows)


def _comparison(clause: View) -> Answer | None:
    """A number against another: twice as many, 32 % more than."""
    casualty = (Kind.CASUALTY,) if _about_people(clause) else ()
    ratio = clause.unit("ratio")
    grew = ratio is not None and bool({"doubled", "tripled", "quadrupled"} & clause.lows)
    if grew or (ratio and {"lower", "fewer", "higher", "larger"} & clause.lows):
        return Kind.COMPARISON, casualty
    if ratio and _than(clause):
        return Kind.COMPARISON, casualty
    words = clause.words
    set_against = "than" in words and bool(
        {"more", "less", "fewer", "higher", "lower"} & set(words)
    )
    share = clause.unit("fraction")
    if (
        share
        and set_against
        and clause.near(share.end, 1) in {("more",), ("less",), ("fewer",), ("higher",), ("lower",)}
    ):
        return Kind.COMPARISON, casualty
    return None


def _about_people(clause: View) -> bool:
    return clause.has("casualty_noun", "harm") or "many" in clause.lows


def _distance(clause: View) -> Answer | None:
    length = clause.length
    if length is None or clause.verb("move"):
        return None
    after = clause.near(length.end, 5)
    words = clause.lows
    bearing = [k for k, word in enumerate(after) if word in _COMPASS]
    to_place = "from" in after[:3] or ("away" in after) or (bearing and "of" in after)
    to_place = to_place or bool({"upstream", "downstream"} & set(after[:1]))
    to_place = to_place or (bearing and clause.role == "apposition" and after[:1] == ("to",))
    if to_place or (bearing and clause.places):
        return Kind.DISTANCE, ((Kind.LOCATION,) if bearing else ())
    if words & {"away", "within"} and clause.places:
        return Kind.DISTANCE, ()
    if (
        clause.has("lie", "be", "front_noun")
        and after[:1] in {(".",), ()}
        and not clause.has("stretch_word")
    ):
        return (Kind.DISTANCE, ()) if clause.has("front_noun") and not clause.has("lie") else None
    return None


_COMPASS: Final = frozenset(
    "north south east west northeast northwest southeast southwest north-east north-west "
    "south-east south-west".split()
)


def _length(clause: View) -> Answer | None:
    if clause.length is None:
        return None
    if clause.near(clause.length.end, 1) in {("wide",), ("deep",), ("long",)}:
        return Kind.LENGTH, (Kind.LENGTH_AREA,)
    if clause.verb("move", "take") or clause.has("move_noun"):
        return None
    if clause.has("stretch_word", "extent_noun", "front_noun", "lie"):
        return Kind.LENGTH, (Kind.LENGTH_AREA,)
    return None


def _area(clause: View) -> Answer | None:
    if clause.area is None:
        return None
    if clause.has("control_state", "hold", "gray_noun") and not clause.has("change"):
        return Kind.CONTROL, (Kind.LENGTH_AREA,)
    return Kind.LENGTH_AREA, (Kind.CHANGE_OF_CONTROL,)


def _share(clause: View) -> Answer | None:
    share = clause.unit("fraction")
    if share is None or clause.role == "apposition":
        return None
    if clause.verb("take", "take_light") and not clause.has("show"):
        return Kind.CHANGE_OF_CONTROL, (Kind.SHARE, Kind.CONTROL)
    if clause.has("control_state", "gray_noun") or clause.verb("hold"):
        return Kind.CONTROL, (Kind.SHARE,)
    if clause.has("want", "intent_noun"):
        return None
    return Kind.SHARE, ()


def _condition(clause: View) -> Answer | None:
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


def _superlative(clause: View) -> Answer | None:
    hit = clause.first("superlative")
    if hit is None and not _most_adjective(clause):
        return None
    words = clause.lows
    scope = words & {"since", "in", "of", "on", "so", "to", "ever"}
    predicate = clause.has("be") or clause.role == "apposition" or hit is None
    if hit and clause.sentence.tokens[hit.i].low in {"only", "best"}:
        return None
    if not scope or not predicate or clause.has("want"):
        return None
    return Kind.SUPERLATIVE, (Kind.FORECAST,) if clause.has("future") else ()


def _most_adjective(clause: View) -> bool:
    words = clause.words
    for k, word in enumerate(words[:-1]):
        if (
            word == "most"
            and words[k + 1] not in {"of", "likely"}
            and k
            and words[k - 1] in {"the", "'s"}
        ):
            return True
    return False


def _near_done(clause: View) -> Answer | None:
    if clause.has("forecast_noun"):
        return Kind.FORECAST, ()
    expected = {"expect", "expects", "anticipates", "foresees", "predicts"} & clause.lows
    if expected and not clause.quantities:
        return Kind.FORECAST, (Kind.OPINION,)
    if clause.has("near_done"):
        return Kind.FORECAST, (Kind.CHANGE_OF_CONTROL,)
    return None


def _intention(clause: View) -> Answer | None:
    """A wish, a plan, an attempt; what came of it is another claim."""
    want = clause.verb("want")
    if want and _is_purpose(clause, want.i):
        want = None
    moving = (Kind.MOVEMENT,) if clause.has("move") else ()
    if want and _takes_purpose(clause, want.j):
        return Kind.INTENTION, moving
    purpose = clause.first("intent_noun")
    if purpose and (clause.has("be", "hedge") or purpose.i == clause.i) and "to" in clause.lows:
        return Kind.INTENTION, ()
    fights = clause.verb("strike", "act")
    aimed = fights and clause.near(clause.sentence.tokens[fights.j - 1].end, 1) == ("to",)
    if aimed and clause.has("hold", "take") and not clause.quoted:
        return Kind.INTENTION, ()
    leaving = clause.quoted and clause.words[:1] == ("i",) and clause.has("future")
    return (Kind.INTENTION, ()) if leaving else None


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


def _future(clause: View) -> Answer | None:
    if not clause.has("future"):
        return None
    if clause.has("could") and clause.verb("judge"):
        return Kind.OPINION, (Kind.FORECAST,)
    if clause.words[0] in {"it", "we", "i"} and not clause.own_voice and clause.has("move", "act"):
        return Kind.INTENTION, (Kind.FORECAST,)
    judged = clause.verb("judge") and clause.has("casualty_noun", "opinion_noun")
    if judged:
        return Kind.OPINION, (Kind.FORECAST,)
    return Kind.FORECAST, ((Kind.OPINION,) if clause.verb("judge") else ())


def _risk(clause: View) -> Answer | None:
    if "longer" in clause.lows and not clause.feared:
        return None
    if clause.feared or clause.verb("fear") or (clause.has("fear_noun") and _of_something(clause)):
        return Kind.RISK, (Kind.FORECAST,)
    deadly = {"fatal", "deadly", "dangerous"} & clause.lows
    if deadly and clause.has("opinion_word") and ("civilians" in clause.lows):
        return Kind.RISK, ()
    judged = clause.verb("judge") or clause.has("opinion_noun")
    if clause.has("could") and clause.has(*_THREATS) and not judged:
        return Kind.RISK, (Kind.FORECAST,)
    reached = {"reach", "reached"} & clause.lows
    if clause.has("could") and reached:
        return Kind.RISK, ()
    return None


def _of_something(clause: View) -> bool:
    named = clause.places or clause.has("actor_noun", "settle_noun", "be")
    return bool(named) and not clause.quantities and clause.words[-1:] != ("possibility",)


def _opinion(clause: View) -> Answer | None:
    """A judgement: figures may lie beside it, nothing decides it."""
    if clause.has("could") and clause.has("judge", "opinion_noun", "opinion_word", "act"):
        return Kind.OPINION, (Kind.FORECAST,)
    if clause.has("impersonal") and not clause.has("move", "take", "strike"):
        return Kind.OPINION, ()
    if _judges_before(clause):
        return Kind.OPINION, ()
    be = clause.has("be", "have")
    described = clause.has("opinion_word") and be and not clause.times
    judged = clause.verb("judge") or (clause.has("opinion_noun") and be) or described
    return (Kind.OPINION, ()) if judged and not clause.quantities else None


def _judges_before(clause: View) -> bool:
    """Return whether what was said is called a thing: "That is not a breakthrough"."""
    called = clause.words[0] in {"that", "this"} and clause.words[1] in {"is", "was", "'s"}
    nouns = clause.has("move_noun", "opinion_noun", "event_noun")
    return called and nouns and not (clause.quantities or clause.places or clause.times)


def _change_of_control(clause: View) -> Answer | None:
    ground = clause.places or clause.has("settle_noun", "ground_noun", "front_noun", "extent_noun")
    pronoun = clause.lows & {"it", "which", "them"}
    if clause.has("absorbed"):
        return Kind.CHANGE_OF_CONTROL, ()
    held = _held_parts(clause)
    taken = clause.verb("take")
    ground = ground or bool(taken and clause.names_after(taken))
    if taken and ground and taken.form in {"base", "s"} and _is_occupying(clause, taken):
        return Kind.CONTROL, (Kind.CHANGE_OF_CONTROL,)
    if taken and (ground or pronoun or not clause.has("actor_noun")):
        return (Kind.CONTROL, (Kind.CHANGE_OF_CONTROL,)) if held else (Kind.CHANGE_OF_CONTROL, ())
    light = clause.verb("take_light")
    if light and _lands(clause, light):
        return Kind.EVENT, (Kind.DATE_EVENT,)
    if light and (ground or pronoun) and not clause.unit("people"):
        return Kind.CHANGE_OF_CONTROL, ((Kind.DATE_EVENT,) if clause.times else ())
    fell = clause.has("take_noun") and clause.places and clause.has("be", "act")
    return (Kind.CHANGE_OF_CONTROL, ()) if fell else None


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


def _control(clause: View) -> Answer | None:
    ground = clause.places or clause.has("settle_noun", "ground_noun", "front_noun")
    if clause.has("control_state", "gray_noun"):
        return Kind.CONTROL, ((Kind.SHARE,) if clause.unit("fraction") else ())
    if clause.verb("hold") and ground:
        return Kind.CONTROL, (Kind.EVENT,)
    stands = clause.words[-1] in {"stands", "holds", "stand", "hold"}
    return (
        (Kind.CONTROL, (Kind.EVENT,))
        if stands and clause.has("extent_noun", "ground_noun")
        else None
    )


def _location(clause: View) -> Answer | None:
    places = [p for p in clause.places if p.kind in {*_PLACE_KINDS, "country", "region"}]
    if not places or clause.quantities:
        return None
    words = clause.lows
    if clause.verb("lie") and words & ({"in", "on", "near", "between"} | _COMPASS):
        return Kind.LOCATION, ()
    nominal = clause.role in {"apposition", "with"} and not clause.has("strike", "move", "want")
    settled = clause.has("settle_noun", "opinion_noun") or words & _COMPASS
    if (
        nominal
        and settled
        and words & ({"in", "to", "of"} | _COMPASS)
        and not clause.has("superlative")
    ):
        return Kind.LOCATION, ()
    described = clause.has("be") and clause.has("settle_noun") and words & {"in", "of"}
    return (Kind.LOCATION, ()) if described and not clause.has(*_ACTIONS) else None


_ACTIONS: Final = (
    "strike",
    "move",
    "take",
    "take_light",
    "act",
    "harm",
    "hold",
    "clash_noun",
    "actor_noun",
)


def _movement(clause: View) -> Answer | None:
    moved = clause.verb("move")
    also = _movement_also(clause)
    by = clause.has("actor_noun", "people_noun", "front_noun") or clause.places or clause.length
    pronoun = clause.lows & {"they", "we", "it"}
    if moved and (by or pronoun):
        return Kind.MOVEMENT, also
    if clause.has("move_noun") and not clause.has("change", "sector_noun"):
        return Kind.MOVEMENT, also
    return None


def _movement_also(clause: View) -> tuple[Kind, ...]:
    also = []
    if clause.length or clause.area:
        also.append(Kind.LENGTH_AREA)
    if clause.times:
        also.append(Kind.DATE_EVENT)
    return tuple(also)


def _count(clause: View) -> Answer | None:
    number = clause.unit("count", "people")
    if number is None:
        return None
    if clause.has("clash_noun", "strike"):
        return Kind.COUNT, (Kind.EVENT,)
    if clause.verb("move") and clause.has("unit_name"):
        return None
    known = clause.has("be", "have", "act", "show", "change", "actor_noun", "people_noun", "judge")
    told = any(word.endswith("ed") for word in clause.words)
    if known or (told and not clause.verb("move")):
        return Kind.COUNT, (Kind.EVENT,)
    return None


def _date_event(clause: View) -> Answer | None:
    dated = [time for time in clause.times if time.basis != "named period"]
    if not dated or clause.has("future"):
        return None
    if clause.words[0] in {"after", "since"} and clause.has("clash_noun", "event_noun"):
        return Kind.DATE_EVENT, (Kind.EVENT,)
    if clause.verb("strike") or clause.has("clash_noun"):
        return Kind.EVENT, (Kind.DATE_EVENT,)
    if clause.verb("act", "change", "want", "say") or clause.has("event_noun", "front_noun"):
        return Kind.DATE_EVENT, (Kind.EVENT,)
    return None


def _event(clause: View) -> Answer | None:
    if clause.verb("strike", "act") or clause.has("clash_noun"):
        acted = clause.has("actor_noun", "clash_noun", "event_noun", "be", "have") or clause.places
        return (Kind.EVENT, ()) if acted or clause.quoted else None
    if clause.has("event_noun") and clause.has("be", "have", "do", "change"):
        return Kind.EVENT, ()
    return None


def _other_event(clause: View) -> Answer | None:
    """What an actor of the war or a place does, in a main clause with words of no other class."""
    actor = clause.first("actor_noun")
    if clause.role not in {"main", "coordinate"} or actor is None or actor.i - clause.i > 4:  # noqa: PLR2004
        return None
    active = clause.has("have", "be", "stay") or any(word.endswith("ed") for word in clause.words)
    return (Kind.EVENT, ()) if active and (clause.places or clause.own_voice) else None


def _open(clause: View) -> Answer | None:
    """What may be, in words of no other class: "the president may refuse a summit"."""
    may = clause.has("could") and {"may", "might"} & clause.lows
    return (Kind.FORECAST, (Kind.RISK, Kind.INTENTION)) if may and clause.role == "main" else None


def _state_of_a_place(clause: View) -> Answer | None:
    """What a place was like at a time: "By late September the town was a wasteland"."""
    stated = clause.has("be") and clause.places and clause.times and clause.own_voice
    return (Kind.EVENT, ()) if stated and clause.role == "main" else None


_RULES: Final[tuple[Callable[[View], Answer | None], ...]] = (
    _meta, _force_ratio, _comparison, down_from, _condition, population, _distance, casualty,
    _area, _length, _share, _near_done, _superlative, _intention, _risk, _future, _opinion,
    _change_of_control, _control, _location, _count, _movement, _date_event, _event, _other_event,
    _state_of_a_place, _open,
)  # fmt: skip
