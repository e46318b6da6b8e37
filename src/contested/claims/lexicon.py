"""The words of a language, by class, with every form of a verb and a noun.

The lexicon is written in ``lexicons/<language>.yaml``, so that another language is another file,
and read from ``<language>.json`` beside it, which ``make lexicon`` makes: YAML takes thirty times
as long. A test holds the two together. `faults` is the linter.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, partial
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from contested.claims.forms import ByForm
from contested.claims.tokens import CLITICS, tokenise
from contested.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LANGUAGES: Final = ("en",)
MAX_WORDS: Final = 6
"""A longer entry is a phrase of one text, not a word of the field."""
_SECTIONS: Final = frozenset(
    {"language", "verbs", "irregular", "nouns", "words", "demonyms", "named_periods", "units"}
)
_VOWELS: Final = "aeiou"
_IRREGULAR_PLURALS: Final = {
    "man": "men", "woman": "women", "child": "children", "person": "persons", "people": "people",
    "personnel": "personnel", "aviation": "aviation", "dead": "dead", "wounded": "wounded",
    "killed": "killed", "territory": "territories",
}  # fmt: skip


class Entry(NamedTuple):
    """A form of a word or of several words in a row.

    Attributes
    ----------
    words
        As they stand in a text; lower case unless the lexicon writes a capital.
    form
        ``base``, ``s``, ``past``, ``pp``, ``ing`` for verbs, ``one`` and ``many`` for nouns,
        else empty.
    """

    words: tuple[str, ...]
    kind: str
    form: str


class Beginning(NamedTuple):
    """What may begin with a word as it is written in a text.

    Attributes
    ----------
    alone
        Kind and form of the entries of one word.
    seconds
        The second words of the longer ones.
    """

    entries: tuple[Entry, ...]
    alone: tuple[tuple[str, str], ...]
    seconds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every entry by its first word, longest first.

    Attributes
    ----------
    beginning
        By a word as it is written: what may begin with it, `None` for most.
    """

    language: str
    by_first: Mapping[str, tuple[Entry, ...]]
    beginning: Mapping[str, Beginning | None]
    units: Mapping[tuple[str, ...], str]
    demonyms: frozenset[str]
    named_periods: Mapping[tuple[str, ...], tuple[str, str | None]]
    periods_at: ByForm[tuple[Period, ...]]


Period = tuple[tuple[str, ...], tuple[str, str | None]]
"""The words of a named period, its first day and its last."""


@cache
def load(language: str = "en") -> Lexicon:
    """Return the lexicon of a language.

    Raises
    ------
    InputError
        The language has no lexicon.
    """
    if language not in LANGUAGES:
        held = ", ".join(LANGUAGES)
        raise InputError(f"no lexicon for language {language!r}; there is one for: {held}")
    return build(json.loads(source(language, "json")))


def source(language: str, form: str) -> str:
    """Return the file of a language as it is written (``yaml``) or as it is read (``json``)."""
    path = resources.files("contested.claims") / "lexicons" / f"{language}.{form}"
    return path.read_text(encoding="utf-8")


def parse(text: str) -> dict[str, Any]:
    """Return the YAML of a lexicon as plain data."""
    import yaml  # noqa: PLC0415  (only whoever makes or checks a lexicon needs it)

    # The C loader reads the file in a tenth of the time; it is missing from some builds of PyYAML.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    raw: dict[str, Any] = yaml.load(text, Loader=loader)  # noqa: S506  (a safe loader)
    return raw


def build(raw: Mapping[str, Any]) -> Lexicon:
    """Return the lexicon with every form spelled out."""
    by_first: dict[str, list[Entry]] = {}
    for entry in _entries(raw):
        by_first.setdefault(entry.words[0], []).append(entry)
    ordered = {word: _longest_first(found) for word, found in by_first.items()}
    periods: dict[tuple[str, ...], tuple[str, str | None]] = {
        split(words): (days[0], days[1]) for words, days in raw["named_periods"].items()
    }
    return Lexicon(
        language=raw["language"],
        by_first=ordered,
        beginning=ByForm(partial(_beginning, ordered)),
        units={split(form): unit for unit, forms in raw["units"].items() for form in forms},
        demonyms=frozenset(raw["demonyms"]),
        named_periods=periods,
        periods_at=ByForm(partial(_periods, tuple(periods.items()))),
    )


def _periods(periods: tuple[Period, ...], word: str) -> tuple[Period, ...]:
    low = word.lower().replace("’", "'")
    return tuple(period for period in periods if period[0][0] in (low, word))


def _beginning(by_first: Mapping[str, tuple[Entry, ...]], word: str) -> Beginning | None:
    low = word.lower().replace("’", "'")
    entries = (by_first.get(word, ()) if word != low else ()) + by_first.get(low, ())
    if not entries:
        return None
    alone = tuple((e.kind, e.form) for e in entries if len(e.words) == 1)
    return Beginning(entries, alone, frozenset(e.words[1] for e in entries if len(e.words) > 1))


def split(phrase: str) -> tuple[str, ...]:
    """Return the words of a phrase as the tokeniser cuts them; a clitic ('ll, n't) is one."""
    if phrase in CLITICS:
        return (phrase,)
    return tuple(token.text for token in tokenise(phrase, 0, len(phrase)))


def _longest_first(entries: list[Entry]) -> tuple[Entry, ...]:
    return tuple(
        sorted(set(entries), key=lambda entry: (-len(entry.words), entry.kind, entry.form))
    )


def _entries(raw: Mapping[str, Any]) -> Iterator[Entry]:
    for kind, phrases in raw["verbs"].items():
        for phrase in phrases:
            first, *rest = split(phrase)
            for form, word in verb_forms(first, raw["irregular"]):
                yield Entry((word, *rest), kind, form)
    for kind, phrases in raw["nouns"].items():
        for phrase in phrases:
            *before, last = split(phrase)
            yield Entry((*before, last), kind, "one")
            yield Entry((*before, plural(last)), kind, "many")
    for kind, phrases in raw["words"].items():
        for phrase in phrases:
            yield Entry(split(phrase), kind, "")


def verb_forms(base: str, irregular: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Yield form and word of a verb.

    Examples
    --------
    >>> [word for _, word in verb_forms("seize", {})]
    ['seize', 'seizes', 'seized', 'seized', 'seizing']
    """
    yield "base", base
    if base in irregular:
        yield from zip(("s", "past", "pp", "ing"), irregular[base], strict=True)
        return
    stem = base.removesuffix("e")
    if base.endswith("y") and base[-2] not in _VOWELS:
        yield from (
            ("s", f"{base[:-1]}ies"),
            ("past", f"{base[:-1]}ied"),
            ("pp", f"{base[:-1]}ied"),
        )
    else:
        yield from (("s", _add_s(base)), ("past", f"{stem}ed"), ("pp", f"{stem}ed"))
    yield "ing", f"{stem}ing"


def plural(noun: str) -> str:
    """Return the plural of an English noun."""
    if noun in _IRREGULAR_PLURALS:
        return _IRREGULAR_PLURALS[noun]
    if noun.endswith("man") and len(noun) > len("human") and not noun[0].isupper():
        return f"{noun[:-2]}en"  # serviceman, gunman, spokeswoman
    if noun.endswith("y") and noun[-2] not in _VOWELS:
        return f"{noun[:-1]}ies"
    return _add_s(noun)


def _add_s(word: str) -> str:
    return f"{word}es" if word.endswith(("s", "sh", "ch", "x", "z", "o")) else f"{word}s"


def faults(raw: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with a lexicon, one line each; empty where nothing is."""
    found = [f"unknown section {name!r}" for name in sorted(set(raw) - _SECTIONS)]
    found += [f"missing section {name!r}" for name in sorted(_SECTIONS - set(raw))]
    for section in ("verbs", "nouns", "words", "units"):
        for kind, phrases in raw.get(section, {}).items():
            found += _faults_of_class(section, kind, phrases)
    verbs = [p for phrases in raw.get("verbs", {}).values() for p in phrases]
    firsts = {split(verb)[0] for verb in verbs if isinstance(verb, str) and verb.strip()}
    known = firsts | {"be"}
    found += [f"irregular: {v!r} is no verb" for v in raw.get("irregular", {}) if v not in known]
    return found


def _faults_of_class(section: str, kind: str, phrases: Iterable[object]) -> list[str]:
    found, seen = [], set()
    for phrase in phrases:
        if not isinstance(phrase, str) or not phrase.strip():
            found.append(f"{section}.{kind}: {phrase!r} is not a word")
        elif phrase in seen:
            found.append(f"{section}.{kind}: {phrase!r} stands twice")
        elif len(split(phrase)) > MAX_WORDS:
            found.append(f"{section}.{kind}: {phrase!r} is a phrase, not a word")
        seen.add(phrase)
    return found
