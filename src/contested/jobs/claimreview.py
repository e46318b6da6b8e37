"""ClaimReview: schema.org's form of a check, only for claims that a person has judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from contested.errors import NotHeldError
from contested.jobs.claims_log import kept_claims
from contested.render.check_page import described

if TYPE_CHECKING:
    from contested.jobs.claims_log import KeptClaim
    from contested.records.claim import Attribution
    from contested.store.book import Book

CONTEXT: Final = "https://schema.org"


def claim_reviews(book: Book) -> dict[str, Any]:
    """Return a JSON-LD graph with one ClaimReview a judged claim, by its newest judgement.

    Raises
    ------
    NotHeldError
        If no person has judged a claim: a machine's verdict alone is never published so.
    """
    judged = [one for one in kept_claims(book) if one.judgements]
    if not judged:
        raise NotHeldError(
            f"the book {book.path} holds no judgement: a ClaimReview needs one, see "
            "`contested judge --help`"
        )
    return {"@context": CONTEXT, "@graph": [claim_review(one) for one in judged]}


def claim_review(one: KeptClaim) -> dict[str, Any]:
    """Return the ClaimReview of one judged claim: no score, the verdict in words."""
    made = one.judgements[-1]
    return {
        "@type": "ClaimReview",
        "identifier": one.id,
        "datePublished": made.at[:10],
        "author": {"@type": "Person", "name": made.by},
        "claimReviewed": one.given.quote or described(one.given.claim),
        "reviewBody": f"{made.why} {one.verdict.get('sentence', '')}".strip(),
        "reviewRating": {"@type": "Rating", "alternateName": made.verdict.value},
        "itemReviewed": {
            "@type": "Claim",
            "datePublished": one.article.published.isoformat(),
            **_claimant(one.given.claim.attribution),
            "appearance": {
                "@type": "CreativeWork",
                "name": one.article.title,
                "identifier": f"sha256:{one.article.sha256}",
            },
        },
    }


def _claimant(said: Attribution) -> dict[str, Any]:
    """Return who made the claim; a private person is left out."""
    if said.private:
        return {}
    if said.speaker:
        return {"author": {"@type": "Person", "name": said.speaker}}
    if said.organisation:
        return {"author": {"@type": "Organization", "name": said.organisation}}
    return {}
