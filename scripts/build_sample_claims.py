"""Make `sample/article_claims.jsonl`: the claims of the sample article, labelled by hand.

    python scripts/build_sample_claims.py

Offsets are found from the words, so that an edit of the article cannot leave them wrong; words
that are no longer there are an error.
"""

from __future__ import annotations

import json
from pathlib import Path

SAMPLE = Path(__file__).parent.parent / "src/contested/sample"
PUBLISHED = "2025-01-08"

OWN = {"naming": "reporter"}


def claim(words: str, kind: str, **fields: object) -> dict[str, object]:
    """Return a claim's row; `words` must stand in the article."""
    return {"words": words, "type": kind, "attribution": OWN, **fields}


def towns(*names: str, relation: str | None = None) -> list[dict[str, object]]:
    """Return settlements; the relation is the first one's."""
    rows: list[dict[str, object]] = [{"name": name, "kind": "PPL"} for name in names]
    rows[0]["relation"] = relation
    return rows


def when(words: str, start: str, end: str) -> dict[str, str]:
    """Return a time."""
    return {"text": words, "start": start, "end": end, "basis": "explicit"}


def number(value: float, unit: str, comparator: str = "exactly") -> list[dict[str, object]]:
    """Return one quantity."""
    return [{"value": value, "unit": unit, "comparator": comparator}]


REGION = {"name": "Donetsk region", "kind": "ADM1"}
SAID = {"naming": "organisation", "org": "a spokesman"}

CLAIMS = [
    claim("Ukraine regained Kherson in November 2022", "change_of_control", subject="Ukraine",
          places=towns("Kherson"), time=when("in November 2022", "2022-11-01", "2022-11-30")),
    claim("Mariupol had fallen in April of that year", "change_of_control", subject="Russia",
          places=towns("Mariupol"), time=when("in April", "2022-04-01", "2022-04-30")),
    claim("Lysychansk followed in early July 2022", "change_of_control", subject="Russia",
          places=towns("Lysychansk"), time=when("early July 2022", "2022-07-01", "2022-07-10")),
    claim("a town of about 71,000 people before the invasion", "population", subject="Bakhmut",
          places=towns("Bakhmut"), time=when("before the invasion", "2022-01-01", "2022-02-23"),
          quantity=number(71_000, "people", "about")),
    claim("was taken in May 2023", "change_of_control", subject="Russia",
          places=towns("Bakhmut"), time=when("in May 2023", "2023-05-01", "2023-05-31")),
    claim("Avdiivka is the largest town to fall since then", "superlative", subject="Avdiivka",
          places=towns("Avdiivka", "Bakhmut"), time=when("since then", "2023-05-01", PUBLISHED)),
    claim("Vuhledar was lost at the beginning of October 2024", "change_of_control",
          subject="Russia", places=towns("Vuhledar"),
          time=when("the beginning of October 2024", "2024-10-01", "2024-10-10")),
    claim("about 11 miles south of Pokrovsk", "distance", subject="Selydove",
          places=towns("Selydove", "Pokrovsk", relation="south of"),
          quantity=number(11, "mile", "about")),
    claim("in the last days of that month", "change_of_control", subject="Russia",
          places=towns("Selydove"), time=when("in the last days", "2024-10-25", "2024-10-31")),
    claim("Kurakhove fell in early September 2024", "change_of_control", subject="Russia",
          places=towns("Kurakhove"), time=when("early September 2024", "2024-09-01", "2024-09-10"),
          attribution={"naming": "anonymous group", "role": "military bloggers"}),
    claim("Vuhledar lies south of Kurakhove", "location", subject="Vuhledar",
          places=towns("Vuhledar", "Kurakhove", relation="south of")),
    claim("Avdiivka lies in the Donetsk region", "location", subject="Avdiivka",
          places=[*towns("Avdiivka"), REGION]),
    claim("which borders the Luhansk region", "location", subject="Donetsk region",
          places=[REGION, {"name": "Luhansk region", "kind": "ADM1"}]),
    claim("Kramatorsk is less than 60 miles from Pokrovsk", "distance", subject="Kramatorsk",
          places=towns("Kramatorsk", "Pokrovsk"), quantity=number(60, "mile", "less than")),
    claim("is about 1,000 kilometers long", "length", subject="the whole front",
          places=[{"name": "front line", "kind": "LINE"}], quantity=number(1000, "km", "about"),
          attribution={"naming": "anonymous group", "role": "officials"}),
    claim("Half of all attacks were aimed at Pokrovsk last week", "share", subject="attacks",
          places=towns("Pokrovsk"), quantity=number(0.5, "fraction"), attribution=SAID,
          time=when("last week", "2024-12-30", "2025-01-05")),
    claim("Kherson is under Ukrainian control", "control", subject="Ukraine",
          places=towns("Kherson")),
    claim("Lyman is occupied by Russia", "control", subject="Russia", places=towns("Lyman"),
          attribution={"naming": "unnamed document", "role": "a message that circulated"}),
    claim("The enemy wants the whole of the region", "intention", subject="the enemy",
          places=[REGION], attribution={"naming": "anonymous group", "role": "an analyst"}),
    claim("The loss of one more town would be a bitter one", "opinion"),
    claim("Residents fear that Pokrovsk could be next", "risk", subject="Pokrovsk",
          places=towns("Pokrovsk"), attribution={"naming": "anonymous group", "role": "residents"}),
    claim("It will be decided in spring", "forecast",
          attribution={"naming": "anonymous group", "role": "a woman from Dobropillia"}),
]  # fmt: skip


def main() -> None:
    """Write the file."""
    text = (SAMPLE / "article.txt").read_text(encoding="utf-8")
    rows = []
    for index, row in enumerate(CLAIMS, 1):
        words = str(row.pop("words"))
        start = text.index(words)
        quote = " ".join(words.split()[:6])
        rows.append({"id": f"a{index:02d}", "start": start, "end": start + len(words),
                     "para": text[:start].count("\n\n") + 1, "first6": quote, **row})  # fmt: skip
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    (SAMPLE / "article_claims.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(rows)} claims")


if __name__ == "__main__":
    main()
