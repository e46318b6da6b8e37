"""A person's judgement: appended to the ledger, laid over the machine's verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contested.errors import UsageError
from contested.jobs.clock import utc_now
from contested.records import Draft
from contested.records.verdict import Finding, Judgement

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from contested.store.book import Book

KIND: Final = "judgement"


def judge(
    book: Book,
    claim_id: str,
    *,
    verdict: str,
    why: str,
    by: str,
    now: Callable[[], datetime] = utc_now,
) -> Judgement:
    """Append a person's verdict on a claim that the book holds.

    Parameters
    ----------
    claim_id
        The full identifier; see `contested.jobs.claims_log.kept_claim`.

    Raises
    ------
    UsageError
        If the verdict is not one of the words, or why and by say nothing.
    """
    texts = {"--why": " ".join(why.split()), "--by": " ".join(by.split())}
    if empty := [option for option, text in texts.items() if not text]:
        raise UsageError(f"{' and '.join(empty)} must say something: a judgement names its reason")
    body = {
        "id": claim_id,
        "verdict": finding(verdict).value,
        "why": texts["--why"],
        "by": texts["--by"],
    }
    at = now()
    with book.writing() as ledger:
        ledger.append([Draft(KIND, at, body)])
    return _judgement(body, at)


def finding(word: str) -> Finding:
    """Return the verdict of a word.

    Raises
    ------
    UsageError
        If it is not one; all are named.
    """
    try:
        return Finding(word.strip().lower())
    except ValueError:
        allowed = ", ".join(one.value for one in Finding)
        raise UsageError(f"--verdict {word!r}: it must be one of {allowed}") from None


def judgements(book: Book, claim_id: str) -> tuple[Judgement, ...]:
    """Return what persons said about a claim, oldest first."""
    return tuple(
        _judgement(one.body, one.at)
        for one in book.ledger.entries(KIND)
        if one.body["id"] == claim_id
    )


def _judgement(body: object, at: datetime) -> Judgement:
    fields = dict(body)  # type: ignore[call-overload]
    return Judgement(
        claim_id=str(fields["id"]),
        verdict=Finding(fields["verdict"]),
        why=str(fields["why"]),
        by=str(fields["by"]),
        at=at.isoformat(timespec="seconds"),
    )
