"""Which kind of claim a clause is: units first, then verbs and nouns, by class.

Rules are tried in order; the first that speaks wins. A rule knows classes of words (the lexicon),
units and places, never the words of one text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contested.claims.kinds_ahead import (
    condition,
    future,
    intention,
    may_be,
    near_done,
    odds,
    risk,
)
from contested.claims.kinds_of_ground import area, change_of_control, control
from contested.claims.kinds_of_people import casualty, down_from, population
from contested.records.claim import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from contested.claims.kinds_of_people import Answer
    from contested.claims.tokens import Hit
    from contested.claims.view import View
    from contested.records.claim import Quantity

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
    if clause.has("correction"):
        return Kind.META, ()
    if _defines(clause) or clause.has("caveat"):
        return Kind.META, ()
    if clause.has("disclaimer") and clause.has("claim_noun", "map_noun", "document_noun"):
        return Kind.META, ()
    if clause.quantities:
        return None
    unable = clause.has("negation") or "unable" in clause.lows
    if unable and _not_verified(clause):
        return Kind.META, ()
    # "Officials dispute that figure" lowers what was said, and says nothing of its own.
    doubted = clause.has("claim_noun") and (clause.verb("deny") or _FALSE & clause.lows)
    return (Kind.META, (Kind.EVENT,)) if doubted else None


def _defines(clause: View) -> bool:
    """Return whether a sign or a word is explained: "grey means …", "“likely” denotes …"."""
    colour = clause.has("map_colour") or clause.sentence.tokens[clause.i].text in {"“", '"'}
    return bool({"means", "denotes", "stands"} & set(clause.words[:4])) and colour


def _not_verified(clause: View) -> bool:
    """Return whether what is denied is that something was verified, or could be."""
    if _ESTABLISH & clause.lows and clause.has("could", "modal"):
        return True
    spoken = clause.has("claim_noun", "modal", "map_noun") or "able" in clause.lows
    return clause.has("verify", "verify_state") and bool(spoken or _PROOF & clause.lows)


_PROOF: Final = frozenset({"proof", "evidence", "confirmation", "check"})
_FALSE: Final = frozenset("false untrue fake baseless fabricated".split())
_ESTABLISH: Final = frozenset("establish determine ascertain".split())


def _force_ratio(clause: View) -> Answer | None:
    ratio = clause.unit("ratio")
    if clause.has("outnumber"):
        return Kind.FORCE_RATIO, ()
    fold = ratio and "fold" in "".join(clause.near(ratio.start, 2))
    grew = bool(_GREW & clause.lows)
    if ratio and not grew and not _than(clause) and (clause.has("actor_noun") or fold):
        return Kind.FORCE_RATIO, ()
    return None


def _than(clause: View) -> bool:
    return bool({"than", "as"} & clause.lows)


def _comparison(clause: View) -> Answer | None:
    """A number against another: twice as many, 32 % more than."""
    casualty = (Kind.CASUALTY,) if _about_people(clause) else ()
    ratio = clause.unit("ratio")
    if clause.words[0] in _AGAINST and clause.quantities:
        return Kind.COMPARISON, casualty
    if share_of_that := clause.unit("fraction", "ratio"):
        follows = clause.near(share_of_that.end, 2)
        if follows[:1] in {("that",), ("what",)} or follows[:1] == ("as",):
            return Kind.COMPARISON, casualty
    grew = ratio is not None and bool(_GREW & clause.lows)
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


_GREW: Final = frozenset(
    "doubled tripled quadrupled doubling tripling halved increased rose grew risen grown fell "
    "fallen decreased declined".split()
)


_AGAINST: Final = frozenset({"compared", "against", "versus"})


def _about_people(clause: View) -> bool:
    return clause.has("casualty_noun", "harm") or "many" in clause.lows


def _distance(clause: View) -> Answer | None:
    length = clause.length
    if length is None or clause.verb("move") or _counts_within(clause, length):
        return None
    after = clause.near(length.end, 5)
    words = clause.lows
    bearing = [k for k, word in enumerate(after) if word in _COMPASS]
    to_place = "from" in after[:3] or ("away" in after) or (bearing and "of" in after)
    to_place = to_place or bool(_BEYOND & set(after[:1]))
    to_place = to_place or (bool(bearing) and after[:1] in {("further",), ("farther",)})
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


_BEYOND: Final = frozenset({"upstream", "downstream", "behind", "beyond", "short", "outside",
                            "inland"})  # fmt: skip


def _counts_within(clause: View, length: Quantity) -> bool:
    """Return whether things within a distance are counted: "eleven towns within 10 km of X"."""
    number = clause.unit("count", "people")
    before = clause.sentence.index(length.start) - 1
    within = {"within", "of"} & set(clause.sentence.words[max(0, before - 1) : before + 2])
    return number is not None and number.start < length.start and "within" in within


_COMPASS: Final = frozenset(
    "north south east west northeast northwest southeast southwest north-east north-west "
    "south-east south-west".split()
)


def _length(clause: View) -> Answer | None:
    if clause.length is None or _counts_within(clause, clause.length):
        return None
    if clause.near(clause.length.end, 1) in {("wide",), ("deep",), ("long",)}:
        return Kind.LENGTH, (Kind.LENGTH_AREA,)
    if clause.verb("move", "take") or clause.has("move_noun"):
        return None
    if clause.has("stretch_word", "extent_noun", "front_noun", "lie"):
        return Kind.LENGTH, (Kind.LENGTH_AREA,)
    return None


def _share(clause: View) -> Answer | None:
    share = clause.unit("fraction")
    if share is None or (clause.role == "apposition" and share.start - clause.start > _OPENS):
        return None
    taken = clause.verb("take", "take_light")
    if taken and taken.kind == "take_light" and not clause.has(*_GROUND) and not clause.places:
        return Kind.SHARE, (Kind.CASUALTY, Kind.COUNT)  # "lost a third of its vehicles"
    if taken and not clause.has("show") and not _falls_to(clause, taken):
        held = taken.kind == "take" and clause.lows & {"is", "are"}
        kind = Kind.CONTROL if held else Kind.CHANGE_OF_CONTROL
        return kind, (Kind.SHARE, Kind.CONTROL)
    if clause.has("control_state", "gray_noun") or clause.verb("hold"):
        return Kind.CONTROL, (Kind.SHARE,)
    if clause.has("want", "intent_noun") and "to" in clause.lows:
        return None
    return Kind.SHARE, ()


_GROUND: Final = ("settle_noun", "ground_noun", "front_noun", "extent_noun")
_OPENS: Final = 10
"""Letters within which a share opens its clause: ", nearly one in five of …"."""


def _falls_to(clause: View, taken: Hit) -> bool:
    """Return whether a share falls to somebody: "58% falls on two directions"."""
    words = clause.sentence.words
    follows = words[taken.j] if taken.j < len(words) else ""
    return words[taken.i].startswith("f") and follows in {"on", "to", "within", "into"}


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


def _opinion(clause: View) -> Answer | None:
    """A judgement: figures may lie beside it, nothing decides it."""
    weighed = clause.has("judge", "opinion_noun", "opinion_word", "act")
    if clause.has("could") and weighed and not clause.unit("count", "people"):
        return Kind.OPINION, (Kind.FORECAST,)
    seen = {"as"} & clause.lows and _VIEWED & clause.lows
    if seen or (clause.has("impersonal") and not clause.has("move", "take", "strike", "hold")):
        return Kind.OPINION, ()
    if _judges_before(clause):
        return Kind.OPINION, ()
    if _FAILED & clause.lows and "to" in clause.lows and clause.has("move", "take", "strike"):
        return None  # what was tried and failed is told by the verb of trying
    be = clause.has("be", "have")
    happened = clause.words[0] == "there" and clause.has("clash_noun")
    called = clause.has("opinion_noun") and be
    described = clause.has("opinion_word") and be and not clause.times and not happened
    judged = bool(clause.verb("judge") or called or described)
    return (Kind.OPINION, ()) if judged and not clause.quantities else None


_FAILED: Final = frozenset({"failed", "fail", "fails", "failing", "managed", "succeeded"})
_VIEWED: Final = frozenset({"seen", "regarded", "viewed", "considered"})


def _judges_before(clause: View) -> bool:
    """Return whether what was said is called a thing: "That is not a breakthrough"."""
    called = clause.words[0] in {"that", "this"} and clause.words[1] in {"is", "was", "'s"}
    nouns = clause.has("move_noun", "opinion_noun", "event_noun")
    return called and nouns and not (clause.quantities or clause.places or clause.times)


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
    one = "the" in words and "one" in words
    described = clause.has("be") and (clause.has("settle_noun") or one) and words & {"in", "of"}
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
    if _is_somewhere(clause):
        return Kind.MOVEMENT, (Kind.CONTROL, Kind.LOCATION)
    short = clause.words[0] in {"at", "by", "with", "on"} and len(clause.words) < 5  # noqa: PLR2004
    if clause.has("move_noun") and not clause.has("sector_noun") and not short:
        return Kind.MOVEMENT, also
    if clause.verb("change") and (_is_of_ground(clause) or _reaches_ground(clause)):
        return Kind.MOVEMENT, (Kind.LENGTH_AREA,)
    return None


def _is_somewhere(clause: View) -> bool:
    """Return whether troops stand somewhere: "are not yet in the centre", "are inside X"."""
    words = clause.words
    actor = clause.first("actor_noun", "people_noun")
    who = actor is not None and actor.i - clause.i < 4  # noqa: PLR2004
    if clause.quantities or not (who or words[0] in {"they", "it", "is"}):
        return False
    for k, word in enumerate(words[:-2]):
        if word in {"is", "are", "was", "were", "been"}:
            at = k + 1
            while at < len(words) - 1 and words[at] in _STILL:
                at += 1
            ground = clause.places or clause.has(*_GROUND)
            return bool(ground) and words[at] in {"in", "inside", "at", "across"}
    return False


_STILL: Final = frozenset("now not yet still already only just all".split())


def _reaches_ground(clause: View) -> bool:
    """Return whether troops reached somewhere, or have yet to: not a total that was reached."""
    if not _REACHED & clause.lows or clause.unit("people", "count", "fraction"):
        return False
    return clause.has("actor_noun") or bool(clause.places)


_REACHED: Final = frozenset({"reach", "reached", "reaches", "reaching"})


def _is_of_ground(clause: View) -> bool:
    """Return whether a bulge, a pocket or the line is what grows or shrinks."""
    ground = clause.first("extent_noun", "gray_noun", "front_noun")
    return ground is not None and ground.i - clause.i < 5  # noqa: PLR2004


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
    moved = clause.verb("move")
    if moved and clause.has("unit_name"):
        return None
    grouped = bool({"group", "groups"} & clause.lows)
    if moved and clause.has("actor_noun") and not grouped and _is_behind(clause, number, moved):
        return None  # "withdrew from two positions": a movement with a number in it
    known = clause.has("be", "have", "act", "show", "change", "actor_noun", "people_noun", "judge")
    known = known or clause.has("lie")
    told = any(word.endswith("ed") for word in clause.words) or any(
        hit.form in {"past", "s"} for hit in clause.hits
    )
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


def _is_behind(clause: View, number: Quantity, verb: Hit) -> bool:
    passive = {"be", "been", "was", "were", "is", "are"} & set(
        clause.sentence.words[max(0, verb.i - 2) : verb.i]
    )
    return number.start > clause.sentence.tokens[verb.i].start and not passive


def _lasted(clause: View) -> Answer | None:
    """How long something went on: "the siege lasted two months"."""
    long = clause.unit("day", "week", "month", "year", "hour")
    lasting = long and clause.verb("last") and clause.has("event_noun", "clash_noun", "move_noun")
    return (Kind.DATE_EVENT, (Kind.EVENT,)) if lasting else None


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


def _state_of_a_place(clause: View) -> Answer | None:
    """What a place was like at a time: "By late September the town was a wasteland"."""
    stated = clause.has("be") and clause.places and clause.times and clause.own_voice
    return (Kind.EVENT, ()) if stated and clause.role == "main" else None


_SPEAKERS_OWN: Final = frozenset({"i", "we", "you", "please", "my", "our", "now"})


def _told_of(clause: View) -> Answer | None:
    """Whatever else a main clause tells of a settlement, of people, of a day or in numbers."""
    if clause.role not in {"main", "coordinate"} or len(clause.words) < 5:  # noqa: PLR2004
        return None
    if clause.words[0] in _SPEAKERS_OWN or clause.has("say", "nickname") or clause.quoted:
        return None  # about the speaker, or about who speaks
    stated = clause.has("be") and bool(clause.times or clause.quantities)
    told = (
        stated
        or clause.has("have")
        or any(hit.form in {"past", "s"} for hit in clause.hits)
        or any(word.endswith("ed") for word in clause.words)
    )
    anchored = (
        clause.quantities
        or clause.times
        or any(place.kind == "settlement" for place in clause.places)
        or clause.has("dweller_noun", "people_noun")
    )
    return (Kind.EVENT, ()) if told and anchored else None


_RULES: Final[tuple[Callable[[View], Answer | None], ...]] = (
    _meta, _force_ratio, _comparison, down_from, condition, odds, population, _distance, casualty,
    area, _length, _share, near_done, _superlative, intention, risk, future, _opinion,
    change_of_control, control, _location, _count, _lasted, _movement, _date_event, _event,
    _other_event, _state_of_a_place, may_be, _told_of,
)  # fmt: skip
