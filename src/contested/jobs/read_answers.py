"""What `contested read` answers: the fields of a claim, with private persons as their role."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import msgspec

from contested.claims.privacy import Privacy, role_of, role_words
from contested.records.article import READ_PARTS

if TYPE_CHECKING:
    from contested.records.article import Article
    from contested.records.claim import Attribution, Claim, ClaimPlace, Quantity, TimeSpan

QUOTED_WORDS: Final = 12
"""How many words of a claim leave the machine: a short quotation."""


class SpanOf(msgspec.Struct, frozen=True, kw_only=True):
    """Offsets into the text that was read, and the number of the paragraph."""

    start: int
    end: int
    paragraph: int


class PlaceOf(msgspec.Struct, frozen=True, kw_only=True):
    """A place of a claim; `lat` is `null` where it is no point or could not be told."""

    surface: str
    start: int
    end: int
    place_id: str | None
    name: str
    kind: str
    lat: float | None
    lon: float | None
    role: str
    relation: str | None
    uncertainty_km: float | None


class TimeOf(msgspec.Struct, frozen=True, kw_only=True):
    """First and last day; both `null` where a relative date has no date of publication."""

    surface: str | None
    start: date | None
    end: date | None
    precision: str
    basis: str


class QuantityOf(msgspec.Struct, frozen=True, kw_only=True):
    """A number with its unit; `low` and `high` are the ends of a range."""

    value: float
    low: float | None
    high: float | None
    unit: str
    si_value: float
    si_unit: str
    comparator: str


class AttributionOf(msgspec.Struct, frozen=True, kw_only=True):
    """Who says it; a private person has a role and no name."""

    speaker: str | None
    role: str | None
    organisation: str | None
    naming: str
    channel: str | None
    said_on: list[date] | None


class ExtractorOf(msgspec.Struct, frozen=True, kw_only=True):
    """What found the claim."""

    name: str
    version: str


class ClaimOf(msgspec.Struct, frozen=True, kw_only=True):
    """One claim of an article."""

    id: str
    span: SpanOf
    quote: str
    kind: str
    also: list[str]
    subject: str | None
    places: list[PlaceOf]
    time: TimeOf | None
    quantities: list[QuantityOf]
    attribution: list[AttributionOf]
    evidential: str
    hedges: list[str]
    negated: bool
    conditional: bool
    disclaimed_by: str | None
    out_of_scope: str | None
    extractor: ExtractorOf


class ArticleOf(msgspec.Struct, frozen=True, kw_only=True):
    """The article that was read; the text itself is not part of the answer."""

    file: str
    sha256: str
    title: str | None
    byline: str | None
    publisher: str | None
    published: date | None
    published_at: str | None
    language: str
    characters: int
    paragraphs: int


class ReadArticle(msgspec.Struct, frozen=True, kw_only=True):
    """An article with its claims, and how many drafts the validator dropped."""

    article: ArticleOf
    claims: list[ClaimOf]
    dropped: int
    notes: list[str]


FEW_WORDS: Final = 80
"""Less prose than this, without a claim, is hardly an article."""


def _words_of_prose(article: Article) -> int:
    return sum(
        len(article.text[p.start : p.end].split())
        for p in article.paragraphs if p.part in READ_PARTS
    )  # fmt: skip


def answer(
    article: Article, claims: tuple[Claim, ...], hidden: Privacy, *, dropped: int
) -> ReadArticle:
    """Return what leaves the machine about an article."""
    notes = []
    if article.published is None:
        notes.append(
            "no date of publication: relative dates stay unresolved; give --published DATE"
        )
    words = _words_of_prose(article)
    if not claims and words < FEW_WORDS:
        notes.append(
            f"{words} words of prose and no claim: is this the article, or a page that asks for "
            "consent or payment?"
        )
    return ReadArticle(
        article=_article(article, hidden),
        claims=[_claim(article, claim, hidden) for claim in claims],
        dropped=dropped,
        notes=notes,
    )


def _article(article: Article, hidden: Privacy) -> ArticleOf:
    return ArticleOf(
        file=article.name, sha256=article.sha256, title=hidden.without_names(article.title),
        byline=article.byline, publisher=article.publisher, published=article.published,
        published_at=article.published_at, language=article.language,
        characters=len(article.text), paragraphs=len(article.paragraphs),
    )  # fmt: skip


def _claim(article: Article, claim: Claim, hidden: Privacy) -> ClaimOf:
    span = claim.span
    return ClaimOf(
        id=claim.id,
        span=SpanOf(start=span.start, end=span.end, paragraph=span.paragraph),
        quote=_quote(article.text[span.start : span.end], hidden),
        kind=claim.kind,
        also=[str(kind) for kind in claim.also],
        subject=hidden.without_names(claim.subject),
        places=[_place(place) for place in claim.places if not hidden.hides(place.surface)],
        time=_time(claim.time) if claim.time else None,
        quantities=[_quantity(quantity) for quantity in claim.quantities],
        attribution=[_attribution(claim.attribution, hidden)],
        evidential=claim.evidential,
        hedges=list(claim.hedges),
        negated=claim.negated,
        conditional=claim.conditional,
        disclaimed_by=claim.disclaimed_by,
        out_of_scope=claim.out_of_scope,
        extractor=ExtractorOf(name=claim.extractor.name, version=claim.extractor.version),
    )


def _quote(words: str, hidden: Privacy) -> str:
    """Return the first words of a claim without private names."""
    clean = (hidden.without_names(words) or "").split()
    short = " ".join(clean[:QUOTED_WORDS])
    return f"{short} …" if len(clean) > QUOTED_WORDS else short


def _place(place: ClaimPlace) -> PlaceOf:
    return PlaceOf(
        surface=place.surface, start=place.start, end=place.end, place_id=place.place_id,
        name=place.name, kind=place.kind, lat=place.lat, lon=place.lon, role=place.role,
        relation=place.relation, uncertainty_km=place.uncertainty_km,
    )  # fmt: skip


def _time(time: TimeSpan) -> TimeOf:
    return TimeOf(
        surface=time.surface, start=time.first, end=time.last, precision=time.precision,
        basis=time.basis,
    )  # fmt: skip


def _quantity(quantity: Quantity) -> QuantityOf:
    ranged = quantity.high is not None
    return QuantityOf(
        value=quantity.value, low=quantity.value if ranged else None, high=quantity.high,
        unit=quantity.unit, si_value=quantity.si_value, si_unit=quantity.si_unit,
        comparator=quantity.comparator,
    )  # fmt: skip


def _attribution(said: Attribution, hidden: Privacy) -> AttributionOf:
    days = [day for day in (said.said_first, said.said_last) if day is not None]
    shown = said.speaker and not said.private and not hidden.hides(said.speaker)
    role = hidden.without_names(role_words(said.role))
    if said.private:
        role = role_of(said)
    return AttributionOf(
        speaker=said.speaker if shown else None,
        role=role,
        organisation=hidden.without_names(said.organisation),
        naming=said.naming,
        channel=said.channel,
        said_on=days or None,
    )
