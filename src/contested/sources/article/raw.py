"""What a file holds before it is an article: text with what the file says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Final

_ISO: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


@dataclass(frozen=True, slots=True)
class RawArticle:
    """Text of one article and what its container says.

    Attributes
    ----------
    published_at
        The time as the container has it, with its zone.
    """

    text: str
    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    published_at: str | None = None


def day_of(stamp: str | None) -> date | None:
    """Return the local calendar day of a time stamp: ISO 8601 or RFC 2822."""
    if not stamp:
        return None
    found = _ISO.search(stamp)
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
        return parsedate_to_datetime(stamp).date()
    except (TypeError, ValueError, IndexError):
        return None


def iso(stamp: datetime | None) -> str | None:
    """Return a time stamp as ISO 8601 with its zone."""
    return stamp.isoformat() if stamp else None
