"""Claims and verdicts kept in the book: who said what when, and what the maps showed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from contested.errors import UsageError
from contested.jobs.check import CLAIM, VERDICT, Article
from contested.jobs.claim_files import GivenClaim
from contested.jobs.judge import judgements
from contested.records.claim import (
    Attribution,
    Claim,
    ClaimPlace,
    Comparator,
    Evidential,
    Extractor,
    Kind,
    Naming,
    Quantity,
    Span,
    TimeSpan,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from contested.records import Entry
    from contested.records.verdict import Judgement
    from contested.store.book import Book

SHORTEST_ID: Final = 4


@dataclass(frozen=True, slots=True)
class KeptClaim:
    """A claim as the book keeps it.

    Attributes
    ----------
    verdict, now
        The newest verdicts, as JSON values.
    judgements
        What persons said about it, oldest first.
    """

    id: str
    given: GivenClaim
    article: Article
    verdict: Mapping[str, Any]
    now: Mapping[str, Any] | None
    judgements: tuple[Judgement, ...]

    @property
    def finding(self) -> str:
        """The machine's word."""
        return str(self.verdict["verdict"])


def kept_claims(
    book: Book, *, place: str | None = None, since: date | None = None
) -> Iterator[KeptClaim]:
    """Yield the claims of a book in the order in which they were first checked.

    Parameters
    ----------
    place
        Only claims that name this place.
    since
        Only claims published on this day or later.
    """
    verdicts = {str(one.body["id"]): one.body for one in book.ledger.entries(VERDICT)}
    seen: set[str] = set()
    for entry in book.ledger.entries(CLAIM):
        kept = _kept(book, entry, verdicts)
        if kept.id in seen or (since is not None and kept.article.published < since):
            continue
        names = {one.name.lower() for one in kept.given.claim.places}
        if place is None or place.lower() in names:
            seen.add(kept.id)
            yield kept


def kept_claim(book: Book, claim_id: str) -> KeptClaim:
    """Return the claim with an identifier, or with the only one that begins so.

    Raises
    ------
    UsageError
        If there is none, or several begin so.
    """
    wanted = claim_id.strip().lower()
    found = [
        one for one in kept_claims(book)
        if one.id == wanted or (len(wanted) >= SHORTEST_ID and one.id.startswith(wanted))
    ]  # fmt: skip
    if not found:
        raise UsageError(
            f"the book {book.path} holds no claim {claim_id!r}: list them with `contested claims`"
        )
    if len(found) > 1:
        raise UsageError(f"several claims begin with {claim_id!r}: give more of the identifier")
    return found[0]


def _kept(book: Book, entry: Entry, verdicts: Mapping[str, Mapping[str, Any]]) -> KeptClaim:
    body = entry.body
    verdict = verdicts.get(str(body["id"]), {"verdict": {"verdict": "not held"}, "now": None})
    article = body["article"]
    return KeptClaim(
        id=str(body["id"]),
        given=GivenClaim(claim_from(body["claim"]), str(body["quote"])),
        article=Article(
            str(article["title"]),
            date.fromisoformat(str(body["published"])),
            str(article["sha256"]),
        ),
        verdict=verdict["verdict"],
        now=verdict["now"],
        judgements=judgements(book, str(body["id"])),
    )


def claim_from(fields: Mapping[str, Any]) -> Claim:
    """Return a claim from its fields as JSON values."""
    return Claim(
        **{
            **fields,
            "span": Span(**fields["span"]),
            "kind": Kind(fields["kind"]),
            "also": tuple(Kind(one) for one in fields["also"]),
            "places": tuple(ClaimPlace(**one) for one in fields["places"]),
            "time": _time(fields["time"]),
            "quantities": tuple(_quantity(one) for one in fields["quantities"]),
            "attribution": _attribution(fields["attribution"]),
            "evidential": Evidential(fields["evidential"]),
            "hedges": tuple(fields["hedges"]),
            "extractor": Extractor(**fields["extractor"]),
        }
    )


def _quantity(fields: Mapping[str, Any]) -> Quantity:
    return Quantity(**{**fields, "comparator": Comparator(fields["comparator"])})


def _time(fields: Mapping[str, Any] | None) -> TimeSpan | None:
    if fields is None:
        return None
    return TimeSpan(**{**fields, "first": _day(fields["first"]), "last": _day(fields["last"])})


def _attribution(fields: Mapping[str, Any]) -> Attribution:
    said = {key: _day(fields[key]) for key in ("said_first", "said_last")}
    return Attribution(**{**fields, **said, "naming": Naming(fields["naming"])})


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)
