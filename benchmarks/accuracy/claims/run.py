"""`make bench-claims`: figures on the development texts and on the blind ones, printed apart.

    python benchmarks/accuracy/claims/run.py [--blind] [--misses] [--freeze NAME]

Without `--blind` the blind texts are not read at all.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from gold import FOLDER, GoldClaim, GoldText, own_texts, shared_article
from score import Tally, add, report, same

from contested.claims.finder import GazetteerFinder
from contested.claims.reading import read
from contested.jobs.places import open_gazetteer
from contested.records.claim import Claim, ClaimDraft
from contested.sources.article.parse import parse_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from contested.claims.document import Document
    from contested.claims.protocol import ClaimExtractor


class Floor:
    """The naive floor: every sentence with a number or a place is a claim of the commonest kind."""

    name, version = "floor", "1"

    def drafts(self, document: Document) -> list[ClaimDraft]:
        return list(_sentences(document))


def _sentences(document: Document) -> Iterator[ClaimDraft]:
    for notes in document.notes:
        if notes.quantities or notes.places:
            yield ClaimDraft(
                notes.sentence.start,
                notes.sentence.end,
                "event",
                quantities=tuple((q.start, q.end) for q in notes.quantities),
                times=tuple((t.start, t.end) for t in notes.times if t.start and t.end)[:1],
                places=tuple((m.start, m.end) for m in notes.places),
            )


def measure(
    texts: Sequence[GoldText],
    finder: GazetteerFinder,
    extractor: ClaimExtractor | None = None,
    *,
    misses: bool = False,
) -> dict:
    tally = Tally()
    for text in texts:
        article = parse_text(text.text, name=text.name, published=text.published)
        claims = read(article, finder, extractor).claims
        matched = add(tally, text, claims)
        if misses:
            print(f"\n##### {text.name}")
            print("\n".join(_misses(text, claims, matched)))
    return report(tally)


def _misses(
    text: GoldText, claims: Sequence[Claim], matched: Sequence[tuple[GoldClaim, Claim]]
) -> list[str]:
    """Return what was missed, made up or read otherwise; for development texts only."""
    found = {id(label) for label, _ in matched}
    right = {id(claim) for _, claim in matched}
    rows = [(g.start, f"MISSED {g.kind:18} {_words(text, g.start, g.end)}") for g in text.claims
            if id(g) not in found]  # fmt: skip
    rows += [(c.span.start, f"EXTRA  {c.kind:18} {_words(text, c.span.start, c.span.end)}")
             for c in claims if id(c) not in right]  # fmt: skip
    rows += [(g.start, f"ok     {c.kind:18} {_words(text, g.start, g.end)} {_other(g, c)}")
             for g, c in matched]  # fmt: skip
    numbers = {(q.start, q.end): q for c in claims for q in c.quantities}
    for label in text.claims:
        rows += [(label.start, f"NUMBER {wanted}") for wanted in label.quantities
                 if not any(same(label, wanted, q) for q in numbers.values())]  # fmt: skip
    return [row for _, row in sorted(rows)]


def _words(text: GoldText, start: int, end: int) -> str:
    return text.text[start:end][:110]


def _other(label: GoldClaim, claim: Claim) -> str:
    said, time = claim.attribution, claim.time
    notes = [] if str(said.naming) == label.naming else [f"{said.naming} for {label.naming}"]
    if label.time and time and (time.first, time.last) != label.time:
        notes.append(f"{time.first}..{time.last} for {label.time[0]}..{label.time[1]}")
    return f"| {'; '.join(notes)}" if notes else ""


def figures(finder: GazetteerFinder, *, blind: bool, misses: bool) -> dict:
    """Return the figures by set of texts; the blind ones only where they are asked for."""
    shared = shared_article()
    sets = {"article in shared (development)": [shared] if shared else []}
    sets["own texts (development)"] = own_texts("dev")
    sets["eleven shapes (development)"] = own_texts("dev2")
    if blind:
        sets["own texts (blind)"] = own_texts("blind")
        sets["newer texts (blind2)"] = own_texts("blind2")
        sets["texts of another maker (blind3)"] = own_texts("blind3")
        sets["texts of a third maker (blind4)"] = own_texts("blind4")
    out = {}
    for name, texts in sets.items():
        if not texts:
            print("../shared is absent: the article is not measured")
            continue
        out[name] = measure(texts, finder, misses=misses and "blind" not in name)
        out[f"{name}, naive floor"] = measure(texts, finder, Floor())
    return out


def main() -> None:
    finder = GazetteerFinder(open_gazetteer())
    found = figures(finder, blind="--blind" in sys.argv, misses="--misses" in sys.argv)
    for name, figure in found.items():
        print(f"\n{name}")
        for key, value in figure.items():
            if key != "by_kind":
                print(f"  {key:24} {value}")
    if "--freeze" in sys.argv:
        target = FOLDER / "runs" / f"{sys.argv[sys.argv.index('--freeze') + 1]}.json"
        target.parent.mkdir(exist_ok=True)
        target.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
