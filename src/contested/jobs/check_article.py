"""An article checked through the reader: its claims, with private persons as their role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contested.errors import InputError, UsageError
from contested.jobs.check import Article
from contested.jobs.claim_files import GivenClaim
from contested.jobs.read import ReadOptions, read_bytes
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
from contested.sources.article.open import articles_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from contested.jobs.read_answers import AttributionOf, ClaimOf, PlaceOf, QuantityOf, TimeOf


@dataclass(frozen=True, slots=True, eq=False)
class ArticleClaims:
    """Claims with where they come from, and words by offsets where a text is at hand."""

    article: Article
    given: tuple[GivenClaim, ...]
    words: Callable[[int, int], str] | None


def read_article(
    path: Path,
    *,
    published: date | None,
    title: str = "",
    book: Path | None = None,
    encoding: str | None = None,
) -> ArticleClaims:
    """Return the claims of the one article in a file.

    Raises
    ------
    InputError
        If the file is no article, or holds several.
    UsageError
        If neither the text nor the caller says when it was published.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from None
    read = read_bytes(
        content, path.name, ReadOptions(published=published, encoding=encoding, book=book)
    )
    held = len(read.articles) + len(read.unread)
    if held != 1:
        raise InputError(f"{path}: holds {held} articles; give a file with one")
    found = read.articles[0]
    text = articles_of(content, path.name, published=published, encoding=encoding)[0].text
    day = published or found.article.published
    if day is None:
        raise UsageError(f"{path}: does not say when it was published; give --published DATE")
    return ArticleClaims(
        Article(title or found.article.title or path.stem, day, found.article.sha256),
        tuple(given_of(one) for one in found.claims),
        lambda start, end: text[start:end],
    )


def given_of(one: ClaimOf) -> GivenClaim:
    """Return a claim as the reader answers it: names of private persons are gone already."""
    claim = Claim(
        id=one.id,
        span=Span(one.span.start, one.span.end, one.span.paragraph),
        kind=Kind(one.kind),
        also=tuple(Kind(kind) for kind in one.also),
        subject=one.subject,
        places=tuple(_place(place) for place in one.places),
        time=None if one.time is None else _time(one.time),
        quantities=tuple(_quantity(quantity) for quantity in one.quantities),
        attribution=_attribution(one.attribution[0]),
        evidential=Evidential(one.evidential),
        hedges=tuple(one.hedges),
        negated=one.negated,
        conditional=one.conditional,
        disclaimed_by=one.disclaimed_by,
        extractor=Extractor(one.extractor.name, one.extractor.version),
        out_of_scope=one.out_of_scope,
    )
    return GivenClaim(claim, one.quote)


def _place(one: PlaceOf) -> ClaimPlace:
    return ClaimPlace(
        one.surface, one.start, one.end, one.place_id, one.name, one.kind, one.lat, one.lon,
        one.role, one.relation, one.uncertainty_km,
    )  # fmt: skip


def _time(one: TimeOf) -> TimeSpan:
    return TimeSpan(one.surface, None, None, one.start, one.end, one.precision, one.basis)


def _quantity(one: QuantityOf) -> Quantity:
    return Quantity(
        0, 0, one.value, one.high, one.unit, Comparator(one.comparator), one.si_value, one.si_unit
    )  # fmt: skip


def _attribution(one: AttributionOf) -> Attribution:
    days = one.said_on or []
    return Attribution(
        Naming(one.naming), one.speaker, one.role, one.organisation, one.channel,
        days[0] if days else None, days[-1] if days else None, private=one.speaker is None,
    )  # fmt: skip
