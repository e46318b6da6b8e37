"""Articles read a second, after the claims were compared.

    python benchmarks/accuracy/claims/speed.py                     # this code alone
    python benchmarks/accuracy/claims/speed.py --against OTHER/src # and another version of it
    python benchmarks/accuracy/claims/speed.py --against OTHER/src --golden-only

One process per version, rounds interleaved, processor time. With `--against`, every field of every
claim of all texts, of longer texts made of their sentences in another order, and of such texts with
words changed is the same in both versions, or no time is printed.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import random
import re
import resource
import statistics
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from contested.records.article import Article

HERE = Path(__file__).parent
OURS = HERE.parents[2] / "src"
SHARED = HERE.parents[3] / "shared" / "data" / "article" / "pokrovsk-2025-11-06.txt"
PUBLISHED = date(2025, 11, 6)
ARTICLE_CHARACTERS = 9_000
TIMED, MADE, ALTERED = 24, 60, 120
_SENTENCE = re.compile(r"(?<=[.!?”])\s+")


def texts() -> list[str]:
    """Return the article in `../shared`, if it is there, and our own texts."""
    found = [SHARED.read_text(encoding="utf-8")] if SHARED.exists() else []
    for part in ("dev", "blind", "blind2"):
        found += [p.read_text(encoding="utf-8") for p in sorted((HERE / part).glob("*.txt"))]
    return found


def made(count: int, seed: int) -> list[str]:
    """Return texts of an article's length: sentences of all texts in another order."""
    sentences = [
        sentence
        for text in texts()
        for line in text.splitlines()
        for sentence in _SENTENCE.split(line.strip())
        if _is_prose(sentence)
    ]
    chance = random.Random(seed)  # noqa: S311
    return [_made(sentences, chance) for _ in range(count)]


def _is_prose(sentence: str) -> bool:
    """Return whether a line is read: one that looks like an article's tail would end the text."""
    from contested.sources.article.parse import parse_text

    above = "The troops of the brigade held the town on that day.\n\n" * 7
    return parse_text(above + sentence, name="a").paragraphs[-1].part == "prose"


def _made(sentences: list[str], chance: random.Random) -> str:
    paragraphs: list[str] = []
    order = chance.sample(sentences, len(sentences))
    while order and sum(map(len, paragraphs)) < ARTICLE_CHARACTERS:
        size = chance.randint(1, 4)
        paragraphs.append(" ".join(order[:size]))
        order = order[size:]
    return "\n\n".join(paragraphs)[:ARTICLE_CHARACTERS]


def altered(count: int, seed: int) -> list[str]:
    """Return such texts with a tenth of their words left out, doubled, moved or put for another."""
    chance = random.Random(seed)  # noqa: S311
    words = " ".join(texts()).split()
    return [_altered(text, words, chance) for text in made(count, seed + 1)]


def _altered(text: str, words: list[str], chance: random.Random) -> str:
    out: list[str] = []
    for word in text.split(" "):
        change = chance.random()
        if change < 0.03:
            out.append(chance.choice(words))
        elif change < 0.06:
            out += [word, chance.choice(words)]
        elif change > 0.97:
            out.append(word.title() if chance.random() < 0.5 else word.lower())
        elif change < 0.95:
            out.append(word)
    return " ".join(out)


class Version:
    """Another process that reads with one version of the code."""

    def __init__(self, source: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).resolve()), "--worker"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": str(source), "PYTHONHASHSEED": "0"},
        )  # fmt: skip

    def ask(self, **question: object) -> dict:
        """Return the answer to one question."""
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("the process has no pipes")
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit("a version ended before it answered")
        return json.loads(line)

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


def worker() -> None:
    """Answer questions of `Version` on standard output."""
    begun = time.process_time()
    from contested.claims.finder import GazetteerFinder
    from contested.claims.reading import read, read_document
    from contested.jobs.places import open_gazetteer
    from contested.sources.article.parse import parse_text

    finder = GazetteerFinder(open_gazetteer())

    def article_of(text: str) -> Article:
        # Without a date: relative ones stay unresolved, in the texts that are made as well.
        return parse_text(text, name="a", published=PUBLISHED if len(text) % 5 else None)

    read(article_of(texts()[0]), finder)
    start_up = time.process_time() - begun
    timed = [*texts()[:1], *made(TIMED, 1)]
    for line in sys.stdin:
        asked = json.loads(line)
        answer: dict = {"start_up": start_up}
        if asked["what"] == "golden":
            corpora = {"all": texts(), "made": made(MADE, 2), "altered": altered(ALTERED, 3)}
            answer = {
                f"{name} {number}": _dump(*read_document(article_of(text), finder))
                for name, corpus in corpora.items() for number, text in enumerate(corpus)
            }  # fmt: skip
        elif asked["what"] == "round":
            answer["seconds"] = [
                _seconds(lambda text: read(article_of(text), finder), text) for text in timed
            ]
            answer["characters"] = [len(text) for text in timed]
            answer["rss_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps(answer, default=str), flush=True)


def _seconds(work: Callable[[str], object], text: str) -> float:
    begun = time.process_time()
    work(text)
    return time.process_time() - begun


def _dump(document: object, reading: object) -> dict:
    """Return every field of what was read, and what else the answer is made of."""
    from contested.claims.privacy import privacy

    return {
        "claims": [dataclasses.asdict(claim) for claim in reading.claims],
        "dropped": [dataclasses.asdict(dropped) for dropped in reading.dropped],
        "private": privacy(document).roles,
        "numbers": [str(notes.quantities) for notes in document.notes],
        "times": [str(notes.times) for notes in document.notes],
        "places": [str(mention) for mention in document.mentions],
    }


def differences(ours: dict, theirs: dict) -> list[str]:
    """Return where two versions read otherwise, one line a text."""
    found = []
    for name, read in ours.items():
        for field, mine in read.items():
            other = theirs[name][field]
            if mine == other:
                continue
            if isinstance(mine, list):
                pairs = [(a, b) for a, b in zip(mine, other, strict=False) if a != b]
                found.append(f"{name}: {field} {len(mine)}/{len(other)} {pairs[:1]}"[:700])
            else:
                found.append(f"{name}: {field} {mine} {other}"[:700])
    return found


def main() -> int:
    """Compare, then time."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--against", type=Path, help="the src folder of another version")
    parser.add_argument("--golden-only", action="store_true", help="compare and print no time")
    parser.add_argument("--rounds", type=int, default=7)
    asked = parser.parse_args()
    if asked.worker:
        worker()
        return 0
    versions = {"this": Version(OURS)}
    if asked.against:
        versions["other"] = Version(asked.against.resolve())
        if not _equal(versions):
            return 1
    if not asked.golden_only:
        _print_times(versions, asked.rounds)
    for version in versions.values():
        version.close()
    return 0


def _equal(versions: dict[str, Version]) -> bool:
    held = {name: version.ask(what="golden") for name, version in versions.items()}
    wrong = differences(held["this"], held["other"])
    claims = sum(len(text["claims"]) for text in held["this"].values())
    print(f"{len(held['this'])} texts, {claims} claims: {len(wrong)} texts read otherwise")
    print("\n".join(wrong[:20]))
    return not wrong


def _print_times(versions: dict[str, Version], rounds: int) -> None:
    runs: dict[str, list[list[float]]] = {name: [] for name in versions}
    last: dict[str, dict] = {}
    for _ in range(rounds):
        for name, version in versions.items():
            last[name] = version.ask(what="round")
            runs[name].append(last[name]["seconds"])
    for name, seconds in runs.items():
        best = [min(of_text) for of_text in zip(*seconds, strict=True)]
        usual = statistics.median(statistics.mean(one[1:]) for one in seconds)
        sizes = last[name]["characters"]
        print(
            f"{name}: the first text ({sizes[0]:,} characters) {_rate(best[0])}; "
            f"{len(best) - 1} made of {statistics.mean(sizes[1:]):,.0f}: best "
            f"{_rate(statistics.mean(best[1:]))}, median of {rounds} rounds {_rate(usual)}; start "
            f"with the first text {last[name]['start_up']:.2f} s, {last[name]['rss_mb']:.0f} MB"
        )


def _rate(seconds: float) -> str:
    return f"{seconds * 1e3:.2f} ms ({1 / seconds:.0f} a second)"


if __name__ == "__main__":
    raise SystemExit(main())
