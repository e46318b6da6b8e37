"""`make bench-claims`: how well settlements in running text are found and placed.

    python benchmarks/accuracy/places/run.py [--misses] [--listed] [--freeze NAME]

Text and labels are one file: `[Lyman|Lyman, Donetsk]` is a mention of the place that
`places.yaml` has under the second name (the first, where there is no second), `[Izium|-]` is no
place, and `[Moscow|?Moscow]` may be read as a place or not, but as no other one.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from pyproj import Geod

from contested.jobs.places import open_gazetteer
from contested.places.document import Located, locate
from contested.places.extent import POPULATED

if TYPE_CHECKING:
    from contested.places.gazetteer import Gazetteer


FOLDER = Path(__file__).parent
GEOD = Geod(ellps="WGS84")
NEAR_KM = 3.0
LABEL = re.compile(r"\[([^\]|]*)(?:\|([?]?)([^\]]*))?\]")


@dataclass(frozen=True)
class Point:
    """A place as labelled; `near_km` is wider where the label's maker was not sure of it."""

    lat: float
    lon: float
    near_km: float = NEAR_KM


@dataclass(frozen=True)
class Label:
    start: int
    end: int
    key: str | None
    optional: bool


@dataclass(frozen=True)
class Text:
    name: str
    text: str
    labels: tuple[Label, ...]


def parse(name: str, marked: str) -> Text:
    """Return the text without its marks, and the labels with offsets in it."""
    out, labels, at, length = [], [], 0, 0
    for hit in LABEL.finditer(marked):
        before = marked[at : hit.start()]
        start = length + len(before)
        key = hit[3] or hit[1]
        labels.append(Label(start, start + len(hit[1]), None if key == "-" else key, hit[2] == "?"))
        out += [before, hit[1]]
        length, at = start + len(hit[1]), hit.end()
    return Text(name, "".join([*out, marked[at:]]), tuple(labels))


def texts(part: str) -> list[Text]:
    return [parse(path.stem, path.read_text(encoding="utf-8"))
            for path in sorted((FOLDER / part).glob("*.txt"))]  # fmt: skip


def points() -> dict[str, Point | None]:
    """Return the labelled places; `None`: its maker knew that it is a place, but not where."""
    raw = yaml.safe_load((FOLDER / "places.yaml").read_text(encoding="utf-8"))
    return {key: Point(*value) if value else None for key, value in raw.items()}


def settlement(found: Located) -> bool:
    return found.place is None or found.place.kind in POPULATED


def distance_km(found: Located, point: Point) -> float:
    place = found.place
    if place is None:
        raise ValueError("a mention without a place lies nowhere")
    return GEOD.inv(place.lon, place.lat, point.lon, point.lat)[2] / 1000


def verdict(label: Label, found: Located | None, known: dict[str, Point | None]) -> str:
    if found is None:
        return "missed"
    if found.place is None:
        return "unknown"
    if not settlement(found):
        return "as a region"
    point = known[label.key or ""]
    if point is None:
        return "placed, not scored"
    return "placed" if distance_km(found, point) <= point.near_km else "wrong"


def _mention_at(label: Label, found: list[Located]) -> int | None:
    spans = (one.mention for one in found)
    return next(
        (i for i, m in enumerate(spans) if m.start < label.end and label.start < m.end), None
    )


def compare(text: Text, found: list[Located], known: dict[str, Point | None]) -> list[tuple]:
    """Return (verdict, offset, label or `None`, mention or `None`) of every label and mention."""
    rows: list[tuple] = []
    used: set[int] = set()
    for label in text.labels:
        if label.key is None:
            continue
        at = _mention_at(label, found)
        if at is not None:
            used.add(at)
        said = verdict(label, found[at] if at is not None else None, known)
        if not label.optional:
            rows.append((said, label.start, label, found[at] if at is not None else None))
        elif said == "wrong":
            rows.append(("wrong where a place may stand", label.start, label, found[at]))
    rows += [("no place", f.mention.start, None, f) for i, f in enumerate(found)
             if i not in used and settlement(f)]  # fmt: skip
    return rows


def report(counts: Counter) -> dict[str, float | int]:
    labels = sum(counts[name] for name in ("placed", "placed, not scored", "wrong", "unknown",
                                           "as a region", "missed"))  # fmt: skip
    scored = labels - counts["placed, not scored"]
    found = labels - counts["missed"] - counts["as a region"]
    extra = counts["no place"] + counts["wrong where a place may stand"]
    return {
        "mentions": labels,
        "found": round(found / labels, 3),
        "precision": round(found / (found + extra), 3),
        "placed within 3 km": round(counts["placed"] / scored, 3),
        "wrong place": counts["wrong"],
        "don't know": counts["unknown"],
        "not found": counts["missed"] + counts["as a region"],
        "no place at all": extra,
    }


def listed(gazetteer: Gazetteer, label: Label, known: dict[str, Point | None]) -> bool:
    """Say whether the gazetteer holds the place that a label means, under the label's name."""
    point = known[label.key or ""]
    return point is not None and any(
        GEOD.inv(match.place.lon, match.place.lat, point.lon, point.lat)[2] / 1000 <= NEAR_KM
        for match in gazetteer.match((label.key or "").split(",")[0])
        if match.place.kind in POPULATED
    )


def line(text: Text, row: tuple) -> str:
    said, start, label, found = row
    around = text.text[max(0, start - 40) : start + 45].replace("\n", " / ")
    place = found.place if found else None
    where = f"{place.name}, {place.admin1} {place.lat:.3f} {place.lon:.3f}" if place else ""
    return f"{text.name} {said:9} {label.key if label else ''} -> {where} | …{around}…"


def main() -> None:
    gazetteer, known = open_gazetteer(), points()
    counts: Counter = Counter()
    by_list: Counter = Counter()
    for text in texts("dev"):
        rows = compare(text, locate(gazetteer, text.text), known)
        counts.update(row[0] for row in rows)
        if "--misses" in sys.argv:
            print("\n".join(line(text, row) for row in sorted(rows, key=lambda row: row[1])
                            if not row[0].startswith("placed")))  # fmt: skip
        for said, _, label, _ in rows:
            if label is not None and not said.startswith("wrong where"):
                by_list[listed(gazetteer, label, known), said] += 1
    figures = report(counts)
    held = sum(number for (there, _), number in by_list.items() if there)
    figures["of those in the gazetteer"] = round(by_list[True, "placed"] / held, 3)
    print("\nplaces in own texts (development)")
    for key, value in figures.items():
        print(f"  {key:24} {value}")
    if "--listed" in sys.argv:
        for (there, said), number in sorted(by_list.items()):
            print(f"  {'held' if there else 'lacking':8} {said:20} {number}")
    if "--freeze" in sys.argv:
        target = FOLDER / "runs" / f"{sys.argv[sys.argv.index('--freeze') + 1]}.json"
        target.parent.mkdir(exist_ok=True)
        target.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
