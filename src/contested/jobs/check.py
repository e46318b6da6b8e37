"""Check claims: look up their places, load what they need once, decide, and keep the verdicts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

import msgspec

from contested.checks import kinds
from contested.checks.case import Case
from contested.errors import NotHeldError
from contested.jobs.check_facts import FactLoader
from contested.jobs.claim_places import known_places
from contested.jobs.clock import utc_now
from contested.jobs.engines import held_sources, open_engine
from contested.jobs.places import open_gazetteer
from contested.jobs.regions import outlines_by_id, regions_of
from contested.records import Draft
from contested.records.verdict import CheckedClaim, Finding, ReadingOf, Sure
from contested.store.ledger import canonical_json

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from contested.checks.needs import Facts
    from contested.history.protocol import HistoryEngine
    from contested.jobs.claim_files import GivenClaim
    from contested.places.gazetteer import Gazetteer
    from contested.records import Place
    from contested.records.claim import ClaimPlace
    from contested.store.book import Book

CLAIM: Final = "claim"
VERDICT: Final = "verdict"
METHOD: Final = kinds.VERSION


@dataclass(frozen=True, slots=True)
class Article:
    """What was checked: its title, day, and the hash of its text or of the file of claims."""

    title: str
    published: date
    sha256: str


@dataclass(frozen=True, slots=True, eq=False)
class Checked:
    """An article with its claims checked.

    Attributes
    ----------
    places
        What every place of the claims is.
    """

    article: Article
    claims: tuple[CheckedClaim, ...]
    known_until: date
    now_until: date | None
    places: dict[ClaimPlace, Place | None] = field(default_factory=dict)


def open_loader(
    book: Book | None, *, boundaries: Path | None = None, source_name: str | None = None
) -> FactLoader:
    """Return the loader of a book: its maps, its gazetteer and the outlines of regions.

    Without a book, or with one that holds no maps, claims that need maps are not held. Outlines
    are those of `boundaries`, else of the book.
    """
    path = None if book is None else book.path
    outlines = outlines_by_id(regions_of(path, boundaries))
    gazetteer = open_gazetteer(path)
    return FactLoader(book, _engines(book, source_name), gazetteer, outlines)


def _engines(book: Book | None, source_name: str | None) -> list[HistoryEngine]:
    if book is None:
        return []
    names = [one.name for one in held_sources(book) if one.kind == "areas"]
    wanted = [name for name in names if source_name in {None, name}]
    if source_name is not None and not wanted:
        raise NotHeldError(f"the book {book.path} holds no map of {source_name}")
    # A few single maps are asked for: GEOS gives them at once, with no engine to build first.
    return [open_engine(book, name, engine="reference") for name in wanted]


def check(
    loader: FactLoader,
    gazetteer: Gazetteer,
    given: Sequence[GivenClaim],
    article: Article,
    *,
    words: Callable[[int, int], str] | None = None,
) -> Checked:
    """Return the verdicts on claims, as of publication and as of the newest map.

    Parameters
    ----------
    words
        Returns the words at two offsets, where the text is at hand.
    """
    places = dict(known_places(gazetteer, (one.claim for one in given)))
    cases = [
        Case(
            claim=one.claim,
            places=tuple(places[place] for place in one.claim.places),
            published=article.published,
            known_until=article.published,
            words=_words(one, words),
        )
        for one in given
    ]
    now = loader.last_day
    later = [
        case.at(now)
        if now is not None and now > article.published and kinds.changes_with_time(case)
        else None
        for case in cases
    ]
    asked = [case for case in (*cases, *later) if case is not None]
    facts = loader.load(need for case in asked for need in kinds.needs(case))
    claims = tuple(
        _checked(one, case, after, facts, article)
        for one, case, after in zip(given, cases, later, strict=True)
    )
    return Checked(article, claims, article.published, now, places)


def _words(one: GivenClaim, words: Callable[[int, int], str] | None) -> str | None:
    span = one.claim.span
    return words(span.start, span.end) if words is not None and span.end > span.start else None


def _checked(
    one: GivenClaim, case: Case, after: Case | None, facts: Facts, article: Article
) -> CheckedClaim:
    verdict = kinds.decide(case, facts)
    now = None if after is None else kinds.followed_up(verdict, kinds.decide(after, facts))
    return CheckedClaim(
        id=claim_id(one, article),
        claim=one.claim,
        quote=one.quote,
        published=article.published,
        verdict=verdict,
        now=now,
        reading=reading_of(case),
    )


def claim_id(one: GivenClaim, article: Article) -> str:
    """Return the identifier of a claim: of its fields, its article and its publication."""
    content = [msgspec.to_builtins(one.claim), article.sha256, article.published.isoformat()]
    return sha256(canonical_json(content).encode()).hexdigest()[:12]


def reading_of(case: Case) -> ReadingOf:
    """Return how sure the reading is: places that are not known, sides and times not stated."""
    why: list[str] = []
    unknown = [
        said.name for said, place in zip(case.claim.places, case.places, strict=True)
        if place is None and said.kind not in {"LINE", "RGN", "CONT"}
    ]  # fmt: skip
    if unknown:
        why.append(f"not known or not sure which: {', '.join(unknown)}")
    if case.claim.time is not None and case.claim.time.basis.startswith("carried"):
        why.append("its time is carried from the sentence before")
    if case.claim.hedges:
        why.append(f"hedged: {', '.join(case.claim.hedges)}")
    sure = Sure.LOW if unknown else Sure.MEDIUM if why else Sure.HIGH
    return ReadingOf(sure, tuple(why))


def keep(
    book: Book, checked: Checked, *, now: Callable[[], datetime] = utc_now
) -> tuple[CheckedClaim, ...]:
    """Append the claims and verdicts to the book; what is there already is not repeated."""
    with book.writing() as ledger:
        held = {
            (one.kind, str(one.body["id"]), str(one.sha256))
            for one in ledger.entries(CLAIM, VERDICT)
        }
        drafts = [
            draft
            for one in checked.claims
            for draft in _drafts(one, checked.article, now())
            if (draft.kind, str(draft.body["id"]), str(draft.sha256)) not in held
        ]
        ledger.append(drafts)
    return checked.claims


def _drafts(one: CheckedClaim, article: Article, at: datetime) -> list[Draft]:
    claim = {
        "id": one.id,
        "quote": one.quote,
        "article": {"title": article.title, "sha256": article.sha256},
        "published": article.published.isoformat(),
        "claim": claim_fields(one),
    }
    verdict = {"id": one.id, "method": METHOD, **_verdicts(one)}
    return [
        Draft(kind, at, body, None, sha256(canonical_json(body).encode()).hexdigest())
        for kind, body in ((CLAIM, claim), (VERDICT, verdict))
    ]


def claim_fields(one: CheckedClaim) -> dict[str, Any]:
    """Return a claim's fields as JSON values."""
    fields: dict[str, Any] = msgspec.to_builtins(one.claim)
    return fields


def _verdicts(one: CheckedClaim) -> dict[str, Any]:
    return {
        "verdict": msgspec.to_builtins(one.verdict),
        "now": msgspec.to_builtins(one.now),
        "reading": msgspec.to_builtins(one.reading),
    }


def as_document(checked: Checked) -> dict[str, Any]:
    """Return everything as JSON values: the same inputs give the same bytes."""
    return {
        "article": {
            "title": checked.article.title,
            "published": checked.article.published.isoformat(),
            "sha256": checked.article.sha256,
            "claims": len(checked.claims),
            "counts": counts(checked),
        },
        "checked": {
            "as_of_publication": checked.known_until.isoformat(),
            "as_of_now": None if checked.now_until is None else checked.now_until.isoformat(),
            "method": METHOD,
        },
        "claims": [_row(one) for one in checked.claims],
    }


def _row(one: CheckedClaim) -> dict[str, Any]:
    """Return a claim with its verdicts; `claim_id` is its identifier in the file it came from."""
    return {
        **claim_fields(one),
        "id": one.id,
        "claim_id": one.claim.id,
        "quote": one.quote,
        **_verdicts(one),
        "judgements": msgspec.to_builtins(one.judgements),
    }


def counts(checked: Checked) -> dict[str, int]:
    """Return how many claims have each verdict, in a fixed order, none left out."""
    found = [one.verdict.verdict for one in checked.claims]
    return {one.value: found.count(one) for one in Finding}


def article_of(title: str, published: date, content: bytes) -> Article:
    """Return what was checked."""
    return Article(title, published, sha256(content).hexdigest())


def with_judgements(checked: Checked, judged: Callable[[str], tuple[Any, ...]]) -> Checked:
    """Return the claims with what persons said about them."""
    claims = tuple(replace(one, judgements=judged(one.id)) for one in checked.claims)
    return replace(checked, claims=claims)
