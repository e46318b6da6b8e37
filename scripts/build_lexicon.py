"""Make the JSON that lexicons are read from out of the YAML that they are written in.

    python scripts/build_lexicon.py [--check]

With ``--check`` nothing is written; the exit code is 1 where a file is not up to date.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from contested.claims.lexicon import LANGUAGES, faults, parse

FOLDER = Path(__file__).parents[1] / "src" / "contested" / "claims" / "lexicons"


def made(language: str) -> str:
    """Return the JSON of a language's lexicon; the same YAML always makes the same bytes."""
    raw = parse((FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
    problems = faults(raw)
    if problems:
        raise SystemExit("\n".join(f"{language}.yaml: {problem}" for problem in problems))
    return json.dumps(raw, ensure_ascii=False, separators=(",", ":"), indent=0) + "\n"


def main() -> None:
    """Write what is not up to date, or with ``--check`` say so."""
    stale = []
    for language in LANGUAGES:
        path = FOLDER / f"{language}.json"
        text = made(language)
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(path.name)
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
    if stale and "--check" in sys.argv:
        raise SystemExit(f"not up to date, run make lexicon: {', '.join(stale)}")


if __name__ == "__main__":
    main()
