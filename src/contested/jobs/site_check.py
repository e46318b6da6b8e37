"""Claims of a checked article as pins of the page: place by place, in a few words, without names.

Reads what `contested check ARTICLE --json` wrote. Only claims that were compared and speak of a
settlement become pins; who said them is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from contested.errors import UsageError
from contested.records.verdict import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

LARGEST_BYTES: Final = 30_000_000
MOST_CLAIMS: Final = 400
QUOTED_WORDS: Final = 14
"""Words of a claim that stand beside its pin: enough to find it, too few to replace the text."""
_LONGEST: Final = 600


class _Place(msgspec.Struct):
    name: str
    kind: str
    role: str
    lat: float | None
    lon: float | None


class _Map(msgspec.Struct):
    as_of: str
    shown_as: str = ""


class _Verdict(msgspec.Struct):
    verdict: Finding
    sentence: str
    number: str | None = None
    maps: list[_Map] = msgspec.field(default_factory=list)


class _Claim(msgspec.Struct):
    id: str
    quote: str | None
    places: list[_Place]
    verdict: _Verdict


class _Article(msgspec.Struct):
    title: str
    published: str


class _Check(msgspec.Struct):
    article: _Article
    claims: list[_Claim]


def page_claims(path: Path) -> dict[str, Any]:
    """Return a checked article's pins as JSON values.

    Raises
    ------
    UsageError
        If the file cannot be read or is not what `contested check --json` writes.
    """
    found = _read(path)
    until = found.article.published[:10]
    pins = [pin for one in found.claims if (pin := _pin(one, until)) is not None]
    return {
        "title": _cut(found.article.title),
        "published": until,
        "read": len(found.claims),
        "pins": pins[:MOST_CLAIMS],
    }


def _read(path: Path) -> _Check:
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise UsageError(f"{path}: larger than {LARGEST_BYTES / 1e6:g} MB; is it a check?")
        return msgspec.json.decode(path.read_bytes(), type=_Check)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path}: is not what `contested check ARTICLE --json` writes: {error}"
        ) from None


def _pin(claim: _Claim, until: str) -> dict[str, Any] | None:
    """Return a claim's pin; `None` if it was not compared or speaks of no settlement."""
    place = _place(claim.places)
    if claim.verdict.verdict is Finding.NOT_CHECKABLE or place is None:
        return None
    used = sorted(one.as_of[:10] for one in claim.verdict.maps)
    days = [day for day in used if day <= until] or used
    return {
        "id": claim.id[:40],
        "quote": _short(claim.quote or ""),
        "place": place.name,
        "at": [round(place.lon or 0.0, 5), round(place.lat or 0.0, 5)],
        "verdict": claim.verdict.verdict.value,
        "number": _cut(claim.verdict.number or ""),
        "sentence": _cut(claim.verdict.sentence),
        "days": [days[0], days[-1]] if days else [],
    }


def _place(places: Sequence[_Place]) -> _Place | None:
    """Return the first settlement that the claim is about; what it is measured from is none."""
    located = (one for one in places if one.lat is not None and one.lon is not None)
    return next((one for one in located if (one.kind, one.role) == ("settlement", "place")), None)


def _short(quote: str) -> str:
    words = quote.strip("“”… ").split()
    more = len(words) > QUOTED_WORDS or quote.rstrip("” ").endswith("…")
    return " ".join(words[:QUOTED_WORDS]) + (" …" if more else "")


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rpartition(' ')[0]} …"
