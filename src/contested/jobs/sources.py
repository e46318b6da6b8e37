"""What is known of the sources, with the permissions that a book holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contested.jobs.permit import held_permits
from contested.records import Use
from contested.rights import covers
from contested.sources.registry import all_sources, source
from contested.store.book import Book

if TYPE_CHECKING:
    from pathlib import Path

    from contested.records import Permit, Source


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """A source as `contested sources` tells it; the fields are the keys of its JSON.

    Attributes
    ----------
    uses
        Use to ``"allowed"`` (by the terms), ``"permitted"`` (by a permit of the book) or
        ``"ask"``.
    """

    name: str
    title: str
    kind: str
    lineage: str
    rank: int
    cadence: str
    date_rule: str
    carries: tuple[str, ...]
    credit: str
    credits: tuple[str, ...]
    uses: dict[str, str]
    terms: str
    terms_url: str
    read_on: str
    ask: str
    checked: str
    home: str
    file_pattern: str
    fetch_url: str | None
    permits: tuple[dict[str, str], ...]


def describe_sources(book_path: Path, name: str | None = None) -> tuple[SourceFacts, ...]:
    """Return one source, or all of them in order of rank.

    Parameters
    ----------
    book_path
        Whose permits count; where there is no book, there are none.
    """
    permits = held_permits(Book.open(book_path).ledger) if book_path.exists() else ()
    chosen = all_sources() if name is None else (source(name),)
    return tuple(_facts(one, permits) for one in chosen)


def _facts(one: Source, permits: tuple[Permit, ...]) -> SourceFacts:
    rights = one.rights
    return SourceFacts(
        name=one.name,
        title=one.title,
        kind=one.kind,
        lineage=one.lineage,
        rank=one.rank,
        cadence=one.cadence,
        date_rule=one.date_rule,
        carries=tuple(sorted(one.carries)),
        credit=one.credit,
        credits=one.credits,
        uses={use.value: _word(one, use, permits) for use in Use},
        terms=rights.terms,
        terms_url=rights.terms_url,
        read_on=rights.read_on.isoformat(),
        ask=rights.ask,
        checked=rights.checked,
        home=one.home,
        file_pattern=one.file_pattern,
        fetch_url=one.fetch_url,
        permits=tuple(
            {
                "source": permit.source,
                "use": permit.use.value,
                "by": permit.by,
                "ref": permit.ref,
                "granted_on": permit.granted_on.isoformat(),
            }
            for permit in permits
            if any(covers(permit, one, use) for use in Use)
        ),
    )


def _word(one: Source, use: Use, permits: tuple[Permit, ...]) -> str:
    if use in one.rights.allowed:
        return "allowed"
    return "permitted" if any(covers(permit, one, use) for permit in permits) else "ask"
