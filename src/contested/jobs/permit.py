"""Permissions and shown terms as entries of the ledger: appended, never edited."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Protocol

from contested.errors import BookDamagedError, UsageError
from contested.jobs.clock import utc_now
from contested.records import Draft, EntryKind, Permit, Use
from contested.rights import DEFAULT_DELAY_HOURS, may
from contested.sources.registry import source as named_source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from contested.records import Entry, Source
    from contested.store.book import Book


class Entries(Protocol):
    """The part of a ledger that is read here."""

    def entries(self, *kinds: str, source: str | None = None) -> Iterable[Entry]:
        """Yield entries of these kinds, oldest first."""
        ...


class OpenLedger(Entries, Protocol):
    """The part of an open ledger that is written here."""

    def append(self, drafts: Iterable[Draft]) -> list[Entry]:
        """Append entries in one transaction."""
        ...


def permit_body(permit: Permit) -> dict[str, str]:
    """Return a permit as JSON values."""
    return {
        "use": permit.use.value,
        "by": permit.by,
        "ref": permit.ref,
        "granted_on": permit.granted_on.isoformat(),
    }


def read_permit(source: str | None, body: Mapping[str, object], seq: int = 0) -> Permit:
    """Return the permit that an entry records.

    Raises
    ------
    BookDamagedError
        If the entry is not a permit.
    """
    try:
        return Permit(
            source=str(source or ""),
            use=Use(str(body["use"])),
            by=str(body["by"]),
            ref=str(body["ref"]),
            granted_on=date.fromisoformat(str(body["granted_on"])),
        )
    except (KeyError, ValueError) as error:
        raise BookDamagedError(
            f"entry {seq} of the ledger is no permit that can be read ({error}); "
            "run `contested verify`"
        ) from error


def held_permits(ledger: Entries) -> tuple[Permit, ...]:
    """Return every permit of a book that stands, oldest first: what `may` is asked with.

    A withdrawal ends what was recorded before it for the same use of the same source.
    """
    held: list[Permit] = []
    for entry in ledger.entries(EntryKind.PERMIT, EntryKind.PERMIT_WITHDRAWN):
        permit = read_permit(entry.source, entry.body, entry.seq)
        if entry.kind == EntryKind.PERMIT:
            held.append(permit)
        else:
            held = [one for one in held if not _same_use(one, permit)]
    return tuple(held)


def _same_use(one: Permit, other: Permit) -> bool:
    return (one.source, one.use) == (other.source, other.use)


def ask(
    book: Book,
    source: Source,
    use: Use,
    *,
    as_of: date,
    delay_hours: int = DEFAULT_DELAY_HOURS,
    now: Callable[[], datetime] = utc_now,
) -> None:
    """Ask `may` with the permits of a book; every writer calls this before it writes.

    Parameters
    ----------
    as_of
        The newest day shown; `rights.may` says how days and moments count.

    Raises
    ------
    RightsError
        If neither the terms nor a permit of the book allow the use, or it is too early.
    """
    permits = held_permits(book.ledger)
    may(source, use, permits=permits, on=now(), as_of=as_of, delay_hours=delay_hours)


def record_permits(
    ledger: OpenLedger,
    source_name: str,
    uses: Iterable[Use],
    *,
    by: str,
    ref: str,
    granted_on: date,
    at: datetime,
) -> tuple[Permit, ...]:
    """Append a permission for one or more uses of a source, and return what was new.

    Parameters
    ----------
    by, ref
        Who gave it, and where it can be read.
    granted_on
        The day from which it holds; not after `at`.

    Raises
    ------
    UsageError
        If the source is unknown, a text is empty, or the day lies ahead.
    """
    permits = _permits(source_name, uses, by=by, ref=ref, day=granted_on, at=at)
    held = set(held_permits(ledger))
    new = tuple(permit for permit in permits if permit not in held)
    ledger.append(_drafts(EntryKind.PERMIT, new, at))
    return new


def withdraw_permits(
    ledger: OpenLedger,
    source_name: str,
    uses: Iterable[Use],
    *,
    by: str,
    ref: str,
    at: datetime,
) -> tuple[Permit, ...]:
    """Append that permissions hold no longer, and return those that ended.

    What was recorded stays in the ledger; from this entry on it opens nothing.

    Parameters
    ----------
    by, ref
        Who withdrew it, and where that can be read.

    Raises
    ------
    UsageError
        If the source is unknown, a text is empty, or no permit for one of the uses stands.
    """
    day = at.astimezone(UTC).date()
    ends = _permits(source_name, uses, by=by, ref=ref, day=day, at=at)
    held = held_permits(ledger)
    ended = tuple(one for one in held if any(_same_use(one, end) for end in ends))
    for end in ends:
        if not any(_same_use(one, end) for one in held):
            raise UsageError(
                f"no permit for {end.use.value} of {end.source} stands: nothing was withdrawn; "
                f"`contested sources {end.source}` lists those that do"
            )
    ledger.append(_drafts(EntryKind.PERMIT_WITHDRAWN, ends, at))
    return ended


def _drafts(kind: EntryKind, permits: Iterable[Permit], at: datetime) -> list[Draft]:
    return [
        Draft(kind=kind, at=at, body=permit_body(permit), source=permit.source)
        for permit in permits
    ]


def _permits(
    source_name: str, uses: Iterable[Use], *, by: str, ref: str, day: date, at: datetime
) -> list[Permit]:
    found = named_source(source_name)
    texts = {"--by": " ".join(by.split()), "--ref": " ".join(ref.split())}
    if empty := [option for option, text in texts.items() if not text]:
        raise UsageError(f"{' and '.join(empty)} must say something: who gave it, where it stands")
    if day > at.astimezone(UTC).date():
        raise UsageError(f"granted on {day}: that day has not come yet")
    return [
        Permit(found.name, use, texts["--by"], texts["--ref"], day) for use in sorted(set(uses))
    ]


def terms_pending(ledger: Entries, source: Source) -> bool:
    """Return whether a source's terms, as they stand now, have yet to be shown and accepted."""
    now = terms_body(source)
    shown = ledger.entries(EntryKind.TERMS_SHOWN, source=source.name)
    return not any(
        all(entry.body.get(key) == now[key] for key in ("terms", "terms_url")) for entry in shown
    )


def terms_body(source: Source) -> dict[str, str]:
    """Return the terms that were shown as JSON values."""
    rights = source.rights
    return {
        "terms": rights.terms,
        "terms_url": rights.terms_url,
        "read_on": rights.read_on.isoformat(),
    }


def record_terms(ledger: OpenLedger, source: Source, *, at: datetime) -> None:
    """Append that a source's terms were shown and accepted."""
    ledger.append(
        [Draft(kind=EntryKind.TERMS_SHOWN, at=at, body=terms_body(source), source=source.name)]
    )
