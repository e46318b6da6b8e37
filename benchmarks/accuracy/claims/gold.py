"""Labels as they lie in files, brought to one form."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent
SHARED = FOLDER.parents[3] / "shared" / "data"
COMPARATORS = {
    "less than": "less_than", "more than": "more_than", "at least": "at_least", "up to": "up_to",
    "as small as": "as_small_as",
}  # fmt: skip
NEITHER = "neither"


@dataclass(frozen=True)
class GoldQuantity:
    value: float
    high: float | None
    unit: str
    comparator: str


@dataclass(frozen=True)
class GoldClaim:
    """A labelled claim; `time` is `None` where it has none."""

    start: int
    end: int
    kinds: frozenset[str]
    kind: str
    check: str
    naming: str
    speaker: str | None
    time: tuple[date, date] | None
    quantities: tuple[GoldQuantity, ...] = ()
    points: tuple[tuple[str, float, float], ...] = ()
    names: tuple[str, ...] = field(default=())

    @property
    def checkable(self) -> bool:
        return self.check != NEITHER


@dataclass(frozen=True)
class GoldText:
    name: str
    text: str
    published: date | None
    claims: tuple[GoldClaim, ...]


def shared_article() -> GoldText | None:
    """Return the article in `../shared` with its gold, or `None` where it is absent."""
    path = SHARED / "article" / "pokrovsk-2025-11-06.txt"
    gold = SHARED / "claims" / "pokrovsk-2025-11-06.gold.jsonl"
    if not path.exists() or not gold.exists():
        return None
    lines = gold.read_text(encoding="utf-8").splitlines()
    claims = tuple(_from_gold(json.loads(line)) for line in lines)
    return GoldText("pokrovsk-2025-11-06", path.read_text(encoding="utf-8"), None, claims)


def _from_gold(raw: dict) -> GoldClaim:
    time, said = raw["time"], raw["attribution"]
    naming = said["naming"].split(" (")[0].replace(" ", "_")
    quantities = tuple(
        GoldQuantity(q["value"], q["high"], q["unit"],
                     COMPARATORS.get(q["comparator"], q["comparator"]))
        for q in raw["quantity"]
    )  # fmt: skip
    return GoldClaim(
        raw["start"], raw["end"], frozenset({raw["type"], *raw["also"]}), raw["type"],
        raw["check"], naming, said["speaker"],
        (date.fromisoformat(time["start"]), date.fromisoformat(time["end"])) if time else None,
        quantities,
        tuple((p["name"], p["lat"], p["lon"]) for p in raw["places"] if p["lat"] is not None),
    )  # fmt: skip


def own_texts(part: str) -> list[GoldText]:
    """Return our own texts with labels: `dev` or `blind`."""
    return [_own(path) for path in sorted((FOLDER / part).glob("*.yaml"))]


def _own(path: Path) -> GoldText:
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    known = yaml.safe_load((FOLDER / "places.yaml").read_text(encoding="utf-8"))
    known |= raw.get("places", {})
    claims = tuple(_own_claim(text, label, raw["published"], known) for label in raw["claims"])
    return GoldText(path.stem, text, raw["published"], claims)


def _own_claim(text: str, label: dict, published: date, known: dict) -> GoldClaim:
    words = label["w"]
    if text.count(words) != 1:
        raise ValueError(f"label words must stand once in the text: {words!r}")
    start = text.index(words)
    time = label.get("t", [published, published])
    naming, speaker = label.get("by", ["reporter", None])
    return GoldClaim(
        start, start + len(words), frozenset({label["k"], *label.get("also", [])}), label["k"],
        label["c"], naming, speaker if naming in {"named", "partly_named"} else None,
        None if time == "none" else tuple(time),
        tuple(GoldQuantity(*q) for q in label.get("q", [])),
        _points(label.get("p", []), known), tuple(label.get("p", [])),
    )  # fmt: skip


def _points(names: list[str], known: dict) -> tuple[tuple[str, float, float], ...]:
    return tuple((name, *known[name]) for name in names if name in known)
