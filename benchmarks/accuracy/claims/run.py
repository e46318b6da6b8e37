"""`make bench-claims`: figures on the development texts and on the blind ones, printed apart.

    python benchmarks/accuracy/claims/run.py [--blind] [--misses] [--freeze NAME]

Without `--blind` the blind texts are not read at all.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from gold import FOLDER, GoldText, own_texts, shared_article
from score import Tally, add, report

from contested.claims.document import analyse
from contested.claims.finder import GazetteerFinder
from contested.claims.lexicon import load
from contested.claims.reading import read
from contested.jobs.places import open_gazetteer
from contested.records.claim import ClaimDraft
from contested.sources.article.parse import parse_text


class Floor:
    """The naive floor: every sentence with a number or a place is a claim of the commonest kind."""

    name, version = "floor", "1"

    def drafts(self, document):
        for notes in document.notes:
            if notes.quantities or notes.places:
                sentence = notes.sentence
                yield ClaimDraft(
                    sentence.start, sentence.end, "event",
                    quantities=tuple((q.start, q.end) for q in notes.quantities),
                    times=tuple((t.start, t.end) for t in notes.times)[:1],
                    places=tuple((m.start, m.end) for m in notes.places),
                )  # fmt: skip


def article_of(text: GoldText):
    return parse_text(text.text, name=text.name, published=text.published)


def measure(texts: list[GoldText], finder, extractor=None, *, misses: bool = False) -> dict:
    tally = Tally()
    for text in texts:
        claims = read(article_of(text), finder, extractor).claims
        matched = add(tally, text, claims)
        if misses:
            show(text, claims, matched)
    return report(tally)


def show(text: GoldText, claims, matched) -> None:
    """Print what was missed and what was made up: only for development texts."""
    gold_right = {id(g) for g, _ in matched}
    claim_right = {id(c): g for g, c in matched}
    print(f"\n##### {text.name}")
    rows = [(g.start, f"MISSED {g.kind:18} {text.text[g.start : g.end][:110]}") for g in text.claims if id(g) not in gold_right]
    for c in claims:
        g = claim_right.get(id(c))
        words = text.text[c.span.start : c.span.end][:110]
        if g is None:
            rows.append((c.span.start, f"EXTRA  {c.kind:18} {words}"))
            continue
        notes = []
        if g.naming != str(c.attribution.naming):
            notes.append(f"naming {c.attribution.naming} for {g.naming} [{c.attribution.speaker}]")
        if g.time and c.time and (c.time.first, c.time.last) != g.time:
            notes.append(f"time {c.time.first}..{c.time.last} for {g.time[0]}..{g.time[1]}")
        rows.append((c.span.start, f"ok     {c.kind:18} {words} {'| ' if notes else ''}{'; '.join(notes)}"))
    for _, row in sorted(rows):
        print(row)
    wanted = [(g, q) for g in text.claims for q in g.quantities]
    from score import _same
    found = {(q.start, q.end): q for c in claims for q in c.quantities}
    for g, q in wanted:
        hit = [r for r in found.values() if _same(g, q, r)]
        if not hit:
            print("QMISS", q)
        elif str(hit[0].comparator) != q.comparator:
            print("QCOMP", q, hit[0].comparator)
    for (a, b), r in found.items():
        if not any(_same(g, q, r) for g, q in wanted):
            print("QEXTRA", text.text[a:b], r.unit)


def main() -> None:
    finder = GazetteerFinder(open_gazetteer())
    misses = "--misses" in sys.argv
    shared = shared_article()
    figures = {}
    if shared:
        figures["article in shared (development)"] = measure([shared], finder, misses=misses)
    else:
        print("../shared is absent: the article is not measured")
    figures["own texts (development)"] = measure(own_texts("dev"), finder, misses=misses)
    if "--blind" in sys.argv:
        figures["own texts (blind)"] = measure(own_texts("blind"), finder)
        figures["own texts (blind), naive floor"] = measure(own_texts("blind"), finder, Floor())
    figures["own texts (development), naive floor"] = measure(own_texts("dev"), finder, Floor())
    if shared:
        figures["article in shared, naive floor"] = measure([shared], finder, Floor())
    for name, figure in figures.items():
        print(f"\n{name}")
        for key, value in figure.items():
            if key != "by_kind":
                print(f"  {key:24} {value}")
    if "--freeze" in sys.argv:
        target = FOLDER / "runs" / f"{sys.argv[sys.argv.index('--freeze') + 1]}.json"
        target.parent.mkdir(exist_ok=True)
        target.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
