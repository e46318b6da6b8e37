"""What a source's terms allow: the one question that every writer asks before it writes.

Pure: the permits and the clock are arguments.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from contested.errors import RightsError, UsageError
from contested.records import Use

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contested.records import Permit, Source

DEFAULT_DELAY_HOURS = 48
PUBLISHING = frozenset({Use.PUBLISH_IMAGE, Use.PUBLISH_GEOMETRY, Use.PUBLISH_AGGREGATE})
"""The uses that put something before others, and so wait for the delay."""

_WORDS = {
    Use.STORE: "keeping its files",
    Use.PUBLISH_IMAGE: "publishing pictures",
    Use.PUBLISH_GEOMETRY: "publishing its geometry",
    Use.PUBLISH_AGGREGATE: "publishing figures",
    Use.COMMERCIAL: "commercial use",
}


def may(
    source: Source,
    use: Use,
    *,
    permits: Sequence[Permit],
    on: date,
    as_of: date,
    delay_hours: int = DEFAULT_DELAY_HOURS,
) -> None:
    """Return if the use is allowed, raise if it is not.

    Parameters
    ----------
    source
        Whose material it is.
    use
        What is to be done with it.
    permits
        Every permission the book holds, of any source.
    on
        Now. A `datetime` counts to the second (UTC where it has no zone); a plain day counts
        from its start, so that a day never lets through what its first hour would not.
    as_of
        The newest day shown; a plain day counts until its end (UTC), a `datetime` as it is.
    delay_hours
        What is published must be at least this old. A permit does not lift the delay: it is
        there for people's safety, not for the source's rights.

    Raises
    ------
    RightsError
        If the terms do not allow the use and no permit does, or if it is too early to publish.
    UsageError
        If the delay is negative.
    """
    if delay_hours < 0:
        raise UsageError(f"a delay of {delay_hours} h is not possible: give 0 or more hours")
    if use not in source.rights.allowed and not permitted(source, use, permits=permits, on=on):
        raise RightsError(_refusal(source, use))
    if use in PUBLISHING:
        _check_age(source, on=on, as_of=as_of, delay_hours=delay_hours)


def permitted(source: Source, use: Use, *, permits: Sequence[Permit], on: date) -> bool:
    """Return whether a permit covers this use of this source on that day."""
    day = _start(on).date()
    return any(covers(permit, source, use) and permit.granted_on <= day for permit in permits)


def covers(permit: Permit, source: Source, use: Use) -> bool:
    """Return whether a permit speaks of this use of this source.

    A permit for the source of the lineage covers what derives from it; a permit for a mirror
    covers nothing but the mirror.
    """
    return permit.use == use and permit.source in {source.name, source.lineage}


def publishable_from(as_of: date, delay_hours: int) -> datetime:
    """Return the moment from which a map of that day may be published, UTC."""
    return _end(as_of) + timedelta(hours=delay_hours)


def _check_age(source: Source, *, on: date, as_of: date, delay_hours: int) -> None:
    since = publishable_from(as_of, delay_hours)
    if _start(on) < since:
        raise RightsError(
            f"{source.name}: what shows {as_of:%Y-%m-%d} may be published from "
            f"{since:%Y-%m-%d %H:%M} UTC on (delay of {delay_hours} h); choose an earlier day or "
            "set another --delay"
        )


def _refusal(source: Source, use: Use) -> str:
    rights = source.rights
    return (
        f"{source.name}: its terms do not allow {_WORDS[use]} ({rights.terms}; "
        f"{rights.terms_url}, read {rights.read_on:%Y-%m-%d}): ask {rights.ask}, then record the "
        f"answer with: contested permit {source.lineage} --use {use.value} --by WHO --ref WHERE"
    )


def _start(day: date) -> datetime:
    if isinstance(day, datetime):
        return day.replace(tzinfo=UTC) if day.tzinfo is None else day.astimezone(UTC)
    return datetime.combine(day, time(0), UTC)


def _end(day: date) -> datetime:
    return _start(day) if isinstance(day, datetime) else _start(day) + timedelta(days=1)
