"""Scores by CLAIMS.md: a prediction matches a label if its kind is the label's kind or one of its
`also`, and the spans overlap by at least half of the shorter. Every label matches one prediction.

Quantities are compared over the whole text: value and unit, where the number lies in the label's
words. Times, speakers and places are compared on matched pairs.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyproj import Geod

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gold import GoldClaim, GoldQuantity, GoldText

    from contested.records.claim import Claim, Quantity

    Pairs = Sequence[tuple[GoldClaim, Claim]]

GEOD = Geod(ellps="WGS84")
CHECKABLE = frozenset(
    {"control", "change_of_control", "movement", "distance", "length", "length_area", "location",
     "share", "count", "population", "superlative", "comparison", "casualty", "event",
     "date_event"}
)  # fmt: skip
"""Kinds that a map, a gazetteer, a list of events or a table of figures can speak to."""


@dataclass
class Tally:
    """Counts over texts; rates are made at the end, so that long texts weigh more."""

    gold: int = 0
    predicted: int = 0
    matched: int = 0
    by_kind: dict[str, list[int]] = field(default_factory=dict)
    checkable: int = 0
    checkable_found: int = 0
    checkable_predicted: int = 0
    checkable_right: int = 0
    quantities: Counter = field(default_factory=Counter)
    times: Counter = field(default_factory=Counter)
    naming: Counter = field(default_factory=Counter)
    wrong_speakers: list[str] = field(default_factory=list)
    places: Counter = field(default_factory=Counter)


def pairs(gold: Sequence[GoldClaim], claims: Sequence[Claim]) -> list[tuple[GoldClaim, Claim]]:
    """Return label and prediction that match, one to one, the best overlap first."""
    candidates = [
        (overlap, -abs(g.start - c.span.start), i, k)
        for i, g in enumerate(gold)
        for k, c in enumerate(claims)
        if (overlap := _overlap(g, c)) >= 0.5 and str(c.kind) in g.kinds
    ]
    candidates.sort(key=lambda x: (-(gold[x[2]].kind == str(claims[x[3]].kind)), -x[0], -x[1]))
    used_gold: set[int] = set()
    used_claims: set[int] = set()
    found = []
    for _, _, i, k in candidates:
        if i not in used_gold and k not in used_claims:
            used_gold.add(i)
            used_claims.add(k)
            found.append((gold[i], claims[k]))
    return found


def _overlap(gold: GoldClaim, claim: Claim) -> float:
    shared = min(gold.end, claim.span.end) - max(gold.start, claim.span.start)
    return shared / min(gold.end - gold.start, claim.span.end - claim.span.start)


def add(tally: Tally, text: GoldText, claims: Sequence[Claim]) -> list[tuple[GoldClaim, Claim]]:
    """Add a text's figures; return the matched pairs."""
    matched = pairs(text.claims, claims)
    tally.gold += len(text.claims)
    tally.predicted += len(claims)
    tally.matched += len(matched)
    _kinds(tally, text.claims, claims, matched)
    _checkable(tally, text.claims, claims, matched)
    _quantities(tally, text.claims, claims)
    for label, claim in matched:
        _time(tally, label, claim)
        _speaker(tally, label, claim)
    _places(tally, text, claims)
    return matched


def _kinds(
    tally: Tally, gold: Sequence[GoldClaim], claims: Sequence[Claim], matched: Pairs
) -> None:
    for label in gold:
        tally.by_kind.setdefault(label.kind, [0, 0, 0])[0] += 1
    for claim in claims:
        tally.by_kind.setdefault(str(claim.kind), [0, 0, 0])[1] += 1
    for label, _ in matched:
        tally.by_kind[label.kind][2] += 1


def _checkable(
    tally: Tally, gold: Sequence[GoldClaim], claims: Sequence[Claim], matched: Pairs
) -> None:
    right = {id(claim) for _, claim in matched}
    tally.checkable += sum(g.checkable for g in gold)
    tally.checkable_found += sum(g.checkable for g, _ in matched)
    kinds = [c for c in claims if str(c.kind) in CHECKABLE and c.out_of_scope is None]
    tally.checkable_predicted += len(kinds)
    tally.checkable_right += sum(id(c) in right for c in kinds)


def _quantities(tally: Tally, gold: Sequence[GoldClaim], claims: Sequence[Claim]) -> None:
    wanted = [(g, q) for g in gold for q in g.quantities]
    found = {(q.start, q.end): q for c in claims for q in c.quantities}
    tally.quantities["gold"] += len(wanted)
    tally.quantities["predicted"] += len(found)
    left = dict(found)
    for label, quantity in wanted:
        at = next((a for a, q in left.items() if same(label, quantity, q)), None)
        if at is None:
            continue
        read = left.pop(at)
        tally.quantities["right"] += 1
        tally.quantities["comparator"] += str(read.comparator) == quantity.comparator


def same(label: GoldClaim, quantity: GoldQuantity, read: Quantity) -> bool:
    """Return whether a number that was read is the labelled one: value, range and unit."""
    inside = label.start - 2 <= read.start and read.end <= label.end + 2
    value = abs(read.value - quantity.value) <= 0.005 * max(abs(quantity.value), 0.01)
    high = (read.high is None) == (quantity.high is None) and (
        read.high is None or abs(read.high - quantity.high) < 0.01 * quantity.high
    )
    return inside and value and high and read.unit == quantity.unit


def _time(tally: Tally, label: GoldClaim, claim: Claim) -> None:
    if label.time is None:
        return
    tally.times["gold"] += 1
    time = claim.time
    if time is None or time.first is None or time.last is None:
        return
    first, last = label.time
    tally.times["overlap"] += time.first <= last and first <= time.last
    tally.times["exact"] += (time.first, time.last) == (first, last)


def _speaker(tally: Tally, label: GoldClaim, claim: Claim) -> None:
    tally.naming["gold"] += 1
    said = claim.attribution
    tally.naming["right"] += str(said.naming) == label.naming
    named = str(said.naming) in {"named", "partly_named"} and said.speaker
    if named and (label.speaker is None or not _same_person(label.speaker, said.speaker)):
        tally.wrong_speakers.append(f"{said.speaker!r} for {label.speaker!r}")


def _same_person(gold: str, read: str) -> bool:
    return gold.rsplit(maxsplit=1)[-1] == read.rsplit(maxsplit=1)[-1]


def _places(tally: Tally, text: GoldText, claims: Sequence[Claim]) -> None:
    """Compare the settlements that a label's words name with those that claims there name."""
    for label in text.claims:
        near = [c for c in claims if _overlap(label, c) > 0]
        points = [(p.lat, p.lon) for c in near for p in c.places if p.lat is not None]
        if not near:
            continue
        words = text.text[label.start : label.end]
        for name, lat, lon in label.points:
            if name not in words:
                continue
            tally.places["gold"] += 1
            km = min((GEOD.inv(lon, lat, b, a)[2] / 1000 for a, b in points), default=1e9)
            tally.places["within_3_km"] += km <= 3
            tally.places["within_10_km"] += km <= 10


def _rate(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


def f1(right: int, predicted: int, gold: int) -> float | None:
    return round(2 * right / (predicted + gold), 3) if predicted + gold else None


def report(tally: Tally) -> dict:
    """Return the figures of the issue's table, and the parts they are made of."""
    q, t, n, p = tally.quantities, tally.times, tally.naming, tally.places
    return {
        "claims": {"gold": tally.gold, "predicted": tally.predicted, "matched": tally.matched},
        "typed_precision": _rate(tally.matched, tally.predicted),
        "typed_recall": _rate(tally.matched, tally.gold),
        "typed_f1": f1(tally.matched, tally.predicted, tally.gold),
        "checkable_recall": _rate(tally.checkable_found, tally.checkable),
        "checkable_precision": _rate(tally.checkable_right, tally.checkable_predicted),
        "quantity_f1": f1(q["right"], q["predicted"], q["gold"]),
        "comparator": _rate(q["comparator"], q["right"]),
        "time_overlap": _rate(t["overlap"], t["gold"]),
        "time_exact": _rate(t["exact"], t["gold"]),
        "attribution_kind": _rate(n["right"], n["gold"]),
        "wrong_named_speakers": tally.wrong_speakers,
        "places_within_3_km": _rate(p["within_3_km"], p["gold"]),
        "places_within_10_km": _rate(p["within_10_km"], p["gold"]),
        "by_kind": {
            kind: {"gold": g, "predicted": c, "matched": m, "f1": f1(m, c, g)}
            for kind, (g, c, m) in sorted(tally.by_kind.items())
        },
    }


def total(texts: Iterable[tuple[GoldText, Sequence[Claim]]]) -> Tally:
    tally = Tally()
    for text, claims in texts:
        add(tally, text, claims)
    return tally
